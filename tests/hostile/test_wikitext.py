"""Wikitext that is broken on purpose: references, links and lines lie in the text that is laid out."""

from hypothesis import given

from benchmarks.fuzz import READERS
from loaders.texts.wikitext import read_wikitext
from tests.hostile.trying import SOME, garbage, try_worst


@SOME
@given(garbage("wikitext"))
def test_rubbish(text: str) -> None:
    READERS["wikitext"].try_to_read(text)


def test_a_million_brackets() -> None:
    try_worst("wikitext", *(f"{piece!r} * 500_000" for piece in ("{{", "[[", "}}", "]]")), "'{{' * 250_000 + '}}' * 250_000")


def test_other_worst_cases() -> None:
    pieces = ("<ref>", "<", "{|", "<!--", "''", "=", "* a\n", "<div>", "&#x110000;", "[http://", "{{a|", "<ref name=", "[[a|", "\ue000")
    try_worst("wikitext", *(f"{piece!r} * {300_000 // len(piece)}" for piece in pieces))


def test_a_tag_that_does_not_end_is_a_sign() -> None:
    extract = read_wikitext("Sales were < 3 in 1951.<ref>Fish, [http://a/ Sales <b]</ref> So it was <foo")
    assert extract.text == "Sales were < 3 in 1951.[1] So it was <foo\n"


def test_references_that_are_worst_cases() -> None:
    pieces = ("{{", "[[a|", "''", "<b>", "[http://a ", "{{cite web|", "2010-", "“")
    try_worst("wikitext", *(f"'Words.<ref>' + {piece!r} * 50_000 + '</ref> More.'" for piece in pieces))
