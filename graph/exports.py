"""The graph as files for other tools. The same graph gives the same bytes, whatever order it was built in.

RDF is sorted as N-Triples, where a line is a triple and sorting is of bytes, and then written in its format, which
takes the lines one by one. The file is written under another name and put in place when it is whole.
"""

import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import networkx as nx
import pyoxigraph
from pyoxigraph import RdfFormat

from graph.dataset import DESCRIPTION_PREFIXES, description
from graph.formats import format_name
from graph.networks import network
from graph.prefixes import PREFIXES
from graph.rows import Row, labels_of, record_rows
from graph.store import GraphStore
from graph.terms import LABEL
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
    return _turtle_of(_ntriples(store), PREFIXES)


def _void(store: GraphStore) -> bytes:
    """Not the graph but its description, as Turtle."""
    lines = (pyoxigraph.serialize(description(store), format=RdfFormat.N_TRIPLES) or b"").replace(_TYPE, _FIRST)
    return _turtle_of(_sorted(list(set(lines.splitlines(keepends=True)))), DESCRIPTION_PREFIXES)


def _turtle_of(lines: bytes, prefixes: Mapping[str, str]) -> bytes:
    return _prefixes_sorted(_rewritten(lines, RdfFormat.N_TRIPLES, RdfFormat.TURTLE, prefixes), prefixes)


def _trig(store: GraphStore) -> bytes:
    return _prefixes_sorted(_rewritten(_nquads(store), RdfFormat.N_QUADS, RdfFormat.TRIG), PREFIXES)


def _jsonld(store: GraphStore) -> bytes:
    return _rewritten(_nquads(store), RdfFormat.N_QUADS, RdfFormat.JSON_LD) + b"\n"


def _rdfxml(store: GraphStore) -> bytes:
    lines = _NOT_IN_XML.sub(rb"\1\\uFFFD", _ntriples(store))
    # Left as it is, a carriage return would be read back as a line feed.
    return _rewritten(lines, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML).replace(b"\r", b"&#13;") + b"\n"


def _rewritten(lines: bytes, from_format: RdfFormat, to_format: RdfFormat, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    quads = pyoxigraph.parse(lines, format=from_format)
    return pyoxigraph.serialize(quads, format=to_format, prefixes=dict(prefixes)) or b""


def _prefixes_sorted(written: bytes, prefixes: Mapping[str, str]) -> bytes:
    """The same with its prefixes in order, which Oxigraph has from a hash."""
    *declared, body = written.split(b"\n", len(prefixes))
    return b"\n".join([*sorted(declared), body])


def graphml(made: "nx.Graph[str]") -> bytes:
    """A network as GraphML. Attributes are text or numbers."""
    return ("\n".join(nx.generate_graphml(_for_xml(made))) + "\n").encode()


def gexf(made: "nx.Graph[str]") -> bytes:
    """A network as GEXF. Attributes are text or numbers."""
    written = "\n".join(nx.generate_gexf(_for_xml(made)))
    # The writer stamps the day, which would make every day's file another.
    return (re.sub(r' lastmodifieddate="[^"]*"', "", written, count=1) + "\n").encode()


def _for_xml(made: "nx.Graph[str]") -> "nx.Graph[str]":
    """The network without what XML can't hold."""
    held = made.copy()
    attributes = [known for _, known in held.nodes(data=True)] + [known for _, _, known in held.edges(data=True)]
    for known in attributes:
        for name, value in known.items():
            known[name] = _NOT_IN_XML_TEXT.sub("\ufffd", value) if isinstance(value, str) else value
    return held


def _csv(store: GraphStore) -> bytes:
    """A row for each record; several values in a cell are parted by “; ”."""
    labels = labels_of(store)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([column(row, labels) for column in _COLUMNS.values()] for row in record_rows(store))
    return written.getvalue().encode()


_Column = Callable[[Row, Mapping[str, str]], str]


def _value(name: str) -> _Column:
    return lambda row, labels: row.first(name)


def _concept(name: str) -> _Column:
    return lambda row, labels: row.term(name)


def _names(*names: str) -> _Column:
    return lambda row, labels: "; ".join(labels.get(entity, entity) for entity in row.all(*names))


_COLUMNS: dict[str, _Column] = {
    "iri": lambda row, labels: row.iri,
    "record": lambda row, labels: row.record,
    "label": _value(LABEL.value),
    "source": lambda row, labels: row.first("source").rpartition("/")[2],
    "start": lambda row, labels: str(row.start),
    "end": lambda row, labels: str(row.end),
    "text": lambda row, labels: row.text,
    "rule": lambda row, labels: "; ".join(rule.rpartition("/")[2] for rule in row.all("readBy")),
    "date": _value("date"),
    "earliest": _value("earliest"),
    "latest": _value("latest"),
    "kind": _concept("kind"),
    "realis": _concept("realis"),
    "participants": _names("participant"),
    "place": _names("place"),
    "item": _value("item"),
    "quantity": _value("quantity"),
    "amount": _value("amount"),
    "currency": _value("currency"),
    "supplier": _names("supplier"),
    "recipient": _names("recipient"),
    "persons": _names("prisoner"),
    "in_return": _value("inReturn"),
    "vote": _value("vote"),
    "resolution": _value("resolution"),
    "holder": _names("holder"),
    "reported_speaker": _names("reportedSpeaker"),
    "target": lambda row, labels: _names("target")(row, labels) or row.first("targetPhrase"),
    "polarity": _concept("polarity"),
    "act": _concept("act"),
    "value": _value("value"),
    "unit": _value("unit"),
    "measure": _value("measure"),
    "qualifier": _value("qualifier"),
    "attributed_to": _names("attributedTo"),
    "speaker": _names("speaker"),
    "person": _names("person"),
    "office": _value("office"),
    "of": _names("of"),
}

_WRITERS: dict[str, Callable[[GraphStore], bytes]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
    "graphml": lambda store: graphml(network(store)),
    "gexf": lambda store: gexf(network(store)),
    "csv": _csv,
    "void": _void,
}
