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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from ontology.bodies import Body, phrase_index, read_bodies
from ontology.identifiers import ONTOLOGY, WIKIDATA, entity_iri
from ontology.names import bare, capitals, fold, is_abbreviation, words
from ontology.offices import Offices, read_offices
from ontology.tenures import FIRST_DAY, LAST_DAY, Tenure, days

REFERENCE_FOLDER = Path(__file__).parent / "reference"
FILES = ("states.ttl", "organisations.ttl", "places.ttl", "people.ttl")

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_SOURCE = "http://purl.org/dc/terms/source"
_SCHEMA = "https://schema.org/"
_TYPES = frozenset({"State", "Person", "Organisation", "Place", "Group"})
# The ways in which a name can mean an entity, the most direct first.
_HOWS = ("name", "adjective", "people", "seat", "loaded")


@dataclass(frozen=True, slots=True)
class Known:
    """Someone or something that the reference data knows.

    ``names`` are other names than the label, ``adjectives`` "Russian", ``people`` "Russians", ``seats`` the places and
    houses that stand for a government, ``loaded`` names that take a side. ``voice_of``, ``part_of`` and ``successor``
    and the ``capitals`` are IRIs, ``exists_from`` and ``exists_until`` days, ``wikidata`` an id such as "Q159".
    """

    iri: str
    label: str
    type: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    voice_of: str | None = None
    part_of: str | None = None
    body_kind: str | None = None
    wikidata: str | None = None
    exists_from: str | None = None
    exists_until: str | None = None
    successor: str | None = None
    capitals: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()

    def existed_on(self, date: str) -> bool:
        """Whether it existed on every day of an EDTF date; without dates, it always did."""
        earliest, latest = days(date)
        return (self.exists_from or earliest) <= earliest and latest <= (self.exists_until or latest)


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
        """The rank of the highest office first; that of a body ("President of the Supreme Court") ranks below a state's."""
        tenures = self.offices_of(person.iri)
        ranks = [self._offices.rank(t.office) - (2 if self._known[t.of].type != "State" else 0) for t in tenures]
        return -max(ranks, default=0), -len(tenures), person.label

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


def read_turtle(paths: Iterable[Path]) -> tuple[list[Known], list[Tenure]]:
    """The entities and tenures in Turtle files."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for path in paths:
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            node = nodes.setdefault(triple.subject.value, {})
            node.setdefault(triple.predicate.value.removeprefix(ONTOLOGY), []).append(triple.object.value)
    known, tenures = [], []
    for iri, node in nodes.items():
        kind = node[_RDF_TYPE][0].removeprefix(ONTOLOGY)
        if kind == "Tenure":
            tenures.append(_tenure(iri, node))
        elif kind in _TYPES:
            known.append(_entity(iri, kind, node))
    return known, tenures


def _tenure(iri: str, node: Mapping[str, list[str]]) -> Tenure:
    return Tenure(
        iri=iri,
        person=node["person"][0],
        office=node["office"][0],
        of=node["of"][0],
        start=_first(node, "from"),
        end=_first(node, "until"),
        source=node[_SOURCE][0],
    )


def _entity(iri: str, kind: str, node: Mapping[str, list[str]]) -> Known:
    same_as = _first(node, _SCHEMA + "sameAs")
    return Known(
        iri=iri,
        label=node[_LABEL][0],
        type=kind,
        names=_all(node, _SCHEMA + "alternateName"),
        adjectives=_all(node, "adjective"),
        people=_all(node, "people"),
        seats=_all(node, "seatName"),
        loaded=_all(node, "loadedName"),
        voice_of=_first(node, "voiceOf"),
        part_of=_first(node, "partOf"),
        body_kind=_first(node, "bodyKind"),
        wikidata=same_as.removeprefix(WIKIDATA) if same_as else None,
        exists_from=_first(node, "formerFrom"),
        exists_until=_first(node, "formerUntil"),
        successor=_first(node, "successor"),
        capitals=_all(node, "capital"),
        surnames=_all(node, _SCHEMA + "familyName"),
    )


def _middle(date: str) -> str:
    """A day that stands for an EDTF date: the middle one, or the known end of one that is open."""
    earliest, latest = days(date)
    if FIRST_DAY in (earliest, latest) or LAST_DAY in (earliest, latest):
        return latest if earliest == FIRST_DAY else earliest
    first, last = datetime.date.fromisoformat(earliest), datetime.date.fromisoformat(latest)
    return (first + (last - first) / 2).isoformat()


def _first(node: Mapping[str, list[str]], name: str) -> str | None:
    values = node.get(name)
    return values[0] if values else None


def _all(node: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(node.get(name, ()))


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
