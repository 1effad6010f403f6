"""A graph put on a server: on a real one, and on one that is busy, refuses, or goes away."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from graph.server import ServerStore
from graph.store import GraphStore
from graph.uploading import Uploaded, upload
from ontology.errors import IrkgError, UnreachableError, UsageError
from queries.answers import ask
from tests import servers

LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
FISH, BIRDS = ox.NamedNode("https://example.org/fish"), ox.NamedNode("https://example.org/birds?of=the sea".replace(" ", "%20"))


def labelled(graph: ox.NamedNode, count: int) -> list[ox.Quad]:
    return [ox.Quad(ox.NamedNode(f"https://example.org/{n}"), LABEL, ox.Literal(f"no. {n} – рыба\n"), graph) for n in range(count)]


STORE = GraphStore.in_memory([*labelled(FISH, 25), *labelled(BIRDS, 3)])


class Endpoint(BaseHTTPRequestHandler):
    """Takes graphs; the first answers to a path are those that ``first`` holds."""

    taken: list[tuple[str, str, int]]
    first: dict[str, list[int]]

    def do_PUT(self) -> None:
        self.take()

    def do_POST(self) -> None:
        self.take()

    def take(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        parts = urlsplit(self.path)
        waiting = self.first.get(parts.path, [])
        status = waiting.pop(0) if waiting else 204
        if status == 204:
            self.taken.append((self.command, parse_qs(parts.query)["graph"][0], content.count(b" .\n")))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def address() -> Iterator[str]:
    Endpoint.taken = []
    Endpoint.first = {"/busy": [503, 429], "/always": [503] * 20, "/refuses": [403]}
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_graph_is_put_and_the_rest_of_it_posted(address: str) -> None:
    assert upload(STORE, f"{address}/store", lambda line: None, batch=10) == Uploaded(2, 28)
    assert Endpoint.taken == [("PUT", BIRDS.value, 3), ("PUT", FISH.value, 10), ("POST", FISH.value, 10), ("POST", FISH.value, 5)]


def test_a_busy_server_is_asked_again(address: str) -> None:
    said: list[str] = []
    assert upload(STORE, f"{address}/busy", said.append, pause_s=0.01).triples == 28
    assert [line for line in said if "trying again" in line] == [
        f"{address}/busy: answers 503 Service Unavailable; trying again in 0.01 s",
        f"{address}/busy: answers 429 Too Many Requests; trying again in 0.02 s",
    ]


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("/always", UnreachableError, "answers 503 Service Unavailable, 4 times; 0 of 2 graphs are there whole, and <"),
        ("/refuses", IrkgError, "refuses <https://example.org/birds?of=the%20sea>: 403 Forbidden"),
    ],
)
def test_what_is_wrong_is_told(address: str, path: str, error: type[IrkgError], words: str) -> None:
    with pytest.raises(error, match="birds") as raised:
        upload(STORE, address + path, lambda line: None, pause_s=0.001)
    assert words in str(raised.value)


def test_no_server_and_no_address() -> None:
    gone = f"http://127.0.0.1:{servers.free_port()}/store"
    with pytest.raises(UnreachableError, match=r"can't be reached .*0 of 2 graphs are there whole"):
        upload(STORE, gone, lambda line: None, pause_s=0.001)
    with pytest.raises(UsageError, match=r"fish\.ttl: is no http"):
        upload(STORE, "fish.ttl", lambda line: None)


def test_a_real_server_has_what_was_sent_and_a_second_time_no_more() -> None:
    with servers.oxigraph() as server:
        for _ in range(2):
            upload(STORE, server.graphs, lambda line: None, batch=7)
        counted = ask(ServerStore(server.query), "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g")
        assert counted.rows == ((BIRDS.value, 3), (FISH.value, 25))


def test_a_server_that_dies_on_the_way_is_told_of() -> None:
    with servers.oxigraph() as server:

        def kill_after_the_first(line: str) -> None:
            if line.startswith("<"):
                server.process.kill()
                server.process.wait()

        with pytest.raises(UnreachableError, match=r"1 of 2 graphs are there whole, and <https://example.org/fish> may be there in part"):
            upload(STORE, server.graphs, kill_after_the_first, pause_s=0.001)
