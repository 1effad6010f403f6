"""Records as RDF: one pure function turns a record into triples in the named graph of its source.

``document_quads`` is what a build calls: everything that one source says, and no triple that another
graph holds as well (``graph.naming`` tells why, and how things are described).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graph.edtf import bounds
from graph.labels import record_label
from graph.naming import DESCRIPTIONS_GRAPH, Namings
from graph.numbers import decimal_text
from graph.records import DateExpression, Entity, Event, Figure, OfficeHeld, Phrase, Quotation, Record, RowSpan, Stance
from graph.terms import ANY_URI, DATE, DATE_TIME, DC, DECIMAL, EDTF, INTEGER, LABEL, OA, SCHEMA, TERM, TYPE
from graph.works import CitedWork, work_quads
from ontology.errors import UsageError
from ontology.identifiers import FUSION_GRAPH, REFERENCE_GRAPH, evidence_iri, graph_iri, record_iri, rule_iri, selector_iri, source_iri

RESERVED_GRAPHS = frozenset({REFERENCE_GRAPH, FUSION_GRAPH, DESCRIPTIONS_GRAPH})
CONTEXT_LENGTH = 40  # characters of oa:prefix and of oa:suffix

_Said = tuple[NamedNode, NamedNode | Literal]  # a predicate and an object


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """What the graph says of a document or data set. ``text_hash`` is the SHA-256 of its file."""

    id: str
    title: str
    kind: str
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    licence: str | None = None
    perspective: str | None = None
    note: str | None = None
    url: str | None = None
    author: str | None = None
    revision: str | None = None
    modified: str | None = None  # an xsd:dateTime
    text_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a record's words in the raw file: some characters, citation marks, and the works behind their sentence."""

    prefix: str = ""
    suffix: str = ""
    citations: tuple[str, ...] = ()
    works: tuple[CitedWork, ...] = ()


_NOTHING = Surroundings()


def surroundings(raw: str, start: int, end: int, citations: Iterable[str] = (), works: Iterable[CitedWork] = ()) -> Surroundings:
    """The surroundings of ``raw[start:end]``."""
    return Surroundings(raw[max(0, start - CONTEXT_LENGTH) : start], raw[end : end + CONTEXT_LENGTH], tuple(citations), tuple(works))


@dataclass(frozen=True, slots=True)
class Batch:
    """Some quads of a source that come one behind the other; ``beside`` is what else the source says of the things in them."""

    quads: list[Quad]
    beside: list[Quad]


def document_quads(source: SourceDescription, found: Iterable[tuple[Record, Surroundings]]) -> Iterator[Quad]:
    """Everything that one source says: the source, its records with their evidence, its namings.

    Takes the records as they come and keeps few, so that a table of a million rows fits.

    Raises:
        UsageError: the source's id is kept for a graph of our own.
        ValueError: a record of another source, or records that are not in the order of the text.
    """
    for batch in document_batches(source, found):
        yield from batch.quads


def document_batches(source: SourceDescription, found: Iterable[tuple[Record, Surroundings]], records: int = 1000) -> Iterator[Batch]:
    """The same in batches of some records, each of which can be checked by itself; errors as for ``document_quads``."""
    described = list(source_quads(source))
    namings, named_here = Namings(source.id), Namings(source.id)
    quads, held, start = list(described), 0, -1
    for record, around, node, new_span in _numbered(source.id, found):
        if held >= records and record.start > start:  # records of one span share their evidence
            yield Batch(quads, [*described, *named_here.quads()])
            namings.join(named_here)
            quads, held, named_here = [], 0, Namings(source.id)
        held, start = held + 1, record.start
        quads.extend(_record(record, node))
        if new_span:
            quads.extend(_evidence(record, around))
        for row in record.also_rows:
            quads.extend(_row_evidence(record.source, row))
        named_here.add(record, entities_of(record))
    namings.join(named_here)
    said = list(namings.quads())
    yield Batch([*quads, *said], described)


def record_quads(record: Record, around: Surroundings = _NOTHING, number: int = 0) -> Iterator[Quad]:
    """One record with its evidence and its namings. ``number`` is that of ``record_node``."""
    yield from _record(record, record_node(record, number))
    yield from _evidence(record, around)
    for row in record.also_rows:
        yield from _row_evidence(record.source, row)
    namings = Namings(record.source)
    namings.add(record, entities_of(record))
    yield from namings.quads()


def record_node(record: Record, number: int = 0) -> str:
    """The IRI of a record, by its type, source, span and what identifies it there.

    Neither the rule nor a date counts, so that better reading keeps identifiers. Records that are
    alike in all this and still differ (three meetings told in one clause) are numbered in the order in
    which they were read; the first has number 0.
    """
    twin = (number,) if number else ()
    return record_iri(record.record, record.source, record.start, record.end, *_IDENTITY[type(record)](record), *twin)


def source_quads(source: SourceDescription) -> Iterator[Quad]:
    """The description of a source, in its own graph."""
    if graph_iri(source.id) in RESERVED_GRAPHS:
        raise UsageError(f"“{source.id}” can't be the id of a source: the graph of that name is our own; choose another id")
    node, graph = NamedNode(source_iri(source.id)), NamedNode(graph_iri(source.id))
    yield Quad(node, TYPE, TERM.Source, graph)
    for predicate, value in (
        (DC.title, source.title),
        (DC.publisher, source.publisher),
        (DC.language, source.language),
        (DC.license, source.licence),
        (TERM.sourceKind, source.kind),
        (TERM.perspective, source.perspective),
        (TERM.note, source.note),
        (DC.creator, source.author),
        (TERM.revision, source.revision),
        (TERM.textHash, source.text_hash),
    ):
        if value:
            yield Quad(node, predicate, Literal(value), graph)
    if source.url:
        yield Quad(node, SCHEMA.url, Literal(source.url, datatype=ANY_URI), graph)
    if source.modified:
        yield Quad(node, SCHEMA.dateModified, Literal(source.modified, datatype=DATE_TIME), graph)
    for predicate, when in _dated(TERM.published, source.published):
        yield Quad(node, predicate, when, graph)


def entities_of(record: Record) -> Iterator[Entity]:
    """Every entity that a record names."""
    for name in _ENTITY_FIELDS[type(record)]:
        value = getattr(record, name)
        if isinstance(value, Entity):
            yield value
        elif isinstance(value, tuple):
            yield from value


def _numbered(source_id: str, found: Iterable[tuple[Record, Surroundings]]) -> Iterator[tuple[Record, Surroundings, str, bool]]:
    """Each record with its node, numbered among twins, and whether its span is new. Remembers one start at a time."""
    last_start = -1
    twins: dict[str, list[Record]] = {}
    ends: set[int] = set()
    for record, around in found:
        if record.source != source_id:
            raise ValueError(f"a record of “{record.source}” among those of “{source_id}”")
        if record.start < last_start:
            raise ValueError(f"{source_id}: a record at {record.start} after one at {last_start}: sort by start")
        if record.start > last_start:
            last_start = record.start
            twins.clear()
            ends.clear()
        node = record_node(record)
        alike = twins.setdefault(node, [])
        number = next((number for number, twin in enumerate(alike) if _say_the_same(twin, record)), len(alike))
        if number == len(alike):
            alike.append(record)
        yield record, around, record_node(record, number) if number else node, record.end not in ends
        ends.add(record.end)


def _say_the_same(one: Record, other: Record) -> bool:
    """Do two records differ in the rule that read them at most?"""
    return replace(one, rule="") == replace(other, rule="")


def _record(record: Record, iri: str) -> Iterator[Quad]:
    node, graph = NamedNode(iri), _graph(record.source)
    yield Quad(node, TYPE, getattr(TERM, type(record).__name__), graph)
    yield Quad(node, LABEL, Literal(record_label(record), language="en"), graph)
    yield Quad(node, TERM.source, _source(record.source), graph)
    yield Quad(node, TERM.readBy, _rule(record.rule), graph)
    yield Quad(node, TERM.evidence, _span_nodes(record.source, record.start, record.end)[0], graph)
    for row in record.also_rows:
        yield Quad(node, TERM.evidence, _span_nodes(record.source, row.start, row.end)[0], graph)
    for predicate, value in _SAID[type(record)](record):
        yield Quad(node, predicate, value, graph)


def _evidence(record: Record, around: Surroundings) -> Iterator[Quad]:
    if record.row is not None:
        row = RowSpan(start=record.start, end=record.end, text=record.text, row=record.row, cells=record.cells)
        yield from _row_evidence(record.source, row)
        return
    yield from _span(record.source, record)
    graph = _graph(record.source)
    evidence, selector = _span_nodes(record.source, record.start, record.end)
    for citation in around.citations:
        yield Quad(evidence, TERM.citation, Literal(citation), graph)
    yield from work_quads(record.source, evidence, around.works)
    yield Quad(selector, OA.prefix, Literal(around.prefix), graph)
    yield Quad(selector, OA.suffix, Literal(around.suffix), graph)


def _row_evidence(source_id: str, row: RowSpan) -> Iterator[Quad]:
    """A row as evidence. What stands around it are other rows, which do not carry it, and so are not kept."""
    yield from _span(source_id, row)
    graph, selector = _graph(source_id), _span_nodes(source_id, row.start, row.end)[1]
    yield Quad(selector, TERM.row, Literal(str(row.row), datatype=INTEGER), graph)
    for column, value in row.cells:
        yield Quad(selector, TERM.cell, Literal(f"{column}={value}"), graph)


def _span(source_id: str, words: Record | RowSpan) -> Iterator[Quad]:
    graph = _graph(source_id)
    evidence, selector = _span_nodes(source_id, words.start, words.end)
    yield Quad(evidence, TYPE, TERM.Evidence, graph)
    yield Quad(evidence, TYPE, OA.SpecificResource, graph)
    yield Quad(evidence, OA.hasSource, _source(source_id), graph)
    yield Quad(evidence, OA.hasSelector, selector, graph)
    yield Quad(selector, TYPE, OA.TextPositionSelector, graph)
    yield Quad(selector, TYPE, OA.TextQuoteSelector, graph)
    yield Quad(selector, OA.start, Literal(str(words.start), datatype=INTEGER), graph)
    yield Quad(selector, OA.end, Literal(str(words.end), datatype=INTEGER), graph)
    yield Quad(selector, OA.exact, Literal(words.text), graph)


# Nodes that stand in many quads. To mint an IRI takes as long as to make five quads.


@lru_cache(maxsize=64)
def _graph(source_id: str) -> NamedNode:
    return NamedNode(graph_iri(source_id))


@lru_cache(maxsize=64)
def _source(source_id: str) -> NamedNode:
    return NamedNode(source_iri(source_id))


@lru_cache(maxsize=1024)
def _rule(rule: str) -> NamedNode:
    return NamedNode(rule_iri(rule))


@lru_cache(maxsize=1024)
def _span_nodes(source_id: str, start: int, end: int) -> tuple[NamedNode, NamedNode]:
    """The evidence of a span, and its selector."""
    return NamedNode(evidence_iri(source_id, start, end)), NamedNode(selector_iri(source_id, start, end))


def _event(event: Event) -> Iterator[_Said]:
    yield TERM.kind, getattr(TERM, event.kind)
    yield TERM.realis, getattr(TERM, event.realis)
    yield from _dated(TERM.date, event.date)
    yield from _entities(TERM.participant, event.participants)
    yield from _entities(TERM.prisoner, event.persons)
    for predicate, entity in ((TERM.place, event.place), (TERM.supplier, event.supplier), (TERM.recipient, event.recipient)):
        yield from _entity(predicate, entity)
    for predicate, number in ((TERM.quantity, event.quantity), (TERM.delivered, event.delivered), (TERM.amount, event.amount)):
        if number is not None:
            yield predicate, Literal(decimal_text(number), datatype=DECIMAL)
    for predicate, words in (
        (TERM.item, event.item),
        (TERM.currency, event.currency),
        (TERM.inReturn, event.in_return),
        (TERM.vote, event.vote),
        (TERM.resolution, event.resolution),
        (TERM.qualifier, event.qualifier),
        (TERM.deliveredQualifier, event.delivered_qualifier),
        (TERM.condition, event.condition),
        (TERM.remarks, event.remarks),
        *((TERM.issue, issue) for issue in event.issues),
    ):
        yield from _words(predicate, words)
    for year in event.delivered_in:
        yield TERM.deliveredIn, Literal(year, datatype=EDTF)


def _stance(stance: Stance) -> Iterator[_Said]:
    yield from _entity(TERM.holder, stance.holder)
    yield from _entity(TERM.reportedSpeaker, stance.reported_speaker)
    if isinstance(stance.target, Phrase):
        yield from _words(TERM.targetPhrase, stance.target.label)
    else:
        yield from _entity(TERM.target, stance.target)
    yield TERM.polarity, getattr(TERM, stance.polarity)
    yield TERM.act, getattr(TERM, stance.act)
    yield from _dated(TERM.date, stance.date)


def _figure(figure: Figure) -> Iterator[_Said]:
    yield TERM.value, Literal(decimal_text(figure.value), datatype=DECIMAL)
    yield from _words(TERM.unit, figure.unit)
    yield from _words(TERM.measure, figure.measure)
    yield from _words(TERM.qualifier, figure.qualifier)
    yield from _dated(TERM.date, figure.period)
    yield from _entities(TERM.attributedTo, figure.attributed_to)


def _quotation(quotation: Quotation) -> Iterator[_Said]:
    yield from _entity(TERM.speaker, quotation.speaker)
    yield from _dated(TERM.date, quotation.date)


def _office(held: OfficeHeld) -> Iterator[_Said]:
    yield from _entity(TERM.person, held.person)
    yield from _words(TERM.office, held.office)
    yield from _entity(TERM.of, held.of)
    yield from _dated(TERM.date, held.date)


def _date(expression: DateExpression) -> Iterator[_Said]:
    yield from _dated(TERM.date, expression.value)


def _words(predicate: NamedNode, words: str | None) -> Iterator[_Said]:
    if words:
        yield predicate, Literal(words)


def _entity(predicate: NamedNode, entity: Entity | None) -> Iterator[_Said]:
    if entity:
        yield predicate, NamedNode(entity.id)


def _entities(predicate: NamedNode, entities: Iterable[Entity]) -> Iterator[_Said]:
    for entity in entities:
        yield predicate, NamedNode(entity.id)


@lru_cache(maxsize=8192)
def _dated(predicate: NamedNode, value: str | None) -> tuple[_Said, ...]:
    """The date as it is written, and its first and last day where it has them."""
    if not value:
        return ()
    earliest, latest = bounds(value) or (None, None)
    days = ((TERM.earliest, earliest), (TERM.latest, latest))
    return (predicate, Literal(value, datatype=EDTF)), *((limit, Literal(day, datatype=DATE)) for limit, day in days if day)


_SAID: dict[type[Record], Callable[[Any], Iterator[_Said]]] = {
    Event: _event,
    Stance: _stance,
    Figure: _figure,
    Quotation: _quotation,
    OfficeHeld: _office,
    DateExpression: _date,
}

# What tells a record from others of its type on the same span.
_IDENTITY: dict[type[Record], Callable[[Any], tuple[object, ...]]] = {
    Event: lambda event: (event.kind,),
    Stance: lambda stance: (stance.holder.id, _target_name(stance.target)),
    Figure: lambda figure: (decimal_text(figure.value), figure.unit),
    Quotation: lambda _: (),
    OfficeHeld: lambda held: (held.person.id, held.office, held.of.id),
    DateExpression: lambda _: (),
}

_ENTITY_FIELDS: dict[type[Record], tuple[str, ...]] = {
    Event: ("participants", "place", "supplier", "recipient", "persons"),
    Stance: ("holder", "reported_speaker", "target"),
    Figure: ("attributed_to",),
    Quotation: ("speaker",),
    OfficeHeld: ("person", "of"),
    DateExpression: (),
}


def _target_name(target: Entity | Phrase) -> str:
    return target.id if isinstance(target, Entity) else target.label
