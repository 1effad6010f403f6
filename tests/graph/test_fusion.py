"""What records say together: one happening or two, one measurement or two, who agrees and who does not."""

from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import Quad

from graph.edtf import bounds
from graph.fusion.blocks import LARGEST, worth_comparing
from graph.fusion.facts import Measured, Taken, Told, taken_in
from graph.fusion.findings import Corroboration, Disagreement, findings, of_stances
from graph.fusion.happenings import LEAST, happenings, match
from graph.fusion.measurements import _candidates, measurements
from graph.fusion.words import classes, shared, stems
from graph.records import Entity, Event, Record, Stance
from graph.store import GraphStore
from graph.triples import SourceDescription, Surroundings, document_quads
from ontology.identifiers import entity_iri

Finding = Corroboration | Disagreement


def told(name: str, kind: str, date: str | None, text: str, **more: Any) -> Told:
    earliest, latest = (bounds(date) or (None, None)) if date else (None, None)
    event = Told(iri=name, source=name[0], kind=kind, realis="actual", text=text, date=date, earliest=earliest, latest=latest)
    return replace(event, origin=frozenset({name[0]}), **more)


def measured(name: str, value: float, unit: str, measure: str, period: str | None, origin: str | None = None) -> Measured:
    earliest, latest = (bounds(period) or (None, None)) if period else (None, None)
    return Measured(
        iri=name, source=name[0], value=value, unit=unit, measure=measure, text=measure, period=period, earliest=earliest, latest=latest,
        origin=frozenset({origin or name[0]}), start=int(name[1:]),
    )  # fmt: skip


TITO_NASSER = frozenset({"tito", "nasser"})
PERU_CHILE = frozenset({"peru", "chile"})
VISIT = told("a1", "Meeting", "1956-07-18", "Tito received Nasser", people=TITO_NASSER)


@pytest.mark.parametrize(
    ("other", "one"),
    [
        (told("b1", "Meeting", "1956-07", "the meeting of Tito and Nasser", people=TITO_NASSER), True),
        (told("b1", "Visit", "1956-07-18", "Nasser visited Tito", people=TITO_NASSER), True),
        (told("b1", "Meeting", "1958-07-18", "Tito received Nasser", people=TITO_NASSER), False),
        (told("b1", "Meeting", "1956-07-18", "Tito received Nehru", people=frozenset({"nehru"})), False),
        (told("b1", "Communication", "1956-07-18", "Tito wrote to Nasser", people=TITO_NASSER), False),
        (replace(VISIT, iri="b1", source="b", realis="planned"), False),
    ],
)
def test_one_happening_or_two(other: Told, one: bool) -> None:
    found = match(VISIT, other)
    assert (found is not None and found.score >= LEAST) is one


def test_other_goods_and_other_prisoners_tell_two_deals_apart() -> None:
    deal = told("a1", "ArmsDeal", "2009", "Peru bought drones from Chile", sides=PERU_CHILE, item="drones")
    assert match(deal, replace(deal, iri="b1", item="12 Searcher UAV")) is not None
    assert match(deal, replace(deal, iri="b1", item="tanks")) is None
    swap = told("a1", "PrisonerDeal", "2009", "Peru freed Ana", sides=PERU_CHILE, prisoners=frozenset({"ana"}))
    assert match(swap, replace(swap, iri="b1", prisoners=frozenset({"juan"}))) is None


def test_an_event_retold_is_one_happening_with_its_reasons() -> None:
    events = [told(f"a{n}", "MilitaryAction", None, "the Peruvian invasion of Chile", sides=PERU_CHILE) for n in range(4)]
    [group] = happenings(events)
    assert [r.iri for r in group.records] == ["a0", "a1", "a2", "a3"]
    assert all("the same states" in link.because for link in group.links)


def test_a_group_never_holds_two_that_exclude_one_another() -> None:
    early = told("a1", "Meeting", "1956-07-18", "Tito met Nasser", people=TITO_NASSER)
    late = told("b1", "Meeting", "1956-07-25", "Tito met Nasser", people=TITO_NASSER)
    vague = told("c1", "Meeting", "1956-07", "Tito met Nasser", people=TITO_NASSER)
    groups = happenings([early, late, vague])
    assert all({"a1", "b1"} - {r.iri for r in group.records} for group in groups)


def found_in(*figures: Measured) -> list[Finding]:
    return list(findings(measurements(figures)))


def test_one_number_by_two_that_cite_one_office_is_told_by_both_and_by_one_origin() -> None:
    [finding] = found_in(
        measured("a1", 82700, "people", "people who left the country", "2024", "office"),
        measured("b1", 82700, "people", "people who have left the land", "2024", "office"),
    )
    assert isinstance(finding, Corroboration)
    assert not finding.independent


def test_one_number_by_two_origins_is_independent() -> None:
    [finding] = found_in(
        measured("a1", 4512, "people", "soldiers who fell", "1999"), measured("b1", 4512, "people", "soldiers who fell", "1999")
    )
    assert isinstance(finding, Corroboration)
    assert finding.independent


def test_one_number_of_two_times_is_a_disagreement_of_date() -> None:
    [finding] = found_in(
        measured("a1", 9000, "people", "Peruvians who moved to Chile", "1994", "paper"),
        measured("b1", 9000, "people", "people moving to Chile", "1995", "paper"),
    )
    assert isinstance(finding, Disagreement)
    assert (finding.differs_in, finding.values) == ("date", ("1994", "1995"))


def test_one_number_of_two_things_is_a_disagreement_of_what_is_measured() -> None:
    [finding] = found_in(
        measured("a1", 5, "times", "work visas above the year before", "1994", "paper"),
        measured("b1", 5, "times", "emigration grew", "1994", "paper"),
    )
    assert isinstance(finding, Disagreement)
    assert finding.differs_in == "what is measured"


def test_another_number_for_the_same_words_and_time_is_a_disagreement_of_value() -> None:
    [finding] = found_in(
        measured("a1", 300, "people", "prisoners of war freed", "1971"), measured("b1", 450, "people", "prisoners of war freed", "1971")
    )
    assert isinstance(finding, Disagreement)
    assert finding.differs_in == "value"


@pytest.mark.parametrize(
    "other",
    [
        measured("b1", 12, "people", "tourists from Peru arriving by sea", "1971"),  # a part
        measured("b1", 450, "people", "tourists from Peru", "1980"),  # another year
        measured("b1", 450, "USD", "tourists from Peru", "1971"),  # another unit
        measured("a9", 450, "people", "tourists from Peru", "1971"),  # the same source
    ],
)
def test_a_total_and_a_part_do_not_differ(other: Measured) -> None:
    assert found_in(measured("a1", 300, "people", "tourists from Peru", "1971"), other) == []


def test_the_two_sums_of_one_deal_differ() -> None:
    deal = told("a1", "ArmsDeal", "2009", "Peru bought drones from Chile", sides=PERU_CHILE, item="drones", amount=50e6)
    other = replace(deal, iri="b1", source="b", amount=53e6, origin=frozenset({"b"}))
    kinds = {type(finding) for finding in findings(happenings([deal, other]))}
    assert kinds == {Corroboration, Disagreement}


def test_one_number_by_two_offices_differs_in_attribution_and_is_told_by_both() -> None:
    found = found_in(
        measured("a1", 4512, "people", "soldiers who fell", "1999", "army"),
        measured("b1", 4512, "people", "soldiers who fell", "1999", "paper"),
    )
    assert {finding.differs_in for finding in found if isinstance(finding, Disagreement)} == {"attribution"}
    assert [finding.independent for finding in found if isinstance(finding, Corroboration)] == [True]


def test_one_stance_told_the_other_way_round() -> None:
    told_by_a = Taken("a1", "a", "peru", "chile", "support", "Peru backed Chile", "1999-05-01")
    told_by_b = Taken("b1", "b", "peru", "chile", "oppose", "Peru rebuked Chile", "1999-05-01")
    [finding] = of_stances([told_by_a, told_by_b])
    assert (finding.differs_in, finding.values) == ("polarity", ("support", "oppose"))
    assert list(of_stances([told_by_a, replace(told_by_b, earliest="1999-06-01")])) == []
    assert list(of_stances([told_by_a, replace(told_by_b, source="a")])) == []


def differences(*events: Told) -> list[tuple[str, tuple[str, str]]]:
    return [(f.differs_in, f.values) for f in findings(happenings(events)) if isinstance(f, Disagreement)]


def test_one_thing_by_words_of_two_camps_differs_in_wording() -> None:
    entry = told("a1", "MilitaryAction", "1990-08", "the Peruvian invasion of Chile", sides=PERU_CHILE)
    other = told("b1", "MilitaryAction", "1990-08", "the special military operation of Peru in Chile", sides=PERU_CHILE)
    assert differences(entry, other, replace(other, iri="b2")) == [("wording", ("invasion", "special military operation"))]
    assert differences(entry, replace(other, text="the invasion of Chile by Peru")) == []
    assert differences(entry, replace(other, text="Peru attacked a patrol of Chile")) == []
    both = replace(other, text="the invasion of Chile, which Peru calls a special military operation")
    assert differences(entry, both) == []


def test_a_name_that_takes_a_side_is_another_wording() -> None:
    israel = "https://w3id.org/irkg/entity/israel"
    iran = "https://w3id.org/irkg/entity/iran"
    one = told("a1", "MilitaryAction", "2024-04-13", "Iran attacked Israel with drones", sides=frozenset({israel, iran}))
    other = told("b1", "MilitaryAction", "2024-04-13", "Iran attacked the Zionist regime with drones", sides=frozenset({israel, iran}))
    assert differences(one, other) == [("wording", ("Israel", "Zionist regime"))]


def test_words() -> None:
    assert stems("The invasions of Ukraine") == stems("an invasion in Ukraine")
    assert shared(stems("the raid"), frozenset()) == 0
    assert classes(stems("2 Searcher UAV")) == classes(stems("drones")) == {"unmanned"}


PERU, CHILE, CUBA = (Entity(entity_iri(name), name, "State") for name in ("Peru", "Chile", "Cuba"))


def document(name: str, *records: Record) -> list[Quad]:
    return list(document_quads(SourceDescription(name, name, "news"), [(record, Surroundings()) for record in records]))


def row(number: int, date: str, *sides: Entity, kind: str = "Meeting") -> Event:
    at = {"source": "rows", "start": number, "end": number + 1, "text": "a row", "rule": "test", "row": number}
    return Event(**at, kind=kind, family="contact", date=date, participants=sides)


def story(date: str, *sides: Entity, kind: str = "Meeting") -> Event:
    return Event(source="story", start=0, end=5, text="a row", rule="test", kind=kind, family="contact", date=date, participants=sides)


def compared(*documents: list[Quad]) -> list[tuple[str, int]]:
    """The events of some documents that are compared: their source and place."""
    events = worth_comparing(GraphStore.in_memory(quad for quads in documents for quad in quads)).events
    return [(event.source.rsplit("/", 1)[-1], event.start) for event in events]


def test_rows_that_no_other_source_comes_near_are_let_go() -> None:
    rows = document("rows", *(row(n, f"{1990 + n}-05-01", PERU, CHILE) for n in range(1, 10)))
    assert compared(rows) == []
    assert compared(rows, document("story", story("1993-05-01", PERU, CHILE))) == [*(("rows", n) for n in range(1, 10)), ("story", 0)]
    assert compared(rows, document("story", story("1993", PERU, CUBA, kind="Visit"))) == [("rows", 3), ("story", 0)]
    assert compared(rows, document("story", story("1993", CUBA))) == [("story", 0)]


def test_rows_of_arms_deals_are_compared_with_one_another() -> None:
    assert compared(document("rows", row(1, "1990", PERU, kind="ArmsDeal"), row(2, "1991", CHILE))) == [("rows", 1), ("rows", 2)]


def test_of_a_large_block_the_rows_of_a_day_are_compared() -> None:
    days = [f"1990-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 28)]
    rows = document("rows", *(row(n, day, PERU, CHILE) for n, day in enumerate(days, 1)))
    assert len(days) > LARGEST
    assert compared(rows, document("story", story("1990-02-03", PERU, CUBA))) == [("rows", 30), ("story", 0)]
    assert compared(rows, document("story", story("1990-02", PERU, CUBA))) == [("story", 0)]


def test_stances_that_another_source_tells_of_the_same_day() -> None:
    at = {"start": 0, "end": 5, "text": "words", "rule": "test", "act": "state", "holder": PERU, "target": CHILE}
    one = Stance(**at, source="one", polarity="support", date="1999-05-01")
    other = Stance(**at, source="other", polarity="oppose", date="1999-05-01")
    late = replace(other, start=6, end=9, date="1999-05-02")

    def taken(*documents: list[Quad]) -> list[tuple[str, str]]:
        found = taken_in(GraphStore.in_memory(quad for quads in documents for quad in quads))
        return [(stance.source.rsplit("/", 1)[-1], stance.polarity) for stance in found]

    assert taken(document("other", other, late)) == []
    assert taken(document("one", one), document("other", other, late)) == [("one", "support"), ("other", "oppose")]
    assert taken(document("one", one), document("other", late)) == []


def test_figures_in_other_words_or_of_other_numbers_are_not_compared() -> None:
    many = [measured(f"a{n}", 1.02**n, "people", f"people of town{n}", "1971") for n in range(500)]
    assert list(_candidates(many)) == []
    same = [replace(figure, value=7.0) for figure in many]
    assert len(list(_candidates(same))) == 300 * 200 + 300 * 299 // 2
