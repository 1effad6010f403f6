"""Things that are not in the reference data: what each source calls them, and what they are called.

A union of graphs keeps a triple once for each graph that holds it (Oxigraph does, and other engines
may), so a label that stood in four graphs would count four times. Therefore each triple stands in one
graph. A source's graph says what its reading calls a thing, in a *naming* of its own; the thing's
own class and label are made from all of its namings, in one graph of descriptions. When a source
goes, so do its namings, and with the last naming the description.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.records import Entity, Record
from graph.store import GraphStore
from graph.terms import BOOLEAN, DC, LABEL, TERM, TYPE, text
from ontology.identifiers import ONTOLOGY, REFERENCE_GRAPH, graph_iri, record_iri, rule_iri

DESCRIPTIONS_GRAPH = graph_iri("descriptions")
"""The graph of what is made from namings."""

_CLASSES = frozenset({"Agent", "Group", "Organisation", "Person", "Place", "Rule", "State"})
_UNCERTAIN = "Agent"  # the class of an entity when the text does not tell


@dataclass(frozen=True, slots=True)
class Naming:
    """What one source's reading calls a thing; ``cls`` is a class of the ontology."""

    graph: str
    thing: str
    label: str
    cls: str


class Namings:
    """The namings of one source: of each thing the first label, and the class if any mention tells it."""

    def __init__(self, source_id: str) -> None:
        self._source_id = source_id
        self._named: dict[str, tuple[str, str]] = {}
        self._rules: set[str] = set()

    def add(self, record: Record, entities: Iterable[Entity]) -> None:
        """Takes note of a record's rule and of its entities that are not in the reference data."""
        if record.rule not in self._rules:
            self._rules.add(record.rule)
            self._named.setdefault(rule_iri(record.rule), (record.rule, "Rule"))
        for entity in entities:
            if not entity.known:
                self._name(entity.id, entity.label, entity.type)

    def join(self, further: "Namings") -> None:
        """Takes note of the namings of records that come behind."""
        for thing, (label, cls) in further._named.items():
            self._name(thing, label, cls)

    def _name(self, thing: str, label: str, cls: str) -> None:
        first, known = self._named.get(thing, (label, cls))
        self._named[thing] = (first, cls if known == _UNCERTAIN else known)

    def quads(self) -> Iterator[Quad]:
        """The namings, in the order of the text."""
        graph = NamedNode(graph_iri(self._source_id))
        for thing, (label, cls) in self._named.items():
            node = NamedNode(record_iri("naming", self._source_id, thing))
            yield Quad(node, TYPE, TERM.Naming, graph)
            yield Quad(node, TERM.names, NamedNode(thing), graph)
            yield Quad(node, LABEL, Literal(label, language="en"), graph)
            yield Quad(node, DC.type, getattr(TERM, cls), graph)


def descriptions(namings: Iterable[Naming], described: Set[str] = frozenset()) -> Iterator[Quad]:
    """The class and label of each thing, sorted; none for what ``described``, the reference data, has.

    Of several labels the one of the first graph counts, by name; of several classes the first that tells more
    than ``Agent``. So it does not matter in which order the sources were built.
    """
    by_thing: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        by_thing[naming.thing].append(naming)
    graph = NamedNode(DESCRIPTIONS_GRAPH)
    for thing in sorted(by_thing.keys() - described):
        named = sorted(by_thing[thing], key=lambda naming: (naming.graph, naming.label))
        cls = next((naming.cls for naming in named if naming.cls != _UNCERTAIN), _UNCERTAIN)
        node = NamedNode(thing)
        yield Quad(node, TYPE, getattr(TERM, cls), graph)
        yield Quad(node, LABEL, Literal(named[0].label, language="en"), graph)
        if cls != "Rule":
            yield Quad(node, TERM.fromText, Literal("true", datatype=BOOLEAN), graph)


def descriptions_in(store: GraphStore) -> Iterator[Quad]:
    """The descriptions of everything that is named in a store and not in its reference data."""
    namings = list(read_namings(quad for found in store.quads(predicate=TERM.names) for quad in store.quads(subject=_node(found))))
    described = {naming.thing for naming in namings if _is_described(store, naming.thing)}
    return descriptions(namings, described)


def read_namings(quads: Iterable[Quad]) -> Iterator[Naming]:
    """The namings among the quads, which hold all that is said of each; what is amiss with one is for the shapes to tell."""
    said: dict[str, dict[NamedNode, Quad]] = defaultdict(dict)
    for quad in quads:
        if quad.predicate in (TERM.names, LABEL, DC.type):
            said[text(quad.subject)][quad.predicate] = quad
    for about in said.values():
        if about.keys() >= {TERM.names, LABEL, DC.type} and isinstance(about[TERM.names].object, NamedNode):
            thing, label, cls = (text(about[predicate].object) for predicate in (TERM.names, LABEL, DC.type))
            if cls.removeprefix(ONTOLOGY) in _CLASSES:
                yield Naming(text(about[TERM.names].graph_name), thing, label, cls.removeprefix(ONTOLOGY))


def _node(quad: Quad) -> NamedNode:
    return NamedNode(text(quad.subject))


def _is_described(store: GraphStore, thing: str) -> bool:
    return any(True for _ in store.quads(REFERENCE_GRAPH, subject=NamedNode(thing), predicate=TYPE))
