"""The process that is to fail: it writes a graph, old or new, or says which of them a store holds."""

import hashlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType

from pyoxigraph import Literal, NamedNode, Quad

from graph.building import building
from graph.store import open_store
from ontology.errors import IrkgError

ROOT = Path(__file__).parent.parent
GRAPHS = tuple(f"https://w3id.org/irkg/graph/{name}" for name in ("a", "b", "c"))
_QUADS = 1_500  # in each graph
_PREDICATE = NamedNode("https://example.org/says")
_LONGEST_S = 300


def write(store: Path, word: str, *, kill_at: int = 0, most_bytes: int = 0) -> subprocess.CompletedProcess[str]:
    """Has a process of its own write the graph of a word, which ends itself at a call (below 0: prints how many there are)."""
    return _run("write", str(store), word, str(kill_at), str(most_bytes))


def read(store: Path) -> subprocess.CompletedProcess[str]:
    """Has a process of its own, which may crash, print what a store holds."""
    return _run("read", str(store))


def held_by(store: Path) -> str:
    """``old`` or ``new`` where every graph is so and whole; else what there is.

    Raises:
        IrkgError: it can't be read.
    """
    graph = open_store(store)
    words = [_hash(str(quad.object).strip('"') for quad in graph.quads(name)) for name in GRAPHS]
    return next((word for word in ("old", "new") if words == [_hash(_words(word))] * len(GRAPHS)), f"a mixture: {words}")


def _hash(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(words)).encode()).hexdigest()[:8]


def _words(word: str) -> Iterator[str]:
    return (f"{word} {number}" for number in range(_QUADS))


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.faults_child", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=_LONGEST_S, check=False)


class _Calls:
    """Counts the calls that a build makes, and at one of them ends the process as nothing else does."""

    def __init__(self, kill_at: int) -> None:
        self.count, self._kill_at = 0, kill_at

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def write_here(store: Path, word: str, kill_at: int = 0, most_bytes: int = 0) -> None:
    """Has each graph hold some quads of a word, and no others."""
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    calls = _Calls(kill_at)
    if kill_at:
        sys.setprofile(calls)
    with building(store) as new:
        for name in GRAPHS:
            new.replace(name, _quads(NamedNode(name), word))
        commit = calls.count
        new.commit()
    total = calls.count
    sys.setprofile(None)
    if kill_at < 0:
        print(total, commit)


def _quads(graph: NamedNode, word: str) -> list[Quad]:
    return [Quad(NamedNode(f"https://example.org/{n}"), _PREDICATE, Literal(value), graph) for n, value in enumerate(_words(word))]


def _child(words: list[str]) -> int:
    try:
        if words[0] == "read":
            print(held_by(Path(words[1])))
        else:
            write_here(Path(words[1]), words[2], int(words[3]), int(words[4]))
    except IrkgError as error:
        print(f"irkg: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1:]))
