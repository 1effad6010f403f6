"""Numbers in a text: digits and words, magnitudes, money, percentages, parts of a whole and ranges.

What a number counts is not asked here (``loaders.figures.reading`` does); what can't count anything is left out:
parts of names (MiG-31, S-300), dates with dots or slashes, times of day, ordinals, and bare years.
The words and signs are data, in ``lexicon/units.toml``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from loaders.word_lists import word_lists

_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![A-Za-z] )\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,.])|"
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3}){2,}(?![\d,.])|\d+(?:\.\d+)?"
)
# Not inside a word, a name (“S-300”, “Mk.2”), a decimal, a fraction or a time of day.
_BEFORE = r"(?<![\w./:#№+])(?<![A-Za-z)][-–])(?<!\d[,:.])"
_AFTER = r"(?![\w/]|[.,:]\d|['’]s\b)"
# A unit may stand right behind the digits; calibres (“122mm”) are names of weapons.
_ATTACHED = r"(?:km|kg|kW|MW|GW|mph|kph)\b"
_PERCENT = r"\s?%|[\s-]per\s?cent\b|[\s-]pct\b"
_POINTS = re.compile(r"[\s-]percentage[\s-]points?\b")
_JOINS = re.compile(
    r"\s?[-–—]\s?|\s+(?:to|and|or)\s+(?:(?:about|around|some|as many as|as high as|as much as|more than|over|up to|even|nearly|almost)\s+)?"
)
# “1.2m *tonnes*”, “3m *people*”
_COUNTS = re.compile(r"\s+(?!(?:metres|meters)\b)(?:[a-zA-Z]+\s+){0,2}?(?:people|[a-zA-Z]{3,}s)\b")
# “the latter half of 2008”, “half of the year” are parts of the calendar.
_TIME_PART = re.compile(
    r"\s+(?:the\s+|an?\s+|this\s+|last\s+)?(?:\d{4}|century|day|decade|hour|month|season|term|week|year|hundred|thousand|million|billion|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_ORDERED = re.compile(
    r"\b(?:first|second|latter|last|other|final|top|bottom|northern|southern|eastern|western|better)[\s-]$", re.IGNORECASE
)
# Before four digits that count: “some 2000 soldiers”.
_NO_YEAR = re.compile(
    r"\b(?:about|almost|approximately|around|at least|estimated|exactly|fewer than|less than|more than|nearly|over|some|up to)\s$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten)|\d)\s(?:in|out\sof)\s")
_LONGEST_LEAD = 24  # characters
_DASHES = frozenset("-–—")
_YEARS = range(1500, 2101)
_MOST_WITHOUT_UNIT = 1000  # “1.5 to 3 million”: the first end of a range takes the magnitude of the second


@dataclass(frozen=True, slots=True)
class Number:
    """A number at characters ``start`` to ``end``, its signs and unit words of money and per cent included.

    ``sort`` is ``count``, ``money`` (``unit`` is an ISO 4217 code), ``percent``, ``points``, ``part`` or ``times``. ``bound`` is ``low``
    and ``high`` for the ends of a range, ``from`` and ``to`` for those of a change, ``score`` for both of “33–13”.
    ``plain`` numbers are bare digits or words.
    """

    start: int
    end: int
    value: float
    sort: str = "count"
    unit: str | None = None
    bound: str | None = None
    worded: bool = False
    plain: bool = True
    partner: tuple[int, int] | None = None  # the other end of the range


def find_numbers(text: str) -> list[Number]:
    """The numbers of a text in order."""
    lower = text.lower()
    found = [*_in_digits(text), *_in_words(text)]
    if any(part in lower for part in unit_lexicon()["parts"]):
        found += _parts(text)
    if _OUT_OF.search(lower):
        found += _ratios(text)
    if "fold" in lower:
        found += _folds(text)
    found.sort(key=lambda n: (n.start, -n.end))
    kept: list[Number] = []
    for number in found:
        if (not kept or number.start >= kept[-1].end) and not _is_year(text, number):
            kept.append(number)
    return _ranges(text, kept)


# Digits -------------------------------------------------------------------------------------


def _in_digits(text: str) -> Iterator[Number]:
    for found in _digit_pattern().finditer(text):
        value = float(re.sub(r"[,\s]", "", found["digits"]))
        if found["short"] and not found["sign"] and not _COUNTS.match(text, found.end()):
            continue  # “5m” may be metres
        value *= _scale(found["long"] or found["short"])
        number = Number(found.start(), found.end(), value, plain=not found["long"])
        if found["sign"]:
            number = replace(number, sort="money", unit=_signs()[found["sign"]], plain=False)
        yield _with_unit(text, number)


@cache
def _digit_pattern() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(_signs(), key=len, reverse=True))
    first = re.escape("".join({sign[0] for sign in _signs()}))
    long, short = "|".join(unit_lexicon()["magnitudes"]), "|".join(unit_lexicon()["short_magnitudes"])
    return re.compile(
        rf"(?=[\d{first}])(?:(?<![\w$€£])(?P<sign>{signs})\s?|{_BEFORE})(?P<digits>{_DIGITS})"
        rf"(?:[\s-]?(?P<long>{long})(?!\w)|(?P<short>{short})(?!\w))?(?:(?={_ATTACHED})|{_AFTER})"
    )


# Words --------------------------------------------------------------------------------------


def _in_words(text: str) -> Iterator[Number]:
    for found in _word_pattern().finditer(text):
        words = [w for w in re.split(r"[\s-]+", found.group().lower()) if w not in ("and", "of")]
        value = _value_of_words(words)
        if value is not None:
            yield _with_unit(text, Number(found.start(), found.end(), value, worded=True, plain=len(words) == 1))


@cache
def _word_pattern() -> re.Pattern[str]:
    small = "|".join(unit_lexicon()["numbers"])
    large = "|".join(m for m in unit_lexicon()["magnitudes"] if len(m) > 3)
    first = rf"(?:{small}|(?:half\s|quarter\sof\s)?an?(?=\s(?:{large})\b))"
    following = rf"[\s-](?:{small}|{large})\b|\sand\sa\shalf(?=\s(?:{large})\b)|(?:(?<=hundred)|(?<=thousand))\sand\s(?:{small})\b"
    return re.compile(
        rf"(?<![\w-])(?<!several\s)(?<!few\s)(?<!many\s){first}(?:{following})*(?![\w’']|-(?:thirds?|quarters?|fifths?|tenths?|way)\b)",
        re.IGNORECASE,
    )


def _value_of_words(words: Sequence[str]) -> float | None:
    """“two hundred thousand” → 200000; None for words that make no number."""
    total, current = 0.0, 0.0
    numbers, magnitudes = unit_lexicon()["numbers"], unit_lexicon()["magnitudes"]
    index = 0
    while index < len(words):
        word = words[index]
        if word in ("half", "quarter"):
            current += 0.5 if word == "half" else 0.25
        elif word in ("a", "an"):
            following = words[index + 1] if index + 1 < len(words) else ""
            current = current if current or following in ("half", "quarter") else 1.0
        elif word in numbers:
            if current and (current % 10 or numbers[word] >= 10) and current % 100:
                return None
            current += numbers[word]
        elif magnitudes[word] > 100:
            total += (current or 1) * magnitudes[word]
            current = 0
        else:
            current = (current or 1) * magnitudes[word]
        index += 1
    return total + current


def _parts(text: str) -> Iterator[Number]:
    """“half of the population”, “two-thirds of voters”, “a quarter of”."""
    parts = unit_lexicon()["parts"]
    for found in _part_pattern().finditer(text):
        times = (found["times"] or "").lower()
        if not times and found["part"].lower() != "half":
            continue
        value = parts[found["part"].lower()] * unit_lexicon()["numbers"].get(times, 1)
        if (
            value <= 100
            and not _TIME_PART.match(text, found.end())
            and not _ORDERED.search(text, max(0, found.start() - 12), found.start())
        ):
            yield Number(found.start(), found.end() - len(" of"), round(value, 2), sort="part", unit="percent", worded=True, plain=False)


@cache
def _part_pattern() -> re.Pattern[str]:
    small, parts = "|".join(unit_lexicon()["numbers"]), "|".join(unit_lexicon()["parts"])
    return re.compile(rf"\b(?:(?P<times>an?|{small})[\s-])?(?P<part>{parts})s?\s+of(?=\s)", re.IGNORECASE)


def _ratios(text: str) -> Iterator[Number]:
    """“one in five voters”, “3 out of 10 voters” as a share in percent."""
    numbers = unit_lexicon()["numbers"]
    for found in _ratio_pattern().finditer(text):
        part, whole = (float(numbers.get(found[name].lower()) or found[name]) for name in ("part", "whole"))
        if 0 < part < whole <= 10:
            yield Number(found.start(), found.end(), round(100 * part / whole, 2), sort="part", unit="percent", plain=False)


@cache
def _ratio_pattern() -> re.Pattern[str]:
    number = rf"(?:{'|'.join(unit_lexicon()['numbers'])}|\d{{1,2}})"
    return re.compile(rf"(?<![\w-])(?P<part>{number})\s(?:in|out\sof)\s(?:every\s)?(?P<whole>{number})(?=\s[a-zA-Z]+s\b)", re.IGNORECASE)


def _folds(text: str) -> Iterator[Number]:
    """“fivefold”, “10-fold”."""
    numbers = unit_lexicon()["numbers"]
    for found in re.finditer(rf"(?<![\w-])(?P<times>{'|'.join(numbers)}|\d+)-?fold\b", text, re.IGNORECASE):
        times = found["times"].lower()
        yield Number(found.start(), found.end(), float(numbers.get(times) or times), sort="times", unit="times", plain=False)


# Units that stand right after ---------------------------------------------------------------


def _with_unit(text: str, number: Number) -> Number:
    """“5 percent”, “5 percentage points”, “5 million shekels”, “5 million USD”."""
    if number.sort != "count":
        return number
    tail = text[number.end : number.end + 40]
    if found := _POINTS.match(tail):
        return replace(number, end=number.end + found.end(), sort="points", unit="percentage points", plain=False)
    if found := re.match(_PERCENT, tail):
        return replace(number, end=number.end + found.end(), sort="percent", unit="percent", plain=False)
    if found := _currency_words().match(tail):
        code = _codes()[found.group(1).lower() if found.group(1).lower() in _codes() else found.group(1).upper()]
        return replace(number, end=number.end + found.end(), sort="money", unit=code, plain=False)
    return number


@cache
def _currency_words() -> re.Pattern[str]:
    words = sorted((name for name in _codes() if name[-1].isalpha()), key=len, reverse=True)
    return re.compile(rf"[\s-]+({'|'.join(map(re.escape, words))})(?:e?s)?\b", re.IGNORECASE)


# Ranges -------------------------------------------------------------------------------------


def _ranges(text: str, numbers: Sequence[Number]) -> list[Number]:
    """Marks the two ends of “between 3 and 5”, “3 to 5”, “3–5”, and gives each what only the other tells; “3–1” is a score."""
    result = list(numbers)
    for index, (low, high) in enumerate(pairwise(numbers)):
        gap = text[low.end : high.start]
        bound = _bounds(text, gap, low, high)
        if bound is None or result[index].bound:
            continue
        low, high = _shared(text, low, high), _shared_back(low, high)
        if low.value >= high.value and bound == ("low", "high"):
            if gap.strip() not in _DASHES:
                continue
            bound = ("score", "score")
        result[index] = replace(low, bound=bound[0], partner=(high.start, high.end))
        result[index + 1] = replace(high, bound=bound[1], partner=(low.start, low.end))
    return result


def _shared_back(low: Number, high: Number) -> Number:
    """“$2–3 billion”."""
    return replace(high, sort="money", unit=low.unit, plain=False) if low.sort == "money" and high.sort == "count" else high


def _bounds(text: str, gap: str, low: Number, high: Number) -> tuple[str, str] | None:
    if not _JOINS.fullmatch(gap):
        return None
    before = text[max(0, low.start - 30) : low.start].lower()
    if gap.strip().startswith("and"):
        return ("low", "high") if re.search(r"\bbetween\s+(?:\w+\s+){0,2}$", before) else None
    if re.search(r"\bfrom\s+(?:\w+\s+){0,2}$", before) and gap.strip().startswith("to"):
        return ("from", "to")
    if gap.strip() in _DASHES and low.plain and high.plain and (high.end - high.start == 4 and low.value in _YEARS):
        return None
    return ("low", "high")


def _shared(text: str, low: Number, high: Number) -> Number:
    """“1.5 to 3 million”, “$2–3 billion”, “10 to 15 percent”: what the first end leaves unsaid."""
    if low.sort == "count" and high.sort != "count":
        low = replace(low, sort=high.sort, unit=high.unit, plain=False)
    match = _digit_pattern().match(text, high.start)
    scale = _scale(match["long"] or match["short"]) if match else _scale(_last_magnitude(text[high.start : high.end]))
    if (
        scale > 1
        and low.value < _MOST_WITHOUT_UNIT
        and low.value < high.value / scale * 10
        and not _last_magnitude(text[low.start : low.end])
    ):
        return replace(low, value=low.value * scale, plain=False)
    return low


def _last_magnitude(words: str) -> str | None:
    known = [w for w in re.split(r"[\s-]+", words.lower()) if w in unit_lexicon()["magnitudes"]]
    return known[-1] if known else None


def _is_year(text: str, number: Number) -> bool:
    """Four bare digits that may be a year; “some 2000 soldiers” and “$2000” are none."""
    if not number.plain or number.sort != "count" or number.worded or number.value not in _YEARS or number.end - number.start != 4:
        return False
    return _NO_YEAR.search(text, max(0, number.start - _LONGEST_LEAD), number.start) is None


# Data ---------------------------------------------------------------------------------------


def unit_lexicon() -> Mapping[str, Any]:
    """``lexicon/units.toml``: number words, currencies, units, and lists of nouns."""
    return word_lists("units.toml")


@cache
def _codes() -> dict[str, str]:
    """Signs, codes and small-letter names of currencies, to ISO codes."""
    return {
        (name if not name[-1].isalpha() or name.isupper() else name.lower()): code
        for code, names in unit_lexicon()["currencies"].items()
        for name in names
    }


@cache
def _signs() -> dict[str, str]:
    """What stands before a sum: signs and codes, not names."""
    return {name: code for name, code in _codes().items() if not name.islower()}


def _scale(magnitude: str | None) -> float:
    """“million” → 1000000, None → 1."""
    scales = {**unit_lexicon()["magnitudes"], **unit_lexicon()["short_magnitudes"]}
    return float(scales[magnitude.lower()]) if magnitude else 1.0
