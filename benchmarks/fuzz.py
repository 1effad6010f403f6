"""Feeds every reader with rubbish that looks like its format, guided by what code it reaches; needs atheris (Linux).

``python -m benchmarks.fuzz --seconds 20`` takes each reader in turn, ``python -m benchmarks.fuzz --seconds 300 wikitext rdf`` some.
A reader may refuse with an ``IrkgError``. Anything else it raises, and an answer that takes longer than ten seconds or two
gigabytes, ends its run; the input is kept in the folder that is told. ``tests/hostile`` uses the same readers and pieces.
"""

import argparse
import importlib
import importlib.util
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from ontology.errors import IrkgError

_SLOWEST_S = 10
_MOST_MB = 2048

_HEADERS = {
    "un-votes": "rcid,date,unres,short,descr,issue,vote_RUS,vote_ISR,vote_USA\n",
    "sipri-register": "Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,"
    "Year(s) of delivery,status,Comments\n",
    "icews-events": "Event ID\tEvent Date\tSource Name\tSource Country\tEvent Text\tCAMEO Code\tTarget Name\tTarget Country\tStory ID\t"
    "Publisher\tCity\tCountry\n",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads a format, and pieces that make something like it."""

    read: Callable[[str], object]
    pieces: tuple[str, ...]

    def try_to_read(self, text: str) -> None:
        """Reads what may be refused; anything else that is raised comes through."""
        try:
            self.read(text)
        except IrkgError as error:
            assert str(error).strip()


def _text(text: str) -> None:
    from loaders.texts.documents import read_document
    from loaders.texts.sources import DOCUMENT_KINDS, Source

    for kind in DOCUMENT_KINDS:
        document = read_document(Source(id="a", place="a.txt", title="a", kind=kind), text)
        for paragraph in document.paragraphs:
            assert 0 < len(paragraph.text) == len(paragraph.offsets)
            assert list(paragraph.offsets) == sorted(set(paragraph.offsets))


def _prose(text: str) -> None:
    from loaders.reading import read_document as read_records
    from loaders.texts.documents import read_document
    from loaders.texts.language import load_language
    from loaders.texts.sources import Source
    from ontology.reference import load_reference

    document = read_document(Source(id="a", place="a.txt", title="a", kind="news", published="2018-05-01"), text)
    for record in read_records(document, load_language(), load_reference()).records:
        assert text[record.start : record.end] == record.text


def _wikitext(text: str) -> None:
    from loaders.texts.wikitext import looks_like_wikitext, read_wikitext, redirect_target

    looks_like_wikitext(text)
    redirect_target(text)
    extract = read_wikitext(text)
    spans = [(one.start, one.end) for some in (extract.lines, extract.citations, extract.links) for one in some]
    assert all(0 <= start < end <= len(extract.text) for start, end in spans)


def _page(text: str) -> None:
    from loaders.texts.web import read_page

    read_page("page.html", text.encode("utf-8", "surrogatepass"))


def _sources(text: str) -> None:
    from loaders.texts.fetching import is_address, is_remote
    from loaders.texts.sources import find_sources

    folder = _folder() / "sources"
    folder.mkdir(exist_ok=True)
    (folder / "sources.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    for source in find_sources(str(folder)):
        assert is_remote(source.place) or Path(source.place).resolve().is_relative_to(folder.resolve())
        assert source.url is None or is_address(source.url)


def _tables(text: str) -> None:
    from loaders.tables import read_table
    from loaders.texts.sources import Source
    from ontology.reference import load_reference

    for kind, header in _HEADERS.items():
        path = _written("table.csv", header + text)
        try:
            for record in read_table(Source(id="a", place=str(path), title="a", kind=kind), (), load_reference(), lambda problem: None):
                assert record.start < record.end
        except IrkgError as error:
            assert str(path) in str(error)


def _rdf(text: str) -> None:
    from graph.rdf_files import read_file

    for ending in (".ttl", ".trig", ".nq", ".rdf", ".jsonld"):
        try:
            read_file(_written(f"file{ending}", text))
        except IrkgError as error:
            assert f"file{ending}" in str(error)


def _sparql(text: str) -> None:
    from graph.query_words import asks_for_triples, calls_a_service, names_its_graphs
    from queries.answers import ask

    asks_for_triples(text)
    names_its_graphs(text)
    if not calls_a_service(text) and "service" not in text.lower():  # which would be asked
        ask(_store(), text)


def _results(text: str) -> None:
    from graph.server import ServerStore
    from queries.answers import ask
    from queries.tables import render

    @dataclass
    class Answering(ServerStore):
        kind: str
        place: str = "http://127.0.0.1:1/"

        def _post(self, sparql: str) -> tuple[str, bytes]:
            return self.kind, text.encode("utf-8", "surrogatepass")

    for kind in ("application/sparql-results+json", "application/n-triples"):
        try:
            answer = ask(Answering(kind), "SELECT * {}")
        except IrkgError:
            continue
        for format in ("json", "csv", "table"):
            render(answer, format, 80).encode("utf-8")


def _wikipedia(text: str) -> None:
    from loaders.texts import mediawiki
    from loaders.texts.wikitext import read_wikitext
    from loaders.texts.wire import Answer

    def answers(*_: object, **__: object) -> Answer:
        return Answer(text.encode("utf-8", "surrogatepass"), "application/json", "http://127.0.0.1:1/")

    with mock.patch("loaders.texts.mediawiki.ask", answers):
        for read in (
            lambda: mediawiki.fetch_wikipedia("wikipedia:A", lambda seconds: None),
            lambda: mediawiki.wikidata_items("wikipedia:A", ["A"]),
        ):
            try:
                found = read()
            except IrkgError:
                continue
            if isinstance(found, mediawiki.Page):
                read_wikitext(found.wikitext)


def _dates(text: str) -> None:
    from graph.edtf import bounds, check, overlap

    bounds(text)
    assert overlap(text, "2019") in (True, False)
    check(text)


def _values(text: str) -> None:
    from queries.catalogue import named_queries, run

    for name in ("leader-meetings", "stance-timeline", "figures", "timeline"):
        for parameter in named_queries()[name].parameters:
            try:
                run(_store(), name, {parameter.name: text})
            except IrkgError as error:
                assert parameter.name in str(error)


@cache
def _folder() -> Path:
    """A folder of this process, for readers of files; its space is given back by the system."""
    return Path(tempfile.mkdtemp(prefix="irkg-fuzz-"))


def _written(name: str, text: str) -> Path:
    path = _folder() / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


@cache
def _store() -> Any:
    from graph.reference import reference_quads
    from graph.store import GraphStore

    return GraphStore.in_memory(list(reference_quads())[:300])


_READ: dict[str, Callable[[str], None]] = {
    "text": _text,
    "prose": _prose,
    "wikitext": _wikitext,
    "page": _page,
    "sources": _sources,
    "tables": _tables,
    "rdf": _rdf,
    "sparql": _sparql,
    "results": _results,
    "wikipedia": _wikipedia,
    "dates": _dates,
    "values": _values,
}


def _readers() -> dict[str, Reader]:
    pieces = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: Reader(read, (*pieces["everywhere"], *pieces.get(name, pieces["prose"]))) for name, read in _READ.items()}


READERS = _readers()


def text_of(data: bytes, pieces: tuple[str, ...]) -> str:
    """The pieces whose numbers the bytes are; a byte that is no number of a piece is a character."""
    return "".join(pieces[byte] if byte < len(pieces) else chr(byte) for byte in data)


def _fuzz(name: str, seconds: int, kept: Path) -> None:
    """Fuzzes one reader; ends the process."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["graph", "loaders", "queries", "mwparserfromhell", "tomllib", "edtf"]):
        READERS[name].try_to_read("")
    reader = READERS[name]

    def once(data: bytes) -> None:
        text = text_of(data, reader.pieces)
        try:
            reader.try_to_read(text)
        except Exception:
            print(f"{name}: {json.dumps(text)}", file=sys.stderr)
            raise

    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={_SLOWEST_S}",
        f"-rss_limit_mb={_MOST_MB}",
        "-max_len=400",
        f"-artifact_prefix={kept}/",
    ]
    atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1"], once)
    atheris.Fuzz()


def _run(name: str, seconds: int, kept: Path) -> bool:
    """Fuzzes one reader in a process of its own and says what came of it; whether all went well."""
    command = [sys.executable, "-m", "benchmarks.fuzz", "--seconds", str(seconds), "--alone", str(kept), name]
    ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    runs = next((line.split()[-1] for line in ran.stderr.splitlines() if "number_of_executed_units" in line), "?")
    print(f"{name:10} {runs:>9} inputs  {'ok' if ran.returncode == 0 else 'FAILED'}", flush=True)
    if ran.returncode:
        print("\n".join(line for line in ran.stderr.splitlines()[-40:] if not line.startswith("stat::")))
    return ran.returncode == 0


def main() -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", help=f"some of {', '.join(READERS)}; default: all")
    parser.add_argument("--seconds", type=int, default=20, help="for each reader")
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := set(asked.readers) - set(READERS):
        parser.error(f"no reader is called {', '.join(sorted(unknown))}; there are {', '.join(READERS)}")
    if importlib.util.find_spec("atheris") is None:
        sys.exit("needs atheris, which is there for Linux on x86_64: pip install atheris")
    if asked.alone:
        _fuzz(asked.readers[0], asked.seconds, asked.alone)
        return
    kept = Path(tempfile.mkdtemp(prefix="irkg-fuzz-"))
    well = [_run(name, asked.seconds, kept) for name in asked.readers or READERS]
    if not all(well):
        sys.exit(f"the inputs that failed are in {kept}")
    kept.rmdir()


if __name__ == "__main__":
    main()
