"""The pages for people. They have no script and load nothing; whatever comes from a source is escaped text.

A browser is told the same (``Content-Security-Policy``): no script runs here, and the one style is known by its hash.
"""

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined

from graph.prefixes import PREFIXES
from irkg.records import Name, SourceName, Told
from irkg.serving.messages import RefusalError, Request, Response, plain
from irkg.serving.negotiation import HTML, takes_html
from irkg.serving.results import fitting
from irkg.viewing import can_be_drawn
from ontology.identifiers import BASE, ONTOLOGY
from queries.answers import Answer, Value
from queries.binding import concepts
from queries.catalogue import named_queries
from queries.headers import NamedQuery

MOST_ROWS = 1_000  # a page of more is slow to draw; the other formats have them all
_LONGEST_LINK = 30_000  # characters of a query that goes into an address
_CONCEPTS = ("kind", "act", "polarity", "realis")
_FOLDED = ("record", "start", "end", "earliest", "text", "source")  # shown with the words, below the row
_META_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, and where it leads."""

    text: str
    href: str | None = None


def policy(body: bytes) -> str:
    """The content-security policy of a page: its own, when it brings one, as the views do."""
    own = _META_POLICY.search(body[:10_000].decode("utf-8", "replace"))
    if own:
        return f"{html.unescape(own[1])}; frame-ancestors 'self'"
    return f"default-src 'none'; style-src {_style_hash()}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def editor(text: str) -> Response:
    """The page with the editor and the list of named queries."""
    return _page("editor.html", 200, text=text, themes=_themes(), prefixes=sorted(PREFIXES.items()))


def refused(request: Request, refusal: RefusalError) -> Response:
    """One line for a program; for a person a page, with the query to be mended where there was one."""
    reason = str(refusal)
    if not takes_html(request):
        return plain(refusal.status, reason, refusal.headers)
    query = request.first("query") if request.path.startswith("/sparql") else None
    phrase = HTTPStatus(refusal.status).phrase
    return _page(
        "refusal.html", refusal.status, refusal.headers, phrase=phrase, reason=reason, text=query, prefixes=sorted(PREFIXES.items())
    )


def of_answer(query: str, found: "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples", request: Request) -> Response:
    """The answer to a query below its editor."""
    note, columns, rows = "", ["answer"], [[Cell("yes" if found else "no")]]
    if not isinstance(found, ox.QueryBoolean):
        kept, cut = fitting(_rows(found), lambda row: 1, MOST_ROWS)
        columns, rows = _columns(found), [[cell(term) for term in row] for row in kept]
        note = f"The page shows the first {MOST_ROWS} rows; download it for all." if cut else ""
    names = ("turtle", "ntriples", "rdfxml", "jsonld") if isinstance(found, ox.QueryTriples) else ("json", "xml", "csv", "tsv")
    asked = [(key, value) for key, value in request.parameters if key in ("default-graph-uri", "named-graph-uri")]
    links = [(name, f"/sparql?{urlencode([('query', query), *asked, ('format', name)])}") for name in names]
    links = links if len(query) < _LONGEST_LINK else []
    return _page("answer.html", 200, text=query, prefixes=sorted(PREFIXES.items()), columns=columns, rows=rows, note=note, links=links)


def of_named(query: NamedQuery, values: Mapping[str, str], answer: Answer, sparql: str, asked: str, note: str) -> Response:
    """A named query with its form, and its answer with the words; ``asked`` are the values as they stand in an address."""
    shown = answer.dicts()[:MOST_ROWS]
    columns = [column for column in answer.columns if not (answer.of_records and column in _FOLDED)]
    rows = [([_plain_cell(row[column]) for column in columns], _words_of(row) if answer.of_records else None) for row in shown]
    if len(answer) > len(shown):
        note = f"The page shows the first {MOST_ROWS} of {len(answer)} rows; download it for all."
    formats = ("csv", "tsv", "json", "markdown") + (("turtle",) if "record" in answer.columns else ())
    join = f"?{asked}&" if asked else "?"
    return _page(
        "named.html",
        200,
        query=query,
        values=values,
        choices={p.name: concepts(p.type) for p in query.parameters if p.type in _CONCEPTS},
        columns=columns,
        rows=rows,
        note=note,
        links=[(name, f"/query/{query.name}{join}format={name}") for name in formats],
        view=f"/view/{query.name}?{asked}".rstrip("?") if can_be_drawn(answer) else None,
        edit=f"/?{urlencode({'text': sparql})}",
    )


def thing(
    iri: str,
    own: Sequence[ox.Triple],
    links: Sequence[ox.Triple],
    told: Sequence[Told],
    names: Mapping[str, Name],
    sources: Mapping[str, SourceName],
    *,
    number: int,
    more: bool,
) -> Response:
    """The page of one thing: what is said of it, its words when it is a record, the records that name it, what points at it."""
    shown = [_record(record, names, sources) for record in told]
    itself = next((record for record in shown if record["iri"] == iri), None)
    return _page(
        "thing.html",
        200,
        iri=iri,
        name=names.get(iri),
        view=None if itself or not shown else f"/view/neighbourhood?{urlencode({'entity': iri})}",
        itself=itself,
        records=[record for record in shown if record["iri"] != iri],
        properties=_grouped((triple.predicate, triple.object) for triple in own),
        links=_grouped((triple.predicate, triple.subject) for triple in links),
        labels={known.iri: known.label for known in names.values()},
        formats=[(name, f"?format={name}") for name in ("turtle", "ntriples", "rdfxml", "jsonld")],
        number=number,
        more=more,
    )


def ontology(triples: Iterable[ox.Triple]) -> Response:
    """The page of the ontology: each term with what is said of it."""
    terms: dict[str, list[tuple[ox.NamedNode, Term]]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(ONTOLOGY):
            terms.setdefault(triple.subject.value.removeprefix(ONTOLOGY), []).append((triple.predicate, triple.object))
    shown = [(name, _grouped(terms[name])) for name in sorted(terms, key=str.casefold)]
    return _page(
        "ontology.html", 200, terms=shown, formats=[(name, f"?format={name}") for name in ("turtle", "ntriples", "rdfxml", "jsonld")]
    )


def href(iri: str) -> str | None:
    """Where the page of an IRI is: ours under its path, others at their address; None for what is no web address."""
    if iri.startswith(BASE):
        path, hash_, fragment = iri.removeprefix(BASE).partition("#")
        return f"/{quote(path)}{hash_}{quote(fragment)}"
    return iri if iri.startswith(("http://", "https://")) else None


def cell(term: Term) -> Cell:
    """A term as it is shown: an IRI by its prefix, a literal by its text."""
    if isinstance(term, ox.NamedNode):
        return Cell(_short(term.value), href(term.value))
    if isinstance(term, ox.Literal):
        return Cell(term.value)
    return Cell("" if term is None else str(term))


def _short(iri: str) -> str:
    prefix = max((p for p in PREFIXES if iri.startswith(PREFIXES[p])), key=lambda p: len(PREFIXES[p]), default=None)
    return iri if prefix is None else f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"


def _plain_cell(value: Value) -> Cell:
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    text = "" if value is None else str(value)
    return Cell(_short(text), href(text)) if text.startswith(BASE) else Cell(text)


def _words_of(row: Mapping[str, Value]) -> dict[str, str | None]:
    return {
        "text": str(row["text"] or ""),
        "source": str(row["source"] or ""),
        "span": f"{row['start']}–{row['end']}",
        "href": href(str(row["record"])),
    }


def _columns(found: "ox.QuerySolutions | ox.QueryTriples") -> list[str]:
    if isinstance(found, ox.QueryTriples):
        return ["subject", "predicate", "object"]
    return [variable.value for variable in found.variables]


def _rows(found: "ox.QuerySolutions | ox.QueryTriples") -> Iterable[list[Term]]:
    if isinstance(found, ox.QueryTriples):
        return ([triple.subject, triple.predicate, triple.object] for triple in found)
    names = [variable.value for variable in found.variables]
    return ([row[name] for name in names] for row in found)


def _grouped(pairs: Iterable[tuple[ox.NamedNode, Term]]) -> list[tuple[Cell, list[tuple[str, Cell]]]]:
    """Each property once, with its values: the IRI of each, empty for a literal, and its cell."""
    groups: dict[ox.NamedNode, list[tuple[str, Cell]]] = {}
    for predicate, value in pairs:
        groups.setdefault(predicate, []).append((value.value if isinstance(value, ox.NamedNode) else "", cell(value)))
    return [(cell(predicate), values) for predicate, values in groups.items()]


def _record(told: Told, names: Mapping[str, Name], sources: Mapping[str, SourceName]) -> dict[str, object]:
    """What a page shows of a record."""
    notes = [told.first("realis"), told.first("polarity")]
    kind = told.first("kind") or told.first("act") or told.type
    return {
        "iri": told.iri,
        "href": href(told.iri),
        "date": told.first("date") or "undated",
        "kind": kind.rsplit("#", 1)[-1],
        "notes": [note.rsplit("#", 1)[-1] for note in notes if note],
        "parties": [Cell(names[iri].label, href(iri)) for iri in told.parties if iri in names],
        "details": told.details,
        "told": told,
        "source": sources[told.source],
        "source_href": href(told.source),
    }


def _themes() -> list[tuple[str, list[NamedQuery]]]:
    themes: dict[str, list[NamedQuery]] = {}
    for query in named_queries().values():
        themes.setdefault(query.theme, []).append(query)
    return sorted(themes.items())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("irkg.serving", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["style"] = _style()
    return environment


@cache
def _style() -> str:
    text = files("irkg.serving").joinpath("templates", "page.css").read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _style_hash() -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()}'"


def _page(template: str, status: int, headers: tuple[tuple[str, str], ...] = (), **context: object) -> Response:
    body = _environment().get_template(template).render(context)
    return Response(status, HTML.content_type, body.encode("utf-8", "replace"), (("Vary", "Accept"), *headers))
