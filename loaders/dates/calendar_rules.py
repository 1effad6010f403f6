"""Rules for expressions that carry calendar words or numbers: full and partial dates, years, seasons, decades."""

import re
from dataclasses import replace
from functools import cache

from loaders.dates.lexicon import lexicon
from loaders.dates.model import Base, Calendar, Fixed, Meaning, Nowhere, Stretch, Unit
from loaders.dates.rule import Part, Rule, always, rule, whole

_OLD_CENTURIES = ("1500", "1600", "1700", "1800")  # "the 1800s" are a century, "the 1900s" mostly a decade
_THIS_CENTURY = 30  # "'30" is 2030 and "'31" is 1931
_HALVES = {"first": 1, "former": 1, "second": 7, "latter": 7, "last": 7}
_NUMBER = re.compile(r"\d+")


@cache
def calendar_rules() -> tuple[Rule, ...]:
    """In order of preference where two rules match the same characters."""
    return (*_several_dates_rules(), *_date_rules(), *_season_rules(), *_year_rules(), *_repeated_rules())


def _date_rules() -> tuple[Rule, ...]:
    day_of = r"(?:(?P<day>{day})[\s-]+(?:(?:day\s+)?of\s+)?|(?P<nth>{ordinal})\s+(?:day\s+)?of\s+)"
    return (
        rule(
            "iso-date",
            r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[T\s]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?",
            whole(_iso),
            "0000-00-00",
        ),
        rule("numeric-date", r"(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})", whole(_numeric), "0000"),
        rule("named-day", r"{named_day}", whole(_named_day), "{named_day}"),
        rule("holiday", r"{opening}(?P<holiday>{holiday})(?:,?\s+{of}{dated_year})?", whole(_holiday), "{holiday}"),
        rule("day-month-year", r"{opening}" + day_of + r"(?P<month>{anymonth})(?:,?\s+|-){of}{dated_year}", whole(_dated), "0 {anymonth}"),
        rule(
            "month-day-year",
            r"{opening}(?P<month>{anymonth})\s+{the}(?P<day>{day})\s*(?:,\s*|\s){of}{dated_year}",
            whole(_dated),
            "0 {anymonth}",
        ),
        rule("day-month", r"{opening}" + day_of + r"(?P<month>{anymonth}){that_year}?", whole(_dated), "{anymonth} {ordinal}"),
        rule("month-day", r"{opening}(?P<month>{anymonth})\s+{the}(?P<day>{day}){that_year}?", whole(_dated), "0 {anymonth}"),
        rule("month-year", r"{opening}(?P<month>{anymonth})(?:\s*,\s*|\s+{of}|-){dated_year}", whole(_dated), "0 {anymonth}"),
        rule("month", r"{opening}(?P<month>{month}){that_year}?", whole(_dated), "{month}"),
    )


def _several_dates_rules() -> tuple[Rule, ...]:
    return (
        rule("days-of-month", r"{days}\s+{of}(?P<month>{anymonth})(?:,?\s+{dated_year})?", _days_then_month, "0 {anymonth}"),
        rule("month-days", r"(?P<month>{anymonth})\s+{days}(?:,?\s+{dated_year})?(?!\s*{of}{anymonth})", _month_then_days, "0 {anymonth}"),
        rule("years-range", r"(?P<first>{year})(?:{dash}|/)(?P<second>{year}|\d{2}(?!\d|[,.]\d))(?!{dash}\d)", _years_range, "0000"),
        rule(
            "era-range",
            r"(?P<first>\d{1,4})(?:{dash}|\s+(?:to|and|or|until)\s+)(?P<second>\d{1,4})\s+(?P<era>{era})",
            _era_range,
            "0 {era}",
        ),
        rule(
            "centuries",
            r"""{the}{part}?(?P<first>{ordinal})\s*(?:{dash}|\s+(?:and|to|or)\s+){the}{part}?
            (?P<second>{ordinal})[\s-](?:centuries|century)(?:\s+(?P<era>{era}))?""",
            _centuries,
            "centur",
        ),
    )


def _season_rules() -> tuple[Rule, ...]:
    of_year = r"(?:\s+of\s+(?P<year>{year})|{that_year}|\s+of\s+(?P<own>the\s+year))"
    return (
        rule(
            "season-year", r"{opening}(?P<season>{season})(?:,|\s+of)?\s+{dated_year}(?:(?:{dash}|/)\d{2,4})?", whole(_dated), "{season} 0"
        ),
        rule(
            "year-season",
            r"(?P<year>{year})[\s-]+(?P<season>{season})(?!\s+(?:of|olympics?|games|paralympics)\b)",
            whole(_dated),
            "{season} 0000",
        ),
        rule("season", r"{opening}(?P<season>{season}){that_year}?", whole(_dated), "{season}"),
        rule("half-year", r"{the}(?P<half>first|second|latter|former|last)[\s-]+half" + of_year, whole(_half), "half"),
        rule("quarter", r"{the}(?P<quarter>{ordinal})\s+quarter" + of_year, whole(_quarter), "quarter"),
    )


def _year_rules() -> tuple[Rule, ...]:
    return (
        rule(
            "era-year",
            r"{opening}(?:(?P<number>\d{1,4})\s+(?P<era>{era})|(?P<before>{after_christ})\s+(?P<later>\d{1,4}))",
            whole(_era_year),
            "0 {era}",
        ),
        rule(
            "short-year",
            r"(?:after|before|between|by|during|from|in|of|since|to|until)\s+{about}?{part}?(?P<number>[1-9]\d{2})",
            _short_year,
            "000",
        ),
        rule(
            "short-year-part",
            r"{opening}(?:(?P<season>{season})(?:\s+of)?|(?P<month>{month}))\s(?P<year>[1-9]\d{2})(?![,.]\d)",
            whole(_short_dated),
            "000 {season}|{month}",
        ),
        rule("year", r"{opening}(?P<year>{year})", whole(_dated), "0000"),
        rule("decade", r"{opening}(?P<decade>1\d{2}0|20\d0)[’']?s", whole(_decade), "0000s|0000's|0000’s"),
        rule(
            "short-decade",
            r"""(?:(?:and|or|to)\s+)?
            (?P<span>(?:the\s+{part}?|{part}|(?<=and\s)|(?<=or\s)|(?<=to\s))[’'‘]?(?P<digit>[1-9])0[’']?s)""",
            _short_decade,
            "00s|00's|00’s",
        ),
        rule("decade-in-words", r"the\s+{part}?(?:nineteen[\s-])?(?P<word>{decade})", whole(_decade_in_words), "{decade}"),
        rule("century", r"{opening}(?P<first>{ordinal})[\s-]century(?:\s+(?P<era>{era}))?", whole(_century), "century"),
    )


def _repeated_rules() -> tuple[Rule, ...]:
    return (
        rule("weekdays", r"(?:(?:on|every|each)\s+){1,2}{weekday_or_plural}", _weekdays, "{weekday}"),
        rule("frequency", r"{frequency}", always(Nowhere()), "{frequency}"),
    )


# Full and partial dates ---------------------------------------------------------------------


def _dated(match: re.Match[str]) -> Calendar | None:
    """A date of any of the parts: day, month, season, year."""
    part = match.groupdict()
    lex = lexicon()
    day = _day(part)
    if day is not None and day > 31:
        return None
    month = lex.month(part["month"]) if part.get("month") else None
    season = lex.season(part["season"]) if part.get("season") else None
    unit: Unit = "day" if day else "month" if month else "season" if season else "year"
    return Calendar(_year(part), month, day, season, unit, "~" if part.get("about") else "", _year_of(part.get("which")))


def _day(part: dict[str, str | None]) -> int | None:
    """The number of "5", "5th", "fifth of"."""
    if nth := part.get("nth"):
        return lexicon().ordinal(nth)
    digits = _NUMBER.match(part.get("day") or "")
    return int(digits.group()) if digits else None


def _year(part: dict[str, str | None]) -> int | None:
    """The astronomical year of the pieces that ``{dated_year}`` names; "May '68" leaves the century out."""
    if digits := part.get("last_digits"):
        return int(digits) + (2000 if int(digits) <= _THIS_CENTURY else 1900)
    number, era = part.get("year") or part.get("short_year"), part.get("era") or part.get("short_era")
    return None if number is None else _astronomical(int(number), era)


def _astronomical(number: int, era: str | None) -> int:
    return 1 - number if era and lexicon().is_one_of("eras_before", era) else number


def _year_of(words: str | None) -> tuple[Base, int] | None:
    """Which year "of the following year" and its like mean, as steps from the story's or the document's."""
    if words is None:
        return None
    last = words.lower().split()[-1]
    if words.lower() in ("last", "this", "next"):
        return "document", {"last": -1, "this": 0, "next": 1}[last]
    return "story", {"following": 1, "next": 1, "previous": -1, "preceding": -1}.get(last, 0)


def _iso(match: re.Match[str]) -> Meaning | None:
    year, month, day = (int(match.group(name)) for name in "ymd")
    return Calendar(year, month, day, unit="day") if 1 <= month <= 12 and 1 <= day <= 31 else None


def _numeric(match: re.Match[str]) -> Meaning | None:
    """Day first with full stops, as in continental Europe; with slashes only where one number is no month."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return None
    if second > 12:
        first, second = second, first
    elif match["sep"] == "/" and first <= 12 and first != second:
        return Fixed(str(year), f"{match.group()} can be read as two days")
    return Calendar(year, second, first, unit="day")


def _named_day(match: re.Match[str]) -> Meaning:
    return Fixed(lexicon().named_days[match.group()])


def _holiday(match: re.Match[str]) -> Meaning:
    month, day = lexicon().holidays[re.sub(r"\s+", " ", match["holiday"])]
    return Calendar(_year(match.groupdict()), month, day, unit="day")


# Several dates in one expression ------------------------------------------------------------


def _days(match: re.Match[str], last_end: int | None = None, first_start: int | None = None) -> list[Part]:
    """One part for each day number; the first or the last carries the month's words with it."""
    part = match.groupdict()
    month, year = lexicon().month(match["month"]), _year(part)
    numbers = list(_NUMBER.finditer(match.string, match.start("days"), match.end("days")))
    days = [int(m.group()) for m in numbers]
    if days != sorted(set(days)) or not all(1 <= day <= 31 for day in days):
        return []
    parts: list[Part] = [(m.start(), m.end(), Calendar(year, month, day, unit="day")) for m, day in zip(numbers, days, strict=True)]
    if first_start is not None:
        parts[0] = (first_start, parts[0][1], parts[0][2])
    if last_end is not None:
        parts[-1] = (parts[-1][0], last_end, parts[-1][2])
    return parts


def _days_then_month(match: re.Match[str]) -> list[Part]:
    return _days(match, last_end=match.end())


def _month_then_days(match: re.Match[str]) -> list[Part]:
    return _days(match, last_end=match.end(), first_start=match.start())


def _years_range(match: re.Match[str]) -> list[Part]:
    """ "1980–1988", "2015/16": two expressions."""
    first, second = int(match["first"]), int(match["second"])
    if second < 100:
        second += first - first % 100
    if second <= first:
        return []
    return [(*match.span("first"), Calendar(first)), (*match.span("second"), Calendar(second))]


def _era_range(match: re.Match[str]) -> list[Part]:
    first, second = (_astronomical(int(match[name]), match["era"]) for name in ("first", "second"))
    if second <= first:
        return []
    return [(*match.span("first"), Calendar(first)), (match.start("second"), match.end(), Calendar(second))]


# Years, decades, centuries ------------------------------------------------------------------


def _era_year(match: re.Match[str]) -> Meaning:
    about = "~" if match["about"] else ""
    return Calendar(_astronomical(int(match["number"] or match["later"]), match["era"]), doubt=about)


def _short_year(match: re.Match[str]) -> list[Part]:
    return [(*match.span("number"), Calendar(int(match["number"]), short=True))]


def _short_dated(match: re.Match[str]) -> Meaning | None:
    """ "the spring of 480", in a text on years BC."""
    dated = _dated(match)
    return replace(dated, short=True) if dated else None


def _decade(match: re.Match[str]) -> Meaning:
    year = int(match["decade"])
    if match["decade"] in _OLD_CENTURIES:
        return Calendar(year, unit="century")
    since = re.search(r"(?i)\b(?:from|since)\s+(?:the\s+)?$", match.string[: match.start()])
    if since and re.match(r"(?i)(?:the\s+)?early\b", match.group()):
        return Calendar(year, doubt="~")  # "from the early 2000s": where it begins
    return Calendar(year, unit="decade")


def _short_decade(match: re.Match[str]) -> list[Part]:
    return [(match.start("span"), match.end(), Calendar(1900 + 10 * int(match["digit"]), unit="decade"))]


def _decade_in_words(match: re.Match[str]) -> Meaning:
    return Calendar(1900 + lexicon().decades[match["word"].lower()], unit="decade")


def _centuries(match: re.Match[str]) -> list[Part]:
    first, second = (_century_start(lexicon().ordinal(match[name]), match["era"]) for name in ("first", "second"))
    return [
        (*match.span("first"), Calendar(first, unit="century")),
        (match.start("second"), match.end(), Calendar(second, unit="century")),
    ]


def _century(match: re.Match[str]) -> Meaning | None:
    return Calendar(_century_start(lexicon().ordinal(match["first"]), match["era"]), unit="century")


def _century_start(number: int, era: str | None) -> int:
    """The first year of EDTF's century: 1900 for the 20th; -499 for the 5th BC, which EDTF writes -04XX."""
    return 1 - 100 * number if era and lexicon().is_one_of("eras_before", era) else 100 * (number - 1)


def _half(match: re.Match[str]) -> Meaning:
    first = _HALVES[match["half"].lower()]
    return _stretch(match, first, first + 5)


def _quarter(match: re.Match[str]) -> Meaning | None:
    number = lexicon().ordinal(match["quarter"])
    return _stretch(match, 3 * number - 2, 3 * number) if number <= 4 else None


def _stretch(match: re.Match[str], first: int, last: int) -> Stretch:
    year = int(match["year"]) if match["year"] else None
    return Stretch(year, first, last, ("story", 0) if match["own"] else _year_of(match["which"]))


def _weekdays(match: re.Match[str]) -> list[Part]:
    """ "on Fridays", "every Friday": no one day; "on Friday" is left to another rule."""
    plural, each = match.group().endswith("days"), re.search(r"(?i)\b(?:every|each)\b", match.group())
    return [(*match.span(), Nowhere())] if plural or each else []
