"""Linked data: each thing of the graph under the path of its IRI, as a page or as RDF.

``https://w3id.org/irkg/entity/israel`` is at ``/entity/israel``, a record at ``/event/…``, a source at ``/source/…``.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

import pyoxigraph as ox

from graph.store import GraphStore
from irkg.records import PARTIES, names, records, source_names
from irkg.serving import pages
from irkg.serving.messages import RefusalError, Request, Response
from irkg.serving.negotiation import HTML, THINGS, chosen
from irkg.serving.results import write_triples
from irkg.serving.sparql import NOTE
from ontology.identifiers import BASE, ONTOLOGY

PAGE = 100  # records on a page
_MOST_LINKS = 200  # other things that point at this one, on its page

_EVIDENCE = ox.NamedNode(ONTOLOGY + "evidence")
_SELECTOR = ox.NamedNode("http://www.w3.org/ns/oa#hasSelector")
_ROLES = frozenset(ONTOLOGY + name for name in (*PARTIES, "place", "source", "readBy"))

_RECORDS = """
SELECT DISTINCT ?record ?thing ?day WHERE {
  ?record ?role ?thing ; :evidence ?evidence .
  OPTIONAL { ?record :earliest ?day }
}
ORDER BY (!BOUND(?day)) ?day ?record LIMIT %d OFFSET %d
"""


def answer(graph: GraphStore, request: Request, most: int) -> Response:
    """What the graph says of the thing whose IRI has this path.

    Raises:
        RefusalError: 404, it says nothing.
    """
    thing = _thing(request)
    if next(graph.quads(subject=thing), None) is None and next(graph.quads(object=thing), None) is None:
        raise RefusalError(404, f"nothing in this graph has the IRI {thing.value}")
    form = chosen(request, THINGS)
    if form is HTML:
        return _page(graph, thing, _number(request))
    written = write_triples(_statements(graph, thing), form.name, most)
    note = ((NOTE, written.note),) if written.note else ()
    return Response(200, form.content_type, written.body, (("Vary", "Accept"), *note))


def ontology(graph: GraphStore, request: Request, most: int) -> Response:
    """The ontology with its kinds, the same whatever the graph holds."""
    if request.path.rstrip("/") != "/ontology":
        raise RefusalError(404, f"there is nothing at {request.path}; the terms are at /ontology#NAME")
    form = chosen(request, THINGS)
    if form is HTML:
        return pages.ontology(_ontology())
    return Response(200, form.content_type, write_triples(_ontology(), form.name, most).body, (("Vary", "Accept"),))


@cache
def _ontology() -> tuple[ox.Triple, ...]:
    texts = (files("ontology").joinpath(name).read_bytes() for name in ("irkg.ttl", "kinds.ttl"))
    return tuple(dict.fromkeys(quad.triple for text in texts for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)))


def _thing(request: Request) -> ox.NamedNode:
    try:
        return ox.NamedNode(BASE + request.path.removeprefix("/"))
    except ValueError:
        raise RefusalError(404, f"there is nothing at {request.path}, which is the path of no IRI") from None


def _number(request: Request) -> int:
    """Which page of the records, from 1."""
    text = request.first("page") or "1"
    if not text.isdecimal() or not 0 < int(text) < 1_000_000:
        raise RefusalError(400, f"“{text}” is no page; write ?page=2")
    return int(text)


def _statements(graph: GraphStore, thing: ox.NamedNode) -> Iterator[ox.Triple]:
    """What is said of a thing, what points at it, and of a record its words too."""
    for quad in graph.quads(subject=thing):
        yield quad.triple
        if quad.predicate == _EVIDENCE and isinstance(quad.object, ox.NamedNode):
            yield from _words(graph, quad.object)
    yield from (quad.triple for quad in graph.quads(object=thing))


def _words(graph: GraphStore, evidence: ox.NamedNode) -> Iterator[ox.Triple]:
    for quad in graph.quads(subject=evidence):
        yield quad.triple
        if quad.predicate == _SELECTOR and isinstance(quad.object, ox.NamedNode):
            yield from (inner.triple for inner in graph.quads(subject=quad.object))


def _page(graph: GraphStore, thing: ox.NamedNode, number: int) -> Response:
    own = sorted({quad.triple for quad in graph.quads(subject=thing)}, key=str)
    towards = (quad.triple for quad in graph.quads(object=thing) if quad.predicate.value not in _ROLES)
    links = sorted(islice(towards, _MOST_LINKS), key=str)
    found = [row["record"] for row in graph.select(_RECORDS % (PAGE + 1, PAGE * (number - 1)), {"thing": thing})]
    iris = [record.value for record in found if isinstance(record, ox.NamedNode)]
    told = records(graph, [thing.value, *iris[:PAGE]])
    mentioned = {node.value for triple in (*own, *links) for node in (triple.subject, triple.object) if isinstance(node, ox.NamedNode)}
    parties = {party for record in told for party in record.parties}
    return pages.thing(
        thing.value,
        own,
        links,
        told,
        names(graph, sorted({thing.value} | mentioned | parties)),
        source_names(graph, sorted({record.source for record in told})),
        number=number,
        more=len(iris) > PAGE,
    )
