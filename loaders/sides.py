"""The states behind an event's people and places: whose office a person holds, whose soil a place is.

“Truman recognised Israel” is an act of the United States too; “a visit to Vienna” one to Austria. Which kinds
of event bring them in is the annotators' habit, described in the project's evaluation notes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from graph.records import Entity
from loaders.clauses import clause_span, is_verbal, noun_phrase
from loaders.noun_classes import noun_class
from loaders.participants import Cast
from loaders.passages import Mention, OfficePhrase, Passage
from ontology.reference import Known, Reference, load_reference

# Acts of state: who does them by office does them for the state.
_ACTS_OF_STATE = frozenset({
    "Aid", "Appointment", "ArmsDeal", "Arrest", "Election", "MilitaryAction", "PrisonerDeal", "PropertyTransfer", "Recognition",
    "RelationsResumed", "RelationsSevered", "Sanction", "Vote",
})  # fmt: skip
# Who meets and agrees under a title does it for the state of the title.
_BETWEEN_STATES = frozenset({"Agreement", "Meeting"})
_ABOUT_TIES = frozenset({"RelationsChange", "RelationsResumed", "RelationsSevered"})


def with_sides(passage: Passage, kind: str, trigger: Token, cast: Cast, persons: Iterable[Entity], on: str | None) -> tuple[Entity, ...]:
    """The participants of an event, with the states that its kind brings in and the prisoners it is about."""
    ties = _of_ties(cast) if kind in _ABOUT_TIES else ()
    found = list(ties or cast.participants)
    found += [p for p in persons if p not in found]
    sides = _Sides(passage, load_reference(), on)
    if kind in _ACTS_OF_STATE:
        found += sides.states_of(cast.agents or tuple(found[:1]))
    if kind in _BETWEEN_STATES:
        found += [o.of for o in _titles_of(passage, trigger, found) if o.of is not None and o.of.type == "State"]
    if (more := _BY_KIND.get(kind)) is not None:
        found += more(sides, trigger, cast, tuple(found))
    return tuple(dict.fromkeys(found))


def _of_appointment(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    return sides.states_of(cast.patients) + [m.entity for m in _titles_beside(sides.passage, trigger) if m.entity.type == "State"]


def _of_election(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    return sides.states_of(cast.patients)


def _of_vote(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    return [m.entity for m in _bodies_beside(sides.passage, trigger)]


def _of_visit(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    return [*sides.states_of(cast.agents), *sides.soil(cast.place)]


def _of_force(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    """Whose soil is invaded, whose town is taken; “a strike in X” is not done to X."""
    if trigger.lemma_.lower() in noun_class("on_soil"):
        return sides.soil(cast.place) or sides.soil(next(iter(cast.patients), None))
    taken = cast.patients if trigger.lemma_.lower() in noun_class("taking") else ()
    return [state for patient in taken for state in sides.soil(patient)]


def _of_migration(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    return [state for group in found if group.type == "Group" for state in sides.nation(group)]


def _of_arrest(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    """“were arrested in X”: by whom is not told, but under whose law."""
    return [] if any(e.type in ("State", "Organisation") for e in found) else sides.soil(cast.place)


def _of_ties(cast: Cast) -> tuple[Entity, ...]:
    """Of “relations between X and Y improved with the election of Z”: X and Y."""
    told = tuple(dict.fromkeys(e for e in cast.ties if e.type in ("State", "Organisation", "Group")))
    return told if len(told) >= 2 else ()


@dataclass(frozen=True, slots=True)
class _Sides:
    """States by the reference data and by the titles that the text gives, at the time of an event."""

    passage: Passage
    reference: Reference
    on: str | None

    def states_of(self, people: Iterable[Entity]) -> list[Entity]:
        """The states in whose office people were at the date; the only one they ever served where the date is not known."""
        return [state for person in people if person.type == "Person" for state in self._served(person) or self._titled(person)]

    def soil(self, place: Entity | None) -> list[Entity]:
        """The state that a place is, or is part of."""
        known = self.reference.entity(place.id) if place is not None else None
        while known is not None and known.type == "Place":
            known = self.reference.entity(known.part_of) if known.part_of else None
        return [self._at_the_time(known)] if known is not None and known.type == "State" else []

    def nation(self, group: Entity) -> list[Entity]:
        """The state whose people a group is: of “Russians” Russia."""
        known = [k for k in self.reference.named(group.label) if k.type == "State"]
        return [self._at_the_time(known[0])] if len(known) == 1 else []

    def _served(self, person: Entity) -> list[Entity]:
        tenures = [t for t in self.reference.offices_of(person.id) if not t.office.startswith("Ambassador to the United Nations")]
        held = [t for t in tenures if self.on is None or (t.start or "")[:4] <= self.on[:4] <= (t.end or "9999")[:4]]
        served = dict.fromkeys(self.reference.entity(t.of) for t in (held or tenures))
        own = [known for known in served if known is not None and known.type == "State"]
        return [self._at_the_time(own[0])] if len(own) == 1 else []

    def _titled(self, person: Entity) -> list[Entity]:
        """Of somebody whom only the text knows: “the Finnish premier, Juhani Salo”."""
        told = (o for p in (self.passage, *self.passage.earlier()) for o in p.offices if o.person == person and o.of is not None)
        state = next((o.of for o in told if o.of is not None and o.of.type == "State"), None)
        return [state] if state is not None else []

    def _at_the_time(self, known: Known) -> Entity:
        return _entity(self.reference.state_at(known, self.on) if self.on else known)


def _titles_beside(passage: Passage, trigger: Token) -> list[Mention]:
    """The states inside the titles of an event's clause: “Israel's ambassador to the Soviet Union”."""
    span = clause_span(trigger, complements=False) if is_verbal(trigger) else trigger.doc[trigger.left_edge.i : trigger.right_edge.i + 1]
    return [m for m in passage.mentions_in(span.start, span.end) if m.how == "title"]


def _titles_of(passage: Passage, trigger: Token, people: Iterable[Entity]) -> list[OfficePhrase]:
    """The titles that the sentence gives people: “the Greek premier, X, met …”."""
    sentence, meant = trigger.sent, {e.id for e in people if e.type == "Person"}
    return [o for o in passage.offices if sentence.start <= o.start < sentence.end and o.person is not None and o.person.id in meant]


def _bodies_beside(passage: Passage, trigger: Token) -> list[Mention]:
    """Where it is voted: “at the United Nations”, “a General Assembly vote”."""
    span = clause_span(trigger, complements=False) if is_verbal(trigger) else noun_phrase(trigger)
    reference = load_reference()
    inside = ((m, reference.entity(m.entity.id)) for m in passage.mentions_in(span.start, span.end))
    return [m for m, known in inside if known is not None and known.body_kind == "international"]


def _entity(known: Known) -> Entity:
    return Entity(known.iri, known.label, known.type)


_BY_KIND: dict[str, Callable[[_Sides, Token, Cast, tuple[Entity, ...]], list[Entity]]] = {
    "Appointment": _of_appointment,
    "Arrest": _of_arrest,
    "Election": _of_election,
    "Migration": _of_migration,
    "MilitaryAction": _of_force,
    "Visit": _of_visit,
    "Vote": _of_vote,
}
