"""Faults of whole programs: ``irkg build`` that is killed, and a SPARQL server that dies in the middle of a load."""

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import perf_counter

from benchmarks.faults_child import ROOT, write_here
from benchmarks.faults_tried import SEED, Fault, Tried
from graph.building import building
from graph.server import ServerStore
from graph.store import GraphStore, open_store
from graph.uploading import upload
from ontology.errors import IrkgError, UnreachableError
from queries.answers import ask
from tests.servers import Server, oxigraph

_OLD, _NEW = "On 3 May 1951, Norway recognised Iceland.\n", "On 4 June 1962, Malta condemned Norway.\n"
_SOURCES = ("a.txt", "b.txt")
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_BATCH = 100  # triples in a request


def killed_builds(folder: Path, times: int) -> Fault:
    """``kill -9`` of ``irkg build`` at any moment from its start to its end; both of its sources have changed."""
    graphs, seconds = [], 0.0
    for text in (_OLD, _NEW):
        for source in _SOURCES:
            (folder / source).write_text(text, "utf-8")
        began = perf_counter()
        _build(folder).communicate()
        seconds = perf_counter() - began
        graphs.append(_fingerprint(folder / "store"))
        shutil.copytree(folder / "store", folder / ("new" if text == _NEW else "old"))
    chance = random.Random(SEED)
    return Fault("kill -9 of irkg build", tuple(_killed(folder, seconds * chance.uniform(0, 1.1), graphs) for _ in range(times)))


def _killed(folder: Path, after_s: float, graphs: list[str]) -> Tried:
    store, what = folder / "store", f"killed after {after_s:.2f} s"
    shutil.rmtree(store)
    shutil.copytree(folder / "old", store)
    with _build(folder) as build:
        try:
            build.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            os.kill(build.pid, signal.SIGKILL)
    for _ in ("at once", "after another build"):
        try:
            found = _fingerprint(store)
            with building(store) as following:
                following.commit()
        except IrkgError as error:
            return Tried(what, "neither", str(error))
        if found not in graphs:
            return Tried(what, "neither", "holds neither the old graph nor the new one")
    return Tried(what, ("old", "new")[graphs.index(found)])


def _build(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "irkg", "build", *_SOURCES, "--store", "store"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _fingerprint(store: Path) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, open_store(store).quads()))).encode()).hexdigest()


def dying_server(folder: Path, times: int) -> Fault:
    """``kill -9`` of Oxigraph's server at any moment of a load; it is started again over its folder, and sent all again.

    Graphs are replaced one by one there, so a load may end between them: the message must say how many are whole.
    """
    write_here(folder / "store", "new")
    store = open_store(folder / "store")
    with oxigraph(folder / "whole") as server:
        began = perf_counter()
        _load(store, server)
        seconds = perf_counter() - began
    chance = random.Random(SEED)
    tries = tuple(_died(store, folder / str(number), seconds * chance.uniform(0, 1)) for number in range(times))
    return Fault("a SPARQL server that dies in a load", tries)


def _died(store: GraphStore, folder: Path, after_s: float) -> Tried:
    what, counts = f"killed after {after_s:.2f} s", {name: store.count(name) for name in store.graphs()}
    with oxigraph(folder) as server:
        killing = threading.Timer(after_s, server.process.kill)
        killing.start()
        message = _load(store, server)
        killing.join()
    told = re.search(r"; (\d+) of \d+ graphs are there whole, and <.*> may be there in part: send them again$", message)
    if message and told is None:
        return Tried(what, "neither", f"says {message}")
    whole = int(told[1]) if told else len(counts)
    with oxigraph(folder) as server:
        found = _counted(server)
        if any(found.get(name) != counts[name] for name in store.graphs()[:whole]):
            return Tried(what, "neither", f"says {whole} graphs are whole, and there are {found}")
        message = _load(store, server)
        if message or _counted(server) != counts:
            return Tried(what, "neither", f"sent again: {message or _counted(server)}")
    return Tried(what, f"{whole} of {len(counts)} graphs, as told")


def _load(store: GraphStore, server: Server) -> str:
    """Puts the graph on a server; what went wrong, if anything did."""
    try:
        upload(store, server.graphs, lambda line: None, batch=_BATCH, pause_s=0.01)
    except UnreachableError as error:
        return str(error)
    return ""


def _counted(server: Server) -> dict[str, int]:
    return {str(graph): int(str(count)) for graph, count in ask(ServerStore(server.query), _COUNTS).rows}
