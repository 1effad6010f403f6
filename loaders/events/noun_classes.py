"""Classes of nouns and shapes of names that the rules of events ask for; ``lexicon/events_words.toml`` and ``deals.toml``."""

import re
from functools import cache

from loaders.word_lists import word_lists


@cache
def noun_class(*names: str) -> frozenset[str]:
    """The lemmas of a class, or of several together: ``ties``, ``weapons``, ``captives`` and so on."""
    return frozenset[str]().union(*(_classes()[name] for name in names))


@cache
def _classes() -> dict[str, frozenset[str]]:
    lists = {**word_lists("events_words.toml"), **word_lists("deals.toml")}
    return {key: frozenset(value) for key, value in lists.items() if isinstance(value, list)}


@cache
def weapon_models() -> re.Pattern[str]:
    """The names of weapons: a letter or two, a hyphen or none, and a number."""
    return re.compile(word_lists("deals.toml")["weapon_models"])
