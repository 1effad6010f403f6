"""Faults of a process that writes a store, and of the files of one."""

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults_child import held_by, read, write, write_here
from benchmarks.faults_tried import SEED, Fault, Tried
from graph.building import building
from graph.store import CURRENT, GENERATIONS
from ontology.errors import IrkgError

_ANEW = "delete {} and run irkg build again"
_LOCKED = "is locked by another process"
_AROUND_THE_SWAP = 400  # calls before the end of a build
_MOST_NEEDED = 6_000_000  # bytes; with so much room the new graph is written
_NOT_WRITTEN = "can't be written"


def killed_writing(folder: Path, times: int) -> Fault:
    """``kill -9`` of a process that writes a graph, at any moment from its lock to its end."""
    store = _stored(folder)
    total, _ = _calls(store)
    return Fault("kill -9 while a graph is written", tuple(_killed(store, moment) for moment in _moments(times, 0, total)))


def killed_commits(folder: Path, times: int) -> Fault:
    """The same during the commit, which is short: half of the moments around the one from which the new graph counts."""
    store = _stored(folder)
    total, commit = _calls(store)
    moments = [*_moments(times // 2, commit, total), *_moments(times - times // 2, total - _AROUND_THE_SWAP, total)]
    return Fault("kill -9 during the commit", tuple(_killed(store, moment) for moment in moments))


def full_disk(folder: Path, times: int) -> Fault:
    """A file system in memory that has no room for all of the new graph."""
    name, store = "a full disk (a small tmpfs)", _stored(folder)
    disk = folder / "disk"
    disk.mkdir()
    if not _mount(disk, 1 << 20):
        return Fault(name, skipped="needs the right to mount a tmpfs (root)")
    _unmount(disk)
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    tries = []
    for number in range(times):
        room = size + random.Random(SEED + number).randrange(50_000, _MOST_NEEDED)
        _mount(disk, room)
        try:
            shutil.copytree(store, disk / "store")
            tries.append(_judged(f"{room} bytes of room", disk / "store", write(disk / "store", "new"), _NOT_WRITTEN, again=False))
        finally:
            _unmount(disk)
    return Fault(name, tuple(tries))


def files_too_large(folder: Path, times: int) -> Fault:
    """A limit on the size of files, which fails a write as a full disk does and needs no rights."""
    store = _stored(folder)
    tries = []
    for number in range(times):
        limit = random.Random(SEED + number).randrange(100, _MOST_NEEDED)
        with _copied(store) as copy:
            tries.append(_judged(f"files of at most {limit} bytes", copy, write(copy, "new", most_bytes=limit), _NOT_WRITTEN))
    return Fault("a write that fails (files of a limited size)", tuple(tries))


def locked(folder: Path, times: int) -> Fault:
    """Builds beside one that holds the lock."""
    store = _stored(folder)
    with building(store):
        tries = [_judged("another build", store, write(store, "new"), f"{_LOCKED} (pid {os.getpid()})", again=False) for _ in range(times)]
    return Fault("a store locked by another process", tuple(tries))


def corrupted(folder: Path, times: int) -> Fault:
    """Each file of the generation that counts with a bit flipped, cut off, and emptied; the manifest cut at each of its records."""
    store = _stored(folder)
    write(store, "new")
    current = store / GENERATIONS / (store / CURRENT).read_text("utf-8").strip()
    tries = [_damaged(store, path, damage) for path in [store / CURRENT, *sorted(current.iterdir())] for damage in _damages(path, times)]
    return Fault("a corrupted file", tuple(tries))


# ---------------------------------------------------------------- how one is tried and judged


def _killed(store: Path, moment: int) -> Tried:
    with _copied(store) as copy:
        ran = write(copy, "new", kill_at=moment)
        tried = _judged(f"killed at call {moment}", copy, ran, "")
        return tried if ran.returncode == -signal.SIGKILL else Tried(tried.what, tried.held, f"was not killed: {ran.stderr}")


def _judged(what: str, store: Path, ran: subprocess.CompletedProcess[str], message: str, *, again: bool = True) -> Tried:
    """A store after a fault; ``again`` tries another build in it."""
    held = _held(store)
    last = ran.stderr.strip().rpartition("\n")[2]
    if held not in ("old", "new"):
        return Tried(what, "neither", f"holds {held}")
    if ran.returncode == 0 and held == "old":
        return Tried(what, held, "the build said that it was done, and it was not")
    if ran.returncode > 0 and (message not in last or "irkg: " not in last):
        return Tried(what, held, f"says {last}")
    if again:
        write_here(store, "new")
        if _held(store) != "new":
            return Tried(what, held, "takes no other build")
    return Tried(what, held)


def _held(store: Path) -> str:
    try:
        return held_by(store)
    except IrkgError as error:
        return f"what can't be read: {error}"


def _damaged(store: Path, path: Path, damage: tuple[str, bytes]) -> Tried:
    """Reads a store with a damaged file in a process of its own, since it may crash; where it refuses, takes the way out that it says."""
    what = f"{path.name}: {damage[0]}"
    with _copied(store) as copy:
        (copy / path.relative_to(store)).write_bytes(damage[1])
        ran = read(copy)
        if ran.returncode == 0:
            held = ran.stdout.strip()
            return Tried(what, "new, unharmed") if held == "new" else Tried(what, "neither", f"holds {held}, and nothing is said")
        last = ran.stderr.strip().rpartition("\n")[2]
        if ran.returncode != 1 or "irkg: " not in last or not last.endswith(_ANEW.format(copy)):
            return Tried(what, "neither", f"ends with {ran.returncode}: {last}")
        if path.name == CURRENT:
            return Tried(what, "refused")
        (copy / CURRENT).write_text(f"{int(path.parent.name) - 1:06}\n", "utf-8")
        if path.stat().st_nlink > 1:  # one file of two generations, which a build copies by links
            return Tried(what, "refused, both share it", None if _held(copy).endswith(_ANEW.format(copy)) else "and what then is not said")
        return Tried(what, "refused, the one before whole", None if _held(copy) == "old" else "the old one is gone too")


def _damages(path: Path, times: int) -> Iterator[tuple[str, bytes]]:
    content = path.read_bytes()
    if not content or path.name.startswith("LOG"):
        return
    chance = random.Random(f"{SEED} {len(content)}")
    for _ in range(times):
        place = chance.randrange(len(content))
        yield f"bit flipped at {place}", content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
        place = chance.randrange(len(content))
        yield f"cut off at {place}", content[:place]
    yield "zeros", bytes(len(content))
    if path.name.startswith("MANIFEST"):
        yield from ((f"cut off after the record that ends at {end}", content[:end]) for end in list(record_ends(content))[:-1])


def record_ends(manifest: bytes) -> Iterator[int]:
    """Where the records of a manifest end: seven bytes of head, of which two are the length (RocksDB's log format)."""
    end = 0
    while end + 7 <= len(manifest):
        end += 7 + int.from_bytes(manifest[end + 4 : end + 6], "little")
        yield end


def _moments(times: int, first: int, last: int) -> list[int]:
    chance = random.Random(SEED)
    return [chance.randint(first + 1, last) for _ in range(times)]


def _calls(store: Path) -> tuple[int, int]:
    """How many calls a build makes, and after how many its commit begins."""
    with _copied(store) as copy:
        total, commit = write(copy, "new", kill_at=-1).stdout.split()
    return int(total), int(commit)


def _stored(folder: Path) -> Path:
    """A store that holds the old graph."""
    store = folder / "store"
    ran = write(store, "old")
    assert ran.returncode == 0, ran.stderr
    return store


@contextmanager
def _copied(store: Path) -> Iterator[Path]:
    copy = store.with_name("copy")
    subprocess.run(["cp", "-a", str(store), str(copy)], check=True)  # keeps the links between the generations
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


def _mount(place: Path, size: int) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    return shutil.which("mount") is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


def _unmount(place: Path) -> None:
    subprocess.run(["umount", str(place)], check=True)
