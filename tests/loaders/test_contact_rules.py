"""Meetings, visits, messages and agreements: what the rules' own pairs of sentences do not show."""

import pytest

from graph.records import Event
from loaders.reading import read_document as read
from loaders.texts.documents import read_document
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.reference import load_reference

READ = [
    ("An armistice was signed at Tarnovo on 31 January 1913.", "Agreement", "sign", "actual"),
    ("A ceasefire brokered by Togo took effect on Friday.", "Agreement", "come-into-force", "actual"),
    ("The two sides exchanged prisoners on 5 May.", "PrisonerDeal", "release", "actual"),
    ("Uruguay refused to sign the treaty.", "Agreement", "sign", "refused"),
    ("Brazil rejected the proposal.", "Agreement", "reject-plan", "refused"),
    ("The Treaty of Ancón was approved by the Chilean congress in 1884.", "Agreement", "reach-agreement", "actual"),
    ("In the Peace of Teschen, Austria gave up its claim.", "Agreement", "treaty-with", "actual"),
    ("Oman and Yemen formed an alliance in 1990.", "Agreement", "reach-agreement", "actual"),
    ("Foreign Minister Lavrov agreed with his Omani counterpart to continue the talks.", "Agreement", "agree", "actual"),
    ("The Tangier Conference, which sat from May to July 1924, divided Morocco.", "Meeting", "talks-go-on", "actual"),
    ("Austria headed a delegation to the talks in Basel.", "Meeting", "take-part-in-talks", "actual"),
    ("At their meeting in Reykjavik, Reagan and Gorbachev spoke of arms.", "Meeting", "meeting-with", "actual"),
    ("King Hussein was received by President Reagan in Washington.", "Meeting", "receive-guest", "actual"),
    ("Chancellor Kohl was received with honours in Beijing.", "Visit", "be-received", "actual"),
    ("Henry Kissinger shuttled between Riyadh and Amman for a week.", "Visit", "journey", "actual"),
    ("Finland sent its foreign minister to Dublin.", "Visit", "send-official", "actual"),
    ("Spain asked Sweden for anti-tank weapons.", "ArmsDeal", "ask-for-arms", "actual"),
    ("India and Israel jointly developed the missile.", "ArmsDeal", "make-arms-together", "actual"),
    ("Portugal concluded a defence pact with Spain in 1939.", "ArmsDeal", "military-agreement", "actual"),
    ("President Nyerere flew to Kampala, where he was met by Milton Obote.", "Visit", "visit", "actual"),
    ("President Nyerere flew to Kampala, where he was met by Milton Obote.", "Meeting", "meet", "actual"),
    ("The oil ministers of Iran and Iraq agreed to cut production.", "Agreement", "agree", "actual"),
    ("Julius Nyerere handed over power to Ali Hassan Mwinyi.", "Election", "take-power", "actual"),
    ("Ghana was promised $3 billion by the World Bank.", "Aid", "promised-money", "planned"),
    ("India walked away from the trade pact.", "Agreement", "withdraw-from-treaty", "actual"),
    ("The prisoner swap took place at the Turkish border.", "PrisonerDeal", "prisoner-deal", "actual"),
]

LEFT = [
    "The Indian team met its target for the season.",
    "The demand was met with silence in Moscow.",
    "The president called Sunak a traitor.",
    "The letter from Bulganin to Mollet was left in Paris.",
    "The minister left for health reasons.",
    "The Danish premier went to the polls in May.",
    "The Ghanaian parliament held a party congress on Sunday.",
    "Putin gave a press conference in Moscow.",
    "Hungary sent its best engineers to Cairo.",
    "The forum concluded that France must save water.",
]

MINE = {"Meeting", "Visit", "Agreement", "ArmsDeal", "PrisonerDeal"}


def events_in(text: str) -> list[Event]:
    source = Source(id="made-up", place="made-up.txt", title="Made up", kind="encyclopedia", published="2020")
    reading = read(read_document(source, text), load_language(), load_reference())
    return [record for record in reading.records if isinstance(record, Event)]


@pytest.mark.parametrize(("text", "kind", "rule", "realis"), READ, ids=lambda value: str(value)[:40])
def test_reads(text: str, kind: str, rule: str, realis: str) -> None:
    assert (kind, f"event-{rule}", realis) in {(event.kind, event.rule, event.realis) for event in events_in(text)}


@pytest.mark.parametrize("text", LEFT)
def test_leaves_alone(text: str) -> None:
    assert [event.rule for event in events_in(text) if event.kind in MINE] == []


def test_one_record_for_verb_and_noun() -> None:
    """“held talks”, “signed a treaty”, “took part in the conference” are one event each."""
    for text in ("Egypt held talks with Sudan.", "Egypt signed a treaty with Sudan.", "Egypt took part in the conference with Sudan."):
        assert len(events_in(text)) == 1, text
