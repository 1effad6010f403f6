"""Figures: which numbers measure something, of what, and who says so. Half of the states and all of the numbers are made up."""

import pytest

from loaders.figures.numbers import find_numbers
from loaders.figures.reading import read_figures
from tests.loaders.passage_builder import Named, passage

WORLD: Named = {
    "Odria": ("ana-odria", "Ana Odria", "Person", "surname"),
    "Kovac": ("viktor-kovac", "Viktor Kovac", "Person", "surname"),
    "Ruritania": ("ruritania", "Ruritania", "State"),
    "Ruritanian": ("ruritania", "Ruritania", "State", "adjective"),
    "Ruritanians": ("ruritanians", "Ruritanians", "Group", "people"),
    "Sylvania": ("sylvania", "Sylvania", "State"),
    "Sylvanians": ("sylvanians", "Sylvanians", "Group", "people"),
    "Russia": ("russia", "Russia", "State"),
    "Israelis": ("israelis", "Israelis", "Group", "people"),
    "Statistics Office": ("statistics-office", "Statistics Office", "Organisation"),
    "Institute for Migration": ("institute-for-migration", "Institute for Migration", "Organisation"),
    "Strelsau Gazette": ("strelsau-gazette", "Strelsau Gazette", "Organisation"),
}

Read = list[tuple[float, str, str]]  # value, unit, measure


def read(text: str, dates: list[tuple[str, str | None]] | None = None) -> Read:
    return [(f.value, f.unit, f.measure) for f in read_figures(passage(text, WORLD, dates or []))]


# Rule, a sentence that it must read, what it reads there.
READS: list[tuple[str, str, Read]] = [
    (
        "figure-people",
        "Over 100,000 Ruritanian citizens live in Sylvania.",
        [(100_000, "people", "Ruritanian citizens who live in Sylvania")],
    ),
    ("figure-people", "Kovac released two Sylvanian prisoners.", [(2, "people", "Sylvanian prisoners that Viktor Kovac released")]),
    (
        "figure-people",
        "The raid killed 37 crew members and two of the pilots.",
        [(37, "people", "crew members that raid killed"), (2, "people", "pilots")],
    ),
    ("figure-people", "A total of 7,850 Israelis applied for a visa.", [(7_850, "people", "Israelis who applied for a visa")]),
    (
        "figure-count",
        "Russia sold 24 Su-35 jets and four S-300 batteries.",
        [(24, "jets", "Su-35 jets that Russia sold"), (4, "batteries", "S-300 batteries")],
    ),
    (
        "figure-count",
        "Ruritania opened 14 polling stations in Sylvania.",
        [(14, "polling stations", "polling stations that Ruritania opened")],
    ),
    (
        "figure-rate",
        "There are 60 flights a week between Strelsau and Zenda.",
        [(60, "flights per week", "flights between Strelsau and Zenda")],
    ),
    ("figure-rate", "The rate rose to 33 deaths per day.", [(33, "deaths per day", "deaths")]),
    ("figure-measure", "Ruritania sent 60 tons of flour to the valley.", [(60, "tons", "flour")]),
    ("figure-measure", "They created a 100-kilometre buffer zone on the border.", [(100, "kilometres", "buffer zone")]),
    ("figure-measure", "The field yields two million barrels of oil per day.", [(2_000_000, "barrels per day", "oil")]),
    ("figure-measure", "The zone covers 22,000 square kilometres.", [(22_000, "square kilometres", "square kilometres that zone covers")]),
    ("figure-money", "The deal was worth $53 million.", [(53_000_000, "USD", "deal")]),
    ("figure-money", "They signed a $1.1 billion sale of aircraft.", [(1_100_000_000, "USD", "sale of aircraft")]),
    ("figure-money", "The fund, worth 500 million shekels, helps the poor.", [(500_000_000, "ILS", "fund")]),
    ("figure-money", "Ruritania received €3bn in aid and sells oil at £80 a barrel.", [(3e9, "EUR", "aid"), (80, "GBP per barrel", "oil")]),
    ("figure-percent", "Odria won 72.62% of the vote in Sylvania.", [(72.62, "percent", "vote in Sylvania")]),
    ("figure-percent", "There was an increase of 42 percent in exports.", [(42, "percent", "increase in exports")]),
    ("figure-percent", "A 20% rise in prices followed.", [(20, "percent", "rise in prices")]),
    ("figure-part", "More than half of the population speaks Russian.", [(50, "percent", "population that speaks Russian")]),
    (
        "figure-part",
        "Two-thirds of the voters and one in five Israelis agreed.",
        [(66.67, "percent", "voters who agreed"), (20, "percent", "Israelis")],
    ),
    ("figure-occasions", "Kovac and Odria met nine times.", [(9, "meetings", "meetings of Viktor Kovac and Ana Odria")]),
    ("figure-ratio", "Imports were five times higher than before.", [(5, "times", "higher than before")]),
    ("figure-ratio", "Migration has increased fivefold.", [(5, "times", "Migration increased")]),
    ("figure-strong", "A 3,000-strong brigade crossed the river.", [(3_000, "people", "brigade")]),
    (
        "figure-age",
        "Ruritania raised the conscription age from 27 to 30.",
        [(27, "years", "conscription age"), (30, "years", "conscription age")],
    ),
    ("figure-subject", "The number of tourists rose to 600,000.", [(600_000, "people", "number of tourists")]),
    ("figure-subject", "Exports of tanks numbered 490.", [(490, "exports", "Exports of tanks")]),
    ("figure-crowd", "It grew into a disciplined army of 40,000.", [(40_000, "people", "disciplined army")]),
    ("figure-bare-people", "Only 23,800 have returned.", [(23_800, "people", "people who have returned")]),
    (
        "figure-bare-people",
        "Losses were heavy: 1,200 dead and 3,400 wounded.",
        [(1_200, "people", "people dead"), (3_400, "people", "people wounded")],
    ),
    (
        "figure-compared",
        "It grew, with 24,900 leaving the country compared to 17,520.",
        [(24_900, "people", "people leaving the country"), (17_520, "people", "people leaving the country")],
    ),
    ("figure-votes", "The assembly voted 33–13 in favour.", [(33, "votes", "votes in favour"), (13, "votes", "votes against")]),
    (
        "figure-of-them",
        "Some 82,700 people left the country, while 23,800 came back from abroad.",
        [(82_700, "people", "people who left the country"), (23_800, "people", "people who came back from abroad")],
    ),
    ("figure-of-them", "Sylvania lost 40 tanks; 25 of them burned.", [(40, "tanks", "tanks that Sylvania lost"), (25, "tanks", "tanks")]),
    (
        "figure-votes",
        "The resolution was adopted by a vote of 33 to 13, with 10 abstentions.",
        [(33, "votes", "votes in favour"), (13, "votes", "votes against"), (10, "votes", "abstentions")],
    ),
]


@pytest.mark.parametrize(("rule", "text", "expected"), READS)
def test_a_rule_reads(rule: str, text: str, expected: Read) -> None:
    assert read(text) == expected
    assert rule in {f.rule for f in read_figures(passage(text, WORLD))}


# Rule that might be tempted, a sentence in which it must read nothing.
LEAVES = [
    ("figure-people", "Relations between the two leaders improved, and one of the three presidents smiled."),
    ("figure-people", "Hundreds of thousands of Ruritanians and several hundred Sylvanians fled."),
    ("figure-people", "Two officials said on Monday that the talks went on."),
    ("figure-count", "The two countries signed it on 18 March 2019."),
    ("figure-count", "Security Council Resolution 2334 and Article 51 do not apply to Route 443."),
    ("figure-count", "Syria has the S-300 missile system, Shahed 136 drones, MiG-31 aircraft and M48A3 tanks."),
    ("figure-count", "It can be divided into 4 categories, for three reasons."),
    ("figure-count", "The P5+1 met at 10 Downing Street, at 9:30."),
    ("figure-count", "The 1967 war, the 1999 elections and Operation Dawn 5 are told in Chapter 7."),
    ("figure-count", "Ruritania supports a two-state solution and a three-way deal."),
    ("figure-rate", "It was the first visit in 24 years, a three-hour meeting during the 12-day war."),
    ("figure-measure", "The 75th anniversary and the third round of talks were marked."),
    ("figure-money", "The fall of the ruble and of the dollar hurt trade."),
    ("figure-percent", "The capital is in the 100th place."),
    ("figure-part", "In the latter half of 2008, and for half of the year, it rained."),
    ("figure-occasions", "The Strelsau Times met him for the first time."),
    ("figure-ratio", "Hard times followed."),
    ("figure-strong", "A strong brigade crossed the river."),
    ("figure-age", "The 70-year-old general died at the age of 75."),
    ("figure-subject", "The plan is one of many."),
    ("figure-crowd", "The army of Ruritania is large."),
    ("figure-bare-people", "Of these divisions, only seven were deployed to the border."),
    ("figure-compared", "Ruritania grew, compared to Sylvania."),
    ("figure-votes", "The team won 2-1, and Ruritania voted against the plan."),
]


@pytest.mark.parametrize(("rule", "text"), LEAVES)
def test_a_rule_leaves_alone(rule: str, text: str) -> None:
    dated: list[tuple[str, str | None]] = [("18 March 2019", "2019-03-18"), ("2008", "2008"), ("9:30", None)]
    assert read(text, dated) == []


def test_a_range_is_two_figures_over_the_same_words() -> None:
    low, high = read_figures(passage("Between 817,000 and 922,000 Ruritanians left.", WORLD))
    assert (low.value, low.qualifier, high.value, high.qualifier) == (817_000, "lower bound", 922_000, "upper bound")
    assert low.text == high.text == "Between 817,000 and 922,000 Ruritanians left"
    assert low.measure == high.measure == "Ruritanians who left"


def test_a_sum_in_brackets_measures_the_same() -> None:
    assert read("The flight of 90 billion shekels (25 billion dollars) of capital has hurt the ports.") == [
        (90e9, "ILS", "capital"),
        (25e9, "USD", "capital"),
    ]


def test_a_share_of_them_is_a_share_of_what_was_told() -> None:
    assert read("Some 95.3% of residents pay more, and 30% of them are leaving.") == [
        (95.3, "percent", "residents who pay more"),
        (30, "percent", "residents who are leaving"),
    ]


QUALIFIERS = [
    ("Almost 500 tourists came.", "almost"),
    ("Some 500 tourists came.", "about"),
    ("Up to 500 tourists came.", "up to"),
    ("No fewer than 500 tourists came.", "at least"),
    ("Well over 500 tourists came.", "more than"),
    ("Only 500 tourists came.", "only"),
    ("500 tourists or so came.", None),
    ("The doctors handed over 500 tons of flour.", None),
    ("It was bought under a $500 million contract.", None),
]


@pytest.mark.parametrize(("text", "qualifier"), QUALIFIERS)
def test_qualifiers(text: str, qualifier: str | None) -> None:
    (figure,) = read_figures(passage(text, WORLD))
    assert figure.qualifier == qualifier


PERIODS: list[tuple[str, list[tuple[str, str | None]], str | None]] = [
    ("In 2014, 500 tourists came.", [("2014", "2014")], "2014"),
    ("Some 500 tourists came in 2014; nobody came in 2015.", [("2014", "2014"), ("2015", "2015")], "2014"),
    ("Odria spoke in March 2016. Kovac said that 500 tourists came.", [("March 2016", "2016-03")], "2016-03"),
    ("Some 500 tourists came, fewer than the crowd that filled Lima in 2014.", [("2014", "2014")], "2023-10-11"),
    ("Some 500 tourists came since February 2022.", [("February 2022", "2022-02")], "2022-02/2023-10"),
    ("Some 500 tourists came since about 2022.", [("about 2022", "2022~")], "2022~/2023"),
    ("Some 500 tourists came since about 2023.", [("about 2023", "2023~")], "2023~"),
    ("Some 500 tourists came over the past months.", [("the past months", None)], "2023"),
    ("Some 500 tourists came.", [], "2023-10-11"),
]


@pytest.mark.parametrize(("text", "dates", "period"), PERIODS)
def test_the_period_is_the_nearest_date(text: str, dates: list[tuple[str, str | None]], period: str | None) -> None:
    (figure,) = read_figures(passage(text, WORLD, dates, published="2023-10-11"))
    assert figure.period == period
    assert not any(words in figure.measure for words, _ in dates)


CREDITS = [
    ("According to the Statistics Office, 82,700 people left.", ["Statistics Office"]),
    ("Kovac claimed that 82,700 people left.", ["Viktor Kovac"]),
    ("Kovac said: “We are few, and 82,700 people left us.”", ["Viktor Kovac"]),
    ("Some 82,700 people left, said Odria.", ["Ana Odria"]),
    ("Some 82,700 people, the Statistics Office said, left.", ["Statistics Office"]),
    ("The Strelsau Gazette reported a 20% increase in prices.", ["Strelsau Gazette"]),
    (
        "According to a report by the Institute for Migration, “relying on data from the Statistics Office, some 24,900 people left us.”",
        ["Institute for Migration", "Statistics Office"],
    ),
    ("After 20 people had died, Kovac said that he was sorry.", []),
    ("Some 82,700 people left, local residents said.", []),
    ("Kovac announced 300 new homes.", []),
    ("Kovac condemned the raid that killed 20 people.", []),
]


@pytest.mark.parametrize(("text", "labels"), CREDITS)
def test_who_the_number_is_from(text: str, labels: list[str]) -> None:
    (figure,) = read_figures(passage(text, WORLD))
    assert [entity.label for entity in figure.attributed_to] == labels


def test_the_span_lies_in_the_raw_file() -> None:
    built = passage("In 2014[12] some 500 tourists[13] came.", WORLD)
    (figure,) = read_figures(built)
    assert built.document.raw[figure.start : figure.end] == figure.text == "some 500 tourists[13] came"


# Numbers ------------------------------------------------------------------------------------

NUMBERS = [
    ("1.5 to 3 million doses", [1_500_000, 3_000_000]),
    ("$2–3 billion", [2e9, 3e9]),
    ("US$1.1bn and NIS 200 million", [1.1e9, 200e6]),
    ("two hundred and fifty thousand", [250_000]),
    ("half a million, one and a half million", [500_000, 1_500_000]),
    ("a quarter of a million", [250_000]),
    ("a dozen jets and two dozen ships", [12, 24]),
    ("1 000 000 people", [1_000_000]),
    ("1.2m tonnes lie 200m away", [1_200_000]),
    ("tenfold and 3-fold", [10, 3]),
    ("MiG-31, T-90, Mk.2, L.22, 9/11, 5th, 1990s, 3:15", []),
    ("2015–2016 and 1948", []),
    ("some 2000 soldiers", [2000]),
]


@pytest.mark.parametrize(("text", "values"), NUMBERS)
def test_numbers_are_found(text: str, values: list[float]) -> None:
    assert [n.value for n in find_numbers(text)] == values


def test_a_score_is_no_range() -> None:
    assert [n.bound for n in find_numbers("It was adopted 14-0, by 10-12 states.")] == ["score", "score", "low", "high"]
