"""Queries that would end the process, or keep it for ever."""

import pytest
from hypothesis import given

from benchmarks.fuzz import READERS
from graph.query_limits import check_limits
from graph.query_words import asks_for_triples, calls_a_service, names_its_graphs
from ontology.errors import UsageError
from queries.catalogue import named_queries
from tests.hostile.trying import SOME, garbage, try_worst


@SOME
@given(garbage("sparql"))
def test_rubbish(text: str) -> None:
    READERS["sparql"].try_to_read(text)


def test_what_overflows_the_stack() -> None:
    try_worst(
        "sparql",
        "'ASK { ?a ?b ' + '?c,' * 100_000 + '?d }'",
        "'ASK { ' + '<<' * 100_000 + '}'",
        "'SELECT * {} HAVING ' + '(1) ' * 100_000",
        "'ASK { [] ?p ' + '[] , ' * 50_000 + '[] }'",
        "'ASK { ?a ?b (' + '1 ' * 100_000 + ') }'",
        "'SELECT * {} ORDER BY ' + 'STR(?a) ' * 100_000",
        "'ASK { ' + '{SELECT * {}} ' * 50_000 + '}'",
        "'DESCRIBE ' + '<http://a> ' * 100_000",
        "'DESCRIBE ' + ':a ' * 100_000",
        "'SELECT ' + ' '.join(f'(1 AS ?n{i})' for i in range(50_000)) + ' {}'",
        "'ASK { ' + '{' * 1_000_000",
        "'ASK { ?a ?b 1.' + '?a ?b 1.' * 50_000 + '}'",
        "'ASK { ?a ?b :c.' + '?a ?b :c.' * 50_000 + '}'",
    )


def test_what_takes_long_to_plan() -> None:
    try_worst(
        "sparql",
        *(f"'ASK {{ ' + {piece!r} * 99 + '}}'" for piece in ("?a ?b ?c . ", "GRAPH ?g {} ", "VALUES ?x {1} ")),
        "'ASK { ?a ?b (' + '1 ' * 99 + ') }'",
    )


def test_what_takes_long_to_read() -> None:
    pieces = (
        "a-",
        "a.",
        "-",
        "#",
        "<",
        "<a",
        '"',
        "'",
        '"""',
        "FROM ",
        "SERVICE SILENT ",
        "PREFIX ",
        "VALUES (",
        "a:",
        "\\",
        "?a",
        "1.",
        "é-",
        "_",
    )
    try_worst("sparql", *(f"{start!r} + {piece!r} * {100_000 // len(piece)}" for start in ("", "FROM SERVICE ") for piece in pieces))
    try_worst(
        "sparql", "'ASK { FILTER(\"' + 'a' * 50_000_000 + '\" = \"b\") }'", "'FROM' + '#' * 60", "'FROM SERVICE ' + 'a.' * 200_000 + ':'"
    )


def refused(query: str) -> str:
    with pytest.raises(UsageError) as error:
        check_limits(query)
    return str(error.value).partition(";")[0]


@pytest.mark.parametrize(
    "pattern", ["?a ?b ?c . ", "?a ?b ?c ; ", "?c, ", "[] ", "(1 2) ", "{} ", "GRAPH ?g {} ", "VALUES ?x {1} ", "BIND(1 AS ?x) "]
)
def test_a_group_joins_so_many_patterns(pattern: str) -> None:
    check_limits("ASK { " + pattern * 50 + "}")
    assert refused("ASK { " + pattern * 102 + "}") == "the query joins more than 100 patterns in one group"


def test_the_members_of_a_list_are_patterns_and_those_of_in_are_not() -> None:
    assert refused("ASK { ?a ?b (" + "1 " * 101 + ") }") == "the query joins more than 100 patterns in one group"
    check_limits("ASK { FILTER(?a IN (" + "1, " * 50_000 + "1)) }")
    check_limits("ASK { FILTER(" + " || ".join(f"?a = {n}" for n in range(400)) + ") }")
    check_limits("SELECT (CONCAT(" + "'a', " * 5_000 + "'a') AS ?x) {}")


def test_tables_of_values_may_be_long() -> None:
    check_limits("ASK { VALUES ?x { " + "<http://a.b/c> " * 50_000 + "} ?x ?b ?c }")
    check_limits("ASK { VALUES (?x ?y) # two\n { " + "(:a 1.5) " * 50_000 + "} ?x ?b ?c }")


def test_a_string_of_five_megabytes_that_does_not_end() -> None:
    try_worst("sparql", "'ASK { FILTER(\"' + 'a' * 5_000_000")


def test_our_own_queries_are_let_pass() -> None:
    assert len(named_queries()) > 20
    for query in named_queries().values():
        check_limits(query.sparql)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?a ?b true.SERVICE <http://x> {} }",
        "ASK{?a ?b ?c.SERVICE<http://x>{}}",
        "ASK { ?a ?b 1.SERVICE#\n#\nx:y {} }",
        "ASK { a-SERVICE ?x {} }",
    ],
)
def test_a_service_is_seen_behind_a_stop(query: str) -> None:
    assert calls_a_service(query)


def test_other_words_are_seen_behind_a_stop() -> None:
    assert names_its_graphs("ASK FROM <http://a/> {}")
    assert not names_its_graphs("ASK { ?a ?b 'FROM <http://a/>' }")
    assert asks_for_triples('PREFIX a: <http://a/> # SELECT\nCONSTRUCT { ?a ?b """ "SELECT" """ } WHERE {}')
