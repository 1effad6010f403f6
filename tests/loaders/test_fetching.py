"""Documents at an address, from a small server on this machine."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from loaders.texts.documents import load_document
from loaders.texts.fetching import fetch, is_address
from loaders.texts.sources import find_sources
from ontology.errors import IrkgError, UnreachableError, UsageError

TEXT = "Norway recognised Malta.\r\nÉ – fish.\n"


class Pages(BaseHTTPRequestHandler):
    """A page for each way in which a server may answer."""

    seen: list[tuple[str, str | None, str | None]]

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["User-Agent"], self.headers["Accept"]))
        match self.path:
            case "/fish.txt":
                self.answer(200, "text/plain; charset=utf-8", TEXT.encode())
            case "/moved.txt":
                self.send_response(301)
                self.send_header("Location", "/fish.txt")
                self.end_headers()
            case "/page":
                self.answer(200, "text/html", b"<p>Fish</p>")
            case "/large.txt":
                self.answer(200, "text/plain", b"x" * 2000)
            case "/latin.txt":
                self.answer(200, "text/plain; charset=iso-8859-1", "É".encode("latin-1"))
            case "/cut.txt":
                self.answer(200, "text/plain", b"Fish", length=100)
            case "/rubbish":
                self.wfile.write(b"fish\r\n\r\n")
            case "/slow.txt":
                self.server.stop.wait(20)  # type: ignore[attr-defined]
            case "/closed":
                self.close_connection = True
            case _:
                self.answer(404, "text/plain", b"none")

    def answer(self, status: int, kind: str, content: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    Pages.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as running:
        running.stop = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.stop.set()  # type: ignore[attr-defined]
        running.shutdown()
        thread.join()


@pytest.fixture
def address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def test_plain_text_comes_as_it_is(address: str) -> None:
    Pages.seen.clear()
    assert fetch(f"{address}/fish.txt") == TEXT.encode()
    ((path, agent, accept),) = Pages.seen
    assert (path, accept) == ("/fish.txt", "text/plain")
    assert agent is not None
    assert agent.startswith("irkg ")


def test_a_document_that_has_moved(address: str) -> None:
    assert fetch(f"{address}/moved.txt") == TEXT.encode()


def test_an_address_is_a_document_as_any_other(address: str) -> None:
    (source,) = find_sources(f"{address}/fish.txt")
    document = load_document(source)
    assert document.raw == TEXT
    assert [paragraph.text for paragraph in document.paragraphs] == ["Norway recognised Malta.", "É – fish."]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/page", ": is text/html, not text/plain; save its text to a file and name that"),
        ("/large.txt", ": is larger than 1000 bytes"),
    ],
)
def test_what_is_no_document(address: str, monkeypatch: pytest.MonkeyPatch, path: str, message: str) -> None:
    monkeypatch.setattr("loaders.texts.fetching._MOST_BYTES", 1000)
    with pytest.raises(IrkgError) as refused:
        fetch(address + path)
    assert str(refused.value) == address + path + message
    assert refused.value.exit_code == 1


def test_a_document_that_is_not_utf8(address: str) -> None:
    (source,) = find_sources(f"{address}/latin.txt")
    with pytest.raises(IrkgError) as refused:
        load_document(source)
    assert str(refused.value) == f"{address}/latin.txt: is not UTF-8 at byte 0; convert it first"


def test_a_document_that_is_not_there(address: str) -> None:
    with pytest.raises(UnreachableError) as refused:
        fetch(f"{address}/none.txt")
    assert str(refused.value) == f"{address}/none.txt: the server answers 404 Not Found"


@pytest.mark.parametrize("path", ["/cut.txt", "/rubbish", "/slow.txt", "/closed"])
def test_a_server_that_does_not_answer_as_it_should(address: str, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr("loaders.texts.fetching._TIMEOUT_S", 0.3)
    with pytest.raises(UnreachableError) as refused:
        fetch(address + path)
    assert str(refused.value).startswith(f"{address}{path}: can't be reached (")
    assert "\n" not in str(refused.value)


def test_nobody_listens() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{reserved.getsockname()[1]}/a.txt"
        with pytest.raises(UnreachableError) as refused:
            fetch(address)
    assert str(refused.value).startswith(f"{address}: can't be reached (")
    assert refused.value.exit_code == 4


@pytest.mark.parametrize("address", ["http://[::1/a.txt", "http://a b/", "http://127.0.0.1/ü.txt", "http://127.0.0.1:fish/", "http://a\n/"])
def test_an_address_that_is_not_well_formed(address: str) -> None:
    with pytest.raises(UsageError, match="is no well-formed address"):
        fetch(address)


@pytest.mark.parametrize(
    ("place", "expected"),
    [("http://a/", True), ("https://a/", True), ("ftp://a/", False), ("http.txt", False), ("a/http://b", False), ("", False)],
)
def test_is_address(place: str, expected: bool) -> None:
    assert is_address(place) is expected
