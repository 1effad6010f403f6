"""The front door: the command line, and what a notebook needs.

::

    import irkg
    kg = irkg.open(".irkg")
    kg.query("leader-meetings", person="Netanyahu").dicts()
    kg.sparql("SELECT (COUNT(*) AS ?records) WHERE { ?record a :Event }")
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import ConformanceError, IrkgError, UnreachableError, UsageError

if TYPE_CHECKING:
    from graph.store import GraphStore
    from queries.answers import Answer

__all__ = ["ConformanceError", "IrkgError", "KnowledgeGraph", "UnreachableError", "UsageError", "open"]


class KnowledgeGraph:
    """A graph that was built, to be asked."""

    def __init__(self, store: "GraphStore") -> None:
        self._store = store

    def query(self, name: str, **parameters: str) -> "Answer":
        """The answer to a named query. A parameter named as a Python keyword takes an underscore: ``from_="2018"``.

        Raises:
            UsageError: an unknown query or parameter, or a value that does not fit.
        """
        from queries.catalogue import run

        return run(self._store, name, {key.rstrip("_"): value for key, value in parameters.items()})

    def sparql(self, text: str) -> "Answer":
        """The answer to SPARQL of your own.

        Raises:
            UsageError: it does not parse; the message has line and column.
        """
        from queries.answers import ask

        return ask(self._store, text)


def open(place: str | Path = ".irkg") -> KnowledgeGraph:
    """The graph in a folder.

    Raises:
        IrkgError: the folder holds no graph, or one that can't be read.
    """
    from graph.store import open_store

    return KnowledgeGraph(open_store(place))
