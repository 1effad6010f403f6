"""An entity as text, and the way from one entity to another, each step with its words."""

from collections.abc import Mapping
from pathlib import Path

from graph.store import GraphStore, open_store
from graph.ways import Step
from irkg.connecting import connection
from irkg.records import Name, SourceName, Told, names, records, records_about, source_names
from queries.catalogue import run
from queries.names import resolve

_SECTIONS = (
    ("Event", "Events"),
    ("Stance", "Stances"),
    ("Quotation", "Quotations"),
    ("Figure", "Figures"),
    ("OfficeHeld", "Offices in the sources"),
)
_SHOWN = 3  # records of a step


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
    """The best-evidenced of the shortest ways from one entity to another, each step with its words.

    Of each step the strongest records are shown, by date. Raises:
        UsageError: no entity, or several, have a name.
        IrkgError: nothing connects them.
    """
    graph = open_store(store)
    way = connection(graph, a, b)
    told = way.told
    entities = names(graph, [way.start, *(party for record in way.records() for party in record.parties)])
    sources = source_names(graph, (record.source for record in way.records()))
    lines = [" → ".join(entities[iri].label for iri in [way.start, *(step.other for step in way.steps)])]
    for step in way.steps:
        count = f"{len(step.records)} record{'' if len(step.records) == 1 else 's'}"
        lines += ["", f"{entities[step.one].label} – {entities[step.other].label}: {count}"]
        lines += [line for record in _strongest(step, told) for line in _record_lines(record, entities, sources)]
    return "\n".join(lines) + "\n"


def _strongest(step: Step, told: Mapping[str, Told]) -> list[Told]:
    """The records of a step that are shown, in the order of ``told``."""
    shown = set(step.records[:_SHOWN])
    return [record for iri, record in told.items() if iri in shown]


def _tenures(graph: GraphStore, own: Name) -> list[str]:
    if own.type != "Person":
        return []
    answer = run(graph, "office-holders", {"person": own.iri})
    rows = [row for row in answer.dicts() if row["source"] == "reference"]
    return [f"  {row['office']} of {row['of']}, {row['from'] or '?'} to {row['to'] or 'now'}" for row in rows]


def _record_lines(told: Told, entities: Mapping[str, Name], sources: Mapping[str, SourceName]) -> list[str]:
    """A record in two lines: what it says, then its words and where they stand."""
    kind = told.term("kind") or told.term("act") or told.type
    realis, polarity = told.term("realis"), told.term("polarity")
    notes = [note for note in (realis if realis != "actual" else None, polarity) if note]
    parties = ", ".join(entities[iri].label for iri in told.parties)
    source = sources[told.source]
    details = "; ".join(f"{name} {value}" for name, value in told.details)
    head = f"  {told.first('date') or 'undated':<12} {kind}"
    head += f" ({', '.join(notes)})" if notes else ""
    head += f": {parties}" + (f" [{details}]" if details else "")
    return [head, f"      “{' '.join(told.text.split())}” — {source.publisher or source.title}, {source.id}:{told.start}–{told.end}"]
