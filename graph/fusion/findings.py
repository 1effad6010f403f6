"""What sources say together: facts that two of them tell, and what they tell differently."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.fusion.facts import Measured, Taken, Told, may_be_one_time
from graph.fusion.groups import Group, R
from graph.fusion.measurements import same_value
from graph.fusion.wordings import names_that_take_a_side, wordings
from ontology.reference import load_reference

_DENIED = frozenset({"denied", "refused"})
_TURNED = {"oppose": "support", "support": "oppose"}


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Records of several sources that tell one fact. ``independent`` unless all rest on one origin."""

    topic: str
    records: tuple[str, ...]
    independent: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two records of different sources about one thing that differ; ``differs_in`` says in what, and each value."""

    topic: str
    first: str
    second: str
    differs_in: str
    values: tuple[str, str]


def findings(groups: Iterable[Group[Told] | Group[Measured]]) -> Iterator[Corroboration | Disagreement]:
    """The corroborations and disagreements within groups."""
    for group in groups:
        if group.what == "happening":
            yield from _of_happening([r for r in group.records if isinstance(r, Told)])
        else:
            yield from _of_measurement([r for r in group.records if isinstance(r, Measured)])


def of_stances(stances: Sequence[Taken]) -> Iterator[Disagreement]:
    """Stances of one holder to one target at one time that two sources tell the other way round."""
    sides: dict[tuple[str, str, str], list[Taken]] = {}
    for stance in stances:
        if stance.polarity in _TURNED and stance.earliest is not None:
            sides.setdefault((stance.holder, stance.target, stance.earliest), []).append(stance)
    for taken in sides.values():
        for a, b in combinations(taken, 2):
            if a.source != b.source and b.polarity == _TURNED[a.polarity]:
                yield Disagreement(a.text, a.iri, b.iri, "polarity", (a.polarity, b.polarity))


def _of_happening(records: list[Told]) -> Iterator[Corroboration | Disagreement]:
    told = [r for r in records if r.realis not in _DENIED]
    if len({r.source for r in told}) > 1:
        yield Corroboration(_topic(told), tuple(r.iri for r in told), _independent(told))
    said: set[tuple[str, ...]] = set()  # a source that calls a thing so nine times is told once
    for a, b in _across(records):
        for differs_in, first, second in _differences(a, b):
            key = (a.source, b.source, differs_in, first, second)
            if key not in said:
                said.add(key)
                yield Disagreement(_topic(records), a.iri, b.iri, differs_in, (first, second))


def _differences(a: Told, b: Told) -> Iterator[tuple[str, str, str]]:
    if (a.realis in _DENIED) != (b.realis in _DENIED):
        yield "whether it happened", a.realis, b.realis
    if a.amount and b.amount and abs(a.amount - b.amount) > 0.01 * max(a.amount, b.amount):
        yield "amount", f"{a.amount:g}", f"{b.amount:g}"
    if a.quantity and b.quantity and a.quantity != b.quantity:
        yield "quantity", f"{a.quantity:g}", f"{b.quantity:g}"
    if not (a.listed or b.listed):
        for first, second in (*wordings(a.text, b.text), *names_that_take_a_side(a.text, b.text, a.sides & b.sides, load_reference())):
            yield "wording", first, second


def _of_measurement(records: list[Measured]) -> Iterator[Corroboration | Disagreement]:
    agreeing: dict[str, Measured] = {}
    for a, b in _across(records):
        if _credited(a) and _credited(b) and same_value(a, b) and not a.origin & b.origin:
            yield Disagreement(_measure(records), a.iri, b.iri, "attribution", (_names(a.origin), _names(b.origin)))
        differences = list(_of_numbers(a, b))
        for differs_in, first, second in differences:
            yield Disagreement(_measure(records), a.iri, b.iri, differs_in, (first, second))
        if not differences:
            agreeing |= {a.iri: a, b.iri: b}
    if agreeing:
        found = sorted(agreeing.values(), key=lambda r: (r.source, r.start))
        yield Corroboration(_measure(found), tuple(r.iri for r in found), _independent(found))


def _of_numbers(a: Measured, b: Measured) -> Iterator[tuple[str, str, str]]:
    if not same_value(a, b):
        yield "value", f"{a.value:g} {a.unit}", f"{b.value:g} {b.unit}"
        return
    if not a.words & b.words:
        yield "what is measured", a.measure, b.measure
    elif not may_be_one_time(a, b):
        yield "date", a.period or "", b.period or ""


def _credited(figure: Measured) -> bool:
    """Does the source credit somebody, not only itself?"""
    return figure.source not in figure.origin


def _names(origin: frozenset[str]) -> str:
    return ", ".join(sorted(iri.rsplit("/", 1)[-1] for iri in origin))


def _across(records: Iterable[R]) -> Iterator[tuple[R, R]]:
    """Pairs of records of different sources."""
    return ((a, b) for a, b in combinations(records, 2) if a.source != b.source)


def _independent(records: Iterable[R]) -> bool:
    """Do two of them rest on origins that have nothing in common?"""
    return any(not a.origin & b.origin for a, b in _across(records))


def _topic(records: Iterable[Told]) -> str:
    """The words of the record that tells most exactly when, the shorter ones first."""
    return min(records, key=lambda r: (-len(r.date or ""), len(r.text), r.iri)).text


def _measure(records: Iterable[Measured]) -> str:
    return min(records, key=lambda r: (len(r.measure), r.iri)).measure
