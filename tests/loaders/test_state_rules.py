"""Relations, offices, courts, aid, people and land: what the rules' own sentences do not show, such as pronouns and near misses."""

import pytest

from graph.records import Event
from loaders.reading import read_document as read
from loaders.texts.documents import read_document
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.reference import load_reference


def kinds_in(text: str) -> set[str]:
    source = Source(id="made-up", place="made-up.txt", title="Made up", kind="encyclopedia", published="2020")
    reading = read(read_document(source, text), load_language(), load_reference())
    return {record.kind for record in reading.records if isinstance(record, Event)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Relations between Peru and Chile had suffered. They were restored in March 1991.", "RelationsResumed"),
        ("Peru had tense relations with Chile. In 1991 President Alberto Fujimori severed them altogether.", "RelationsSevered"),
        ("Relations between Ghana and Togo have cooled.", "RelationsChange"),
        ("Chad and Sudan came to the brink of war.", "RelationsChange"),
        ("Warsaw and Kyiv patched up their quarrel.", "RelationsChange"),
        ("Ghana and Togo sent envoys. Ambassadors were exchanged in 1970.", "RelationsResumed"),
        ("Denmark shut its embassy in Baghdad.", "MissionOpened"),
        ("Nelson Mandela was sworn in on 10 May 1994.", "Appointment"),
        ("Margaret Thatcher was succeeded by John Major.", "Appointment"),
        ("The lower house in Oslo voted to approve the pact.", "Vote"),
        ("Malta was elected to the Security Council in 1982.", "Vote"),
        ("The government of Romano Prodi fell.", "Election"),
        ("Officers toppled the government of Niger in July 2023.", "Election"),
        ("Ukraine took Russia to the European Court of Human Rights.", "LegalAction"),
        ("Lorries with food aid for Sudan were turned back at the border.", "Aid"),
        ("Some 14 million people were displaced by the partition of India.", "Migration"),
        ("Idi Amin fled to Libya.", "Migration"),
        ("Gazprom acquired a stake in the Serbian oil company NIS.", "Economic"),
        ("Russia sold Alaska to the United States in 1867.", "PropertyTransfer"),
        ("Bangladesh became independent in December 1971.", "Other"),
    ],
)
def test_reads(text: str, kind: str) -> None:
    assert kind in kinds_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "China and Pakistan share a border of great length.",
        "Kenya and Uganda share a lake.",
        "The ministers wished each other well and spoke of ways to strengthen bilateral ties.",
        "He spoke of Jordan's commitment to deepening relations with Iraq.",
        "Finland has good relations with Estonia.",
        "France supports an independent Kosovo.",
        "The economy of Lebanon collapsed.",
        "Most people in Malta come from the island of Sicily.",
        "Two people left the hall in Geneva.",
        "A coup of that sort delights the shareholders.",
        "The two countries should establish diplomatic relations.",
    ],
)
def test_leaves_alone(text: str) -> None:
    of_states = {"RelationsChange", "RelationsResumed", "Election", "Migration", "PropertyTransfer", "Other", "Economic", "MissionOpened"}
    assert kinds_in(text).isdisjoint(of_states)
