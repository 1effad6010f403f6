"""The terms of the ontology as pyoxigraph nodes, each looked up once in its closed namespace.

``TERM.kind`` is a node; ``TERM.knid`` raises ``AttributeError``.
"""

from pyoxigraph import NamedNode
from rdflib.namespace import DCTERMS, RDF, RDFS, XSD, DefinedNamespace

from ontology import namespace


class Nodes:
    """A namespace whose terms are nodes. A second look costs as much as any attribute."""

    def __init__(self, terms: type[DefinedNamespace]) -> None:
        self._terms = terms

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("_"):
            raise AttributeError(name)
        node = NamedNode(str(getattr(self._terms, name)))
        setattr(self, name, node)
        return node


TERM = Nodes(namespace.IRKG)
OA = Nodes(namespace.OA)
SCHEMA = Nodes(namespace.SCHEMA)
DC = Nodes(DCTERMS)

TYPE = NamedNode(str(RDF.type))
LABEL = NamedNode(str(RDFS.label))

EDTF = NamedNode(str(namespace.EDTF.EDTF))
ANY_URI = NamedNode(str(XSD.anyURI))
BOOLEAN = NamedNode(str(XSD.boolean))
DATE = NamedNode(str(XSD.date))
DATE_TIME = NamedNode(str(XSD.dateTime))
DECIMAL = NamedNode(str(XSD.decimal))
INTEGER = NamedNode(str(XSD.integer))


def text(term: object) -> str:
    """The IRI of a node, the words of a literal; empty for the default graph."""
    return str(getattr(term, "value", ""))
