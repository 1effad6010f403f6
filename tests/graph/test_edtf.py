"""EDTF values: the days they may mean, which of them share one, and what is none."""

import pytest

from graph.edtf import bounds, check, overlap
from ontology.errors import UsageError

BOUNDS = [
    ("2003", "2003-01-01", "2003-12-31"),
    ("2003-02", "2003-02-01", "2003-02-28"),
    ("2004-02", "2004-02-01", "2004-02-29"),
    ("2003-05-04", "2003-05-04", "2003-05-04"),
    ("2003-21", "2003-03-01", "2003-05-31"),
    ("2003-22", "2003-06-01", "2003-08-31"),
    ("2003-23", "2003-09-01", "2003-11-30"),
    ("2003-24", "2003-12-01", "2004-02-29"),
    ("2003-24~", "2003-12-01", "2004-02-29"),
    ("197X", "1970-01-01", "1979-12-31"),
    ("198X~", "1980-01-01", "1989-12-31"),
    ("19XX", "1900-01-01", "1999-12-31"),
    ("1985-04-XX", "1985-04-01", "1985-04-30"),
    ("1985-XX", "1985-01-01", "1985-12-31"),
    ("-0043", "-0043-01-01", "-0043-12-31"),
    ("-04XX", "-0499-01-01", "-0400-12-31"),
    ("2000~", "2000-01-01", "2000-12-31"),
    ("1984-06-02?", "1984-06-02", "1984-06-02"),
    ("1984-06%", "1984-06-01", "1984-06-30"),
    ("1946-06/1946-08", "1946-06-01", "1946-08-31"),
    ("1948-09-02/1949-03", "1948-09-02", "1949-03-31"),
    ("2003-22/2004-24", "2003-06-01", "2005-02-28"),
    ("197X/199X", "1970-01-01", "1999-12-31"),
    ("-0263/-0145", "-0263-01-01", "-0145-12-31"),
    ("../1941", None, "1941-12-31"),
    ("2022/..", "2022-01-01", None),
    ("2022/", "2022-01-01", None),
    ("/1941", None, "1941-12-31"),
]

NOT_EDTF = [
    "", "garbage", "May 1948", "1948-5-14", "2019-13", "2001-02-30", "2019-02-29", "2019-02-29~", "2008-H2", "2021-W03",
    "200x", "198u", "2005/2003", "../..", "/", "2001-02-30/2002", "2019–2020",
]  # fmt: skip

OVERLAPS = [
    ("1948", "1948-05-14", True),
    ("1948-05", "1948-06", False),
    ("194X", "1948", True),
    ("194X", "1950", False),
    ("2022/..", "2030", True),
    ("2022/..", "2021", False),
    ("../1941", "1800", True),
    ("../1941", "2022/..", False),
    ("1943-22", "1943-07", True),
    ("1943-24", "1944-01", True),
    ("1943-24", "1943-01", False),
    ("-0489", "-04XX", True),
    ("-0489", "-0490", False),
    ("2018~", "2018-09?", True),
    ("garbage", "2018", False),
]


@pytest.mark.parametrize(("value", "earliest", "latest"), BOUNDS)
def test_the_days_a_value_may_mean(value: str, earliest: str | None, latest: str | None) -> None:
    assert bounds(value) == (earliest, latest)


@pytest.mark.parametrize("value", [row[0] for row in BOUNDS])
def test_a_value_passes_the_check(value: str) -> None:
    assert check(f" {value} ") == value


@pytest.mark.parametrize("value", NOT_EDTF)
def test_what_is_no_edtf(value: str) -> None:
    assert bounds(value) is None
    with pytest.raises(UsageError) as raised:
        check(value)
    assert str(raised.value).startswith(f"“{value}” is not an EDTF date; write 2019-02-28")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("first", "second", "expected"), OVERLAPS)
def test_values_that_share_a_day(first: str, second: str, *, expected: bool) -> None:
    assert overlap(first, second) is expected
    assert overlap(second, first) is expected
