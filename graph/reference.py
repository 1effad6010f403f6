"""The reference data and the ontology itself, as the graph holds them: in one named graph of their own."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from ontology.identifiers import REFERENCE_GRAPH


def reference_quads() -> Iterator[Quad]:
    """Who is who, the terms, and the kinds and acts; a triple that two files hold comes twice."""
    graph = NamedNode(REFERENCE_GRAPH)
    for file in reference_files():
        for quad in pyoxigraph.parse(file.read_bytes(), format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def reference_files() -> list[Traversable]:
    """The Turtle files of the ontology but for its shapes, in a fixed order."""
    folder = files("ontology")
    people = sorted(folder.joinpath("reference").iterdir(), key=lambda file: file.name)
    return [folder / "irkg.ttl", folder / "kinds.ttl", *(file for file in people if file.name.endswith(".ttl"))]
