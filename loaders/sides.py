"""The states behind an event's people and places: whose office a person holds, whose soil a place is.

“Truman recognised Israel” is an act of the United States too; “a visit to Vienna” one to Austria. Which kinds
of event bring them in is the annotators' habit, described in the project's evaluation notes.
"""

from collections.abc import Iterable

from spacy.tokens import Token

from graph.records import Entity
from loaders.clauses import clause_span, is_verbal, noun_phrase
from loaders.noun_classes import noun_class
from loaders.participants import Cast
from loaders.passages import Mention, Passage
from ontology.reference import Known, Reference, load_reference

# Acts of state: who does them by office does them for the state.
_ACTS_OF_STATE = frozenset({
    "Aid", "Appointment", "ArmsDeal", "Arrest", "Election", "MilitaryAction", "PrisonerDeal", "PropertyTransfer", "Recognition",
    "RelationsResumed", "RelationsSevered", "Sanction", "Vote",
})  # fmt: skip
_ABOUT_TIES = frozenset({"RelationsChange", "RelationsResumed", "RelationsSevered"})


def with_sides(passage: Passage, kind: str, trigger: Token, cast: Cast, persons: Iterable[Entity], on: str | None) -> tuple[Entity, ...]:
    """The participants of an event, with the states that its kind brings in and the prisoners it is about."""
    ties = _of_ties(cast) if kind in _ABOUT_TIES else ()
    found = list(ties or cast.participants)
    found += [p for p in persons if p not in found]
    reference = load_reference()
    if kind in _ACTS_OF_STATE:
        found += _states_of(cast.agents or tuple(found[:1]), reference, on)
    if kind in ("Appointment", "Election"):
        found += _states_of(cast.patients, reference, on)
    if kind == "Vote":
        found += [m.entity for m in _bodies_beside(passage, trigger)]
    if kind == "Appointment":
        found += [m.entity for m in _titles_beside(passage, trigger) if m.entity.type == "State"]
    if kind == "Visit":
        found += [*_states_of(cast.agents, reference, on), *_soil(cast.place, reference, on)]
    if kind == "MilitaryAction" and trigger.lemma_.lower() in noun_class("on_soil"):
        found += _soil(cast.place, reference, on) or _soil(next(iter(cast.patients), None), reference, on)
    return tuple(dict.fromkeys(found))


def _of_ties(cast: Cast) -> tuple[Entity, ...]:
    """Of “relations between X and Y improved with the election of Z”: X and Y."""
    told = tuple(dict.fromkeys(e for e in cast.ties if e.type in ("State", "Organisation", "Group")))
    return told if len(told) >= 2 else ()


def _states_of(people: Iterable[Entity], reference: Reference, on: str | None) -> list[Entity]:
    """The states in whose office people were at the date; the only one they ever served where the date is not known."""
    states: list[Entity] = []
    for person in people:
        if person.type != "Person":
            continue
        tenures = [t for t in reference.offices_of(person.id) if not t.office.startswith("Ambassador to the United Nations")]
        held = [t for t in tenures if on is None or (t.start or "")[:4] <= on[:4] <= (t.end or "9999")[:4]]
        served = dict.fromkeys(reference.entity(t.of) for t in (held or tenures))
        own = [known for known in served if known is not None and known.type == "State"]
        for known in own if len(own) == 1 else ():
            states.append(_entity(reference.state_at(known, on) if on else known))
    return states


def _soil(place: Entity | None, reference: Reference, on: str | None) -> list[Entity]:
    """The state that a place is, or is part of."""
    known = reference.entity(place.id) if place is not None else None
    while known is not None and known.type == "Place":
        known = reference.entity(known.part_of) if known.part_of else None
    if known is None or known.type != "State":
        return []
    return [_entity(reference.state_at(known, on) if on else known)]


def _titles_beside(passage: Passage, trigger: Token) -> list[Mention]:
    """The states inside the titles of an event's clause: “Israel's ambassador to the Soviet Union”."""
    span = clause_span(trigger, complements=False) if is_verbal(trigger) else trigger.doc[trigger.left_edge.i : trigger.right_edge.i + 1]
    return [m for m in passage.mentions_in(span.start, span.end) if m.how == "title"]


def _bodies_beside(passage: Passage, trigger: Token) -> list[Mention]:
    """Where it is voted: “at the United Nations”, “a General Assembly vote”."""
    span = clause_span(trigger, complements=False) if is_verbal(trigger) else noun_phrase(trigger)
    reference = load_reference()
    inside = ((m, reference.entity(m.entity.id)) for m in passage.mentions_in(span.start, span.end))
    return [m for m, known in inside if known is not None and known.body_kind == "international"]


def _entity(known: Known) -> Entity:
    return Entity(known.iri, known.label, known.type)
