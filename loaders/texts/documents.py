"""A source to its text, and the text to paragraphs that keep their offsets.

A copy of an article carries marks that are not the author's words: ``[37]``, ``[edit]``,
``[when?]``, a caption run into the text. They are left out of what the language model reads, and
every character that remains knows its place in the raw file, so that evidence is always
``raw[start:end]``. Of wikitext and of web pages the raw text is what was extracted from them; it is kept beside the graph.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from graph.works import CitedWork
from loaders.texts.fetching import PAGE_TYPES, WIKITEXT_TYPES, fetch_page, is_address, is_remote, other_host
from loaders.texts.layout import Citation as Citation
from loaders.texts.layout import Extract, Facts, Link
from loaders.texts.mediawiki import Page, fetch_wikipedia, wikidata_items
from loaders.texts.sources import Source
from loaders.texts.web import SUFFIXES as PAGE_SUFFIXES
from loaders.texts.web import read_page
from loaders.texts.wikitext import SUFFIXES as WIKITEXT_SUFFIXES
from loaders.texts.wikitext import looks_like_wikitext, read_wikitext, redirect_target
from loaders.word_lists import word_lists
from ontology.errors import IrkgError

_LONGEST_HEADING = 100  # characters
_LONGEST_CAPTION = 160
_LONGEST_PARAGRAPH = 4_000  # the parser's time and the rules' grow faster than the length of what they are given
_LONGEST_TEXT = 5_000_000  # characters; reading a million takes a minute or two and half a gigabyte
_MOST_BYTES = 20_000_000  # of a file, as of a page that is fetched
# A full stop that a capital follows without a space: where a lost image caption ran into the text.
_RUN_IN = re.compile(r"(?<=[a-z]{3}[.!?])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"(?<!\S)\S{1000,}")  # what programs write: an encoded picture, a minified script
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_SENTENCE_END = tuple(".!?:;,…")
_CLOSING_MARKS = "”\"’')]»"
_SENTENCE = re.compile(r"[.!?][”\"’')]*\s+")
_STOP = re.compile(r"\n|[.!?][”\"’')]*(?:\[[^\[\]\n]{1,20}\])*(?=\s|$)(?!\s+[a-zà-ÿ])")
_ABBREVIATION = re.compile(r"(?:\b(?:[A-Z]|Col|Dr|Gen|Gov|Jr|Lt|Maj|Mr|Mrs|Ms|No|Prof|Rep|Sen|Sgt|Sr|St|c|ca|cf|v|vs))\.$")
_ENTRY = re.compile(r"^(?P<date>[^:\n]{3,60}?\d[^:\n]{0,30}?):\s+(?=\S)")
_DATELINE = re.compile(r"^[A-Z][A-Z .,/]{2,40}(?:\([\w .-]{2,40}\))?\s*[-–—]+\s+(?=\S)")


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without its marks. ``offsets[i]`` is the raw place of character ``i``.

    ``kind`` is ``text``, ``caption``, or in a timeline ``date`` (an entry's date) and ``entry``.
    """

    text: str
    offsets: tuple[int, ...]
    kind: str = "text"
    heading: str | None = None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the raw file of characters ``start`` to ``end`` of this paragraph."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no span {start}–{end} in a paragraph of {len(self.text)} characters")
        return self.offsets[start], self.offsets[end - 1] + 1

    def text_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the characters ``start`` to ``end`` of the raw file stand in this paragraph; None where they don't."""
        first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end - 1)
        if first < last + 1 <= len(self.offsets) and (self.offsets[first], self.offsets[last]) == (start, end - 1):
            return first, last + 1
        return None


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it came, and its paragraphs in order.

    ``extracted`` is set where the raw text is not the file itself; ``notes`` are what a user should know of how it came.
    """

    source: Source
    raw: str
    paragraphs: tuple[Paragraph, ...]
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    extracted: bool = False
    notes: tuple[str, ...] = ()

    def links_at(self, start: int, end: int) -> list[Link]:
        """The links whose words are those of a span of the raw text."""
        return [link for link in self.links if (link.start, link.end) == (start, end)]

    def works_behind(self, start: int, end: int) -> list[CitedWork]:
        """The works that are cited in a span of the raw text, or behind it in the same sentence."""
        if not any(c.work for c in self.citations):
            return []
        until = _sentence_end(self.raw, end)
        return list(dict.fromkeys(c.work for c in self.citations if c.work is not None and start <= c.start < until))

    def cited_in(self, start: int, end: int) -> list[str]:
        """The citation marks that stand in or right behind a span of the raw file."""
        return [c.label for c in self.citations if start <= c.start <= end + 3]


def load_document(source: Source) -> Document:
    """Reads a source: a file or address with plain text, wikitext or a web page, or a page of Wikipedia.

    Raises:
        IrkgError: it can't be read, or holds no text; the message says which and where.
    """
    if not is_remote(source.place):
        return _of_file(source)
    if not is_address(source.place):
        return _of_wikipedia(source, fetch_wikipedia(source.place))
    answer = fetch_page(source.place)
    host = other_host(source.place, answer.address)
    notes = (f"{source.place}: was answered by {host}, to which it redirects",) if host else ()
    if answer.kind in PAGE_TYPES:
        document = _of_extract(source, *read_page(source.place, answer.content, answer.charset))
    else:
        document = _of_text(source, _decoded(source.place, answer.content), certain=answer.kind in WIKITEXT_TYPES)
    return replace(document, notes=notes + document.notes)


def read_text(place: str) -> str:
    """The characters of a source's text, offsets intact: of plain text as it came (no newline is translated), else as extracted."""
    return load_document(Source(id="text", place=place, title=place, kind="encyclopedia")).raw


def _of_file(source: Source) -> Document:
    path = Path(source.place)
    content = _file_content(path)
    if path.suffix.lower() in PAGE_SUFFIXES:
        return _of_extract(source, *read_page(source.place, content))
    return _of_text(source, _decoded(source.place, content), certain=path.suffix.lower() in WIKITEXT_SUFFIXES)


def _of_text(source: Source, text: str, *, certain: bool) -> Document:
    """Plain text, or wikitext where that is certain or its marks show it."""
    if not certain and not looks_like_wikitext(text):
        return read_document(source, text)
    if target := redirect_target(text):
        raise IrkgError(f"{source.place}: is a redirect to “{target}”; name that page")
    return _of_extract(source, _with_words(source.place, read_wikitext(text)), Facts())


def _of_wikipedia(source: Source, page: Page) -> Document:
    extract = _with_words(source.place, read_wikitext(page.wikitext))
    notes = [f"{source.place}: “{page.redirected}” leads to “{page.title}”"] if page.redirected else []
    try:
        items = wikidata_items(source.place, [link.target for link in extract.links])
    except IrkgError as error:
        items = {}
        notes.append(f"the Wikidata items of its links are not known: {error}")
    links = tuple(replace(link, wikidata=items.get(link.target)) for link in extract.links)
    facts = Facts(title=page.title, url=page.address, revision=page.revision or None, modified=page.modified or None)
    return replace(_of_extract(source, replace(extract, links=links), facts), notes=tuple(notes))


def _with_words(place: str, extract: Extract) -> Extract:
    if not extract.lines:
        raise IrkgError(f"{place}: holds no prose (templates, tables and lists of works are left out); name another page")
    return extract


def _of_extract(source: Source, extract: Extract, facts: Facts) -> Document:
    """A document of an extracted text; what nobody said of the source is taken from the page."""
    told = _told(source, facts)
    _check_length(source.place, extract.text)
    marks = sorted([(citation.start, citation.end) for citation in extract.citations] + _no_words(extract.text))
    paragraphs: list[Paragraph] = []
    for line in extract.lines:
        text, offsets = _without_marks(extract.text, line.start, line.end, marks)
        parts = [(0, len(text), "text")] if told.kind == "encyclopedia" else _parts(text, told.kind, marked=True)
        paragraphs += _paragraphs_of(text, offsets, parts, line.heading)
    return Document(told, extract.text, tuple(paragraphs), extract.citations, extract.links, extracted=True)


def _told(source: Source, facts: Facts) -> Source:
    """What is said of a source, completed by what its page tells: ``sources.toml`` and the command line win."""
    told = {own.name: getattr(facts, own.name) for own in fields(facts)}
    return replace(
        source, **{name: value for name, value in told.items() if value and (name in source.guessed or not getattr(source, name))}
    )


def _decoded(place: str, content: bytes) -> str:
    if b"\0" in content:
        raise IrkgError(f"{place}: is binary (it holds a zero byte), not text")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IrkgError(f"{place}: is not UTF-8 at byte {error.start}; convert it first") from None
    if not text.strip("\ufeff \t\r\n").strip():
        raise IrkgError(f"{place}: is empty")
    _check_length(place, text)
    return text


def _check_length(place: str, text: str) -> None:
    if len(text) > _LONGEST_TEXT:
        raise IrkgError(f"{place}: has more than {_LONGEST_TEXT:,} characters; split it")


def _file_content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise IrkgError(f"{path}: is named as a source and is not there") from None
    except OSError as error:
        raise IrkgError(f"{path}: can't be read: {error.strerror}") from error
    if len(content) > _MOST_BYTES:
        raise IrkgError(f"{path}: is larger than {_MOST_BYTES:,} bytes; split it, or name the --kind of a data set")
    return content


def read_document(source: Source, raw: str) -> Document:
    """Splits the text into paragraphs; pure."""
    marks = list(_marks(raw, source.kind))
    citations = tuple(Citation(raw[s:e].strip("[]"), s, e) for s, e, cites in marks if cites)
    left_out = sorted([(s, e) for s, e, _ in marks] + _no_words(raw))
    paragraphs = tuple(_paragraphs(raw, left_out, source.kind))
    return Document(source, raw, paragraphs, citations)


def _sentence_end(raw: str, place: int) -> int:
    """Where the sentence ends that holds the character before a place, the citation marks behind its full stop included."""
    for found in _STOP.finditer(raw, max(0, place - 1)):
        if raw[found.start()] == "\n" or not _ABBREVIATION.search(raw, max(0, found.start() - 10), found.start() + 1):
            return found.end()
    return len(raw)


def _marks(raw: str, kind: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is a citation, of each mark in square brackets."""
    editors, citation = _mark_patterns()
    for found in re.finditer(r"\[([^\[\]\n]{1,60})\]", raw):
        inside = found.group(1).strip().casefold()
        is_citation = bool(citation.fullmatch(inside)) or (
            kind == "timeline" and bool(re.fullmatch(r"[a-z0-9][a-z0-9-]{2,}(?:, [a-z0-9-]+)*", inside))
        )
        if is_citation or editors.fullmatch(inside):
            yield found.start(), found.end(), is_citation


def _paragraphs(raw: str, marks: list[tuple[int, int]], kind: str) -> Iterator[Paragraph]:
    heading: str | None = None
    furniture, end_sections = _line_patterns()
    for start, end in _lines(raw):
        text, offsets = _without_marks(raw, start, end, marks)
        if not text or furniture.fullmatch(text):
            continue
        body_end = _heading_start(text, raw[start:end])
        running_heading, text = text[body_end:].strip(), text[:body_end].rstrip()
        if text and not (heading and end_sections.fullmatch(heading)):
            yield from _paragraphs_of(text, offsets, _parts(text, kind, marked="[" in raw[start:end]), heading)
        heading = running_heading or heading


def _lines(raw: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in raw.splitlines(keepends=True):
        yield start, start + len(line.rstrip())
        start += len(line)


def _without_marks(raw: str, start: int, end: int, marks: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """The line without its marks and outer blanks, and the raw place of each character left."""
    offsets: list[int] = []
    place = start
    for index in range(bisect_left(marks, (start, start)), len(marks)):
        mark_start, mark_end = marks[index]
        if mark_start >= end:
            break
        offsets.extend(range(place, mark_start))
        place = max(place, mark_end)
    offsets.extend(range(place, end))
    words = [number for number, place in enumerate(offsets) if not _is_blank(raw[place])]
    offsets = offsets[words[0] : words[-1] + 1] if words else []
    text = "".join(raw[i] for i in offsets).replace("\u00a0", " ").replace("\t", " ")
    return _APOSTROPHE.sub("'", text), offsets


def _is_blank(character: str) -> bool:
    return character.isspace() or character == "\ufeff"  # the byte order mark of some editors


def _heading_start(text: str, line: str) -> int:
    """Where the line's heading begins: at 0 if all of it is one, at its end if none is.

    ``[edit]`` marks a heading even where the line break before it was lost.
    """
    if line.endswith("[edit]"):
        sentences = list(re.finditer(r"[.!?][”\"’')]*\s+(?=\S)", text))
        return sentences[-1].end() if sentences and len(text) > _LONGEST_HEADING else 0
    short = len(text) <= _LONGEST_HEADING and not text.rstrip(_CLOSING_MARKS).endswith(_SENTENCE_END)
    return 0 if short and not _ENTRY.match(text) else len(text)


def _parts(text: str, kind: str, *, marked: bool) -> Iterator[tuple[int, int, str]]:
    """The line's stretches and the kind of each."""
    if kind == "timeline" and (entry := _ENTRY.match(text)):
        yield entry.start("date"), entry.end("date"), "date"
        yield entry.end(), len(text), "entry"
        return
    begin = dateline.end() if kind == "news" and (dateline := _DATELINE.match(text)) else 0
    cuts = [begin, *(found.start() for found in _RUN_IN.finditer(text, begin)), len(text)]
    for number, (start, end) in enumerate(pairwise(cuts)):
        runs_in = number + 2 < len(cuts)
        alone = kind == "encyclopedia" and not marked and len(cuts) == 2 and text.count(". ") == 0
        yield start, end, "caption" if (runs_in or alone) and end - start <= _LONGEST_CAPTION else "text"


def _paragraphs_of(text: str, offsets: Sequence[int], parts: Iterable[tuple[int, int, str]], heading: str | None) -> Iterator[Paragraph]:
    for part_start, part_end, kind in parts:
        for start, end in _short(text, part_start, part_end):
            yield Paragraph(text[start:end], tuple(offsets[start:end]), kind, heading)


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """A stretch cut into such as are not too long: behind a sentence, else at a space, else anywhere."""
    while end - start > _LONGEST_PARAGRAPH:
        limit = start + _LONGEST_PARAGRAPH
        sentences = [found.end() for found in _SENTENCE.finditer(text, start, limit)]
        cut = sentences[-1] if sentences else text.rfind(" ", start + 1, limit) + 1 or limit
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _no_words(text: str) -> list[Span]:
    """Runs of characters without a space that are too long to be words."""
    return [found.span() for found in _NO_WORD.finditer(text)]


@cache
def _mark_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = word_lists("marks.toml")
    return re.compile("|".join(lexicon["editors_marks"])), re.compile("|".join(lexicon["citation_marks"]))


@cache
def _line_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = word_lists("marks.toml")
    return re.compile("|".join(lexicon["furniture"]), re.IGNORECASE), re.compile("|".join(lexicon["end_sections"]), re.IGNORECASE)
