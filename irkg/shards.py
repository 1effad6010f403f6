"""A shard: all that one document says, as N-Quads in a gzip file. Whoever reads the document makes the same bytes.

Its first line is a comment with what else the reading told, so that one file has everything and is still N-Quads. A data
set, whose rows stream into the store, has a shard of that line alone.
"""

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat
from spacy.language import Language

from graph.records import Record
from graph.shapes import validate_source
from graph.triples import SourceDescription, Surroundings, document_quads, surroundings
from irkg.keeping import text_hash
from loaders.reading import Reading, read_document
from loaders.texts.documents import Document
from loaders.texts.sources import Source
from ontology.errors import ConformanceError
from ontology.reference import Reference

_LANGUAGE_READ = "en"
_HERE = "\0"  # the source's place in a message that is kept: it may be another one next time. No path holds a zero byte


@dataclass(frozen=True, slots=True)
class Told:
    """What a reading told beside its quads: how many records of each type, and what was amiss."""

    records: Counter[str]
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that was opened."""

    told: Told
    nquads: bytes


def read_shard(document: Document, language: Language, reference: Reference) -> bytes:
    """Reads a document and makes its shard.

    Raises:
        ConformanceError: its records break the shapes.
    """
    reading = read_document(document, language, reference)
    records = reading.records
    quads = list(document_quads(describe(document), ((r, _around(document, r)) for r in records)))
    place = document.source.place
    if violations := validate_source(quads):
        raise ConformanceError(f"{place}: {len(violations)} records do not conform, the first: {violations[0]}")
    told = Told(Counter(record.record for record in records), tuple(problems(document, reading)))
    return pack(told, place, pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b"")


def pack(told: Told, place: str, nquads: bytes = b"") -> bytes:
    """The bytes of a shard; the messages no longer name the place."""
    messages = [message.replace(f" {place}:", f" {_HERE}:", 1) for message in told.messages]
    head = json.dumps({"records": dict(sorted(told.records.items())), "messages": messages})
    return gzip.compress(b"# " + head.encode("ascii") + b"\n" + nquads, mtime=0)


def unpack_told(file: BinaryIO, place: str) -> Told | None:
    """What a shard tells, its messages with the place of the source; None where the file is damaged."""
    try:
        with gzip.open(file) as content:
            return _told(content.readline(), place)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None


def unpack(content: bytes, place: str) -> Shard:
    """A whole shard.

    Raises:
        ValueError: it is damaged.
    """
    try:
        head, _, nquads = gzip.decompress(content).partition(b"\n")
        return Shard(_told(head, place), nquads)
    except (OSError, EOFError, zlib.error, KeyError, TypeError) as error:
        raise ValueError(error) from error


def describe(document: Document) -> SourceDescription:
    """What the graph says of a document."""
    return describe_source(document.source, text_hash(document.raw))


def describe_source(source: Source, hash_: str) -> SourceDescription:
    """What the graph says of a source whose text or file has this hash."""
    return SourceDescription(
        id=source.id, title=source.title, kind=source.kind, publisher=source.publisher, published=source.published,
        language=source.language, licence=source.licence, perspective=source.perspective, note=source.note, url=source.url,
        author=source.author, revision=source.revision, modified=source.modified, text_hash=hash_,
    )  # fmt: skip


def problems(document: Document, reading: Reading) -> Iterator[str]:
    """What a user should know of a document that was read, a line each."""
    place = document.source.place
    if not document.source.language.lower().startswith(_LANGUAGE_READ):
        yield f"warning: {place}: is in “{document.source.language}”, and what is read here is English; expect little"
    for at, problem in reading.problems:
        yield f"warning: {place}:{document.raw.count(chr(10), 0, at) + 1}: {problem}"


def _told(head: bytes, place: str) -> Told:
    said = json.loads(head.removeprefix(b"# "))
    return Told(Counter(said["records"]), tuple(message.replace(_HERE, place) for message in said["messages"]))


def _around(document: Document, record: Record) -> Surroundings:
    start, end = record.start, record.end
    return surroundings(document.raw, start, end, document.cited_in(start, end), document.works_behind(start, end))
