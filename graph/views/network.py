"""The drawing as a pyvis network: how each node looks and where it stands, and one edge for all records of a pair."""

import json
import math
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from typing import Any

from graph.views.layout import positions
from graph.views.shown import MAX_PARTIES, ViewNode, ViewRecord

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


_NODE_KEYS = ("label", "shape", "group", "size", "font", "x", "y", "iri", "name", "names")
_EDGE_KEYS = ("from", "to", "records")


def network(nodes: Sequence[ViewNode], records: Sequence[ViewRecord]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """The nodes, edges and options of a pyvis network: an edge is all records between two nodes.

    The ``label`` of a node is None where its name is short enough to be drawn as it is; ``font`` is its size.
    """
    bundles = _bundles(nodes, records)
    degrees = Counter(node for pair in bundles for node in pair)
    looks = [_Look.of(node, degrees[number]) for number, node in enumerate(nodes)]
    weights = {pair: 1 + math.log2(len(members)) / 3 for pair, members in bundles.items()}
    places = positions(weights, [look.box for look in looks])
    # pyvis imports IPython, half a second that only a view should pay. "Directed" spares its search for
    # the same edge among all edges at each new one; bundles are distinct already.
    drawing = import_module("pyvis.network").Network(directed=True)
    drawing.set_options(json.dumps(_OPTIONS))
    for number, (node, look, (x, y)) in enumerate(zip(nodes, looks, places, strict=True)):
        drawing.add_node(
            number,
            label=look.label,
            shape=look.shape,
            group=node.type,
            size=look.size,
            font=look.font,
            x=x,
            y=round(y - look.box[1] / 2 + look.size),
            iri=node.id,
            name=node.label or node.id,
            names=node.names,
        )
    for (a, b), members in sorted(bundles.items()):
        drawing.add_edge(a, b, arrows="", records=members)
    drawn_nodes, edges, _, _, _, options = drawing.get_network_data()
    return (
        [{key: node[key] for key in _NODE_KEYS} | _short(node) for node in drawn_nodes],
        [{key: edge[key] for key in _EDGE_KEYS} for edge in edges],
        json.loads(options),
    )


def _short(node: dict[str, Any]) -> dict[str, None]:
    """No label, where the name is one."""
    return {"label": None} if node["label"] == node["name"] else {}


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
