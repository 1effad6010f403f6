"""What a text tells once and means further on, and what the words around an event say of when and where it was."""

from collections.abc import Sequence

import pytest

from graph.records import Event
from loaders.reading import read_document as read
from loaders.texts.documents import read_document
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.reference import load_reference

Told = tuple[str, str]  # kind, words of the event


def events(text: str, *, kind: str = "encyclopedia", published: str = "2020") -> list[Event]:
    source = Source(id="made-up", place="made-up.txt", title="Made up", kind=kind, published=published)
    found = read(read_document(source, text), load_language(), load_reference()).records
    return [record for record in found if isinstance(record, Event)]


def one(found: Sequence[Event], kind: str, words: str) -> Event:
    fitting = [e for e in found if e.kind == kind and words in e.text]
    assert len(fitting) == 1, [(e.kind, e.text) for e in found]
    return fitting[0]


@pytest.mark.parametrize(
    ("text", "kind", "words", "date"),
    [
        ("Relations between Peru and Chile improved after the floods of 1997.", "RelationsChange", "improved", "1997"),
        ("The war of 1932 was fought between Bolivia and Paraguay.", "MilitaryAction", "fought", "1932"),
        ("Iraq and Iran negotiated and signed a treaty in March 1975.", "Agreement", "signed", "1975-03"),
        ("Nehru paid his first visit to Beijing in October 1954.", "Visit", "visit", "1954-10"),
        ("In 1960 Nehru praised Tito's visit to Cairo in 1956.", "Visit", "visit", "1956"),
        ("In 1961 Sweden praised the talks held on 4 May 1960 between Cuba and Spain.", "Meeting", "held", "1960-05-04"),
        ("Chile, which has never recognised Taiwan, signed a treaty with Peru in 1990.", "Recognition", "recognised", None),
        ("In June 1990 Iraq said that Kuwait had invaded its waters.", "MilitaryAction", "invaded", None),
        ("In 1994, Jordan asked for money in exchange for recognising Israel.", "Recognition", "recognising", None),
        ("On 3 May 1978 Somalia yielded: Ethiopia captured Jijiga.", "MilitaryAction", "captured", "1978-05-03"),
        ("Soon after President Truman took office, Congress met.", "Appointment", "took office", "1945"),
    ],
)
def test_which_date_is_whose(text: str, kind: str, words: str, date: str | None) -> None:
    assert one(events(text), kind, words).date == date


@pytest.mark.parametrize(
    ("text", "kind", "words", "place"),
    [
        ("Kaunda flew on to Pretoria, where he met Botha.", "Meeting", "met", "Pretoria"),
        ("Bhutto flew to Delhi, apologised and met Gandhi.", "Meeting", "met", "New Delhi"),
        ("The treaty between Peru and Chile was signed at Lima in 1929.", "Agreement", "treaty", "Lima"),
        ("Ghana condemned a French air raid on a Libyan depot.", "MilitaryAction", "raid", "Libya"),
        ("Iranian jets bombed an airfield on Iraqi territory.", "MilitaryAction", "bombed", "Iraq"),
        ("Rebels captured the town of Zumbara in 1998.", "MilitaryAction", "captured", "Zumbara"),
        ("Fujimori travelled to the Chilean capital.", "Visit", "travelled", "Santiago"),
        ("Thousands of refugees fled from Angola in 1975.", "Migration", "fled", "Angola"),
        ("Kenya's Supreme Court ruled against Somalia.", "LegalAction", "ruled", "Kenya"),
        ("Relations between Egypt and Libya improved after the war in Chad.", "RelationsChange", "improved", None),
        ("Norway voted against the resolution on the situation in Angola.", "Vote", "voted", None),
    ],
)
def test_which_place_is_whose(text: str, kind: str, words: str, place: str | None) -> None:
    found = one(events(text), kind, words).place
    assert (found.label if found is not None else None) == place


def test_a_noun_with_its_article_is_the_event_just_told() -> None:
    told = events("On 2 August 1990 Iraq invaded Kuwait. In 1991 Sweden still spoke of the invasion.")
    again = one(told, "MilitaryAction", "the invasion")
    assert again.date == "1990-08-02"
    assert {e.label for e in again.participants} == {"Iraq", "Kuwait"}


def test_a_noun_with_another_name_is_another_event() -> None:
    told = events("On 6 October 1973 the Ramadan War began. Sweden condemned Libya during the Chad War.")
    assert one(told, "MilitaryAction", "Chad War").date is None


def test_leaders_agree_where_they_met() -> None:
    told = events("On 4 May 1993 Demirel met Rabin in Oslo. Demirel and Rabin signed a treaty.")
    pact = one(told, "Agreement", "signed")
    assert pact.place is not None and pact.place.label == "Oslo"
    assert pact.date == "1993-05-04"


def test_an_agreement_of_others_is_elsewhere() -> None:
    told = events("On 4 May 1993 Demirel met Rabin in Oslo. Mubarak and Assad signed a treaty.")
    assert one(told, "Agreement", "signed").place is None


def test_who_just_talked_has_agreed() -> None:
    told = events("On 4 May 1993 Demirel telephoned Rabin. It was agreed to meet again.")
    assert {e.label for e in one(told, "Agreement", "agreed").participants} == {"Süleyman Demirel", "Yitzhak Rabin"}


def test_what_is_between_two_is_between_the_two_last_told() -> None:
    told = events("In 1961 Peru and Cuba severed diplomatic relations. Embassies were reopened in 1972.")
    assert {e.label for e in one(told, "MissionOpened", "reopened").participants} == {"Peru", "Cuba"}


def test_a_title_brings_its_state_to_a_meeting_and_a_bare_name_does_not() -> None:
    titled = one(events("In May 1987 the Turkish foreign minister, Vahit Halefoğlu, met Papandreou."), "Meeting", "met")
    assert "Turkey" in {e.label for e in titled.participants}
    bare = one(events("In May 1987 Turgut Özal met Andreas Papandreou."), "Meeting", "met")
    assert {e.label for e in bare.participants} == {"Turgut Özal", "Andreas Papandreou"}


def test_since_ends_with_the_news() -> None:
    told = events("Some 900,000 Ethiopians have left the country for Sudan since March 2021.", kind="news", published="2021-11-03")
    assert one(told, "Migration", "left").date == "2021-03/2021-11"
