"""The graph as files for other tools. The same graph gives the same bytes, whatever order it was built in.

RDF is sorted as N-Triples, where a line is a triple and sorting is of bytes, and then written in its format, which
takes the lines one by one. The file is written under another name and put in place when it is whole.
"""

import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat

from graph.formats import RDF_FORMATS, format_name
from graph.prefixes import PREFIXES
from graph.store import GraphStore
from ontology.errors import IrkgError

_TYPE = b"> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_FIRST = b"> \x00 "  # sorts before any IRI, and occurs in no N-Triples
# What XML can't hold, as N-Triples escapes it: control characters, and U+FFFE and U+FFFF.
_NOT_IN_XML = re.compile(rb"(?<!\\)((?:\\\\)*)\\(?:u00(?:0[0-8BCEF]|1[0-9A-F])|uFFF[EF]|[bf])")
_NOT_IN_XML_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def export_file(store: GraphStore, path: Path, format_: str | None = None) -> None:
    """Writes the graph to a file, in the format that is named or that the file's ending means.

    Raises:
        UsageError: no such format, or an ending that tells none.
        IrkgError: the file can't be written.
    """
    write_whole(path, export_bytes(store, format_name(path, format_)))


def export_bytes(store: GraphStore, format_: str) -> bytes:
    """The graph in one of ``graph.formats.FORMATS``."""
    return _WRITERS[format_](store)


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in place whole, or leaves what was there.

    Raises:
        IrkgError: it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(opened, "wb") as file:
                file.write(content)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise IrkgError(f"{path}: can't be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _ntriples(store: GraphStore) -> bytes:
    """Every triple of the union once, sorted; ``rdf:type`` first of each subject."""
    lines = {line for graph in store.graphs() for line in _lines(store, graph)}
    return _sorted(list(lines))


def _nquads(store: GraphStore) -> bytes:
    """Graph by graph, each sorted."""
    return b"".join(
        # A line break within a literal is escaped, so “ .” before a real one is the end of a triple.
        _sorted(_lines(store, graph)).replace(b" .\n", b" <" + graph.encode() + b"> .\n")
        for graph in store.graphs()
    )


def _lines(store: GraphStore, graph: str) -> list[bytes]:
    return store.ntriples(graph).replace(_TYPE, _FIRST).splitlines(keepends=True)


def _sorted(lines: list[bytes]) -> bytes:
    lines.sort()
    return b"".join(lines).replace(_FIRST, _TYPE)


def _turtle(store: GraphStore) -> bytes:
    return _rewritten(_ntriples(store), RdfFormat.N_TRIPLES, RdfFormat.TURTLE)


def _trig(store: GraphStore) -> bytes:
    return _rewritten(_nquads(store), RdfFormat.N_QUADS, RdfFormat.TRIG)


def _jsonld(store: GraphStore) -> bytes:
    return _rewritten(_nquads(store), RdfFormat.N_QUADS, RdfFormat.JSON_LD) + b"\n"


def _rdfxml(store: GraphStore) -> bytes:
    lines = _NOT_IN_XML.sub(rb"\1\\uFFFD", _ntriples(store))
    # Left as it is, a carriage return would be read back as a line feed.
    return _rewritten(lines, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML).replace(b"\r", b"&#13;") + b"\n"


def _rewritten(lines: bytes, from_format: RdfFormat, to_format: RdfFormat) -> bytes:
    quads = pyoxigraph.parse(lines, format=from_format)
    return pyoxigraph.serialize(quads, format=to_format, prefixes=PREFIXES) or b""


def _graphml(store: GraphStore) -> bytes:
    import networkx as nx  # 0.2 s to load, for two formats

    return ("\n".join(nx.generate_graphml(_for_xml(store))) + "\n").encode()


def _gexf(store: GraphStore) -> bytes:
    import networkx as nx

    written = "\n".join(nx.generate_gexf(_for_xml(store)))
    # The writer stamps the day, which would make every day's file another.
    return (re.sub(r' lastmodifieddate="[^"]*"', "", written, count=1) + "\n").encode()
