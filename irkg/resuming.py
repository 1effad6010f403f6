"""What earlier builds left in the store's folder, so that the next one goes on from there::

    .irkg/
        shards/KEY.nq.gz    what one source says; kept as soon as it was read
        read.json           which key each source of the graph was read under

A build that was interrupted left shards, and the next one finds them. ``read.json`` tells more: that the graph itself holds
what is under the key. It is true of one generation, which it names; of any other it tells nothing.
"""

import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.store import current_generation
from irkg.shards import Shard, Told, unpack, unpack_told
from ontology.errors import IrkgError

SHARDS = "shards"
READ = "read.json"
_NEW = ".new"  # the ending of a file until it is whole


class Shards:
    """The shards in a store's folder, by their keys."""

    def __init__(self, store: Path) -> None:
        self._folder = store / SHARDS

    def told(self, key: str, place: str) -> Told | None:
        """What the reading told that is kept under a key; None where there is none, or a damaged one."""
        try:
            with self._path(key).open("rb") as file:
                return unpack_told(file, place)
        except OSError:
            return None

    def open(self, key: str, place: str) -> Shard:
        """The whole shard.

        Raises:
            IrkgError: it can't be read; it is gone after that, so that the next build reads the source again.
        """
        path = self._path(key)
        try:
            return unpack(path.read_bytes(), place)
        except (OSError, ValueError) as error:
            path.unlink(missing_ok=True)
            raise IrkgError(f"{path}: what was read of {place} is damaged ({error}); build again, and it is read anew") from error

    def keep(self, key: str, content: bytes) -> None:
        """Keeps a shard.

        Raises:
            IrkgError: it can't be written.
        """
        _write_whole(self._path(key), content)

    def clean(self, kept: Collection[str]) -> None:
        """Deletes all but those with these keys, and what was half written."""
        names = {self._path(key).name for key in kept}
        for path in self._folder.glob("*"):
            if path.name not in names:
                path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.nq.gz"


@dataclass(frozen=True, slots=True)
class InGraph:
    """By which rules the current generation was made, and under which key each of its graphs was read; graphs by their IRI."""

    rules: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


def in_graph(store: Path) -> InGraph:
    """What is known of the current generation; nothing where another hand wrote it."""
    try:
        known = json.loads((store / READ).read_text(encoding="utf-8"))
        if known["generation"] != _generation(store):
            return InGraph()
        return InGraph(str(known["rules"]), {str(graph): str(key) for graph, key in known["keys"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return InGraph()


def remember_in_graph(store: Path, known: InGraph) -> None:
    """Notes what is known of the current generation, to be called before the lock is let go.

    A build that is killed between its commit and this costs no more than loading the shards again.

    Raises:
        IrkgError: it can't be written.
    """
    said = {"generation": _generation(store), "rules": known.rules, "keys": dict(sorted(known.keys.items()))}
    _write_whole(store / READ, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def forget_in_graph(store: Path) -> None:
    """Deletes what is known of another generation than the current one, whose number the next one may have."""
    (store / READ).unlink(missing_ok=True)


def _generation(store: Path) -> str | None:
    generation = current_generation(store)
    return generation.name if generation else None


def _write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all, even after a power cut."""
    new = path.with_name(path.name + _NEW)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise IrkgError(f"{path}: can't be written: {error.strerror or error}") from error
