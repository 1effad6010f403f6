"""Parameters of named queries and names of entities that somebody made up to break a query."""

import pytest
from hypothesis import given

from benchmarks.fuzz import READERS
from graph.store import GraphStore
from irkg.resolving import resolve_text
from ontology.errors import UsageError
from queries.names import resolve
from tests.hostile.trying import FEW, garbage, try_worst


@FEW
@given(garbage("values", surrogates=True))
def test_rubbish(text: str) -> None:
    READERS["values"].try_to_read(text)


def test_worst_cases() -> None:
    try_worst("values", *(f"{piece!r} * 50_000" for piece in ("(", "Putin ", "é", "\u0301", "http://a", "> ?x ", "\\")))


@pytest.mark.parametrize("text", ["http://a> ?x ?y }", "http://a b", "http://{", "http://\ud800", "https://"])
def test_what_is_no_iri_is_never_part_of_a_query(text: str) -> None:
    with pytest.raises(UsageError, match=r"is not an IRI|nothing in this graph has the IRI"):
        resolve(GraphStore.in_memory(), text)


@pytest.mark.parametrize("text", ["\ud800", "https://w3id.org/irkg/entity/\udcff", "the " * 20_000, "(" * 100_000])
def test_what_is_no_name_is_not_looked_for(text: str) -> None:
    with pytest.raises(UsageError, match=r"^that is no name: it is longer than 300 characters, or not valid Unicode text"):
        resolve_text(text, None)
