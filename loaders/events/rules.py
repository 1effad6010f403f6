"""The rules of events: ``lexicon/events/*.toml``, in the order of the files' names."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ontology.errors import IrkgError

LEXICON = Path(__file__).parent.parent / "lexicon" / "events"
_FIELDS = {"with": "with_"}  # a word of Python's own


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a file; docs/event-rules.md explains the fields."""

    name: str
    kind: str
    reads: str
    leaves: str
    needs: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    object_with: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    with_: frozenset[str] = frozenset()
    plover: str | None = None  # where it is not that of the kind
    realis: str | None = None  # of what was done, where that is not “actual”


@cache
def triggers() -> tuple[dict[str, tuple[Rule, ...]], dict[str, tuple[Rule, ...]]]:
    """Rules by the lemma of their verbs and of their nouns, in the order of the file."""
    verbs: dict[str, tuple[Rule, ...]] = {}
    nouns: dict[str, tuple[Rule, ...]] = {}
    for rule in load_rules():
        for index, lemmas in ((verbs, rule.verbs), (nouns, rule.nouns)):
            for lemma in lemmas:
                index[lemma] = (*index.get(lemma, ()), rule)
    return verbs, nouns


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules of the lexicon.

    Raises:
        IrkgError: an entry has a field that rules do not have, or lacks one.
    """
    rules = []
    for file in sorted(LEXICON.glob("*.toml")):
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["rule"]:
            try:
                rules.append(Rule(**{_FIELDS.get(key, key): _value(key, value) for key, value in entry.items()}))
            except TypeError as error:
                raise IrkgError(f"{file}: rule {entry.get('name')}: {error}") from None
    return tuple(rules)


def _value(key: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return tuple(value) if key == "needs" else frozenset(value)
