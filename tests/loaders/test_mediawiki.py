"""Pages of Wikipedia from a small server on this machine that answers like its API. No test waits: the waits are noted."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from loaders.actors.linked import known_by
from loaders.texts.documents import load_document
from loaders.texts.layout import Link
from loaders.texts.mediawiki import API_SETTING, fetch_wikipedia, split_place, wikidata_items
from loaders.texts.sources import Said, Source, find_sources
from ontology.errors import IrkgError, UnreachableError, UsageError
from ontology.reference import load_reference

WIKITEXT = "'''Ties''' of [[Malta]] and the [[Norwegian kingdom]].<ref>{{cite web|title=Fish|url=https://x.example/}}</ref>"
PAGES = {
    "Ties": {"title": "Ties", "pageid": 1, "canonicalurl": "https://en.wiki.example/wiki/Ties", "revisions": [
        {"revid": 1209876543, "timestamp": "2024-02-29T12:34:56Z", "slots": {"main": {"contentmodel": "wikitext", "content": WIKITEXT}}}
    ]},
    "Nothing": {"title": "Nothing", "missing": True},
    "A//": {"title": "A//", "invalid": True, "invalidreason": "The title ends in a slash."},
    "Hidden": {"title": "Hidden", "pageid": 2, "revisions": [{"revid": 7, "texthidden": True}]},
    "Table": {"title": "Table", "pageid": 3, "revisions": [
        {"revid": 8, "timestamp": "2024-01-01T00:00:00Z", "slots": {"main": {"content": "{{x}}"}}}
    ]},
}  # fmt: skip
ITEMS = {"Malta": "Q233", "Kingdom of Norway": "Q20", "Odd": "fish"}
LEADS = {"Norwegian kingdom": "Kingdom of Norway", "Old ties": "Ties", "Circle": "Round", "Round": "Circle"}


class Api(BaseHTTPRequestHandler):
    """``answers`` are given first, one a question: a status, what headers, and a body; then the pages."""

    asked: list[dict[str, str]]
    agents: list[str]
    answers: list[tuple[int, dict[str, str], bytes]]

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("ascii"), keep_blank_values=True)
        self.asked.append({name: value for name, (value,) in form.items()} | {"path": self.path})
        self.agents.append(self.headers["User-Agent"])
        if self.answers:
            self.answer(*self.answers.pop(0))
        else:
            self.answer(200, {}, json.dumps(self.found(self.asked[-1])).encode())

    def found(self, asked: dict[str, str]) -> dict[str, Any]:
        titles = asked["titles"].split("|")
        redirects = [{"from": title, "to": LEADS[title]} for title in titles if title in LEADS]
        wanted = [LEADS.get(title, title) for title in titles]
        if asked["prop"] == "pageprops":
            pages = [
                {"title": title, "pageprops": {"wikibase_item": ITEMS[title]}} if title in ITEMS else {"title": title} for title in wanted
            ]
            return {"query": {"redirects": redirects, "pages": pages}}
        if wanted == ["ru:X"]:
            return {"query": {"interwiki": [{"title": "ru:X", "iw": "ru"}]}}
        return {"query": {"redirects": redirects, "pages": [PAGES[title] for title in wanted]}}

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def host(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> str:
    Api.asked, Api.agents, Api.answers = [], [], []
    host = f"127.0.0.1:{server.server_port}"
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    monkeypatch.setenv(API_SETTING, f"http://{host}/{{language}}/w/api.php")
    return host


@pytest.fixture
def waits() -> list[float]:
    return []


NO_ANSWER = "http://{host}/en/w/api.php gives no answer of a MediaWiki API; check IRKG_WIKIPEDIA_API, or name the page's address"
MAXLAG = (200, {"Retry-After": "7"}, json.dumps({"error": {"code": "maxlag", "info": "Waiting for a server: 6 seconds lagged."}}).encode())


def test_a_page_with_its_revision(host: str) -> None:
    page = fetch_wikipedia("wikipedia:Ties")
    assert (page.title, page.wikitext, page.address) == ("Ties", WIKITEXT, "https://en.wiki.example/wiki/Ties")
    assert (page.revision, page.modified, page.redirected) == ("1209876543", "2024-02-29T12:34:56Z", None)
    (asked,) = Api.asked
    assert asked["path"] == "/en/w/api.php"
    assert {name: asked[name] for name in ("action", "titles", "maxlag", "redirects", "format")} == {
        "action": "query", "titles": "Ties", "maxlag": "5", "redirects": "1", "format": "json",
    }  # fmt: skip
    assert re.fullmatch(r"irkg/[0-9.]+ \(https://w3id\.org/irkg/\)", Api.agents[0])


def test_a_document_from_wikipedia(host: str) -> None:
    (source,) = find_sources("wikipedia:Old_ties")
    assert (source.id, source.title, source.kind, source.publisher, source.language) == (
        "wikipedia-old-ties", "Old ties", "encyclopedia", "Wikipedia", "en",
    )  # fmt: skip
    document = load_document(source)
    assert document.raw == "Ties of Malta and the Norwegian kingdom.[1]\n"
    assert document.extracted
    assert document.notes == ("wikipedia:Old_ties: “Old ties” leads to “Ties”",)
    assert [(link.target, link.wikidata) for link in document.links] == [("Malta", "Q233"), ("Norwegian kingdom", "Q20")]
    assert [work.title for work in document.works_behind(0, 4)] == ["Fish"]
    told = document.source
    assert (told.title, told.url, told.revision, told.modified) == (
        "Ties", "https://en.wiki.example/wiki/Ties", "1209876543", "2024-02-29T12:34:56Z",
    )  # fmt: skip


def test_without_wikidata_the_page_is_still_read(host: str) -> None:
    Api.answers = [(200, {}, json.dumps({"query": {"pages": [PAGES["Ties"]]}}).encode()), (500, {}, b"")]
    (source,) = find_sources("wikipedia:Ties")
    document = load_document(source)
    assert [link.wikidata for link in document.links] == [None, None]
    assert document.notes == (f"the Wikidata items of its links are not known: wikipedia:Ties: {host} answers 500 Internal Server Error",)


def test_items_are_asked_for_by_fifty_and_redirects_followed(host: str) -> None:
    titles = [f"Page {number}" for number in range(98)]
    items = wikidata_items("wikipedia:de:Ties", [*titles, "Malta", "Norwegian kingdom", "Odd", "Circle", "a|b", "Malta"])
    assert items == {"Malta": "Q233", "Norwegian kingdom": "Q20"}
    assert [asked["titles"].count("|") + 1 for asked in Api.asked] == [50, 50, 2]
    assert {asked["path"] for asked in Api.asked} == {"/de/w/api.php"}
    assert wikidata_items("wikipedia:Ties", []) == {}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([MAXLAG], [7]),
        ([(503, {"Retry-After": "0"}, b""), (429, {"Retry-After": "60"}, b"")], [0, 60]),
        ([(503, {}, b""), (503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, b""), MAXLAG], [5, 5, 7]),
    ],
)
def test_a_busy_server_is_asked_again_after_the_wait_it_asks_for(
    host: str, waits: list[float], answers: list[tuple[int, dict[str, str], bytes]], expected: list[float]
) -> None:
    Api.answers = list(answers)
    assert fetch_wikipedia("wikipedia:Ties", waits.append).title == "Ties"
    assert waits == expected


def test_a_server_that_stays_busy(host: str, waits: list[float]) -> None:
    Api.answers = [MAXLAG] * 4
    with pytest.raises(UnreachableError) as refused:
        fetch_wikipedia("wikipedia:Ties", waits.append)
    said = "maxlag: Waiting for a server: 6 seconds lagged."
    assert str(refused.value) == f"wikipedia:Ties: {host} is busy ({said}), asked 4 times; try again later"
    assert waits == [7, 7, 7]


def test_a_wait_that_is_too_long(host: str, waits: list[float]) -> None:
    Api.answers = [(429, {"Retry-After": "3600"}, b"")]
    with pytest.raises(UnreachableError) as refused:
        fetch_wikipedia("wikipedia:Ties", waits.append)
    assert str(refused.value) == f"wikipedia:Ties: {host} is busy (429 Too Many Requests) and asks to wait 3600 s; try again then"
    assert waits == []


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Nothing", "Wikipedia (en) has no page “Nothing”; check the spelling and the capitals"),
        ("A//", "is no title that a page can have (The title ends in a slash.); check it"),
        ("Hidden", "the page's text is missing from the answer (hidden, or no wikitext); choose another page"),
    ],
)
def test_what_is_no_page(host: str, title: str, message: str) -> None:
    with pytest.raises(IrkgError) as refused:
        fetch_wikipedia(f"wikipedia:{title}")
    assert str(refused.value) == f"wikipedia:{title}: {message}"


def test_a_page_without_prose(host: str) -> None:
    (source,) = find_sources("wikipedia:Table")
    with pytest.raises(IrkgError, match="wikipedia:Table: holds no prose"):
        load_document(source)


def test_a_page_of_another_wiki(host: str) -> None:
    with pytest.raises(IrkgError, match="wikipedia:en:ru:X: names a page of another wiki; write wikipedia:LANG:TITLE"):
        fetch_wikipedia("wikipedia:en:ru:X")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((404, {}, b""), "{host} answers 404 Not Found"),
        ((200, {}, b"<html>"), NO_ANSWER),
        ((200, {}, b"[1]"), NO_ANSWER),
        ((200, {}, b'{"error": {"code": "badvalue", "info": "Unrecognized value."}}'), "the API refuses: badvalue: Unrecognized value."),
        ((200, {}, b'{"query": {"pages": "fish"}}'), "names a page of another wiki; write wikipedia:LANG:TITLE, or name its address"),
        (
            (200, {}, b'{"query": {"pages": [{"title": "Ties", "revisions": [{"slots": 3}]}]}}'),
            "the page's text is missing from the answer (hidden, or no wikitext); choose another page",
        ),
    ],
)  # fmt: skip
def test_what_is_no_answer(host: str, answer: tuple[int, dict[str, str], bytes], message: str) -> None:
    Api.answers = [answer]
    with pytest.raises(IrkgError) as refused:
        fetch_wikipedia("wikipedia:Ties")
    assert str(refused.value) == "wikipedia:Ties: " + message.format(host=host)


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
        monkeypatch.setenv(API_SETTING, f"http://127.0.0.1:{reserved.getsockname()[1]}/api.php")
        with pytest.raises(UnreachableError, match="can't be reached"):
            fetch_wikipedia("wikipedia:Ties")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("wikipedia:Ties", ("en", "Ties")),
        ("wikipedia:ru:Связи_двух  стран", ("ru", "Связи двух стран")),
        ("wikipedia:simple:Ties", ("simple", "Ties")),
        ("wikipedia:zh-yue:Ties", ("zh-yue", "Ties")),
        ("wikipedia:Star Trek: Picard", ("en", "Star Trek: Picard")),
        ("wikipedia:en:ru:X", ("en", "ru:X")),
    ],
)
def test_a_place_of_wikipedia(place: str, expected: tuple[str, str]) -> None:
    assert split_place(place) == expected


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("wikipedia:", "it has no title"),
        ("wikipedia:ru:", "it has no title"),
        ("wikipedia: _ ", "it has no title"),
        ("wikipedia:A|B", "no title of a page has “|”"),
        ("wikipedia:A#History", "no title of a page has “#”"),
        ("wikipedia:" + "é" * 128, "no title of a page is that long"),
    ],
)
def test_a_title_that_no_page_can_have(place: str, why: str) -> None:
    with pytest.raises(UsageError) as refused:
        find_sources(place)
    assert str(refused.value) == f"{place}: {why}; write wikipedia:TITLE or wikipedia:LANG:TITLE"


def test_a_page_of_wikipedia_in_sources_toml(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nid = "t"\nurl = "wikipedia:ru:Связи"\nkind = "encyclopedia"\nlicence = "CC BY-SA"\n', "utf-8"
    )
    assert find_sources(str(tmp_path), Said(published="2024")) == [
        Source(
            id="t", place="wikipedia:ru:Связи", title="Связи", kind="encyclopedia", publisher="Wikipedia", language="ru",
            licence="CC BY-SA", published="2024",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "item", "label"),
    [
        ("Anything", "Q159", "Russia"),
        ("Vladimir Putin", None, "Vladimir Putin"),
        ("Vladimir Putin", "Q1", None),
        ("Unheard of", None, None),
        ("Kremlin", None, None),
    ],
)
def test_whom_a_link_names(target: str, item: str | None, label: str | None) -> None:
    known = known_by(Link(0, 1, target, item), load_reference())
    assert (known.label if known else None) == label
