"""Every named query over the invented world, with its exact rows."""

from typing import Any

import pytest

from queries.catalogue import named_queries, run

_RECORD = "https://w3id.org/irkg/record/"
_TENURE = "https://w3id.org/irkg/tenure/"


def column(world: Any, name: str, wanted: str, **parameters: str) -> list[Any]:
    """One column of an answer; IRIs without their beginning."""
    rows = run(world, name, {key.rstrip("_"): value for key, value in parameters.items()}).dicts()
    return [str(row[wanted]).removeprefix(_RECORD).removeprefix(_TENURE) if wanted == "record" else row[wanted] for row in rows]


def records(world: Any, name: str, **parameters: str) -> list[Any]:
    return column(world, name, "record", **parameters)


def test_leader_meetings(world: Any) -> None:
    assert run(world, "leader-meetings").rows == (
        (
            *("2001", "Communication", "Aldova, Veruna", None, "planned", "daily"),
            *(_RECORD + "m2", 50, 80, "Aldova will telephone Veruna.", "daily", "2001-01-01"),
        ),
        (
            *("2001-05-01", "Meeting", "Aldova, Mira Kost, Tavi Örlen, Veruna", "Port Selm", "actual", "daily"),
            *(_RECORD + "m1", 0, 41, "Mira Kost met Tavi Örlen in Port Selm [1]", "daily", "2001-05-01"),
        ),
        (
            *("2001-05-02", "Meeting", "Aldova, Mira Kost", "Port Selm", "actual", "courier"),
            *(_RECORD + "m5", 5, 25, "Kost came to Selm.", "courier", "2001-05-02"),
        ),
        (
            *(None, "Visit", "Mira Kost", None, "reported", "daily"),
            *(_RECORD + "m3", 90, 110, "Kost is said to have travelled.", "daily", None),
        ),
    )


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"from_": "2001-05-01"}, ["m2", "m1", "m5"]),  # “2001” was not over before May; what has no date is left out
        ({"from_": "2001-05-02"}, ["m2", "m5"]),
        ({"to": "2001-05-01"}, ["m2", "m1"]),
        ({"from_": "2001-05-01", "to": "2001-05-01", "realis": "actual"}, ["m1"]),
        ({"from_": "2002"}, []),
        ({"to": "2000"}, []),
        ({"from_": "../2001"}, ["m2", "m1", "m5", "m3"]),  # an open beginning bounds nothing
        ({"person": "Örlen"}, ["m1"]),
        ({"person": "Mira Kost"}, ["m1", "m5", "m3"]),
        ({"person": "Veruna"}, ["m2", "m1"]),
        ({"person": "Jon Kost"}, []),
        ({"realis": "reported"}, ["m3"]),
    ],
)
def test_leader_meetings_with_parameters(parameters: dict[str, str], expected: list[str], world: Any) -> None:
    assert records(world, "leader-meetings", **parameters) == expected


def test_prisoner_deals(world: Any) -> None:
    assert run(world, "prisoner-deals").rows == (
        (
            *("2001-06", "Ana Brel", "Aldova, Veruna", 'two "lost" paintings', "reported", "daily"),
            *(_RECORD + "p1", 140, 160, "Brel was freed for two paintings", "daily", "2001-06-01"),
        ),
    )
    assert records(world, "prisoner-deals", realis="actual") == []


def test_arms_agreements(world: Any) -> None:
    assert run(world, "arms-agreements").rows == (
        (
            *("2000-04", "Aldova", "Veruna", "kites", 12, 53000000, "USD", "actual", "daily", "Aldova, Veruna"),
            *(_RECORD + "a1", 170, 190, "Veruna bought 12 kites for $53 million", "daily", "2000-04-01"),
        ),
    )
    assert records(world, "arms-agreements", party="Veruna") == ["a1"]
    assert records(world, "arms-agreements", party="Mira Kost") == []


def test_diplomatic_ties_are_those_that_happened(world: Any) -> None:
    assert run(world, "diplomatic-ties").rows == (
        (
            *("1967-06-10", "RelationsSevered", "Aldova, Veruna Empire", None, "daily", "actual"),
            *(_RECORD + "d1", 200, 220, "Relations were cut.", "daily", "1967-06-10"),
        ),
    )
    assert records(world, "diplomatic-ties", party="Veruna Empire") == ["d1"]
    assert records(world, "diplomatic-ties", party="Veruna") == []


def test_incidents(world: Any) -> None:
    assert run(world, "incidents").rows == (
        (
            *("2000/..", "Arrest", "Veruna", None, "denied", "daily"),
            *(_RECORD + "i1", 232, 240, "Veruna denies arrests.", "daily", "2000-01-01"),
        ),
    )
    assert records(world, "incidents", from_="2020") == ["i1"]  # its end is open
    assert records(world, "incidents", to="1999") == []


def test_timeline(world: Any) -> None:
    assert records(world, "timeline") == ["d1", "i1", "a1", "m2", "m1", "m5", "p1", "m3", "m4", "d2"]
    first = run(world, "timeline", {"from": "2001-05-01", "kind": "meeting"}).rows[0]
    assert first == (
        *("2001-05-01", "Meeting", "Mira Kost met Tavi Örlen", "Aldova, Mira Kost, Tavi Örlen, Veruna", "actual", "daily", "Port Selm"),
        *(_RECORD + "m1", 0, 41, "Mira Kost met Tavi Örlen in Port Selm [1]", "daily", "2001-05-01"),
    )


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("Port Selm", ["m1", "m5"]),  # as a place
        ("Ana Brel", ["p1"]),  # as a prisoner
        ("Veruna Empire", ["d1"]),
        ("Veruna", ["i1", "a1", "m2", "m1", "p1"]),
    ],
)
def test_timeline_of_an_entity(entity: str, expected: list[str], world: Any) -> None:
    assert records(world, "timeline", entity=entity) == expected


def test_stances(world: Any) -> None:
    assert run(world, "stances").rows == (
        (
            *("2001-05-02", "Aldova", "condemn", "oppose", "Veruna", "daily", "Aldova condemns Veruna, said Kost", "Mira Kost"),
            *(_RECORD + "s1", 250, 270, "2001-05-02"),
        ),
        (
            *(None, "Aldova", "praise", "support", "annexation of the Salt Isles", "daily", "Aldova praises the annexation.", None),
            *(_RECORD + "s2", 280, 290, None),
        ),
    )


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"holder": "Aldova"}, ["s1", "s2"]),
        ({"holder": "Mira Kost"}, []),  # she speaks for Aldova; the voices stay apart
        ({"speaker": "Mira Kost"}, ["s1"]),
        ({"target": "Veruna"}, ["s1"]),
        ({"target": "SALT isles"}, ["s2"]),
        ({"target": "ver"}, ["s1"]),  # a text within the name
        ({"target": "Tea Club"}, []),  # may mean two: then it is only text
        ({"polarity": "support"}, ["s2"]),
        ({"act": "condemn", "to": "2001"}, ["s1"]),
        ({"act": "thank"}, []),
    ],
)
def test_stances_with_parameters(parameters: dict[str, str], expected: list[str], world: Any) -> None:
    assert records(world, "stances", **parameters) == expected


def test_stance_timeline(world: Any) -> None:
    assert run(world, "stance-timeline", {"holder": "Mira Kost"}).rows == (
        (
            *("2001-05-02", "oppose", "condemn", "Veruna", "daily", "Aldova condemns Veruna, said Kost", "Aldova", "Mira Kost"),
            *(_RECORD + "s1", 250, 270, "2001-05-02"),
        ),
    )
    assert records(world, "stance-timeline", holder="Aldova", topic="annexation") == ["s2"]
    assert records(world, "stance-timeline", topic="said kost") == ["s1"]


def test_quotations(world: Any) -> None:
    assert run(world, "quotations").rows == (
        ("2001-05-01", "Tavi Örlen", "a good\ttalk | [i]so[/i]", "daily", _RECORD + "q1", 300, 310, "2001-05-01"),
    )
    assert records(world, "quotations", speaker="Orlen", words="GOOD") == ["q1"]
    assert records(world, "quotations", speaker="Mira Kost") == []
    assert records(world, "quotations", words="bad") == []


def test_figures(world: Any) -> None:
    assert run(world, "figures").rows == (
        (
            *("Aldovans in Veruna", 100000, "people", "2001", "about", "Bureau of Counting, Aldova"),
            *("courier", "about 100,000 Aldovans", _RECORD + "f1", 30, 50),
        ),
        ("share of tea", 2.5, "percent", None, None, None, "courier", "2.5 percent of tea", _RECORD + "f2", 60, 70),
    )
    assert records(world, "figures", measure="aldovans") == ["f1"]
    assert records(world, "figures", measure="percent") == ["f2"]
    assert records(world, "figures", to="2000") == []


def test_office_holders(world: Any) -> None:
    nothing = (None, None, None)
    assert run(world, "office-holders").rows == (
        ("Mira Kost", "Prime Minister", "Aldova", "1999-03-02", "2004-06", None, _TENURE + "1", *nothing, "reference"),
        ("Jon Kost", "Prime Minister", "Aldova", "2004-06", "2008-01/..", None, _TENURE + "2", *nothing, "reference"),
        ("Tavi Örlen", "President", "Veruna", "199X", None, None, _TENURE + "3", *nothing, "reference"),
        ("Tavi Örlen", "President", "Veruna", None, None, "2001-05-01", _RECORD + "o1", 14, 24, "President Örlen", "daily"),
    )


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"on": "2003"}, ["1", "3"]),
        ({"on": "2001-05"}, ["1", "3", "o1"]),
        ({"on": "2004-06"}, ["1", "2", "3"]),  # the month of the change: both
        ({"on": "2004-06-30", "of": "Aldova"}, ["1", "2"]),
        ({"on": "2004-07", "of": "Aldova"}, ["2"]),
        ({"on": "2008-01-31", "of": "Aldova"}, ["2"]),
        ({"on": "2008-02", "of": "Aldova"}, []),  # “not before January 2008, and not known when”
        ({"on": "1995"}, ["3"]),  # 199X may be 1995
        ({"on": "1989"}, []),
        ({"person": "Jon Kost"}, ["2"]),
        ({"office": "president"}, ["3", "o1"]),
    ],
)
def test_office_holders_with_parameters(parameters: dict[str, str], expected: list[str], world: Any) -> None:
    assert records(world, "office-holders", **parameters) == expected


def test_sources(world: Any) -> None:
    assert run(world, "sources").rows == (
        ("courier", "V. Courier", None, None, 1, 0, 2, 0, 0, 0, "Veruna Courier", None),
        ("daily", "Aldova Press", "2001-05-02", "state-owned", 9, 2, 0, 1, 1, 0, "The Aldova Daily", "news"),
    )


def test_the_order_in_which_the_world_was_told_does_not_matter(world: Any, shuffled_worlds: list[Any]) -> None:
    assert len(shuffled_worlds) == 5
    for name in named_queries():
        answer = run(world, name)
        assert [run(other, name) for other in shuffled_worlds] == [answer] * 5
