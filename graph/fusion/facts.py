"""What fusion knows of a record: events as told, figures as measured, read from a graph in two questions each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.fusion.words import stems
from graph.store import GraphStore
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

    @property
    def family(self) -> str:
        """The family of its kind."""
        return family_of(self.kind)

    @property
    def words(self) -> frozenset[str]:
        """The content words of its evidence."""
        return stems(self.text)


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
SELECT ?record ?source ?kind ?realis ?text ?before ?start ?row ?date ?earliest ?latest ?place ?item ?quantity ?amount ?resolution WHERE {
  ?record a :Event ; :source ?source ; :kind ?kind ; :realis ?realis ; :evidence/oa:hasSelector ?selector .
  ?selector oa:exact ?text ; oa:start ?start .
  OPTIONAL { ?record :date ?date } OPTIONAL { ?record :earliest ?earliest } OPTIONAL { ?record :latest ?latest }
  OPTIONAL { ?record :place ?place } OPTIONAL { ?record :item ?item } OPTIONAL { ?record :quantity ?quantity }
  OPTIONAL { ?record :amount ?amount } OPTIONAL { ?record :resolution ?resolution } OPTIONAL { ?selector :row ?row }
  OPTIONAL { ?selector oa:prefix ?before }
}
ORDER BY ?source ?start ?record
"""
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
ORDER BY ?source ?record
"""
_NAMED = "SELECT ?record ?thing WHERE { ?record %s ?thing }"
_CITED = "SELECT ?record ?thing WHERE { ?record :evidence/:citation ?thing }"


def told_in(graph: GraphStore) -> list[Told]:
    """The events of a graph, by source and place in it."""
    people = {row["person"] for row in _rows(graph, "SELECT ?person WHERE { ?person a :Person }")}
    places = {row["place"] for row in _rows(graph, "SELECT ?place WHERE { ?place a :Place }")}
    takes_part = _pairs(graph, _NAMED % ":participant")
    prisoners = _pairs(graph, _NAMED % ":prisoner")
    cited = _pairs(graph, _CITED)
    sources = _source_ids(graph)
    reference = load_reference()
    events = {}
    for row in _rows(graph, _EVENTS):
        named = takes_part.get(row["record"], frozenset())
        persons = named & people
        events[row["record"]] = Told(
            iri=row["record"], source=row["source"], kind=_last(row["kind"]), realis=_last(row["realis"]), text=row["text"],
            start=int(row["start"]), date=row.get("date"), earliest=row.get("earliest"), latest=row.get("latest"), people=persons,
            sides=(named - persons - places) | states_behind(persons, row.get("date"), reference), place=row.get("place"),
            item=row.get("item"), quantity=_number(row.get("quantity")), amount=_number(row.get("amount")),
            prisoners=prisoners.get(row["record"], frozenset()), resolution=row.get("resolution"),
            origin=_origin(row["source"], cited.get(row["record"], frozenset()), frozenset(), sources), listed="row" in row,
            before=row.get("before", ""),
        )  # fmt: skip
    return list(events.values())


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
    """The stances of a graph towards entities."""
    return [
        Taken(r["record"], r["source"], r["holder"], r["target"], _last(r["polarity"]), r["text"], r.get("earliest"))
        for r in _rows(graph, _STANCES)
    ]


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


def _rows(graph: GraphStore, question: str) -> Iterable[dict[str, str]]:
    solutions = graph.select(question)
    names = [variable.lstrip("?") for variable in solutions.variables]
    for row in solutions:
        yield {name: value.value for name in names if (value := row[name]) is not None}


def _last(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _number(value: str | None) -> float | None:
    return float(value) if value is not None else None
