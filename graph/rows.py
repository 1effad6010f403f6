"""Records as rows: what the graph says of each, gathered for formats that are not RDF."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.naming import DESCRIPTIONS_GRAPH
from graph.records import RECORD_TYPES
from graph.store import GraphStore
from graph.terms import LABEL, OA, TERM, TYPE, text
from ontology.identifiers import FUSION_GRAPH, ONTOLOGY, REFERENCE_GRAPH

_CLASSES = {cls.__name__: name for name, cls in RECORD_TYPES.items()}

Properties = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A record: its properties by the local name of the term, each with its values sorted, and its words."""

    iri: str
    record: str  # "event", "stance", …
    properties: Properties
    start: int
    end: int
    text: str

    def first(self, name: str) -> str:
        """The value of a property; empty where there is none."""
        return next(iter(self.properties.get(name, ())), "")

    def term(self, name: str) -> str:
        """The local name of the term that is the value of a property: ``Meeting``."""
        return self.first(name).removeprefix(ONTOLOGY)

    def all(self, *names: str) -> list[str]:
        """Every value of these properties once, in the order of the names."""
        return list(dict.fromkeys(value for name in names for value in self.properties.get(name, ())))


def record_rows(store: GraphStore) -> Iterator[Row]:
    """Every record, by source, then in the order of the text. Holds one source at a time."""
    for graph in store.graphs():
        if graph not in (REFERENCE_GRAPH, DESCRIPTIONS_GRAPH, FUSION_GRAPH):
            yield from sorted(_rows(store, graph), key=lambda row: (row.start, row.end, row.iri))


def labels_of(store: GraphStore) -> dict[str, str]:
    """The label of everything in the reference data, and of everything that is described from namings."""
    found = {}
    for graph in (DESCRIPTIONS_GRAPH, REFERENCE_GRAPH):
        for quad in store.quads(graph, predicate=LABEL):
            found[text(quad.subject)] = text(quad.object)
    return found


def _rows(store: GraphStore, graph: str) -> Iterator[Row]:
    said = _by_subject(store, graph)
    for iri, properties in said.items():
        classes = [_CLASSES[name] for cls in properties.get(TYPE.value, ()) if (name := cls.removeprefix(ONTOLOGY)) in _CLASSES]
        if classes:
            selector = _selector(said, properties)
            yield Row(
                iri=iri,
                record=classes[0],
                properties={name.removeprefix(ONTOLOGY): tuple(sorted(values)) for name, values in properties.items()},
                start=int(selector[OA.start.value][0]),
                end=int(selector[OA.end.value][0]),
                text=selector[OA.exact.value][0],
            )


def _by_subject(store: GraphStore, graph: str) -> dict[str, dict[str, list[str]]]:
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in store.quads(graph):
        said[text(quad.subject)][text(quad.predicate)].append(text(quad.object))
    return said


def _selector(said: Mapping[str, Mapping[str, list[str]]], record: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """The selector of a record's evidence, the first by its IRI if it has several."""
    evidence = said[min(record[TERM.evidence.value])]
    return said[min(evidence[OA.hasSelector.value])]
