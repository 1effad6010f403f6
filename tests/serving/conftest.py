"""A small invented graph in a folder, and real servers over it; each server that a test starts ends with its fixture."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

SHARED_PROTOCOL = Path("sparql-protocol")
HOSTILE = "<script>window.__xss=1</script><img src=x onerror=window.__xss=1>\"'"

TURTLE = """
@prefix : <https://w3id.org/irkg/ontology#> .
@prefix e: <https://w3id.org/irkg/entity/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .

e:aldoria a :State ; rdfs:label "Aldoria"@en ; schema:alternateName "Альдория"@ru .
e:mirav-halden a :Person ; rdfs:label "Mirav Halden"@en .
<https://w3id.org/irkg/entity/וסקניה> a :State ; rdfs:label "Veskany"@en .
e:hostile a :Person ; rdfs:label "LABEL" ; schema:sameAs <javascript:window.__xss=1> .

<https://w3id.org/irkg/source/almanac> a :Source ; dcterms:title "Almanac of the Four Rivers" ;
  dcterms:publisher "Free Almanac" ; :perspective "aldorian" .
<https://w3id.org/irkg/source/nasty> a :Source ; dcterms:title "LABEL" ; dcterms:publisher "LABEL" ; :perspective "LABEL" .

<https://w3id.org/irkg/event/0001> a :Event ; rdfs:label "Meeting" ; :kind :Meeting ; :realis :actual ;
  :participant e:aldoria, e:mirav-halden ; :date "1967-06"^^edtf:EDTF ; :earliest "1967-06-01"^^xsd:date ;
  :latest "1967-06-30"^^xsd:date ; :source <https://w3id.org/irkg/source/almanac> ;
  :evidence <https://w3id.org/irkg/evidence/0001> .
<https://w3id.org/irkg/evidence/0001> oa:hasSource <https://w3id.org/irkg/source/almanac> ;
  oa:hasSelector <https://w3id.org/irkg/selector/0001> .
<https://w3id.org/irkg/selector/0001> oa:exact "Halden met the ministers of Aldoria" ; oa:prefix "In June " ;
  oa:suffix " and left." ; oa:start 120 ; oa:end 155 .

<https://w3id.org/irkg/event/0002> a :Event ; rdfs:label "LABEL" ; :kind :Visit ; :realis :planned ;
  :participant e:hostile ; :item "LABEL" ; :source <https://w3id.org/irkg/source/nasty> ;
  :evidence <https://w3id.org/irkg/evidence/0002> .
<https://w3id.org/irkg/evidence/0002> oa:hasSource <https://w3id.org/irkg/source/nasty> ;
  oa:hasSelector <https://w3id.org/irkg/selector/0002> .
<https://w3id.org/irkg/selector/0002> oa:exact "LABEL" ; oa:prefix "LABEL" ; oa:suffix "LABEL" ; oa:start 0 ; oa:end 70 .
"""

# What no client would wait for: all pairs of triples three times over, and none fits.
ENDLESS = """SELECT (COUNT(*) AS ?n) WHERE {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j), STR(?m)) = "")
}"""


@dataclass(frozen=True)
class Answered:
    """What a server answered."""

    status: int
    type: str
    text: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Serving:
    """A server that runs."""

    process: subprocess.Popen[str]
    url: str

    def ask(
        self, path: str, accept: str | None = None, *, method: str = "GET", body: str | bytes | None = None, type: str = ""
    ) -> Answered:
        content = body.encode() if isinstance(body, str) else body
        request = urllib.request.Request(self.url + path.removeprefix("/"), data=content, method=method)
        request.add_header("Accept", "*/*" if accept is None else accept)
        request.add_header("Content-Type", type)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return _answered(answer)
        except urllib.error.HTTPError as error:
            with error:
                return _answered(error)

    def query(self, text: str, accept: str = "*/*", path: str = "sparql") -> Answered:
        return self.ask(path, accept, method="POST", body=text, type="application/sparql-query")


def _answered(answer: "urllib.error.HTTPError | object") -> Answered:
    headers = {name.lower(): value for name, value in answer.headers.items()}  # type: ignore[attr-defined]
    text = answer.read().decode("utf-8")  # type: ignore[attr-defined]
    return Answered(answer.status, headers["content-type"].partition(";")[0], text, headers)  # type: ignore[attr-defined]


Start = Callable[..., Serving]


def make_store(folder: Path, quads: list[ox.Quad], generation: str = "000001") -> Path:
    """A graph as a build leaves it."""
    (folder / "generations").mkdir(parents=True, exist_ok=True)
    store = ox.Store(str(folder / "generations" / generation))
    store.extend(quads)
    store.flush()
    del store
    (folder / "CURRENT").write_text(generation + "\n", "utf-8")
    return folder


def invented() -> list[ox.Quad]:
    turtle = TURTLE.replace("LABEL", HOSTILE.replace('"', '\\"'))
    graph = ox.NamedNode("https://w3id.org/irkg/graph/almanac")
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]


# Tests that run in the background of a shell inherit that Ctrl-C is passed over.
AS_FROM_A_TERMINAL = (
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])",
)


def command(store: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "irkg", "serve", "--store", str(store), "--port", "0", *options]


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    found = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in found.splitlines()]
    return sorted(int(child) for child, parent, state in rows if int(parent) == pid and not state.startswith("Z"))


@pytest.fixture(scope="session")
def start() -> Iterator[Start]:
    """Starts servers; whatever was started is ended."""
    started: list[subprocess.Popen[str]] = []

    def start_one(store: Path, *options: str) -> Serving:
        process = subprocess.Popen([*AS_FROM_A_TERMINAL, *command(store, *options)], stderr=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stderr
        said = process.stderr.readline()
        address = re.search(r"served at (http://\S+/),", said)
        assert address, said
        return Serving(process, address[1])

    yield start_one
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(10)
        assert process.stderr
        process.stderr.close()


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("served"), invented())


@pytest.fixture(scope="session")
def server(start: Start, graph_folder: Path) -> Serving:
    """One server for the tests that only read."""
    return start(graph_folder, "--timeout-s", "20")


@pytest.fixture(scope="session")
def hasty(start: Start, graph_folder: Path) -> Serving:
    """A server that has a second and a hundredth of a megabyte for each answer."""
    return start(graph_folder, "--timeout-s", "1", "--max-mb", "0.01")


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
