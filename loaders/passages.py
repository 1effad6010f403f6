"""A paragraph as the readers see it: parsed, with its dates and its actors resolved."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph.records import Entity
from loaders.dates import FoundDate, read_ranges
from loaders.parsed import Doc, Span, Token
from loaders.texts.documents import Document, Paragraph


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that mean an entity. ``start`` and ``end`` are token indexes.

    ``how`` tells by what words: ``name``, ``surname``, ``adjective`` (“Israeli”), ``people`` (“the Russians”),
    ``seat`` (“the Kremlin”), ``loaded`` (a name with a slant; its words are the tokens'), ``office`` (“the Israeli Prime Minister”),
    ``title`` (an adjective or a state inside somebody's title), ``pronoun``, ``pair`` (“the two countries”),
    ``made`` (an entity made from the text).
    """

    start: int
    end: int
    entity: Entity
    how: str
    behind: Entity | None = None  # the state whose forces or government the entity is


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """A title in the text: “Israeli Prime Minister Benjamin Netanyahu”. Token indexes.

    ``person`` is the holder, by name or by date; ``former`` marks “former”, “then” does not. ``again`` is set where a bare
    “the minister” points back at one told before, ``term`` where the noun is the office and not its holder (“his presidency”).
    """

    start: int
    end: int
    office: str
    of: Entity | None
    person: Entity | None
    named: bool
    former: bool = False
    again: bool = False
    term: bool = False


@dataclass(frozen=True)
class Passage:
    """One paragraph with all that is known of it before records are read off."""

    document: Document
    paragraph: Paragraph
    doc: Doc
    dates: tuple[FoundDate, ...]
    mentions: tuple[Mention, ...]  # in order of their start; “Israeli” and “Israeli Prime Minister” may overlap
    offices: tuple[OfficePhrase, ...] = ()
    previous: "Passage | None" = field(default=None, repr=False)

    @cached_property
    def times(self) -> tuple[FoundDate, ...]:
        """The dates by which events are dated: a range in place of its ends, one that goes on closed by the day of the news."""
        source = self.document.source
        news = source.published if source.kind == "news" else None
        found = (closed(r, news) for r in read_ranges(self.doc, list(self.dates), source.published))
        ranges = [r for r in found if r.value and ".." not in r.value]
        single = [d for d in self.dates if not any(r.start <= d.start and d.end <= r.end for r in ranges)]
        return tuple(sorted([*ranges, *single], key=lambda d: (d.start, d.end)))

    @cached_property
    def _by_token(self) -> dict[int, tuple[Mention, ...]]:
        found: dict[int, tuple[Mention, ...]] = {}
        for mention in self.mentions:
            for index in range(mention.start, mention.end):
                found[index] = (*found.get(index, ()), mention)
        return found

    def mentions_at(self, token: Token | int) -> tuple[Mention, ...]:
        """All mentions that a token is part of."""
        return self._by_token.get(token if isinstance(token, int) else token.i, ())

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie within the tokens ``start`` to ``end``."""
        return [m for m in self.mentions if start <= m.start and m.end <= end]

    def entities_at(self, token: Token) -> list[Entity]:
        """The entities that a noun or pronoun means: those of its own words, coordinated ones not included."""
        return [m.entity for m in self.mentions_at(token) if m.how not in ("title", "adjective") or m.end - 1 == token.i]

    def dates_in(self, start: int, end: int) -> list[FoundDate]:
        """Date expressions within the characters ``start`` to ``end`` of the paragraph's text."""
        return [d for d in self.dates if start <= d.start and d.end <= end]

    def raw(self, span: Span) -> tuple[int, int, str]:
        """Start, end and words of a span in the raw file, outer blanks and a final full stop left out."""
        return self.raw_characters(span.start_char, span.end_char)

    def raw_characters(self, start: int, end: int) -> tuple[int, int, str]:
        """The same for characters of the paragraph's text."""
        text = self.paragraph.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or (text[end - 1] in ".,;:" and not _abbreviates(text, end))):
            end -= 1
        raw_start, raw_end = self.paragraph.raw_span(start, end)
        return raw_start, raw_end, self.document.raw[raw_start:raw_end]

    def earlier(self) -> Iterator["Passage"]:
        """The passages before this one, nearest first."""
        passage = self.previous
        while passage is not None:
            yield passage
            passage = passage.previous


def closed(open_range: FoundDate, until: str | None) -> FoundDate:
    """“since February 2022” in a piece of October 2023 ends there, as exactly as it begins."""
    start, _, end = (open_range.value or "").partition("/")
    if end != ".." or not until:
        return open_range
    exact, written = start.rstrip("~?%"), until.rstrip("~?%")
    end = until if len(written) <= len(exact) else written[: len(exact)]
    return replace(open_range, value=start if exact == end.rstrip("~?%") else f"{start}/{end}")


def _abbreviates(text: str, end: int) -> bool:
    """Is the full stop before ``end`` part of an abbreviation such as “U.S.”?"""
    return text[end - 1] == "." and end >= 4 and text[end - 3] == "." and text[end - 2].isupper()
