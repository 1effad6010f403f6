"""Which figures measure one thing: the same number of the same unit told again, or another number for the same words and time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from graph.fusion.facts import Measured, may_be_one_time
from graph.fusion.groups import Group, Match, grouped
from graph.fusion.words import shared

LEAST = 0.6
_SAME = 0.005  # numbers that differ by less, as a share, are one
_TELLING = 1000  # from here on, or with three digits that are no zeros, a number hardly recurs by chance
_BOUNDS = frozenset({"lower bound", "upper bound", "from", "to"})


def measurements(figures: Sequence[Measured]) -> list[Group[Measured]]:
    """The groups of two figures or more that measure one thing."""
    pairs = ((match(a, b), a, b) for a, b in _candidates(figures))
    return grouped("measurement", [(found, a, b) for found, a, b in pairs if found is not None and found.score >= LEAST], excludes)


def match(a: Measured, b: Measured) -> Match | None:
    """How well two figures fit; None where they can't measure one thing."""
    if a.unit.casefold() != b.unit.casefold() or excludes(a, b):
        return None
    return _of_one_value(a, b) if same_value(a, b) else _of_one_measure(a, b)


def excludes(a: Measured, b: Measured) -> bool:
    """Two numbers of one sentence, and the two ends of a range, are two things."""
    return a.source == b.source and (a.start == b.start or not same_value(a, b))


def same_value(a: Measured, b: Measured) -> bool:
    """Are two numbers one, but for rounding?"""
    return abs(a.value - b.value) <= _SAME * max(abs(a.value), abs(b.value))


def _of_one_value(a: Measured, b: Measured) -> Match | None:
    words = shared(a.words, b.words)
    origin = a.origin & b.origin
    if not words and not (origin and a.source != b.source):
        return None
    digits = len(f"{a.value:g}".replace(".", "").replace("e", "").strip("0"))
    telling = digits >= 3 or a.value >= _TELLING
    score = 0.4 + 0.35 * words + (0.2 if origin else 0.0) + (0.1 if telling else 0.0) + (0.1 if may_be_one_time(a, b) else 0.0)
    reasons = ["the same number", "words of what is measured" if words else None, "the same origin" if origin else None]
    return Match(round(min(score, 1.0), 3), tuple(r for r in reasons if r))


def _of_one_measure(a: Measured, b: Measured) -> Match | None:
    """Another number for the same: in the same words, of a time that is told and may be one. A part is not its total."""
    if {a.qualifier, b.qualifier} & _BOUNDS or a.period is None or b.period is None or not may_be_one_time(a, b):
        return None
    if a.words != b.words or len(a.words) < 2:
        return None
    return Match(1.0, ("the same words of what is measured", "times that overlap"))


def _candidates(figures: Sequence[Measured]) -> Iterator[tuple[Measured, Measured]]:
    """Pairs with a word or a number in common."""
    blocks: dict[tuple[str, str], dict[str, Measured]] = defaultdict(dict)
    for figure in figures:
        for key in (*figure.words, f"={figure.value:.3g}"):
            blocks[figure.unit.casefold(), key][figure.iri] = figure
    seen: set[tuple[str, str]] = set()
    for block in sorted(blocks):
        for a, b in combinations(blocks[block].values(), 2):
            if (a.iri, b.iri) not in seen:
                seen.add((a.iri, b.iri))
                yield a, b
