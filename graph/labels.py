"""Short labels that are made for records, for tables and pictures: ``Meeting: A, B, 2019-04-04``."""

from collections.abc import Callable
from typing import Any

from graph.numbers import decimal_text
from graph.records import DateExpression, Event, Figure, OfficeHeld, Quotation, Record, Stance
from ontology.kinds import label_of


def record_label(record: Record) -> str:
    """The label of a record; it does not identify it."""
    return _LABELS[type(record)](record)


def _event(event: Event) -> str:
    parts = [entity.label for entity in event.participants]
    return _after_colon(_capital(label_of(event.kind)), ", ".join([*parts, *_known(event.date)]))


def _stance(stance: Stance) -> str:
    sides = f"{stance.holder.label} → {stance.target.label}"
    return _after_colon(_capital(label_of(stance.act)), ", ".join([sides, *_known(stance.date)]))


def _figure(figure: Figure) -> str:
    number = " ".join([*_known(figure.qualifier), decimal_text(figure.value), figure.unit])
    return _after_colon(_capital(figure.measure), ", ".join([number, *_known(figure.period)]))


def _quotation(quotation: Quotation) -> str:
    speaker = quotation.speaker.label if quotation.speaker else None
    return _after_colon("Quotation", ", ".join([*_known(speaker), *_known(quotation.date)]))


def _office(held: OfficeHeld) -> str:
    return _after_colon(f"{held.office} of {held.of.label}", ", ".join([held.person.label, *_known(held.date)]))


def _date(expression: DateExpression) -> str:
    return _after_colon("Date", expression.value or "")


def _known(value: str | None) -> list[str]:
    return [value] if value else []


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _after_colon(head: str, rest: str) -> str:
    return f"{head}: {rest}" if rest else head


_LABELS: dict[type[Record], Callable[[Any], str]] = {
    Event: _event,
    Stance: _stance,
    Figure: _figure,
    Quotation: _quotation,
    OfficeHeld: _office,
    DateExpression: _date,
}
