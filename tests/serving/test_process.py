"""The server as a process: how it begins, ends, sees a new build, and stands eight clients at once."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from benchmarks.serving import load, memory_mb
from graph.store import GraphStore
from irkg.serving.messages import Request
from irkg.serving.routes import respond
from tests.serving.conftest import ENDLESS, Serving, Start, children, command, invented, is_there, make_store

WORK = (
    (f"/sparql?query={quote('SELECT * { ?a ?b ?c }')}", "application/json", 200),
    (f"/sparql?query={quote('CONSTRUCT WHERE { ?a ?b ?c }')}", "text/turtle", 200),
    (f"/sparql?query={quote('SELECT * {')}", "*/*", 400),
    ("/sparql?update=DROP+ALL", "*/*", 403),
    ("/entity/aldoria", "text/html", 200),
    ("/entity/nobody", "*/*", 404),
    ("/", "text/html", 200),
)


def waited_for(met: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not met() and time.monotonic() < end:
        time.sleep(0.02)
    return met()


def cpu_seconds(pid: int) -> float:
    """How long a process has been busy."""
    found = subprocess.run(["ps", "-o", "cputimes=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return float(found or 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_server_and_its_engines(start: Start, graph_folder: Path, number: signal.Signals) -> None:
    serving = start(graph_folder)
    engines = children(serving.process.pid)
    assert len(engines) >= 4
    serving.process.send_signal(number)
    assert serving.process.wait(10) == 0
    assert serving.process.stderr and serving.process.stderr.read() == "ended\n"
    assert waited_for(lambda: not any(map(is_there, engines)))


def test_ctrl_c_does_not_wait_for_a_slow_query(start: Start, graph_folder: Path) -> None:
    serving = start(graph_folder, "--timeout-s", "100")
    with socket.create_connection(("127.0.0.1", int(serving.url.rstrip("/").rpartition(":")[2]))) as asking:
        asking.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        engines = children(serving.process.pid)
        assert waited_for(lambda: any(cpu_seconds(engine) >= 1 for engine in engines), 60)
        serving.process.send_signal(signal.SIGINT)
        assert serving.process.wait(10) == 0
    assert not any(map(is_there, engines))


def test_an_error_of_ours_is_answered_too(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> GraphStore:
        raise RuntimeError("fish")

    response = respond(broken, Request("GET", "/entity/aldoria"), 1000)
    assert (response.status, response.body) == (500, b"an error of irkg itself; its terminal says which\n")
    assert "RuntimeError: fish" in capsys.readouterr().err


def test_the_engines_end_with_a_server_that_is_killed(start: Start, graph_folder: Path) -> None:
    serving = start(graph_folder, "--timeout-s", "2")
    engines = children(serving.process.pid)
    with socket.create_connection(("127.0.0.1", int(serving.url.rstrip("/").rpartition(":")[2]))) as asking:
        asking.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        serving.process.kill()
        serving.process.wait(10)
    assert waited_for(lambda: not any(map(is_there, engines)))


def test_an_engine_that_dies_is_replaced(start: Start, graph_folder: Path) -> None:
    serving = start(graph_folder)
    engines = children(serving.process.pid)
    for engine in engines:
        os.kill(engine, signal.SIGKILL)
    assert waited_for(lambda: not set(children(serving.process.pid)) & set(engines))
    assert [serving.query("ASK {}", "text/csv").text for _ in range(8)] == ["true"] * 8
    assert len(children(serving.process.pid)) == len(engines)


def test_a_new_build_is_seen(start: Start, tmp_path: Path) -> None:
    serving = start(make_store(tmp_path / "graph", invented()))
    query = "SELECT (COUNT(*) AS ?states) { ?a a :State }"
    assert serving.query(query, "text/csv").text.split() == ["states", "2"]
    make_store(tmp_path / "graph", [quad for quad in invented() if quad.object != ox.Literal("Veskany", language="en")][:1], "000002")
    counts = [serving.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c }", "text/csv").text.split()[1] for _ in range(10)]
    assert counts == ["1"] * 10


@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (("--host", "203.0.113.1"), 1, "irkg: 203.0.113.1:0: can't be served (Cannot assign requested address); name another with --port"),
        (("--port", "70000"), 2, "irkg: --port 70000: a port is a number from 0 to 65535"),
        (("--timeout-s", "0"), 2, "irkg: --timeout-s and --max-mb: a limit is more than 0"),
        (("--max-mb", "0"), 2, "irkg: --timeout-s and --max-mb: a limit is more than 0"),
        (("--store", "http://127.0.0.1:9/"), 2, "irkg: http://127.0.0.1:9/: a server can be asked with irkg query"),
        (("--store", "nowhere"), 1, "irkg: nowhere: holds no graph; run irkg build first"),
    ],
)
def test_what_can_not_be_served(graph_folder: Path, options: tuple[str, ...], code: int, reason: str) -> None:
    ended = subprocess.run(command(graph_folder, *options), capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stderr.count("\n")) == (code, 1)
    assert ended.stderr.startswith(reason)


def test_a_port_that_is_taken(server: Serving, graph_folder: Path) -> None:
    port = server.url.rstrip("/").rpartition(":")[2]
    ended = subprocess.run(
        [sys.executable, "-m", "irkg", "serve", "--store", str(graph_folder), "--port", port], capture_output=True, text=True, timeout=30
    )
    assert ended.returncode == 1
    assert ended.stderr == f"irkg: 127.0.0.1:{port}: can't be served (Address already in use); name another with --port, or with --host\n"


def test_eight_clients_at_once(start: Start, graph_folder: Path) -> None:
    """A few seconds of what ``benchmarks/serving.py`` does for a minute."""
    serving = start(graph_folder)
    load(serving.url, 1, WORK)
    before = memory_mb(serving.process.pid)
    found = load(serving.url, 3, WORK)
    assert found.wrong == ()
    assert found.requests > 200
    assert memory_mb(serving.process.pid) < before * 1.1 + 10
