"""Rules for expressions that count from the story's date or from the document's, and for those on no calendar."""

import re
from functools import cache

from loaders.dates.lexicon import fold, lexicon
from loaders.dates.model import Apposition, Base, Clock, DayNumber, Meaning, Named, Nowhere, Step, Unit, Weekend
from loaders.dates.rule import Part, Rule, always, rule, whole

_NEIGHBOUR = {
    "next": 1, "following": 1, "succeeding": 1, "subsequent": 1, "ensuing": 1,
    "previous": -1, "preceding": -1, "prior": -1, "same": 0,
}  # fmt: skip
_SMALLER: dict[Unit, tuple[Unit, int]] = {"week": ("day", 7), "year": ("month", 12), "decade": ("year", 10)}
_AFTER = {"after": 1, "later": 1, "before": -1, "earlier": -1, "prior": -1}
_DEICTIC = {"last": -1, "past": -1, "this": 0, "coming": 1, "next": 1}
_TODAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

# Words that place a period beside the story's date, and beside the document's; what of the period is meant.
_BESIDE = (
    r"(?:the\s+(?:very\s+)?(?P<rel>next|following|succeeding|subsequent|ensuing|previous|preceding|prior|same)"
    r"|that(?:\s+(?:very\s+)?same|\s+very)?)"
)
_NOW = r"(?P<now>last|next|this\s+past|this\s+coming|this)"
_PART = r"(?:{edge}|{the}{part})?"
_A_NAME = r"(?:(?P<season>{season})|(?P<month>{month})|(?P<weekday>{weekday})(?:\s+{part_of_day})?)"
_COUNTED = r"(?P<number>{number})(?P<half>\s+and\s+a\s+half)?"
_MORE = r"(?P<more>\s+and\s+a\s+half)?"
_HERE = r"(?:that|the|the\s+same)\s+month"


@cache
def relative_rules() -> tuple[Rule, ...]:
    """In order of preference where two rules match the same characters."""
    return (*_story_rules(), *_time_of_day_rules(), *_document_rules(), *_unplaced_rules())


def _story_rules() -> tuple[Rule, ...]:
    return (
        rule("neighbour", _PART + _BESIDE + r"\s+(?P<unit>{unit})(?!-)", whole(_neighbour), "{unit} the|that"),
        rule("named-neighbour", _PART + _BESIDE + r"\s+" + _A_NAME, whole(_named_neighbour), "{name} the|that"),
        rule(
            "unit-before",
            _PART + r"the\s+(?P<unit>{unit})\s+(?P<dir>after|before|earlier|later|prior)",
            whole(_beside),
            "{unit} after|before|earlier|later|prior",
        ),
        rule(
            "within-period",
            r"""(?:{edge}|{part}|(?:during|throughout)\s+){the}(?P<unit>day|month|year|decade|century)
            (?!\s+(?:of|before|after|earlier|later|prior|that|when|in\s+which)|-)""",
            _within,
            "{unit} {edge}|{part}|during|throughout",
        ),
        rule(
            "offset",
            r"{hedge}*(?:" + _COUNTED + r"[\s-]+|(?P<vague>{indefinite})?\s*)(?P<unit>{units})" + _MORE + r"\s+(?P<dir>{later}|{earlier})",
            whole(_offset),
            "{unit} {later_or_earlier}",
        ),
        rule(
            "day-number",
            r"(?:on|by|until|from|to|and|of|since)\s+the\s+(?P<day>{ordinal})(?P<ref>\s+of\s+" + _HERE + r"|\s+day\s+of\s+" + _HERE + r")?",
            _day_number,
            "{ordinal} the",
        ),
        rule("anniversary", r"{the}{ordinal}[\s-]+(?:year[\s-]+)?anniversary", always(Apposition()), "anniversary"),
    )


def _time_of_day_rules() -> tuple[Rule, ...]:
    return (
        rule(
            "part-of-day",
            r"""(?:(?:late|early|later|earlier)\s+)?
            (?:(?:in\s+)?the|that(?:\s+same)?|the\s+same|(?P<rel>the\s+(?:next|following|previous)))\s+
            (?:(?:early|late)\s+)?(?:morning|afternoon|evening|night)(?!\s+(?:hours\s+)?of)""",
            whole(_part_of_day),
            "morning|afternoon|evening|night",
        ),
        rule(
            "clock",
            r"""(?:[01]?\d|2[0-4])[:.][0-5]\d(?:\s?(?:[ap]\.?m\b\.?|hrs?|hours|h)|\s?{zone})+
            |(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![:\d])
            |(?:0?\d|1[0-2])\s?(?:[ap]\.m\.?|[ap]m\b)(?:\s{zone})?
            |(?:[01]\d|2[0-4])[0-5]\d\s(?:hours|hrs?|{zone})""",
            whole(_clock),
            "0",
        ),
    )


def _document_rules() -> tuple[Rule, ...]:
    return (
        rule(
            "ago", r"{hedge}*(?:" + _COUNTED + r"\s+|(?P<vague>{indefinite})\s+)?(?P<unit>{units})" + _MORE + r"\s+ago", whole(_ago), "ago"
        ),
        rule("weekday", r"(?:{part}on\s+)?(?P<weekday>{weekday})(?:\s+{part_of_day})?", whole(_weekday), "{weekday}"),
        rule(
            "deictic",
            _PART + _NOW + r"\s+(?P<unit>{unit})(?!\s+(?:of|before|after|earlier|later|prior)\b|-)",
            whole(_deictic),
            "{unit} last|next|this",
        ),
        rule("named-deictic", _PART + _NOW + r"\s+{part}?" + _A_NAME, whole(_named_deictic), "{name} last|next|this"),
        rule(
            "weekend",
            r"(?P<rel>last|next|this\s+past|this|(?<=over\s)the|(?<=at\s)the|(?<=on\s)the|(?<=during\s)the)\s+weekend",
            whole(_weekend),
            "weekend",
        ),
        rule(
            "today",
            r"(?P<after>the\s+day\s+(?:after|before)\s+)?(?P<word>today|tonight|yesterday|tomorrow)(?:\s+{part_of_day})?",
            whole(_today),
            "today|tonight|yesterday|tomorrow",
        ),
        rule(
            "part-of-today", r"this\s+(?:morning|afternoon|evening)|last\s+night", whole(_part_of_today), "morning|afternoon|evening|night"
        ),
    )


def _unplaced_rules() -> tuple[Rule, ...]:
    which = r"(?:last|past|first|next|previous|following|final|same|coming|ensuing)"
    return (
        rule(
            "duration",
            r"{hedge}*(?:(?:(?:the|its|their|his|her)\s+)?"
            + which
            + r"\s+)?(?:"
            + _COUNTED
            + r"|{indefinite})[\s-]+{units}"
            + _MORE
            + r"(?:[\s-]+long)?",
            always(Nowhere()),
            "{unit}",
        ),
        rule(
            "past-units", r"the\s+" + which + r"\s+(?:{unit_plural}|(?<=last\s){unit}|(?<=past\s){unit})", always(Nowhere()), "{unit} the"
        ),
        rule("vague", r"{vague}(?!\s+{units})", always(Nowhere()), "{vague}"),
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
    unit, count = _length(match)
    towards = word if word in ("after", "before") else ""
    if word == "on":
        return None  # "ten days on the road"
    return Step(unit, count if forwards else -count, "story", _doubt(match), towards)  # type: ignore[arg-type]  # of the two words


def _has_half(match: re.Match[str]) -> bool:
    return bool(match["half"] or match["more"])


def _doubt(match: re.Match[str]) -> str:
    """ "~" where the words before the number make it inexact."""
    before = fold(match.group()[: match.start("number") - match.start()])
    return "~" if _has_half(match) or (before and lexicon().is_one_of("inexact", before)) else ""


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
    unit, count = _length(match)
    return Step(unit, -count, "document", _doubt(match))


def _length(match: re.Match[str]) -> tuple[Unit, int]:
    """The unit and how many: weeks in days, for no calendar's week is meant; one and a half years in months."""
    unit, count = lexicon().unit(match["unit"]), lexicon().number(match["number"])
    smaller, half = _SMALLER.get(unit), _has_half(match)
    if smaller is None or not (half or unit == "week"):
        return unit, count
    return smaller[0], count * smaller[1] + (smaller[1] // 2 if half else 0)


def _weekday(match: re.Match[str]) -> Meaning:
    return Named("day", lexicon().weekday(match["weekday"]), 0, "document", bare=True)


def _deictic(match: re.Match[str]) -> Meaning | None:
    """ "last year", "early next month"; "the last week" is a length of time and "their last week" something else."""
    if match["now"].lower() != "this" and re.search(
        r"(?i)(?:\b(?:the|its|their|his|her|our|my)|['’]s)\s+$", match.string[: match.start("now")]
    ):
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
