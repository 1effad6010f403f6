"""Extended Date/Time Format (ISO 8601-2, levels 0 and 1; what of level 2 the ``edtf`` package reads).

Parsing takes some 5 ms a value and the package 0.15 s to import, so both wait until asked and every
answer is kept.
"""

import re
from calendar import monthrange
from contextlib import redirect_stdout
from functools import lru_cache
from io import StringIO
from time import struct_time
from typing import Any

from ontology.errors import UsageError

OPEN = ".."
_UNBOUNDED = (None, None)
_WINTER = "24"  # season code; winter runs from the December of its year into the next February
_LONGEST = 100  # characters; the package's time for a set of dates grows with the square of its length
_MOST_DIGITS = re.compile(r"\d{15}")  # of a year; what is longer is in no calendar, and beyond Python's own limits
_DOUBT = re.compile(r"([\dX])[~?%]$")
_EXAMPLES = "write 2019-02-28, 2019-02, 2019, 201X, 2019~, 2019-22 (summer), 2018/2020 or 2018/.."

# What the package raises of values that its grammar lets pass: “2019-0X”, “[..2019]”.
_PACKAGE_FAILS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

_Day = tuple[int, int, int]


def bounds(value: str) -> tuple[str | None, str | None] | None:
    """The earliest and the latest calendar day (``YYYY-MM-DD``) that a value may mean; None at an open end.

    None where the value is not EDTF at all. Years before 1 are astronomical, as in EDTF: 44 BC is ``-0043``.
    """
    limits = _limits(value)
    if limits is None:
        return None
    return _iso(limits[0]), _iso(limits[1])


def check(value: str) -> str:
    """The value without surrounding space.

    Raises:
        UsageError: it is not EDTF, or names a day that no calendar has.
    """
    value = value.strip()
    if _limits(value) is None:
        raise UsageError(f"“{value}” is not an EDTF date; {_EXAMPLES}")
    return value


def overlap(a: str, b: str) -> bool:
    """Whether two values may mean a common day; False where one is not EDTF."""
    first, second = _limits(a), _limits(b)
    if first is None or second is None:
        return False
    return _not_after(first[0], second[1]) and _not_after(second[0], first[1])


@lru_cache(maxsize=8192)
def _limits(value: str) -> tuple[_Day | None, _Day | None] | None:
    if len(value) > _LONGEST or _MOST_DIGITS.search(value):
        return None
    start, slash, end = value.strip().partition("/")
    earliest = _side(start)
    latest = _side(end) if slash else earliest
    if earliest is None or latest is None or earliest == latest == _UNBOUNDED:
        return None
    limits = (earliest[0], latest[1])
    return limits if _not_after(*limits) else None


def _side(text: str) -> tuple[_Day | None, _Day | None] | None:
    """The limits of one date; none at the open (``..``) or unknown (empty) end of an interval; None where it is no date."""
    if text in (OPEN, ""):
        return _UNBOUNDED
    text = _DOUBT.sub(r"\1", text)  # it moves no limit, and the package knows none for seasons and decades
    parsed = _parse(text)
    if parsed is None:
        return None
    try:
        first, last = parsed.lower_strict(), parsed.upper_strict()
    except _PACKAGE_FAILS:
        return None
    if not isinstance(first, struct_time) or not isinstance(last, struct_time):  # a set of dates that is open at an end
        return None
    year, month, day = last[:3]
    if parsed.__class__.__name__ == "Season" and text.endswith(_WINTER):
        year, month, day = year + 1, 2, _days_in(year + 1, 2)
    if day > _days_in(year, month):
        return None
    return (first[0], first[1], first[2]), (year, month, day)


def _parse(text: str) -> Any:
    from edtf import EDTFParseException, parse_edtf

    try:
        with redirect_stdout(StringIO()):  # where the package tells of a value that it can't make
            return parse_edtf(text)
    except (EDTFParseException, *_PACKAGE_FAILS):
        return None


def _days_in(year: int, month: int) -> int:
    """The length of a month; a year outside the clock of Python's calendar has that of one inside it."""
    return monthrange(year % 400 + 400, month)[1]


def _not_after(a: _Day | None, b: _Day | None) -> bool:
    return a is None or b is None or a <= b


def _iso(day: _Day | None) -> str | None:
    if day is None:
        return None
    year, month, number = day
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{number:02d}"
