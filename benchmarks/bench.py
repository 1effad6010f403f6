"""``make bench``: what our code costs beside what it stands on, as ratios in one run.

Each row times two things in turn, A B A B …, and prints the median of the ratios A/B pair by pair, so that a
machine that slows down half-way slows both. No figure here fails a build.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox

from graph.building import building
from graph.prefixes import PREFIXES
from graph.store import GraphStore, open_store
from irkg.building import build_graph
from irkg.messages import silent
from loaders.texts.sources import Said
from ontology.identifiers import graph_iri
from queries.catalogue import named_queries, run

ROOT = Path(__file__).parent.parent
PAIRS = 5
_PARTS = ("reading", "storing", "asking", "serving", "views", "big_table")


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison: what is timed, against what, and the median of the ratios."""

    what: str
    against: str
    seconds: float
    ratio: float


def main() -> int:
    """Prints the table."""
    rows = list(_rows())
    width = max(len(row.what) for row in rows)
    print(f"{'what':<{width}}  {'seconds':>8}  {'ratio':>6}  against")
    for row in rows:
        print(f"{row.what:<{width}}  {row.seconds:8.3f}  {row.ratio:6.2f}  {row.against}")
    print(f"{PAIRS} pairs each, medians; {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for part in _PARTS:
        print(f"\nbenchmarks.{part}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=False, cwd=ROOT)
    return 0


def _rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "graph"
        build_graph([str(ROOT / "corpus")], place, Said(), keep_going=False, jobs=1, say=silent)
        store = open_store(place)
        yield from _queries(store)
        yield _loading(store, Path(folder))
        for arguments in (["--help"], ["query", "sources", "--store", str(place)]):
            yield _starting(arguments)


def _queries(store: GraphStore) -> Iterator[Row]:
    """Each named query beside its own SPARQL given to the engine."""
    engine = ox.Store()
    engine.bulk_extend(store.quads())
    for name, query in named_queries().items():

        def direct(sparql: str = query.sparql) -> None:
            list(engine.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True))  # type: ignore[arg-type]

        yield _pairs(f"irkg query {name}", "the same SPARQL, Oxigraph in memory", lambda name=name: run(store, name), direct)  # type: ignore[misc]


def _loading(store: GraphStore, folder: Path) -> Row:
    """Quads into a store that can be interrupted at any time, beside the engine's bulk load."""
    quads = list(store.quads(graph_iri("timeline")))
    tries = iter(range(1_000))

    def ours() -> None:
        with building(folder / f"ours{next(tries)}") as new:
            new.replace(graph_iri("timeline"), quads)
            new.commit()

    def bare() -> None:
        engine = ox.Store(str(folder / f"bare{next(tries)}"))
        engine.bulk_extend(quads)
        engine.flush()

    return _pairs(f"storing {len(quads)} quads in one step", "Oxigraph's bulk load", ours, bare)


def _starting(arguments: list[str]) -> Row:
    def ours() -> None:
        subprocess.run([sys.executable, "-m", "irkg", *arguments], check=True, capture_output=True, cwd=ROOT)

    def python() -> None:
        subprocess.run([sys.executable, "-c", "pass"], check=True)

    return _pairs(f"irkg {arguments[0]}" + (f" {arguments[1]}" if len(arguments) > 1 else ""), "python -c pass", ours, python)


def _pairs(what: str, against: str, ours: Callable[[], object], other: Callable[[], object]) -> Row:
    ours(), other()  # a warm-up of each
    times = [(_time(ours), _time(other)) for _ in range(PAIRS)]
    return Row(what, against, statistics.median(a for a, _ in times), statistics.median(a / b for a, b in times))


def _time(what: Callable[[], object]) -> float:
    start = perf_counter()
    what()
    return perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
