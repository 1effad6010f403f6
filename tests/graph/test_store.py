"""The store on disk: what readers see before, during and after a build, and after one that was killed."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.building import build_in_memory, building
from graph.store import GraphStore, Solutions, open_store
from ontology.errors import IrkgError, UsageError

A, B = "https://w3id.org/irkg/graph/a", "https://w3id.org/irkg/graph/b"
DESCRIPTIONS = "https://w3id.org/irkg/graph/descriptions"
EX = "https://example.org/"


def quads(graph: str, *words: str) -> list[Quad]:
    return [Quad(NamedNode(EX + word), NamedNode(EX + "says"), Literal(word), NamedNode(graph)) for word in words]


def build(folder: Path, **graphs: Iterable[str]) -> None:
    with building(folder) as build:
        for name, words in graphs.items():
            build.replace({"a": A, "b": B}[name], quads({"a": A, "b": B}[name], *words))
        build.commit()


def words(graph: GraphStore, name: str | None = None) -> list[str]:
    return sorted(quad.object.value for quad in graph.quads(name))


def naming_quads(graph: str, thing: str, label: str, cls: str = "Person") -> list[Quad]:
    node, name = NamedNode(f"{graph}/naming/{thing}"), NamedNode(graph)
    ontology = "https://w3id.org/irkg/ontology#"
    return [
        Quad(node, NamedNode(ontology + "names"), NamedNode(EX + thing), name),
        Quad(node, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal(label, language="en"), name),
        Quad(node, NamedNode("http://purl.org/dc/terms/type"), NamedNode(ontology + cls), name),
    ]


def test_what_was_built_can_be_read(tmp_path: Path) -> None:
    build(tmp_path, a=["one", "two"], b=["three"])
    graph = open_store(tmp_path)
    assert graph.graphs() == [A, B]
    assert words(graph, A) == ["one", "two"]
    assert words(graph, B) == ["three"]
    assert words(graph) == ["one", "three", "two"]
    assert (graph.count(A), graph.count(B), graph.count(DESCRIPTIONS)) == (2, 1, 0)


def test_a_build_replaces_its_sources_and_keeps_the_others(tmp_path: Path) -> None:
    build(tmp_path, a=["one", "two"], b=["three"])
    build(tmp_path, a=["two", "four"])
    graph = open_store(tmp_path)
    assert words(graph, A) == ["four", "two"]
    assert words(graph, B) == ["three"]


def test_a_large_graph_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.building.MOST_COMPARED", 1)
    build(tmp_path, a=["one", "two"])
    build(tmp_path, a=["two", "four"])
    assert words(open_store(tmp_path)) == ["four", "two"]


def test_a_graph_that_is_removed_leaves_nothing(tmp_path: Path) -> None:
    with building(tmp_path) as first:
        first.replace(A, naming_quads(A, "brandt", "Ada Brandt"))
        first.replace(B, naming_quads(B, "zeman", "Boris Zeman"))
        first.commit()
    assert len(words(open_store(tmp_path), DESCRIPTIONS)) == 6
    with building(tmp_path) as second:
        second.remove(A)
        second.commit()
    assert words(open_store(tmp_path)) == sorted(
        [
            "Boris Zeman",
            EX + "zeman",
            "https://w3id.org/irkg/ontology#Person",
            "Boris Zeman",
            "https://w3id.org/irkg/ontology#Person",
            "true",
        ]
    )


def test_the_order_of_builds_does_not_matter(tmp_path: Path) -> None:
    for folder, order in (("ab", (A, B)), ("ba", (B, A))):
        for graph in order:
            with building(tmp_path / folder) as build:
                build.replace(graph, naming_quads(graph, "brandt", f"Ada Brandt of {graph[-1]}"))
                build.commit()
    first, second = (sorted(map(str, open_store(tmp_path / folder).quads())) for folder in ("ab", "ba"))
    assert first == second
    assert len(first) == 9


def test_a_build_that_is_not_committed_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, a=["one"])
    with building(tmp_path) as unfinished:
        unfinished.replace(A, quads(A, "two"))
        assert words(unfinished.graph, A) == ["two"]
        assert words(open_store(tmp_path), A) == ["one"]
    assert words(open_store(tmp_path), A) == ["one"]
    assert generations(tmp_path) == ["000001"]


def test_a_build_that_fails_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, a=["one"])
    with pytest.raises(ZeroDivisionError), building(tmp_path) as failing:
        failing.replace(A, quads(A, "two"))
        _ = 1 / 0
    assert words(open_store(tmp_path)) == ["one"]
    assert generations(tmp_path) == ["000001"]


def test_the_first_build_that_fails_leaves_no_graph(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), building(tmp_path):
        _ = 1 / 0
    with pytest.raises(IrkgError, match="holds no graph; run irkg build first"):
        open_store(tmp_path)
    assert generations(tmp_path) == []


def test_a_build_ends_with_its_commit(tmp_path: Path) -> None:
    with building(tmp_path) as build:
        build.commit()
        with pytest.raises(ValueError, match="this build has ended"):
            build.replace(A, [])


def test_a_quad_of_another_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="among those of"), building(tmp_path) as build:
        build.replace(A, quads(B, "one"))


def test_the_current_and_the_last_generation_are_kept(tmp_path: Path) -> None:
    for number in range(4):
        build(tmp_path, a=[str(number)])
    assert generations(tmp_path) == ["000003", "000004"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "generations", "lock"]


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    build(tmp_path, a=["one"])
    reader, other = open_store(tmp_path), open_store(tmp_path)
    build(tmp_path, a=["two"])
    build(tmp_path, a=["three"])
    assert words(reader) == words(other) == ["one"]
    assert words(open_store(tmp_path)) == ["three"]


def test_one_process_builds_at_a_time(tmp_path: Path) -> None:
    with building(tmp_path):
        with pytest.raises(IrkgError) as caught, building(tmp_path):
            pass
        assert str(caught.value) == f"{tmp_path} is locked by another process (pid {os.getpid()}); wait for it or name another --store"
    build(tmp_path, a=["one"])


def test_a_forked_worker_does_not_hold_the_lock(tmp_path: Path) -> None:
    with building(tmp_path):
        worker = os.fork()
        if worker == 0:
            signal.pause()
    try:
        build(tmp_path, a=["one"])
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    assert words(open_store(tmp_path)) == ["one"]


BUILDER = """
    import sys
    from graph.building import building
    from pyoxigraph import Literal, NamedNode, Quad
    from pathlib import Path

    A = NamedNode("https://w3id.org/irkg/graph/a")

    def endless():
        for number in range(10**9):
            if number == 20_000:
                print("half", flush=True)
                sys.stdin.read()
            yield Quad(NamedNode(f"https://example.org/{number}"), A, Literal(str(number)), A)

    with building(sys.argv[1]) as build:
        if sys.argv[2] == "before":
            build.replace(A.value, endless())
        build.replace(A.value, [Quad(A, A, Literal("new"), A)])
        build._store.flush()
        if sys.argv[2] == "commit":
            import graph.building
            def stop(path, content):
                path.with_name(path.name + ".new").write_text("0000")
                print("half", flush=True)
                sys.stdin.read()
            graph.building._write_whole = stop
        build.commit()
        print("half", flush=True)
        sys.stdin.read()
"""


@pytest.mark.parametrize(("moment", "kept"), [("before", "old"), ("commit", "old"), ("after", "new")])
def test_killed_in_the_middle(tmp_path: Path, repository: Path, moment: str, kept: str) -> None:
    build(tmp_path, a=["old"])
    command = [sys.executable, "-c", textwrap.dedent(BUILDER), str(tmp_path), moment]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=repository) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "half\n"
        assert generations(tmp_path) == ["000001", "000002"]
        with pytest.raises(IrkgError, match=rf"is locked by another process \(pid {builder.pid}\)"), building(tmp_path):
            pass
        builder.kill()
    assert words(open_store(tmp_path)) == [kept]
    build(tmp_path, b=["next"])
    assert words(open_store(tmp_path)) == sorted([kept, "next"])
    assert generations(tmp_path) == (["000001", "000002"] if kept == "old" else ["000002", "000003"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "generations", "lock"]


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "generations").glob("*"))


def test_no_graph_there(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none", Path(__file__)):
        with pytest.raises(IrkgError) as caught:
            open_store(place)
        assert str(caught.value) == f"{place}: holds no graph; run irkg build first"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("broken", ["CURRENT", "MANIFEST-*", "*.sst", "generation"])
def test_a_broken_store_says_what_to_do(tmp_path: Path, broken: str) -> None:
    build(tmp_path, a=(str(number) for number in range(2000)))
    generation = tmp_path / "generations" / "000001"
    if broken == "generation":
        generation.rename(tmp_path / "lost")
    else:
        files = list(tmp_path.glob(broken) if broken == "CURRENT" else generation.glob(broken))
        assert files
        for file in files:
            file.write_bytes(b"\x07" * 50)
    with pytest.raises(IrkgError) as caught:
        words(open_store(tmp_path))
    assert str(caught.value).endswith(f"delete {tmp_path} and run irkg build again")


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IrkgError, match="file/store: can't be written"), building(tmp_path / "file" / "store"):
        pass


GRAPH = build_in_memory([*quads(A, "one", "two"), *quads(B, "three")])


def values(answer: Solutions) -> list[list[str]]:
    return [[term.value for term in row] for row in answer]


def test_select_asks_the_union_and_graph_narrows() -> None:
    answer = GRAPH.select("SELECT ?word ?s WHERE { ?s ?p ?word } ORDER BY ?word")
    assert answer.variables == ["word", "s"]
    assert values(answer) == [["one", EX + "one"], ["three", EX + "three"], ["two", EX + "two"]]
    assert values(GRAPH.select(f"SELECT ?word WHERE {{ GRAPH <{B}> {{ ?s ?p ?word }} }}")) == [["three"]]


def test_a_parameter_is_a_value_and_never_text() -> None:
    query = "SELECT ?s ?word WHERE { ?s ?p ?word }"
    assert values(GRAPH.select(query, {"word": Literal("two")})) == [[EX + "two", "two"]]
    assert values(GRAPH.select(query, {"word": Literal('" } #')})) == []
    assert GRAPH.ask("ASK { ?s ?p ?o }", {"s": NamedNode(EX + "one")})
    assert not GRAPH.ask("ASK { ?s ?p ?o }", {"s": NamedNode(EX + "ten")})


def test_construct() -> None:
    triples = GRAPH.construct('CONSTRUCT { ?s a schema:Thing } WHERE { ?s ?p "one" }')
    assert [str(triple) for triple in triples] == [
        "<https://example.org/one> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Thing>"
    ]


def test_a_query_of_any_form() -> None:
    assert [row["n"].value for row in GRAPH.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")] == ["3"]
    assert not GRAPH.query("ASK { ?s ?p 1 }")
    assert len(list(GRAPH.query("CONSTRUCT WHERE { ?s ?p ?o }"))) == 3
    with pytest.raises(UsageError, match="the query is empty"):
        GRAPH.query("")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?s WHERE {\n  ?s ?p }", "the query does not parse at line 2, column 10, near “?s ?p }”"),
        ("SELECT * {", "the query does not parse at line 1, column 11, near “SELECT * {”"),
        (
            "SELECT * { ?s foo:bar 1 }",
            "the query does not parse at line 1, column 22, near “ELECT * { ?s foo:bar 1 }”: the prefix “foo:” is not declared",
        ),
        ("# žluťoučký\nSELECT ?é {", "the query does not parse at line 2, column 12, near “SELECT ?é {”"),
        (
            "SELECT * { ?s ?p <http://[> }",
            "the query does not parse at line 1, column 28, near “* { ?s ?p <http://[> }”: an IRI is not well formed",
        ),
        ("", "the query is empty"),
        (" \n", "the query is empty"),
        ("DROP ALL", "the query is an update, and a graph changes by irkg build only"),
        ("PREFIX : <a:b>\ninsert data { :a :b 1 }", "the query is an update, and a graph changes by irkg build only"),
        (
            "SELECT ?s ?o { ?s ?p ?o } GROUP BY ?s",
            "the query does not parse at line 1, column 38, near “?p ?o } GROUP BY ?s”: "
            "a selected variable is neither grouped by nor aggregated",
        ),
        ("ASK { ?s ?p ?o }", "the query is not a SELECT, and a table was asked for"),
        ("SELECT * {" + "{" * 300 + "}" * 301, "the query nests more than 200 brackets; write it flatter"),
        (
            "SELECT * { FILTER(1" + "+1" * 2000 + ") }",
            "the query has more than 1000 operators and patterns; split it, or use VALUES or IN",
        ),
    ],
)
def test_a_query_that_can_not_be_asked(query: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        GRAPH.select(query)
    assert str(caught.value) == message


def test_the_limits_count_neither_strings_nor_iris_nor_comments() -> None:
    words = "'((' \"{{\" '''[[''' " * 300
    query = f"SELECT ?word {{ VALUES ?word {{ {words} 'one' }} ?s ?p ?word }} # " + "(" * 500
    assert values(GRAPH.select(query)) == [["one"]]


@pytest.mark.parametrize(("ask", "message"), [("ask", "not an ASK"), ("construct", "neither a CONSTRUCT nor a DESCRIBE")])
def test_the_form_of_a_query(ask: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        getattr(GRAPH, ask)("SELECT * { ?s ?p ?o }")
