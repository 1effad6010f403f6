"""Building: sources to records to named graphs to a store that conforms, or to nothing at all."""

import hashlib
import json
import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from graph.building import building
from graph.records import as_json
from graph.reference import reference_quads
from graph.shapes import validate_source
from graph.triples import SourceDescription, Surroundings, document_quads, surroundings
from irkg.checking import remember_places
from irkg.messages import Say
from loaders.documents import Document, load_document
from loaders.language import load_language
from loaders.reading import Reading, read_document
from loaders.sources import Said, Source, clashes, find_sources
from ontology.errors import ConformanceError, IrkgError, UsageError
from ontology.identifiers import REFERENCE_GRAPH, graph_iri
from ontology.reference import load_reference


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: records of each type, sources read, and sources left out."""

    records: Counter[str] = field(default_factory=Counter)
    sources: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def line(self) -> str:
        """The summary in one line."""
        counts = ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for name, number in sorted(self.records.items()))
        left = f"; left out: {', '.join(self.left_out)}" if self.left_out else ""
        return f"{len(self.sources)} source{'' if len(self.sources) == 1 else 's'} in the graph: {counts or 'no records'}{left}"


@dataclass(frozen=True, slots=True)
class _Read:
    """A document after its reading, or the reason why there is none."""

    source: Source
    document: Document | None = None
    reading: Reading | None = None
    failure: IrkgError | None = None


def build_graph(places: Iterable[str], store: Path, said: Said, *, keep_going: bool, jobs: int, say: Say) -> Summary:
    """Reads the sources and puts each into its named graph, all of them in one step.

    Raises:
        IrkgError: a source can't be read (unless ``keep_going``); the store stays as it was.
        ConformanceError: the records of a source break the shapes; the store stays as it was.
    """
    sources = _all_sources(places, said)
    records: Counter[str] = Counter()
    done: list[str] = []
    left_out: list[str] = []
    with building(store) as new:
        for read in read_all(sources, jobs):
            if read.document is None or read.reading is None:
                _refuse_or_tell(read, keep_going, say)
                left_out.append(read.source.id)
                continue
            _warn(read.document, read.reading, say)
            quads = list(
                document_quads(describe(read.document), ((r, _around(read.document, r.start, r.end)) for r in read.reading.records))
            )
            violations = validate_source(quads)
            if violations:
                raise ConformanceError(f"{read.source.place}: {len(violations)} records do not conform, the first: {violations[0]}")
            new.replace(graph_iri(read.source.id), quads)
            records.update(record.record for record in read.reading.records)
            done.append(read.source.id)
            say(f"{read.source.id}: {len(read.reading.records)} records")
        if not done:
            raise IrkgError("no source could be read; nothing was built")
        new.replace(REFERENCE_GRAPH, reference_quads())
        new.commit()
    remember_places(store, {source.id: source.place for source in sources if source.id in done})
    return Summary(records, tuple(done), tuple(left_out))


def _all_sources(places: Iterable[str], said: Said) -> list[Source]:
    """The sources of all places, each once.

    Raises:
        UsageError: two documents have one id, and the second would take the first one's place in the graph.
    """
    sources = list(dict.fromkeys(source for place in places for source in find_sources(place, said)))
    for one, other in clashes(sources):
        raise UsageError(f"{one.place} and {other.place} have one id, “{other.id}”; build one of them alone, with --source-id")
    return sources


def extract_lines(places: Iterable[str], said: Said, *, say: Say) -> Iterator[str]:
    """The records of the sources as JSON, one a line, in the order of the text."""
    for place in places:
        for source in find_sources(place, said):
            document = load_document(source)
            reading = read_document(document, load_language(), load_reference())
            _warn(document, reading, say)
            for record in reading.records:
                yield json.dumps(as_json(record), ensure_ascii=False)


def read_all(sources: list[Source], jobs: int) -> Iterator[_Read]:
    """The sources read, in their order, by one process or by several."""
    if jobs == 1 or len(sources) < 2:
        yield from map(_read, sources)
        return
    try:
        with ProcessPoolExecutor(min(jobs, len(sources)), initializer=_end_with_parent) as pool:
            yield from pool.map(_read, sources)
    except BrokenProcessPool:
        raise IrkgError("a process that read documents was ended from outside (out of memory?); try fewer --jobs") from None


def _end_with_parent() -> None:
    """Ends this worker when the build is killed; it would wait for documents for ever."""

    def watch() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def describe(document: Document) -> SourceDescription:
    """What the graph says of a document."""
    source = document.source
    return SourceDescription(
        id=source.id, title=source.title, kind=source.kind, publisher=source.publisher, published=source.published,
        language=source.language, licence=source.licence, perspective=source.perspective, note=source.note, url=source.url,
        text_hash=hashlib.sha256(document.raw.encode("utf-8")).hexdigest(),
    )  # fmt: skip


def _read(source: Source) -> _Read:
    try:
        document = load_document(source)
    except IrkgError as error:
        return _Read(source, failure=error)
    return _Read(source, document, read_document(document, load_language(), load_reference()))


def _around(document: Document, start: int, end: int) -> Surroundings:
    return surroundings(document.raw, start, end, document.cited_in(start, end))


def _refuse_or_tell(read: _Read, keep_going: bool, say: Say) -> None:
    if read.failure is not None and not keep_going:
        raise type(read.failure)(f"{read.failure}; with --keep-going the build goes on without it")
    say(f"left out: {read.failure}")


def _warn(document: Document, reading: Reading, say: Say) -> None:
    for place, problem in reading.problems:
        line = document.raw.count("\n", 0, place) + 1
        say(f"warning: {document.source.place}:{line}: {problem}")
