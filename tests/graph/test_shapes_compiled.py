"""The compiled shapes and pySHACL: the same findings in some thousand records, each broken in one way, and in broken shapes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from random import Random

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection

import graph.shapes
from graph.prefixes import PREFIXES
from graph.records import DateExpression, Entity, Event, Figure, OfficeHeld, Phrase, Quotation, Record, Stance
from graph.shape_rules import compiled
from graph.shapes import doubts, validate_by_pyshacl, validate_source
from graph.triples import SourceDescription, Surroundings, document_quads
from graph.works import CitedWork
from ontology.identifiers import ONTOLOGY, entity_iri

XSD = PREFIXES["xsd"]
RUSSIA = Entity(entity_iri("Russia"), "Russia", "State")
NORLAND = Entity(entity_iri("Norland"), "Norland", "State", known=False)
WORK = CitedWork(title="A report", author="Zed", date="2019", url="https://e.org/1", archive_url="https://e.org/2")
SHAPES = Graph().parse("ontology/shapes.ttl")

# Of an odd value the compiled shape leaves it to pySHACL whether it is in order, or, of any datatype, long enough.
LEFT_TO_PYSHACL = {":earliest", "oa:start", "dcterms:title"}
COMPARED = ("#earliest", "#latest", "#start", "#end")


def sound(number: int) -> list[list[Quad]]:
    """Documents of one record each, whose nodes are all their own."""
    name = f"paper{number}"
    source = SourceDescription(
        name, "Paper", "news", published="2018-06-02", revision="7", modified="2018-06-02T10:00:00+00:00", text_hash="0a" * 32
    )
    person = Entity(entity_iri(f"Ada {number}"), f"Ada {number}", "Person", known=False)
    at = {"source": name, "start": 3, "end": 8, "text": "words", "rule": "test"}
    row = at | {"row": 4, "cells": (("a", "b"), ("c", "d=e"))}
    records: list[Record] = [
        Event(
            **row, kind="ArmsDeal", family="agreement", date="2018-05", participants=(person, RUSSIA), place=NORLAND, amount=5.0,
            currency="USD", quantity=2.5, item="sloops", supplier=RUSSIA, recipient=NORLAND, persons=(person,), in_return="a lamp",
            vote="yes", resolution="A/7", issues=("sea", "air"), qualifier="about", delivered=1.0, delivered_qualifier="about",
            delivered_in=("2018", "2019"), condition="new", remarks="none",
        ),
        Stance(**at, holder=NORLAND, reported_speaker=person, target=Phrase("the strait"), polarity="oppose", act="warn"),
        Stance(**at, holder=person, target=RUSSIA, polarity="support", act="praise", date="2018"),
        Figure(**at, value=7.5, unit="people", measure="sailors", qualifier="about", period="2017", attributed_to=(person,)),
        Quotation(**at, speaker=person),
        OfficeHeld(**at, person=person, office="Minister", of=NORLAND, date="2018"),
        DateExpression(**at, value="2018-05"),
    ]  # fmt: skip
    around = Surroundings("In \n", ".\t", ("3",), (WORK,))
    return [list(document_quads(replace(source, id=f"{name}-{kind}"), [(replace(record, source=f"{name}-{kind}"), around)]))
            for kind, record in enumerate(records)]  # fmt: skip


def literal(words: str, kind: str) -> Literal:
    return Literal(words, datatype=NamedNode(kind if ":" in kind else XSD + kind))


ODD = [
    Literal("x"), Literal(""), Literal("x" * 41), Literal("USD"), Literal("a=b\n\"c\""), Literal("words", language="en"),
    literal("5", "integer"), literal("-5", "integer"), literal("0", "integer"), literal("-0.5", "decimal"), literal("7", "decimal"),
    literal("seven", "decimal"), literal("2018-02-30", "date"), literal("2030-01-01", "date"),
    literal("2018-06-02T10:00:00+00:00", "dateTime"), literal("June", "dateTime"),
    literal("", PREFIXES["edtf"] + "EDTF"), literal("2018", PREFIXES["edtf"] + "EDTF"),
    literal("https://e.org", "anyURI"), literal("x", "https://e.org/type"), NamedNode("https://e.org/x"), NamedNode(ONTOLOGY + "Meeting"),
    NamedNode(ONTOLOGY + "contact"), NamedNode(ONTOLOGY + "warn"), NamedNode(ONTOLOGY + "Person"), NamedNode(RUSSIA.id), BlankNode("b"),
]  # fmt: skip


def constrained() -> list[tuple[str, NamedNode]]:
    """Each class or property by which a shape finds its nodes, with each predicate that the shape looks at."""
    found: list[tuple[str, NamedNode]] = []
    for shape in set(SHAPES.subjects(RDF.type, SH.NodeShape)):
        members = [*SHAPES.objects(shape, SH.property)]
        for choice in (*SHAPES.objects(shape, SH["or"]), *SHAPES.objects(shape, SH.xone)):
            members += Collection(SHAPES, choice)
        for member in members:
            path = SHAPES.value(member, SH.path)
            first = path if isinstance(path, URIRef) else next(iter(Collection(SHAPES, path)))
            for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf):
                found += [(str(term), NamedNode(str(first))) for term in SHAPES.objects(shape, target)]
    return sorted(set(found), key=str)


def nodes_of(quads: list[Quad], target: str) -> set[NamedNode]:
    """The nodes of a document that a class or a property points at."""
    nodes = {quad.subject for quad in quads if target in (quad.object.value, quad.predicate.value)}
    return {n for n in nodes | {quad.object for quad in quads if quad.predicate.value == target} if isinstance(n, NamedNode)}


def can_be_compared(value: Literal | NamedNode | BlankNode | None) -> bool:
    """Does pySHACL compare it with a number and with a day? Of some values it raises an error in the place of a finding."""
    return not isinstance(value, BlankNode) and (not isinstance(value, Literal) or value.datatype.value == XSD + "string")


def broken(seed: int) -> Iterator[list[Quad]]:
    """Documents, in each of which one value of one node is gone, another, or not alone."""
    numbers, random = count(seed * 10_000), Random(seed)
    for target, predicate in constrained():
        for odd in (None, *random.sample(ODD, 6)):
            for quads in random.sample(sound(next(numbers)), 7):
                nodes = sorted(nodes_of(quads, target), key=str)
                if nodes:
                    break
            else:
                raise AssertionError(f"no document has a node for {target}")
            node = random.choice(nodes)
            graph = quads[0].graph_name
            if predicate.value.endswith(COMPARED) and not can_be_compared(odd):
                continue
            keep = odd is not None and random.random() < 0.3
            left = [quad for quad in quads if keep or (quad.subject, quad.predicate) != (node, predicate)]
            yield [*left, Quad(node, predicate, odd, graph)] if odd is not None else left


def shuffled(seed: int) -> Iterator[list[Quad]]:
    """Documents with a few quads taken out, doubled, or given another's object."""
    random = Random(seed)
    for number in range(100):
        for quads in sound(500_000 + seed * 1000 + number):
            for _ in range(random.randint(1, 3)):
                place = random.randrange(len(quads))
                quad, other = quads[place], random.choice(quads)
                if quad.predicate.value.endswith(COMPARED):
                    continue
                mixed = Quad(quad.subject, quad.predicate, other.object, quad.graph_name)
                quads[place : place + 1] = random.choice(([], [quad, quad], [mixed], [quad, mixed]))
            yield quads


def shown(path: tuple[str, ...]) -> str:
    return " / ".join(next(f"{p}:{step.removeprefix(base)}" for p, base in PREFIXES.items() if step.startswith(base)) for step in path)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Serializing weird numerical")
@pytest.mark.parametrize("documents", [broken(1), broken(2), broken(3), shuffled(1)], ids=["one", "two", "three", "shuffled"])
def test_both_find_the_same(documents: Iterator[list[Quad]]) -> None:
    quads = [quad for document in documents for quad in document]
    slow = {(violation.node, violation.path, violation.message) for violation in validate_by_pyshacl(quads)}
    fast = {(doubt.node, shown(doubt.path), doubt.message) for doubt in doubts(quads)}
    assert len(slow) > 100
    assert slow - fast == set()
    assert {path for _, path, _ in fast - slow} <= LEFT_TO_PYSHACL


def test_a_sound_graph_leaves_no_doubt() -> None:
    assert doubts([quad for quads in sound(1) for quad in quads]) == set()


def test_what_is_written_unusually_is_left_to_pyshacl() -> None:
    quads = [quad for quad in sound(1)[3] if not quad.predicate.value.endswith("#value")]
    (node,) = {quad.subject for quad in quads if quad.object.value.endswith("#Figure")}
    odd = [*quads, Quad(node, NamedNode(ONTOLOGY + "value"), literal("+07.50", "decimal"), quads[0].graph_name)]
    assert {doubt.message for doubt in doubts(odd)} == {"a figure has exactly one value, a decimal"}
    assert validate_source(odd) == []


def test_classes_of_a_graphs_own_are_left_to_pyshacl() -> None:
    quads = sound(1)[0]
    subclass = Quad(NamedNode("https://e.org/Deal"), NamedNode(PREFIXES["rdfs"] + "subClassOf"), NamedNode(ONTOLOGY + "Event"))
    assert [doubt.message for doubt in doubts([*quads, subclass])] == ["a graph with classes of its own is for pySHACL to check"]
    assert validate_source([*quads, subclass]) == []


def test_every_shape_of_ours_is_compiled() -> None:
    rules = compiled(SHAPES)
    assert rules.left is None
    assert len(rules.nodes) == len(set(SHAPES.subjects(RDF.type, SH.NodeShape)))


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        (
            f'sh:sparql [ sh:select "SELECT $this {{ $this <{ONTOLOGY}rank> ?r FILTER(?r > 5) }}" ; sh:message "too high" ]',
            "too high",
        ),
        ('sh:property [ sh:path :rank ; sh:maxInclusive 5 ; sh:message "too high" ]', "too high"),
        ('sh:property [ sh:path [ sh:inversePath :of ] ; sh:maxCount 0 ; sh:message "nothing is of it" ]', "nothing is of it"),
        ('sh:closed true ; sh:message "closed"', "closed"),
    ],
)
def test_a_shape_that_cant_be_compiled_is_never_skipped(constraint: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turtle = f"""
        @prefix : <{ONTOLOGY}> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        :Ranked a sh:NodeShape ; sh:targetClass :Event ; {constraint} .
        :Kept a sh:NodeShape ; sh:targetClass :Source ; sh:property [ sh:path :rank ; sh:maxCount 0 ; sh:message "no rank" ] .
    """
    shapes = Graph().parse(data=turtle, format="turtle")
    rules = compiled(shapes)
    assert [rule.shape for rule in rules.nodes] == [URIRef(ONTOLOGY + "Kept")]
    monkeypatch.setattr(graph.shapes, "_shapes", lambda: shapes)
    monkeypatch.setattr(graph.shapes, "_rules", lambda: rules)
    monkeypatch.setattr(graph.shapes, "_entity_properties", list)
    event, rank = NamedNode("https://e.org/event"), NamedNode(ONTOLOGY + "rank")
    quads = [
        Quad(event, NamedNode(str(RDF.type)), NamedNode(ONTOLOGY + "Event")),
        Quad(event, rank, literal("7", "integer")),
        Quad(NamedNode("https://e.org/part"), NamedNode(ONTOLOGY + "of"), event),
    ]
    found = validate_source(quads)
    assert found == validate_by_pyshacl(quads)
    assert message in {violation.message for violation in found} or constraint.startswith("sh:closed")
    assert found
