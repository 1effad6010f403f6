"""Weekdays, months, seasons and weeks beside a given date."""

from dataclasses import replace
from datetime import timedelta

from loaders.dates.model import Base, Moment, Named, of_date

_WINTER = 24  # EDTF's; called by the year in which it begins


def named(what: Named, base: Moment, *, ahead: bool, from_story: bool) -> Moment | None:
    """The weekday, month or season of that name; None where the base is not known well enough.

    Args:
        what: The name, and whether it is the last, this or the next one.
        base: The date it counts from.
        ahead: The clause tells of what is yet to come.
        from_story: The base is a date of the story, which moves on; the document's day looks back.
    """
    if what.unit == "day":
        return _weekday(what, base, ahead=ahead, from_story=from_story)
    return _part_of_year(what, base, ahead=ahead, from_story=from_story)


def _weekday(what: Named, base: Moment, *, ahead: bool, from_story: bool) -> Moment | None:
    day = base.as_date()
    if day is None:
        return None
    forwards = (what.number - day.weekday()) % 7
    backwards = forwards - 7 if forwards else 0
    if what.direction > 0:
        shift = forwards or 7
    elif what.direction < 0:
        shift = backwards or -7
    else:
        shift = forwards if ahead or from_story else backwards
    return of_date(day + timedelta(days=shift), base.doubt)


def _part_of_year(what: Named, base: Moment, *, ahead: bool, from_story: bool) -> Moment | None:
    start = base.month or (3 * (base.season - 20) if base.season else None)
    own = what.number if what.unit == "month" else 3 * (what.number - 20)
    last = own if what.unit == "month" else own + 2
    year = base.year
    if start is None:
        year += what.direction if what.direction > 0 else 0
        year += what.direction if what.direction < 0 and not from_story else 0
    elif what.direction > 0:
        year += own <= start
    elif what.direction < 0:
        year -= last >= start
    elif base.season == _WINTER and own <= 2:  # “in the winter of 2008–2009 …; that January”
        year += 1
    elif not from_story:
        year += 1 if ahead and last < start else -1 if not ahead and own > start else 0
    elif what.unit == "season" and what.number == _WINTER and start <= 2:
        year -= 1
    month, season = (what.number, None) if what.unit == "month" else (None, what.number)
    return replace(Moment(year, month, season=season, unit=what.unit), doubt="~" if base.doubt and base.unit == "year" else "")


def week(base: Moment, count: int, kind: Base) -> str | None:
    """The week so many on, as an interval: of the document from Monday to Sunday, of the story from the day told."""
    day = base.as_date()
    if day is None:
        return None
    if kind == "story" and count:
        first, last = (day, day + timedelta(days=7)) if count > 0 else (day - timedelta(days=7), day)
    else:
        first = day - timedelta(days=day.weekday()) + timedelta(days=7 * count)
        last = first + timedelta(days=6)
    return f"{first.isoformat()}/{last.isoformat()}"
