"""Which events are compared: those of one family with an actor in common, in the same year or without a year.

Rows of one data set are apart in any case, so a large one is only compared with what others tell: it is looked through row by
row, and what shares no block with another source is let go. Memory follows the others, and time the rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from graph.fusion.facts import Glimpse, Told, apart_as_rows, events_of, glimpses_of, graphs_of_events, is_of_rows, told_again
from graph.store import GraphStore

Block = tuple[str, ...]
Day = tuple[str | None, str | None]
"""A date, and the resolution where there is one."""

LARGEST = 300  # records of one kind, actor and year; beyond that only those of one day are compared
_MANY_YEARS = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """The events that may match another, by source and place in it; how many each block holds with those that were let go."""

    events: list[Told]
    sizes: Mapping[Block, int] = field(default_factory=dict)


def worth_comparing(graph: GraphStore) -> Compared:
    """The events of a graph, without those of its largest data set that no other source comes near."""
    graphs = graphs_of_events(graph)  # the smallest first
    large = next((name for name in reversed(graphs) if is_of_rows(graph, name)), None)
    events = [event for name in graphs if name != large for event in events_of(graph, name)]
    blocks = Counter(block for event in events for block in blocks_of(event))
    if large is not None and blocks:
        days = {(block, _day(event)) for event in events for block in blocks_of(event)}
        near = list(_near(glimpses_of(graph, large), blocks, days))
        events += told_again(graph, [glimpse.iri for glimpse in near])
    return Compared(sorted(events, key=lambda event: (event.source, event.first_start, event.iri)), blocks)


def _near(glimpses: Iterator[Glimpse], blocks: Counter[Block], days: set[tuple[Block, Day]]) -> list[Glimpse]:
    """Those that share a block with another source, in a large block a day. Counts them all into the blocks."""
    maybe: list[Glimpse] = []
    for glimpse in glimpses:
        shared = [block for block in blocks_of(glimpse) if block in blocks]
        blocks.update(shared)
        if any(blocks[block] <= LARGEST or (block, _day(glimpse)) in days for block in shared):
            maybe.append(glimpse)
    return [
        glimpse
        for glimpse in maybe
        if any(block in blocks and (blocks[block] <= LARGEST or (block, _day(glimpse)) in days) for block in blocks_of(glimpse))
    ]


def candidates(events: Sequence[Told], sizes: Mapping[Block, int]) -> Iterator[tuple[Told, Told]]:
    """The pairs to be compared, each once; ``sizes`` as of ``Compared``."""
    blocks: dict[Block, list[Told]] = defaultdict(list)
    for event in events:
        for block in blocks_of(event):
            blocks[block].append(event)
    seen: set[tuple[str, str]] = set()
    for block in sorted(blocks):
        for a, b in _pairs_of(blocks[block], sizes.get(block, 0)):
            if not apart_as_rows(a, b) and (a.iri, b.iri) not in seen:
                seen.add((a.iri, b.iri))
                yield a, b


def blocks_of(event: Told | Glimpse) -> Iterator[Block]:
    """The blocks that an event is in."""
    for actor in event.people | event.sides:
        for year in _years(event):
            yield event.family, actor, year
    yield event.kind, "all", *sorted(event.sides)


def _pairs_of(block: list[Told], size: int) -> Iterator[tuple[Told, Told]]:
    if max(size, len(block)) <= LARGEST:
        yield from combinations(block, 2)
        return
    days: dict[Day, list[Told]] = defaultdict(list)
    for event in block:
        days[_day(event)].append(event)
    for same in days.values():
        yield from combinations(same[:LARGEST], 2)


def _day(event: Told | Glimpse) -> Day:
    return event.date, event.resolution


def _years(event: Told | Glimpse) -> list[str]:
    if event.earliest is None or event.latest is None:
        return []
    first, last = int(event.earliest[:4]), int(event.latest[:4])
    return [str(year) for year in range(first, last + 1)] if last - first < _MANY_YEARS else []
