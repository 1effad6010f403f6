"""What the reference data knows of an entity, and how it is read from Turtle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ontology.identifiers import ONTOLOGY, WIKIDATA
from ontology.tenures import Tenure, days

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_SOURCE = "http://purl.org/dc/terms/source"
_SCHEMA = "https://schema.org/"
_TYPES = frozenset({"State", "Person", "Organisation", "Place", "Group"})


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


def _first(node: Mapping[str, list[str]], name: str) -> str | None:
    values = node.get(name)
    return values[0] if values else None


def _all(node: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(node.get(name, ()))
