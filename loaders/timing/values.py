"""What becomes of an EDTF value that one thing lends to another: its month, its year, about it."""

import re

_ABOUT_A_DAY = re.compile(r"(?P<month>\d{4}-\d{2})-\d{2}~")


def within(value: str) -> str:
    """What goes on from an interval lies in its month or year, or about its beginning."""
    start, slash, end = value.partition("/")
    if not slash:
        return value
    for length in (7, 4):
        if len(start) >= length and start[:length] == end[:length]:
            months = start[:7], end[:7]
            return f"{months[0]}/{months[1]}" if length == 4 and _are_neighbours(*months) else start[:length]
    return f"{start[:4]}~"


def _are_neighbours(first: str, second: str) -> bool:
    """May and June of one year."""
    months = first[5:], second[5:]
    return all(m.isdecimal() for m in months) and int(months[1]) - int(months[0]) == 1


def month_of(value: str | None) -> str | None:
    """What follows a day that was told is in its month, as far as the words go."""
    day = re.fullmatch(r"(?P<month>\d{4}-\d{2})-\d{2}", value) if value else None
    return day["month"] if day else value


def has_day(value: str) -> bool:
    """Is it exact to the day?"""
    return re.match(r"-?\d{4}-\d{2}-\d{2}", value) is not None


def year_of(value: str | None) -> str | None:
    """What a new paragraph goes on with is in the same year, as far as the words go."""
    year = re.match(r"-?\d{4}(?=-\d{2})", value) if value else None
    return year.group() if year else value


def day_of_news(value: str | None) -> str | None:
    """The day of a news piece; about a day is its month."""
    about = _ABOUT_A_DAY.fullmatch(value) if value else None
    return about["month"] if about else value


def month_about(value: str) -> str:
    """“soon”: within the month or so, as far as the month is known."""
    month = re.match(r"-?\d{4}(?:-\d{2})?", value)
    return f"{month.group()}~" if month else value


def year_about(value: str) -> str:
    """“later”: about that year, as the year is what is sure."""
    year = re.match(r"-?\d{4}", value)
    return f"{year.group()}~" if year else value
