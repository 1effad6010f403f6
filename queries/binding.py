"""From what a user writes to RDF terms, and from terms to the ``VALUES`` block of a query.

A value is never pasted into a query as text: it becomes a term, and the RDF library writes the term with its escapes.
A parameter that is not set is UNDEF, or is not in the block at all; a query must then leave its variable alone.

A parameter ``x`` binds these variables, by its type:

============  ======================================================================================================
entity        ``?given_x``, an IRI
date          ``?given_x_earliest`` and ``?given_x_latest``, the first and last day of an EDTF date; UNDEF at an open end
topic         ``?given_x_entity`` where the text names an entity, and ``?given_x_text``, the text in small letters
text          ``?given_x_text``, in small letters
number        ``?given_x``, an integer
kind, act, …  ``?given_x``, the concept
============  ======================================================================================================
"""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

import pyoxigraph as ox

from graph.edtf import bounds
from ontology import kinds
from ontology.errors import UsageError
from ontology.identifiers import term_iri
from queries.answers import QueryStore
from queries.headers import SLOT, NamedQuery, Parameter
from queries.names import resolve

Terms = Mapping[str, ox.NamedNode | ox.Literal | None]  # by variable, without its given_; None is UNDEF

_XSD_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
_LARGEST = 10**9  # of a number; none that is asked for is near it, and every store holds it


def bind(store: QueryStore, query: NamedQuery, values: Mapping[str, str]) -> str:
    """The query with the values, and the defaults of what is not given, in place.

    Raises:
        UsageError: a parameter that the query has not, or a value that does not fit its type.
    """
    for name in values:
        if name not in {parameter.name for parameter in query.parameters}:
            raise UsageError(f"{query.name} has no parameter “{name}”; {_parameters_of(query)}")
    terms: dict[str, ox.NamedNode | ox.Literal | None] = {}
    for parameter in query.parameters:
        given = values.get(parameter.name, parameter.default)
        if given is not None:
            terms |= _terms(store, query, parameter, given)
    return insert(query.sparql, terms)


def insert(sparql: str, terms: Terms) -> str:
    """The query with a ``VALUES`` block of the terms wherever its slot is; as it was where there are none."""
    if not terms:
        return sparql
    variables = " ".join(f"?given_{name}" for name in terms)
    row = " ".join("UNDEF" if term is None else str(term) for term in terms.values())
    return sparql.replace(SLOT, f"VALUES ({variables}) {{ ({row}) }}")


def _parameters_of(query: NamedQuery) -> str:
    names = ", ".join(parameter.name for parameter in query.parameters)
    return f"it has {names}" if names else "it has none"


def _terms(store: QueryStore, query: NamedQuery, parameter: Parameter, text: str) -> Terms:
    try:
        return TYPES[parameter.type](store, parameter, _checked(text))
    except UsageError as error:
        raise UsageError(f"{query.name}, parameter {parameter.name}: {error}") from None


def _checked(text: str) -> str:
    if not text.strip():
        raise UsageError("the value is empty; leave the parameter out instead")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError("the value is not valid Unicode text") from None
    return text.strip()


def _entity(store: QueryStore, parameter: Parameter, text: str) -> Terms:
    return {parameter.name: resolve(store, text)}


def _date(_: QueryStore, parameter: Parameter, text: str) -> Terms:
    days = bounds(text)
    if days is None:
        raise UsageError(f"“{text}” is not an EDTF date; write 2018-07-11, 2018-07, 2018, 201X or 2018/2020")
    earliest, latest = days
    return {f"{parameter.name}_earliest": _day(earliest), f"{parameter.name}_latest": _day(latest)}


def _day(day: str | None) -> ox.Literal | None:
    return None if day is None else ox.Literal(day, datatype=_XSD_DATE)


def _topic(store: QueryStore, parameter: Parameter, text: str) -> Terms:
    try:
        entity: ox.NamedNode | None = resolve(store, text)
    except UsageError:
        if text.startswith(("http://", "https://")):
            raise
        entity = None
    return {f"{parameter.name}_entity": entity, **_text(store, parameter, text)}


def _text(_: QueryStore, parameter: Parameter, text: str) -> Terms:
    return {f"{parameter.name}_text": ox.Literal(text.lower())}


def _number(_: QueryStore, parameter: Parameter, text: str) -> Terms:
    if not re.fullmatch(r"[0-9]+", text) or len(text) > len(str(_LARGEST)) or int(text) > _LARGEST:
        raise UsageError(f"“{text}” is not a whole number from 0 to {_LARGEST}")
    return {parameter.name: ox.Literal(int(text))}


def _concept(_: QueryStore, parameter: Parameter, text: str) -> Terms:
    known = {_folded(name): name for name in concepts(parameter.type)}
    folded = _folded(text)
    if folded in known:
        return {parameter.name: ox.NamedNode(term_iri(known[folded]))}
    near = get_close_matches(folded, known, n=1)
    hint = f"did you mean “{known[near[0]]}”?" if near else f"there are {', '.join(known.values())}"
    raise UsageError(f"no {parameter.type} is called “{text}”; {hint}")


def concepts(type_: str) -> tuple[str, ...]:
    """What a parameter of type kind, act, polarity or realis may be, sorted."""
    return {"kind": kinds.KINDS, "act": kinds.ACTS, "polarity": kinds.POLARITIES, "realis": kinds.REALIS}[type_]


def meaning(type_: str) -> str:
    """What a user may write for a parameter of a type, in a line."""
    return _MEANINGS.get(type_) or f"one of {', '.join(concepts(type_))}"


def _folded(name: str) -> str:
    """``ArmsDeal``, ``arms deal`` and ``arms-deal`` are one."""
    return re.sub(r"[\s_-]", "", name).casefold()


TYPES: Mapping[str, Callable[[QueryStore, Parameter, str], Terms]] = {
    "act": _concept,
    "date": _date,
    "entity": _entity,
    "kind": _concept,
    "number": _number,
    "polarity": _concept,
    "realis": _concept,
    "text": _text,
    "topic": _topic,
}

_MEANINGS: Mapping[str, str] = {
    "date": "an EDTF date: 2018-07-11, 2018-07, 2018, 201X or 2018/2020",
    "entity": "a name or an IRI; a name that fits several is refused, with a list of them",
    "number": "a whole number",
    "text": "any words, in small letters or capitals",
    "topic": "the name or the IRI of an entity, or any words",
}
