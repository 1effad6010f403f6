"""States through their bodies: “the Turkish Foreign Ministry”, “Israeli troops”, “the Johnson administration”."""

from collections.abc import Iterator, Sequence
from functools import cache

from graph.records import Entity
from loaders.actors.memory import Memory, entity_of
from loaders.actors.mentions import token_words, words_of
from loaders.actors.names import DateAt, state_behind
from loaders.parsed import Doc, Token
from loaders.passages import Mention
from ontology.reference import Known, Reference

_LONGEST_BODY = 8  # words: “Ministry for Foreign Affairs”
_POSSESSIVES = ("'s", "'", "’s", "’")
_HEADS_OF_GOVERNMENT = ("President", "Prime Minister", "Chancellor", "Premier", "General Secretary", "First Secretary", "Leader")


def find_bodies(doc: Doc, mentions: Sequence[Mention], reference: Reference, memory: Memory) -> list[Mention]:
    """Ministries and courts by their names, with the state beside them, or the state told last."""
    by_end = {m.end: m for m in mentions if m.entity.type == "State"}
    by_start = {m.start: m for m in mentions if m.entity.type == "State"}
    named = {i for m in mentions if m.entity.known and m.entity.type != "State" for i in range(m.start, m.end)}
    found: list[Mention] = []
    for start, end in _phrases(doc, reference):
        if not named.isdisjoint(range(start, end)):
            continue
        seated = _state_seated(doc, end, mentions, reference, memory)
        before = by_end.get(start - 1 if start and doc[start - 1].lower_ in _POSSESSIVES else start)
        after = by_start.get(_behind_of(doc, end))
        beside = before or after
        state = beside.entity if beside else seated or _state_told_last(doc, start, mentions)
        body = reference.body(state.id, doc[start:end].text) if state else None
        if body is not None and beside is not None:
            found.append(_voice(doc, min(start, beside.start), max(end, beside.end), body, reference))
        elif body is not None and start and doc[start - 1].lower_ == "the":
            found.append(_voice(doc, start, end, body, reference))
    taken = {i for m in found for i in range(m.start, m.end)}
    return [*found, *(m for m in _seated_governments(doc, mentions, reference, memory) if m.start not in taken)]


def _seated_governments(doc: Doc, mentions: Sequence[Mention], reference: Reference, memory: Memory) -> Iterator[Mention]:
    """“the cabinet in Lima”, “the authorities in Lima”: the state."""
    for token in doc:
        if token.pos_ == "NOUN" and token.base in words_of("seated"):
            state = _state_seated(doc, token.i + 1, mentions, reference, memory)
            if state is not None:
                yield Mention(token.i, token.i + 1, state, "voice")


def _phrases(doc: Doc, reference: Reference) -> list[tuple[int, int]]:
    """The longest phrases of two words and more that name a body: “Foreign Ministry”, “Ministry of Defence”."""
    found: list[tuple[int, int]] = []
    beginnings = reference.body_beginnings
    for token in doc:
        if beginnings.isdisjoint(token_words(token.text)[:1]) or (found and token.i < found[-1][1]):
            continue
        ends = range(min(token.i + _LONGEST_BODY, token.sent.end), token.i + 1, -1)
        end = next((e for e in ends if doc[e - 1].is_alpha and reference.is_body(doc[token.i : e].text)), None)
        if end is not None:
            found.append((token.i, end))
    return found


def _state_seated(doc: Doc, end: int, mentions: Sequence[Mention], reference: Reference, memory: Memory) -> Entity | None:
    """“The Foreign Ministry in Tehran”: the state that has its seat there."""
    if end + 1 >= len(doc) or doc[end].lower_ != "in":
        return None
    place = next((m.entity for m in mentions if m.start == end + 1 and m.entity.type == "Place"), None)
    known = reference.state_with_seat(place.label, memory.date) if place else None
    return entity_of(known) if known else None


def _behind_of(doc: Doc, end: int) -> int:
    """The place behind “of the”, or -1."""
    if end >= len(doc) or doc[end].lower_ != "of":
        return -1
    return end + 2 if end + 1 < len(doc) and doc[end + 1].lower_ == "the" else end + 1


def _state_told_last(doc: Doc, start: int, mentions: Sequence[Mention]) -> Entity | None:
    """The state that a paragraph tells of, where it tells of only one before the word; else its last subject."""
    before = [m for m in mentions if m.end <= start and m.entity.type == "State" and m.how != "title"]
    states = list(dict.fromkeys(m.entity for m in before))
    if len(states) == 1:
        return states[0]
    subjects = [m.entity for m in before if doc[m.start : m.end].root.dep_ in ("nsubj", "nsubjpass")]
    return subjects[-1] if subjects else None


def _voice(doc: Doc, start: int, end: int, body: Known, reference: Reference) -> Mention:
    entity = Entity(body.iri, body.label, body.type, known=body.iri in reference)
    return Mention(start, end, entity, "voice", state_behind(body, reference))


def find_voices(doc: Doc, mentions: Sequence[Mention], reference: Reference) -> list[Mention]:
    """“Israeli troops”, “the government of Egypt”, “the Turkish army”: a state through its bodies."""
    voices: list[Mention] = []
    nouns = agent_nouns()
    for mention in mentions:
        if mention.entity.type != "State" or mention.how in ("title", "office"):
            continue
        head = _governed(doc, mention)
        if head is None or any(m.start <= head.i < m.end for m in mentions):
            continue
        start, end = min(mention.start, head.i), max(mention.end, head.i + 1)
        if any(t.lower_ in words_of("not_states") for t in doc[start:end]):
            continue
        body = reference.body(mention.entity.id, _body_words(doc, mention, head)) if head.i >= mention.end else None
        if body is not None and body.iri != mention.entity.id:
            voices.append(_voice(doc, start, end, body, reference))
        elif body is not None or head.base in nouns:
            voices.append(Mention(start, end, mention.entity, "voice"))
    return voices


def _body_words(doc: Doc, mention: Mention, head: Token) -> str:
    """The words from behind the state's to the noun; of “Syrian and Egyptian governments” the noun for each."""
    if any(t.lower_ in ("and", ",", "or") for t in doc[mention.end : head.i]):
        return str(head.text)
    return str(doc[mention.end : head.i + 1].text.removeprefix("'s ").removeprefix("' ").removeprefix("’s "))


def _governed(doc: Doc, mention: Mention) -> Token | None:
    """The noun that a state's adjective, possessive or “of …” belongs to."""
    token = doc[mention.end - 1]
    while token.dep_ == "conj" and token.head.i < token.i and token.head.dep_ in ("amod", "compound", "nmod", "poss", "conj"):
        token = token.head
    if token.dep_ in ("amod", "compound", "poss", "nmod") and token.head.i >= mention.end:
        return token.head
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.i < mention.start:
        return token.head.head
    return None


def find_governments(doc: Doc, mentions: Sequence[Mention], date_at: DateAt, reference: Reference) -> list[Mention]:
    """“The Johnson administration”, “the cabinet of Johnson” is the state whose head Johnson is."""
    found: list[Mention] = []
    for mention in mentions:
        noun = _tenure_noun(doc, mention) if mention.entity.type == "Person" else None
        if noun is None:
            continue
        states = {t.of for t in reference.offices_of(mention.entity.id) if t.office in _HEADS_OF_GOVERNMENT}
        state = reference.entity(states.pop()) if len(states) == 1 else None
        if state is not None:
            on = date_at(noun)
            entity = entity_of(reference.state_at(state, on) if on else state)
            found.append(Mention(min(mention.start, noun.i), max(mention.end, noun.i + 1), entity, "voice"))
    return found


def _tenure_noun(doc: Doc, mention: Mention) -> Token | None:
    """“administration” beside its head: “Johnson's …”, “… of Johnson”."""
    nouns = words_of("tenure_nouns")
    behind = mention.end + (1 if mention.end < len(doc) and doc[mention.end].lower_ in _POSSESSIVES else 0)
    before = mention.start - 2 if mention.start > 1 and doc[mention.start - 1].lower_ == "of" else -1
    for place in (behind, before):
        if 0 <= place < len(doc) and doc[place].base in nouns:
            return doc[place]
    return None


@cache
def agent_nouns() -> frozenset[str]:
    """Nouns through which a state acts: its government and its forces."""
    return words_of("government") | words_of("forces")
