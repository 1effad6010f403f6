"""What every test may ask for: the repository, the documents beside it, a browser."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
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
