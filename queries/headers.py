"""The header of a ``.rq`` file: the comment lines at its top, from which help and checks are made.

::

    # title: Meetings of leaders
    # theme: contacts
    # asks: When did leaders meet, visit, call or write to each other?
    #   A second line goes on where the first one ends.
    # parameters:
    #   from: date — not before this date
    #   realis: realis — which kind of telling [actual]
    # columns:
    #   date — when it was, in EDTF
    # example: irkg query leader-meetings -p from=2018

A default stands in brackets at the end of a parameter's line. The line ``# {parameters}`` further down is where the
values go (``queries/binding.py``); without values the file is a query as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ontology.errors import IrkgError

SLOT = "# {parameters}"
REQUIRED = ("title", "theme", "asks", "columns", "example")

_FIELD = re.compile(r"# (?P<name>[a-z]+):(?: (?P<text>.*))?")
_MORE = re.compile(r"#\s{2,}(?P<text>.*)")
_PARAMETER = re.compile(r"(?P<name>[a-z_]+): (?P<type>[a-z]+) — (?P<help>.+?)(?: \[(?P<default>[^\]]+)\])?")
_COLUMN = re.compile(r"(?P<name>[a-z_]+) — (?P<help>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a user may set. ``type`` is one of ``queries.binding.TYPES``; ``default`` is text, as a user would give it."""

    name: str
    type: str
    help: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer and what stands in it."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with its SPARQL. ``sparql`` is the whole file, header included, so that lines keep their numbers."""

    name: str
    title: str
    theme: str
    asks: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: str
    sparql: str


def read_query(name: str, text: str) -> NamedQuery:
    """The named query in the text of a ``.rq`` file.

    Raises:
        IrkgError: the header lacks something, or a line of it can't be read; the message says ``FILE:LINE``.
    """
    fields = _fields(name, text)
    for field in REQUIRED:
        if not fields.get(field):
            raise IrkgError(f"{name}.rq:1: the header has no “{field}”")
    if fields.get("parameters") and SLOT not in text:
        raise IrkgError(f"{name}.rq:1: the query has parameters and no line “{SLOT}”")
    return NamedQuery(
        name=name,
        title=_joined(fields["title"]),
        theme=_joined(fields["theme"]),
        asks=_joined(fields["asks"]),
        parameters=tuple(_parameter(name, *line) for line in fields.get("parameters", ())),
        columns=tuple(_column(name, *line) for line in fields["columns"]),
        example=_joined(fields["example"]),
        sparql=text,
    )


def _fields(name: str, text: str) -> dict[str, list[tuple[int, str]]]:
    """Each field's lines, with their numbers."""
    fields: dict[str, list[tuple[int, str]]] = {}
    lines: list[tuple[int, str]] | None = None
    for number, line in _header(text):
        if field := _FIELD.fullmatch(line):
            lines = fields.setdefault(field["name"], [])
            if field["text"]:
                lines.append((number, field["text"].strip()))
        elif (more := _MORE.fullmatch(line)) and lines is not None:
            lines.append((number, more["text"].strip()))
        else:
            raise IrkgError(f"{name}.rq:{number}: not a line of a header: {line}")
    return fields


def _header(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            return
        yield number, line.rstrip()


def _joined(lines: list[tuple[int, str]]) -> str:
    return " ".join(text for _, text in lines)


def _parameter(name: str, number: int, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if not found:
        raise IrkgError(f"{name}.rq:{number}: write a parameter as “name: type — what it does [default]”, not “{line}”")
    return Parameter(found["name"], found["type"], found["help"], found["default"])


def _column(name: str, number: int, line: str) -> Column:
    found = _COLUMN.fullmatch(line)
    if not found:
        raise IrkgError(f"{name}.rq:{number}: write a column as “name — what stands in it”, not “{line}”")
    return Column(found["name"], found["help"])
