"""Finding: every rule over a paragraph, the longest of what overlaps, and dates that lend each other a year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from loaders.dates.calendar_rules import calendar_rules
from loaders.dates.guards import guard
from loaders.dates.model import Calendar, Clock, Meaning, Mention
from loaders.dates.relative_rules import relative_rules
from loaders.dates.rule import Cue, Rule, folded
from loaders.parsed import Doc

# Between two dates of one range or list: "April to June 1968", "August/September 1956", "the spring and summer of 1979".
_JOINT = re.compile(
    r"\s*(?:[-–—‑/,]|,?\s(?:to|and|or|until|till|through|as well as))\s*(?:(?:in|on|the|early|late|mid)[\s-])*", re.IGNORECASE
)
_ARTICLE = re.compile(r"[Tt]he\s+(?=\d|[A-Z])")
_BARE_WITH_ARTICLE = ("month", "month-day", "month-day-year", "month-year", "year")
_COMMA = re.compile(r",?\s+")
_STOP = re.compile(r"(?<=[a-z]{4}[.;])\s+")  # what an expression abbreviates is shorter: "Sept."


def find_mentions(doc: Doc) -> list[Mention]:
    """The expressions of a paragraph in order, none overlapping another."""
    text = doc.text
    candidates = []
    for start, end in _stretches(text):
        for order, rule in _rules_for(text[start:end]):
            for found in rule.mentions(text, start, end):
                mention = guard(doc, found)
                if mention is not None:
                    mention = _without_article(text, mention)
                    candidates.append((mention.start, mention.start - mention.end, order, mention))
    chosen: list[Mention] = []
    for *_, mention in sorted(candidates, key=lambda candidate: candidate[:3]):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return lend_years(text, _join_clocks(text, chosen))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The text in stretches that no expression crosses: mostly its sentences."""
    start = 0
    for stop in _STOP.finditer(text):
        yield start, stop.start()
        start = stop.end()
    yield start, len(text)


def _rules_for(stretch: str) -> list[tuple[int, Rule]]:
    """The rules whose cues stand in a stretch, each with its place among all rules."""
    letters = folded(stretch)
    return [
        found for cue, rules in _rules_by_cue().items() if _stands(cue, letters)
        for found in rules if all(_stands(other, letters) for other in found[1].cues[1:])
    ]  # fmt: skip


def _stands(cue: Cue, letters: str) -> bool:
    for part in cue:  # noqa: SIM110  # a generator would cost more than what it asks
        if part in letters:
            return True
    return False


@cache
def _rules_by_cue() -> dict[Cue, list[tuple[int, Rule]]]:
    """All rules by the first of their cues."""
    index: dict[Cue, list[tuple[int, Rule]]] = {}
    for order, rule in enumerate((*calendar_rules(), *relative_rules())):
        index.setdefault(rule.cues[0], []).append((order, rule))
    return index


def _without_article(text: str, mention: Mention) -> Mention:
    """ "the 2016 election": the article is the election's."""
    article = _ARTICLE.match(text, mention.start)
    return replace(mention, start=article.end()) if article and mention.rule in _BARE_WITH_ARTICLE else mention


def _join_clocks(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """ "9:34 p.m., March 19" is one expression."""
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        dated = isinstance(mention.meaning, Calendar) and mention.meaning.unit == "day"
        if dated and before is not None and isinstance(before.meaning, Clock) and _COMMA.fullmatch(text[before.end : mention.start]):
            joined[-1] = replace(mention, start=before.start)
        else:
            joined.append(mention)
    return joined


def lend_years(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with the year of "June 1968" given to "April" in "from April to June 1968"."""
    lent = list(mentions)
    for i in range(len(lent) - 2, -1, -1):
        first, second = lent[i], lent[i + 1]
        if _JOINT.fullmatch(text[first.end : second.start]):
            lent[i] = replace(first, meaning=_with_year_of(first, second))
    return lent


def _with_year_of(first: Mention, second: Mention) -> Meaning:
    a, b = first.meaning, second.meaning
    if not isinstance(a, Calendar) or not isinstance(b, Calendar) or a.year is not None or a.year_of is not None:
        return a
    if b.year is None or (a.month is None) != (b.month is None) or b.unit not in ("day", "month", "season"):
        return replace(a, year_of=b.year_of) if b.year_of and a.unit == b.unit else a
    crossing = a.month is not None and b.month is not None and a.month > b.month
    return replace(a, year=b.year - 1 if crossing else b.year)
