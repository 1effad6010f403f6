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
from graph.store import GraphStore, open_store
from irkg.building import build_graph
from irkg.messages import silent
from loaders.texts.sources import Said
from ontology.identifiers import REFERENCE_GRAPH

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

In 1980, Norway purchased 12 drones from Malta in a deal worth $40 million.[3] On 29 February 1981, Norway opened a consulate in Gozo.[4]
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
    """Two versions of the documents, the store of each, and the exports of the old one."""

    folder: Path
    exports: Mapping[str, bytes]  # by ending

    @property
    def old(self) -> Path:
        """The documents; their store is beside them."""
        return self.folder / "old"

    @property
    def new(self) -> Path:
        return self.folder / "new"

    def copy_of_old_store(self, folder: Path) -> Path:
        return shutil.copytree(self.folder / "old-store", folder / "store")

    def says(self, version: str) -> dict[str, list[bytes]]:
        return graphs(self.folder / f"{version}-store")


@pytest.fixture(scope="session")
def world(irkg_process: Irkg, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("reproducible")
    write_corpus(folder / "old", 4)
    ran = irkg_process("build", "old", "--store", "old-store", "-o", "old.ttl", cwd=folder, PYTHONHASHSEED="4")
    assert ran.returncode == 0, ran.stderr
    build_graph([str(write_corpus(folder / "new", 5))], folder / "new-store", Said(), keep_going=False, jobs=1, say=silent)
    return World(folder, {".ttl": (folder / "old.ttl").read_bytes(), ".trig": export_bytes(open_store(folder / "old-store"), "trig")})


def graphs(store: Path) -> dict[str, list[bytes]]:
    """The triples of each named graph but the large one that is the same in all, by the last part of its name."""
    graph = open_store(store)
    found = {name.rpartition("/")[2]: sorted(graph.ntriples(name).splitlines()) for name in graph.graphs() if name != REFERENCE_GRAPH}
    assert REFERENCE_GRAPH in graph.graphs()
    assert sorted(found) == ["almanac", "descriptions", "fusion", "gazette", "handbook"]
    return found


def test_the_versions_differ(world: World) -> None:
    old, new = world.says("old"), world.says("new")
    assert {name for name in old if old[name] != new[name]} - {"fusion"} == {"almanac", "gazette", "handbook"}
    records = {str(quad.predicate) for quad in pyoxigraph.parse(world.exports[".trig"], format=RdfFormat.TRIG)}
    assert {f"<https://w3id.org/irkg/ontology#{name}>" for name in ("kind", "act", "speaker", "amount", "office", "measure")} <= records


def test_another_build_with_another_number_of_workers_gives_the_same_bytes(
    world: World, irkg_process: Irkg, irkg: Irkg, tmp_path: Path
) -> None:
    """And with another order of the hashes that sets are kept by."""
    ran = irkg_process("build", world.old, "--store", "store", "--jobs", 3, "-o", "b.ttl", cwd=tmp_path, PYTHONHASHSEED="77")
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "b.ttl").read_bytes() == world.exports[".ttl"]
    assert irkg("export", "--store", tmp_path / "store", "-o", tmp_path / "b.trig").returncode == 0
    assert (tmp_path / "b.trig").read_bytes() == world.exports[".trig"]


def test_building_again_changes_nothing(world: World, irkg: Irkg, tmp_path: Path) -> None:
    store = world.copy_of_old_store(tmp_path)
    assert irkg("build", world.old, "--store", store).returncode == 0
    assert graphs(store) == world.says("old")


def test_the_order_of_the_sources_does_not_matter(world: World, irkg: Irkg, tmp_path: Path) -> None:
    for names in (["gazette"], ["handbook", "almanac"]):
        assert irkg("build", *(world.old / f"{name}.txt" for name in names), "--store", tmp_path / "store").returncode == 0
    assert graphs(tmp_path / "store") == world.says("old")


def test_another_place_of_the_documents_changes_nothing(world: World, irkg: Irkg, tmp_path: Path) -> None:
    shutil.copytree(world.old, tmp_path / "elsewhere")
    assert irkg("build", tmp_path / "elsewhere", "--store", tmp_path / "store").returncode == 0
    assert graphs(tmp_path / "store") == world.says("old")
    assert str(world.folder).encode() not in world.exports[".trig"]


def test_a_rebuild_replaces_a_source_and_leaves_the_others(world: World, irkg: Irkg, tmp_path: Path) -> None:
    store = world.copy_of_old_store(tmp_path)
    assert irkg("build", world.new / "gazette.txt", "--store", store).returncode == 0
    old, between, new = world.says("old"), graphs(store), world.says("new")
    assert between["gazette"] == new["gazette"] != old["gazette"]
    assert between["almanac"] == old["almanac"] != new["almanac"]
    assert between["handbook"] == old["handbook"] != new["handbook"]
    assert irkg("build", world.new, "--store", store).returncode == 0
    assert graphs(store) == new


@pytest.mark.parametrize(("lines", "jobs"), [(1, 1), (4, 2)])
def test_a_build_that_is_killed_leaves_a_whole_graph(
    world: World, irkg: Irkg, environment: Mapping[str, str], tmp_path: Path, lines: int, jobs: int
) -> None:
    """Killed when it has said so many lines, of the four before it commits; that stderr ends shows that its workers have too.

    The commit itself may have come before the kill where the machine is busy. tests/graph/test_store.py kills it at set moments.
    """
    store = world.copy_of_old_store(tmp_path)
    command = [sys.executable, "-m", "irkg", "build", str(world.new), "--store", str(store), "--jobs", str(jobs)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, cwd=tmp_path, text=True) as building:
        assert building.stderr is not None
        said = [building.stderr.readline() for _ in range(lines)]
        building.send_signal(signal.SIGKILL)
        building.communicate(timeout=60)
        assert building.returncode == -signal.SIGKILL
    assert all(said)
    old, new = world.says("old"), world.says("new")
    assert graphs(store) == (old if (store / "CURRENT").read_text("utf-8") == "000001\n" else new)
    assert irkg("build", world.new, "--store", store).returncode == 0
    assert graphs(store) == new
    assert len(list((store / "generations").iterdir())) == 2


def test_turtle_is_read_alike_by_rdflib_and_oxigraph(world: World) -> None:
    """On what one source says, since rdflib takes its time with the large reference data."""
    quads = pyoxigraph.parse(world.exports[".trig"], format=RdfFormat.TRIG)
    said = [quad for quad in quads if str(quad.graph_name).endswith("/graph/gazette>")]
    turtle = export_bytes(GraphStore.in_memory(said), "turtle")
    by_oxigraph = pyoxigraph.serialize(pyoxigraph.parse(turtle, format=RdfFormat.TURTLE), format=RdfFormat.N_TRIPLES)
    graph = Graph().parse(data=turtle, format="turtle")
    assert isomorphic(graph, Graph().parse(data=by_oxigraph, format="nt"))
    assert len(graph) == len(said) > 50


def test_the_turtle_holds_every_triple_of_the_trig(world: World) -> None:
    turtle = {quad.triple for quad in pyoxigraph.parse(world.exports[".ttl"], format=RdfFormat.TURTLE)}
    trig = {quad.triple for quad in pyoxigraph.parse(world.exports[".trig"], format=RdfFormat.TRIG)}
    assert turtle == trig
    assert len(turtle) > 1000


def test_no_blank_nodes(world: World) -> None:
    quads = list(pyoxigraph.parse(world.exports[".trig"], format=RdfFormat.TRIG))
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
