"""Records as RDF, in a made-up world: the states of Norland and Sudoria and their people."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.building import build_in_memory
from graph.naming import Naming, descriptions
from graph.numbers import decimal_text
from graph.prefixes import PREFIXES
from graph.records import DateExpression, Entity, Event, Figure, OfficeHeld, Phrase, Quotation, Record, Stance
from graph.shapes import validate_source
from graph.triples import (
    SourceDescription,
    Surroundings,
    document_batches,
    document_quads,
    record_node,
    record_quads,
    source_quads,
    surroundings,
)
from ontology.errors import UsageError
from ontology.identifiers import REFERENCE_GRAPH, entity_iri, graph_iri, record_iri

TEXT = "In May 2018 Ada Brandt met Boris Zeman in Portaville. “It was useful”, she said."
BRANDT = Entity(entity_iri("Ada Brandt"), "Ada Brandt", "Person", known=False)
ZEMAN = Entity(entity_iri("Boris Zeman"), "Boris Zeman", "Person")
PORTAVILLE = Entity(entity_iri("Portaville"), "Portaville", "Place")
NORLAND = Entity(entity_iri("Norland"), "Norland", "State")
SUDORIA = Entity(entity_iri("Sudoria"), "Sudoria", "State")
GAZETTE = SourceDescription("gazette", "The Norland Gazette, 2 June", "news")


def at(start: int, end: int, rule: str = "test") -> dict[str, Any]:
    return {"source": "gazette", "start": start, "end": end, "text": TEXT[start:end], "rule": rule}


MEETING = Event(**at(12, 52, "met"), kind="Meeting", family="contact", date="2018-05", participants=(BRANDT, ZEMAN), place=PORTAVILLE)
SALE = Event(
    **at(12, 52),
    kind="ArmsDeal",
    family="agreement",
    realis="reported",
    participants=(NORLAND, SUDORIA),
    item="sloops",
    quantity=12.0,
    amount=53_500_000.0,
    currency="USD",
    supplier=NORLAND,
    recipient=SUDORIA,
)
DEAL = Event(**at(12, 52), kind="PrisonerDeal", family="agreement", persons=(BRANDT,), in_return="a lighthouse")
BALLOT = Event(**at(12, 52), kind="Vote", family="diplomatic", participants=(NORLAND,), vote="abstain", resolution="A/7")
PRAISE = Stance(**at(54, 80), holder=NORLAND, reported_speaker=BRANDT, target=SUDORIA, polarity="support", act="praise", date="2018-05")
WARNING = Stance(**at(54, 80), holder=NORLAND, target=Phrase("closing of the strait"), polarity="oppose", act="warn")
CENSUS = Figure(
    **at(3, 11), value=1200.5, unit="people", measure="sailors in Norland", qualifier="about", period="2017", attributed_to=(SUDORIA,)
)
WORDS = Quotation(**at(55, 68), speaker=BRANDT)
OFFICE = OfficeHeld(**at(12, 22), person=BRANDT, office="Prime Minister", of=NORLAND, date="2018-05")
MAY = DateExpression(**at(3, 11), value="2018-05")


def short(term: object) -> str:
    """A term as Turtle would write it: ``:kind``, ``"2018-05"^^edtf:EDTF``."""
    if isinstance(term, Literal):
        if term.language:
            return f'"{term.value}"@{term.language}'
        kind = short(term.datatype)
        return f'"{term.value}"' + ("" if kind == "xsd:string" else f"^^{kind}")
    assert isinstance(term, NamedNode)
    for prefix, base in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        if term.value.startswith(base):
            return f"{prefix}:{term.value.removeprefix(base)}"
    return term.value


def said(quads: Iterable[Quad], subject: str) -> list[str]:
    """``predicate object`` of one subject, in order."""
    return [f"{short(quad.predicate)} {short(quad.object)}" for quad in quads if quad.subject == NamedNode(subject)]


def own(record: Record) -> list[str]:
    """What is said of a record beyond what every record has."""
    everywhere = ("rdfs:label", ":source", ":readBy", ":evidence")
    return [line for line in said(record_quads(record), record_node(record)) if line.split()[0] not in everywhere]


def test_a_meeting_whole() -> None:
    around = surroundings(TEXT, 12, 52, ["3", "a"])
    quads = list(record_quads(MEETING, around))
    node = record_node(MEETING)
    evidence, selector, naming = (
        next(q.subject.value for q in quads if short(q.object) == kind) for kind in (":Evidence", "oa:TextQuoteSelector", ":Naming")
    )
    assert said(quads, node) == [
        "rdf:type :Event",
        'rdfs:label "Meeting: Ada Brandt, Boris Zeman, 2018-05"@en',
        ":source source:gazette",
        ":readBy https://w3id.org/irkg/rule/met",
        f":evidence {evidence}",
        ":kind :Meeting",
        ":realis :actual",
        ':date "2018-05"^^edtf:EDTF',
        ':earliest "2018-05-01"^^xsd:date',
        ':latest "2018-05-31"^^xsd:date',
        ":participant entity:ada-brandt",
        ":participant entity:boris-zeman",
        ":place entity:portaville",
    ]
    assert said(quads, evidence) == [
        "rdf:type :Evidence",
        "rdf:type oa:SpecificResource",
        "oa:hasSource source:gazette",
        f"oa:hasSelector {selector}",
        ':citation "3"',
        ':citation "a"',
    ]
    assert said(quads, selector) == [
        "rdf:type oa:TextPositionSelector",
        "rdf:type oa:TextQuoteSelector",
        'oa:start "12"^^xsd:integer',
        'oa:end "52"^^xsd:integer',
        'oa:exact "Ada Brandt met Boris Zeman in Portaville"',
        'oa:prefix "In May 2018 "',
        'oa:suffix ". “It was useful”, she said."',
    ]
    assert naming == record_iri("naming", "gazette", "https://w3id.org/irkg/rule/met")
    assert {quad.graph_name for quad in quads} == {NamedNode(graph_iri("gazette"))}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            SALE,
            [
                "rdf:type :Event",
                ":kind :ArmsDeal",
                ":realis :reported",
                ":participant entity:norland",
                ":participant entity:sudoria",
                ":supplier entity:norland",
                ":recipient entity:sudoria",
                ':quantity "12"^^xsd:decimal',
                ':amount "53500000"^^xsd:decimal',
                ':item "sloops"',
                ':currency "USD"',
            ],
        ),
        (DEAL, ["rdf:type :Event", ":kind :PrisonerDeal", ":realis :actual", ":prisoner entity:ada-brandt", ':inReturn "a lighthouse"']),
        (
            BALLOT,
            ["rdf:type :Event", ":kind :Vote", ":realis :actual", ":participant entity:norland", ':vote "abstain"', ':resolution "A/7"'],
        ),
        (
            PRAISE,
            [
                "rdf:type :Stance",
                ":holder entity:norland",
                ":reportedSpeaker entity:ada-brandt",
                ":target entity:sudoria",
                ":polarity :support",
                ":act :praise",
                ':date "2018-05"^^edtf:EDTF',
                ':earliest "2018-05-01"^^xsd:date',
                ':latest "2018-05-31"^^xsd:date',
            ],
        ),
        (
            WARNING,
            ["rdf:type :Stance", ":holder entity:norland", ':targetPhrase "closing of the strait"', ":polarity :oppose", ":act :warn"],
        ),
        (
            CENSUS,
            [
                "rdf:type :Figure",
                ':value "1200.5"^^xsd:decimal',
                ':unit "people"',
                ':measure "sailors in Norland"',
                ':qualifier "about"',
                ':date "2017"^^edtf:EDTF',
                ':earliest "2017-01-01"^^xsd:date',
                ':latest "2017-12-31"^^xsd:date',
                ":attributedTo entity:sudoria",
            ],
        ),
        (WORDS, ["rdf:type :Quotation", ":speaker entity:ada-brandt"]),
        (Quotation(**at(55, 68), speaker=None), ["rdf:type :Quotation"]),
        (
            replace(OFFICE, date=None),
            ["rdf:type :OfficeHeld", ":person entity:ada-brandt", ':office "Prime Minister"', ":of entity:norland"],
        ),
        (
            DateExpression(**at(3, 11), value="2018/.."),
            ["rdf:type :DateExpression", ':date "2018/.."^^edtf:EDTF', ':earliest "2018-01-01"^^xsd:date'],
        ),
        (DateExpression(**at(3, 11), value=None), ["rdf:type :DateExpression"]),
    ],
)
def test_what_is_said_of_each_record(record: Record, expected: list[str]) -> None:
    assert own(record) == expected


@pytest.mark.parametrize(
    ("record", "label"),
    [
        (MEETING, "Meeting: Ada Brandt, Boris Zeman, 2018-05"),
        (SALE, "Arms deal: Norland, Sudoria"),
        (replace(DEAL, persons=()), "Prisoner deal"),
        (PRAISE, "Praise: Norland → Sudoria, 2018-05"),
        (WARNING, "Warn: Norland → closing of the strait"),
        (CENSUS, "Sailors in Norland: about 1200.5 people, 2017"),
        (WORDS, "Quotation: Ada Brandt"),
        (OFFICE, "Prime Minister of Norland: Ada Brandt, 2018-05"),
        (MAY, "Date: 2018-05"),
        (DateExpression(**at(3, 11), value=None), "Date"),
    ],
)
def test_labels(record: Record, label: str) -> None:
    assert [line for line in said(record_quads(record), record_node(record)) if line.startswith("rdfs:label")] == [
        f'rdfs:label "{label}"@en'
    ]


def test_identifiers_stay() -> None:
    """A change here breaks what others have written down: see docs/identifiers.md."""
    assert [record_node(record) for record in (MEETING, PRAISE, CENSUS, WORDS, OFFICE, MAY)] == [
        "https://w3id.org/irkg/event/458408019cc76bb5",
        "https://w3id.org/irkg/stance/87432084bdc610a3",
        "https://w3id.org/irkg/figure/6b129da8ed8fbbc7",
        "https://w3id.org/irkg/quotation/9ddbd4d4bbe26f59",
        "https://w3id.org/irkg/office/f2840e92101ff33e",
        "https://w3id.org/irkg/date/c3133e9c0e68af6c",
    ]


@pytest.mark.parametrize(
    ("record", "same", "other"),
    [
        (MEETING, {"rule": "other", "date": None, "participants": (), "realis": "planned"}, {"kind": "Visit"}),
        (PRAISE, {"rule": "other", "date": None, "act": "state", "reported_speaker": None}, {"holder": SUDORIA}),
        (WARNING, {"polarity": "neutral"}, {"target": Phrase("strait")}),
        (CENSUS, {"measure": "crews", "qualifier": None, "period": None, "attributed_to": ()}, {"value": 1200.0}),
        (WORDS, {"speaker": None}, {"end": 67}),
        (OFFICE, {"date": None}, {"office": "Minister"}),
        (MAY, {"value": None}, {"source": "herald"}),
    ],
)
def test_what_identifies_a_record(record: Record, same: dict[str, Any], other: dict[str, Any]) -> None:
    assert record_node(replace(record, **same)) == record_node(record)
    assert record_node(replace(record, **other)) != record_node(record)


def test_twins_are_numbered_in_the_order_of_reading() -> None:
    """“met in 2016, 2017 and 2018”: one clause, one kind, three meetings."""
    twins = [replace(MEETING, date=year) for year in ("2016", "2017", "2018")]
    quads = list(document_quads(GAZETTE, [(twin, Surroundings()) for twin in twins]))
    nodes = [record_node(MEETING, number) for number in range(3)]
    assert [[line for line in said(quads, node) if line.startswith(":date")] for node in nodes] == [
        [f':date "{year}"^^edtf:EDTF'] for year in ("2016", "2017", "2018")
    ]
    assert len(set(nodes)) == 3


def test_two_rules_that_read_the_same_make_one_record() -> None:
    found = [(replace(MEETING, rule=rule), Surroundings()) for rule in ("met", "talks")]
    quads = set(document_quads(GAZETTE, found))
    assert {q.subject.value for q in quads if short(q.object) == ":Event"} == {record_node(MEETING)}
    assert sorted(short(q.object) for q in quads if short(q.predicate) == ":readBy") == [
        f"https://w3id.org/irkg/rule/{r}" for r in ("met", "talks")
    ]


def test_a_span_is_described_once() -> None:
    quads = list(document_quads(GAZETTE, [(record, Surroundings()) for record in (MEETING, SALE, DEAL)]))
    assert len(quads) == len(set(quads))
    assert [short(q.object) for q in quads if short(q.predicate) == "oa:exact"] == [f'"{MEETING.text}"']


def test_records_come_in_the_order_of_the_text() -> None:
    with pytest.raises(ValueError, match="gazette: a record at 12 after one at 54: sort by start"):
        list(document_quads(GAZETTE, [(PRAISE, Surroundings()), (MEETING, Surroundings())]))
    with pytest.raises(ValueError, match="a record of “gazette” among those of “herald”"):
        list(document_quads(replace(GAZETTE, id="herald"), [(MEETING, Surroundings())]))


def test_a_source_whole() -> None:
    source = SourceDescription(
        "gazette",
        title="The Norland Gazette, 2 June",
        kind="news",
        publisher="Gazette Ltd",
        published="2018-06-02",
        language="en",
        licence="CC BY 4.0",
        perspective="owned by the state",
        note="copied by hand",
        url="https://gazette.example/2 june",
        text_hash="ab" * 32,
    )
    assert said(source_quads(source), "https://w3id.org/irkg/source/gazette") == [
        "rdf:type :Source",
        'dcterms:title "The Norland Gazette, 2 June"',
        'dcterms:publisher "Gazette Ltd"',
        'dcterms:language "en"',
        'dcterms:license "CC BY 4.0"',
        ':sourceKind "news"',
        ':perspective "owned by the state"',
        ':note "copied by hand"',
        f':textHash "{"ab" * 32}"',
        'schema:url "https://gazette.example/2 june"^^xsd:anyURI',
        ':published "2018-06-02"^^edtf:EDTF',
        ':earliest "2018-06-02"^^xsd:date',
        ':latest "2018-06-02"^^xsd:date',
    ]


def test_what_is_not_known_of_a_source_is_not_said() -> None:
    assert said(source_quads(GAZETTE), "https://w3id.org/irkg/source/gazette") == [
        "rdf:type :Source",
        'dcterms:title "The Norland Gazette, 2 June"',
        ':sourceKind "news"',
    ]


@pytest.mark.parametrize("name", ["reference", "fusion", "descriptions", "Fusion"])
def test_a_source_can_not_take_a_graph_of_ours(name: str) -> None:
    with pytest.raises(UsageError, match=f"“{name}” can't be the id of a source"):
        list(source_quads(replace(GAZETTE, id=name)))


def test_only_what_the_reference_data_lack_is_named() -> None:
    quads = list(document_quads(GAZETTE, [(MEETING, Surroundings()), (SALE, Surroundings())]))
    named = {short(q.object): q.subject.value for q in quads if short(q.predicate) == ":names"}
    assert sorted(named) == ["entity:ada-brandt", "https://w3id.org/irkg/rule/met", "https://w3id.org/irkg/rule/test"]
    assert said(quads, named["entity:ada-brandt"]) == [
        "rdf:type :Naming",
        ":names entity:ada-brandt",
        'rdfs:label "Ada Brandt"@en',
        "dcterms:type :Person",
    ]


def test_a_class_that_any_mention_tells_counts() -> None:
    vague = replace(BRANDT, type="Agent")
    first, second = replace(MEETING, participants=(vague,)), replace(PRAISE, reported_speaker=BRANDT)
    quads = list(document_quads(GAZETTE, [(first, Surroundings()), (second, Surroundings())]))
    assert sorted(short(q.object) for q in quads if short(q.predicate) == "dcterms:type") == [":Person", ":Rule", ":Rule"]


def naming(graph: str, label: str, cls: str = "Person") -> Naming:
    return Naming(graph_iri(graph), BRANDT.id, label, cls)


@pytest.mark.parametrize(
    ("namings", "label", "cls"),
    [
        ([naming("gazette", "Ada Brandt")], "Ada Brandt", ":Person"),
        ([naming("herald", "Ada Brándt"), naming("gazette", "Ada Brandt")], "Ada Brandt", ":Person"),
        ([naming("gazette", "Ada Brandt", "Agent"), naming("herald", "Ada Brándt")], "Ada Brandt", ":Person"),
        ([naming("gazette", "Ada Brandt", "Agent")], "Ada Brandt", ":Agent"),
    ],
)
def test_a_thing_has_one_label_and_one_class(namings: list[Naming], label: str, cls: str) -> None:
    for order in (namings, namings[::-1]):
        assert said(descriptions(order), BRANDT.id) == [f"rdf:type {cls}", f'rdfs:label "{label}"@en', ':fromText "true"^^xsd:boolean']


def test_the_reference_data_win() -> None:
    assert list(descriptions([naming("gazette", "Ada Brandt")], frozenset({BRANDT.id}))) == []


def test_no_triple_stands_in_two_graphs() -> None:
    """Oxigraph's union of graphs would count it twice."""
    herald = SourceDescription("herald", "The Sudoria Herald", "news")
    records = [MEETING, SALE, PRAISE, WORDS]
    quads = [
        *document_quads(GAZETTE, [(record, Surroundings()) for record in records]),
        *document_quads(herald, [(replace(record, source="herald"), Surroundings()) for record in records]),
        Quad(NamedNode(NORLAND.id), NamedNode(PREFIXES["rdfs"] + "label"), Literal("Norland", language="en"), NamedNode(REFERENCE_GRAPH)),
    ]
    graph = build_in_memory(quads)
    every = [(q.subject, q.predicate, q.object) for q in graph.quads()]
    assert len(every) == len(set(every))
    counted = graph.select("SELECT ?label (COUNT(?e) AS ?n) { ?e :participant ?p . ?p rdfs:label ?label } GROUP BY ?label ORDER BY ?label")
    assert [(row["label"].value, row["n"].value) for row in counted] == [("Ada Brandt", "2"), ("Norland", "2")]


@pytest.mark.parametrize(
    ("value", "text"),
    [(53e6, "53000000"), (0.1, "0.1"), (-2.50, "-2.5"), (1e30, "1" + "0" * 30), (1e-7, "0.0000001"), (-0.0, "0"), (7, "7")],
)
def test_decimals(value: float, text: str) -> None:
    assert decimal_text(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="is not a number that can be written down"):
        decimal_text(value)


def test_surroundings_are_short() -> None:
    raw = "a" * 100 + "WORDS" + "b" * 100
    assert surroundings(raw, 100, 105) == Surroundings("a" * 40, "b" * 40, ())
    assert surroundings("WORDS", 0, 5) == Surroundings("", "", ())


def test_batches_hold_the_same_and_each_can_be_checked_by_itself() -> None:
    """Records of one span stay together, as they share its evidence."""
    found = [(record, Surroundings()) for record in (MAY, DEAL, replace(DEAL, kind="Arrest"), WORDS)]
    batches = list(document_batches(GAZETTE, found, records=1))
    assert [sum(short(quad.predicate) == ":readBy" for quad in batch.quads) for batch in batches] == [1, 2, 1]
    assert [quad for batch in batches for quad in batch.quads] == list(document_quads(GAZETTE, found))
    assert [validate_source([*batch.beside, *batch.quads]) for batch in batches] == [[], [], []]
    assert [len(validate_source(batch.quads)) > 0 for batch in batches] == [True, True, True]
