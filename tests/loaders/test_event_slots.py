"""Who, when, where and whether: the slots of events in sentences about other states and times."""

import pytest

from graph.records import Event
from loaders.reading import read_document as read
from loaders.texts.documents import read_document
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.reference import load_reference


def events_in(text: str, kind: str = "encyclopedia", published: str | None = None) -> list[Event]:
    source = Source(id="made-up", place="made-up.txt", title="Made up", kind=kind, published=published)
    records = read(read_document(source, text), load_language(), load_reference()).records
    return [record for record in records if isinstance(record, Event)]


def only(text: str, event_kind: str, kind: str = "encyclopedia", published: str | None = None) -> Event:
    found = [event for event in events_in(text, kind, published) if event.kind == event_kind]
    assert len(found) == 1, [(event.kind, event.text) for event in events_in(text, kind, published)]
    return found[0]


def labels(event: Event) -> set[str]:
    return {entity.label for entity in event.participants}


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("On 5 October 1973 Egypt informed Moscow. Syria attacked Israel on the next day.", "MilitaryAction", "1973-10-06"),
        ("In March 1979 Vietnam and China held talks in Hanoi.", "Meeting", "1979-03"),
        ("In 1990 Iraq threatened Kuwait. In August it invaded Kuwait.", "MilitaryAction", "1990-08"),
        ("Chile recognised Peru's claim in 1929. Later Bolivia broke off diplomatic relations with Chile.", "RelationsSevered", "1929~"),
        ("Between June 3 and June 7, 1982, Argentina bombed British ships.", "MilitaryAction", "1982-06-03/1982-06-07"),
        ("Norway praised the 1905 treaty with Sweden in 1955.", "Agreement", "1905"),
        ("India annexed Junagadh.", "MilitaryAction", None),
    ],
)
def test_an_event_takes_the_nearest_date(text: str, kind: str, date: str | None) -> None:
    assert only(text, kind).date == date


def test_news_without_a_date_happens_when_it_is_published() -> None:
    assert only("Turkey summoned the Swedish ambassador.", "Summons", "news", "2023-01-21").date == "2023-01-21"


def test_the_entry_of_a_timeline_has_the_date_of_its_head() -> None:
    assert (
        only("12 May 1965: West Germany and Israel established diplomatic relations.", "RelationsResumed", "timeline").date == "1965-05-12"
    )


@pytest.mark.parametrize(
    ("text", "kind", "participants"),
    [
        ("Relations between Greece and Turkey improved in 1999.", "RelationsChange", {"Greece", "Turkey"}),
        ("Nixon recognised Bangladesh in April 1972.", "Recognition", {"Richard Nixon", "United States", "Bangladesh"}),
        ("The Iraqi and Iranian governments signed a treaty in Algiers in 1975.", "Agreement", {"Iraq", "Iran"}),
        ("A meeting between Tito and Nasser was held in 1956.", "Meeting", {"Josip Broz Tito", "Gamal Abdel Nasser"}),
        ("Kuwait was invaded by Iraqi troops in 1990.", "MilitaryAction", {"Iraq", "Kuwait"}),
        ("Turkish forces shot down a Russian jet in November 2015.", "MilitaryAction", {"Turkey", "Russia"}),
        ("Canada, Australia, New Zealand and Norway abstained.", "Vote", {"Canada", "Australia", "New Zealand", "Norway"}),
        ("Greek, Bulgarian and Serbian representatives met in Athens.", "Meeting", {"Greece", "Bulgaria", "Serbia"}),
        ("Ethiopian jets fired missiles at Somali towns.", "MilitaryAction", {"Ethiopia", "Somalia"}),
        ("Ghana praised the talks that Kenya held with Somalia.", "Meeting", {"Kenya", "Somalia"}),
        ("A delegation led by Indira Gandhi flew to Colombo.", "Visit", {"Indira Gandhi", "India", "Sri Lanka"}),
        ("Fears of the Falklands War were fresh.", "MilitaryAction", {"Argentina", "United Kingdom"}),
    ],
)
def test_those_who_take_part(text: str, kind: str, participants: set[str]) -> None:
    assert labels(only(text, kind)) == participants


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Reagan met Gorbachev in Reykjavik in October 1986.", "Meeting", "Reykjavík"),
        ("Sadat flew to Jerusalem in November 1977 to meet Begin.", "Meeting", "Jerusalem"),
        ("The 2015 Argentine presidential election was close.", "Election", "Argentina"),
        ("The invasion of Grenada by the United States in 1983 was brief.", "MilitaryAction", "Grenada"),
        ("Merkel and Macron discussed the situation in Mali by telephone and held talks in Berlin in 2018.", "Meeting", "Berlin"),
    ],
)
def test_where_it_was(text: str, kind: str, place: str) -> None:
    found = [event for event in events_in(text) if event.kind == kind]
    assert [event.place.label for event in found if event.place] == [place]


@pytest.mark.parametrize(
    ("text", "kind", "realis"),
    [
        ("Turkey attacked Syria in 2019.", "MilitaryAction", "actual"),
        ("Damascus said that Turkey had attacked Syria in 2019.", "MilitaryAction", "reported"),
        ("Turkey reportedly attacked Syria in 2019.", "MilitaryAction", "reported"),
        ("Japan will open an embassy in Vanuatu.", "MissionOpened", "planned"),
        ("Macron plans to visit Nepal next month.", "Visit", "planned"),
        ("Pakistan refused to sign the treaty with India.", "Agreement", "refused"),
        ("Sudan offered to sell Egypt old tanks, but the sale never took place.", "ArmsDeal", "refused"),
        ("Iran denied that it had attacked Iraq.", "MilitaryAction", "denied"),
    ],
)
def test_whether_it_happened(text: str, kind: str, realis: str) -> None:
    assert {event.realis for event in events_in(text, published="2020") if event.kind == kind} == {realis}


@pytest.mark.parametrize(
    "text",
    [
        "If Egypt attacked Libya, Tunis would protest.",
        "Ghana did not invade Togo.",
        "Peru could sign a treaty with Chile.",
    ],
)
def test_what_is_only_supposed_is_no_event(text: str) -> None:
    assert [(event.kind, event.text) for event in events_in(text) if event.realis == "actual"] == []


def test_an_arms_deal_has_two_sides_an_item_and_a_price() -> None:
    deal = only("In May 1998 Greece bought 40 tanks from Germany. The deal was worth $120 million.", "ArmsDeal")
    assert (deal.supplier and deal.supplier.label, deal.recipient and deal.recipient.label) == ("Germany", "Greece")
    assert (deal.item, deal.quantity, deal.amount, deal.currency, deal.date) == ("tanks", 40, 120_000_000, "USD", "1998-05")


def test_a_prisoner_deal_has_the_persons_and_what_was_given() -> None:
    deal = only("In 1962 the Soviet Union released Francis Gary Powers in exchange for Rudolf Abel.", "PrisonerDeal")
    assert [person.label for person in deal.persons] == ["Francis Gary Powers"]
    assert deal.in_return == "Rudolf Abel"


@pytest.mark.parametrize(
    ("text", "vote", "resolution"),
    [
        ("India abstained on resolution 2202 in the Security Council.", "abstain", "2202"),
        ("Cuba voted against resolution ES-11/1 of the General Assembly.", "no", "ES-11/1"),
        ("Norway co-sponsored the resolution on Yemen at the United Nations.", "yes", None),
    ],
)
def test_a_vote_has_its_side_and_its_resolution(text: str, vote: str, resolution: str | None) -> None:
    event = only(text, "Vote")
    assert (event.vote, event.resolution) == (vote, resolution)


def test_a_visit_that_leads_to_a_meeting_is_told_by_the_meeting() -> None:
    assert [event.kind for event in events_in("In 1989 Gorbachev flew to Beijing to meet Deng Xiaoping.")] == ["Meeting"]


@pytest.mark.parametrize(
    ("text", "kind", "participants"),
    [
        (
            "The Security Council imposed sanctions on Iraq. The sanctions were lifted.",
            "Sanction",
            {"United Nations Security Council", "Iraq"},
        ),
        ("Japan and South Korea signed a treaty. Seoul withdrew from the agreement.", "Agreement", {"Japan", "South Korea"}),
        ("Hezbollah raided the town. The group fired rockets at Cyprus.", "MilitaryAction", {"Hezbollah", "Cyprus"}),
        ("In 1975 Morocco entered the zone. Its aircraft bombed Algeria.", "MilitaryAction", {"Morocco", "Algeria"}),
        ("Ecuador recalled its envoy. Ecuador urged Peru to cease its raids.", "MilitaryAction", {"Peru"}),
        ("Ghana invaded Togo. The massacre of May 1901 was forgotten.", "MilitaryAction", set()),
    ],
)
def test_those_who_took_part_in_what_was_told_before(text: str, kind: str, participants: set[str]) -> None:
    assert labels([event for event in events_in(text) if event.kind == kind][-1]) == participants


@pytest.mark.parametrize(
    ("text", "kind", "participants"),
    [
        (
            "President Richard Nixon signed a treaty with Leonid Brezhnev in Moscow in May 1972.",
            "Agreement", {"Richard Nixon", "Leonid Brezhnev", "United States", "Soviet Union"},
        ),
        (
            "President Richard Nixon told the Soviet leader, Leonid Brezhnev, in 1973 that he was content.",
            "Communication", {"Richard Nixon", "Leonid Brezhnev", "United States", "Soviet Union"},
        ),
        ("Nixon told Brezhnev in 1973 that he was content.", "Communication", {"Richard Nixon", "Leonid Brezhnev"}),
        ("Nixon and Brezhnev agreed in 1973 to stay in touch.", "Agreement", {"Richard Nixon", "Leonid Brezhnev"}),
    ],
)  # fmt: skip
def test_who_signs_or_speaks_by_title_does_so_for_a_state(text: str, kind: str, participants: set[str]) -> None:
    assert labels(only(text, kind)) == participants


def test_what_the_second_of_two_is_leaves_the_first_in() -> None:
    met = only("Anwar Sadat and Menachem Begin, the Israeli Prime Minister, met in Cairo.", "Meeting")
    assert labels(met) >= {"Anwar Sadat", "Menachem Begin"}
    met = only("The envoy, Anwar Sadat, met Menachem Begin in Cairo.", "Meeting")
    assert labels(met) >= {"Anwar Sadat", "Menachem Begin"}
