"""The words of date expressions, read once from ``lexicon/dates.toml``, and the patterns made of them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from loaders.dates.model import Unit

LEXICON = Path(__file__).parent.parent / "lexicon" / "dates.toml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The file's tables. Keys are as written; ``month`` and the like also take other cases."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, Unit]
    unit_plurals: dict[str, Unit]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    holidays: dict[str, list[int]]
    named_days: dict[str, str]
    words: dict[str, list[str]]

    def month(self, word: str) -> int:
        """The number of a month by its name or abbreviation."""
        name = word.rstrip(".").capitalize()
        return self.months.get(name) or self.month_abbreviations[name]

    def weekday(self, word: str) -> int:
        """0 for Monday."""
        return self.weekdays[word.capitalize()]

    def season(self, word: str) -> int:
        """21 for spring."""
        return self.seasons[word.lower()]

    def unit(self, word: str) -> Unit:
        """The unit of "day", "days", "centuries"."""
        word = word.lower()
        return self.unit_plurals.get(word) or self.units[word if word in self.units else word.removesuffix("s")]

    def number(self, word: str) -> int:
        """The number of "12", "twelve", "twenty-four"."""
        word = word.lower()
        if word.isdecimal():
            return int(word)
        return sum(self.numbers[part] for part in re.split(r"[\s-]", word))

    def ordinal(self, word: str) -> int:
        """The number of "5th", "fifth"."""
        digits = re.match(r"\d+", word)
        return int(digits.group()) if digits else self.ordinals[word.lower()]

    def is_one_of(self, kind: str, word: str) -> bool:
        """Whether the word is in one of the lists of ``[words]``."""
        return word.lower() in {listed.lower() for listed in self.words[kind]}


@cache
def lexicon() -> Lexicon:
    """The lexicon, read when first asked for."""
    tables = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return Lexicon(**cast(dict[str, dict[str, int]], tables))  # type: ignore[arg-type]  # the file's shape is tested


def one_of(words: Iterable[str]) -> str:
    """An alternation of the words as they are, longest first; a space stands for any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def exactly(words: Iterable[str]) -> str:
    """As ``one_of``, in the case of letters given, whatever that of the pattern around it."""
    return f"(?-i:{one_of(words)})"


@cache
def pieces() -> dict[str, str]:
    """The parts that rules' patterns are put together from, by the name they have in ``{braces}``. All ignore case but names."""
    return {**_name_pieces(), **_number_pieces(), **_word_pieces()}


def _name_pieces() -> dict[str, str]:
    lex = lexicon()
    months = exactly(case for name in lex.months for case in (name, name.upper()))
    return {
        "month": rf"(?:{months}\b)",
        "anymonth": rf"(?:{months}\b|{exactly(lex.month_abbreviations)}\b\.?)",
        "weekday": rf"(?:{exactly(lex.weekdays)}\b)",
        "weekday_or_plural": rf"(?:{exactly(lex.weekdays)}s?\b)",
        "holiday": rf"(?:{exactly(lex.holidays)}\b)",
        "named_day": rf"(?:{exactly(lex.named_days)}\b)",
        "before_christ": rf"(?:{exactly(lex.words['eras_before'])}(?!\w))",
        "after_christ": rf"(?:{exactly(lex.words['eras_after'])}(?!\w))",
        "era": "(?:{before_christ}|{after_christ})",
        "zone": exactly(lex.words["clock_zones"]),
    }


def _number_pieces() -> dict[str, str]:
    lex = lexicon()
    digits = one_of(word for word, number in lex.numbers.items() if 1 <= number <= 9 and len(word) > 2)
    day = r"(?:3[01]|[12]\d|0?[1-9])"
    nth = r"(?:\s?(?:st|nd|rd|th)\b)?"
    alone = r"(?<![\d.,/$€£-])"  # not the end of a larger number
    return {
        "number": rf"(?:\d{{1,3}}|{one_of(lex.numbers)}(?:[\s-]{digits}(?!\w))?)",
        "ordinal": rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{one_of(lex.ordinals)})\b",
        "day": rf"(?:{alone}{day}(?!\d|[.,/:]\d|\s?%){nth})",
        "days": rf"(?P<days>{alone}{day}(?!\d|[.,:]\d|\s?%){nth}(?:{{days_joint}}{day}(?!\d|[.,/:]\d|\s?%){nth})+)",
        "days_joint": r"(?:\s?[-–—‑/]\s?|,\s|,?\s+(?:to|and|or|until|till|through)\s+{the})",
        "year": r"(?:(?:1\d{3}|20\d{2}|21\d{2})(?!\d|[,.:]\d|s\b|\s?%))",
        "dated_year": (
            r"(?:(?P<year>{year})(?:\s+(?P<era>{era}))?|(?P<short_year>\d{1,4})\s+(?P<short_era>{era})"
            r"|[’'‘](?P<last_digits>\d{2})(?!\w))"
        ),
        "that_year": (
            r"(?:,?\s+(?:(?:of|in)\s+)?(?P<which>that\s+same|that|the\s+same|the\s+following|the\s+next|the\s+previous|the\s+preceding"
            r"|last|this|next)\s+year\b(?!\s+(?:before|after)))"
        ),
        "decade": rf"(?:{one_of(lex.decades)}\b)",
        "season": rf"(?:{one_of(lex.seasons)}\b)",
        "unit": rf"(?:{one_of(lex.units)}\b)",
        "units": rf"(?:{one_of([*lex.units, *lex.unit_plurals])}s?\b)",
        "unit_plural": rf"(?:{one_of([*(unit + 's' for unit in lex.units), *lex.unit_plurals])}\b)",
    }


def _word_pieces() -> dict[str, str]:
    words = lexicon().words
    part, edge = one_of(words["parts"]), one_of(words["beginnings_and_ends"])
    return {
        "the": r"(?:the\s+)?",
        "of": r"(?:of\s+)?",
        "dash": r"\s?[-–—‑]\s?",
        # "early ", "mid-", "late in the "
        "part": rf"(?:{part}(?:[\s-](?:to|or)[\s-]{part})?[\s-]*(?:in\s+)?{{the}})",
        # "the very end of the "
        "edge": rf"(?:{{the}}(?:(?:very|latter|closing|opening)\s+)?{edge}\s+of\s+{{the}})",
        "part_of_day": one_of(words["parts_of_day"]),
        "about": rf"(?:{one_of(words['approximately'])}\s+)",
        # All that may stand before a date and belong to it: "the night of Sunday, ", "around the end of "
        "opening": (
            r"(?:{the}(?:(?:early|late)\s+)?{part_of_day}(?:\s+hours)?\s+of\s+)?(?P<about>{about})?"
            r"(?:{edge}|{the}{part})?{the}(?:{weekday}\s*,?\s+)?{the}"
        ),
        "hedge": rf"(?:{one_of(words['hedges'])}\s+(?!(?:the|its|his|her|their)\s))",
        "indefinite": one_of(words["indefinite"]),
        "later": one_of(words["later"]),
        "earlier": one_of(words["earlier"]),
        "frequency": rf"(?:{one_of(words['frequencies'])}|(?:each|every|per)\s+(?:single\s+)?{{unit}})",
        "vague": one_of(words["vague"]),
    }


@cache
def cues() -> dict[str, tuple[str, ...]]:
    """What must stand in a text that some pieces match in: of each of their words the longest part without white space."""
    lex, words = lexicon(), lexicon().words
    unit = _longest_parts([*lex.units, *lex.unit_plurals])
    season, weekday, month = _longest_parts(lex.seasons), _longest_parts(lex.weekdays), _longest_parts(lex.months)
    return {
        "unit": unit,
        "season": season,
        "weekday": weekday,
        "month": month,
        "anymonth": _longest_parts([*lex.months, *lex.month_abbreviations]),
        "name": (*season, *weekday, *month),
        "ordinal": ("0", *_longest_parts(lex.ordinals)),
        "decade": _longest_parts(lex.decades),
        "holiday": _longest_parts(lex.holidays),
        "named_day": _longest_parts(lex.named_days),
        "era": _longest_parts([*words["eras_before"], *words["eras_after"]]),
        "edge": _longest_parts(words["beginnings_and_ends"]),
        "part": _longest_parts(words["parts"]),
        "part_of_day": _longest_parts(words["parts_of_day"]),
        "later_or_earlier": _longest_parts([*words["later"], *words["earlier"]]),
        "frequency": _longest_parts([*words["frequencies"], "each", "every", "per"]),
        "vague": _longest_parts(words["vague"]),
    }


def _longest_parts(words: Iterable[str]) -> tuple[str, ...]:
    """Without those that another one of them is part of."""
    parts = {max(re.sub(r"\d", "0", word.lower()).split(), key=len) for word in words}
    return tuple(sorted(part for part in parts if not any(other in part for other in parts - {part})))


def fold(words: str) -> str:
    """The words in lower case, one space between them, none around them."""
    return " ".join(words.lower().split())
