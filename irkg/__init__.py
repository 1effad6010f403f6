"""The front door: the command line, and what a notebook needs.

::

    import irkg
    kg = irkg.open(".irkg")
    kg.query("leader-meetings", person="Netanyahu")             # a table; .dicts(), .to_pandas(), .view()
    kg.view("overview", entity="Golda Meir").save("meir.html")
    kg.sparql("SELECT (COUNT(*) AS ?records) WHERE { ?record a :Event }")
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import ConformanceError, IrkgError, UnreachableError, UsageError

if TYPE_CHECKING:
    from graph.store import GraphStore
    from irkg.notebook import Rows, View

__all__ = ["ConformanceError", "IrkgError", "KnowledgeGraph", "UnreachableError", "UsageError", "open"]


class KnowledgeGraph:
    """A graph that was built, to be asked."""

    def __init__(self, store: "GraphStore") -> None:
        self._store = store

    def query(self, name: str, **parameters: str) -> "Rows":
        """The answer to a named query. A parameter named as a Python keyword takes an underscore: ``from_="2018"``.

        Raises:
            UsageError: an unknown query or parameter, or a value that does not fit.
        """
        from irkg.notebook import Rows
        from queries.catalogue import find, run

        return Rows(run(self._store, name, _named(parameters)), find(name).title, self._store)

    def sparql(self, text: str) -> "Rows":
        """The answer to SPARQL of your own.

        Raises:
            UsageError: it does not parse; the message has line and column.
        """
        from irkg.notebook import Rows
        from queries.answers import ask

        return Rows(ask(self._store, text), "The records of a query", self._store)

    def network(
        self, what: str, entity: str | None = None, *, from_: str | None = None, to: str | None = None, by: str | None = None
    ) -> "Rows":
        """The rows of ``irkg network``: ``what`` is neighbours, centrality, communities or matrix; ``by`` year, decade or all.

        Raises:
            UsageError: no such measure or period, no such entity, or no date.
        """
        from irkg.networking import Asked, network_answer
        from irkg.notebook import Rows

        return Rows(network_answer(self._store, Asked(what, entity, from_, to, by)), what, self._store)

    def view(self, name: str = "overview", *, entity: str | None = None, **parameters: str) -> "View":
        """A view of a named query, the overview, a neighbourhood or a path as an interactive network; ``entity`` narrows it.

        Raises:
            UsageError: no such view, an unknown entity or parameter.
        """
        from irkg.notebook import View
        from irkg.viewing import AskedView, drawn

        page, count = drawn(self._store, AskedView(name, entity, _named(parameters)))
        return View(page, name if entity is None else f"{name}: {entity}", count)


def _named(parameters: dict[str, str]) -> dict[str, str]:
    """By the names that queries know: ``from`` for ``from_``."""
    return {key.rstrip("_"): value for key, value in parameters.items()}


def open(place: str | Path = ".irkg") -> KnowledgeGraph:
    """The graph in a folder.

    Raises:
        IrkgError: the folder holds no graph, or one that can't be read.
    """
    from graph.store import open_store

    return KnowledgeGraph(open_store(place))
