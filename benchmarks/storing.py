"""What it costs to store: records beside the engine's bulk load of the same quads, and a table of events, with its memory and growth.

``python -m benchmarks.storing [--rows 100000] [--pairs 5]``. Each figure is the median of pairs A B A B … in one run; each thing is
timed in a process of its own, which tells its peak of memory. The records are those of a tenth of the table.
"""

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, takewhile
from pathlib import Path
from time import perf_counter

import polars
import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from benchmarks.made_events import write_events
from graph.building import building
from graph.records import Record
from graph.shapes import validate_source
from graph.store import current_generation
from graph.triples import SourceDescription, Surroundings, document_batches
from irkg.building import build_graph
from irkg.messages import silent
from irkg.tables import table_records
from loaders.texts.sources import Said, Source
from ontology.identifiers import graph_iri

ROOT = Path(__file__).parent.parent
MOST_TIMES, MOST_GROWTH = 4.0, 1.3  # of the bulk load; of memory at ten times the rows
_SOURCE = "events"


@dataclass(frozen=True, slots=True)
class Run:
    """A thing done once: seconds, and its process's peak of memory in megabytes."""

    seconds: float
    memory: float


def main() -> int:
    """Prints the table; fails where it is more than the bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--once", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        print(json.dumps(_once(asked.once[0], Path(asked.once[1]))))
        return 0
    few, many = (_measured(rows, asked.pairs) for rows in (asked.rows // 10, asked.rows))
    print(f"{'':34}{asked.rows // 10:>14,} rows{asked.rows:>14,} rows  exponent")
    for what in few:
        exponent = math.log10(many[what] / few[what])
        print(f"{what:34}{few[what]:>19,.2f}{many[what]:>19,.2f}{exponent:>10.2f}")
    times, growth = many["table: times the bulk load"], many["table: memory, MB"] / few["table: memory, MB"]
    print(f"{asked.pairs} pairs each, medians; memory at ten times the rows: {growth:.2f} times")
    return 0 if times <= MOST_TIMES and growth <= MOST_GROWTH else 1


def _measured(rows: int, pairs: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_events(place / f"{_SOURCE}.tab", rows)
        _run("dump", place)
        kinds = ("checked", "unchecked", "validate", "load records", "build", "load", "polars")
        runs = [{kind: _run(kind, place) for kind in kinds} for _ in range(pairs)]

    def median(kind: str) -> float:
        return statistics.median(run[kind].seconds for run in runs)

    def ratio(one: str, other: str) -> float:
        return statistics.median(run[one].seconds / run[other].seconds for run in runs)

    return {
        "records: seconds": median("checked"),
        "records: times the bulk load": ratio("checked", "load records"),
        "records, unchecked: times": ratio("unchecked", "load records"),
        "records: share of the check": ratio("validate", "checked"),
        "table: seconds": median("build"),
        "table: rows a second": rows / median("build"),
        "table: times the bulk load": ratio("build", "load"),
        "table: times polars reads it": ratio("build", "polars"),
        "table: memory, MB": statistics.median(run["build"].memory for run in runs),
        "bulk load: memory, MB": statistics.median(run["load"].memory for run in runs),
    }


def _run(what: str, folder: Path) -> Run:
    command = [sys.executable, "-m", "benchmarks.storing", "--once", what, str(folder)]
    return Run(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout))


def _once(what: str, folder: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        seconds = _DONE[what](folder, Path(scratch))
    return {"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}  # Linux counts in kilobytes


def _build(folder: Path, scratch: Path) -> float:
    start = perf_counter()
    said = Said(kind="icews-events", source_id=_SOURCE)
    build_graph([str(folder / f"{_SOURCE}.tab")], scratch / "store", said, keep_going=False, jobs=1, say=silent)
    return perf_counter() - start


def _dump(folder: Path, scratch: Path) -> float:
    """The finished N-Quads, for the bulk load."""
    seconds = _build(folder, scratch)
    generation = current_generation(scratch / "store")
    store = pyoxigraph.Store.read_only(str(generation))
    store.dump(str(folder / "all.nq"), RdfFormat.N_QUADS)
    quads = (quad for _, batch in _batches(folder) for quad in batch)
    pyoxigraph.serialize(quads, str(folder / "records.nq"), RdfFormat.N_QUADS)
    return seconds


def _load(folder: Path, scratch: Path, name: str = "all.nq") -> float:
    start = perf_counter()
    store = pyoxigraph.Store(str(scratch / "store"))
    store.bulk_load(path=folder / name, format=RdfFormat.N_QUADS)
    store.flush()
    return perf_counter() - start


def _polars(folder: Path, scratch: Path) -> float:
    start = perf_counter()
    polars.read_csv(folder / f"{_SOURCE}.tab", separator="\t", quote_char=None, infer_schema_length=0)
    return perf_counter() - start


def _store_records(folder: Path, scratch: Path, *, check: bool) -> float:
    found = _records(folder)
    start = perf_counter()
    with building(scratch / "store") as new:
        batches = (batch for beside, batch in _batches(folder, found) if not check or _conform(beside, batch))
        new.replace(graph_iri(_SOURCE), chain.from_iterable(batches))
        new.commit()
    return perf_counter() - start


def _validate(folder: Path, scratch: Path) -> float:
    batches = list(_batches(folder))
    start = perf_counter()
    for beside, batch in batches:
        _conform(beside, batch)
    return perf_counter() - start


def _conform(beside: list[Quad], batch: list[Quad]) -> bool:
    if validate_source([*beside, *batch]):
        raise AssertionError("made-up records that do not conform")
    return True


def _batches(folder: Path, found: list[Record] | None = None) -> Iterator[tuple[list[Quad], list[Quad]]]:
    source = SourceDescription(_SOURCE, "Events", "icews-events")
    for batch in document_batches(source, ((record, Surroundings()) for record in found or _records(folder))):
        yield batch.beside, batch.quads


def _records(folder: Path) -> list[Record]:
    """The records of the first tenth of the file."""
    path = folder / f"{_SOURCE}.tab"
    source = Source(_SOURCE, str(path), "Events", "icews-events")
    last = path.stat().st_size // 10
    return list(takewhile(lambda record: record.end < last, table_records(source, (), silent)))


_DONE: dict[str, Callable[[Path, Path], float]] = {
    "dump": _dump,
    "checked": partial(_store_records, check=True),
    "unchecked": partial(_store_records, check=False),
    "validate": _validate,
    "load records": partial(_load, name="records.nq"),
    "build": _build,
    "load": _load,
    "polars": _polars,
}


if __name__ == "__main__":
    sys.exit(main())
