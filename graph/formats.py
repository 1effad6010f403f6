"""The formats of RDF files, by name and by the ending of the file."""

import re
from pathlib import Path

from pyoxigraph import RdfFormat

from ontology.errors import UsageError

RDF_FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
OTHER_FORMATS = ("graphml", "gexf", "csv")
DESCRIPTION = "void"
"""Not the graph but its description, as Turtle. It has no ending of its own and is asked for by name."""

FORMATS = (*RDF_FORMATS, *OTHER_FORMATS, DESCRIPTION)

ENDINGS: dict[str, str] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".csv": "csv",
}


def format_name(path: Path, given: str | None = None) -> str:
    """The name of the format that is asked for, or that the file's ending means.

    Raises:
        UsageError: there is no such format, or the ending tells none.
    """
    if given is not None:
        if given not in FORMATS:
            raise UsageError(f"unknown format “{given}”; there are {', '.join(FORMATS)}")
        return given
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path}: the ending tells no format; use one of {', '.join(ENDINGS)}, or name it with --format")
    return ENDINGS[path.suffix.lower()]


def format_of(path: Path) -> RdfFormat:
    """The format of an RDF file.

    Raises:
        UsageError: the ending is not one of RDF.
    """
    name = format_name(path)
    if name not in RDF_FORMATS:
        raise UsageError(f"{path}: is not RDF; shapes are checked in {', '.join(RDF_FORMATS)}")
    return RDF_FORMATS[name]


def place_of_error(error: SyntaxError) -> str:
    """Where and why an RDF file does not parse: ``:3: does not parse at column 7: …``."""
    reason = " ".join(str(error.msg).split())
    reason = re.sub(r"^Parser error at line .*?: ", "", reason)
    if "LoadDocumentCallback" in reason:
        return ": its @context is an address, and nothing is fetched; put the context into the file"
    if error.lineno is None:
        return f": does not parse: {reason}"
    return f":{error.lineno}: does not parse at column {error.offset}: {reason}"
