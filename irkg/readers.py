"""Who reads documents: this process, several, or a cluster; and their shards in the order of the sources.

All of them do one step, ``read_batch``. Documents are given out as long as there is room, shards go to the store's folder in
whatever order they come, and a source has its turn when its shard is there. So no process holds more than a few of them.
"""

import multiprocessing
import os
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from irkg.fingerprints import fingerprint
from irkg.resuming import Shards
from irkg.shards import read_shard
from loaders.texts.documents import Document
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.errors import IrkgError
from ontology.reference import load_reference

Result = bytes | IrkgError
"""A shard, or why there is none."""

MOST_CHARACTERS = 200_000
"""Of the documents of a batch together; one that is longer is a batch of its own."""

_P = ParamSpec("_P")
_T = TypeVar("_T")

# A worker of a cluster may run several batches in threads. A language model is not made for that, and nothing would be faster.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Turn:
    """A source whose turn has come: its shard is there under ``key``, or ``failure`` says why not.

    ``is_new``: it was not there before. The rows of a new data set are not read yet: they stream through the main process.
    """

    source: Source
    key: str = ""
    is_new: bool = False
    notes: tuple[str, ...] = ()
    file_hash: str = ""  # of a data set
    failure: IrkgError | None = None


@dataclass(frozen=True, slots=True)
class Readers:
    """An executor, and how much it is given: batches under way at once, and documents of a batch.

    ``explain`` says what it means that the executor lost a batch; None where one of the documents is to blame.
    ``check`` is called when no batch was done for ``patience_s``; it raises when none will ever be.
    """

    executor: Executor
    batches: int
    documents: int
    explain: Callable[[Exception], IrkgError | None]
    check: Callable[[], None] = lambda: None
    patience_s: float | None = None


def read_batch(documents: Sequence[Document], model: str, reader: str) -> list[Result]:
    """Reads documents: the step that is the same wherever it runs. One that fails does not lose the others.

    Raises:
        IrkgError: what would read here has another ``fingerprint`` than the ``reader`` that was asked for.
    """
    with _ONE_AT_A_TIME:
        if fingerprint(model) != reader:
            raise IrkgError("a worker has another version of irkg, of its libraries or of the language model; install the same everywhere")
        return [_shard_or_failure(document, model) for document in documents]


@contextmanager
def readers(jobs: int) -> Iterator[Readers]:
    """This process, or several."""
    if jobs < 2:
        yield Readers(_Here(), batches=1, documents=1, explain=_no_loss)
        return
    pool = ProcessPoolExecutor(jobs, initializer=_end_with_parent)
    try:
        yield Readers(pool, batches=2 * jobs, documents=1, explain=_process_lost)
    finally:
        pool.shutdown(cancel_futures=True)


def read_ahead(sources: Iterable[tuple[Turn, Document | None]], readers: Readers, shards: Shards, model: str) -> Iterator[Turn]:
    """The sources in their order, each when its shard is there; a document is given for those that are to be read.

    Raises:
        IrkgError: the readers are lost, or a shard can't be written. What was read until then is kept.
    """
    ahead = _Ahead(readers, shards, model)
    turns: deque[Turn] = deque()
    for turn, document in sources:
        turns.append(turn)
        if document is not None:
            ahead.read(turn.key, document)
        while turns and ahead.is_done(turns[0].key):
            yield ahead.finished(turns.popleft())
    for turn in turns:
        ahead.wait_for(turn.key)
        yield ahead.finished(turn)


class _Ahead:
    """The documents that are being read, and what came of those that were."""

    def __init__(self, readers: Readers, shards: Shards, model: str) -> None:
        self._readers = readers
        self._shards = shards
        self._model = model
        self._batch: dict[str, Document] = {}
        self._running: dict[Future[list[Result]], dict[str, Document]] = {}
        self._unread: set[str] = set()
        self._failures: dict[str, IrkgError] = {}

    def read(self, key: str, document: Document) -> None:
        """Has a document read; waits while there is no room."""
        if sum(len(other.raw) for other in self._batch.values()) + len(document.raw) > MOST_CHARACTERS:
            self._submit()
        self._batch[key] = document
        self._unread.add(key)
        if len(self._batch) >= self._readers.documents:
            self._submit()
        self._collect(0)
        while len(self._running) >= self._readers.batches:
            self._collect(self._readers.patience_s)

    def is_done(self, key: str) -> bool:
        return key not in self._unread

    def wait_for(self, key: str) -> None:
        self._submit()
        while not self.is_done(key):
            self._collect(self._readers.patience_s)

    def finished(self, turn: Turn) -> Turn:
        failure = self._failures.pop(turn.key, None)
        return replace(turn, failure=failure) if failure else turn

    def _submit(self) -> None:
        if self._batch:
            self._give(self._batch)
            self._batch = {}

    def _give(self, batch: dict[str, Document]) -> None:
        try:
            future = self._readers.executor.submit(read_batch, list(batch.values()), self._model, fingerprint(self._model))
        except Exception as error:  # the executor is broken; its other batches are lost in the same way
            future = Future()
            future.set_exception(error)
        self._running[future] = batch

    def _collect(self, seconds: float | None) -> None:
        """Keeps the shards of all batches that are done, after waiting so long for one; without a limit for None."""
        done, _ = wait(self._running, seconds, FIRST_COMPLETED)
        if not done and seconds:
            self._readers.check()
        for future in done:
            batch = self._running.pop(future)
            for key, result in self._results(future, batch).items():
                if isinstance(result, IrkgError):
                    self._failures[key] = result
                else:
                    self._shards.keep(key, result)
                self._unread.remove(key)

    def _results(self, future: Future[list[Result]], batch: dict[str, Document]) -> dict[str, Result]:
        """What came of the documents of a batch. If it was lost by one's fault each is read again alone, to know which."""
        try:
            return dict(zip(batch, future.result(), strict=True))
        except IrkgError:
            raise
        except Exception as error:
            if explained := self._readers.explain(error):
                raise explained from error
        if len(batch) == 1:
            ((key, document),) = batch.items()
            return {key: IrkgError(f"{document.source.place}: each process that read it came to an end (out of memory?)")}
        for key, document in batch.items():
            self._give({key: document})
        return {}


class _Here(Executor):
    """Runs what it is given at once, in this process."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _shard_or_failure(document: Document, model: str) -> Result:
    try:
        return read_shard(document, load_language(model), load_reference())
    except IrkgError as error:
        return error
    except Exception as error:  # a mistake of a rule must not lose the other documents
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(at.filename).name}:{at.lineno}"
        return IrkgError(f"{document.source.place}: reading failed at {where} ({type(error).__name__}: {error}); please report it")


def _no_loss(error: Exception) -> IrkgError | None:
    raise error


def _process_lost(error: Exception) -> IrkgError | None:
    if isinstance(error, BrokenProcessPool):
        return IrkgError(
            "a process that read documents was ended from outside (out of memory?); try fewer --jobs. What was read before is kept"
        )
    raise error


def _end_with_parent() -> None:
    """Ends this worker when the build is killed; it would wait for documents for ever."""

    def watch() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
