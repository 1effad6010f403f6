"""The shapes of ``ontology/shapes.ttl`` as plain tests over written terms, some hundred times as fast as pySHACL.

A test is true where a shape surely holds. Where it says no there is a *doubt*, and pySHACL decides: so the two can't disagree
on what is wrong, and what conforms costs next to nothing. A shape that asks what is not known here stays with pySHACL whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.shape_values import Term, Test, datatype_test, is_before, is_iri, is_not_after, least_test, length_test, pattern_test, words

Facts = Mapping[Term, Mapping[Term, list[Term]]]
"""What is said of each node: its predicates, and the values of each, which may come twice."""

_Values = list[Term]
_Holds = Callable[[Facts, Term, _Values], bool]  # of the values of a property at a node

TYPE = RDF.type.n3()
_SUBCLASS = RDFS.subClassOf.n3()
_NOTHING: Mapping[Term, list[Term]] = {}
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, slots=True)
class Doubt:
    """That something may break a shape: the node, the path from it (IRIs), and what should hold."""

    node: str
    path: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """A property shape: what must hold of the values at a path. ``of_none``: it may break where there is no value."""

    path: tuple[Term, ...]
    message: str
    holds: tuple[_Holds, ...]
    of_none: bool

    def is_kept(self, facts: Facts, node: Term, values: _Values) -> bool:
        """Does it surely hold?"""
        for holds in self.holds:  # noqa: SIM110 - a generator would double the cost of the check
            if not holds(facts, node, values):
                return False
        return True


@dataclass(frozen=True, slots=True)
class NodeRule:
    """A node shape: which nodes it is of, and what must hold of each; ``choices``: of how many rules (``or``: some, ``xone``: one)."""

    shape: Node
    classes: frozenset[Term]
    subjects_of: frozenset[Term]
    objects_of: frozenset[Term]
    message: str
    is_iri: bool
    always: tuple[PropertyRule, ...]  # to be asked whether there is a value or not
    where_said: Mapping[Term, tuple[PropertyRule, ...]]
    choices: tuple[tuple[bool, tuple[PropertyRule, ...]], ...]

    def doubts(self, facts: Facts, node: Term) -> Iterator[Doubt]:
        """What may break the shape at a node."""
        about = facts.get(node, _NOTHING)
        for rule in self.always:
            if not rule.is_kept(facts, node, _along(facts, node, rule.path)):
                yield _doubt(node, rule)
        for predicate, values in about.items():
            for rule in self.where_said.get(predicate, ()):
                if not rule.is_kept(facts, node, values):
                    yield _doubt(node, rule)
        if self.is_iri and not is_iri(node):
            yield Doubt(_text(node), (), self.message)
        for only_one, rules in self.choices:
            kept = sum(rule.is_kept(facts, node, _along(facts, node, rule.path)) for rule in rules)
            if kept != 1 if only_one else not kept:
                yield Doubt(_text(node), (), self.message)


@dataclass(frozen=True, slots=True)
class Rules:
    """The shapes that are compiled, and ``left``, a graph of those that are not; None where there are none."""

    nodes: tuple[NodeRule, ...]
    left: Graph | None
    _by_class: dict[Term, list[NodeRule]] = field(default_factory=lambda: defaultdict(list))
    _by_subject: dict[Term, list[NodeRule]] = field(default_factory=lambda: defaultdict(list))
    _by_object: dict[Term, list[NodeRule]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for rule in self.nodes:
            for index, terms in (
                (self._by_class, rule.classes),
                (self._by_subject, rule.subjects_of),
                (self._by_object, rule.objects_of),
            ):
                for term in terms:
                    index[term].append(rule)

    def doubts(self, facts: Facts) -> set[Doubt]:
        """What in the facts may break the compiled shapes; nothing where all of them surely hold."""
        if any(_SUBCLASS in about for about in facts.values()):
            return {Doubt("", (_SUBCLASS[1:-1],), "a graph with classes of its own is for pySHACL to check")}
        return {doubt for rule, nodes in self._targets(facts) for node in nodes for doubt in rule.doubts(facts, node)}

    def _targets(self, facts: Facts) -> Iterable[tuple[NodeRule, set[Term]]]:
        found: dict[int, tuple[NodeRule, set[Term]]] = {id(rule): (rule, set()) for rule in self.nodes}
        for node, about in facts.items():
            for cls in about.get(TYPE, ()):
                for rule in self._by_class.get(cls, ()):
                    found[id(rule)][1].add(node)
            for predicate, values in about.items():
                for rule in self._by_subject.get(predicate, ()):
                    found[id(rule)][1].add(node)
                for rule in self._by_object.get(predicate, ()):
                    found[id(rule)][1].update(values)
        return found.values()


class _UnknownError(ValueError):
    """A shape asks what is not known here."""


def compiled(shapes: Graph) -> Rules:
    """The shapes of a graph as rules."""
    rules: list[NodeRule] = []
    left: set[Node] = set()
    for shape in sorted({subject for target in _TARGETS for subject in shapes.subjects(target)} | _other_targets(shapes), key=str):
        try:
            rules.append(_node_rule(shapes, shape))
        except _UnknownError:
            left.add(shape)
    return Rules(tuple(rules), _only(shapes, left) if left else None)


def _other_targets(shapes: Graph) -> set[Node]:
    """Shapes whose nodes are told in a way that is not known here: by name, by a query, by being a class."""
    by_name = set(shapes.subjects(SH.targetNode)) | set(shapes.subjects(SH.target))
    return by_name | {shape for shape in shapes.subjects(RDF.type, SH.NodeShape) if (shape, RDF.type, RDFS.Class) in shapes}


def _only(shapes: Graph, left: set[Node]) -> Graph:
    """The shapes without the targets of those that are compiled."""
    kept = Graph()
    for triple in shapes:
        if triple[1] not in _TARGETS or triple[0] in left:
            kept.add(triple)
    return kept


def _node_rule(shapes: Graph, shape: Node) -> NodeRule:
    properties: list[PropertyRule] = []
    choices: list[tuple[bool, tuple[PropertyRule, ...]]] = []
    nodes_are_iris = False
    for predicate, value in shapes.predicate_objects(shape):
        if predicate == SH.property:
            properties.append(_property_rule(shapes, value, needs_message=True))
        elif predicate in (SH["or"], SH.xone):
            members = tuple(_property_rule(shapes, member, needs_message=False) for member in Collection(shapes, value))
            choices.append((predicate == SH.xone, members))
        elif (predicate, value) == (SH.nodeKind, SH.IRI):
            nodes_are_iris = True
        elif (predicate, value) != (RDF.type, SH.NodeShape) and predicate not in (*_TARGETS, SH.message):
            raise _UnknownError(predicate)
    where_said: dict[Term, tuple[PropertyRule, ...]] = {}
    for rule in properties:
        if not rule.of_none:
            where_said[rule.path[0]] = (*where_said.get(rule.path[0], ()), rule)
    classes, subjects_of, objects_of = (frozenset(term.n3() for term in shapes.objects(shape, target)) for target in _TARGETS)
    return NodeRule(
        shape=shape, classes=classes, subjects_of=subjects_of, objects_of=objects_of,
        message=_message(shapes, shape, needed=bool(choices) or nodes_are_iris), is_iri=nodes_are_iris,
        always=tuple(rule for rule in properties if rule.of_none), where_said=where_said, choices=tuple(choices),
    )  # fmt: skip


def _property_rule(shapes: Graph, shape: Node, *, needs_message: bool) -> PropertyRule:
    path = _path(shapes, shape)
    holds: list[_Holds] = []
    of_none = len(path) > 1  # what is said of the first step does not tell whether there is a value
    for predicate, value in sorted(shapes.predicate_objects(shape)):
        if predicate in (SH.path, SH.message) or (predicate, value) == (RDF.type, SH.PropertyShape):
            continue
        if predicate not in _CONSTRAINTS:
            raise _UnknownError(predicate)
        holds.append(_CONSTRAINTS[predicate](shapes, value))
        of_none = of_none or predicate in _OF_NONE
    return PropertyRule(path, _message(shapes, shape, needed=needs_message), tuple(holds), of_none)


def _path(shapes: Graph, shape: Node) -> tuple[Term, ...]:
    """One predicate, or several one behind the other."""
    path = shapes.value(shape, SH.path)
    steps = [path] if isinstance(path, URIRef) else list(Collection(shapes, path)) if path is not None else []
    if not steps or not all(isinstance(step, URIRef) for step in steps):
        raise _UnknownError(path)
    return tuple(step.n3() for step in steps)


def _message(shapes: Graph, shape: Node, *, needed: bool) -> str:
    messages = list(shapes.objects(shape, SH.message))
    if len(messages) > 1 or (needed and not messages):
        raise _UnknownError(SH.message)  # pySHACL would make words of its own
    return str(messages[0]) if messages else ""


def _each(test: Test | None) -> _Holds:
    """That each value passes a test."""
    if test is None:
        raise _UnknownError(SH.datatype)
    known = test
    return lambda facts, node, values: all(map(known, values))


def _most(shapes: Graph, most: Node) -> _Holds:
    number = int(str(most))
    return lambda facts, node, values: len(values) <= number or len(set(values)) <= number


def _least(shapes: Graph, least: Node) -> _Holds:
    if int(str(least)) != 1:
        raise _UnknownError(least)  # two writings of one number may be one value
    return lambda facts, node, values: bool(values)


def _class(shapes: Graph, cls: Node) -> _Holds:
    wanted = cls.n3()
    return lambda facts, node, values: all(wanted in facts.get(value, _NOTHING).get(TYPE, ()) for value in values)


def _has_value(shapes: Graph, value: Node) -> _Holds:
    wanted = _iri(value)
    return lambda facts, node, values: wanted in values


def _one_of(shapes: Graph, members: Node) -> _Holds:
    return _each(frozenset(_iri(member) for member in Collection(shapes, members)).__contains__)


def _equals(shapes: Graph, predicate: Node) -> _Holds:
    other = _iri(predicate)
    return lambda facts, node, values: set(values) == set(facts.get(node, _NOTHING).get(other, ()))


def _ordered(is_ordered: Callable[[Term, Term], bool]) -> Callable[[Graph, Node], _Holds]:
    def constraint(shapes: Graph, predicate: Node) -> _Holds:
        other = _iri(predicate)
        return lambda facts, node, values: all(
            is_ordered(value, beside) for value in values for beside in facts.get(node, _NOTHING).get(other, ())
        )

    return constraint


def _node_kind(shapes: Graph, kind: Node) -> _Holds:
    if kind != SH.IRI:
        raise _UnknownError(kind)
    return _each(is_iri)


def _iri(node: Node) -> Term:
    if not isinstance(node, URIRef):
        raise _UnknownError(node)
    return node.n3()


_CONSTRAINTS: dict[Node, Callable[[Graph, Node], _Holds]] = {
    SH.minCount: _least,
    SH.maxCount: _most,
    SH["class"]: _class,
    SH.datatype: lambda shapes, datatype: _each(datatype_test(datatype.n3())),
    SH.nodeKind: _node_kind,
    SH["in"]: _one_of,
    SH.hasValue: _has_value,
    SH.equals: _equals,
    SH.lessThan: _ordered(is_before),
    SH.lessThanOrEquals: _ordered(is_not_after),
    SH.pattern: lambda shapes, pattern: _each(pattern_test(str(pattern))),
    SH.minLength: lambda shapes, least: _each(length_test(int(str(least)), None)),
    SH.maxLength: lambda shapes, most: _each(length_test(0, int(str(most)))),
    SH.minInclusive: lambda shapes, least: _each(least_test(float(str(least)))),
}
_OF_NONE = frozenset({SH.minCount, SH.hasValue, SH.equals})


def _along(facts: Facts, node: Term, path: tuple[Term, ...]) -> _Values:
    values = facts.get(node, _NOTHING).get(path[0], [])
    for step in path[1:]:
        values = [further for value in values for further in facts.get(value, _NOTHING).get(step, ())]
    return values


def _doubt(node: Term, rule: PropertyRule) -> Doubt:
    return Doubt(_text(node), tuple(step[1:-1] for step in rule.path), rule.message)


def _text(node: Term) -> str:
    """A node without brackets, quotation marks and datatype."""
    said = words(node)
    return said if said is not None else node.removeprefix("_:").removeprefix('"').rpartition('"')[0] or node.removeprefix("_:")
