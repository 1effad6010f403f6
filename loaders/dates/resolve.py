"""Placing: from what an expression means to its value, by where the story and the document stand."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

from loaders.dates import relative
from loaders.dates.grammar import is_pastperfect, span_of, tense, word_after, word_before
from loaders.dates.lexicon import lexicon
from loaders.dates.model import (
    Apposition,
    Calendar,
    Clock,
    DayNumber,
    Fixed,
    FoundDate,
    Mention,
    Moment,
    Named,
    Nowhere,
    Step,
    Stretch,
    Weekend,
    days_in,
)
from loaders.dates.story import Story
from loaders.parsed import Doc

_BESIDE = re.compile(r",\s*(?:(?:only|just|exactly|which was)\s+)?")
_NEAR = 40  # characters between a time of day and its date
_WRAP = 7  # months: from November to April the story goes on to the next year
_RECENT = 30  # days
_SOON = 3  # months: "the summit takes place in May" is that far ahead, "the law is of October" is behind
_FAR = 2  # years: a story that far before its document has its own "next year"


@dataclass(slots=True)
class Placement:
    """One paragraph's expressions as they are placed, with those before and after at hand."""

    doc: Doc
    mentions: list[Mention]
    story: Story
    ahead: Moment | None  # the first date with a year in the rest of the text
    ahead_month: Moment | None  # the first with a year and a month
    placed: list[tuple[Mention, Moment | None]] = field(default_factory=list)

    def place_all(self) -> list[FoundDate]:
        """The values of the paragraph's expressions, in order."""
        found = []
        for index, mention in enumerate(self.mentions):
            self.story.reach(self.doc, mention)
            date = self._place(index, mention)
            if date is not None:
                found.append(date)
        return found

    def _place(self, index: int, mention: Mention) -> FoundDate | None:
        meaning = mention.meaning
        if isinstance(meaning, Nowhere):
            return _found(mention, None)
        if isinstance(meaning, Fixed):
            return replace(_found(mention, meaning.value), problem=meaning.problem)
        if isinstance(meaning, Stretch):
            return self._stretch(mention, meaning)
        if isinstance(meaning, Clock | Apposition):
            return self._borrowed(index, mention)
        if isinstance(meaning, Calendar):
            return self._calendar(mention, meaning)
        if isinstance(meaning, Step):
            return self._step(index, mention, meaning)
        if isinstance(meaning, Named):
            return self._named(mention, meaning)
        if isinstance(meaning, Weekend):
            return self._weekend(mention, meaning)
        return self._day_number(mention, meaning)

    def _note(self, mention: Mention, moment: Moment | None) -> None:
        self.placed.append((mention, moment))
        if moment is not None:
            clause = tense(span_of(self.doc, mention.start, mention.end))
            self.story.note(self.doc, mention, moment, ahead=clause == "future")

    def _stretch(self, mention: Mention, stretch: Stretch) -> FoundDate:
        year = stretch.year
        if year is None:
            year = self._year(mention, Calendar(year_of=stretch.year_of))
        if year is None:
            return _found(mention, None)
        self._note(mention, Moment(year))
        return _found(mention, f"{year:04d}-{stretch.first:02d}/{year:04d}-{stretch.last:02d}")

    # By its own parts -------------------------------------------------------------------------

    def _calendar(self, mention: Mention, calendar: Calendar) -> FoundDate | None:
        if calendar.short and calendar.year is not None:
            before_christ = self.story.narrated is not None and self.story.narrated.year <= 0
            if not before_christ and calendar.unit == "year":
                return None
            calendar = replace(calendar, year=1 - calendar.year if before_christ else None)
            mention = mention if before_christ else replace(mention, end=mention.end - len(" 480"))  # "in May 300 soldiers"
        year = self._year(mention, calendar) if calendar.year is None else calendar.year
        if year is None:
            self.placed.append((mention, None))
            return _found(mention, None)
        moment, problem = _moment(calendar, year)
        self._note(mention, moment)
        return replace(_found(mention, moment.edtf()), problem=problem)

    def _year(self, mention: Mention, calendar: Calendar) -> int | None:
        """The year of a date that does not say it."""
        story = self.story
        if calendar.year_of is not None:
            base, count = calendar.year_of
            told = story.told_here or story.spoken or story.told or self._story_base()
            start = self._document_base(mention) if base == "document" else told
            return None if start is None else start.year + count
        if story.spoken is not None and (story.spoken_year or not story.news):
            return self._year_in_story(mention, calendar, story.spoken)
        looks_ahead = tense(span_of(self.doc, mention.start, mention.end)) == "future"
        if story.news and (looks_ahead or not self._tells_story()):
            return self._year_in_news(mention, calendar)
        if story.heading is not None and (story.narrated is None or story.narrated.year != story.heading):
            return story.heading
        if story.narrated is not None and not self._starts_over():
            return self._year_in_story(mention, calendar, story.narrated)
        ahead = self.ahead if story.narrated is None else self.ahead_month
        if ahead is not None:
            return self._year_before(calendar, ahead)
        return self._year_in_news(mention, calendar)

    def _starts_over(self) -> bool:
        """Whether a new section goes back in time, as the next full date shows."""
        story = self.story
        return (
            story.new_section
            and story.narrated is not None
            and self.ahead_month is not None
            and self.ahead_month.year < story.narrated.year
        )

    def _year_before(self, calendar: Calendar, ahead: Moment) -> int:
        """The year that puts a date just before the next one told."""
        later = ahead.month is not None and calendar.month is not None and (calendar.month, calendar.day or 0) > ahead.key()[1:]
        return ahead.year - later

    def _tells_story(self) -> bool:
        """Whether a news text is in the middle of telling of another year: "In 1979, …. In November, …"."""
        story = self.story
        return story.fronted and story.narrated is not None and story.published is not None and story.narrated.year != story.published.year

    def _year_in_story(self, mention: Mention, calendar: Calendar, now: Moment) -> int:
        """The story's year, or the next where the month shows that the year has turned."""
        month = calendar.month or (3 * (calendar.season - 20) if calendar.season else None)
        since = now.key()[1]
        year = now.year
        turned = month is not None and since and since - month >= _WRAP and self.story.heading is None
        span = span_of(self.doc, mention.start, mention.end)
        before = word_before(span)
        if turned and (not is_pastperfect(span) or (before is not None and before.lower_ == "by")):
            year += 1
        published = self.story.published
        later = published is not None and (year, month or 0) > (published.year, published.month or 12)
        return year - 1 if later and turned else year

    def _year_in_news(self, mention: Mention, calendar: Calendar) -> int | None:
        """The latest such date before the day of writing, or the next after it where the clause looks ahead."""
        published = self.story.published
        if published is None:
            return None
        clause = tense(span_of(self.doc, mention.start, mention.end))
        wanted = (calendar.month or (3 * (calendar.season - 20) if calendar.season else 0), calendar.day or 0)
        today = (published.month or wanted[0], (published.day or 31) if calendar.day else 0)
        if clause == "present":
            ahead = (wanted[0] - today[0]) % 12 <= _SOON
            return published.year + (ahead and wanted < today) - (not ahead and wanted > today)
        if clause == "future":
            return published.year + (wanted < today)
        return published.year - (wanted > today)

    # By steps ---------------------------------------------------------------------------------

    def _story_base(self) -> Moment | None:
        """What "that year" and "two days later" count from."""
        story = self.story
        if story.news:
            return story.spoken or story.told or story.published
        return story.spoken or (story.narrated if story.in_paragraph else story.told) or story.told or story.narrated or story.published

    def _document_base(self, mention: Mention) -> Moment | None:
        """What "last year" counts from: the day of writing, or the day on which the words were said."""
        story = self.story
        said = None if story.spoken_aside else story.spoken
        if said is not None and said.month is not None and self._is_when_said(mention, said):
            return said
        if story.published is None:
            return story.narrated
        past = tense(span_of(self.doc, mention.start, mention.end)) == "past"
        if story.news or not past or story.narrated is None:
            return story.published
        here = story.in_paragraph or (isinstance(mention.meaning, Step) and mention.meaning.count == 0)
        return story.narrated if here and story.published.year - story.narrated.year > _FAR else story.published

    def _is_when_said(self, mention: Mention, spoken: Moment) -> bool:
        """Whether the sentence's own date is that of the words: news says so first, "In May a paper reported that … this year"."""
        story = self.story
        if not story.news or story.published is None:
            return True
        if story.spoken_year and spoken.year < story.published.year:
            return True
        of_year = isinstance(mention.meaning, Step) and mention.meaning.unit == "year"
        return of_year and story.spoken_first and spoken.key() < story.published.key()

    def _step(self, index: int, mention: Mention, step: Step) -> FoundDate | None:
        if step.towards:
            return self._towards(index, mention, step)
        here = self.story.told_here if not self.story.news and (step.count or 0) > 0 else None
        base = (here or self._story_base()) if step.base == "story" else self._document_base(mention)
        if self.story.news and mention.rule == "within-period" and not self.story.fronted:
            base = self.story.published
        if step.base == "document" and step.unit == "day" and not self.story.news and base is self.story.published:
            return _found(mention, None)  # a history's "today"
        return self._stepped(mention, step, base)

    def _stepped(self, mention: Mention, step: Step, base: Moment | None) -> FoundDate:
        if base is None or step.count is None:
            self.placed.append((mention, None))
            return _found(mention, None)
        anchor = base.edtf()
        if step.unit == "week":
            value = relative.week(base, step.count, step.base)
            self.placed.append((mention, None))
            return replace(_found(mention, value), anchor=anchor)
        moment = base.step(step.unit, step.count)
        if moment is None and step.coarse:
            moment = base
        if moment is None:
            self.placed.append((mention, None))
            return replace(_found(mention, None), anchor=anchor)
        if step.base == "story" and self._is_beyond(mention, base, moment):
            self.placed.append((mention, None))
            return replace(_found(mention, None), anchor=anchor)
        moment = replace(moment, doubt=step.doubt or moment.doubt)
        self._note(mention, moment)
        return replace(_found(mention, moment.edtf()), anchor=anchor)

    def _is_beyond(self, mention: Mention, base: Moment, moment: Moment) -> bool:
        """Told as past and yet after the day of writing: it must count from something else."""
        published = self.story.published
        if published is None or not base.year <= published.year < moment.year:
            return False
        return tense(span_of(self.doc, mention.start, mention.end)) != "future"

    def _towards(self, index: int, mention: Mention, step: Step) -> FoundDate:
        """ "three days after …": beside a date, before a date, or counted from what was last told."""
        count = step.count or 0
        beside = self._beside(mention)
        if beside is not None and beside.at(step.unit) is None:
            return _found(mention, None)
        if beside is not None:
            start = beside.step(step.unit, -count)
            return replace(_found(mention, beside.edtf()), anchor=start.edtf() if start else None)
        following = self.mentions[index + 1] if index + 1 < len(self.mentions) else None
        if following is not None and not self.doc.text[mention.end : following.start].strip(" ,"):
            start = _own_moment(following)
            if start is not None:
                return self._stepped(mention, step, start)
        if self._ends_here(mention) or step.definite:
            return self._stepped(mention, step, self._story_base())
        self.placed.append((mention, None))
        return _found(mention, None)

    def _ends_here(self, mention: Mention) -> bool:
        """Nothing that "after" could govern comes next."""
        after = word_after(span_of(self.doc, mention.start, mention.end))
        return after is None or after.is_punct or after.pos_ in ("VERB", "AUX", "CCONJ", "ADP")

    def _beside(self, mention: Mention) -> Moment | None:
        """The date that an expression stands in apposition to: "On 17 May 1948, three days after …"."""
        for before, moment in reversed(self.placed):
            if moment is not None and before.end <= mention.start:
                return moment if _BESIDE.fullmatch(self.doc.text[before.end : mention.start]) else None
        return None

    def _borrowed(self, index: int, mention: Mention) -> FoundDate | None:
        """A time of day or an anniversary: the value of the date beside it, a time also that of the day before it."""
        if isinstance(mention.meaning, Apposition):
            beside = self._beside(mention)
            return None if beside is None else _found(mention, beside.edtf())
        following = self.mentions[index + 1] if index + 1 < len(self.mentions) else None
        day = None
        if following is not None and following.start - mention.end <= _NEAR and "." not in self.doc.text[mention.end : following.start]:
            day = self._following_day(following)
        day = day or self.story.spoken or self.story.told or self.story.narrated
        return _found(mention, day.edtf() if day is not None and day.unit == "day" else None)

    def _following_day(self, following: Mention) -> Moment | None:
        meaning = following.meaning
        if isinstance(meaning, Named) and meaning.unit == "day":
            return self._named_moment(following, meaning)[1]
        if not isinstance(meaning, Calendar) or meaning.unit != "day":
            return None
        year = meaning.year if meaning.year is not None else self._year(following, meaning)
        return None if year is None else _moment(meaning, year)[0]

    # By name ----------------------------------------------------------------------------------

    def _named(self, mention: Mention, named: Named) -> FoundDate:
        base, moment = self._named_moment(mention, named)
        if moment is None:
            self.placed.append((mention, None))
            return _found(mention, None)
        self._note(mention, moment)
        return replace(_found(mention, moment.edtf()), anchor=base.edtf() if base and not named.bare else None)

    def _named_moment(self, mention: Mention, named: Named) -> tuple[Moment | None, Moment | None]:
        """What it counts from, and the weekday, month or season itself."""
        story = self.story
        base = self._story_base() if named.base == "story" else self._document_base(mention)
        if named.bare:
            base = story.published if story.news and not self._is_weekday_told(named) else self._story_base()
        clause = tense(span_of(self.doc, mention.start, mention.end))
        ahead = clause == "future" or (named.unit == "day" and clause == "present")
        return base, relative.named(named, base, ahead=ahead, from_story=base is not story.published) if base else None

    def _is_weekday_told(self, named: Named) -> bool:
        """Whether the paragraph tells of a day of that name long before the day of writing: "13 September 2007. … Thursday's attack"."""
        told, written = self.story.told, self.story.published
        day, today = (told.as_date() if told else None), (written.as_date() if written else None)
        return day is not None and day.weekday() == named.number and (today is None or abs((today - day).days) > _RECENT)

    def _weekend(self, mention: Mention, weekend: Weekend) -> FoundDate:
        base = self._document_base(mention) if self.story.news else self.story.told
        day = base.as_date() if base else None
        if day is None:
            return _found(mention, None)
        ahead = tense(span_of(self.doc, mention.start, mention.end)) == "future"
        back = (day.weekday() - 5) % 7
        saturday = day - timedelta(days=back)
        if weekend.direction > 0 or (weekend.direction == 0 and ahead):
            saturday += timedelta(days=7 if back else 0)
        self.placed.append((mention, None))
        return _found(mention, f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}")

    def _day_number(self, mention: Mention, number: DayNumber) -> FoundDate | None:
        base = self._story_base()
        if base is None or base.month is None:
            return None
        moment, problem = _moment(Calendar(month=base.month, day=number.day, unit="day"), base.year)
        self._note(mention, moment)
        return replace(_found(mention, moment.edtf()), problem=problem, anchor=base.edtf())


def _found(mention: Mention, value: str | None) -> FoundDate:
    return FoundDate(mention.start, mention.end, value, mention.rule)


def _own_moment(mention: Mention) -> Moment | None:
    meaning = mention.meaning
    return _moment(meaning, meaning.year)[0] if isinstance(meaning, Calendar) and meaning.year is not None else None


def _moment(calendar: Calendar, year: int) -> tuple[Moment, str | None]:
    """The date in that year; without its day, and with a word on why, where the month has no such day."""
    if calendar.day and calendar.month and calendar.day > days_in(year, calendar.month):
        name = next(name for name, number in lexicon().months.items() if number == calendar.month)
        return Moment(year, calendar.month, unit="month", doubt=calendar.doubt), f"there is no {calendar.day} {name} {year}"
    return Moment(year, calendar.month, calendar.day, calendar.season, calendar.unit, calendar.doubt), None
