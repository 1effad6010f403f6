"""The description of the data set says what is so: rdflib counts the same in what was exported."""

from collections import Counter

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad
from rdflib.namespace import DCAT, DCTERMS, RDF, SH, VOID

from graph.building import build_in_memory
from graph.dataset import description
from graph.exports import export_bytes
from graph.formats import OTHER_FORMATS, RDF_FORMATS
from graph.prefixes import PREFIXES
from graph.records import DateExpression, Entity, Event, Record
from graph.reference import reference_quads
from graph.store import GraphStore
from graph.triples import SourceDescription, Surroundings, document_quads
from ontology.identifiers import REFERENCE_GRAPH, entity_iri, graph_iri, source_iri

DATASET = rdflib.URIRef("https://w3id.org/irkg/dataset")
BRANDT = Entity(entity_iri("Ada Brandt"), "Ada Brandt", "Person", known=False)


def event(start: int, date: str | None) -> Record:
    return Event(
        source="gazette",
        start=start,
        end=start + 5,
        text="abcde",
        rule="test",
        kind="Meeting",
        family="contact",
        date=date,
        participants=(BRANDT,),
    )


RECORDS = [
    event(0, "1991-03"),
    event(10, "198X"),
    event(20, None),
    event(30, "2001/.."),
    DateExpression(source="gazette", start=40, end=44, text="1850", rule="test", value="1850"),
]


def quads(source: str, **about: str) -> list[Quad]:
    told = SourceDescription(source, f"The {source}", "news", text_hash="ab" * 32, **about)
    return list(document_quads(told, [(record, Surroundings("x", "y", ())) for record in RECORDS] if source == "gazette" else []))


@pytest.fixture(scope="module")
def store() -> GraphStore:
    about = {"publisher": "Gazette & Sons", "licence": "CC-BY-4.0", "language": "en"}
    return build_in_memory([*reference_quads(), *quads("gazette", **about), *quads("herald")])


@pytest.fixture(scope="module")
def described(store: GraphStore) -> rdflib.Graph:
    return rdflib.Graph().parse(data=export_bytes(store, "void"), format="turtle")


@pytest.fixture(scope="module")
def exported(store: GraphStore) -> list[tuple[str, ...]]:
    """The quads as lines of N-Quads tell them: subject, predicate, object, graph."""
    lines = export_bytes(store, "nquads").decode().splitlines()
    return [(*line.removesuffix(" .").split(" ", 2)[:2], *line.removesuffix(" .").split(" ", 2)[2].rsplit(" ", 1)) for line in lines]


def number(described: rdflib.Graph, subject: rdflib.URIRef, predicate: rdflib.URIRef) -> int:
    (value,) = described.objects(subject, predicate)
    return int(value)


def test_the_numbers_of_the_whole(described: rdflib.Graph, exported: list[tuple[str, ...]]) -> None:
    classes = {value for _, predicate, value, _ in exported if predicate == RDF.type.n3()}
    assert {
        name: number(described, DATASET, VOID[name]) for name in ("triples", "classes", "properties", "distinctSubjects", "distinctObjects")
    } == {
        "triples": len(exported),
        "classes": len(classes),
        "properties": len({quad[1] for quad in exported}),
        "distinctSubjects": len({quad[0] for quad in exported}),
        "distinctObjects": len({quad[2] for quad in exported}),
    }


@pytest.mark.parametrize(
    ("partition", "term", "unit"), [("classPartition", "class", "entities"), ("propertyPartition", "property", "triples")]
)
def test_the_partitions(described: rdflib.Graph, exported: list[tuple[str, ...]], partition: str, term: str, unit: str) -> None:
    parts = list(described.objects(DATASET, VOID[partition]))
    told = {described.value(part, VOID[term]).n3(): number(described, part, VOID[unit]) for part in parts}
    if term == "class":
        counted = Counter(value for _, predicate, value, _ in exported if predicate == RDF.type.n3())
    else:
        counted = Counter(predicate for _, predicate, _, _ in exported)
    assert told == dict(counted)
    assert len(parts) == len(told)
    assert told["<https://w3id.org/irkg/ontology#Event>" if term == "class" else "<https://w3id.org/irkg/ontology#kind>"] == 4


def test_the_graphs_with_their_sources_and_licences(described: rdflib.Graph, store: GraphStore, exported: list[tuple[str, ...]]) -> None:
    graphs = Counter(quad[3] for quad in exported)
    told = {graph.n3(): number(described, graph, VOID.triples) for graph in described.objects(DATASET, VOID.subset)}
    assert told == dict(graphs)
    assert sorted(told) == sorted(f"<{graph}>" for graph in store.graphs())
    gazette = rdflib.URIRef(graph_iri("gazette"))
    assert {predicate: str(value) for predicate, value in described.predicate_objects(gazette) if predicate != VOID.triples} == {
        RDF.type: str(VOID.Dataset),
        DCTERMS.source: source_iri("gazette"),
        DCTERMS.title: "The gazette",
        DCTERMS.publisher: "Gazette & Sons",
        DCTERMS.license: "CC-BY-4.0",
        DCTERMS.language: "en",
    }
    assert not list(described.objects(rdflib.URIRef(graph_iri("herald")), DCTERMS.license))
    reference = described.value(rdflib.URIRef(REFERENCE_GRAPH), DCTERMS.license)
    assert str(reference) == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_the_vocabularies_are_those_that_are_used(described: rdflib.Graph, exported: list[tuple[str, ...]]) -> None:
    told = {str(namespace) for namespace in described.objects(DATASET, VOID.vocabulary)}
    terms = {quad[1] for quad in exported} | {quad[2] for quad in exported if quad[1] == RDF.type.n3()}
    used = {namespace for namespace in PREFIXES.values() if any(term.startswith(f"<{namespace}") for term in terms)}
    by_datatype = {PREFIXES["xsd"], PREFIXES["edtf"]}
    assert told == used | by_datatype
    assert {PREFIXES[""], PREFIXES["oa"], PREFIXES["dcterms"]} < told
    assert PREFIXES["entity"] not in told


def test_the_prefixes(described: rdflib.Graph) -> None:
    declared = described.objects(DATASET, SH.declare)
    assert {str(described.value(one, SH.prefix)): str(described.value(one, SH.namespace)) for one in declared} == PREFIXES


def test_the_formats(described: rdflib.Graph) -> None:
    found = {
        str(described.value(one, DCTERMS.title)): str(described.value(one, DCAT.mediaType))
        for one in described.objects(DATASET, DCAT.distribution)
    }
    assert found.keys() == {*RDF_FORMATS, *OTHER_FORMATS}
    assert found["turtle"] == "https://www.iana.org/assignments/media-types/text/turtle"
    assert found["csv"] == "https://www.iana.org/assignments/media-types/text/csv"
    assert rdflib.URIRef("http://www.w3.org/ns/formats/Turtle") in set(described.objects(DATASET, VOID.feature))


def test_the_time_that_is_told_of(described: rdflib.Graph) -> None:
    """Of events, not of every date in the text; an open end ends nothing."""
    period = described.value(DATASET, DCTERMS.temporal)
    assert (str(described.value(period, DCAT.startDate)), str(described.value(period, DCAT.endDate))) == ("1980-01-01", "1991-03-31")


def test_the_example_is_there(described: rdflib.Graph, exported: list[tuple[str, ...]]) -> None:
    example = described.value(DATASET, VOID.exampleResource)
    assert example.n3() in {quad[0] for quad in exported}


def test_it_is_both_and_has_no_blank_nodes(described: rdflib.Graph) -> None:
    assert set(described.objects(DATASET, RDF.type)) == {VOID.Dataset, DCAT.Dataset}
    assert str(described.value(DATASET, DCTERMS.title)) == "Relations of Israel and Russia, as 2 sources tell of them"
    assert not [term for triple in described for term in triple if isinstance(term, rdflib.BNode)]


def test_of_an_empty_graph() -> None:
    told = {
        (triple.predicate.value.rsplit("#")[-1], str(triple.object))
        for triple in description(build_in_memory([]))
        if triple.subject == NamedNode(str(DATASET))
    }
    assert ("triples", str(Literal("0", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")))) in told
    assert not {name for name, _ in told} & {"subset", "exampleResource", "classPartition", "vocabulary"}
