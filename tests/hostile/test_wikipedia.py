"""What a wiki's API may send back."""

from hypothesis import given

from benchmarks.fuzz import READERS
from tests.hostile.trying import SOME, garbage, try_worst

PAGE = '{"query":{"pages":[{"title":"A","revisions":[{"revid":1,"timestamp":"x","slots":{"main":{"content":"%s"}}}]}]}}'


@SOME
@given(garbage("wikipedia", surrogates=True))
def test_rubbish(text: str) -> None:
    READERS["wikipedia"].try_to_read(text)
    READERS["wikipedia"].try_to_read(PAGE % text)


def test_worst_cases() -> None:
    try_worst(
        "wikipedia", "'[' * 500", f"{PAGE!r} % ('\\\\ud800' * 1000)", f"{PAGE!r} % ('\\\\u0000' * 1000)", f"{PAGE!r} % ('{{{{' * 200_000)"
    )
