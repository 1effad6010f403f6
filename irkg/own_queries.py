"""What a user's own SPARQL answers as a view: its records, or the nodes and edges that its triples or rows tell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph.edtf import bounds
from graph.store import GraphStore
from graph.terms import LABEL, TYPE
from graph.views import View, ViewNode, ViewRecord
from irkg.drawing import view_of
from irkg.records import names, records
from ontology.errors import UsageError
from ontology.identifiers import ONTOLOGY
from queries.answers import found

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
_RECORD = "record"  # the column whose IRIs are records, as in the named queries
_DATE = "date"
_KIND = "kind"
_NOTHING = (
    "the answer has nothing to draw; select records as ?record, or two IRIs or more in a row (?date dates them, ?kind names the line), "
    "or CONSTRUCT triples between IRIs"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A triple or a row: what it says, of which nodes, and what else stands beside it."""

    kind: str
    nodes: tuple[str, ...]
    roles: tuple[str, ...]
    date: str | None = None
    detail: tuple[tuple[str, str], ...] = ()
    predicate: str | None = None


def view_of_query(graph: GraphStore, sparql: str, title: str) -> View:
    """The view of a SELECT, CONSTRUCT or DESCRIBE.

    Records of the graph are drawn with their words, as in any view. Else a triple between two IRIs is a line, and so is each
    row of a SELECT with two IRIs or more; what a triple says in words, and the other columns of a row, stands in the panel.

    Raises:
        UsageError: the text does not parse, or answers with nothing that can be drawn.
    """
    answered = found(graph, sparql, title)
    if isinstance(answered, ox.QueryBoolean):
        raise UsageError(f"{title}: an ASK answers yes or no, which can't be drawn; use SELECT or CONSTRUCT")
    if isinstance(answered, ox.QueryTriples):
        triples = sorted(set(answered), key=str)
        told = records(graph, [triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)])
        if told:
            return view_of(graph, told, title)
        return _view(graph, list(_of_triples(triples)), title, _named_in(triples))
    columns = [variable.value for variable in answered.variables]
    rows = [dict(zip(columns, row, strict=True)) for row in answered]
    if _RECORD in columns:
        chosen = (row[_RECORD] for row in rows)
        return view_of(graph, records(graph, [term.value for term in chosen if isinstance(term, ox.NamedNode)]), title)
    return _view(graph, [said for row in rows if (said := _of_row(row))], title, {})


def _of_triples(triples: Iterable[ox.Triple]) -> Iterator[_Said]:
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if not isinstance(subject, ox.NamedNode) or predicate in (LABEL, TYPE):
            continue
        if isinstance(value, ox.NamedNode):
            yield _Said(_last(predicate.value), (subject.value, value.value), ("subject", "object"), predicate=predicate.value)
        elif isinstance(value, ox.Literal):
            detail = ((_last(predicate.value), value.value),)
            yield _Said(_last(predicate.value), (subject.value,), ("subject",), detail=detail, predicate=predicate.value)


def _named_in(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The labels that a CONSTRUCT gives."""
    return {
        triple.subject.value: triple.object.value
        for triple in triples
        if triple.predicate == LABEL and isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal)
    }


def _of_row(row: Mapping[str, _Term]) -> _Said | None:
    """What a row says; nothing if it names nothing and is not dated."""
    iris = {column: term.value for column, term in row.items() if isinstance(term, ox.NamedNode) and column != _KIND}
    words = {column: term.value for column, term in row.items() if isinstance(term, ox.Literal)}
    date = words.pop(_DATE, None)
    kind = row.get(_KIND)
    words.pop(_KIND, None)
    if not iris and date is None:
        return None
    said = _last(kind.value) if isinstance(kind, ox.NamedNode) else kind.value if isinstance(kind, ox.Literal) else ", ".join(iris)
    return _Said(said or "row", tuple(iris.values()), tuple(iris), date, tuple(words.items()))


def _view(graph: GraphStore, said: Sequence[_Said], title: str, labels: Mapping[str, str]) -> View:
    if not said:
        raise UsageError(f"{title}: {_NOTHING}")
    known = names(graph, sorted({iri for one in said for iri in one.nodes}))
    nodes = [
        ViewNode(
            iri,
            labels.get(iri) or (known[iri].label if iri in known else _last(iri)),
            known[iri].type if iri in known else "Agent",
            known[iri].others if iri in known else (),
        )
        for iri in sorted({iri for one in said for iri in one.nodes})
    ]
    return View(nodes, [_statement(number, one) for number, one in enumerate(said)], title, "as your query tells it")


def _statement(number: int, said: _Said) -> ViewRecord:
    earliest, latest = (bounds(said.date) if said.date else None) or (None, None)
    return ViewRecord(
        id=f"#{number}",
        record="statement",
        kind=said.kind,
        family="statement",
        date=said.date,
        earliest=earliest,
        latest=latest,
        realis=None,
        nodes=said.nodes,
        roles=said.roles,
        text="",
        prefix="",
        suffix="",
        source_id="",
        source_title="",
        publisher="",
        perspective=None,
        start=0,
        end=0,
        detail=said.detail,
        terms=(("predicate", said.predicate),) if said.predicate else (),
    )


def _last(iri: str) -> str:
    """The last part of an IRI."""
    return iri.removeprefix(ONTOLOGY).rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1] or iri
