"""An answer in each format."""

import csv
import io
import json
from typing import Any

import pyoxigraph as ox
import pytest

from ontology.errors import UsageError
from queries.answers import Answer, ask
from queries.catalogue import named_queries, run
from queries.tables import FORMATS, as_markdown, as_table, render, with_statements

PLAIN = Answer(("name", "size", "true"), (("tea, green", 2.5, True), ('a "b"\n|c\td', None, False), ("\x1b[31mred\u202e", 1, None)))


def test_table_shows_the_words_below_the_row(world: Any) -> None:
    assert render(run(world, "leader-meetings", {"person": "Kost"}), width=90) == (
        "date        kind     participants                           place      realis    sources\n"
        "────────────────────────────────────────────────────────────────────────────────────────\n"
        "2001-05-01  Meeting  Aldova, Mira Kost, Tavi Örlen, Veruna  Port Selm  actual    daily\n"
        "    “Mira Kost met Tavi Örlen in Port Selm [1]” — daily 0–41\n"
        "2001-05-02  Meeting  Aldova, Mira Kost                      Port Selm  actual    courier\n"
        "    “Kost came to Selm.” — courier 5–25\n"
        "            Visit    Mira Kost                                         reported  daily\n"
        "    “Kost is said to have travelled.” — daily 90–110\n"
        "3 rows\n"
    )


def test_table_of_what_the_reference_data_know_has_no_words(world: Any) -> None:
    assert render(run(world, "office-holders", {"person": "Jon Kost"})) == (
        "person    office          of      from     to          date\n"
        "───────────────────────────────────────────────────────────\n"
        "Jon Kost  Prime Minister  Aldova  2004-06  2008-01/..\n"
        "1 row\n"
    )


def test_table_is_plain_and_steers_no_terminal() -> None:
    assert render(PLAIN) == (
        "name        size  true\n"
        "───────────────────────\n"
        "tea, green  2.5   true\n"
        'a "b" |c d        false\n'
        "\ufffd[31mred\ufffd   1\n"
        "3 rows\n"
    )


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("name", ["leader-meetings", "stances", "sources"])
def test_table_fits_its_width(name: str, width: int, world: Any) -> None:
    lines = render(run(world, name), width=width).splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= width


def test_table_of_nothing(world: Any) -> None:
    assert render(ask(world, "SELECT ?a ?b { VALUES (?a ?b) {} }")) == "a  b\n────\n0 rows\n"
    assert render(ask(world, "SELECT * {}")).endswith("1 row\n")
    assert render(ask(world, "ASK {}")) == "answer\n──────\ntrue\n1 row\n"


def test_csv() -> None:
    assert render(PLAIN, "csv") == 'name,size,true\n"tea, green",2.5,true\n"a ""b""\n|c\td",,false\n\x1b[31mred\u202e,1,\n'


def test_tsv() -> None:
    assert render(PLAIN, "tsv") == 'name\tsize\ttrue\ntea, green\t2.5\ttrue\na "b"\\n|c\\td\t\tfalse\n\x1b[31mred\u202e\t1\t\n'


def test_json(world: Any) -> None:
    assert json.loads(render(PLAIN, "json")) == PLAIN.dicts()
    assert render(run(world, "prisoner-deals", {"realis": "planned"}), "json") == "[]\n"
    (row,) = json.loads(render(run(world, "arms-agreements"), "json"))
    assert list(row.items())[:9] == [
        ("date", "2000-04"),
        ("supplier", "Aldova"),
        ("recipient", "Veruna"),
        ("item", "kites"),
        ("quantity", 12),
        ("amount", 53000000),
        ("currency", "USD"),
        ("realis", "actual"),
        ("sources", "daily"),
    ]


def test_markdown(world: Any) -> None:
    assert render(run(world, "quotations"), "markdown") == (
        "| date | speaker | source | text | span |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| 2001-05-01 | Tavi Örlen | daily | a good talk \\| \\[i\\]so\\[/i\\] | 300–310 |\n"
    )
    assert "&lt;script>" in render(Answer(("x",), (("<script>",),)), "markdown")


def test_turtle_of_records_has_their_words(world: Any) -> None:
    text = render(with_statements(world, run(world, "quotations")), "turtle")
    subjects = {str(triple.subject) for triple in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    assert subjects == {f"<https://w3id.org/irkg/{kind}/q1>" for kind in ("record", "evidence", "selector")}
    assert text.startswith("@prefix : <https://w3id.org/irkg/ontology#> .\n@prefix dcterms:")
    assert "\n<https://w3id.org/irkg/record/q1> a :Quotation ;\n" in text


def test_turtle_of_triples_is_sorted(world: Any) -> None:
    construct = "CONSTRUCT { ?s a ?class } { ?s a ?class } ORDER BY "
    up, down = (render(ask(world, construct + order), "turtle") for order in ("?s", "DESC(?s)"))
    assert up == down
    assert len(list(ox.parse(up, format=ox.RdfFormat.TURTLE))) > 20


def test_rows_have_no_turtle(world: Any) -> None:
    with pytest.raises(UsageError) as caught:
        render(PLAIN, "turtle")
    assert str(caught.value) == "rows have no Turtle; ask with CONSTRUCT or DESCRIBE, or choose another format"
    assert with_statements(world, PLAIN) == PLAIN


def test_the_records_that_a_row_is_about_are_for_programs() -> None:
    about = ("record_a", "record_b", "records")
    answer = Answer(("topic", *about), (("tea", "http://a", "http://b", "http://a http://b"),), iris=about)
    assert render(answer) == "topic\n─────\ntea\n1 row\n"
    assert render(answer, "markdown") == "| topic |\n| --- |\n| tea |\n"
    assert render(answer, "csv") == "topic,record_a,record_b,records\ntea,http://a,http://b,http://a http://b\n"


def test_an_unknown_format_suggests_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        render(PLAIN, "jsn")
    assert str(caught.value) == "no format is called “jsn”; did you mean “json”?"
    with pytest.raises(UsageError) as caught:
        render(PLAIN, "xlsx!")
    assert str(caught.value) == "no format is called “xlsx!”; there are table, csv, tsv, json, markdown, turtle"


# Questions that only a data set, or two sources that tell one thing, answer; the invented world has neither. Other tests ask them.
ELSEWHERE = {"corroborations", "disagreements", "un-agreement", "un-votes"}


@pytest.mark.parametrize("name", named_queries())
def test_every_query_in_every_format(name: str, world: Any) -> None:
    answer = run(world, name)
    assert next(csv.reader(io.StringIO(render(answer, "csv")))) == list(answer.columns)
    assert len(json.loads(render(answer, "json"))) == len(answer)
    assert (len(answer) > 0) != (name in ELSEWHERE)
    for format in FORMATS:
        assert format == "turtle" or render(answer, format).endswith("\n")


def test_a_column_that_the_user_named_records_is_shown(world: Any) -> None:
    counted = ask(world, "SELECT (COUNT(*) AS ?records) WHERE { ?record a <https://w3id.org/irkg/ontology#Event> }")
    assert as_table(counted).startswith("records")
    assert as_markdown(counted).startswith("| records |")
