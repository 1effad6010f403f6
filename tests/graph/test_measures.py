"""What is read off a network, on networks small enough to reckon by hand."""

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import networkx as nx
import pytest

from graph.measures import (
    Central,
    Member,
    Neighbour,
    Sides,
    around,
    by_period,
    centrality,
    communities,
    joined,
    neighbours,
    period_of,
    sides,
    ties,
)


def network(*records: str) -> "nx.MultiGraph[str]":
    """A network of lines such as ``ab Meeting 1991-03-01 1991-03-31 actual``; the source is the last word, or “gazette”.

    ``ab`` are the parties. The kind of a stance is ``holder>polarity``, such as ``a>oppose``; “office” is an office.
    """
    made: nx.MultiGraph[str] = nx.MultiGraph()
    for place, record in enumerate(records):
        parties, kind, earliest, latest, realis, *source = record.split()
        holder, stance, polarity = kind.partition(">")
        known = {
            "iri": f"record {place}",
            "record": "stance" if stance else "office" if kind == "office" else "event",
            "kind": polarity or kind,
            "polarity": polarity,
            "realis": "" if stance or kind == "office" else realis,
            "from": holder if stance else "",
            "date": "" if earliest == "-" == latest else f"{earliest[:4]}/{latest[:4]}",
            "earliest": earliest.strip("-") and earliest,
            "latest": latest.strip("-") and latest,
            "source": source[0] if source else "gazette",
        }
        for party in parties:
            made.add_node(party, label=party.upper(), type="State" if party in "ab" else "Person")
        for number, one in enumerate(parties):
            for other in parties[number + 1 :]:
                made.add_edge(one, other, key=f"{place}{one}{other}", **known)
    return made


def edges(made: "nx.MultiGraph[str]") -> list[str]:
    return sorted(key for _, _, key in made.edges(keys=True))


def test_a_tie_is_an_event_that_happened_or_a_stance() -> None:
    made = network(
        "ab Meeting - - actual",
        "ac Meeting - - reported",
        "ad Meeting - - planned",
        "ae Meeting - - refused",
        "af Meeting - - denied",
        "ag a>oppose - - -",
        "ah office - - -",
    )
    assert edges(ties(made)) == ["0ab", "1ac", "5ag"]
    assert list(ties(made)) == ["a", "b", "c", "g"]
    assert edges(ties(made, records=("stance",))) == ["5ag"]
    assert len(made.edges) == 7


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((None, None), "0123456"),
        (("1991-03-31", None), "1245"),
        (("1991-04-01", None), "245"),
        ((None, "1991-03-01"), "01356"),
        ((None, "1991-02-28"), "0356"),
        (("1991-03-02", "1991-03-03"), "15"),
        (("0001-01-01", "1950-01-01"), "05"),
        (("-0044-03-15", "-0001-12-31"), "56"),
    ],
)
def test_the_ties_of_a_time(days: tuple[str | None, str | None], expected: str) -> None:
    made = network(
        "ab Meeting 1948-01-01 1948-12-31 actual",
        "ab Meeting 1991-03-01 1991-03-31 actual",
        "ab Meeting 1999-01-01 - actual",
        "ab Meeting - - actual",
        "ab Meeting 2001-01-01 2001-01-02 actual",
        "ab Meeting - 1999-01-01 actual",
        "ab Meeting -0044-03-15 -0044-03-15 actual",
    )
    found = {key[0] for key in edges(ties(made, days))}
    undated = set() if days != (None, None) else {"3"}
    assert found == (set(expected) - {"3"}) | undated


@pytest.mark.parametrize(
    ("earliest", "latest", "year", "decade"),
    [
        ("1991-03-01", "1991-03-31", "1991", "199X"),
        ("1990-01-01", "1999-12-31", None, "199X"),
        ("1989-12-31", "1990-01-01", None, None),
        ("1991-01-01", "", None, None),
        ("", "1991-01-01", None, None),
        ("", "", None, None),
        ("-0044-03-15", "-0044-03-15", "-0044", "-004X"),
    ],
)
def test_the_period_of_a_record(earliest: str, latest: str, year: str | None, decade: str | None) -> None:
    known = {"earliest": earliest, "latest": latest}
    assert (period_of(known, "year"), period_of(known, "decade")) == (year, decade)


def test_the_network_by_period() -> None:
    made = network(
        "bc Meeting 1995-01-01 1995-01-01 actual",
        "ab Meeting 1948-05-01 1948-05-31 actual",
        "ad Meeting 1940-01-01 1949-12-31 actual",
        "ae Meeting - - actual",
    )
    assert [(period, edges(part), list(part)) for period, part in by_period(made, "decade")] == [
        ("194X", ["1ab", "2ad"], ["b", "a", "d"]),
        ("199X", ["0bc"], ["b", "c"]),
    ]
    assert [(period, edges(part)) for period, part in by_period(made, "year")] == [("1948", ["1ab"]), ("1995", ["0bc"])]
    assert [(period, edges(part)) for period, part in by_period(made, "all")] == [("all", ["0bc", "1ab", "2ad", "3ae"])]


def test_neighbours() -> None:
    made = network(
        "ab Meeting 1995-01-01 1995-12-31 actual",
        "ab Visit - - actual",
        "abc Meeting 1990-01-01 1990-12-31 actual herald",
        "db a>oppose 1992-01-01 1992-12-31 -",
        "ad Visit - - actual",
    )
    assert neighbours(made, "a", "199X") == [
        Neighbour("199X", "B", "State", 3, 2, "Meeting 2, Visit 1", "1990/1990", "1995/1995", "b"),
        Neighbour("199X", "C", "Person", 1, 1, "Meeting 1", "1990/1990", "1990/1990", "c"),
        Neighbour("199X", "D", "Person", 1, 1, "Visit 1", None, None, "d"),
    ]
    assert neighbours(made, "nobody") == []


def test_around() -> None:
    made = network(
        "ab Meeting - - actual", "bc Meeting - - actual", "cd Meeting - - actual", "ac Meeting - - actual", "de Meeting - - actual"
    )
    assert list(around(made, "a")) == ["a", "b", "c"]
    assert sorted(map(sorted, around(made, "a").edges())) == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert list(around(made, "nobody")) == []
    directed = nx.DiGraph([("a", "b"), ("c", "a"), ("d", "c")])
    assert sorted(around(directed, "a").edges()) == [("a", "b"), ("c", "a")]


def test_centrality_of_a_star_and_of_a_row() -> None:
    """In a star of four the middle is on all 3 ways between the others; in a row of four each inner one on 2 of 3."""
    star = network("ab Meeting - - actual", "ac Meeting - - actual", "ad Meeting - - actual", "ad Visit - - actual")
    assert centrality(star, "x") == [
        Central("x", "A", "State", 3, 1.0, 4, "a"),
        Central("x", "B", "State", 1, 0.0, 1, "b"),
        Central("x", "C", "Person", 1, 0.0, 1, "c"),
        Central("x", "D", "Person", 1, 0.0, 2, "d"),
    ]
    row = network("ab Meeting - - actual", "bc Meeting - - actual", "cd Meeting - - actual")
    assert [(central.iri, central.neighbours, central.betweenness) for central in centrality(row)] == [
        ("b", 2, 0.6667),
        ("c", 2, 0.6667),
        ("a", 1, 0.0),
        ("d", 1, 0.0),
    ]
    assert [(central.records, central.betweenness) for central in centrality(network("abcd Meeting - - actual"))] == [(1, 0.0)] * 4


def test_one_edge_for_two_entities() -> None:
    made = joined(network("ab Meeting - - actual", "ba Visit - - actual", "abc Visit - - actual"))
    assert dict(made.nodes(data=True)) == {
        "a": {"label": "A", "type": "State"},
        "b": {"label": "B", "type": "State"},
        "c": {"label": "C", "type": "Person"},
    }
    assert {(one, other): known for one, other, known in made.edges(data=True)} == {
        ("a", "b"): {"records": 3},
        ("a", "c"): {"records": 1},
        ("b", "c"): {"records": 1},
    }


TWO_GROUPS = (
    "xyz Meeting - - actual",
    "ab Meeting - - actual",
    "bc Meeting - - actual",
    "cd Meeting - - actual",
    "da Meeting - - actual",
    "az Visit - - actual",
)


def test_communities() -> None:
    """A square and a triangle with one bridge: the modularity of the two parts is greatest."""
    assert communities(network(*TWO_GROUPS), "x") == [
        Member("x", 1, 4, "A", "State", 2, 1, "a"),
        Member("x", 1, 4, "B", "State", 2, 0, "b"),
        Member("x", 1, 4, "C", "Person", 2, 0, "c"),
        Member("x", 1, 4, "D", "Person", 2, 0, "d"),
        Member("x", 2, 3, "X", "Person", 1, 0, "x"),
        Member("x", 2, 3, "Y", "Person", 1, 0, "y"),
        Member("x", 2, 3, "Z", "Person", 1, 1, "z"),
    ]


def test_records_weigh_in_communities() -> None:
    """A row of four falls into halves, and where the middle has nine records the middle is one."""
    row = ("ab Visit - - actual", "bc Visit - - actual", "cd Visit - - actual")
    assert [member.community for member in sorted(communities(network(*row)), key=lambda member: member.iri)] == [1, 1, 2, 2]
    heavy = {member.iri: member.community for member in communities(network(*row, *("bc Visit - - actual",) * 8))}
    assert heavy["b"] == heavy["c"]


def test_sides() -> None:
    made = network(
        "ab a>oppose - - -",
        "ba a>oppose - - -",
        "ab b>support - - -",
        "ac a>neutral - - -",
        "ab Meeting - - actual",
        "bc a>support - - -",
    )
    assert sides(made, "x") == [
        Sides("x", "A", "B", 0, 2, 0, "a", "b"),
        Sides("x", "A", "C", 0, 0, 1, "a", "c"),
        Sides("x", "B", "A", 1, 0, 0, "b", "a"),
    ]


def test_nothing_of_nothing() -> None:
    empty = network()
    assert [centrality(empty), communities(empty), sides(empty), by_period(empty, "year")] == [[], [], [], []]


def shuffled(seed: int) -> "nx.MultiGraph[str]":
    random_ = random.Random(7)
    records = ["".join(random_.sample("abcdefghijklmnop", 2)) + " Meeting - - actual" for _ in range(40)]
    random.Random(seed).shuffle(records)
    return network(*records)


def measured(made: "nx.MultiGraph[str]") -> Mapping[str, object]:
    return {
        "communities": communities(made),
        "centrality": centrality(made),
        "neighbours": [neighbours(made, entity) for entity in sorted(made)],
    }


def test_the_order_of_records_does_not_matter() -> None:
    assert all(measured(shuffled(seed)) == measured(shuffled(0)) for seed in range(1, 4))


def test_the_same_in_each_process(repository: Path) -> None:
    """Sets of texts have another order in each process, which the seed of the hash decides."""
    code = "from test_measures import measured, shuffled; print(measured(shuffled(0)))"
    paths = f"{repository}{os.pathsep}{Path(__file__).parent}"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": paths}, capture_output=True, text=True, check=True
        ).stdout
        for seed in "123"
    }
    assert said == {f"{measured(shuffled(0))}\n"}
