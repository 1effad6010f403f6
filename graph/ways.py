"""The best-evidenced way from one entity to another over records.

Of the ways with the fewest steps it is the one that leaves least doubt, and of those that leave the same the one over
entities that are in fewer records: that two people both dealt with a state says less than that both met one man. A record
is the stronger evidence for two of its parties the fewer others are in it, and a step the less doubtful the stronger its
records are together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

import networkx as nx

_PARTS = 1_000_000  # of a doubt: whole numbers add up to the same in any order

_Pair = tuple[str, str]


class Evidence(NamedTuple):
    """What a way may lead over: a record, its parties, and whether its source only tells that someone says so."""

    record: str
    parties: Sequence[str]
    reported: bool = False

    @property
    def strength(self) -> float:
        """1 where two parties are alone in the record, ``1 / (parties - 1)`` where there are more, and half of it if reported."""
        return (0.5 if self.reported else 1.0) / max(len(set(self.parties)) - 1, 1)


class Step(NamedTuple):
    """A step of a way, with the records that carry it, the strongest first."""

    one: str
    other: str
    records: tuple[str, ...]


def best_way(told: Iterable[Evidence], start: str, goal: str) -> list[Step] | None:
    """The steps from one entity to another; None if no record connects them, [] if they are one.

    The doubt of a step is ``1 / (1 + s)``, with ``s`` the sum of the strengths of its records.
    """
    carried: dict[_Pair, list[Evidence]] = defaultdict(list)
    for evidence in sorted(told, key=lambda evidence: (-evidence.strength, evidence.record)):
        for one, other in combinations(sorted(set(evidence.parties)), 2):
            carried[one, other].append(evidence)
    network: nx.Graph[str] = nx.Graph()
    for (one, other), cost in sorted(_costs(carried).items()):
        network.add_edge(one, other, cost=cost)
    try:
        way = nx.shortest_path(network, start, goal, weight="cost")
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return None
    return [Step(one, other, _records(carried[min(one, other), max(one, other)])) for one, other in pairwise(way)]


def _costs(carried: Mapping[_Pair, Sequence[Evidence]]) -> dict[_Pair, int]:
    """What each step costs: a step weighs more than all doubts together, and a doubt more than all entities' records."""
    busy: Counter[str] = Counter()
    for pair, evidences in carried.items():
        busy.update(dict.fromkeys(pair, len(evidences)))
    steps = len(busy)  # more than a way can have
    scale = 2 * steps * max(busy.values(), default=0) + 1
    doubts = {pair: round(_PARTS / (1 + sum(evidence.strength for evidence in evidences))) for pair, evidences in carried.items()}
    return {(one, other): (_PARTS * steps + doubt) * scale + busy[one] + busy[other] for (one, other), doubt in doubts.items()}


def _records(evidences: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(evidence.record for evidence in evidences)
