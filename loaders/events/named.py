"""Happenings that the world knows by name: when “the invasion of Kuwait” was, who fought “the Falklands War”.

The table is ``lexicon/happenings.toml``. It speaks only where the text itself does not: its own words and its story come first.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from graph.edtf import bounds
from graph.records import Entity
from loaders.actors.memory import entity_of
from loaders.clauses import clause_span, is_verbal, noun_phrase
from loaders.events.participants import Cast
from loaders.parsed import Token
from loaders.word_lists import word_lists
from ontology.names import words
from ontology.reference import Reference

_SIDES = ("State", "Organisation", "Group")


def sides_by_name(noun: Token, named: Sequence[Entity], reference: Reference) -> tuple[Entity, ...]:
    """Of “the Falklands War” and “the Camp David Accords” those who fought and signed, where the text names none or one of them."""
    known = _by_name(_words_of(noun)) or {}
    parties = [entity_of(k[0]) for k in (reference.named(label) for label in known.get("parties", ())) if k]
    told = [e for e in named if e.type in _SIDES]
    return tuple(parties) if not told or (len(told) == 1 and told[0] in parties) else ()


def date_by_name(trigger: Token, cast: Cast, latest: str | None) -> str | None:
    """The EDTF date of a happening that is known by its words and sides; None where it is not, or where two are.

    ``latest`` is the time that the text was written at: what is known by name was before it.
    """
    if any(child.lower_ in ("a", "an", "no", "another") for child in trigger.lefts):  # “a Soviet invasion of Poland”
        return None
    told = _words_of(trigger)
    known = None if is_verbal(trigger) else _by_name(told)
    sides = {e.label for e in cast.participants if e.type == "State"}
    if known is not None and (not sides or sides <= set(known.get("parties", sides))):
        dates = [known.get("date")]
    else:
        dates = [deed["date"] for deed in _deeds(told, cast) if _fits(deed, cast)]
    return dates[0] if len(dates) == 1 and dates[0] is not None and _is_before(dates[0], latest) else None


def lies_in(date: str, outer_date: str) -> bool:
    """Does a date lie within another: 1990-08 in 1990?"""
    inner, outer = bounds(date), bounds(outer_date)
    if inner is None or outer is None or inner[0] is None or outer[0] is None:
        return False
    return outer[0] <= inner[0] and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))


def _is_before(date: str, latest: str | None) -> bool:
    began, now = bounds(date), bounds(latest) if latest else None
    return began is not None and (now is None or now[1] is None or began[0] is None or began[0] <= now[1])


def _words_of(trigger: Token) -> str:
    """What a happening may be called: the words of the noun's phrase, of the verb's clause."""
    span = clause_span(trigger) if is_verbal(trigger) else noun_phrase(trigger)
    return " ".join(word for t in span for word in words(t.lemma_ if t == trigger else t.text))


def _by_name(told: str) -> dict[str, Any] | None:
    padded = f" {told} "
    return next((known for name, known in _named().items() if name in padded), None)


def _deeds(told: str, cast: Cast) -> Iterator[dict[str, str]]:
    """The deeds of the table that some words tell, by the words or by where they were done."""
    place = words(cast.place.label) if cast.place is not None else ()
    padded = f" {told} "
    for kind in word_lists("happenings.toml")["deeds"]:
        if any(word in padded and f" {word} " in padded for word in kind["words"]):
            for deed in kind["known"]:
                of = words(deed["of"])
                if of == place or f" {' '.join(of)} " in padded:
                    yield deed


def _fits(deed: dict[str, str], cast: Cast) -> bool:
    """Did who acts do it, as far as the words tell who acts, and is nobody the victim of his own deed?"""
    doers = {e.label for e in cast.agents if e.type == "State"}
    return not doers or doers == {deed.get("by")}


@cache
def _named() -> dict[str, dict[str, Any]]:
    """What is known by a name, the longest first; each name between blanks."""
    lists = word_lists("happenings.toml")
    both = {**lists["wars"], **lists["treaties"]}
    return {f" {name} ": both[name] for name in sorted(both, key=lambda name: (-len(name), name))}
