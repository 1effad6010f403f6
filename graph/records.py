"""The six types of record, as frozen values. ``docs/records.md`` has the fields in a table.

A record points at its words: ``start`` and ``end`` are characters of the raw document and
``text`` is ``document[start:end]``. Dates are EDTF strings or None. A record of a data set points at a
row: the same three, and the row's number and the cells that were used.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that is named. ``type`` is a class of the ontology: ``State``, ``Person``,
    ``Organisation``, ``Place``, ``Group`` or ``Agent`` when the text does not tell."""

    id: str
    label: str
    type: str = "Agent"
    known: bool = True  # False: made from the text, not in the reference data


@dataclass(frozen=True, slots=True)
class Phrase:
    """The matter of a stance that is not an entity, in a few words."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSpan:
    """A row of a data set: its span, its words, its number among the rows of data, from 1, and the cells used (column, value)."""

    start: int
    end: int
    text: str
    row: int
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has. ``row``, ``cells`` and ``also_rows``, further rows that tell the same, only those of data sets."""

    record: ClassVar[str]
    source: str
    start: int
    end: int
    text: str
    rule: str
    row: int | None = None
    cells: tuple[tuple[str, str], ...] = ()
    also_rows: tuple[RowSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Something that happened, was agreed, was refused, or was formally done."""

    record: ClassVar[str] = "event"
    kind: str
    family: str
    date: str | None = None
    participants: tuple[Entity, ...] = ()
    place: Entity | None = None
    realis: str = "actual"
    plover: str | None = None
    item: str | None = None
    quantity: float | None = None
    amount: float | None = None
    currency: str | None = None
    supplier: Entity | None = None
    recipient: Entity | None = None
    persons: tuple[Entity, ...] = ()
    in_return: str | None = None
    vote: str | None = None
    resolution: str | None = None
    issues: tuple[str, ...] = ()
    qualifier: str | None = None
    delivered: float | None = None
    delivered_qualifier: str | None = None
    delivered_in: tuple[str, ...] = ()
    condition: str | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance(Record):
    """Someone takes a side towards an agent or a matter, by word or formal act."""

    record: ClassVar[str] = "stance"
    holder: Entity
    reported_speaker: Entity | None = None
    target: Entity | Phrase
    polarity: str
    act: str
    date: str | None = None
    plover: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number that measures people, money, things or shares."""

    record: ClassVar[str] = "figure"
    value: float
    unit: str
    measure: str
    qualifier: str | None = None
    period: str | None = None
    attributed_to: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Record):
    """Words in quotation marks that someone is said to have said; the span is inside the marks."""

    record: ClassVar[str] = "quotation"
    speaker: Entity | None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHeld(Record):
    """The text shows a person in an office."""

    record: ClassVar[str] = "office"
    person: Entity
    office: str
    of: Entity
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression(Record):
    """Words that name a calendar date; ``value`` is None for what no calendar can place."""

    record: ClassVar[str] = "date"
    value: str | None


RECORD_TYPES: dict[str, type[Record]] = {cls.record: cls for cls in (Event, Stance, Figure, Quotation, OfficeHeld, DateExpression)}


def as_json(record: Record) -> dict[str, Any]:
    """The record as ``irkg extract`` prints it: optional details only where there are some."""
    row: dict[str, Any] = {"record": record.record}
    for field in fields(record):
        value = getattr(record, field.name)
        if value in (None, ()) and field.name in _details(type(record)):
            continue
        row[field.name] = dict(value) if field.name == "cells" else _json_value(value)
    return row


# Fields that the interface shows "where there is one": of every record, and of an event.
_OF_ROWS = frozenset({"row", "cells", "also_rows"})
_OF_EVENTS = frozenset({
    "item", "quantity", "qualifier", "amount", "currency", "supplier", "recipient", "persons", "in_return", "vote", "resolution", "issues",
    "delivered", "delivered_qualifier", "delivered_in", "condition", "remarks",
})  # fmt: skip


def _details(cls: type[Record]) -> frozenset[str]:
    return _OF_ROWS | _OF_EVENTS if cls is Event else _OF_ROWS


def _json_value(value: object) -> object:
    if isinstance(value, Entity):
        return {"id": value.id, "label": value.label}
    if isinstance(value, Phrase):
        return {"label": value.label}
    if isinstance(value, RowSpan):
        return {"start": value.start, "end": value.end, "text": value.text, "row": value.row, "cells": dict(value.cells)}
    if isinstance(value, tuple):
        return [_json_value(member) for member in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
