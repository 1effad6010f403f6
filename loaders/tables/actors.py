"""Whom a data set means by a name: the resolver's names, and the country column where these do not tell."""

import re
from functools import lru_cache

from graph.records import Entity
from loaders.actors.spellings import respelled
from loaders.tables.found import entity_of, state_named
from loaders.word_lists import word_lists
from ontology.identifiers import entity_iri
from ontology.reference import Known, Reference

NOTHING = ("", "NA")
_UNSPECIFIED = "Unspecified Actor"
_ROLE = re.compile(r"(?P<role>.+?)\s*\((?P<country>.+)\)$")


@lru_cache(maxsize=50_000)
def actor(name: str, country: str, date: str, reference: Reference) -> Entity | None:
    """The entity of a name on a day; None where nobody is named.

    In this order: a name of the reference data; a body of the country (“Foreign Affairs (Russia)”); a person of the country
    whose name is spelled otherwise, has a patronymic or begins with the surname. Else an entity is made of the name.
    """
    if name in NOTHING:
        state = state_of(country, reference)
        return entity_of(reference.state_at(state, date), reference) if state else None
    if name == _UNSPECIFIED:
        return _made(f"{_UNSPECIFIED} ({country})") if country not in NOTHING else None
    known = _named(name, state_of(country, reference), date, reference) or _otherwise_called(name, country, reference)
    return entity_of(known, reference) if known else _made(name)


@lru_cache(maxsize=4096)
def state_of(country: str, reference: Reference) -> Known | None:
    """The state in a column of countries."""
    if country in NOTHING:
        return None
    name = word_lists("cameo.toml")["countries"].get(country, country)
    return state_named(name, reference) or state_named(name.split(",")[0], reference)  # “Moldova, Republic of”


@lru_cache(maxsize=20_000)
def _otherwise_called(name: str, country: str, reference: Reference) -> Known | None:
    """A body or a person of the country, whatever the day."""
    state = state_of(country, reference)
    return _body(name, state, reference) or _otherwise_spelled(name, state, reference)


def _made(name: str) -> Entity:
    return Entity(entity_iri(name), name, known=False)


def _named(name: str, state: Known | None, date: str, reference: Reference) -> Known | None:
    candidates = reference.of_the_time(list(_bearers(name, reference)), date)
    known = next((known for known in candidates if _belongs(known, state, reference)), None) or next(iter(candidates), None)
    return reference.state_at(known, date) if known and known.type == "State" else known


@lru_cache(maxsize=20_000)
def _bearers(name: str, reference: Reference) -> tuple[Known, ...]:
    """Those whose name it is, at some time."""
    plain = word_lists("cameo.toml")["countries"].get(name, name)
    return tuple(known for known in reference.named(plain) if reference.how(plain, known) == "name")


def _body(name: str, state: Known | None, reference: Reference) -> Known | None:
    parts = _ROLE.fullmatch(name)
    owner = (state_of(parts["country"], reference) or state) if parts else None
    if not parts or not owner:
        return None
    phrase = word_lists("cameo.toml")["bodies"].get(parts["role"])
    return reference.body(owner.iri, phrase) if phrase else None


def _otherwise_spelled(name: str, state: Known | None, reference: Reference) -> Known | None:
    words = name.split()
    if len(words) < 2 or "(" in name or state is None:
        return None
    given, surname = words[0], words[-1]
    for tried in (f"{given} {surname}", name, f"{surname} {given}" if len(words) == 2 else name):
        people = [known for known in reference.named(tried) if known.type == "Person"]
        known = people[0] if len(people) == 1 else respelled(tried, reference)
        if known and known.type == "Person" and _belongs(known, state, reference):
            return known
    return None


def _belongs(known: Known, state: Known | None, reference: Reference) -> bool:
    """Whether an entity is the state, a part of it, or has held an office of it or of one of its bodies."""
    if state is None:
        return False
    if state.iri in (known.iri, known.part_of, known.voice_of):
        return True
    owners = [reference.entity(tenure.of) for tenure in reference.offices_of(known.iri)]
    return any(owner and state.iri in (owner.iri, owner.part_of) for owner in owners)
