"""Rubbish made of the words that rules look for, read to its records: their words are where they say."""

from hypothesis import given

from benchmarks.fuzz import READERS
from tests.hostile.trying import FEW, garbage, try_worst


@FEW
@given(garbage("prose"))
def test_rubbish(text: str) -> None:
    READERS["prose"].try_to_read(text)


def test_worst_cases() -> None:
    pieces = ("2018 ", "(", "“", "1,1", "Israel and Russia ", "3 May 2018 ", "a ", "said ", ", ", "U.S. ", "a.\n")
    try_worst("prose", *(f"{piece!r} * {4_000 // len(piece)}" for piece in pieces))


def test_a_verb_that_begins_a_text() -> None:
    READERS["prose"].try_to_read("99999999999999999999\x86$5 billion :")


def test_nested_grammar() -> None:
    try_worst("prose", "'He said that ' * 300", "'the minister of ' * 250", "'not ' * 900", "'“He said, ' * 350")
