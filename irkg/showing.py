"""An entity as text, and the way from one entity to another, each step with its words."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import networkx as nx

from graph.store import GraphStore, open_store
from irkg.records import Name, SourceName, Told, names, record_iris, records, records_about, source_names
from ontology.errors import IrkgError
from queries.catalogue import run
from queries.names import resolve

_SECTIONS = (
    ("Event", "Events"),
    ("Stance", "Stances"),
    ("Quotation", "Quotations"),
    ("Figure", "Figures"),
    ("OfficeHeld", "Offices in the sources"),
)
_HAPPENED = ("actual", "reported")


def entity_text(store: Path, text: str) -> str:
    """All that the graph says of an entity: names, offices, then its records in order with words and source.

    Raises:
        UsageError: no entity, or several, have that name.
    """
    graph = open_store(store)
    iri = resolve(graph, text).value
    own = names(graph, [iri])[iri]
    told = records(graph, records_about(graph, iri))
    sources = source_names(graph, (record.source for record in told))
    entities = names(graph, (party for record in told for party in record.parties))
    lines = [f"{own.label} ({own.type})", f"  {iri}"]
    if own.others:
        lines.append(f"  also: {', '.join(own.others)}")
    lines += _tenures(graph, own)
    for type_, heading in _SECTIONS:
        section = [record for record in told if record.type == type_]
        if section:
            lines += ["", f"{heading} ({len(section)})", *(line for record in section for line in _record_lines(record, entities, sources))]
    return "\n".join(lines) + "\n"


def path_text(store: Path, a: str, b: str) -> str:
    """The shortest way from one entity to another over events and stances that happened, each step with its words.

    Of ways of the same length the one with more evidence. Raises:
        UsageError: no entity, or several, have a name.
        IrkgError: nothing connects them.
    """
    graph = open_store(store)
    start, goal = resolve(graph, a).value, resolve(graph, b).value
    network = _network(records(graph, record_iris(graph, "Event", "Stance")))
    try:
        way = nx.shortest_path(network, start, goal, weight="cost")
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        raise IrkgError(f"nothing in the graph connects {a} and {b}") from None
    steps = [(one, other, network.edges[one, other]["records"]) for one, other in pairwise(way)]
    entities = names(graph, {p for _, _, told in steps for record in told for p in record.parties} | set(way))
    sources = source_names(graph, (record.source for _, _, told in steps for record in told))
    lines = [" → ".join(entities[iri].label for iri in way)]
    for one, other, told in steps:
        lines += ["", f"{entities[one].label} – {entities[other].label}: {len(told)} record{'' if len(told) == 1 else 's'}"]
        lines += [line for record in told[:3] for line in _record_lines(record, entities, sources)]
    return "\n".join(lines) + "\n"


def _network(told: Iterable[Told]) -> "nx.Graph[str]":
    """Entities, joined by the records that happened; a step costs less the more records it has, and never less than half."""
    network: nx.Graph[str] = nx.Graph()
    for record in told:
        realis = (record.first("realis") or "#actual").rsplit("#", 1)[-1]
        if realis not in _HAPPENED:
            continue
        parties = sorted(record.parties)
        for index, one in enumerate(parties):
            for other in parties[index + 1 :]:
                if not network.has_edge(one, other):
                    network.add_edge(one, other, records=[])
                network.edges[one, other]["records"].append(record)
    for _, _, edge in network.edges(data=True):
        edge["cost"] = 1 + 1 / (1 + len(edge["records"]))
    return network


def _tenures(graph: GraphStore, own: Name) -> list[str]:
    if own.type != "Person":
        return []
    answer = run(graph, "office-holders", {"person": own.iri})
    rows = [row for row in answer.dicts() if row["source"] == "reference"]
    return [f"  {row['office']} of {row['of']}, {row['from'] or '?'} to {row['to'] or 'now'}" for row in rows]


def _record_lines(told: Told, entities: Mapping[str, Name], sources: Mapping[str, SourceName]) -> list[str]:
    """A record in two lines: what it says, then its words and where they stand."""
    kind = (told.first("kind") or told.first("act") or told.type).rsplit("#", 1)[-1]
    realis = (told.first("realis") or "").rsplit("#", 1)[-1]
    polarity = (told.first("polarity") or "").rsplit("#", 1)[-1]
    notes = [note for note in (realis if realis != "actual" else "", polarity) if note]
    parties = ", ".join(entities[iri].label for iri in told.parties)
    source = sources[told.source]
    details = "; ".join(f"{name} {value}" for name, value in told.details)
    head = f"  {told.first('date') or 'undated':<12} {kind}"
    head += f" ({', '.join(notes)})" if notes else ""
    head += f": {parties}" + (f" [{details}]" if details else "")
    return [head, f"      “{' '.join(told.text.split())}” — {source.publisher or source.title}, {source.id}:{told.start}–{told.end}"]
