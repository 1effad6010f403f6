"""Questions from the command line: a named query, a file with SPARQL, or SPARQL on stdin."""

import sys
from collections.abc import Mapping
from pathlib import Path

from graph.store import open_store
from ontology.errors import IrkgError, UsageError
from queries.answers import ask as ask_sparql
from queries.catalogue import find, named_queries, run
from queries.tables import write


def ask(store: Path, name: str | None, file: Path | None, parameters: Mapping[str, str], format_: str) -> str:
    """The answer in one of the formats.

    Raises:
        UsageError: no query or two, an unknown name or parameter, SPARQL that does not parse.
    """
    if (name is None) == (file is None):
        raise UsageError("name a query, or give one with -f FILE or on stdin with -; irkg queries lists the named ones")
    sparql = _given(name, file)
    if sparql is not None and parameters:
        raise UsageError("-p goes with a named query; write the values into the SPARQL itself")
    with open_store(store) as graph:
        answer = run(graph, str(name), parameters) if sparql is None else ask_sparql(graph, sparql, str(file or "stdin"))
    return write(answer, format_)


def _given(name: str | None, file: Path | None) -> str | None:
    """The SPARQL that the user gives; None for a named query."""
    if name == "-":
        return sys.stdin.read()
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise IrkgError(f"{file}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise IrkgError(f"{file}: is not UTF-8 at byte {error.start}") from error


def catalogue_text(name: str | None) -> str:
    """The list of named queries, or one of them whole."""
    if name is not None:
        return find(name).help() + "\n"
    width = max(len(query) for query in named_queries())
    return "".join(f"{query.name:<{width}}  {query.title}\n" for query in named_queries().values())
