"""What others wrote is known by name, licence and hash; and nothing that comes in from outside is ever run."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.audit import entries, judged
from benchmarks.licences import UNKNOWN, locked

PACKAGES = ("irkg", "graph", "loaders", "ontology", "queries")
RUN_WHAT_THEY_ARE_GIVEN = frozenset({"eval", "exec", "compile", "__import__"})
OPEN_TO_CODE = frozenset(
    {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "code", "codeop", "pty"}
)
CALLS = frozenset({"os.system", "os.popen", "yaml.load", "yaml.unsafe_load", "numpy.load", "pandas.read_pickle", "torch.load"})
SHELLS = frozenset({"sh", "bash", "/bin/sh", "/bin/bash", "cmd", "powershell"})


def dangers(source: str) -> Iterator[str]:
    """Whatever in a source could run what a user, a document or a server gave."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (f"{node.lineno}: import {alias.name}" for alias in names if alias.name.partition(".")[0] in OPEN_TO_CODE)
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in OPEN_TO_CODE:
                yield f"{node.lineno}: from {module}"
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{node.lineno}: {module}.{alias.name}" for alias in names if f"{module}.{alias.name}" in CALLS)
            case ast.Call(func=ast.Name(id=name)) if name in RUN_WHAT_THEY_ARE_GIVEN:
                yield f"{node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute()) if (name := ast.unparse(node.func)) in CALLS:
                yield f"{node.lineno}: {name}()"
        if isinstance(node, ast.Call):
            yield from (f"{node.lineno}: shell" for word in node.keywords if word.arg == "shell" and not is_false(word.value))
            yield from (f"{node.lineno}: {shell}" for shell in SHELLS if f"['{shell}'" in ast.unparse(node))


def is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def test_nothing_from_outside_is_run(repository: Path) -> None:
    paths = [path for package in PACKAGES for path in sorted((repository / package).rglob("*.py"))]
    assert len(paths) > 100
    assert [f"{path.relative_to(repository)}:{danger}" for path in paths for danger in dangers(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("eval(words)", ["1: eval()"]),
        ("def f():\n    exec(words)", ["2: exec()"]),
        ("__import__(words)", ["1: __import__()"]),
        ("import pickle", ["1: import pickle"]),
        ("from marshal import loads", ["1: from marshal"]),
        ("import os\nos.system(words)", ["2: os.system()"]),
        ("from os import system", ["1: os.system"]),
        ("yaml.load(words)", ["1: yaml.load()"]),
        ("subprocess.run(words, shell=True)", ["1: shell"]),
        ("subprocess.run(words, shell=is_odd)", ["1: shell"]),
        ("subprocess.run(['sh', '-c', words])", ["1: sh"]),
        ("re.compile(words)\nsubprocess.run([program, words], shell=False)\nmodel.eval()\nast.literal_eval(words)", []),
    ],
)
def test_a_danger_is_seen(source: str, expected: list[str]) -> None:
    assert list(dangers(source)) == expected


def test_no_template_goes_without_escaping(repository: Path) -> None:
    """Jinja2 leaves HTML as it is unless told otherwise."""
    made = [
        (path.name, ast.unparse(node))
        for package in PACKAGES
        for path in (repository / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Environment"
    ]
    assert made
    assert [(name, call) for name, call in made if "autoescape=" not in call or "autoescape=False" in call] == []


# Licences


@pytest.fixture(scope="module")
def listed(repository: Path) -> dict[str, dict[str, str]]:
    """The licences by package, of each part of the page."""
    page = (repository / "docs" / "licences.md").read_text("utf-8")
    parts = dict(re.findall(r"^## (.*)\n\n\| package \| licence \|\n\| --- \| --- \|\n((?:\|.*\n)+)", page, re.MULTILINE))
    return {name: dict(re.findall(r"^\| (\S+) \| (.+) \|$", rows, re.MULTILINE)) for name, rows in parts.items()}


def test_the_licences_are_of_exactly_what_is_locked(repository: Path, listed: dict[str, dict[str, str]]) -> None:
    runtime, development = (locked(repository / name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert set(listed["To run"]) == runtime, "make licences"
    assert set(listed["To check"]) == development - runtime, "make licences"
    assert [name for names in listed.values() for name, licence in names.items() if licence == UNKNOWN] == []


def test_what_is_needed_to_run_may_be_used_by_all(listed: dict[str, dict[str, str]]) -> None:
    """None asks of those who use it that their own work has its licence; one that leaves a choice is taken by the other."""
    asks = re.compile(r"\b(?:A?GPL)-")
    assert [name for name, licence in listed["To run"].items() if all(asks.search(choice) for choice in licence.split(" OR "))] == []


# The audit

HOLE = {"name": "fish", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1", "2"]}]}
SOUND = {"name": "bird", "version": "1", "vulns": []}
STRANGE = {"name": "crab", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([SOUND, SOUND], (0, "pip-audit: no known holes in 2 packages")),
        ([SOUND, STRANGE], (0, "pip-audit: no known holes in 1 packages; its service does not know crab")),
        ([SOUND, HOLE, STRANGE], (1, "pip-audit: fish 1: CVE-1, mended in 1.1, 2")),
        ([HOLE | {"vulns": [{"id": "CVE-2"}]}], (1, "pip-audit: fish 1: CVE-2, mended in no version yet")),
        ([STRANGE], (0, "pip-audit: skipped, no network (what answers in its service's place knows none of the packages)")),
    ],
)
def test_what_an_audit_found(found: list[object], expected: tuple[int, str]) -> None:
    assert judged(1 if expected[0] else 0, json.dumps({"dependencies": found}), "") == expected


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ("requests.exceptions.ConnectionError: Max retries exceeded", (0, "pip-audit: skipped, no network")),
        ("ERROR:pip_audit._cli:Could not connect to the vulnerability feed", (0, "pip-audit: skipped, no network")),
        ("requests.exceptions.ReadTimeout: timed out", (0, "pip-audit: skipped, no network")),
        ("Traceback\nValueError: a lock that is none\n", (1, "pip-audit: failed with 2: ValueError: a lock that is none")),
    ],
)
def test_an_audit_that_does_not_come_about(complaint: str, expected: tuple[int, str]) -> None:
    assert judged(2, "", complaint) == expected


def test_every_entry_of_a_lock_is_audited(repository: Path) -> None:
    lock = (repository / "requirements-dev.lock").read_text("utf-8")
    found = entries(lock)
    assert "\n".join(found) == lock.strip()
    assert {entry.partition("==")[0] for entry in found} == locked(repository / "requirements-dev.lock")
    assert all("--hash=sha256:" in entry for entry in found)
