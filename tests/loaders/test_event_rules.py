"""Each event rule reads its own sentence and leaves its other one alone; both stand in ``lexicon/events``."""

import pytest

from graph.records import Event
from loaders.events.rules import Rule, load_rules
from loaders.reading import read_document as read
from loaders.texts.documents import read_document
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.kinds import KINDS
from ontology.reference import load_reference

RULES = load_rules()


def events_in(text: str) -> list[Event]:
    source = Source(id="made-up", place="made-up.txt", title="Made up", kind="encyclopedia", published="2020")
    reading = read(read_document(source, text), load_language(), load_reference())
    return [record for record in reading.records if isinstance(record, Event)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_reads_its_sentence(rule: Rule) -> None:
    assert f"event-{rule.name}" in {event.rule for event in events_in(rule.reads)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_leaves_the_other_sentence_alone(rule: Rule) -> None:
    assert f"event-{rule.name}" not in {event.rule for event in events_in(rule.leaves)}


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES) > 40


def test_kinds_are_of_the_ontology() -> None:
    assert {rule.kind for rule in RULES} <= set(KINDS)
