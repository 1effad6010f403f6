"""``irkg network``: neighbours, centrality, communities and the matrix of sides, as a table or as a file for other tools."""

import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from graph import measures
from graph.edtf import bounds, check
from graph.exports import gexf, graphml, write_whole
from graph.measures import ALL, PERIODS, TIES, Central, Member, Neighbour, Sides
from graph.networks import network
from graph.store import GraphStore, open_store
from ontology.errors import UsageError
from queries.answers import Answer
from queries.names import resolve
from queries.tables import render

if TYPE_CHECKING:
    from graph.measures import Joined, Network

_WRITERS: Mapping[str, Callable[["Joined"], bytes]] = {".graphml": graphml, ".gexf": gexf}
IRIS = ("iri", "holder_iri", "target_iri")
"""The columns that a table for people leaves out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the network: ``what`` is one of ``MEASURES``, ``since`` and ``until`` are EDTF, ``by`` one of ``PERIODS``."""

    what: str
    entity: str | None = None
    since: str | None = None
    until: str | None = None
    by: str | None = None


class _Measure(NamedTuple):
    """How to get the rows of a period, about an entity where one is given, and what they are; the network for a file."""

    rows: Callable[["Network", str, str | None], "list[Any]"]
    row: type[NamedTuple]
    network: Callable[["Network"], "Joined"]
    by: str = ALL
    records: Collection[str] = TIES


def network_text(store: Path, asked: Asked, format_: str) -> tuple[str, str]:
    """The table, and a line on what it leaves out, which may be empty.

    Raises:
        UsageError: an unknown measure, period, format or entity, or no date.
    """
    graph = open_store(store)
    ties = _ties(graph, asked)
    answer = _answer(graph, ties, asked)
    return render(answer, format_, shutil.get_terminal_size((120, 40)).columns), _left_out(ties, asked)


def network_answer(graph: GraphStore, asked: Asked) -> Answer:
    """The rows, period by period; errors as for ``network_text``."""
    return _answer(graph, _ties(graph, asked), asked)


def _answer(graph: GraphStore, ties: "Network", asked: Asked) -> Answer:
    measure, entity = _measure(asked), _entity(graph, asked)
    parts = measures.by_period(ties, asked.by or measure.by)
    rows = tuple(tuple(row) for period, part in parts for row in measure.rows(part, period, entity))
    return Answer(measure.row._fields, rows, iris=IRIS)


def write_network(store: Path, asked: Asked, output: Path) -> str:
    """Writes the network of all the time that is asked for, or what of it is around the entity, and says in a line what is in it.

    Raises:
        UsageError: errors as for ``network_text``; an ending that is neither .graphml nor .gexf; periods.
    """
    if output.suffix.lower() not in _WRITERS:
        raise UsageError(f"{output}: a network is written as {' or '.join(_WRITERS)}; the table goes to stdout, as --format says")
    if asked.by not in (None, ALL):
        raise UsageError("--by parts the table; a network is narrowed by --from and --to")
    graph = open_store(store)
    measure, entity = _measure(asked), _entity(graph, asked)
    made = measure.network(_ties(graph, asked))
    if entity is not None:
        made = measures.around(made, entity)
    write_whole(output, _WRITERS[output.suffix.lower()](made))
    return f"{output}: {len(made)} entities, {made.number_of_edges()} edges"


def _measure(asked: Asked) -> _Measure:
    if asked.what not in MEASURES:
        raise UsageError(f"a network has no “{asked.what}”; there are {', '.join(MEASURES)}")
    if asked.by is not None and asked.by not in PERIODS:
        raise UsageError(f"there is no period “{asked.by}”; there are {', '.join(PERIODS)}")
    if asked.what == "neighbours" and asked.entity is None:
        raise UsageError("whose neighbours? name one with --entity")
    return MEASURES[asked.what]


def _entity(graph: GraphStore, asked: Asked) -> str | None:
    return None if asked.entity is None else resolve(graph, asked.entity).value


def _ties(graph: GraphStore, asked: Asked) -> "Network":
    start = None if asked.since is None else (bounds(check(asked.since)) or (None, None))[0]
    end = None if asked.until is None else (bounds(check(asked.until)) or (None, None))[1]
    return measures.ties(network(graph), (start, end), _measure(asked).records)


def _left_out(ties: "Network", asked: Asked) -> str:
    by = asked.by or _measure(asked).by
    if by == ALL:
        return ""
    told = {known["iri"]: known for _, _, known in ties.edges(data=True)}
    lost = sum(measures.period_of(known, by) is None for known in told.values())
    return f"{lost} of {len(told)} records are dated to no one {by} and are left out; --by all has them" if lost else ""


def _neighbours(part: "Network", period: str, entity: str | None) -> list[Neighbour]:
    return measures.neighbours(part, entity, period) if entity else []


def _centrality(part: "Network", period: str, entity: str | None) -> list[Central]:
    return [row for row in measures.centrality(part, period) if entity in (None, row.iri)]


def _communities(part: "Network", period: str, entity: str | None) -> list[Member]:
    """All of them, or that of the entity."""
    rows = measures.communities(part, period)
    own = {row.community for row in rows if entity in (None, row.iri)}
    return [row for row in rows if row.community in own]


def _sides(part: "Network", period: str, entity: str | None) -> list[Sides]:
    return [row for row in measures.sides(part, period) if entity in (None, row.holder_iri, row.target_iri)]


def _central_network(part: "Network") -> "Joined":
    made = measures.joined(part)
    for row in measures.centrality(part):
        made.nodes[row.iri].update(neighbours=row.neighbours, betweenness=row.betweenness, records=row.records)
    return made


def _network_of_communities(part: "Network") -> "Joined":
    made = measures.joined(part)
    for row in measures.communities(part):
        made.nodes[row.iri].update(community=row.community)
    return made


def _network_of_sides(part: "Network") -> "Joined":
    """From holder to target."""
    made: nx.DiGraph[str] = nx.DiGraph()
    rows = sorted(measures.sides(part), key=lambda row: (row.holder_iri, row.target_iri))
    for entity in sorted({entity for row in rows for entity in (row.holder_iri, row.target_iri)}):
        made.add_node(entity, **part.nodes[entity])
    for row in rows:
        made.add_edge(row.holder_iri, row.target_iri, support=row.support, oppose=row.oppose, neutral=row.neutral)
    return made


MEASURES: Mapping[str, _Measure] = {
    "neighbours": _Measure(_neighbours, Neighbour, lambda part: part),
    "centrality": _Measure(_centrality, Central, _central_network, by="decade"),
    "communities": _Measure(_communities, Member, _network_of_communities),
    "matrix": _Measure(_sides, Sides, _network_of_sides, by="decade", records=("stance",)),
}
