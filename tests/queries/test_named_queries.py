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


def test_figures_by_whom(world: Any) -> None:
    assert records(world, "figures", by="Bureau of Counting, Aldova") == ["f1"]
    assert records(world, "figures", by="Aldova") == []


def test_meetings_by_year(world: Any) -> None:
    """The meeting that two newspapers tell counts once; one that is planned, or has no date, does not count."""
    assert run(world, "meetings-by-year").rows == ((2001, 1, 0, 0, 1),)
    assert run(world, "meetings-by-year", {"person": "Örlen"}).rows == ((2001, 1, 0, 0, 1),)
    assert run(world, "meetings-by-year", {"person": "Jon Kost"}).rows == ()
    assert run(world, "meetings-by-year", {"from": "2001-05-03"}).rows == ()
    assert run(world, "meetings-by-year", {"to": "2000"}).rows == ()


def test_sides(world: Any) -> None:
    assert run(world, "sides").rows == (
        ("Aldova", "Veruna", 0, 1, 0, 1, "2001-05-02", "2001-05-02"),
        ("Aldova", "annexation of the Salt Isles", 1, 0, 0, 1, None, None),
    )


def test_acts(world: Any) -> None:
    assert run(world, "acts").rows == (
        ("Aldova", "condemn", "Veruna", 1, "2001-05-02", "2001-05-02"),
        ("Aldova", "praise", "annexation of the Salt Isles", 1, None, None),
    )
    assert column(world, "acts", "act", act="praise") == ["praise"]


@pytest.mark.parametrize("name", ["sides", "acts"])
@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"holder": "Veruna"}, []),
        ({"holder": "Aldova", "target": "isles"}, ["annexation of the Salt Isles"]),
        ({"target": "Veruna"}, ["Veruna"]),
        ({"from_": "2001"}, ["Veruna"]),
        ({"to": "2000"}, []),
    ],
)
def test_counted_sides_with_parameters(name: str, parameters: dict[str, str], expected: list[str], world: Any) -> None:
    assert column(world, name, "target", **parameters) == expected


def test_places(world: Any) -> None:
    assert run(world, "places").rows == (
        (
            *("Port Selm", "2001-05-01", "Meeting", "Aldova, Mira Kost, Tavi Örlen, Veruna", "actual", "daily"),
            *(_RECORD + "m1", 0, 41, "Mira Kost met Tavi Örlen in Port Selm [1]", "daily", "2001-05-01"),
        ),
        (
            *("Port Selm", "2001-05-02", "Meeting", "Aldova, Mira Kost", "actual", "courier"),
            *(_RECORD + "m5", 5, 25, "Kost came to Selm.", "courier", "2001-05-02"),
        ),
    )
    assert records(world, "places", place="Port Selm", from_="2001-05-02") == ["m5"]
    assert records(world, "places", place="Veruna") == ["m1", "m5"]  # Port Selm is part of it
    assert records(world, "places", place="Aldova") == []
    assert records(world, "places", kind="visit") == []


def test_planned_and_refused(world: Any) -> None:
    assert run(world, "planned-and-refused").rows == (
        (
            *("2000/..", "Arrest", "Veruna", "denied", "daily", None, None),
            *(_RECORD + "i1", 232, 240, "Veruna denies arrests.", "daily", "2000-01-01"),
        ),
        (
            *("2001", "Communication", "Aldova, Veruna", "planned", "daily", None, "daily"),  # another record tells that it was made
            *(_RECORD + "m2", 50, 80, "Aldova will telephone Veruna.", "daily", "2001-01-01"),
        ),
        (None, "Recognition", "Aldova", "refused", "daily", None, None, _RECORD + "d2", 222, 230, "Never recognised.", "daily", None),
    )
    assert records(world, "planned-and-refused", realis="refused") == ["d2"]
    assert records(world, "planned-and-refused", realis="actual") == []
    assert records(world, "planned-and-refused", kind="arrest", to="2000") == ["i1"]
    assert records(world, "planned-and-refused", entity="Aldova") == ["m2", "d2"]


def test_told_by_several(world: Any) -> None:
    assert run(world, "told-by-several").rows == (
        (
            *("Kost came to Selm.", 2, "2001-05-02", "Meeting", "Aldova, Mira Kost", "actual", 0.85, "a day apart, the same person"),
            *(_RECORD + "m5", 5, 25, "Kost came to Selm.", "courier", "2001-05-02"),
        ),
        (
            *("Kost came to Selm.", 2, "2001-05-01", "Meeting", "Aldova, Mira Kost, Tavi Örlen, Veruna", "actual", 0.85),
            *("a day apart, the same person", _RECORD + "m1", 0, 41, "Mira Kost met Tavi Örlen in Port Selm [1]", "daily", "2001-05-01"),
        ),
    )


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"at_least": "1"}, ["m2", "m3", "m5", "m1"]),  # one newspaper tells the call and the visit
        ({"at_least": "3"}, []),
        ({"at_least": "1", "kind": "Visit"}, ["m2", "m3"]),  # the whole event, when one record of it fits
        ({"at_least": "1", "to": "2001-01"}, ["m2", "m3"]),
        ({"at_least": "1", "from_": "2002"}, []),  # that one record has no date does not make it longer
        ({"entity": "Örlen"}, ["m5", "m1"]),
        ({"entity": "Ana Brel"}, []),
        ({"from_": "2001-05-02"}, ["m5", "m1"]),  # the event was not over
        ({"from_": "2001-05-03"}, []),
        ({"to": "2001-05-01"}, ["m5", "m1"]),
        ({"to": "2001-04"}, []),
    ],
)
def test_told_by_several_with_parameters(parameters: dict[str, str], expected: list[str], world: Any) -> None:
    assert records(world, "told-by-several", **parameters) == expected


def test_words_about(world: Any) -> None:
    assert run(world, "words-about").rows == (
        (
            *("2001-05-01", "Tavi Örlen", "quote", None, None, "daily", "a good\ttalk | [i]so[/i]", None),
            *(_RECORD + "q1", 300, 310, "2001-05-01"),
        ),
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
        ({"about": "Veruna"}, ["s1"]),
        ({"about": "GOOD"}, ["q1"]),
        ({"about": "Slow Club"}, ["q1"]),  # its adjective stands in the quotation
        ({"about": "salt isles"}, ["s2"]),
        ({"about": "Tavi Örlen"}, []),  # what he says is not about him
        ({"by": "Aldova"}, ["s1", "s2"]),
        ({"by": "Mira Kost"}, ["s1"]),
        ({"by": "Örlen"}, ["q1"]),
        ({"from_": "2001-05-02"}, ["s1"]),
        ({"to": "2001-05-01"}, ["q1"]),
    ],
)
def test_words_about_with_parameters(parameters: dict[str, str], expected: list[str], world: Any) -> None:
    assert records(world, "words-about", **parameters) == expected


def test_mentions(world: Any) -> None:
    assert records(world, "mentions") == ["d1", "i1", "a1", "f1", "m2", "m1", "o1", "q1", "m5", "s1", "p1", "f2", "m3", "m4", "d2", "s2"]
    assert run(world, "mentions", {"of": "Bureau of Counting, Aldova"}).rows == (
        ("2001", "figure", "courier", "about 100,000 Aldovans", _RECORD + "f1", 30, 50, "2001-01-01"),
        (None, "event", "daily", "The Bureau met Aldova.", _RECORD + "m4", 120, 130, None),
    )


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"of": "Tavi Örlen"}, ["m1", "o1", "q1"]),  # also where his name does not stand
        ({"of": "TEA"}, ["f2"]),
        ({"of": "Port Selm", "source": "COUR"}, ["m5"]),
        ({"from_": "2001-06"}, ["i1", "f1", "m2", "p1"]),
        ({"to": "1999"}, ["d1"]),
    ],
)
def test_mentions_with_parameters(parameters: dict[str, str], expected: list[str], world: Any) -> None:
    assert records(world, "mentions", **parameters) == expected


def test_profile_of_a_person(world: Any) -> None:
    assert run(world, "profile", {"entity": "Mira Kost"}).rows == (
        ("Mira Kost", "1999-03-02", "2004-06", "holds an office", "Prime Minister, Aldova", "reference", None, _TENURE + "1", None, None),
        (
            *("Mira Kost", "2001-05-01", None, "takes part", "Meeting, actual", "daily"),
            *("Mira Kost met Tavi Örlen in Port Selm [1]", _RECORD + "m1", 0, 41),
        ),
        ("Mira Kost", "2001-05-02", None, "takes part", "Meeting, actual", "courier", "Kost came to Selm.", _RECORD + "m5", 5, 25),
        (
            *("Mira Kost", "2001-05-02", None, "speaks for the holder", "condemn Veruna", "daily"),
            *("Aldova condemns Veruna, said Kost", _RECORD + "s1", 250, 270),
        ),
        ("Mira Kost", None, None, "takes part", "Visit, reported", "daily", "Kost is said to have travelled.", _RECORD + "m3", 90, 110),
    )
    assert [row[3:5] for row in run(world, "profile", {"entity": "Örlen"}).rows] == [
        ("holds an office", "President, Veruna"),
        ("takes part", "Meeting, actual"),
        ("is shown in an office", "President, Veruna"),
        ("says", None),
    ]
    assert run(world, "profile", {"entity": "Jon Kost", "to": "2005"}).rows == (
        ("Jon Kost", "2004-06", "2008-01/..", "holds an office", "Prime Minister, Aldova", "reference", None, _TENURE + "2", None, None),
    )


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"entity": "Aldova", "to": "2000"}, [("takes part", "d1"), ("supplies", "a1")]),  # a supplier is not told of twice
        ({"entity": "Ana Brel"}, [("is freed", "p1")]),
        ({"entity": "Port Selm"}, [("is the place", "m1"), ("is the place", "m5")]),
        ({"entity": "Bureau of Counting, Aldova", "from_": "2001"}, [("gives the number", "f1")]),
        (
            {"entity": "Veruna", "from_": "2001-05-02", "to": "2001-05"},
            [("takes part", "i1"), ("takes part", "m2"), ("is the target", "s1")],
        ),
        ({"entity": "Mira Kost", "to": "2000"}, [("holds an office", "1")]),
        ({"entity": "Jon Kost", "from_": "2008-02"}, []),
    ],
)
def test_profile_with_parameters(parameters: dict[str, str], expected: list[tuple[str, str]], world: Any) -> None:
    assert list(zip(column(world, "profile", "role", **parameters), records(world, "profile", **parameters), strict=True)) == expected


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
