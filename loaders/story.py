"""What a story tells once and means further on: talks were held in Vienna, and the accord was signed there too."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.records import Event, Record

_SETTING = frozenset({"Meeting", "Visit"})  # told with a place, they set the scene
_STAGED = frozenset({"Agreement", "Meeting", "PrisonerDeal"})  # what leaders do where they meet
_REACH = 4  # events that a scene lasts


def set_places(records: Iterable[Record]) -> Iterator[Record]:
    """The records of a document in their order; an act of leaders without a place has that of their meeting just told."""
    told: list[Event] = []
    for record in records:
        if not isinstance(record, Event):
            yield record
            continue
        event = _placed(record, told[-_REACH:])
        told.append(event)
        yield event


def _placed(event: Event, before: Iterable[Event]) -> Event:
    if event.place is not None or event.kind not in _STAGED or event.realis != "actual":
        return event
    scene = next((e for e in reversed(list(before)) if _is_scene_of(e, event)), None)
    return event if scene is None else replace(event, place=scene.place)


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
