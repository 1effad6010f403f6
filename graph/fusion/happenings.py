"""Which events tell one happening: kinds that fit, dates that may be one, those who take part, and what else tells two apart.

Pairs are scored and joined from the best down (agglomerative linking, as in record linkage after Fellegi and Sunter); a group
never holds two records that exclude one another.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from graph.fusion.blocks import Block, candidates
from graph.fusion.facts import Told, apart_as_rows, may_be_one_time
from graph.fusion.groups import Group, Match, grouped
from graph.fusion.wordings import one_happening
from graph.fusion.words import classes, shared, stems

LEAST = 0.61  # the score from which two records tell one happening; tuned on half of benchmarks/gold/fusion
# The share of words that a record without a date must have in common with another.
_RETOLD, _RETOLD_ELSEWHERE = 0.33, 0.5
_HAPPENED = frozenset({"actual", "reported", "denied"})
_ALIKE = frozenset({frozenset({"Meeting", "Visit"}), frozenset({"Agreement", "ArmsDeal"}), frozenset({"Agreement", "PrisonerDeal"})})
# Acts of one towards one: with another partner it is another act.
_OF_TWO = frozenset({"MissionOpened", "Recognition", "RelationsResumed", "RelationsSevered", "Summons"})
# What many do at a time: without words in common it is another stream.
_OF_MANY = frozenset({"Economic", "Migration"})
_FURTHER = stems("additional another further second")
# What every vote is about, as its title says.
_OF_ANY_VOTE = stems(
    "adopt assembly committee draft general human nations question report resolution rights security situation state states united vote"
)
_ROOT = 4  # letters that a name and its adjective share
_SYMBOL = re.compile(r"\b\d+[A-Z]?\b")
# Where two acts at two places on one day are two.
_SOMEWHERE = frozenset({"Arrest", "Meeting", "MilitaryAction", "MissionOpened"})


def happenings(events: Sequence[Told], sizes: Mapping[Block, int] = MappingProxyType({})) -> list[Group[Told]]:
    """The groups of two records or more that tell one happening; ``sizes`` are those of blocks of which not all events are given."""
    scored = [(found, a, b) for a, b in candidates(events, sizes) if (found := match(a, b)) is not None and found.score >= LEAST]
    return grouped("happening", scored, excludes)


def match(a: Told, b: Told) -> Match | None:
    """How well two events fit; None where they can't be one."""
    kind = 1.0 if a.kind == b.kind else 0.6 if frozenset({a.kind, b.kind}) in _ALIKE else 0.0
    if not kind or (a.realis in _HAPPENED) != (b.realis in _HAPPENED) or excludes(a, b):
        return None
    when, why_when = _same_time(a, b)
    who, why_who = _same_people(a, b)
    said = shared(a.words, b.words)
    if len(a.sides & b.sides) > 1 and one_happening(a.text, b.text):
        said = max(said, _RETOLD_ELSEWHERE)
    least = _RETOLD if a.source == b.source else _RETOLD_ELSEWHERE
    if not who or (not when and (who < 1 or said < least or a.kind != b.kind)):
        return None
    if a.kind in _OF_MANY and said < _RETOLD and when < 1:
        return None
    bonus, why_more = _more(a, b)
    score = 0.3 * when + 0.35 * who + 0.1 * kind + 0.25 * said + bonus
    reasons = [why_when, why_who, f"{said:.0%} of the words" if said >= 0.3 else None, *why_more]
    return Match(round(min(score, 1.0), 3), tuple(r for r in reasons if r))


def excludes(a: Told, b: Told) -> bool:
    """Does something tell two records apart for sure: other days, other prisoners, another resolution, other goods?"""
    if not may_be_one_time(a, b):
        return True
    for first, second in ((a.prisoners, b.prisoners), (classes(stems(a.item)), classes(stems(b.item)))):
        if first and second and not first & second:
            return True
    if a.resolution and b.resolution and not _same_resolution(a.resolution, b.resolution):
        return True
    if apart_as_rows(a, b):
        return True
    if a.kind == b.kind == "ArmsDeal" and _is_another_deal(a, b):
        return True
    if a.kind in _OF_TWO and len(a.sides) == len(b.sides) == 2 and len(a.sides & b.sides) == 1:
        return True
    if a.people and b.people and not a.people & b.people and a.family == "contact":
        return True
    elsewhere = a.place and b.place and a.place != b.place and {a.kind, b.kind} <= _SOMEWHERE
    return bool(elsewhere and _day(a) and _day(b))


def _is_another_deal(a: Told, b: Told) -> bool:
    """“an additional 36 drones” is not the first order; a deal in goods is not one that names none, but on its day."""
    more = bool(a.words & _FURTHER) != bool(b.words & _FURTHER)
    if more and a.quantity and b.quantity and a.quantity != b.quantity:
        return True
    return bool(a.item) != bool(b.item) and not (_day(a) and _day(b))


def _same_time(a: Told, b: Told) -> tuple[float, str | None]:
    if a.date is None or b.date is None:
        return 0.0, None
    if (a.latest is None or b.latest is None) and a.earliest and b.earliest and a.earliest[:7] == b.earliest[:7]:
        return 0.75, "begun in the same month"
    coarser = min(_fineness(a), _fineness(b))
    return {3: (1.0, "the same day"), 2: (0.75, "the same month"), 1: (0.45, "the same year")}.get(coarser, (0.25, "dates that overlap"))


def _fineness(event: Told) -> int:
    """How exact a date is: 3 a day, 2 a month, 1 a year, 0 more."""
    if event.earliest is None or event.latest is None:
        return 0
    days = (date.fromisoformat(event.latest) - date.fromisoformat(event.earliest)).days if event.earliest[0] != "-" else 400
    return 3 if days == 0 else 2 if days <= 31 else 1 if days <= 366 else 0


def _day(event: Told) -> bool:
    return _fineness(event) == 3


def _same_people(a: Told, b: Told) -> tuple[float, str | None]:
    """People before states; of states all of the record that names fewer, and two at least unless one alone acts in both."""
    if a.people & b.people:
        one = len(a.people & b.people) / min(len(a.people), len(b.people))
        return max(one, 0.7), "the same people"
    common = a.sides & b.sides
    if not common:
        return 0.0, None
    share = len(common) / min(len(a.sides), len(b.sides))
    if a.kind == "Vote":
        share = max(share, 0.7)  # a text tells of one voter, a roll call lists them
    elif len(common) == 1 and max(len(a.sides), len(b.sides)) > 1:
        share *= 0.7
    return share, "the same states" if share > 0.6 else "a state in common"


def _more(a: Told, b: Told) -> tuple[float, list[str]]:
    """Places, goods, sums and resolutions that agree or differ."""
    bonus, why = 0.0, []
    if a.place and b.place:
        bonus += 0.1 if a.place == b.place else -0.1
        why += ["the same place"] if a.place == b.place else []
    if a.resolution and b.resolution:
        bonus, why = bonus + 0.3, [*why, "the same resolution"]
    if classes(stems(a.item)) & classes(stems(b.item)):
        bonus, why = bonus + 0.15, [*why, "goods of one class"]
    if a.kind == "Vote" and _matter(a, b):
        bonus, why = bonus + 0.25, [*why, "the same matter"]
    if a.quantity and a.quantity == b.quantity:
        bonus, why = bonus + 0.1, [*why, "the same quantity"]
    if a.prisoners & b.prisoners:
        bonus, why = bonus + 0.2, [*why, "the same prisoners"]
    if a.amount and b.amount:
        near = abs(a.amount - b.amount) <= 0.1 * max(a.amount, b.amount)
        bonus, why = bonus + (0.15 if near else -0.15), [*why, *(["about the same sum"] if near else [])]
    return bonus, why


def _matter(a: Told, b: Told) -> frozenset[str]:
    """The words in which one text and the title of what the other voted on agree: “Crimea”."""
    title = stems(a.item) & (b.words | stems(b.before)) | stems(b.item) & (a.words | stems(a.before))
    named = {side.rsplit("/", 1)[-1][:_ROOT] for side in a.sides | b.sides}  # “Israel” and “Israeli” are no matter
    return frozenset(word for word in title - _OF_ANY_VOTE if word[:_ROOT] not in named and word.isalpha())


def _same_resolution(first: str, second: str) -> bool:
    """Are two symbols one: “181 (II)” and “R/2/181”? The number, and the session where both tell it."""
    a, b = _SYMBOL.findall(first.upper()), _SYMBOL.findall(second.upper())
    if not a or not b:
        return bool(stems(first) & stems(second))
    return bool(a[-1] == b[-1] and (len(a) < 2 or len(b) < 2 or a[-2] == b[-2]))
