"""``make screenshots``: renews the pictures in docs/images and the answers shown in the documents.

Both are made from the embedded corpus, as ``make demo`` builds it. In ``README.md``, ``docs/getting-started.md`` and ``docs/questions.md``
a ``console`` block shows a command after ``$`` and below it what it prints; a line ``…`` stands for lines left out.
A block with ``title=PATH`` after its language is a file that the commands below it read.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import IrkgError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page, Playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "getting-started.md", ROOT / "docs" / "questions.md")
STORE = Path("out", "store")  # where the documents keep the graph, from the folder of the project

LEFT_OUT = "…"
LARGEST = 250_000  # bytes of a picture
SIZE = (1400, 900)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")

_BLOCK = re.compile(r"^```(?P<language>\w+)(?: title=(?P<path>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<line>.+)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A view, as ``irkg view`` is asked for it, with an entity chosen so that the panel shows words."""

    file: str
    view: str
    chosen: str


PICTURES = (
    Picture("meetings.png", "leader-meetings", "Naftali Bennett"),
    Picture("entity.png", "overview --entity 'Anatoly Viktorov'", "Anatoly Viktorov"),
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command line in a document, and the lines shown below it."""

    line: str
    shown: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words as a shell would split them."""
        return tuple(shlex.split(self.line))


def main() -> int:
    """Renews both, or one; ends with 1 when there is something to do by hand."""
    arguments = _arguments()
    try:
        browser = None if arguments.answers else browser_tools()
        with tempfile.TemporaryDirectory() as folder:
            workspace = make_workspace(Path(folder))
            problems = [] if arguments.pictures else [problem for file in DOCUMENTS for problem in renew_answers(file, workspace)]
            if browser is not None:
                problems += take_pictures(workspace, *browser)
    except IrkgError as error:
        problems = [str(error)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Renews the pictures and the answers that the documents show.")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--pictures", action="store_true", help="only docs/images")
    only.add_argument("--answers", action="store_true", help="only the answers in the documents")
    return parser.parse_args()


def make_workspace(folder: Path) -> Path:
    """A folder like that of the project after ``make demo``: ``corpus/`` and ``out/``; what it printed is in ``demo.txt``."""
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    printed = run(Command("irkg demo --out out", ()), folder)
    (folder / "demo.txt").write_text(printed, encoding="utf-8")
    return folder


def run(command: Command, workspace: Path) -> str:
    """What a command prints, stderr with stdout, as it would in the folder of the project.

    Raises:
        IrkgError: it ended with an error.
    """
    if command.line == "make demo":
        return (workspace / "demo.txt").read_text(encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-m", "irkg", *command.words[1:]],
        cwd=workspace,
        env=environment | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "IRKG_STORE": STORE.as_posix()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    if done.returncode != 0:
        raise IrkgError(f"{command.line}: ended with {done.returncode}: {done.stdout.strip()}")
    return done.stdout


# ---------------------------------------------------------------- the answers


def commands(text: str) -> list[Command]:
    """The command lines in the console blocks of a document, in order."""
    blocks = (block["body"] for block in _BLOCK.finditer(text) if block["language"] == "console")
    return [_command(match) for body in blocks for match in _COMMAND.finditer(body)]


def _command(match: re.Match[str]) -> Command:
    return Command(match["line"].strip(), tuple(line.rstrip() for line in match["shown"].splitlines()))


def files_in(text: str) -> Iterator[tuple[str, str]]:
    """The files that a document gives: path and text."""
    for block in _BLOCK.finditer(text):
        if block["path"]:
            yield block["path"], block["body"]


def write_files(text: str, workspace: Path) -> None:
    """Puts the files that a document gives into the workspace."""
    for path, body in files_in(text):
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace / path).write_text(body, encoding="utf-8")


def differs(shown: Sequence[str], printed: str) -> str | None:
    """The first stretch of shown lines that was not printed, in order; None when all were."""
    lines = [line.rstrip() for line in printed.splitlines()]
    at = 0
    for stretch in _stretches(shown):
        places = (n for n in range(at, len(lines) - len(stretch) + 1) if lines[n : n + len(stretch)] == stretch)
        place = next(places, None)
        if place is None:
            return "\n".join(stretch)
        at = place + len(stretch)
    return None if LEFT_OUT in shown or not shown or at == len(lines) else "\n".join(lines[at:])


def _stretches(shown: Sequence[str]) -> list[list[str]]:
    stretches: list[list[str]] = [[]]
    for line in shown:
        if line == LEFT_OUT:
            stretches.append([])
        else:
            stretches[-1].append(line)
    return [stretch for stretch in stretches if stretch]


def renew_answers(document: Path, workspace: Path) -> list[str]:
    """Puts what the commands print now below them; where lines are left out, says what to choose anew."""
    text = document.read_text(encoding="utf-8")
    write_files(text, workspace)
    problems: list[str] = []

    def renewed_block(block: re.Match[str]) -> str:
        if block["language"] != "console":
            return block[0]
        return f"```console\n{_COMMAND.sub(renewed, block['body'])}```"

    def renewed(match: re.Match[str]) -> str:
        command = _command(match)
        if command.words[0] != "irkg" and command.line != "make demo":
            return match[0]
        printed = run(command, workspace)
        if not command.shown or differs(command.shown, printed) is None:
            return match[0]
        if LEFT_OUT in command.shown:
            problems.append(f"{document.name}: $ {command.line}\nno longer prints, choose anew:\n{differs(command.shown, printed)}")
            return match[0]
        print(f"{document.name}: renewed $ {command.line}")
        return f"$ {command.line}\n" + "".join(f"{line.rstrip()}\n" for line in printed.splitlines())

    new = _BLOCK.sub(renewed_block, text)
    if new != text:
        document.write_text(new, encoding="utf-8")
    return problems


# ---------------------------------------------------------------- the pictures


def take_pictures(workspace: Path, tools: "AbstractContextManager[Playwright]", browser_path: str) -> list[str]:
    """Writes docs/images; returns what is wrong with them.

    Raises:
        IrkgError: a view lacks what is to be chosen in it.
    """
    IMAGES.mkdir(exist_ok=True)
    problems: list[str] = []
    with tools as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
        width, height = SIZE
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light", reduced_motion="reduce")
        for picture in PICTURES:
            view = workspace / "view.html"
            run(Command(f"irkg view {picture.view} -o view.html", ()), workspace)
            page.goto("about:blank")
            page.goto(view.as_uri())
            page.locator("html[data-ready]").wait_for(timeout=20_000)
            _choose(page, picture)
            page.screenshot(path=IMAGES / picture.file)
            size = (IMAGES / picture.file).stat().st_size
            print(f"docs/images/{picture.file}: {size:,} bytes")
            if size > LARGEST:
                problems.append(f"docs/images/{picture.file}: {size:,} bytes are more than {LARGEST:,}; choose another entity or view")
        browser.close()
    return problems


def browser_tools() -> "tuple[AbstractContextManager[Playwright], str]":
    """Playwright, and the browser that it is to drive.

    Raises:
        IrkgError: one of them is not there.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise IrkgError("playwright is not installed; run make screenshots, which installs what requirements-dev.lock names") from None
    for name in BROWSERS:
        if path := shutil.which(name):
            return sync_playwright(), path
    raise IrkgError("no Chromium on the PATH to take pictures with; apt-get install chromium (Debian, Ubuntu), or any Chrome") from None


def _choose(page: "Page", picture: Picture) -> None:
    """Chooses an entity by its name, which opens its records in the panel."""
    page.keyboard.press("/")
    page.keyboard.type(picture.chosen)
    page.keyboard.press("Enter")
    heading = page.locator("#panel h2.chosen")
    if heading.count() == 0 or heading.inner_text().strip() != picture.chosen:
        raise IrkgError(f"the view {picture.view} has no {picture.chosen}; change PICTURES in benchmarks/screenshots.py")
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(SIZE[0] // 2, 30)  # off the drawing, where it would open a tip
    page.wait_for_timeout(400)


if __name__ == "__main__":
    sys.exit(main())
