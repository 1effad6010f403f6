"""The graph as it is asked: an Oxigraph store on disk or in memory.

On disk a graph is a folder::

    .irkg/
        CURRENT          the name of the generation that counts, replaced in one step
        generations/
            000003/      an Oxigraph store; never changed once CURRENT has named it
        lock             held by the process that builds

``graph.building`` writes it. Each triple stands in one named graph only, so the union of the graphs,
over which queries without ``GRAPH`` are answered, holds each once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolution, RdfFormat, Triple, Variable

from graph.prefixes import PREFIXES
from graph.query_limits import check_limits
from graph.query_words import names_its_graphs
from graph.seals import broken_seal, is_sealed
from ontology.errors import IrkgError, UsageError

GENERATIONS = "generations"
CURRENT = "CURRENT"

_T = TypeVar("_T")

Values = Mapping[str, NamedNode | Literal]
"""What some columns of a query are to be, by name without the question mark. Only what is selected can be set so."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The IRIs of the graphs over which a query is answered, as ``FROM`` and ``FROM NAMED`` give them, and in their stead."""

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: its columns, and its rows, which can be read once."""

    variables: list[str]
    rows: Iterator[QuerySolution]

    def __iter__(self) -> Iterator[QuerySolution]:
        return self.rows


class GraphStore:
    """A graph that can be asked. ``place`` names it in messages."""

    def __init__(self, store: pyoxigraph.Store, place: str) -> None:
        self._store = store
        self.place = place

    @classmethod
    def in_memory(cls, quads: Iterable[Quad] = ()) -> "GraphStore":
        """A graph of these quads alone."""
        store = pyoxigraph.Store()
        store.extend(quads)
        return cls(store, "the graph in memory")

    def query(
        self, sparql: str, dataset: Dataset | None = None, base: str | None = None
    ) -> "pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples":
        """The engine's own answer to a query of any form; errors as for ``select``.

        Without a dataset, and without ``FROM``, it is answered over all graphs. ``base`` is what its relative IRIs stand on.
        """
        return self._answer(sparql, None, dataset, base)

    def select(self, query: str, values: Values | None = None) -> Solutions:
        """The rows of a SELECT query.

        Raises:
            UsageError: it does not parse, with line and column, or is not a SELECT.
        """
        answer = self._answer(query, values)
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            raise UsageError("the query is not a SELECT, and a table was asked for")
        return Solutions([variable.value for variable in answer.variables], self._read(answer))

    def ask(self, query: str, values: Values | None = None) -> bool:
        """The answer to an ASK query; errors as for ``select``."""
        answer = self._answer(query, values)
        if not isinstance(answer, pyoxigraph.QueryBoolean):
            raise UsageError("the query is not an ASK, and a yes or no was asked for")
        return bool(answer)

    def construct(self, query: str, values: Values | None = None) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query; errors as for ``select``."""
        answer = self._answer(query, values)
        if not isinstance(answer, pyoxigraph.QueryTriples):
            raise UsageError("the query is neither a CONSTRUCT nor a DESCRIBE, and a graph was asked for")
        return self._read(answer)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        with self._readable():
            return sorted(graph.value for graph in self._store.named_graphs() if isinstance(graph, NamedNode))

    def quads(
        self,
        graph: str | None = None,
        *,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,
    ) -> Iterator[Quad]:
        """The quads of a named graph, or of all, that match; in no order that can be relied on."""
        name = NamedNode(graph) if graph else None
        with self._readable():
            found = self._store.quads_for_pattern(subject, predicate, object, name)
        return self._read(found)

    def ntriples(self, graph: str) -> bytes:
        """The triples of a named graph as N-Triples, in no order that can be relied on."""
        with self._readable():
            written = self._store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))
        return written or b""

    def count(self, graph: str) -> int:
        """How many triples a named graph holds."""
        return sum(1 for _ in self.quads(graph))

    def _answer(
        self, query: str, values: Values | None, dataset: Dataset | None = None, base: str | None = None
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        bound: dict[Variable, NamedNode | BlankNode | Literal | Triple]
        bound = {Variable(name): value for name, value in (values or {}).items()}
        check_limits(query)
        default: list[NamedNode | BlankNode | DefaultGraph] | None = [NamedNode(iri) for iri in dataset.default] if dataset else None
        named: list[NamedNode | BlankNode] | None = [NamedNode(iri) for iri in dataset.named] if dataset else None
        union = dataset is None and not names_its_graphs(query)
        try:
            with self._readable():
                return self._store.query(
                    query, base_iri=base, prefixes=PREFIXES, use_default_graph_as_union=union,
                    default_graph=default, named_graphs=named, substitutions=bound,
                )  # fmt: skip
        except SyntaxError as error:
            raise UsageError(_where_it_fails(query, str(error))) from None

    def _read(self, found: Iterable[_T]) -> Iterator[_T]:
        with self._readable():
            yield from found

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:  # what Oxigraph raises, of the system and of itself
            raise _unreadable(self.place, error) from error


def open_store(place: str | Path) -> GraphStore:
    """The graph in a folder, to be asked; a build may go on meanwhile and does not change it.

    Raises:
        IrkgError: the folder holds no graph, or one that can't be read.
    """
    folder = Path(place)
    for attempt in ("first", "second"):
        generation = current_generation(folder)
        if generation is None:
            raise IrkgError(f"{place}: holds no graph; run irkg build first")
        try:
            return GraphStore(open_generation(generation, str(place)), str(place))
        except IrkgError:
            # Two builds may have ended since CURRENT was read; then it names another generation now.
            if attempt == "second" or current_generation(folder) == generation:
                raise
    raise AssertionError("unreachable")


def open_generation(generation: Path, place: str) -> pyoxigraph.Store:
    """A generation of the graph at a place, to be read.

    Raises:
        IrkgError: it can't be, or is no longer what was built.
    """
    try:
        if broken := broken_seal(generation):
            raise OSError(broken)
        return pyoxigraph.Store.read_only(str(generation))
    except (OSError, RuntimeError) as error:
        raise _unreadable(place, error) from error


def current_generation(folder: Path) -> Path | None:
    """The store that counts, None where there is none yet."""
    try:
        name = (folder / CURRENT).read_text("utf-8", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise IrkgError(f"{folder / CURRENT}: can't be read ({error.strerror}); see to its permissions") from error
    if not re.fullmatch(r"\d{6,}", name):
        raise IrkgError(f"{folder / CURRENT}: does not name a generation; {_way_out(folder, None)}")
    return folder / GENERATIONS / name


def _unreadable(place: str, error: Exception) -> IrkgError:
    current = current_generation(Path(place))
    way_out = _way_out(Path(place), current.name if current else None)
    return IrkgError(f"{place}: the graph can't be read ({' '.join(str(error).split())}); {way_out}")


def _way_out(folder: Path, broken: str | None) -> str:
    """What to do where a generation is broken, or it is not known which one counts: the one before it is kept."""
    others = [path.name for path in sorted((folder / GENERATIONS).glob("*")) if is_sealed(path) and (broken is None or path.name < broken)]
    back = f"go back to what was built before (echo {others[-1]} > {folder / CURRENT}), or " if others else ""
    return f"{back}delete {folder} and run irkg build again"


_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
_UPDATE = re.compile(r"\s*(?:(?:PREFIX|BASE)[^>]*>\s*)*(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
_SHOWN = 20  # characters before the place, and after it


def _where_it_fails(query: str, message: str) -> str:
    """One line with the place. Oxigraph's own message lists every character that might have followed."""
    if not query.strip():
        return "the query is empty"
    if _UPDATE.match(query):
        return "the query is an update, and a graph changes by irkg build only"
    found = _PLACE.match(message)
    if not found:
        return f"the query does not parse: {' '.join(message.split())}"
    line, column = int(found[1]), int(found[2])
    text = dict(enumerate(query.split("\n"), 1)).get(line, "")
    before, after = text[: column - 1], text[column - 1 :]
    near = (before[-_SHOWN:] + after[:_SHOWN]).strip()
    return f"the query does not parse at line {line}, column {column}, near “{near}”{_why(found[3], before)}"


def _why(expected: str, before: str) -> str:
    """The reason, where Oxigraph knows more than which characters might have followed."""
    prefixed = re.search(r"([\w.-]*):[\w.-]*\s*$", before[-200:])
    if "Prefix not found" in expected and prefixed:
        return f": the prefix “{prefixed[1]}:” is not declared"
    if "IRI parsing failed" in expected:
        return ": an IRI is not well formed"
    if "The SELECT contains a variable that is unbound" in expected:
        return ": a selected variable is neither grouped by nor aggregated"
    return ""
