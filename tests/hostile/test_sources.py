"""``sources.toml`` of somebody who means ill: no file outside the folder, no address but http(s), no crash of the parser."""

from pathlib import Path

import pytest
from hypothesis import given

from benchmarks.fuzz import READERS
from loaders.texts.sources import Said, find_sources
from ontology.errors import IrkgError, UsageError
from tests.hostile.trying import SOME, garbage, try_worst

ONE = '[[source]]\nid = "a"\nkind = "news"\n'


@SOME
@given(garbage("sources", surrogates=True))
def test_rubbish(text: str) -> None:
    READERS["sources"].try_to_read(text)
    READERS["sources"].try_to_read(ONE + text)


def test_worst_cases() -> None:
    try_worst(
        "sources",
        "'a=' + '[' * 1_000_000",
        "'a=' + '{a=' * 100_000",
        "'a.' * 500_000 + 'b=1'",
        "'[' + 'a.' * 500_000 + 'b]'",
        "'[[source]]\\n' * 50_000",
        "'\"a\".' * 200_000 + 'b=1'",
        "'a=' + '9' * 1_000_000",
        "'a=\"' + 'a' * 9_000_000 + '\"'",
        "'a' * 100_000_000",
        "'\"' * 1_000_000",
        "'a-' * 500_000",
    )


def told(folder: Path, text: str) -> str:
    """Why the sources are refused."""
    (folder / "sources.toml").write_text(text, "utf-8")
    with pytest.raises(IrkgError) as refused:
        find_sources(str(folder))
    return str(refused.value).removeprefix(f"{folder}/sources.toml: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 10_000, "is not TOML: it nests too deep"),
        ("a = " + "9" * 10_000, "is not TOML: Exceeds the limit (4300 digits) for integer string conversion"),
        ("a." * 60 + "b = 1", "is larger than 10,000,000 bytes, or has a key of more than 50 parts; describe fewer sources"),
        ('[[source]]\nid = "\\u0000"\nkind = "news"\nfile = "a"', "[[source]] number 1: has no id"),
        (ONE + 'file = "a\\ud800"', "is not TOML: Escaped character is not a Unicode scalar value"),
    ],
)
def test_toml_that_is_too_much(tmp_path: Path, text: str, message: str) -> None:
    assert told(tmp_path, text).startswith(message)


@pytest.mark.parametrize("file", ["../../etc/passwd", "../" * 5000, "/etc/passwd", "a/../../b", "out", "out/passwd", "circle", "a\\u0000b"])
def test_files_that_lie_outside(tmp_path: Path, file: str) -> None:
    (tmp_path / "out").symlink_to("/etc")
    (tmp_path / "circle").symlink_to("circle")
    assert "lies outside the folder; move it in, or name it on the command line" in told(tmp_path, f'{ONE}file = "{file}"')


def test_links_that_stay_in_and_a_folder_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("It was so.", "utf-8")
    (tmp_path / "real" / "b.txt").symlink_to("a.txt")
    (tmp_path / "linked").symlink_to("real")
    (tmp_path / "real" / "sources.toml").write_text(f'{ONE}file = "b.txt"', "utf-8")
    assert [source.place for source in find_sources(str(tmp_path / "linked"))] == [str(tmp_path / "linked" / "b.txt")]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://a/", "HTTP://a/"])
def test_addresses_that_are_not_of_the_web(tmp_path: Path, url: str) -> None:
    assert told(tmp_path, f'{ONE}url = "{url}"') == f"[[source]] number 1: {url} is no http(s) address; name a file instead"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http://a b", "http://a/<script>", "//a", "a"])
def test_nor_those_beside_a_file(tmp_path: Path, url: str) -> None:
    assert (
        told(tmp_path, f'{ONE}file = "a.txt"\nurl = "{url}"')
        == f"[[source]] number 1: {url} is no http(s) address; mend it, or leave it out"
    )


def test_characters_that_are_no_text_are_left_out_of_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(f'{ONE}file = "a.txt"\ntitle = "\\u202eA\\u0000 b"\nnote = "\\u0001c"', "utf-8")
    (source,) = find_sources(str(tmp_path))
    assert (source.title, source.note) == ("A b", "c")


def test_names_that_are_no_unicode(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff.txt"
    path.write_text("It was so.", "utf-8")
    for place, said in ((str(path), Said()), ("wikipedia:\udcff", Said()), ("http://a/\udcff", Said())):
        with pytest.raises(UsageError, match="its name is not valid Unicode text; rename it"):
            find_sources(place, said)
    assert find_sources(str(path), Said(source_id="a"))[0].id == "a"
