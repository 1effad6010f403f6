"""The shapes: a sound graph passes, and each way to break one is found and named."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from graph.building import build_in_memory
from graph.exports import export_file
from graph.prefixes import PREFIXES
from graph.records import DateExpression, Entity, Event, Figure, OfficeHeld, Phrase, Quotation, Record, Stance
from graph.shapes import Violation, validate_file, validate_source, validate_store
from graph.triples import SourceDescription, Surroundings, document_quads, record_node
from ontology.errors import IrkgError, UsageError
from ontology.identifiers import entity_iri, evidence_iri, graph_iri, record_iri, selector_iri, source_iri

GAZETTE = SourceDescription("gazette", "The Norland Gazette", "news", published="2018-06-02", text_hash="0a" * 32)
AT = {"source": "gazette", "start": 3, "end": 8, "text": "words", "rule": "test"}
BRANDT = Entity(entity_iri("Ada Brandt"), "Ada Brandt", "Person", known=False)
NORLAND = Entity(entity_iri("Norland"), "Norland", "State", known=False)
RUSSIA = Entity(entity_iri("Russia"), "Russia", "State")
MEETING = Event(**AT, kind="Meeting", family="contact", date="2018-05", participants=(BRANDT, RUSSIA), amount=5.0, currency="USD")
STANCE = Stance(**AT, holder=NORLAND, target=Phrase("the strait"), polarity="oppose", act="warn")
FIGURE = Figure(**AT, value=7.5, unit="people", measure="sailors")
QUOTATION = Quotation(**AT, speaker=BRANDT)
OFFICE = OfficeHeld(**AT, person=BRANDT, office="Minister", of=NORLAND)
DAY = DateExpression(**AT, value=None)
RECORDS = [MEETING, STANCE, FIGURE, QUOTATION, OFFICE, DAY]
GRAPH = NamedNode(graph_iri("gazette"))

EVIDENCE, SELECTOR = evidence_iri("gazette", 3, 8), selector_iri("gazette", 3, 8)
SOURCE = source_iri("gazette")
XSD = PREFIXES["xsd"]
EDTF = PREFIXES["edtf"] + "EDTF"


def document(*records: Record) -> list[Quad]:
    return list(document_quads(GAZETTE, [(record, Surroundings("In ", ".", ("3",))) for record in records]))


def iri(short: str) -> NamedNode:
    prefix, _, name = short.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def without(quads: list[Quad], subject: str, predicate: str) -> list[Quad]:
    left = [quad for quad in quads if (quad.subject, quad.predicate) != (NamedNode(subject), iri(predicate))]
    assert len(left) < len(quads)
    return left


def having(quads: list[Quad], subject: str, predicate: str, value: NamedNode | Literal) -> list[Quad]:
    """With this value in the place of what is said."""
    left = [quad for quad in quads if (quad.subject, quad.predicate) != (NamedNode(subject), iri(predicate))]
    return [*left, Quad(NamedNode(subject), iri(predicate), value, GRAPH)]


def found(quads: list[Quad]) -> list[tuple[str, str, str]]:
    return [(violation.path, violation.value, violation.message) for violation in validate_source(quads)]


def test_a_sound_graph_conforms() -> None:
    assert validate_source(document(*RECORDS)) == []


NODES = {
    "event": record_node(MEETING),
    "stance": record_node(STANCE),
    "figure": record_node(FIGURE),
    "quotation": record_node(QUOTATION),
    "office": record_node(OFFICE),
    "date": record_node(DAY),
    "evidence": EVIDENCE,
    "selector": SELECTOR,
    "source": SOURCE,
    "naming": record_iri("naming", "gazette", BRANDT.id),
}


@pytest.mark.parametrize(
    ("node", "predicate", "expected"),
    [
        ("event", "rdfs:label", [("rdfs:label", "", "a record has one label, in a language")]),
        (
            "event",
            ":source",
            [
                (":evidence / oa:hasSource", SOURCE, "the evidence of a record is in the record's own source"),
                (":source", "", "a record has exactly one source, which is described"),
            ],
        ),
        ("stance", ":readBy", [(":readBy", "", "a record says which rule read it")]),
        (
            "date",
            ":evidence",
            [
                (":evidence", "", "a record has evidence"),
                (":evidence / oa:hasSource", SOURCE, "the evidence of a record is in the record's own source"),
            ],
        ),
        (
            "event",
            ":kind",
            [
                (":kind", "", "an event has exactly one kind"),
                (":kind / skos:broader", "", "the kind of an event is in a family, and is not a family"),
                (":kind / skos:inScheme", "", "the kind of an event is one of the scheme :kinds"),
            ],
        ),
        (
            "event",
            ":realis",
            [
                (":realis", "", "an event has exactly one realis"),
                (":realis / skos:inScheme", "", "the realis of an event is one of the scheme :realisValues"),
            ],
        ),
        ("stance", ":holder", [(":holder", "", "a stance has exactly one holder")]),
        ("stance", ":targetPhrase", [("", NODES["stance"], "a stance has one target, an entity or a phrase")]),
        ("figure", ":value", [(":value", "", "a figure has exactly one value, a decimal")]),
        ("figure", ":unit", [(":unit", "", "a figure has exactly one unit")]),
        ("figure", ":measure", [(":measure", "", "a figure has exactly one measure")]),
        ("quotation", ":speaker", []),
        ("office", ":person", [(":person", "", "an office held has exactly one person")]),
        ("office", ":office", [(":office", "", "an office held has exactly one name of the office")]),
        ("office", ":of", [(":of", "", "an office held is of exactly one state or organisation")]),
        ("evidence", "oa:hasSelector", [("oa:hasSelector", "", "evidence has exactly one selector")]),
        ("selector", "oa:exact", [("oa:exact", "", "a selector has the exact words")]),
        ("selector", "oa:prefix", []),
        ("source", "dcterms:title", [("dcterms:title", "", "a source has one title")]),
        ("source", ":sourceKind", [(":sourceKind", "", "a source has one kind")]),
    ],
)
def test_what_is_missing(node: str, predicate: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(without(document(*RECORDS), NODES[node], predicate)) == expected


def number(text: str, kind: str = "integer") -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("node", "predicate", "value", "message"),
    [
        ("event", ":kind", iri(":Summit"), "the kind of an event is one of the scheme :kinds"),
        ("event", ":kind", iri(":contact"), "the kind of an event is in a family, and is not a family"),
        ("event", ":kind", Literal("Meeting"), "an event has exactly one kind"),
        ("event", ":realis", iri(":Meeting"), "the realis of an event is one of the scheme :realisValues"),
        ("event", ":date", Literal("May 2018"), "a record has at most one date, in EDTF"),
        ("event", ":earliest", number("2018-06-01", "date"), "the earliest day is one xsd:date, not after the latest"),
        ("event", ":latest", Literal("2018-05-31"), "the latest day is one xsd:date"),
        ("event", ":amount", number("-5", "decimal"), "an amount is one decimal, not below zero"),
        ("event", ":amount", Literal("5"), "an amount is one decimal, not below zero"),
        ("event", ":currency", Literal("dollars"), "a currency is one code of three capitals"),
        ("event", ":participant", Literal("Norland"), "an entity is named by an IRI"),
        ("event", ":participant", NamedNode(entity_iri("Nobody")), "an entity has one label, in a language"),
        ("event", ":participant", iri(":Meeting"), "an entity is a state, a person, an organisation, a group, a place or an agent"),
        ("event", ":source", NamedNode(source_iri("herald")), "a record has exactly one source, which is described"),
        ("event", ":evidence", NamedNode(evidence_iri("gazette", 4, 8)), "a record has evidence"),
        ("event", ":readBy", NamedNode(SOURCE), "a record says which rule read it"),
        ("stance", ":act", iri(":support"), "the act of a stance is one of the scheme :acts"),
        ("stance", ":act", iri(":stateSupport"), "the act of a stance is one of the scheme :acts"),
        ("stance", ":polarity", iri(":warn"), "the polarity of a stance is one of the scheme :polarities"),
        ("stance", ":target", NamedNode(BRANDT.id), "a stance has one target, an entity or a phrase"),
        ("stance", ":targetPhrase", Literal(""), "a stance has one target, an entity or a phrase"),
        ("figure", ":value", Literal("7.5"), "a figure has exactly one value, a decimal"),
        ("selector", "oa:start", number("8"), "a selector has one start, from 0, before its end"),
        ("selector", "oa:start", number("-1"), "a selector has one start, from 0, before its end"),
        ("selector", "oa:end", Literal("8"), "a selector has one end"),
        ("selector", "oa:exact", Literal(""), "a selector has the exact words"),
        ("selector", "oa:prefix", Literal("x" * 41), "the words before are at most 40 characters"),
        ("selector", "oa:suffix", Literal("x" * 41), "the words behind are at most 40 characters"),
        ("evidence", "oa:hasSource", NamedNode(source_iri("herald")), "the evidence of a record is in the record's own source"),
        ("source", ":published", Literal("June 2018"), "a source has at most one date of publication, in EDTF"),
        ("source", ":textHash", Literal("0A" * 32), "the hash of a text is SHA-256 in hexadecimal"),
        ("naming", "dcterms:type", iri(":Event"), "a naming gives the class of the thing"),
        ("naming", "dcterms:type", NamedNode("https://e.org/x"), "a naming gives the class of the thing"),
        ("naming", ":names", Literal("Ada Brandt"), "a naming is of one thing"),
        ("naming", "rdfs:label", Literal("Ada Brandt"), "a naming has one label, in a language"),
    ],
)
def test_what_is_wrong(node: str, predicate: str, value: NamedNode | Literal, message: str) -> None:
    assert message in [message for _, _, message in found(having(document(*RECORDS), NODES[node], predicate, value))]


def test_a_date_that_is_not_edtf_has_no_days() -> None:
    quads = document(replace(MEETING, date="29 February 2019"))
    assert found(quads) == [("", NODES["event"], "a date is EDTF that a calendar can place: it has an earliest or a latest day")]


def test_two_of_what_is_one() -> None:
    node = NamedNode(NODES["event"])
    twice = [Quad(node, iri(":date"), Literal("2019", datatype=NamedNode(EDTF)), GRAPH), Quad(node, iri(":kind"), iri(":Visit"), GRAPH)]
    assert found([*document(MEETING), *twice]) == [
        (":date", "", "a record has at most one date, in EDTF"),
        (":kind", "", "an event has exactly one kind"),
    ]


def test_a_violation_in_one_line() -> None:
    assert str(Violation("https://w3id.org/irkg/event/1", ":kind", "", "an event has exactly one kind")) == (
        "https://w3id.org/irkg/event/1 at :kind: an event has exactly one kind"
    )
    assert str(Violation("https://w3id.org/irkg/event/1", "", "https://e.org/x", "a message")) == (
        "https://w3id.org/irkg/event/1: a message, found https://e.org/x"
    )


def test_a_store_is_checked_graph_by_graph() -> None:
    herald = [
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph_iri("herald")))
        for quad in without(
            list(document_quads(replace(GAZETTE, id="herald"), [(replace(MEETING, source="herald"), Surroundings())])),
            record_node(replace(MEETING, source="herald")),
            ":kind",
        )
    ]
    store = build_in_memory([*document(*RECORDS), *herald])
    assert [(violation.node, violation.path) for violation in validate_store(store)] == [
        (record_node(replace(MEETING, source="herald")), path) for path in (":kind", ":kind / skos:broader", ":kind / skos:inScheme")
    ]
    assert validate_store(build_in_memory(document(*RECORDS))) == []


@pytest.mark.parametrize(("ending", "format_"), [(".ttl", RdfFormat.TURTLE), (".nq", RdfFormat.N_QUADS), (".rdf", RdfFormat.RDF_XML)])
def test_a_file(tmp_path: Path, ending: str, format_: RdfFormat) -> None:
    for name, quads, count in (("sound", document(*RECORDS), 0), ("broken", without(document(*RECORDS), NODES["figure"], ":value"), 1)):
        content = quads if format_.supports_datasets else [quad.triple for quad in quads]
        (tmp_path / (name + ending)).write_bytes(serialize(content, format=format_) or b"")
        assert len(validate_file(tmp_path / (name + ending))) == count


def test_a_file_of_two_sources_that_name_a_thing_differently(tmp_path: Path) -> None:
    other = replace(BRANDT, label="A. Brandt")
    quads = [
        *document(MEETING),
        *document_quads(replace(GAZETTE, id="herald"), [(replace(MEETING, source="herald", participants=(other, RUSSIA)), Surroundings())]),
    ]
    export_file(build_in_memory(quads), tmp_path / "two.ttl")
    assert validate_file(tmp_path / "two.ttl") == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", "<a:a> <a:b>\n  ", ":2: does not parse at column 3: Unexpected end"),
        ("a.ttl", "<a:a>\n <a b> 1 .", ":2: does not parse at column 2: Invalid IRI code point ' '"),
        ("a.nt", "word", ":1: does not parse at column 1: The subject of a triple must be an IRI or a blank node"),
        ("a.jsonld", '{"@id": 1}', ": does not parse: @id value must be a string"),
    ],
)
def test_a_file_that_does_not_parse(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(IrkgError) as caught:
        validate_file(tmp_path / name)
    assert str(caught.value) == f"{tmp_path / name}{message}"


def test_a_file_that_is_no_rdf(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.csv: is not RDF; shapes are checked in turtle, trig, "):
        validate_file(tmp_path / "a.csv")
    with pytest.raises(UsageError, match=r"a\.txt: the ending tells no format; use one of \.ttl, \.trig, "):
        validate_file(tmp_path / "a.txt")
    with pytest.raises(IrkgError, match=r"a\.ttl: can't be read: "):
        validate_file(tmp_path / "a.ttl")
