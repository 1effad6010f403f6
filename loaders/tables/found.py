"""What the formats share: the setting in which rows are read, what is found in a row, and how cells become values."""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from graph.records import Entity, Record
from loaders.tables.rows import Cells, Row, RowError
from loaders.texts.sources import Source
from ontology.reference import Known, Reference

_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Setting:
    """In what a data set is read: its source, who is who, and the states (IRIs) that a user asked for beside those of the default."""

    source: Source
    reference: Reference
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What a row tells, and what is amiss in it though it can be read."""

    records: tuple[Record, ...] = ()
    problems: tuple[str, ...] = ()


def where(row: Row, cells: Cells, source: Source, rule: str) -> dict[str, object]:
    """The fields by which a record points at its row."""
    return {"source": source.id, "start": row.start, "end": row.end, "text": row.text, "rule": rule, "row": row.number, "cells": cells}


def day_of(row: Row, column: str) -> tuple[str, tuple[str, ...]]:
    """The day in a cell; of a day that no calendar has the part that is possible, and the problem.

    Raises:
        RowError: the cell holds no day.
    """
    text = row.cells[column]
    parts = _DAY.fullmatch(text)
    if not parts:
        raise RowError(f"“{text}” in the column “{column}” is no day such as 2018-06-01")
    if _is_day(text):
        return text, ()
    month = f"{parts['year']}-{parts['month']}"
    possible = month if _is_day(f"{month}-01") else parts["year"]
    return possible, (f"no calendar has “{text}” (column “{column}”); “{possible}” is kept of it",)


def number_in(row: Row, column: str) -> float | None:
    """The number in a cell; None where it is empty.

    Raises:
        RowError: the cell holds something else.
    """
    text = row.cells[column]
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise RowError(f"“{text}” in the column “{column}” is no number")
    return float(text)


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def state_named(name: str, reference: Reference) -> Known | None:
    """The state of a name; None where there is none."""
    return next((known for known in reference.named(name) if known.type == "State"), None)


def entity_of(known: Known, reference: Reference) -> Entity:
    """An entity of the reference data as records carry it; bodies by rule are not in the data itself."""
    return Entity(known.iri, known.label, known.type, known=known.iri in reference)
