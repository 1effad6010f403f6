"""Records that are about one thing: pairs with a score and reasons, joined to groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.fusion.facts import Measured, Told

R = TypeVar("R", Told, Measured)


@dataclass(frozen=True, slots=True)
class Match:
    """How well two records fit, 0 to 1, and why."""

    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link(Generic[R]):
    """A record of a group, with its best score to another of the group and the reasons."""

    record: R
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group(Generic[R]):
    """Records that are about one thing; ``what`` is ``happening`` or ``measurement``."""

    what: str
    links: tuple[Link[R], ...]

    @property
    def records(self) -> tuple[R, ...]:
        """Its records, by source and place in it."""
        return tuple(link.record for link in self.links)


def grouped(what: str, pairs: Iterable[tuple[Match, R, R]], excludes: Callable[[R, R], bool]) -> list[Group[R]]:
    """Joins scored pairs, the best first, where no two records of the joined groups exclude one another."""
    home: dict[str, list[R]] = {}
    best: dict[str, Match] = {}
    for found, a, b in sorted(pairs, key=lambda pair: (-pair[0].score, pair[1].iri, pair[2].iri)):
        first, second = home.setdefault(a.iri, [a]), home.setdefault(b.iri, [b])
        if first is not second:
            if any(excludes(x, y) for x in first for y in second):
                continue
            first.extend(second)
            home.update((member.iri, first) for member in second)
        for record in (a, b):
            best.setdefault(record.iri, found)
    members = {id(group): sorted(group, key=lambda r: (r.source, r.start, r.iri)) for group in home.values() if len(group) > 1}
    groups = [Group(what, tuple(Link(r, best[r.iri].score, best[r.iri].because) for r in group)) for group in members.values()]
    return sorted(groups, key=lambda group: group.records[0].iri)
