"""Pages and linked data: every form of a thing, hostile labels that do nothing, and a browser without a network."""

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.serving.conftest import HOSTILE, Serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BASE = "https://w3id.org/irkg/"
EVERY_PAGE = (
    "",
    "?text=ASK{}",
    "sparql",
    "sparql?query=SELECT+*+{?a+?b+?c}",
    "sparql?query=ASK{",
    "query/timeline",
    "query/fish",
    "view/overview",
    "view/timeline",
    "entity/hostile",
    "event/0002",
    "source/nasty",
    "ontology",
    "nothing/here",
)


def statements(text: str, format_: ox.RdfFormat) -> set[tuple[str, str, str]]:
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in ox.parse(text.encode(), format=format_)}


# ---------------------------------------------------------------- linked data


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_record_in_rdf_has_its_words(server: Serving, accept: str, format_: ox.RdfFormat) -> None:
    answer = server.ask("event/0001", accept)
    assert (answer.status, answer.type, answer.headers["vary"]) == (200, accept, "Accept")
    found = statements(answer.text, format_)
    assert (f"<{BASE}event/0001>", f"<{BASE}ontology#participant>", f"<{BASE}entity/aldoria>") in found
    assert any(object_.startswith('"Halden met the ministers of Aldoria"') for _, _, object_ in found)


def test_an_entity_in_rdf_has_what_points_at_it(server: Serving) -> None:
    found = statements(server.ask("entity/aldoria", "text/turtle").text, ox.RdfFormat.TURTLE)
    assert (f"<{BASE}event/0001>", f"<{BASE}ontology#participant>", f"<{BASE}entity/aldoria>") in found
    assert len(found) == 4


def test_letters_of_other_scripts(server: Serving) -> None:
    path = "entity/%D7%95%D7%A1%D7%A7%D7%A0%D7%99%D7%94"
    assert "<bdi>Veskany</bdi>" in server.ask(path, BROWSER).text
    assert server.ask(path, "application/n-triples").text.count("\n") == 2


def test_a_page_has_words_source_perspective_and_links(server: Serving) -> None:
    for path in ("entity/mirav-halden", "event/0001", "source/almanac"):
        page = server.ask(path, BROWSER)
        assert (page.status, page.type) == (200, "text/html")
        for part in (
            "<mark><bdi>Halden met the ministers of Aldoria</bdi></mark>",
            '<a href="/source/almanac"><bdi>Almanac of the Four Rivers</bdi></a>, <bdi>Free Almanac</bdi>, characters 120–155',
            "perspective: <bdi>aldorian</bdi>",
        ):
            assert part in page.text, path
    assert '<a href="/event/0001"><bdi>Meeting</bdi></a>' in server.ask("entity/aldoria", BROWSER).text
    assert '<a href="/entity/aldoria" rel="noreferrer">' in server.ask("event/0001", BROWSER).text


def test_the_ontology(server: Serving) -> None:
    found = statements(server.ask("ontology", "text/turtle").text, ox.RdfFormat.TURTLE)
    class_ = (f"<{BASE}ontology#State>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/2002/07/owl#Class>")
    assert class_ in found
    assert '<h2 id="State">State</h2>' in server.ask("ontology", BROWSER).text


@pytest.mark.parametrize("path", ["entity/nobody", "nothing", "entity/", "entity/a%20b", "entity/%3Cscript%3E", "query", "ontology/x"])
def test_nothing_there(server: Serving, path: str) -> None:
    answer = server.ask(path)
    assert (answer.status, answer.text.count("\n")) == (404, 1)


def test_later_records_are_on_later_pages(server: Serving) -> None:
    assert "Halden met" not in server.ask("entity/aldoria?page=2", BROWSER).text
    assert server.ask("entity/aldoria?page=0", BROWSER).status == 400


# ---------------------------------------------------------------- named queries and views


def test_a_named_query_in_each_form(server: Serving) -> None:
    assert server.ask("query/timeline?from=1967&to=1968&format=csv").text.startswith("date,kind,label,")
    (row,) = [line for line in server.ask("query/timeline?from=1967&to=1968", "text/csv").text.splitlines() if "1967-06" in line]
    assert "Halden met the ministers of Aldoria" in row
    assert '"date": "1967-06"' in server.ask("query/timeline?from=1967&to=1968", "application/json").text
    assert f"<{BASE}event/0001>" in server.ask("query/timeline?format=turtle").text
    page = server.ask("query/timeline?from=1967&to=", BROWSER).text
    assert '<input name="from" value="1967"' in page
    assert "“<bdi>Halden met the ministers of Aldoria</bdi>”" in page


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("query/timelime", 404, "no query is named “timelime”; did you mean “timeline”?"),
        ("query/timeline?fish=1", 400, "timeline has no parameter “fish”; it has "),
        ("query/timeline?from=fish", 400, "timeline, parameter from: “fish” is not an EDTF date"),
        ("query/timeline?from=1967&from=1968", 400, "timeline: a parameter is given twice"),
        ("view/fish", 404, "a view is overview, neighbourhood, path or a named query; no query is named “fish”"),
        ("view/overview?from=1967", 400, "the overview has no parameters"),
        ("view/overview?entity=nobody", 400, "no entity is named “nobody”"),
    ],
)
def test_a_wrong_address(server: Serving, path: str, status: int, reason: str) -> None:
    answer = server.ask(path)
    assert answer.status == status
    assert answer.text.startswith(reason)


# ---------------------------------------------------------------- hostile text


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_runs_no_script_and_is_what_it_says(server: Serving, path: str) -> None:
    page = server.ask(path, BROWSER)
    assert page.headers["x-content-type-options"] == "nosniff"
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "frame-ancestors" in policy
    assert HOSTILE not in page.text
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', page.text)).lower()


def test_what_is_asked_comes_back_as_text(server: Serving) -> None:
    for path in ("sparql?query=%3Cscript%3Ealert(1)%3C/script%3E", "query/%3Cscript%3E", "?text=%3C/textarea%3E%3Cscript%3E"):
        assert "<script" not in server.ask(path, BROWSER).text


# ---------------------------------------------------------------- a browser


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Serving) -> Iterator[Page]:
    """A page in a browser that reaches this server and nothing else; at the end nothing else may have been asked for."""
    asked: list[str] = []
    said: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith((server.url, "data:")):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", only_here)
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    context.close()
    assert asked == []
    assert [text for text in said if "the server responded with a status of 40" not in text] == []


@pytest.mark.browser
def test_a_query_is_written_and_answered(tab: Page, server: Serving) -> None:
    tab.goto(server.url)
    expect(tab.get_by_role("link", name="leader-meetings")).to_be_visible()
    tab.get_by_label("SPARQL").fill("SELECT ?thing ?label { ?thing a :State ; rdfs:label ?label } ORDER BY ?label")
    tab.get_by_role("button", name="Run").click()
    expect(tab.locator("#answer")).to_have_text("2 rows")
    assert tab.locator("tbody tr").nth(0).inner_text().split() == ["entity:aldoria", "Aldoria"]
    with tab.expect_download() as download:
        tab.evaluate("document.querySelectorAll('.links a').forEach((a) => a.setAttribute('download', ''))")
        tab.get_by_role("link", name="csv").click()
    assert download.value.path().read_text("utf-8").startswith("thing,label")
    tab.get_by_role("link", name="entity:aldoria").click()
    expect(tab.locator("h1")).to_have_text("Aldoria")
    tab.get_by_role("link", name="Meeting").first.click()
    expect(tab.locator("mark").first).to_have_text("Halden met the ministers of Aldoria")


@pytest.mark.browser
def test_a_mistake_keeps_the_query(tab: Page, server: Serving) -> None:
    tab.goto(server.url)
    tab.get_by_label("SPARQL").fill("SELECT * {")
    tab.get_by_role("button", name="Run").click()
    expect(tab.locator(".refused")).to_contain_text("the query does not parse at line 1")
    expect(tab.get_by_label("SPARQL")).to_have_value("SELECT * {")


@pytest.mark.browser
def test_a_named_query_is_asked_and_drawn(tab: Page, server: Serving) -> None:
    tab.goto(server.url)
    tab.get_by_role("link", name="timeline", exact=True).click()
    tab.get_by_label("from").fill("1967")
    tab.get_by_role("button", name="Ask").click()
    expect(tab.locator("#answer")).to_have_text(re.compile(r"[12] rows?"))
    expect(tab.locator("blockquote").first).to_contain_text("Halden met the ministers of Aldoria")
    tab.get_by_role("link", name="Draw it").click()
    expect(tab.locator("#counts")).to_contain_text("from")


@pytest.mark.browser
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_hostile_text_does_nothing_in_a_browser(tab: Page, server: Serving, path: str) -> None:
    tab.goto(server.url + path)
    assert tab.evaluate("typeof window.__xss") == "undefined"
    assert tab.locator("img").count() == 0
