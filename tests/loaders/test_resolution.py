"""Names, titles and pronouns mean whom they mean: the cases of ``resolution_cases.toml``, at least 95 % right."""

from collections import Counter

import pytest

from benchmarks.resolution import Outcome, outcomes, read_cases
from ontology.reference import load_reference

LEAST = 0.95


@pytest.fixture(scope="module")
def results() -> list[Outcome]:
    return outcomes(read_cases(), load_reference())


def test_there_are_enough_cases_and_groups(results: list[Outcome]) -> None:
    groups = Counter(outcome.case.group for outcome in results)
    assert len(results) >= 150
    assert len(groups) >= 20


def test_at_least_95_percent_are_right(results: list[Outcome]) -> None:
    wrong = [str(outcome) for outcome in results if not outcome.right]
    assert 1 - len(wrong) / len(results) >= LEAST, "\n".join(wrong)
