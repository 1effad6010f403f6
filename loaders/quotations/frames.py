"""The sentence that stands around a quotation: what is left of it when quoted words are taken out.

The language model's sentences break at marks; these do not: a full stop inside marks ends the sentence only
where the quotation ends with it and a capital follows.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.parsed import Doc, Span, Token
from loaders.passages import Passage
from loaders.quotations.marks import Stretch

_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class Frame:
    """The sentence around a stretch without what is quoted in it: words before it, and behind it up to the next stretch.

    ``starts`` tells that the stretch begins the sentence, ``whole`` that it is a sentence of its own, ``pause``
    that a comma, question or exclamation mark ends it.
    """

    before: tuple[Token, ...]
    after: tuple[Token, ...]
    starts: bool
    whole: bool
    pause: bool


def frame_of(passage: Passage, stretch: Stretch, stretches: Sequence[Stretch]) -> Frame:
    """The frame of a stretch among the stretches of its paragraph."""
    doc, text = passage.doc, passage.paragraph.text
    inside = {t.i for s in stretches if (span := tokens_of(doc, s.start, s.end)) is not None for t in span}
    first, last = token_before(doc, stretch.start), token_before(doc, stretch.end - 1)
    asks = text[stretch.end - 1] in "?!"  # “No!” she said.
    closed = min(last.i + 2, len(doc) - 1) if asks else last.i
    start, end = _sentence_start(doc, first.i, inside), _sentence_end(doc, closed, inside)
    before = tuple(t for t in doc[start : first.i] if t.i not in inside)
    following = [s.start for s in stretches if s.start > stretch.end]
    stop = min([token_before(doc, following[0]).i] if following else [end], default=end)
    tail = text[stretch.end : stretch.end + 3]
    after = () if re.match(r"\.[”\"’»']", tail) else tuple(t for t in doc[last.i + 1 : min(stop, end)] if t.i not in inside)
    spoken = [t for t in before if not (t.is_punct or t.is_quote or t.is_space)]
    return Frame(
        before=before,
        after=after,
        starts=not spoken,
        whole=not spoken and bool(re.match(r"[.!?…]*[”\"’»']?\s*(?:$|[A-Z“\"‘\[(])", text[stretch.end :])),
        pause=bool(re.match(r",|[”\"’»']\s?[,—–]", tail)) or text[stretch.end - 1] in "?!—–",
    )


def _sentence_start(doc: Doc, index: int, inside: set[int]) -> int:
    """The first token of the sentence that a token is in; full stops inside quotations do not end it unless the quotation ends there."""
    while index > 0 and not _ends_sentence(doc, index - 1, inside):
        index -= 1
    return index


def _sentence_end(doc: Doc, index: int, inside: set[int]) -> int:
    while index + 1 < len(doc) and not (index not in inside and _ends_sentence(doc, index, inside)):
        index += 1
    return index + 1


def _ends_sentence(doc: Doc, index: int, inside: set[int]) -> bool:
    """Does a sentence end with this token? Its full stop may stand before a closing mark."""
    token = doc[index]
    if index in inside:
        return False
    final = index
    while final > 0 and (doc[final].is_quote or doc[final].text in ")]’”»"):
        final -= 1
    if doc[final].text[-1:] not in _ENDS or (len(doc[final].text) > 1 and not doc[final].is_punct):
        return False
    following = doc[index + 1] if index + 1 < len(doc) else None
    if following is None:
        return True
    if following.is_quote or following.text in ")]’”»":
        return bool(token.whitespace_)
    return following.text[0].isupper() or following.text[0].isdigit()


def tokens_of(doc: Doc, start: int, end: int) -> Span | None:
    """The tokens that characters ``start`` to ``end`` touch."""
    return doc.char_span(start, end, alignment_mode="expand")


def token_before(doc: Doc, character: int) -> Token:
    """The token that holds a character, or the last that starts before it."""
    return doc[max(bisect_right(doc, character, key=lambda token: token.idx) - 1, 0)]
