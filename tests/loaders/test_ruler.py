"""The ruler that remembers sets what spaCy's own sets."""

from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from loaders.texts import ruler
from loaders.texts.language import DEFAULT_MODEL
from loaders.texts.ruler import NAME, RememberingRuler, remember

SENTENCES = (
    "There was a ferry to Hatland, and there are two more.",
    "Let's go, she said; we let the envoys go. It's theirs.",
    "He ain't gonna sign, y'all got ta know. C'm on!",
    "  The  ferries\n\tsailed\u00a0on 4 May 2019.  ",
    "Gon there let. Na is 's. Nothin' was agreed.",
    "Is there a treaty? Ferries 's sailed.",
    "The ferries can't sail; they won’t, they'd better not.",
    "",
    " ",
)
ATTRIBUTES = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START"]


@pytest.fixture(scope="module")
def own() -> Language:
    return spacy.load(DEFAULT_MODEL)


@pytest.fixture
def language() -> Language:
    language = spacy.load(DEFAULT_MODEL)
    remember(language)
    return language


def values(docs: Iterator[Doc]) -> list[list[list[int]]]:
    return [doc.to_array(ATTRIBUTES).tolist() for doc in docs]


@pytest.mark.parametrize("sentences", [SENTENCES, SENTENCES[::-1], SENTENCES * 2, [" ".join(SENTENCES)]])
def test_the_same_is_set(own: Language, language: Language, sentences: list[str]) -> None:
    assert language.pipe_names == [NAME if name == "attribute_ruler" else name for name in own.pipe_names]
    assert values(language.pipe(sentences)) == values(own.pipe(sentences))


def test_no_more_is_remembered_than_there_is_room_for(own: Language, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruler, "_MOST", 3)
    assert values(language.pipe(SENTENCES)) == values(own.pipe(SENTENCES))
    kept = language.get_pipe(NAME)
    assert isinstance(kept, RememberingRuler)
    assert len(kept._known) <= 3


@pytest.mark.parametrize("words", [[{"POS": "NOUN"}], [{"LOWER": "ferry", "OP": "+"}], [{"LOWER": "the"}, {"ENT_TYPE": "GPE"}]])
def test_a_ruler_that_looks_at_other_things_stays(words: list[dict[int | str, object]]) -> None:
    language = spacy.blank("en")
    made = language.add_pipe("attribute_ruler")
    assert isinstance(made, AttributeRuler)
    made.add(patterns=[words], attrs={"LEMMA": "ferry"})
    remember(language)
    assert language.pipe_names == ["attribute_ruler"]


def test_a_language_without_a_ruler() -> None:
    language = spacy.blank("en")
    remember(language)
    assert language.pipe_names == []


def test_a_ruler_of_single_words_alone() -> None:
    language = spacy.blank("en")
    made = language.add_pipe("attribute_ruler")
    assert isinstance(made, AttributeRuler)
    made.add(patterns=[[{"LOWER": "ferry"}]], attrs={"LEMMA": "boat"})
    remember(language)
    assert [token.lemma_ for token in language("The Ferry and a ferry")] == ["", "boat", "", "", "boat"]
