"""What fusion found, as RDF in its own graph."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from graph.fusion.facts import Measured, Told
from graph.fusion.findings import Corroboration, Disagreement
from graph.fusion.groups import Group
from graph.numbers import decimal_text
from graph.terms import BOOLEAN, DECIMAL, LABEL, TERM, TYPE
from ontology.identifiers import FUSION_GRAPH, fusion_iri

_GRAPH = NamedNode(FUSION_GRAPH)


def group_quads(group: Group[Told] | Group[Measured]) -> Iterator[Quad]:
    """A happening or measurement, each record that is about it, and why."""
    node = NamedNode(fusion_iri(group.what, group.records[0].iri))
    yield Quad(node, TYPE, TERM.Happening if group.what == "happening" else TERM.Measurement, _GRAPH)
    yield Quad(node, LABEL, Literal(_label(group), language="en"), _GRAPH)
    for link in group.links:
        record = NamedNode(link.record.iri)
        why = NamedNode(fusion_iri("link", link.record.iri))
        yield Quad(record, TERM.about, node, _GRAPH)
        yield Quad(why, TYPE, TERM.Link, _GRAPH)
        yield Quad(why, TERM.linked, record, _GRAPH)
        yield Quad(why, TERM.about, node, _GRAPH)
        yield Quad(why, TERM.score, Literal(decimal_text(link.score), datatype=DECIMAL), _GRAPH)
        for reason in link.because:
            yield Quad(why, TERM.because, Literal(reason), _GRAPH)


def finding_quads(finding: Corroboration | Disagreement) -> Iterator[Quad]:
    """A corroboration or a disagreement, and the records that it is between."""
    if isinstance(finding, Corroboration):
        node = NamedNode(fusion_iri("corroboration", *finding.records))
        yield Quad(node, TYPE, TERM.Corroboration, _GRAPH)
        yield Quad(node, TERM.independent, Literal(str(finding.independent).lower(), datatype=BOOLEAN), _GRAPH)
        for record in finding.records:
            yield Quad(node, TERM.toldBy, NamedNode(record), _GRAPH)
    else:
        node = NamedNode(fusion_iri("disagreement", finding.first, finding.second, finding.differs_in))
        yield Quad(node, TYPE, TERM.Disagreement, _GRAPH)
        yield Quad(node, TERM.differsIn, Literal(finding.differs_in), _GRAPH)
        yield Quad(node, TERM.first, NamedNode(finding.first), _GRAPH)
        yield Quad(node, TERM.second, NamedNode(finding.second), _GRAPH)
        yield Quad(node, TERM.firstValue, Literal(finding.values[0]), _GRAPH)
        yield Quad(node, TERM.secondValue, Literal(finding.values[1]), _GRAPH)
    yield Quad(node, TERM.topic, Literal(finding.topic), _GRAPH)


def _label(group: Group[Told] | Group[Measured]) -> str:
    return min((r.measure if isinstance(r, Measured) else r.text for r in group.records), key=lambda words: (len(words), words))
