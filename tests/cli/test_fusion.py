"""What sources say together: on the real documents with the real register and roll calls, and on invented texts."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Irkg = Callable[..., CompletedProcess[str]]
Row = Mapping[str, Any]

GAZETTE = "In May 1998 Peru freed 300 Chilean sailors. Some 4,512 Peruvian soldiers fell in 1999, according to Amnesty International.\n"
HERALD = "On 7 May 1998 Peru freed 300 Chilean sailors. In 1999 4,512 Peruvian soldiers fell, Amnesty International said.\n"


def asked(irkg: Irkg, store: Path, name: str, **more: Path) -> list[Row]:
    answer = irkg("query", name, "--store", store, "--format", "json", **more)
    assert answer.returncode == 0, answer.stderr
    rows: list[Row] = json.loads(answer.stdout)
    return rows


@pytest.fixture(scope="session")
def together(shared: Path, irkg_process: Irkg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the four documents, the register, and the roll calls of December 2018."""
    folder = tmp_path_factory.mktemp("together")
    votes = (shared / "data" / "unvotes_rus_isr_1949_2019.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "votes.csv").write_text(votes[0] + "".join(line for line in votes if ",2018-12-" in line), "utf-8")
    (folder / "register.csv").write_bytes((shared / "data" / "sipri_trade_register_all_2024-03-18.csv").read_bytes())
    (folder / "sources.toml").write_text(
        '[[source]]\nid = "un"\nfile = "votes.csv"\nkind = "un-votes"\ntitle = "un"\n'
        '[[source]]\nid = "sipri"\nfile = "register.csv"\nkind = "sipri-register"\ntitle = "sipri"\n',
        "utf-8",
    )
    built = irkg_process("build", shared / "corpus", folder, "--store", folder / "store", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder / "store"


@pytest.mark.shared
def test_the_disagreements_that_a_reader_of_both_pieces_would_name(together: Path, irkg_process: Irkg) -> None:
    rows = [row for row in asked(irkg_process, together, "disagreements", cwd=together) if {row["source_a"], row["source_b"]} == PIECES]
    found = {(row["differs_in"], frozenset({row["value_a"], row["value_b"]})) for row in rows}
    assert ("date", frozenset({"2024", "2025"})) in found
    assert any(row["differs_in"] == "what is measured" and "fivefold" in row["text_a"] + row["text_b"] for row in rows)
    assert not any(number in row["text_a"] + row["text_b"] for row in rows for number in ("82,700", "23,800"))


@pytest.mark.shared
def test_two_reports_of_one_office_are_one_origin(together: Path, irkg_process: Irkg) -> None:
    rows = {
        row["topic"]: row
        for row in asked(irkg_process, together, "corroborations", cwd=together)
        if row["sources"] == ", ".join(sorted(PIECES))
    }
    for number in ("82,700", "23,800"):
        [row] = [row for row in rows.values() if number in row["texts"]]
        assert row["independent"] == "no"


@pytest.mark.shared
def test_the_article_stands_beside_the_register_and_the_roll_calls(together: Path, irkg_process: Irkg) -> None:
    rows = [row for row in asked(irkg_process, together, "corroborations", cwd=together) if "wikipedia-israel-russia" in row["sources"]]
    [drones] = [row for row in rows if "sipri" in row["sources"] and "I-View" in row["texts"]]
    assert "Searcher" in drones["texts"] and drones["independent"] == "yes"
    [crimea] = [row for row in rows if "un" in row["sources"].split(", ")]
    assert "Crimea" in crimea["texts"]


PIECES = {"defapress", "palestine-chronicle"}


def build(irkg: Irkg, folder: Path, *names: str) -> Path:
    """A store of some of the two invented pieces."""
    texts = {"gazette": GAZETTE, "herald": HERALD}
    store = folder / "-".join(names)
    for name in names:
        (folder / f"{name}.txt").write_text(texts[name], "utf-8")
        built = irkg("build", folder / f"{name}.txt", "--kind", "news", "--published", "2000-01-03", "--store", store)
        assert built.returncode == 0, built.stderr
    return store


def test_two_pieces_that_cite_one_origin(irkg: Irkg, tmp_path: Path) -> None:
    rows = asked(irkg, build(irkg, tmp_path, "gazette", "herald"), "corroborations")
    assert {(row["sources"], row["independent"]) for row in rows if "4,512" in row["texts"]} == {("gazette, herald", "no")}
    assert {row["independent"] for row in rows if "sailors" in row["texts"]} == {"yes"}


def test_a_source_taken_out_leaves_the_others_as_they_were(irkg: Irkg, tmp_path: Path) -> None:
    """What fusion adds stands in its own graph: the graph of a source is the same with its neighbours and without."""

    def graph_of_gazette(store: Path) -> list[str]:
        out = tmp_path / f"{store.name}.nq"
        done = irkg("export", "--store", store, "-o", out)
        assert done.returncode == 0, done.stderr
        return [line for line in out.read_text("utf-8").splitlines() if line.endswith("graph/gazette> .")]

    alone = graph_of_gazette(build(irkg, tmp_path, "gazette"))
    assert alone
    assert alone == graph_of_gazette(build(irkg, tmp_path, "gazette", "herald"))
