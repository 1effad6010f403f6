"""A store after a fault, in small; ``make faults`` tries each many more times, and kills whole programs and servers too."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import faults_of_stores as stores
from benchmarks.faults_child import held_by, write_here
from benchmarks.faults_tried import Fault, Tried
from graph.seals import SEAL, broken_seal
from graph.store import open_store
from ontology.errors import IrkgError


def tried(fault: Fault, times: int) -> set[str]:
    """What the store held after each try; none was lost."""
    if fault.skipped:
        pytest.skip(fault.skipped)
    assert fault.lost == []
    assert len(fault.tries) == times
    return {one.held for one in fault.tries}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two generations: ``old``, and after it ``new``, which counts."""
    store = tmp_path_factory.mktemp("built") / "store"
    for word in ("old", "new"):
        write_here(store, word)
    return store


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A copy of it, in which the two share files as they do in the first."""
    subprocess.run(["cp", "-a", str(built), str(tmp_path)], check=True)
    return tmp_path / "store"


def current(store: Path) -> Path:
    return store / "generations" / "000002"


def test_killed_while_it_writes(tmp_path: Path) -> None:
    assert tried(stores.killed_writing(tmp_path, 2), 2) <= {"old", "new"}


def test_killed_while_it_commits(tmp_path: Path) -> None:
    assert tried(stores.killed_commits(tmp_path, 4), 4) == {"old", "new"}


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    assert tried(stores.full_disk(tmp_path, 2), 2) <= {"old", "new"}


def test_a_file_that_can_not_grow(tmp_path: Path) -> None:
    assert tried(stores.files_too_large(tmp_path, 2), 2) <= {"old", "new"}


def test_a_lock_that_another_process_holds(tmp_path: Path) -> None:
    assert tried(stores.locked(tmp_path, 1), 1) == {"old"}


def emptied(content: bytes) -> bytes:
    return b""


def zeros(content: bytes) -> bytes:
    return bytes(len(content))


def halved(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    """One bit of each kilobyte."""
    return bytes(sign ^ 1 if place % 1024 == 10 else sign for place, sign in enumerate(content))


def without_its_last_record(content: bytes) -> bytes:
    """What no checksum of Oxigraph's sees: a whole manifest of an earlier moment."""
    return content[: list(stores.record_ends(content))[-2]]


BACK = "go back to what was built before (echo 000001 > {store}/CURRENT), or delete {store} and run irkg build again"


@pytest.mark.parametrize(
    ("files", "damage"),
    [(files, damage) for files in ("MANIFEST-*", "*.sst", "CURRENT") for damage in (emptied, zeros, halved, flipped)]
    + [("MANIFEST-*", without_its_last_record)],
)
def test_a_damaged_file_is_told_with_the_way_back(store: Path, files: str, damage: Callable[[bytes], bytes]) -> None:
    damaged = [path for path in current(store).glob(files) if path.stat().st_nlink == 1]
    assert damaged
    for path in damaged:
        path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(IrkgError) as refused:
        held_by(store)
    message = str(refused.value)
    assert message.startswith(f"{store}: the graph can't be read (")
    assert message.endswith(f"); {BACK.format(store=store)}")
    assert "\n" not in message
    (store / "CURRENT").write_text("000001\n", "utf-8")
    assert held_by(store) == "old"


def test_a_file_that_two_generations_share(store: Path) -> None:
    """A build copies by links, so what the disk does to such a file it does to both."""
    shared = [path for path in current(store).glob("*.sst") if path.stat().st_nlink == 2]
    assert shared
    for path in shared:
        path.write_bytes(flipped(path.read_bytes()))
    for _ in ("the new one", "the old one"):
        with pytest.raises(IrkgError, match=rf"delete {store} and run irkg build again$"):
            held_by(store)
        (store / "CURRENT").write_text("000001\n", "utf-8")


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\xff\xfe", b"000002\n000001\n", bytes(7)])
def test_a_current_that_names_nothing(store: Path, content: bytes) -> None:
    (store / "CURRENT").write_bytes(content)
    with pytest.raises(IrkgError) as refused:
        open_store(store)
    assert str(refused.value) == (
        f"{store}/CURRENT: does not name a generation; go back to what was built before (echo 000002 > {store}/CURRENT), "
        f"or delete {store} and run irkg build again"
    )


def test_a_generation_that_is_gone(store: Path) -> None:
    (store / "CURRENT").write_text("000007\n", "utf-8")
    with pytest.raises(IrkgError, match=r"echo 000002 > "):
        open_store(store)


def test_a_seal_is_of_the_beginning_for_a_manifest_grows(store: Path) -> None:
    (manifest,) = current(store).glob("MANIFEST-*")
    whole = manifest.read_bytes()
    assert broken_seal(current(store)) is None
    manifest.write_bytes(whole + b"more")
    assert broken_seal(current(store)) is None
    manifest.write_bytes(whole[:-1])
    assert broken_seal(current(store)) == f"{manifest} was changed or cut off"
    manifest.unlink()
    assert broken_seal(current(store)) == f"{manifest} was changed or cut off"


@pytest.mark.parametrize("words", ["fish", "fish 3", "../../CURRENT 1 abc", "MANIFEST 9999999999999999999999 x"])
def test_a_seal_that_is_none(store: Path, words: str) -> None:
    (current(store) / SEAL).write_text(words, "utf-8")
    assert broken_seal(current(store)) is not None
    (current(store) / SEAL).write_bytes(b"\xff")
    assert broken_seal(current(store)) == f"{current(store)}/{SEAL} can't be read"
    (current(store) / SEAL).unlink()
    assert broken_seal(current(store)) is None  # one of an earlier version of irkg


def test_what_is_lost_is_counted_and_fails() -> None:
    fault = Fault("a fault", (Tried("a", "old"), Tried("b", "neither", "why"), Tried("c", "new")))
    assert fault.lost == [Tried("b", "neither", "why")]
    assert fault.line().split() == ["a", "fault", "3", "2", "1", "1", "neither,", "1", "new,", "1", "old"]
    assert Fault("a fault", skipped="no rights").line().split() == ["a", "fault", "not", "tried:", "no", "rights"]
