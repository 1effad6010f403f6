"""Data sets on the command line: built, asked, verified, extracted, refused; with made-up rows."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Irkg = Callable[..., CompletedProcess[str]]

ROLL_CALLS = """\
rcid,session,date,unres,importantvote,short,descr,issue,vote_RUS,vote_ISR,vote_USA
7.0,70.0,2015-03-04,A/RES/70/7,0,"BOATS, PAPER",To float paper boats – Flöße,Human rights|Colonialism,no,yes,abstain
8.0,46.0,1991-12-25,R/46/8,,,To fly kites,,yes,yes,
"""
DEALS = """\
Transfers of toys between all countries

Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,\
status,Comments
Russia,Israel,2015,?,10,?,Kite-2,toy kite,8,?,2016; 2018,New,Café
India,Israel,2016,,4,,Boat,boat,,,,New,
"""
EVENT_COLUMNS = (
    "Event ID,Event Date,Source Name,Source Country,Event Text,CAMEO Code,Target Name,Target Country,Story ID,Publisher,City,Country"
)
CALL = (
    "1,2018-06-01,Vladimir Putin,Russian Federation,Discuss by telephone,041,Benjamin Netanyahu,Israel,5,Trend,Moscow,Russian Federation",
    "2,2018-06-01,Benjamin Netanyahu,Israel,Discuss by telephone,041,Vladimir Putin,Russian Federation,5,Trend,NA,Israel",
)
EVENTS = "\n".join((EVENT_COLUMNS, *CALL)).replace(",", "\t") + "\n"

TOML = """\
[[source]]
id = "{id}"
file = "{file}"
kind = "{kind}"
title = "{id}"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def folder(here: Path) -> Path:
    """Three data sets, the register not in UTF-8."""
    folder = here / "sets"
    folder.mkdir()
    (folder / "votes.csv").write_text(ROLL_CALLS, encoding="utf-8")
    (folder / "deals.csv").write_text(DEALS, encoding="cp1252")
    (folder / "events.tab").write_text(EVENTS, encoding="utf-8")
    kinds = (("votes", "votes.csv", "un-votes"), ("deals", "deals.csv", "sipri-register"), ("events", "events.tab", "icews-events"))
    (folder / "sources.toml").write_text("".join(TOML.format(id=i, file=f, kind=k) for i, f, k in kinds), encoding="utf-8")
    return folder


def test_three_data_sets_are_built_asked_and_verified(folder: Path, irkg: Irkg) -> None:
    built = irkg("build", folder)
    assert built.returncode == 0, built.stderr
    assert built.stderr.splitlines()[-4:] == [
        "votes: 7 records",
        "deals: 1 records",
        "events: 1 records",
        "3 sources in the graph: 4 events, 5 stances",
    ]
    votes = json.loads(irkg("query", "un-votes", "-p", "from=2010", "--format", "json").stdout)
    assert [(row["date"], row["resolution"], row["israel"], row["russia"], row["agree"]) for row in votes] == [
        ("2015-03-04", "A/RES/70/7", "yes", "no", False)
    ]
    (deal,) = json.loads(irkg("query", "arms-agreements", "--format", "json").stdout)
    assert (deal["date"], deal["item"], deal["quantity"]) == ("2015?", "Kite-2, toy kite", 10)
    assert irkg("validate").stdout == "conforms: nothing breaks the shapes\n"
    verified = irkg("verify")
    assert verified.returncode == 0
    assert verified.stdout.splitlines() == [
        "deals: 1 of 1 spans in place",
        "events: 2 of 2 spans in place",
        "votes: 2 of 2 spans in place",
    ]


def test_a_changed_row_no_longer_verifies(folder: Path, irkg: Irkg) -> None:
    irkg("build", folder)
    (folder / "votes.csv").write_text(ROLL_CALLS.replace("To fly kites", "To hold kites"), encoding="utf-8")
    verified = irkg("verify")
    assert verified.returncode == 1
    assert "votes: 1 of 2 spans in place" in verified.stdout


def test_the_hash_is_that_of_the_file(folder: Path, irkg: Irkg) -> None:
    irkg("build", folder)
    asked = irkg("query", "-", "--format", "csv", stdin=b"SELECT ?hash { ?s :sourceKind 'sipri-register' ; :textHash ?hash }")
    assert hashlib.sha256((folder / "deals.csv").read_bytes()).hexdigest() in asked.stdout


def test_a_party_widens_the_deals(folder: Path, irkg: Irkg, refused: Callable[..., str]) -> None:
    place = folder / "deals.csv"
    built = irkg("build", place, "--party", "India", "--party", "Turkey")
    assert built.returncode == 0, built.stderr
    assert len(json.loads(irkg("query", "arms-agreements", "--format", "json").stdout)) == 2
    problem = refused(2, "build", place, "--party", "Hatland")
    assert problem == "--party Hatland: the reference data know no state of that name; try its common English name"


def test_building_again_replaces_and_leaves_the_others_alone(folder: Path, irkg: Irkg, here: Path) -> None:
    def of(store: str, source: str) -> list[str]:
        irkg("export", "-o", here / "all.nq", "--store", store)
        return [line for line in (here / "all.nq").read_text("utf-8").splitlines() if line.endswith(f"/graph/{source}> .")]

    irkg("build", folder, "--store", "three")
    three = {source: of("three", source) for source in ("votes", "deals", "events")}
    assert all(three.values())
    irkg("build", folder, "--store", "three")
    assert {source: of("three", source) for source in three} == three
    for name, kind in (("votes.csv", "un-votes"), ("events.tab", "icews-events")):
        irkg("build", folder / name, "--kind", kind, "--store", "two")
    assert {source: of("two", source) for source in three} == three | {"deals": []}


def test_a_bad_data_set_leaves_the_graph_as_it_was(folder: Path, irkg: Irkg, refused: Callable[..., str]) -> None:
    irkg("build", folder)
    votes = folder / "votes.csv"
    votes.write_text(ROLL_CALLS.replace("unres", "res"), encoding="utf-8")
    columns = "lacks the column “unres”"
    assert columns in refused_of(irkg("build", folder))
    kept = irkg("build", folder, "--keep-going")
    assert kept.returncode == 0
    assert f"left out: {votes}: {columns}" in kept.stderr
    assert len(json.loads(irkg("query", "un-votes", "--format", "json").stdout)) == 2


def test_a_data_set_that_breaks_off_leaves_its_graph_as_it_was(folder: Path, irkg: Irkg, here: Path) -> None:
    note, votes = here / "note.txt", folder / "votes.csv"
    note.write_text("On 4 April 2019 Netanyahu met Putin in Moscow.\n", encoding="utf-8")
    assert irkg("build", note, votes).returncode == 0
    irkg("export", "-o", here / "before.nq")
    header, boats, kites = ROLL_CALLS.splitlines()
    rows = [kites.replace("no", "yes"), *(boats.replace("2015-03-04", f"day {number}") for number in range(50))]
    votes.write_text("\n".join([header, *rows]), encoding="utf-8")
    kept = irkg("build", note, votes, "--keep-going")
    assert kept.returncode == 0, kept.stderr
    assert f"left out: {votes}: " in kept.stderr
    irkg("export", "-o", here / "after.nq")
    assert (here / "after.nq").read_bytes() == (here / "before.nq").read_bytes()


def refused_of(ran: CompletedProcess[str]) -> str:
    assert ran.returncode == 1
    return ran.stderr.splitlines()[-1]


def test_a_row_that_cant_be_read_is_told_and_too_many_stop_the_build(folder: Path, irkg: Irkg) -> None:
    votes = folder / "votes.csv"
    header, boats, kites = ROLL_CALLS.splitlines()
    rows = [boats.replace("7.0", f"{number}.0", 1) for number in range(150)]
    votes.write_text("\n".join([header, *rows, kites.replace("1991-12-25", "Christmas")]), encoding="utf-8")
    built = irkg("build", votes)
    assert built.returncode == 0
    told = [line for line in built.stderr.splitlines() if "Christmas" in line]
    assert told == [f"warning: {votes}:152: “Christmas” in the column “date” is no day such as 2018-06-01; the row is left out"]
    votes.write_text("\n".join([header, boats, kites.replace("1991-12-25", "Christmas")]), encoding="utf-8")
    assert "1 of the first 2 rows can't be read, more than 1%" in refused_of(irkg("build", votes))


def test_extract_streams_rows(folder: Path, irkg: Irkg) -> None:
    ran = irkg("extract", folder / "events.tab")
    assert ran.returncode == 0, ran.stderr
    (call,) = (json.loads(line) for line in ran.stdout.splitlines())
    assert (call["record"], call["kind"], call["row"], call["text"]) == ("event", "Communication", 1, CALL[0].replace(",", "\t"))
    assert call["cells"]["CAMEO Code"] == "041"
    assert [row["row"] for row in call["also_rows"]] == [2]


def test_documents_and_data_sets_together_by_several_processes(folder: Path, irkg: Irkg, here: Path) -> None:
    (here / "note.txt").write_text("On 4 April 2019 Netanyahu met Putin in Moscow.\n", encoding="utf-8")
    built = irkg("build", folder, here / "note.txt", "--jobs", "2")
    assert built.returncode == 0, built.stderr
    assert "4 sources in the graph" in built.stderr


def test_a_lone_data_set_is_known_by_its_columns(folder: Path, irkg: Irkg) -> None:
    (folder / "sources.toml").unlink()
    for file in ("votes.csv", "deals.csv", "events.tab"):
        ran = irkg("extract", folder / file)
        assert ran.returncode == 0, ran.stderr
        assert {json.loads(line)["record"] for line in ran.stdout.splitlines()} <= {"event", "stance"}
        assert all("row" in json.loads(line) for line in ran.stdout.splitlines())
    (folder / "fish.csv").write_text("fish,weight\ncod,3\n", encoding="utf-8")
    ran = irkg("extract", folder / "fish.csv")
    assert ran.returncode == 2
    assert "fish.csv: has the columns of none of un-votes, sipri-register, icews-events; say what it is with --kind" in ran.stderr
    assert irkg("extract", folder / "fish.csv", "--kind", "news").returncode == 0


def test_an_event_of_two_rows_is_told_once(folder: Path, irkg: Irkg) -> None:
    assert irkg("build", folder / "events.tab", "--store", folder / "store").returncode == 0
    ran = irkg("query", "leader-meetings", "--store", folder / "store", "--format", "json")
    [row] = json.loads(ran.stdout)
    assert row["date"] == "2018-06-01"
