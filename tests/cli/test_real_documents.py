"""What issue 2 says must be in the graph of the four real documents, and that every row points at its words."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

pytestmark = pytest.mark.shared

Irkg = Callable[..., CompletedProcess[str]]
Row = Mapping[str, Any]

SOURCES = ["defapress", "palestine-chronicle", "usatodaysun", "wikipedia-israel-russia"]


@dataclass(frozen=True)
class Real:
    """The graph of the real documents: its folder, what the build said, the documents as they came."""

    store: Path
    said: str
    corpus: Path
    raw: Mapping[str, str]


@pytest.fixture(scope="session")
def real(shared: Path, irkg_process: Irkg, tmp_path_factory: pytest.TempPathFactory) -> Real:
    folder, corpus = tmp_path_factory.mktemp("real"), shared / "corpus"
    built = irkg_process("build", corpus, "--store", "store", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert built.stdout == ""
    described = tomllib.loads((corpus / "sources.toml").read_text("utf-8"))["source"]
    raw = {source["id"]: (corpus / source["file"]).read_bytes().decode("utf-8") for source in described}
    assert sorted(raw) == SOURCES
    return Real(folder / "store", built.stderr, corpus, raw)


@pytest.fixture(scope="session")
def answers(real: Real, irkg_process: Irkg) -> Mapping[str, list[Row]]:
    found = {}
    for name in ("leader-meetings", "prisoner-deals", "arms-agreements"):
        asked = irkg_process("query", name, "--store", real.store, "--format", "json", cwd=real.store.parent)
        assert asked.returncode == 0, asked.stderr
        assert asked.stderr == ""
        found[name] = json.loads(asked.stdout)
    return found


@pytest.fixture
def meetings(answers: Mapping[str, list[Row]]) -> list[Row]:
    return answers["leader-meetings"]


@pytest.fixture
def prisoners(answers: Mapping[str, list[Row]]) -> list[Row]:
    return answers["prisoner-deals"]


@pytest.fixture
def arms(answers: Mapping[str, list[Row]]) -> list[Row]:
    return answers["arms-agreements"]


def brief(row: Row, *columns: str) -> tuple[Any, ...]:
    return tuple(row[column] for column in columns)


def names(row: Row, column: str) -> set[str]:
    return set(row[column].split(", ")) if row[column] else set()


def of_date(rows: list[Row], date: str, **values: object) -> list[Row]:
    return [row for row in rows if row["date"] == date and all(row[column] == value for column, value in values.items())]


def one(rows: list[Row]) -> Row:
    assert len(rows) == 1, rows
    return rows[0]


@pytest.mark.parametrize(
    ("date", "participants"),
    [("2019-04-04", {"Benjamin Netanyahu", "Vladimir Putin"}), ("2022-03-05", {"Naftali Bennett", "Vladimir Putin"})],
)
def test_meetings_in_moscow(meetings: list[Row], date: str, participants: set[str]) -> None:
    meeting = one(of_date(meetings, date, kind="Meeting", place="Moscow"))
    assert names(meeting, "participants") - {"Israel", "Russia"} == participants
    assert meeting["realis"] == "actual"


def test_the_summit_of_july_2018(meetings: list[Row]) -> None:
    found = [row for row in of_date(meetings, "2018-07", kind="Meeting") if "summit" in row["text"]]
    assert len(found) == 1, found
    assert found[0]["realis"] == "actual"
    assert names(found[0], "participants") & {"Russia", "Vladimir Putin"}
    assert names(found[0], "participants") & {"United States", "Donald Trump"}


def test_the_letter_of_18_april_2022(meetings: list[Row]) -> None:
    letter = one([row for row in of_date(meetings, "2022-04-18", kind="Communication") if "letter" in row["text"]])
    assert brief(letter, "participants", "realis") == ("Naftali Bennett, Vladimir Putin", "actual")


def test_the_call_of_may_2022_in_which_putin_apologised(real: Real, meetings: list[Row]) -> None:
    found = [row for row in meetings if row["kind"] == "Communication" and "call with" in row["text"]]
    call = one([row for row in found if "apologi" in real.raw[row["source"]][row["start"] - 120 : row["end"]]])
    assert brief(call, "participants", "realis") == ("Naftali Bennett, Vladimir Putin", "actual")
    assert call["date"] in ("2022-05", "2022-05~")


def test_the_meeting_of_29_february_2019(real: Real, meetings: list[Row]) -> None:
    meeting = one([row for row in of_date(meetings, "2019-02", kind="Meeting") if row["text"].endswith("29 February 2019")])
    assert brief(meeting, "participants", "place", "realis") == ("Benjamin Netanyahu, Vladimir Putin", "Moscow", "actual")
    warnings = [line for line in real.said.splitlines() if line.startswith("warning: ")]
    line = real.raw[meeting["source"]].count("\n", 0, meeting["start"]) + 1
    place = real.corpus / "wikipedia-israel-russia.txt"
    assert warnings == [f"warning: {place}:{line}: there is no 29 February 2019"]


def test_the_pardon_of_naama_issachar(prisoners: list[Row]) -> None:
    pardons = [row for row in of_date(prisoners, "2020-01-29") if "Naama Issachar" in names(row, "persons")]
    assert [names(row, "persons") for row in pardons] == [{"Naama Issachar"}] * 2
    signed = one([row for row in pardons if row["realis"] == "actual"])
    assert "Vladimir Putin" in names(signed, "parties")
    exchanged = one([row for row in pardons if row["realis"] == "reported"])
    assert "Alexander Courtyard" in exchanged["in_return"]
    assert signed["in_return"] is None


def test_the_return_of_the_remains_of_zechariah_baumel(prisoners: list[Row]) -> None:
    found = one([row for row in prisoners if "Zechariah Baumel" in names(row, "persons")])
    assert brief(found, "persons", "realis") == ("Zechariah Baumel", "actual")
    assert "remains" in found["text"]
    assert names(found, "parties") & {"Russia", "Vladimir Putin"}


def test_the_two_syrian_prisoners(prisoners: list[Row]) -> None:
    released = one(of_date(prisoners, "2020-01-10"))
    assert "two Syrian prisoners" in released["text"]
    assert released["realis"] == "actual"
    assert names(released, "parties") >= {"Israel", "Syria"}


@pytest.mark.parametrize(
    ("date", "supplier", "amount"),
    [
        ("2009-04", "Israel", 53_000_000),
        ("2010-10", "Israel Aerospace Industries", 400_000_000),
        ("2015-09", "Israel", 300_000_000),
    ],
)
def test_purchases_of_drones(arms: list[Row], date: str, supplier: str, amount: int) -> None:
    purchase = one(of_date(arms, date))
    assert brief(purchase, "supplier", "recipient", "amount", "currency", "realis") == (supplier, "Russia", amount, "USD", "actual")
    assert "drones" in purchase["item"]


def test_the_purchase_of_drones_of_late_2009(arms: list[Row]) -> None:
    """EDTF has no “late”; the year is as exact as it gets."""
    purchase = one([row for row in arms if row["amount"] == 100_000_000])
    assert purchase["date"][:4] == "2009"
    assert brief(purchase, "supplier", "recipient", "quantity", "currency", "realis") == ("Israel", "Russia", 36, "USD", "actual")
    assert "drones" in purchase["item"]


def test_the_radar_deal_with_india(arms: list[Row]) -> None:
    deal = one([row for row in arms if row["amount"] == 1_100_000_000])
    assert brief(deal, "date", "supplier", "recipient", "currency", "realis") == ("2004", "Israel", "India", "USD", "actual")
    assert "radar" in deal["item"]


def test_the_offer_of_1991_was_refused(arms: list[Row]) -> None:
    offer = one(of_date(arms, "1991"))
    assert brief(offer, "supplier", "recipient", "realis") == ("Soviet Union", "Israel", "refused")
    assert "MiG-31" in offer["item"]
    assert "S-300" in offer["item"]


def check_words(real: Real, rows: list[Row]) -> None:
    assert rows
    for row in rows:
        assert row["source"] in real.raw, row
        assert 0 <= row["start"] < row["end"], row
        assert real.raw[row["source"]][row["start"] : row["end"]] == row["text"], row


@pytest.mark.parametrize("name", ["leader-meetings", "prisoner-deals", "arms-agreements"])
def test_every_row_carries_its_source_span_and_words(real: Real, answers: Mapping[str, list[Row]], name: str) -> None:
    check_words(real, answers[name])
    assert all(row["source"] in row["sources"].split(", ") for row in answers[name])


@pytest.mark.parametrize("name", ["diplomatic-ties", "incidents", "stances", "quotations", "figures", "timeline"])
def test_so_does_every_row_of_the_other_questions(irkg: Irkg, real: Real, name: str) -> None:
    asked = irkg("query", name, "--store", real.store, "--format", "json")
    assert asked.returncode == 0, asked.stderr
    check_words(real, json.loads(asked.stdout))


def test_verify_finds_all_of_them(real: Real, irkg: Irkg, irkg_process: Irkg) -> None:
    checked = irkg_process("verify", real.corpus, "--store", real.store, cwd=real.store.parent)
    assert (checked.returncode, checked.stderr) == (0, "")
    lines = [re.fullmatch(r"(\S+): (\d+) of (\d+) spans in place", line) for line in checked.stdout.splitlines()]
    found = [line.groups() for line in lines if line]
    assert len(found) == len(lines)
    assert [source for source, _, _ in found] == SOURCES
    assert all(in_place == spans for _, in_place, spans in found)
    counted = irkg(
        "query", "-", "--store", real.store, "--format", "json", stdin=b"SELECT (COUNT(*) AS ?spans) { ?selector oa:exact ?words }"
    )
    assert json.loads(counted.stdout) == [{"spans": sum(int(spans) for _, _, spans in found)}]


def test_what_a_build_says(real: Real) -> None:
    *_, total = real.said.splitlines()
    records = r"(\d+ \w+, ){5}\d+ \w+"
    assert re.fullmatch(rf"4 sources in the graph: {records}", total), total
    read = re.findall(r"^(\S+): (\d+) records$", real.said, re.MULTILINE)
    assert sorted(source for source, _ in read) == SOURCES
    assert sum(int(number) for _, number in read) == sum(map(int, re.findall(r" (\d+) ", total)))
