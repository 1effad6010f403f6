"""Building: sources to records to named graphs to a store that conforms, or to nothing at all."""

import json
import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from graph.building import Building, building
from graph.records import Record, as_json
from graph.reference import reference_quads
from graph.shapes import validate_source
from graph.triples import SourceDescription, Surroundings, document_quads, surroundings
from irkg.checking import remember_places
from irkg.keeping import keep_text, text_hash
from irkg.messages import Say
from irkg.tables import check_states, file_hash, table_quads, table_records, try_table
from loaders.reading import Reading, read_document
from loaders.tables import recognised
from loaders.texts.documents import Document, load_document
from loaders.texts.fetching import is_remote
from loaders.texts.language import load_language
from loaders.texts.sources import TABLE_KINDS, Said, Source, clashes, find_sources
from ontology.errors import ConformanceError, IrkgError, UsageError
from ontology.identifiers import REFERENCE_GRAPH, graph_iri
from ontology.reference import load_reference

_LANGUAGE_READ = "en"


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
    """A document after its reading, or the reason why there is none; of a data set the source alone."""

    source: Source
    document: Document | None = None
    reading: Reading | None = None
    failure: IrkgError | None = None


def build_graph(
    places: Iterable[str], store: Path, said: Said, *, keep_going: bool, jobs: int, say: Say, parties: Sequence[str] = ()
) -> Summary:
    """Reads the sources and puts each into its named graph, all of them in one step.

    ``parties`` are states whose deals are read from a register beside those that are read in any case.

    Raises:
        UsageError: a party is no state.
        IrkgError: a source can't be read (unless ``keep_going``); the store stays as it was.
        ConformanceError: the records of a source break the shapes; the store stays as it was.
    """
    check_states(parties)
    sources = _all_sources(places, said)
    records: Counter[str] = Counter()
    done: list[str] = []
    left_out: list[str] = []
    with building(store) as new:
        for read in read_all(sources, jobs):
            failure = read.failure or (try_table(read.source, parties, say) if read.source.kind in TABLE_KINDS else None)
            if failure is not None:
                _refuse_or_tell(failure, keep_going, say)
                left_out.append(read.source.id)
                continue
            counted = _put(new, read, parties, say)
            if read.document is not None and (read.document.extracted or is_remote(read.source.place)):
                keep_text(store, read.document.raw)
            records.update(counted)
            done.append(read.source.id)
            say(f"{read.source.id}: {counted.total()} records")
        if not done:
            raise IrkgError("no source could be read; nothing was built")
        new.replace(REFERENCE_GRAPH, reference_quads())
        new.commit()
    remember_places(store, {source.id: source.place for source in sources if source.id in done})
    return Summary(records, tuple(done), tuple(left_out))


def _put(new: Building, read: _Read, parties: Sequence[str], say: Say) -> Counter[str]:
    """Puts what a source says into its graph; how many records it has of each type.

    Raises:
        ConformanceError: records of it break the shapes.
    """
    graph = graph_iri(read.source.id)
    if read.document is None or read.reading is None:
        counted: Counter[str] = Counter()
        new.remove(graph)  # else the old and the new would be compared in memory
        new.replace(graph, table_quads(_described(read.source, file_hash(read.source.place)), read.source, parties, counted))
        return counted
    _warn(read.document, read.reading, say)
    records = read.reading.records
    quads = list(document_quads(describe(read.document), ((r, _around(read.document, r.start, r.end)) for r in records)))
    if violations := validate_source(quads):
        raise ConformanceError(f"{read.source.place}: {len(violations)} records do not conform, the first: {violations[0]}")
    new.replace(graph, quads)
    return Counter(record.record for record in records)


def _all_sources(places: Iterable[str], said: Said) -> list[Source]:
    """The sources of all places, each once.

    Raises:
        UsageError: two documents have one id, and the second would take the first one's place in the graph.
    """
    sources = list(dict.fromkeys(source for place in places for source in _sources_at(place, said)))
    for one, other in clashes(sources):
        raise UsageError(f"{one.place} and {other.place} have one id, “{other.id}”; build one of them alone, with --source-id")
    return sources


def _sources_at(place: str, said: Said) -> list[Source]:
    return [recognised(source) for source in find_sources(place, said)]


def extract_lines(places: Iterable[str], said: Said, *, say: Say) -> Iterator[str]:
    """The records of the sources as JSON, one a line, in the order of the text."""
    for place in places:
        for source in _sources_at(place, said):
            for record in _records(source, say):
                yield json.dumps(as_json(record), ensure_ascii=False)


def _records(source: Source, say: Say) -> Iterator[Record]:
    if source.kind in TABLE_KINDS:
        yield from table_records(source, (), say)
        return
    document = load_document(source)
    reading = read_document(document, load_language(), load_reference())
    _warn(document, reading, say)
    yield from reading.records


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
    return _described(document.source, text_hash(document.raw))


def _described(source: Source, hash_: str) -> SourceDescription:
    return SourceDescription(
        id=source.id, title=source.title, kind=source.kind, publisher=source.publisher, published=source.published,
        language=source.language, licence=source.licence, perspective=source.perspective, note=source.note, url=source.url,
        author=source.author, revision=source.revision, modified=source.modified, text_hash=hash_,
    )  # fmt: skip


def _read(source: Source) -> _Read:
    """A document, read; a data set is left to the main process, through which its rows stream."""
    if source.kind in TABLE_KINDS:
        return _Read(source)
    try:
        document = load_document(source)
    except IrkgError as error:
        return _Read(source, failure=error)
    return _Read(source, document, read_document(document, load_language(), load_reference()))


def _around(document: Document, start: int, end: int) -> Surroundings:
    return surroundings(document.raw, start, end, document.cited_in(start, end), document.works_behind(start, end))


def _refuse_or_tell(failure: IrkgError, keep_going: bool, say: Say) -> None:
    if not keep_going:
        raise type(failure)(f"{failure}; with --keep-going the build goes on without it")
    say(f"left out: {failure}")


def _warn(document: Document, reading: Reading, say: Say) -> None:
    for note in document.notes:
        say(f"note: {note}")
    if not document.source.language.lower().startswith(_LANGUAGE_READ):
        say(f"warning: {document.source.place}: is in “{document.source.language}”, and what is read here is English; expect little")
    for place, problem in reading.problems:
        line = document.raw.count("\n", 0, place) + 1
        say(f"warning: {document.source.place}:{line}: {problem}")
