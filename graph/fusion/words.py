"""Words as fusion compares them: content words with their endings cut, and classes of goods."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from tomllib import loads

_WORD = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_ENDING = re.compile(r"(?:ations?|ings?|ions?|ers?|ies|ed|es|s)$")
_STOP = frozenset({
    "a", "about", "after", "also", "an", "and", "are", "as", "at", "be", "been", "before", "by", "during", "for", "from", "had",
    "has", "have", "he", "her", "his", "in", "into", "is", "it", "its", "more", "of", "on", "only", "or", "over", "she", "some",
    "than", "that", "the", "their", "them", "they", "this", "those", "to", "up", "was", "were", "which", "who", "whom", "whose",
    "will", "with", "would",
})  # fmt: skip


@lru_cache(maxsize=100_000)  # every pair that is compared asks for its words
def stems(text: str | None) -> frozenset[str]:
    """The content words of a text, without accents, capitals and endings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c)).casefold()
    return frozenset(_stem(word) for word in _WORD.findall(plain) if word not in _STOP)


def shared(first: frozenset[str], second: frozenset[str]) -> float:
    """The share of the shorter text's words that the other has too, 0 to 1; 0 where one has none."""
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def classes(words: frozenset[str]) -> frozenset[str]:
    """The classes of goods that some words name: “drone”, “UAV” and “Searcher” are of one."""
    return frozenset(name for name, members in _classes().items() if words & members)


def _stem(word: str) -> str:
    return _ENDING.sub("", word).rstrip("e") if len(word) > 4 else word


@cache
def _classes() -> dict[str, frozenset[str]]:
    table = loads((Path(__file__).parent / "goods.toml").read_text(encoding="utf-8"))
    return {name: frozenset(_stem(word) for word in words) for name, words in table.items()}
