"""Every named query gives the same rows, in the same order, on every store."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from graph.rdflib_store import RdflibStore
from graph.server import ServerStore
from graph.store import GraphStore, open_store
from graph.uploading import upload
from irkg.building import build_graph
from irkg.messages import silent
from loaders.texts.sources import Said
from ontology.identifiers import REFERENCE_GRAPH
from queries.answers import QueryStore, ask
from queries.catalogue import named_queries, run
from queries.headers import NamedQuery
from tests import servers
from tests.queries.conftest import quads

# rdflib 7 warns of parts of its Dataset that it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
STORES = ("rdflib in memory", "Oxigraph on disk", "Oxigraph server", "Virtuoso")
# A value for a parameter of each type; the world of world.trig knows them.
VALUES = {"act": "condemn", "date": "2001", "entity": "Aldova", "kind": "Meeting", "polarity": "oppose", "realis": "actual", "text": "a"}


VOTES = """\
rcid,session,date,unres,importantvote,short,descr,issue,vote_RUS,vote_ISR,vote_USA
7.0,70.0,2015-03-04,A/RES/70/7,0,PAPER BOATS,To float paper boats,Human rights,no,yes,abstain
"""
# Two papers on one number: the same from one office, and another.
NEWS = (
    "The statistics office said that 4,512 people moved from Peru to Chile in 1971. In 1972 some 900 tourists came to Peru from Chile.",
    "In 1971, 4,512 people moved from Peru to Chile. In 1972 some 1,400 tourists came to Peru from Chile.",
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> list[pyoxigraph.Quad]:
    """The invented world, a roll call and two papers that fusion has read."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "votes.csv").write_text(VOTES, encoding="utf-8")
    for number, text in enumerate(NEWS):
        (folder / f"paper-{number}.txt").write_text(text, encoding="utf-8")
    store = folder / "store"
    places = sorted(str(file) for file in folder.glob("paper-*.txt"))
    build_graph([str(folder / "votes.csv")], store, Said(), keep_going=False, jobs=1, say=silent)
    build_graph(places, store, Said(kind="news", published="1973-01-02"), keep_going=False, jobs=1, say=silent)
    return [*quads(), *(quad for quad in open_store(store).quads() if quad.graph_name.value != REFERENCE_GRAPH)]


@pytest.fixture(scope="module")
def reference(everything: list[pyoxigraph.Quad]) -> GraphStore:
    return GraphStore.in_memory(everything)


@pytest.fixture(scope="module")
def opened(
    everything: list[pyoxigraph.Quad], reference: GraphStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], QueryStore]]:
    """A store by its name, started when it is first asked for."""
    with ExitStack() as running:
        found: dict[str, QueryStore] = {}

        def open_(name: str) -> QueryStore:
            if name not in found:
                found[name] = _open(name, everything, reference, tmp_path_factory.mktemp("store"), running)
            return found[name]

        yield open_


def _open(name: str, everything: list[pyoxigraph.Quad], reference: GraphStore, folder: Path, running: ExitStack) -> QueryStore:
    if name == "rdflib in memory":
        dataset = rdflib.Dataset()
        nquads = pyoxigraph.serialize(everything, format=pyoxigraph.RdfFormat.N_QUADS)
        dataset.parse(data=(nquads or b"").decode("utf-8"), format="nquads")
        return RdflibStore(dataset)
    if name == "Oxigraph on disk":
        store = pyoxigraph.Store(str(folder / "ox"))
        store.extend(everything)
        return GraphStore(store, str(folder))
    server = running.enter_context(servers.oxigraph() if name == "Oxigraph server" else servers.virtuoso(folder))
    upload(reference, server.graphs, lambda line: None)
    return ServerStore(server.query)


def asked() -> Iterator[tuple[str, dict[str, str]]]:
    """Each query as it stands, and with each of its parameters."""
    for name, query in named_queries().items():
        yield name, {}
        yield from ((name, {p.name: _value(query, p.name)}) for p in query.parameters)


def _value(query: NamedQuery, parameter: str) -> str:
    kind = next(p.type for p in query.parameters if p.name == parameter)
    return VALUES.get(kind, "1")


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize(("name", "parameters"), list(asked()), ids=lambda value: value if isinstance(value, str) else "-".join(value))
def test_a_query_answers_alike(
    store: str, name: str, parameters: dict[str, str], reference: GraphStore, opened: Callable[[str], QueryStore]
) -> None:
    wanted = run(reference, name, parameters)
    found = run(opened(store), name, parameters)
    assert found.columns == wanted.columns
    assert found.rows == wanted.rows


def test_each_query_has_rows_here(reference: GraphStore) -> None:
    empty = [name for name in named_queries() if not run(reference, name).rows]
    assert empty == []


@pytest.mark.parametrize("store", STORES)
def test_a_graph_is_asked_for_and_a_yes_or_no(store: str, reference: GraphStore, opened: Callable[[str], QueryStore]) -> None:
    for sparql in ("ASK { ?event a :Event }", "CONSTRUCT { ?event a :Event } WHERE { ?event a :Event }"):
        assert ask(opened(store), sparql) == ask(reference, sparql)
