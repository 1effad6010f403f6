"""What a notebook gets: rows that show themselves, views in a frame, and the worked notebook of docs/, run cell by cell."""

import ast
import html
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pandas
import pytest

import irkg
from graph.building import build_in_memory
from irkg import KnowledgeGraph
from irkg.notebook import MOST_SHOWN, Rows, View
from queries.answers import Answer

NASTY = "<script>alert('&')</script>\u202e"


@pytest.fixture(scope="module")
def built(irkg_process: Callable[..., CompletedProcess[str]], repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the notebook finds it: the graph of the embedded corpus in ``out/store``, and a folder ``docs`` to be in."""
    folder = tmp_path_factory.mktemp("notebook")
    ran = irkg_process("build", repository / "corpus", "--store", folder / "out" / "store", cwd=repository)
    assert ran.returncode == 0, ran.stderr
    (folder / "docs").mkdir()
    return folder


@pytest.fixture(scope="module")
def kg(built: Path) -> KnowledgeGraph:
    return irkg.open(built / "out" / "store")


def rows(*values: tuple[Any, ...], columns: tuple[str, ...] = ("who", "count")) -> Rows:
    return Rows(Answer(columns, values), "Some rows", build_in_memory([]))


def test_rows_are_gone_through_and_counted() -> None:
    two = rows(("Ada", 1), ("Boris", None))
    assert len(two) == 2
    assert list(two) == two.dicts() == [{"who": "Ada", "count": 1}, {"who": "Boris", "count": None}]
    assert (two.columns, two.rows, two.triples) == (("who", "count"), (("Ada", 1), ("Boris", None)), ())


def test_rows_as_text() -> None:
    assert repr(rows(("Ada", 1), ("Boris", None))) == "who    count\n────────────\nAda    1\nBoris\n2 rows"


def test_rows_as_html_are_escaped() -> None:
    assert rows((NASTY, 1), ("Boris", None), columns=("<b>", "count"))._repr_html_() == (
        "<table>\n<thead><tr><th>&lt;b&gt;</th><th>count</th></tr></thead>\n<tbody>\n"
        "<tr><td>&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;\ufffd</td><td>1</td></tr>\n"
        "<tr><td>Boris</td><td></td></tr>\n</tbody>\n</table>\n"
    )


def test_of_many_rows_some_are_shown() -> None:
    many = rows(*(("Ada", number) for number in range(MOST_SHOWN + 5)))
    assert many._repr_html_().count("<tr><td>") == MOST_SHOWN
    assert many._repr_html_().endswith("\n… and 5 more")
    assert repr(many).endswith(f"\n{MOST_SHOWN} rows\n… and 5 more")
    assert len(many) == len(many.to_pandas()) == MOST_SHOWN + 5


def test_to_pandas() -> None:
    frame = rows(("Ada", 1, 0.5, True), ("Boris", None, None, None), columns=("who", "count", "share", "known")).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert [str(kind) for kind in frame.dtypes] == ["string", "Int64", "Float64", "boolean"]
    assert frame["count"].sum() == 1
    assert list(frame["count"].isna()) == [False, True]
    assert list(rows().to_pandas().columns) == ["who", "count"]


def test_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(irkg.IrkgError) as caught:
        rows().to_pandas()
    assert str(caught.value) == "pandas is not installed; pip install pandas, or use .dicts()"


def test_a_named_query(kg: KnowledgeGraph) -> None:
    meetings = kg.query("leader-meetings", person="Netanyahu", from_="2018", to="2019")
    assert len(meetings) > 2
    assert all("Netanyahu" in str(row["participants"]) for row in meetings)
    assert list(meetings.to_pandas()["date"]) == [row["date"] for row in meetings]
    assert "<th>date</th><th>kind</th><th>participants</th>" in meetings._repr_html_()
    assert "<th>record</th>" not in meetings._repr_html_()


def test_a_view_of_an_answer(kg: KnowledgeGraph, tmp_path: Path) -> None:
    meetings = kg.query("leader-meetings", person="Netanyahu", from_="2018", to="2019")
    view = meetings.view()
    assert view.count == len(meetings)
    assert view.html == kg.view("leader-meetings", person="Netanyahu", from_="2018", to="2019").html
    saved = view.save(tmp_path / "new" / "view.html")
    assert saved == tmp_path / "new" / "view.html"
    assert saved.read_text("utf-8") == view.html
    assert repr(view) == f"View(title='Meetings, visits, calls and letters', count={view.count})"


def test_a_view_of_an_entity(kg: KnowledgeGraph) -> None:
    narrow, whole = kg.view(entity="Golda Meir"), kg.view()
    assert 0 < narrow.count < whole.count
    assert narrow.title == "overview: Golda Meir"


def test_a_view_is_a_frame_that_keeps_to_itself() -> None:
    page = '<p title="a">&amp; &lt;</p></iframe><script>1</script>'
    frame = View(page, 'Of "x"', 1)._repr_html_()
    assert re.fullmatch(r"<iframe [^<>]*></iframe>", frame)
    assert 'sandbox="allow-scripts allow-popups allow-downloads"' in frame
    assert html.unescape(re.findall(r'srcdoc="([^"]*)"', frame)[0]) == page
    assert html.unescape(re.findall(r'title="([^"]*)"', frame)[0]) == 'Of "x"'


def test_what_cannot_be_drawn(kg: KnowledgeGraph) -> None:
    with pytest.raises(irkg.UsageError, match="are not records and can't be drawn; select the records as "):
        kg.sparql("SELECT ?label { ?entity a :Person ; rdfs:label ?label }").view()


def test_sparql_of_records_can_be_drawn(kg: KnowledgeGraph) -> None:
    visits = kg.sparql("SELECT ?record { ?record :kind :Visit }")
    assert visits.view().count == len(visits) > 2
    assert kg.sparql("ASK { entity:golda-meir a :Person }").rows == ((True,),)
    assert len(kg.sparql("CONSTRUCT { ?s a :Visit } { ?s :kind :Visit }").triples) == len(visits)


def test_a_network(kg: KnowledgeGraph) -> None:
    around = kg.network("neighbours", entity="Putin", from_="2022", to="2022")
    assert "Naftali Bennett" in {row["entity"] for row in around}
    assert "iri" in around.columns
    assert "iri" not in repr(around).split("\n")[0]
    assert {row["period"] for row in kg.network("matrix", by="decade", to="1999")} <= {f"19{decade}X" for decade in range(10)}
    with pytest.raises(irkg.UsageError, match="a network has no “friends”"):
        kg.network("friends")


# The worked notebook


@pytest.fixture(scope="module")
def notebook(repository: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((repository / "docs" / "notebook.ipynb").read_text("utf-8"))
    return read


def code(notebook: dict[str, Any]) -> Iterator[str]:
    return ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")


def test_the_notebook_is_one(notebook: dict[str, Any]) -> None:
    """What the format of version 4.5 asks for, and no output of anyone's machine."""
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids)) > 10
    for cell in notebook["cells"]:
        more = {"outputs", "execution_count"} if cell["cell_type"] == "code" else set()
        assert cell.keys() == {"cell_type", "id", "metadata", "source"} | more
        assert (cell.get("outputs", []), cell.get("execution_count")) == ([], None)


def test_the_notebook_runs(
    notebook: dict[str, Any], built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(built / "docs")
    shown = run(list(code(notebook)))
    assert [type(value).__name__ for value in shown] == [
        "NoneType", "Rows", "list", "DataFrame", "View", "PosixPath" if sys.platform != "win32" else "WindowsPath",
        "View", "Rows", "Rows", "DataFrame", "Rows", "str",
    ]  # fmt: skip
    assert all(len(value) for value in shown if isinstance(value, Rows | list | pandas.DataFrame))
    assert all(value.count for value in shown if isinstance(value, View))
    assert all(value._repr_html_() for value in shown if isinstance(value, Rows | View))
    assert [path.name for path in (built / "docs").iterdir()] == ["talks.html"]
    assert shown[-1] == "no query is named “leader-meeting”; did you mean “leader-meetings”?"


def run(cells: list[str]) -> list[Any]:
    """The value of the last expression of each cell, as a notebook shows it; None where a cell ends otherwise."""
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = []
    for number, cell in enumerate(cells, 1):
        tree = ast.parse(cell, f"cell {number}")
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"cell {number}", "exec"), names)
        shown.append(None if last is None else eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names))
    return shown


def test_links_of_the_notebook_lead_somewhere(notebook: dict[str, Any], repository: Path) -> None:
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    assert links
    assert [link for link in links if not (repository / "docs" / link).is_file()] == []
