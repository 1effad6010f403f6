"""What a reading depends on, as hashes: a source whose key is the same as before need not be read again.

A key is made from the text, from what is said of the source, from the rules with their word lists and reference data, and
from the language model. Where the source lies does not count, since nothing in the graph depends on it.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from loaders.texts.documents import Document
from loaders.texts.language import DEFAULT_MODEL, MODEL_SETTING, load_language
from loaders.texts.sources import Source

_LIBRARIES = ("edtf", "pyoxigraph", "spacy")  # other versions of these may read or write otherwise
_OF_NO_RECORD = frozenset({"__pycache__", "views"})  # a view draws what is in the graph and puts nothing there


def model_name() -> str:
    """The language model that reads here: a package, or a folder."""
    return os.environ.get(MODEL_SETTING) or DEFAULT_MODEL


@cache
def fingerprint(model: str) -> str:
    """Of all that reads a document but the document itself.

    Raises:
        UsageError: the model is not installed.
    """
    return _hash(rules(), *(version(library) for library in _LIBRARIES), _model(model))


@cache
def rules() -> str:
    """Of the code, the word lists, the reference data and the shapes, as they are installed."""
    packages = [files(package) for package in ("graph", "loaders", "ontology")]
    return _content([*packages, files("irkg") / "shards.py", files("irkg") / "tables.py"])


def document_key(document: Document, reader: str) -> str:
    """The key of a document; ``reader`` is the ``fingerprint`` of what reads it."""
    return _hash(reader, repr(replace(document, source=_placeless(document.source), notes=())))


def table_key(source: Source, file_hash: str, parties: Iterable[str]) -> str:
    """The key of a data set, which no language model reads."""
    return _hash(rules(), repr(_placeless(source)), file_hash, *sorted(parties))


def _placeless(source: Source) -> Source:
    return replace(source, place="", guessed=frozenset())


def _model(name: str) -> str:
    """A package by its version; a folder by what is in it, since it may have been trained anew under the same version."""
    if Path(name).is_dir():
        return _content([Path(name)])
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} {load_language(name).meta['version']}"


def _content(places: Iterable[Traversable]) -> str:
    return _hash(
        *(part for place in places for file in _files(place) for part in (file.name, hashlib.sha256(file.read_bytes()).hexdigest()))
    )


def _files(place: Traversable) -> Iterator[Traversable]:
    if place.is_file():
        yield place
        return
    for inner in sorted(place.iterdir(), key=lambda inner: inner.name):
        if inner.name not in _OF_NO_RECORD:
            yield from _files(inner)


def _hash(*parts: str) -> str:
    """Of the parts in their order; where one ends and the next begins counts."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8))
        digest.update(content)
    return digest.hexdigest()
