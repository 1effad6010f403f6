"""Kinds of events, acts, polarities and realis, as ``kinds.ttl`` has them, with their PLOVER classes.

``KINDS``, ``FAMILIES``, ``ACTS``, ``POLARITIES`` and ``REALIS`` are sorted tuples of names. The file is
read when the first of them is asked for, not at import.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from ontology.errors import UsageError
from ontology.identifiers import ONTOLOGY

KINDS: tuple[str, ...]
FAMILIES: tuple[str, ...]
ACTS: tuple[str, ...]
POLARITIES: tuple[str, ...]
REALIS: tuple[str, ...]

HAPPENED = ("actual", "reported")
"""The realis of events that count as having happened."""

_SKOS = "http://www.w3.org/2004/02/skos/core#"


def family_of(kind: str) -> str:
    """The family of a kind of event: ``Meeting`` → ``contact``."""
    return _kind(kind).broader or ""


def plover_of(kind: str) -> str | None:
    """The PLOVER class of a kind of event, None where PLOVER has none: ``Meeting`` → ``CONSULT``."""
    return _kind(kind).plover


def plover_of_stance(act: str, polarity: str) -> str | None:
    """The PLOVER class of an act with a polarity: ``state``, ``oppose`` → ``ACCUSE``."""
    if act not in _members("acts"):
        raise _unknown("act", act, _members("acts"))
    if polarity not in _members("polarities"):
        raise _unknown("polarity", polarity, _members("polarities"))
    for narrower in _concepts().values():
        if narrower.broader == act and narrower.polarity == polarity:
            return narrower.plover
    return _concepts()[act].plover


def label_of(concept: str) -> str:
    """The preferred label of a kind, family, act, polarity or realis: ``ArmsDeal`` → ``arms deal``."""
    if concept not in _concepts():
        raise UsageError(f"unknown concept “{concept}”")
    return _concepts()[concept].label


@dataclass(frozen=True, slots=True)
class _Concept:
    name: str
    label: str
    scheme: str
    broader: str | None
    plover: str | None
    polarity: str | None


def _kind(name: str) -> _Concept:
    if name not in _members("kinds"):
        raise _unknown("kind of event", name, _members("kinds"))
    return _concepts()[name]


def _unknown(what: str, name: str, known: tuple[str, ...]) -> UsageError:
    return UsageError(f"unknown {what} “{name}”; there are {', '.join(known)}")


@cache
def _concepts() -> dict[str, _Concept]:
    return {concept.name: concept for concept in _read(Path(__file__).parent / "kinds.ttl")}


def _read(path: Path) -> Iterator[_Concept]:
    described: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in pyoxigraph.parse(path=path):
        described[_local(quad.subject)][_local(quad.predicate)] = _local(quad.object)
    for name, said in described.items():
        if "inScheme" in said:
            yield _Concept(name, said["prefLabel"], said["inScheme"], said.get("broader"), said.get("plover"), said.get("polarity"))


def _local(term: object) -> str:
    """A term without its namespace, a literal without its language."""
    value: str = getattr(term, "value")  # noqa: B009 - blank nodes and triples have none, and the file has neither
    return value.removeprefix(ONTOLOGY).removeprefix(_SKOS)


@cache
def _members(scheme: str) -> tuple[str, ...]:
    """The concepts of a scheme; of the kinds without their families."""
    return tuple(sorted(c.name for c in _concepts().values() if c.scheme == scheme and (scheme != "kinds" or c.broader)))


@cache
def _families() -> tuple[str, ...]:
    return tuple(sorted({c.broader for c in _concepts().values() if c.scheme == "kinds" and c.broader}))


if not TYPE_CHECKING:  # a type checker sees the five names above, and flags any other

    def __getattr__(name: str) -> tuple[str, ...]:
        if name == "FAMILIES":
            return _families()
        schemes = {"KINDS": "kinds", "ACTS": "acts", "POLARITIES": "polarities", "REALIS": "realisValues"}
        if name in schemes:
            return _members(schemes[name])
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
