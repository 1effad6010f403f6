"""The arms-transfer register of SIPRI: a row is a deal. A ``?`` in the column behind a value says that it is uncertain."""

import re
from functools import lru_cache
from typing import Any

from graph.records import Entity, Event
from loaders.tables.found import Found, Setting, entity_of, number_in, state_named, where
from loaders.tables.rows import Layout, Row, RowError
from ontology.identifiers import entity_iri
from ontology.kinds import family_of, plover_of
from ontology.reference import Known, Reference

_USED = (
    "Recipient", "Supplier", "Year of order", "Year of order ?", "Number ordered", "Number ordered ?", "Weapon designation",
    "Weapon description", "Number delivered", "Number delivered ?", "Year(s) of delivery", "status", "Comments",
)  # fmt: skip
LAYOUT = Layout(columns=_USED, unused=("SIPRI TIV per unit", "SIPRI TIV for total order", "SIPRI TIV of delivered weapons"), preface=True)
RULE = "sipri-register"
UNCERTAIN = "uncertain"

_ONE_SIDE, _OTHER_SIDE = ("Israel",), ("Russia", "Soviet Union")
_YEAR = re.compile(r"\d{4}")
# How the register marks armed groups (*) and organisations (**), and tells a country in brackets.
_MARKS = re.compile(r"\*+$")
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_NOBODY = "unknown "


def read(row: Row, setting: Setting) -> Found:
    """The deal of a row, if it is one of the parties'.

    Raises:
        RowError: a year or a number that is none, or a side that is empty.
    """
    at: dict[str, Any] = where(row, row.used(*_USED), setting.source, RULE)
    quantity, delivered = number_in(row, "Number ordered"), number_in(row, "Number delivered")
    date, years = _year_of_order(row), _years(row, "Year(s) of delivery")
    supplier, recipient = _side(row, "Supplier", setting.reference), _side(row, "Recipient", setting.reference)
    if not _is_wanted(supplier, recipient, setting):
        return Found()
    return Found((
        Event(
            **at, kind="ArmsDeal", family=family_of("ArmsDeal"), plover=plover_of("ArmsDeal"), date=date,
            participants=tuple(side for side in (supplier, recipient) if side), supplier=supplier, recipient=recipient,
            item=_item(row),
            quantity=quantity, qualifier=_doubt(row, "Number ordered", quantity),
            delivered=delivered, delivered_qualifier=_doubt(row, "Number delivered", delivered), delivered_in=years,
            condition=row.cells["status"] or None,
            remarks=row.cells["Comments"] or None,
        ),
    ))  # fmt: skip


def _year_of_order(row: Row) -> str | None:
    year = next(iter(_years(row, "Year of order")), None)
    return f"{year}?" if year and row.cells["Year of order ?"] else year


def _years(row: Row, column: str) -> tuple[str, ...]:
    years = [year.strip() for year in row.cells[column].split(";") if year.strip()]
    for year in years:
        if not _YEAR.fullmatch(year):
            raise RowError(f"“{year}” in the column “{column}” is no year")
    return tuple(years)


def _doubt(row: Row, column: str, value: float | None) -> str | None:
    return UNCERTAIN if value is not None and row.cells[f"{column} ?"] else None


def _item(row: Row) -> str | None:
    named = dict.fromkeys(words for words in (row.cells["Weapon designation"], row.cells["Weapon description"]) if words)
    return ", ".join(named) or None


def _side(row: Row, column: str, reference: Reference) -> Entity | None:
    name = row.cells[column]
    if not name:
        raise RowError(f"the column “{column}” is empty")
    return None if name.startswith(_NOBODY) else _entity(name, reference)


@lru_cache(maxsize=4096)
def _entity(name: str, reference: Reference) -> Entity:
    plain = _MARKS.sub("", name)
    known = _known(plain, reference) or _known(_BRACKETS.sub("", plain), reference)
    return entity_of(known, reference) if known else Entity(entity_iri(plain), plain, known=False)


def _known(name: str, reference: Reference) -> Known | None:
    return state_named(name, reference) or next(iter(reference.named(name)), None)


def _is_wanted(supplier: Entity | None, recipient: Entity | None, setting: Setting) -> bool:
    sides = {side.id for side in (supplier, recipient) if side}
    one, other = _iris(_ONE_SIDE, setting.reference), _iris(_OTHER_SIDE, setting.reference)
    return bool(sides & setting.parties) or bool(sides & one and sides & other)


@lru_cache(maxsize=8)
def _iris(names: tuple[str, ...], reference: Reference) -> frozenset[str]:
    return frozenset(state.iri for name in names if (state := state_named(name, reference)))
