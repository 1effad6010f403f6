"""Who is who and who held which office when: a fast, read-only view of ``reference/*.ttl``.

::

    reference = load_reference()
    (russia,) = reference.named("the Kremlin's")
    reference.state_at(russia, "1970")                     # the Soviet Union
    israel = reference.named("Israeli")[0]
    reference.holders("Foreign Minister", israel.iri, "2021-08-01")   # Yair Lapid

The Turtle is made from ``tables/`` by ``python -m ontology.make_reference``.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ontology.bodies import Body, phrase_index, read_bodies
from ontology.identifiers import entity_iri
from ontology.known import Known as Known
from ontology.known import read_turtle
from ontology.names import bare, capitals, fold, is_abbreviation, words
from ontology.offices import Offices, read_offices
from ontology.tenures import FIRST_DAY, LAST_DAY, Tenure, days

_LONGEST_VACANCY = 1  # years
REFERENCE_FOLDER = Path(__file__).parent / "reference"
FILES = ("states.ttl", "organisations.ttl", "places.ttl", "people.ttl")

# The ways in which a name can mean an entity, the most direct first.
_HOWS = ("name", "adjective", "people", "seat", "loaded")


@dataclass(frozen=True, slots=True)
class _Named:
    """A way to name an entity; ``capitals`` is set where the text must have the capitals."""

    known: Known
    how: str
    capitals: str | None


class Reference:
    """The look-ups. Lists are in a fixed order: the most direct naming first, then by label."""

    def __init__(self, known: Iterable[Known], tenures: Iterable[Tenure], offices: Offices, bodies: tuple[Body, ...]) -> None:
        self._known = {entity.iri: entity for entity in known}
        self._tenures = tuple(sorted(tenures, key=lambda t: (t.start or "", t.iri)))
        self._offices = offices
        self._bodies = bodies

    def __contains__(self, iri: object) -> bool:
        """Is the entity in the data itself, not only made by rule?"""
        return iri in self._known

    def __iter__(self) -> Iterator[Known]:
        return iter(self._known.values())

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """All tenures, by their start."""
        return self._tenures

    def entity(self, iri: str) -> Known | None:
        """What is known under an IRI, bodies by rule ("Israeli Ministry of Foreign Affairs") included."""
        return self._known.get(iri) or self._bodies_by_rule.get(iri)

    # Names ---------------------------------------------------------------------------------------

    def named(self, name: str) -> tuple[Known, ...]:
        """All that a name, adjective, people's name, seat or loaded name may mean; () if nothing.

        Capitals and accents do not matter, save for abbreviations; nor do a leading "the" and a trailing "'s".
        """
        known: dict[str, Known] = {}
        for named in self._ways(name):
            known.setdefault(named.known.iri, named.known)
        return tuple(known.values())

    def how(self, name: str, known: Known) -> str | None:
        """In what way a name means an entity: name, adjective, people, seat or loaded; None if it does not."""
        return next((named.how for named in self._ways(name) if named.known.iri == known.iri), None)

    def surname(self, name: str) -> tuple[Known, ...]:
        """The people with a surname, who held the highest office first."""
        return self._surnames.get(words(bare(name)), ())

    def longest_names(self) -> Mapping[tuple[str, ...], tuple[tuple[Known, str], ...]]:
        """Every name by its words (``ontology.names.words``), for a matcher that works on tokens.

        Keys are in small letters, surnames alone are not among them. Ask ``named`` with the text that matched
        to keep "us" and "who" out; ``abbreviations`` tells for which keys that is needed.
        """
        return self._longest_names

    @cached_property
    def loaded_beginnings(self) -> frozenset[str]:
        """The first words of the loaded names; a text may write these in small letters ("the evil empire")."""
        return frozenset(key[0] for key, ways in self._index.items() if len(key) > 1 and any(way.how == "loaded" for way in ways))

    @cached_property
    def first_names(self) -> frozenset[str]:
        """The first words of the people's names, in small letters: given names, and the family names that come first."""
        names = (k.label.split() for k in self._known.values() if k.type == "Person")
        return frozenset(name[0].lower() for name in names if len(name) > 1 and len(name[0]) > 2)

    @cached_property
    def abbreviations(self) -> frozenset[tuple[str, ...]]:
        """The keys of ``longest_names`` that mean something only when written in capitals."""
        return frozenset(key for key, ways in self._index.items() if any(way.capitals for way in ways))

    @cached_property
    def longest_name(self) -> int:
        """The number of words of the longest name."""
        return max(map(len, self._index))

    def _ways(self, name: str) -> tuple[_Named, ...]:
        stripped = bare(name)
        for text in (name, stripped):
            ways = self._index.get(words(text), ())
            found = tuple(way for way in ways if way.capitals is None or way.capitals == capitals(text))
            if found:
                return found
        return ()

    @cached_property
    def _longest_names(self) -> dict[tuple[str, ...], tuple[tuple[Known, str], ...]]:
        return {key: tuple((way.known, way.how) for way in ways) for key, ways in self._index.items()}

    @cached_property
    def _index(self) -> dict[tuple[str, ...], tuple[_Named, ...]]:
        index: dict[tuple[str, ...], list[_Named]] = {}
        for known in self._known.values():
            for how, name in _ways_to_name(known):
                exact = capitals(name) if is_abbreviation(name) else None
                named = _Named(known, how, exact)
                for key in _keys(name):
                    index.setdefault(key, []).append(named)
        return {key: tuple(sorted(ways, key=_directness)) for key, ways in index.items()}

    @cached_property
    def _surnames(self) -> dict[tuple[str, ...], tuple[Known, ...]]:
        index: dict[tuple[str, ...], dict[str, Known]] = {}
        for known in self._known.values():
            for surname in known.surnames:
                for key in _keys(surname):
                    index.setdefault(key, {})[known.iri] = known
        return {key: tuple(sorted(people.values(), key=self._prominence)) for key, people in index.items()}

    def _prominence(self, person: Known) -> tuple[int, int, str]:
        return -self.rank(person.iri), -len(self.offices_of(person.iri)), person.label

    def rank(self, person_iri: str) -> int:
        """The rank of a person's highest office, 1 to 9; 0 for none. One of a body ranks below one of a state."""
        return max((self.tenure_rank(tenure) for tenure in self.offices_of(person_iri)), default=0)

    def office_rank(self, office: str) -> int:
        """How well known the holder of an office of a state is, 1 to 9."""
        return self._offices.rank(office)

    def tenure_rank(self, tenure: Tenure) -> int:
        """How well known the holder of an office is, 1 to 9: "President of the Supreme Court" is not "President"."""
        return self._offices.rank(tenure.office) - (2 if self._known[tenure.of].type != "State" else 0)

    # Offices -------------------------------------------------------------------------------------

    def holders(self, office: str, of_iri: str, on: str | None = None) -> tuple[Tenure, ...]:
        """Who held an office of a state or organisation on an EDTF date, by their start; at a border day both.

        Without a date, all that ever held it. Where nobody held it by that name, those who held it by another ("Foreign
        Minister" of the United States, "Head" of Shin Bet); a state stands for what it was at the time (Russia, Soviet Union).
        """
        family = self._same_state.get(of_iri, (of_iri,)) if on else (of_iri,)
        general = self._offices.general(office)
        held = [t for iri in family for t in self._tenures_by_office.get((general, iri), ()) if on is None or t.covers(on)]
        return tuple(t for t in held if t.office == office) or tuple(held)

    def leaders(self, state: Known, on: str) -> tuple[Tenure, ...]:
        """Who led a state on an EDTF date: "the Israeli leader" is its prime minister, "the Soviet leader" the party's secretary."""
        for office in self._offices.leading(state.label, _middle(on)):
            if held := self.holders(office, state.iri, on):
                return held
        return ()

    def beside(self, tenure: Tenure, step: int) -> Tenure | None:
        """The tenure after (``step`` 1) or before (-1) in the same office, of somebody else; None where the tables have a gap."""
        line = [t for t in self.holders(tenure.office, tenure.of) if t.start]
        place = next((i for i, t in enumerate(line) if t.iri == tenure.iri), None)
        while place is not None and 0 <= place + step < len(line):
            place += step
            if line[place].person != tenure.person:
                earlier, later = (tenure, line[place]) if step > 0 else (line[place], tenure)
                return line[place] if _follows(earlier, later) else None
        return None

    def offices_of(self, person_iri: str) -> tuple[Tenure, ...]:
        """All tenures of a person, by their start."""
        return self._tenures_by_person.get(person_iri, ())

    def office_named(self, text: str) -> str | None:
        """The general name of an office: "defense minister" → "Defence Minister"; None if it is not one.

        The state is left out of the text ("Israeli"), and "former", "acting" and "deputy" are for the caller, save
        for offices of their own such as "Deputy Foreign Minister". "ambassador in Kyiv" → "Ambassador to Ukraine".
        """
        return self._offices.named(text) or self._offices.ambassador(text, self._place_of_posting)

    def _place_of_posting(self, text: str) -> str | None:
        posts = [k.label for k in self.named(text) if k.type in ("State", "Organisation")]
        return posts[0] if posts else None

    def ambassador_to(self, label: str) -> str:
        """The name of the office: "Ambassador to the United States"."""
        return self._offices.ambassador_to(label)

    @cached_property
    def _tenures_by_person(self) -> dict[str, tuple[Tenure, ...]]:
        index: dict[str, list[Tenure]] = {}
        for tenure in self._tenures:
            index.setdefault(tenure.person, []).append(tenure)
        return {person: tuple(tenures) for person, tenures in index.items()}

    @cached_property
    def _tenures_by_office(self) -> dict[tuple[str, str], tuple[Tenure, ...]]:
        index: dict[tuple[str, str], list[Tenure]] = {}
        for tenure in self._tenures:
            index.setdefault((self._offices.general(tenure.office), tenure.of), []).append(tenure)
        return {key: tuple(tenures) for key, tenures in index.items()}

    # States and their bodies -----------------------------------------------------------------------

    def state_at(self, known: Known, date: str) -> Known:
        """The state that a state's name means on an EDTF date: Russia in 1970 is the Soviet Union, and the other way round.

        A former state that had the capital of its successor is meant by the successor's names in its time. A date
        that reaches over the border counts by its middle, one that is open on a side by the other end.
        """
        day = _middle(date)
        if known.exists_until and known.successor and day > known.exists_until:
            return self._known[known.successor]
        for former in self._formers.get(known.iri, ()):
            same_seat = not set(former.capitals).isdisjoint(known.capitals)
            if same_seat and (former.exists_from or day) <= day <= (former.exists_until or day):
                return former
        return known

    def state_with_seat(self, name: str, date: str | None) -> Known | None:
        """The state that a capital or a seat of government stood for on an EDTF date: "Prague", "Saigon", "Kremlin"."""
        states = self.of_the_time([k for k in self.named(name) if k.type == "State"], date)
        state = states[0] if len(states) == 1 else None
        return self.state_at(state, date) if state and date else state

    def of_the_time(self, known: Sequence[Known], date: str | None) -> tuple[Known, ...]:
        """Without the states that there were not on an EDTF date; one of the past, in its time, before the one that came after it."""
        if len(known) < 2:
            return tuple(known)
        day = _middle(date) if date else datetime.date.max.isoformat()
        there = [k for k in known if k.type == "State" and (k.exists_from or day) <= day <= (k.exists_until or day)]
        former = [k for k in there if k.exists_until]
        return (*(former or there), *(k for k in known if k.type != "State")) or tuple(known)

    def is_body(self, phrase: str) -> bool:
        """Is a phrase without its state the name of a body: "Foreign Ministry"?"""
        body = self._phrases.get(words(bare(phrase)))
        return body is not None and not body.is_state

    @cached_property
    def body_beginnings(self) -> frozenset[str]:
        """The first words of the phrases that name bodies."""
        return frozenset(key[0] for key in self._phrases)

    def body(self, state_iri: str, phrase: str) -> Known | None:
        """The ministry, force or court of a state that a phrase names: "Foreign Ministry", "air force".

        None where the phrase is none; "government" is the state itself.
        """
        state = self._known.get(state_iri)
        body = self._phrases.get(words(bare(phrase)))
        return self._body_of(state, body) if state and body else None

    def _body_of(self, state: Known, body: Body) -> Known | None:
        if body.is_state:
            return state
        label = body.label_of(state.label, state.adjectives[0] if state.adjectives else None, self._offices.article(state.label))
        if label is None:
            return None
        iri = entity_iri(label)
        voice = state.iri if body.voice else None
        return self._known.get(iri) or Known(iri, label, "Organisation", voice_of=voice, part_of=state.iri, body_kind=body.kind)

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], Body]:
        return phrase_index(self._bodies)

    @cached_property
    def _bodies_by_rule(self) -> dict[str, Known]:
        states = [k for k in self._known.values() if k.type == "State"]
        found = [self._body_of(state, body) for state in states for body in self._bodies if not body.is_state]
        return {known.iri: known for known in found if known}

    @cached_property
    def _formers(self) -> dict[str, tuple[Known, ...]]:
        index: dict[str, list[Known]] = {}
        for known in self._known.values():
            if known.successor:
                index.setdefault(known.successor, []).append(known)
        return {iri: tuple(formers) for iri, formers in index.items()}

    @cached_property
    def _same_state(self) -> dict[str, tuple[str, ...]]:
        families: dict[str, tuple[str, ...]] = {}
        for iri, formers in self._formers.items():
            families[iri] = (*(former.iri for former in formers), iri)
            for former in formers:
                families[former.iri] = (former.iri, iri)
        return families


@cache
def load_reference() -> Reference:
    """The reference data of the project, read once."""
    known, tenures = read_turtle(REFERENCE_FOLDER / name for name in FILES)
    return Reference(known, tenures, read_offices(), read_bodies())


def _middle(date: str) -> str:
    """A day that stands for an EDTF date: the middle one, or the known end of one that is open."""
    earliest, latest = days(date)
    if FIRST_DAY in (earliest, latest) or LAST_DAY in (earliest, latest):
        return latest if earliest == FIRST_DAY else earliest
    first, last = datetime.date.fromisoformat(earliest), datetime.date.fromisoformat(latest)
    return (first + (last - first) / 2).isoformat()


def _ways_to_name(known: Known) -> Iterator[tuple[str, str]]:
    yield "name", known.label
    for how, names in zip(_HOWS, (known.names, known.adjectives, known.people, known.seats, known.loaded), strict=True):
        for name in names:
            yield how, name


def _keys(name: str) -> set[tuple[str, ...]]:
    """The words of a name, also without its apostrophes: ``ya alon`` and ``yaalon``."""
    keys = {words(bare(name))}
    if "'" in name:
        keys.add(words(bare(name).replace("'", "")))
    return keys - {()}


def _directness(named: _Named) -> tuple[int, str]:
    return _HOWS.index(named.how), fold(named.known.label)


def _follows(earlier: Tenure, later: Tenure) -> bool:
    """Does one tenure begin within two years of the other's end? Else the tables leave somebody out between them."""
    return earlier.end is None or int((later.start or "0")[:4]) - int(earlier.end[:4]) <= _LONGEST_VACANCY
