"""Ranges: two expressions joined by "from … to", "between … and" or a dash, and periods open at one end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.dates.lexicon import lexicon
from loaders.dates.model import FoundDate
from loaders.dates.story import moment_of
from loaders.parsed import Doc

_DASH = re.compile(r"\s*[-–—‑/]\s*")
_TO = re.compile(r",?\s+(?:up\s+)?(?:to|until|till|through|and\s+(?:ending|ended)\s+in|up\s+to)\s+(?:(?:on|in|the|at)\s+)*", re.IGNORECASE)
_AND = re.compile(r",?\s+and\s+(?:(?:on|in|the)\s+)*", re.IGNORECASE)
_AND_THE = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)  # with another “in” it is two dates
_FROM = re.compile(r"\b(?:from|starting\s+(?:in|on)|beginning\s+(?:in|on))\s+(?:the\s+)?$", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|during)\s+(?:the\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"(?P<then>\b(?:from|since)\s+then\s+)?\b(?P<word>until|till|up\s+to)\s+(?:the\s+)?$", re.IGNORECASE)
_ONWARDS = re.compile(r"\s+onwards?\b", re.IGNORECASE)
_PAST = re.compile(r"(?i)(?:the\s+)?(?:last|past)\s+(?P<number>[\w-]+?)[\s-]+(?P<unit>[a-z]+)$")
_DAY = re.compile(r"\d-\d\d-\d\d|/")
_YEAR = re.compile(r"\d{4}")
_DOUBT = re.compile(r"[~?%]")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A range rule for two neighbours: what stands before the first and between the two."""

    name: str
    before: re.Pattern[str]
    between: re.Pattern[str]


_ANYTHING = re.compile(r"$")
_FRAMES = (
    _Frame("range-from-to", _FROM, _TO),
    _Frame("range-between", _BETWEEN, _AND),
    _Frame("range-dash", _ANYTHING, _DASH),
    _Frame("range-to", _ANYTHING, _TO),
    _Frame("range-and", _IN, _AND_THE),
)


def read_ranges(paragraph: Doc, dates: Sequence[FoundDate], published: str | None = None) -> list[FoundDate]:
    """The intervals that a paragraph tells, each from the first word of its first date to the last of its second.

    ``from 2 September 1948 to March 1949`` is ``1948-09-02/1949-03``, ``since 2022`` is ``2022/..``, ``until 1941``
    is ``../1941``; with ``published`` also ``the past 20 months``. ``dates`` are those of ``read_dates``, which keep
    their own values beside the range.
    """
    text = paragraph.text
    ranges: list[FoundDate] = []
    for index, date in enumerate(dates):
        following = dates[index + 1] if index + 1 < len(dates) else None
        found = _closed(text, date, following) or _open(text, date, dates[:index]) or _past(text, date, published)
        if found is not None and not any(found.start < earlier.end for earlier in ranges):
            ranges.append(found)
    return ranges


def _closed(text: str, first: FoundDate, second: FoundDate | None) -> FoundDate | None:
    if second is None or first.value is None or second.value is None:
        return None
    joint = text[first.end : second.start]
    for frame in _FRAMES:
        if frame.name == "range-and" and _are_apart(first, second, text):
            continue
        if frame.before.search(text, 0, first.start) and frame.between.fullmatch(joint):
            start, end = _ends(first.value)[0], _ends(second.value)[-1]
            if _precedes(start, end):
                return FoundDate(first.start, second.end, f"{start}/{end}", frame.name)
    return None


def _are_apart(first: FoundDate, second: FoundDate, text: str) -> bool:
    """“on 3 and 5 May” are two days, “in May 1948 and June 1948” two months; “in June and July” is a stretch."""
    values = f"{first.value} {second.value}"
    return _DAY.search(values) is not None or ("-" in values and _YEAR.search(text, first.start, first.end) is not None)


def _open(text: str, date: FoundDate, earlier: Sequence[FoundDate]) -> FoundDate | None:
    if date.value is None:
        return None
    first, last = _ends(date.value)[0], _ends(date.value)[-1]
    if _SINCE.search(text, 0, date.start) or (_FROM.search(text, 0, date.start) and _ONWARDS.match(text, date.end)):
        return FoundDate(date.start, date.end, f"{first}/..", "range-since")
    until = _UNTIL.search(text, 0, date.start)
    if until is None:
        return None
    start = next((d.value for d in reversed(earlier) if d.value is not None), None) if until["then"] else None
    if start is not None and _precedes(start, last):
        return FoundDate(date.start, date.end, f"{_ends(start)[0]}/{last}", "range-then-until")
    return FoundDate(date.start, date.end, f"../{last}", "range-until")


def _past(text: str, date: FoundDate, published: str | None) -> FoundDate | None:
    """ "over the past 20 months", counted back from the day of writing."""
    match = _PAST.search(text[date.start : date.end])
    now = moment_of(published)
    if date.value is not None or match is None or now is None:
        return None
    try:
        unit, count = lexicon().unit(match["unit"]), lexicon().number(match["number"])
    except KeyError:
        return None  # "the past few months"
    unit, count = ("day", 7 * count) if unit == "week" else (unit, count)
    start, end = now.step(unit, -count), now.at(unit)
    if start is None or end is None:
        return None
    return FoundDate(date.start, date.end, f"{start.edtf()}/{end.edtf()}", "range-past")


def _ends(value: str) -> list[str]:
    return value.split("/")


def _precedes(start: str, end: str) -> bool:
    """By the parts that both have, so that "1948-09-02/1949-03" and "1948/1948-05" are in order."""
    first, second = _parts(start), _parts(end)
    for a, b in zip(first, second, strict=False):
        if a != b:
            return a < b
    return start != end


def _parts(value: str) -> Iterator[int]:
    sign = -1 if value.startswith("-") else 1
    year, *rest = _DOUBT.sub("", value).lstrip("-").replace("X", "0").split("-")
    yield sign * int(year)
    for part in rest:
        number = int(part)
        yield 3 * (number - 20) if number > 20 and len(rest) == 1 else number
