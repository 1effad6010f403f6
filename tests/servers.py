"""SPARQL servers that a test starts on 127.0.0.1, and stops."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.virtuoso import write_settings

_LONGEST_START_S = 40


@dataclass(frozen=True)
class Server:
    """Where a server is asked, and where it takes graphs."""

    query: str
    graphs: str
    process: subprocess.Popen[bytes]


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def oxigraph(folder: Path | None = None) -> Iterator[Server]:
    """Oxigraph's own server, its graph in a folder or in memory."""
    program = Path(sys.executable).parent / "oxigraph"
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [str(program), "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    command += ["--location", str(folder)] if folder else []
    with _running(command, f"{address}/query") as process:
        yield Server(f"{address}/query", f"{address}/store", process)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso with a fresh database in a folder; skips where it is not installed."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7 (Debian)")
    port = free_port()
    ini = write_settings(folder, port, free_port())
    with _running([program, "+foreground", "+configfile", str(ini)], f"http://127.0.0.1:{port}/sparql", cwd=folder) as process:
        yield Server(f"http://127.0.0.1:{port}/sparql", f"http://dba:dba@127.0.0.1:{port}/sparql-graph-crud-auth", process)


@contextmanager
def _running(command: list[str], address: str, cwd: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, f"{address}?query=ASK%7B%7D")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    ends = time.monotonic() + _LONGEST_START_S
    while process.poll() is None and time.monotonic() < ends:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{process.args!r} does not answer at {address}")
