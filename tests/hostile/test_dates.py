"""EDTF that the package's grammar lets pass and its code does not, and years that no calendar has."""

import pytest
from hypothesis import given

from benchmarks.fuzz import READERS
from graph.edtf import bounds, overlap
from tests.hostile.trying import SOME, garbage, try_worst


@SOME
@given(garbage("dates", surrogates=True))
def test_rubbish(text: str) -> None:
    READERS["dates"].try_to_read(text[:60])


def test_worst_cases() -> None:
    try_worst(
        "dates",
        *(f"{piece!r} * 20_000" for piece in ("[2019,", "{", "(", "/", "2019-", "9", "X", " ", "Y", "é")),
        "'[' + '2019,' * 18 + '2020]'",
    )


@pytest.mark.parametrize(
    "value",
    ["2019-0X", "2019-X1", "[..2019]", "//..unknownSy", "Y" + "9" * 5000, "9" * 20, "[" + "2019," * 30 + "2020]", "\0", "\ud800", "٢٠١٩"],
)
def test_what_is_no_date_and_says_nothing(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert bounds(value) is None
    assert not overlap(value, "2019")
    assert capsys.readouterr() == ("", "")


def test_a_year_that_is_far_away() -> None:
    assert bounds("Y1000000000") == ("1000000000-01-01", "1000000000-12-31")
    assert not overlap("Y1000000000", "2019")
