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


def anycase(words: Iterable[str]) -> str:
    """As ``one_of``, in any case of letters."""
    return f"(?i:{one_of(words)})"


@cache
def pieces() -> dict[str, str]:
    """The parts that rules' patterns are put together from, by the name they have in ``{braces}``."""
    lex = lexicon()
    word = lex.words
    months = {case for name in lex.months for case in (name, name.upper())}
    number = anycase([*lex.numbers]) + r"(?:[\s-]" + anycase(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]) + r"(?!\w))?"
    part = anycase(word["parts"])
    boundary = anycase(word["beginnings_and_ends"])
    return {
        "month": rf"(?:{one_of(months)}\b)",
        "anymonth": rf"(?:{one_of(months)}\b|{one_of(lex.month_abbreviations)}\b\.?)",
        "weekday": rf"(?:{one_of(lex.weekdays)}\b)",
        "season": rf"(?:{anycase(lex.seasons)}\b)",
        "unit": rf"(?:{anycase(lex.units)}\b)",
        "units": rf"(?:{anycase([*lex.units, *lex.unit_plurals])}s?\b)",
        "unit_plural": rf"(?:{anycase([*(unit + 's' for unit in lex.units), *lex.unit_plurals])}\b)",
        "number": rf"(?:\d{{1,3}}|{number})",
        "ordinal": rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{anycase(lex.ordinals)})\b",
        "decade": rf"(?:{anycase(lex.decades)}\b)",
        "holiday": rf"(?:{one_of(lex.holidays)}\b)",
        "named_day": rf"(?:{one_of(lex.named_days)}\b)",
        "day": r"(?:(?<![\d.,/$€£-])(?:3[01]|[12]\d|0?[1-9])(?!\d|[.,/:]\d|\s?%)(?:\s?(?:st|nd|rd|th)\b)?)",
        "days": r"(?P<days>{day}(?:{days_joint}(?:3[01]|[12]\d|0?[1-9])(?!\d|[.,/:]\d|\s?%)(?:st\b|nd\b|rd\b|th\b)?)+)",
        "days_joint": r"(?:\s?[-–—‑/]\s?|,\s|,?\s+(?i:to|and|or|until|till|through)\s+(?:(?i:the)\s+)?)",
        "year": r"(?:(?:1\d{3}|20\d{2}|21\d{2})(?!\d|[,.:]\d|s\b))",
        "era": "(?:{before_christ}|{after_christ})",
        "dated_year": r"(?:(?P<year>{year})(?:\s+(?P<era>{era}))?|(?P<short_year>\d{1,4})\s+(?P<short_era>{era}))",
        "before_christ": rf"(?:{one_of(word['eras_before'])}(?!\w))",
        "after_christ": rf"(?:{one_of(word['eras_after'])}(?!\w))",
        "part": rf"(?:{part}(?:[\s-](?i:to|or)[\s-]{part})?[\s-]*(?:(?i:in)\s+)?(?:(?i:the)\s+)?)",
        "boundary": rf"(?:(?:(?i:the)\s+)?(?:(?i:very|latter|closing|opening)\s+)?{boundary}\s+(?i:of)\s+(?:(?i:the)\s+)?)",
        "opening": (
            r"(?:(?:(?i:the)\s+)?(?:(?i:early|late)\s+)?{part_of_day}(?:\s+(?i:hours))?\s+(?i:of)\s+)?(?P<about>{about})?"
            r"(?:{boundary}|(?:(?i:the)\s+)?{part})?(?:(?i:the)\s+)?(?:{weekday}\s*,?\s+)?(?:(?i:the)\s+)?"
        ),
        "about": rf"(?:{anycase(word['approximately'])}\s+)",
        "hedge": rf"(?:{anycase(word['hedges'])}\s+)",
        "part_of_day": rf"(?:{anycase(word['parts_of_day'])})",
        "zone": rf"(?:{one_of(word['clock_zones'])})",
        "frequency": rf"(?:{anycase(word['frequencies'])}|{anycase(['each', 'every', 'per'])}\s+(?:{anycase(['single'])}\s+)?{{unit}})",
        "vague": anycase(word["vague"]),
        "indefinite": rf"(?:{anycase(word['indefinite'])})",
        "later": anycase(word["later"]),
        "earlier": anycase(word["earlier"]),
        "dash": r"\s?[-–—‑]\s?",
        "to": r"(?:\s?[-–—‑/]\s?|\s*,?\s+(?i:to|and|or|until|till|through)\s+(?:(?i:on|in)\s+)?(?:(?i:the)\s+)?)",
        "that_year": r"(?:,?\s+(?:(?i:of|in)\s+)?(?i:(?P<which>that\s+same|that|the\s+same|the\s+following|the\s+next|the\s+previous|the\s+preceding|last|this|next))\s+(?i:year)\b(?!\s+(?i:before|after)))",
    }


def fold(words: str) -> str:
    """The words in lower case, one space between them, none around them."""
    return " ".join(words.lower().split())
