"""The command line, called in this process (fast) or in one of its own (as a user calls it)."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from irkg.cli import main

Irkg = Callable[..., CompletedProcess[str]]

TIMEOUT_S = 240


@pytest.fixture
def irkg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Irkg:
    """Calls the command line in this process; anything but an exit, such as a traceback, fails the test."""
    monkeypatch.delenv("IRKG_STORE", raising=False)

    def call(*args: object, stdin: bytes = b"") -> CompletedProcess[str]:
        words = ["irkg", *map(str, args)]
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", words)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            with pytest.raises(SystemExit) as ended:
                main()
        said = capsys.readouterr()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return CompletedProcess(words, code or 0, said.out, said.err)

    return call


@pytest.fixture
def refused(irkg: Irkg) -> Callable[..., str]:
    """Calls the command line with a mistake, and returns the one line that it says; ``code`` is the exit code to expect."""

    def call(code: int, *args: object, stdin: bytes = b"") -> str:
        ran = irkg(*args, stdin=stdin)
        assert ran.returncode == code, ran.stderr
        assert ran.stdout == ""
        assert ran.stderr.startswith("irkg: ")
        assert ran.stderr.endswith("\n")
        assert ran.stderr.count("\n") == 1
        assert "Traceback" not in ran.stderr
        return ran.stderr.removeprefix("irkg: ").rstrip("\n")

    return call


@pytest.fixture(scope="session")
def environment(repository: Path) -> Mapping[str, str]:
    """The environment of a process of its own: the project can be imported from any folder, no setting of the user counts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IRKG_")}
    return kept | {"PYTHONPATH": str(repository), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="session")
def irkg_process(environment: Mapping[str, str]) -> Irkg:
    """Calls ``python -m irkg`` as a process of its own, in the folder ``cwd``."""

    def call(*args: object, cwd: Path, **settings: str) -> CompletedProcess[str]:
        command = [sys.executable, "-m", "irkg", *map(str, args)]
        return subprocess.run(
            command, cwd=cwd, env={**environment, **settings}, capture_output=True, encoding="utf-8", timeout=TIMEOUT_S, check=False
        )

    return call
