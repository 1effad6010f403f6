"""A seal on a generation that is whole: how its manifest began when it was committed.

Oxigraph checks the blocks of its files, and refuses what was changed. One thing it can't see: a manifest that lost its end where
one of its records ends is the manifest of an earlier moment, and the graph of that moment is part of ours. The seal sees it.
A manifest only grows, so what was sealed stays its beginning.
"""

import hashlib
import os
from pathlib import Path

SEAL = "SEAL"
_MANIFESTS = "MANIFEST-*"


def seal(generation: Path) -> None:
    """Seals a generation whose store was closed. It is for the caller to write the folder through to the disk."""
    with (generation / SEAL).open("w", encoding="utf-8") as file:
        file.writelines(f"{_mark(path, path.stat().st_size)}\n" for path in _manifests(generation))
        file.flush()
        os.fsync(file.fileno())


def is_sealed(generation: Path) -> bool:
    """Was it ever whole?"""
    return (generation / SEAL).is_file()


def broken_seal(generation: Path) -> str | None:
    """What is no longer as it was sealed; None where all is, or nothing was sealed."""
    try:
        marks = (generation / SEAL).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return f"{generation / SEAL} can't be read"
    for mark in marks:
        name, _, size = mark.rpartition(" ")[0].partition(" ")
        if not size.isdecimal() or not _is_intact(generation / Path(name).name, int(size), mark):
            return f"{generation / Path(name).name} was changed or cut off"
    return None


def _is_intact(path: Path, size: int, mark: str) -> bool:
    try:
        return path.stat().st_size >= size and _mark(path, size) == mark
    except OSError:
        return False


def _mark(path: Path, size: int) -> str:
    """The name of a file, a length, and the hash of that much of it."""
    with path.open("rb") as file:
        return f"{path.name} {size} {hashlib.sha256(file.read(size)).hexdigest()}"


def _manifests(generation: Path) -> list[Path]:
    return sorted(generation.glob(_MANIFESTS))
