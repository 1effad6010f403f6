"""Whose words: cues and the entities behind them. Half of the people and states are made up."""

import pytest

from loaders.parsed import Token
from loaders.passages import Passage
from loaders.quotations.attribution import antecedent, entity_at, sources_of, speaker_of
from loaders.quotations.cues import cue_at, words_of
from tests.loaders.passage_builder import Named, passage

WORLD: Named = {
    "Ana Odria": ("ana-odria", "Ana Odria", "Person"),
    "Odria": ("ana-odria", "Ana Odria", "Person", "surname"),
    "Viktor Kovac": ("viktor-kovac", "Viktor Kovac", "Person"),
    "Kovac": ("viktor-kovac", "Viktor Kovac", "Person", "surname"),
    "Ruritanian": ("ruritania", "Ruritania", "State", "adjective"),
    "Sylvania": ("sylvania", "Sylvania", "State"),
    "Jordan": ("jordan", "Jordan", "State"),
    "Security Council": ("un-security-council", "United Nations Security Council", "Organisation"),
    "Reuters": ("reuters", "Reuters", "Organisation"),
    "Haaretz": ("haaretz", "Haaretz", "Organisation"),
}


def token(built: Passage, word: str) -> Token:
    return next(t for t in built.doc if t.text == word)


# A word, its sentence, the kind of cue that it is.
CUES = [
    ("said", "Kovac said that he would go.", "says"),
    ("pointed", "Kovac pointed out that it was late.", "says"),
    ("condemned", "Kovac condemned the raid.", "judges"),
    ("calling", "Kovac left, calling on Jordan to act.", "wants"),
    ("called", "They took an operation called Dawn.", "names"),
    ("According", "According to Kovac, it was late.", "according"),
    ("remarks", "She read Kovac's remarks.", "words"),
    ("found", "The survey found that many agree.", "finds"),
    ("believes", "Jordan believes that it is late.", "thinks"),
]


@pytest.mark.parametrize(("word", "text", "kind"), CUES)
def test_cues(word: str, text: str, kind: str) -> None:
    cue = cue_at(token(passage(text, WORLD), word))
    assert cue is not None
    assert cue.kind == kind


@pytest.mark.parametrize(
    ("word", "text"), [("walked", "Kovac walked to the port."), ("raid", "Kovac saw the raid."), ("had", "Kovac had gone.")]
)
def test_other_words_are_no_cues(word: str, text: str) -> None:
    assert cue_at(token(passage(text, WORLD), word)) is None


# The cue, its sentence, who is behind it (None: the text leaves it open).
SPEAKERS = [
    ("said", "Viktor Kovac, who leads the party, said that it was late.", "Viktor Kovac"),
    ("described", "It was described by Reuters as late.", "Reuters"),
    ("reported", "It was reported that it was late.", None),
    ("adding", "Kovac called it late, adding that he knew.", "Viktor Kovac"),
    ("claiming", "Jordan let Sylvania condemn it, claiming that it was late.", "Sylvania"),
    ("stating", "Relations cooled, with Ana Odria stating that it was late.", "Ana Odria"),
    ("saying", "Haaretz quoted Ana Odria as saying that it was late.", "Ana Odria"),
    ("saying", "Jordan issued a statement saying that it was late.", "Jordan"),
    ("said", "His press secretary, Ana Odria, said that it was late.", "Ana Odria"),
    ("said", "Ruritanian officials said that it was late.", "Ruritania"),
    ("said", "The news agency Reuters said that it was late.", "Reuters"),
    ("called", "Security Council Resolution 911 called for peace.", "United Nations Security Council"),
    ("found", "A study by Haaretz found that many agree.", "Haaretz"),
    ("said", "A senior analyst said that it was late.", "senior analyst"),
    ("said", "Mr Okello said that it was late.", "Okello"),
    ("According", "According to a report in Haaretz, it was late.", "Haaretz"),
    ("warning", "The warning by Kovac came late.", "Viktor Kovac"),
]


@pytest.mark.parametrize(("word", "text", "label"), SPEAKERS)
def test_who_is_behind_a_cue(word: str, text: str, label: str | None) -> None:
    built = passage(text, WORLD)
    cue = cue_at(token(built, word))
    assert cue is not None
    speaker = speaker_of(built, cue)
    assert (speaker.label if speaker else None) == label


def test_an_unnamed_speaker_is_marked_as_made() -> None:
    built = passage("A senior analyst said that it was late.", WORLD)
    entity = entity_at(built, token(built, "analyst"))
    assert entity is not None
    assert (entity.label, entity.type, entity.known) == ("senior analyst", "Person", False)


def test_a_thing_does_not_speak() -> None:
    built = passage("Relations cooled.", WORLD)
    assert entity_at(built, token(built, "Relations")) is None


def test_who_spoke_last_goes_before_who_was_named_last() -> None:
    built = passage(["Ana Odria said that Kovac had left.", "The diplomat smiled."], WORLD)
    entity = antecedent(built, token(built, "diplomat"), ("Person",))
    assert entity is not None
    assert entity.label == "Ana Odria"


def test_nobody_is_found_where_nobody_was_named() -> None:
    built = passage("The diplomat smiled.", WORLD)
    assert antecedent(built, token(built, "diplomat"), ("Person",)) is None


SOURCES = [
    ("left", "Haaretz reported that people left, citing Reuters.", ["Haaretz", "Reuters"]),
    ("left", "People left before Kovac said so.", []),
    ("left", "It was reported that people left.", []),
]


@pytest.mark.parametrize(("word", "text", "labels"), SOURCES)
def test_sources_of_a_fact(word: str, text: str, labels: list[str]) -> None:
    built = passage(text, WORLD)
    assert [e.label for e in sources_of(built, token(built, word))] == labels


def test_the_lists_hold_what_they_say() -> None:
    spoken = words_of("says") | words_of("judges") | words_of("wants") | words_of("thinks")
    assert len(spoken) > 250
    assert words_of("vouches_for_object") <= words_of("says") | words_of("finds") | words_of("thinks") | words_of("vouches")
