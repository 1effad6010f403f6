"""The processes that answer, one request at a time each.

An engine sets the system's alarm before it begins; when the alarm rings, the system ends the process, whatever it
does. Nothing within the process could stop a query for certain: neither Oxigraph's own time limit nor its server's
reaches a query that sorts, joins or counts and finds nothing. Another engine takes the place of one that ended.

An engine ends when its input does, thus with the front, and at the latest when its alarm rings. What goes between the two is a
line of JSON and the bytes of a body: nothing that either side sends can make the other run anything.
"""

import contextlib
import json
import os
import queue
import resource
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from graph.store import GraphStore, current_generation, open_store
from irkg.serving.messages import RefusalError, Request, Response

MOST_MEMORY = 2 << 30  # bytes of data that an engine may hold; a sort of everything with everything would take all there is


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take: seconds, and bytes of its body."""

    seconds: float
    bytes: int


class _Ended(Exception):
    """The process of an engine is gone."""


class _Engine:
    """One process, seen from the front."""

    def __init__(self, store: Path, limits: Limits) -> None:
        command = [sys.executable, "-m", "irkg.serving.engines", str(store), str(limits.seconds), str(limits.bytes)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    @property
    def pid(self) -> int:
        return self._process.pid

    def answer(self, request: Request) -> Response:
        """Its response.

        Raises:
            _Ended: it ended before it had one; the argument is the number of the signal that ended it, or 0.
        """
        assert self._process.stdin and self._process.stdout
        try:
            _send(self._process.stdin, request)
            told = _received(self._process.stdout)
        except (OSError, EOFError):
            self.end()
            raise _Ended(max(0, -self._process.returncode)) from None
        return Response(**{**told, "headers": tuple((name, value) for name, value in told["headers"])})

    def is_there(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """Ends the process, if it has not ended, and waits until it has."""
        assert self._process.stdin and self._process.stdout
        # Closing its input asks it to end. One that is in the middle of an answer does not look.
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()  # not before: a thread that waits for the answer holds it


class Engines:
    """Some engines over one store. ``answer`` may be called from any thread."""

    def __init__(self, store: Path, limits: Limits, count: int) -> None:
        self._store, self._limits, self._count = store, limits, count
        self._idle: queue.SimpleQueue[_Engine] = queue.SimpleQueue()
        self._all: set[_Engine] = set()
        self._closed = False
        for _ in range(count):
            self._idle.put(self._started())

    def answer(self, request: Request) -> Response:
        """The response of the first engine that is free.

        Raises:
            RefusalError: 503, where none gets free in time, or where the time or the memory is out.
        """
        try:
            engine = self._idle.get(timeout=self._limits.seconds)
        except queue.Empty:
            reason = f"all {self._count} engines have been busy for {self._limits.seconds:g} s; try again later"
            raise RefusalError(503, reason, (("Retry-After", f"{max(1, round(self._limits.seconds))}"),)) from None
        if not engine.is_there():
            engine = self._replaced(engine)
        try:
            return engine.answer(request)
        except _Ended as ended:
            engine = self._replaced(engine)
            raise RefusalError(503, self._reason(int(ended.args[0]))) from None
        finally:
            self._idle.put(engine)

    def pids(self) -> list[int]:
        """The processes, for whoever measures them."""
        return [engine.pid for engine in self._all]

    def close(self) -> None:
        """Ends every engine."""
        self._closed = True
        for engine in list(self._all):
            engine.end()

    def _started(self) -> _Engine:
        engine = _Engine(self._store, self._limits)
        self._all.add(engine)
        return engine

    def _replaced(self, engine: _Engine) -> _Engine:
        engine.end()
        if self._closed:
            return engine
        self._all.discard(engine)
        return self._started()

    def _reason(self, ended_by: int) -> str:
        if ended_by == signal.SIGALRM:
            return f"stopped after {self._limits.seconds:g} s, which is as long as an answer may take (--timeout-s); narrow the question"
        return f"the answer took more than {MOST_MEMORY >> 30} GB of memory, or broke the engine; narrow the question"


def _send(stream: IO[bytes], message: Request | Response) -> None:
    """One line that says all but the body and how long that is, and the body."""
    told = asdict(message)
    body: bytes = told.pop("body")
    stream.write(json.dumps({**told, "length": len(body)}).encode("ascii") + b"\n")
    stream.write(body)
    stream.flush()


def _received(stream: IO[bytes]) -> dict[str, Any]:
    """The fields of a message.

    Raises:
        EOFError: the stream ends before it does.
    """
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    told: dict[str, Any] = json.loads(line)
    told["body"] = stream.read(length := told.pop("length"))
    if len(told["body"]) < length:
        raise EOFError
    return told


# ---------------------------------------------------------------- within the process


class _Graph:
    """The graph that counts now; a build that ends while the server runs is seen by the next request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._generation: Path | None = None
        self._store: GraphStore | None = None

    def now(self) -> GraphStore:
        generation = current_generation(self._folder)
        if self._store is None or generation != self._generation:
            self._store, self._generation = open_store(self._folder), generation
        return self._store


def _main(folder: Path, limits: Limits) -> None:
    """Answers what comes in by stdin until it ends."""
    from irkg.serving.routes import respond

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the front's to handle; it ends its engines
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints does not print among the answers
    graph = _Graph(folder)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            request = Request(**_received(sys.stdin.buffer))
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            response = respond(graph.now, request, limits.bytes)
            signal.setitimer(signal.ITIMER_REAL, 0)
            _send(answers, response)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Limits(float(sys.argv[2]), int(sys.argv[3])))
