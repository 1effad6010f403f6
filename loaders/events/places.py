"""Where an event was, by its kind: the place that its words name, else the soil on which such an event must be."""

from collections.abc import Iterable, Sequence

from graph.records import Entity
from loaders.actors.memory import entity_of
from loaders.clauses import is_verbal
from loaders.events.noun_classes import noun_class
from loaders.events.participants import Cast
from loaders.events.whereabouts import place_inside, stands_in
from loaders.parsed import Token
from loaders.passages import Passage
from ontology.reference import load_reference

# Their places are those of what they are about: “voted on the situation in X”, “relations improved after the war in X”.
_NOWHERE = frozenset({"ArmsDeal", "Recognition", "RelationsChange", "RelationsResumed", "RelationsSevered", "Sanction", "Vote"})
# Acts of a state within its borders, by the name of the rule that reads them.
_AT_HOME = frozenset({
    "call-up", "court", "court-rules", "mobilisation", "mobilise", "order-mobilisation", "proclaim-state", "ruling",
})  # fmt: skip


def place_of(passage: Passage, kind: str, rule: str, trigger: Token, cast: Cast, participants: Sequence[Entity]) -> Entity | None:
    """The place of an event or None; ``rule`` is the name of the rule that read it."""
    if kind in _NOWHERE:
        return stands_in(passage, trigger)
    states = [e for e in participants if e.type == "State"]
    if rule in _AT_HOME:
        there = stands_in(passage, trigger) or place_inside(passage, cast.subject_tokens)
        return there or _home(cast.agents) or (states[0] if len(states) == 1 else None)
    if kind == "PropertyTransfer" and (there := place_inside(passage, (*cast.object_tokens, *_owned(trigger)))):
        return there
    if cast.place is not None:
        return cast.place
    if kind == "Election" or trigger.base in noun_class("at_home") or (kind == "Appointment" and not is_verbal(trigger)):
        return states[0] if states else None
    if kind == "Migration":
        reached = [e for e in states if e not in cast.origin]
        return reached[0] if len(reached) == 1 else None
    if kind == "MilitaryAction" and trigger.base in noun_class("on_soil"):
        return next((e for e in cast.patients if e.type == "State"), None)
    return None


def _owned(trigger: Token) -> list[Token]:
    """“the house in X, whose ownership was transferred”: the house."""
    return [trigger.head] if trigger.dep_ == "relcl" else []


def _home(actors: Iterable[Entity]) -> Entity | None:
    """The state that somebody is, or is part of."""
    reference = load_reference()
    for actor in actors:
        known = reference.entity(actor.id)
        while known is not None and known.type == "Organisation":
            above = known.part_of or known.voice_of
            known = reference.entity(above) if above else None
        if known is not None and known.type == "State":
            return entity_of(known)
    return None
