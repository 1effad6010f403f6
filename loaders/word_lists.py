"""The one reader of ``lexicon/*.toml``: each file is read once a process, by whichever module asks first."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "lexicon"


@cache
def word_lists(file: str) -> Mapping[str, Any]:
    """The tables of a lexicon by its file name; not to be changed by who reads them."""
    return tomllib.loads((_FOLDER / file).read_text(encoding="utf-8"))
