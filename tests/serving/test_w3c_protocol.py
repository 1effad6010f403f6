"""The test cases of the W3C for the SPARQL 1.1 Protocol, read from their manifest and run against a real server.

``docs/serving.md`` has the table. The cases of updates expect that a graph is changed, which this server refuses by
design; those that expect a refusal are run as they are. A case that is not in the lists below fails the last test.
"""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, Namespace
from rdflib.collection import Collection

from tests.serving.conftest import Serving, Start, make_store

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

GRAPHS = "http://kasei.us/2009/09/sparql/data/"
QUERIES = [
    "query_post_form",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_post",
    "query_dataset_named_graphs_get",
    "query_dataset_full",
    "query_multiple_dataset",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
    "query_post_direct",
    "bad_query_method",
    "bad_multiple_queries",
    "bad_query_wrong_media_type",
    "bad_query_missing_form_type",
    "bad_query_missing_direct_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
]
REFUSED_UPDATES = [
    "bad_update_get",
    "bad_multiple_updates",
    "bad_update_wrong_media_type",
    "bad_update_missing_form_type",
    "bad_update_non_utf8",
    "bad_update_syntax",
    "bad_update_dataset_conflict",
]
UPDATES = [
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
]
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}


@dataclass(frozen=True)
class Sent:
    """A request of the manifest, and what it expects."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]  # "2xx", …
    format: str | None
    boolean: bool | None


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    found = shared / "data" / "sparql-protocol"
    if not (found / "manifest.ttl").is_file():
        pytest.skip("needs ../shared/data/sparql-protocol with the W3C's test cases")
    return found


@pytest.fixture(scope="module")
def manifest(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "manifest.ttl")


@pytest.fixture(scope="module")
def w3c(folder: Path, tmp_path_factory: pytest.TempPathFactory, start: Start) -> Serving:
    """A server with the data of the test cases, each file in the graph that the manifest calls it."""
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"{GRAPHS}{file.stem}.rdf"))
        for file in sorted(folder.glob("data*.nt"))
        for quad in ox.parse(path=str(file))
    ]
    assert len(quads) == 3
    return start(make_store(tmp_path_factory.mktemp("w3c"), quads))


def cases(manifest: rdflib.Graph) -> dict[str, rdflib.term.Node]:
    (entries,) = manifest.objects(None, MF.entries)
    return {str(case).rpartition("#")[2]: case for case in Collection(manifest, entries)}


def requests(manifest: rdflib.Graph, name: str) -> Iterator[Sent]:
    action = manifest.value(cases(manifest)[name], MF.action)
    for request in Collection(manifest, manifest.value(action, HT.requests)):
        assert (request, RDF.type, HT.Request) in manifest
        expected = manifest.value(request, HT.resp)
        headers = manifest.value(request, HT.headers)
        body = manifest.value(request, HT.body)
        text = "" if body is None else str(manifest.value(body, CNT.chars))
        encoding = "utf-8" if body is None else str(manifest.value(body, CNT.characterEncoding))
        boolean = manifest.value(expected, MF.expectedBoolean)
        format_ = manifest.value(expected, MF.expectedFormat)
        yield Sent(
            method=str(manifest.value(request, HT.methodName)),
            path=str(manifest.value(request, HT.absolutePath)),
            headers={
                str(manifest.value(header, HT.fieldName)): str(manifest.value(header, HT.fieldValue))
                for header in (Collection(manifest, headers) if headers else ())
            },
            body=text.encode(encoding),
            statuses=frozenset(str(status)[-3:] for status in manifest.objects(expected, MF.expectedStatus)),
            format=None if format_ is None else str(format_),
            boolean=None if boolean is None else bool(boolean.toPython()),
        )


def run(server: Serving, sent: Sent) -> None:
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
    connection.request(sent.method, sent.path, body=sent.body or None, headers=sent.headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert f"{answer.status // 100}xx" in sent.statuses, (answer.status, content)
    type_ = (answer.headers["Content-Type"] or "").partition(";")[0]
    if sent.format:
        assert type_ in FORMATS[sent.format]
    if sent.boolean is not None:
        found = ox.parse_query_results(content, format=ox.QueryResultsFormat.from_media_type(type_))
        assert bool(found) is sent.boolean


@pytest.mark.parametrize("name", [*QUERIES, *REFUSED_UPDATES])
def test_case(w3c: Serving, manifest: rdflib.Graph, name: str) -> None:
    sent = list(requests(manifest, name))
    assert sent
    for request in sent:
        run(w3c, request)


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused_with_the_reason(w3c: Serving, manifest: rdflib.Graph, name: str) -> None:
    first = next(requests(manifest, name))
    assert first.statuses == {"2xx", "3xx"}
    answer = w3c.ask(first.path, method=first.method, body=first.body, type=first.headers["content-type"])
    assert (answer.status, answer.text.split(":")[0]) == (403, "updates and LOAD are refused")


def test_every_case_of_the_manifest_is_run_or_told(manifest: rdflib.Graph, repository: Path) -> None:
    assert sorted(cases(manifest)) == sorted([*QUERIES, *REFUSED_UPDATES, *UPDATES])
    table = (repository / "docs" / "serving.md").read_text("utf-8")
    assert [name for name in cases(manifest) if f"`{name}`" not in table] == []
