"""Data sets whose cells are not what the columns say."""

from hypothesis import given

from benchmarks.fuzz import READERS
from tests.hostile.trying import SOME, garbage, try_worst


@SOME
@given(garbage("tables", surrogates=True))
def test_rubbish(text: str) -> None:
    READERS["tables"].try_to_read(text)


def test_worst_cases() -> None:
    try_worst(
        "tables",
        "'a' * 100_000_000",
        "'\"' * 900_000",
        "('\"' + 'a,' * 100 + '\\n') * 5_000",
        "',' * 900_000",
        "'\\t' * 900_000",
        "'\\n' * 200_000",
        "'\"\\n' * 100_000",
        "('1,' * 8 + '1\\n') * 20_000",
        "('1\\t2018-06-01' + '\\t040' * 10 + '\\n') * 20_000",
        "('(' * 2_000 + ',' * 12 + '\\n') * 200",
    )
