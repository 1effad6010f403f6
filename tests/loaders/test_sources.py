"""Where documents come from, and who has the last word on what they are."""

from pathlib import Path

import pytest

from loaders.texts.sources import DEFAULT_KIND, DOCUMENT_KINDS, Said, Source, clashes, find_sources
from ontology.errors import IrkgError, UsageError

GAZETTE = """
[[source]]
id = "gazette"
file = "sub/gazette.txt"
title = "Gazette"
publisher = "The invented press"
kind = "news"
published = "1994-05-02"
language = "en"
licence = "CC0-1.0"
perspective = "invented"
note = "A note."

[[source]]
id = "far"
url = "https://example.org/far.txt"
kind = "timeline"
unheard_of = "is left alone"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources.toml").write_text(GAZETTE, "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "gazette.txt").write_text("Fish.", "utf-8")
    return tmp_path


def gazette(folder: Path) -> Source:
    return Source(
        id="gazette", place=str(folder / "sub" / "gazette.txt"), title="Gazette", kind="news", publisher="The invented press",
        published="1994-05-02", language="en", licence="CC0-1.0", perspective="invented", note="A note.",
    )  # fmt: skip


FAR = Source(id="far", place="https://example.org/far.txt", title="far", kind="timeline", url="https://example.org/far.txt")


def test_a_folder_stands_for_its_sources(folder: Path) -> None:
    assert find_sources(str(folder)) == [gazette(folder), FAR]


def test_a_file_is_described_by_the_sources_toml_beside_it(folder: Path) -> None:
    (folder / "flat.txt").write_text("Fish.", "utf-8")
    with (folder / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[source]]\nid = "flat"\nfile = "flat.txt"\nkind = "news"\n')
    assert find_sources(str(folder / "flat.txt")) == [Source(id="flat", place=str(folder / "flat.txt"), title="flat", kind="news")]


def test_a_lone_file_is_described_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "fish_of-Malta.txt").write_text("Fish.", "utf-8")
    (source,) = find_sources(str(tmp_path / "fish_of-Malta.txt"))
    assert source == Source(id="fish_of-Malta", place=str(tmp_path / "fish_of-Malta.txt"), title="fish of Malta", kind=DEFAULT_KIND)


def test_an_address_is_described_by_itself() -> None:
    address = "https://example.org/Fish of Malta.txt"
    (source,) = find_sources(address)
    assert source == Source(id="example-org-fish-of-malta-txt", place=address, title=address, kind=DEFAULT_KIND, url=address)


def test_what_the_command_line_says_wins(folder: Path) -> None:
    near, far = find_sources(str(folder), Said(kind="encyclopedia", published="2000~"))
    assert {(source.kind, source.published) for source in (near, far)} == {("encyclopedia", "2000~")}
    assert near.title == "Gazette"
    (alone,) = find_sources(str(folder / "sub" / "gazette.txt"), Said(source_id="mine", kind="news"))
    assert (alone.id, alone.kind) == ("mine", "news")


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
def test_each_kind(folder: Path, kind: str) -> None:
    assert [source.kind for source in find_sources(str(folder), Said(kind=kind))] == [kind, kind]


def test_toml_may_begin_with_a_byte_order_mark_and_hold_dates(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text('\ufeff[[source]]\nid = "a"\nfile = "a.txt"\nkind = "news"\npublished = 1994-05-02\n', "utf-8")
    (source,) = find_sources(str(tmp_path))
    assert source.published == "1994-05-02"


@pytest.mark.parametrize("file", ["../a.txt", "/a.txt", "sub/../../a.txt", "a\\u0000.txt"])
def test_a_file_outside_of_the_folder(folder: Path, file: str) -> None:
    (folder / "sources.toml").write_text(f'[[source]]\nid = "a"\nfile = "{file}"\nkind = "news"\n', "utf-8")
    with pytest.raises(IrkgError, match=r"sources.toml: \[\[source\]\] number 1: .* lies outside the folder"):
        find_sources(str(folder))


def test_a_file_of_a_folder_below_may_be_named_in_any_way(folder: Path) -> None:
    (folder / "sources.toml").write_text('[[source]]\nid = "a"\nfile = "sub/../sub/gazette.txt"\nkind = "news"\n', "utf-8")
    (source,) = find_sources(str(folder))
    assert Path(source.place).read_text("utf-8") == "Fish."


@pytest.mark.parametrize("name", ["reference", "fusion", "descriptions", "Reference!"])
def test_the_graphs_of_our_own_are_no_sources(folder: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"“{name}” names a graph of our own"):
        find_sources(str(folder / "sub" / "gazette.txt"), Said(source_id=name))


def source(id_: str, place: str = "a.txt") -> Source:
    return Source(id=id_, place=place, title="A", kind="news")


def test_clashes_are_ids_that_share_a_graph() -> None:
    one, other, third = source("Fish one"), source("fish-one"), source("two")
    assert list(clashes([one, third, other])) == [(one, other)]
    assert list(clashes([one, third])) == []
    assert list(clashes([third, third])) == []
