"""The states behind an event's people and places: whose office a person holds, whose soil a place is.

“Truman recognised Israel” is an act of the United States too; “a visit to Vienna” one to Austria. Which kinds
of event bring them in is the annotators' habit, described in the project's evaluation notes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.records import Entity
from loaders.actors.memory import entity_of
from loaders.clauses import clause_span, is_verbal, noun_phrase, obliques
from loaders.events.named import sides_by_name
from loaders.events.noun_classes import noun_class
from loaders.events.participants import Cast, cast_of_noun, entities_of
from loaders.events.retold import sides_before
from loaders.parsed import Token
from loaders.passages import Mention, OfficePhrase, Passage
from ontology.reference import Known, Reference, load_reference

# Acts of state: who does them by office does them for the state.
_ACTS_OF_STATE = frozenset({
    "Aid", "Appointment", "ArmsDeal", "Arrest", "Economic", "Election", "MilitaryAction", "PrisonerDeal", "PropertyTransfer", "Recognition",
    "RelationsResumed", "RelationsSevered", "Sanction", "Summons", "Vote",
})  # fmt: skip
# Who meets and agrees under a title does it for the state of the title.
_BETWEEN_STATES = frozenset({"Agreement", "Meeting"})
_ASSEMBLIES = ("Assembly", "Council", "Parliament")
_NEAR = 4  # sentences
_HIT = ("against", "from", "to", "towards")
_OF_STATE = ("agency", "army", "ministry", "parliament")
_TARGETS = ("against", "at", "into", "on", "onto", "over", "towards", "upon")
_ABOUT_TIES = frozenset({"RelationsChange", "RelationsResumed", "RelationsSevered"})


def with_sides(passage: Passage, kind: str, trigger: Token, cast: Cast, persons: Iterable[Entity], on: str | None) -> tuple[Entity, ...]:
    """The participants of an event, with the states that its kind brings in and the prisoners it is about."""
    ties = _of_ties(cast) if kind in _ABOUT_TIES else ()
    found = list(ties or cast.participants)
    found += [p for p in persons if p not in found]
    sides = _Sides(passage, load_reference(), on)
    if kind in _ACTS_OF_STATE:
        found += sides.states_of(cast.agents or (tuple(found[:1]) if kind != "MilitaryAction" else ()))
    if kind in _BETWEEN_STATES:
        titled = [o.of for o in _titles_of(passage, trigger, found) if o.of is not None and o.of.type == "State"]
        found += titled + (sides.states_of(found) if titled or _binds(kind, trigger) else [])
    if (more := _BY_KIND.get(kind)) is not None:
        found += more(sides, trigger, cast, tuple(found))
    if kind in ("Agreement", "MilitaryAction") and not is_verbal(trigger):
        found += sides_by_name(trigger, found, sides.reference)
    return tuple(dict.fromkeys([*found, *sides_before(passage, kind, trigger, found)]))


def _binds(kind: str, trigger: Token) -> bool:
    """Who signs or leaves a treaty does so for his state; who agrees to stay in touch does not."""
    return kind == "Agreement" and trigger.base not in ("agree", "agreement")


def _of_communication(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    """Where all who speak are told of by title they speak for their states."""
    people = [e for e in found if e.type == "Person"]
    titled = [o for o in _titles_of(sides.passage, trigger, people) if o.of is not None]
    several = len(people) > 1 or is_verbal(trigger)
    return sides.states_of(people) if people and several and {o.person for o in titled} >= set(people) else []


def _of_agreement(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    """“renounced the treaty that the two neighbours had concluded”: theirs too."""
    objects = [t for t in cast.object_tokens if t.base in noun_class("treaties") and is_verbal(trigger)]
    return [e for t in objects for e in cast_of_noun(sides.passage, t).participants if e.type == "State"]


def _of_appointment(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    recalled = [state for place in cast.origin for state in sides.soil(place)] if cast.agents else []
    return (
        recalled + sides.states_of(cast.patients) + [m.entity for m in _titles_beside(sides.passage, trigger) if m.entity.type == "State"]
    )


def _of_election(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    return sides.states_of(cast.patients)


def _of_vote(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    """Where it is voted: in the body named beside the vote, else in the one that voted or was told of last."""
    beside = [m.entity for m in _bodies_beside(sides.passage, trigger)]
    stateless = not any(e.type == "State" for e in found)
    own = [state for agent in cast.agents if agent.type == "Organisation" and stateless for state in sides.above(agent)]
    return (
        [*own, *beside]
        if beside or own
        else ([] if any(e.type == "Organisation" for e in found) else _assembly_before(sides.passage, trigger))
    )


def _assembly_before(passage: Passage, trigger: Token) -> list[Entity]:
    """The assembly of states that the sentences before tell of: “… in the council … China abstained”."""
    sentences = [s for s in passage.doc.sents if s.start <= trigger.i][-_NEAR:]
    told = passage.mentions_in(sentences[0].start, trigger.i)
    bodies = [m.entity for m in told if m.entity.type == "Organisation" and m.entity.label.endswith(_ASSEMBLIES)]
    return bodies[-1:]


def _of_sanction(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    """Whose ambassador is expelled, and whom it hits: “an embargo on sales of arms to *X*”."""
    tops = (trigger, *(cast.object_tokens if is_verbal(trigger) else ()))
    inner = [deep for top in tops for _, token in obliques(top) for deep in obliques(token)]
    hit = [e for preposition, token in inner if preposition in _HIT for e in entities_of(sides.passage, token) if e.type == "State"]
    return [*hit, *(sides.states_of(cast.patients) if trigger.base == "expel" else [])]


def _of_visit(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    return [*sides.states_of(cast.agents), *sides.soil(cast.place)]


def _of_force(sides: "_Sides", trigger: Token, cast: Cast, found: tuple[Entity, ...]) -> list[Entity]:
    """Whose soil is invaded, whose town is taken or bombed, whose officer is killed; “a strike in X” is not done to X."""
    if trigger.base in noun_class("on_soil"):
        return sides.soil(cast.place) or sides.soil(next(iter(cast.patients), None))
    told = cast.agents or trigger.base in noun_class("taking")
    suffering = [state for patient in cast.patients for state in sides.soil(patient)] if told else []
    aimed = _aimed_at(sides, trigger, cast)
    return [*suffering, *aimed, *(sides.states_of(cast.patients) if cast.agents else ())]


def _aimed_at(sides: "_Sides", trigger: Token, cast: Cast) -> list[Entity]:
    """“fired missiles at *Somali* towns”, “a strike on *Hamas* leaders”, “crossed into *Chad*”."""
    around = [pair for token in (trigger, *(cast.object_tokens if is_verbal(trigger) else ())) for pair in obliques(token)]
    aims = [e for preposition, token in around if preposition in _TARGETS for e in entities_of(sides.passage, token)]
    return [side for e in aims for side in ([e] if e.type in ("State", "Organisation", "Group") else sides.soil(e) if cast.agents else ())]


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
        held = [t for t in tenures if self.on is None or t.in_year_of(self.on)]
        served = dict.fromkeys(self.reference.entity(t.of) for t in (held or tenures))
        own = [known for known in served if known is not None and known.type == "State"]
        return [self._at_the_time(own[0])] if len(own) == 1 else []

    def _titled(self, person: Entity) -> list[Entity]:
        """Of somebody whom only the text knows: “the Finnish premier, Juhani Salo”."""
        told = (o.of for p in (self.passage, *self.passage.earlier()) for o in p.offices if o.person == person and o.of is not None)
        states = (state for of in told for state in ([of] if of.type == "State" else self.above(of)))
        return [state] if (state := next(states, None)) is not None else []

    def above(self, body: Entity) -> list[Entity]:
        """The state whose army or ministry a body is."""
        known = self.reference.entity(body.id)
        above = self.reference.entity(known.part_of) if known is not None and known.part_of and known.body_kind in _OF_STATE else None
        return [self._at_the_time(above)] if above is not None and above.type == "State" else []

    def _at_the_time(self, known: Known) -> Entity:
        return entity_of(self.reference.state_at(known, self.on) if self.on else known)


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


_BY_KIND: dict[str, Callable[[_Sides, Token, Cast, tuple[Entity, ...]], list[Entity]]] = {
    "Agreement": _of_agreement,
    "Appointment": _of_appointment,
    "Arrest": _of_arrest,
    "Communication": _of_communication,
    "Election": _of_election,
    "LegalAction": _of_arrest,
    "Migration": _of_migration,
    "MilitaryAction": _of_force,
    "Sanction": _of_sanction,
    "Visit": _of_visit,
    "Vote": _of_vote,
}
