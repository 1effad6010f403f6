"""Classes of nouns and shapes of names that the rules of events ask for; ``lexicon/events_words.toml`` and ``deals.toml``."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"


def noun_class(name: str) -> frozenset[str]:
    """The lemmas of a class: ``ties``, ``weapons``, ``captives`` and so on."""
    return _classes()[name]


@cache
def _classes() -> dict[str, frozenset[str]]:
    words = tomllib.loads((_FOLDER / "events_words.toml").read_text(encoding="utf-8"))
    deals = tomllib.loads((_FOLDER / "deals.toml").read_text(encoding="utf-8"))
    return {key: frozenset(value) for key, value in {**words, **deals}.items() if isinstance(value, list)}


@cache
def weapon_models() -> re.Pattern[str]:
    """The names of weapons: a letter or two, a hyphen or none, and a number."""
    deals = tomllib.loads((_FOLDER / "deals.toml").read_text(encoding="utf-8"))
    return re.compile(deals["weapon_models"])
