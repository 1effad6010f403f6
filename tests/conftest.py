"""What every test may ask for: the repository, the documents beside it, a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder with pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository with the real documents and the gold records; absent from a plain clone."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus" / "sources.toml").is_file():
        pytest.skip("needs ../shared with the real documents; the embedded corpus/ is tested without it")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser that Playwright can drive."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    pytest.skip("needs Chromium: apt-get install chromium (Debian, Ubuntu), or any Chrome on the PATH")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One for all tests, since Playwright runs once in a process; skipped, with what to install, where there is no Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()
