"""An answer as text: a table for reading, or CSV, TSV, JSON, Markdown, Turtle for what comes after.

``table`` and ``markdown`` are for people: they leave out the IRIs of records, and of a row that is a record they show the
span of the words as ``start–end``; the table has the words below the row. The other formats carry every column.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from html import escape
from itertools import takewhile, zip_longest

import pyoxigraph as ox
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from graph.prefixes import PREFIXES
from ontology.errors import UsageError
from queries.answers import Answer, QueryStore, Value, ask

DEFAULT_WIDTH = 120  # characters, where nobody knows better
_FOLDED = ("record", "start", "end", "earliest")
_SPAN = "span"
_GAP = 2  # spaces between columns
_INDENT = "    "

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"[\t\r\n]+")

_RECORDS = """
PREFIX : <https://w3id.org/irkg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
CONSTRUCT {{ ?node ?property ?value }} WHERE {{
  VALUES ?record {{ {records} }}
  ?record :evidence?/oa:hasSelector? ?node .
  ?node ?property ?value .
}}
"""


def render(answer: Answer, format: str = "table", width: int = DEFAULT_WIDTH) -> str:
    """The answer as text that ends with a line break.

    Raises:
        UsageError: an unknown format, or Turtle of rows that are not triples.
    """
    if format not in FORMATS:
        near = get_close_matches(format.lower(), FORMATS, n=1, cutoff=0.5)
        hint = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(FORMATS)}"
        raise UsageError(f"no format is called “{format}”; {hint}")
    if format == "table":
        return as_table(answer, width)
    return FORMATS[format](answer)


def with_statements(store: QueryStore, answer: Answer) -> Answer:
    """The answer with what the graph says of its records and their evidence as triples, for Turtle."""
    if answer.triples or "record" not in answer.columns:
        return answer
    place = answer.columns.index("record")
    records = sorted({str(ox.NamedNode(str(row[place]))) for row in answer.rows if row[place] is not None})
    if not records:
        return answer
    statements = ask(store, _RECORDS.format(records=" ".join(records)), "the look-up of records")
    return Answer(answer.columns, answer.rows, statements.triples, answer.of_records)


def as_table(answer: Answer, width: int = DEFAULT_WIDTH) -> str:
    """A table no wider than a terminal, without colour; the words of a record stand below its row."""
    columns = _columns(answer)
    rows = [[_one_line(row[column]) for column in columns] for row in answer.dicts()]
    widths = _widths([columns, *rows], max(width, 40))
    lines = [*_lines(columns, widths), "─" * (sum(widths) + _GAP * (len(widths) - 1))]
    for row, record in zip(rows, answer.dicts(), strict=True):
        lines += _lines(row, widths)
        if answer.of_records and record["text"] is not None:
            lines += _words(record, max(width, 40))
    lines.append(f"{len(answer)} {'row' if len(answer) == 1 else 'rows'}")
    return "\n".join(lines) + "\n"


def _columns(answer: Answer) -> list[str]:
    """The columns of the table: what the line of words says is left out."""
    left_out = (*_FOLDED, "text", "source") if answer.of_records else answer.iris
    return [column for column in answer.columns if column not in left_out]


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column: what its cells need, the widest narrowed until the row fits."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    room = max(width - _GAP * (len(widths) - 1), len(widths))
    while sum(widths) > room:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """A row as lines; a cell that is too wide goes on below itself."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    gap = " " * _GAP
    return [
        gap.join(set_cell_size(part, width) for part, width in zip(parts, widths, strict=True)).rstrip()
        for parts in zip_longest(*wrapped, fillvalue="")
    ]


def _words(record: Mapping[str, Value], width: int) -> list[str]:
    text = f"“{_one_line(record['text'])}” — {_one_line(record['source'])} {_span(record) or ''}".rstrip()
    return [_INDENT + line for line in _wrapped(text, width - len(_INDENT))]


def _wrapped(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    console = Console(file=io.StringIO(), color_system=None)  # wrap() wants one; nothing is printed
    return [line.plain.rstrip() for line in Text(text).wrap(console, width, overflow="fold")]


def as_markdown(answer: Answer) -> str:
    """A Markdown table."""
    columns, rows = _brief(answer)
    lines = [columns, ["---"] * len(columns), *([_escaped(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_html(answer: Answer) -> str:
    """An HTML table for a notebook, with the columns of the Markdown one; text from sources is escaped."""
    columns, rows = _brief(answer)
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_one_line(cell))}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def as_csv(answer: Answer) -> str:
    """Comma-separated values with a head line; empty where there is no value."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_text(cell) for cell in row] for row in answer.rows)
    return stream.getvalue()


def as_tsv(answer: Answer) -> str:
    r"""Tab-separated values with a head line; a tab or a line break inside a value is ``\t``, ``\n``, ``\r``."""
    lines = [answer.columns, *([_tabbed(_text(cell)) for cell in row] for row in answer.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def as_json(answer: Answer) -> str:
    """A list of objects, one for each row, with the columns as keys; null where there is no value."""
    rows = (json.dumps(row, ensure_ascii=False) for row in answer.dicts())
    inside = ",\n  ".join(rows)
    return f"[\n  {inside}\n]\n" if inside else "[]\n"


def as_turtle(answer: Answer) -> str:
    """The triples of the answer, sorted.

    Raises:
        UsageError: the answer has rows and no triples.
    """
    if not answer.triples and answer.columns != ("subject", "predicate", "object"):
        raise UsageError("rows have no Turtle; ask with CONSTRUCT or DESCRIBE, or choose another format")
    text = (ox.serialize(answer.triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    lines = text.splitlines(keepends=True)
    head = list(takewhile(lambda line: line.startswith("@prefix"), lines))  # Oxigraph writes them in another order each time
    return "".join((*sorted(head), *lines[len(head) :]))


FORMATS: Mapping[str, Callable[[Answer], str]] = {
    "table": as_table,
    "csv": as_csv,
    "tsv": as_tsv,
    "json": as_json,
    "markdown": as_markdown,
    "turtle": as_turtle,
}


def _brief(answer: Answer) -> tuple[Sequence[str], list[list[Value]]]:
    """Columns and rows for reading."""
    if not answer.of_records:
        shown = [column for column in answer.columns if column not in answer.iris]
        return shown, [[row[column] for column in shown] for row in answer.dicts()]
    kept = [column for column in answer.columns if column not in _FOLDED]
    if "sources" in kept:
        kept.remove("source")
    kept.remove("text")
    rows = [[*(row[column] for column in kept), row["text"], _span(row)] for row in answer.dicts()]
    return [*kept, "text", _SPAN], rows


def _span(row: Mapping[str, Value]) -> Value:
    return None if row["start"] is None else f"{row['start']}–{row['end']}"


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _one_line(value: Value) -> str:
    """Without line breaks, and without what would steer a terminal or turn the direction of the text."""
    return _CONTROL.sub("\ufffd", _SPACE.sub(" ", _text(value)))


def _escaped(value: Value) -> str:
    text = _one_line(value).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\|*_`\[\]])", r"\\\1", text)


def _tabbed(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
