"""Who is meant by words that point back: “the minister”, “the Russian envoy”, “the former president”, “his successor”."""

from collections.abc import Iterable, Sequence

from graph.records import Entity
from loaders.actors.context import Context, newest_last
from loaders.actors.memory import entity_of
from loaders.actors.mentions import office_heads, words_of
from loaders.actors.pronouns import antecedent
from loaders.actors.titles import Title, title_lexicon, title_words
from loaders.parsed import Token
from loaders.passages import Mention
from ontology.names import words
from ontology.reference import Known
from ontology.tenures import Tenure, days

_DEFINITE = ("the", "this", "that")
_INDEFINITE = ("a", "an", "another", "any", "each", "every", "no", "one", "some", "several", "two")
_NATIONALS = frozenset({"diplomat", "emissary", "envoy", "negotiator"})  # “the American envoy” is any American told of
_STEPS = {"successor": 1, "predecessor": -1}


def holder_told(ctx: Context, title: Title, of: Entity | None, resolved: Iterable[Entity]) -> Entity | None:
    """The one told of before who bears a title: in it at the date by the reference data, or by the text."""
    if title.plural or title.future or title.owner is not None or is_indefinite(ctx, title.start):
        return None
    bare = of is None
    if bare and not _is_definite(ctx, title.start):
        return None
    told = newest_last([*ctx.people_before(title.start), *resolved])
    on = ctx.date_at(ctx.doc[title.start])
    bearers = [p for p in told if _holds_office(ctx, p, title, of, on)]
    if not bearers and bare:
        bearers = [p for p in told if any(parts <= ctx.memory.titles.get(p, set()) for parts in _senses(title))]
    if not bearers and not bare and title.head in _NATIONALS:
        bearers = [p for p in told if of in _states_served(ctx, p)]
        return bearers[0] if len(bearers) == 1 else None
    if len(bearers) > 1 and bare and _told_together(ctx, bearers[-1], bearers[-2], title.start):
        return None
    return bearers[-1] if bearers else None


def is_indefinite(ctx: Context, start: int) -> bool:
    """“a Turkish minister”: anybody."""
    return start > 0 and ctx.doc[start - 1].lower_ in _INDEFINITE


def _is_definite(ctx: Context, start: int) -> bool:
    return start > 0 and ctx.doc[start - 1].lower_ in _DEFINITE


def _holds_office(ctx: Context, person: Entity, title: Title, of: Entity | None, on: str | None) -> bool:
    """Does the reference data show the person in such an office at the date, or before it where the text says “former”?

    Somebody whom it does not know in any office is believed to have the title that the text gives.
    """
    tenures = ctx.reference.offices_of(person.id)
    own = [t for t in tenures if _is_of_title(t, title) and (of is None or _is_of(ctx, t, of))]
    if own:
        return any(_was_before(t, on) if title.former else on is None or t.in_year_of(on) for t in own)
    served = ctx.memory.served.get(person)
    if of is not None and served is not None and served != of:
        return False
    return not tenures and any(parts <= ctx.memory.titles.get(person, set()) for parts in _senses(title))


def _is_of_title(tenure: Tenure, title: Title) -> bool:
    """Is “minister” a word for a Foreign Minister? For a deputy it is not."""
    office = set(words(tenure.office))
    return any(parts <= office and not (office - parts) & words_of("deputies") for parts in _senses(title))


def _senses(title: Title) -> list[frozenset[str]]:
    """The words of a title, and those of the offices that it may point back to."""
    meant: list[str] = title_lexicon()["synonyms"].get(title.head, []) if title.parts == {title.head} else []
    return [title.parts, *(frozenset(office.split()) for office in meant)]


def _is_of(ctx: Context, tenure: Tenure, of: Entity) -> bool:
    known = ctx.reference.entity(tenure.of)
    return tenure.of == of.id or (known is not None and known.successor == of.id) or _successor(ctx, of) == tenure.of


def _successor(ctx: Context, state: Entity) -> str | None:
    known = ctx.reference.entity(state.id)
    return known.successor if known else None


def _states_served(ctx: Context, person: Entity) -> list[Entity]:
    known = (ctx.reference.entity(t.of) for t in ctx.reference.offices_of(person.id))
    return [entity_of(k) for k in known if k is not None]


def _was_before(tenure: Tenure, on: str | None) -> bool:
    """Had the term ended when the story is told?"""
    if tenure.end is None or tenure.end.endswith("/.."):
        return False
    return on is None or days(tenure.end)[1] < days(on)[1]


def _told_together(ctx: Context, one: Entity, other: Entity, index: int) -> bool:
    """Are two people told of in one sentence, so that “the minister” after it may be either?"""
    last = [max((m for m in ctx.mentions if m.entity == e and m.end <= index), key=lambda m: m.start, default=None) for e in (one, other)]
    return all(m is not None for m in last) and len({ctx.doc[m.start].sent.start for m in last if m is not None}) == 1


def holder_by_date(ctx: Context, title: Title, office: str, of: Entity, on: str | None) -> Entity | None:
    """The one who held the office at the date; None when the date or the holder is not sure."""
    reference = ctx.reference
    known = reference.entity(of.id)
    shared = office in title_words("shared") or office.startswith("Deputy")
    if known is None or shared or title.plural or title.future or is_indefinite(ctx, title.start):
        return None
    if title.former:
        if known.exists_until and known.exists_until < days(on or known.exists_until)[0]:
            return _last_holder(ctx, office, known)
        now = {t.person for t in reference.holders(office, of.id, on)} if on else set()
        tenures = [t for t in reference.holders(office, of.id) if on and _was_before(t, on) and t.person not in now]
    elif on is None:
        return None
    elif office == "Leader" and known.type == "State":
        tenures = list(reference.leaders(known, on))
    else:
        tenures = list(reference.holders(office, of.id, on))
    people = {t.person for t in tenures}
    person = reference.entity(people.pop()) if len(people) == 1 else None
    return entity_of(person) if person else None


def _last_holder(ctx: Context, office: str, state: Known) -> Entity | None:
    """“The former Soviet leader” in 1993: the last one, of a state that is no more."""
    day = state.exists_until or ""
    tenures = ctx.reference.leaders(state, day[:4]) if office == "Leader" else ctx.reference.holders(office, state.iri, day[:4])
    person = ctx.reference.entity(tenures[-1].person) if tenures else None
    return entity_of(person) if person else None


def find_standins(ctx: Context, taken: Sequence[Mention]) -> list[Mention]:
    """“the general” and “the Chancellor” for people told of by that rank, “his successor” for the next in office."""
    free = {i for m in taken for i in range(m.start, m.end)}
    found: list[Mention] = []
    for token in ctx.doc:
        if token.i in free or token.i in ctx.at:
            continue
        lemma = token.base
        if (body := _told_by_kind(ctx, token)) is not None:
            found.append(Mention(token.i, token.i + 1, body, "office"))
        if lemma in _STEPS:
            found += _next_in_office(ctx, token, _STEPS[lemma])
        elif lemma in words_of("ranks") and lemma not in office_heads() and token.tag_ in ("NN", "NNP") and _is_definite(ctx, token.i):
            person = None if _is_described(token) else holder_told(ctx, Title(token.i, token.i + 1, lemma, lemma), None, ())
            found += [Mention(token.i, token.i + 1, person, "office")] if person else []
    return found


def _told_by_kind(ctx: Context, noun: Token) -> Entity | None:
    """“the group”, “the agency”, “the bloc”, “the kingdom”: the last one told of that is such a thing."""
    kinds: list[str] = title_lexicon()["stand_ins"].get(noun.base, [])
    if not kinds or noun.tag_ != "NN" or not _is_definite(ctx, noun.i) or noun.dep_ in ("amod", "compound"):
        return None
    if any(c.dep_ in ("relcl", "acl", "amod", "compound", "prep", "poss", "nummod") for c in noun.children):
        return None
    told = newest_last([*ctx.before, *(m.entity for m in ctx.mentions if m.end <= noun.i and m.how != "title")])
    fitting = [e for e in told if e.type in ("Organisation", "State") and _is_called(ctx, e, kinds)]
    return fitting[-1] if fitting else None


def _is_called(ctx: Context, entity: Entity, kinds: Sequence[str]) -> bool:
    """By its kind in the reference data, by its name, or by a word in it."""
    known = ctx.reference.entity(entity.id)
    kind = known.body_kind if known is not None else None
    return kind in kinds or entity.label in kinds or (entity.type == "Organisation" and not {*entity.label.split()}.isdisjoint(kinds))


def _is_described(token: Token) -> bool:
    """“the general who …”, “the general public”: not one told of before."""
    behind = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    described = any(c.dep_ in ("relcl", "acl", "amod", "compound") for c in token.children)
    return described or token.dep_ in ("amod", "compound") or behind in ("at", "for", "from", "in", "with")


def _next_in_office(ctx: Context, noun: Token, step: int) -> list[Mention]:
    """“Yeltsin's successor”, “his predecessor, X”: X if he is named, else whom the reference data has next in the main office."""
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    if owner is None or noun.tag_ in ("NNS", "NNPS"):
        return []
    start = owner.left_edge.i
    place = noun.i + 1 + (noun.i + 1 < len(ctx.doc) and ctx.doc[noun.i + 1].text == ",")
    named = ctx.at.get(place)
    if named is not None and named.start == place and named.entity.type == "Person":
        return [Mention(start, noun.i + 1, named.entity, "office")]
    mention = ctx.at.get(owner.i)
    person = mention.entity if mention is not None and mention.entity.type == "Person" else antecedent(ctx, owner)
    if person is None or any(c.dep_ in ("amod", "compound") and c.i > owner.i for c in noun.lefts):
        return []
    tenure = main_tenure(ctx, person, ctx.date_at(noun))
    beside = ctx.reference.beside(tenure, step) if tenure else None
    known = ctx.reference.entity(beside.person) if beside else None
    return [Mention(start, noun.i + 1, entity_of(known), "office")] if known else []


def main_tenure(ctx: Context, person: Entity, on: str | None) -> Tenure | None:
    """A person's highest office at the date, or ever."""
    tenures = ctx.reference.offices_of(person.id)
    at_date = [t for t in tenures if on and t.in_year_of(on)]
    ranked = sorted(at_date or tenures, key=lambda t: (-ctx.reference.tenure_rank(t), t.start or ""))
    return ranked[0] if ranked else None
