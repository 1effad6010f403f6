"""What the page knows, as JSON: nodes and edges for the drawing, the records by field, sources, links."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from graph.prefixes import PREFIXES
from graph.views.network import network
from graph.views.shown import MAX_PARTIES, Drawn, View, ViewRecord, drawn

# Marks that turn the direction of the text after them: written as numbers, so that they act in no editor.
BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_UNSAFE_IN_JSON = re.compile(f"[<>&\u2028\u2029\ufeff\ud800-\udfff{BIDI}]")

_SOURCE_FIELDS = frozenset({"source_id", "source_title", "publisher", "perspective"})


def payload(view: View) -> str:
    """Everything that the page knows, as JSON that is safe inside a ``script`` element."""
    shown = drawn(view)
    everything = [*shown.records, *shown.asides]
    order = {source: number for number, source in enumerate(sorted({record.source_id for record in everything if record.source_id}))}
    nodes, edges, options = network(shown.nodes, shown.records)
    contents = {
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "sources": _sources(everything, order),
        "columns": _columns(shown, everything, order),
        "asides": len(shown.asides),
        "links": _links(view, everything),
        "opening": dict(view.opening),
        "prefixes": PREFIXES,
        "leftOut": {"entities": shown.nodes_left_out, "records": shown.records_left_out},
        "maxParties": MAX_PARTIES,
    }
    text = json.dumps(contents, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


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


def _columns(shown: Drawn, records: Sequence[ViewRecord], sources: Mapping[str, int]) -> dict[str, Any]:
    """The records by field, nodes and sources as numbers."""
    numbers = {node.id: number for number, node in enumerate(shown.nodes)}
    columns: dict[str, Any] = {field.name: [getattr(record, field.name) for record in records] for field in fields(ViewRecord)}
    columns["nodes"] = [[numbers[iri] for iri in record.nodes] for record in records]
    columns["source"] = [sources.get(record.source_id) for record in records]
    kept = {name: values for name, values in columns.items() if name not in _SOURCE_FIELDS}
    return {name: _column(values) for name, values in kept.items()}


def _column(values: Sequence[Any]) -> dict[str, Any]:
    """The values one by one; of a field that repeats its values once, and which of them each record has."""
    if not values or isinstance(values[0], list | int):
        return {"each": values}
    distinct = list(dict.fromkeys(values))
    if len(distinct) > len(values) / 2:
        return {"each": values}
    where = {value: number for number, value in enumerate(distinct)}
    return {"values": distinct, "which": [where[value] for value in values]}


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
