"""Which date belongs to which event, and what the world knows by name: each rule with what it reads and what it leaves alone."""

import pytest

from graph.edtf import bounds
from graph.records import Event
from loaders.word_lists import word_lists
from ontology.reference import load_reference
from tests.loaders.test_event_slots import events_in, labels


def the(kind: str, words: str, text: str, document: str = "encyclopedia", published: str | None = None) -> Event:
    """The one event of a kind whose words hold these."""
    found = [e for e in events_in(text, document, published) if e.kind == kind and words in e.text]
    assert len(found) == 1, [(e.kind, e.text) for e in events_in(text, document, published)]
    return found[0]


@pytest.mark.parametrize(
    ("kind", "words", "date", "text"),
    [
        # a clause of the same time
        (
            "PropertyTransfer",
            "lease",
            "1960-05",
            "When President Kekkonen visited Moscow in May 1960, Khrushchev agreed to lease the canal.",
        ),
        ("Appointment", "recalled", "1974-07", "While Turkey bombed Cyprus in July 1974, Greece recalled its ambassador."),
        ("Sanction", "froze", "1990-08", "As Iraq invaded Kuwait in August 1990, the United States froze Iraqi assets."),
        # what comes after is about the year; so is “later”, “subsequently”, “then”
        ("MilitaryAction", "mobilised", "1967~", "After Egypt closed the straits in May 1967, Israel mobilised its reserves."),
        ("Agreement", "signed", "1995~", "In June 1995 Peru rebuffed Chile. Peru then signed a treaty with Bolivia."),
        ("Agreement", "signed", "1995~", "In June 1995 Peru rebuffed Chile. Peru subsequently signed a treaty with Bolivia."),
        ("Agreement", "signed", "1995-06~", "In June 1995 Peru rebuffed Chile. Peru soon signed a treaty with Bolivia."),
        ("Agreement", "signed", "1995-06", "In June 1995 Peru rebuffed Chile. Its president signed a treaty with Bolivia."),
        ("Sanction", "imposing", "1994", "In August 1994, Ghana began to sell cocoa to Togo, after imposing sanctions on Benin."),
        # a clause that tells of something dated
        (
            "Agreement",
            "pledged",
            "1950",
            "Until the early 1960s, Spain kept to the Declaration of 1950, wherein France and Britain had pledged to prevent aggression.",
        ),
        (
            "MilitaryAction",
            "killed",
            "2010-05-31",
            "The raid of 31 May 2010, in which Israeli commandos killed nine Turkish activists, chilled ties.",
        ),
        # two years are no stretch
        (
            "Sanction",
            "cancelled",
            "1978",
            "Ties had been poor since the reunification of Vietnam in 1976, and in 1978 China cancelled its aid to Vietnam.",
        ),
        # “negotiated … and signed on”
        (
            "Agreement",
            "Treaty",
            "1878-03-03",
            "The Treaty of San Marco, negotiated by Count Ignatiev and signed on 3 March 1878, brought peace to Serbia and Turkey.",
        ),
        # what force is done to
        (
            "MilitaryAction",
            "crushed",
            "1876-04",
            "The army of Turkey, which had fled Bosnia in July 1875, crushed the Bulgarian uprising of April 1876.",
        ),
        # the beginning of something is not its day
        (
            "MilitaryAction",
            "seized",
            None,
            "On 18 March 2020 the leaders of Chad and Niger met for the first time since rebels seized the town.",
        ),
        # until now
        ("RelationsSevered", "sever", None, "In July 2009 Peru recalled its envoy. It has refused to sever relations with Chile."),
    ],
)
def test_an_event_is_dated_by_its_own_clause(kind: str, words: str, date: str | None, text: str) -> None:
    assert the(kind, words, text).date == date


def test_talks_that_go_on_are_of_the_time_of_writing() -> None:
    text = "Macron told Narendra Modi about the talks between Armenian and Turkish envoys, which are being held these days in Paris."
    assert the("Meeting", "talks", text, "news", "2023-03-14").date == "2023-03"
    text = "Macron told Narendra Modi about the talks between Armenian and Turkish envoys, which were held in Paris."
    assert the("Meeting", "talks", text, "news", "2023-03-14").date != "2023-03"


def test_a_paragraph_that_goes_on_keeps_the_month() -> None:
    first = "Nasser was in Cairo. On 22 May 1967 Egypt closed the straits."
    assert the("MilitaryAction", "attacked", f"{first}\n\nInstead, Syria attacked Jordan.").date == "1967-05"
    assert the("MilitaryAction", "attacked", f"{first}\n\nAt the border Syria attacked Jordan.").date == "1967"


def test_meanwhile_lies_in_the_weeks_just_told() -> None:
    text = "Peru called up its fleet on 26 May 1967. Over the following week, it hesitated. Meanwhile, Chile attacked Bolivia."
    assert the("MilitaryAction", "attacked", text).date == "1967-05/1967-06"


@pytest.mark.parametrize(
    ("words", "date", "text"),
    [
        ("invasion", "1979-12", "In 1995 Norway protested against the Soviet invasion of Afghanistan."),
        ("invasion", "2001-10", "Spain opposed the American invasion of Afghanistan."),
        ("invaded", "1990-08", "After Iraq invaded Kuwait, the Security Council imposed sanctions on Iraq."),
        ("annexation", "2014", "Two weeks after the annexation of Crimea, Canada expelled nine Russian diplomats."),
        ("Falklands War", "1982-04-02/1982-06-14", "The Falklands War strained ties between Argentina and Britain."),
        # the text itself comes first
        ("invasion", "1956-11", "In November 1956, Soviet tanks began the invasion of Hungary."),
        ("invasion", "1914-08", "The German invasion of Belgium in August 1914 drew Britain in."),
        ("annexation", "1981", "Turkey rejects the annexation of the Golan Heights by Israel."),
        # who did it must fit, and so must the time of the story
        ("invasion", None, "Spain condemned the Turkish invasion of Afghanistan."),
        ("invasion", None, "India condemned an Iraqi invasion of Kuwait."),
        # two happenings of one name
        ("invasion", None, "Many deplored the invasion of Afghanistan."),
    ],
)
def test_what_is_known_by_name_has_its_date(words: str, date: str | None, text: str) -> None:
    assert the("MilitaryAction", words, text, published="2020").date == date


def test_nothing_is_known_before_it_happened() -> None:
    text = "Many feared for the region after the invasion of Ukraine."
    assert the("MilitaryAction", "invasion", text, "news", "2023-05-04").date == "2022-02"
    assert the("MilitaryAction", "invasion", text, "news", "2015-05-04").date != "2022-02"


def test_a_war_that_is_only_named_has_its_sides() -> None:
    assert labels(the("MilitaryAction", "Winter War", "The Winter War lasted for months.")) == {"Soviet Union", "Finland"}


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("1977", "Cyrus Vance became Secretary of State."),
        ("1979", "Margaret Thatcher became prime minister."),
        ("1980", "In 1980, Margaret Thatcher became prime minister."),
        (None, "Vladimir Putin became president."),  # twice
    ],
)
def test_who_became_minister_did_so_when_the_term_began(date: str | None, text: str) -> None:
    assert the("Appointment", "became", text).date == date


def test_the_table_of_happenings_is_sound() -> None:
    table, reference = word_lists("happenings.toml"), load_reference()
    named = {**table["wars"], **table["treaties"]}
    deeds = [deed for kind in table["deeds"] for deed in kind["known"]]
    for entry in (*named.values(), *deeds):
        assert "date" not in entry or bounds(entry["date"]) is not None, entry
    labels_used = {label for entry in named.values() for label in entry.get("parties", ())} | {deed["by"] for deed in deeds if "by" in deed}
    assert [label for label in sorted(labels_used) if not reference.named(label)] == []
    assert len({(tuple(kind["words"]), deed["of"], deed.get("by")) for kind in table["deeds"] for deed in kind["known"]}) == len(deeds)
