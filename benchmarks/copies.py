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
from graph.exports import export_bytes
from graph.store import GraphStore, open_store
from irkg.building import build_graph
from irkg.messages import silent
from loaders.texts.sources import Said
from ontology.identifiers import BASE

ROOT = Path(__file__).parent.parent
_OURS = ("reference", "fusion", "descriptions")  # graphs that are not of a source
_OWN = re.compile(rf"<({re.escape(BASE)}(?:event|stance|figure|quotation|office|date|evidence|selector|source|graph|work)/[^>]*)>".encode())


def copied_lines(folder: Path, triples: int) -> Iterator[bytes]:
    """N-Quads of about that many triples: first what is not of a source, then copy by copy."""
    lines = export_bytes(_small_store(folder), "nquads").splitlines(keepends=True)
    ours = tuple(f" <{BASE}graph/{name}> .\n".encode() for name in _OURS)
    shared = [line for line in lines if line.endswith(ours)]
    yield b"".join(shared)
    told = b"".join(line for line in lines if not line.endswith(ours))
    for number in range(max(1, (triples - len(shared)) // (len(lines) - len(shared)))):
        yield _OWN.sub(rb"<\1-%d>" % number, told)


def large_store(folder: Path, triples: int) -> GraphStore:
    """A store in a folder with about that many triples; what fusion found in one copy is all that it has of fusion."""
    place = folder / "large"
    with building(place) as made:
        for lines in copied_lines(folder, triples):
            graphs: dict[str, list[ox.Quad]] = {}
            for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
                graphs.setdefault(quad.graph_name.value, []).append(quad)
            for graph, quads in graphs.items():
                made.replace(graph, quads)
        made.commit()
    return open_store(place)


def _small_store(folder: Path) -> GraphStore:
    folder.mkdir(exist_ok=True)
    (folder / "votes.csv").write_text("".join(vote_lines(400_000)), "utf-8")
    sources = [str(ROOT / "corpus"), str(folder / "votes.csv")]
    build_graph(sources, folder / "small", Said(), keep_going=False, jobs=1, say=silent)
    return open_store(folder / "small")
