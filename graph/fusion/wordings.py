"""How two sources call one thing: words of different camps (``wordings.toml``), and names that take a side."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from tomllib import loads

from ontology.reference import Reference


@dataclass(frozen=True, slots=True)
class _Thing:
    """What has several names: the words of each camp, and whether it is a happening."""

    camps: tuple[tuple[str, ...], ...]
    happens: bool


def wordings(first: str, second: str) -> Iterator[tuple[str, str]]:
    """The words of two camps by which two texts call one thing; none where one of them uses both."""
    for thing in _things():
        a, b = _camps_in(first, thing), _camps_in(second, thing)
        if len(a) == len(b) == 1 and a.keys() != b.keys():
            yield next(iter(a.values())), next(iter(b.values()))


def one_happening(first: str, second: str) -> bool:
    """May two texts tell one happening by words of different camps: “the invasion”, “the special operation”?"""
    return any(thing.happens and _camps_in(first, thing) and _camps_in(second, thing) for thing in _things())


def names_that_take_a_side(first: str, second: str, sides: Iterable[str], reference: Reference) -> Iterator[tuple[str, str]]:
    """A loaded name in one text beside the other's own name for the same side: “the Zionist regime” and “Israel”."""
    for known in (k for iri in sorted(sides) if (k := reference.entity(iri)) is not None and k.loaded):
        plain = (known.label, *known.names, *known.adjectives)
        a, b = _first_in(first, known.loaded), _first_in(second, known.loaded)
        if a and not b and (other := _first_in(second, plain)):
            yield a, other
        elif b and not a and (other := _first_in(first, plain)):
            yield other, b


@lru_cache(maxsize=100_000)  # every pair that is compared asks for its words
def _camps_in(text: str, thing: _Thing) -> dict[int, str]:
    """By camp, the longest of its words that a text has; a word inside a longer one of another camp does not count."""
    found = {number: word for number, camp in enumerate(thing.camps) if (word := _first_in(text, camp))}
    return {number: word for number, word in found.items() if not any(word != other and word in other for other in found.values())}


def _first_in(text: str, names: Iterable[str]) -> str | None:
    """The first of some names, the longest before the shorter, that stands in a text, in the singular or plural."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return next((name for name in ordered if _pattern(name).search(text)), None)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}(?:s|es)?\b", re.IGNORECASE)


@cache
def _things() -> tuple[_Thing, ...]:
    table = loads((Path(__file__).parent / "wordings.toml").read_text(encoding="utf-8"))
    return tuple(_Thing(tuple(map(tuple, thing["camps"])), thing.get("happens", False)) for thing in table["thing"])
