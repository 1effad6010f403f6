"""Whether an event happened: what its own words, those above it and those beside it say."""

import pytest

from graph.records import Event
from loaders.reading import read_document as read
from loaders.texts.documents import read_document
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.reference import load_reference


def judged(text: str) -> set[tuple[str, str]]:
    source = Source(id="made-up", place="made-up.txt", title="Made up", kind="encyclopedia", published="2020")
    reading = read(read_document(source, text), load_language(), load_reference())
    return {(record.kind, record.realis) for record in reading.records if isinstance(record, Event)}


@pytest.mark.parametrize(
    ("text", "kind", "realis"),
    [
        # What is told of itself, whatever governs it.
        ("Congress refused to lift the embargo imposed in 1962 on Cuba.", "Sanction", "actual"),
        ("The powers rejected a note from Serbia, whose army had invaded Bulgaria in 1885.", "MilitaryAction", "actual"),
        ("Chad summoned the Libyan envoy and demanded an apology; Tripoli refused to give one.", "Summons", "actual"),
        ("Neither can explain why the writer was arrested in Algeria in 1994.", "Arrest", "actual"),
        ("Togo denied any involvement in the coup in Niger.", "Election", "actual"),
        ("Bolivia's president ordered air raids on the town in June 1933.", "MilitaryAction", "actual"),
        ("Yemen asked for the lifting of the Saudi blockade.", "MilitaryAction", "actual"),
        ("Mali rejects Morocco's annexation of the Sahara.", "MilitaryAction", "actual"),
        ("Chile declined to condemn the coup in Peru.", "Election", "actual"),
        ("Chile declined to join the sanctions against Peru.", "Sanction", "refused"),
        ("Peru refused to investigate the attack on the convoy.", "MilitaryAction", "actual"),
        # What others say.
        ("Kenya accused Somalia of abducting two nurses.", "MilitaryAction", "reported"),
        ("According to the Sudanese army, Ethiopian militias killed six soldiers.", "MilitaryAction", "reported"),
        ("Chad says that Libya armed the rebels and sent troops to Faya.", "MilitaryAction", "reported"),
        ("Sudan is alleged to have bombed the camp.", "MilitaryAction", "reported"),
        ("The army claims to have killed 40 rebels in Mali.", "MilitaryAction", "reported"),
        ("Four people were arrested in Kigali, the minister told reporters.", "Arrest", "reported"),
        ("Peru protested against the alleged attack on its embassy by Chilean agents.", "MilitaryAction", "reported"),
        # What is to come.
        ("The treaty binds Angola to withdraw its troops from Congo by May 2003.", "MilitaryAction", "planned"),
        ("The Security Council is to meet on Thursday.", "Meeting", "planned"),
        ("The threatened strike on Syria never left the newspapers.", "MilitaryAction", "planned"),
        # What was turned down or came to nothing.
        ("Uganda rejected a proposal for a joint patrol on Lake Albert.", "Agreement", "refused"),
        ("She was refused asylum in Norway in 2016.", "LegalAction", "refused"),
        ("Chad's refusal to release the hostages angered Paris.", "PrisonerDeal", "refused"),
        ("Japan has no plans to send troops to Iraq.", "MilitaryAction", "refused"),
        ("Japan ruled out sending troops to Iraq.", "MilitaryAction", "refused"),
        # What did not happen.
        ("Laos rejected accusations of attacking Thai soldiers.", "MilitaryAction", "denied"),
        ("Rwanda denied that its soldiers had crossed into Congo.", "MilitaryAction", "denied"),
        ("No Ethiopian invasion of Eritrea took place.", "MilitaryAction", "denied"),
    ],
)
def test_judges(text: str, kind: str, realis: str) -> None:
    assert (kind, realis) in judged(text)


def test_what_never_came_about_takes_nothing_else_of_its_sentence_with_it() -> None:
    text = "Italy condemned the bombing of Durazzo, and the promised visit of the Italian minister to Albania never took place."
    assert {realis for kind, realis in judged(text) if kind == "MilitaryAction"} == {"actual"}
