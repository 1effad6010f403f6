"""The SHACL shapes: what must hold of every graph, checked by pySHACL.

A source is checked by itself, with what the rest of the graph says of the things that it names. It takes
some 1.5 ms a record: pySHACL walks rdflib's graphs in Python.
"""

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

from graph.formats import format_of, place_of_error
from graph.naming import DESCRIPTIONS_GRAPH, descriptions, read_namings
from graph.prefixes import PREFIXES
from graph.reference import reference_quads
from graph.store import GraphStore
from ontology.errors import IrkgError
from ontology.identifiers import REFERENCE_GRAPH


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


def validate(graph: Graph) -> list[Violation]:
    """What in the graph breaks the shapes, sorted. The graph must hold what it refers to, the kinds and acts too."""
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inplace=True)
    if conforms:
        return []
    if not isinstance(report, Graph):
        raise IrkgError(f"the shapes can't be checked: {report}")
    return sorted({_violation(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)})


def validate_source(quads: Iterable[Quad]) -> list[Violation]:
    """What breaks the shapes in the quads of one source, as ``document_quads`` gives them."""
    said = list(quads)
    graph = _graph(said)
    described = {str(subject) for subject in graph.subjects(RDF.type)}
    _add(graph, descriptions(read_namings(said), described | _reference().keys()))
    return validate(_with_reference(graph))


def validate_store(store: GraphStore) -> list[Violation]:
    """What breaks the shapes in a store, each of its graphs by itself."""
    found: set[Violation] = set()
    for name in store.graphs():
        if name not in (REFERENCE_GRAPH, DESCRIPTIONS_GRAPH):
            found.update(validate_source(store.quads(name)))
    return sorted(found)


def validate_file(path: Path) -> list[Violation]:
    """What breaks the shapes in an RDF file of any format.

    Raises:
        IrkgError: the file can't be read, or does not parse; the message has the line.
    """
    try:
        return validate_source(pyoxigraph.parse(path=path, format=format_of(path)))
    except SyntaxError as error:
        raise IrkgError(f"{path}{place_of_error(error)}") from None
    except OSError as error:
        raise IrkgError(f"{path}: can't be read: {error.strerror or error}") from error


# Properties whose values are entities: those that shape:Entity in shapes.ttl targets.
def _entity_properties() -> list[Node]:
    return list(_shapes().objects(URIRef("https://w3id.org/irkg/shape/Entity"), SH.targetObjectsOf))


def _with_reference(graph: Graph) -> Graph:
    """The graph with the kinds and acts, and with the class and label of each entity that it leaves to the reference data."""
    reference = _reference()
    described = set(graph.subjects(RDF.type))
    named = {entity for predicate in _entity_properties() for entity in graph.objects(None, predicate)}
    for entity in named - described:
        _add(graph, reference.get(str(entity), ()))
    _add(graph, pyoxigraph.parse(_text("kinds.ttl"), format=RdfFormat.TURTLE))
    return graph


@cache
def _reference() -> dict[str, list[Quad]]:
    """Class and label of each thing in the reference data, by its IRI."""
    found: dict[str, list[Quad]] = {}
    for quad in reference_quads():
        if quad.predicate.value in (str(RDF.type), str(RDFS.label)) and isinstance(quad.subject, NamedNode):
            found.setdefault(quad.subject.value, []).append(quad)
    return found


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
