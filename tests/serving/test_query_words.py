"""Words that call for another server, or for graphs of the query's own choice; and the same letters elsewhere."""

import pytest

from graph.query_words import calls_a_service, names_its_graphs
from graph.store import GraphStore
from tests.serving.conftest import invented


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> { ?a ?b ?c } }",
        "SELECT * { ?a ?b ?c .SERVICE<http://x/>{ } }",
        "SELECT * { service Silent ?where { } }",
        "PREFIX x: <http://x/> SELECT * { SERVICE # what\n x:sparql # where\n { } }",
        "SELECT * { ?a ?b 'it''s' } # '\n SERVICE ?x {}",
        # After a variable “<” is “less than”, and “#” begins a comment: the quotation marks open no string.
        'SELECT * { ?a ?b ?c FILTER(?a<?b#\'>"""\n) SERVICE <http://x/> { ?a ?b ?c } } #"""',
        "SELECT * { ?a <http://x#y> ?c FILTER(?a<?b#>'''\n) SERVICE <http://x/> {} } #'''",
    ],
)
def test_a_service_is_called(query: str) -> None:
    assert calls_a_service(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a ?b 'SERVICE <http://x/> {' }",
        'SELECT * { ?a ?b """\nSERVICE <http://x/> { """ }',
        "SELECT * { ?a ?b ?c } # SERVICE <http://x/> {",
        "SELECT ?service { ?service <http://x/service?x=1> { } }",
        "PREFIX service: <http://x/> SELECT * { service:a service:SERVICE ?c }",
        "PREFIX x: <http://x/> SELECT * { x:a.service ?b 'ja'@service }",
        "SELECT * { <http://x/SERVICE> ?b ?c }",
    ],
)
def test_no_service_is_called(query: str) -> None:
    assert not calls_a_service(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <http://x/> { ?a ?b ?c }", True),
        ("ASK from named <http://x/> { }", True),
        ("PREFIX g: <http://x/> SELECT * FROM#\ng:a { }", True),
        ("SELECT ?from { ?from ?b 'FROM <http://x/>' } # FROM <http://x/>", False),
    ],
)
def test_the_graphs_are_named(query: str, expected: bool) -> None:
    assert names_its_graphs(query) is expected


def test_from_chooses_the_graphs_of_a_store() -> None:
    store = GraphStore.in_memory(invented())
    assert store.ask("ASK FROM <https://w3id.org/irkg/graph/almanac> { entity:aldoria a :State }")
    assert not store.ask("ASK FROM <https://w3id.org/irkg/graph/other> { entity:aldoria a :State }")
    assert store.ask("ASK { entity:aldoria a :State }")
