"""Given names of women and of men, from ``lexicon/given_names.toml``."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def given_names() -> dict[str, frozenset[str]]:
    """The names in small letters, under ``female`` and ``male``."""
    table = tomllib.loads((Path(__file__).parent / "lexicon" / "given_names.toml").read_text(encoding="utf-8"))
    return {gender: frozenset(table[gender]) for gender in ("female", "male")}
