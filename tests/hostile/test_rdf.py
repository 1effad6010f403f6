"""RDF files that end other parsers: bombs of entities, brackets without end, values that no type allows."""

from pathlib import Path

import pytest
from hypothesis import given

from benchmarks.fuzz import READERS
from graph.rdf_files import read_file
from graph.shapes import validate_file
from ontology.errors import IrkgError
from tests.hostile.trying import SOME, garbage, try_worst

TURTLE = "@prefix : <https://w3id.org/irkg/ontology#> .\n"
XML = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://a/'>"
BOMB = '<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
JSON_REMOTE = '{"@context": "http://127.0.0.1:1/", "@id": "http://a/", "http://b/": "c"}'


@SOME
@given(garbage("rdf", surrogates=True))
def test_rubbish(text: str) -> None:
    READERS["rdf"].try_to_read(text)


def test_worst_cases() -> None:
    try_worst(
        "rdf",
        "'[' * 1_000_000",
        "'(' * 1_000_000",
        "'{' * 1_000_000",
        "'<<( ' * 300_000",
        "'{\"a\":' * 300_000",
        "'{\"@graph\":' * 100_000 + '{}' + '}' * 100_000",
        f"{XML!r} + '<x><y>' * 200_000",
        f"{XML!r} + '<x><y>' * 200_000 + '</y></x>' * 200_000",
        "'\"' + 'a' * 20_000_000",
        "'<http://a/' + 'a' * 20_000_000",
        '\'"""\' * 300_000',
        "'<http://a> <http://b> ' + '<<( <http://a> <http://b> ' * 100_000",
        "'\\0' * 1_000_000",
        "'#' * 1_000_000",
        "'<' * 1_000_000",
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [("a.ttl", ": a part of it is too large to be read (Reached the buffer"), ("a.rdf", ":1: does not parse at column 0: unclosed token")],
)
def test_a_hundred_megabytes_in_one_line(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / name).write_bytes(b"<a b='" + b"a" * 100_000_000)
    with pytest.raises(IrkgError) as refused:
        read_file(tmp_path / name)
    assert str(refused.value).removeprefix(str(tmp_path / name)).startswith(message)


def test_a_bomb_of_entities() -> None:
    try_worst("rdf", f"{BOMB!r} + {XML!r} + '<x>&a9;</x></rdf:RDF>'")
    try_worst("rdf", f"'<!DOCTYPE r [<!ENTITY a \"' + 'a' * 100_000 + '\">]>' + {XML!r} + '<x>' + '&a;' * 100_000")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", TURTLE + ":a :b " + "[ :c " * 300 + "]" * 300 + " .", ":2: nests more than 200 brackets; write it flatter"),
        ("a.nq", "<http://a> <http://b> " + "<<( <http://a> <http://b> " * 300, ":1: nests more than 200 brackets; write it flatter"),
        ("a.jsonld", '{"@graph":' * 300, ":1: nests more than 200 brackets; write it flatter"),
        ("a.jsonld", JSON_REMOTE, ": its @context is an address, and nothing is fetched; put the context into the file"),
        ("a.rdf", XML + "\n" + "<x><y>" * 300, ":2: nests more than 200 elements; write it flatter"),
        ("a.rdf", BOMB + XML + "<x>&a9;</x></rdf:RDF>", ":1: does not parse at column "),
        ("a.rdf", "<a>\n</b>", ":2: does not parse at column 2: mismatched tag"),
        ("a.ttl", f'{TURTLE}:a :b "{"a" * 17_000_000}" .', ": a part of it is too large to be read (Reached the buffer maximal size"),
        (
            "a.ttl",
            TURTLE + ":a :b (" + "1 " * 1500 + ") .",
            ": holds lists of more than 1,000 members, which no shape is for; take them out",
        ),
        ("a.ttl", TURTLE + ":a :b <<( :a :b :c )>> .", ": holds triple terms of RDF 1.2, and shapes are for RDF 1.1; take them out"),
        ("a.ttl", TURTLE + ":a :b <http://a b/> .", ":2: does not parse at column 7: Invalid IRI code point ' '"),
        ("a.ttl", TURTLE + ':a :b "\\uD800" .', ":2: does not parse at column 8: The escape sequence '\\uD800'"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(IrkgError) as refused:
        read_file(path)
    assert str(refused.value).removeprefix(str(path)).startswith(message)


def test_entities_for_namespaces_are_read_and_files_are_not(tmp_path: Path) -> None:
    path = tmp_path / "a.rdf"
    path.write_text(f'<!DOCTYPE r [<!ENTITY a "http://a/">]>{XML}<rdf:Description rdf:about="&a;b"><x>c</x></rdf:Description></rdf:RDF>')
    assert [str(quad.subject) for quad in read_file(path)] == ["<http://a/b>"]
    path.write_text(f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>{XML}<rdf:Description><x>&a;</x></rdf:Description></rdf:RDF>')
    with pytest.raises(IrkgError, match="does not parse"):
        read_file(path)


@pytest.mark.parametrize(
    "text",
    [
        ':a a :Event ; :earliest "1000000000-01-01"^^xsd:date ; :latest "-99999999999999-01-01"^^xsd:date .',
        "_:a rdf:rest _:a ; rdf:first 1 . :a a :Event ; :evidence _:a .",
    ],
    ids=["years", "a list that holds itself"],
)
def test_what_no_shape_can_be_checked_of(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.ttl"
    prefixes = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    path.write_text(prefixes + TURTLE + text, "utf-8")
    with pytest.raises(
        IrkgError, match=r"a\.ttl: the shapes can't be checked \(.*\); look for odd values, and for lists that hold themselves"
    ):
        validate_file(path)


def test_values_that_their_types_do_not_allow_break_the_shapes_and_log_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f'{TURTLE}:a a :Event ; :quantity "P9"^^<http://www.w3.org/2001/XMLSchema#duration>, {"9" * 5000} .', "utf-8")
    assert len(validate_file(path)) > 3
    assert caplog.records == []
