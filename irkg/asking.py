"""Questions from the command line: a named query, a file with SPARQL, or SPARQL on stdin."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from graph.server import ServerStore
from graph.store import open_store
from ontology.errors import IrkgError, UsageError
from queries.answers import Answer, QueryStore
from queries.answers import ask as ask_sparql
from queries.binding import meaning
from queries.catalogue import find, named_queries, run
from queries.headers import NamedQuery, Parameter
from queries.tables import render, with_statements


def ask(store: Path | str, name: str | None, file: Path | None, parameters: Mapping[str, str], format_: str) -> str:
    """The answer in one of the formats.

    Raises:
        UsageError: no query or two, an unknown name or parameter, SPARQL that does not parse.
    """
    if (name is None) == (file is None):
        raise UsageError("name a query, or give one with -f FILE or on stdin with -; irkg queries lists the named ones")
    sparql = given(name, file)
    if sparql is not None and parameters:
        raise UsageError("-p goes with a named query; write the values into the SPARQL itself")
    graph = _graph(str(store))
    answer = run(graph, str(name), parameters) if sparql is None else _ask_given(graph, sparql, str(file or "stdin"))
    if format_ == "turtle":
        answer = with_statements(graph, answer)
    return render(answer, format_, shutil.get_terminal_size((120, 40)).columns)


def _ask_given(graph: QueryStore, sparql: str, where: str) -> Answer:
    """The answer to the user's own SPARQL; what is wrong with it is told with the file's name."""
    try:
        return ask_sparql(graph, sparql, where)
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error


def _graph(store: str) -> QueryStore:
    """A SPARQL server by its address, else the graph in a folder."""
    return ServerStore(store) if store.startswith(("http://", "https://")) else open_store(store)


def given(name: str | None, file: Path | None) -> str | None:
    """The SPARQL that the user gives; None for a named query."""
    if file is None and name != "-":
        return None
    try:
        return (sys.stdin.buffer.read() if file is None else file.read_bytes()).decode("utf-8")
    except OSError as error:
        raise IrkgError(f"{file or 'stdin'}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise IrkgError(f"{file or 'stdin'}: is not UTF-8 at byte {error.start}; convert it first") from error


def catalogue_text(name: str | None) -> str:
    """The list of named queries by theme, or one of them whole."""
    if name is not None:
        return _whole(find(name))
    width = max(len(query) for query in named_queries())
    themes: dict[str, list[NamedQuery]] = {}
    for query in named_queries().values():
        themes.setdefault(query.theme, []).append(query)
    lines: list[str] = []
    for theme in sorted(themes):
        lines += [theme, *(f"  {query.name:<{width}}  {query.title}" for query in themes[theme])]
    return "\n".join(lines) + "\n"


def _whole(query: NamedQuery) -> str:
    """A query with what it asks, its parameters and columns, an example and its text."""
    parameters = [_parameter(parameter) for parameter in query.parameters] or ["  none"]
    types = [f"  {type_}: {meaning(type_)}" for type_ in sorted({parameter.type for parameter in query.parameters})]
    columns = [f"  {c.name} — {c.help}" for c in query.columns]
    lines = [
        f"{query.name}: {query.title}", "", query.asks, "", "parameters", *parameters, *(["", "values", *types] if types else []), "",
        "columns", *columns, "",
        "example", f"  {query.example}", "", _body(query.sparql),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _parameter(parameter: Parameter) -> str:
    """A parameter in a line, with what it is when it is not given."""
    default = f" ({parameter.default} if not given)" if parameter.default else ""
    return f"  {parameter.name}: {parameter.type} — {parameter.help}{default}"


def _body(sparql: str) -> str:
    """The query without its header."""
    lines = sparql.splitlines()
    first = next((number for number, line in enumerate(lines) if line and not line.startswith("#")), 0)
    return "\n".join(lines[first:])
