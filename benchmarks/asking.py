"""The named queries on a large graph, beside the same SPARQL given to the engine itself and to rdflib; and the exports.

``python -m benchmarks.asking [--triples N]``: rdflib is asked on a graph of a tenth of the size, and given up after a while.
"""

import argparse
import io
import math
import os
import select
import signal
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
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

_EXPORTS = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG}

Timed = Callable[[], object]


def main() -> int:
    """Prints three tables."""
    parser = argparse.ArgumentParser(description="Measures the named queries and the exports on a large graph, and on a small one.")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--no-rdflib", action="store_true", help="leaves rdflib out, which is asked on the smaller graph")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small = large_store(Path(folder), asked.triples // 10)
        few = {name: _median(lambda name=name: run(small, name)) for name in named_queries()}  # type: ignore[misc]
        exported = {name: _median(lambda name=name: export_bytes(small, name)) for name in _EXPORTS}  # type: ignore[misc]
        if not asked.no_rdflib:
            _beside_rdflib(small, few)
        size = _size(small)
    with tempfile.TemporaryDirectory() as folder:
        store = large_store(Path(folder), asked.triples)
        engine = ox.Store.read_only(str(current_generation(Path(folder) / "large")))
        times = _size(store) / size
        print(f"\nnamed queries on {_size(store):,} triples: rows, seconds, beside the engine's first and last; exponent from {size:,}")
        ratios = [_beside_engine(store, engine, name, few[name], times) for name in named_queries()]
        first, last = (statistics.median(column) for column in zip(*ratios, strict=True))
        print(f"{'in the middle':<22} {'':>8} {'':>9} {first:6.2f} {last:6.2f}")
        print("\nexports, sorted: seconds, ratio to the engine's own dump, exponent")
        for name, format_ in _EXPORTS.items():
            _export(store, engine, name, format_, exported[name], times)
    return 0


def _size(store: GraphStore) -> int:
    return sum(store.count(graph) for graph in store.graphs())


def _beside_engine(store: GraphStore, engine: ox.Store, name: str, few: float, times: float) -> tuple[float, float]:
    """Prints a line; the ratios to the first row and to the last. ``few`` are the seconds on a graph so many times smaller."""
    sparql = bind(store, find(name), {})

    def rows() -> Iterator[object]:
        return iter(engine.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True))  # type: ignore[arg-type]

    seconds, first, last = [], [], []
    answered = run(store, name)
    for _ in range(PAIRS):
        ours, to_first, to_last = _seconds(lambda: run(store, name)), _seconds(lambda: next(rows(), None)), _seconds(lambda: list(rows()))
        seconds.append(ours)
        first.append(ours / to_first)
        last.append(ours / to_last)
    ours, one, all_ = (statistics.median(column) for column in (seconds, first, last))
    print(f"{name:<22} {len(answered):>8,} {ours:9.4f} {one:6.2f} {all_:6.2f} {_exponent(few, ours, times):6.2f}")
    return one, all_


def _export(store: GraphStore, engine: ox.Store, name: str, format_: ox.RdfFormat, few: float, times: float) -> None:
    """Prints a line. The engine dumps Turtle graph by graph, since it has no union to dump."""
    graphs = [None] if format_.supports_datasets else [ox.NamedNode(graph) for graph in store.graphs()]

    def dump() -> None:
        for graph in graphs:
            engine.dump(io.BytesIO(), format=format_, from_graph=graph)

    pairs = [(_seconds(lambda: export_bytes(store, name)), _seconds(dump)) for _ in range(PAIRS)]
    ours = statistics.median(a for a, _ in pairs)
    print(f"{name:<22} {ours:8.2f} s {statistics.median(a / b for a, b in pairs):6.2f} {_exponent(few, ours, times):6.2f}")


def _beside_rdflib(store: GraphStore, ours: Mapping[str, float]) -> None:
    print(f"\nthe same on {_size(store):,} triples: seconds, and how many times longer rdflib's own store takes, up to {PATIENCE_S} s")
    dataset = Dataset(default_union=True)
    dataset.parse(io.BytesIO(export_bytes(store, "nquads")), format="nquads")
    times = [_times_longer(store, dataset, name, seconds) for name, seconds in ours.items()]
    print(f"{'in the middle':<22} {'':>9} {statistics.median(times):.0f} ×")


def _times_longer(store: GraphStore, dataset: Dataset, name: str, ours: float) -> float:
    """Prints a line."""
    sparql = bind(store, find(name), {})
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


def _exponent(few: float, many: float, times: float) -> float:
    return math.log(many / few) / math.log(times) if times > 1 else math.nan


def _median(what: Timed) -> float:
    return statistics.median(_seconds(what) for _ in range(PAIRS))


def _seconds(what: Timed) -> float:
    start = perf_counter()
    what()
    return perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
