"""Plain text that is none: no crash, no hang, and every character still knows its place."""

from pathlib import Path

import pytest
from hypothesis import given

from benchmarks.fuzz import READERS
from loaders.texts.documents import load_document, read_document
from loaders.texts.sources import Source
from ontology.errors import IrkgError
from tests.hostile.trying import SOME, garbage, try_worst

SOURCE = Source(id="a", place="a.txt", title="a", kind="news")


@SOME
@given(garbage("text"))
def test_rubbish(text: str) -> None:
    READERS["text"].try_to_read(text)


def test_worst_cases() -> None:
    pieces = ("a", " ", "\n", "\ufeff", "[1]", "[", "a. ", "1,", "“", "A.", "abc.Ab ", "\u202e")
    try_worst("text", *(f"{piece!r} * {300_000 // len(piece)}" for piece in pieces))


def test_a_hundred_megabytes_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 100_000_000)
    with pytest.raises(IrkgError, match=r"a\.txt: is larger than 20,000,000 bytes; split it"):
        load_document(Source(id="a", place=str(tmp_path / "a.txt"), title="a", kind="news"))


def test_a_file_without_an_end() -> None:
    with pytest.raises(IrkgError, match=r"/dev/zero: is larger than 20,000,000 bytes"):
        load_document(Source(id="a", place="/dev/zero", title="a", kind="news"))


def test_more_characters_than_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"ab " * 2_000_000)
    with pytest.raises(IrkgError, match=r"a\.txt: has more than 5,000,000 characters; split it"):
        load_document(Source(id="a", place=str(tmp_path / "a.txt"), title="a", kind="news"))


def lengths(text: str) -> list[int]:
    document = read_document(SOURCE, text)
    assert all("".join(text[place] for place in p.offsets) == p.text for p in document.paragraphs)
    return [len(paragraph.text) for paragraph in document.paragraphs]


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    sentence = "It was so, and so it was. "
    assert lengths(sentence * 300) == [26 * 153, 26 * 147 - 1]


def test_one_without_sentences_at_a_space() -> None:
    assert lengths("and so " * 1000 + ".") == [3997, 3004]


def test_a_run_of_characters_that_is_no_word_is_left_out() -> None:
    text = f"He sent {'QUJD' * 300} to them."
    (paragraph,) = read_document(SOURCE, text).paragraphs
    assert paragraph.text == "He sent  to them."
    assert paragraph.raw_span(0, 17) == (0, len(text))
    assert lengths(f"He sent {'a' * 998}.") == [1007]
