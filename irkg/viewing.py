"""Views: a query's result, an entity or the whole graph as one HTML file."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import NamedNode

from graph.exports import write_whole
from graph.store import GraphStore, open_store
from graph.views import ViewNode, ViewRecord, page
from irkg.records import Name, SourceName, Told, names, record_iris, records, records_about, source_names
from ontology.errors import UsageError
from ontology.kinds import family_of, label_of
from queries.catalogue import find, run
from queries.names import resolve

OVERVIEW = "overview"
_DETAIL_LABELS = {"inReturn": "in return", "targetPhrase": "towards"}
_SHOWN = ("Event", "Stance")


def write_view(store: Path, name: str, output: Path, *, entity: str | None, parameters: Mapping[str, str]) -> str:
    """Writes the view and says in a line what is in it.

    Raises:
        UsageError: no such view, an unknown entity or parameter.
    """
    document, count = drawn(open_store(store), name, entity=entity, parameters=parameters)
    write_whole(output, document.encode("utf-8"))
    return f"{output}: {count} records; open it in a browser"


def drawn(graph: GraphStore, name: str, *, entity: str | None, parameters: Mapping[str, str]) -> tuple[str, int]:
    """The HTML page of a view, and how many records are in it; errors as for ``write_view``."""
    title, iris = _chosen(graph, name, parameters)
    if entity is not None:
        about = set(records_about(graph, resolve(graph, entity).value))
        iris = [iri for iri in iris if iri in about]
        title = f"{title}: {entity}"
    told = records(graph, iris)
    return view_page(graph, told, title), len(told)


def view_page(graph: GraphStore, told: list[Told], title: str) -> str:
    """The HTML page of some records."""
    entities = names(graph, (party for record in told for party in record.parties))
    sources = source_names(graph, (record.source for record in told))
    nodes = [ViewNode(e.iri, e.label, e.type, e.others) for e in entities.values()]
    shown = [_view_record(record, entities, sources[record.source]) for record in told]
    subtitle = ", ".join(sorted({source.publisher or source.title for source in sources.values()}))
    return page(nodes, shown, title=title, subtitle=f"as told by {subtitle}" if subtitle else "nothing is told")


def _chosen(graph: GraphStore, name: str, parameters: Mapping[str, str]) -> tuple[str, list[str]]:
    """The title of a view and the IRIs of its records."""
    if name == OVERVIEW:
        if parameters:
            raise UsageError("the overview has no parameters; --entity narrows it")
        return "Who dealt with whom", sorted(record_iris(graph, *_SHOWN))
    try:
        query = find(name)
    except UsageError as error:
        if get_close_matches(name.lower(), [OVERVIEW]):
            raise UsageError(f"no view is named “{name}”; did you mean “{OVERVIEW}”?") from None
        raise UsageError(f"a view is {OVERVIEW} or a named query; {error}") from None
    answer = run(graph, name, parameters)
    if "record" not in answer.columns:
        raise UsageError(f"the rows of “{name}” are not records and can't be drawn; try overview")
    return query.title, [str(row["record"]) for row in answer.dicts() if row["record"]]


def _view_record(told: Told, entities: Mapping[str, Name], source: SourceName) -> ViewRecord:
    speaker = told.first("reportedSpeaker") or told.first("speaker") or told.first("holder")
    kind = _local(told.first("kind") or told.first("act")) or told.type
    return ViewRecord(
        id=told.iri,
        record=told.type.lower(),
        kind=label_of(kind) if kind != told.type else kind,
        family=_family(told),
        date=told.first("date"),
        earliest=told.first("earliest"),
        latest=told.first("latest"),
        realis=_local(told.first("realis")),
        nodes=told.parties,
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
        rule=_local(told.first("readBy")) or "",
        detail=tuple((_DETAIL_LABELS.get(name, name), value) for name, value in told.details),
    )


def _family(told: Told) -> str:
    """The family of an event's kind, the polarity of a stance."""
    kind = _local(told.first("kind"))
    return family_of(kind) if kind else _local(told.first("polarity")) or "other"


def _local(iri: str | None) -> str | None:
    """The last part of an IRI."""
    return NamedNode(iri).value.rsplit("#", 1)[-1].rsplit("/", 1)[-1] if iri else None
