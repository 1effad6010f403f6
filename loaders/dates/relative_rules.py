"""Rules for expressions that count from the story's date or from the document's, and for those on no calendar."""

import re
from functools import cache

from loaders.dates.lexicon import fold, lexicon
from loaders.dates.model import Apposition, Base, Clock, DayNumber, Meaning, Named, Nowhere, Step, Unit, Weekend
from loaders.dates.rule import Part, Rule, always, rule, whole

_NEIGHBOUR = {"next": 1, "following": 1, "succeeding": 1, "subsequent": 1, "ensuing": 1, "previous": -1, "preceding": -1, "prior": -1, "same": 0, "very": 0}
_AFTER = {"after": 1, "later": 1, "before": -1, "earlier": -1, "prior": -1, "previously": -1}
_DEICTIC = {"last": -1, "past": -1, "this": 0, "coming": 1, "next": 1}
_TODAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

# Words that place a period beside the story's date, and beside the document's.
_BESIDE = r"(?i:(?:the\s+)(?:very\s+)?(?P<rel>next|following|succeeding|subsequent|ensuing|previous|preceding|prior|same)|(?P<that>that(?:\s+(?:very\s+)?same|\s+very)?))"
_NOW = r"(?i:(?P<now>last|next|this\s+past|this\s+coming|this))"
_PART = r"(?:(?:{boundary}|(?:(?i:the)\s+)?{part}))?"


@cache
def relative_rules() -> tuple[Rule, ...]:
    """In order of preference where two rules match the same characters."""
    return (
        rule("neighbour", rf"{_PART}{_BESIDE}\s+(?P<unit>{{unit}})(?!-)", whole(_neighbour)),
        rule("year-before", rf"{_PART}(?i:the)\s+(?P<unit>{{unit}})\s+(?P<dir>(?i:after|before|earlier|later|prior))", whole(_beside)),
        rule("named-neighbour", rf"{_PART}{_BESIDE}\s+(?:(?P<season>{{season}})|(?P<month>{{month}})|(?P<weekday>{{weekday}}))", whole(_named_neighbour)),
        rule("within-period", r"(?:{boundary}|{part}|(?i:during|throughout)\s+)(?:(?i:the)\s+)?(?P<unit>(?i:day|month|year|decade|century))(?!\s+(?i:of|before|after|earlier|later|prior|that|when|in\s+which)|-)", _within),
        rule("offset", r"{hedge}*(?:(?P<number>{number})(?:\s+(?i:and\s+a\s+half))?[\s-]+|(?P<vague>{indefinite})?\s*)(?P<unit>{units})\s+(?P<dir>{later}|{earlier})", whole(_offset)),
        rule("ago", r"{hedge}*(?:(?P<number>{number})\s+|(?P<vague>{indefinite})\s+)?(?P<unit>{units})\s+(?i:ago)", whole(_ago)),
        rule("weekday", r"(?:{part}(?i:on)\s+)?(?P<weekday>{weekday})(?:\s+{part_of_day})?", whole(_weekday)),
        rule("deictic", rf"{_PART}{_NOW}\s+(?P<unit>{{unit}})(?!\s+(?i:of|before|after|earlier|later|prior)\b|-)", whole(_deictic)),
        rule("named-deictic", rf"{_PART}{_NOW}\s+{{part}}?(?:(?P<season>{{season}})|(?P<month>{{month}})|(?P<weekday>{{weekday}})(?:\s+{{part_of_day}})?)", whole(_named_deictic)),
        rule("weekend", r"(?i:(?P<rel>last|next|this\s+past|this|(?<=over\s)the|(?<=at\s)the|(?<=on\s)the|(?<=during\s)the)\s+weekend)", whole(_weekend)),
        rule("today", r"(?i:(?P<after>the\s+day\s+(?:after|before)\s+)?(?P<word>today|tonight|yesterday|tomorrow)(?:\s+{part_of_day})?)", whole(_today)),
        rule("part-of-today", r"(?i:this\s+(?:morning|afternoon|evening)|last\s+night)", whole(_part_of_today)),
        rule("part-of-day", r"(?i:(?:late\s+|early\s+|later\s+|earlier\s+)?(?:in\s+the|the|that|the\s+same|that\s+same|(?P<rel>the\s+(?:next|following|previous)))\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night))(?!\s+(?i:(?:hours\s+)?of))", whole(_part_of_day)),
        rule("clock", r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:\s?(?i:a\.?m\b\.?|p\.?m\b\.?|hrs?|hours|h)|\s?{zone})+|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![:\d])|(?:0?\d|1[0-2])\s?(?:a\.m\.?|p\.m\.?|AM|PM|am\b|pm\b)(?:\s{zone})?|(?:[01]\d|2[0-4])[0-5]\d\s(?:(?i:hours|hrs?)|{zone})", whole(_clock)),
        rule("day-number", r"(?:(?i:on|by|until|from|to|and|of|since)\s+)(?i:the\s+)(?P<day>{ordinal})(?P<ref>\s+(?i:of\s+(?:that|the|the\s+same)\s+month|day\s+of\s+(?:that|the|the\s+same)\s+month))?", _day_number),
        rule("anniversary", r"(?i:the\s+)?(?:{ordinal})[\s-]+(?:(?i:year)[\s-]+)?(?i:anniversary)", always(Apposition())),
        rule("duration", r"{hedge}*(?:(?:(?i:the|its|their|his|her)\s+)?(?i:last|past|first|next|previous|following|final|same|coming)\s+)?(?:{number}(?:\s+(?i:and\s+a\s+half))?|(?P<vague>{indefinite}))[\s-]+{units}(?:[\s-]+(?i:long))?", always(Nowhere())),
        rule("past-units", r"(?i:the\s+)(?i:last|past|next|coming|previous|following|ensuing|first|final)\s+(?:{unit_plural}|(?<=last\s){unit}|(?<=past\s){unit})", always(Nowhere())),
        rule("vague", r"{vague}(?!\s+{units})", always(Nowhere())),
    )


# From the story's date ----------------------------------------------------------------------


def _direction(match: re.Match[str]) -> int:
    return _NEIGHBOUR[match["rel"].lower()] if match["rel"] else 0


def _neighbour(match: re.Match[str]) -> Meaning:
    """ "the next day", "that same year", "the end of the previous month" """
    return Step(lexicon().unit(match["unit"]), _direction(match), "story")


def _beside(match: re.Match[str]) -> Meaning:
    """ "the year before", "the day after Obama's speech" """
    count = _AFTER[match["dir"].lower()]
    return Step(lexicon().unit(match["unit"]), count, "story", towards="after" if count > 0 else "before", definite=True)


def _named_neighbour(match: re.Match[str]) -> Meaning:
    return _named(match, _direction(match), "story")


def _named(match: re.Match[str], direction: int, base: Base) -> Named:
    lex = lexicon()
    if match["season"]:
        return Named("season", lex.season(match["season"]), direction, base)
    if match["month"]:
        return Named("month", lex.month(match["month"]), direction, base)
    return Named("day", lex.weekday(match["weekday"]), direction, base)


def _within(match: re.Match[str]) -> list[Part]:
    """ "the end of the year", "later in the month": the span leaves "during" out."""
    start = match.start() + len(re.match(r"(?i)(?:during\s+|throughout\s+)?", match.group()).group())  # type: ignore[union-attr]  # all is optional
    return [(start, match.end(), Step(lexicon().unit(match["unit"]), 0, "story"))]


def _offset(match: re.Match[str]) -> Meaning | None:
    """ "two months later", "a year before"; of "three days after the vote" what stands before "the vote"."""
    word = fold(match["dir"])
    forwards = lexicon().is_one_of("later", word)
    if not match["number"]:
        return Nowhere() if word != "on" and (match["vague"] or match["unit"].lower().endswith("s")) else None
    unit, count = _countable(lexicon().unit(match["unit"]), lexicon().number(match["number"]))
    towards = word if word in ("after", "before") else ""
    if word == "on":
        return None  # "ten days on the road"
    return Step(unit, count if forwards else -count, "story", _doubt(match), towards)  # type: ignore[arg-type]  # of the two words


def _doubt(match: re.Match[str]) -> str:
    """ "~" where the words before the number make it inexact."""
    before = fold(match.group()[: match.start("number") - match.start()])
    return "~" if before and lexicon().is_one_of("inexact", before) else ""


def _day_number(match: re.Match[str]) -> list[Part]:
    day = lexicon().ordinal(match["day"])
    if day > 31 or not (match["ref"] or match["day"][0].isdigit()):
        return []
    return [(match.start("day") - len("the "), match.end(), DayNumber(day))]


def _part_of_day(match: re.Match[str]) -> Meaning:
    rel = fold(match["rel"] or "")
    return Step("day", {"the next": 1, "the following": 1, "the previous": -1}.get(rel, 0), "story")


def _clock(match: re.Match[str]) -> Meaning | None:
    """A bare "19:15" needs a word of time before it, or it may be a score."""
    marked = not re.fullmatch(r"[\d:]+", match.group())
    before = match.string[: match.start()].rstrip().rsplit(None, 1)[-1:]
    placed = bool(before) and before[0].lower() in ("about", "after", "around", "at", "before", "between", "by", "from", "to", "until")
    return Clock() if marked or placed else None


# From the document's date -------------------------------------------------------------------


def _ago(match: re.Match[str]) -> Meaning:
    if not match["number"]:
        return Nowhere()
    unit, count = _countable(lexicon().unit(match["unit"]), lexicon().number(match["number"]))
    return Step(unit, -count, "document", _doubt(match))


def _countable(unit: Unit, count: int) -> tuple[Unit, int]:
    """So many weeks are so many days: the day counts, not the calendar's week."""
    return ("day", 7 * count) if unit == "week" else (unit, count)


def _weekday(match: re.Match[str]) -> Meaning:
    return Named("day", lexicon().weekday(match["weekday"]), 0, "document", bare=True)


def _deictic(match: re.Match[str]) -> Meaning | None:
    """ "last year", "early next month"; "the last week" is a length of time and "their last week" something else."""
    if match["now"].lower() != "this" and re.search(r"(?i)(?:\b(?:the|its|their|his|her|our|my)|['’]s)\s+$", match.string[: match.start("now")]):
        return None
    return Step(lexicon().unit(match["unit"]), _DEICTIC[match["now"].lower().split()[-1]], "document")


def _named_deictic(match: re.Match[str]) -> Meaning | None:
    if re.search(r"(?i)\b(?:the|its|their|his|her)\s+$", match.string[: match.start("now")]):
        return None
    return _named(match, _DEICTIC[match["now"].lower().split()[-1]], "document")


def _weekend(match: re.Match[str]) -> Meaning:
    words = match["rel"].lower().split()
    return Weekend({"last": -1, "next": 1}.get(words[0], 0))


def _today(match: re.Match[str]) -> Meaning:
    count = _TODAY[match["word"].lower()]
    if match["after"]:
        count += 1 if "after" in match["after"].lower() else -1
    return Step("day", count, "document", coarse=True)


def _part_of_today(match: re.Match[str]) -> Meaning:
    return Step("day", -1 if match.group().lower().startswith("last") else 0, "document")
