"""The texts that were extracted from pages, kept beside the graph by their hash, so that evidence can be verified later."""

import hashlib
from pathlib import Path

from graph.exports import write_whole
from ontology.errors import IrkgError

TEXTS = "texts"  # in the store's folder


def text_hash(text: str) -> str:
    """The SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def keep_text(store: Path, text: str) -> None:
    """Keeps a text; one that is there already stays as it is.

    Raises:
        IrkgError: it can't be written.
    """
    path = _path(store, text_hash(text))
    if not path.exists():
        write_whole(path, text.encode("utf-8"))


def kept_text(store: Path, hash_: str) -> str | None:
    """The text with a hash; None where none is kept.

    Raises:
        IrkgError: it is no longer what it was, or can't be read.
    """
    path = _path(store, hash_)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IrkgError(f"{path}: can't be read: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != hash_:
        raise IrkgError(f"{path}: is no longer the text that was read; delete it and build the source again")
    return content.decode("utf-8")


def _path(store: Path, hash_: str) -> Path:
    return store / TEXTS / f"{hash_}.txt"
