"""Each command of INTERFACE.md, on the graph of the embedded corpus."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from xml.etree import ElementTree

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from graph.building import building
from graph.edtf import check
from graph.exports import export_bytes
from graph.store import GraphStore, open_store
from irkg.demo import VIEWS
from ontology.identifiers import REFERENCE_GRAPH
from ontology.kinds import ACTS, KINDS, POLARITIES, REALIS
from tests import servers

Irkg = Callable[..., CompletedProcess[str]]

SOURCES = ["digest-iran", "digest-palestine", "digest-tabloid", "timeline"]


@dataclass(frozen=True)
class Demo:
    """What ``irkg demo`` wrote and said."""

    out: Path
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def demo(irkg_process: Irkg, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    out = tmp_path_factory.mktemp("demo") / "out"
    ran = irkg_process("demo", "--out", out, cwd=repository)
    assert ran.returncode == 0, ran.stderr
    return Demo(out, ran.stdout, ran.stderr)


@pytest.fixture
def ask(irkg: Irkg, demo: Demo, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Calls a command on the graph of the embedded corpus; it must succeed and say nothing but its answer."""

    def call(*args: object, stdin: bytes = b"") -> str:
        monkeypatch.setenv("IRKG_STORE", str(demo.out / "store"))
        monkeypatch.setenv("COLUMNS", "100")
        ran = irkg(*args, stdin=stdin)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert "\x1b" not in ran.stdout
        return ran.stdout

    return call


@pytest.fixture
def raw(repository: Path) -> Mapping[str, str]:
    described = tomllib.loads((repository / "corpus" / "sources.toml").read_text("utf-8"))["source"]
    return {source["id"]: (repository / "corpus" / source["file"]).read_bytes().decode("utf-8") for source in described}


@pytest.fixture
def small_corpus(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus/ of one document; commands run there."""
    (tmp_path / "corpus").mkdir()
    shutil.copy(repository / "corpus" / "digest-iran.txt", tmp_path / "corpus")
    text = '[[source]]\nid = "digest-iran"\nfile = "digest-iran.txt"\nkind = "news"\npublished = "2025~"\n'
    (tmp_path / "corpus" / "sources.toml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# demo


def test_demo_writes_what_it_says(demo: Demo) -> None:
    written = sorted(path.name for path in demo.out.iterdir())
    assert written == sorted(["graph.trig", "graph.ttl", "store", "summary.md", *VIEWS])
    assert all(name in demo.stdout for name in written)
    assert re.match(r"4 sources in the graph: \d+ dates, \d+ events, \d+ figures, \d+ offices, \d+ quotations, \d+ stances\n", demo.stdout)
    assert all("<html" in (demo.out / name).read_text("utf-8")[:300] for name in VIEWS)
    summary = (demo.out / "summary.md").read_text("utf-8")
    assert re.findall(r"^## `irkg query ([\w-]+)", summary, re.MULTILINE) == [
        "sources",
        "leader-meetings",
        "prisoner-deals",
        "arms-agreements",
        "diplomatic-ties",
    ]


def test_demo_tells_of_the_date_that_no_calendar_has(demo: Demo, repository: Path) -> None:
    lines = (repository / "corpus" / "timeline.txt").read_text("utf-8").splitlines()
    (line,) = (number for number, text in enumerate(lines, 1) if text.startswith("29 February 2019: "))
    assert f"warning: corpus/timeline.txt:{line}: there is no 29 February 2019\n" in demo.stderr


def test_demo_works_again_when_run_twice(irkg: Irkg, small_corpus: Path) -> None:
    first = irkg("demo")
    written = {path.name: path.read_bytes() for path in (small_corpus / "out").iterdir() if path.is_file()}
    second = irkg("demo")
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == second.stdout
    assert {path.name: path.read_bytes() for path in (small_corpus / "out").iterdir() if path.is_file()} == written
    assert len(written) == 3 + len(VIEWS)


# build


def test_build_takes_the_embedded_corpus_and_the_store_beside_it(irkg: Irkg, small_corpus: Path) -> None:
    ran = irkg("build", "-o", "graph.nq")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert re.fullmatch(r"digest-iran: \d+ records\n1 source in the graph: .*\n", ran.stderr)
    assert sorted(path.name for path in small_corpus.iterdir()) == [".irkg", "corpus", "graph.nq"]
    quads = list(pyoxigraph.parse(path=small_corpus / "graph.nq", format=RdfFormat.N_QUADS))
    assert "<https://w3id.org/irkg/graph/digest-iran>" in {str(quad.graph_name) for quad in quads}


def test_build_describes_a_lone_file(irkg: Irkg, tmp_path: Path) -> None:
    (tmp_path / "my notes.txt").write_text("Norway and Malta met today in Oslo.\n", "utf-8")
    options = ["--kind", "news", "--published", "1951-05-03", "--source-id", "mine", "--store", tmp_path / "store"]
    assert irkg("build", tmp_path / "my notes.txt", *options).returncode == 0
    rows = json.loads(irkg("query", "sources", "--format", "json", "--store", tmp_path / "store").stdout)
    assert [(row["source"], row["title"], row["kind"], row["published"]) for row in rows] == [("mine", "my notes", "news", "1951-05-03")]
    rows = json.loads(irkg("query", "timeline", "--format", "json", "--store", tmp_path / "store").stdout)
    assert [row["date"] for row in rows] == ["1951-05-03"]


# extract

COMMON = {"record", "source", "start", "end", "text", "rule"}
FIELDS = {
    "event": {"kind", "family", "date", "participants", "place", "realis", "plover"},
    "stance": {"holder", "reported_speaker", "target", "polarity", "act", "date", "plover"},
    "figure": {"value", "unit", "measure", "qualifier", "period", "attributed_to"},
    "quotation": {"speaker"},
    "office": {"person", "office", "of", "date"},
    "date": {"value"},
}
WHERE_THERE_IS_ONE = {
    "event": {"item", "quantity", "amount", "currency", "supplier", "recipient", "persons", "in_return", "vote", "resolution"},
    "quotation": {"date"},
}
ENTITY = ("place", "holder", "reported_speaker", "speaker", "person", "of", "supplier", "recipient")
ENTITIES = ("participants", "attributed_to", "persons")


def test_extract_gives_records_as_the_interface_says(irkg: Irkg, repository: Path, raw: Mapping[str, str]) -> None:
    ran = irkg("extract", repository / "corpus")
    assert ran.returncode == 0
    assert [line for line in ran.stderr.splitlines() if not line.startswith("warning: ")] == []
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {record["record"] for record in records} == FIELDS.keys()
    for record in records:
        check_record(record)
        assert raw[record["source"]][record["start"] : record["end"]] == record["text"] != ""
    in_order = list(dict.fromkeys(record["source"] for record in records))
    assert in_order == ["timeline", "digest-tabloid", "digest-palestine", "digest-iran"]
    for source in in_order:
        places = [(record["start"], record["end"]) for record in records if record["source"] == source]
        assert places == sorted(places)
    deals = [record for record in records if record.get("amount")]
    assert {type(deal["amount"]) for deal in deals} == {int}
    assert {deal["currency"] for deal in deals} == {"USD"}


def check_record(record: Mapping[str, Any]) -> None:
    kind = record["record"]
    required = COMMON | FIELDS[kind]
    assert required <= record.keys() <= required | WHERE_THERE_IS_ONE.get(kind, set()), record
    assert isinstance(record["rule"], str) and record["rule"]
    for name in ENTITY:
        if record.get(name) is not None:
            check_entity(record[name])
    for name in ENTITIES:
        for entity in record.get(name, ()):
            check_entity(entity)
    for name in ("date", "period", "value" if kind == "date" else "date"):
        if record.get(name) is not None:
            check(record[name])
    if kind == "event":
        assert record["kind"] in KINDS and record["realis"] in REALIS, record
    if kind == "stance":
        assert record["act"] in ACTS and record["polarity"] in POLARITIES, record
        target = record["target"]
        assert (target.keys() == {"label"} and target["label"]) or check_entity(target), record
    if kind == "figure":
        assert isinstance(record["value"], int | float), record


def check_entity(entity: Mapping[str, str]) -> bool:
    assert entity.keys() == {"id", "label"}, entity
    assert entity["id"].startswith("https://w3id.org/irkg/entity/"), entity
    assert entity["label"].strip() == entity["label"] != ""
    return True


def test_extract_a_lone_file_that_the_command_line_describes(irkg: Irkg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway and Malta met on Monday in Oslo.\n", "utf-8")
    ran = irkg("extract", tmp_path / "a.txt", "--kind", "news", "--published", "1951-05-03", "--source-id", "mine", "--format", "jsonl")
    assert ran.stderr == ""
    dates = [record for record in map(json.loads, ran.stdout.splitlines()) if record["record"] == "date"]
    assert [(record["source"], record["value"], record["text"]) for record in dates] == [("mine", "1951-04-30", "Monday")]


# query and queries

COLUMNS = {
    "leader-meetings": "date kind participants place realis sources",
    "prisoner-deals": "date persons parties in_return realis sources",
    "arms-agreements": "date supplier recipient item quantity amount currency realis sources",
    "diplomatic-ties": "date kind participants place sources",
    "incidents": "date kind participants place realis sources",
    "stances": "date holder act polarity target source text",
    "stance-timeline": "date polarity act target source text",
    "quotations": "date speaker text source",
    "figures": "measure value unit period qualifier attributed_to source text",
    "office-holders": "person office of from to",
    "timeline": "date kind label participants realis sources",
    "sources": "source publisher published perspective events stances figures quotations",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_each_named_query_gives_its_columns(ask: Callable[..., str], name: str) -> None:
    columns = COLUMNS[name].split()
    parameters = ["-p", "holder=Russia"] if name == "stance-timeline" else []
    rows = list(csv.reader(io.StringIO(ask("query", name, *parameters, "--format", "csv"))))
    assert rows[0][: len(columns)] == columns
    assert len(rows) > 1


def test_query_as_json(ask: Callable[..., str]) -> None:
    rows = json.loads(
        ask("query", "leader-meetings", "-p", "person=Netanyahu", "-p", "from=2019-02", "-p", "to=2019-04", "--format", "json")
    )
    told = [tuple(row[key] for key in ("date", "kind", "participants", "place", "realis")) for row in rows]
    both = "Benjamin Netanyahu, Vladimir Putin"
    assert ("2019-02", "Meeting", both, "Moscow", "actual") in told
    assert ("2019-04-04", "Meeting", both, "Moscow", "actual") in told
    assert all("2019-02" <= row["date"][:7] <= "2019-04" for row in rows)
    assert all("Netanyahu" in row["participants"] for row in rows)


def test_query_in_the_other_formats(ask: Callable[..., str]) -> None:
    question = ["query", "prisoner-deals", "--format"]
    rows = json.loads(ask(*question, "json"))
    assert [{key: str("" if value is None else value) for key, value in row.items()} for row in rows] == list(
        csv.DictReader(io.StringIO(ask(*question, "csv")))
    )
    assert [line.split("\t")[0] for line in ask(*question, "tsv").splitlines()] == ["date", *(row["date"] or "" for row in rows)]
    assert [line.split(" | ")[0] for line in ask(*question, "markdown").splitlines()[2:]] == [f"| {row['date'] or ''}" for row in rows]
    table = ask(*question, "table").splitlines()
    assert table[-1] == f"{len(rows)} rows"
    assert max(map(len, table)) <= 100
    triples = list(pyoxigraph.parse(ask(*question, "turtle").encode(), format=RdfFormat.TURTLE))
    assert {row["record"] for row in rows} <= {str(triple.subject).strip("<>") for triple in triples}


def test_query_of_ones_own(ask: Callable[..., str], tmp_path: Path) -> None:
    text = "SELECT (COUNT(*) AS ?events) WHERE { ?event a :Event }"
    (tmp_path / "my.rq").write_text(text, "utf-8")
    answer = ask("query", "-f", tmp_path / "my.rq", "--format", "json")
    assert answer == ask("query", "-", "--format", "json", stdin=text.encode())
    assert json.loads(answer)[0]["events"] == sum(row["events"] for row in json.loads(ask("query", "sources", "--format", "json")))
    assert ask("query", "-", "--format", "csv", stdin=b"ASK { ?event a :Event }") == "answer\ntrue\n"


def test_a_query_is_of_the_union_and_graph_narrows_it(ask: Callable[..., str]) -> None:
    narrow = b"SELECT DISTINCT ?source WHERE { GRAPH <https://w3id.org/irkg/graph/digest-iran> { ?record :source ?source } }"
    wide = b"SELECT DISTINCT ?source WHERE { ?record :source ?source } ORDER BY ?source"
    assert ask("query", "-", "--format", "csv", stdin=narrow) == "source\nhttps://w3id.org/irkg/source/digest-iran\n"
    assert ask("query", "-", "--format", "csv", stdin=wide).split()[1:] == [f"https://w3id.org/irkg/source/{name}" for name in SOURCES]


def test_queries_lists_all_and_shows_one(ask: Callable[..., str]) -> None:
    names = re.findall(r"^  (\S+)  ", ask("queries"), re.MULTILINE)
    assert sorted(names) == sorted(set(names))
    assert set(names) >= COLUMNS.keys()
    shown = ask("queries", "leader-meetings")
    assert shown.startswith("leader-meetings: ")
    assert [heading for heading in ("parameters", "columns", "example") if f"\n{heading}\n" not in shown] == []
    assert "\n  person: entity — " in shown
    assert "\nSELECT DISTINCT ?date ?kind ?participants ?place ?realis " in shown


def test_a_question_shown_tells_what_its_parameters_may_be(ask: Callable[..., str]) -> None:
    shown = ask("queries", "told-by-several")
    assert "\n  at_least: number — only what so many sources or more tell (2 if not given)\n" in shown
    values = shown.partition("\nvalues\n")[2].partition("\n\n")[0].splitlines()
    assert [line.partition(":")[0].strip() for line in values] == ["date", "entity", "kind", "number"]
    assert values[3] == "  number: a whole number"
    assert "\nvalues\n" not in ask("queries", "sources")


def test_sources(ask: Callable[..., str]) -> None:
    table = ask("sources")
    assert table.startswith("source ")
    assert table.endswith("\n4 rows\n")
    assert [row["source"] for row in json.loads(ask("query", "sources", "--format", "json"))] == SOURCES


# show, path, resolve


def test_show(ask: Callable[..., str], raw: Mapping[str, str]) -> None:
    shown = ask("show", "netanyahu")
    assert shown.startswith("Benjamin Netanyahu (Person)\n  https://w3id.org/irkg/entity/benjamin-netanyahu\n  also: ")
    assert "\n  Prime Minister of Israel, 2009-03-31 to 2021-06-13\n" in shown
    headings = re.findall(r"^(\w[\w ]+) \((\d+)\)$", shown, re.MULTILINE)
    assert [heading for heading, _ in headings][:2] == ["Events", "Stances"]
    words = re.findall(r"^      “(.*)” — .*, (\S+):(\d+)–(\d+)$", shown, re.MULTILINE)
    assert len(words) == sum(int(count) for _, count in headings)
    assert all(" ".join(raw[source][int(start) : int(end)].split()) == text for text, source, start, end in words)
    events = shown.partition("\nEvents (")[2].partition("\n\n")[0]
    days = re.findall(r"^  (\d{4}\S*) +\w", events, re.MULTILINE)
    assert len(days) > 5
    years = [day[:4].replace("X", "0") for day in days]
    assert years == sorted(years)


def test_show_takes_an_iri(ask: Callable[..., str]) -> None:
    assert ask("show", "https://w3id.org/irkg/entity/golda-meir") == ask("show", "Golda Meir")


def test_path(ask: Callable[..., str]) -> None:
    way, _, *told = ask("path", "Netanyahu", "Putin").splitlines()
    assert way == "Benjamin Netanyahu → Vladimir Putin"
    assert re.fullmatch(r"Benjamin Netanyahu – Vladimir Putin: \d+ records", told[0])
    assert re.search(r"^      “.*” — irkg project, timeline:\d+–\d+$", "\n".join(told), re.MULTILINE)


def test_path_over_others(ask: Callable[..., str]) -> None:
    way = ask("path", "Golda Meir", "Putin").splitlines()[0].split(" → ")
    assert (way[0], way[-1]) == ("Golda Meir", "Vladimir Putin")
    assert len(way) > 2


@pytest.mark.parametrize(
    ("text", "on", "answer"),
    [
        ("Putin", None, "Vladimir Putin (Person, Wikidata Q7747) <https://w3id.org/irkg/entity/vladimir-putin>"),
        ("the Israeli Prime Minister", "2018-07", "Benjamin Netanyahu, Prime Minister of Israel from 2009-03-31 to 2021-06-13 "),
        ("Foreign Minister of Russia", "2022", "Sergey Lavrov, Foreign Minister of Russia from 2004"),
        ("the former French President", "2014", "Nicolas Sarkozy, President of France from 2007-05-16 to 2012-05-15 "),
        ("then-Foreign Minister of Egypt", "2020", "Sameh Shoukry, Foreign Minister of Egypt from 2014-06 to 2024-07-03 "),
        ("Defence Minister Avigdor Lieberman", "2017", "Avigdor Lieberman, Defence Minister of Israel from 2016-05-30 to 2018-11-14 "),
        ("the Ukrainian leader", "2023", "Volodymyr Zelenskyy (Person, Wikidata Q3874799)"),
        ("Anataloy Viktorov", None, "Anatoly Viktorov (Person)"),
        ("Moscow", "1985", "Moscow (Place, Wikidata Q649) <https://w3id.org/irkg/entity/moscow>"),
    ],
)
def test_resolve(ask: Callable[..., str], text: str, on: str | None, answer: str) -> None:
    lines = ask("resolve", text, *(["--on", on] if on else [])).splitlines()
    assert lines[0].startswith(answer)
    if "former" not in text:  # of these there are many
        # A capital is a place, and stands for the government that sat there at the time.
        capital = ["Soviet Union (State, Wikidata Q15180) <https://w3id.org/irkg/entity/soviet-union>"] if text == "Moscow" else []
        assert lines[1:] == capital


def test_resolve_says_what_is_not_known(irkg: Irkg) -> None:
    for text in ("the Ruritanian defence minister", "the minister", "Xyzzy Quux"):
        ran = irkg("resolve", text, "--on", "2024")
        assert (ran.returncode, ran.stdout) == (2, "")
        assert f"knows nobody as “{text}” on 2024" in ran.stderr


# view and export


@pytest.mark.parametrize("options", [[], ["--entity", "Netanyahu"], ["-p", "from=2018", "-p", "to=2019"]], ids=" ".join)
def test_view_of_a_query(irkg: Irkg, demo: Demo, tmp_path: Path, options: list[str]) -> None:
    file = tmp_path / "new" / "meetings.html"
    ran = irkg("view", "leader-meetings", "-o", file, "--store", demo.out / "store", *options)
    assert (ran.returncode, ran.stdout) == (0, "")
    found = re.fullmatch(r"(.*): (\d+) records; open it in a browser\n", ran.stderr)
    assert found
    assert found[1] == str(file)
    assert 0 < int(found[2]) < 100
    page = file.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>") or page.startswith("<!doctype html>")
    assert "Putin" in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_view_overview(irkg: Irkg, demo: Demo, tmp_path: Path) -> None:
    ran = irkg("view", "overview", "-o", tmp_path / "all.html", "--store", demo.out / "store")
    assert ran.returncode == 0
    assert (tmp_path / "all.html").read_bytes() == (demo.out / "overview.html").read_bytes()


RDF = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
NAMES = {"ttl": "turtle", "trig": "trig", "nq": "nquads", "nt": "ntriples", "jsonld": "jsonld", "rdf": "rdfxml"}


@pytest.fixture(scope="session")
def light(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same store without the reference data, which is most of it and takes its time."""
    full, folder = open_store(demo.out / "store"), tmp_path_factory.mktemp("light") / "store"
    with building(folder) as build:
        for graph in full.graphs():
            if graph != REFERENCE_GRAPH:
                build.replace(graph, full.quads(graph))
        build.commit()
    return folder


@pytest.mark.parametrize("ending", RDF)
def test_export_as_rdf(irkg: Irkg, light: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"graph.{ending}"
    ran = irkg("export", "-o", file, "--store", light)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    quads = list(pyoxigraph.parse(path=file, format=RDF[ending]))
    stored = list(open_store(light).quads())
    if ending in ("trig", "nq", "jsonld"):
        assert set(quads) == set(stored)
    else:
        assert {quad.triple for quad in quads} == {quad.triple for quad in stored}
        assert {quad.graph_name for quad in quads} == {pyoxigraph.DefaultGraph()}
    assert len(quads) == len(stored) > 5000


@pytest.mark.parametrize("ending", RDF)
def test_the_name_of_a_format_goes_before_the_ending(irkg: Irkg, light: Path, tmp_path: Path, ending: str) -> None:
    assert irkg("export", "-o", tmp_path / f"a.{ending}", "--store", light).returncode == 0
    assert irkg("export", "-o", tmp_path / "b.csv", "--format", NAMES[ending], "--store", light).returncode == 0
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_export_as_a_network(ask: Callable[..., str], tmp_path: Path, ending: str) -> None:
    ask("export", "-o", tmp_path / f"graph.{ending}")
    tree = ElementTree.parse(tmp_path / f"graph.{ending}")
    counts = {name: len(tree.findall(f".//{{*}}{name}")) for name in ("node", "edge")}
    assert counts["node"] > 50
    assert counts["edge"] > 50


def test_export_to_a_server(irkg: Irkg, light: Path) -> None:
    with servers.oxigraph() as server:
        ran = irkg("export", "--to", server.graphs, "--store", light)
        assert (ran.returncode, ran.stdout) == (0, "")
        assert ran.stderr.endswith("graphs are on the server\n")
        here = irkg("query", "leader-meetings", "--store", light, "--format", "json").stdout
        assert here == irkg("query", "leader-meetings", "--store", server.query, "--format", "json").stdout
    for wrong in ([], ["-o", "graph.ttl", "--to", server.graphs]):
        assert irkg("export", *wrong, "--store", light).returncode == 2
    gone = irkg("export", "--to", "fish", "--store", light)
    assert (gone.returncode, gone.stderr) == (2, "irkg: fish: is no http(s) address of a graph store\n")


def test_export_as_csv(ask: Callable[..., str], raw: Mapping[str, str], tmp_path: Path) -> None:
    ask("export", "-o", tmp_path / "records.csv")
    with (tmp_path / "records.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["record"] for row in rows} == FIELDS.keys()
    assert all(raw[row["source"]][int(row["start"]) : int(row["end"])] == row["text"] for row in rows)
    assert len({row["iri"] for row in rows}) == len(rows) > 500


# validate and verify


def test_validate(ask: Callable[..., str], demo: Demo) -> None:
    assert ask("validate") == "conforms: nothing breaks the shapes\n"


def test_validate_a_file(irkg: Irkg, demo: Demo, tmp_path: Path) -> None:
    said = open_store(demo.out / "store").quads("https://w3id.org/irkg/graph/digest-iran")
    (tmp_path / "digest.ttl").write_bytes(export_bytes(GraphStore.in_memory(said), "turtle"))
    ran = irkg("validate", tmp_path / "digest.ttl")
    assert (ran.returncode, ran.stdout) == (0, "conforms: nothing breaks the shapes\n")


def test_verify(ask: Callable[..., str], repository: Path) -> None:
    lines = ask("verify").splitlines()
    assert lines == ask("verify", repository / "corpus").splitlines()
    found = [re.fullmatch(r"(\S+): (\d+) of \2 spans in place", line) for line in lines]
    assert [line and line[1] for line in found] == SOURCES


# help

HEAVY = ("spacy", "rdflib", "networkx", "pyoxigraph", "pyshacl", "jinja2", "numpy")
HELP = f"""
import sys
from irkg.cli import main
sys.argv = ["irkg", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    assert ended.code == 0, ended.code
loaded = [name for name in {HEAVY!r} if name in sys.modules]
print("loaded:", *loaded, file=sys.stderr)
"""


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], []], ids=" ".join)
def test_help_loads_nothing_heavy(environment: Mapping[str, str], tmp_path: Path, words: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", HELP, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "loaded:\n")
    assert ran.stdout.startswith("Usage: irkg ")


def test_help_names_every_command(irkg: Irkg) -> None:
    text = irkg("--help").stdout
    commands = "build extract query queries show path view export validate verify resolve sources"
    assert [name for name in commands.split() if not re.search(rf"^  {name}  ", text, re.MULTILINE)] == []


def test_a_closed_pipe_is_no_failure_to_speak_of(demo: Demo, environment: Mapping[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "irkg", "query", "stances", "--format", "json", "--store", str(demo.out / "store")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=tmp_path) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.close()
        assert asked.stderr.read() == b""
        assert asked.wait(timeout=60) in (0, 1)


def test_any_letter_is_written_whatever_the_terminal_holds(demo: Demo, irkg_process: Irkg, tmp_path: Path) -> None:
    ran = irkg_process("show", "Putin", "--store", demo.out / "store", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "“" in ran.stdout
