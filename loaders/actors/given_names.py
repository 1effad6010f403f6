"""Given names of women and of men, from ``lexicon/given_names.toml``."""

from functools import cache

from loaders.word_lists import word_lists


@cache
def given_names() -> dict[str, frozenset[str]]:
    """The names in small letters, under ``female`` and ``male``."""
    return {gender: frozenset(word_lists("given_names.toml")[gender]) for gender in ("female", "male")}
