"""Millions of triples, really loaded: into Oxigraph on disk and, where it is installed, into Virtuoso; how long, how large, how asked.

``python -m benchmarks.scale [--triples N]``. What docs/scale.md says is from its answer.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, perf_counter, sleep

import pyoxigraph as ox

from benchmarks.copies import copied_lines
from benchmarks.virtuoso import write_settings
from graph.server import ServerStore
from graph.store import GraphStore
from ontology.errors import IrkgError
from queries.answers import QueryStore
from queries.catalogue import run

QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("leader-meetings", {"from": "2018", "to": "2018"}),
    ("prisoner-deals", {}),
    ("stances", {"polarity": "oppose", "target": "sanctions"}),
    ("office-holders", {"on": "2018-07", "of": "Israel"}),
    ("sources", {}),
)
PORT, SQL_PORT = 28_890, 28_111
LONGEST_START_S = 60


def main() -> int:
    """Prints what was measured, a line each."""
    parser = argparse.ArgumentParser(description="Loads millions of triples into Oxigraph and Virtuoso.")
    parser.add_argument("--triples", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "told").mkdir()
        file = folder / "told" / "large.nq"
        with file.open("wb") as written:
            triples = sum(written.write(lines) and lines.count(b"\n") for lines in copied_lines(folder / "made", asked.triples))
        print(f"{triples:,} triples, {_megabytes(file)} of N-Quads")
        _oxigraph(folder, file, triples)
        if shutil.which("virtuoso-t"):
            _virtuoso(folder, triples)
        else:
            print("Virtuoso is not installed")
    return 0


def _oxigraph(folder: Path, file: Path, triples: int) -> None:
    place = folder / "oxigraph"
    start = perf_counter()
    store = ox.Store(str(place))
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.flush()
    _loaded("Oxigraph on disk", triples, perf_counter() - start, place)
    _ask("Oxigraph on disk", GraphStore(store, str(place)))


def _virtuoso(folder: Path, triples: int) -> None:
    place = folder / "virtuoso"
    place.mkdir()
    (folder / "told" / "large.nq").rename(place / "large.nq")
    with _serving(place):
        start = perf_counter()
        _sql("ld_dir ('" + str(place) + "', '*.nq', 'https://w3id.org/irkg/graph/loaded'); rdf_loader_run (); checkpoint;")
        (place / "large.nq").unlink()
        _loaded("Virtuoso 7", triples, perf_counter() - start, place)
        _ask("Virtuoso 7", ServerStore(f"http://127.0.0.1:{PORT}/sparql"))


@contextmanager
def _serving(place: Path) -> Iterator[None]:
    ini = write_settings(place, PORT, SQL_PORT, buffers=340_000, longest_s=600)
    server = subprocess.Popen(
        ["virtuoso-t", "+foreground", "+configfile", str(ini)], cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        ends = monotonic() + LONGEST_START_S
        while _sql("status();", check=False) and monotonic() < ends:
            sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(timeout=120)


def _sql(commands: str, check: bool = True) -> int:
    """Has Virtuoso do something; its exit code."""
    program = shutil.which("isql-vt") or "isql"
    done = subprocess.run([program, f"127.0.0.1:{SQL_PORT}", "dba", "dba", f"exec={commands}"], capture_output=True, check=check)
    return done.returncode


def _loaded(what: str, triples: int, seconds: float, place: Path) -> None:
    print(f"{what}: loaded in {seconds:.0f} s, {triples / seconds:,.0f} triples a second, {_megabytes(place)} on disk")


def _megabytes(place: Path) -> str:
    files = [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]
    return f"{sum(file.stat().st_size for file in files) / 1e6:,.0f} MB"


def _ask(what: str, store: QueryStore) -> None:
    for name, parameters in QUESTIONS:
        start = perf_counter()
        try:
            said = f"{len(run(store, name, parameters)):,} rows"
        except IrkgError as error:
            said = str(error)
        given = " ".join(f"-p {key}={value}" for key, value in parameters.items())
        print(f"  {what}: {name} {given}: {perf_counter() - start:.2f} s, {said}")


if __name__ == "__main__":
    sys.exit(main())
