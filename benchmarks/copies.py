"""A large graph to measure with: what the embedded corpus and an invented table of votes say, copied until it is large enough.

Each copy has sources and records of its own; who is who stays one, so that the queries meet what they meet in a real graph:
entities in very many records.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmarks.big_table import vote_lines
from graph.building import building
from graph.store import GraphStore, open_store
from irkg.building import build_graph
from irkg.messages import silent
from loaders.texts.sources import Said
from ontology.identifiers import BASE, FUSION_GRAPH, REFERENCE_GRAPH

ROOT = Path(__file__).parent.parent
_OWN = re.compile(re.escape(BASE) + r"(event|stance|figure|quotation|office|date|evidence|selector|source|graph|work)/")


def large_store(folder: Path, triples: int) -> GraphStore:
    """A store in a folder with about that many triples of sources."""
    corpus = folder / "corpus"
    (folder / "votes.csv").write_text("".join(vote_lines(400_000)), "utf-8")
    build_graph([str(ROOT / "corpus"), str(folder / "votes.csv")], corpus, Said(), keep_going=False, jobs=1, say=silent)
    small = open_store(corpus)
    told = [graph for graph in small.graphs() if graph.startswith(BASE + "graph/") and graph not in (REFERENCE_GRAPH, FUSION_GRAPH)]
    sources = {graph: list(small.quads(graph)) for graph in told if next(_sources(small, graph), None)}
    copies = max(1, triples // sum(map(len, sources.values())))
    with building(folder / "large") as made:
        made.replace(REFERENCE_GRAPH, small.quads(REFERENCE_GRAPH))
        for number in range(copies):
            for graph, quads in sources.items():
                made.replace(_copied(graph, number), (_copy(quad, number) for quad in quads))
        made.commit()
    return open_store(folder / "large")


def _sources(store: GraphStore, graph: str) -> Iterator[ox.Quad]:
    return store.quads(graph, predicate=ox.NamedNode("http://purl.org/dc/terms/title"))


def _copied(iri: str, number: int) -> str:
    return f"{iri}-{number}" if _OWN.match(iri) else iri


def _copy(quad: ox.Quad, number: int) -> ox.Quad:
    subject, value, graph = (
        ox.NamedNode(_copied(term.value, number)) if isinstance(term, ox.NamedNode) else term
        for term in (quad.subject, quad.object, quad.graph_name)
    )
    return ox.Quad(subject, quad.predicate, value, graph)  # type: ignore[arg-type]
