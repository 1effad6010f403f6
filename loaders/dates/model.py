"""What date expressions mean: partial calendar dates, steps from one, and the expressions found in a text."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MINYEAR, date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "season", "year", "decade", "century"]
Base = Literal["story", "document"]

_SIZES: dict[Unit, int] = {"day": 1, "week": 2, "month": 3, "season": 4, "year": 5, "decade": 6, "century": 7}
_DIGITS = {"century": 2, "decade": 3}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression and its value.

    ``start`` and ``end`` are characters of the paragraph's text. ``value`` is EDTF; None for durations, for
    frequencies and for words that no calendar can place. ``rule`` is the name of the rule that read it.
    ``problem`` says what was wrong with it ("there is no 29 February 2019") where something was. ``anchor`` is the
    EDTF date that a relative expression counts from, where it is known: of "three days after Israel declared its
    independence" in apposition to 17 May 1948, it is 1948-05-14.
    """

    start: int
    end: int
    value: str | None
    rule: str
    problem: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A calendar date as far as it is known. Years are astronomical: 44 BC is -43."""

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None  # 21 to 24, as in EDTF
    unit: Unit = "year"
    doubt: str = ""  # "~" about, "?" perhaps

    def edtf(self) -> str:
        """The value: ``2018-07``, ``2003-22``, ``197X``, ``-0043``, ``2000~``."""
        digits = _DIGITS.get(self.unit, 4)
        hidden = 4 - digits
        year = self.year if self.year >= 0 else self.year + 10**hidden - 1  # the end of it nearest to year 0
        text = f"{abs(year):04d}"[:digits] + "X" * hidden
        text = ("-" if self.year < 0 else "") + text
        for part in (self.season, self.month, self.day):
            text += "" if part is None else f"-{part:02d}"
        return text + self.doubt

    def at(self, unit: Unit) -> "Moment | None":
        """This date seen at a coarser unit, None where it does not know as much as that."""
        if _SIZES[unit] < _SIZES[self.unit]:
            return None
        doubt = self.doubt if unit == self.unit else ""
        if unit == "day":
            return self
        if unit == "month":
            return Moment(self.year, self.month, unit=unit, doubt=doubt) if self.month else None
        if unit == "season":
            return self.in_season()
        if unit == "year":
            return Moment(self.year, doubt=doubt)
        size = 10 if unit == "decade" else 100
        return Moment(self.year - self.year % size, unit=unit, doubt=doubt)

    def in_season(self) -> "Moment | None":
        """The season that a month or a day lies in; January and February are in the winter of the year before."""
        if self.season:
            return self
        if self.month is None:
            return None
        year = self.year - 1 if self.month < 3 else self.year
        return Moment(year, season=(self.month // 3 - 1) % 4 + 21, unit="season")

    def step(self, unit: Unit, count: int) -> "Moment | None":
        """The date so many units later (or earlier), at that unit; None where this one is too coarse to tell."""
        if unit == "week":
            return self.plus_days(7 * count)
        start = self.at(unit)
        if start is None:
            return None
        if unit == "day":
            return start.plus_days(count)
        if unit == "month":
            months = start.year * 12 + (start.month or 1) - 1 + count
            return replace(start, year=months // 12, month=months % 12 + 1)
        size = {"decade": 10, "century": 100}.get(unit, 1)
        return replace(start, year=start.year + size * count)

    def plus_days(self, count: int) -> "Moment | None":
        """The day so many days later; None where no day is known."""
        day = self.as_date()
        try:
            return None if day is None else of_date(day + timedelta(days=count), self.doubt)
        except OverflowError:  # beyond Python's calendar
            return None

    def as_date(self) -> date | None:
        """As Python's date, None where no day is known or the year is before 1."""
        if self.month is None or self.day is None or self.year < MINYEAR:
            return None
        return date(self.year, self.month, self.day)

    def key(self) -> tuple[int, int, int]:
        """For sorting; what is unknown sorts first, a season as its first month."""
        month = self.month or (3 * (self.season - 20) if self.season else 0)
        return self.year, month, self.day or 0


def of_date(day: date, doubt: str = "") -> Moment:
    """A day of Python's calendar."""
    return Moment(day.year, day.month, day.day, unit="day", doubt=doubt)


def days_in(year: int, month: int) -> int:
    """The length of a month; before year 1 as in the year with the same place among leap years."""
    return monthrange(year % 400 + 400, month)[1]


# What an expression means before it is placed -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date by its own parts. Without a year it takes that of the story, or of what ``year_of`` names."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    unit: Unit = "year"
    doubt: str = ""
    year_of: tuple[Base, int] | None = None  # "in May of the following year": ("story", 1)
    short: bool = False  # a year of three digits, BC only in a text on such years

    @property
    def says_year(self) -> bool:
        """Whether its own words place it in one year."""
        return self.year is not None and not self.short and self.unit not in ("decade", "century")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a year in whole months: halves and quarters."""

    year: int | None
    first: int
    last: int
    year_of: tuple[Base, int] | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs no context."""

    value: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """So many units from the story's date or the document's: "the next day", "two years ago", "that month"."""

    unit: Unit
    count: int | None
    base: Base
    doubt: str = ""
    towards: Literal["", "after", "before"] = ""  # "three days after …": what follows may be the date counted from
    definite: bool = False  # "the day after …", whose event the story has mostly just told
    coarse: bool = False  # where no day is known, what is known: "today" in a document of 2025


@dataclass(frozen=True, slots=True)
class Named:
    """A weekday, month or season by name, at or beside the date of the story or the document."""

    unit: Literal["day", "month", "season"]
    number: int
    direction: int  # -1 last, 0 this or that, 1 next
    base: Base
    bare: bool = False  # "on Tuesday": which one, the verb's tense tells


@dataclass(frozen=True, slots=True)
class DayNumber:
    """ "the 28th of that month" """

    day: int


@dataclass(frozen=True, slots=True)
class Weekend:
    """The Saturday and Sunday before, at or after the document's day."""

    direction: int
    base: Base = "document"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; its value is the day."""


@dataclass(frozen=True, slots=True)
class Apposition:
    """ "5 July, the tenth anniversary of …": the value of the date beside it."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """On no calendar: a duration, a frequency, a vague word."""


Meaning = Calendar | Stretch | Fixed | Step | Named | DayNumber | Weekend | Clock | Apposition | Nowhere


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression as found in the text, before it is placed."""

    start: int
    end: int
    rule: str
    meaning: Meaning
