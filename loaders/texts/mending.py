"""Wikitext made fit to be parsed: what is no prose cut out, what was opened and never closed mended.

Everything here is linear in the length of the text, so that no page, however broken, holds a build up.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.texts.layout import without_control

MARK = re.compile("\ue000(?P<reference>\\d+)\ue001|(?P<item>\ue002)|(?P<text>\ue003)|\ue004(?P<heading>\\d)|\n")
"""What the mended text has in place of markup: a reference by its number, and where an item, a paragraph or a heading begins."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_REF_TAG = re.compile(r"<ref(?=[\s/>])([^<>]*?)(/?)>|</ref\s*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(name|group)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'/>]+))", re.IGNORECASE)
_NO_PROSE = (
    "gallery", "references", "math", "chem", "syntaxhighlight", "source", "timeline", "imagemap", "score", "hiero", "graph", "mapframe",
    "maplink", "templatestyles", "templatedata", "includeonly", "style", "script", "inputbox", "categorytree", "del", "s",
    "strike", "table",
)  # fmt: skip
_NO_PROSE_TAG = re.compile(rf"<({'|'.join(_NO_PROSE)})(?=[\s/>])[^<>]*?(/?)>", re.IGNORECASE)
_STRAY = re.compile(r"<(?![^<>]*>)")  # begins a tag that does not end; the parser would try each to the end of the text
_BLOCK_TAGS = "blockquote|center|div|dd|dl|dt|h[1-6]|hr|ol|p|poem|pre|section|ul"
_INLINE_TAGS = (
    "abbr|b|bdi|bdo|big|cite|code|data|em|font|i|ins|kbd|mark|noinclude|nowiki|onlyinclude|q|ref|ruby|rb|rp|rt|samp|small|span|strong|"
    "sub|sup|time|tt|u|var|wbr"
)
# Tags and quotes are taken out before the parser sees them: it is slow where they are not balanced, and they say nothing here.
_MARKUP = (
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?=[\s/>])[^<>]*>", re.IGNORECASE), "\n\n"),
    (re.compile(r"<li(?=[\s/>])[^<>]*>", re.IGNORECASE), "\n* "),
    (re.compile(r"</li\s*>", re.IGNORECASE), "\n"),
    (re.compile(r"<br(?=[\s/>])[^<>]*>", re.IGNORECASE), " "),
    (re.compile(rf"</?(?:{_INLINE_TAGS})(?=[\s/>])[^<>]*>", re.IGNORECASE), ""),
    (re.compile(r"(?<=\w)'''(?=s\b)"), "'"),  # a paper's name in slanted letters, and its genitive
    (re.compile(r"'{2,}"), ""),
    (re.compile(r"\[(?:https?:|ftp:)?//[^\s\[\]]{1,2000}(?:[ \t]+([^\[\]\n]{0,500}))?\]"), r"\1"),
    (re.compile(r"\[(?=(?:https?:|ftp:)?//)"), ""),
    (re.compile(r"^[:;]*[*#][*#:;]*[ \t]*", re.MULTILINE), "\ue002"),
    (re.compile(r"^(?:[:;]+[ \t]*|-{4,})", re.MULTILINE), "\ue003"),
)
_HEADING = re.compile(r"^(={1,6})([^\n]+?)\1[ \t]*((?:\ue000\d+\ue001)*)[ \t]*$", re.MULTILINE)
_TABLE_MARK = re.compile(r"^[ \t:*#]*\{\|(?!\})|^[ \t:*#]*\|\}(?!\})", re.MULTILINE)
_DOUBLED = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\Z")
_TEMPLATE_END = re.compile(r"\n(?!\s{0,8}[|}!])|\Z")  # lines that begin so belong to a template or a table still
_DEEPEST = 12  # templates in templates; what nests deeper is no prose
_ROUNDS = 4
_LONGEST_REFERENCE = 5000  # characters


@dataclass(frozen=True, slots=True)
class Reference:
    """A ``<ref>``: its wikitext, which is empty where a named one is used again."""

    content: str
    name: str | None = None
    group: str | None = None


Span = tuple[int, int]


def mend(wikitext: str) -> tuple[str, list[Reference]]:
    """The text with balanced brackets, without comments, tables and references; and the references."""
    text = _COMMENT.sub("", without_control(wikitext.replace("\r\n", "\n")))
    text, references = _take_references(text)
    text = _cut(text, _without_prose(text))
    text = _cut(text, _tables(text))
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    text = _STRAY.sub("&lt;", text)
    text = _HEADING.sub(lambda found: f"\ue004{len(found[1])}{found[2].strip()}\ue003", text)
    for _ in range(_ROUNDS):  # a cut may leave the other half of a pair behind
        text = _cut(text, _unbalanced(text))
    return (text.replace("{{", "").replace("}}", "") if any(_unbalanced(text)) else text), references


def _take_references(text: str) -> tuple[str, list[Reference]]:
    """References may stand in one another, may lack their end, and an end its beginning."""
    closed: dict[int, re.Match[str]] = {}
    opened: list[re.Match[str]] = []
    stray: set[Span] = set()
    tags = list(_REF_TAG.finditer(text))
    breaks = [found.start() for found in re.finditer(r"\n[ \t]*\n", text)]
    for tag in tags:
        if tag[1] is None:
            while opened and _between(breaks, opened[-1].end(), tag.start()):
                opened.pop()
            if opened:
                closed[opened.pop().start()] = tag
            else:
                stray.add(tag.span())
        elif not tag[2]:
            opened.append(tag)
    parts: list[str] = []
    references: list[Reference] = []
    place = 0
    for tag in tags:
        start, end = tag.span()
        if start < place or (tag[1] is None and tag.span() not in stray):
            continue  # inside another one
        parts.append(text[place:start])
        place = end
        if tag[1] is not None:
            content_end = end if tag[2] else closed[start].start() if start in closed else _end_of_open(text, end)
            parts.append(f"\ue000{len(references)}\ue001")
            references.append(_reference(tag, text[end:content_end]))
            place = closed[start].end() if start in closed else content_end
    return "".join([*parts, text[place:]]), references


def _reference(tag: re.Match[str], content: str) -> Reference:
    said = {found[1].lower(): (found[2] or found[3] or found[4] or "").strip() for found in _ATTRIBUTE.finditer(tag[1])}
    return Reference(
        content=_STRAY.sub("&lt;", _REF_TAG.sub("", content).strip()[:_LONGEST_REFERENCE]),
        name=said.get("name") or None,
        group=said.get("group") or None,
    )


def _end_of_open(text: str, start: int) -> int:
    """Where a reference without an end ends: with its template, else with its line."""
    following = text.find("<ref", start)
    following = len(text) if following < 0 else following
    line_end = text.find("\n", start, following)
    limit = following if line_end < 0 else line_end
    template_end = text.find("}}", start, limit) if text.startswith("{{", start) else -1
    return limit if template_end < 0 else template_end + 2


def _between(places: list[int], start: int, end: int) -> bool:
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end


def _without_prose(text: str) -> Iterator[Span]:
    """Tags whose contents are no prose, with their contents."""
    endless: set[str] = set()
    place = 0
    while tag := _NO_PROSE_TAG.search(text, place):
        name = tag[1].lower()
        end = None if name in endless or tag[2] else re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, tag.end())
        if tag[2]:
            place = tag.end()
        elif end is None:
            endless.add(name)
            place = _found_from(_PARAGRAPH_END, text, tag.end()).start()
        else:
            place = end.end()
        yield tag.start(), place


def _tables(text: str) -> Iterator[Span]:
    """Tables, those in tables with them; one without an end goes on as long as its lines begin as a table's do."""
    opened: list[int] = []
    for mark in _TABLE_MARK.finditer(text):
        if "{|" in mark[0]:
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            yield start, mark.end()
        else:
            yield mark.span()
    for start in opened:
        first_line = text.find("\n", start)
        yield start, _found_from(_TEMPLATE_END, text, len(text) if first_line < 0 else first_line).start()


def _unbalanced(text: str) -> Iterator[Span]:
    """What has to go for the brackets to balance: stray ones, templates without an end, and what nests too deep."""
    templates: list[int] = []
    links: list[int] = []
    for mark in _DOUBLED.finditer(text):
        match mark[0]:
            case "{{":
                templates.append(mark.start())
            case "[[":
                links.append(mark.start())
            case closing:
                opened = templates if closing == "}}" else links
                if not opened:
                    yield mark.span()
                elif len(opened) > _DEEPEST:
                    yield opened.pop(), mark.end()
                else:
                    opened.pop()
    for start in links:
        yield start, start + 2
    last = -1
    for start in templates:
        if start >= last:
            last = _found_from(_TEMPLATE_END, text, start).start()
            yield start, last


def _found_from(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str]:
    found = pattern.search(text, start)
    assert found is not None  # every pattern here also matches the end of the text
    return found


def _cut(text: str, spans: Iterable[Span]) -> str:
    """The text without the spans, which may overlap."""
    parts: list[str] = []
    place = 0
    for start, end in sorted(spans):
        if start > place:
            parts.append(text[place:start])
        place = max(place, end)
    return "".join([*parts, text[place:]])
