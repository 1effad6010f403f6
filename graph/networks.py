"""The graph as a network: entities are nodes, and a record is an edge between each two of its parties."""

from itertools import combinations

import networkx as nx

from graph.naming import DESCRIPTIONS_GRAPH
from graph.rows import Row, labels_of, record_rows
from graph.store import GraphStore
from graph.terms import LABEL, TYPE, text
from ontology.identifiers import ONTOLOGY, REFERENCE_GRAPH, source_iri

PARTIES: dict[str, tuple[str, ...]] = {
    "event": ("participant", "supplier", "recipient", "prisoner"),
    "stance": ("holder", "target"),
    "office": ("person", "of"),
}
"""The properties that name the parties of a record, by its type. Other records join no two entities."""

_SOURCES = source_iri("x").removesuffix("x")


def network(store: GraphStore) -> "nx.MultiGraph[str]":
    """Every entity that a record joins to another, and the records between them.

    Nodes are IRIs with ``label`` and ``type``. Edges have as attributes ``iri`` (the record), ``record`` (its type),
    ``kind`` (of an event; the act of a stance; “office”), ``polarity``, ``realis``, ``date``, ``earliest``, ``latest``,
    ``source`` (its id), ``label`` and ``text``: all strings, empty where there is none. For a stance ``from`` is its
    holder. The key of an edge is the record's IRI, with a number behind it from the second pair of parties on, so that no
    two edges have the same. Nodes and edges are in a fixed order.
    """
    made: nx.MultiGraph[str] = nx.MultiGraph()
    edges = [(pair, number, row) for row in record_rows(store) for number, pair in enumerate(_pairs(row), 1)]
    labels, classes = labels_of(store), _classes_of(store)
    for entity in sorted({entity for pair, _, _ in edges for entity in pair}):
        made.add_node(entity, label=labels.get(entity, entity), type=classes.get(entity, "Agent"))
    for (one, other), number, row in edges:
        made.add_edge(one, other, key=row.iri if number == 1 else f"{row.iri}#{number}", **_attributes(row))
    return made


def _pairs(row: Row) -> list[tuple[str, str]]:
    return list(combinations(row.all(*PARTIES.get(row.record, ())), 2))


def _attributes(row: Row) -> dict[str, str]:
    return {
        "iri": row.iri,
        "record": row.record,
        "kind": row.term("kind") or row.term("act") or row.record,
        "polarity": row.term("polarity"),
        "realis": row.term("realis"),
        "from": row.first("holder"),
        "date": row.first("date"),
        "earliest": row.first("earliest"),
        "latest": row.first("latest"),
        "source": row.first("source").removeprefix(_SOURCES),
        "label": row.first(LABEL.value),
        "text": " ".join(row.text.split()),
    }


def _classes_of(store: GraphStore) -> dict[str, str]:
    found = {}
    for graph in (DESCRIPTIONS_GRAPH, REFERENCE_GRAPH):
        for quad in store.quads(graph, predicate=TYPE):
            found[text(quad.subject)] = text(quad.object).removeprefix(ONTOLOGY)
    return found
