"""Which form of an answer a client takes best, from its ``Accept`` (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from irkg.serving.messages import RefusalError, Request

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^;]*)*)\s*")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d*)?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that an answer can have: its name in ``?format=``, its media type, and other types that mean it."""

    name: str
    type: str
    others: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type as it is answered."""
        return f"{self.type}; charset=utf-8" if self.type.startswith("text/") else self.type


HTML = Form("html", "text/html", ("application/xhtml+xml",))
JSON = Form("json", "application/sparql-results+json", ("application/json",))
XML = Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Form("csv", "text/csv")
TSV = Form("tsv", "text/tab-separated-values")
TURTLE = Form("turtle", "text/turtle", ("application/turtle", "application/x-turtle"))
NTRIPLES = Form("ntriples", "application/n-triples")
RDFXML = Form("rdfxml", "application/rdf+xml", ("application/xml", "text/xml"))
JSONLD = Form("jsonld", "application/ld+json", ("application/json",))

ROWS = (JSON, XML, CSV, TSV, HTML)
TRIPLES = (TURTLE, NTRIPLES, RDFXML, JSONLD, HTML)
THINGS = (HTML, TURTLE, NTRIPLES, RDFXML, JSONLD)


def chosen(request: Request, forms: Sequence[Form]) -> Form:
    """The form that ``?format=`` names, else the one that ``Accept`` takes best; among equals the first.

    A client may send ``format`` in words of its own (SPARQLWrapper does) beside an ``Accept``, which then decides.

    Raises:
        RefusalError: 400 for an unknown format, 406 where none is taken.
    """
    name = request.first("format")
    form = next((form for form in forms if name and name.lower() in (form.name, form.type, *form.others)), None)
    if form:
        return form
    if name and request.accept.strip() in ("", "*/*"):
        raise RefusalError(400, f"there is no format “{name}” of this answer; there are {', '.join(form.name for form in forms)}")
    ranges = _ranges(request.accept)
    best = max(forms, key=lambda form: _quality(form, ranges))
    if _quality(best, ranges) == 0:
        types = ", ".join(form.type for form in forms)
        raise RefusalError(406, f"Accept: {request.accept[:200]} takes none of {types}")
    return best


def takes_html(request: Request) -> bool:
    """Whether it is a browser that asks: HTML is named, and nothing is liked better."""
    ranges = _ranges(request.accept)
    named = ("text", "html") in ranges and not request.first("format")
    return named and _quality(HTML, ranges) == max(ranges.values())


def _ranges(accept: str) -> dict[tuple[str, str], float]:
    """The quality of each media range; one that can't be read is passed over, and none at all takes anything."""
    found: dict[tuple[str, str], float] = {}
    for part in accept.lower().split(","):
        if match := _RANGE.fullmatch(part):
            quality = _QUALITY.search(match[3])
            found[match[1], match[2]] = min(float(quality[1]), 1.0) if quality else 1.0
    return found if accept.strip() else {("*", "*"): 1.0}


def _quality(form: Form, ranges: dict[tuple[str, str], float]) -> float:
    """That of the most exact range that fits its type; or of another name for it, where that is said in full."""
    main, _, sub = form.type.partition("/")
    fitting = [ranges[range_] for range_ in ((main, sub), (main, "*"), ("*", "*")) if range_ in ranges]
    named = [ranges[other] for other in (_pair(name) for name in form.others) if other in ranges]
    return max([*fitting[:1], *named], default=0.0)


def _pair(type_: str) -> tuple[str, str]:
    main, _, sub = type_.partition("/")
    return main, sub
