"""``irkg validate`` and ``irkg verify``: does the graph keep to its shapes, and is every quoted span still in its source?"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.exports import write_whole
from graph.shapes import validate_file, validate_store
from graph.store import GraphStore, open_store
from graph.terms import text as text_of
from irkg.keeping import kept_text
from loaders.tables.rows import decoded_text
from loaders.texts.documents import read_text
from loaders.texts.fetching import is_remote
from loaders.texts.sources import TABLE_KINDS, find_sources
from ontology.errors import IrkgError
from ontology.identifiers import source_iri

PLACES = "sources.json"  # in the store's folder: where each source was read from, by its id
_MOST_SHOWN = 20

_SPANS = """
SELECT ?source ?start ?end ?exact WHERE {
  ?evidence oa:hasSource ?source ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
}
ORDER BY ?source ?start ?end
"""

_HASHES = "SELECT ?source ?hash WHERE { ?source :textHash ?hash }"
_KINDS = "SELECT ?source ?kind WHERE { ?source :sourceKind ?kind }"


def validate_text(store: Path, file: Path | None) -> tuple[str, bool]:
    """A table of what breaks the shapes in a file or in the store, and whether all conforms."""
    violations = validate_file(file) if file is not None else validate_store(open_store(store))
    if not violations:
        return "conforms: nothing breaks the shapes\n", True
    lines = [str(violation) for violation in violations[:_MOST_SHOWN]]
    if len(violations) > _MOST_SHOWN:
        lines.append(f"… and {len(violations) - _MOST_SHOWN} more")
    return "\n".join(lines) + "\n", False


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    exact: str


def verify_text(store: Path, places: Iterable[str]) -> tuple[str, bool]:
    """For each source how many spans are in place, with those that are not; and whether all are.

    What was extracted from a page far away is held against the text kept beside the graph, unless the source is named.

    Raises:
        IrkgError: the graph holds no evidence.
    """
    graph = open_store(store)
    spans = _spans(graph)
    if not spans:
        raise IrkgError(f"{store}: holds no evidence to verify")
    named = _named(store, places)
    paths, tables, hashes = _paths(store) | named, _tables(graph), _hashes(graph)
    lines: list[str] = []
    intact = True
    for source in sorted(spans):
        path = paths.get(source)
        try:
            kept = None if source in named or _is_there(path) else kept_text(store, hashes.get(source, ""))
            text = kept if kept is not None else _read_again(path, is_table=source in tables)
        except IrkgError as error:
            lines.append(f"{source.rsplit('/', 1)[-1]}: not checked, {error}")
            intact = False
            continue
        gone = [span for span in spans[source] if text[span.start : span.end] != span.exact]
        where = "" if kept is None else " in the text that was kept"
        lines.append(f"{source.rsplit('/', 1)[-1]}: {len(spans[source]) - len(gone)} of {len(spans[source])} spans in place{where}")
        lines += [f"  {path}:{span.start}–{span.end}: no longer “{span.exact[:80]}”" for span in gone[:_MOST_SHOWN]]
        intact = intact and not gone
    return "\n".join(lines) + "\n", intact


def remember_places(store: Path, places: Mapping[str, str]) -> None:
    """Keeps beside the graph where its sources were read from. No path is ever in the graph itself."""
    known = _remembered(store) | {
        source_id: place if is_remote(place) else str(Path(place).resolve()) for source_id, place in places.items()
    }
    write_whole(store / PLACES, (json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8"))


def _remembered(store: Path) -> dict[str, str]:
    try:
        known = json.loads((store / PLACES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in known.items()} if isinstance(known, dict) else {}


def _named(store: Path, places: Iterable[str]) -> dict[str, str]:
    """The sources that the user names, by their IRI: an address stands for what was read from it too, whatever its id."""
    places = list(places)
    own = {source_iri(source.id): source.place for place in places for source in find_sources(place)}
    return {iri: place for iri, place in _paths(store).items() if is_remote(place) and place in places} | own


def _is_there(path: str | None) -> bool:
    """Is it a file that can be read again? A page far away has changed since, or can't be reached."""
    return path is not None and not is_remote(path) and Path(path).exists()


def _read_again(path: str | None, *, is_table: bool) -> str:
    if path is None:
        raise IrkgError("its file is not known; name it")
    return decoded_text(path) if is_table else read_text(path)


def _paths(store: Path) -> dict[str, str]:
    """Where each source was read from, by the source's IRI."""
    return {source_iri(source_id): path for source_id, path in _remembered(store).items()}


def _hashes(graph: GraphStore) -> dict[str, str]:
    """The hash of each source's text, by the source's IRI."""
    return {text_of(row["source"]): text_of(row["hash"]) for row in graph.select(_HASHES)}


def _tables(graph: GraphStore) -> set[str]:
    """The IRIs of the data sets, which are decoded otherwise than documents."""
    kinds = ((text_of(row["source"]), text_of(row["kind"])) for row in graph.select(_KINDS))
    return {source for source, kind in kinds if kind in TABLE_KINDS}


def _spans(graph: GraphStore) -> dict[str, list[_Span]]:
    found: dict[str, list[_Span]] = {}
    for row in graph.select(_SPANS):
        source, start, end, exact = row["source"], row["start"], row["end"], row["exact"]
        if isinstance(source, NamedNode) and isinstance(start, Literal) and isinstance(end, Literal) and isinstance(exact, Literal):
            found.setdefault(source.value, []).append(_Span(int(start.value), int(end.value), exact.value))
    return found
