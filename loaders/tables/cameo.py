"""The codes of CAMEO in the terms of the ontology, as ``lexicon/cameo.toml`` has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from loaders.word_lists import word_lists


@dataclass(frozen=True, slots=True)
class Code:
    """A code: an event of a ``kind``, or a stance by an ``act`` with a ``polarity``.

    ``mutual``: one fact is coded once for each side. ``inverse_of``: its code when told from the other side.
    """

    cameo: str
    words: str
    kind: str | None = None
    act: str | None = None
    polarity: str | None = None
    mutual: bool = False
    inverse_of: str | None = None


@lru_cache(maxsize=1024)
def code_of(cameo: str) -> Code | None:
    """The entry for a code: the longest that it begins with; None where there is none."""
    lengths = range(len(cameo), 1, -1)
    return next((code for length in lengths if (code := codes().get(cameo[:length]))), None) if cameo.isdigit() else None


@cache
def codes() -> Mapping[str, Code]:
    """All entries by their codes."""
    return {entry["cameo"]: Code(**entry) for entry in word_lists("cameo.toml")["code"]}
