"""Quotation marks: which stretches of a paragraph stand between a pair of them.

Curly, straight, angled and single marks; marks inside marks belong to the outer pair. A mark that the
paragraph does not close runs to its end, as in newspapers, and may go on in the next paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OPENING = {"“": "”", "„": "“”", "«": "»", "”": "”", '"': '"', "‘": "’", "‹": "›", "'": "'"}
_MARK = re.compile(f"[{''.join(sorted({*_OPENING, *''.join(_OPENING.values())}))}]")
_SINGLE = frozenset("‘'")
_STRAIGHT = frozenset("\"'")
_BEFORE_OPENING = frozenset(' \u00a0([—–-/“‘"')
_CLIPPED = re.compile(r"'(?:\d0s|em|til|tis|twas|cause|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` inside a pair of marks; ``closed`` is False where the paragraph ends first."""

    start: int
    end: int
    closed: bool = True
    opened: bool = True  # False: the paragraph goes on with what the one before had opened


def find_stretches(text: str, *, goes_on: bool = False) -> list[Stretch]:
    """The outermost stretches between marks, outer blanks and a final comma or full stop left out.

    ``goes_on`` tells that the paragraph before opened a quotation and did not close it.
    """
    found: list[Stretch] = []
    place = 0
    first = re.search(r'[“”"«»]', text)
    if goes_on and first and first.start() and not _opens(text, first.start()):
        found.append(Stretch(0, first.start(), opened=False))
        place = first.end()
    for mark in _MARK.finditer(text):
        if mark.start() < place or not _opens(text, mark.start()):
            continue
        place = mark.start()
        close_at = _closing(text, place)
        if close_at is None and text[place] in _SINGLE:
            continue
        found.append(Stretch(place + 1, len(text) if close_at is None else close_at, closed=close_at is not None))
        place = len(text) if close_at is None else close_at + 1
    return [trimmed for stretch in found if (trimmed := _trimmed(text, stretch)) is not None]


def _opens(text: str, place: int) -> bool:
    mark = text[place]
    if mark not in _OPENING or mark == "”":
        return False
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if mark not in _SINGLE | _STRAIGHT:
        return True
    if before and before not in _BEFORE_OPENING:
        return False
    if mark == '"':
        return bool(after)
    return bool(after) and (after.isalnum() or after in '“"$[') and not _CLIPPED.match(text, place)


def _closing(text: str, place: int) -> int | None:
    """Where the mark at ``place`` is closed."""
    mark = text[place]
    closers = _OPENING[mark] + ("'" if mark == "‘" else "") + ('"' if mark == "“" else "")
    depth = 0
    candidates = []
    for found in _MARK.finditer(text, place + 1):
        index, character = found.start(), found.group()
        if character == mark and mark not in _STRAIGHT:
            depth += 1
        elif character in closers and _closes(text, index, mark):
            if depth:
                depth -= 1
                continue
            if mark not in _SINGLE:
                return index
            candidates.append(index)
    return _single_close(text, candidates)


def _closes(text: str, index: int, mark: str) -> bool:
    before, after = text[index - 1], text[index + 1 : index + 2]
    if mark in _SINGLE:
        return not before.isspace() and not after.isalnum()
    if mark == '"':
        return not (before.isspace() and after.isalnum()) or text.count('"', index) == 1
    return True


def _single_close(text: str, candidates: Sequence[int]) -> int | None:
    """The first candidate that is no plural's apostrophe: “‘the parties’ talks’” closes behind “talks”."""
    for number, index in enumerate(candidates):
        later = candidates[number + 1 :]
        if not _is_plural(text, index) or not later or _is_plural(text, later[0]) or re.search(r"[.!?]\s|[‘“]", text[index : later[0]]):
            return index
    return None


def _is_plural(text: str, index: int) -> bool:
    """May the mark be the apostrophe of a plural: “parties’ talks”?"""
    return text[index - 1] == "s" and re.match(r" [a-z]", text[index + 1 : index + 3]) is not None


def _trimmed(text: str, stretch: Stretch) -> Stretch | None:
    start, end = stretch.start, stretch.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (
        text[end - 1].isspace() or text[end - 1] == "," or (text[end - 1] == "." and text[end - 2 : end - 1] not in ".…")
    ):
        end -= 1
    return Stretch(start, end, stretch.closed, stretch.opened) if any(c.isalnum() for c in text[start:end]) else None
