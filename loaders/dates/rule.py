"""A rule: a name, a pattern, and what its matches mean."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.dates.lexicon import cues, pieces
from loaders.dates.model import Meaning, Mention

Part = tuple[int, int, Meaning]  # characters and what they mean
Reader = Callable[[re.Match[str]], list[Part]]
Cue = tuple[str, ...]  # letters one of which must stand in a text

_PIECE = re.compile(r"\{([a-z_]+)\}")
_DIGIT = re.compile(r"\d")
_START, _END = r"(?<![\w$€£#])", r"(?!\w)"


@dataclass(frozen=True, slots=True)
class Rule:
    """Finds the expressions of one shape. A reader that returns nothing leaves the match alone.

    ``cues`` are what must stand in a text for the pattern to match anywhere in it: to look for them is far cheaper.
    """

    name: str
    pattern: re.Pattern[str]
    read: Reader
    cues: tuple[Cue, ...]

    def mentions(self, text: str, start: int, end: int) -> Iterator[Mention]:
        """The expressions of this shape in a stretch of a text, in order."""
        for match in self.pattern.finditer(text, start, end):
            for start, end, meaning in self.read(match):
                yield Mention(start, end, self.name, meaning)


def rule(name: str, template: str, read: Reader, needs: str) -> Rule:
    """A rule whose pattern is written with the lexicon's pieces in ``{braces}``; white space in it only parts the lines.

    It stands between word boundaries and ignores the case of letters, except in names. ``needs`` are its cues as
    ``folded`` has them: all that a blank parts, one of those that ``|`` parts, the lexicon's own in ``{braces}``.
    """
    pattern = re.compile(f"{_START}(?:{fill(''.join(template.split()))}){_END}", re.IGNORECASE)
    return Rule(name, pattern, read, tuple(_cue(need) for need in needs.split()))


def _cue(need: str) -> Cue:
    known = cues()
    return tuple(letters for part in need.split("|") for letters in (known[part[1:-1]] if part.startswith("{") else (part,)))


def folded(text: str) -> str:
    """A text as cues are looked for in it: in small letters, each figure a nought."""
    return _DIGIT.sub("0", text.lower())


def fill(template: str) -> str:
    """The pattern with its ``{pieces}`` put in; pieces may hold pieces."""
    known = pieces()
    while _PIECE.search(template):
        template = _PIECE.sub(lambda match: known[match.group(1)], template)
    return template


def whole(read: Callable[[re.Match[str]], Meaning | None]) -> Reader:
    """The reader for a match that is one expression from its first character to its last."""

    def reader(match: re.Match[str]) -> list[Part]:
        meaning = read(match)
        return [] if meaning is None else [(match.start(), match.end(), meaning)]

    return reader


def always(meaning: Meaning) -> Reader:
    """The reader for a shape that always means the same."""
    return whole(lambda _: meaning)
