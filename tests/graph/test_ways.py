"""The best-evidenced way, on graphs small enough to reckon by hand."""

import random

import pytest

from graph.ways import Evidence, Step, best_way


def told(*records: str) -> list[Evidence]:
    """``ab`` is a record of the parties a and b; ``?ab`` only a report; its IRI is its place and its parties."""
    return [Evidence(f"{place}:{text}", tuple(text.lstrip("?")), text.startswith("?")) for place, text in enumerate(records)]


def way(records: list[Evidence], start: str, goal: str) -> str | None:
    steps = best_way(records, start, goal)
    return None if steps is None else start + "".join(step.other for step in steps)


@pytest.mark.parametrize(
    ("parties", "reported", "strength"),
    [
        ("ab", False, 1),
        ("ab", True, 0.5),
        ("abc", False, 0.5),
        ("abcde", False, 0.25),
        ("abcde", True, 0.125),
        ("aab", False, 1),
        ("a", False, 1),
    ],
)
def test_the_strength_of_a_record(parties: str, reported: bool, strength: float) -> None:
    assert Evidence("r", tuple(parties), reported).strength == strength


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (("ab", "bd"), "abd"),
        (("ab", "bd", "ad"), "ad"),  # one weak step before two
        (("ab",) * 9 + ("bc",) * 9 + ("cd",) * 9 + ("adefg",), "ad"),  # and before any number of strong ones
        (("ab", "bd", "ac", "cd", "cd"), "acd"),  # more records
        (("abx", "bd", "ac", "cd"), "acd"),  # fewer parties in them
        (("?ab", "bd", "ac", "cd"), "acd"),  # told as having happened
        (("ab", "bd", "ac", "cd", "bx", "by"), "acd"),  # over whom fewer records tell of
        (("ab", "bd", "ac", "cd"), "abd"),  # no reason left but the alphabet
        (("ab", "bd", "ac", "?cd", "bx", "by"), "abd"),  # doubt counts before the number of records
        (("ab", "cd"), None),
        (("ab",), None),
        ((), None),
    ],
)
def test_which_way_is_taken(records: tuple[str, ...], expected: str | None) -> None:
    assert way(told(*records), "a", "d") == expected


def test_the_steps_have_their_records_the_strongest_first() -> None:
    steps = best_way(told("?ab", "abx", "ab", "cb", "ax"), "c", "a")
    assert steps == [Step("c", "b", ("3:cb",)), Step("b", "a", ("2:ab", "0:?ab", "1:abx"))]


def test_from_an_entity_to_itself() -> None:
    assert best_way(told("ab"), "a", "a") == []


def test_the_order_in_which_records_are_told_does_not_matter() -> None:
    random_ = random.Random(1)
    records = told(*("".join(random_.sample("abcdefghijkl", random_.choice((2, 2, 3, 5)))) for _ in range(40)))
    expected = [best_way(records, "a", goal) for goal in "bcdefghijkl"]
    for _ in range(5):
        random_.shuffle(records)
        assert [best_way(records, "a", goal) for goal in "bcdefghijkl"] == expected
