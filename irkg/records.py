"""What the graph says of records, gathered for people: views, ``show`` and ``path`` build on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from pyoxigraph import Literal, NamedNode

from graph.store import GraphStore
from ontology.identifiers import ONTOLOGY

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_OA = "http://www.w3.org/ns/oa#"
_DC = "http://purl.org/dc/terms/"
_SCHEMA = "https://schema.org/"
Properties = dict[str, tuple[str, ...]]  # values by the IRI of the property, sorted

_BATCH = 500  # subjects in one query

# The properties by which a record names who takes part, in the order in which they are told.
PARTIES = (
    "participant",
    "holder",
    "reportedSpeaker",
    "target",
    "speaker",
    "person",
    "of",
    "attributedTo",
    "supplier",
    "recipient",
    "prisoner",
)
_DETAILS = (
    "item",
    "quantity",
    "amount",
    "currency",
    "inReturn",
    "vote",
    "resolution",
    "value",
    "unit",
    "measure",
    "qualifier",
    "office",
    "targetPhrase",
)
_ENTITY_TYPES = ("State", "Person", "Organisation", "Place", "Group", "Agent")


@dataclass(frozen=True, slots=True)
class Told:
    """A record with its words and its source, all as text; lists are in a fixed order."""

    iri: str
    type: str  # "Event", "Stance", …
    properties: Mapping[str, tuple[str, ...]] = field(repr=False)  # by the local name of the term
    text: str
    prefix: str
    suffix: str
    start: int
    end: int
    source: str  # IRI

    def first(self, name: str) -> str | None:
        """The first value of a property."""
        return next(iter(self.properties.get(name, ())), None)

    def term(self, name: str) -> str | None:
        """The local name of the term that is the value of a property: ``Meeting``."""
        value = self.first(name)
        return value.removeprefix(ONTOLOGY) if value else None

    @property
    def rule(self) -> str:
        """The name of the rule that read it."""
        return (self.first("readBy") or "").rsplit("/", 1)[-1]

    @property
    def parties(self) -> tuple[str, ...]:
        """The IRIs of the entities in the record."""
        return tuple(dict.fromkeys(iri for name in PARTIES for iri in self.properties.get(name, ())))

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """What else it says, by the name of the term."""
        return tuple((name, value) for name in _DETAILS for value in self.properties.get(name, ()))


def describe(graph: GraphStore, iris: Iterable[str]) -> dict[str, Properties]:
    """The properties of things: values by the IRI of the property, sorted."""
    found: dict[str, dict[str, set[str]]] = {}
    subjects = iter(dict.fromkeys(iris))
    while batch := list(islice(subjects, _BATCH)):
        values = " ".join(str(NamedNode(iri)) for iri in batch)
        for row in graph.select(f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"):
            subject, predicate, value = row["s"], row["p"], row["o"]
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(value, NamedNode | Literal):
                found.setdefault(subject.value, {}).setdefault(predicate.value, set()).add(value.value)
    return {iri: {name: tuple(sorted(values)) for name, values in found[iri].items()} for iri in sorted(found)}


def records(graph: GraphStore, iris: Iterable[str]) -> list[Told]:
    """The records with these IRIs, by their first day, then by source and place; undated ones last."""
    things = describe(graph, iris)
    evidence = describe(graph, (e for thing in things.values() for e in thing.get(ONTOLOGY + "evidence", ())))
    selectors = describe(graph, (s for e in evidence.values() for s in e.get(_OA + "hasSelector", ())))
    told = [_told(iri, thing, evidence, selectors) for iri, thing in things.items() if thing.get(ONTOLOGY + "evidence")]
    return sorted(told, key=lambda t: (t.first("earliest") or "9999", t.source, t.start, t.iri))


def _told(iri: str, thing: Properties, evidence: Mapping[str, Properties], selectors: Mapping[str, Properties]) -> Told:
    own = evidence[thing[ONTOLOGY + "evidence"][0]]
    selector = selectors[own[_OA + "hasSelector"][0]]
    kind = next((t.removeprefix(ONTOLOGY) for t in thing[_TYPE] if t.startswith(ONTOLOGY)), "Record")
    return Told(
        iri=iri,
        type=kind,
        properties={name.removeprefix(ONTOLOGY): values for name, values in thing.items()},
        text=selector[_OA + "exact"][0],
        prefix=selector.get(_OA + "prefix", ("",))[0],
        suffix=selector.get(_OA + "suffix", ("",))[0],
        start=int(selector[_OA + "start"][0]),
        end=int(selector[_OA + "end"][0]),
        source=thing[ONTOLOGY + "source"][0],
    )


@dataclass(frozen=True, slots=True)
class Name:
    """An entity's label, class and other names."""

    iri: str
    label: str
    type: str
    others: tuple[str, ...] = ()


def names(graph: GraphStore, iris: Iterable[str]) -> dict[str, Name]:
    """What entities are called."""
    return {iri: _name(iri, thing) for iri, thing in describe(graph, iris).items()}


def _name(iri: str, thing: Properties) -> Name:
    types = [t.removeprefix(ONTOLOGY) for t in thing.get(_TYPE, ())]
    return Name(
        iri=iri,
        label=thing.get(_LABEL, (iri.rsplit("/", 1)[-1],))[0],
        type=next((t for t in types if t in _ENTITY_TYPES), "Agent"),
        others=thing.get(_SCHEMA + "alternateName", ()),
    )


@dataclass(frozen=True, slots=True)
class SourceName:
    """What people are told of a source."""

    id: str
    title: str
    publisher: str
    perspective: str | None
    published: str | None


def source_names(graph: GraphStore, iris: Iterable[str]) -> dict[str, SourceName]:
    """Sources by their IRI."""
    return {
        iri: SourceName(
            id=iri.rsplit("/", 1)[-1],
            title=thing.get(_DC + "title", ("",))[0],
            publisher=thing.get(_DC + "publisher", ("",))[0],
            perspective=next(iter(thing.get(ONTOLOGY + "perspective", ())), None),
            published=next(iter(thing.get(ONTOLOGY + "published", ())), None),
        )
        for iri, thing in describe(graph, iris).items()
    }


def record_iris(graph: GraphStore, *types: str) -> Iterator[str]:
    """The IRIs of all records of the types (classes of the ontology)."""
    for name in types:
        for quad in graph.quads(predicate=NamedNode(_TYPE), object=NamedNode(ONTOLOGY + name)):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value


def records_about(graph: GraphStore, entity: str) -> list[str]:
    """The IRIs of the records in which an entity takes part."""
    parties = {ONTOLOGY + name for name in PARTIES} | {ONTOLOGY + "place"}
    found = (q for q in graph.quads(object=NamedNode(entity)) if q.predicate.value in parties)
    return sorted({q.subject.value for q in found if isinstance(q.subject, NamedNode)})
