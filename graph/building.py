"""The graph as it is built: in a new generation, which counts from one moment to the next or not at all.

A build takes the lock, copies the current generation (by hard links, so it costs next to nothing), changes
the copy, and then has ``CURRENT`` name it. Killed at any time before that, it leaves the old graph whole,
and its own remains to be cleaned away by the next build.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from graph.fusion import fusion_quads
from graph.naming import DESCRIPTIONS_GRAPH, descriptions_in
from graph.seals import seal
from graph.store import CURRENT, GENERATIONS, GraphStore, current_generation, open_generation
from ontology.errors import IrkgError
from ontology.identifiers import FUSION_GRAPH

MOST_COMPARED = 500_000
"""Quads of a graph that are compared in memory, some 200 MB; a larger graph is written anew."""

BATCH = 100_000
"""Quads that are loaded at once: Oxigraph holds all that it is given in one go, 1 GB for 1.5 million."""

_LOCK = "lock"
_NEW = ".new"  # the ending of a file until it is whole


class Building:
    """A graph in the making. Nothing of it counts before ``commit``."""

    def __init__(self, folder: Path, generation: Path) -> None:
        self._folder = folder
        self._generation = generation
        self._store: pyoxigraph.Store | None = pyoxigraph.Store(str(generation))
        self._committed = False

    @property
    def graph(self) -> GraphStore:
        """The graph as it would be after a commit, to be asked or validated. Do not keep it beyond."""
        return GraphStore(self._open(), str(self._folder))

    def replace(self, graph: str, quads: Iterable[Quad]) -> None:
        """Has a named graph hold these quads and no others.

        Raises:
            ValueError: a quad of another graph.
            IrkgError: the folder can't be written.
        """
        store, name = self._open(), NamedNode(graph)
        with _writable(self._folder):
            was = set(islice(store.quads_for_pattern(None, None, None, name), MOST_COMPARED + 1))
            if not was or len(was) > MOST_COMPARED:
                store.remove_graph(name)
                for batch in _batches(_all_in(name, quads)):
                    store.bulk_extend(batch)
            else:
                self._change(was, _all_in(name, quads))

    def load(self, graph: str, nquads: bytes) -> None:
        """Has a named graph hold these N-Quads and no others; errors as for ``replace``."""
        self.replace(graph, pyoxigraph.parse(nquads, format=RdfFormat.N_QUADS))

    def remove(self, graph: str) -> None:
        """Takes a named graph out."""
        with _writable(self._folder):
            self._open().remove_graph(NamedNode(graph))

    def restore(self, graph: str) -> None:
        """Has a named graph hold what it held before this build."""
        current = current_generation(self._folder)
        before = open_generation(current, str(self._folder)).quads_for_pattern(None, None, None, NamedNode(graph)) if current else ()
        self.remove(graph)
        self.replace(graph, before)

    def describe(self) -> None:
        """Makes the graph of descriptions anew; a commit does so too."""
        self.replace(DESCRIPTIONS_GRAPH, descriptions_in(self.graph))

    def fuse(self) -> None:
        """Makes the graph of fusion anew; a commit does so too."""
        self.replace(FUSION_GRAPH, fusion_quads(self.graph))

    def commit(self) -> None:
        """Describes what is not in the reference data, links what is about one thing, and has the new graph count from now on."""
        self.describe()
        self.fuse()
        with _writable(self._folder):
            self._open().flush()
            self._store = None  # closes it: nothing may write to a generation that counts
            seal(self._generation)
            _sync_folder(self._generation)
            _write_whole(self._folder / CURRENT, self._generation.name + "\n")
        self._committed = True

    def _change(self, was: set[Quad], quads: Iterable[Quad]) -> None:
        """Writes the difference alone: building again mostly changes little."""
        new = [quad for quad in set(quads) if not _taken(was, quad)]
        for gone in was:
            self._open().remove(gone)
        self._open().bulk_extend(new)

    def end(self) -> None:
        """Closes the store, and deletes the generation unless it was committed."""
        self._store = None
        if not self._committed:
            shutil.rmtree(self._generation, ignore_errors=True)

    def _open(self) -> pyoxigraph.Store:
        if self._store is None:
            raise ValueError("this build has ended")
        return self._store


@contextmanager
def building(place: str | Path) -> Iterator[Building]:
    """A build of the graph in a folder; what was not committed at its end is gone.

    Raises:
        IrkgError: another process is building there, or the folder can't be written.
    """
    folder = Path(place)
    with _writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = _Lock(folder)
    try:
        with _writable(folder):
            _clean(folder)
            build = Building(folder, _next_generation(folder))
        try:
            yield build
        finally:
            build.end()
        with _writable(folder):
            _clean(folder)
    finally:
        lock.release()


def build_in_memory(quads: Iterable[Quad]) -> GraphStore:
    """A graph of these quads, and of the descriptions and links that follow from them."""
    store = pyoxigraph.Store()
    store.bulk_extend(quads)
    graph = GraphStore(store, "the graph in memory")
    store.extend(descriptions_in(graph))
    store.extend(list(fusion_quads(graph)))
    return graph


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IrkgError(f"{folder}: can't be written ({error}); if a graph was there, it is whole: make room, and build again") from error


class _Lock:
    """An advisory lock on the folder, which the system lets go of when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        opened = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(opened, 20).decode("ascii", "replace").strip()
            os.close(opened)
            raise IrkgError(f"{folder} is locked by another process (pid {holder}); wait for it or name another --store") from None
        os.truncate(opened, 0)
        os.write(opened, f"{os.getpid()}\n".encode())
        self._file: int | None = opened
        # A worker that outlives a killed build would otherwise hold the lock on.
        os.register_at_fork(after_in_child=self.release)

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _next_generation(folder: Path) -> Path:
    """A copy of the current generation under the next number; only its name where there is none."""
    current = current_generation(folder)
    number = int(current.name) + 1 if current else 1
    following = folder / GENERATIONS / f"{number:06}"
    following.parent.mkdir(exist_ok=True)
    if current:
        open_generation(current, str(folder)).backup(str(following))
    return following


def _clean(folder: Path) -> None:
    """Deletes what interrupted builds left, and generations older than the one before the current."""
    current = current_generation(folder)
    kept = {current.name, f"{int(current.name) - 1:06}"} if current else set()
    for generation in (folder / GENERATIONS).glob("*"):
        if generation.name not in kept:
            shutil.rmtree(generation)
    (folder / (CURRENT + _NEW)).unlink(missing_ok=True)


def _taken(quads: set[Quad], quad: Quad) -> bool:
    """Whether the quad was among them; it no longer is."""
    try:
        quads.remove(quad)
    except KeyError:
        return False
    return True


def _all_in(graph: NamedNode, quads: Iterable[Quad]) -> Iterator[Quad]:
    for quad in quads:
        if quad.graph_name != graph:
            raise ValueError(f"a quad of {quad.graph_name} among those of {graph}")
        yield quad


def _batches(quads: Iterator[Quad]) -> Iterator[list[Quad]]:
    while batch := list(islice(quads, BATCH)):
        yield batch


def _write_whole(path: Path, content: str) -> None:
    """Writes a file so that it is there whole or not at all, even after a power cut."""
    new = path.with_name(path.name + _NEW)
    with new.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
