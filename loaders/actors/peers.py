"""Offices told by another's: “his Syrian counterpart, X”, “Y's successor, X”, “the government of X”."""

from collections.abc import Iterator, Sequence

from graph.records import Entity
from loaders.actors.beside import people_after
from loaders.actors.context import Context
from loaders.actors.memory import entity_of
from loaders.actors.pronouns import antecedent
from loaders.actors.serving import state_served
from loaders.actors.standins import holder_by_date, main_tenure
from loaders.actors.titles import Title, title_lexicon, title_words
from loaders.parsed import Token
from loaders.passages import Mention, OfficePhrase
from ontology.tenures import Tenure

_STEPS = ("predecessor", "successor")
_SUBJECTS = ("nsubj", "nsubjpass")
_POSSESSIVES = ("'s", "’s", "'", "’")
_LEADING = 8  # the rank of heads of state and government


def find_peers(ctx: Context, told: Sequence[OfficePhrase]) -> Iterator[OfficePhrase]:
    """The offices that a text gives by those of others; ``told`` are those that it gives by title."""
    taken = {i for o in told for i in range(o.start, o.end)}
    for token in ctx.doc:
        if token.i in taken or token.i in ctx.at:
            continue
        lemma = token.base
        if lemma in title_words("peers"):
            yield from _counterparts(ctx, token, told)
        elif lemma in _STEPS and token.tag_ == "NN":
            yield from _next(ctx, token)
        elif lemma in title_words("governments"):
            yield from _government(ctx, token)


def _counterparts(ctx: Context, noun: Token, told: Sequence[OfficePhrase]) -> Iterator[OfficePhrase]:
    """“his Syrian counterpart, X”: the same office of the other state."""
    state = _state_beside(ctx, noun)
    named = _named_behind(ctx, noun) or _named_before(ctx, noun)
    if state is None and not (named and noun.base == "counterpart"):
        return
    models = _models(ctx, noun, told, exclude=named)
    start = min([noun.i, *(c.left_edge.i for c in noun.lefts if c.dep_ in ("poss", "amod", "compound", "nmod", "det"))])
    for number, person in enumerate(named):
        model = models[number] if len(models) == len(named) else models[-1] if models else None
        of = state or state_served(ctx, person, ctx.date_at(noun))
        office = _own_office(ctx, person, of, noun, model)
        if office is not None and of is not None:
            yield OfficePhrase(start, noun.i + 1, office, of, person, True)
    if not named and len(models) == 1 and state is not None and noun.base == "counterpart" and noun.tag_ == "NN":
        title = Title(noun.i, noun.i + 1, "counterpart", "counterpart")
        person_by_date = holder_by_date(ctx, title, models[0], state, ctx.date_at(noun))
        if person_by_date is not None:
            yield OfficePhrase(start, noun.i + 1, models[0], state, person_by_date, False)


def _state_beside(ctx: Context, noun: Token) -> Entity | None:
    """“Syrian counterpart”, “counterpart from Syria”."""
    beside = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod", "poss")]
    beside += [c for p in noun.rights if p.lower_ in ("from", "in", "of") for c in p.children if c.dep_ == "pobj"]
    found = [m for c in beside if (m := ctx.at.get(c.i)) is not None]
    if noun.i and (before := ctx.at.get(noun.i - 1)) is not None:
        found.insert(0, before)
    states = [m.entity for m in found if m.entity.type == "State"]
    seated = [k for m in found if m.entity.type == "Place" and (k := ctx.reference.state_with_seat(m.entity.label, ctx.date_at(noun)))]
    return states[0] if states else entity_of(seated[0]) if seated else None


def _named_behind(ctx: Context, noun: Token) -> Sequence[Entity]:
    """“counterpart X”, “counterparts, X and Y”, “counterpart in Damascus, X”."""
    place = noun.i + 1
    while place < len(ctx.doc) and (ctx.doc[place].lower_ in (",", "from", "in", "of") or _is_state(ctx.at.get(place))):
        place += 1
    mention = ctx.at.get(place)
    if mention is None or mention.start != place or mention.entity.type != "Person":
        return ()
    if noun.tag_ == "NNS":
        return people_after(ctx, Title(noun.i, place, "counterpart", "counterpart", plural=True)) or [mention.entity]
    return [mention.entity]


def _is_state(mention: Mention | None) -> bool:
    return mention is not None and mention.entity.type in ("State", "Place")


def _named_before(ctx: Context, noun: Token) -> Sequence[Entity]:
    """“X, his Syrian counterpart”."""
    if noun.dep_ != "appos":
        return ()
    mention = ctx.at.get(noun.head.i)
    return [mention.entity] if mention is not None and mention.entity.type == "Person" else ()


def _models(ctx: Context, noun: Token, told: Sequence[OfficePhrase], exclude: Sequence[Entity]) -> list[str]:
    """The offices of those whose counterparts are meant: of the possessor, of the subject, of the one told of last."""
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    before = [o for o in told if o.end <= noun.i and o.person is not None and o.person not in exclude and o.office]
    on = ctx.date_at(noun)
    if owner is not None and owner.lower_ == "their":
        return [_office_of(ctx, o.person, on) or o.office for o in before if o.person is not None and ctx.doc[o.start].sent == noun.sent]
    model = _person_of(ctx, noun.head) if noun.dep_ == "conj" else None
    model = model or (_person_of(ctx, owner) if owner is not None else None)
    own = [o.office for o in before if o.person == model] if model is not None else []
    if own:
        return own[-1:]
    if model is not None and (office := _office_of(ctx, model, on)):
        return [office]
    subjects = [o for o in before if o.person is not None and _is_subject(ctx, o)]
    return [o.office for o in (subjects or before)[-1:]]


def _is_subject(ctx: Context, phrase: OfficePhrase) -> bool:
    return any(
        m.entity == phrase.person and m.start >= phrase.start - 6 and ctx.doc[m.start : m.end].root.dep_ in _SUBJECTS for m in ctx.mentions
    )


def _person_of(ctx: Context, owner: Token) -> Entity | None:
    mention = ctx.at.get(owner.i)
    if mention is not None:
        return mention.entity if mention.entity.type == "Person" else None
    return antecedent(ctx, owner) if owner.lower_ in ("her", "his") else None


def _office_of(ctx: Context, person: Entity, on: str | None) -> str | None:
    """The office that the text showed a person in last, else the highest one by the reference data."""
    if person in ctx.memory.offices:
        return ctx.memory.offices[person][0]
    tenure = main_tenure(ctx, person, on)
    return tenure.office if tenure else None


def _own_office(ctx: Context, person: Entity, of: Entity | None, noun: Token, model: str | None) -> str | None:
    """A known person's own office at the date in that state: the counterpart of a president may be a chancellor."""
    on = ctx.date_at(noun)
    own = [t for t in ctx.reference.offices_of(person.id) if of is not None and on and t.of == of.id and t.covers(on)]
    if any(t.office == model for t in own) or not own:
        return model
    return max(own, key=ctx.reference.tenure_rank).office if model is not None else None


def _next(ctx: Context, noun: Token) -> Iterator[OfficePhrase]:
    """“Y's successor, X” and “his predecessor X”: X in the office of Y."""
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    behind = noun.i + 1 + (noun.i + 1 < len(ctx.doc) and ctx.doc[noun.i + 1].text == ",")
    named = ctx.at.get(behind)
    model = _person_of(ctx, owner) if owner is not None else None
    if owner is None or model is None or named is None or named.start != behind or named.entity.type != "Person" or named.entity == model:
        return
    found = _shared_office(ctx, model, named.entity, ctx.date_at(noun))
    if found is not None:
        former = noun.base == "predecessor"
        yield OfficePhrase(owner.left_edge.i, noun.i + 1, *found, named.entity, True, former=former)


def _shared_office(ctx: Context, one: Entity, other: Entity, on: str | None) -> tuple[str, Entity] | None:
    """The office that both held by the reference data, else the one in which the text or the data shows the first."""
    held = {(t.office, t.of): t for t in ctx.reference.offices_of(one.id)}
    both = [t for t in ctx.reference.offices_of(other.id) if (t.office, t.of) in held]
    if both:
        return _office_and_owner(ctx, max(both, key=ctx.reference.tenure_rank))
    if one in ctx.memory.offices:
        return ctx.memory.offices[one]
    tenure = main_tenure(ctx, one, on)
    return _office_and_owner(ctx, tenure) if tenure else None


def _office_and_owner(ctx: Context, tenure: Tenure) -> tuple[str, Entity] | None:
    known = ctx.reference.entity(tenure.of)
    return (tenure.office, entity_of(known)) if known else None


def _government(ctx: Context, noun: Token) -> Iterator[OfficePhrase]:
    """“the government of X”, “X's cabinet”: X as the leader of a state, where the reference data shows so at the date."""
    doc = ctx.doc
    owner = ctx.at.get(noun.i - 2) if noun.i >= 2 and doc[noun.i - 1].lower_ in _POSSESSIVES else None
    if owner is None and noun.i + 2 < len(doc) and doc[noun.i + 1].lower_ in ("of", "under"):
        owner = ctx.at.get(noun.i + 2)
    if owner is None or owner.entity.type != "Person":
        return
    tenure = main_tenure(ctx, owner.entity, ctx.date_at(noun))
    if tenure is None or ctx.reference.tenure_rank(tenure) < _LEADING:
        return
    found = _office_and_owner(ctx, tenure)
    if found is not None and found[1].type == "State":
        yield OfficePhrase(noun.i, noun.i + 1, *found, owner.entity, True, term=True)


def of_the_state(office: str, words: str, of: Entity | None) -> str:
    """“Premier” is the name of an office in China, and a word for the prime minister in France."""
    peculiar = title_lexicon()["peculiar"].get(words.lower())
    return str(peculiar["office"]) if peculiar and of is not None and of.label in peculiar["states"] else office
