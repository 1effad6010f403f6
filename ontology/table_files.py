"""Reading and writing the tables: tab-separated, a header, '#' lines above it, '|' between several values."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ontology.errors import UsageError

Row = dict[str, str]
_SOURCE = "# source:"


def read_table(path: Path) -> list[Row]:
    """The rows of a table. Raises ``UsageError`` for a row with another number of cells than the header."""
    header: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = line.split("\t")
        if not header:
            header = cells
        elif len(cells) != len(header):
            raise UsageError(f"{path.name}:{number}: {len(cells)} cells, the header has {len(header)}")
        else:
            rows.append(dict(zip(header, cells, strict=True)))
    return rows


def table_source(path: Path) -> str:
    """Where the facts of a table are from, as its "# source:" line says."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(_SOURCE):
            return line.removeprefix(_SOURCE).strip()
    raise UsageError(f"{path.name}: no line '{_SOURCE} …'")


def write_table(path: Path, comments: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows of one shape, in the order given."""
    rows = list(rows)
    lines = [*comments, "\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def values(cell: str) -> list[str]:
    """The values of a cell."""
    return [value for value in cell.split("|") if value]
