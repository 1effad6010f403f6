"""A graph on a SPARQL server, played by a small server on this machine that answers from a store in memory."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from graph.prefixes import PREFIXES
from graph.server import ServerStore
from graph.store import GraphStore
from ontology.errors import IrkgError, UnreachableError, UsageError
from queries.answers import ask
from queries.catalogue import run

RDFS_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
GRAPH = ox.NamedNode("https://example.org/graph")
FISH, MALTA = ox.NamedNode("https://example.org/fish"), ox.NamedNode("https://example.org/malta")
STORE = GraphStore.in_memory([ox.Quad(FISH, RDFS_LABEL, ox.Literal("fish – рыба\n"), GRAPH), ox.Quad(MALTA, RDFS_LABEL, FISH, GRAPH)])


class Endpoint(BaseHTTPRequestHandler):
    """Answers queries at /sparql; other paths go wrong, each in its way."""

    asked: list[tuple[str, str, str, str]]

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
        text = parse_qs(form).get("query", [""])[0]
        self.asked.append((self.path, self.headers["Content-Type"], self.headers["Accept"], text))
        match self.path:
            case "/sparql":
                self.answer_query(text)
            case "/page":
                self.answer(200, "text/html", b"<p>Fish</p>")
            case "/cut":
                self.answer(200, "application/sparql-results+json", b'{"head": {"vars": ["a"]}, "results": {"bind')
            case "/cut-triples":
                self.answer(200, "application/n-triples", b"<https://example.org/fish> <https://example.o")
            case "/refuses":
                self.answer(400, "text/plain", b"error at 2:3:\n  expected a fish\n")
            case "/fails":
                self.answer(503, "text/plain", b"too many\nfish")
            case "/slow":
                self.server.stop.wait(20)  # type: ignore[attr-defined]
            case "/rubbish":
                self.wfile.write(b"fish\r\n\r\n")

    def answer_query(self, text: str) -> None:
        found = STORE.query(text)
        if isinstance(found, ox.QueryTriples):
            self.answer(200, "application/n-triples", found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
        else:
            self.answer(200, "application/sparql-results+json", found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    def answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    Endpoint.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as running:
        running.stop = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.stop.set()  # type: ignore[attr-defined]
        running.shutdown()
        thread.join()


def test_select(address: str) -> None:
    answer = ask(ServerStore(f"{address}/sparql"), "SELECT ?thing ?label WHERE { ?thing rdfs:label ?label } ORDER BY ?thing")
    assert answer.columns == ("thing", "label")
    assert answer.rows == ((FISH.value, "fish – рыба\n"), (MALTA.value, FISH.value))


@pytest.mark.parametrize(("word", "expected"), [("label", True), ("comment", False)])
def test_ask(address: str, word: str, expected: bool) -> None:
    assert ask(ServerStore(f"{address}/sparql"), f"ASK {{ ?thing rdfs:{word} ?label }}").rows == ((expected,),)


def test_construct(address: str) -> None:
    answer = ask(ServerStore(f"{address}/sparql"), "CONSTRUCT WHERE { ?thing rdfs:label ?label }")
    assert answer.triples == (ox.Triple(FISH, RDFS_LABEL, ox.Literal("fish – рыба\n")), ox.Triple(MALTA, RDFS_LABEL, FISH))
    nothing = ask(ServerStore(f"{address}/sparql"), "CONSTRUCT WHERE { ?thing rdfs:comment ?label }")
    assert nothing.triples == ()


@pytest.mark.parametrize(
    ("text", "accept"),
    [
        ("DESCRIBE <https://example.org/fish>", "application/n-triples"),
        ('# SELECT\nCONSTRUCT WHERE { ?thing rdfs:label "ASK" }', "application/n-triples"),
        ("SELECT (<https://example.org/CONSTRUCT> AS ?a) {} # DESCRIBE", "application/sparql-results+json"),
    ],
)
def test_rows_or_triples_are_asked_for(address: str, text: str, accept: str) -> None:
    Endpoint.asked.clear()
    ask(ServerStore(f"{address}/sparql"), text)
    assert [asked[2] for asked in Endpoint.asked] == [accept]


def test_a_named_query(address: str) -> None:
    assert run(ServerStore(f"{address}/sparql"), "leader-meetings").dicts() == []


def test_a_query_is_posted_with_the_prefixes_that_it_lacks(address: str) -> None:
    Endpoint.asked.clear()
    text = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n# " + "x" * 100_000 + "\nASK { ?a rdfs:label ?b }"
    assert ask(ServerStore(f"{address}/sparql"), text).rows == ((True,),)
    ((path, content, accept, sent),) = Endpoint.asked
    assert (path, content) == ("/sparql", "application/x-www-form-urlencoded")
    assert accept == "application/sparql-results+json"
    assert sent.endswith(text)
    before = sent.removesuffix(text)
    assert sorted(before.split("PREFIX ")[1:]) == sorted(f"{name}: <{iri}> " for name, iri in PREFIXES.items() if name != "rdfs")
    assert "\n" not in before


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("/page", UnreachableError, ": answers, but not as a SPARQL server ("),
        ("/cut-triples", UnreachableError, ": answers, but not as a SPARQL server ("),
        ("/refuses", UsageError, " refuses the query: error at 2:3: expected a fish"),
        ("/fails", IrkgError, " answers 503 Service Unavailable: too many fish"),
        ("/slow", UnreachableError, ": can't be reached (timed out); is the server running there?"),
        ("/rubbish", UnreachableError, ": can't be reached ("),
    ],
)
def test_a_server_that_does_not_answer(address: str, path: str, error: type[IrkgError], message: str) -> None:
    with pytest.raises(error) as refused:
        ServerStore(address + path, timeout_s=0.3).query("ASK {}")
    assert type(refused.value) is error
    assert str(refused.value).startswith(address + path + message)
    assert "\n" not in str(refused.value)


def test_an_answer_that_ends_too_early(address: str) -> None:
    with pytest.raises(UnreachableError, match="answers, but not as a SPARQL server"):
        ask(ServerStore(f"{address}/cut"), "SELECT * { ?a ?b ?c }")


@pytest.mark.parametrize("place", ["http://[::1/sparql", "http://a b/sparql", "http://127.0.0.1/ü", "http://127.0.0.1:fish/"])
def test_an_address_that_is_not_well_formed(place: str) -> None:
    with pytest.raises(UsageError, match="is no well-formed address"):
        ServerStore(place).query("ASK {}")
