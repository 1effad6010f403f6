"""Plain text to paragraphs: what is left out, what gives context, and that no character loses its place."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.texts.documents import Document, Paragraph, load_document, read_document, read_text
from loaders.texts.sources import DOCUMENT_KINDS, Source
from ontology.errors import IrkgError

FOLDED = {"’": "'", "\u00a0": " ", "\t": " "}  # what the language model reads, for what the file holds


def read(raw: str, kind: str = "encyclopedia") -> Document:
    return read_document(Source(id="made-up", place="made-up.txt", title="Made up", kind=kind), raw)


def texts(raw: str, kind: str = "encyclopedia") -> list[str]:
    return [paragraph.text for paragraph in read(raw, kind).paragraphs]


def kinds(raw: str, kind: str = "encyclopedia") -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in read(raw, kind).paragraphs]


def headed(raw: str, kind: str = "encyclopedia") -> list[tuple[str | None, str]]:
    return [(paragraph.heading, paragraph.text) for paragraph in read(raw, kind).paragraphs]


# Marks


@pytest.mark.parametrize("mark", ["[1]", "[37]", "[1234]", "[a]", "[note 3]", "[nb 2]", "[ 5 ]"])
def test_citation_marks_are_left_out_and_kept_as_citations(mark: str) -> None:
    raw = f"Norway recognised Malta.{mark} Malta rejoiced."
    document = read(raw)
    (paragraph,) = document.paragraphs
    assert paragraph.text == "Norway recognised Malta. Malta rejoiced."
    (citation,) = document.citations
    assert raw[citation.start : citation.end] == mark
    assert citation.label == mark.strip("[]")


@pytest.mark.parametrize(
    "mark", ["[edit]", "[when?]", "[citation needed]", "[who?]", "[sic]", "[disputed – discuss]", "[Clarification needed]"]
)
def test_editors_marks_are_left_out(mark: str) -> None:
    document = read(f"Norway recognised Malta in spring{mark} and opened an embassy there. It closed.")
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Norway recognised Malta in spring and opened an embassy there. It closed."
    ]
    assert document.citations == ()


@pytest.mark.parametrize("words", ["[Norwegian]", "[the minister]", "[…]", "[12 of them]", "[]", "[1", "1]"])
def test_words_in_brackets_are_the_authors(words: str) -> None:
    raw = f"“They will recognise {words} fishermen soon,” said Ada Brandt."
    assert texts(raw) == [raw]


def test_marks_side_by_side_and_at_the_ends() -> None:
    raw = "[1]Norway[2][3] recognised Malta.[4][5]\n"
    (paragraph,) = read(raw).paragraphs
    assert paragraph.text == "Norway recognised Malta."
    assert paragraph.raw_span(0, 6) == (3, 9)
    assert raw[slice(*paragraph.raw_span(7, 17))] == "recognised"


def test_a_span_across_a_mark_holds_the_mark() -> None:
    raw = "Norway recognised[1] Malta in 1951."
    (paragraph,) = read(raw).paragraphs
    start, end = paragraph.text.index("recognised"), paragraph.text.index(" in")
    assert raw[slice(*paragraph.raw_span(start, end))] == "recognised[1] Malta"


def test_citations_of_a_span() -> None:
    raw = "Norway recognised Malta.[12] Malta rejoiced.[13][14]"
    document = read(raw)
    first = raw.index("Norway"), raw.index(".[12]")
    second = raw.index("Malta rejoiced"), raw.index(".[13]")
    assert document.cited_in(*first) == ["12"]
    assert document.cited_in(*second) == ["13"]
    assert document.cited_in(0, len(raw)) == ["12", "13", "14"]


def test_a_source_id_in_brackets_is_a_citation_in_a_timeline_alone() -> None:
    raw = "3 May 1951: Norway recognised Malta. [old-handbook, gazette]"
    document = read(raw, "timeline")
    assert [citation.label for citation in document.citations] == ["old-handbook, gazette"]
    assert texts(raw, "timeline") == ["3 May 1951", "Norway recognised Malta."]
    assert read(raw, "news").citations == ()


# Headings


def test_a_heading_gives_context_and_is_no_paragraph() -> None:
    raw = "Early years[edit]\nNorway recognised Malta. It was spring.\n\nLater[edit]\nMalta rejoiced. So did Norway."
    assert headed(raw) == [
        ("Early years", "Norway recognised Malta. It was spring."),
        ("Later", "Malta rejoiced. So did Norway."),
    ]


def test_a_short_line_without_a_full_stop_is_a_heading() -> None:
    assert headed("Trade\n\nNorway sold fish. Malta paid.") == [("Trade", "Norway sold fish. Malta paid.")]
    assert headed("Norway sold fish. Malta paid.\n\nTrade") == [(None, "Norway sold fish. Malta paid.")]


def test_a_heading_run_into_a_paragraph() -> None:
    body = "Norway recognised Malta in the spring of that year, after long talks in Oslo. Malta opened an embassy soon after.[3]"
    raw = f"{body} Trade and fish[edit]\nNorway sold fish. Malta paid."
    assert headed(raw) == [(None, body.removesuffix("[3]")), ("Trade and fish", "Norway sold fish. Malta paid.")]


@pytest.mark.parametrize("heading", ["References", "See also", "External links", "Further reading"])
def test_sections_that_list_works_are_left_out(heading: str) -> None:
    raw = (
        f"Norway recognised Malta. Malta rejoiced.\n{heading}[edit]\nBrandt, A. Fish. Oslo 1951.\nHistory[edit]\nMalta is old. It has fish."
    )
    assert headed(raw) == [(None, "Norway recognised Malta. Malta rejoiced."), ("History", "Malta is old. It has fish.")]


# Captions


def test_a_caption_run_into_the_text() -> None:
    raw = "Ada Brandt and Rui Castell in Valletta.Norway recognised Malta in 1951. It was spring.[1]"
    assert kinds(raw) == [
        ("caption", "Ada Brandt and Rui Castell in Valletta."),
        ("text", "Norway recognised Malta in 1951. It was spring."),
    ]
    second = read(raw).paragraphs[1]
    assert raw[slice(*second.raw_span(0, 6))] == "Norway"


def test_initials_and_abbreviations_are_no_captions() -> None:
    raw = "The U.S.A. and A.B.Brandt met in St.Julian with Mr.Castell. They ate fish."
    assert kinds(raw) == [("text", raw)]


def test_a_line_of_one_sentence_without_a_citation_is_a_caption_in_an_encyclopedia() -> None:
    raw = "Ada Brandt opens the embassy in Valletta, 1980."
    assert kinds(raw, "encyclopedia") == [("caption", raw)]
    assert kinds(raw, "news") == [("text", raw)]
    assert kinds(raw + "[3]", "encyclopedia") == [("text", raw)]


# News


@pytest.mark.parametrize("dateline", ["OSLO (Invented Press) - ", "OSLO, NORWAY — ", "VALLETTA – ", "ST. JULIAN -- "])
def test_a_dateline_is_left_out_of_news(dateline: str) -> None:
    raw = dateline + "Norway recognised Malta. It was spring."
    (paragraph,) = read(raw, "news").paragraphs
    assert paragraph.text == "Norway recognised Malta. It was spring."
    assert paragraph.offsets[0] == len(dateline)
    assert texts(raw, "encyclopedia") == [raw]


@pytest.mark.parametrize("beginning", ["OSLO-based fishermen met.", "Oslo — a port — sold fish.", "UN members met."])
def test_other_beginnings_are_kept(beginning: str) -> None:
    assert texts(f"{beginning} They ate.", "news") == [f"{beginning} They ate."]


FURNITURE = ["Advertisement", "Leave a Reply", "Comments", "Share this article", "Read more: Fish in Malta", "By Ada Brandt"]


@pytest.mark.parametrize("line", FURNITURE)
def test_the_furniture_of_a_page_is_left_out(line: str) -> None:
    raw = f"Norway recognised Malta. It was spring.\n{line}\nMalta rejoiced. So did Norway."
    assert headed(raw, "news") == [(None, "Norway recognised Malta. It was spring."), (None, "Malta rejoiced. So did Norway.")]


# Timelines


@pytest.mark.parametrize(
    ("line", "date", "entry"),
    [
        ("3 May 1951: Norway recognised Malta.", "3 May 1951", "Norway recognised Malta."),
        ("Early 1980s:  Trade grew. Fish was sold.", "Early 1980s", "Trade grew. Fish was sold."),
        ("1951–1980: There was peace.", "1951–1980", "There was peace."),
        ("June 1974: Brandt said: “Fish.”", "June 1974", "Brandt said: “Fish.”"),
    ],
)
def test_an_entry_of_a_timeline_is_its_date_and_its_text(line: str, date: str, entry: str) -> None:
    assert kinds(line, "timeline") == [("date", date), ("entry", entry)]
    first, second = read(line, "timeline").paragraphs
    assert line[slice(*first.raw_span(0, len(date)))] == date
    assert line[slice(*second.raw_span(0, len(entry)))] == entry


def test_entries_stand_under_their_heading() -> None:
    raw = "Norway and Malta\n\nFirst ties\n\n3 May 1951: Norway recognised Malta.\nTrade\n1980: Fish was sold."
    assert headed(raw, "timeline") == [
        ("First ties", "3 May 1951"),
        ("First ties", "Norway recognised Malta."),
        ("Trade", "1980"),
        ("Trade", "Fish was sold."),
    ]


def test_a_colon_without_a_date_makes_no_entry() -> None:
    assert kinds("A note: fish was sold.", "timeline") == [("text", "A note: fish was sold.")]


# Characters


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n", "\u2028"])
def test_ends_of_lines(newline: str) -> None:
    raw = f"  Norway recognised Malta. It was spring.{newline}\tMalta rejoiced. So did Norway.{newline}"
    document = read(raw)
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Norway recognised Malta. It was spring.",
        "Malta rejoiced. So did Norway.",
    ]
    for paragraph in document.paragraphs:
        assert raw[slice(*paragraph.raw_span(0, len(paragraph.text)))] == paragraph.text


def test_a_byte_order_mark_is_no_part_of_the_text_but_counts() -> None:
    raw = "\ufeff3 May 1951: Norway recognised Malta."
    date, _ = read(raw, "timeline").paragraphs
    assert (date.text, date.offsets[0]) == ("3 May 1951", 1)


def test_apostrophes_and_blanks_are_folded_and_quotation_marks_are_not() -> None:
    raw = "Brandt’s fishermen\u00a0said:\t‘The\u00a0fish’s ours.’ They ate."
    assert texts(raw) == ["Brandt's fishermen said: ‘The fish's ours.’ They ate."]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 3), (3, 2), (0, 40)])
def test_no_span_outside_of_a_paragraph(start: int, end: int) -> None:
    (paragraph,) = read("Norway recognised Malta. Yes.").paragraphs
    with pytest.raises(ValueError, match=f"no span {start}–{end} in a paragraph of 29 characters"):
        paragraph.raw_span(start, end)


# Any text at all

PIECES = st.sampled_from(
    [
        "[1]",
        "[edit]",
        "[when?]",
        "[a][b]",
        "[old-handbook]",
        "[",
        "]",
        "3 May 1951: ",
        "1980:",
        "OSLO (Press) - ",
        "OSLO — ",
        "’s",
        "\u00a0",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\u2028",
        "\x0b",
        "\x1c",
        "\ufeff",
        " ",
        ". ",
        ".Norway",
        "References",
        "Norway recognised Malta. ",
        "“fish,”",
        "See also[edit]",
        "Advertisement",
        "мир",
        "דג",
        "🐟",
        "e\u0301",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join))
KINDS = st.sampled_from(DOCUMENT_KINDS)


def assert_maps_to_raw(paragraph: Paragraph, raw: str) -> None:
    assert len(paragraph.text) == len(paragraph.offsets) > 0
    assert all(one < other for one, other in pairwise(paragraph.offsets))
    for character, place in zip(paragraph.text, paragraph.offsets, strict=True):
        assert character == raw[place] or character == FOLDED[raw[place]]


@given(raw=TEXTS, kind=KINDS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_every_character_knows_its_place(raw: str, kind: str) -> None:
    document = read(raw, kind)
    assert document.raw == raw
    last = -1
    for paragraph in document.paragraphs:
        assert_maps_to_raw(paragraph, raw)
        assert paragraph.text.strip()
        assert paragraph.kind in ("text", "caption", "date", "entry")
        assert last < paragraph.offsets[0]
        last = paragraph.offsets[-1]
    for citation in document.citations:
        assert raw[citation.start] + raw[citation.end - 1] == "[]"


@given(content=st.one_of(st.binary(max_size=60), TEXTS.map(str.encode)), kind=KINDS)
@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_read_or_refused_in_words(tmp_path: Path, content: bytes, kind: str) -> None:
    file = tmp_path / "any.txt"
    file.write_bytes(content)
    try:
        document = load_document(Source(id="any", place=str(file), title="Any", kind=kind))
    except IrkgError as refused:
        assert str(refused).startswith(f"{file}: is ")
        assert "\n" not in str(refused)
    else:
        assert document.raw.encode() == content
        for paragraph in document.paragraphs:
            assert_maps_to_raw(paragraph, document.raw)


# Files


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"fish\x00", "is binary (it holds a zero byte), not text"),
        (b"fi\xffsh", "is not UTF-8 at byte 2; convert it first"),
    ],
)
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    with pytest.raises(IrkgError) as refused:
        read_text(str(file))
    assert str(refused.value) == f"{file}: {message}"


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(IrkgError) as refused:
        read_text(str(tmp_path / "none.txt"))
    assert str(refused.value) == f"{tmp_path}/none.txt: is named as a source and is not there"
    with pytest.raises(IrkgError) as refused:
        read_text(str(tmp_path))
    assert str(refused.value).startswith(f"{tmp_path}: can't be read: ")


def test_no_newline_is_translated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Fish.\r\nMalta – é.\r".encode())
    assert read_text(str(tmp_path / "a.txt")) == "Fish.\r\nMalta – é.\r"


def test_the_real_article_keeps_its_offsets(shared: Path) -> None:
    raw = read_text(str(shared / "corpus" / "wikipedia-israel-russia.txt"))
    document = read(raw)
    assert len(document.paragraphs) > 90
    assert len(document.citations) > 150
    for paragraph in document.paragraphs:
        assert_maps_to_raw(paragraph, raw)
        assert "[edit]" not in paragraph.text
