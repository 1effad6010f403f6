"""Wikitext, web pages and Wikipedia from the command line: built, questioned, and verified when the network is gone."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Irkg = Callable[..., CompletedProcess[str]]
Refused = Callable[..., str]

WIKITEXT = """{{Infobox|leak = On 3 May 2011 [[Vladimir Putin]] visited [[Oslo]].}}
== History ==
On 4 April 2019 [[Benjamin Netanyahu]] met [[Vladimir Putin]] in [[Moscow]].<ref>{{cite news |last=Brandt |first=Ada
|title=A meeting |newspaper=The Gazette |date=5 April 2019 |url=https://gazette.example/1 |archive-url=https://archive.example/1}}</ref>

On 2 March 2020 Israel condemned Russia.<ref name="x">Zeman, “On rows”, ''Annals'', 2020</ref>
"""
PAGE = """<html lang="en"><head><title>A visit</title><meta property="og:site_name" content="The Norland Gazette">
<meta property="article:published_time" content="2018-06-02"><meta name="author" content="Ada Brandt"></head><body><nav>Home</nav>
<article><h1>A visit</h1><p>On 1 June 2018 Vladimir Putin telephoned Benjamin Netanyahu, the Kremlin said in a short notice on Friday.</p>
<p>The two leaders spoke about Syria for half an hour, and it was not the first time in that week that they did so.</p>
</article></body></html>"""

WORKS = """
SELECT ?words ?title ?publisher ?author ?date ?url ?archive WHERE {
  ?evidence :cites ?work ; oa:hasSelector/oa:exact ?words .
  ?event a :Event ; :evidence ?evidence .
  ?work a :CitedWork ; dcterms:title ?title .
  OPTIONAL { ?work dcterms:publisher ?publisher } OPTIONAL { ?work dcterms:creator ?author }
  OPTIONAL { ?work schema:datePublished ?date } OPTIONAL { ?work schema:url ?url } OPTIONAL { ?work schema:archivedAt ?archive }
} ORDER BY ?words
"""
ABOUT = """
SELECT ?title ?publisher ?author ?published ?kind ?revision ?modified ?url ?hash WHERE {
  ?source a :Source ; dcterms:title ?title ; :sourceKind ?kind ; :textHash ?hash .
  OPTIONAL { ?source dcterms:publisher ?publisher } OPTIONAL { ?source dcterms:creator ?author }
  OPTIONAL { ?source :published ?published } OPTIONAL { ?source :revision ?revision }
  OPTIONAL { ?source schema:dateModified ?modified } OPTIONAL { ?source schema:url ?url }
}
"""


class Far(BaseHTTPRequestHandler):
    """A web page, and an API with one page; the first question finds it busy."""

    busy = True

    def do_GET(self) -> None:
        self.answer(200, "text/html", PAGE.encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if Far.busy:
            Far.busy = False
            self.answer(503, "text/plain", b"")
            return
        revision = {"revid": 12, "timestamp": "2024-02-29T12:34:56Z", "slots": {"main": {"content": WIKITEXT}}}
        page = {"title": "Ties", "canonicalurl": "https://wiki.example/Ties", "revisions": [revision], "pageprops": {"wikibase_item": "Q1"}}
        self.answer(200, "application/json", json.dumps({"query": {"pages": [page]}}).encode())

    def answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(content))), ("Retry-After", "0")):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a server, and what stops it."""
    Far.busy = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Far)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("IRKG_WIKIPEDIA_API", f"{address}/api.php")
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    yield address, stop
    if thread.is_alive():
        stop()


def rows(irkg: Irkg, here: Path, query: str) -> list[dict[str, str | None]]:
    (here / "q.rq").write_text(query, "utf-8")
    ran = irkg("query", "-f", "q.rq", "--format", "json")
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, str | None]] = json.loads(ran.stdout)
    return found


def test_a_wikitext_file(irkg: Irkg, here: Path) -> None:
    (here / "ties.wiki").write_text(WIKITEXT, "utf-8")
    assert irkg("build", "ties.wiki").returncode == 0
    assert rows(irkg, here, WORKS) == [
        {
            "words": "On 4 April 2019 Benjamin Netanyahu met Vladimir Putin in Moscow", "title": "A meeting", "publisher": "The Gazette",
            "author": "Ada Brandt", "date": "2019-04-05", "url": "https://gazette.example/1", "archive": "https://archive.example/1",
        }
    ]  # fmt: skip
    assert irkg("validate").returncode == 0
    assert irkg("verify").stdout.startswith("ties: ")
    assert "2011" not in irkg("query", "timeline").stdout
    (kept,) = (here / ".irkg" / "texts").iterdir()
    assert kept.name == hashlib.sha256(kept.read_bytes()).hexdigest() + ".txt"
    assert kept.read_text("utf-8").startswith("History\n\nOn 4 April 2019")


def test_evidence_is_of_the_extracted_text(irkg: Irkg, here: Path) -> None:
    (here / "ties.wiki").write_text(WIKITEXT, "utf-8")
    assert irkg("build", "ties.wiki").returncode == 0
    (kept,) = (here / ".irkg" / "texts").iterdir()
    records = [json.loads(line) for line in irkg("extract", "ties.wiki").stdout.splitlines()]
    assert {record["record"] for record in records} >= {"event", "stance", "date"}
    text = kept.read_text("utf-8")
    assert [record for record in records if text[record["start"] : record["end"]] != record["text"]] == []


def test_wikipedia_is_verified_without_a_network(irkg: Irkg, here: Path, far: tuple[str, Callable[[], None]]) -> None:
    _, stop = far
    assert irkg("build", "wikipedia:Ties").returncode == 0
    (about,) = rows(irkg, here, ABOUT)
    assert about | {"hash": None} == {
        "title": "Ties", "publisher": "Wikipedia", "author": None, "published": None, "kind": "encyclopedia", "revision": "12",
        "modified": "2024-02-29T12:34:56Z", "url": "https://wiki.example/Ties", "hash": None,
    }  # fmt: skip
    assert (here / ".irkg" / "texts" / f"{about['hash']}.txt").is_file()
    stop()
    ran = irkg("verify")
    assert ran.returncode == 0
    assert ran.stdout.startswith("wikipedia-ties: ")
    assert ran.stdout.endswith(" spans in place in the text that was kept\n")
    assert irkg("validate").returncode == 0


def test_a_web_page(irkg: Irkg, here: Path, far: tuple[str, Callable[[], None]]) -> None:
    address, stop = far
    ran = irkg("build", f"{address}/visit", "--source-id", "visit")
    assert ran.returncode == 0, ran.stderr
    (about,) = rows(irkg, here, ABOUT)
    assert about | {"hash": None} == {
        "title": "A visit", "publisher": "The Norland Gazette", "author": "Ada Brandt", "published": "2018-06-02", "kind": "news",
        "revision": None, "modified": None, "url": f"{address}/visit", "hash": None,
    }  # fmt: skip
    assert "Communication" in irkg("query", "timeline").stdout
    assert irkg("verify", f"{address}/visit").stdout.endswith(" spans in place\n")
    stop()
    assert f"visit: not checked, {address}/visit: can't be reached" in irkg("verify", f"{address}/visit").stdout
    assert irkg("verify").stdout.endswith(" spans in place in the text that was kept\n")


def test_a_kept_text_that_was_changed(irkg: Irkg, here: Path, far: tuple[str, Callable[[], None]]) -> None:
    _, stop = far
    assert irkg("build", "wikipedia:Ties").returncode == 0
    stop()
    (kept,) = (here / ".irkg" / "texts").iterdir()
    kept.write_text("Other words.", "utf-8")
    ran = irkg("verify")
    assert ran.returncode == 1
    why = f".irkg/texts/{kept.name}: is no longer the text that was read; delete it and build the source again"
    assert ran.stdout == f"wikipedia-ties: not checked, {why}\n"
    kept.unlink()
    ran = irkg("verify")
    assert ran.returncode == 1
    assert "can't be reached" in ran.stdout


def test_a_file_that_was_changed_is_read_again(irkg: Irkg, here: Path) -> None:
    file = here / "ties.wiki"
    file.write_text(WIKITEXT, "utf-8")
    assert irkg("build", "ties.wiki").returncode == 0
    file.write_text(WIKITEXT.replace("Moscow", "Haifa"), "utf-8")
    ran = irkg("verify")
    assert ran.returncode == 1
    assert "no longer “On 4 April 2019 Benjamin Netanyahu met Vladimir Putin in Moscow”" in ran.stdout
    file.unlink()
    assert irkg("verify").stdout.endswith(" in place in the text that was kept\n")


def test_the_same_page_gives_the_same_bytes(irkg: Irkg, here: Path, far: tuple[str, Callable[[], None]]) -> None:
    (here / "ties.wiki").write_text(WIKITEXT, "utf-8")
    (here / "visit.html").write_text(PAGE, "utf-8")
    written = []
    for store, jobs in (("one", 1), ("two", 2)):
        assert (
            irkg("build", "ties.wiki", "visit.html", "wikipedia:Ties", "--store", store, "--jobs", jobs, "-o", f"{store}.nq").returncode
            == 0
        )
        written.append((here / f"{store}.nq").read_bytes())
    assert written[0] == written[1]
    assert b"/work/" in written[0]


def test_what_can_not_be_read(refused: Refused, irkg: Irkg, here: Path, far: tuple[str, Callable[[], None]]) -> None:
    (here / "empty.html").write_text("<html></html>", "utf-8")
    assert refused(1, "build", "empty.html").startswith("empty.html: no text was found in the page")
    (here / "away.wiki").write_text("#REDIRECT [[Ties]]", "utf-8")
    (here / "ties.wiki").write_text(WIKITEXT, "utf-8")
    assert refused(1, "extract", "away.wiki") == "away.wiki: is a redirect to “Ties”; name that page"
    ran = irkg("build", "away.wiki", "ties.wiki", "--keep-going")
    assert ran.returncode == 0
    assert ran.stderr.splitlines()[-1].endswith("; left out: away")
    assert refused(2, "build", "wikipedia:").startswith("wikipedia:: it has no title")


def test_a_page_in_another_language_is_told(irkg: Irkg, here: Path, far: tuple[str, Callable[[], None]]) -> None:
    ran = irkg("build", "wikipedia:ru:Ties")
    assert ran.returncode == 0
    assert "warning: wikipedia:ru:Ties: is in “ru”, and what is read here is English; expect little\n" in ran.stderr
