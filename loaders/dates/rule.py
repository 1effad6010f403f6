"""A rule: a name, a pattern, and what its matches mean."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.dates.lexicon import pieces
from loaders.dates.model import Meaning, Mention

Part = tuple[int, int, Meaning]  # characters and what they mean
Reader = Callable[[re.Match[str]], list[Part]]

_PIECE = re.compile(r"\{([a-z_]+)\}")
_START, _END = r"(?<![\w$€£#])", r"(?!\w)"


@dataclass(frozen=True, slots=True)
class Rule:
    """Finds the expressions of one shape. A reader that returns nothing leaves the match alone."""

    name: str
    pattern: re.Pattern[str]
    read: Reader

    def mentions(self, text: str) -> Iterator[Mention]:
        """The expressions of this shape in a text, in order."""
        for match in self.pattern.finditer(text):
            for start, end, meaning in self.read(match):
                yield Mention(start, end, self.name, meaning)


def rule(name: str, template: str, read: Reader) -> Rule:
    """A rule whose pattern is written with the lexicon's pieces in ``{braces}``; white space in it only parts the lines.

    It stands between word boundaries and ignores the case of letters, except in names.
    """
    return Rule(name, re.compile(f"{_START}(?:{fill(''.join(template.split()))}){_END}", re.IGNORECASE), read)


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
