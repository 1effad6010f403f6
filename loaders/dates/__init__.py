"""Every date expression of a text, valued as EDTF by named rules. No clock: "today" is the day the document was written."""

from collections.abc import Sequence

from loaders.dates.find import find_mentions
from loaders.dates.model import Calendar, FoundDate, Mention, Moment
from loaders.dates.ranges import read_ranges
from loaders.dates.resolve import Placement
from loaders.dates.story import Story, is_news, moment_of
from loaders.parsed import Doc

__all__ = ["FoundDate", "read_dates", "read_ranges"]


def read_dates(paragraphs: Sequence[Doc], published: str | None, *, news: bool = False) -> list[list[FoundDate]]:
    """The date expressions of each paragraph of one document, in order.

    The two ends of a range are two expressions, as TimeML counts them; ``read_ranges`` joins them.

    Args:
        paragraphs: The parsed paragraphs of the document, headings included, in their order.
        published: The document's own date in EDTF, as exact as is known, or None.
        news: Whether it is known to tell time from that day, as news does; its dates may show it too.
    """
    found = [find_mentions(doc) for doc in paragraphs]
    written = moment_of(published)
    story = Story(written, news or is_news(found, written))
    dates = []
    for doc, mentions, year, month in zip(paragraphs, found, _ahead(found), _ahead(found, to_the_month=True), strict=True):
        story.enter(doc)
        dates.append(Placement(doc, mentions, story, year, month).place_all())
    return dates


def _ahead(paragraphs: Sequence[Sequence[Mention]], *, to_the_month: bool = False) -> list[Moment | None]:
    """For each paragraph the first date with a year (and a month) that is still to be told, in it or further on."""
    ahead: list[Moment | None] = []
    following: Moment | None = None
    for mentions in reversed(paragraphs):
        following = _first_dated(mentions, to_the_month) or following
        ahead.append(following)
    return ahead[::-1]


def _first_dated(mentions: Sequence[Mention], to_the_month: bool) -> Moment | None:
    for mention in mentions:
        meaning = mention.meaning
        if isinstance(meaning, Calendar) and meaning.says_year and (meaning.month or not to_the_month):
            assert meaning.year is not None
            return Moment(meaning.year, meaning.month, meaning.day, unit=meaning.unit)
    return None
