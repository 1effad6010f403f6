"""A question's answer as plain rows, whatever store gave it."""

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from ontology.errors import IrkgError, UsageError

Value = str | int | float | bool | None
Solutions = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_POSITION = re.compile(r"^error at (\d+):(\d+):")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"))
_FRACTION = frozenset(_XSD + name for name in ("decimal", "double", "float"))


class QueryStore(Protocol):
    """What a question needs of a store: one method, answered over the union of all graphs."""

    def query(self, sparql: str) -> Solutions:
        """The answer; ``SyntaxError`` where the text is not SPARQL."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows; None where there is no value.

    ``triples`` are those of a CONSTRUCT or DESCRIBE, sorted; their rows have subject, predicate and object.
    ``of_records`` says that each row is a record with its span, which a table may show in brief; ``iris`` are columns of IRIs,
    which a table for people leaves out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    triples: tuple[ox.Triple, ...] = ()
    of_records: bool = False
    iris: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Value]]:
        """Each row with the columns' names as keys."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(store: QueryStore, sparql: str, name: str = "query") -> Answer:
    """The answer to any SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises:
        UsageError: the text does not parse (the message has line and column), or calls what the store has not.
    """
    with _told(name):
        return _answer(store.query(sparql))


def found(store: QueryStore, sparql: str, name: str = "query") -> Solutions:
    """The terms of an answer, which knows an IRI from words as an ``Answer`` does not; rows can be read once. Errors as for ``ask``."""
    with _told(name):
        return store.query(sparql)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What a store says is wrong with a query, as our own errors."""
    try:
        yield
    except SyntaxError as error:
        raise UsageError(f"{name} does not parse: {_place(str(error))}") from None
    except (RuntimeError, OSError) as error:
        raise IrkgError(f"{name} could not be answered: {error}") from None


def _place(message: str) -> str:
    """``error at 2:9: expected …`` in words."""
    return _POSITION.sub(r"line \1, column \2:", message)


def _answer(found: Solutions) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return Answer(("answer",), ((bool(found),),))
    if isinstance(found, ox.QueryTriples):
        return _of_triples(found)
    columns = tuple(variable.value for variable in found.variables)
    return Answer(columns, tuple(tuple(value(term) for term in row) for row in found))


def _of_triples(found: Iterable[ox.Triple]) -> Answer:
    triples = tuple(sorted(set(found), key=str))
    rows = tuple((value(triple.subject), value(triple.predicate), value(triple.object)) for triple in triples)
    return Answer(("subject", "predicate", "object"), rows, triples)


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    """An RDF term as a plain value: numbers and booleans as such, anything else as its text."""
    if isinstance(term, ox.Literal):
        return _literal(term)
    if isinstance(term, ox.NamedNode):
        return term.value
    return None if term is None else str(term)


def _literal(term: ox.Literal) -> Value:
    datatype = term.datatype.value
    try:
        if datatype in _WHOLE:
            return int(term.value)
        if datatype in _FRACTION:
            return _number(term.value)
    except ValueError:
        return term.value  # "abc"^^xsd:integer is RDF all the same
    if datatype == _XSD + "boolean":
        return term.value in ("true", "1")
    return term.value


def _number(text: str) -> int | float | str:
    """53000000 for ``53000000.0``; ``INF`` and ``NaN``, which JSON has not, stay text."""
    number = float(text)
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() else number
