"""Who takes part in an event and where it is: the arguments of a verb, the phrases around a noun."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from graph.records import Entity
from loaders.actors.voices import agent_nouns
from loaders.clauses import (
    agents,
    clause_words,
    denoted,
    governing_verb,
    grammatical_subjects,
    is_passive,
    noun_phrase,
    obliques,
    owners,
    patients,
    subjects,
)
from loaders.events.noun_classes import noun_class
from loaders.events.whereabouts import AT, TOPIC, TOWARDS, is_located, place_of_noun, place_of_verb
from loaders.parsed import Token
from loaders.passages import Mention, Passage
from loaders.stances.lexicon import match_verb

_WITH = frozenset({"against", "alongside", "among", "between", "by", "for", "from", "of", "on", "onto", "to", "towards", "with"})
_AGENTS = frozenset({"State", "Person", "Organisation", "Group", "Agent"})


def subjects_above(passage: Passage, noun: Token) -> list[Entity]:
    """Who acts in the clause that a noun stands in: “X apologised on a call with Y”: X."""
    verb = governing_verb(noun)
    return [e for e in _all(passage, subjects(verb)) if e.type in ("Person", "State")] if verb is not None else []


@dataclass(frozen=True)
class Cast:
    """The roles of an event. Token roles keep the words for rules that ask for them."""

    agents: tuple[Entity, ...]
    patients: tuple[Entity, ...]
    others: tuple[Entity, ...]
    towards: tuple[Entity, ...]  # “to X”
    origin: tuple[Entity, ...]  # “from X”
    find_place: Callable[[], Entity | None]  # asked only where a rule fits
    ties: tuple[Entity, ...]  # whose relations they are, where relations are the subject or object
    subject_tokens: tuple[Token, ...]
    object_tokens: tuple[Token, ...]
    object_words: frozenset[str]  # lemmas in the objects' noun phrases

    @cached_property
    def place(self) -> Entity | None:
        """Where it was."""
        return self.find_place()

    @cached_property
    def participants(self) -> tuple[Entity, ...]:
        """Everyone who takes part, once, in the order agent, patient, others."""
        return tuple(dict.fromkeys(e for e in (*self.agents, *self.patients, *self.others) if e.type in _AGENTS))

    @cached_property
    def object_lemmas(self) -> frozenset[str]:
        """The heads of the objects."""
        return frozenset(form for t in self.object_tokens for form in (t.base, t.lower_))


def cast_of_verb(passage: Passage, verb: Token) -> Cast:
    """Subjects are agents, objects patients (in a passive the other way round), prepositions bring the others."""
    does = [t for s in subjects(verb) for t in denoted(s)]
    suffers = _counted(patients(verb) or ([verb.head] if verb.dep_ == "acl" and verb.tag_ == "VBN" else []))
    suffers = [t for t in suffers if not _is_expletive(t, verb)]
    if verb.lemma_ in ("arm", "equip", "furnish", "provide", "supply"):  # “supplied X with missiles”
        suffers += [t for preposition, t in obliques(verb) if preposition == "with"]
    if is_passive(verb) and not does:
        does = []
    elif not does:
        does = [t for t in grammatical_subjects(verb) if t not in suffers] or _of_prefix(verb)
    others: list[Entity] = []
    roles: dict[str, list[Entity]] = {"to": [], "from": []}
    going = verb.lemma_ in noun_class("going")
    for preposition, token in obliques(verb):
        if preposition in roles:
            roles[preposition] += entities_of(passage, token)
        if preposition in TOWARDS and going:
            others += [e for e in entities_of(passage, token) if e.type == "State"]
        elif preposition in _WITH and preposition not in AT:
            others += entities_of(passage, token)
    place = partial(place_of_verb, passage, verb, suffers)
    return Cast(
        tuple(_all(passage, does)), tuple(_all(passage, suffers)), tuple(others), tuple(roles["to"]), tuple(roles["from"]), place,
        _whose_ties(passage, [*does, *suffers]), tuple(does), tuple(suffers), _words(suffers),
    )  # fmt: skip


def _is_expletive(token: Token, verb: Token) -> bool:
    """“It was agreed to meet again”: nobody."""
    return token.lower_ == "it" and is_passive(verb) and any(c.dep_ in ("xcomp", "ccomp", "advcl", "csubj") for c in verb.rights)


def _of_prefix(verb: Token) -> list[Token]:
    """“X co-sponsored”, where the parser makes X part of the “co”."""
    prefix = verb.head
    return [c for c in prefix.lefts if c.dep_ == "compound"] if prefix.lower_ == "co" and verb.dep_ == "dep" else []


def cast_of_noun(passage: Passage, noun: Token) -> Cast:
    """Owners are agents (“X's visit”, “the visit of X”); “between”, “with”, “on”, “to” bring the others."""
    own = [t for t in owners(noun) if noun.base in noun_class("done_by_of") or not _is_of(t, noun)]
    span = noun_phrase(noun)
    others: list[Entity] = []
    roles: dict[str, list[Entity]] = {"to": [], "from": []}
    patients_: list[Entity] = []
    objects: list[Token] = []
    around = [*obliques(noun), *_of_happening(noun), *_behind(noun), *_carried_out(noun)]
    for preposition, token in around:
        if preposition in roles:
            roles[preposition] += entities_of(passage, token)
        if preposition in ("of", "in") and token not in own:
            objects.append(token)
        if preposition == "of" and token not in own:
            patients_ += entities_of(passage, token)
        elif preposition in _WITH:
            others += entities_of(passage, token)
    place = partial(place_of_noun, passage, noun, around)
    modifiers = [t for t in noun.lefts if t.dep_ in ("amod", "compound", "nmod")]
    objects += [t for t in modifiers if t.dep_ == "compound"]
    attributed = [_acting(m) for m in passage.mentions_in(span.start, noun.i) if m.how not in ("title",) and m.entity.type in _AGENTS]
    agents = list(dict.fromkeys([*_all(passage, own), *attributed])) or list(_doing(passage, noun)) or list(_above(passage, noun))
    return Cast(
        tuple(e for e in agents if e not in patients_), tuple(patients_), tuple(others), tuple(roles["to"]), tuple(roles["from"]), place,
        _whose_ties(passage, [noun, *objects]), tuple(own), tuple(objects), _words(objects) | {t.base for t in modifiers},
    )  # fmt: skip


def _carriers(noun: Token) -> Iterator[Token]:
    """The verbs of the clauses behind a noun that say who did it: “talks that X *held* with Y”, “the note *sent* by X to Y”."""
    for child in noun.rights:
        carried = child.base in clause_words("carrying")
        under = any(c.dep_ == "prep" and c.lower_ not in ("by", "with") for c in child.lefts)  # “under which X undertook to …”
        if child.dep_ in ("acl", "relcl") and carried and not under and child.tag_ != "VBG":
            yield child


def _carried_out(noun: Token) -> list[tuple[str, Token]]:
    prepositions = ("against", "between", "on", "to", "upon", "with")
    return [(p, t) for verb in _carriers(noun) for p, t in obliques(verb) if p in prepositions and t.i > verb.i]


def _doing(passage: Passage, noun: Token) -> Iterator[Entity]:
    for verb in _carriers(noun):
        yield from _all(passage, [t for t in subjects(verb) if t != noun])


def _of_happening(noun: Token) -> list[tuple[str, Token]]:
    """“fighting broke out *between A and B in C*”."""
    verb = noun.head
    happens = noun.dep_ == "nsubj" and verb.base in noun_class("happening") and not any(c.dep_ == "dobj" for c in verb.children)
    return [(p, t) for p, t in obliques(verb) if p in AT or p in ("against", "between", "with")] if happens else []


def _behind(noun: Token) -> list[tuple[str, Token]]:
    """“condemned a strike | on a depot”: what stands right behind a noun is its own, though the parser hung it on the verb."""
    verb, after = noun.head, noun.right_edge.i + 1
    if noun.dep_ != "dobj" or after >= len(noun.doc) or match_verb(verb) is None:
        return []
    preposition = noun.doc[after]
    near = preposition.dep_ == "prep" and preposition.head == verb
    return [(preposition.lower_, t) for t in preposition.children if t.dep_ == "pobj"] if near else []


def _whose_ties(passage: Passage, tokens: Iterable[Token]) -> tuple[Entity, ...]:
    return tuple(e for t in tokens if t.base in noun_class("ties") for e in entities_of(passage, t))


def _counted(tokens: list[Token]) -> list[Token]:
    """With “60 tons of aid” also the aid."""
    measures = noun_class("measures")
    return tokens + [t for token in tokens if token.base in measures for p, t in obliques(token) if p == "of"]


def _above(passage: Passage, noun: Token) -> Iterator[Entity]:
    """Who does the governing verb, when the noun is its object: “Israel began talks”."""
    verb = governing_verb(noun)
    if verb is None:
        return
    purpose = noun.dep_ == "pobj" and noun.head.lower_ in ("for", "on", "during") and noun.head.head == verb
    if purpose or (noun.dep_ == "dobj" and noun.head == verb and match_verb(verb) is None):  # who condemns a war does not wage it
        yield from _all(passage, subjects(verb))


def _all(passage: Passage, tokens: Iterable[Token]) -> Iterator[Entity]:
    for token in tokens:
        yield from entities_of(passage, token)


def entities_of(passage: Passage, token: Token) -> list[Entity]:
    """Whom a noun means, or who is in its phrase when it means nobody itself (“a meeting with Israeli farmers”)."""
    for child in token.rights:
        if child.dep_ == "appos" and not _is_of_a_conjunct(child, token) and (person := _person_at(passage, child)):
            return [person]
        if child.dep_ == "appos" and token.base in noun_class("states"):  # “the state Israel”
            return [m.entity for m in passage.mentions_at(child) if m.entity.type == "State"][:1]
    if token.dep_ == "appos" and (described := _person_at(passage, token.head)):  # “X, a contractor arrested in Y”
        return [described]
    direct = [m for m in passage.mentions_at(token) if m.how not in ("title", "adjective")]
    if direct:
        return _narrowest(direct)
    inside = list(_phrase(token, top=True))
    found = [m for t in inside for m in passage.mentions_at(t) if m.how not in ("title", "pronoun") and not is_located(passage, m)]
    return [_acting(m) for m in dict.fromkeys(found)] or _whose_forces(passage, token) or _who_leads(passage, token)


def _whose_forces(passage: Passage, noun: Token) -> list[Entity]:
    """“*its* aircraft”, “*their* governments”, “*X*, whose airfields were bombed”: whose they are."""
    relative = next((c for c in noun.lefts if c.dep_ == "poss" and c.lower_ == "whose"), None)
    if relative is not None:
        clause = next((a for a in noun.ancestors if a.dep_ == "relcl"), None)
        return entities_of(passage, clause.head) if clause is not None else []
    if noun.base not in agent_nouns() | noun_class("bases"):
        return []
    return [_acting(m) for child in noun.lefts if child.dep_ == "poss" for m in passage.mentions_at(child) if m.how == "pronoun"]


def _who_leads(passage: Passage, noun: Token) -> list[Entity]:
    """“A delegation headed by *X*”."""
    led = (child for child in noun.rights if child.dep_ == "acl" and child.base in clause_words("leading"))
    return [e for verb in led for t in agents(verb) for e in entities_of(passage, t)]


def _is_of_a_conjunct(apposition: Token, noun: Token) -> bool:
    """“A and B, the president of C”, where the parser hangs what B is on A."""
    return any(child.dep_ == "conj" and noun.i < child.i < apposition.i for child in noun.rights)


def _person_at(passage: Passage, token: Token) -> Entity | None:
    return next((m.entity for m in passage.mentions_at(token) if m.entity.type == "Person"), None)


def _phrase(token: Token, *, top: bool = False) -> Iterator[Token]:
    """A noun's phrase without its clauses, appositions and what it is about; what is coordinated inside it belongs to it."""
    yield token
    for child in token.children:
        apart = child.lower_ in TOPIC or child.dep_ in ("relcl", "acl", "advcl", "appos", "ccomp", "parataxis")
        if not apart and not (top and child.dep_ in ("conj", "cc")):
            yield from _phrase(child)


def _acting(mention: Mention) -> Entity:
    """The state behind its forces, else the entity."""
    return mention.behind or mention.entity


def _narrowest(mentions: list[Mention]) -> list[Entity]:
    """Of overlapping mentions all of a pair or of a list of states, else the person, else the longest."""
    shared = [m for m in mentions if m.how in ("pair", "pronoun", "voice")]
    if len({m.entity for m in shared}) > 1:
        return [_acting(m) for m in shared]
    people = [m.entity for m in mentions if m.entity.type == "Person"]
    return people[:1] or [_acting(max(mentions, key=lambda m: m.end - m.start))]


def _is_of(token: Token, noun: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head == noun


def _words(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(t.base for token in tokens for t in noun_phrase(token))
