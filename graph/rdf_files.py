"""RDF files, read as far as the parser can be trusted with them.

Oxigraph writes out entities of XML that stand in terms of entities until the memory is full and the process ends. Its time for
elements within elements, and its stack for graphs within graphs of JSON-LD and for triples within triples, grow with their depth.
So files are looked at first, and so are the answers of servers.
"""

import re
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from graph.formats import format_of, place_of_error
from ontology.errors import IrkgError

DEEPEST = 200  # brackets or elements within one another
MOST_LISTED = 1_000  # members of lists; pySHACL's time grows with their square, and the graph has no list
_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"

_BRACKETS = re.compile(
    r"""
    \"\"\".*?\"\"\" | '''.*?''' | "[^"\\\n]*+(?:\\.[^"\\\n]*+)*+" | '[^'\\\n]*+(?:\\.[^'\\\n]*+)*+' | <[^<>"{}|^`\\\s]*> | \#[^\n]*
    | (?P<open>[{(\[]|<<) | (?P<close>[})\]]|>>)
    """,
    re.VERBOSE | re.DOTALL,
)


def read_file(path: Path) -> list[Quad]:
    """The quads of a file, by the format that its ending tells.

    Raises:
        UsageError: the ending is not one of RDF.
        IrkgError: the file can't be read, does not parse (with the line), or holds more than can be checked.
    """
    format = format_of(path)
    try:
        if format == RdfFormat.RDF_XML:
            _check_elements(path)
        else:
            _check_brackets(path)
        quads = list(pyoxigraph.parse(path=path, format=format))
    except SyntaxError as error:
        raise IrkgError(f"{path}{place_of_error(error)}") from None
    except OSError as error:
        raise IrkgError(f"{path}: can't be read: {error.strerror or error}") from error
    except MemoryError as error:  # of one term; Oxigraph's bound
        raise IrkgError(f"{path}: a part of it is too large to be read ({error}); take it out") from None
    if any(isinstance(quad.object, Triple) for quad in quads):
        raise IrkgError(f"{path}: holds triple terms of RDF 1.2, and shapes are for RDF 1.1; take them out")
    if sum(quad.predicate.value == _REST for quad in quads) > MOST_LISTED:
        raise IrkgError(f"{path}: holds lists of more than {MOST_LISTED:,} members, which no shape is for; take them out")
    return quads


def too_deep(text: str) -> int | None:
    """The place where the brackets of Turtle, its kin or JSON nest too deep; None where they nowhere do."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found["open"]:
            depth += 1
            if depth > DEEPEST:
                return found.start()
        elif found["close"]:
            depth = max(0, depth - 1)
    return None


def _check_brackets(path: Path) -> None:
    text = path.read_text("utf-8", "replace")
    place = too_deep(text)
    if place is not None:
        line = text.count("\n", 0, place) + 1
        raise IrkgError(f"{path}:{line}: nests more than {DEEPEST} brackets; write it flatter")


def _check_elements(path: Path) -> None:
    """Reads the XML with expat, which stops where entities grow, and fetches none."""
    parser: XMLParserType = ParserCreate()
    depth = 0

    def opens(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise IrkgError(f"{path}:{parser.CurrentLineNumber}: nests more than {DEEPEST} elements; write it flatter")

    def closes(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = opens
    parser.EndElementHandler = closes
    try:
        parser.Parse(path.read_bytes(), True)  # at once: of a file, expat reads a tag that does not end again with each block
    except ExpatError as error:
        raise IrkgError(f"{path}:{error.lineno}: does not parse at column {error.offset}: {str(error).partition(':')[0]}") from None
