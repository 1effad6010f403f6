"""What the graph is, for catalogues and for programs that never saw it: a description in VoID and DCAT.

It counts what is there (triples, classes, properties, by graph), names the vocabularies and the prefixes, and says where
each graph comes from, under which licence, in which formats the whole can be written. All of it is read off the graph: what
it does not know, such as where the files will lie, it does not say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import DCAT, SH, VOID

from graph.formats import OTHER_FORMATS, RDF_FORMATS
from graph.measures import day_order
from graph.prefixes import PREFIXES
from graph.rows import record_rows
from graph.store import GraphStore
from graph.terms import ANY_URI, DATE, DC, INTEGER, TERM, TYPE, Nodes, text
from ontology.identifiers import BASE, ONTOLOGY, REFERENCE_GRAPH, dataset_iri, digest

_DCAT, _SH, _VOID = Nodes(DCAT), Nodes(SH), Nodes(VOID)

DESCRIPTION_PREFIXES: dict[str, str] = {
    **PREFIXES,
    "dcat": str(DCAT),
    "graph": BASE + "graph/",
    "sh": str(SH),
    "void": str(VOID),
}
"""The prefixes of the description: those of the graph, and those of the vocabularies that describe it."""

_KEYWORDS = ("Israel", "Russia", "events", "international relations", "stances")
_RIGHTS = (
    "The ontology is under the MIT licence, the reference data under CC0 1.0. The words quoted from a source are under the "
    "licence of that source; where it is known it stands with the graph."
)
_CC0 = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
_CLASS = NamedNode(str(VOID["class"]))
_FROM_SOURCE = (DC.title, DC.publisher, DC.language, DC.license)
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_OTHER_MEDIA_TYPES = {"graphml": "application/xml", "gexf": "application/xml", "csv": "text/csv"}

_Term = NamedNode | Literal


@dataclass
class _Counts:
    """What is counted in one pass over the graph. Each triple stands in one graph, so the union has their sum."""

    triples: Counter[str] = field(default_factory=Counter)  # by graph
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    datatypes: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)


def description(store: GraphStore) -> Iterator[Triple]:
    """The description of a graph, without blank nodes; the same graph gives the same triples."""
    counts = _count(store)
    yield from _whole(store, counts)
    for graph in store.graphs():
        yield from _graph(store, graph, counts.triples[graph])
    yield from _partitions("class", _CLASS, _VOID.entities, _VOID.classPartition, counts.classes)
    yield from _partitions("property", _VOID.property, _VOID.triples, _VOID.propertyPartition, counts.properties)
    yield from _distributions()
    yield from _prefixes()
    yield from _period(store)


def _count(store: GraphStore) -> _Counts:
    counts = _Counts()
    for graph in store.graphs():
        for quad in store.quads(graph):
            counts.triples[graph] += 1
            counts.properties[text(quad.predicate)] += 1
            counts.subjects.add(str(quad.subject))
            counts.objects.add(str(quad.object))
            if quad.predicate == TYPE:
                counts.classes[text(quad.object)] += 1
            if isinstance(quad.object, Literal):
                counts.datatypes.add(quad.object.datatype.value)
    return counts


def _whole(store: GraphStore, counts: _Counts) -> Iterator[Triple]:
    sources = sum(1 for _ in store.quads(predicate=TYPE, object=TERM.Source))
    title = f"Relations of Israel and Russia, as {sources} source{'' if sources == 1 else 's'} tell{'s' if sources == 1 else ''} of them"
    said: list[tuple[NamedNode, _Term]] = [
        (TYPE, _DCAT.Dataset),
        (TYPE, _VOID.Dataset),
        (DC.title, _words(title)),
        (
            DC.description,
            _words("Events, stances, figures, quotations and offices. Every record points at its source and at the words that carry it."),
        ),
        (DC.rights, _words(_RIGHTS)),
        (DC.conformsTo, NamedNode(ONTOLOGY.rstrip("#"))),
        *((_DCAT.keyword, _words(keyword)) for keyword in _KEYWORDS),
        (_VOID.uriSpace, Literal(BASE)),
        (_VOID.triples, _number(counts.triples.total())),
        (_VOID.classes, _number(len(counts.classes))),
        (_VOID.properties, _number(len(counts.properties))),
        (_VOID.distinctSubjects, _number(len(counts.subjects))),
        (_VOID.distinctObjects, _number(len(counts.objects))),
        *((_VOID.subset, NamedNode(graph)) for graph in store.graphs()),
        *((_VOID.feature, NamedNode(format_.iri)) for format_ in RDF_FORMATS.values()),
        *((_VOID.vocabulary, NamedNode(namespace)) for namespace in _vocabularies(counts)),
    ]
    example = next(record_rows(store), None)
    if example:
        said.append((_VOID.exampleResource, NamedNode(example.iri)))
    yield from _said(dataset_iri(), said)


def _vocabularies(counts: _Counts) -> list[str]:
    """The namespaces from which classes, properties and datatypes are taken."""
    terms = counts.classes.keys() | counts.properties.keys() | counts.datatypes
    return sorted({namespace for namespace in PREFIXES.values() if any(term.startswith(namespace) for term in terms)})


def _graph(store: GraphStore, graph: str, triples: int) -> Iterator[Triple]:
    """A named graph as a data set of its own, with what is known of its source."""
    said: list[tuple[NamedNode, _Term]] = [(TYPE, _VOID.Dataset), (_VOID.triples, _number(triples))]
    if graph == REFERENCE_GRAPH:
        said += [(DC.title, _words("Who is who, who held which office when, and the terms")), (DC.license, _CC0)]
    for found in store.quads(graph, predicate=TYPE, object=TERM.Source):
        said.append((DC.source, NamedNode(text(found.subject))))
        about = store.quads(graph, subject=NamedNode(text(found.subject)))
        said += [(quad.predicate, quad.object) for quad in about if quad.predicate in _FROM_SOURCE and isinstance(quad.object, _Term)]
    yield from _said(graph, said)


def _partitions(what: str, property_: NamedNode, unit: NamedNode, partition: NamedNode, counted: Counter[str]) -> Iterator[Triple]:
    """How many things there are of each class, or triples with each property."""
    for term, count in counted.items():
        part = dataset_iri(f"{what}-{_short(term)}")
        yield Triple(NamedNode(dataset_iri()), partition, NamedNode(part))
        yield from _said(part, [(property_, NamedNode(term)), (unit, _number(count))])


def _short(term: str) -> str:
    """``Event`` for a term of ours, ``oa-exact`` for one with a prefix."""
    for prefix, namespace in PREFIXES.items():
        local = term.removeprefix(namespace)
        if local != term and local.isalnum():
            return f"{prefix}-{local}" if prefix else local
    return digest(term)


def _distributions() -> Iterator[Triple]:
    """The formats in which ``irkg export`` writes the whole; where the files lie is not known here."""
    media_types = {name: format_.media_type for name, format_ in RDF_FORMATS.items()}
    for name in (*RDF_FORMATS, *OTHER_FORMATS):
        distribution = dataset_iri(name)
        yield Triple(NamedNode(dataset_iri()), _DCAT.distribution, NamedNode(distribution))
        media_type = media_types.get(name) or _OTHER_MEDIA_TYPES[name]
        said: list[tuple[NamedNode, _Term]] = [
            (TYPE, _DCAT.Distribution),
            (DC.title, _words(name)),
            (_DCAT.mediaType, NamedNode(_MEDIA_TYPES + media_type)),
        ]
        yield from _said(distribution, said)


def _prefixes() -> Iterator[Triple]:
    for prefix, namespace in PREFIXES.items():
        declared = dataset_iri(f"prefix-{prefix}")
        yield Triple(NamedNode(dataset_iri()), _SH.declare, NamedNode(declared))
        yield from _said(declared, [(_SH.prefix, Literal(prefix)), (_SH.namespace, Literal(namespace, datatype=ANY_URI))])


def _period(store: GraphStore) -> Iterator[Triple]:
    """From the first day to the last on which something that is told may have been; nothing where no record has a date."""
    dated = [(row.first("earliest"), row.first("latest")) for row in record_rows(store) if row.record != "date"]
    first = min((start for start, _ in dated if start), key=day_order, default=None)
    last = max((end for _, end in dated if end), key=day_order, default=None)
    if first and last:
        period = dataset_iri("period")
        yield Triple(NamedNode(dataset_iri()), DC.temporal, NamedNode(period))
        days = [(_DCAT.startDate, Literal(first, datatype=DATE)), (_DCAT.endDate, Literal(last, datatype=DATE))]
        yield from _said(period, [(TYPE, DC.PeriodOfTime), *days])


def _said(subject: str, said: Iterable[tuple[NamedNode, _Term]]) -> Iterator[Triple]:
    return (Triple(NamedNode(subject), predicate, value) for predicate, value in said)


def _words(value: str) -> Literal:
    return Literal(value, language="en")


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=INTEGER)
