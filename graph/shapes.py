"""The SHACL shapes: what must hold of every graph.

A source is checked by itself, with what the rest of the graph says of the things that it names. pySHACL takes 2 ms a record, so
a build asks the rules of ``graph.shape_rules`` first, and pySHACL where these are in doubt; ``irkg validate`` asks pySHACL alone.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph
import pyshacl
from pyoxigraph import NamedNode, Quad, RdfFormat
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDFS
from rdflib.term import Node

from graph.naming import DESCRIPTIONS_GRAPH, Naming, descriptions, read_namings
from graph.prefixes import PREFIXES
from graph.rdf_files import read_file
from graph.reference import reference_quads
from graph.shape_rules import TYPE, Doubt, Rules, compiled
from graph.shape_values import Term
from graph.store import GraphStore
from graph.terms import DC, LABEL, TERM
from ontology.errors import IrkgError
from ontology.identifiers import REFERENCE_GRAPH

_NAMES = str(TERM.names)
_NAMING = frozenset({_NAMES, str(LABEL), str(DC.type)})


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Something that breaks a shape: the node, the path from it (as SPARQL writes it), the value there, and what should hold."""

    node: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        at = f" at {self.path}" if self.path else ""
        found = f", found {self.value}" if self.value else ""
        return f"{self.node}{at}: {self.message}{found}"


def validate(graph: Graph, shapes: Graph | None = None) -> list[Violation]:
    """What in the graph breaks the shapes, sorted. The graph must hold what it refers to, the kinds and acts too."""
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=_shapes() if shapes is None else shapes, inplace=True)
    if conforms:
        return []
    if not isinstance(report, Graph):
        raise IrkgError(f"the shapes can't be checked: {report}")
    return sorted({_violation(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)})


def validate_source(quads: Iterable[Quad]) -> list[Violation]:
    """What breaks the shapes in the quads of one source, as ``document_quads`` gives them."""
    said = list(quads)
    rules = _rules()
    if doubts(said):
        return validate_by_pyshacl(said)
    return validate_by_pyshacl(said, rules.left) if rules.left is not None else []


def validate_by_pyshacl(quads: Iterable[Quad], shapes: Graph | None = None) -> list[Violation]:
    """The same, of all shapes or of some, by pySHACL alone."""
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # it warns of a value that its type does not allow, with a traceback
    said = list(quads)
    graph = _graph(said)
    described = {str(subject) for subject in graph.subjects(RDF.type)}
    _add(graph, descriptions(read_namings(said), described | _reference().keys()))
    return validate(_with_reference(graph), shapes)


def doubts(quads: Iterable[Quad]) -> set[Doubt]:
    """What may break the shapes in the quads of one source; none where all the shapes that are compiled surely hold."""
    facts: dict[Term, dict[Term, list[Term]]] = {}
    namings = list(_noted(facts, quads))
    described = {n.thing for n in namings if n.thing in _reference() or TYPE in facts.get(f"<{n.thing}>", ())}
    _noted(facts, descriptions(namings, described))
    named = {entity for about in facts.values() for predicate in _written_properties() & about.keys() for entity in about[predicate]}
    _noted(facts, (quad for entity in named if TYPE not in facts.get(entity, ()) for quad in _reference().get(entity[1:-1], ())))
    _noted(facts, _kinds())
    return _rules().doubts(facts)


def _noted(facts: dict[Term, dict[Term, list[Term]]], quads: Iterable[Quad]) -> Iterable[Naming]:
    """Takes note of what quads say; the namings among them."""
    naming: list[Quad] = []
    named: set[Term] = set()
    for quad in quads:
        subject, predicate, value = str(quad.subject), str(quad.predicate), str(quad.object)
        facts.setdefault(subject, {}).setdefault(predicate, []).append(value)
        if predicate in _NAMING:
            naming.append(quad)
            if predicate == _NAMES:
                named.add(subject)
    return read_namings(quad for quad in naming if str(quad.subject) in named)


def validate_store(store: GraphStore) -> list[Violation]:
    """What breaks the shapes in a store, each of its graphs by itself."""
    found: set[Violation] = set()
    for name in store.graphs():
        if name not in (REFERENCE_GRAPH, DESCRIPTIONS_GRAPH):
            found.update(validate_by_pyshacl(store.quads(name)))
    return sorted(found)


def validate_file(path: Path) -> list[Violation]:
    """What breaks the shapes in an RDF file of any format.

    Raises:
        IrkgError: the file can't be read, or does not parse (the message has the line), or holds what no shape can be checked of.
    """
    quads = read_file(path)
    try:
        return validate_by_pyshacl(quads)
    except (ArithmeticError, LookupError, MemoryError, RuntimeError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise IrkgError(
            f"{path}: the shapes can't be checked ({reason}); look for odd values, and for lists that hold themselves"
        ) from error


# Properties whose values are entities: those that shape:Entity in shapes.ttl targets.
def _entity_properties() -> list[Node]:
    return list(_shapes().objects(URIRef("https://w3id.org/irkg/shape/Entity"), SH.targetObjectsOf))


@cache
def _written_properties() -> frozenset[Term]:
    return frozenset(predicate.n3() for predicate in _entity_properties())


def _with_reference(graph: Graph) -> Graph:
    """The graph with the kinds and acts, and with the class and label of each entity that it leaves to the reference data."""
    reference = _reference()
    described = set(graph.subjects(RDF.type))
    named = {entity for predicate in _entity_properties() for entity in graph.objects(None, predicate)}
    for entity in named - described:
        _add(graph, reference.get(str(entity), ()))
    _add(graph, _kinds())
    return graph


@cache
def _kinds() -> list[Quad]:
    return list(pyoxigraph.parse(_text("kinds.ttl"), format=RdfFormat.TURTLE))


@cache
def _reference() -> dict[str, list[Quad]]:
    """Class and label of each thing in the reference data, by its IRI."""
    found: dict[str, list[Quad]] = {}
    for quad in reference_quads():
        if quad.predicate.value in (str(RDF.type), str(RDFS.label)) and isinstance(quad.subject, NamedNode):
            found.setdefault(quad.subject.value, []).append(quad)
    return found


@cache
def _rules() -> Rules:
    return compiled(_shapes())


@cache
def _shapes() -> Graph:
    return _graph(pyoxigraph.parse(_text("shapes.ttl"), format=RdfFormat.TURTLE))


def _text(name: str) -> bytes:
    return (files("ontology") / name).read_bytes()


def _graph(quads: Iterable[Quad]) -> Graph:
    graph = Graph()
    _add(graph, quads)
    return graph


def _add(graph: Graph, quads: Iterable[Quad]) -> None:
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))


def _term(term: object) -> Node:
    """A term of pyoxigraph as one of rdflib."""
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        return Literal(term.value, lang=term.language) if term.language else Literal(term.value, datatype=URIRef(term.datatype.value))
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    raise IrkgError(f"{term}: a triple term of RDF 1.2, and shapes are for RDF 1.1")


def _violation(report: Graph, result: Node) -> Violation:
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    return Violation(
        node=str(report.value(result, SH.focusNode)),
        path=" / ".join(_short(step) for step in _steps(report, path)),
        value=value.n3() if isinstance(value, Literal) else str(value or ""),
        message=str(report.value(result, SH.resultMessage)),
    )


def _steps(report: Graph, path: Node | None) -> Iterator[Node]:
    if isinstance(path, BNode):
        yield from Collection(report, path)
    elif path is not None:
        yield path


def _short(term: Node) -> str:
    for prefix, base in PREFIXES.items():
        if str(term).startswith(base):
            return f"{prefix}:{str(term).removeprefix(base)}"
    return str(term)
