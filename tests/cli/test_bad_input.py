"""A user's mistake is one line on stderr that says what is wrong, where, and what to do; the store stays as it was."""

import fcntl
import json
import re
import shutil
import socket
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from graph.shapes import Violation

Irkg = Callable[..., CompletedProcess[str]]
Refused = Callable[..., str]

GOOD = "On 3 May 1951, Norway recognised Iceland.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the test, which commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def built(irkg_process: Irkg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "good.txt").write_text(GOOD, "utf-8")
    made = irkg_process("build", "good.txt", "--kind", "news", "--published", "1951", "--store", "store", cwd=folder)
    assert made.returncode == 0, made.stderr
    return folder / "store"


@pytest.fixture
def store(built: Path, here: Path) -> Path:
    """The small graph in the folder of the test, under the default name."""
    shutil.copytree(built, here / ".irkg")
    return here / ".irkg"


def describe(folder: Path, *sources: Mapping[str, str]) -> Path:
    """A folder with a sources.toml."""
    folder.mkdir(exist_ok=True)
    tables = ("[[source]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in source.items()) for source in sources)
    (folder / "sources.toml").write_text("\n".join(tables), "utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what it holds."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def unchanged(store: Path, irkg: Irkg) -> Callable[[], None]:
    """Asserts that the graph is as it was, that nothing half-written lies about, and that nobody holds the lock."""

    def graph() -> str:
        return irkg("query", "timeline", "--format", "json").stdout

    def generations() -> list[str]:
        return sorted(path.name for path in (store / "generations").iterdir())

    before = graph()
    assert len(json.loads(before)) == 1

    def check() -> None:
        assert graph() == before
        assert generations() == ["000001"]
        assert sorted(path.name for path in store.iterdir()) == ["CURRENT", "generations", "lock", "read.json", "shards", "sources.json"]
        with (store / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    return check


# Files to check


def test_turtle_that_does_not_parse(refused: Refused, here: Path) -> None:
    (here / "bad.ttl").write_text("@prefix : <https://example.org/> .\n:a :b :c .\n:a :b :c :d .\n", "utf-8")
    message = refused(1, "validate", "bad.ttl")
    assert message.startswith("bad.ttl:3: does not parse at column ")


def test_turtle_that_ends_too_early(refused: Refused, here: Path) -> None:
    (here / "bad.ttl").write_text('@prefix : <https://example.org/> .\n:a :b "open .\n', "utf-8")
    assert refused(1, "validate", "bad.ttl").startswith("bad.ttl:2: does not parse at column ")


def test_a_file_to_validate_that_is_not_there(refused: Refused) -> None:
    assert refused(1, "validate", "none.ttl").startswith("none.ttl: can't be read: No such file or directory")


def test_a_file_to_validate_that_is_not_rdf(refused: Refused, here: Path) -> None:
    (here / "notes.docx").write_bytes(b"PK")
    message = refused(2, "validate", "notes.docx")
    assert message.startswith("notes.docx: the ending tells no format; use one of .ttl, ")


BREAKS_A_SHAPE = """
@prefix : <https://w3id.org/irkg/ontology#> .
<https://w3id.org/irkg/event/1> a :Event ; :realis :Perhaps .
"""


def test_a_file_that_breaks_the_shapes(irkg: Irkg, here: Path) -> None:
    (here / "mine.ttl").write_text(BREAKS_A_SHAPE, "utf-8")
    ran = irkg("validate", "mine.ttl")
    assert ran.returncode == 3
    assert ran.stderr == "irkg: mine.ttl: does not conform; the table above says what and where\n"
    lines = ran.stdout.splitlines()
    assert len(lines) > 3
    assert all(line.startswith("https://w3id.org/irkg/event/1 at ") for line in lines)
    assert "https://w3id.org/irkg/event/1 at :kind: an event has exactly one kind" in lines


def test_records_that_break_the_shapes_are_not_left_behind(
    refused: Refused, unchanged: Callable[[], None], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Violation("https://w3id.org/irkg/event/1", ":kind", "", "an event has one kind")
    monkeypatch.setattr("irkg.shards.validate_source", lambda quads: [wrong])
    (here / "good.txt").write_text(GOOD, "utf-8")
    message = refused(3, "build", "good.txt")
    why = "1 records do not conform, the first: https://w3id.org/irkg/event/1 at :kind: an event has one kind"
    assert message == f"good.txt: {why}; with --keep-going the build goes on without it"
    unchanged()


# Questions


def test_a_query_in_a_file_that_does_not_parse(refused: Refused, store: Path, here: Path) -> None:
    (here / "my.rq").write_text("SELECT ?event WHERE {\n  ?event a\n}", "utf-8")
    assert refused(2, "query", "-f", "my.rq") == "my.rq: the query does not parse at line 3, column 1, near “}”"


def test_a_query_on_stdin_that_does_not_parse(refused: Refused, store: Path) -> None:
    message = refused(2, "query", "-", stdin=b"SELECT ?event WHERE {\n  ?event a foo:Event }")
    assert message.startswith("stdin: the query does not parse at line 2, column ")
    assert message.endswith("near “?event a foo:Event }”: the prefix “foo:” is not declared")


def test_a_query_on_stdin_that_is_not_utf8(refused: Refused, store: Path) -> None:
    assert refused(1, "query", "-", stdin=b"SELECT \xff") == "stdin: is not UTF-8 at byte 7; convert it first"


def test_a_file_with_a_query_that_is_not_there(refused: Refused, store: Path) -> None:
    assert refused(1, "query", "-f", "none.rq") == "none.rq: can't be read: No such file or directory"


def test_an_update(refused: Refused, store: Path) -> None:
    message = refused(2, "query", "-", stdin=b"DROP ALL")
    assert message == "stdin: the query is an update, and a graph changes by irkg build only"


@pytest.mark.parametrize("command", ["query", "queries"])
def test_an_unknown_query(refused: Refused, store: Path, command: str) -> None:
    assert refused(2, command, "leader-meeting") == "no query is named “leader-meeting”; did you mean “leader-meetings”?"


def test_an_unknown_query_that_is_like_no_other(refused: Refused, store: Path) -> None:
    message = refused(2, "query", "zyzzyva")
    assert message.startswith("no query is named “zyzzyva”; there are acts, arms-agreements, corroborations, ")


def test_an_unknown_parameter(refused: Refused, store: Path) -> None:
    message = refused(2, "query", "leader-meetings", "-p", "whom=Putin")
    assert message == "leader-meetings has no parameter “whom”; it has from, to, person, realis"


def test_a_parameter_of_a_query_that_has_none(refused: Refused, store: Path) -> None:
    assert refused(2, "query", "sources", "-p", "whom=Putin") == "sources has no parameter “whom”; it has none"


@pytest.mark.parametrize("given", ["person", "=Putin"])
def test_a_parameter_without_a_key_or_a_value(refused: Refused, store: Path, given: str) -> None:
    assert refused(2, "query", "leader-meetings", "-p", given) == f"-p {given}: write -p key=value"


def test_a_parameter_that_is_no_date(refused: Refused, store: Path) -> None:
    message = refused(2, "query", "leader-meetings", "-p", "from=soon")
    assert message.startswith("leader-meetings, parameter from: “soon” is not an EDTF date; write 2018-07-11, ")


def test_a_parameter_that_names_nobody(refused: Refused, store: Path) -> None:
    message = refused(2, "query", "leader-meetings", "-p", "person=Vladimir Puttin")
    assert message.startswith("leader-meetings, parameter person: no entity is named “Vladimir Puttin”; near it: Vladimir Putin, ")


def test_parameters_beside_a_query_of_ones_own(refused: Refused, store: Path) -> None:
    assert refused(2, "query", "-", "-p", "a=b", stdin=b"ASK {}") == "-p goes with a named query; write the values into the SPARQL itself"


@pytest.mark.parametrize("words", [[], ["timeline", "-f", "my.rq"]])
def test_no_query_or_two(refused: Refused, store: Path, words: list[str]) -> None:
    assert refused(2, "query", *words) == "name a query, or give one with -f FILE or on stdin with -; irkg queries lists the named ones"


def test_an_unknown_format_of_answers(refused: Refused, store: Path) -> None:
    assert refused(2, "query", "timeline", "--format", "jsn") == "no format is called “jsn”; did you mean “json”?"


def test_rows_as_turtle(refused: Refused, store: Path) -> None:
    message = refused(2, "query", "sources", "--format", "turtle")
    assert message == "rows have no Turtle; ask with CONSTRUCT or DESCRIBE, or choose another format"


COMMANDS_ON_A_GRAPH = [
    ["query", "timeline"],
    ["sources"],
    ["show", "Putin"],
    ["path", "Putin", "Israel"],
    ["view", "overview", "-o", "a.html"],
    ["export", "-o", "a.ttl"],
    ["validate"],
    ["verify"],
]


@pytest.mark.parametrize("words", COMMANDS_ON_A_GRAPH, ids=" ".join)
def test_no_graph_yet(refused: Refused, here: Path, words: list[str]) -> None:
    assert refused(1, *words) == ".irkg: holds no graph; run irkg build first"
    assert list(here.iterdir()) == []


def test_a_name_that_nobody_has(refused: Refused, store: Path) -> None:
    for words in (["show", "Qwfpgj"], ["path", "Norway", "Qwfpgj"], ["view", "overview", "-o", "a.html", "--entity", "Qwfpgj"]):
        assert refused(2, *words) == "no entity is named “Qwfpgj” in this graph"
    assert not Path("a.html").exists()


def test_entities_that_nothing_connects(refused: Refused, store: Path) -> None:
    assert refused(1, "path", "Norway", "Golda Meir") == "nothing in the graph connects Norway and Golda Meir"


def test_resolve_nobody(refused: Refused) -> None:
    message = refused(2, "resolve", "Qwfpgj")
    assert message == "the reference data knows nobody as “Qwfpgj”; try a full name, or an office with its state and --on DATE"


def test_resolve_an_office_without_a_date(refused: Refused) -> None:
    message = refused(2, "resolve", "the Israeli Prime Minister")
    assert message == "“the Israeli Prime Minister” is an office (Prime Minister of Israel); say when with --on DATE"


def test_resolve_at_no_date(refused: Refused) -> None:
    assert refused(2, "resolve", "Putin", "--on", "soon").startswith("“soon” is not an EDTF date; write 2019-02-28, ")


# Calls


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nonsense"], "No such command 'nonsense'; see irkg --help"),
        (["build", "--bogus"], "No such option: --bogus"),
        (["build", "--jobs", "0"], "Invalid value for '--jobs': "),
        (["build", "--jobs", "many"], "Invalid value for '--jobs': "),
        (["extract"], "Missing argument 'SOURCE…'; see irkg extract --help"),
        (["view", "overview"], "Missing option '-o' / '--output'; see irkg view --help"),
        (["query", "timeline", "sources"], "Got unexpected extra argument"),
        (["extract", "a.txt", "--format", "xml"], "there is no format “xml” for records; there is jsonl"),
    ],
)
def test_a_call_that_does_not_fit(refused: Refused, words: list[str], message: str) -> None:
    said = refused(2, *words)
    assert said.startswith(message)
    assert said == message or said.endswith(f"see irkg {words[0]} --help")


# Sources


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Caf\xe9s opened in 1951.\n", "is not UTF-8 at byte 3; convert it first"),
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        ("\ufeff\n".encode(), "is empty"),
        (b"PK\x03\x04\x00\x00", "is binary (it holds a zero byte), not text"),
    ],
    ids=["not UTF-8", "empty", "blank", "byte order mark", "binary"],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_can_not_be_read(
    refused: Refused, irkg: Irkg, unchanged: Callable[[], None], here: Path, content: bytes, message: str, jobs: int
) -> None:
    folder = describe(here / "mine", {"id": "bad", "file": "bad.txt", "kind": "news"})
    (folder / "bad.txt").write_bytes(content)
    assert refused(1, "build", "mine", "--jobs", jobs) == f"mine/bad.txt: {message}; with --keep-going the build goes on without it"
    assert refused(1, "extract", "mine") == f"mine/bad.txt: {message}"
    unchanged()


def test_a_document_that_is_missing(refused: Refused, unchanged: Callable[[], None], here: Path) -> None:
    describe(here / "mine", {"id": "gone", "file": "gone.txt", "kind": "news"})
    message = refused(1, "build", "mine")
    assert message == "mine/gone.txt: is named as a source and is not there; with --keep-going the build goes on without it"
    unchanged()


def test_a_bad_document_after_a_good_one_changes_nothing(irkg: Irkg, unchanged: Callable[[], None], here: Path) -> None:
    folder = describe(here / "mine", {"id": "fine", "file": "fine.txt", "kind": "news"}, {"id": "bad", "file": "bad.txt", "kind": "news"})
    (folder / "fine.txt").write_text("On 4 June 1952, Norway recognised Malta.\n", "utf-8")
    (folder / "bad.txt").write_bytes(b"\xff")
    ran = irkg("build", "mine")
    assert ran.returncode == 1
    read, refused = ran.stderr.splitlines()
    assert re.fullmatch(r"fine: \d records", read)
    assert refused == "irkg: mine/bad.txt: is not UTF-8 at byte 0; convert it first; with --keep-going the build goes on without it"
    unchanged()


def test_keep_going_leaves_the_bad_ones_out(irkg: Irkg, store: Path, here: Path) -> None:
    folder = describe(
        here / "mine",
        *({"id": name, "file": f"{name}.txt", "kind": "news"} for name in ("latin", "fine", "empty", "binary", "gone")),
    )
    (folder / "fine.txt").write_text("On 4 June 1952, Norway recognised Malta.\n", "utf-8")
    (folder / "latin.txt").write_bytes(b"Caf\xe9")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x00")
    ran = irkg("build", "mine", "--keep-going")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert [re.sub(r"\d (date|event|stance|record)s?\b", r"N \1", line) for line in ran.stderr.splitlines()] == [
        "left out: mine/latin.txt: is not UTF-8 at byte 3; convert it first",
        "fine: N record",
        "left out: mine/empty.txt: is empty",
        "left out: mine/binary.txt: is binary (it holds a zero byte), not text",
        "left out: mine/gone.txt: is named as a source and is not there",
        "1 source in the graph: N date, N event, N stance; left out: latin, empty, binary, gone",
    ]
    rows = json.loads(irkg("query", "sources", "--format", "json").stdout)
    assert [row["source"] for row in rows] == ["fine", "good"]


def test_keep_going_keeps_the_graph_of_a_source_that_went_bad(irkg: Irkg, unchanged: Callable[[], None], here: Path) -> None:
    folder = describe(here / "mine", {"id": "good", "file": "good.txt", "kind": "news"})
    (folder / "good.txt").write_bytes(b"")
    ran = irkg("build", "mine", "--keep-going")
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "left out: mine/good.txt: is empty",
        "irkg: no source could be read; nothing was built",
    ]
    unchanged()


def test_a_file_that_is_not_there(refused: Refused, unchanged: Callable[[], None]) -> None:
    assert refused(1, "build", "none.txt") == "none.txt: no such file or folder"
    unchanged()


def test_a_folder_without_sources_toml(refused: Refused, unchanged: Callable[[], None], here: Path) -> None:
    (here / "mine").mkdir()
    assert refused(2, "build", "mine") == "mine: has no sources.toml; write one, or name the files themselves"
    unchanged()


def test_an_unknown_kind(refused: Refused, unchanged: Callable[[], None], here: Path) -> None:
    (here / "post.txt").write_text(GOOD, "utf-8")
    message = refused(2, "build", "post.txt", "--kind", "blog")
    assert message.startswith("post.txt: unknown kind “blog”; there are encyclopedia, news, timeline")
    describe(here / "mine", {"id": "post", "file": "post.txt", "kind": "blog"})
    message = refused(2, "build", "mine")
    assert message.startswith("mine/post.txt: unknown kind “blog”; there are encyclopedia, news, timeline")
    unchanged()


def test_a_day_of_publication_that_is_no_date(refused: Refused, unchanged: Callable[[], None], here: Path) -> None:
    (here / "post.txt").write_text(GOOD, "utf-8")
    message = refused(2, "build", "post.txt", "--published", "yesterday")
    assert message.startswith("post.txt: published: “yesterday” is not an EDTF date; write 2019-02-28, ")
    describe(here / "mine", {"id": "post", "file": "post.txt", "kind": "news", "published": "2019-02-29"})
    message = refused(2, "build", "mine")
    assert message.startswith("mine/post.txt: published: “2019-02-29” is not an EDTF date; write 2019-02-28, ")
    unchanged()


def test_sources_toml_that_is_no_toml(refused: Refused, unchanged: Callable[[], None], here: Path) -> None:
    folder = here / "mine"
    folder.mkdir()
    (folder / "sources.toml").write_text('[[source]]\nid = "a\n', "utf-8")
    assert refused(1, "build", "mine").startswith("mine/sources.toml: is not TOML: ")
    assert "at line 2, column " in refused(1, "build", "mine")
    (folder / "sources.toml").write_bytes(b"\xff\xfe")
    assert refused(1, "build", "mine").startswith("mine/sources.toml: is not TOML: ")
    unchanged()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "mine/sources.toml: holds no [[source]]"),
        ("source = []", "mine/sources.toml: holds no [[source]]"),
        ("source = [3]", "mine/sources.toml: [[source]] number 1: is not a table"),
        ('[[source]]\nfile = "a.txt"\nkind = "news"', "mine/sources.toml: [[source]] number 1: has no id"),
        ('[[source]]\nid = "a"\nkind = "news"', "mine/sources.toml: [[source]] number 1: has no file"),
        ('[[source]]\nid = "a"\nfile = "a.txt"', "mine/sources.toml: [[source]] number 1: has no kind"),
        ('[[source]]\nid = "a"\nfile = 3\nkind = "news"', "mine/sources.toml: [[source]] number 1: has no file"),
    ],
)
def test_a_source_that_is_not_described(refused: Refused, unchanged: Callable[[], None], here: Path, text: str, message: str) -> None:
    (here / "mine").mkdir()
    (here / "mine" / "sources.toml").write_text(text, "utf-8")
    assert refused(1, "build", "mine") == message
    unchanged()


@pytest.mark.parametrize("file", ["../secret.txt", "/etc/hostname", "a/../../secret.txt", "link.txt", "a\0b"])
def test_a_path_that_climbs_out(refused: Refused, unchanged: Callable[[], None], here: Path, file: str) -> None:
    (here / "secret.txt").write_text(GOOD, "utf-8")
    folder = describe(here / "mine", {"id": "secret", "file": file, "kind": "news"})
    (folder / "link.txt").symlink_to(here / "secret.txt")
    message = refused(1, "build", "mine")
    assert message.startswith(f"mine/sources.toml: [[source]] number 1: {file!r} lies outside the folder; ")
    unchanged()


@pytest.mark.parametrize("other", ["one", "One", "one!"])
def test_ids_that_are_the_same(refused: Refused, unchanged: Callable[[], None], here: Path, other: str) -> None:
    """They would share a named graph, and the second document would take the place of the first."""
    folder = describe(here / "mine", {"id": "one", "file": "a.txt", "kind": "news"}, {"id": other, "file": "b.txt", "kind": "news"})
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(GOOD, "utf-8")
    message = refused(1, "build", "mine")
    assert message.startswith(f"mine/sources.toml: two sources have the id “{other}”")
    unchanged()


def test_ids_that_are_the_same_in_two_places(refused: Refused, unchanged: Callable[[], None], here: Path) -> None:
    for name in ("mine", "yours"):
        describe(here / name, {"id": "one", "file": "a.txt", "kind": "news"})
        (here / name / "a.txt").write_text(GOOD, "utf-8")
    message = refused(2, "build", "mine", "yours")
    assert message == "mine/a.txt and yours/a.txt have one id, “one”; build one of them alone, with --source-id"
    unchanged()


def test_a_source_named_twice_is_read_once(irkg: Irkg, store: Path, here: Path) -> None:
    (here / "a.txt").write_text(GOOD, "utf-8")
    ran = irkg("build", "a.txt", "a.txt")
    assert ran.returncode == 0
    assert [line.partition(":")[0] for line in ran.stderr.splitlines()] == ["a", "1 source in the graph"]


@pytest.mark.parametrize("reserved", ["reference", "Fusion", "descriptions"])
def test_an_id_that_is_a_graph_of_our_own(refused: Refused, unchanged: Callable[[], None], here: Path, reserved: str) -> None:
    (here / f"{reserved}.txt").write_text(GOOD, "utf-8")
    message = refused(2, "build", f"{reserved}.txt")
    assert message == f"{reserved}.txt: “{reserved}” names a graph of our own and can't be a source's id; choose another"
    unchanged()


def test_an_id_for_a_whole_folder(refused: Refused, unchanged: Callable[[], None], here: Path) -> None:
    describe(here / "mine", {"id": "one", "file": "a.txt", "kind": "news"})
    assert refused(2, "build", "mine", "--source-id", "b") == "mine: --source-id names one document, and this is a folder; name the file"
    unchanged()


# Addresses


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a port that nobody listens at."""
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{reserved.getsockname()[1]}"


def test_a_document_at_an_address_that_can_not_be_reached(refused: Refused, unchanged: Callable[[], None], unreachable: str) -> None:
    message = refused(4, "build", f"{unreachable}/a.txt")
    assert message.startswith(f"{unreachable}/a.txt: can't be reached (")
    assert message.endswith("; with --keep-going the build goes on without it")
    unchanged()


def test_so_with_an_address_in_sources_toml(refused: Refused, irkg: Irkg, store: Path, unreachable: str, here: Path) -> None:
    folder = describe(
        here / "mine",
        {"id": "far", "url": f"{unreachable}/a.txt", "kind": "news"},
        {"id": "near", "file": "near.txt", "kind": "news"},
    )
    (folder / "near.txt").write_text(GOOD, "utf-8")
    assert refused(4, "build", "mine").startswith(f"{unreachable}/a.txt: can't be reached (")
    ran = irkg("build", "mine", "--keep-going")
    assert ran.returncode == 0
    assert ran.stderr.splitlines()[-1].endswith("; left out: far")


def test_a_server_that_can_not_be_reached(refused: Refused, unreachable: str) -> None:
    message = refused(4, "query", "timeline", "--store", f"{unreachable}/sparql")
    assert message.startswith(f"{unreachable}/sparql: can't be reached (")
    assert message.endswith("; is the server running there?")


@pytest.mark.parametrize("words", [words for words in COMMANDS_ON_A_GRAPH if words[0] not in ("query", "sources")], ids=" ".join)
def test_a_server_where_a_folder_is_needed(refused: Refused, words: list[str]) -> None:
    message = refused(2, *words, "--store", "http://127.0.0.1/sparql")
    assert message == "http://127.0.0.1/sparql: a server can be asked with irkg query; for this command name a folder"


@pytest.mark.parametrize("address", ["http://[::1/a.txt", "http://a b/", "http://example.org/\N{LATIN SMALL LETTER U WITH DIAERESIS}"])
def test_an_address_that_is_not_well_formed(refused: Refused, store: Path, address: str) -> None:
    assert refused(2, "build", address).startswith(f"{address}: is no well-formed address (")
    assert refused(2, "query", "timeline", "--store", address).startswith(f"{address}: is no well-formed address (")


def test_an_address_that_is_not_of_the_web(refused: Refused, store: Path, here: Path) -> None:
    describe(here / "mine", {"id": "a", "url": "ftp://example.org/a.txt", "kind": "news"})
    message = refused(1, "build", "mine")
    assert message == "mine/sources.toml: [[source]] number 1: ftp://example.org/a.txt is no http(s) address; name a file instead"


# Files to write


@pytest.mark.parametrize("words", [["view", "overview", "-o", "file/out.html"], ["export", "-o", "file/out.ttl"]], ids=" ".join)
def test_a_file_that_can_not_be_written(refused: Refused, store: Path, here: Path, words: list[str]) -> None:
    (here / "file").write_text("in the way", "utf-8")
    assert refused(1, *words).startswith(f"{words[-1]}: can't be written: ")
    assert (here / "file").read_text("utf-8") == "in the way"


def test_a_folder_in_the_place_of_the_file(refused: Refused, store: Path, here: Path) -> None:
    (here / "out.ttl").mkdir()
    assert refused(1, "export", "-o", "out.ttl").startswith("out.ttl: can't be written: ")
    assert sorted(path.name for path in here.iterdir()) == [".irkg", "out.ttl"]


def test_a_store_that_can_not_be_written(refused: Refused, here: Path) -> None:
    (here / "file").write_text("in the way", "utf-8")
    (here / "good.txt").write_text(GOOD, "utf-8")
    assert refused(1, "build", "good.txt", "--store", "file/store").startswith("file/store: can't be written ")


def test_an_ending_that_tells_no_format(refused: Refused, store: Path) -> None:
    message = refused(2, "export", "-o", "out.xlsx")
    assert message.startswith(
        "out.xlsx: the ending tells no format; use one of .ttl, .trig, .nq, .nt, .jsonld, .rdf, .graphml, .gexf, .csv"
    )
    assert not Path("out.xlsx").exists()


def test_an_unknown_format_of_exports(refused: Refused, store: Path) -> None:
    message = refused(2, "export", "-o", "out.ttl", "--format", "excel")
    assert message.startswith("unknown format “excel”; there are turtle, trig, ")


def test_an_unknown_view(refused: Refused, store: Path) -> None:
    message = refused(2, "view", "overvew", "-o", "out.html")
    assert message == "no view is named “overvew”; did you mean “overview”?"
    message = refused(2, "view", "leader-meeting", "-o", "out.html")
    assert (
        message
        == "a view is overview, neighbourhood, path or a named query; no query is named “leader-meeting”; did you mean “leader-meetings”?"
    )
    assert not Path("out.html").exists()


def test_a_view_of_what_is_no_record(refused: Refused, store: Path) -> None:
    message = refused(2, "view", "sources", "-o", "out.html")
    assert message == "the rows of “sources” are not records and can't be drawn; try overview"


def test_a_parameter_of_the_overview(refused: Refused, store: Path) -> None:
    message = refused(2, "view", "overview", "-o", "out.html", "-p", "from=2018")
    assert message == "the overview has no parameters; --entity narrows it"


# The store

HOLDER = """
    import sys
    from graph.building import building

    with building(sys.argv[1]):
        print("locked", flush=True)
        sys.stdin.read()
"""


def test_a_store_that_another_process_has_locked(
    refused: Refused, irkg: Irkg, store: Path, here: Path, environment: Mapping[str, str]
) -> None:
    (here / "good.txt").write_text(GOOD, "utf-8")
    before = irkg("query", "timeline", "--format", "json").stdout
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=here, env=environment) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "locked\n"
            message = refused(1, "build", "good.txt")
            assert message == f".irkg is locked by another process (pid {holder.pid}); wait for it or name another --store"
            assert irkg("query", "timeline", "--format", "json").stdout == before
        finally:
            holder.kill()
    assert irkg("build", "good.txt").returncode == 0


def test_a_store_that_is_broken(refused: Refused, store: Path) -> None:
    (store / "CURRENT").write_text("rubbish", "utf-8")
    message = refused(1, "query", "timeline")
    assert message.startswith(".irkg/CURRENT: does not name a generation; ")
    assert message.endswith("delete .irkg and run irkg build again")


# Evidence that is gone


def test_verify_names_the_words_that_are_gone(irkg: Irkg, here: Path) -> None:
    (here / "good.txt").write_text(GOOD, "utf-8")
    assert irkg("build", "good.txt").returncode == 0
    assert re.fullmatch(r"good: (\d) of \1 spans in place\n", irkg("verify").stdout)
    (here / "good.txt").write_text("X" + GOOD, "utf-8")
    ran = irkg("verify")
    assert ran.returncode == 1
    first, *gone = ran.stdout.splitlines()
    assert re.fullmatch(rf"good: 0 of {len(gone)} spans in place", first)
    assert f"  {here}/good.txt:3–13: no longer “3 May 1951”" in gone
    assert ran.stderr == "irkg: some evidence is no longer in its source; the lines above say which\n"


def test_verify_goes_on_after_a_source_that_is_gone(irkg: Irkg, here: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (here / name).write_text(GOOD, "utf-8")
    assert irkg("build", "a.txt", "b.txt").returncode == 0
    (here / "a.txt").unlink()
    ran = irkg("verify")
    assert ran.returncode == 1
    a, b = ran.stdout.splitlines()
    assert a == f"a: not checked, {here}/a.txt: is named as a source and is not there"
    assert re.fullmatch(r"b: (\d) of \1 spans in place", b)
