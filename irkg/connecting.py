"""The best-evidenced way from one entity to another, with the records of each step."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.measures import HAPPENED
from graph.store import GraphStore
from graph.ways import Evidence, Step, best_way
from irkg.records import Told, record_iris, records
from ontology.errors import IrkgError
from queries.names import resolve


@dataclass(frozen=True, slots=True)
class Connection:
    """The steps of a way, which are none where both are one; ``told`` are all records by IRI, in the order of their dates."""

    start: str
    goal: str
    steps: tuple[Step, ...]
    told: Mapping[str, Told]

    def records(self) -> list[Told]:
        """The records of all steps, in the order of their dates."""
        own = {iri for step in self.steps for iri in step.records}
        return [record for iri, record in self.told.items() if iri in own]


def connection(graph: GraphStore, a: str, b: str) -> Connection:
    """The best-evidenced of the shortest ways; ``graph.ways`` says how it is chosen.

    A way leads over events that happened and over stances. Raises:
        UsageError: no entity, or several, have a name.
        IrkgError: nothing connects them.
    """
    start, goal = resolve(graph, a).value, resolve(graph, b).value
    told = {record.iri: record for record in records(graph, record_iris(graph, "Event", "Stance")) if _realis(record) in HAPPENED}
    steps = best_way((Evidence(record.iri, record.parties, _realis(record) == "reported") for record in told.values()), start, goal)
    if steps is None:
        raise IrkgError(f"nothing in the graph connects {a} and {b}")
    return Connection(start, goal, tuple(steps), told)


def _realis(record: Told) -> str:
    """Of a stance, which has none, “actual”."""
    return record.term("realis") or "actual"
