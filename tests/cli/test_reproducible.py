"""The same input gives the same bytes, and a build counts whole or not at all."""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from rdflib import Graph
from rdflib.compare import isomorphic

from graph.exports import export_bytes
from graph.store import GraphStore

Irkg = Callable[..., CompletedProcess[str]]

# Three documents of an invented world, one of each kind. {day} differs from version to version.
SOURCES = """
[[source]]
id = "almanac"
file = "almanac.txt"
title = "Almanac of Norway and Malta"
publisher = "The invented press"
kind = "timeline"
published = "1992"

[[source]]
id = "handbook"
file = "handbook.txt"
title = "Handbook"
kind = "encyclopedia"
published = "1993~"

[[source]]
id = "gazette"
file = "gazette.txt"
title = "Gazette"
kind = "news"
published = "1994-05-02"
perspective = "invented"
"""
ALMANAC = """\
Norway and Malta

3 May 1951: Norway recognised Malta. [handbook]
{day} June 1974: The Norwegian Prime Minister Ada Brandt met the Maltese Foreign Minister Rui Castell in Valletta. [handbook]
1980: Norway opened an embassy in Valletta.
"""
HANDBOOK = """\
Early relations[edit]

On 3 May 1951, Norway recognised Malta.[1] In {day} days 4,000 fishermen from Norway arrived in Malta.[2]

In 1980, Norway sold Malta 12 patrol boats for $40 million.[3] On 29 February 1981, Norway opened a consulate in Gozo.[4]
"""
GAZETTE = """\
OSLO (Invented Press) - Norwegian Prime Minister Ada Brandt condemned the arrest of 12 sailors in Valletta.

“We expect an answer within {day} days,” Brandt said on Monday.
"""


def write_corpus(folder: Path, day: int) -> Path:
    folder.mkdir()
    (folder / "sources.toml").write_text(SOURCES, "utf-8")
    for name, text in (("almanac", ALMANAC), ("handbook", HANDBOOK), ("gazette", GAZETTE)):
        (folder / f"{name}.txt").write_text(text.replace("{day}", str(day)), "utf-8")
    return folder


@dataclass(frozen=True)
class World:
    """Two versions of the documents, the store and both exports of each."""

    folder: Path
    exports: Mapping[str, Mapping[str, bytes]]  # by version and ending

    @property
    def old(self) -> Path:
        return self.folder / "old"

    @property
    def new(self) -> Path:
        return self.folder / "new"


@pytest.fixture(scope="session")
def world(irkg_process: Irkg, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Each version built by one process, with a hash seed of its own."""
    folder = tmp_path_factory.mktemp("reproducible")
    exports = {}
    for day, version in enumerate(("old", "new"), 4):
        write_corpus(folder / version, day)
        ran = irkg_process("build", version, "--store", f"{version}-store", "-o", f"{version}.ttl", cwd=folder, PYTHONHASHSEED=str(day))
        assert ran.returncode == 0, ran.stderr
        exports[version] = {".ttl": (folder / f"{version}.ttl").read_bytes()}
        ran = irkg_process("export", "--store", f"{version}-store", "-o", f"{version}.trig", cwd=folder)
        assert ran.returncode == 0, ran.stderr
        exports[version][".trig"] = (folder / f"{version}.trig").read_bytes()
    return World(folder, exports)


def exported(irkg: Irkg, store: Path) -> dict[str, bytes]:
    """The Turtle and the TriG of a store."""
    found = {}
    for ending in (".ttl", ".trig"):
        file = store.parent / f"export{ending}"
        assert irkg("export", "--store", store, "-o", file).returncode == 0
        found[ending] = file.read_bytes()
    return found


def test_the_versions_differ(world: World) -> None:
    assert world.exports["old"][".ttl"] != world.exports["new"][".ttl"]
    assert world.exports["old"][".trig"] != world.exports["new"][".trig"]
    records = {str(quad.predicate) for quad in pyoxigraph.parse(world.exports["old"][".trig"], format=RdfFormat.TRIG)}
    assert {f"<https://w3id.org/irkg/ontology#{name}>" for name in ("kind", "act", "speaker", "amount", "office", "measure")} <= records


def test_another_number_of_workers_gives_the_same_bytes(world: World, irkg_process: Irkg, irkg: Irkg, tmp_path: Path) -> None:
    ran = irkg_process("build", world.old, "--store", tmp_path / "store", "--jobs", 2, cwd=tmp_path, PYTHONHASHSEED="77")
    assert ran.returncode == 0, ran.stderr
    assert exported(irkg, tmp_path / "store") == world.exports["old"]


def test_building_again_gives_the_same_bytes(world: World, irkg: Irkg, tmp_path: Path) -> None:
    shutil.copytree(world.folder / "old-store", tmp_path / "store")
    assert irkg("build", world.old, "--store", tmp_path / "store").returncode == 0
    assert exported(irkg, tmp_path / "store") == world.exports["old"]


def test_the_order_of_the_sources_does_not_matter(world: World, irkg: Irkg, tmp_path: Path) -> None:
    for name in ("gazette", "almanac", "handbook"):
        assert irkg("build", world.old / f"{name}.txt", "--store", tmp_path / "store").returncode == 0
    assert exported(irkg, tmp_path / "store") == world.exports["old"]


def test_another_place_of_the_documents_gives_the_same_bytes(world: World, irkg: Irkg, tmp_path: Path) -> None:
    shutil.copytree(world.old, tmp_path / "elsewhere")
    assert irkg("build", tmp_path / "elsewhere", "--store", tmp_path / "store").returncode == 0
    assert exported(irkg, tmp_path / "store") == world.exports["old"]
    assert str(tmp_path).encode() not in world.exports["old"][".trig"]


def test_a_rebuild_replaces_a_source_and_leaves_the_others(world: World, irkg: Irkg, tmp_path: Path) -> None:
    shutil.copytree(world.folder / "old-store", tmp_path / "store")
    assert irkg("build", world.new / "gazette.txt", "--store", tmp_path / "store").returncode == 0
    between = graphs(exported(irkg, tmp_path / "store")[".trig"])
    old, new = (graphs(world.exports[version][".trig"]) for version in ("old", "new"))
    assert between.keys() == old.keys() == new.keys()
    assert between["gazette"] == new["gazette"] != old["gazette"]
    assert between["almanac"] == old["almanac"] != new["almanac"]
    assert between["handbook"] == old["handbook"] != new["handbook"]
    assert irkg("build", world.new, "--store", tmp_path / "store").returncode == 0
    assert exported(irkg, tmp_path / "store") == world.exports["new"]


def graphs(trig: bytes) -> dict[str, set[str]]:
    """The triples of each named graph, by the last part of its name."""
    found: dict[str, set[str]] = {}
    for quad in pyoxigraph.parse(trig, format=RdfFormat.TRIG):
        found.setdefault(str(quad.graph_name).rstrip(">").rpartition("/")[2], set()).add(str(quad.triple))
    assert {"almanac", "gazette", "handbook", "reference"} <= found.keys()
    return found


@pytest.mark.parametrize(("lines", "jobs"), [(1, 1), (3, 1), (1, 2)])
def test_a_build_that_is_killed_leaves_the_old_graph_whole(
    world: World, irkg: Irkg, environment: Mapping[str, str], tmp_path: Path, lines: int, jobs: int
) -> None:
    """Killed when it has told of so many documents. That stderr ends shows that its workers have ended too."""
    store = tmp_path / "store"
    shutil.copytree(world.folder / "old-store", store)
    command = [sys.executable, "-m", "irkg", "build", str(world.new), "--store", str(store), "--jobs", str(jobs)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, cwd=tmp_path, text=True) as building:
        assert building.stderr is not None
        said = [building.stderr.readline() for _ in range(lines)]
        building.send_signal(signal.SIGKILL)
        building.communicate(timeout=60)
        assert building.returncode == -signal.SIGKILL
    assert all(said)
    assert exported(irkg, store) == world.exports["old"]
    assert irkg("build", world.new, "--store", store).returncode == 0
    assert exported(irkg, store) == world.exports["new"]
    assert sorted(path.name for path in (store / "generations").iterdir()) == ["000001", "000002"]


def test_turtle_is_read_alike_by_rdflib_and_oxigraph(world: World) -> None:
    """On what one source says, since rdflib takes its time with the large reference data."""
    quads = pyoxigraph.parse(world.exports["old"][".trig"], format=RdfFormat.TRIG)
    said = [quad for quad in quads if str(quad.graph_name).endswith("/graph/gazette>")]
    turtle = export_bytes(GraphStore.in_memory(said), "turtle")
    by_oxigraph = pyoxigraph.serialize(pyoxigraph.parse(turtle, format=RdfFormat.TURTLE), format=RdfFormat.N_TRIPLES)
    graph = Graph().parse(data=turtle, format="turtle")
    assert isomorphic(graph, Graph().parse(data=by_oxigraph, format="nt"))
    assert len(graph) == len(said) > 50


def test_the_turtle_holds_every_triple_of_the_trig(world: World) -> None:
    turtle = {str(quad.triple) for quad in pyoxigraph.parse(world.exports["old"][".ttl"], format=RdfFormat.TURTLE)}
    assert turtle == set().union(*graphs(world.exports["old"][".trig"]).values())
    assert len(turtle) > 1000


def test_no_blank_nodes(world: World) -> None:
    quads = list(pyoxigraph.parse(world.exports["old"][".trig"], format=RdfFormat.TRIG))
    assert not [quad for quad in quads if isinstance(quad.subject, pyoxigraph.BlankNode) or isinstance(quad.object, pyoxigraph.BlankNode)]
    assert len(quads) > 1000


def test_data_goes_to_stdout_and_progress_to_stderr(world: World, irkg: Irkg, tmp_path: Path) -> None:
    built = irkg("build", world.old, "--store", tmp_path / "store", "-o", tmp_path / "a.nt")
    assert built.stdout == ""
    lines = [re.sub(r"\d+", "N", line) for line in built.stderr.replace(str(world.old), "old").splitlines()]
    assert lines[:4] == [
        "almanac: N records",
        "warning: old/handbook.txt:N: there is no N February N",
        "handbook: N records",
        "gazette: N records",
    ]
    assert len(lines) == 5
    assert lines[4].startswith("N sources in the graph: N dates, N events, ")
    asked = irkg("query", "timeline", "--store", tmp_path / "store", "--format", "json")
    assert asked.stderr == ""
    assert json.loads(asked.stdout)
    read = irkg("extract", world.old)
    assert read.stderr.splitlines() == [line for line in built.stderr.splitlines() if line.startswith("warning: ")]
    assert all(json.loads(line)["record"] for line in read.stdout.splitlines())


def test_extract_gives_the_same_lines_each_time(world: World, irkg: Irkg) -> None:
    first, second = (irkg("extract", world.old).stdout for _ in range(2))
    assert first == second
    assert first.count("\n") > 15
