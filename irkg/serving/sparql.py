"""``/sparql``: the query part of the SPARQL 1.1 Protocol. There is no update."""

import pyoxigraph as ox

from graph.query_words import calls_a_service
from graph.store import Dataset, GraphStore
from irkg.serving import pages
from irkg.serving.messages import FORM, RefusalError, Request, Response
from irkg.serving.negotiation import HTML, ROWS, TRIPLES, chosen
from irkg.serving.results import write_boolean, write_rows, write_triples
from ontology.errors import UsageError
from ontology.identifiers import BASE

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
NOTE = "Irkg-Note"
_VARY = ("Vary", "Accept")

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def answer(graph: GraphStore, request: Request, most: int) -> Response:
    """The answer to a request at ``/sparql``; ``most`` is in bytes.

    Raises:
        RefusalError: the request is not a query by the protocol, or one that is not answered here.
        UsageError: the query does not parse.
    """
    query = query_of(request)
    if calls_a_service(query):
        raise RefusalError(403, "SERVICE is refused: this server asks no other server; ask that one, and join the answers yourself")
    dataset = _dataset(request)
    found = graph.query(query, dataset, BASE)
    form = chosen(request, TRIPLES if isinstance(found, ox.QueryTriples) else ROWS)
    if form is HTML:
        return pages.of_answer(query, found, request)
    if isinstance(found, ox.QueryTriples):
        written = write_triples(found, form.name, most)
    elif isinstance(found, ox.QueryBoolean):
        written = write_boolean(bool(found), form.name)
    else:
        written = write_rows(found, form.name, most)
    note = ((NOTE, written.note),) if written.note else ()
    return Response(200, form.content_type, written.body, (_VARY, *note))


def query_of(request: Request) -> str:
    """The query that a request brings, by one of the three ways of the protocol.

    Raises:
        RefusalError: it brings none, several, an update, or one in a way that the protocol does not know.
    """
    if request.method == "POST" and request.media_type not in (FORM, QUERY):
        if request.media_type == UPDATE:
            raise _no_update()
        raise RefusalError(415, f"a query is posted as {QUERY} or as {FORM}, not as “{request.media_type or 'nothing'}”")
    if request.all("update"):
        raise _no_update()
    posted = request.method == "POST" and request.media_type == QUERY
    queries = request.all("query") + ([_posted(request)] if posted else [])
    if len(queries) != 1:
        raise RefusalError(400, f"a request has one query, and this has {len(queries) or 'none'}: GET ?query=…, or POST it")
    return queries[0]


def _posted(request: Request) -> str:
    """The query in the body, which is UTF-8 by the protocol."""
    charset = next((p.partition("=")[2] for p in request.content_type.lower().split(";") if p.strip().startswith("charset=")), "utf-8")
    if charset.strip(' "') not in ("utf-8", "utf8", "us-ascii"):
        raise RefusalError(400, f"a query is posted in UTF-8, not in {charset.strip()}")
    try:
        return request.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"the query is not UTF-8 at byte {error.start}") from None


def _no_update() -> RefusalError:
    return RefusalError(403, "updates and LOAD are refused: the graph is only read here; it changes by irkg build")


def _dataset(request: Request) -> Dataset | None:
    """The graphs that the request names, None where it names none."""
    default, named = (tuple(request.all(name)) for name in ("default-graph-uri", "named-graph-uri"))
    for iri in (*default, *named):
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise UsageError(f"“{iri}” is not the IRI of a graph: {error}") from None
    return Dataset(default, named) if default or named else None
