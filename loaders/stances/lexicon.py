"""The words of ``lexicon/stances.toml`` as typed, indexed tables."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from loaders.parsed import Token
from ontology.errors import IrkgError

LEXICON = Path(__file__).parent.parent / "lexicon" / "stances.toml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A group of words that take a side in the same way; the head comment of the file explains the fields."""

    rule: str
    act: str
    polarity: str
    frame: str = "object"
    negated: str = "decline"
    only: str | None = None
    heads: str = ""
    not_heads: str = ""
    on: frozenset[str] = frozenset()
    infinitive: bool = False
    plover: str | None = None  # where it is not that of act and polarity; "" is none


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a verb fits, and the last word of the phrase (“for” of “call for”)."""

    entry: Entry
    last: Token


@cache
def word_set(section: str, name: str) -> frozenset[str]:
    """A plain list of words of the file."""
    return frozenset(_tables()[section][name])


def match_verb(verb: Token) -> Match | None:
    """The entry with the longest phrase that stands at a verb."""
    return next(verb_matches(verb), None)


def verb_matches(verb: Token) -> Iterator[Match]:
    """The entries that a verb fits, the longest phrase first."""
    for rest, entry in _verbs().get(lemma(verb), ()):
        last = _follow(verb, rest)
        if last is not None:
            yield Match(entry, last)


def match_noun(noun: Token) -> Entry | None:
    """The entry of a noun that names a stance."""
    found = _index("noun").get(lemma(noun)) or _index("noun").get(noun.lower_)
    return found[0] if found and noun.pos_ in ("NOUN", "PROPN") else None


def match_adjectives(word: Token) -> tuple[Entry, ...]:
    """The entries of an adjective or participle that names a stance."""
    return _index("adjective").get(word.lower_, ())


def lemma(token: Token) -> str:
    """The lemma in small letters; the halves of “co-sponsor” count as one word."""
    own = token.base
    place, words = token.i, token.doc.tokens
    return f"co-{own}" if place >= 2 and words[place - 1].lower_ == "-" and words[place - 2].lower_ == "co" else own


def _follow(verb: Token, rest: tuple[str, ...]) -> Token | None:
    """The last token of a phrase whose words each depend on the verb or on a word of the phrase before."""
    path = [verb]
    for word in rest:
        following = (c for above in reversed(path) for c in above.rights if c.i > path[-1].i and word in (c.lower_, c.base))
        step = next(following, None) or next((c for c in path[-1].lefts if c.lower_ == word and c.i > path[0].i), None)
        if step is None and word == "for":  # “pushed for A to V”, where “for” marks the clause
            below = (c for c in path[-1].rights if c.dep_ in ("advcl", "ccomp", "xcomp"))
            step = next((m for c in below for m in c.lefts if m.lower_ == "for" and m.dep_ == "mark"), None)
        if step is None:
            return None
        if step.i > path[-1].i:
            path.append(step)
    return path[-1]


@cache
def _verbs() -> Mapping[str, list[tuple[tuple[str, ...], Entry]]]:
    """Phrases by their first word, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry, words in _entries("verb"):
        for phrase in words:
            first, *rest = [word for word in phrase.split() if word not in ("a", "the")]
            index.setdefault(first, []).append((tuple(rest), entry))
    for phrases in index.values():
        phrases.sort(key=lambda item: -len(item[0]))
    return index


@cache
def _index(section: str) -> Mapping[str, tuple[Entry, ...]]:
    index: dict[str, tuple[Entry, ...]] = {}
    for entry, words in _entries(section):
        for word in words:
            index[word] = (*index.get(word, ()), entry)
    return index


def _entries(section: str) -> Iterable[tuple[Entry, list[str]]]:
    for group in _tables()[section]:
        fields: dict[str, Any] = {key: frozenset(value) if key == "on" else value for key, value in group.items() if key != "words"}
        try:
            yield Entry(**fields), group["words"]
        except (TypeError, KeyError) as error:
            raise IrkgError(f"{LEXICON}: {section} “{group.get('rule')}”: {error}") from None


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(LEXICON.read_text(encoding="utf-8"))
