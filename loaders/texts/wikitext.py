"""Wikitext to the text of its article: prose, lists and headings, with its references as cited works and its links.

What is no prose (templates, tables, pictures, categories, comments) is left out. A reference becomes a mark, ``[3]``,
numbered as a reader of the page would see it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.wikicode import Wikicode

from graph.works import CitedWork
from loaders.texts.citing import bibliography, is_citation, same_works, short_citation, template_name, work_of
from loaders.texts.layout import Block, Extract, Piece, lay_out, plain
from loaders.texts.mending import MARK, Reference, mend
from loaders.word_lists import word_lists

SUFFIXES = (".wiki", ".wikitext", ".mediawiki")

_REDIRECT = re.compile(r"\s*#\s*\w{4,20}\s*:?\s*\[\[([^\]|#\n]+)")
_SIGNS = (
    re.compile(r"\{\{[^{}\n]{2,}"),
    re.compile(r"<ref[\s>]", re.IGNORECASE),
    re.compile(r"^={2,4}[^=\n]+={2,4}[ \t]*$", re.MULTILINE),
    re.compile(r"'''[^'\n]+'''"),
)
_LINKED = re.compile(r"\[\[[^\[\]\n]+\]\]")
_LEFTOVER = re.compile(r"__[A-Z]{3,30}__|\{\{+|\}\}+|\[\[+|\]\]+")
_TRAIL = re.compile(r"[^\W\d_]+")
_OTHER_EDITION = re.compile(r"[a-z]{2,3}(?:-[a-z]+)*$")
_PARAMETER = re.compile(r"\{(\w+)\}")
_DEEPEST = 40  # tags in links in tags
_NOTE = "note "  # the label of a reference that stands in a group of its own


def looks_like_wikitext(text: str) -> bool:
    """Is a text clearly wikitext: with links in double brackets, and templates, references, headings or bold words in its markup?"""
    return bool(_LINKED.search(text)) and any(sign.search(text) for sign in _SIGNS)


def redirect_target(wikitext: str) -> str | None:
    """The page that a redirect points at; None for an article."""
    found = _REDIRECT.match(wikitext)
    return plain(found[1]) if found else None


def read_wikitext(wikitext: str) -> Extract:
    """The text of an article, laid out; pure."""
    mended, references = mend(wikitext)
    code = mwparserfromhell.parse(mended, skip_style_tags=True)
    marks = _Marks(references, code)
    return lay_out(_without_end_sections(_blocks(_pieces(code.nodes, marks))))


class _Marks:
    """The marks of an article's references, numbered in the order in which they are asked for."""

    def __init__(self, references: Sequence[Reference], code: Wikicode) -> None:
        self._references = references
        self._numbers: dict[str, dict[str, int]] = {}
        templates = code.filter_templates(recursive=True)
        self._listed = bibliography(t for t in templates if is_citation(t))
        works = same_works([self._work(reference) for reference in references])
        self._works = dict(enumerate(works))
        self._named = {r.name: work for r, work in reversed(list(zip(references, works, strict=True))) if r.name and r.content}

    def of(self, index: int) -> Piece:
        """The mark of a reference by its number in the wikitext."""
        reference = self._references[index]
        work = self._works[index] if reference.content or not reference.name else self._named.get(reference.name)
        return self._mark(reference.name or f"\0{index}", reference.group, work)

    def again(self, name: str) -> Piece:
        """The mark of a named reference that is used again by a template."""
        return self._mark(name, None, self._named.get(name))

    def short(self, template: Template) -> Piece | None:
        """The mark of a short citation such as ``{{sfn|Brandt|2009}}``."""
        known_by = short_citation(template)
        if known_by is None:
            return None
        return self._mark("\0".join(known_by), None, self._cited_shortly(known_by))

    def _mark(self, name: str, group: str | None, work: CitedWork | None) -> Piece:
        numbers = self._numbers.setdefault(group or "", {})
        number = numbers.setdefault(name, len(numbers) + 1)
        return Piece(f"[{_NOTE if group else ''}{number}]", cites=True, work=work)

    def _work(self, reference: Reference) -> CitedWork | None:
        if not reference.content:
            return None
        templates = mwparserfromhell.parse(reference.content).filter_templates(recursive=True)
        for template in templates:
            if template_name(template) in _templates("short_citations") and (known_by := short_citation(template)):
                return self._cited_shortly(known_by)
        is_note = reference.group and "http" not in reference.content and not any(map(is_citation, templates))
        return None if is_note else work_of(reference.content)

    def _cited_shortly(self, known_by: tuple[str, str]) -> CitedWork:
        surname, year = known_by
        return self._listed.get(known_by) or CitedWork(author=surname.title(), date=year[:4])


_Break = str  # "text", "item", "item end", or "heading" and a level: what the pieces behind it are part of
_Written = Piece | _Break


def _pieces(nodes: Iterable[Node], marks: _Marks, depth: int = 0) -> Iterator[_Written]:
    """The words of some nodes in their order, and the breaks between blocks."""
    if depth > _DEEPEST:
        return
    for node in nodes:
        if isinstance(node, Text):
            yield from _words(str(node.value), marks)
        elif isinstance(node, HTMLEntity):
            yield Piece(plain(_character(node)) or " ")
        elif isinstance(node, Wikilink):
            yield from _link(node, marks, depth)
        elif isinstance(node, ExternalLink):
            yield from _pieces(node.title.nodes, marks, depth + 1) if node.title is not None and node.brackets else ()
        elif isinstance(node, Template):
            yield from _template(node, marks, depth)
        elif isinstance(node, Tag) and node.contents is not None:
            yield from _pieces(node.contents.nodes, marks, depth + 1)


def _words(text: str, marks: _Marks) -> Iterator[_Written]:
    """Plain words and what stands in them: a blank line parts paragraphs, the end of a line ends an item."""
    text = _LEFTOVER.sub("", text)
    place, line_start = 0, -1
    for found in MARK.finditer(text):
        if found.start() > place:
            yield Piece(text[place : found.start()])
        if found["reference"]:
            yield marks.of(int(found["reference"]))
        elif found[0] == "\n":
            yield "text" if line_start >= 0 and not text[line_start : found.start()].strip() else "item end"
            line_start = found.end()
        else:
            yield "item" if found["item"] else "text" if found["text"] else f"heading {found['heading']}"
        place = found.end()
    if place < len(text):
        yield Piece(text[place:])


def _character(node: HTMLEntity) -> str:
    try:
        return str(node.normalize())
    except (ValueError, OverflowError):
        return ""


def _link(node: Wikilink, marks: _Marks, depth: int) -> Iterator[_Written]:
    target = plain(str(node.title).replace("_", " "))
    prefix, colon, rest = target.partition(":")
    space = prefix.strip().casefold()
    if colon and prefix and (space in word_lists("wikitext.toml")["namespaces_left_out"] or _is_other_edition(prefix, rest)):
        return
    shown = list(_pieces(node.text.nodes, marks, depth + 1)) if node.text is not None else []
    words = "".join(piece.text for piece in shown if isinstance(piece, Piece) and not piece.cites)
    target = target.lstrip(":")
    words = words if words.strip() else target if node.text is None else re.sub(r"\s*\([^()]*\)$|,.*$", "", target)
    yield Piece(words, target=target.partition("#")[0].strip() or None)
    yield from (piece for piece in shown if isinstance(piece, Piece) and piece.cites)


def _is_other_edition(prefix: str, rest: str) -> bool:
    """``[[ru:Россия]]`` stands beside the article; ``[[de facto: a history]]`` is a page."""
    return bool(_OTHER_EDITION.fullmatch(prefix)) and not rest.startswith(" ")


def _template(node: Template, marks: _Marks, depth: int) -> Iterator[_Written]:
    name = template_name(node)
    pattern = word_lists("wikitext.toml")["words"].get(name.partition(":")[0])
    if name in _templates("used_again"):
        yield from (marks.again(plain(str(p.value))) for p in node.params if not p.showkey)
    elif name in _templates("short_citations"):
        mark = marks.short(node)
        yield from [mark] if mark is not None else []
    elif pattern is not None and ":" in name:  # {{formatnum:1234}}
        yield Piece(pattern.replace("{1}", name.partition(":")[2]))
    elif pattern is not None:
        place = 0
        for found in _PARAMETER.finditer(pattern):
            yield Piece(pattern[place : found.start()])
            if node.has(found[1]):
                yield from _pieces(node.get(found[1]).value.nodes, marks, depth + 1)
            place = found.end()
        yield Piece(pattern[place:])


def _blocks(written: Iterable[_Written]) -> Iterator[Block]:
    pieces: list[Piece] = []
    kind, level = "text", 0
    for one in written:
        if isinstance(one, Piece):
            pieces.append(one)
        elif one == "item end" and kind == "text":
            pieces.append(Piece(" "))
        else:
            yield Block(tuple(_with_trails(pieces)), kind, level)
            pieces = []
            kind, _, number = ("text" if one == "item end" else one).partition(" ")
            level = int(number or 0)
    yield Block(tuple(_with_trails(pieces)), kind, level)


def _with_trails(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Letters right behind a link are part of it: ``[[treaty|treat]]ies``."""
    before: Piece | None = None
    for piece in pieces:
        trail = None if before is None or before.target is None or piece.target or piece.cites else _TRAIL.match(piece.text)
        if before is not None and trail is not None:
            before = Piece(before.text + trail[0], before.target)
            piece = Piece(piece.text[trail.end() :])
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _without_end_sections(blocks: Iterable[Block]) -> Iterator[Block]:
    """Without the sections that list works and links, and the sections in them; headings without the marks in them."""
    left_out: int | None = None
    for block in blocks:
        if block.kind == "heading":
            words = Piece(plain("".join(piece.text for piece in block.pieces if not piece.cites)))
            left_out = None if left_out is not None and block.level <= left_out else left_out
            if left_out is None and _end_section().fullmatch(words.text):
                left_out = block.level
            block = Block((words,), block.kind, block.level)
        if left_out is None:
            yield block


@cache
def _end_section() -> re.Pattern[str]:
    return re.compile("|".join(word_lists("marks.toml")["end_sections"]), re.IGNORECASE)


@cache
def _templates(which: str) -> frozenset[str]:
    return frozenset(word_lists("wikitext.toml")["templates"][which])
