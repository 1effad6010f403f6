"""Every format: what is in the file, that it reads back, and that it is the same however the graph was built."""

import csv
import hashlib
import io
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import igraph
import networkx as nx
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Dataset, Literal, NamedNode, Quad
from rdflib.compare import isomorphic

from benchmarks.virtuoso import write_settings
from graph.building import build_in_memory, building
from graph.exports import export_bytes, export_file
from graph.formats import DESCRIPTION, ENDINGS, FORMATS, RDF_FORMATS
from graph.networks import network
from graph.records import Entity, Event, Figure, OfficeHeld, Phrase, Quotation, Record, Stance
from graph.reference import reference_quads
from graph.store import GraphStore, open_store
from graph.triples import SourceDescription, Surroundings, document_quads, record_node
from ontology.errors import IrkgError, UsageError
from ontology.identifiers import REFERENCE_GRAPH, entity_iri, graph_iri
from tests.servers import free_port

BRANDT = Entity(entity_iri("Ada Brandt"), "Ada Brandt", "Person", known=False)
ZEMAN = Entity(entity_iri("Boris Žeman"), "Boris Žeman", "Person", known=False)
PORTAVILLE = Entity(entity_iri("Portaville"), "Portaville", "Place", known=False)
RUSSIA = Entity(entity_iri("Russia"), "Russia", "State")
NASTY = 'said\r\n"x" \\u0007 \x07 <b>&amp; ﻿ � \ufffe ; = 1'


def records(source: str) -> list[Record]:
    def at(start: int, text: str) -> dict[str, object]:
        return {"source": source, "start": start, "end": start + len(text), "text": text, "rule": "test"}

    return [
        Event(  # type: ignore[arg-type]
            **at(0, "Brandt met Žeman of Russia"),
            kind="Meeting",
            family="contact",
            date="2018-05",
            participants=(BRANDT, ZEMAN, RUSSIA),
            place=PORTAVILLE,
            quantity=2.0,
            amount=53e6,
            currency="USD",
        ),
        Stance(**at(30, NASTY), holder=BRANDT, target=RUSSIA, polarity="oppose", act="warn", date="2019"),  # type: ignore[arg-type]
        Stance(**at(80, "b"), holder=BRANDT, target=Phrase("the strait"), polarity="support", act="state"),  # type: ignore[arg-type]
        Figure(**at(90, "7.5 percent"), value=7.5, unit="percent", measure="share", qualifier="about", attributed_to=(BRANDT, ZEMAN)),  # type: ignore[arg-type]
        Quotation(**at(110, "quoted"), speaker=ZEMAN),  # type: ignore[arg-type]
        OfficeHeld(**at(120, "Minister Brandt"), person=BRANDT, office="Minister", of=RUSSIA, date="2018-05"),  # type: ignore[arg-type]
    ]


def quads(source: str) -> list[Quad]:
    description = SourceDescription(source, f"The {source}", "news", published="2018-06", text_hash="ab" * 32)
    return list(document_quads(description, [(record, Surroundings("x\r", "\ty", ("3",))) for record in records(source)]))


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    return build_in_memory([*reference_quads(), *quads("gazette"), *quads("herald")])


@pytest.fixture(scope="module")
def small() -> GraphStore:
    """The same without the reference data, but for one label."""
    label = Quad(NamedNode(RUSSIA.id), NamedNode(str(rdflib.RDFS.label)), Literal("Russia", language="en"), NamedNode(REFERENCE_GRAPH))
    return build_in_memory([label, *quads("gazette"), *quads("herald")])


def test_every_format_has_an_ending() -> None:
    assert sorted([*ENDINGS.values(), DESCRIPTION]) == sorted(FORMATS)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """The same as ``graph``, built in another order and partly twice."""
    folder = tmp_path_factory.mktemp("store")
    for source in ("herald", "gazette", "herald"):
        with building(folder) as build:
            build.replace(REFERENCE_GRAPH, reversed(list(reference_quads())))
            build.replace(graph_iri(source), reversed(quads(source)))
            build.commit()
    return open_store(folder)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_graph_gives_the_same_bytes(format_: str, graph: GraphStore, on_disk: GraphStore) -> None:
    assert digest(export_bytes(on_disk, format_)) == digest(export_bytes(graph, format_))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("format_", ["turtle", "ntriples", "rdfxml"])
def test_rdflib_reads_the_union_back(format_: str, small: GraphStore) -> None:
    union = rdflib.Graph()
    for quad in small.quads():
        union.parse(data=f"{quad.triple} .", format="nt")
    name = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}[format_]
    read = rdflib.Graph().parse(data=export_bytes(small, format_), format=name)
    if format_ == "rdfxml":
        union = replaced(union, "\x07", "\ufffd", "\ufffe", "\ufffd")
    assert isomorphic(read, union)
    assert len(read) == len(list(small.quads()))


def replaced(graph: rdflib.Graph, *pairs: str) -> rdflib.Graph:
    """With other characters in its literals: XML 1.0 can't hold all."""
    made = rdflib.Graph()
    for subject, predicate, value in graph:
        if isinstance(value, rdflib.Literal) and value.datatype is None:
            text = str(value)
            for old, new in zip(pairs[::2], pairs[1::2], strict=True):
                text = text.replace(old, new)
            value = rdflib.Literal(text, lang=value.language)
        made.add((subject, predicate, value))
    return made


@pytest.mark.parametrize("format_", sorted(RDF_FORMATS))
def test_oxigraph_reads_everything_back(format_: str, graph: GraphStore) -> None:
    read = Dataset(pyoxigraph.parse(export_bytes(graph, format_), format=RDF_FORMATS[format_]))
    if RDF_FORMATS[format_].supports_datasets:
        assert read == Dataset(graph.quads())
    elif format_ == "rdfxml":
        assert len(read) == len({quad.triple for quad in graph.quads()})
    else:
        assert read == Dataset(Quad(*quad.triple) for quad in graph.quads())


def test_turtle_is_for_reading(small: GraphStore) -> None:
    lines = export_bytes(small, "turtle").decode().splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == lines[: len(prefixes)] == sorted(prefixes)
    assert prefixes[0] == "@prefix : <https://w3id.org/irkg/ontology#> ."
    at = lines.index(f"<{record_node(records('gazette')[0])}> a :Event ;")
    assert lines[at + 1] == '\trdfs:label "Meeting: Ada Brandt, Boris Žeman, Russia, 2018-05"@en ;'
    assert lines[at + 2].startswith("\t:about <https://w3id.org/irkg/happening/")
    assert lines[at + 3 : at + 5] == [
        '\t:amount "53000000"^^xsd:decimal ;',
        '\t:currency "USD" ;',
    ]
    assert sum(line.endswith(" a :Event ;") for line in lines) == 2


def test_ntriples_and_nquads_are_sorted(graph: GraphStore) -> None:
    triples = export_bytes(graph, "ntriples").splitlines()
    type_first = [line.replace(b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ", b" \x00 ") for line in triples]
    assert type_first == sorted(set(type_first))
    graphs = [line.split()[-2] for line in export_bytes(graph, "nquads").splitlines()]
    assert graphs == sorted(graphs)
    assert len(graphs) == len(list(graph.quads()))


def test_trig_has_a_block_for_each_graph(small: GraphStore) -> None:
    blocks = [line for line in export_bytes(small, "trig").decode().splitlines() if line.endswith("{")]
    assert blocks == [f"<https://w3id.org/irkg/graph/{name}> {{" for name in ("descriptions", "fusion", "gazette", "herald", "reference")]


# Programs that are not ours


def oxigraph(*words: object) -> str:
    """What Oxigraph's own command line says; it must succeed."""
    command = [str(Path(sys.executable).with_name("oxigraph")), *map(str, words)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("ending", [ending for ending, name in ENDINGS.items() if name in RDF_FORMATS and name != "rdfxml"])
def test_the_oxigraph_program_converts_it(ending: str, graph: GraphStore, tmp_path: Path) -> None:
    """Without --lenient it refuses what is not well formed, and the N-Quads that it writes are what we wrote."""
    export_file(graph, tmp_path / f"graph{ending}")
    oxigraph("convert", "--from-file", tmp_path / f"graph{ending}", "--to-file", tmp_path / "read.nq")
    export_file(graph, tmp_path / ("graph.nq" if RDF_FORMATS[ENDINGS[ending]].supports_datasets else "graph.nt"))
    ours = (tmp_path / ("graph.nq" if RDF_FORMATS[ENDINGS[ending]].supports_datasets else "graph.nt")).read_bytes()
    assert sorted((tmp_path / "read.nq").read_bytes().splitlines()) == sorted(ours.splitlines())


@pytest.mark.parametrize("ending", [".ttl", ".jsonld", ".nq"])
def test_the_oxigraph_program_loads_and_asks_it(ending: str, small: GraphStore, tmp_path: Path) -> None:
    export_file(small, tmp_path / f"graph{ending}")
    oxigraph("load", "--location", tmp_path / "store", "--file", tmp_path / f"graph{ending}")
    query = "SELECT (COUNT(*) AS ?all) WHERE { ?event a <https://w3id.org/irkg/ontology#Event> }"
    asked = oxigraph("query", "--location", tmp_path / "store", "--query", query, "--union-default-graph", "--results-format", "csv")
    assert asked.split() == ["all", "2"]


# rdflib 7.6 calls its own deprecated names when it parses into a Dataset.
@pytest.mark.filterwarnings(r"ignore:(Dataset\.\w+|ConjunctiveGraph) is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("format_", "name"), [("jsonld", "json-ld"), ("nquads", "nquads"), ("trig", "trig")])
def test_rdflib_reads_every_graph_back(format_: str, name: str, small: GraphStore) -> None:
    read = rdflib.Dataset()
    read.parse(data=export_bytes(small, format_), format=name)
    for iri in small.graphs():
        own = rdflib.Graph().parse(data=small.ntriples(iri), format="nt")
        assert len(own) > 0
        assert isomorphic(read.graph(rdflib.URIRef(iri)), own)
    assert sum(1 for _ in read.quads()) == len(list(small.quads()))


def test_igraph_reads_graphml(small: GraphStore, tmp_path: Path) -> None:
    export_file(small, tmp_path / "graph.graphml")
    made = igraph.Graph.Read_GraphML(str(tmp_path / "graph.graphml"))
    assert (made.vs["id"], made.vs["label"]) == ([BRANDT.id, ZEMAN.id, RUSSIA.id], ["Ada Brandt", "Boris Žeman", "Russia"])
    found = [
        (edge["source"], *sorted((made.vs[edge.source]["label"], made.vs[edge.target]["label"])), edge["kind"], edge["date"])
        for edge in made.es
    ]
    assert sorted(found) == sorted((source, *edge) for source in ("gazette", "herald") for edge in EDGES)
    assert " ".join(NASTY.split()).replace("\x07", "\ufffd").replace("\ufffe", "\ufffd") in made.es["text"]
    assert not made.is_directed()


COUNTED = "SPARQL SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g;"


@pytest.fixture
def virtuoso(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """What Virtuoso answers to a command of its shell. It runs in ``tmp_path``, where it may read files."""
    program, shell = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or shell is None:
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7 (Debian)")
    port = free_port()
    settings = write_settings(tmp_path, free_port(), port)

    def ask(command: str) -> str:
        words = [shell, f"127.0.0.1:{port}", "dba", "dba", "ERRORS=STDOUT", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", f"exec={command}"]
        return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout

    process = subprocess.Popen([program, "+foreground", "+configfile", str(settings)], cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + 40
        while not listens(port):
            assert process.poll() is None
            assert time.monotonic() < ends
            time.sleep(0.05)
        yield ask
    finally:
        process.terminate()
        process.wait(timeout=20)


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def test_virtuoso_loads_nquads(virtuoso: Callable[[str], str], graph: GraphStore, tmp_path: Path) -> None:
    export_file(graph, tmp_path / "graph.nq")
    said = virtuoso(f"DB.DBA.TTLP_MT(file_open('graph.nq'), '', 'urn:none', 512); {COUNTED}")
    counted = {iri: int(count) for iri, count in re.findall(r"^(https://w3id\.org/irkg/graph/\S+) +(\d+)$", said, re.MULTILINE)}
    assert counted == {iri: graph.count(iri) for iri in graph.graphs()}


def edges(graph: "nx.MultiGraph[str]") -> list[tuple[str, str, str, str, str]]:
    label = dict(graph.nodes(data="label"))
    return [(known["source"], label[one], label[other], known["kind"], known["date"]) for one, other, known in graph.edges(data=True)]


EDGES = [
    ("Ada Brandt", "Boris Žeman", "Meeting", "2018-05"),
    ("Ada Brandt", "Russia", "Meeting", "2018-05"),
    ("Boris Žeman", "Russia", "Meeting", "2018-05"),
    ("Ada Brandt", "Russia", "warn", "2019"),
    ("Ada Brandt", "Russia", "office", "2018-05"),
]


def test_the_network(small: GraphStore) -> None:
    made = network(small)
    assert dict(made.nodes(data=True)) == {
        BRANDT.id: {"label": "Ada Brandt", "type": "Person"},
        ZEMAN.id: {"label": "Boris Žeman", "type": "Person"},
        RUSSIA.id: {"label": "Russia", "type": "Agent"},
    }
    assert sorted(edges(made)) == sorted((source, *edge) for source in ("gazette", "herald") for edge in EDGES)
    meeting, stance, _ = records("gazette")[:3]
    assert made.edges[BRANDT.id, ZEMAN.id, record_node(meeting)] == {
        "iri": record_node(meeting),
        "record": "event",
        "kind": "Meeting",
        "polarity": "",
        "realis": "actual",
        "from": "",
        "date": "2018-05",
        "earliest": "2018-05-01",
        "latest": "2018-05-31",
        "source": "gazette",
        "label": "Meeting: Ada Brandt, Boris Žeman, Russia, 2018-05",
        "text": "Brandt met Žeman of Russia",
    }
    warning = made.edges[BRANDT.id, RUSSIA.id, record_node(stance)]
    assert (warning["polarity"], warning["from"], warning["text"]) == ("oppose", BRANDT.id, " ".join(NASTY.split()))
    keys = [key for _, _, key in made.edges(keys=True)]
    assert len(keys) == len(set(keys)) == 10


@pytest.mark.parametrize(("format_", "read"), [("graphml", nx.parse_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_it_back(format_: str, read: Callable[..., "nx.MultiGraph[str]"], small: GraphStore) -> None:
    content = export_bytes(small, format_)
    made = read(io.BytesIO(content)) if format_ == "gexf" else read(content.decode(), force_multigraph=True)
    assert sorted(edges(made)) == sorted((source, *edge) for source in ("gazette", "herald") for edge in EDGES)
    assert "\x07" not in content.decode()
    assert b"date=" not in content.replace(b"attr.name=", b"")


def test_csv(small: GraphStore) -> None:
    rows = list(csv.DictReader(io.StringIO(export_bytes(small, "csv").decode(), newline="")))
    assert [(row["source"], row["record"], row["start"]) for row in rows] == [
        (source, record.record, str(record.start)) for source in ("gazette", "herald") for record in records(source)
    ]
    assert {name: value for name, value in rows[0].items() if value} == {
        "iri": record_node(records("gazette")[0]),
        "record": "event",
        "label": "Meeting: Ada Brandt, Boris Žeman, Russia, 2018-05",
        "source": "gazette",
        "start": "0",
        "end": "26",
        "text": "Brandt met Žeman of Russia",
        "rule": "test",
        "date": "2018-05",
        "earliest": "2018-05-01",
        "latest": "2018-05-31",
        "kind": "Meeting",
        "realis": "actual",
        "participants": "Ada Brandt; Boris Žeman; Russia",
        "place": "Portaville",
        "quantity": "2",
        "amount": "53000000",
        "currency": "USD",
    }
    assert [(row["text"], row["holder"], row["target"], row["polarity"], row["act"]) for row in rows[1:3]] == [
        (NASTY, "Ada Brandt", "Russia", "oppose", "warn"),
        ("b", "Ada Brandt", "the strait", "support", "state"),
    ]
    assert [rows[3][name] for name in ("value", "unit", "measure", "qualifier", "attributed_to")] == [
        "7.5",
        "percent",
        "share",
        "about",
        "Ada Brandt; Boris Žeman",
    ]
    assert (rows[4]["speaker"], rows[5]["person"], rows[5]["office"], rows[5]["of"]) == ("Boris Žeman", "Ada Brandt", "Minister", "Russia")


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_graph(format_: str) -> None:
    assert export_bytes(build_in_memory([]), format_).count(b"w3id.org/irkg/event") == 0


@pytest.mark.parametrize(("ending", "format_"), sorted(ENDINGS.items()))
def test_the_format_follows_the_ending(ending: str, format_: str, small: GraphStore, tmp_path: Path) -> None:
    export_file(small, tmp_path / "new" / f"graph{ending}")
    export_file(small, tmp_path / "graph.dat", format_)
    assert (tmp_path / "new" / f"graph{ending}").read_bytes() == (tmp_path / "graph.dat").read_bytes() == export_bytes(small, format_)


def test_a_file_is_put_in_place_whole(small: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(IrkgError) as caught:
            export_file(small, path)
    assert str(caught.value) == f"{path}: can't be written: No space left on device"
    assert [file.name for file in tmp_path.iterdir()] == ["graph.ttl"]
    assert path.read_text() == "old"
    export_file(small, path)
    umask = os.umask(0o022)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask


def failing(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_format_that_is_not_there(small: GraphStore, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        export_file(small, tmp_path / "graph.ttl", "n3")
    assert str(caught.value) == "unknown format “n3”; there are turtle, trig, nquads, ntriples, jsonld, rdfxml, graphml, gexf, csv, void"
    with pytest.raises(UsageError, match=r"graph\.xyz: the ending tells no format; use one of \.ttl, \.trig, "):
        export_file(small, tmp_path / "graph.xyz")
    assert list(tmp_path.iterdir()) == []
