"""Records of the graph as a view: who takes part, the words, and what fusion found that links them to others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.store import GraphStore
from graph.terms import text
from graph.views import View, ViewLink, ViewNode, ViewRecord
from irkg.records import PARTIES, Name, SourceName, Told, names, records, source_names
from ontology.kinds import family_of, label_of

_TERMS = ("kind", "act", "polarity", "realis")  # by which a record names a term of the ontology

_TOGETHER = """
PREFIX : <https://w3id.org/irkg/ontology#>
SELECT ?found ?topic ?independent ?record
WHERE { ?found a :Corroboration ; :topic ?topic ; :independent ?independent ; :toldBy ?record }
ORDER BY ?found ?record
"""
_APART = """
PREFIX : <https://w3id.org/irkg/ontology#>
SELECT ?topic ?differs_in ?first ?second ?first_value ?second_value
WHERE {
  ?found a :Disagreement ; :topic ?topic ; :differsIn ?differs_in ;
    :first ?first ; :second ?second ; :firstValue ?first_value ; :secondValue ?second_value .
}
ORDER BY ?differs_in ?found
"""


def view_of(graph: GraphStore, told: Sequence[Told], title: str, opening: Mapping[str, str] | None = None) -> View:
    """The view of some records. Those that only a link leads to come with it and are not drawn."""
    own = {record.iri for record in told}
    links = [link for link in (*_apart(graph), *_together(graph)) if not own.isdisjoint(link.records)]
    asides = records(graph, sorted({iri for link in links for iri in link.records} - own))
    entities = names(graph, _mentioned([*told, *asides]))
    sources = source_names(graph, (record.source for record in (*told, *asides)))
    drawn = {iri for record in told for iri in record.parties}
    publishers = ", ".join(sorted({sources[source].publisher or sources[source].title for source in {record.source for record in told}}))
    return View(
        nodes=[ViewNode(e.iri, e.label, e.type, e.others) for iri, e in entities.items() if iri in drawn],
        records=[_view_record(record, entities, sources[record.source]) for record in told],
        title=title,
        subtitle=f"as told by {publishers}" if publishers else "nothing is told",
        links=links,
        asides=[_view_record(record, entities, sources[record.source]) for record in asides],
        opening=opening or {},
    )


def _mentioned(told: Iterable[Told]) -> Iterator[str]:
    for record in told:
        yield from record.parties
        yield from record.properties.get("place", ())


def _together(graph: GraphStore) -> list[ViewLink]:
    found: dict[tuple[str, str, bool], list[str]] = {}
    for row in graph.select(_TOGETHER):
        what = text(row["found"]), text(row["topic"]), text(row["independent"]) == "true"
        found.setdefault(what, []).append(text(row["record"]))
    return [ViewLink(topic, tuple(told), independent=alone) for (_, topic, alone), told in found.items()]


def _apart(graph: GraphStore) -> list[ViewLink]:
    return [
        ViewLink(
            topic=text(row["topic"]),
            records=(text(row["first"]), text(row["second"])),
            differs_in=text(row["differs_in"]),
            values=(text(row["first_value"]), text(row["second_value"])),
        )
        for row in graph.select(_APART)
    ]


def _view_record(told: Told, entities: Mapping[str, Name], source: SourceName) -> ViewRecord:
    speaker = told.first("reportedSpeaker") or told.first("speaker") or told.first("holder")
    kind = told.term("kind") or told.term("act")
    place = told.first("place")
    return ViewRecord(
        id=told.iri,
        record=told.type.lower(),
        kind=label_of(kind) if kind else told.type,
        family=_family(told),
        date=told.first("date"),
        earliest=told.first("earliest"),
        latest=told.first("latest"),
        realis=told.term("realis"),
        nodes=told.parties,
        roles=tuple(_roles(told, iri) for iri in told.parties),
        terms=(("type", told.type), *((name, term) for name in _TERMS if (term := told.term(name)))),
        text=told.text,
        prefix=told.prefix,
        suffix=told.suffix,
        source_id=source.id,
        source_title=source.title,
        publisher=source.publisher,
        perspective=source.perspective,
        start=told.start,
        end=told.end,
        speaker=entities[speaker].label if speaker and speaker in entities else None,
        rule=told.rule,
        detail=told.details,
        place=(place, entities[place].label) if place and place in entities else None,
        evidence=told.first("evidence") or "",
    )


def _roles(told: Told, iri: str) -> str:
    """The terms by which a record names an entity, separated by spaces."""
    return " ".join(name for name in PARTIES if iri in told.properties.get(name, ()))


def _family(told: Told) -> str:
    """The family of an event's kind, the polarity of a stance, of other records their type."""
    kind = told.term("kind")
    return family_of(kind) if kind else told.term("polarity") or told.type.lower()
