"""What several records say together: which tell one happening, which measure one thing, and where they differ.

``fusion_quads`` is what a build calls. The records themselves stay as they are; all that is added stands in the graph
of fusion: links with their reasons, corroborations and disagreements.
"""

from collections.abc import Iterator

from pyoxigraph import Quad

from graph.fusion.blocks import worth_comparing
from graph.fusion.facts import Measured, Told, measured_in, taken_in
from graph.fusion.findings import findings, of_stances
from graph.fusion.groups import Group
from graph.fusion.happenings import happenings
from graph.fusion.measurements import measurements
from graph.fusion.quads import finding_quads, group_quads
from graph.store import GraphStore

__all__ = ["fusion_quads"]


def fusion_quads(graph: GraphStore) -> Iterator[Quad]:
    """Everything that the graph of fusion holds, of the records that a graph holds now."""
    compared = worth_comparing(graph)
    figures = measured_in(graph)
    groups: list[Group[Told] | Group[Measured]] = [*happenings(compared.events, compared.sizes), *measurements(figures)]
    for group in groups:
        yield from group_quads(group)
    for finding in (*findings(groups), *of_stances(taken_in(graph))):
        yield from finding_quads(finding)
