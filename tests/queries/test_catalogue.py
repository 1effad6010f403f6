"""The catalogue: headers, names of queries, and values that are never text of a query."""

import re
import shlex
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import IrkgError, UsageError
from ontology.kinds import HAPPENED, family_of
from queries.answers import Answer, ask
from queries.binding import TYPES, bind, concepts, insert, meaning
from queries.catalogue import EVIDENCE, find, named_queries, run
from queries.headers import Column, Parameter, read_query

NAMES = [
    "acts",
    "arms-agreements",
    "corroborations",
    "diplomatic-ties",
    "disagreements",
    "figures",
    "incidents",
    "leader-meetings",
    "meetings-by-year",
    "mentions",
    "office-holders",
    "places",
    "planned-and-refused",
    "prisoner-deals",
    "profile",
    "quotations",
    "sides",
    "sources",
    "stance-timeline",
    "stances",
    "timeline",
    "told-by-several",
    "un-agreement",
    "un-votes",
    "words-about",
]

# What the outside may rely on (INTERFACE.md): parameters, and the first columns in their order.
PROMISED = {
    "leader-meetings": ("from to person", "date kind participants place realis sources"),
    "prisoner-deals": ("", "date persons parties in_return realis sources"),
    "arms-agreements": ("party", "date supplier recipient item quantity amount currency realis sources"),
    "diplomatic-ties": ("", "date kind participants place sources"),
    "incidents": ("from to", "date kind participants place realis sources"),
    "stances": ("holder target polarity", "date holder act polarity target source text"),
    "stance-timeline": ("holder topic", "date polarity act target source text"),
    "quotations": ("speaker", "date speaker text source"),
    "figures": ("measure", "measure value unit period qualifier attributed_to source text"),
    "office-holders": ("on of", "person office of from to"),
    "timeline": ("from to kind entity", "date kind label participants realis sources"),
    "sources": ("", "source publisher published perspective events stances figures quotations"),
    "corroborations": ("", "topic sources texts"),
    "disagreements": ("", "topic value_a source_a text_a value_b source_b text_b differs_in"),
    "acts": ("act holder target from to", "holder act target times from to"),
    "meetings-by-year": ("from to person", "year meetings visits communications total"),
    "mentions": ("of from to source", "date type source text"),
    "places": ("place from to kind", "place date kind participants realis sources"),
    "planned-and-refused": ("from to kind entity realis", "date kind participants realis sources place happened_in"),
    "profile": ("entity from to", "entity date until role what source text"),
    "sides": ("holder target from to", "holder target support oppose neutral total from to"),
    "told-by-several": ("from to kind entity at_least", "event told_by date kind participants realis score because"),
    "words-about": ("about by from to", "date by act polarity target source text"),
    "un-agreement": ("from to issue", "by group votes alike share"),
    "un-votes": ("from to issue", "date resolution title israel russia agree"),
}

# Queries that count, and so have no row of a record.
COUNTS = ("acts", "corroborations", "disagreements", "meetings-by-year", "sides", "sources", "un-agreement")

HEADER = """\
# title: Boats
# theme: sea
# asks: Which boats
#   are there?
# parameters:
#   colour: text — only boats of this colour [red]
#   since: date — only boats since then
# columns:
#   boat — the boat
# example: irkg query boats

SELECT ?boat WHERE {
  # {parameters}
  ?boat a <http://example.org/Boat> .
}
"""


def test_the_catalogue_is_whole() -> None:
    assert list(named_queries()) == NAMES
    assert sorted(PROMISED) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_promised_parameters_and_columns(name: str) -> None:
    query = find(name)
    parameters, columns = (words.split() for words in PROMISED[name])
    assert set(parameters) <= {parameter.name for parameter in query.parameters}
    assert [column.name for column in query.columns][: len(columns)] == columns


@pytest.mark.parametrize("name", NAMES)
def test_the_header_tells_the_truth(name: str, world: Any) -> None:
    query = find(name)
    assert run(world, name).columns == tuple(column.name for column in query.columns)
    assert {parameter.type for parameter in query.parameters} <= set(TYPES)
    assert name in COUNTS or set(EVIDENCE) <= {column.name for column in query.columns}


@pytest.mark.parametrize("name", NAMES)
def test_the_example_asks_this_query(name: str) -> None:
    query = find(name)
    command = shlex.split(query.example)
    assert command[:3] == ["irkg", "query", name]
    options = command[3:]
    assert options[::2] == ["-p"] * (len(options) // 2)
    assert {option.partition("=")[0] for option in options[1::2]} <= {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_a_query_as_it_stands(name: str, world: Any) -> None:
    assert ask(world, find(name).sparql).rows == run(world, name).rows


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_used_and_nothing_else(name: str) -> None:
    """A misspelt ``?given_…`` would leave a filter without effect, and say nothing."""
    query = find(name)
    suffixes = {"date": ("_earliest", "_latest"), "text": ("_text",), "topic": ("_entity", "_text")}
    variables = {f"?given_{p.name}{suffix}": p.name for p in query.parameters for suffix in suffixes.get(p.type, ("",))}
    used = set(re.findall(r"\?given_\w+", query.sparql))
    assert used <= set(variables)
    assert {variables[variable] for variable in used} == {p.name for p in query.parameters}


@pytest.mark.parametrize(
    ("name", "family", "left_out"),
    [
        ("leader-meetings", "contact", set()),
        ("diplomatic-ties", "diplomatic", {"Vote"}),
        ("incidents", "conflict", set()),
    ],
)
def test_a_query_of_a_family_asks_for_its_kinds(name: str, family: str, left_out: set[str]) -> None:
    assert values_of("kind_term", name) == {kind for kind in concepts("kind") if family_of(kind) == family} - left_out


def test_what_happened_is_actual_or_reported() -> None:
    assert values_of("realis_term", "diplomatic-ties") == set(HAPPENED)


def values_of(variable: str, name: str) -> set[str]:
    """The terms that a query's file names for a variable, the same ones wherever it does."""
    (inside,) = set(re.findall(rf"VALUES \?{variable} {{([^}}]*)}}", find(name).sparql))
    return {word.removeprefix(":") for word in inside.split()}


# ——— Headers ———


def test_a_header_is_read() -> None:
    query = read_query("boats", HEADER)
    assert (query.title, query.theme, query.asks, query.example) == ("Boats", "sea", "Which boats are there?", "irkg query boats")
    assert query.parameters == (
        Parameter("colour", "text", "only boats of this colour", "red"),
        Parameter("since", "date", "only boats since then"),
    )
    assert query.columns == (Column("boat", "the boat"),)
    assert query.sparql == HEADER


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# theme: sea\n", "", "boats.rq:1: the header has no “theme”"),
        ("colour: text — only", "colour only", "boats.rq:6: write a parameter as “name: type — what it does [default]”"),
        ("#   boat — the boat", "#   boat", "boats.rq:9: write a column as “name — what stands in it”"),
        ("# theme: sea", "#theme", "boats.rq:2: not a line of a header: #theme"),
        ("  # {parameters}\n", "", "boats.rq:1: the query has parameters and no line “# {parameters}”"),
    ],
)
def test_a_broken_header_says_where(old: str, new: str, message: str) -> None:
    assert old in HEADER
    with pytest.raises(IrkgError) as caught:
        read_query("boats", HEADER.replace(old, new))
    assert str(caught.value).startswith(message)


# ——— Names of queries and parameters ———


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("leader-meeting", "no query is named “leader-meeting”; did you mean “leader-meetings”?"),
        ("Stances", "no query is named “Stances”; did you mean “stances”?"),
        ("xyz", f"no query is named “xyz”; there are {', '.join(NAMES)}"),
    ],
)
def test_an_unknown_query_suggests_the_nearest(name: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        find(name)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("leader-meetings", {"form": "2001"}, "leader-meetings has no parameter “form”; it has from, to, person, realis"),
        ("sources", {"from": "2001"}, "sources has no parameter “from”; it has none"),
        (
            "leader-meetings",
            {"from": "yesterday"},
            "leader-meetings, parameter from: “yesterday” is not an EDTF date; write 2018-07-11, 2018-07, 2018, 201X or 2018/2020",
        ),
        (
            "leader-meetings",
            {"to": "2019-02-29"},
            "leader-meetings, parameter to: “2019-02-29” is not an EDTF date; write 2018-07-11, 2018-07, 2018, 201X or 2018/2020",
        ),
        (
            "stances",
            {"polarity": "against"},
            "stances, parameter polarity: no polarity is called “against”; there are neutral, oppose, support",
        ),
        (
            "incidents",
            {"realis": "maybe"},
            "incidents, parameter realis: no realis is called “maybe”; there are actual, denied, planned, refused, reported",
        ),
        (
            "leader-meetings",
            {"person": "Mira Cost"},
            "leader-meetings, parameter person: no entity is named “Mira Cost”; near it: Mira Kost",
        ),
        ("leader-meetings", {"person": "Xyzzy"}, "leader-meetings, parameter person: no entity is named “Xyzzy” in this graph"),
        ("leader-meetings", {"person": "…"}, "leader-meetings, parameter person: no entity is named “…” in this graph"),
        (
            "leader-meetings",
            {"person": "http://example.org/a b"},
            "leader-meetings, parameter person: “http://example.org/a b” is not an IRI: Invalid IRI code point ' '",
        ),
        (
            "stances",
            {"target": "https://example.org/nobody"},
            "stances, parameter target: nothing in this graph has the IRI https://example.org/nobody",
        ),
        ("stances", {"target": " "}, "stances, parameter target: the value is empty; leave the parameter out instead"),
        ("quotations", {"words": "\udc80"}, "quotations, parameter words: the value is not valid Unicode text"),
    ],
)
def test_a_wrong_parameter_is_named(name: str, values: dict[str, str], message: str, world: Any) -> None:
    with pytest.raises(UsageError) as caught:
        run(world, name, values)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("timeline", {"kind": "meetings"}, "timeline, parameter kind: no kind is called “meetings”; did you mean “Meeting”?"),
        ("timeline", {"kind": "arms deals"}, "timeline, parameter kind: no kind is called “arms deals”; did you mean “ArmsDeal”?"),
        ("stances", {"polarity": "opposed"}, "stances, parameter polarity: no polarity is called “opposed”; did you mean “oppose”?"),
        ("acts", {"act": "accused"}, "acts, parameter act: no act is called “accused”; did you mean “accuse”?"),
    ],
)
def test_an_unknown_concept_suggests_the_nearest(name: str, values: dict[str, str], message: str, world: Any) -> None:
    with pytest.raises(UsageError) as caught:
        run(world, name, values)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["two", "-1", "2.5", "1e3", "²", "1000000001", "9" * 5000])
def test_a_number_that_is_none_is_refused(text: str, world: Any) -> None:
    with pytest.raises(UsageError) as caught:
        run(world, "told-by-several", {"at_least": text})
    assert str(caught.value) == f"told-by-several, parameter at_least: “{text}” is not a whole number from 0 to 1000000000"


def test_an_unknown_kind_lists_the_kinds(world: Any) -> None:
    with pytest.raises(UsageError) as caught:
        run(world, "timeline", {"kind": "fight"})
    assert str(caught.value) == f"timeline, parameter kind: no kind is called “fight”; there are {', '.join(concepts('kind'))}"
    assert len(concepts("kind")) == 24


# ——— Values ———


def test_values_become_terms(world: Any) -> None:
    query = read_query("boats", HEADER)
    bound = bind(world, query, {"since": "2001-02/.."})
    xsd = "http://www.w3.org/2001/XMLSchema#date"
    expected = 'VALUES (?given_colour_text ?given_since_earliest ?given_since_latest) { ("red" "2001-02-01"^^<' + xsd + "> UNDEF) }"
    assert bound == HEADER.replace("# {parameters}", expected)


def test_a_number_becomes_an_integer(world: Any) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#integer"
    assert f'VALUES (?given_at_least) {{ ("2"^^<{xsd}>) }}' in bind(world, find("told-by-several"), {})
    assert f'VALUES (?given_at_least) {{ ("30"^^<{xsd}>) }}' in bind(world, find("told-by-several"), {"at_least": " 030 "})


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_says_what_may_be_written(type_: str) -> None:
    known = {"act": "accuse", "kind": "ArmsDeal", "polarity": "oppose", "realis": "denied"}
    assert (meaning(type_).startswith("one of ") and known[type_] in meaning(type_)) if type_ in known else len(meaning(type_)) > 10


def test_a_value_is_written_with_its_escapes() -> None:
    sparql = insert("ASK {\n  # {parameters}\n}", {"x_text": ox.Literal('"} # \n \\')})
    assert sparql == 'ASK {\n  VALUES (?given_x_text) { ("\\"} # \\n \\\\") }\n}'


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_no_text_breaks_out_of_its_value(text: str) -> None:
    literal = ox.Literal(text)
    (row,) = ox.Store().query(insert("SELECT ?given_x_text {\n  # {parameters}\n}", {"x_text": literal}))  # type: ignore[misc]
    assert row["given_x_text"] == literal


@pytest.mark.parametrize("text", ['" . } DROP ALL #', "?speaker", "# {parameters}", "\\", "a\nb", "}}{{", "<http://example.org/>"])
def test_hostile_text_finds_nothing_and_breaks_nothing(text: str, world: Any) -> None:
    assert run(world, "quotations", {"words": text}).rows == ()
    assert run(world, "stances", {"target": text}).rows == ()


def test_a_kind_may_be_written_as_words(world: Any) -> None:
    sparql = bind(world, find("timeline"), {"kind": "arms deal"})
    assert "VALUES (?given_kind) { (<https://w3id.org/irkg/ontology#ArmsDeal>) }" in sparql


# ——— Entities by name ———


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Aldova", "aldova"),
        ("aldova", "aldova"),
        ("the republic of Aldova", "aldova"),
        ("Amber House", "aldova"),
        ("Aldovan", "aldova"),
        ("Veruna", "veruna"),  # the label goes before the empire's other name
        ("Orlen", "tavi-orlen"),  # no accent
        ("Kost", "mira-kost"),  # the records tell of her, and not of Jon
        ("Anna Brel", "ana-brel"),
        ("counting", "bureau"),  # a part of the name
        ("https://w3id.org/irkg/entity/jon-kost", "jon-kost"),
    ],
)
def test_an_entity_is_found(name: str, entity: str, world: Any) -> None:
    sparql = bind(world, find("leader-meetings"), {"person": name})
    assert f"VALUES (?given_person) {{ (<https://w3id.org/irkg/entity/{entity}>) }}" in sparql


def test_a_name_of_several_lists_them(world: Any) -> None:
    with pytest.raises(UsageError) as caught:
        run(world, "timeline", {"entity": "Tea Club"})
    assert str(caught.value) == (
        "timeline, parameter entity: “Tea Club” may mean several: Tea Club <https://w3id.org/irkg/entity/tea-club-aldova>, "
        "Tea Club <https://w3id.org/irkg/entity/tea-club-veruna>; give the whole name or the IRI"
    )


# ——— Any query ———


def test_a_query_that_does_not_parse_says_where(world: Any) -> None:
    with pytest.raises(UsageError) as caught:
        ask(world, "SELECT * {\n ?x ?y }", "question.rq")
    assert str(caught.value).startswith("question.rq does not parse: line 2, column 9: expected")


def test_a_query_that_fails_says_why(world: Any) -> None:
    with pytest.raises(IrkgError) as caught:
        ask(world, "SELECT (<http://example.org/f>(1) AS ?x) {}")
    assert str(caught.value) == "query could not be answered: The custom function <http://example.org/f> is not supported"


def test_values_are_plain(world: Any) -> None:
    sparql = """
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT * { VALUES (?a ?b ?c ?d ?e ?f ?g ?h) {
            (1 2.50 3e2 true "x"@en <http://example.org/> UNDEF "2001"^^<http://id.loc.gov/datatypes/edtf/EDTF>)
            ("INF"^^xsd:double "many"^^xsd:integer "-0.0"^^xsd:decimal false "" UNDEF "a" "b")
        } }
    """
    assert ask(world, sparql) == Answer(
        tuple("abcdefgh"),
        ((1, 2.5, 300, True, "x", "http://example.org/", None, "2001"), ("INF", "many", 0, False, "", None, "a", "b")),
    )


def test_ask_and_construct(world: Any) -> None:
    assert ask(world, "ASK {}") == Answer(("answer",), ((True,),))
    answer = ask(world, "CONSTRUCT { ?s <http://example.org/p> ?o } { VALUES (?s ?o) { (<http://b> 2) (<http://a> 1) (<http://a> 1) } }")
    assert answer.columns == ("subject", "predicate", "object")
    assert answer.rows == (("http://a", "http://example.org/p", 1), ("http://b", "http://example.org/p", 2))
    assert len(answer.triples) == 2
