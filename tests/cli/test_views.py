"""``irkg view``: which records come into a view, and what a user's own SPARQL draws."""

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from graph.building import building
from graph.records import Entity, Event, Figure, Phrase, Record, Stance
from graph.triples import SourceDescription, Surroundings, document_quads
from graph.views import MAX_RECORDS, View, ViewNode, ViewRecord, page
from graph.views.shown import drawn
from ontology.identifiers import entity_iri, graph_iri
from tests.payloads import payload_of

Irkg = Callable[..., CompletedProcess[str]]
Drawn = Callable[..., dict[str, Any]]


MEET_AND_SAY = b"""
CONSTRUCT {
  ?a <https://example.org/met> ?b ; <https://example.org/says> "hm" .
  <https://example.org/x> rdfs:label "An X" ; <https://example.org/met> ?a
}
WHERE { ?r :kind :Meeting ; :participant ?a, ?b . FILTER (STR(?a) < STR(?b)) }
"""
SOLD = b"""
SELECT ?a ?b ?date ?kind ?much WHERE {
  ?r :participant ?a, ?b ; :date ?date ; :quantity ?much . FILTER (STR(?a) < STR(?b)) BIND ("sold" AS ?kind)
}
"""


def entity(name: str, type_: str = "Person") -> Entity:
    return Entity(entity_iri(name), name, type_, known=False)


ADA, BORIS, CLIO, DOV = (entity(name) for name in ("Ada Brandt", "Boris Žeman", "Clio Durand", "Dov Amsel"))
NORDLAND = entity("Nordland", "State")
PORT = entity("Port Sillaby", "Place")


def words(start: int, text: str) -> dict[str, Any]:
    return {"source": "gazette", "start": start, "end": start + len(text), "text": text, "rule": "test"}


MET: dict[str, Any] = {"kind": "Meeting", "family": "contact", "place": PORT}
CALLED: dict[str, Any] = {"kind": "Communication", "family": "contact"}
VISIT: dict[str, Any] = {"kind": "Visit", "family": "contact"}
DEAL: dict[str, Any] = {"kind": "ArmsDeal", "family": "agreement", "item": "boats", "quantity": 10}
RECORDS: list[Record] = [
    Event(**words(0, "met at the port"), **MET, date="1991-03", participants=(ADA, BORIS), realis="actual"),
    Event(**words(20, "called"), **CALLED, date=None, participants=(BORIS, CLIO), realis="reported"),
    Event(**words(30, "will visit"), **VISIT, date="1995", participants=(ADA, CLIO), realis="planned"),
    Event(**words(50, "sold ten boats"), **DEAL, date="1996", participants=(NORDLAND, DOV), realis="actual"),
    Stance(**words(70, "thanked"), holder=CLIO, target=NORDLAND, polarity="support", act="thank", date="1997-01-02"),
    Stance(**words(80, "against the plan"), holder=CLIO, target=Phrase("the plan"), polarity="oppose", act="reject", date="1998"),
    Figure(**words(100, "some 40 boats"), value=40, unit="boats", measure="boats", qualifier="about", period="1996"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views") / "store"
    description = SourceDescription("gazette", "The gazette", "news", published="2005", text_hash="ab" * 32)
    with building(folder) as build:
        build.replace(graph_iri("gazette"), document_quads(description, [(record, Surroundings("x ", " y", ())) for record in RECORDS]))
        build.commit()
    return folder


@pytest.fixture
def made(irkg: Irkg, store: Path, tmp_path: Path) -> Drawn:
    """The payload of a view, with its records as dictionaries."""

    def call(*words: object, stdin: bytes = b"") -> dict[str, Any]:
        file = tmp_path / "view.html"
        ran = irkg("view", *words, "-o", file, "--store", store, stdin=stdin)
        assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
        return payload_of(file.read_text("utf-8"))

    return call


def told(payload: dict[str, Any]) -> list[str]:
    return [record["text"] for record in payload["records"]]


def names(payload: dict[str, Any]) -> list[str]:
    return sorted(node["name"] for node in payload["nodes"])


def test_the_overview_has_every_event_and_stance(made: Drawn) -> None:
    payload = made("overview")
    assert sorted(told(payload)) == sorted(record.text for record in RECORDS if not isinstance(record, Figure))
    assert names(payload) == ["Ada Brandt", "Boris Žeman", "Clio Durand", "Dov Amsel", "Nordland"]


def test_a_record_keeps_what_turtle_needs(made: Drawn) -> None:
    (deal,) = made("arms-agreements")["records"]
    assert deal["terms"] == [["type", "Event"], ["kind", "ArmsDeal"], ["realis", "actual"]]
    assert deal["roles"] == ["participant", "participant"]
    assert deal["detail"] == [["item", "boats"], ["quantity", "10"]]
    assert re.fullmatch(r"https://w3id\.org/irkg/evidence/[0-9a-f]{16}", deal["evidence"])
    (meeting,) = (record for record in made("overview")["records"] if record["text"] == "met at the port")
    assert meeting["place"] == [PORT.id, "Port Sillaby"]


def test_the_neighbourhood_has_what_the_neighbours_do_among_themselves(made: Drawn) -> None:
    payload = made("neighbourhood", "--entity", "Ada Brandt")
    assert sorted(told(payload)) == ["called", "met at the port", "will visit"]
    assert payload["opening"] == {"at": ADA.id}
    assert sorted(told(made("overview", "--entity", "Ada Brandt"))) == ["met at the port", "will visit"]


def test_a_path_has_the_records_of_its_steps_and_opens_with_it(made: Drawn) -> None:
    payload = made("path", "-p", "from=Ada Brandt", "-p", "to=Clio Durand")
    assert told(payload) == ["met at the port", "called"]
    assert payload["opening"] == {"at": ADA.id, "to": CLIO.id}


def test_a_view_may_open_with_its_timeline(made: Drawn) -> None:
    payload = made("figures", "--face", "timeline")
    assert payload["opening"] == {"face": "timeline"}
    assert [(record["text"], record["nodes"], record["family"]) for record in payload["records"]] == [("some 40 boats", [], "figure")]


def test_records_that_a_query_of_my_own_selects(made: Drawn, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?record { ?record :kind :Meeting }", "utf-8")
    assert told(made("-f", tmp_path / "mine.rq")) == ["met at the port"]
    assert told(made("-", stdin=b"CONSTRUCT { ?r :act ?act } { ?r :act ?act }")) == ["thanked", "against the plan"]


def test_rows_of_my_own_are_lines_between_their_iris(made: Drawn) -> None:
    payload = made("-", stdin=SOLD)
    (said,) = payload["records"]
    assert [payload["nodes"][place]["name"] for place in said["nodes"]] == ["Dov Amsel", "Nordland"]
    assert (said["record"], said["kind"], said["date"], said["earliest"], said["latest"]) == (
        "statement",
        "sold",
        "1996",
        "1996-01-01",
        "1996-12-31",
    )
    assert (said["detail"], said["source"], said["text"], said["roles"]) == ([["much", "10"]], None, "", ["a", "b"])
    assert payload["edges"] != []


def test_triples_of_my_own_are_lines_with_their_predicate(made: Drawn) -> None:
    payload = made("-", stdin=MEET_AND_SAY)
    assert names(payload) == ["Ada Brandt", "An X", "Boris Žeman"]
    found = sorted((record["kind"], len(record["nodes"]), record["terms"], record["detail"]) for record in payload["records"])
    met, says = [["predicate", "https://example.org/met"]], [["predicate", "https://example.org/says"]]
    assert found == [("met", 2, met, []), ("met", 2, met, []), ("says", 1, says, [["says", "hm"]])]


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (["-"], b"SELECT ?x { }", "Your query: the answer has nothing to draw; "),
        (["-"], b"ASK { ?s ?p ?o }", "Your query: an ASK answers yes or no, which can't be drawn; use SELECT or CONSTRUCT"),
        (["-"], b"SELECT {", "the query does not parse at line 1, column 9"),
        (["-", "--entity", "Ada Brandt"], b"SELECT ?record {}", "--entity and -p go with a view that has a name"),
        (["path", "-p", "from=Ada Brandt"], b"", "a path wants -p from=… -p to=…"),
        (["path", "-p", "from=Ada Brandt", "-p", "to=Nobody"], b"", "no entity is named “Nobody”"),
        (["neighbourhood"], b"", "whose neighbourhood? name one with --entity"),
        (["neighborhood"], b"", "no view is named “neighborhood”; did you mean “neighbourhood”?"),
        (["overview", "--face", "map"], b"", "a view has no face “map”; there are network and timeline"),
        ([], b"", "name a view, or give SPARQL of your own with -f FILE or on stdin with -"),
    ],
)
def test_what_can_not_be_drawn(irkg: Irkg, store: Path, tmp_path: Path, words: list[str], stdin: bytes, message: str) -> None:
    ran = irkg("view", *words, "-o", tmp_path / "no.html", "--store", store, stdin=stdin)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"irkg: {message}")
    assert ran.stderr.count("\n") == 1
    assert not (tmp_path / "no.html").exists()


def test_nothing_connects_them(irkg: Irkg, store: Path, tmp_path: Path) -> None:
    ran = irkg("view", "path", "-p", "from=Ada Brandt", "-p", "to=Port Sillaby", "-o", tmp_path / "no.html", "--store", store)
    assert ran.returncode == 1
    assert ran.stderr == "irkg: nothing in the graph connects Ada Brandt and Port Sillaby\n"


# ---------------------------------------------------------------- too much to draw


def record(number: int, *nodes: str) -> ViewRecord:
    year = str(1000 + number % 900)
    return ViewRecord(
        id=f"https://example.org/record/{number:06}", record="event", kind="Meeting", family="contact", date=year, earliest=f"{year}-01-01",
        latest=f"{year}-12-31", realis="actual", nodes=nodes, text="met", prefix="", suffix="", source_id="a", source_title="A",
        publisher="A", perspective=None, start=0, end=3,
    )  # fmt: skip


def test_of_too_many_records_those_who_have_few_keep_theirs() -> None:
    nodes = [ViewNode(f"https://example.org/{name}", name, "State") for name in "abcd"]
    a, b, c, d = (node.id for node in nodes)
    crowd = [record(number, a, b) for number in range(MAX_RECORDS + 500)]
    few = [record(MAX_RECORDS + 1000 + number, c, d) for number in range(7)]
    shown = drawn(View(nodes, [*crowd, *few], "T"))
    between = [one.nodes for one in shown.records]
    assert (len(between), between.count((c, d)), shown.records_left_out) == (MAX_RECORDS, 7, 507)
    years = {one.earliest for one in shown.records if one.nodes == (a, b)}
    assert len(years) == 900  # of each time some stay
    payload = payload_of(page(View(nodes, [*crowd, *few], "T")))
    assert payload["leftOut"] == {"entities": 0, "records": 507}


def test_of_more_pairs_than_records_that_fit_as_many_are_drawn() -> None:
    nodes = [ViewNode(f"https://example.org/{number:03}", str(number), "State") for number in range(160)]
    pairs = [record(number, a.id, b.id) for number, (a, b) in enumerate(combinations(nodes, 2))]
    assert len(pairs) > MAX_RECORDS
    assert len(drawn(View(nodes, pairs, "T")).records) == MAX_RECORDS
