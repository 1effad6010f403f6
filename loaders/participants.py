"""Who takes part in an event and where it is: the arguments of a verb, the phrases around a noun."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from graph.records import Entity
from loaders.clauses import (
    clause_span,
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
from loaders.noun_classes import noun_class
from loaders.passages import Mention, Passage

_AT = frozenset({"across", "at", "in", "inside", "near", "outside", "throughout", "within"})
_TOWARDS = frozenset({"into", "to", "towards", "toward"})
_WITH = frozenset({"against", "alongside", "among", "between", "by", "for", "from", "of", "on", "onto", "to", "towards", "with"})
_NEAR = 15  # tokens
_AGENTS = frozenset({"State", "Person", "Organisation", "Group", "Agent"})
_TOPIC = frozenset({"about", "concerning", "regarding"})


def subjects_above(passage: Passage, noun: Token) -> list[Entity]:
    """Who acts in the clause that a noun stands in: “X apologised on a call with Y”: X."""
    verb = governing_verb(noun)
    return [e for e in _all(passage, subjects(verb)) if e.type in ("Person", "State")] if verb is not None else []


@dataclass(frozen=True, slots=True)
class Cast:
    """The roles of an event. Token roles keep the words for rules that ask for them."""

    agents: tuple[Entity, ...]
    patients: tuple[Entity, ...]
    others: tuple[Entity, ...]
    towards: tuple[Entity, ...]  # “to X”
    origin: tuple[Entity, ...]  # “from X”
    place: Entity | None
    ties: tuple[Entity, ...]  # whose relations they are, where relations are the subject or object
    subject_tokens: tuple[Token, ...]
    object_tokens: tuple[Token, ...]
    object_words: frozenset[str]  # lemmas in the objects' noun phrases

    @property
    def participants(self) -> tuple[Entity, ...]:
        """Everyone who takes part, once, in the order agent, patient, others."""
        return tuple(dict.fromkeys(e for e in (*self.agents, *self.patients, *self.others) if e.type in _AGENTS))

    @property
    def object_lemmas(self) -> frozenset[str]:
        """The heads of the objects."""
        return frozenset(t.lemma_.lower() for t in self.object_tokens) | frozenset(t.lower_ for t in self.object_tokens)


def cast_of_verb(passage: Passage, verb: Token) -> Cast:
    """Subjects are agents, objects patients (in a passive the other way round), prepositions bring the others."""
    does = [t for s in subjects(verb) for t in denoted(s)]
    suffers = _counted(patients(verb) or ([verb.head] if verb.dep_ == "acl" and verb.tag_ == "VBN" else []))
    if verb.lemma_ in ("arm", "equip", "furnish", "provide", "supply"):  # “supplied X with missiles”
        suffers += [t for preposition, t in obliques(verb) if preposition == "with"]
    if is_passive(verb) and not does:
        does = []
    elif not does:
        does = [t for t in grammatical_subjects(verb) if t not in suffers] or _of_prefix(verb)
    others: list[Entity] = []
    roles: dict[str, list[Entity]] = {"to": [], "from": []}
    place: Entity | None = None
    for preposition, token in obliques(verb):
        roles.get(preposition, []).extend(_entities(passage, token))
        if preposition in _AT:
            place = place or _place_at(passage, token)
        elif preposition in _TOWARDS and verb.lemma_ in noun_class("going"):
            place = place or _place_at(passage, token)
            others += [e for e in _entities(passage, token) if e.type == "State"]
        elif preposition in _WITH:
            others += _entities(passage, token)
            if preposition in ("against", "into"):
                place = place or _territory(passage, token)
    if verb.lemma_ in ("visit", "tour") and suffers:
        place = place or _place_at(passage, suffers[0])
    place = (
        place
        or _place_of_journey(passage, verb)
        or _place_inside(passage, suffers)
        or _located_within(passage, clause_span(verb, complements=False))
    )
    return Cast(
        tuple(_all(passage, does)), tuple(_all(passage, suffers)), tuple(others), tuple(roles["to"]), tuple(roles["from"]), place,
        _whose_ties(passage, [*does, *suffers]), tuple(does), tuple(suffers), _words(suffers),
    )  # fmt: skip


def _of_prefix(verb: Token) -> list[Token]:
    """“X co-sponsored”, where the parser makes X part of the “co”."""
    prefix = verb.head
    return [c for c in prefix.lefts if c.dep_ == "compound"] if prefix.lower_ == "co" and verb.dep_ == "dep" else []


def cast_of_noun(passage: Passage, noun: Token) -> Cast:
    """Owners are agents (“X's visit”, “the visit of X”); “between”, “with”, “on”, “to” bring the others."""
    own = [t for t in owners(noun) if noun.lemma_.lower() in noun_class("done_by_of") or not _is_of(t, noun)]
    span = noun_phrase(noun)
    others: list[Entity] = []
    roles: dict[str, list[Entity]] = {"to": [], "from": []}
    patients_: list[Entity] = []
    objects: list[Token] = []
    place: Entity | None = None
    for preposition, token in (*obliques(noun), *_of_happening(noun)):
        roles.get(preposition, []).extend(_entities(passage, token))
        if preposition in _AT or (preposition in _TOWARDS and noun.lemma_ in noun_class("going")):
            place = place or _place_at(passage, token)
        if preposition in ("of", "in") and token not in own:
            objects.append(token)
        if preposition == "of" and token not in own:
            patients_ += _entities(passage, token)
            place = place or _territory(passage, token)
        elif preposition in _WITH:
            others += _entities(passage, token)
            if preposition in ("on", "against", "to"):
                place = place or _territory(passage, token)
    place = (
        place
        or _located_within(passage, _whole(noun))
        or _place_inside(passage, [noun])
        or _place_beside(passage, noun)
        or _named_within(passage, noun)
    )
    modifiers = [t for t in noun.lefts if t.dep_ in ("amod", "compound", "nmod")]
    objects += [t for t in modifiers if t.dep_ == "compound"]
    attributed = [_acting(m) for m in passage.mentions_in(span.start, noun.i) if m.how not in ("title",) and m.entity.type in _AGENTS]
    agents = list(dict.fromkeys([*_all(passage, own), *attributed])) or list(_above(passage, noun))
    return Cast(
        tuple(e for e in agents if e not in patients_), tuple(patients_), tuple(others), tuple(roles["to"]), tuple(roles["from"]), place,
        _whose_ties(passage, [noun, *objects]), tuple(own), tuple(objects), _words(objects) | {t.lemma_.lower() for t in modifiers},
    )  # fmt: skip


def _of_happening(noun: Token) -> list[tuple[str, Token]]:
    """“fighting broke out *between A and B in C*”."""
    verb = noun.head
    happens = noun.dep_ == "nsubj" and verb.lemma_.lower() in noun_class("happening") and not any(c.dep_ == "dobj" for c in verb.children)
    return [(p, t) for p, t in obliques(verb) if p in _AT or p in ("against", "between", "with")] if happens else []


def _whose_ties(passage: Passage, tokens: Iterable[Token]) -> tuple[Entity, ...]:
    return tuple(e for t in tokens if t.lemma_.lower() in noun_class("ties") for e in _entities(passage, t))


def _counted(tokens: list[Token]) -> list[Token]:
    """With “60 tons of aid” also the aid."""
    measures = noun_class("measures")
    return tokens + [t for token in tokens if token.lemma_.lower() in measures for p, t in obliques(token) if p == "of"]


def _above(passage: Passage, noun: Token) -> Iterator[Entity]:
    """Who does the governing verb, when the noun is its object: “Israel began talks”."""
    verb = governing_verb(noun)
    if verb is None:
        return
    purpose = noun.dep_ == "pobj" and noun.head.lower_ in ("for", "on", "during") and noun.head.head == verb
    if purpose or (noun.dep_ == "dobj" and noun.head == verb):
        yield from _all(passage, subjects(verb))


def _all(passage: Passage, tokens: Iterable[Token]) -> Iterator[Entity]:
    for token in tokens:
        yield from _entities(passage, token)


def _entities(passage: Passage, token: Token) -> list[Entity]:
    """Whom a noun means, or who is in its phrase when it means nobody itself (“a meeting with Israeli farmers”)."""
    for child in token.rights:
        if child.dep_ == "appos" and (person := _person_at(passage, child)):
            return [person]
    direct = [m for m in passage.mentions_at(token) if m.how not in ("title", "adjective")]
    if direct:
        return _narrowest(direct)
    inside = list(_phrase(token, top=True))
    found = [m for t in inside for m in passage.mentions_at(t) if m.how not in ("title", "pronoun") and not _is_located(passage, m)]
    return [_acting(m) for m in dict.fromkeys(found)]


def _person_at(passage: Passage, token: Token) -> Entity | None:
    return next((m.entity for m in passage.mentions_at(token) if m.entity.type == "Person"), None)


def _phrase(token: Token, *, top: bool = False) -> Iterator[Token]:
    """A noun's phrase without its clauses, appositions and what it is about; what is coordinated inside it belongs to it."""
    yield token
    for child in token.children:
        apart = child.lower_ in _TOPIC or child.dep_ in ("relcl", "acl", "advcl", "appos", "ccomp", "parataxis")
        if not apart and not (top and child.dep_ in ("conj", "cc")):
            yield from _phrase(child)


def _acting(mention: Mention) -> Entity:
    """The state behind its forces, else the entity."""
    return mention.behind or mention.entity


def _narrowest(mentions: list[Mention]) -> list[Entity]:
    """Of overlapping mentions all of a pair or of a list of states, else the person, else the longest."""
    shared = [m for m in mentions if m.how in ("pair", "voice")]
    if len({m.entity for m in shared}) > 1:
        return [_acting(m) for m in shared]
    people = [m.entity for m in mentions if m.entity.type == "Person"]
    return people[:1] or [_acting(max(mentions, key=lambda m: m.end - m.start))]


def _is_located(passage: Passage, mention: Mention) -> bool:
    """Stands it in a phrase of place: “in Syria”?"""
    head = passage.doc[mention.start : mention.end].root
    return head.dep_ == "pobj" and head.head.lower_ in _AT


def _place_at(passage: Passage, token: Token) -> Entity | None:
    """The place or state that a token names, or that stands in its phrase."""
    found = [m.entity for m in passage.mentions_at(token) if m.entity.type in ("Place", "State") and m.how not in ("title",)]
    if found:
        return found[0]
    span = noun_phrase(token)
    if token.lemma_.lower() in ("city", "town", "village", "region", "port", "province", "republic", "republics", "base"):
        return next((m.entity for m in passage.mentions_in(span.start, span.end) if m.entity.type == "Place"), None)
    return None


def _place_inside(passage: Passage, tokens: Iterable[Token]) -> Entity | None:
    """“an airstrike in Syria” as an object: Syria; “occupied the Sinai”: the Sinai."""
    for token in tokens:
        if _is_talked_of(token):
            continue
        for preposition, inner in obliques(token):
            if preposition in _AT and (place := _place_at(passage, inner)):
                return place
            if preposition in ("against", "on") and (place := _territory(passage, inner)):
                return place
        if place := _territory(passage, token):
            return place
    return None


def _is_of(token: Token, noun: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head == noun


def _located_within(passage: Passage, span: Span) -> Entity | None:
    """The first place in the words of the event that stands behind “in” or “at”."""
    inside = (
        m for m in passage.mentions_in(span.start, span.end) if m.entity.type in ("Place", "State") and m.how in ("made", "name", "seat")
    )
    found = next((m.entity for m in inside if _is_located(passage, m) and not _is_topic(passage.doc[m.end - 1], span)), None)
    return found or _just_behind(passage, span)


def _just_behind(passage: Passage, span: Span) -> Entity | None:
    """“a strike on X targets | in Syria”, where the parser hung the place on another word."""
    doc = passage.doc
    place = span.end + 1
    if place < len(doc) and doc[span.end].lower_ in ("in", "at", "near") and doc[span.end].sent == doc[span.start].sent:
        place += doc[place].lower_ in ("the", "southern", "northern", "eastern", "western") and place + 1 < len(doc)
        return next(
            (
                m.entity
                for m in passage.mentions_at(doc[place])
                if m.entity.type in ("Place", "State") and m.how in ("made", "name", "seat")
            ),
            None,
        )
    return None


def _is_topic(token: Token, span: Span) -> bool:
    """“about the situation in X”, “discussed the situation in X” tell what is talked of, not where."""
    return any((above.lower_ in _TOPIC or _is_talked_of(above)) and span.start <= above.i < span.end for above in token.ancestors)


def _is_talked_of(noun: Token) -> bool:
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in noun_class("talking")


def _whole(noun: Token) -> Span:
    """A noun with all that belongs to it, its clauses included, within reason."""
    return noun.doc[noun.left_edge.i : min(noun.right_edge.i + 1, noun.i + _NEAR)]


def _named_within(passage: Passage, noun: Token) -> Entity | None:
    """“an operation to protect X”: a place that is no state, in the noun's own clause."""
    clauses = [child for child in noun.rights if child.dep_ in ("acl", "relcl") and child.tag_ == "VB"]
    spans = [noun.doc[c.left_edge.i : min(c.right_edge.i + 1, c.i + _NEAR)] for c in clauses]
    return next((m.entity for s in spans for m in passage.mentions_in(s.start, s.end) if m.entity.type == "Place"), None)


def _place_beside(passage: Passage, noun: Token) -> Entity | None:
    """“was in Vienna for a visit”: Vienna."""
    verb = governing_verb(noun)
    if verb is None or noun.dep_ != "pobj" or noun.head.head != verb:
        return None
    return next((p for preposition, t in obliques(verb) if preposition in _AT and (p := _place_at(passage, t))), None)


def _place_of_journey(passage: Passage, verb: Token) -> Entity | None:
    """“flew to Vienna to meet X”, “flew to Vienna and met X”: Vienna."""
    above = verb.head
    if verb.dep_ in ("advcl", "xcomp", "conj") and above.lemma_ in noun_class("going"):
        return next((p for preposition, t in obliques(above) if preposition in _TOWARDS and (p := _place_at(passage, t))), None)
    return None


def _territory(passage: Passage, token: Token) -> Entity | None:
    return next((m.entity for m in passage.mentions_at(token) if m.entity.type in ("Place", "State") and m.how in ("made", "name")), None)


def _words(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(t.lemma_.lower() for token in tokens for t in noun_phrase(token))
