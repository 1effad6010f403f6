"""Data sets as sources, read as they come from their publishers: rows in, records out, never a whole file at once.

A row is evidence: its record points at the row's own characters, and says its number and the cells that were used.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from graph.records import Record
from loaders.tables import icews, sipri, un_votes
from loaders.tables.found import Found, Setting, state_named
from loaders.tables.rows import Layout, Row, RowError, RowReader, Say, fits
from loaders.texts.fetching import is_address
from loaders.texts.sources import Source
from ontology.errors import UsageError
from ontology.reference import Reference


@dataclass(frozen=True, slots=True)
class _Format:
    layout: Layout
    read: Callable[[Row, Setting], Found]
    join: Callable[[Iterable[Record]], Iterator[Record]] = iter


_SUFFIXES = frozenset({".csv", ".tab", ".tsv"})
_FORMATS = {
    "un-votes": _Format(un_votes.LAYOUT, un_votes.read),
    "sipri-register": _Format(sipri.LAYOUT, sipri.read),
    "icews-events": _Format(icews.LAYOUT, icews.read, icews.joined),
}


def recognised(source: Source) -> Source:
    """A lone file of a table's suffix with the kind that its columns tell, where nobody said what it is.

    Raises:
        UsageError: no kind of data set has such columns.
        IrkgError: the file can't be read.
    """
    if "kind" not in source.guessed or is_address(source.place) or Path(source.place).suffix.lower() not in _SUFFIXES:
        return source
    kind = next((name for name, table in _FORMATS.items() if fits(source.place, table.layout)), None)
    if kind is None:
        known = ", ".join(_FORMATS)
        raise UsageError(f"{source.place}: has the columns of none of {known}; say what it is with --kind, news or timeline for a text")
    return replace(source, kind=kind, guessed=source.guessed - {"kind"})


def read_table(source: Source, parties: Iterable[str], reference: Reference, say: Say) -> Iterator[Record]:
    """The records of a data set, in the order of its rows.

    ``parties`` are names of states: of a register, deals in which any of them takes part are read too.

    Raises:
        UsageError: a party is no state.
        IrkgError: the file can't be read, lacks a column, or more than 1 % of its rows can't be read.
    """
    table = _FORMATS[source.kind]
    setting = Setting(source, reference, frozenset(_state(party, reference) for party in parties))
    return table.join(_records(table, setting, say))


def check_parties(parties: Iterable[str], reference: Reference) -> None:
    """Makes sure that each party is a state that the reference data know.

    Raises:
        UsageError: one is not.
    """
    for party in parties:
        _state(party, reference)


def _records(table: _Format, setting: Setting, say: Say) -> Iterator[Record]:
    rows = RowReader(setting.source.place, table.layout, say)
    for row in rows:
        try:
            found = table.read(row, setting)
        except RowError as error:
            rows.refuse(row.line, str(error))
            continue
        for problem in found.problems:
            rows.warn(row.line, problem)
        yield from found.records


def _state(party: str, reference: Reference) -> str:
    state = state_named(party, reference)
    if state is None:
        raise UsageError(f"--party {party}: the reference data know no state of that name; try its common English name")
    return state.iri
