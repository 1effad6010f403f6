"""Views: a query's result, an entity, a way between two, or the whole graph as one HTML file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from graph.exports import write_whole
from graph.store import GraphStore, open_store
from graph.views import MAX_RECORDS, View, page
from irkg.connecting import connection
from irkg.drawing import view_of
from irkg.own_queries import view_of_query
from irkg.records import record_iris, records, records_about
from ontology.errors import UsageError
from queries.answers import Answer
from queries.catalogue import find, run
from queries.names import resolve

FACES = ("network", "timeline")
_SHOWN = ("Event", "Stance")
_RECORDS = ("record", "record_a", "record_b", "records")  # the columns that name records, by their IRIs with spaces between


@dataclass(frozen=True, slots=True)
class AskedView:
    """Which view: ``name`` is one of ``VIEWS`` or a named query, or None where ``sparql`` is the user's own.

    ``entity`` narrows it to what that one takes part in. ``face`` is which of ``FACES`` it opens with.
    """

    name: str | None
    entity: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    sparql: str | None = None
    face: str = FACES[0]


class _Kind(NamedTuple):
    """A view that is no named query: what makes it, and the parameters that it must have."""

    make: Callable[[GraphStore, AskedView], View]
    parameters: tuple[str, ...] = ()


def write_view(store: Path, asked: AskedView, output: Path) -> str:
    """Writes the view and says in a line what is in it.

    Raises:
        UsageError: no such view, an unknown entity or parameter.
        IrkgError: a path that is not there.
    """
    document, count = drawn(open_store(store), asked)
    write_whole(output, document.encode("utf-8"))
    cut = f", {MAX_RECORDS} of them drawn" if count > MAX_RECORDS else ""
    return f"{output}: {count} records{cut}; open it in a browser"


def drawn(graph: GraphStore, asked: AskedView) -> tuple[str, int]:
    """The HTML page of a view, and how many records are in it; errors as for ``write_view``."""
    if asked.face not in FACES:
        raise UsageError(f"a view has no face “{asked.face}”; there are {' and '.join(FACES)}")
    view = _made(graph, asked)
    if asked.face != FACES[0]:
        view = replace(view, opening={**view.opening, "face": asked.face})
    return page(view), len(view.records)


def check_name(name: str) -> None:
    """Raises:
    UsageError: no view has that name; near ones are given.
    """
    if name in VIEWS:
        return
    try:
        find(name)
    except UsageError as error:
        if near := get_close_matches(name.lower(), VIEWS, n=1):
            raise UsageError(f"no view is named “{name}”; did you mean “{near[0]}”?") from None
        raise UsageError(f"a view is {', '.join(VIEWS)} or a named query; {error}") from None


def _made(graph: GraphStore, asked: AskedView) -> View:
    if (asked.name is None) == (asked.sparql is None):
        raise UsageError("name a view, or give SPARQL of your own with -f FILE or on stdin with -")
    if asked.sparql is not None:
        if asked.entity or asked.parameters:
            raise UsageError("--entity and -p go with a view that has a name; write what you want into the SPARQL itself")
        return view_of_query(graph, asked.sparql, "Your query")
    name = str(asked.name)
    check_name(name)
    if name not in VIEWS:
        return _of_named(graph, name, asked)
    kind = VIEWS[name]
    if set(asked.parameters) != set(kind.parameters):
        wanted = " ".join(f"-p {parameter}=…" for parameter in kind.parameters)
        raise UsageError(f"the {name} has no parameters; --entity narrows it" if not wanted else f"a {name} wants {wanted}")
    return kind.make(graph, asked)


def _of_named(graph: GraphStore, name: str, asked: AskedView) -> View:
    query = find(name)
    answer = run(graph, name, asked.parameters)
    if not can_be_drawn(answer):
        raise UsageError(f"the rows of “{name}” are not records and can't be drawn; try overview")
    iris = (iri for row in answer.dicts() for column in _RECORDS for iri in str(row.get(column) or "").split())
    return _narrowed(graph, list(dict.fromkeys(iris)), query.title, asked)


def can_be_drawn(answer: Answer) -> bool:
    """Whether the rows of a named query are about records."""
    return not set(_RECORDS).isdisjoint(answer.columns)


def _overview(graph: GraphStore, asked: AskedView) -> View:
    return _narrowed(graph, sorted(record_iris(graph, *_SHOWN)), "Who dealt with whom", asked)


def _narrowed(graph: GraphStore, iris: list[str], title: str, asked: AskedView) -> View:
    """The view of these records, or of those in which the entity takes part."""
    if asked.entity is None:
        return view_of(graph, records(graph, iris), title)
    entity = resolve(graph, asked.entity).value
    about = set(records_about(graph, entity))
    return view_of(graph, records(graph, [iri for iri in iris if iri in about]), f"{title}: {asked.entity}")


def _neighbourhood(graph: GraphStore, asked: AskedView) -> View:
    """What an entity takes part in, and what those whom it meets there do among themselves."""
    if asked.entity is None:
        raise UsageError("whose neighbourhood? name one with --entity")
    entity = resolve(graph, asked.entity).value
    told = records(graph, record_iris(graph, *_SHOWN))
    near = {entity}.union(*(record.parties for record in told if entity in record.parties))
    among = [record for record in told if entity in record.parties or len(near.intersection(record.parties)) > 1]
    return view_of(graph, among, f"Who is around {asked.entity}", {"at": entity})


def _path(graph: GraphStore, asked: AskedView) -> View:
    way = connection(graph, asked.parameters["from"], asked.parameters["to"])
    title = f"From {asked.parameters['from']} to {asked.parameters['to']}"
    return view_of(graph, way.records(), title, {"at": way.start, "to": way.goal})


VIEWS: Mapping[str, _Kind] = {
    "overview": _Kind(_overview),
    "neighbourhood": _Kind(_neighbourhood),
    "path": _Kind(_path, ("from", "to")),
}
"""The views that are no named queries."""
