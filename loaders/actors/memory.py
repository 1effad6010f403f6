"""What a document has told so far of people and states; grows as its paragraphs are read in order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.records import Entity
from loaders.actors.mentions import Names
from loaders.parsed import Doc
from ontology.identifiers import entity_iri
from ontology.names import bare, words
from ontology.reference import Known, Reference

_MEMORY = 40  # persons and states remembered; a pronoun never looks further back
_HEADS_OF_STATE = ("President", "Prime Minister", "Chancellor", "Premier", "General Secretary", "King", "Leader")


@dataclass
class Memory:
    """The people by surname, the words of their titles, the states by how often they were told, and who was told last."""

    people: dict[tuple[str, ...], list[Entity]] = field(default_factory=dict)  # by the words of the surname
    titles: dict[Entity, set[str]] = field(default_factory=dict)  # “foreign”, “minister”
    served: dict[Entity, Entity] = field(default_factory=dict)  # the states in whose offices the text shows people
    offices: dict[Entity, tuple[str, Entity]] = field(default_factory=dict)  # the last office that the text shows a person in, and of whom
    counts: Counter[Entity] = field(default_factory=Counter)  # of states
    recent: dict[Entity, None] = field(default_factory=dict)  # the keys, newest last
    names: dict[Doc, Names] = field(default_factory=dict)  # in the paragraphs still to be read
    slanted: set[Entity] = field(default_factory=set)  # states for which the document has a loaded name
    cues: set[str] = field(default_factory=set)  # ids of the states that the whole document names by other words than people's surnames
    linked: dict[tuple[int, int], Known] = field(default_factory=dict)  # whom the paragraph's links name, by their characters
    date: str | None = None

    def meet(self, entity: Entity, reference: Reference) -> None:
        """Takes note of an entity that the text names."""
        if entity.type == "State":
            self.counts[entity] += 1
        if entity.type == "Person" and " " in entity.label:
            self.know(entity, reference)
        self.note(entity)

    def know(self, person: Entity, reference: Reference) -> None:
        """Takes note of a person's full name."""
        for surname in _surnames(person, reference):
            namesakes = self.people.setdefault(surname, [])
            if person not in namesakes:
                namesakes.append(person)

    def note(self, entity: Entity) -> None:
        """The entity is the one told last."""
        self.recent.pop(entity, None)
        self.recent[entity] = None
        if len(self.recent) > _MEMORY:
            del self.recent[next(iter(self.recent))]

    def entitle(self, person: Entity, title: Iterable[str]) -> None:
        """Takes note of the words of a title that the text gives to a person."""
        self.titles.setdefault(person, set()).update(word.lower() for word in title)

    def namesakes(self, name: str) -> Sequence[Entity]:
        """The people told of with a surname: “de Gaulle” and “Gaulle” are one."""
        key = words(bare(name))
        return self.people.get(key) or self.people.get(key[-1:]) or ()

    def main_states(self) -> list[Entity]:
        """The two states that the document tells of most, in the order of their first mention."""
        leading = {entity for entity, _ in self.counts.most_common(2)}
        return [entity for entity in self.counts if entity in leading] if len(leading) == 2 else []


def entity_of(known: Known) -> Entity:
    """A reference entity as records carry it."""
    return Entity(known.iri, known.label, known.type)


def made(text: str, kind: str) -> Entity:
    """An entity that is not in the reference data, named as the text names it."""
    label = " ".join(text.split()).strip("“”\"'’‘ ")
    label = label.removeprefix("the ").removeprefix("The ") or text
    return Entity(entity_iri(label), label, kind, known=False)


def state_led_by(person: Entity, reference: Reference, on: str | None) -> Known | None:
    """The one state in whose highest offices a person is at the date, or ever was where the date does not tell."""
    tenures = [t for t in reference.offices_of(person.id) if (known := reference.entity(t.of)) and known.type == "State"]
    at_date = [t for t in tenures if on and t.in_year_of(on)]
    highest = [t for t in tenures if t.office in _HEADS_OF_STATE]
    for group in (at_date, highest, tenures):
        states = {t.of for t in group}
        if len(states) == 1:
            known = reference.entity(states.pop())
            return reference.state_at(known, on) if on and known else known
    return None


def _surnames(person: Entity, reference: Reference) -> Iterator[tuple[str, ...]]:
    """The words of a person's surnames; “Hussein of Jordan” has none."""
    known = reference.entity(person.id)
    if known is not None and known.surnames:
        keys = {words(surname) for surname in known.surnames}
        yield from keys | {key[-1:] for key in keys}
    elif " of " not in person.label:
        yield words(person.label)[-1:]
