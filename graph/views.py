"""One network of entities and records as one HTML page that needs no network.

The network is a pyvis ``Network``; the page around it is our own (``templates/view.*``), because the one
that pyvis bundles loads from a content-delivery network and can run script from a label. Everything that
comes from a source enters as data, in one JSON block, and becomes text nodes in the browser.
"""

import base64
import hashlib
import json
import math
import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from html import escape
from importlib import import_module
from importlib.resources import files
from itertools import combinations
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from graph.layout import positions

MAX_NODES = 5_000  # a drawing of more can't be read, nor opened in a few seconds
MAX_PARTIES = 24  # a record of more parties draws no lines: 193 voting states would draw 18,528

# Marks that turn the direction of the text after them: written as numbers, so that they act in no editor.
_BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_UNSAFE_IN_JSON = re.compile(f"[<>&\u2028\u2029\ufeff\ud800-\udfff{_BIDI}]")
_UNSAFE_IN_HTML = re.compile(f"[\ud800-\udfff{_BIDI}]")

_SCRIPTS = ("view-model.js", "view-panel.js", "view-drawing.js", "view-controls.js", "view.js")

_SHAPES = {
    "State": "square",
    "Person": "dot",
    "Organisation": "hexagon",
    "Place": "triangleDown",
    "Group": "triangle",
    "Agent": "diamond",
}

# What vis-network is told; colours are the page's, which knows whether it is dark.
_OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1.5},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "keyboard": False,
        "zoomSpeed": 0.7,
    },
}


@dataclass(frozen=True, slots=True)
class ViewNode:
    """An entity to draw. ``type`` is ``State``, ``Person``, ``Organisation``, ``Place``, ``Group`` or ``Agent``."""

    id: str  # its IRI
    label: str
    type: str
    names: tuple[str, ...] = ()  # variants, searched too


@dataclass(frozen=True, slots=True)
class ViewRecord:
    """A record to draw between the entities that take part, with its words and its three voices.

    ``family`` is the family of an event, or the polarity of a stance (``support``, ``oppose``, ``neutral``).
    ``date`` is EDTF; ``earliest`` and ``latest`` are calendar days. ``nodes`` are one IRI or more: a line is
    drawn between each two of them. ``text`` is the exact evidence, ``start`` and ``end`` its characters.
    """

    id: str
    record: str  # "event", "stance", …
    kind: str  # the kind of an event or the act of a stance, as a label
    family: str
    date: str | None
    earliest: str | None
    latest: str | None
    realis: str | None
    nodes: tuple[str, ...]
    text: str
    prefix: str
    suffix: str
    source_id: str
    source_title: str
    publisher: str
    perspective: str | None
    start: int
    end: int
    speaker: str | None = None
    rule: str = ""
    detail: tuple[tuple[str, str], ...] = ()


def page(nodes: Sequence[ViewNode], records: Sequence[ViewRecord], *, title: str, subtitle: str) -> str:
    """The whole HTML document, the same for the same nodes and records in whatever order.

    A record may name an IRI that is not among ``nodes``: it is drawn between those that are. Records that
    name none, and all but the ``MAX_NODES`` best connected nodes, are left out, and the page says so.
    """
    drawn, drawn_records = _drawn(nodes, records)
    left_out = len({node.id for node in nodes}) - len(drawn), len(records) - len(drawn_records)
    parts = "\n".join(_template(name) for name in _SCRIPTS)
    script = f'(() => {{\n"use strict";\n{parts}\n}})();'
    library, style = _library(), _template("view.css")
    document: str = _page_template().render(
        title=_html(title),
        subtitle=_html(subtitle),
        policy=Markup(_policy(scripts=(library, script), style=style)),
        style=Markup(style),
        library=Markup(library),
        script=Markup(script),
        payload=Markup(_payload(drawn, drawn_records, left_out)),
    )
    return document


def _drawn(nodes: Sequence[ViewNode], records: Sequence[ViewRecord]) -> tuple[list[ViewNode], list[ViewRecord]]:
    """What is drawn, in order: nodes by IRI, records by date; and of each record only the nodes drawn."""
    counts = Counter(iri for record in records for iri in record.nodes)
    by_iri = {node.id: node for node in nodes}
    kept = sorted(by_iri, key=lambda iri: (-counts[iri], iri))[:MAX_NODES]
    known = set(kept)
    narrowed = (replace(record, nodes=tuple(iri for iri in dict.fromkeys(record.nodes) if iri in known)) for record in records)
    dated = sorted(narrowed, key=lambda record: (record.earliest or record.date or "~", record.id))
    return [by_iri[iri] for iri in sorted(kept)], [record for record in dated if record.nodes]


# ---------------------------------------------------------------- the data of the page


def _payload(nodes: Sequence[ViewNode], records: Sequence[ViewRecord], left_out: tuple[int, int]) -> str:
    """Everything that the page knows, as JSON that is safe inside a ``script`` element; left out: nodes and records."""
    sources = {record.source_id: record for record in records}
    order = {source: number for number, source in enumerate(sorted(sources))}
    drawn_nodes, edges, options = _network(nodes, records)
    payload = {
        "nodes": drawn_nodes,
        "edges": edges,
        "options": options,
        "sources": [
            {
                "id": source,
                "title": sources[source].source_title,
                "publisher": sources[source].publisher,
                "perspective": sources[source].perspective,
            }
            for source in order
        ],
        "columns": _columns(nodes, records, order),
        "leftOut": {"entities": left_out[0], "records": left_out[1]},
        "maxParties": MAX_PARTIES,
    }
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _columns(nodes: Sequence[ViewNode], records: Sequence[ViewRecord], sources: Mapping[str, int]) -> dict[str, Any]:
    """The records by field, nodes and sources as numbers; a field that repeats is its values and which of them."""
    numbers = {node.id: number for number, node in enumerate(nodes)}
    columns: dict[str, Any] = {field.name: [getattr(record, field.name) for record in records] for field in fields(ViewRecord)}
    columns["nodes"] = [[numbers[iri] for iri in record.nodes] for record in records]
    columns["source"] = [sources[record.source_id] for record in records]
    kept = {name: values for name, values in columns.items() if name not in _SOURCE_FIELDS}
    return {name: _factored(values) if name in _REPEATING else {"each": values} for name, values in kept.items()}


def _factored(values: Sequence[str | None]) -> dict[str, Any]:
    distinct = list(dict.fromkeys(values))
    where = {value: number for number, value in enumerate(distinct)}
    return {"values": distinct, "which": [where[value] for value in values]}


_REPEATING = frozenset({"record", "kind", "family", "realis", "speaker", "rule", "earliest", "latest", "date"})
_SOURCE_FIELDS = frozenset({"source_id", "source_title", "publisher", "perspective"})


def _network(nodes: Sequence[ViewNode], records: Sequence[ViewRecord]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """The nodes, edges and options of a pyvis network: an edge is all records between two nodes."""
    bundles = _bundles(nodes, records)
    degrees = Counter(node for pair in bundles for node in pair)
    looks = [_Look.of(node, degrees[number]) for number, node in enumerate(nodes)]
    weights = {pair: 1 + math.log2(len(members)) / 3 for pair, members in bundles.items()}
    places = positions(weights, [look.box for look in looks])
    # pyvis imports IPython, half a second that only a view should pay. "Directed" spares its search for
    # the same edge among all edges at each new one; bundles are distinct already.
    network = import_module("pyvis.network").Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    for number, (node, look, (x, y)) in enumerate(zip(nodes, looks, places, strict=True)):
        network.add_node(
            number,
            label=look.label,
            shape=look.shape,
            group=node.type,
            size=look.size,
            font={"size": look.font},
            x=x,
            y=round(y - look.box[1] / 2 + look.size),
            iri=node.id,
            name=node.label or node.id,
            names=list(node.names),
        )
    for (a, b), members in sorted(bundles.items()):
        network.add_edge(a, b, arrows="", records=members)
    drawn_nodes, edges, _, _, _, options = network.get_network_data()
    return drawn_nodes, [{k: v for k, v in edge.items() if k != "arrows"} for edge in edges], json.loads(options)


def _bundles(nodes: Sequence[ViewNode], records: Sequence[ViewRecord]) -> dict[tuple[int, int], list[int]]:
    """The numbers of the records between each two nodes."""
    numbers = {node.id: number for number, node in enumerate(nodes)}
    bundles: dict[tuple[int, int], list[int]] = {}
    for index, record in enumerate(records):
        if len(record.nodes) <= MAX_PARTIES:
            for pair in combinations(sorted(numbers[iri] for iri in record.nodes), 2):
                bundles.setdefault(pair, []).append(index)
    return bundles


@dataclass(frozen=True, slots=True)
class _Look:
    """How large a node is drawn."""

    label: str
    shape: str
    size: float  # half the width of its symbol
    font: int

    @classmethod
    def of(cls, node: ViewNode, degree: int) -> "_Look":
        root = math.sqrt(degree)
        return cls(
            label=_wrapped(node.label or node.id),
            shape=_SHAPES.get(node.type, _SHAPES["Agent"]),
            size=round(min(9 + 3.2 * root, 44), 1),
            font=round(min(13 + 1.6 * root, 30)),
        )

    @property
    def box(self) -> tuple[float, float]:
        """Width and height of the symbol and the label beneath it; no letter is measured, 0.6 em is wide."""
        lines = self.label.split("\n")
        width = max(2 * self.size, 0.6 * self.font * max(map(len, lines)))
        return width, 2 * self.size + 6 + 1.25 * self.font * len(lines)


def _wrapped(label: str) -> str:
    """At most two short lines; the panel has the name in full."""
    lines = textwrap.wrap(label, width=18, max_lines=2, placeholder=" …", break_long_words=True)
    return "\n".join(lines) or "?"


# ---------------------------------------------------------------- the page around the data


@cache
def _page_template() -> Any:
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_template("view.html"))


def _template(name: str) -> str:
    text = files("graph").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _library() -> str:
    """The vis-network script that pyvis carries, its licence comment on top."""
    versions = sorted(files("pyvis").joinpath("lib").iterdir(), key=lambda folder: folder.name)
    newest = [folder for folder in versions if folder.name.startswith("vis-")][-1]
    text = newest.joinpath("vis-network.min.js").read_text(encoding="utf-8")
    text = re.sub(r"\r\n?", "\n", text)  # as a browser reads them: the hash in the policy is over that
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)


def _policy(scripts: Sequence[str], style: str) -> str:
    """A content-security policy that allows these scripts and this style, and nothing from anywhere."""
    script_hashes = " ".join(_hash(script) for script in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {script_hashes}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _html(text: str) -> Markup:
    return Markup(_UNSAFE_IN_HTML.sub(lambda match: f"&#{ord(match[0])};", escape(text)))
