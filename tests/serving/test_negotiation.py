"""Which form of an answer fits an Accept header best."""

import pytest

from irkg.serving.messages import RefusalError, Request
from irkg.serving.negotiation import ROWS, THINGS, TRIPLES, chosen, takes_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


def asked(accept: str, query: str = "") -> Request:
    return Request("GET", "/sparql", query, accept)


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("text/csv", "csv"),
        ("text/*", "csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "tsv"),
        ("application/sparql-results+xml;q=0.9, application/sparql-results+json;q=0.8", "xml"),
        ("application/json;q=0, */*;q=0.1", "json"),  # the other name of JSON is still taken
        ("application/json;q=0, application/sparql-results+json;q=0, */*;q=0.1", "xml"),
        ("TEXT/CSV ; Q=1.0", "csv"),
        ("nonsense, text/csv", "csv"),
        (BROWSER, "html"),
    ],
)
def test_rows(accept: str, name: str) -> None:
    assert chosen(asked(accept), ROWS).name == name


@pytest.mark.parametrize(
    ("accept", "name"),
    [("*/*", "turtle"), ("application/rdf+xml", "rdfxml"), ("application/n-triples, text/turtle;q=0.9", "ntriples"), (BROWSER, "html")],
)
def test_triples(accept: str, name: str) -> None:
    assert chosen(asked(accept), TRIPLES).name == name


def test_a_thing_is_a_page_unless_rdf_is_wanted() -> None:
    assert chosen(asked("*/*"), THINGS).name == "html"
    assert chosen(asked("text/turtle, */*;q=0.5"), THINGS).name == "turtle"


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "nonsense"])
def test_nothing_fits(accept: str) -> None:
    with pytest.raises(RefusalError, match="takes none of") as refused:
        chosen(asked(accept), ROWS)
    assert refused.value.status == 406


def test_the_address_goes_before_the_header() -> None:
    assert chosen(asked(BROWSER, "format=TSV"), ROWS).name == "tsv"
    with pytest.raises(RefusalError, match="there is no format “fish” of this answer; there are json, xml") as refused:
        chosen(asked("*/*", "format=fish"), ROWS)
    assert refused.value.status == 400
    assert chosen(asked("application/n-triples", "format=n3"), TRIPLES).name == "ntriples"


@pytest.mark.parametrize(("accept", "expected"), [(BROWSER, True), ("*/*", False), ("text/html;q=0.5, text/csv", False), ("", False)])
def test_a_browser_is_known(accept: str, expected: bool) -> None:
    assert takes_html(asked(accept)) is expected
