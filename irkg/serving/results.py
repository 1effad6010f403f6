"""Rows and triples in the formats of the SPARQL 1.1 recommendations, up to a size.

An answer that would be larger ends after the last row or triple that fits; it stays well formed. It says so in the
header ``Irkg-Note``, and in itself where its format has a place for it.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from graph.formats import RDF_FORMATS
from graph.prefixes import PREFIXES

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
_T = TypeVar("_T")

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_COMMENTS = {"turtle": "# {}\n", "ntriples": "# {}\n", "rdfxml": "<!-- {} -->\n"}


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as bytes; the note is empty where it is whole."""

    body: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How rows are written: what stands before them, each of them, what stands between and after them."""

    head: Callable[[Sequence[str], str], str]
    row: Callable[[Sequence[str], Sequence[Term]], str]
    between: str
    foot: Callable[[str], str]


def note_of(count: int, what: str, most: int) -> str:
    """What is said of an answer that was cut, in ASCII, as a header must be. ``most`` is in bytes."""
    return f"cut after {count} {what}: an answer has at most {most / 1e6:g} MB; narrow the query, or page it with LIMIT and OFFSET"


def fitting(things: Iterable[_T], size: Callable[[_T], int], most: int) -> tuple[list[_T], bool]:
    """The first things that fit together into a size, and whether any was left out."""
    kept: list[_T] = []
    for thing in things:
        most -= size(thing)
        if most < 0:
            return kept, True
        kept.append(thing)
    return kept, False


def write_rows(found: ox.QuerySolutions, form: str, most: int) -> Written:
    """The rows of a SELECT as ``json``, ``xml``, ``csv`` or ``tsv``."""
    layout = _LAYOUTS[form]
    names = [variable.value for variable in found.variables]
    rows: Iterator[bytes] = (layout.row(names, [row[name] for name in names]).encode() for row in found)
    kept, cut = fitting(rows, len, most)
    note = note_of(len(kept), "rows", most) if cut else ""
    body = layout.head(names, note).encode() + layout.between.encode().join(kept) + layout.foot(note).encode()
    return Written(body, note)


def write_boolean(yes: bool, form: str) -> Written:
    """The answer of an ASK in the same formats."""
    word = "true" if yes else "false"
    if form == "json":
        return Written(f'{{"head":{{}},"boolean":{word}}}'.encode())
    if form == "xml":
        return Written(f"{_XML_HEAD}<head/><boolean>{word}</boolean></sparql>".encode())
    return Written(word.encode())


def write_triples(found: Iterable[ox.Triple], form: str, most: int) -> Written:
    """Triples, sorted, as ``turtle``, ``ntriples``, ``rdfxml`` or ``jsonld``; their size is that of N-Triples."""
    kept, cut = fitting(dict.fromkeys(found), lambda triple: len(str(triple)) + 3, most)
    note = note_of(len(kept), "triples", most) if cut else ""
    prefixes = None if form == "ntriples" else PREFIXES
    text = (ox.serialize(sorted(kept, key=str), format=RDF_FORMATS[form], prefixes=prefixes) or b"").decode()
    if form == "rdfxml":
        text = _NOT_IN_XML.sub("\ufffd", text).replace("\r", "&#13;") + "\n"
    comment = _COMMENTS.get(form, "").format(note) if note else ""
    return Written((text + comment if form == "rdfxml" else comment + text).encode(), note)


# ---------------------------------------------------------------- JSON


def _json_head(names: Sequence[str], note: str) -> str:
    head: dict[str, object] = {"vars": list(names)}
    if note:
        head["note"] = note
    return f'{{"head":{json.dumps(head)},"results":{{"bindings":[\n'


def _json_row(names: Sequence[str], terms: Sequence[Term]) -> str:
    row = {name: _json_term(term) for name, term in zip(names, terms, strict=True) if term is not None}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Term) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal(language=str(language)):
            return {"type": "literal", "value": term.value, "xml:lang": language}
        case ox.Literal() if term.datatype.value != _STRING:
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        case ox.Literal():
            return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": str(term)}  # a triple within a triple; no graph of ours has one


# ---------------------------------------------------------------- XML

_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _xml_head(names: Sequence[str], note: str) -> str:
    comment = f"<!-- {note} -->" if note else ""
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    return f"{_XML_HEAD}{comment}<head>{variables}</head><results>\n"


def _xml_row(names: Sequence[str], terms: Sequence[Term]) -> str:
    cells = (
        f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in zip(names, terms, strict=True) if term is not None
    )
    return f"<result>{''.join(cells)}</result>"


def _xml_term(term: Term) -> str:
    match term:
        case ox.NamedNode():
            return f"<uri>{_xml(term.value)}</uri>"
        case ox.BlankNode():
            return f"<bnode>{_xml(term.value)}</bnode>"
        case ox.Literal(language=str(language)):
            return f"<literal xml:lang={quoteattr(language)}>{_xml(term.value)}</literal>"
        case ox.Literal() if term.datatype.value != _STRING:
            return f"<literal datatype={quoteattr(term.datatype.value)}>{_xml(term.value)}</literal>"
        case ox.Literal():
            return f"<literal>{_xml(term.value)}</literal>"
    return f"<literal>{_xml(str(term))}</literal>"


def _xml(text: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", text), {"\r": "&#13;"})


# ---------------------------------------------------------------- CSV and TSV


def _csv_line(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue()


def _csv_row(names: Sequence[str], terms: Sequence[Term]) -> str:
    return _csv_line([_csv_term(term) for term in terms])


def _csv_term(term: Term) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _tsv_row(names: Sequence[str], terms: Sequence[Term]) -> str:
    return "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in terms) + "\n"


_LAYOUTS = {
    "json": _Layout(_json_head, _json_row, ",\n", lambda note: "\n]}}\n"),
    "xml": _Layout(_xml_head, _xml_row, "\n", lambda note: "\n</results></sparql>\n"),
    "csv": _Layout(lambda names, note: _csv_line(names), _csv_row, "", lambda note: ""),
    "tsv": _Layout(lambda names, note: "\t".join(f"?{name}" for name in names) + "\n", _tsv_row, "", lambda note: ""),
}
