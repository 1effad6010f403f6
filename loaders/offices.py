"""Offices: titles in the text, who holds them, and the records of people shown in an office."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from graph.records import Entity, OfficeHeld
from loaders.dates import FoundDate
from loaders.passages import Mention, OfficePhrase, Passage
from loaders.timing import date_of
from ontology.reference import Known, Reference

_LONGEST_TITLE = 7  # tokens before the head noun
_ENVOYS = frozenset({"ambassador", "envoy", "consul", "representative"})
_TITLE_WORDS = frozenset({"ADJ", "PROPN", "NOUN"})


@dataclass(frozen=True, slots=True)
class _Title:
    """A title in the making: tokens ``start`` to ``end``, its own words, and whose it is."""

    start: int
    end: int
    words: str
    of: Entity | None
    to: Entity | None
    former: bool
    owner: Entity | None = None  # “Putin's press secretary”


def find_offices(
    doc: Doc, mentions: Sequence[Mention], dates: Sequence[FoundDate], reference: Reference, on: str | None
) -> list[OfficePhrase]:
    """The titles of a paragraph with their holders: named beside them, or known from the date ``on``."""
    at = {index: mention for mention in mentions for index in range(mention.start, mention.end)}
    dated = {token.i for d in dates for token in doc if d.start <= token.idx < d.end}
    found: list[OfficePhrase] = []
    for token in doc:
        if token.lemma_.lower() in _words("heads") and _is_free(token, at) and token.i not in dated and token.pos_ in _TITLE_WORDS:
            title = _title(doc, token, at, dated)
            if title is not None:
                found.append(_office(doc, title, at, reference, on))
    return _coordinated(doc, [phrase for phrase in found if phrase.office])


def _is_free(token: Token, at: dict[int, Mention]) -> bool:
    """Is a title's noun outside of names, or the first word of a person's (“King Hussein”)?"""
    mention = at.get(token.i)
    return mention is None or (mention.entity.type == "Person" and mention.start == token.i and mention.end > token.i + 1)


def read_offices(passage: Passage) -> Iterator[OfficeHeld]:
    """Rule ``office-title``: a title with its holder, by name or by date, and the state or body it is of."""
    for phrase in passage.offices:
        if phrase.person is None or phrase.of is None or _is_bare_leader(phrase):
            continue
        first, last = _extent(passage, phrase)
        start, end, text = passage.raw(passage.doc[first:last])
        yield OfficeHeld(
            source=passage.document.source.id, start=start, end=end, text=text,
            rule="office-title" if phrase.named else "office-by-date",
            person=phrase.person, office=phrase.office, of=phrase.of,
            date=None if phrase.former else date_of(passage, passage.doc[phrase.end - 1]),
        )  # fmt: skip


def _is_bare_leader(phrase: OfficePhrase) -> bool:
    """“Russian leader” is no office; “leader of Meretz” is."""
    return phrase.office == "Leader" and phrase.of is not None and phrase.of.type == "State"


def _extent(passage: Passage, phrase: OfficePhrase) -> tuple[int, int]:
    """The title together with the name beside it."""
    near = [m for m in passage.mentions if m.entity == phrase.person and m.how != "pronoun" and phrase.start - 8 <= m.start <= phrase.end + 4]
    return min([phrase.start, *(m.start for m in near)]), max([phrase.end, *(m.end for m in near)])


def _title(doc: Doc, head: Token, at: dict[int, Mention], dated: set[int]) -> _Title | None:
    start = head.i
    of: Entity | None = None
    owner: Entity | None = None
    words: list[str] = [head.text]
    former = False
    while start > 0 and head.i - start < _LONGEST_TITLE:
        token = doc[start - 1]
        mention = at.get(token.i)
        if mention is not None:
            if mention.entity.type in ("State", "Organisation", "Place") and of is None:
                of, start = mention.entity, mention.start
                continue
            if mention.entity.type == "Person" and doc[start].lower_ in ("'s", "’s", "'"):
                owner, start = mention.entity, mention.start
            break
        if token.i in dated:
            break
        lower = token.lower_
        if lower in _words("past"):
            former = former or lower in ("former", "ex")
        elif lower in ("'s", "’s", "'") and start - 2 in at or lower == "-":
            pass
        elif lower in _words("present") and len(words) >= 1 and not token.text[0].isupper():
            pass
        elif token.pos_ in _TITLE_WORDS and (token.text[0].isupper() or lower in _QUALIFYING):
            words.insert(0, token.text)
        else:
            break
        start -= 1
    end, of_right, to, tail = _right_of_title(doc, head, at)
    if tail:
        words.append(tail)
    return _Title(start, end, " ".join(words), of_right or of, to, former, owner)


_QUALIFYING = frozenset({"foreign", "defence", "defense", "prime", "deputy", "vice", "interior", "finance", "press", "security", "national", "general", "supreme", "opposition", "chief", "chargé"})


def _right_of_title(doc: Doc, head: Token, at: dict[int, Mention]) -> tuple[int, Entity | None, Entity | None, str]:
    """What follows a title's noun: “of China”, “to Israel”, “of Foreign Affairs of Iran”."""
    end = head.i + 1
    of: Entity | None = None
    to: Entity | None = None
    tail: list[str] = []
    while end + 1 < len(doc) and doc[end].lower_ in ("of", "to", "for", "in"):
        preposition = doc[end].lower_
        place = end + 1
        while place < len(doc) and (doc[place].lower_ in ("the", "state", "republic", "of") and place not in at):
            place += 1
        mention = at.get(place)
        if mention is not None and mention.entity.type in ("State", "Organisation", "Place") and mention.how != "adjective":
            if preposition in ("to", "in") and head.lemma_.lower() in _ENVOYS:
                to = mention.entity
            elif preposition in ("of", "for"):
                of = of or mention.entity
            else:
                break
            end = mention.end
        elif preposition in ("of", "for") and doc[end + 1].text[0].isupper() and mention is None:
            stop = end + 1
            while stop < len(doc) and stop not in at and (doc[stop].text[0].isupper() or doc[stop].lower_ in ("and", "&") and stop + 1 < len(doc) and doc[stop + 1].text[0].isupper() and stop + 1 not in at):
                stop += 1
            tail.append(doc[end:stop].text)
            end = stop
        else:
            break
    return end, of, to, " ".join(tail)


def _office(doc: Doc, title: _Title, at: dict[int, Mention], reference: Reference, on: str | None) -> OfficePhrase:
    person = _holder_after(doc, title.end, at) or _holder_before(doc, title.start, at) or _holder_by_verb(doc, title, at)
    of, to = title.of, title.to
    office = _canonical(title, reference)
    if _head(title) in _ENVOYS:
        if of is not None and of.label == "United Nations" and to is None:
            of, to = None, of
        to = to or (of if of is not None and of.type == "Organisation" else None)
        of = None if of == to else of
        office = f"{office} to {_with_article(to.label)}" if to is not None else office
    if of is None and person is not None:
        of = _state_of(person, office, reference, on)
    if of is None and title.owner is not None:
        of = _state_led_by(title.owner, reference, on)
    if of is None and (implied := _lexicon()["implied"].get(office)):
        of = _entity_named(implied, reference)
    if of is None and _head(title) in _words("bodily"):
        return OfficePhrase(title.start, title.end, "", None, None, False)
    holder = person
    if holder is None and of is not None and not title.former:
        holder = _holder_by_date(office, of, reference, on)
    return OfficePhrase(title.start, title.end, office, of, holder, person is not None, title.former)


def _head(title: _Title) -> str:
    words = [w for w in re.split(r"\W+", title.words.lower()) if w in _words("heads")]
    return words[0] if words else ""


def _canonical(title: _Title, reference: Reference) -> str:
    """The general name of the office: the reference data's where it knows it, else the words of the text."""
    general = reference.office_named(title.words)
    if general and title.words.lower() not in _words("bodily"):
        return general
    words = [w if w in ("of", "the", "and", "for") else w[:1].upper() + w[1:] for w in title.words.split()]
    return " ".join(words)


def _with_article(label: str) -> str:
    return f"the {label}" if re.match(r"(?:United|Soviet|European|Netherlands|Philippines|Vatican)", label) else label


def _holder_after(doc: Doc, end: int, at: dict[int, Mention]) -> Entity | None:
    """“Prime Minister X”, “former President, X,” and “Minister General X”; “King X” as one name."""
    place = end
    if (same := at.get(end - 1)) is not None and same is at.get(end) and same.entity.type == "Person":
        return same.entity
    while place < len(doc) and place not in at and (doc[place].text == "," and place == end or doc[place].lower_ in _words("ranks")):
        place += 1
    mention = at.get(place)
    if mention is None or mention.entity.type != "Person" or mention.start != place:
        return None
    if place > end and doc[end].text == "," and not (mention.end < len(doc) and doc[mention.end].text in (",", ".") or doc[mention.end - 1].dep_ == "appos" or end + 1 < place):
        return None
    return mention.entity


def _holder_before(doc: Doc, start: int, at: dict[int, Mention]) -> Entity | None:
    """“X, the Prime Minister of …” and “X, head of …”."""
    place = start - 1
    while place >= 0 and doc[place].lower_ in ("the", "a", "an", "his", "her", "its", "their", "then"):
        place -= 1
    if place >= 1 and doc[place].text in (",", "(", "–", "—"):
        mention = at.get(place - 1)
        if mention is not None and mention.entity.type == "Person":
            return mention.entity
    return None


def _holder_by_verb(doc: Doc, title: _Title, at: dict[int, Mention]) -> Entity | None:
    """“X became …”, “X was appointed …”, “X served as …”, “X's tenure as …”, “as Foreign Minister, X …”."""
    root = doc[title.start : title.end].root
    head = root.head
    if root.dep_ == "pobj" and head.lower_ == "as":
        governor = head.head
        after = at.get(title.end + 1) if title.end + 1 < len(doc) and doc[title.end].text == "," else None
        if after is not None and after.entity.type == "Person":  # “as Foreign Minister, X began …”
            return after.entity
        if governor.lemma_.lower() in _words("terms"):
            owner = next((c for c in governor.lefts if c.dep_ == "poss"), None)
            return _person_at(owner, at)
        return _subject(governor, at) if governor.pos_ in ("VERB", "AUX") else None
    if root.dep_ in ("attr", "oprd", "dobj", "xcomp") and head.lemma_.lower() in _words("taking"):
        return _subject(head, at)
    return None


def _subject(verb: Token, at: dict[int, Mention]) -> Entity | None:
    while verb.dep_ in ("xcomp", "conj") and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts):
        verb = verb.head
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    return _person_at(subject, at)


def _person_at(token: Token | None, at: dict[int, Mention]) -> Entity | None:
    if token is None:
        return None
    near = (at.get(i) for i in range(token.i, token.right_edge.i + 1))
    return next((m.entity for m in near if m is not None and m.entity.type == "Person"), None)


def _state_of(person: Entity, office: str, reference: Reference, on: str | None) -> Entity | None:
    """The state in which the reference data shows the person in that office."""
    tenures = [t for t in reference.offices_of(person.id) if t.office == office]
    states = {t.of for t in tenures}
    if len(states) != 1:
        return None
    known = reference.entity(states.pop())
    return _as_entity(reference.state_at(known, on) if on and known and known.type == "State" else known)


def _state_led_by(person: Entity, reference: Reference, on: str | None) -> Entity | None:
    """The state whose head a person is or was: “Putin's press secretary” is of Russia."""
    states = {t.of for t in reference.offices_of(person.id)}
    known = reference.entity(states.pop()) if len(states) == 1 else None
    return _as_entity(reference.state_at(known, on) if on and known and known.type == "State" else known)


def _holder_by_date(office: str, of: Entity, reference: Reference, on: str | None) -> Entity | None:
    """The one who held the office at the date; None when the date or the holder is not sure."""
    if on is None:
        return None
    offices = ("President", "Prime Minister") if office == "Leader" else (office,)
    for name in offices:
        holders = {t.person for t in reference.holders(name, of.id, on)}
        if len(holders) == 1:
            return _as_entity(reference.entity(holders.pop()))
    return None


def _entity_named(name: str, reference: Reference) -> Entity | None:
    return next((_as_entity(k) for k in reference.named(name)), None)


def _as_entity(known: Known | None) -> Entity | None:
    return Entity(known.iri, known.label, known.type) if known else None


def _coordinated(doc: Doc, phrases: list[OfficePhrase]) -> list[OfficePhrase]:
    """“the Prime Minister and Defence Minister of Israel”: the first shares the second's state and holder."""
    result = list(phrases)
    for index in range(len(result) - 2, -1, -1):
        this, following = result[index], result[index + 1]
        if doc[this.end : following.start].text.strip() != "and":
            continue
        of = this.of or following.of
        if this.named and not following.named and following.person is None:
            result[index + 1] = replace(following, person=this.person, named=True, of=following.of or this.of)
        elif following.named and not this.named and this.of is None:
            result[index] = replace(this, person=following.person, named=True, of=of)
        result[index] = replace(result[index], of=of)
        if result[index].named and not result[index + 1].named and result[index + 1].of == of:
            result[index + 1] = replace(result[index + 1], person=result[index].person, named=True)
    return result


def _words(key: str) -> frozenset[str]:
    return _word_sets()[key]


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    return {key: frozenset(value) for key, value in _lexicon().items() if isinstance(value, list)}


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "lexicon" / "offices.toml").read_text(encoding="utf-8"))
