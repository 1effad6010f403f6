"""Finding: every rule over a paragraph, the longest of what overlaps, and dates that lend each other a year."""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from loaders.dates.calendar_rules import calendar_rules
from loaders.dates.guards import guard
from loaders.dates.model import Calendar, Clock, Meaning, Mention
from loaders.dates.relative_rules import relative_rules

# Between two dates of one range or list: "April to June 1968", "August/September 1956", "the spring and summer of 1979".
_JOINT = re.compile(
    r"\s*(?:[-–—‑/,]|,?\s(?:to|and|or|until|till|through|as well as))\s*(?:(?:in|on|the|early|late|mid)[\s-])*", re.IGNORECASE
)
_ARTICLE = re.compile(r"[Tt]he\s+(?=\d|[A-Z])")
_BARE_WITH_ARTICLE = ("month", "month-day", "month-day-year", "month-year", "year")
_COMMA = re.compile(r",?\s+")


def find_mentions(doc: Doc) -> list[Mention]:
    """The expressions of a paragraph in order, none overlapping another."""
    text = doc.text  # spaCy joins it anew at each call
    candidates = []
    for order, rule in enumerate((*calendar_rules(), *relative_rules())):
        for found in rule.mentions(text):
            mention = guard(doc, found)
            if mention is not None:
                mention = _without_article(text, mention)
                candidates.append((mention.start, mention.start - mention.end, order, mention))
    chosen: list[Mention] = []
    for *_, mention in sorted(candidates, key=lambda candidate: candidate[:3]):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return lend_years(text, _join_clocks(text, chosen))


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
