"""Web pages of our own, as files and from a small server on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from loaders.texts.documents import Document, load_document
from loaders.texts.sources import Said, find_sources
from loaders.texts.web import decoded, read_page
from ontology.errors import IrkgError, UnreachableError

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Fish quarrel ends | The Norland Gazette</title><meta charset="utf-8">
<meta property="og:title" content="Fish quarrel ends"><meta property="og:site_name" content="The Norland Gazette">
<meta property="og:type" content="article"><meta name="author" content="Ada Brandt">
<meta property="article:published_time" content="2018-06-02T10:00:00+01:00"><link rel="canonical" href="https://gazette.example/fish">
<style>p { color: red }</style><script>var leak = 1;</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Fish quarrel ends</h1>
<p>VALLETTA – On 4 April 2018 Ada Zeman met Boris Brandt in Oslo.  He said “it was a good talk” &amp; left.</p>
<h2>What was agreed</h2>
<p>Malta <b>will sell</b> boats to <a href="/norway">Norway</a>, the ministry said on Sunday.<br>
The deal runs for three years.</p>
<ul><li>Ten boats of one sort in the first year.</li><li>Two of another sort in the second year.</li></ul>
<blockquote><p>It is a special state to us, he said to the reporters who were there.</p></blockquote>
<table><tr><td>Table cell words</td><td>1</td></tr></table>
<p>Both sides thanked the hosts for the talks, which took four hours and ended late in the evening.</p></article>
<aside>Subscribe now</aside><footer>© 2018 Gazette</footer></body></html>"""

TEXT = """Fish quarrel ends

VALLETTA – On 4 April 2018 Ada Zeman met Boris Brandt in Oslo. He said “it was a good talk” & left.

What was agreed

Malta will sell boats to Norway, the ministry said on Sunday. The deal runs for three years.

• Ten boats of one sort in the first year.
• Two of another sort in the second year.

It is a special state to us, he said to the reporters who were there.

Both sides thanked the hosts for the talks, which took four hours and ended late in the evening.
"""


LATIN = PAGE.replace("utf-8", "iso-8859-1").replace("Ada Brandt", "Åda Brandt").translate({0x201C: "«", 0x201D: "»", 0x2013: "-"})
ANSWERS = {
    "/fish": (200, "text/html; charset=utf-8", PAGE.encode()),
    "/latin": (200, "text/html; charset=ISO-8859-1", LATIN.encode("latin-1")),
    "/empty": (200, "text/html", b""),
    "/shell": (200, "text/html", b"<html><body><div id='app'></div><script>run()</script></body></html>"),
    "/report.pdf": (200, "application/pdf", b"%PDF"),
    "/raw": (200, "text/x-wiki; charset=utf-8", b"'''Malta''' lies.<ref>[https://x.example/ X]</ref>"),
    "/busy": (503, "text/html", b""),
}
MOVED = {"/moved": "/fish", "/elsewhere": "http://localhost:{port}/fish"}


class Pages(BaseHTTPRequestHandler):
    """A page for each way in which a server may answer."""

    def do_GET(self) -> None:
        if self.path in MOVED:
            self.send_response(302)
            self.send_header("Location", MOVED[self.path].format(port=self.server.server_address[1]))
            self.end_headers()
            return
        status, kind, content = ANSWERS.get(self.path, (404, "text/html", b"<p>none</p>"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Retry-After", "120")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def address(running: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    return running


def load(place: object, said: Said | None = None) -> Document:
    (source,) = find_sources(str(place), said or Said())
    return load_document(source)


def test_the_article_of_a_page(address: str) -> None:
    document = load(f"{address}/fish")
    assert document.raw == TEXT
    assert document.extracted
    assert [(p.text[:16], p.heading) for p in document.paragraphs] == [
        ("On 4 April 2018 ", "Fish quarrel ends"),
        ("Malta will sell ", "What was agreed"),
        ("Ten boats of one", "What was agreed"),
        ("Two of another s", "What was agreed"),
        ("It is a special ", "What was agreed"),
        ("Both sides thank", "What was agreed"),
    ]
    paragraph = document.paragraphs[1]
    start, end = paragraph.raw_span(0, len(paragraph.text))
    assert document.raw[start:end] == paragraph.text


def test_what_a_page_tells_of_itself(address: str) -> None:
    source = load(f"{address}/fish").source
    assert (source.title, source.publisher, source.author, source.published, source.kind, source.language) == (
        "Fish quarrel ends",
        "The Norland Gazette",
        "Ada Brandt",
        "2018-06-02",
        "news",
        "en",
    )
    assert source.url == "https://gazette.example/fish"
    assert source.id == find_sources(f"{address}/fish")[0].id


def test_the_command_line_wins(address: str) -> None:
    source = load(f"{address}/fish", Said(kind="encyclopedia", published="2000~")).source
    assert (source.kind, source.published, source.publisher) == ("encyclopedia", "2000~", "The Norland Gazette")


def test_sources_toml_wins(address: str, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\nid = "fish"\nurl = "{address}/fish"\nkind = "timeline"\ntitle = "Mine"\npublisher = "Press"\nlanguage = "mt"\n',
        "utf-8",
    )
    source = load(tmp_path).source
    assert (source.title, source.publisher, source.language, source.kind, source.author) == (
        "Mine",
        "Press",
        "mt",
        "timeline",
        "Ada Brandt",
    )
    assert source.url == f"{address}/fish"


def test_a_page_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "fish_page.html").write_text(PAGE, "utf-8")
    document = load(tmp_path / "fish_page.html")
    assert document.raw == TEXT
    assert (document.source.id, document.source.title) == ("fish_page", "Fish quarrel ends")


def test_a_page_without_metadata(tmp_path: Path) -> None:
    words = "Malta and Norway agreed on fish in the spring, and both sides were glad of it for a long time. " * 4
    (tmp_path / "a.htm").write_text(f"<html><body><p>{words}</p></body></html>", "utf-8")
    source = load(tmp_path / "a.htm").source
    assert (source.title, source.publisher, source.published, source.author, source.kind) == ("a", None, None, None, "encyclopedia")


def test_a_page_of_another_encoding(address: str) -> None:
    document = load(f"{address}/latin")
    assert document.source.author == "Åda Brandt"
    assert "«it was a good talk»" in document.raw


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("é".encode(), None, "é"),
        ("é".encode("latin-1"), "latin-1", "é"),
        ("é".encode("latin-1"), None, "é"),
        ("é".encode("latin-1"), "utf-8", "é"),
        ("é".encode(), "unheard-of", "é"),
        ("\ufeffé".encode(), "latin-1", "é"),
        ("\ufeffé".encode("utf-16-le"), None, "é"),
        ('<meta charset="cp1251">Ж'.encode("cp1251"), None, '<meta charset="cp1251">Ж'),
        ("<?xml version='1.0' encoding='koi8-r'?>Ж".encode("koi8-r"), None, "<?xml version='1.0' encoding='koi8-r'?>Ж"),
        (b"\x81x", None, "\ufffdx"),
    ],
)
def test_how_a_page_is_decoded(content: bytes, charset: str | None, text: str) -> None:
    assert decoded(content, charset) == text


def test_a_page_that_has_moved(address: str) -> None:
    assert load(f"{address}/moved").notes == ()
    document = load(f"{address}/elsewhere")
    host = address.replace("http://127.0.0.1", "localhost")
    assert document.raw == TEXT
    assert document.notes == (f"{address}/elsewhere: was answered by {host}, to which it redirects",)


def test_wikitext_from_an_address(address: str) -> None:
    document = load(f"{address}/raw")
    assert document.raw == "Malta lies.[1]\n"
    assert [work.url for work in document.works_behind(0, 5)] == ["https://x.example/"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/empty", "is empty"),
        ("/shell", "no text was found in the page (it may need a browser to be shown); save its text to a file and name that"),
        ("/report.pdf", "is application/pdf, neither text/plain nor a web page; save its text to a file and name that"),
    ],
)
def test_what_is_no_article(address: str, path: str, message: str) -> None:
    with pytest.raises(IrkgError) as refused:
        load(address + path)
    assert str(refused.value) == f"{address}{path}: {message}"


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("/none", "the server answers 404 Not Found"),
        ("/busy", "the server answers 503 Service Unavailable (try again in 120 s)"),
    ],
)
def test_what_a_server_refuses(address: str, path: str, begins: str) -> None:
    with pytest.raises(UnreachableError) as refused:
        load(address + path)
    assert str(refused.value).startswith(f"{address}{path}: {begins}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + "x",
        "<b>x" * 50_000,
        "<" * 100_000,
        "<!--" * 50_000,
        "\0" * 1000,
        "<p><span>x " * 20_000,
        "&#xD800;" * 1000,
        "\ud800",
    ],
    ids=["div", "b", "less", "comment", "nul", "span", "surrogate", "half"],
)
def test_hostile_pages_give_a_text_or_a_refusal(page: str) -> None:
    try:
        extract, _ = read_page("a.html", page.encode("utf-8", "surrogatepass"))
    except IrkgError as error:
        assert str(error).startswith("a.html: ")
    else:
        assert extract.text.encode("utf-8")
