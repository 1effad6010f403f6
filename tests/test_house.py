"""The house stands: imports run one way, modules stay short, and nothing names a machine or a registry."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Each floor may import those listed, and itself. tests/ and benchmarks/ may import all.
MAY_IMPORT = {
    "ontology": set(),
    "graph": {"ontology"},
    "queries": {"graph", "ontology"},
    "loaders": {"graph", "ontology"},
    "irkg": {"queries", "loaders", "graph", "ontology"},
}
PACKAGES = sorted(MAY_IMPORT)
OUR_FOLDERS = {*PACKAGES, "tests", "benchmarks"}
MOST_LINES = 500

EXPECTED_FILES = [
    ".ci/run",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs/architecture.md",
    "docs/dependencies.md",
    "requirements-dev.lock",
    "requirements.lock",
]

# In two halves, so that this file does not break its own rule.
REGISTRY_HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "deb.deb" + "ian.org", "anaconda" + ".org"]
MACHINE_PATH = re.compile(r"(?<![\w.~$}/])/(?:work|root|home|Users)/\w")
WHEEL_SUFFIXES = {".py", ".typed", ".ttl", ".rq", ".toml", ".tsv", ".html", ".js", ".css", ".j2"}


def imported_modules(source: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that a source text imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


def wrong_arrows(package: str, source: str, where: str) -> list[str]:
    """One line for each import that goes up the house or across a floor."""
    found = []
    for line, module in imported_modules(source):
        floor = module.partition(".")[0]
        if floor in OUR_FOLDERS and floor != package and floor not in MAY_IMPORT[package]:
            found.append(f"{where}:{line}: {package} → {floor} ({module}) goes the wrong way")
    return found


def modules(repository: Path) -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((repository / package).rglob("*.py"))]
    assert found
    return found


def tracked_files(repository: Path) -> list[Path]:
    """What is or would be committed."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=repository, capture_output=True, text=True, check=False
    )
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    files = [repository / name for name in listing.stdout.split("\0") if name]
    assert files
    return [path for path in files if path.is_file()]


def test_imports_run_one_way(repository: Path) -> None:
    wrong = []
    for path in modules(repository):
        where = path.relative_to(repository)
        wrong += wrong_arrows(where.parts[0], path.read_text("utf-8"), str(where))
    assert wrong == []


@pytest.mark.parametrize(
    ("package", "source", "expected"),
    [
        ("graph", "from loaders.dates import find", ["graph/x.py:1: graph → loaders (loaders.dates) goes the wrong way"]),
        ("queries", "def f():\n    import loaders", ["queries/x.py:2: queries → loaders (loaders) goes the wrong way"]),
        ("loaders", "from queries import catalogue", ["loaders/x.py:1: loaders → queries (queries) goes the wrong way"]),
        ("irkg", "from tests.world import w", ["irkg/x.py:1: irkg → tests (tests.world) goes the wrong way"]),
        ("irkg", "from queries import catalogue\nfrom loaders import dates\nimport graph.store", []),
        ("graph", "import graphlib\nfrom graph.records import Event\nfrom ontology import errors", []),
    ],
)
def test_a_wrong_arrow_is_named(package: str, source: str, expected: list[str]) -> None:
    assert wrong_arrows(package, source, f"{package}/x.py") == expected


def test_modules_are_short(repository: Path) -> None:
    lengths = {str(path.relative_to(repository)): len(path.read_text("utf-8").splitlines()) for path in modules(repository)}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("name", EXPECTED_FILES)
def test_the_house_is_complete(repository: Path, name: str) -> None:
    assert (repository / name).is_file()


def test_the_changelog_knows_this_version(repository: Path) -> None:
    version = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## {version}" in (repository / "CHANGELOG.md").read_text("utf-8")


def test_tests_are_not_packages(repository: Path) -> None:
    """A tests/graph/__init__.py would shadow the package graph."""
    assert list((repository / "tests").rglob("__init__.py")) == []


def test_no_file_names_a_registry_or_a_machine(repository: Path) -> None:
    found = []
    for path in tracked_files(repository):
        text = path.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            if any(host in line for host in REGISTRY_HOSTS) or MACHINE_PATH.search(line):
                found.append(f"{path.relative_to(repository)}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_everything_with_hashes_and_name_no_index(repository: Path, name: str) -> None:
    text = (repository / name).read_text("utf-8")
    requirements = text.replace("\\\n", "").splitlines()
    assert len(requirements) > 40
    for requirement in requirements:
        assert re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement
    assert re.findall(r"index-url|find-links|https?:|file:", text) == []


def test_the_development_lock_holds_the_runtime_lock(repository: Path) -> None:
    runtime, development = (pins(repository / name) for name in ("requirements.lock", "requirements-dev.lock"))
    everywhere = {pin for pin in development if " ;" not in pin}  # what development needs on every machine
    assert {pin for pin in runtime - development if pin.partition(" ;")[0] not in everywhere} == set()


def pins(lock: Path) -> set[str]:
    """``name==version`` with its marker, one for each requirement."""
    return {line.removesuffix("\\").strip() for line in lock.read_text("utf-8").splitlines() if not line.startswith(" ")}


def test_the_wheel_carries_the_packages_and_their_files(repository: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    made = subprocess.run(build, cwd=repository, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert sorted({name.partition("/")[0] for name in carried}) == PACKAGES
    assert {name for name in carried if Path(name).suffix not in WHEEL_SUFFIXES} == set()
    ours = {path.relative_to(repository).as_posix() for path in tracked_files(repository)}
    assert carried == {name for name in ours if name.partition("/")[0] in PACKAGES}
