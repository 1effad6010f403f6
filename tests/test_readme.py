"""The documents say what is so: each command shown runs and prints what stands below it, each link and picture is there."""

import doctest
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.screenshots import (
    DOCUMENTS,
    LARGEST,
    PICTURES,
    SIZE,
    STORE,
    Command,
    Picture,
    commands,
    differs,
    files_in,
    make_workspace,
    run,
    write_files,
)

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
SHOWN = [(document, command) for document in DOCUMENTS for command in commands(document.read_text(encoding="utf-8"))]

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it is after ``make demo``, with the files that the documents give."""
    folder = make_workspace(tmp_path_factory.mktemp("readme"))
    for document in DOCUMENTS:
        write_files(document.read_text(encoding="utf-8"), folder)
    return folder


def test_the_documents_show_commands_with_answers_and_files() -> None:
    assert len(SHOWN) == 48
    assert sum(bool(command.shown) for _, command in SHOWN) == 39
    given = [path for document in DOCUMENTS for path, _ in files_in(document.read_text(encoding="utf-8"))]
    assert given == ["my-documents/sources.toml", "my-documents/notes.txt", "friends.rq"]


def test_each_of_twenty_questions_has_an_answer() -> None:
    """The last part of the page is no question."""
    *questions, _ = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert [question.partition(".")[0] for question in questions] == [str(number) for number in range(1, 21)]
    answers = [[command.shown for command in commands(question)] for question in questions]
    assert [number for number, shown in enumerate(answers, 1) if not shown or () in shown] == []


@pytest.mark.slow
@pytest.mark.parametrize(("document", "command"), SHOWN, ids=[f"{document.stem}: {command.line}" for document, command in SHOWN])
def test_a_command_shown_runs_and_prints_what_is_shown(workspace: Path, document: Path, command: Command) -> None:
    assert command.line == "make demo" or command.words[0] == "irkg"
    printed = run(command, workspace)
    if command.shown:
        assert differs(command.shown, printed) is None, f"{document.name} shows another answer; make screenshots renews it. Now:\n{printed}"


@pytest.mark.slow
def test_the_python_shown_gives_what_is_shown(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.findall(r"^```pycon\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(block) == 1
    example = doctest.DocTestParser().get_doctest(block[0], {}, "README.md", "README.md", 0)
    assert len(example.examples) == 4
    report: list[str] = []
    assert tuple(doctest.DocTestRunner(verbose=False).run(example, out=report.append))[:2] == (0, 4), "".join(report)


def test_the_shell_lines_shown_name_the_store_of_the_demo() -> None:
    for document in DOCUMENTS:
        assert f"export IRKG_STORE={STORE.as_posix()}" in document.read_text(encoding="utf-8"), document.name


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    gone = [link for link in links(page) if not leads_somewhere(page, link)]
    assert gone == []


def test_the_links_were_looked_at() -> None:
    assert {"docs/limits.md", "docs/images/meetings.png", "LICENSE"} <= set(links(ROOT / "README.md"))
    assert "../README.md#your-own-documents" in links(ROOT / "docs" / "getting-started.md")
    assert not leads_somewhere(ROOT / "README.md", "docs/none.md")
    assert not leads_somewhere(ROOT / "README.md", "docs/limits.md#none")


def links(page: Path) -> list[str]:
    """What the page links to, but for web addresses."""
    text = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    return [link for link in _LINK.findall(text) if not link.startswith(("http://", "https://"))]


def leads_somewhere(page: Path, link: str) -> bool:
    """Is there such a file, and in it such a heading?"""
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page: Path) -> Iterator[str]:
    """The headings as a link names them."""
    for heading in _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("picture", PICTURES, ids=[picture.file for picture in PICTURES])
def test_a_picture_is_shown_and_of_its_size(picture: Picture) -> None:
    content = (ROOT / "docs" / "images" / picture.file).read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == SIZE
    assert len(content) <= LARGEST
    assert any(f"images/{picture.file}" in document.read_text(encoding="utf-8") for document in DOCUMENTS)


def test_no_machine_is_named() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"/(?:home|work|root|Users|tmp)/", text), page.name
        assert os.fspath(ROOT) not in text, page.name


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        (("a", "b"), "a\nb\n", None),
        (("a",), "a\nb\n", "b"),
        (("a", "…"), "a\nb\n", None),
        (("…", "b"), "a\nb\n", None),
        (("b", "…", "a"), "a\nb\n", "a"),
        (("a", "c"), "a\nb\nc\n", "a\nc"),
    ],
)
def test_differences_are_found(shown: tuple[str, ...], printed: str, expected: str | None) -> None:
    assert differs(shown, printed) == expected
