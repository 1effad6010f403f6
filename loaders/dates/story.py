"""The time a text has come to: what "that year", "two months later" and "in May" count from.

A text is read as a *story* that moves on from date to date ("In 1947 …. On 3 May …. Two months later …"), and as a
*document* of a certain day ("last year", "on Tuesday"). Which one a bare "in November" belongs to depends on the
text: news tells it from the day of writing, histories from the story.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.dates.grammar import in_brackets, is_attributive, is_pastperfect, opens_by_date, span_of, stands_aside, word_before
from loaders.dates.model import Calendar, DayNumber, Mention, Moment, Named, Step, Stretch, Weekend
from loaders.parsed import Doc, Span

_HEADING_YEAR = re.compile(r"\W*(\d{4})\s*(?:$|:|[–—-]\s*\D)")
_MAX_HEADING = 14  # tokens
_FRONT = 3  # tokens of a sentence before a date that opens it: "But early in 1947"
_FAR = 5  # years that a story hardly moves by in the middle of a sentence
_NEWS_SHARE = 0.25  # of expressions that count from the day of writing, to those with a year
_EDTF = re.compile(r"(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")


def moment_of(value: str | None) -> Moment | None:
    """The date of a document; None for one that is not known to the year."""
    match = _EDTF.match(value or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    assert year is not None
    if month is not None and not 1 <= month <= 12:
        return Moment(year, doubt="~")
    return Moment(year, month, day, unit="day" if day else "month" if month else "year", doubt="~" if match[4] else "")


def is_news(paragraphs: Sequence[Sequence[Mention]], published: Moment | None) -> bool:
    """Whether the text tells time from the day it was written rather than along a story."""
    if published is None:
        return False
    meanings = [mention.meaning for mentions in paragraphs for mention in mentions]
    from_today = sum(isinstance(m, Weekend) or (isinstance(m, Step | Named) and m.base == "document") for m in meanings)
    years = [m.year for m in meanings if isinstance(m, Calendar) and m.says_year]
    if from_today:
        return from_today >= _NEWS_SHARE * len(years)
    return set(years) <= {published.year} and published.day is not None


@dataclass(slots=True)
class Story:
    """How far the text has come. Changes as it is read; one for each document."""

    published: Moment | None
    news: bool
    narrated: Moment | None = None  # the main line
    told: Moment | None = None  # the last date of this paragraph, digressions included
    told_here: Moment | None = None  # the last of this sentence
    spoken: Moment | None = None  # the last full date of this sentence
    spoken_year: bool = False  # its year was said
    spoken_first: bool = False  # it opened the sentence
    spoken_aside: bool = False  # it only described a noun: "the talks launched in May"
    fronted: bool = False  # the main line of this paragraph was opened by a year: "In 1979, …"
    heading: int | None = None  # the year that heads the section
    in_paragraph: bool = False  # the main line moved in this paragraph
    new_section: bool = False  # a heading came, and no date with a year since
    _is_heading: bool = False
    _sentence: int = -1

    def enter(self, doc: Doc) -> None:
        """Begin a paragraph."""
        self.told, self.spoken, self.spoken_year, self.fronted, self.in_paragraph, self._sentence = None, None, False, False, False, -1
        self._is_heading = 0 < len(doc) <= _MAX_HEADING and doc.text.rstrip()[-1:] not in ".!?”\"'"
        self.new_section = self.new_section or self._is_heading
        if self._is_heading and (match := _HEADING_YEAR.match(doc.text)):
            self.heading = int(match.group(1))
            self.narrated = Moment(self.heading)
        elif self._is_heading and any(char.isdigit() for char in doc.text):
            self.heading = None

    def reach(self, doc: Doc, mention: Mention) -> None:
        """Come to an expression: a new sentence forgets what was said in the last."""
        sentence = span_of(doc, mention.start, mention.end).sent.start
        if sentence != self._sentence:
            self._sentence, self.spoken, self.spoken_year, self.told_here = sentence, None, False, None

    def _strays(self, doc: Doc, mention: Mention, moment: Moment) -> bool:
        """Looking back ("in 1957 he had promised"), or a far year in mid-sentence or in a clause on the side, of the sources say."""
        if self.narrated is None:
            return False
        span = span_of(doc, mention.start, mention.end)
        back = moment.key() < self.narrated.key()[: 1 if moment.unit == "year" else 3]
        if back and is_pastperfect(span):
            return True
        if moment.unit != "year":
            return False
        if back and self.in_paragraph:
            return True
        far = abs(moment.year - self.narrated.year) > _FAR and (back or self.in_paragraph or not opens_by_date(span))
        return not _is_fronted(span) and (far or stands_aside(span))

    def note(self, doc: Doc, mention: Mention, moment: Moment, ahead: bool) -> None:
        """Remember a date that was told; ``ahead``: of what is yet to come."""
        aside = _is_aside(doc, mention, moment) or self._strays(doc, mention, moment)
        if moment.unit in ("decade", "century"):
            return
        if not in_brackets(doc, mention.start):
            self.told = self.told_here = moment
        yearless = isinstance(mention.meaning, Calendar) and mention.meaning.year is None
        if not aside and not self._looks_back(mention):
            self.spoken, self.spoken_year = moment, not yearless
            span = span_of(doc, mention.start, mention.end)
            self.spoken_first, self.spoken_aside = _is_fronted(span), stands_aside(span)
        if self.news and (yearless or aside or self._looks_back(mention)):
            return
        if self.narrated is None or not (aside or ahead or self._looks_back(mention) or self._is_heading_end(mention)):
            self.narrated = replace(moment, doubt="")
            self.in_paragraph = True
            self.new_section = self._is_heading
            self.fronted = _is_fronted(span_of(doc, mention.start, mention.end))

    def _is_heading_end(self, mention: Mention) -> bool:
        """In "1983–1985: offensives" the story begins with 1983."""
        return self._is_heading and self.in_paragraph

    def _looks_back(self, mention: Mention) -> bool:
        meaning = mention.meaning
        if isinstance(meaning, Step):
            count = meaning.count or 0
            return count <= 0 if meaning.base == "story" else self.news or count != 0
        if isinstance(meaning, Named):
            return (meaning.base == "document" and self.news) or meaning.direction < 0
        return not isinstance(meaning, Calendar | DayNumber | Stretch)


def _is_fronted(span: Span) -> bool:
    """Whether it opens its sentence."""
    before = span.doc[span.sent.start : span.start]
    return len(before) <= _FRONT and not any(token.pos_ in ("VERB", "AUX") for token in before)


def _is_aside(doc: Doc, mention: Mention, moment: Moment) -> bool:
    """A date that the story does not move to: in brackets, a noun's modifier, "since 1813"."""
    if in_brackets(doc, mention.start):
        return True
    if moment.unit != "year":
        return False
    span = span_of(doc, mention.start, mention.end)
    before = word_before(span)
    if before is not None and before.lower_ in ("since", "of", "’s", "'s"):
        return before.lower_ != "of" or span.text.isdecimal()
    return is_attributive(span)
