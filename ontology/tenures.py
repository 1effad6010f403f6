"""Who held which office when: tenures, and the calendar days that an EDTF date covers."""

import re
from calendar import monthrange
from dataclasses import dataclass

from ontology.errors import UsageError

FIRST_DAY = "0000-01-01"
LAST_DAY = "9999-12-31"

_DATE = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?")
# Months of the seasons of EDTF level 1; winter is the one that ends in the year after.
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}


@dataclass(frozen=True, slots=True)
class Tenure:
    """A stretch of time in which a person held an office.

    ``person`` and ``of`` are IRIs, ``office`` the general name of the office. ``start`` and ``end`` are EDTF;
    an ``end`` of None means "now", and one such as ``2022-06/..`` "not before June 2022, and not known when".
    """

    iri: str
    person: str
    office: str
    of: str
    start: str | None
    end: str | None
    source: str

    def covers(self, on: str) -> bool:
        """Whether the person held the office on some day of an EDTF date; both days at the border count.

        Raises ``UsageError`` for what is not an EDTF date.
        """
        earliest, latest = days(on)
        first = days(self.start)[0] if self.start else FIRST_DAY
        return first <= latest and earliest <= self._last_known_day()

    def in_year_of(self, on: str) -> bool:
        """Whether the person held the office in the year of an EDTF date: people are called by it some time before and after."""
        return (self.start or "")[:4] <= on[:4] <= (self.end or LAST_DAY)[:4]

    def _last_known_day(self) -> str:
        if self.end is None:
            return LAST_DAY
        return days(self.end.removesuffix("/.."))[1]


def days(edtf: str) -> tuple[str, str]:
    """The first and the last calendar day of an EDTF date (level 0 and what this project uses of level 1).

    ``1967-06`` → ``1967-06-01``, ``1967-06-30``; ``199X``; ``1946-22`` (summer); ``2015-09/2018-07``; ``../1948``.
    Raises ``UsageError`` for anything else.
    """
    if "/" in edtf:
        start, _, end = edtf.partition("/")
        first = days(start)[0] if start not in ("", "..") else FIRST_DAY
        last = days(end)[1] if end not in ("", "..") else LAST_DAY
        return first, last
    match = _DATE.fullmatch(edtf.rstrip("~?%"))
    if not match:
        raise UsageError(f"not an EDTF date: {edtf!r}")
    return _days_of(edtf, match["year"], match["month"], match["day"])


def _days_of(edtf: str, year: str, month: str | None, day: str | None) -> tuple[str, str]:
    first_year, last_year = year.replace("X", "0"), year.replace("X", "9")
    if month in (None, "XX"):
        return f"{first_year}-01-01", f"{last_year}-12-31"
    first_month, last_month = _SEASONS.get(month or "", (int(month or 0), int(month or 0)))
    if last_month < first_month:
        last_year = f"{int(last_year) + 1:04}"
    try:
        last_day = monthrange(int(last_year), last_month)[1]
    except ValueError:
        raise UsageError(f"no such month: {edtf!r}") from None
    if day in (None, "XX"):
        return f"{first_year}-{first_month:02}-01", f"{last_year}-{last_month:02}-{last_day:02}"
    if not 1 <= int(day or 0) <= last_day:
        raise UsageError(f"no such day: {edtf!r}")
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"
