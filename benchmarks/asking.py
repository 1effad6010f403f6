"""The named queries on a large graph, beside the same SPARQL given to the engine itself and to rdflib; and the exports.

``python -m benchmarks.asking [--triples N] [--rdflib N]``: rdflib is asked on a graph of its own size, and given up after a while.
"""

import argparse
import io
import os
import select
import signal
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox
from rdflib import Dataset

from benchmarks.copies import large_store
from graph.exports import export_bytes
from graph.prefixes import PREFIXES
from graph.store import GraphStore, current_generation
from queries.binding import bind
from queries.catalogue import find, named_queries, run

PAIRS = 5
PATIENCE_S = 20  # for one query of rdflib

Timed = Callable[[], object]


def main() -> int:
    """Prints three tables."""
    parser = argparse.ArgumentParser(description="Measures the named queries and the exports on a large graph.")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rdflib", type=int, default=100_000, help="triples of the graph on which rdflib is asked; 0 leaves it out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = large_store(Path(folder), asked.triples)
        engine = ox.Store.read_only(str(current_generation(Path(folder) / "large")))
        print(f"\nnamed queries on {_size(store):,} triples: rows, seconds, as a ratio to the engine's first row and to its last")
        ratios = [_beside_engine(store, engine, name) for name in named_queries()]
        first, last = (statistics.median(column) for column in zip(*ratios, strict=True))
        print(f"{'in the middle':<22} {'':>8} {'':>9} {first:6.2f} {last:6.2f}")
        print("\nexports, sorted: seconds, and as a ratio to the engine's own dump")
        _export(store, engine, "turtle", ox.RdfFormat.TURTLE)
        _export(store, engine, "trig", ox.RdfFormat.TRIG)
    if asked.rdflib:
        with tempfile.TemporaryDirectory() as folder:
            _beside_rdflib(large_store(Path(folder), asked.rdflib))
    return 0


def _size(store: GraphStore) -> int:
    return sum(store.count(graph) for graph in store.graphs())


def _beside_engine(store: GraphStore, engine: ox.Store, name: str) -> tuple[float, float]:
    """Prints a line; the ratios to the first row and to the last."""
    sparql = bind(store, find(name), {})

    def rows() -> Iterator[object]:
        return iter(engine.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True))  # type: ignore[arg-type]

    first, last = [], []
    answered = run(store, name)
    for _ in range(PAIRS):
        ours, to_first, to_last = _seconds(lambda: run(store, name)), _seconds(lambda: next(rows(), None)), _seconds(lambda: list(rows()))
        first.append(ours / to_first)
        last.append(ours / to_last)
    print(f"{name:<22} {len(answered):>8,} {ours:9.4f} {statistics.median(first):6.2f} {statistics.median(last):6.2f}")
    return statistics.median(first), statistics.median(last)


def _export(store: GraphStore, engine: ox.Store, name: str, format_: ox.RdfFormat) -> None:
    """Prints a line. The engine dumps Turtle graph by graph, since it has no union to dump."""
    graphs = [None] if format_.supports_datasets else [ox.NamedNode(graph) for graph in store.graphs()]

    def dump() -> None:
        for graph in graphs:
            engine.dump(io.BytesIO(), format=format_, from_graph=graph)

    pairs = [(_seconds(lambda: export_bytes(store, name)), _seconds(dump)) for _ in range(PAIRS)]
    print(f"{name:<22} {statistics.median(a for a, _ in pairs):8.2f} s {statistics.median(a / b for a, b in pairs):6.2f}")


def _beside_rdflib(store: GraphStore) -> None:
    print(f"\nthe same on {_size(store):,} triples: seconds, and how many times longer rdflib's own store takes, up to {PATIENCE_S} s")
    dataset = Dataset(default_union=True)
    dataset.parse(io.BytesIO(export_bytes(store, "nquads")), format="nquads")
    times = [_times_longer(store, dataset, name) for name in named_queries()]
    print(f"{'in the middle':<22} {'':>9} {statistics.median(times):.0f} ×")


def _times_longer(store: GraphStore, dataset: Dataset, name: str) -> float:
    """Prints a line."""
    sparql = bind(store, find(name), {})
    ours = statistics.median(_seconds(lambda: run(store, name)) for _ in range(PAIRS))
    theirs = _in_a_child(lambda: list(dataset.query(sparql, initNs=PREFIXES)), PATIENCE_S)
    times = (theirs or PATIENCE_S) / ours
    print(f"{name:<22} {ours:9.4f} {'' if theirs else '> '}{times:.0f} ×")
    return times


def _in_a_child(what: Timed, patience_s: float) -> float | None:
    """Seconds in a child process, which shares the graph; None where it did not end in time."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        start = perf_counter()
        what()
        os.write(writing, str(perf_counter() - start).encode())
        os._exit(0)
    os.close(writing)
    return _waited(child, reading, patience_s)


def _waited(child: int, reading: int, patience_s: float) -> float | None:
    ready, _, _ = select.select([reading], [], [], patience_s)
    said = os.read(reading, 64) if ready else b""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    return float(said) if said else None


def _seconds(what: Timed) -> float:
    start = perf_counter()
    what()
    return perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
