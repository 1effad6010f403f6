"""Web pages that no browser would show."""

import pytest
from hypothesis import given

from benchmarks.fuzz import READERS
from loaders.texts.web import read_page
from ontology.errors import IrkgError
from tests.hostile.trying import FEW, garbage, try_worst

BEGIN = "<html><body><article><p>Words of an article that has many of them, and so is one.</p>"
BOMB = "<!DOCTYPE html [<!ENTITY a0 'aaaaaaaaaa'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9)) + "]>"


@FEW
@given(garbage("page", surrogates=True))
def test_rubbish(text: str) -> None:
    READERS["page"].try_to_read(BEGIN + text)


def test_worst_cases() -> None:
    pieces = ("<p>", "<div>", "<b>", "<table><tr><td>", "<a href=x>", "&amp;", "<", "<!--", "<script>", "a", "<li>", "\0")
    try_worst("page", *(f"{BEGIN!r} + {piece!r} * {100_000 // len(piece)}" for piece in pieces))


def test_an_entity_bomb() -> None:
    try_worst("page", f"{BOMB!r} + {BEGIN!r} + '<p>&a8;</p>'")


def test_a_million_tags_in_one_another() -> None:
    try_worst("page", f"{BEGIN!r} + '<i>' * 300_000")


def test_what_the_libraries_do_not_expect_is_a_page_without_text() -> None:
    with pytest.raises(IrkgError, match=r"page\.html: no text was found in the page"):
        read_page("page.html", b"<math><p>Words of an article that has many. <p>")
