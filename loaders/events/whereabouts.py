"""The place that the words around an event name: “in Vienna”, “flew to Oslo, where they met”, “the airport of Kabul”."""

from collections.abc import Iterable, Iterator
from itertools import chain

from graph.records import Entity
from loaders.actors.memory import entity_of, made
from loaders.clauses import clause_span, governing_verb, is_verbal, objects, obliques
from loaders.events.noun_classes import noun_class
from loaders.parsed import Span, Token
from loaders.passages import Mention, Passage
from ontology.reference import load_reference

AT = frozenset({"across", "at", "in", "inside", "near", "outside", "throughout", "within"})
TOWARDS = frozenset({"into", "to", "towards", "toward"})
TOPIC = frozenset({"about", "concerning", "regarding"})
# Before the name of a city or a region these tell where, before a state they often do not (“imprisoned on Samos”).
_ALONG = frozenset({"along", "around", "off", "on", "over"})
_SETTLEMENTS = frozenset({"city", "fortress", "island", "port", "town", "village"})
_OUT_OF = frozenset({"from", "out of"})
_NEAR = 15  # tokens
_NAMED = ("made", "name", "seat")


def place_of_verb(passage: Passage, verb: Token, suffers: Iterable[Token]) -> Entity | None:
    """Where a verb says that it is done; ``suffers`` are the words for whom or what it is done to."""
    lemma, around = verb.base, list(obliques(verb))
    if lemma in noun_class("taking") and (taken := _first(_taken(passage, t) for t in suffers)):
        return taken
    if lemma in noun_class("leaving"):
        left = [t for p, t in around if p in ("for", "to")]  # “left for Oslo”
        left += [t for c in verb.rights if c.dep_ == "conj" and c.base in ("enter", "reach") for t in objects(c)]
        if place := _first(place_at(passage, t) for t in left):
            return place
        left = [t for p, t in around if p in _OUT_OF] or list(suffers)
        if place := _first(place_at(passage, t) for t in left):
            return place
    for preposition, token in around:
        if (place := _beside(passage, preposition, token, going=lemma in noun_class("going"))) is not None:
            return place
    if verb.lemma_ in ("visit", "tour") and (place := _first(place_at(passage, t) for t in suffers)):
        return place
    return (
        _first(territory(passage, t) for p, t in around if p in ("against", "into"))
        or _place_of_journey(passage, verb)
        or _antecedent(passage, verb)
        or place_inside(passage, suffers)
        or _located_within(passage, clause_span(verb, complements=False))
    )


def _taken(passage: Passage, token: Token) -> Entity | None:
    """“captured Goma”: who is not known to be anything else is a place."""
    return place_at(passage, token) or _unknown(passage, token)


def _unknown(passage: Passage, token: Token) -> Entity | None:
    """A name that only this text knows, as a place: whatever else the model took it for, people are not “near” others."""
    if token.pos_ != "PROPN" or token.ent_type_ in ("DATE", "EVENT", "LAW", "NORP"):
        return None
    mentions = passage.mentions_at(token)
    if mentions:
        return next((m.entity for m in mentions if m.how == "made"), None)
    start = min((c.i for c in token.lefts if c.dep_ == "compound" and c.pos_ == "PROPN"), default=token.i)
    place = made(token.doc[start : token.i + 1].text, "Place")
    told = (m.entity for p in chain((passage,), passage.earlier()) for m in p.mentions if m.entity.id == place.id)
    return next(told, place)


def place_of_noun(passage: Passage, noun: Token, around: Iterable[tuple[str, Token]]) -> Entity | None:
    """Where a noun's event was: by ``around``, the phrases that hang on it with their prepositions, then in its clause."""
    going = noun.base in noun_class("going")
    for preposition, token in around:
        if (place := _beside(passage, preposition, token, going=going)) is not None:
            return place
        if preposition in ("of", "on", "against", "to") and (place := territory(passage, token)):
            return place
    return (
        _located_within(passage, _whole(noun))
        or place_inside(passage, [noun])
        or _place_of_clause(passage, noun)
        or _named_within(passage, noun)
    )


def stands_in(passage: Passage, word: Token) -> Entity | None:
    """The place in a phrase that hangs on a word itself: “voted in New York”."""
    return _first(place_at(passage, t) for p, t in obliques(word) if p in AT)


def place_at(passage: Passage, token: Token) -> Entity | None:
    """The place or state that a token names, or that stands in its phrase: “Asmara airport”, “Syrian territory”."""
    found = [_city(passage, m) for m in passage.mentions_at(token) if m.entity.type in ("Place", "State") and m.how != "title"]
    if found:
        return found[0]
    site = token.base in noun_class("sites")
    inside = [m for t in _phrase(token) for m in passage.mentions_at(t) if m.how != "title"]
    named = next((t for p, t in obliques(token) if p == "of"), None) if token.base in _SETTLEMENTS else None
    if named is not None and (unknown := _unknown(passage, named)):
        return unknown
    if token.base == "capital" and (capital := _first(_capital(m.entity) for m in inside)):
        return capital
    return _first(m.entity for m in inside if m.entity.type == "Place" or (site and m.entity.type == "State"))


def _city(passage: Passage, mention: Mention) -> Entity:
    """Of a capital that stands for its state the city, where a place is asked for: “left for Ankara”."""
    if mention.how != "seat":
        return mention.entity
    cities = [k for k in load_reference().named(passage.doc[mention.start : mention.end].text) if k.type == "Place"]
    return entity_of(cities[0]) if len(cities) == 1 else mention.entity


def _capital(state: Entity) -> Entity | None:
    """The one capital of a state: “the Kazakh capital”."""
    reference = load_reference()
    known = reference.entity(state.id)
    city = reference.entity(known.capitals[0]) if known is not None and len(known.capitals) == 1 else None
    return entity_of(city) if city is not None else None


def territory(passage: Passage, token: Token) -> Entity | None:
    """The place or state that a token is the name of."""
    return _first(m.entity for m in passage.mentions_at(token) if m.entity.type in ("Place", "State") and m.how in ("made", "name"))


def is_located(passage: Passage, mention: Mention) -> bool:
    """Stands it in a phrase of place: “in Syria”?"""
    head = passage.doc[mention.start : mention.end].root
    return head.dep_ == "pobj" and (head.head.lower_ in AT or (head.head.lower_ in _ALONG and mention.entity.type == "Place"))


def _beside(passage: Passage, preposition: str, token: Token, *, going: bool) -> Entity | None:
    """The place behind a preposition that tells one."""
    if preposition in AT or (preposition in TOWARDS and going):
        return place_at(passage, token) or (_unknown(passage, token) if preposition in AT else None)
    place = place_at(passage, token) if preposition in _ALONG else None
    return place if place is not None and (place.type == "Place" or token.base in noun_class("sites")) else None


def place_inside(passage: Passage, tokens: Iterable[Token]) -> Entity | None:
    """“an airstrike in Syria” as an object: Syria; “occupied the Sinai”: the Sinai; “a raid on a Syrian depot”: Syria."""
    for token in tokens:
        if _is_talked_of(token):
            continue
        for preposition, inner in obliques(token):
            towards = preposition in TOWARDS and token.base in noun_class("going")
            if (preposition in AT or towards) and (place := place_at(passage, inner)):
                return place
            if preposition in ("against", "on") and (place := territory(passage, inner) or _site(passage, inner)):
                return place
        if place := territory(passage, token) or _site(passage, token):
            return place
    return None


def _site(passage: Passage, token: Token) -> Entity | None:
    """“the Syrian depot”, “the base of X”: where such a thing stands."""
    return place_at(passage, token) if token.base in noun_class("sites") else None


def _located_within(passage: Passage, span: Span) -> Entity | None:
    """The first place in the words of the event that stands behind “in” or “at”."""
    inside = (m for m in passage.mentions_in(span.start, span.end) if m.entity.type in ("Place", "State") and m.how in _NAMED)
    found = _first(m.entity for m in inside if is_located(passage, m) and not _is_topic(passage.doc[m.end - 1], span))
    return found or _just_behind(passage, span)


def _just_behind(passage: Passage, span: Span) -> Entity | None:
    """“a strike on X targets | in Syria”, where the parser hung the place on another word."""
    doc = passage.doc
    place = span.end + 1
    if place >= len(doc) or doc[span.end].lower_ not in ("in", "at", "near") or doc[span.end].sent != doc[span.start].sent:
        return None
    place += doc[place].lower_ in ("the", "southern", "northern", "eastern", "western") and place + 1 < len(doc)
    return _first(m.entity for m in passage.mentions_at(doc[place]) if m.entity.type in ("Place", "State") and m.how in _NAMED)


def _is_topic(token: Token, span: Span) -> bool:
    """“about the situation in X”, “discussed the situation in X” tell what is talked of, not where."""
    return any((above.lower_ in TOPIC or _is_talked_of(above)) and span.start <= above.i < span.end for above in token.ancestors)


def _is_talked_of(noun: Token) -> bool:
    return noun.dep_ == "dobj" and noun.head.base in noun_class("talking")


def _whole(noun: Token) -> Span:
    """A noun with all that belongs to it, its clauses included, within reason."""
    return noun.doc[noun.left_edge.i : min(noun.right_edge.i + 1, noun.i + _NEAR)]


def _named_within(passage: Passage, noun: Token) -> Entity | None:
    """“an operation to protect X”, “the visit he was to have made to X”: in the noun's own clause."""
    made = (c for c in noun.rights if c.dep_ == "relcl" and c.base in noun_class("light_verbs"))
    if place := _first(place_at(passage, t) for c in made for p, t in obliques(c) if p in (*AT, *TOWARDS)):
        return place
    clauses = [child for child in noun.rights if child.dep_ in ("acl", "relcl") and child.tag_ == "VB"]
    if (after := noun.right_edge.i + 1) + 1 < len(noun.doc) and noun.doc[after].tag_ == "TO":  # which the parser hung on the verb
        clauses.append(noun.doc[after].head)
    spans = [noun.doc[c.left_edge.i : min(c.right_edge.i + 1, c.i + _NEAR)] for c in clauses]
    return _first(m.entity for s in spans for m in passage.mentions_in(s.start, s.end) if m.entity.type == "Place")


def _place_of_clause(passage: Passage, noun: Token) -> Entity | None:
    """“was in Vienna for a visit”, “the treaty was signed at Lausanne”: where the noun's verb has it."""
    verb = governing_verb(noun)
    part = noun.head == verb or (noun.dep_ == "pobj" and noun.head.head == verb)
    if verb is None or not part:
        return None
    going = verb.base in noun_class("going")
    return _first(place_at(passage, t) for p, t in obliques(verb) if p in AT or (going and p in TOWARDS))


def _place_of_journey(passage: Passage, verb: Token) -> Entity | None:
    """“flew to Vienna to meet X”, “flew to Vienna, apologised and met X”: Vienna."""
    while verb.dep_ in ("advcl", "xcomp", "conj") and is_verbal(verb.head):
        verb = verb.head
        if verb.base in noun_class("going"):
            return _first(place_at(passage, t) for p, t in obliques(verb) if p in TOWARDS)
    return None


def _antecedent(passage: Passage, verb: Token) -> Entity | None:
    """“flew on to Oslo, where he met X”: Oslo."""
    where = verb.dep_ == "relcl" and any(
        c.lower_ == "where" or (c.lower_ in (*AT, "from") and any(t.lower_ == "which" for t in c.children)) for c in verb.lefts
    )
    return place_at(passage, verb.head) if where else None


def _phrase(token: Token) -> Iterator[Token]:
    """What a noun's “of” names, then the words before it that describe it: “the Finnish town of Pori”."""
    yield from (t for p, t in obliques(token) if p == "of")
    for child in token.lefts:
        if child.dep_ in ("amod", "compound", "nmod", "poss"):
            yield from (*_phrase(child), child)


def _first(found: Iterable[Entity | None]) -> Entity | None:
    return next((e for e in found if e is not None), None)
