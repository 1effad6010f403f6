"""A page as text: blocks of words to one text, with the place in it of every paragraph, citation and link.

Pages come as markup, and evidence is of the text that was extracted from it: what this module lays out is what
is kept, quoted and verified.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.works import CitedWork

_BULLET = "• "
_LONGEST_HEADING = 200  # characters; beyond that it is no heading, whatever the markup says
# A zero, a control character or half a surrogate pair is no text, and breaks what is written later. Private use is ours.
_NO_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_TIDY = (
    (re.compile(r"\s+"), " "),
    (re.compile(r" ?\([\s;,:]*\)"), ""),  # what was in the brackets was left out
    (re.compile(r"(?<=\()[\s;,]+|(?<![\s;,])[\s;,]+(?=\))"), ""),
    (re.compile(r" (?=[,;:.](?:\s|$))"), ""),
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation mark: its number or name, its place in the raw text, and the work that it stands for, where that is told."""

    label: str
    start: int
    end: int
    work: CitedWork | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Words of the raw text that a page links to another, by that page's title; and its Wikidata item where it is known."""

    start: int
    end: int
    target: str
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the raw text that is a paragraph, without its bullet, and the heading that it stands under."""

    start: int
    end: int
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a block: plain ones, a link to ``target``, or with ``cites`` a citation mark."""

    text: str
    target: str | None = None
    cites: bool = False
    work: CitedWork | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (``text``), an ``item`` of a list, or a ``heading`` of a level, 1 the highest."""

    pieces: tuple[Piece, ...]
    kind: str = "text"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a page, and what stands where in it."""

    text: str
    lines: tuple[Line, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page tells of itself. ``published`` is EDTF, ``modified`` an xsd:dateTime."""

    title: str | None = None
    kind: str | None = None
    publisher: str | None = None
    published: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
    revision: str | None = None
    modified: str | None = None


def lay_out(blocks: Iterable[Block]) -> Extract:
    """Writes blocks one below another, a blank line between paragraphs; pure."""
    parts: list[str] = []
    lines: list[Line] = []
    citations: list[Citation] = []
    links: list[Link] = []
    heading: str | None = None
    place, before = 0, ""
    for block in blocks:
        text, spans = _tidied(block.pieces)
        if not text:
            continue
        kind = "text" if block.kind == "heading" and len(text) > _LONGEST_HEADING else block.kind
        gap = "" if not parts else "\n" if kind == before == "item" else "\n\n"
        lead = gap + (_BULLET if kind == "item" else "")
        place += len(lead)
        if kind == "heading":
            heading = text
        else:
            lines.append(Line(place, place + len(text), heading))
            citations += [Citation(p.text.strip("[]"), place + s, place + e, p.work) for s, e, p in spans if p.cites]
            links += [Link(place + s, place + e, p.target) for s, e, p in spans if p.target]
        parts += [lead, text]
        place += len(text)
        before = kind
    return Extract("".join([*parts, "\n"]) if parts else "", tuple(lines), tuple(citations), tuple(links))


def plain(words: str) -> str:
    """Words on one line, without characters that are no text."""
    return " ".join(_NO_TEXT.sub("", words).split())


def without_control(text: str) -> str:
    """A text without the characters that are none."""
    return _NO_TEXT.sub("", text)


def _tidied(pieces: Sequence[Piece]) -> tuple[str, list[tuple[int, int, Piece]]]:
    """The words of a block on one line, and the spans of its links and citations, those without words left out."""
    text = "".join(piece.text for piece in pieces)
    kept = list(range(len(text)))
    for pattern, instead in _TIDY:
        text, kept = _replaced(text, kept, pattern, instead)
    start = len(text) - len(text.lstrip())
    text, kept = text.strip(), kept[start : start + len(text.strip())]
    spans: list[tuple[int, int, Piece]] = []
    place = 0
    for piece in pieces:
        if piece.target or piece.cites:
            first, last = bisect_left(kept, place), bisect_left(kept, place + len(piece.text))
            words = text[first:last]
            first, last = first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip())
            if first < last:
                spans.append((first, last, piece))
        place += len(piece.text)
    return text, spans


def _replaced(text: str, kept: list[int], pattern: re.Pattern[str], instead: str) -> tuple[str, list[int]]:
    """The text with each match replaced by at most one character, and the first places of the characters left."""
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for found in pattern.finditer(text):
        parts += [text[end : found.start()], instead]
        places += kept[end : found.start()] + kept[found.start() : found.start() + len(instead)]
        end = found.end()
    return "".join([*parts, text[end:]]), places + kept[end:]
