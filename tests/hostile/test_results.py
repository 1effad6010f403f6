"""What a SPARQL server may send back: anything."""

import json
from io import BytesIO
from types import SimpleNamespace

import pytest
from hypothesis import given

from benchmarks.fuzz import READERS
from graph.server import ServerStore
from ontology.errors import UnreachableError
from queries.answers import ask
from tests.hostile.trying import SOME, garbage, try_worst

ROWS = '{"head":{"vars":["a"]},"results":{"bindings":[%s]}}'


@SOME
@given(garbage("results", surrogates=True))
def test_rubbish(text: str) -> None:
    READERS["results"].try_to_read(text)
    READERS["results"].try_to_read(ROWS % text)


def test_worst_cases() -> None:
    triple = '{"type":"triple","value":{"subject":{"type":"uri","value":"http://a"},"predicate":{"type":"uri","value":"http://a"},"object":'
    try_worst(
        "results",
        "'[' * 1_000_000",
        "'{\"a\":' * 1_000_000",
        f"{(ROWS % '')[:-3]!r} + '{{\"a\":' + {triple!r} * 20_000",
        "'\"' + 'a' * 20_000_000",
        f'{ROWS!r} % \',\'.join([\'{{"a":{{"type":"literal","value":"x"}}}}\'] * 20_000)',
        "'<http://a> <http://b> <<( ' * 100_000",
    )


class Answering(ServerStore):
    """A server whose answer is known; ``_read`` is the real one."""

    def __init__(self, content: bytes, left: int = 0) -> None:
        super().__init__("http://127.0.0.1:1/")
        self.content, self.left = content, left

    def _post(self, sparql: str) -> tuple[str, bytes]:
        answer = SimpleNamespace(read1=BytesIO(self.content).read, length=self.left)
        return "application/sparql-results+json", self._read(answer)  # type: ignore[arg-type]


def row(**term: str) -> bytes:
    return (ROWS % json.dumps({"a": term})).encode()


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (row(type="uri", value="javascript:alert(1)"), "javascript:alert(1)"),
        (row(type="literal", value="9" * 5000, datatype="http://www.w3.org/2001/XMLSchema#integer"), "9" * 5000),
        (row(type="literal", value="1e400", datatype="http://www.w3.org/2001/XMLSchema#double"), "1e400"),
        (row(type="literal", value="\0\u202e"), "\0\u202e"),
    ],
)
def test_odd_terms_are_words(content: bytes, value: str) -> None:
    assert ask(Answering(content), "SELECT * {}").rows == ((value,),)


@pytest.mark.parametrize(
    "content",
    [
        row(type="literal", value="x")[:-20],
        row(type="uri", value="a b"),
        row(type="literal", value="x", datatype="a b"),
        ROWS.encode() % b'{"b":1}',
        b"",
        b"[]",
        b"\xff\xfe",
        (ROWS % '{"a":{"type":"literal","value":"\\ud800"}}').encode(),
        b'{"a":' * 300,
        b'{"head":{"vars":["a","a"]},"results":{"bindings":[]}}',
    ],
)
def test_an_answer_that_is_none_is_the_servers_fault_not_the_querys(content: bytes) -> None:
    with pytest.raises(UnreachableError, match=r"^http://127\.0\.0\.1:1/: answers, but not as a SPARQL server"):
        ask(Answering(content), "SELECT * {}")


def test_an_answer_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.server._MOST_BYTES", 1_000_000)
    with pytest.raises(UnreachableError, match=r"answers with more than 1,000,000 bytes; ask for less, with LIMIT"):
        ask(Answering(b" " * 2_000_000), "SELECT * {}")


def test_an_answer_that_drips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.server._WHOLE_S", -1)
    with pytest.raises(UnreachableError, match=r"has not answered whole in -1 s; ask for less, with LIMIT"):
        ask(Answering(row(type="literal", value="x")), "SELECT * {}")


def test_an_answer_that_breaks_off() -> None:
    with pytest.raises(UnreachableError, match=r"breaks off its answer; try again"):
        ask(Answering(b"{", left=10), "SELECT * {}")
