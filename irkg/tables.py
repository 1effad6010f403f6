"""Data sets in a build: rows stream into their graph and are checked against the shapes in batches, so that memory stays flat."""

import gc
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

from pyoxigraph import Quad

from graph.records import Record
from graph.shapes import validate_source
from graph.triples import SourceDescription, Surroundings, document_batches
from irkg.messages import Say
from loaders.tables import check_parties, read_table
from loaders.tables.rows import open_bytes
from loaders.texts.sources import Source
from ontology.errors import ConformanceError
from ontology.reference import load_reference

BATCH = 1000  # records that are checked at once
_COLLECTED_AFTER = 20  # batches; what holds one another and is left of one batch is some 100 KB
_BLOCK = 1 << 20  # bytes

_ALONE = Surroundings()  # the rows around a row do not carry it


def check_states(parties: Iterable[str]) -> None:
    """Makes sure that the parties are states.

    Raises:
        UsageError: one is not.
    """
    if parties:
        check_parties(parties, load_reference())


def table_records(source: Source, parties: Sequence[str], say: Say) -> Iterator[Record]:
    """The records of a data set, one by one."""
    return read_table(source, parties, load_reference(), say)


def table_quads(description: SourceDescription, source: Source, parties: Sequence[str], counted: Counter[str], say: Say) -> Iterator[Quad]:
    """Everything that a data set says; counts its records by their types on the way, and says what is amiss in it.

    Raises:
        IrkgError: it can't be read to its end.
        ConformanceError: records break the shapes.
    """
    records = _counted(table_records(source, parties, say), counted)
    with _no_search_for_cycles():
        for number, batch in enumerate(document_batches(description, ((record, _ALONE) for record in records), BATCH), 1):
            violations = validate_source([*batch.beside, *batch.quads])
            if violations:
                raise ConformanceError(f"{source.place}: {len(violations)} records do not conform, the first: {violations[0]}")
            yield from batch.quads
            if number % _COLLECTED_AFTER == 0:
                gc.collect()


def file_hash(place: str) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with closing(open_bytes(place)) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Rests Python's search for objects that hold one another: rows make few, and it would take two fifths of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _counted(records: Iterable[Record], counted: Counter[str]) -> Iterator[Record]:
    for record in records:
        counted[record.record] += 1
        yield record
