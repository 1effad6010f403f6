"""What a notebook shows: an answer as a table, a view in a frame. Text from sources is escaped, and a view runs in a sandbox."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontology.errors import IrkgError, UsageError
from queries.answers import Answer, Value
from queries.tables import as_html, as_table

if TYPE_CHECKING:
    import pyoxigraph

    from graph.store import GraphStore

MOST_SHOWN = 100  # rows in a cell of a notebook; all are in the answer
_HEIGHT = 640  # pixels of a view


@dataclass(frozen=True, slots=True, repr=False)
class Rows:
    """An answer that shows itself as a table.

    Iterating gives each row as a dictionary by column; None where there is no value.
    """

    answer: Answer
    title: str
    store: "GraphStore" = field(compare=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.answer.columns

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The rows as they are, each as long as ``columns``."""
        return self.answer.rows

    @property
    def triples(self) -> "tuple[pyoxigraph.Triple, ...]":
        """Those of a CONSTRUCT or DESCRIBE."""
        return self.answer.triples

    def dicts(self) -> list[dict[str, Value]]:
        """Each row with the columns' names as keys."""
        return self.answer.dicts()

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame`` with the columns. Whole numbers stay whole where values are missing; dates stay EDTF text.

        Raises:
            IrkgError: pandas is not installed.
        """
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise IrkgError("pandas is not installed; pip install pandas, or use .dicts()") from error
        return pandas.DataFrame(list(self.rows), columns=list(self.columns)).convert_dtypes()

    def view(self) -> "View":
        """The records of the answer as an interactive network.

        Raises:
            UsageError: the rows are not records: there is no column ``record``.
        """
        from graph.views import page
        from irkg.drawing import view_of
        from irkg.records import records

        if "record" not in self.columns:
            raise UsageError("these rows are not records and can't be drawn; select the records as ?record")
        told = records(self.store, [str(row["record"]) for row in self.dicts() if row["record"]])
        return View(page(view_of(self.store, told, self.title)), self.title, len(told))

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.dicts())

    def __len__(self) -> int:
        return len(self.answer)

    def __repr__(self) -> str:
        return as_table(self._shown()).rstrip("\n") + self._more()

    def _repr_html_(self) -> str:
        return as_html(self._shown()) + escape(self._more())

    def _shown(self) -> Answer:
        return replace(self.answer, rows=self.rows[:MOST_SHOWN])

    def _more(self) -> str:
        more = len(self) - MOST_SHOWN
        return f"\n… and {more} more" if more > 0 else ""


@dataclass(frozen=True, slots=True)
class View:
    """An HTML view of ``count`` records: in a notebook a frame, and a file by ``save``."""

    html: str = field(repr=False)
    title: str
    count: int

    def save(self, path: str | Path) -> Path:
        """Writes the page, which needs no network; returns where.

        Raises:
            IrkgError: it can't be written.
        """
        from graph.exports import write_whole

        write_whole(Path(path), self.html.encode("utf-8"))
        return Path(path)

    def _repr_html_(self) -> str:
        # The sandbox keeps the page's script and styles out of the notebook.
        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-popups allow-downloads" srcdoc="{escape(self.html)}"'
            f' style="width: 100%; height: {_HEIGHT}px; border: 0"></iframe>'
        )
