"""What a view shows: entities, the records between them, and what fusion found that links records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

MAX_NODES = 5_000  # a drawing of more can't be read, nor opened in a few seconds
MAX_RECORDS = 10_000  # the words of more make a file of many megabytes
MAX_PARTIES = 24  # a record of more parties draws no lines: 193 voting states would draw 18,528


@dataclass(frozen=True, slots=True)
class ViewNode:
    """An entity to draw. ``type`` is ``State``, ``Person``, ``Organisation``, ``Place``, ``Group`` or ``Agent``."""

    id: str  # its IRI
    label: str
    type: str
    names: tuple[str, ...] = ()  # variants, searched too


@dataclass(frozen=True, slots=True)
class ViewRecord:
    """A record to draw between the entities that take part, with its words and its three voices.

    ``record`` is ``event``, ``stance`` and so on, or ``statement`` for what a user's own query says: it has no words and
    no source. ``family`` is the family of an event, the polarity of a stance (``support``, ``oppose``, ``neutral``), else ``record``.
    ``date`` is EDTF; ``earliest`` and ``latest`` are calendar days. ``nodes`` are IRIs: a line is drawn between each two
    of them; ``roles`` are the terms by which the record names each, separated by spaces. ``text`` is the exact evidence,
    ``start`` and ``end`` its characters. ``terms`` are a term of the ontology (``type``, ``kind``, …) and the one it has as
    value; of a statement ``predicate`` and its IRI.
    """

    id: str
    record: str
    kind: str  # the kind of an event or the act of a stance, as a label
    family: str
    date: str | None
    earliest: str | None
    latest: str | None
    realis: str | None
    nodes: tuple[str, ...]
    text: str
    prefix: str
    suffix: str
    source_id: str
    source_title: str
    publisher: str
    perspective: str | None
    start: int
    end: int
    speaker: str | None = None
    rule: str = ""
    detail: tuple[tuple[str, str], ...] = ()  # the term and the value of what else it says
    roles: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    place: tuple[str, str] | None = None  # IRI and label
    evidence: str = ""  # IRI


@dataclass(frozen=True, slots=True)
class ViewLink:
    """Records, by their IRIs, that tell one fact, or two that differ: ``differs_in`` says in what, ``values`` what each has."""

    topic: str
    records: tuple[str, ...]
    differs_in: str | None = None
    values: tuple[str, str] | None = None
    independent: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows.

    A record may name an IRI that is not among ``nodes``: it is drawn between those that are. ``asides`` are records that
    are not drawn, but that a link of one that is drawn leads to. ``opening`` is what the page's address says when it says
    nothing: ``at`` an entity, ``to`` another, ``face`` ``timeline``.
    """

    nodes: Sequence[ViewNode]
    records: Sequence[ViewRecord]
    title: str
    subtitle: str = ""
    links: Sequence[ViewLink] = ()
    asides: Sequence[ViewRecord] = ()
    opening: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What of a view is drawn, in order: nodes by IRI, records by date, then the asides; and how much is left out."""

    nodes: list[ViewNode]
    records: list[ViewRecord]
    asides: list[ViewRecord]
    nodes_left_out: int
    records_left_out: int


def drawn(view: View) -> Drawn:
    """The ``MAX_NODES`` best connected nodes, and of each record the nodes among them; a record that loses all is left out."""
    counts = Counter(iri for record in view.records for iri in record.nodes)
    by_iri = {node.id: node for node in view.nodes}
    kept = sorted(by_iri, key=lambda iri: (-counts[iri], iri))[:MAX_NODES]
    known = frozenset(kept)
    records = _fair([narrowed for record in view.records if (narrowed := _narrowed(record, known)).nodes or not record.nodes])
    shown = {record.id for record in records}
    asides = [_narrowed(record, known) for record in view.asides if record.id not in shown]
    return Drawn(
        nodes=[by_iri[iri] for iri in sorted(kept)],
        records=sorted(records, key=_first_day),
        asides=sorted(asides, key=_first_day),
        nodes_left_out=len(by_iri) - len(kept),
        records_left_out=len(view.records) - len(records),
    )


def _fair(records: list[ViewRecord]) -> list[ViewRecord]:
    """At most ``MAX_RECORDS``: who is in few records keeps them, and of those between the same entities some of each time stay."""
    told: dict[tuple[str, ...], list[ViewRecord]] = {}
    for record in sorted(records, key=_first_day):
        told.setdefault(tuple(sorted(record.nodes)), []).append(record)
    most, room = 0, MAX_RECORDS
    for left, count in zip(range(len(told), 0, -1), sorted(map(len, told.values())), strict=True):
        most = room // left  # what the smaller groups do not use is shared by the larger ones
        if count > most:
            break
        room -= count
    return [record for group in told.values() for record in _spread(group, max(most, 1))][:MAX_RECORDS]


def _spread(group: Sequence[ViewRecord], most: int) -> Sequence[ViewRecord]:
    """At most so many of them, evenly from the first to the last."""
    return group if len(group) <= most else [group[place * len(group) // most] for place in range(most)]


def _narrowed(record: ViewRecord, known: frozenset[str]) -> ViewRecord:
    """The record without the nodes that are not drawn, each once, with its roles."""
    roles: dict[str, list[str]] = {}
    for place, iri in enumerate(record.nodes):
        if iri in known:
            roles.setdefault(iri, []).extend(record.roles[place : place + 1])
    return replace(record, nodes=tuple(roles), roles=tuple(" ".join(names) for names in roles.values()))


def _first_day(record: ViewRecord) -> tuple[str, str]:
    return record.earliest or record.date or "~", record.id
