"""``/sparql`` as clients that are not ours ask it, and as the protocol says."""

import csv
import io
import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from graph.server import ServerStore
from ontology.errors import UsageError
from queries.answers import ask
from tests.serving.conftest import ENDLESS, Serving

ALDORIA = "https://w3id.org/irkg/entity/aldoria"
NAMES = "SELECT ?thing ?label WHERE { ?thing a :State ; rdfs:label ?label } ORDER BY ?label"
VESKANY = "https://w3id.org/irkg/entity/וסקניה"


# ---------------------------------------------------------------- clients that are not ours


def test_sparqlwrapper_selects(server: Serving) -> None:
    client = SPARQLWrapper(server.url + "sparql")
    client.setQuery(NAMES)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [(row["thing"]["value"], row["label"]) for row in rows] == [
        (ALDORIA, {"type": "literal", "value": "Aldoria", "xml:lang": "en"}),
        (VESKANY, {"type": "literal", "value": "Veskany", "xml:lang": "en"}),
    ]
    client.setMethod(POST)
    client.setReturnFormat(XML)
    assert [node.firstChild.data for node in client.queryAndConvert().getElementsByTagName("uri")] == [ALDORIA, VESKANY]
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode() == f"thing,label\r\n{ALDORIA},Aldoria\r\n{VESKANY},Veskany\r\n"


# SPARQLWrapper 2.0 reads RDF/XML into a class that rdflib 7 would rather see replaced; nothing of ours
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("format_", [TURTLE, N3, XML])
def test_sparqlwrapper_constructs(server: Serving, format_: str) -> None:
    client = SPARQLWrapper(server.url + "sparql")
    client.setQuery("CONSTRUCT WHERE { entity:aldoria rdfs:label ?label }")
    client.setReturnFormat(format_)
    answer = client.queryAndConvert()
    graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer, format="turtle")
    assert set(graph) == {(rdflib.URIRef(ALDORIA), rdflib.RDFS.label, rdflib.Literal("Aldoria", lang="en"))}


def test_sparqlwrapper_is_told_what_is_wrong(server: Serving) -> None:
    client = SPARQLWrapper(server.url + "sparql")
    client.setQuery("SELECT * WHERE {\n ?a ?b }")
    with pytest.raises(QueryBadFormed, match="does not parse at line 2, column 9"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib(server: Serving, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(server.url + "sparql", method=method))
    assert (rdflib.URIRef(ALDORIA), rdflib.RDFS.label, rdflib.Literal("Aldoria", lang="en")) in graph
    rows = list(graph.query("SELECT ?name WHERE { ?thing <https://schema.org/alternateName> ?name }"))
    assert [str(row[0]) for row in rows] == ["Альдория"]
    assert graph.query("ASK { ?thing a <https://w3id.org/irkg/ontology#State> }").askAnswer is True


def test_our_own_client(server: Serving) -> None:
    store = ServerStore(server.url + "sparql")
    assert ask(store, NAMES).rows == ((ALDORIA, "Aldoria"), (VESKANY, "Veskany"))
    with pytest.raises(UsageError, match="refuses the query: the query does not parse at line 1"):
        ask(store, "SELECT")


def test_curl(server: Serving) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("needs curl: apt-get install curl (Debian, Ubuntu)")
    call = [curl, "-sS", "-H", "Accept: text/csv", "--data-urlencode", f"query={NAMES}", "-w", "%{http_code}", server.url + "sparql"]
    for options in ([], ["--get"], ["--http1.0"]):
        answer = subprocess.run([*call, *options], capture_output=True, text=True, check=True).stdout
        assert answer.split() == ["thing,label", f"{ALDORIA},Aldoria", f"{VESKANY},Veskany", "200"]


# ---------------------------------------------------------------- forms


TRICKY = 'SELECT (<http://x/?a&b> AS ?iri) ("a\\tb\\n\\"c\\", <d>&\\u0001"@en AS ?text) (1.5 AS ?number) ?none (BNODE() AS ?node) {}'


def test_json(server: Serving) -> None:
    answer = server.query(TRICKY, "application/sparql-results+json")
    (row,) = json.loads(answer.text)["results"]["bindings"]
    assert json.loads(answer.text)["head"] == {"vars": ["iri", "text", "number", "none", "node"]}
    assert row["text"] == {"type": "literal", "value": 'a\tb\n"c", <d>&\u0001', "xml:lang": "en"}
    assert row["number"] == {"type": "literal", "value": "1.5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}
    assert (row["iri"], row["node"]["type"], "none" in row) == ({"type": "uri", "value": "http://x/?a&b"}, "bnode", False)


def test_xml(server: Serving) -> None:
    answer = server.query(TRICKY, "application/sparql-results+xml")
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ET.fromstring(answer.text)
    assert [node.get("name") for node in root.iter(space + "variable")] == ["iri", "text", "number", "none", "node"]
    assert [node.text for node in root.iter(space + "uri")] == ["http://x/?a&b"]
    assert [node.text for node in root.iter(space + "literal")] == ['a\tb\n"c", <d>&\ufffd', "1.5"]  # XML has no U+0001


def test_csv_and_tsv(server: Serving) -> None:
    head, row = csv.reader(io.StringIO(server.query(TRICKY, "text/csv").text, newline=""))
    assert head == ["iri", "text", "number", "none", "node"]
    assert row[:4] == ["http://x/?a&b", 'a\tb\n"c", <d>&\u0001', "1.5", ""]
    head, row = (line.split("\t") for line in server.query(TRICKY, "text/tab-separated-values").text.rstrip("\n").split("\n"))
    assert head == ["?iri", "?text", "?number", "?none", "?node"]
    assert row[0] == "<http://x/?a&b>"
    assert row[1].startswith('"a\\tb\\n\\"c\\", <d>&') and row[1].endswith("@en")


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_oxigraph_reads_the_rows(server: Serving, form: str) -> None:
    formats = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
    answer = server.query(NAMES, path=f"sparql?format={form}")
    solutions = ox.parse_query_results(answer.text.encode(), format=formats[form])
    assert isinstance(solutions, ox.QuerySolutions)
    assert [row["label"] for row in solutions] == [ox.Literal("Aldoria", language="en"), ox.Literal("Veskany", language="en")]


@pytest.mark.parametrize(("accept", "text"), [("text/csv", "true"), ("application/json", '{"head":{},"boolean":true}')])
def test_yes_or_no(server: Serving, accept: str, text: str) -> None:
    assert server.query("ASK {}", accept).text == text


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_triples(server: Serving, accept: str, format_: ox.RdfFormat) -> None:
    answer = server.query("DESCRIBE entity:aldoria", accept)
    assert (answer.status, answer.type) == (200, accept)
    labels = {quad.object.value for quad in ox.parse(answer.text.encode(), format=format_) if isinstance(quad.object, ox.Literal)}
    assert labels == {"Aldoria", "Альдория"}


def test_no_form_fits(server: Serving) -> None:
    answer = server.query("DESCRIBE entity:aldoria", "text/csv")
    assert answer.status == 406
    assert answer.text.startswith("Accept: text/csv takes none of text/turtle, application/n-triples")


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("method", "path", "type_", "body", "status", "reason"),
    [
        ("POST", "sparql", "application/sparql-update", "DROP ALL", 403, "updates and LOAD are refused"),
        ("POST", "sparql", "application/x-www-form-urlencoded", "update=LOAD+<http://x/>", 403, "updates and LOAD are refused"),
        ("GET", "sparql?update=DROP+ALL", "", None, 403, "updates and LOAD are refused"),
        ("POST", "sparql", "application/sparql-query", "LOAD <http://x/>", 400, "the query is an update"),
        ("POST", "sparql", "application/sparql-query", "ASK { SERVICE <http://x/> {} }", 403, "SERVICE is refused"),
        ("POST", "sparql", "application/sparql-query", "ASK {", 400, "the query does not parse at line 1, column 6"),
        ("POST", "sparql", "application/sparql-query", b"ASK { ?a ?b '\xff' }", 400, "the query is not UTF-8 at byte 13"),
        ("POST", "sparql", "application/sparql-query", "(" * 300, 400, "the query nests more than 200 brackets"),
        ("POST", "sparql", "text/plain", "ASK {}", 415, "a query is posted as application/sparql-query or as"),
        ("POST", "sparql", "application/x-www-form-urlencoded", "query=ASK%FF", 400, "the parameters can't be read"),
        ("POST", "sparql", "application/sparql-query", "#" * 1_100_000, 413, "a request has at most 1048576 bytes here"),
        ("GET", "sparql", "", None, 400, "a request has one query, and this has none"),
        ("GET", "sparql?query=ASK{}&query=ASK{}", "", None, 400, "a request has one query, and this has 2"),
        ("GET", "sparql?query=ASK{}&default-graph-uri=a+b", "", None, 400, "“a b” is not the IRI of a graph"),
        ("PUT", "sparql", "text/turtle", "<a> <b> <c> .", 405, "PUT is refused here: the graph is only read; use GET or HEAD or POST"),
        ("DELETE", "entity/aldoria", "", None, 405, "DELETE is refused here: the graph is only read; use GET or HEAD"),
        ("POST", "entity/aldoria", "text/turtle", "<a> <b> <c> .", 405, "POST is refused here"),
        ("GET", "sparql/update", "", None, 404, "there is nothing at /sparql/update"),
    ],
)
def test_refusals(server: Serving, method: str, path: str, type_: str, body: str | bytes | None, status: int, reason: str) -> None:
    answer = server.ask(path, method=method, body=body, type=type_)
    assert (answer.status, answer.type) == (status, "text/plain")
    assert answer.text.startswith(reason)
    assert answer.text.count("\n") == 1
    if status == 405:
        assert answer.headers["allow"] in ("GET, HEAD", "GET, HEAD, POST")
    assert server.query("ASK { entity:aldoria a :State }", "text/csv").text == "true"


def test_the_graphs_of_a_request(server: Serving) -> None:
    query = "ASK { entity:aldoria a :State }"
    graph = "https://w3id.org/irkg/graph/almanac"
    for parameters, expected in (
        ({}, "true"),
        ({"default-graph-uri": graph}, "true"),
        ({"default-graph-uri": graph + "x"}, "false"),
        ({"named-graph-uri": graph}, "false"),
    ):
        assert server.query(query, "text/csv", f"sparql?{urlencode(parameters)}").text == expected


# ---------------------------------------------------------------- limits


def test_a_query_that_takes_too_long_is_stopped(hasty: Serving) -> None:
    began = time.monotonic()
    answer = hasty.query(ENDLESS)
    assert answer.status == 503
    assert answer.text == "stopped after 1 s, which is as long as an answer may take (--timeout-s); narrow the question\n"
    assert time.monotonic() - began < 5
    assert hasty.query("ASK {}", "text/csv").text == "true"


def test_slow_queries_do_not_stop_the_server(hasty: Serving) -> None:
    with ThreadPoolExecutor(8) as clients:
        slow = [clients.submit(hasty.query, ENDLESS) for _ in range(8)]
        assert {future.result().status for future in slow} == {503}
    assert [hasty.query("ASK {}", "text/csv").text for _ in range(10)] == ["true"] * 10


def test_a_large_answer_is_cut_after_a_whole_row_and_says_so(hasty: Serving) -> None:
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
    answer = hasty.query(query, "application/json")
    found = json.loads(answer.text)
    rows = found["results"]["bindings"]
    note = f"cut after {len(rows)} rows: an answer has at most 0.01 MB; narrow the query, or page it with LIMIT and OFFSET"
    assert (answer.status, answer.headers["irkg-note"], found["head"]["note"]) == (200, note, note)
    assert 50 < len(rows) < 100 and all(set(row) == {"a", "d"} for row in rows)
    assert len(answer.text.encode()) < 10_500
    xml = hasty.query(query, "application/xml")
    assert xml.headers["irkg-note"].startswith("cut after ") and f"<!-- {xml.headers['irkg-note']} -->" in xml.text
    assert len(ET.fromstring(xml.text)[1]) == int(xml.headers["irkg-note"].split()[2])
    lines = hasty.query(query, "text/csv")
    assert len(lines.text.splitlines()) - 1 == int(lines.headers["irkg-note"].split()[2])


@pytest.mark.parametrize(("accept", "format_"), [("text/turtle", ox.RdfFormat.TURTLE), ("application/rdf+xml", ox.RdfFormat.RDF_XML)])
def test_a_large_graph_is_cut_after_a_whole_triple(hasty: Serving, accept: str, format_: ox.RdfFormat) -> None:
    answer = hasty.query("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", accept)
    assert len(list(ox.parse(answer.text.encode(), format=format_))) == int(answer.headers["irkg-note"].split()[2])
    assert answer.headers["irkg-note"] in answer.text


def test_a_small_answer_has_no_note(hasty: Serving) -> None:
    assert "irkg-note" not in hasty.query(NAMES).headers


@pytest.mark.parametrize(
    ("host", "status"), [("localhost:80", 200), ("127.0.0.1", 200), ("[::1]:7878", 200), ("rebound.example.org", 421), ("10.0.0.7", 421)]
)
def test_only_this_machines_own_names_are_answered(server: Serving, host: str, status: int) -> None:
    request = urllib.request.Request(server.url, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == status
    except urllib.error.HTTPError as error:
        with error:
            assert (error.code, error.read()) == (
                status,
                b"this server answers to localhost and 127.0.0.1; start it with --host to let others in\n",
            )
