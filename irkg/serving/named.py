"""``/query/NAME`` and ``/view/NAME``: the named queries and the views, with their parameters in the address."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from graph.store import GraphStore
from irkg.serving import pages
from irkg.serving.messages import RefusalError, Request, Response
from irkg.serving.negotiation import CSV, HTML, TSV, TURTLE, Form, chosen
from irkg.serving.results import fitting, note_of
from irkg.serving.sparql import NOTE
from irkg.viewing import AskedView, check_name, drawn
from ontology.errors import UsageError
from queries.binding import bind
from queries.catalogue import find, run
from queries.tables import render, with_statements

_T = TypeVar("_T")

_JSON = Form("json", "application/json")
_MARKDOWN = Form("markdown", "text/markdown")
_TABLE = Form("table", "text/plain")
FORMS = (_JSON, HTML, CSV, TSV, _MARKDOWN, TURTLE, _TABLE)
_OURS = ("format", "entity")  # parameters of the address that are not the query's


def answer(graph: GraphStore, request: Request, most: int) -> Response:
    """The answer to a named query, in the formats of ``irkg query``.

    Raises:
        RefusalError: 404, there is no such query; 406, no such format.
        UsageError: an unknown parameter, or a value that does not fit.
    """
    name, values = _named(request)
    query = _found(lambda: find(name))
    form = chosen(request, FORMS)
    sparql = bind(graph, query, values)
    whole = run(graph, name, values)
    rows, cut = fitting(whole.rows, lambda row: sum(len(str(cell)) + 4 for cell in row), most)
    kept = replace(whole, rows=tuple(rows))
    note = note_of(len(rows), "rows", most) if cut else ""
    if form is HTML:
        return pages.of_named(query, values, kept, sparql, urlencode(values), note)
    if form is TURTLE:
        kept = with_statements(graph, kept)
    headers = (("Vary", "Accept"), *(((NOTE, note),) if note else ()))
    return Response(200, form.content_type, render(kept, form.name).encode(), headers)


def view(graph: GraphStore, request: Request, most: int) -> Response:
    """The view of a named query, the overview, a neighbourhood or a path; ``?entity=`` narrows it.

    Raises:
        RefusalError: 404, there is no such view.
        UsageError: an unknown parameter or entity, or a query whose rows can't be drawn.
    """
    name, values = _named(request)
    _found(lambda: check_name(name))
    document, _ = drawn(graph, AskedView(name, request.first("entity"), values))
    return Response(200, HTML.content_type, document.encode())


def _named(request: Request) -> tuple[str, dict[str, str]]:
    """The name in the path, and the parameters that are not empty, as a form leaves those that nobody fills."""
    parts = request.path.strip("/").split("/")
    if len(parts) != 2:
        raise RefusalError(404, f"there is nothing at {request.path}; / lists the named queries")
    given = [(key, value) for key, value in request.parameters if value and key not in _OURS]
    values = dict(given)
    if len(values) != len(given):
        raise UsageError(f"{parts[1]}: a parameter is given twice; give it once")
    return parts[1], values


def _found(look_up: Callable[[], _T]) -> _T:
    """What is found by its name; nothing at that address otherwise."""
    try:
        return look_up()
    except UsageError as error:
        raise RefusalError(404, str(error)) from None
