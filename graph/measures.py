"""What can be read off a network of entities: who deals with whom, who stands between, who belongs together, who takes which side.

Every function takes a network as ``graph.networks.network`` makes it and returns rows, or a smaller network, and
changes nothing. The order of rows is fixed: the same network gives the same rows at each run.

A *tie* of two entities is a record of an event that happened (*actual* or *reported*) or of a stance. Plans, refusals,
denials and offices are in the network and are no ties.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

if TYPE_CHECKING:
    Network = nx.MultiGraph[str]
    Joined = nx.Graph[str]

TIES = ("event", "stance")
HAPPENED = ("actual", "reported")
PERIODS = ("year", "decade", "all")
ALL = "all"

_DIGITS = 4  # of a betweenness: it is a share, and more would suggest what the data can't carry
_YEAR = re.compile(r"-?\d+(?=-\d\d-\d\d$)")

_Edge = tuple[str, str, str, dict[str, str]]  # with its key and its attributes

Days = tuple[str | None, str | None]
"""A first and a last day, ``YYYY-MM-DD``; None at an open end."""


class Neighbour(NamedTuple):
    """Whom an entity has ties with. ``first`` and ``last`` are EDTF dates, None where no tie is dated."""

    period: str
    entity: str
    type: str
    records: int
    sources: int
    kinds: str
    first: str | None
    last: str | None
    iri: str


class Central(NamedTuple):
    """How central an entity is in a period.

    ``neighbours`` is its degree: with how many others it has ties. ``betweenness`` is the share, from 0 to 1, of the shortest
    ways between two others that lead over it. ``records`` counts the records of its ties.
    """

    period: str
    entity: str
    type: str
    neighbours: int
    betweenness: float
    records: int
    iri: str


class Member(NamedTuple):
    """An entity in a community. ``inside`` counts the records it shares with others of it, ``outside`` those with the rest."""

    period: str
    community: int
    size: int
    entity: str
    type: str
    inside: int
    outside: int
    iri: str


class Sides(NamedTuple):
    """A cell of the matrix: how often a holder took which side towards a target. Cells without a stance are left out."""

    period: str
    holder: str
    target: str
    support: int
    oppose: int
    neutral: int
    holder_iri: str
    target_iri: str


def ties(network: "Network", days: Days = (None, None), records: Collection[str] = TIES) -> "Network":
    """The network of the ties alone, or of some of them, that may fall between two days, both included; None is no limit.

    With a limit a tie without a date is left out.
    """
    edges = network.edges(keys=True, data=True)
    return _of(network, (edge for edge in edges if edge[3]["record"] in records and _is_tie(edge[3]) and _may_fall(edge[3], days)))


def _is_tie(known: Mapping[str, str]) -> bool:
    return known["record"] == "stance" or (known["record"] == "event" and known["realis"] in HAPPENED)


def _may_fall(known: Mapping[str, str], days: Days) -> bool:
    start, end = days
    if start is None and end is None:
        return True
    return bool(
        known["date"]
        and (start is None or not known["latest"] or day_order(known["latest"]) >= day_order(start))
        and (end is None or not known["earliest"] or day_order(known["earliest"]) <= day_order(end))
    )


def day_order(day: str) -> tuple[int, str]:
    """By which days sort: as text, but for those before the year 0."""
    year = _YEAR.match(day)
    return (int(year[0]) if year else 0, day[-5:])


def by_period(network: "Network", by: str) -> "list[tuple[str, Network]]":
    """The network of each period, ``1991`` or ``199X`` (EDTF), in order; for ``all`` one, of everything.

    A record is in a period when both its first and its last day are: one of “the 1970s” is in no year, and one
    without a date in no period but ``all``.
    """
    if by == ALL:
        return [(ALL, network)]
    edges: dict[str, list[_Edge]] = defaultdict(list)
    for edge in network.edges(keys=True, data=True):
        if period := period_of(edge[3], by):
            edges[period].append(edge)
    return [(period, _of(network, edges[period])) for period in sorted(edges)]


def period_of(known: Mapping[str, str], by: str) -> str | None:
    """The year (``1991``) or decade (``199X``) in which a record's first and last day are; None if there is no such."""
    years = {match[0] for day in (known["earliest"], known["latest"]) if (match := _YEAR.match(day))}
    periods = {year if by == "year" else f"{year[:-1]}X" for year in years}
    return periods.pop() if len(periods) == 1 and known["earliest"] and known["latest"] else None


def _of(network: "Network", edges: "Iterable[_Edge]") -> "Network":
    """Some edges and their nodes, in the order of the network."""
    made: Network = nx.MultiGraph()
    kept = list(edges)
    _add_nodes(made, network, {entity for edge in kept for entity in edge[:2]})
    for one, other, key, known in kept:
        made.add_edge(one, other, key=key, **known)
    return made


def _add_nodes(made: "Joined", network: "Joined", wanted: Set[str]) -> None:
    made.add_nodes_from((entity, dict(known)) for entity, known in network.nodes(data=True) if entity in wanted)


def joined(network: "Network") -> "Joined":
    """The same with one edge for two entities; its ``records`` is how many records tie them."""
    made: Joined = nx.Graph()
    _add_nodes(made, network, set(network))
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other, known in network.edges(data=True):
        told[min(one, other), max(one, other)].add(known["iri"])
    for (one, other), records in sorted(told.items()):
        made.add_edge(one, other, records=len(records))
    return made


def around(network: "Joined", entity: str) -> "Joined":
    """The entity, its neighbours, and every edge among them; empty if it is not there."""
    kept = {entity, *nx.all_neighbors(network, entity)} if entity in network else set()
    made = network.copy()
    made.remove_nodes_from([other for other in network if other not in kept])
    return made


def neighbours(network: "Network", entity: str, period: str = ALL) -> list[Neighbour]:
    """Who has ties with the entity, by the number of records, then by name; [] if nobody has."""
    rows = []
    if entity not in network:
        return []
    for other, edges in network[entity].items():
        told = {known["iri"]: known for known in edges.values()}
        first, last = _first_and_last(told.values())
        node = network.nodes[other]
        rows.append(
            Neighbour(
                period=period,
                entity=node["label"],
                type=node["type"],
                records=len(told),
                sources=len({known["source"] for known in told.values()}),
                kinds=_counted(known["kind"] for known in told.values()),
                first=first,
                last=last,
                iri=other,
            )
        )
    return sorted(rows, key=lambda row: (-row.records, row.entity, row.iri))


def _counted(kinds: Iterable[str]) -> str:
    """``Meeting 3, Visit 1``, the most frequent first."""
    return ", ".join(f"{kind} {count}" for kind, count in sorted(Counter(kinds).items(), key=lambda item: (-item[1], item[0])))


def _first_and_last(told: Iterable[Mapping[str, str]]) -> tuple[str | None, str | None]:
    """The date that may begin first, and the date that may end last."""
    dated = [known for known in told if known["date"]]
    starts = [known for known in dated if known["earliest"]]
    ends = [known for known in dated if known["latest"]]
    first = min(starts, key=lambda known: (day_order(known["earliest"]), known["date"]))["date"] if starts else None
    last = max(ends, key=lambda known: (day_order(known["latest"]), known["date"]))["date"] if ends else None
    return first, last


def centrality(network: "Network", period: str = ALL) -> list[Central]:
    """Every entity that has ties, by the number of its neighbours, then by betweenness, then by name."""
    simple = joined(network)
    between = nx.betweenness_centrality(simple)
    rows = [
        Central(
            period=period,
            entity=known["label"],
            type=known["type"],
            neighbours=simple.degree[entity],
            betweenness=round(between[entity], _DIGITS),
            records=_records_of(network, entity),
            iri=entity,
        )
        for entity, known in simple.nodes(data=True)
    ]
    return sorted(rows, key=lambda row: (-row.neighbours, -row.betweenness, row.entity, row.iri))


def _records_of(network: "Network", entity: str, others: Iterable[str] | None = None) -> int:
    """How many records tie the entity to the others, or to anyone."""
    wanted = network[entity] if others is None else [other for other in others if other in network[entity]]
    return len({known["iri"] for other in wanted for known in network[entity][other].values()})


def communities(network: "Network", period: str = ALL) -> list[Member]:
    """Entities that have more ties with one another than chance would give them; the largest community is 1.

    By greedy modularity (Clauset, Newman and Moore), where an edge weighs as many as it has records. Members are in the order
    of their records inside. Which community an entity of few records falls into says little.
    """
    rows = []
    for number, members in enumerate(_communities(joined(network)), 1):
        found = []
        for entity in members:
            known, rest = network.nodes[entity], network[entity].keys() - members
            inside, outside = _records_of(network, entity, members), _records_of(network, entity, rest)
            found.append(Member(period, number, len(members), known["label"], known["type"], inside, outside, entity))
        rows += sorted(found, key=lambda row: (-row.inside, row.entity, row.iri))
    return rows


def _communities(simple: "Joined") -> list[frozenset[str]]:
    """The largest first, then by their members."""
    found = nx.community.greedy_modularity_communities(simple, weight="records") if simple else []
    return [frozenset(group) for group in sorted(map(sorted, found), key=lambda group: (-len(group), group))]


def sides(network: "Network", period: str = ALL) -> list[Sides]:
    """Who supports or opposes whom, from the stances towards entities: those that take most sides first, then by name."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one, other, known in network.edges(data=True):
        if known["record"] == "stance" and known["from"] in (one, other):
            counts[known["from"], other if known["from"] == one else one][known["polarity"]] += 1
    label = {entity: known["label"] for entity, known in network.nodes(data=True)}
    rows = [
        Sides(period, label[holder], label[target], count["support"], count["oppose"], count["neutral"], holder, target)
        for (holder, target), count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-(row.support + row.oppose + row.neutral), row.holder, row.target, row.holder_iri, row.target_iri))
