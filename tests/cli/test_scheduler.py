"""A build by the workers of a dask scheduler: the same bytes, whoever dies on the way."""

import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen

import pytest

from irkg.fingerprints import document_key, fingerprint, model_name
from irkg.readers import Readers, Result, Turn, read_ahead, read_batch
from irkg.resuming import Shards
from loaders.texts.documents import load_document
from loaders.texts.sources import Source
from ontology.errors import IrkgError

pytest.importorskip("distributed", reason="needs dask.distributed, the extra “cluster”")

Irkg = Callable[..., CompletedProcess[str]]
Build = Callable[..., "Popen[str]"]

NUMBER = 8
TEXT = """\
Early relations[edit]

On {day} May 1951, Norway recognised Malta.[1] In {day} days 4,000 fishermen from Norway arrived in Malta.[2]

In 1980, Norway purchased {day} drones from Malta in a deal worth $40 million.[3] On 29 February 1981, Norway opened a consulate in Gozo.[4]
"""
WAITS_S = 60

# What a worker loads before it works: a rule that has a mistake, which one document brings to light.
MISTAKE = """
import irkg.readers
from irkg.shards import read_shard

def read(document, language, reference):
    if document.source.id == "05":
        raise ZeroDivisionError("division by zero")
    return read_shard(document, language, reference)

irkg.readers.read_shard = read
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents, enough that the first is done long before the last."""
    folder = tmp_path_factory.mktemp("documents") / "reports"
    folder.mkdir()
    entries = []
    for number in range(1, NUMBER + 1):
        (folder / f"{number:02}.txt").write_text(TEXT.format(day=number), "utf-8")
        entries.append(f'[[source]]\nid = "report-{number:02}"\nfile = "{number:02}.txt"\nkind = "encyclopedia"\n')
    (folder / "sources.toml").write_text("\n".join(entries), "utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(documents: Path, irkg_process: Irkg) -> bytes:
    """The graph as one process builds it."""
    ran = irkg_process("build", documents, "--store", "alone", "-o", "alone.nq", cwd=documents.parent)
    assert ran.returncode == 0, ran.stderr
    return (documents.parent / "alone.nq").read_bytes()


class Cluster:
    """A scheduler on 127.0.0.1, and workers as they are started."""

    def __init__(self, folder: Path, environment: Mapping[str, str], stack: ExitStack) -> None:
        self._folder = folder
        self._environment = environment
        self._stack = stack
        self.scheduler = self._start("scheduler", "--port", "0", "--no-show")
        self.address = self._says(self.scheduler, r"Scheduler at: +(tcp://127\.0\.0\.1:\d+)")

    def worker(self, *options: object) -> "Popen[str]":
        """A worker that the scheduler knows, with nobody who starts it again."""
        worker = self._start("worker", self.address, "--no-nanny", "--nthreads", "1", "--memory-limit", "0", *options)
        self._says(worker, r"Registered to: +(tcp://127\.0\.0\.1:\d+)")
        return worker

    def _start(self, kind: str, *options: object) -> "Popen[str]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", "--no-dashboard", *map(str, options)]
        started = self._stack.enter_context(Popen(command, cwd=self._folder, env=self._environment, stderr=PIPE, text=True))
        self._stack.callback(started.kill)  # before the end of the context above, which waits
        return started

    @staticmethod
    def _says(process: "Popen[str]", pattern: str) -> str:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError(f"{process.args} ended with {process.wait()}")


@pytest.fixture
def cluster(tmp_path: Path, environment: Mapping[str, str]) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(tmp_path, environment, stack)


@pytest.fixture
def building(environment: Mapping[str, str], tmp_path: Path) -> Iterator[Build]:
    """Starts ``irkg build`` as a process of its own, to be listened to."""
    with ExitStack() as stack:

        def start(*args: object) -> "Popen[str]":
            command = [sys.executable, "-m", "irkg", "build", *map(str, args)]
            started = stack.enter_context(Popen(command, cwd=tmp_path, env=environment, stderr=PIPE, text=True))
            stack.callback(started.kill)
            return started

        yield start


def until_the_first(build: "Popen[str]") -> str:
    assert build.stderr is not None
    return next(line for line in build.stderr if line.endswith(" records\n"))


@pytest.mark.slow
def test_a_worker_that_is_killed_changes_no_byte(cluster: Cluster, building: Build, documents: Path, alone: bytes, tmp_path: Path) -> None:
    mortal, _ = cluster.worker(), cluster.worker()
    build = building(documents, "--store", "store", "--scheduler", cluster.address, "-o", "all.nq")
    assert re.fullmatch(r"report-01: \d+ records\n", until_the_first(build))
    mortal.send_signal(signal.SIGKILL)
    _, said = build.communicate(timeout=WAITS_S)
    assert build.returncode == 0, said
    assert mortal.wait() == -signal.SIGKILL
    assert (tmp_path / "all.nq").read_bytes() == alone
    told = [re.sub(r"\d+ (records|dates)", r"N \1", line.replace(str(documents), "")) for line in said.splitlines()]
    later = [f"{number:02}" for number in range(2, NUMBER + 1)]
    assert told[:-1] == [
        line for n in later for line in (f"warning: /{n}.txt:5: there is no 29 February 1981", f"report-{n}: N records")
    ]  # nothing of dask's
    assert told[-1].startswith(f"{NUMBER} sources in the graph: ")


@pytest.mark.slow
def test_a_scheduler_that_is_killed_ends_the_build_and_what_was_read_is_kept(
    cluster: Cluster, building: Build, documents: Path, alone: bytes, tmp_path: Path
) -> None:
    cluster.worker()
    build = building(documents, "--store", "store", "--scheduler", cluster.address)
    until_the_first(build)
    cluster.scheduler.kill()
    _, said = build.communicate(timeout=WAITS_S)
    assert build.returncode == 4
    last = said.splitlines()[-1]
    assert last == f"irkg: {cluster.address}: the scheduler is gone; what was read is kept, and another build goes on from there"
    assert not (tmp_path / "store" / "CURRENT").exists()
    again = building(documents, "--store", "store", "-o", "all.nq")
    _, said = again.communicate(timeout=WAITS_S)
    assert again.returncode == 0
    assert re.search(r"^report-01: unchanged, \d+ records$", said, re.MULTILINE)
    assert (tmp_path / "all.nq").read_bytes() == alone


@pytest.mark.slow
def test_a_document_that_fails_is_named_and_does_not_lose_the_others(
    cluster: Cluster, irkg_process: Irkg, documents: Path, tmp_path: Path
) -> None:
    (tmp_path / "mistake.py").write_text(MISTAKE, "utf-8")
    cluster.worker("--preload", tmp_path / "mistake.py")
    files = [Path(shutil.copy(documents / f"{number:02}.txt", tmp_path)).name for number in range(4, 8)]
    (tmp_path / "06.txt").write_bytes(b"\xff")
    call = ("build", *files, "--store", "store", "--scheduler", cluster.address)
    failure = "05.txt: reading failed at mistake.py:7 (ZeroDivisionError: division by zero); please report it"
    refused = irkg_process(*call, cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == f"irkg: {failure}; with --keep-going the build goes on without it"
    assert not (tmp_path / "store" / "CURRENT").exists()
    kept = irkg_process(*call, "--keep-going", cwd=tmp_path)
    assert kept.returncode == 0, kept.stderr
    *lines, summary = [
        re.sub(r"(unchanged, )?\d+ records", "N records", line) for line in kept.stderr.splitlines() if "warning: " not in line
    ]
    assert lines == [
        "04: N records",
        f"left out: {failure}",
        "left out: 06.txt: is not UTF-8 at byte 0; convert it first",
        "07: N records",
    ]
    assert re.fullmatch(r"2 sources in the graph: .*; left out: 05, 06", summary)


def test_where_no_scheduler_is(refused: Callable[..., str], documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("irkg.clusters.CONNECT_S", 0.5)
    message = refused(4, "build", documents, "--store", tmp_path / "store", "--scheduler", "tcp://127.0.0.1:1")
    assert message == "tcp://127.0.0.1:1: no scheduler answers there; start one with dask scheduler"
    assert not (tmp_path / "store").exists()


def test_a_scheduler_without_workers(
    cluster: Cluster, refused: Callable[..., str], documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("irkg.clusters.CONNECT_S", 2)
    message = refused(4, "build", documents, "--store", tmp_path / "store", "--scheduler", cluster.address)
    assert message == f"{cluster.address}: the scheduler has no workers; start some with dask worker {cluster.address}"


@pytest.mark.parametrize("address", ["", "cluster", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://127.0.0.1:99999"])
def test_what_is_no_address(refused: Callable[..., str], documents: Path, address: str) -> None:
    message = refused(2, "build", documents, "--scheduler", address)
    assert message == f"--scheduler {address}: is no address of a scheduler; it looks like tcp://host:8786"


def test_processes_of_this_machine_and_a_scheduler_are_two_ways(refused: Callable[..., str], documents: Path) -> None:
    message = refused(2, "build", documents, "--scheduler", "tcp://127.0.0.1:8786", "--jobs", "2")
    assert message == "--jobs is for processes on this machine; with --scheduler leave it out"


def test_without_dask(refused: Callable[..., str], documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    message = refused(1, "build", documents, "--scheduler", "tcp://127.0.0.1:8786")
    assert message == "--scheduler needs dask.distributed, which is not installed; pip install 'irkg[cluster]'"


# The bookkeeping, with an executor that loses what we want


class Loser(Executor):
    """Runs batches here, and loses each that holds a document of this name."""

    def __init__(self, name: str) -> None:
        self.given: list[list[str]] = []
        self._name = name

    def submit(self, fn: Callable[..., Sequence[Result]], /, *args: object, **kwargs: object) -> "Future[Sequence[Result]]":  # type: ignore[override]
        documents = args[0]
        assert isinstance(documents, list)
        self.given.append([document.source.id for document in documents])
        future: Future[Sequence[Result]] = Future()
        if self._name in self.given[-1]:
            future.set_exception(MemoryError())
        else:
            future.set_result(fn(*args))
        return future


def turns(folder: Path) -> Iterator[tuple[Turn, object]]:
    for place in sorted(folder.glob("*.txt")):
        document = load_document(Source(place.stem, str(place), place.stem, "news"))
        yield Turn(document.source, document_key(document, fingerprint(model_name())), is_new=True), document


def test_of_a_batch_that_is_lost_the_culprit_alone_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("irkg.readers.read_shard", lambda document, *_: document.raw.encode())
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(f"The text {name}.", "utf-8")
    loser = Loser("b")
    shards = Shards(tmp_path / "store")
    found = list(read_ahead(turns(tmp_path), Readers(loser, 2, 3, lambda error: None), shards, model_name()))  # type: ignore[arg-type]
    assert loser.given == [["a", "b", "c"], ["a"], ["b"], ["c"], ["d", "e"]]
    assert [turn.source.id for turn in found] == list("abcde")
    assert {turn.source.id: str(turn.failure) for turn in found if turn.failure} == {
        "b": f"{tmp_path}/b.txt: each process that read it came to an end (out of memory?)"
    }
    assert len(list((tmp_path / "store" / "shards").iterdir())) == 4


def test_a_batch_has_so_many_characters_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("irkg.readers.read_shard", lambda document, *_: document.raw.encode())
    monkeypatch.setattr("irkg.readers.MOST_CHARACTERS", 30)
    for name, length in (("a", 10), ("b", 15), ("c", 100), ("d", 20), ("e", 20)):
        (tmp_path / f"{name}.txt").write_text(name * length, "utf-8")
    loser = Loser("none")
    found = list(read_ahead(turns(tmp_path), Readers(loser, 1, 9, lambda error: None), Shards(tmp_path), model_name()))  # type: ignore[arg-type]
    assert loser.given == [["a", "b"], ["c"], ["d"], ["e"]]
    assert [turn.failure for turn in found] == [None] * 5


def test_another_version_of_a_worker_is_refused() -> None:
    with pytest.raises(IrkgError, match="a worker has another version of irkg"):
        read_batch([], model_name(), "another")
