"""Machine-coded events of ICEWS: a row says that a source did something to a target, by its code in CAMEO.

One fact stands in several rows: from both sides (A met B, B met A), in several sentences of a story, and in the stories of
several publishers. ``joined`` makes one record of them, with all their rows as evidence.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from graph.records import Entity, Event, Record, RowSpan, Stance
from loaders.tables.actors import NOTHING, actor, state_of
from loaders.tables.cameo import Code, code_of
from loaders.tables.found import Found, Setting, day_of, entity_of, where
from loaders.tables.rows import Layout, Row, RowError
from ontology.kinds import family_of, plover_of, plover_of_stance
from ontology.reference import Reference

_USED = (
    "Event ID", "Event Date", "Source Name", "Source Country", "Event Text", "CAMEO Code", "Target Name", "Target Country", "Story ID",
    "Publisher", "City", "Country",
)  # fmt: skip
LAYOUT = Layout(
    columns=_USED,
    unused=("Source Sectors", "Intensity", "Target Sectors", "Sentence Number", "District", "Province", "Latitude", "Longitude"),
    delimiter="\t",
    quoted=False,
)
RULE = "icews-cameo"

WINDOW = 20_000
"""Rows within which a fact that stands in several is joined: some days of ICEWS, which is in the order of stories."""


def read(row: Row, setting: Setting) -> Found:
    """The event or the stance of a row.

    Raises:
        RowError: it has no day, or a code that CAMEO has not.
    """
    date, problems = day_of(row, "Event Date")
    cameo = row.cells["CAMEO Code"]
    code = code_of(cameo)
    if code is None:
        raise RowError(f"“{cameo}” in the column “CAMEO Code” is no code of CAMEO")
    one = actor(row.cells["Source Name"], row.cells["Source Country"], date, setting.reference)
    other = actor(row.cells["Target Name"], row.cells["Target Country"], date, setting.reference)
    if code.inverse_of:
        one, other = other, one
    at: dict[str, Any] = where(row, _cells(row), setting.source, RULE)
    record = _event(at, code, date, (one, other), _place(row, setting.reference)) if code.kind else _stance(at, code, date, one, other)
    return Found((record,) if record else (), problems)


def _cells(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((column, value) for column, value in row.used(*_USED) if value not in NOTHING)


def _event(at: dict[str, Any], code: Code, date: str, sides: tuple[Entity | None, ...], place: Entity | None) -> Event:
    kind = code.kind or ""
    participants = tuple(dict.fromkeys(side for side in sides if side))
    return Event(**at, kind=kind, family=family_of(kind), plover=plover_of(kind), date=date, participants=participants, place=place)


def _stance(at: dict[str, Any], code: Code, date: str, holder: Entity | None, target: Entity | None) -> Stance | None:
    """A stance, where the row names both who takes the side and towards whom."""
    if holder is None or target is None or holder == target:
        return None
    act, polarity = code.act or "", code.polarity or ""
    plover = plover_of_stance(act, polarity)
    return Stance(**at, holder=holder, target=target, polarity=polarity, act=act, date=date, plover=plover)


def _place(row: Row, reference: Reference) -> Entity | None:
    return _place_named(row.cells["City"], row.cells["Country"], reference)


@lru_cache(maxsize=20_000)
def _place_named(city: str, country: str, reference: Reference) -> Entity | None:
    """The city where the reference data know it, in that country; else the country."""
    state = state_of(country, reference)
    if state and city not in NOTHING:
        for known in reference.named(city):
            if known.type == "Place" and (known.iri in state.capitals or known.part_of == state.iri):
                return entity_of(known, reference)
    return entity_of(state, reference) if state else None


@dataclass(slots=True)
class _Fact:
    """A record and the further rows that tell the same."""

    record: Record
    row: int
    also: list[RowSpan] = field(default_factory=list)
    keys: list[Hashable] = field(default_factory=list)


def joined(records: Iterable[Record], window: int = WINDOW) -> Iterator[Record]:
    """The records with those of one fact made one, in the order of their first rows; holds what ``window`` rows tell."""
    waiting: deque[_Fact] = deque()
    by_key: dict[Hashable, _Fact] = {}

    def let_go() -> Record:
        fact = waiting.popleft()
        for key in fact.keys:
            by_key.pop(key, None)
        return replace(fact.record, also_rows=tuple(fact.also)) if fact.also else fact.record

    for record in records:
        number = record.row or 0
        while waiting and waiting[0].row < number - window:
            yield let_go()
        keys = _keys(record)
        fact = next((by_key[key] for key in keys if key in by_key), None)
        if fact is None:
            fact = _Fact(record, number)
            waiting.append(fact)
        else:
            fact.also.append(_span(record))
        fact.keys += [key for key in keys if key not in by_key]
        by_key.update((key, fact) for key in keys if key not in by_key)
    while waiting:
        yield let_go()


def _span(record: Record) -> RowSpan:
    return RowSpan(start=record.start, end=record.end, text=record.text, row=record.row or 0, cells=record.cells)


def _keys(record: Record) -> tuple[Hashable, ...]:
    """What the rows of one fact have in common: day, code and sides, and the story; in another story the place too.

    The place tells nothing where both sides are known by name: Putin's call to Netanyahu is one call wherever the news was
    written, but the police of a country make arrests in many towns on one day.
    """
    same = _FACTS[type(record)](record)
    cells = dict(record.cells)
    told_apart = () if _are_known(record) else (cells.get("City"), cells.get("Country"))
    return (*same, "story", cells.get("Story ID")), (*same, "place", *told_apart)


def _fact_of_event(event: Event) -> tuple[Hashable, ...]:
    cameo = dict(event.cells)["CAMEO Code"]
    code = code_of(cameo)
    sides = tuple(side.id for side in event.participants)
    if code and code.mutual:
        sides = tuple(sorted(sides))
    return event.date, (code and code.inverse_of) or cameo, sides


def _fact_of_stance(stance: Stance) -> tuple[Hashable, ...]:
    target = stance.target.id if isinstance(stance.target, Entity) else stance.target.label
    return stance.date, dict(stance.cells)["CAMEO Code"], stance.holder.id, target


def _are_known(record: Record) -> bool:
    sides = record.participants if isinstance(record, Event) else (record.holder, record.target) if isinstance(record, Stance) else ()
    return bool(sides) and all(isinstance(side, Entity) and side.known for side in sides)


_FACTS: dict[type[Record], Callable[[Any], tuple[Hashable, ...]]] = {Event: _fact_of_event, Stance: _fact_of_stance}
