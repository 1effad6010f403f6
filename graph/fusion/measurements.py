"""Which figures measure one thing: the same number of the same unit told again, or another number for the same words and time."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from graph.fusion.facts import Measured, may_be_one_time
from graph.fusion.groups import Group, Match, grouped
from graph.fusion.words import shared

LEAST = 0.6
_SAME = 0.005  # numbers that differ by less, as a share, are one
_TELLING = 1000  # from here on, or with three digits that are no zeros, a number hardly recurs by chance
_LARGEST = 300  # figures of one number or in the same words with which one is compared
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
    """Pairs of one unit and of one number, with a word or its first digits in common, or of the same words; each once."""
    place = {figure.iri: number for number, figure in enumerate(figures)}
    units: dict[str, list[Measured]] = defaultdict(list)
    wordings: dict[tuple[str, frozenset[str]], list[Measured]] = defaultdict(list)
    for figure in figures:
        units[figure.unit.casefold()].append(figure)
        wordings[figure.unit.casefold(), figure.words].append(figure)
    numbers = (pair for unit in units.values() for pair in _near(sorted(unit, key=lambda figure: figure.value), same_value))
    alike = (pair for same in wordings.values() for pair in _near(same, lambda a, b: bool(a.words)))
    told = (pair for pair in numbers if pair[0].words & pair[1].words or f"{pair[0].value:.3g}" == f"{pair[1].value:.3g}")
    pairs = {tuple(sorted((place[a.iri], place[b.iri]))) for a, b in chain(told, alike)}
    for first, second in sorted(pairs):
        yield figures[first], figures[second]


def _near(figures: Sequence[Measured], is_near: Callable[[Measured, Measured], bool]) -> Iterator[tuple[Measured, Measured]]:
    """Each with those behind it, as long as they are near, and with so many at most."""
    for number, figure in enumerate(figures):
        for other in figures[number + 1 : number + 1 + _LARGEST]:
            if not is_near(figure, other):
                break
            yield figure, other
