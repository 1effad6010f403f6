"""Building: sources to records to named graphs to a store that conforms, or to nothing at all."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.building import Building, building
from graph.records import Record, as_json
from graph.reference import reference_quads
from irkg.checking import remember_places
from irkg.clusters import cluster_readers
from irkg.fingerprints import document_key, fingerprint, model_name, rules, table_key
from irkg.keeping import keep_text
from irkg.messages import Say
from irkg.readers import Turn, read_ahead, readers
from irkg.resuming import InGraph, Shards, forget_in_graph, in_graph, remember_in_graph
from irkg.shards import Told, describe_source, pack, problems
from irkg.tables import check_states, file_hash, table_quads, table_records
from loaders.reading import read_document
from loaders.tables import recognised
from loaders.texts.documents import Document, load_document
from loaders.texts.fetching import is_remote
from loaders.texts.language import load_language
from loaders.texts.sources import TABLE_KINDS, Said, Source, clashes, find_sources
from ontology.errors import IrkgError, UsageError
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


def build_graph(
    places: Iterable[str],
    store: Path,
    said: Said,
    *,
    keep_going: bool,
    jobs: int,
    say: Say,
    parties: Sequence[str] = (),
    scheduler: str | None = None,
) -> Summary:
    """Reads the sources and puts each into its named graph, all of them in one step.

    What did not change since it was read last is not read again, whether or not that build came to its end. Documents are
    read by ``jobs`` processes, or by the workers of the dask scheduler at the address ``scheduler``. ``parties`` are states
    whose deals are read from a register beside those that are read in any case.

    Raises:
        UsageError: a party is no state.
        IrkgError: a source can't be read (unless ``keep_going``); the store stays as it was.
        ConformanceError: the records of a source break the shapes; the store stays as it was.
        UnreachableError: a source or the scheduler can't be reached; the store stays as it was.
    """
    check_states(parties)
    sources = _all_sources(places, said)
    documents = sum(source.kind not in TABLE_KINDS for source in sources)
    who = cluster_readers(scheduler, documents) if scheduler is not None else readers(min(jobs, documents))
    with who as found, building(store) as new:
        build = _Build(new, store, parties, keep_going, say)
        for turn in read_ahead(map(build.asked, sources), found, build.shards, model_name()):
            build.take(turn)
        if not build.done:
            raise IrkgError("no source could be read; nothing was built")
        build.commit()
    remember_places(store, {source.id: source.place for source in sources if source.id in build.done})
    return Summary(build.records, tuple(build.done), tuple(build.left_out))


class _Build:
    """A build under way: the sources that had their turn, and what came of them."""

    def __init__(self, new: Building, store: Path, parties: Sequence[str], keep_going: bool, say: Say) -> None:
        self.shards = Shards(store)
        self.records: Counter[str] = Counter()
        self.done: list[str] = []
        self.left_out: list[str] = []
        self._new = new
        self._store = store
        self._parties = parties
        self._keep_going = keep_going
        self._say = say
        self._before = in_graph(store)
        self._keys: dict[str, str] = {}  # of the graphs of this build's sources, by their IRI
        self._changed = False

    def asked(self, source: Source) -> tuple[Turn, Document | None]:
        """A source, and its document if that is to be read."""
        try:
            if source.kind in TABLE_KINDS:
                return self._asked_table(source), None
            document = load_document(source)
        except IrkgError as error:
            return Turn(source, failure=error), None
        if document.extracted or is_remote(source.place):
            keep_text(self._store, document.raw)
        key = document_key(document, fingerprint(model_name()))
        is_new = self.shards.told(key, source.place) is None
        return Turn(source, key, is_new, document.notes), document if is_new else None

    def _asked_table(self, source: Source) -> Turn:
        """A data set, which is new unless the graph holds it: no shard does."""
        hash_ = file_hash(source.place)
        key = table_key(source, hash_, self._parties)
        is_there = self._holds(source, key) and self.shards.told(key, source.place) is not None
        return Turn(source, key, not is_there, file_hash=hash_)

    def take(self, turn: Turn) -> None:
        """Puts what a source says into its graph.

        Raises:
            IrkgError: it can't be read, and the build is not to go on without it.
        """
        source = turn.source
        told = turn.failure or (self._streamed(turn) if source.kind in TABLE_KINDS and turn.is_new else self._loaded(turn))
        if isinstance(told, IrkgError):
            self._leave_out(source, told)
            return
        self._tell([*(f"note: {note}" for note in turn.notes), *told.messages])
        self._say(f"{source.id}: {'' if turn.is_new else 'unchanged, '}{told.records.total()} records")
        self.records.update(told.records)
        self.done.append(source.id)
        self._keys[graph_iri(source.id)] = turn.key

    def commit(self) -> None:
        """Has the new graph count, unless it is the same as the old one."""
        if not self._changed and self._before.rules == rules():
            return
        if self._before == InGraph():
            forget_in_graph(self._store)
        self._new.replace(REFERENCE_GRAPH, reference_quads())
        self._new.commit()
        known = InGraph(rules(), {**self._before.keys, **self._keys})
        remember_in_graph(self._store, known)
        self.shards.clean(set(known.keys.values()))

    def _holds(self, source: Source, key: str) -> bool:
        """Does the graph hold what is read under the key?"""
        return self._before.keys.get(graph_iri(source.id)) == key

    def _loaded(self, turn: Turn) -> Told:
        """Has the graph hold what the shard says."""
        source = turn.source
        if self._holds(source, turn.key) and (told := self.shards.told(turn.key, source.place)):
            return told
        shard = self.shards.open(turn.key, source.place)
        self._new.load(graph_iri(source.id), shard.nquads)
        self._changed = True
        return shard.told

    def _streamed(self, turn: Turn) -> Told | IrkgError:
        """Has the graph hold what the rows of a data set say; or as before, where one that breaks off can't be read."""
        source, counted, messages = turn.source, Counter[str](), list[str]()
        graph, description = graph_iri(source.id), describe_source(source, turn.file_hash)
        self._new.remove(graph)  # else the old and the new would be compared in memory
        try:
            self._new.replace(graph, table_quads(description, source, self._parties, counted, messages.append))
        except IrkgError as error:
            self._tell(messages)
            self._new.restore(graph)
            return error.with_traceback(None)  # its frames would keep the store open
        self._changed = True
        told = Told(counted, tuple(messages))
        self.shards.keep(turn.key, pack(told, source.place))
        return told

    def _leave_out(self, source: Source, failure: IrkgError) -> None:
        if not self._keep_going:
            raise type(failure)(f"{failure}; with --keep-going the build goes on without it")
        self._say(f"left out: {failure}")
        self.left_out.append(source.id)

    def _tell(self, messages: Iterable[str]) -> None:
        for message in messages:
            self._say(message)


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
    for message in (*(f"note: {note}" for note in document.notes), *problems(document, reading)):
        say(message)
    yield from reading.records
