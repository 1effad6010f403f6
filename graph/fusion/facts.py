"""What fusion knows of a record: events as told, figures as measured, read from a graph in two questions each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from graph.fusion.words import stems
from graph.store import GraphStore
from graph.terms import TERM, text
from ontology.kinds import family_of
from ontology.reference import Reference, load_reference


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one record tells it. Entities are IRIs, dates EDTF with the first and last day they may mean.

    ``sides`` are its states and organisations, those behind its people included. ``origin`` is where it is from in the end:
    whom the source credits, the source that it cites, or the source itself. ``listed`` is true of a row of a data set.
    """

    iri: str
    source: str
    kind: str
    realis: str
    text: str
    start: int = 0
    date: str | None = None
    earliest: str | None = None
    latest: str | None = None
    people: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    place: str | None = None
    item: str | None = None
    quantity: float | None = None
    amount: float | None = None
    prisoners: frozenset[str] = frozenset()
    resolution: str | None = None
    origin: frozenset[str] = frozenset()
    listed: bool = False
    before: str = ""  # the words before its evidence, as far as the graph keeps them
    first_start: int = 0  # of the first of its spans; ``start`` is the last one's

    @property
    def family(self) -> str:
        """The family of its kind."""
        return family_of(self.kind)

    @property
    def words(self) -> frozenset[str]:
        """The content words of its evidence."""
        return stems(self.text)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """As much of an event as tells with which others it is to be compared; fields as of ``Told``."""

    iri: str
    kind: str
    date: str | None
    earliest: str | None
    latest: str | None
    resolution: str | None
    people: frozenset[str]
    sides: frozenset[str]

    @property
    def family(self) -> str:
        """The family of its kind."""
        return family_of(self.kind)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number as one record gives it."""

    iri: str
    source: str
    value: float
    unit: str
    measure: str
    text: str
    start: int = 0
    period: str | None = None
    earliest: str | None = None
    latest: str | None = None
    qualifier: str | None = None
    origin: frozenset[str] = frozenset()

    @property
    def words(self) -> frozenset[str]:
        """The content words of what is measured."""
        return stems(self.measure)


@dataclass(frozen=True, slots=True)
class Taken:
    """A stance of a holder towards an entity, as one record tells it."""

    iri: str
    source: str
    holder: str
    target: str
    polarity: str
    text: str
    earliest: str | None = None


_EVENTS = """
SELECT ?g ?record ?source ?kind ?realis ?text ?before ?start ?row ?date ?earliest ?latest ?place ?item ?quantity ?amount ?resolution WHERE {
  GRAPH ?g {
    ?record a :Event ; :source ?source ; :kind ?kind ; :realis ?realis ; :evidence/oa:hasSelector ?selector .
    ?selector oa:exact ?text ; oa:start ?start .
    OPTIONAL { ?record :date ?date } OPTIONAL { ?record :earliest ?earliest } OPTIONAL { ?record :latest ?latest }
    OPTIONAL { ?record :place ?place } OPTIONAL { ?record :item ?item } OPTIONAL { ?record :quantity ?quantity }
    OPTIONAL { ?record :amount ?amount } OPTIONAL { ?record :resolution ?resolution } OPTIONAL { ?selector :row ?row }
    OPTIONAL { ?selector oa:prefix ?before }
  }
}
ORDER BY ?source ?start ?record
"""
_GLIMPSES = """
SELECT ?g ?record ?kind ?date ?earliest ?latest ?resolution WHERE {
  GRAPH ?g {
    ?record a :Event ; :kind ?kind .
    OPTIONAL { ?record :date ?date } OPTIONAL { ?record :earliest ?earliest } OPTIONAL { ?record :latest ?latest }
    OPTIONAL { ?record :resolution ?resolution }
  }
}
"""
_COUNTED = "SELECT ?g (COUNT(*) AS ?number) WHERE { GRAPH ?g { ?record a %s } } GROUP BY ?g ORDER BY ?number ?g"
_FIGURES = """
SELECT ?record ?source ?value ?unit ?measure ?text ?start ?date ?earliest ?latest ?qualifier WHERE {
  ?record a :Figure ; :source ?source ; :value ?value ; :unit ?unit ; :measure ?measure ; :evidence/oa:hasSelector ?selector .
  ?selector oa:exact ?text ; oa:start ?start .
  OPTIONAL { ?record :date ?date } OPTIONAL { ?record :earliest ?earliest } OPTIONAL { ?record :latest ?latest }
  OPTIONAL { ?record :qualifier ?qualifier }
}
ORDER BY ?source ?start ?record
"""
_STANCES = """
SELECT ?record ?source ?holder ?target ?polarity ?text ?earliest WHERE {
  ?record a :Stance ; :source ?source ; :holder ?holder ; :target ?target ; :polarity ?polarity .
  ?record :evidence/oa:hasSelector/oa:exact ?text .
  OPTIONAL { ?record :earliest ?earliest }
}
"""
_SIDES = """
SELECT ?g ?record ?holder ?target ?polarity ?earliest WHERE {
  GRAPH ?g { ?record a :Stance ; :holder ?holder ; :target ?target ; :polarity ?polarity ; :earliest ?earliest }
}
"""
_NAMED = "SELECT ?record ?thing WHERE { ?record %s ?thing }"
_CITED = "SELECT ?record ?thing WHERE { ?record :evidence/:citation ?thing }"


def graphs_of_events(graph: GraphStore) -> list[str]:
    """The named graphs that hold events, the one with the fewest first."""
    return [row["g"] for row in _rows(graph, _COUNTED % ":Event")]


def is_of_rows(graph: GraphStore, name: str) -> bool:
    """Is a named graph a data set whose rows are apart in any case? One of arms deals is not: a deal may stand in several."""
    deals = graph.quads(name, predicate=TERM.kind, object=TERM.ArmsDeal)
    return any(True for _ in graph.quads(name, predicate=TERM.row)) and not any(True for _ in deals)


def apart_as_rows(a: Told, b: Told) -> bool:
    """Are two events rows of one data set, which are apart but for the parts of a deal?"""
    return a.source == b.source and a.listed and a.kind != "ArmsDeal"


def glimpses_of(graph: GraphStore, name: str) -> Iterator[Glimpse]:
    """The events of a named graph, one by one."""
    takes_part = _parties(graph)
    for row in _rows(graph, _GLIMPSES, g=name):
        people, sides = takes_part(row["record"], row.get("date"))
        days = (row.get("date"), row.get("earliest"), row.get("latest"))
        yield Glimpse(row["record"], _last(row["kind"]), *days, row.get("resolution"), people, sides)


def events_of(graph: GraphStore, name: str) -> list[Told]:
    """The events of a named graph, by their place in it."""
    return list(_told(graph, _rows(graph, _EVENTS, g=name)))


def told_again(graph: GraphStore, records: Iterable[str]) -> Iterator[Told]:
    """The events that are named."""
    return _told(graph, (row for record in records for row in _rows(graph, _EVENTS, record=record)))


def _told(graph: GraphStore, rows: Iterable[dict[str, str]]) -> Iterator[Told]:
    prisoners, cited, sources = _pairs(graph, _NAMED % ":prisoner"), _pairs(graph, _CITED), _source_ids(graph)
    takes_part = _parties(graph)
    events: dict[str, Told] = {}
    for row in rows:
        record, start = row["record"], int(row["start"])
        people, sides = takes_part(record, row.get("date"))
        events[record] = Told(
            iri=record, source=row["source"], kind=_last(row["kind"]), realis=_last(row["realis"]), text=row["text"],
            start=start, date=row.get("date"), earliest=row.get("earliest"), latest=row.get("latest"), people=people, sides=sides,
            place=row.get("place"), item=row.get("item"), quantity=_number(row.get("quantity")), amount=_number(row.get("amount")),
            prisoners=prisoners.get(record, frozenset()), resolution=row.get("resolution"),
            origin=_origin(row["source"], cited.get(record, frozenset()), frozenset(), sources), listed="row" in row,
            before=row.get("before", ""), first_start=events[record].first_start if record in events else start,
        )  # fmt: skip
    yield from events.values()


def _parties(graph: GraphStore) -> Callable[[str, str | None], tuple[frozenset[str], frozenset[str]]]:
    """Who takes part in a record: people; states and organisations, those behind the people at the date included."""
    people = {row["person"] for row in _rows(graph, "SELECT ?person WHERE { ?person a :Person }")}
    places = {row["place"] for row in _rows(graph, "SELECT ?place WHERE { ?place a :Place }")}
    reference = load_reference()
    behind = lru_cache(maxsize=20_000)(lambda persons, date: states_behind(persons, date, reference))

    def parties(record: str, date: str | None) -> tuple[frozenset[str], frozenset[str]]:
        named = frozenset(text(quad.object) for quad in graph.quads(subject=NamedNode(record), predicate=TERM.participant))
        persons = named & people
        return persons, (named - persons - places) | behind(persons, date)

    return parties


def measured_in(graph: GraphStore) -> list[Measured]:
    """The figures of a graph, by source and place in it."""
    credited = _pairs(graph, _NAMED % ":attributedTo")
    cited = _pairs(graph, _CITED)
    sources = _source_ids(graph)
    figures = {}
    for row in _rows(graph, _FIGURES):
        record = row["record"]
        figures[record] = Measured(
            iri=record, source=row["source"], value=float(row["value"]), unit=row["unit"], measure=row["measure"], text=row["text"],
            start=int(row["start"]), period=row.get("date"), earliest=row.get("earliest"), latest=row.get("latest"),
            qualifier=row.get("qualifier"),
            origin=_origin(row["source"], cited.get(record, frozenset()), credited.get(record, frozenset()), sources),
        )  # fmt: skip
    return list(figures.values())


def taken_in(graph: GraphStore) -> list[Taken]:
    """The stances of a graph towards entities that another source tells otherwise, by source; of the others none."""
    rows = (row for record in _told_otherwise(graph) for row in _rows(graph, _STANCES, record=record))
    return [
        Taken(row["record"], row["source"], row["holder"], row["target"], _last(row["polarity"]), row["text"], row.get("earliest"))
        for row in sorted(rows, key=lambda row: (row["source"], row["record"], row["text"]))
    ]


def _told_otherwise(graph: GraphStore) -> set[str]:
    """Stances of which another source tells one with the same holder, target and first day. Looks through the largest one last."""
    graphs = [row["g"] for row in _rows(graph, _COUNTED % ":Stance")]
    first: dict[tuple[str, str, str], tuple[str, list[str]]] = {}  # of each the source that told it first, and its records
    found: set[str] = set()
    for name in graphs:
        for row in _rows(graph, _SIDES, g=name) if first or name != graphs[-1] else ():
            what = (row["holder"], row["target"], row["earliest"])
            if what in first and first[what][0] != name:
                found.update([*first[what][1], row["record"]])
            elif what in first or name != graphs[-1]:
                first.setdefault(what, (name, []))[1].append(row["record"])
    return found


def may_be_one_time(a: Told | Measured, b: Told | Measured) -> bool:
    """May two dates be one? One that is not told may be any."""
    return (a.earliest or "") <= (b.latest or "9999") and (b.earliest or "") <= (a.latest or "9999")


def states_behind(people: Iterable[str], on: str | None, reference: Reference) -> frozenset[str]:
    """The states that people served, at the date where that is known."""
    found: set[str] = set()
    for person in people:
        tenures = [t for t in reference.offices_of(person) if (known := reference.entity(t.of)) and known.type == "State"]
        held = [t for t in tenures if on and t.in_year_of(on)]
        served = {t.of for t in held or tenures}
        found |= served if len(served) == 1 else set()
    return frozenset(found)


def _origin(source: str, cited: frozenset[str], credited: frozenset[str], sources: Mapping[str, str]) -> frozenset[str]:
    """Whom a number is credited to; else the sources of this graph that stand behind it; else the source itself."""
    return credited or frozenset(sources[c] for c in cited if c in sources) or frozenset({source})


def _source_ids(graph: GraphStore) -> dict[str, str]:
    """The IRI of each source by the id that a citation may give."""
    return {_last(row["source"]): row["source"] for row in _rows(graph, "SELECT ?source WHERE { ?source a :Source }")}


def _pairs(graph: GraphStore, question: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in _rows(graph, question):
        found.setdefault(row["record"], set()).add(row["thing"])
    return {record: frozenset(things) for record, things in found.items()}


def _rows(graph: GraphStore, question: str, **named: str) -> Iterator[dict[str, str]]:
    """The rows of an answer, without what they leave open; ``named`` are IRIs that columns are to be."""
    solutions = graph.select(question, {column: NamedNode(iri) for column, iri in named.items()})
    names = [variable.lstrip("?") for variable in solutions.variables]
    for row in solutions:
        yield {name: value.value for name in names if (value := row[name]) is not None} | named


def _last(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _number(value: str | None) -> float | None:
    return float(value) if value is not None else None
