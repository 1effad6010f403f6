"""Given names: of women and of men, from ``lexicon/given_names.toml``, and those of the people of the reference data."""

from functools import cache

from loaders.word_lists import word_lists
from ontology.reference import Reference


@cache
def given_names() -> dict[str, frozenset[str]]:
    """The names in small letters, under ``female`` and ``male``."""
    return {gender: frozenset(word_lists("given_names.toml")[gender]) for gender in ("female", "male")}


def is_given_name(word: str, reference: Reference) -> bool:
    """Does a name of a person begin so?"""
    return word.lower() in reference.first_names or any(word.lower() in names for names in given_names().values())
