"""What was fetched, kept beside the graph with its time and hash, so that a build can be repeated without the network.

::

    STORE/fetched/
        0f3a….json      an answer by the hash of its question: the address, the time, the type, the hash of the content
        9c1b….bin       a content by its own hash

Nothing of it goes into the graph but what a page itself says, so that no clock does.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from graph.exports import write_whole
from loaders.texts.wire import Answer
from ontology.errors import IrkgError, UnreachableError

FETCHED = "fetched"  # in the store's folder


@dataclass(frozen=True, slots=True)
class Fetching:
    """How a run fetches: the folder where it keeps answers, whether only those kept count, whether private addresses may be asked.

    ``fresh`` are the questions that this run has asked. It asks none twice, so that all of it sees one and the same answer.
    """

    folder: Path | None = None
    offline: bool = False
    private: bool = False
    fresh: set[str] = field(default_factory=set)


_UNTOLD = Fetching()
_now: ContextVar[Fetching] = ContextVar("fetching", default=_UNTOLD)


@contextmanager
def fetching_as(fetching: Fetching) -> Iterator[None]:
    """Has everything that is fetched within, by this thread, be fetched so."""
    token = _now.set(fetching)
    try:
        yield
    finally:
        _now.reset(token)


def fetching_now() -> Fetching:
    """How this run fetches."""
    return _now.get()


def recalled(question: str) -> Answer | None:
    """The answer that was kept; None where the network is to be asked.

    Raises:
        UnreachableError: there is none, and the network must not be asked.
        IrkgError: it is no longer what was fetched, or can't be read.
    """
    fetching = _now.get()
    if not fetching.offline and question not in fetching.fresh:
        return None
    if fetching.folder is None:
        raise UnreachableError(f"{question}: is not kept, and the network is not to be asked")
    return _read(fetching.folder, question)


def keep(question: str, answer: Answer, *, revision: str | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
    """Keeps an answer, where this run keeps any.

    Raises:
        IrkgError: it can't be written.
    """
    fetching = _now.get()
    folder = fetching.folder
    if folder is None:
        return
    hash_ = hashlib.sha256(answer.content).hexdigest()
    known = {
        "asked": question, "address": answer.address, "fetched": clock().strftime("%Y-%m-%dT%H:%M:%SZ"), "content_type": answer.kind,
        "charset": answer.charset, "sha256": hash_, "bytes": len(answer.content), "revision": revision,
    }  # fmt: skip
    write_whole(_content_path(folder, hash_), answer.content)  # first: what names it must find it
    write_whole(_path(folder, question), (json.dumps(known, ensure_ascii=False, indent=1) + "\n").encode())
    fetching.fresh.add(question)


def _read(folder: Path, question: str) -> Answer:
    path = _path(folder, question)
    try:
        known = json.loads(path.read_bytes())
        content = _content_path(folder, known["sha256"]).read_bytes()
        answer = Answer(content, known["content_type"], known["address"], known["charset"])
    except FileNotFoundError:
        raise UnreachableError(f"{question}: was never fetched, or is not in {folder} any more; build it once without --offline") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise _changed(path) from None
    if hashlib.sha256(content).hexdigest() != known["sha256"]:
        raise _changed(_content_path(folder, known["sha256"]))
    return answer


def _changed(path: Path) -> IrkgError:
    return IrkgError(f"{path}: is no longer what was fetched; delete it and build once without --offline")


def _path(folder: Path, question: str) -> Path:
    return folder / f"{hashlib.sha256(question.encode()).hexdigest()}.json"


def _content_path(folder: Path, hash_: str) -> Path:
    return folder / f"{hash_}.bin"
