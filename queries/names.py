"""Which entity of the graph a user means by a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pyoxigraph as ox

from ontology.errors import UsageError
from ontology.names import bare, words
from queries.answers import QueryStore, ask

_MOST_LISTED = 8

_NAMES = """
PREFIX : <https://w3id.org/irkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?entity ?name ?rank WHERE {
  VALUES ?class { :State :Person :Organisation :Group :Place :Agent }
  VALUES (?property ?rank) { (rdfs:label 0) (schema:alternateName 1) (:loadedName 2) (:seatName 2) (:adjective 2) (schema:familyName 2) }
  ?entity a ?class ; ?property ?name .
}
"""

_IN_RECORDS = """
PREFIX : <https://w3id.org/irkg/ontology#>
SELECT DISTINCT ?entity WHERE {{
  VALUES ?entity {{ {entities} }}
  ?record ?role ?entity ; :source ?source .
}}
"""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity. ``rank`` is 0 for its label, 1 for another name, 2 for a surname, an adjective or a seat."""

    entity: str
    text: str
    rank: int


def resolve(store: QueryStore, text: str) -> ox.NamedNode:
    """The entity with an IRI, or with a name, in small letters or capitals, with accents or without.

    The label goes before other names, those before surnames, and a whole name before a part of one. Among several
    that fit equally well, one that the records tell of goes before those that only the reference data know.

    Raises:
        UsageError: nothing fits (near names are given), or several do (all are given).
    """
    if text.startswith(("http://", "https://")):
        return _by_iri(store, text)
    names = all_names(store)
    candidates = _best(names, text)
    if len(candidates) > 1:
        candidates = _told_of(store, candidates) or candidates
    if len(candidates) == 1:
        return ox.NamedNode(candidates[0])
    if not candidates:
        raise UsageError(f"no entity is named “{text}”{_near(names, text)}")
    raise UsageError(f"“{text}” may mean several: {_listed(names, candidates)}; give the whole name or the IRI")


def all_names(store: QueryStore) -> list[Name]:
    """Every name of every entity in the graph, sorted."""
    rows = ask(store, _NAMES, "the look-up of names").rows
    return sorted((Name(str(entity), str(name), int(rank or 0)) for entity, name, rank in rows), key=lambda n: (n.rank, n.text, n.entity))


def _by_iri(store: QueryStore, text: str) -> ox.NamedNode:
    try:
        entity = ox.NamedNode(text)
    except ValueError as error:
        raise UsageError(f"“{text}” is not an IRI: {error}") from None
    if not ask(store, f"ASK {{ {entity} ?property ?value }}").rows[0][0]:
        raise UsageError(f"nothing in this graph has the IRI {text}")
    return entity


def _best(names: Sequence[Name], text: str) -> list[str]:
    """The entities that a text fits best; [] if none."""
    wanted = words(bare(text))
    if not wanted:
        return []
    whole = [name for name in names if words(bare(name.text)) == wanted]
    if whole:
        rank = whole[0].rank
        return _entities(name for name in whole if name.rank == rank)
    return _entities(name for name in names if _is_part(wanted, words(bare(name.text))))


def _entities(names: Iterable[Name]) -> list[str]:
    return sorted({name.entity for name in names})


def _is_part(wanted: tuple[str, ...], of: tuple[str, ...]) -> bool:
    """Whether the words stand in the name, side by side."""
    return any(of[start : start + len(wanted)] == wanted for start in range(len(of) - len(wanted) + 1))


def _told_of(store: QueryStore, entities: Sequence[str]) -> list[str]:
    terms = " ".join(str(ox.NamedNode(entity)) for entity in entities)
    rows = ask(store, _IN_RECORDS.format(entities=terms), "the look-up of names").rows
    return sorted(str(entity) for (entity,) in rows)


def _near(names: Sequence[Name], text: str) -> str:
    by_words: dict[str, str] = {}
    for name in names:
        by_words.setdefault(" ".join(words(name.text)), name.text)
    near = get_close_matches(" ".join(words(text)), by_words, n=3, cutoff=0.7)
    return f"; near it: {', '.join(by_words[key] for key in near)}" if near else " in this graph"


def _listed(names: Sequence[Name], entities: Sequence[str]) -> str:
    labels = {name.entity: name.text for name in reversed(names)}
    shown = [f"{labels[entity]} <{entity}>" for entity in entities[:_MOST_LISTED]]
    more = len(entities) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
