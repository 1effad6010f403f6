"""What the page knows, as JSON: nodes and edges for the drawing, the records by field, sources, links."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from os.path import commonprefix
from typing import Any

from graph.prefixes import PREFIXES
from graph.views.network import network
from graph.views.shown import MAX_PARTIES, Drawn, View, ViewRecord, drawn

# Marks that turn the direction of the text after them: written as numbers, so that they act in no editor.
BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_UNSAFE_IN_JSON = re.compile(f"[<>&\u2028\u2029\ufeff\ud800-\udfff{BIDI}]")

_OF_SOURCES = frozenset({"source_id", "source_title", "publisher", "perspective"})
_FIELDS = tuple(field for field in fields(ViewRecord) if field.name not in _OF_SOURCES)


def payload(view: View) -> str:
    """Everything that the page knows, as JSON that is safe inside a ``script`` element."""
    shown = drawn(view)
    everything = [*shown.records, *shown.asides]
    order = {source: number for number, source in enumerate(sorted({record.source_id for record in everything if record.source_id}))}
    nodes, edges, options = network(shown.nodes, shown.records)
    contents = {
        "nodes": columns(nodes),
        "edges": columns(edges),
        "options": options,
        "sources": _sources(everything, order),
        "records": columns(_records(shown, everything, order)),
        "asides": len(shown.asides),
        "links": _links(view, everything),
        "opening": dict(view.opening),
        "prefixes": PREFIXES,
        "leftOut": {"entities": shown.nodes_left_out, "records": shown.records_left_out},
        "maxParties": MAX_PARTIES,
    }
    text = json.dumps(contents, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows that have the same keys, key by key and each in few bytes: ``view-model.js`` makes rows of them again.

    A column is ``{"all": value}``, ``{"values": […], "which": […]}`` or ``{"each": […]}``, where ``stem`` is what all begin with.
    """
    return {key: _column([row[key] for row in rows]) for key in rows[0]} if rows else {}


def _column(values: list[Any]) -> dict[str, Any]:
    if not all(isinstance(value, str | int | float | tuple | None) for value in values):
        return {"each": values}
    distinct = list(dict.fromkeys(values))
    if len(distinct) == 1:
        return {"all": distinct[0]}
    if len(distinct) <= len(values) / 2:
        where = {value: number for number, value in enumerate(distinct)}
        return {"values": distinct, "which": [where[value] for value in values]}
    if all(isinstance(value, str) for value in values) and (stem := commonprefix(values)):  # noqa: RUF071 – characters are meant, not parts of a path
        return {"stem": stem, "each": [value[len(stem) :] for value in values]}
    return {"each": values}


def _sources(records: Sequence[ViewRecord], order: Mapping[str, int]) -> list[dict[str, str | None]]:
    by_id = {record.source_id: record for record in records}
    return [
        {
            "id": source,
            "title": by_id[source].source_title,
            "publisher": by_id[source].publisher,
            "perspective": by_id[source].perspective,
        }
        for source in order
    ]


def _records(shown: Drawn, records: Sequence[ViewRecord], sources: Mapping[str, int]) -> list[dict[str, Any]]:
    """The records by field; nodes and sources are numbers, and 0 stands for a day that the date says already."""
    numbers = {node.id: number for number, node in enumerate(shown.nodes)}
    return [
        {field.name: getattr(record, field.name) for field in _FIELDS}
        | {
            "nodes": [numbers[iri] for iri in record.nodes],
            "source": sources.get(record.source_id),
            "earliest": 0 if record.earliest == record.date else record.earliest,
            "latest": 0 if record.latest == record.date else record.latest,
        }
        for record in records
    ]


def _links(view: View, records: Sequence[ViewRecord]) -> list[dict[str, Any]]:
    """The links of two records or more that the page has, records as numbers."""
    numbers = {record.id: number for number, record in enumerate(records)}
    found = []
    for link in view.links:
        known = [numbers[iri] for iri in link.records if iri in numbers]
        if len(known) > 1:
            found.append(
                {
                    "topic": link.topic,
                    "records": known,
                    "differsIn": link.differs_in,
                    "values": link.values,
                    "independent": link.independent,
                }
            )
    return found
