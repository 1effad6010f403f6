"""What a story tells once and means further on: “the invasion” is the one just told; the accord was signed where they met."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.records import Entity, Event
from loaders.clauses import is_verbal
from loaders.parsed import Token

_SETTING = frozenset({"Meeting", "Visit"})  # told with a place, they set the scene
_STAGED = frozenset({"Agreement", "ArmsDeal", "Meeting", "PrisonerDeal"})  # what leaders do where they meet
_BETWEEN_TWO = frozenset({"Agreement", "Economic", "Meeting", "MissionOpened", "RelationsChange", "RelationsResumed", "RelationsSevered"})
_TIES = frozenset({"RelationsChange", "RelationsResumed", "RelationsSevered"})
_REACH = 4  # events that a scene lasts
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_ROOT = 4  # letters that “invade” and “invasion”, “occupied” and “occupation” share
# Kinds whose nouns are so many names for one thing: “the talks”, “the negotiations”, “the summit”.
_ONE_THING = frozenset({"Agreement", "Communication", "Meeting", "PrisonerDeal", "Sanction", "Visit"})
# What any act of force may be called when it is told again.
_ANY_FORCE = frozenset(
    {"attack", "battle", "bloodshed", "campaign", "fighting", "intervention", "killing", "occupation", "offensive", "siege", "violence"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the story so far, and the word that told it."""

    event: Event
    lemma: str


def recalled(trigger: Token, kind: str, participants: Iterable[Entity], before: Sequence[Told]) -> Event | None:
    """The event told before that a noun points back at, or None: “the talks”, “the invasion”, not “an invasion”."""
    if is_verbal(trigger) or not any(child.lower_ in _POINTING for child in trigger.lefts):
        return None
    lemma = trigger.base
    named = {e.id for e in participants}
    proper = {c.text for c in trigger.lefts if c.dep_ in ("compound", "nmod", "nummod") and (c.text[0].isupper() or c.like_num)}
    last: Told | None = None
    for told in reversed(before):
        if told.event.kind != kind or not proper <= set(told.event.text.split()):
            continue
        if named and named.isdisjoint(e.id for e in told.event.participants):
            continue
        if kind in _ONE_THING or told.lemma[:_ROOT] == lemma[:_ROOT]:
            return told.event
        last = last or told
    return last.event if last is not None and lemma in _ANY_FORCE and last in before[-_REACH:] else None


def sides_told(kind: str, named: Sequence[Entity], before: Sequence[Told]) -> tuple[Entity, ...]:
    """Who takes part where a text names nobody, or one of two.

    Those who just met (“It was agreed to …”); the two states told of last (“Embassies reopened in May”); with one of them
    the other, of what takes two (“Cuba severed relations”).
    """
    recent = [told.event for told in reversed(before[-_REACH:])]
    if kind in ("Agreement", "ArmsDeal") and not named:
        contact = next((e for e in recent if e.family == "contact" and len(e.participants) > 1), None)
        if contact is not None:
            return contact.participants
    pairs = (tuple(p for p in e.participants if p.type == "State") for e in recent)
    pair = next((pair for pair in pairs if len(pair) == 2), ())
    if not named:
        return pair if kind in _BETWEEN_TWO else ()
    states = [e for e in named if e.type == "State"]
    one_of_two = kind in _TIES and len(states) == 1 and states[0] in pair
    return (*named, *(e for e in pair if e not in named)) if one_of_two else tuple(named)


def placed(event: Event, before: Sequence[Told]) -> Event:
    """The event with the place and day of the meeting just told, where leaders who met there act and no place is named."""
    if event.place is not None or event.kind not in _STAGED or event.realis != "actual":
        return event
    scene = next((t.event for t in reversed(before[-_REACH:]) if _is_scene_of(t.event, event)), None)
    if scene is None:
        return event
    same_day = event.date is not None and scene.date is not None and scene.date.startswith(event.date)
    return replace(event, place=scene.place, date=scene.date if same_day else event.date)


def _is_scene_of(earlier: Event, event: Event) -> bool:
    """Is it a meeting that happened, at the same time, with somebody who acts here too?"""
    if earlier.kind not in _SETTING or earlier.place is None or earlier.realis != "actual":
        return False
    people = {e.id for e in earlier.participants if e.type == "Person"}
    return any(e.id in people for e in event.participants) and _same_time(earlier.date, event.date)


def _same_time(first: str | None, second: str | None) -> bool:
    """Is one of two dates the other, or the month or year of it?"""
    if first is None or second is None:
        return True
    a, b = first.rstrip("~?%"), second.rstrip("~?%")
    return a.startswith(b) or b.startswith(a)
