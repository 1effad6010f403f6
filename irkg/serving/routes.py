"""What stands at which address, and the refusal of what does not."""

import traceback
from collections.abc import Callable, Mapping

from graph.store import GraphStore
from irkg.serving import named, pages, sparql, things
from irkg.serving.messages import RefusalError, Request, Response
from irkg.serving.negotiation import takes_html
from ontology.errors import IrkgError, UsageError

_Route = Callable[[GraphStore, Request, int], Response]


def respond(graph: Callable[[], GraphStore], request: Request, most: int) -> Response:
    """The response to any request; ``most`` is how many bytes an answer may have."""
    try:
        return _route(request)(graph(), request, most)
    except RefusalError as refusal:
        return pages.refused(request, refusal)
    except UsageError as error:
        return pages.refused(request, RefusalError(400, str(error)))
    except IrkgError as error:
        return pages.refused(request, RefusalError(500, str(error)))
    except Exception:
        traceback.print_exc()  # to the terminal, where whoever serves can see it
        return pages.refused(request, RefusalError(500, "an error of irkg itself; its terminal says which"))


def _route(request: Request) -> _Route:
    first = request.path.strip("/").partition("/")[0]
    route = _ROUTES.get(first, things.answer)
    allowed = ("GET", "HEAD", "POST") if route is _sparql else ("GET", "HEAD")
    if request.method not in allowed:
        headers = (("Allow", ", ".join(allowed)),)
        raise RefusalError(405, f"{request.method} is refused here: the graph is only read; use {' or '.join(allowed)}", headers)
    return route


def _editor(graph: GraphStore, request: Request, most: int) -> Response:
    if request.path != "/":
        raise RefusalError(404, f"there is nothing at {request.path}; / lists what there is")
    return pages.editor(request.first("text") or "")


def _sparql(graph: GraphStore, request: Request, most: int) -> Response:
    if request.path.rstrip("/") != "/sparql":
        raise RefusalError(404, f"there is nothing at {request.path}; queries are answered at /sparql")
    if request.method != "POST" and not request.query and takes_html(request):
        return pages.editor("")
    return sparql.answer(graph, request, most)


_ROUTES: Mapping[str, _Route] = {
    "": _editor,
    "sparql": _sparql,
    "query": named.answer,
    "view": named.view,
    "ontology": things.ontology,
}
