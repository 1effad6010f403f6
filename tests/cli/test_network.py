"""``irkg network`` and what it writes, on a small invented graph."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import igraph
import networkx as nx
import pytest

from graph.building import building
from graph.records import Entity, Event, OfficeHeld, Record, Stance
from graph.triples import SourceDescription, Surroundings, document_quads
from irkg.networking import IRIS, MEASURES
from ontology.identifiers import entity_iri, graph_iri

Irkg = Callable[..., CompletedProcess[str]]


def entity(name: str, type_: str = "Person") -> Entity:
    return Entity(entity_iri(name), name, type_, known=False)


ADA, BORIS, CLIO = entity("Ada Brandt"), entity("Boris Žeman"), entity("Clio Durand")
NORDLAND = entity("Nordland", "State")
KINDS = {"Meeting": "contact", "Visit": "contact", "Sanction": "conflict"}


def at(start: int) -> dict[str, object]:
    return {"source": "gazette", "start": start, "end": start + 3, "text": "abc", "rule": "test"}


def event(start: int, kind: str, date: str | None, *participants: Entity, realis: str = "actual") -> Record:
    return Event(**at(start), kind=kind, family=KINDS[kind], date=date, participants=participants, realis=realis)  # type: ignore[arg-type]


def stance(start: int, holder: Entity, target: Entity, polarity: str, date: str | None) -> Record:
    act = {"support": "praise", "oppose": "condemn"}[polarity]
    return Stance(**at(start), holder=holder, target=target, polarity=polarity, act=act, date=date)  # type: ignore[arg-type]


RECORDS = [
    event(0, "Meeting", "1991-03", ADA, BORIS),
    event(10, "Meeting", "1999", ADA, BORIS, NORDLAND),
    event(20, "Visit", "200X", ADA, NORDLAND),
    event(30, "Visit", "2001-05", ADA, CLIO, realis="planned"),
    event(40, "Sanction", "1998/2002", NORDLAND, CLIO),
    stance(50, BORIS, NORDLAND, "oppose", "2003"),
    stance(60, BORIS, NORDLAND, "oppose", "2004-02"),
    stance(70, CLIO, BORIS, "support", None),
    OfficeHeld(**at(80), person=CLIO, office="Minister", of=NORDLAND, date="2001"),  # type: ignore[arg-type]
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("network") / "store"
    description = SourceDescription("gazette", "The gazette", "news", published="2005", text_hash="ab" * 32)
    with building(folder) as build:
        build.replace(graph_iri("gazette"), document_quads(description, [(record, Surroundings("x", "y", ())) for record in RECORDS]))
        build.commit()
    return folder


@pytest.fixture
def rows(irkg: Irkg, store: Path) -> Callable[..., list[list[object]]]:
    """The rows of a table, without the IRIs; and what is said beside it is as expected."""

    def call(*args: object, said: str = "") -> list[list[object]]:
        ran = irkg("network", *args, "--format", "json", "--store", store)
        assert (ran.returncode, ran.stderr) == (0, said)
        return [[value for name, value in row.items() if not name.endswith("iri")] for row in json.loads(ran.stdout)]

    return call


Rows = Callable[..., list[list[object]]]
LEFT_OUT = "2 of 7 records are dated to no one {} and are left out; --by all has them\n"


def test_neighbours(rows: Rows) -> None:
    assert rows("neighbours", "--entity", "Nordland") == [
        ["all", "Boris Žeman", "Person", 3, 1, "condemn 2, Meeting 1", "1999", "2004-02"],
        ["all", "Ada Brandt", "Person", 2, 1, "Meeting 1, Visit 1", "1999", "200X"],
        ["all", "Clio Durand", "Person", 1, 1, "Sanction 1", "1998/2002", "1998/2002"],
    ]


def test_neighbours_of_a_time_by_year(rows: Rows) -> None:
    assert rows(
        "neighbours",
        "--entity",
        "Boris Žeman",
        "--from",
        "1999-06",
        "--to",
        "2003",
        "--by",
        "year",
        said=LEFT_OUT.format("year").replace("7", "4"),
    ) == [
        ["1999", "Ada Brandt", "Person", 1, 1, "Meeting 1", "1999", "1999"],
        ["1999", "Nordland", "State", 1, 1, "Meeting 1", "1999", "1999"],
        ["2003", "Nordland", "State", 1, 1, "condemn 1", "2003", "2003"],
    ]


def test_centrality_is_by_decade(rows: Rows) -> None:
    assert rows("centrality", said=LEFT_OUT.format("decade")) == [
        ["199X", "Ada Brandt", "Person", 2, 0.0, 2],
        ["199X", "Boris Žeman", "Person", 2, 0.0, 2],
        ["199X", "Nordland", "State", 2, 0.0, 1],
        ["200X", "Nordland", "State", 2, 1.0, 3],
        ["200X", "Ada Brandt", "Person", 1, 0.0, 1],
        ["200X", "Boris Žeman", "Person", 1, 0.0, 2],
    ]


def test_centrality_of_one(rows: Rows) -> None:
    assert rows("centrality", "--entity", "Clio Durand", "--by", "all") == [["all", "Clio Durand", "Person", 2, 0.0, 2]]


def test_communities(rows: Rows) -> None:
    everyone = rows("communities")
    assert sorted(str(row[3]) for row in everyone) == ["Ada Brandt", "Boris Žeman", "Clio Durand", "Nordland"]
    (own,) = {row[1] for row in everyone if row[3] == "Clio Durand"}
    assert rows("communities", "--entity", "Clio Durand") == [row for row in everyone if row[1] == own]


def test_the_matrix(rows: Rows) -> None:
    said = "1 of 3 records are dated to no one decade and are left out; --by all has them\n"
    assert rows("matrix", said=said) == [["200X", "Boris Žeman", "Nordland", 0, 2, 0]]
    assert rows("matrix", "--by", "all") == [["all", "Boris Žeman", "Nordland", 0, 2, 0], ["all", "Clio Durand", "Boris Žeman", 1, 0, 0]]
    assert rows("matrix", "--by", "all", "--entity", "Nordland") == [["all", "Boris Žeman", "Nordland", 0, 2, 0]]


def test_a_table_for_people_has_no_iris(irkg: Irkg, store: Path) -> None:
    assert irkg("network", "matrix", "--by", "year", "--to", "2003", "--store", store).stdout == (
        "period  holder       target    support  oppose  neutral\n"
        "───────────────────────────────────────────────────────\n"
        "2003    Boris Žeman  Nordland  0        1       0\n"
        "1 row\n"
    )
    told = irkg("network", "matrix", "--by", "year", "--to", "2003", "--format", "csv", "--store", store).stdout
    assert list(csv.DictReader(io.StringIO(told))) == [
        {
            "period": "2003",
            "holder": "Boris Žeman",
            "target": "Nordland",
            "support": "0",
            "oppose": "1",
            "neutral": "0",
            "holder_iri": BORIS.id,
            "target_iri": NORDLAND.id,
        }
    ]


@pytest.mark.parametrize("what", ["neighbours", "centrality", "communities", "matrix"])
@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_the_network_as_a_file(irkg: Irkg, store: Path, tmp_path: Path, what: str, ending: str) -> None:
    file = tmp_path / f"network{ending}"
    ran = irkg("network", what, "--entity", "Boris Žeman", "-o", file, "--store", store)
    entities, count = {"matrix": (3, 2), "neighbours": (4, 9)}.get(what, (4, 5))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", f"{file}: {entities} entities, {count} edges\n")
    made = nx.read_gexf(file) if ending == ".gexf" else nx.read_graphml(file)
    assert sorted(label for _, label in made.nodes(data="label")) == ["Ada Brandt", "Boris Žeman", "Clio Durand", "Nordland"][-entities:]
    assert (made.is_directed(), len(made.edges)) == (what == "matrix", count)
    if ending == ".graphml":
        other = igraph.Graph.Read_GraphML(str(file))
        assert (other.vcount(), other.ecount(), other.is_directed()) == (entities, count, what == "matrix")
    first = file.read_bytes()
    irkg("network", what, "--entity", "Boris Žeman", "-o", file, "--store", store)
    assert file.read_bytes() == first


def test_what_the_files_say(irkg: Irkg, store: Path, tmp_path: Path) -> None:
    def read(what: str) -> "nx.Graph[str]":
        irkg("network", what, "-o", tmp_path / "network.graphml", "--store", store)
        return nx.read_graphml(tmp_path / "network.graphml")

    assert read("centrality").nodes[NORDLAND.id] == {
        "label": "Nordland",
        "type": "State",
        "neighbours": 3,
        "betweenness": 0.1667,
        "records": 5,
    }
    assert read("communities").edges[ADA.id, BORIS.id] == {"records": 2}
    assert {known["community"] for _, known in read("communities").nodes(data=True)} <= {1, 2}
    assert read("matrix").edges[BORIS.id, NORDLAND.id] == {"support": 0, "oppose": 2, "neutral": 0}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["friends"], "a network has no “friends”; there are neighbours, centrality, communities, matrix"),
        (["neighbours"], "whose neighbours? name one with --entity"),
        (["matrix", "--by", "month"], "there is no period “month”; there are year, decade, all"),
        (["matrix", "--entity", "Qwfpgj"], "no entity is named “Qwfpgj” in this graph"),
        (["matrix", "--format", "xml"], "no format is called “xml”; there are table, csv, tsv, json, markdown, turtle"),
        (["matrix", "--by", "year", "-o", "a.gexf"], "--by parts the table; a network is narrowed by --from and --to"),
        (["matrix", "-o", "a.csv"], "a.csv: a network is written as .graphml or .gexf; the table goes to stdout, as --format says"),
    ],
)
def test_mistakes(refused: Callable[..., str], store: Path, args: list[str], message: str) -> None:
    assert refused(2, "network", *args, "--store", store) == message


def test_a_date_that_is_none(refused: Callable[..., str], store: Path) -> None:
    assert refused(2, "network", "matrix", "--from", "soon", "--store", store).startswith("“soon” is not an EDTF date; ")


def test_the_document_has_every_table_with_its_columns(repository: Path) -> None:
    text = (repository / "docs" / "networks.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (period, [^|]+) \|", text, re.MULTILINE))
    assert told == {name: ", ".join(field for field in measure.row._fields if field not in IRIS) for name, measure in MEASURES.items()}
    shown = re.findall(r"^irkg network (\w+)", text, re.MULTILINE)
    assert shown == list(MEASURES)
