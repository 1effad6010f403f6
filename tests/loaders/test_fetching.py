"""Documents at an address, from a small server on this machine."""

import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from loaders.texts.documents import load_document
from loaders.texts.fetching import _rules, fetch, is_address
from loaders.texts.sources import find_sources
from loaders.texts.wire import Limits
from ontology.errors import IrkgError, UnreachableError, UsageError

TEXT = "Norway recognised Malta.\r\nÉ – fish.\n"
ANSWERS = {
    "/fish.txt": ("text/plain; charset=utf-8", TEXT.encode()),
    "/page": ("text/html", b"<p>Fish</p>"),
    "/large.txt": ("text/plain", b"x" * 2000),
    "/latin.txt": ("text/plain; charset=iso-8859-1", "É".encode("latin-1")),
    "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /hidden\n\nUser-agent: irkg\nDisallow: /private\n"),
}


class Pages(BaseHTTPRequestHandler):
    """A page for each way in which a server may answer."""

    seen: list[tuple[str, str | None, str | None]]

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["User-Agent"], self.headers["Accept"]))
        match self.path:
            case path if path in ANSWERS:
                self.answer(200, *ANSWERS[path])
            case "/moved.txt":
                self.send_response(301)
                self.send_header("Location", "/fish.txt")
                self.end_headers()
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
def address(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    return f"http://127.0.0.1:{server.server_port}"


def test_plain_text_comes_as_it_is(address: str) -> None:
    fetch(f"{address}/moved.txt")  # the host's rules are known from now on
    Pages.seen.clear()
    assert fetch(f"{address}/fish.txt") == TEXT.encode()
    ((path, agent, accept),) = Pages.seen
    assert (path, accept) == ("/fish.txt", "text/plain")
    assert agent is not None
    assert re.fullmatch(r"irkg/[0-9.]+ \(https://w3id\.org/irkg/\)", agent)


def test_the_rules_of_a_host_are_kept_and_asked_for_once(address: str) -> None:
    _rules.cache_clear()
    Pages.seen.clear()
    fetch(f"{address}/fish.txt")
    for _ in range(2):
        with pytest.raises(IrkgError) as refused:
            fetch(f"{address}/private/fish.txt")
        assert str(refused.value) == (
            f"{address}/private/fish.txt: is not for programs, as its host says in /robots.txt; save the page to a file and name that"
        )
    with pytest.raises(UnreachableError, match="404"):
        fetch(f"{address}/hidden")  # the rules for us stand alone
    assert [path for path, _, _ in Pages.seen] == ["/robots.txt", "/fish.txt", "/hidden"]


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
def test_what_is_no_document(address: str, path: str, message: str) -> None:
    with pytest.raises(IrkgError) as refused:
        fetch(address + path, Limits(bytes=1000))
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
def test_a_server_that_does_not_answer_as_it_should(address: str, path: str) -> None:
    with pytest.raises(UnreachableError) as refused:
        fetch(address + path, Limits(seconds=0.3))
    assert str(refused.value).startswith(f"{address}{path}: can't be reached (")
    assert "\n" not in str(refused.value)


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{reserved.getsockname()[1]}/a.txt"
        with pytest.raises(UnreachableError) as refused:
            fetch(address)
    assert str(refused.value) == f"{address}: can't be reached ([Errno 111] Connection refused); check it, or save its text to a file"
    assert refused.value.exit_code == 4


@pytest.mark.parametrize(
    "address",
    ["http://[::1/a.txt", "http://a b/", "http://127.0.0.1/ü.txt", "http://127.0.0.1:fish/", "http://a\n/", "http:///a", "http://a:0/"],
)
def test_an_address_that_is_not_well_formed(address: str) -> None:
    with pytest.raises(UsageError, match="is no well-formed address"):
        fetch(address)


@pytest.mark.parametrize(
    ("place", "expected"),
    [("http://a/", True), ("https://a/", True), ("ftp://a/", False), ("http.txt", False), ("a/http://b", False), ("", False)],
)
def test_is_address(place: str, expected: bool) -> None:
    assert is_address(place) is expected
