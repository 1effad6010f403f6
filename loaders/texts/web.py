"""A web page to the text of its article, and what the page tells of itself.

trafilatura finds the article among menus, notices and comments. It fetches nothing here, and looks for no date outside
the page's metadata, so that the same page gives the same text on every day.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from graph.edtf import bounds
from loaders.texts.layout import Block, Extract, Facts, Piece, lay_out, plain, without_control
from ontology.errors import IrkgError

SUFFIXES = (".html", ".htm", ".xhtml")

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I
)
_LANGUAGE = re.compile(r"<html\b[^>]{0,1000}?\slang\s*=\s*[\"']?([a-z]{2,3})\b", re.IGNORECASE)
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}  # the default latest date is the clock's
_HEAD = 4096  # bytes in which a page says how it is encoded
_Element = Any  # of lxml, which carries no types
_End = tuple[str, int]  # the kind and level of the block whose words came before

_SILENT = frozenset({"table", "graphic", "code", "del", "comments"})
_BLOCKS = frozenset({"p", "head", "item", "list", "quote", "div", "body", "main", "article", "section"})


def read_page(place: str, content: bytes, charset: str | None = None) -> tuple[Extract, Facts]:
    """The text of a page and what it tells of itself. ``charset`` is what the server says of its encoding.

    Raises:
        IrkgError: no text is found in it; the message says what to do.
    """
    html = decoded(content, charset)
    if not html.strip():
        raise IrkgError(f"{place}: is empty")
    article = _article(html)
    extract = lay_out(_blocks(article.body)) if article is not None else Extract("")
    if article is None or not extract.lines:
        raise IrkgError(
            f"{place}: no text was found in the page (it may need a browser to be shown); save its text to a file and name that"
        )
    return extract, _facts(article, html)


def decoded(content: bytes, charset: str | None = None) -> str:
    """The characters of a page by its byte order mark, the server's word, its own word, or as browsers guess."""
    own = _META_CHARSET.search(content[:_HEAD])
    mark = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    for name in (mark, charset, (own[1] or own[2]).decode("ascii") if own else None, "utf-8"):
        try:
            if name:
                return content.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")


def _article(html: str) -> Any:
    """trafilatura's document; None where it finds no article. The parser beneath gives up on tags that stand too deep."""
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            without_control(html), with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
        )
    except Exception:  # what the libraries beneath raise of markup that they don't expect, assertions among it
        return None


def _facts(article: Any, html: str) -> Facts:
    language = _LANGUAGE.search(html[:20_000])
    published = article.date if article.date and bounds(article.date) else None
    return Facts(
        title=_said(article.title), publisher=_said(article.sitename), published=published, author=_said(article.author),
        kind="news" if article.pagetype == "article" or published else None,
        language=language[1].lower() if language else None, url=article.url or None,
    )  # fmt: skip


def _said(words: str | None) -> str | None:
    return plain(words or "") or None


def _blocks(body: _Element) -> Iterator[Block]:
    """The paragraphs, items and headings, in order; what stands between them is a paragraph too."""
    words: list[str] = []
    for one in _flow(body, "text", 0):
        if isinstance(one, str):
            words.append(one)
            continue
        kind, level = one
        yield Block((Piece("".join(words)),), kind, level)
        words = []


def _flow(element: _Element, kind: str, level: int) -> Iterator[str | _End]:
    """Words, and at the end of each block its kind."""
    if element.text:
        yield element.text
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SILENT:
            yield " "
        elif child.tag in _BLOCKS:
            yield kind, level
            yield from _flow(child, *_kind(child, kind))
        else:
            yield from _inline(child)
        if child.tail:
            yield child.tail
    yield kind, level


def _kind(element: _Element, around: str) -> _End:
    if element.tag == "head":
        rend = element.get("rend") or ""
        return "heading", int(rend[1:]) if re.fullmatch(r"h[1-6]", rend) else 2
    if element.tag == "item" or around == "item":
        return "item", 0
    return "text", 0


def _inline(element: _Element) -> Iterator[str]:
    """Words in bold, in a link, behind a line break."""
    if element.tag == "lb":
        yield " "
    yield "".join(str(words) for words in element.itertext())
