"""Data sets: made-up rows in the formats of the real ones, with their traps; and the real files where they are at hand."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pyoxigraph
import pytest

from graph.building import build_in_memory
from graph.records import Entity, Event, Phrase, Record, RowSpan, Stance, as_json
from graph.reference import reference_quads
from graph.shapes import validate_source
from graph.store import GraphStore
from graph.terms import OA, TERM, text
from graph.triples import SourceDescription, Surroundings, document_quads, record_node
from loaders.tables import read_table
from loaders.tables.actors import actor
from loaders.tables.cameo import code_of, codes
from loaders.tables.icews import joined
from loaders.tables.rows import MOST_REPEATS_TOLD, _Digests, decoded_text
from loaders.texts.sources import Source
from ontology.errors import IrkgError, UsageError
from ontology.kinds import ACTS, KINDS, POLARITIES
from ontology.reference import load_reference
from queries.catalogue import run

ISRAEL, RUSSIA, SOVIET_UNION, UNITED_STATES = (
    f"https://w3id.org/irkg/entity/{name}" for name in ("israel", "russia", "soviet-union", "united-states")
)

VOTES = "rcid,session,date,unres,importantvote,short,descr,issue,vote_RUS,vote_ISR,vote_USA"
BOATS = '7.0,70.0,2015-03-04,A/RES/70/7,0,"BOATS, PAPER",To float paper boats,Human rights|Colonialism,no,yes,abstain'
KITES = "8.0,46.0,1991-12-25,R/46/8,,,To fly kites,,yes,yes,"
TOPS = "9.0,46.0,1991-12-26,,0,SPINNING TOPS,To spin tops,Colonialism,abstain,no,no"

PREFACE = '"Transfers" of toys between all countries\n"Open prose\nA \'?\' in a column indicates uncertain data.\n\n'
DEALS = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
TO_RUSSIA = "Russia,Israel,2015,?,10,?,Kite-2,toy kite,8,?,2016; 2018,New,Ordered by post,0.1,1,0.8"
TO_INDIA = "India,Israel,2016,,4,,Boat,boat,,,,New,,1,4,"
TO_SOVIETS = "Soviet Union,Israel,1970,,,,Top,spinning top,3,,1971,Second hand,,1,,3"
TO_REBELS = "Hat rebels (India)*,unknown supplier(s),1990,,2,,Hat,hat,2,,1990,New,,1,2,2"

EVENTS = "\t".join((
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
    "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
))  # fmt: skip


def coded(
    id_: int, one: str, code: str, other: str, *, day: str = "2018-06-01", story: int = 1, city: str = "NA", publisher: str = "P"
) -> str:
    """A row of ICEWS; a name is written as “Name/Country”."""
    (name, country), (target, of) = (side.split("/") for side in (one, other))
    return "\t".join((
        str(id_), day, name, "NA", country, "words", code, "1", target, "NA", of, str(story), "1", publisher, city, "NA", "NA", country,
        "1.5", "2.5",
    ))  # fmt: skip


class Table:
    """A small file of a kind, and what reading it says."""

    def __init__(self, folder: Path, kind: str, content: str | bytes) -> None:
        self.place = folder / "table.csv"
        self.place.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        self.kind = kind
        self.said: list[str] = []

    def read(self, *parties: str) -> list[Record]:
        source = Source("table", str(self.place), "A table", self.kind)
        records = list(read_table(source, parties, load_reference(), self._say))
        whole = decoded_text(str(self.place))
        assert [record.text for record in records] == [whole[record.start : record.end] for record in records]
        return records

    def _say(self, message: str) -> None:
        self.said.append(message.replace(str(self.place), "TABLE"))

    def refused(self, *parties: str) -> str:
        with pytest.raises(IrkgError) as caught:
            self.read(*parties)
        assert "\n" not in str(caught.value)
        return str(caught.value).replace(str(self.place), "TABLE")


@pytest.fixture
def votes(tmp_path: Path) -> Callable[..., Table]:
    return lambda *rows, header=VOTES: Table(tmp_path, "un-votes", "\n".join((header, *rows)) + "\n")


@pytest.fixture
def deals(tmp_path: Path) -> Callable[..., Table]:
    return lambda *rows, header=DEALS: Table(tmp_path, "sipri-register", "\n".join((PREFACE + header, *rows)) + "\n")


@pytest.fixture
def events(tmp_path: Path) -> Callable[..., Table]:
    return lambda *rows, header=EVENTS: Table(tmp_path, "icews-events", "\n".join((header, *rows)) + "\n")


# ——— Roll calls ———


def test_a_roll_call_is_a_vote_and_a_stance_of_each_who_voted(votes: Callable[..., Table]) -> None:
    table = votes(BOATS)
    event, *stances = table.read()
    assert table.said == []
    assert isinstance(event, Event)
    assert (event.kind, event.family, event.realis, event.plover) == ("Vote", "diplomatic", "actual", None)
    assert (event.date, event.resolution, event.item) == ("2015-03-04", "A/RES/70/7", "BOATS, PAPER")
    assert event.issues == ("Human rights", "Colonialism")
    assert [participant.id for participant in event.participants] == [ISRAEL, RUSSIA, UNITED_STATES]
    assert (event.text, event.row, event.start) == (BOATS, 1, len(VOTES) + 1)
    assert event.cells == (
        ("rcid", "7.0"), ("date", "2015-03-04"), ("unres", "A/RES/70/7"), ("short", "BOATS, PAPER"), ("issue", "Human rights|Colonialism"),
        ("vote_ISR", "yes"), ("vote_RUS", "no"), ("vote_USA", "abstain"),
    )  # fmt: skip
    assert [(s.holder.id, s.act, s.polarity, s.plover, s.target, s.date) for s in stances if isinstance(s, Stance)] == [
        (ISRAEL, "endorse", "support", "SUPPORT", Phrase("A/RES/70/7: BOATS, PAPER"), "2015-03-04"),
        (RUSSIA, "reject", "oppose", "REJECT", Phrase("A/RES/70/7: BOATS, PAPER"), "2015-03-04"),
        (UNITED_STATES, "decline", "neutral", None, Phrase("A/RES/70/7: BOATS, PAPER"), "2015-03-04"),
    ]


def test_the_soviet_union_is_coded_as_russia_and_told_by_the_date(votes: Callable[..., Table]) -> None:
    events = [record for record in votes(KITES, TOPS).read() if isinstance(record, Event)]
    assert [[side.id for side in event.participants] for event in events] == [
        [ISRAEL, SOVIET_UNION],  # the United States cast no vote
        [ISRAEL, RUSSIA, UNITED_STATES],
    ]


def test_what_a_row_does_not_have_is_not_made_up(votes: Callable[..., Table]) -> None:
    bare = "10.0,46.0,1991-12-30,,,,,,yes,no,"
    event, stance, _ = votes(bare).read()
    assert isinstance(event, Event)
    assert isinstance(stance, Stance)
    assert (event.resolution, event.item, event.issues, event.vote) == (None, None, (), None)
    assert stance.target == Phrase("roll call 10")
    kites, *_ = votes(KITES).read()
    assert isinstance(kites, Event)
    assert kites.item == "To fly kites"  # no short title, so the description


def test_json_shows_row_and_cells_only_where_there_are_some(votes: Callable[..., Table]) -> None:
    event, stance, *_ = (as_json(record) for record in votes(BOATS).read())
    assert event["row"] == stance["row"] == 1
    assert event["cells"]["vote_ISR"] == "yes"
    assert event["issues"] == ["Human rights", "Colonialism"]
    assert not {"also_rows", "delivered", "condition", "quantity"} & set(event)
    told = Stance(
        source="s",
        start=0,
        end=1,
        text="x",
        rule="r",
        holder=Entity(ISRAEL, "Israel", "State"),
        target=Phrase("x"),
        polarity="support",
        act="praise",
    )
    assert not {"row", "cells", "also_rows"} & set(as_json(told))


# ——— The register ———


def test_a_deal_of_the_two_sides(deals: Callable[..., Table]) -> None:
    table = deals(TO_INDIA, TO_RUSSIA, TO_SOVIETS, TO_REBELS)
    first, second = table.read()
    assert table.said == []
    assert isinstance(first, Event)
    assert isinstance(second, Event)
    assert (first.kind, first.date, first.item, first.row) == ("ArmsDeal", "2015?", "Kite-2, toy kite", 2)
    assert first.supplier is not None
    assert first.recipient is not None
    assert (first.supplier.id, first.recipient.id) == (ISRAEL, RUSSIA)
    assert (first.quantity, first.qualifier, first.delivered, first.delivered_qualifier) == (10, "uncertain", 8, "uncertain")
    assert (first.delivered_in, first.condition, first.remarks) == (("2016", "2018"), "New", "Ordered by post")
    assert ("Year of order ?", "?") in first.cells
    assert second.recipient is not None
    assert (second.recipient.id, second.date, second.quantity, second.qualifier) == (SOVIET_UNION, "1970", None, None)


def test_a_party_widens_what_is_read(deals: Callable[..., Table]) -> None:
    table = deals(TO_INDIA, TO_RUSSIA, TO_SOVIETS, TO_REBELS)
    assert [record.row for record in table.read("India")] == [1, 2, 3]
    assert [record.row for record in table.read("Republic of India", "Israel")] == [1, 2, 3]
    with pytest.raises(UsageError, match="--party Hatland: the reference data know no state of that name"):
        table.read("Hatland")


def test_armed_groups_and_unknown_sides(deals: Callable[..., Table]) -> None:
    row = TO_REBELS.replace("unknown supplier(s)", "India")
    (event,) = deals(row).read("India")
    assert isinstance(event, Event)
    assert event.recipient is not None
    assert (event.recipient.label, event.recipient.known) == ("Hat rebels (India)", False)
    (event,) = deals(TO_INDIA.replace("Israel", "unknown supplier(s)")).read("India")
    assert isinstance(event, Event)
    assert (event.supplier, [side.label for side in event.participants]) == (None, ["India"])


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (TO_RUSSIA.replace("2015,", "15,"), "“15” in the column “Year of order” is no year"),
        (TO_RUSSIA.replace(",10,", ",ten,"), "“ten” in the column “Number ordered” is no number"),
        (TO_RUSSIA.replace("Israel", ""), "the column “Supplier” is empty"),
        (TO_RUSSIA.replace(",Ordered by post,", ","), "15 cells where the header has 16"),
    ],
)
def test_rows_of_the_register_that_cant_be_read(row: str, problem: str, deals: Callable[..., Table]) -> None:
    table = deals(*(TO_INDIA.replace("Boat,", f"Boat-{n},") for n in range(99)), row)
    assert table.read() == []
    assert table.said == [f"warning: TABLE:105: {problem}; the row is left out"]


# ——— Machine-coded events ———

PUTIN, NETANYAHU = "Vladimir Putin/Russian Federation", "Benjamin Netanyahu/Israel"


def test_both_directions_of_one_fact_are_one_event(events: Callable[..., Table]) -> None:
    there = coded(1, PUTIN, "041", NETANYAHU, city="Moscow")
    back = coded(2, NETANYAHU, "041", PUTIN)
    table = events(there, coded(3, "Japan/Japan", "040", "Vietnam/Vietnam"), back)
    call, meeting = table.read()
    assert table.said == []
    assert isinstance(call, Event)
    assert (call.kind, call.date, call.plover) == ("Communication", "2018-06-01", "CONSULT")
    assert [side.label for side in call.participants] == ["Vladimir Putin", "Benjamin Netanyahu"]
    assert call.place is not None
    assert call.place.label == "Moscow"
    assert (call.row, [row.row for row in call.also_rows]) == (1, [3])
    assert call.also_rows[0].text == back
    assert as_json(call)["also_rows"][0]["cells"]["Event ID"] == "2"
    assert (meeting.row, meeting.also_rows) == (2, ())


def test_a_visit_told_by_its_host_is_the_same_visit(events: Callable[..., Table]) -> None:
    (visit,) = events(
        coded(1, NETANYAHU, "042", "Russia/Russian Federation"), coded(2, "Russia/Russian Federation", "043", NETANYAHU)
    ).read()
    assert isinstance(visit, Event)
    assert (visit.kind, [side.label for side in visit.participants], len(visit.also_rows)) == ("Visit", ["Benjamin Netanyahu", "Russia"], 1)


@pytest.mark.parametrize(
    ("second", "records"),
    [
        (coded(2, PUTIN, "040", NETANYAHU, story=2, publisher="Q", city="Haifa"), 1),  # the same in another paper
        (coded(2, NETANYAHU, "040", PUTIN, story=2, publisher="Q"), 1),  # the same from the other side there
        (coded(2, PUTIN, "040", NETANYAHU, day="2018-06-02"), 2),  # another day
        (coded(2, PUTIN, "041", NETANYAHU), 2),  # another code
        (coded(2, PUTIN, "040", "Israel/Israel"), 2),  # another side
    ],
)
def test_one_event_or_two(second: str, records: int, events: Callable[..., Table]) -> None:
    assert len(events(coded(1, PUTIN, "040", NETANYAHU), second).read()) == records


def test_what_is_not_mutual_is_not_turned_round(events: Callable[..., Table]) -> None:
    attacks = [coded(1, "Israel/Israel", "190", "Syria/Syria"), coded(2, "Syria/Syria", "190", "Israel/Israel")]
    assert len(events(*attacks).read()) == 2


def test_nameless_people_are_told_apart_by_the_place(events: Callable[..., Table]) -> None:
    def arrest(number: int, city: str, story: int) -> str:
        return coded(number, "Police (India)/India", "173", "Citizen (India)/India", city=city, story=story)

    records = events(arrest(1, "Pune", 1), arrest(2, "Goa", 2), arrest(3, "Pune", 3), arrest(4, "Goa", 2)).read()
    assert [(record.row, [row.row for row in record.also_rows]) for record in records] == [(1, [3]), (2, [4])]


def test_a_stance_by_its_code(events: Callable[..., Table]) -> None:
    (stance,) = events(coded(1, "Sergey Viktorovich Lavrov/Russian Federation", "111", "Foreign Affairs (Israel)/Israel")).read()
    assert isinstance(stance, Stance)
    assert (stance.holder.label, stance.act, stance.polarity, stance.plover) == ("Sergey Lavrov", "condemn", "oppose", "ACCUSE")
    assert stance.target.label == "Israeli Ministry of Foreign Affairs"


def test_a_stance_needs_both_sides(events: Callable[..., Table]) -> None:
    assert events(coded(1, "Unspecified Actor/NA", "111", "Israel/Israel")).read() == []
    (event,) = events(coded(1, "Unspecified Actor/NA", "190", "Israel/Israel")).read()
    assert isinstance(event, Event)
    assert [side.label for side in event.participants] == ["Israel"]


@pytest.mark.parametrize(
    ("name", "country", "label", "known"),
    [
        ("Russian Federation", "Russian Federation", "Russia", True),
        ("NA", "Moldova, Republic of", "Moldova", True),
        ("Palestinian Territory, Occupied", "NA", "Palestine", True),
        ("Dmitry Anatolyevich Medvedev", "Russian Federation", "Dmitry Medvedev", True),
        ("Foreign Affairs (Russia)", "Russian Federation", "Ministry of Foreign Affairs of Russia", None),
        ("Government (Jordan)", "Jordan", "Jordan", True),
        ("Citizen (India)", "India", "Citizen (India)", False),
        ("Ada Brandt", "Norland", "Ada Brandt", False),
        ("Sergey Ivanovich Lavrov", "India", "Sergey Ivanovich Lavrov", False),  # a namesake elsewhere
        ("Unspecified Actor", "India", "Unspecified Actor (India)", False),
    ],
)
def test_whom_a_name_means(name: str, country: str, label: str, known: bool | None) -> None:
    entity = actor(name, country, "2018-06-01", load_reference())
    assert entity is not None
    if known is None:
        assert entity.type == "Organisation"
    else:
        assert (entity.label, entity.known) == (label, known)


def test_a_state_is_that_of_the_day() -> None:
    entity = actor("Russia", "Russian Federation", "1970-06-01", load_reference())
    assert entity is not None
    assert entity.id == SOVIET_UNION
    assert actor("NA", "NA", "1970-06-01", load_reference()) is None


def test_every_code_is_a_kind_or_an_act_of_the_ontology() -> None:
    assert len(codes()) > 50
    for code in codes().values():
        assert (code.kind in KINDS) != (code.act in ACTS and code.polarity in POLARITIES), code
        assert code.inverse_of is None or code.inverse_of in codes()
    assert {f"{root:02}" for root in range(1, 21)} <= set(codes())


@pytest.mark.parametrize(
    ("cameo", "entry"), [("0241", "02"), ("041", "041"), ("1831", "18"), ("193", "19"), ("0", None), ("21", None), ("--", None), ("", None)]
)
def test_a_code_is_read_by_its_longest_entry(cameo: str, entry: str | None) -> None:
    code = code_of(cameo)
    assert (code.cameo if code else None) == entry


def test_joining_holds_a_window_of_rows_only(events: Callable[..., Table]) -> None:
    (one,) = events(coded(1, PUTIN, "040", NETANYAHU)).read()
    rows = [replace(one, row=number, start=number * 10, end=number * 10 + 5) for number in (1, 3, 7)]
    assert [(record.row, len(record.also_rows)) for record in joined(rows, window=5)] == [(1, 1), (7, 0)]
    assert [(record.row, len(record.also_rows)) for record in joined(rows, window=6)] == [(1, 2)]


# ——— Columns ———


def test_unknown_columns_are_told_once_and_not_read(votes: Callable[..., Table]) -> None:
    table = votes(BOATS + ",x,y", KITES + ",x,z", header=VOTES + ",colour,size")
    assert len(table.read()) == 7
    assert table.said == ["warning: TABLE: unknown columns “colour”, “size”; not read"]


def test_a_column_that_is_not_used_may_be_missing(votes: Callable[..., Table]) -> None:
    table = votes(BOATS.replace("7.0,70.0,", "7.0,", 1), header=VOTES.replace("session,", ""))
    assert len(table.read()) == 4
    assert table.said == []


def test_missing_columns_stop_with_their_names(votes: Callable[..., Table], events: Callable[..., Table]) -> None:
    assert votes(BOATS, header=VOTES.replace("unres", "res")).refused() == "TABLE: lacks the column “unres”"
    assert events("", header=EVENTS.replace("Story ID\t", "").replace("Publisher\t", "")).refused() == (
        "TABLE: lacks the columns “Story ID”, “Publisher”"
    )
    assert votes(BOATS, header=VOTES.replace("session", "date")).refused() == "TABLE: has the column “date” twice; take one of them out"


def test_a_wrong_delimiter_is_named(votes: Callable[..., Table], deals: Callable[..., Table]) -> None:
    problem = votes(BOATS.replace(",", ";"), header=VOTES.replace(",", ";")).refused()
    assert problem.startswith("TABLE: lacks the columns “rcid”, “date”, ")
    assert problem.endswith("; its columns are separated by a semicolon, and should be by a comma")
    assert deals(TO_RUSSIA, header="Once upon a time").refused().startswith("TABLE: lacks the columns “Recipient”, “Supplier”, ")


def test_a_marking_column_is_needed_too(deals: Callable[..., Table]) -> None:
    header = DEALS.replace("Number ordered, ,", "Number ordered,")
    assert deals(TO_RUSSIA, header=header).refused() == "TABLE: lacks the column “Number ordered ?”"


# ——— Bytes ———


def test_a_line_that_is_not_utf8_is_windows_1252(tmp_path: Path) -> None:
    lines = [VOTES.encode(), BOATS.replace("PAPER", "PÄPER").encode("cp1252"), KITES.replace("kites", "kïtes – 風").encode("utf-8")]
    table = Table(tmp_path, "un-votes", b"\r\n".join(lines) + b"\r\n")
    boats, kites = (record for record in table.read() if isinstance(record, Event))
    assert (boats.item, kites.item) == ("BOATS, PÄPER", "To fly kïtes – 風")
    assert (boats.start, boats.text[-1], kites.start) == (len(VOTES) + 2, "n", len(VOTES) + 2 + len(BOATS) + 2)
    assert table.said == []


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    table = Table(tmp_path, "un-votes", f"{VOTES}\n{BOATS}".encode("utf-8-sig"))
    assert [record.start for record in table.read()] == [len(VOTES) + 2] * 4


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "TABLE: is empty"),
        (VOTES.encode(), "TABLE: holds no row of data below its header"),
        (f"{VOTES}\n{BOATS}".encode("utf-16"), "TABLE:1: is binary (it holds a zero byte), not text; save it as UTF-8"),
        (b"x" * 1_000_001, "TABLE:1: a line of more than 1,000,000 bytes; this is no table"),
    ],
)
def test_files_that_are_no_tables(content: bytes, problem: str, tmp_path: Path) -> None:
    assert Table(tmp_path, "un-votes", content).refused() == problem


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    table = Table(tmp_path, "un-votes", b"")
    table.place.unlink()
    assert table.refused() == "TABLE: is named as a source and is not there"


def test_a_cell_may_hold_a_line_break(votes: Callable[..., Table]) -> None:
    records = votes(BOATS.replace("BOATS, PAPER", "BOATS,\nPAPER"), KITES).read()
    assert [(record.row, record.text.count("\n")) for record in records if isinstance(record, Event)] == [(1, 1), (2, 0)]


# ——— Rows ———


def roll_calls(count: int) -> list[str]:
    return [BOATS.replace("7.0", f"{number}.0", 1) for number in range(count)]


def test_a_truncated_file_loses_its_last_row_only(votes: Callable[..., Table]) -> None:
    table = votes(*roll_calls(150))
    table.place.write_bytes(table.place.read_bytes()[:-60])
    assert len(table.read()) == 149 * 4
    assert table.said == ["warning: TABLE:151: 7 cells where the header has 11; the row is left out"]


def test_a_file_that_ends_within_quotation_marks(votes: Callable[..., Table]) -> None:
    table = votes(*roll_calls(150))
    table.place.write_bytes(table.place.read_bytes()[: -len(BOATS) + 45])
    assert len(table.read()) == 149 * 4
    assert table.said == ["warning: TABLE:151: unexpected end of data; the row is left out"]


def test_a_quotation_mark_that_is_not_closed_costs_one_row(votes: Callable[..., Table]) -> None:
    rows = roll_calls(2500)
    rows[3] = KITES.replace(",,To fly", ',,"To fly')
    table = votes(*rows)
    records = table.read()
    assert len(records) == 2499 * 4
    assert {record.row for record in records} == set(range(1, 2501)) - {4}
    assert len(table.said) == 1
    assert table.said[0].startswith("warning: TABLE:5: ")


def test_a_day_that_no_calendar_has_keeps_its_month(votes: Callable[..., Table], events: Callable[..., Table]) -> None:
    table = votes(BOATS.replace("2015-03-04", "2015-02-29"), KITES.replace("1991-12-25", "1991-13-01"))
    boats, kites = (record for record in table.read() if isinstance(record, Event))
    assert (boats.date, kites.date) == ("2015-02", "1991")
    assert table.said == [
        "warning: TABLE:2: no calendar has “2015-02-29” (column “date”); “2015-02” is kept of it",
        "warning: TABLE:3: no calendar has “1991-13-01” (column “date”); “1991” is kept of it",
    ]
    (event,) = events(coded(1, PUTIN, "040", NETANYAHU, day="2018-06-31")).read()
    assert isinstance(event, Event)
    assert event.date == "2018-06"


def test_a_repeated_row_is_left_out_and_told(votes: Callable[..., Table]) -> None:
    table = votes(BOATS, KITES, BOATS)
    assert {record.row for record in table.read()} == {1, 2}
    assert table.said == ["warning: TABLE:4: the same row stood before; the repetition is left out"]
    table = votes(*[BOATS] * 31)
    assert len(table.read()) == 4
    assert len(table.said) == MOST_REPEATS_TOLD + 1
    assert table.said[-1] == "warning: TABLE: 30 rows stood before, 10 more than are told above"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (BOATS.replace(",no,", ",nay,"), "“nay” in the column “vote_RUS” is no vote; there are yes, no, abstain"),
        (BOATS.replace("2015-03-04", "4 March 2015"), "“4 March 2015” in the column “date” is no day such as 2018-06-01"),
        (BOATS.replace("2015-03-04", ""), "“” in the column “date” is no day such as 2018-06-01"),
        (BOATS + ",", "12 cells where the header has 11"),
    ],
)
def test_a_roll_call_that_cant_be_read_is_told_with_its_line(row: str, problem: str, votes: Callable[..., Table]) -> None:
    table = votes(*roll_calls(99), row)
    assert len(table.read()) == 99 * 4
    assert table.said == [f"warning: TABLE:101: {problem}; the row is left out"]


def test_more_than_one_percent_stops_the_load(votes: Callable[..., Table]) -> None:
    bad = [BOATS.replace(",no,", f",nay{number},") for number in range(20)]
    assert len(votes(*roll_calls(198), *bad[:2]).read()) == 198 * 4
    problem = votes(*roll_calls(197), *bad[:2]).refused()
    assert problem == (
        "TABLE: 2 of the first 199 rows can't be read, more than 1%; the first is line 199: "
        "“nay0” in the column “vote_RUS” is no vote; there are yes, no, abstain. Mend them, or name the file's right --kind"
    )
    on_the_way = votes(*roll_calls(1000), *bad, *roll_calls(5000))
    assert "11 of the first 1011 rows" in on_the_way.refused()


def test_an_unknown_code(events: Callable[..., Table]) -> None:
    table = events(*(coded(n, PUTIN, "040", NETANYAHU) for n in range(99)), coded(99, PUTIN, "999", NETANYAHU))
    assert len(table.read()) == 1
    assert table.said == ["warning: TABLE:101: “999” in the column “CAMEO Code” is no code of CAMEO; the row is left out"]


def test_a_quotation_mark_is_a_letter_in_icews(events: Callable[..., Table]) -> None:
    (event,) = events(coded(1, 'The "Hat/India', "190", "Syria/Syria")).read()
    assert isinstance(event, Event)
    assert event.participants[0].label == 'The "Hat'


# ——— In the graph ———


def quads_of(records: Iterable[Record], kind: str) -> list[pyoxigraph.Quad]:
    return list(document_quads(SourceDescription("table", "A table", kind), ((record, Surroundings()) for record in records)))


def test_a_row_is_evidence_in_the_graph(votes: Callable[..., Table]) -> None:
    table = votes(BOATS, KITES)
    quads = quads_of(table.read(), "un-votes")
    assert validate_source(quads) == []
    selectors = {text(quad.object) for quad in quads if quad.predicate == OA.hasSelector}
    assert len(selectors) == 2
    rows = sorted(text(quad.object) for quad in quads if quad.predicate == TERM.row)
    assert rows == ["1", "2"]
    assert "vote_ISR=yes" in {text(quad.object) for quad in quads if quad.predicate == TERM.cell}
    assert [quad for quad in quads if quad.predicate in (OA.prefix, OA.suffix)] == []


def test_several_rows_are_several_evidences_of_one_event(events: Callable[..., Table]) -> None:
    (call,) = events(coded(1, PUTIN, "041", NETANYAHU), coded(2, NETANYAHU, "041", PUTIN)).read()
    quads = quads_of([call], "icews-events")
    assert validate_source(quads) == []
    evidences = {text(quad.object) for quad in quads if text(quad.subject) == record_node(call) and quad.predicate == TERM.evidence}
    assert len(evidences) == 2
    store = build_in_memory(quads)
    found = {(row["n"].value, row["words"].value) for row in store.select(
        "SELECT ?n ?words { ?e a :Event ; :evidence/oa:hasSelector ?s . ?s :row ?n ; oa:exact ?words }"
    )}  # fmt: skip
    assert {(str(row.row), row.text) for row in (span(call), *call.also_rows)} == found


def span(record: Record) -> RowSpan:
    assert record.row is not None
    return RowSpan(start=record.start, end=record.end, text=record.text, row=record.row, cells=record.cells)


def test_deals_conform(deals: Callable[..., Table]) -> None:
    quads = quads_of(deals(TO_INDIA, TO_RUSSIA, TO_SOVIETS, TO_REBELS).read("India"), "sipri-register")
    assert validate_source(quads) == []
    assert sorted(text(quad.object) for quad in quads if quad.predicate == TERM.deliveredIn) == ["1971", "2016", "2018"]


def asked(records: Iterable[Record]) -> GraphStore:
    return build_in_memory([*reference_quads(), *quads_of(records, "un-votes")])


def test_un_votes_of_a_small_file(votes: Callable[..., Table]) -> None:
    store = asked(votes(BOATS, KITES, TOPS).read())
    answer = run(store, "un-votes")
    assert [row[:8] for row in answer.rows] == [
        ("1991-12-25", "R/46/8", "To fly kites", "yes", "yes", True, None, None),
        ("1991-12-26", None, "SPINNING TOPS", "no", "abstain", False, "no", "Colonialism"),
        ("2015-03-04", "A/RES/70/7", "BOATS, PAPER", "yes", "no", False, "abstain", "Colonialism, Human rights"),
    ]
    for parameters, rows in (({"from": "1992"}, 1), ({"to": "1991-12-25"}, 1), ({"issue": "colonial"}, 2), ({"issue": "kites"}, 1)):
        assert len(run(store, "un-votes", parameters).rows) == rows
    assert run(store, "un-agreement").rows == (
        ("year", "1991", 2, 1, 50),
        ("year", "2015", 1, 0, 0),
        ("issue", "(none)", 1, 1, 100),
        ("issue", "Colonialism", 2, 0, 0),
        ("issue", "Human rights", 1, 0, 0),
        ("decade", "1990s", 2, 1, 50),
        ("decade", "2010s", 1, 0, 0),
    )


# ——— The real files ———


@pytest.fixture(scope="module")
def real(shared: Path) -> Path:
    return shared / "data"


def read_real(place: Path, kind: str, *parties: str) -> tuple[list[Record], list[str]]:
    said: list[str] = []
    return list(read_table(Source("table", str(place), "A table", kind), parties, load_reference(), said.append)), said


def test_every_roll_call_of_the_real_file(real: Path) -> None:
    place = real / "unvotes_rus_isr_1949_2019.csv"
    with place.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    alike = [row for row in rows if row["vote_RUS"] == row["vote_ISR"]]
    assert (len(rows), len(alike)) == (5644, 1561)

    records, said = read_real(place, "un-votes")
    assert said == []
    store = asked(records)
    answer = run(store, "un-votes")
    column = {name: number for number, name in enumerate(answer.columns)}
    assert len(answer.rows) == len(rows)
    assert sum(bool(row[column["agree"]]) for row in answer.rows) == len(alike)
    wanted = Counter((r["date"], r["unres"], r["vote_ISR"], r["vote_RUS"], r["vote_USA"]) for r in rows)
    found = Counter(tuple(row[column[c]] or "" for c in ("date", "resolution", "israel", "russia", "united_states")) for row in answer.rows)
    assert found == wanted
    soviet = sum(row["date"] < "1991-12-26" for row in rows)
    assert sum(isinstance(r, Stance) and r.holder.id == SOVIET_UNION for r in records) == soviet

    by_year = {row[1]: row[2:4] for row in run(store, "un-agreement").rows if row[0] == "year"}
    assert by_year == {
        year: (sum(row["date"][:4] == year for row in rows), sum(row["date"][:4] == year for row in alike))
        for year in {row["date"][:4] for row in rows}
    }
    by_issue = {row[1]: row[2:4] for row in run(store, "un-agreement").rows if row[0] == "issue"}
    issues = {issue for row in rows for issue in row["issue"].split("|")}
    assert by_issue == {
        issue or "(none)": (sum(issue in row["issue"].split("|") for row in rows), sum(issue in row["issue"].split("|") for row in alike))
        for issue in issues
    }

    crimea = run(store, "un-votes", {"issue": "Crimea", "to": "2018"}).rows
    assert [row[column["israel"]] for row in crimea] == ["yes"] * 4
    assert [row[column["date"]][:4] for row in crimea] == ["2016", "2017", "2018", "2018"]


def test_the_drones_of_the_real_register(real: Path) -> None:
    place = real / "sipri_trade_register_all_2024-03-18.csv"
    records, said = read_real(place, "sipri-register")
    deals = [(r.date, r.item, r.quantity, r.delivered, r.delivered_in) for r in records if isinstance(r, Event)]
    assert deals == [
        ("2009", "I-View-150, UAV", 8, 8, ("2009", "2010")),
        ("2009", "Searcher, UAV", 2, 2, ("2009", "2010")),
        ("2010", "Searcher, UAV", 10, 10, ("2013", "2014")),
    ]
    assert records[0].text.startswith("Russia,Israel,2009,,8,,I-View-150,UAV")
    assert records[0].text == decoded_text(str(place))[records[0].start : records[0].end]
    assert len([line for line in said if "cells where the header has 16" in line]) == 4  # two rows that a line break tore in two
    assert len([line for line in said if "the same row stood before" in line]) == len(said) - 4
    wide, _ = read_real(place, "sipri-register", "Israel")
    with place.open(encoding="cp1252", newline="") as file:
        of_israel = {line for line in file.read().splitlines() if "Israel" in line.split(",")[:2] and line.count(",") == 15}
    assert len(wide) == len(of_israel)


def test_the_phone_call_of_the_real_events(real: Path) -> None:
    records, said = read_real(real / "icews_events_2018_sample.tab", "icews-events")
    assert said == []
    wanted = {"Vladimir Putin", "Benjamin Netanyahu"}
    both = [r for r in records if isinstance(r, Event) and {side.label for side in r.participants} == wanted]
    assert [(r.kind, r.date, r.row, [row.row for row in r.also_rows]) for r in both] == [("Communication", "2018-06-01", 253, [254])]
    assert sum(1 + len(r.also_rows) for r in records) > 3600
    assert len({r.row for r in records} | {row.row for r in records for row in r.also_rows}) == sum(1 + len(r.also_rows) for r in records)


def test_hashes_are_remembered_in_little_space() -> None:
    random = Random(1)
    digests, known = _Digests(), set[int]()
    for _ in range(20_000):
        digest = random.choice((0, 1, random.getrandbits(64), random.getrandbits(12) << 40))
        assert digests.add(digest) is (max(digest, 1) not in known)
        known.add(max(digest, 1))
    assert len(known) > 5000
    assert digests._slots.itemsize * len(digests._slots) <= 24 * len(known)


def test_a_name_means_the_bearer_of_the_day_whatever_was_asked_before() -> None:
    named = [actor("Russia", "Russian Federation", date, load_reference()) for date in ("1985-01-01", "2018-06-01", "1985-01-01")]
    assert [entity.label if entity else None for entity in named] == ["Soviet Union", "Russia", "Soviet Union"]
