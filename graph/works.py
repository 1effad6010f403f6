"""Cited works as RDF: the report that a footnote names, as a node of the source that cites it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.edtf import bounds
from graph.terms import ANY_URI, DC, EDTF, SCHEMA, TERM, TYPE
from ontology.identifiers import graph_iri, record_iri


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work as one source cites it. ``date`` is EDTF where the source's words can be placed, else those words."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    archive_url: str | None = None


def work_node(source_id: str, work: CitedWork) -> str:
    """The IRI of a work that a source cites: by its address, else by all that is said of it.

    Two sources that cite one report make two nodes with one ``schema:url``, as each triple stands in one graph only.
    """
    known_by = (work.url,) if work.url else (work.title, work.publisher, work.author, work.date, work.archive_url)
    return record_iri("work", source_id, *known_by)


def work_quads(source_id: str, evidence: NamedNode, works: Iterable[CitedWork]) -> Iterator[Quad]:
    """That a piece of evidence rests on works, and what is said of each."""
    graph = NamedNode(graph_iri(source_id))
    for work in works:
        node = NamedNode(work_node(source_id, work))
        yield Quad(evidence, TERM.cites, node, graph)
        yield Quad(node, TYPE, TERM.CitedWork, graph)
        for predicate, words in ((DC.title, work.title), (DC.publisher, work.publisher), (DC.creator, work.author)):
            if words:
                yield Quad(node, predicate, Literal(words), graph)
        for predicate, address in ((SCHEMA.url, work.url), (SCHEMA.archivedAt, work.archive_url)):
            if address:
                yield Quad(node, predicate, Literal(address, datatype=ANY_URI), graph)
        if work.date:
            yield Quad(node, SCHEMA.datePublished, dated(work.date), graph)


def dated(words: str) -> Literal:
    """A date as EDTF, or as it was written where no calendar can place it."""
    return Literal(words, datatype=EDTF) if bounds(words) else Literal(words)
