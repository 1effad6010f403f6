"""Quotations: which words in marks are somebody's, and whose. Half of the people and states are made up."""

import pytest

from loaders.quotations.marks import find_stretches
from loaders.quotations.reading import attributed, read_quotations
from tests.loaders.passage_builder import Named, passage

WORLD: Named = {
    "Ana Odria": ("ana-odria", "Ana Odria", "Person"),
    "Odria": ("ana-odria", "Ana Odria", "Person", "surname"),
    "Viktor Kovac": ("viktor-kovac", "Viktor Kovac", "Person"),
    "Kovac": ("viktor-kovac", "Viktor Kovac", "Person", "surname"),
    "Sadat": ("anwar-sadat", "Anwar Sadat", "Person", "surname"),
    "Begin": ("menachem-begin", "Menachem Begin", "Person", "surname"),
    "Eden": ("anthony-eden", "Anthony Eden", "Person", "surname"),
    "Nasser": ("gamal-abdel-nasser", "Gamal Abdel Nasser", "Person", "surname"),
    "Ruritania": ("ruritania", "Ruritania", "State"),
    "Ruritanian": ("ruritania", "Ruritania", "State", "adjective"),
    "Sylvania": ("sylvania", "Sylvania", "State"),
    "Moscow": ("russia", "Russia", "State", "seat"),
    "Kyiv": ("ukraine", "Ukraine", "State", "seat"),
    "Security Council": ("un-security-council", "United Nations Security Council", "Organisation"),
    "Strelsau Gazette": ("strelsau-gazette", "Strelsau Gazette", "Organisation"),
    "Reuters": ("reuters", "Reuters", "Organisation"),
}

Said = list[tuple[str | None, str]]


def read(text: str | list[str], kind: str = "news") -> Said:
    return [(q.speaker.label if q.speaker else None, q.text) for q in read_quotations(passage(text, WORLD, kind=kind))]


# Rule, a paragraph that it must read, who says what in it.
READS: list[tuple[str, str | list[str], Said]] = [
    (
        "quotation-behind",
        "“We will not accept this,” Viktor Kovac told reporters in Strelsau.",
        [("Viktor Kovac", "We will not accept this")],
    ),
    ("quotation-behind", "“No!” Odria replied.", [("Ana Odria", "No!")]),
    ("quotation-behind", '"The talks were useful", said Odria, who leads the delegation.', [("Ana Odria", "The talks were useful")]),
    (
        "quotation-behind",
        "“The talks were useful,” the palace's press service quoted Odria as saying.",
        [("Ana Odria", "The talks were useful")],
    ),
    ("quotation-ahead", "Odria described Kovac as “a true friend of Ruritania”.", [("Ana Odria", "a true friend of Ruritania")]),
    ("quotation-ahead", "Moscow has accused Kyiv of “nuclear blackmail,” a charge that it denies.", [("Russia", "nuclear blackmail")]),
    (
        "quotation-ahead",
        "Kovac condemned the raid as “barbaric”, claiming that it “changes nothing”.",
        [("Viktor Kovac", "barbaric"), ("Viktor Kovac", "changes nothing")],
    ),
    (
        "quotation-ahead",
        "Relations cooled, with Ana Odria stating that a visit was “out of the question”.",
        [("Ana Odria", "out of the question")],
    ),
    ("quotation-ahead", "What Begin called the “price of peace” was paid.", [("Menachem Begin", "price of peace")]),
    ("quotation-ahead", "The rift was described by Reuters as the “worst in a decade”.", [("Reuters", "worst in a decade")]),
    ("quotation-ahead", "Ruritanian officials said the report was “pure invention”.", [("Ruritania", "pure invention")]),
    ("quotation-ahead", "One analyst says: “Nobody in the palace wants a war.”", [("analyst", "Nobody in the palace wants a war")]),
    (
        "quotation-ahead",
        "Security Council Resolution 911 called for withdrawal from “the occupied valley”.",
        [("United Nations Security Council", "the occupied valley")],
    ),
    ("quotation-ahead", "Reuters quoted Kovac as saying that borders “are for maps”.", [("Viktor Kovac", "are for maps")]),
    (
        "quotation-colon",
        "Odria courted the voters of the valley: “Your vote will decide the outcome.”",
        [("Ana Odria", "Your vote will decide the outcome")],
    ),
    ("quotation-colon", "Kovac: “We regret this decision deeply.”", [("Viktor Kovac", "We regret this decision deeply")]),
    (
        "quotation-source",
        "According to Kovac, “the agreement opens a new page in our relations.”",
        [("Viktor Kovac", "the agreement opens a new page in our relations")],
    ),
    (
        "quotation-source",
        "The rationale, as Sadat once put it, was that “land is worth more than words.”",
        [("Anwar Sadat", "land is worth more than words")],
    ),
    ("quotation-source", "In Odria's words, “we have no other choice than peace.”", [("Ana Odria", "we have no other choice than peace")]),
    ("quotation-noun", "The press mocked Kovac's “not one inch” remarks.", [("Viktor Kovac", "not one inch")]),
    (
        "quotation-document",
        "The Security Council resolution “strongly deplores” the annexation.",
        [("United Nations Security Council", "strongly deplores")],
    ),
    (
        "quotation-loosely",
        "Kovac stated at a congress that Sylvania should wait, and Ruritania “will take every step it needs”.",
        [("Viktor Kovac", "will take every step it needs")],
    ),
    (
        "quotation-carried",
        "“It is an insult,” Odria said on Monday. “Nobody wants a war.”",
        [("Ana Odria", "It is an insult"), ("Ana Odria", "Nobody wants a war")],
    ),
    ("quotation-continued", ["Kovac said: “I came here to listen.", "“I leave with a plan.”"], [("Viktor Kovac", "I leave with a plan")]),
    (
        "quotation-continued",
        ["Kovac said: “I came here to listen.", "I leave with a plan.” The hall cheered."],
        [("Viktor Kovac", "I leave with a plan")],
    ),
]


@pytest.mark.parametrize(("rule", "text", "expected"), READS)
def test_a_rule_reads(rule: str, text: str | list[str], expected: Said) -> None:
    assert read(text) == expected
    assert rule in {attribution.rule for _, attribution in attributed(passage(text, WORLD))}


# Marks around words that nobody is said to have said.
LEAVES = [
    "The so-called “peace corridor” was closed on Friday.",
    "The film “Exodus” was shown in Cairo, and the army launched Operation “Desert Shield”.",
    "The offensive, dubbed “Charge of the Knights”, began in March.",
    "Israel released two prisoners in what was called a “gesture of goodwill”, by a deal that Ruritania arranged.",
    "The school will focus on “machine learning” and on languages.",
    "In the field of “economic crisis,” the withdrawal of capital has paralysed the ports.",
    "The word “genocide” was coined in 1944.",
    "Shoppers bought “organic” food in the “old town” of Strelsau.",
    "What had been thought of as a simple “pacification” became a war.",
    "Kovac met Odria after the “gesture of goodwill” and left.",
    "The two sides set up a “joint commission” on trade.",
    "The dream of the “promised land” had become a nightmare for Sylvania.",
]


@pytest.mark.parametrize("text", LEAVES)
def test_scare_quotes_and_names_are_left_alone(text: str) -> None:
    assert read(text) == []


def test_a_split_quotation_is_two_with_one_speaker() -> None:
    assert read("“Peace,” Begin proclaimed, “must be made; but not at any price.”") == [
        ("Menachem Begin", "Peace"),
        ("Menachem Begin", "must be made; but not at any price"),
    ]


def test_a_clause_about_another_speaker_does_not_take_the_words() -> None:
    text = "Nasser declared the canal “the property of Egypt”, a move that Eden denounced as “theft”."
    assert read(text) == [("Gamal Abdel Nasser", "the property of Egypt"), ("Anthony Eden", "theft")]


def test_nested_marks_belong_to_the_outer_quotation() -> None:
    assert read("Kovac said: “She told me, ‘Do not sign,’ and I did not.”") == [
        ("Viktor Kovac", "She told me, ‘Do not sign,’ and I did not")
    ]


def test_a_translation_in_brackets_is_not_said_again() -> None:
    assert read("Odria exclaimed “Pax vobiscum” (“Peace be with you”) and left.") == [("Ana Odria", "Pax vobiscum")]


def test_the_speaker_of_an_earlier_paragraph() -> None:
    texts = [
        "In an interview, Ana Odria explained that some leave.",
        "“Yes, this is happening,” the diplomat said. “They return,” she added.",
    ]
    assert read(texts) == [("Ana Odria", "Yes, this is happening"), ("Ana Odria", "They return")]


def test_he_is_who_spoke_last_and_not_who_was_named_last() -> None:
    texts = ["Viktor Kovac said that many had fled Odria's reign.", "He told the Strelsau Gazette: “They stand in lines to give blood.”"]
    assert read(texts) == [("Viktor Kovac", "They stand in lines to give blood")]


def test_an_outlet_is_named_by_what_it_is() -> None:
    texts = ["The Strelsau Gazette has reported a fall in trade. The paper writes: “The ports are empty and silent.”"]
    assert read(texts) == [("Strelsau Gazette", "The ports are empty and silent")]


def test_a_lone_quotation_without_a_speaker_is_left_alone_in_an_encyclopedia() -> None:
    assert read(["Odria governed Ruritania for nine years.", "“Relations deteriorated rapidly until the spring.”"], "encyclopedia") == []


def test_the_span_lies_in_the_raw_file() -> None:
    built = passage(["Odria spoke.", "Kovac said the plan was “dead”."], WORLD)
    (quotation,) = read_quotations(built)
    assert built.document.raw[quotation.start : quotation.end] == quotation.text == "dead"
    assert quotation.rule == "quotation-ahead"


# Marks --------------------------------------------------------------------------------------

MARKS = [
    ("He said “yes” and “no”.", ["yes", "no"]),
    ('He said "yes" and "no".', ["yes", "no"]),
    ("Er sagte „ja“ und ging.", ["ja"]),
    ("Il dit « oui » et partit.", ["oui"]),
    ("He said ‘yes’ to the workers’ union.", ["yes"]),
    ("He hailed ‘the workers’ union’ and left.", ["the workers’ union"]),
    ("'We shall not leave,' said Odria.", ["We shall not leave"]),
    ("It's the '90s and the workers' union isn't 'em.", []),
    ("A “half ‘inner’ half” here.", ["half ‘inner’ half"]),
    ("The board was 6'2\" long.", []),
    ("She said: “It is not over.", ["It is not over"]),
    ("The town of Samu‘ , as it stood, was quiet.", []),
    ("“What… now?” he asked.", ["What… now?"]),
    ("“…”", []),
]


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in find_stretches(text)] == expected


def test_a_paragraph_may_go_on_with_a_quotation() -> None:
    text = "and so it ended.” They left with “nothing”."
    assert [text[s.start : s.end] for s in find_stretches(text, goes_on=True)] == ["and so it ended", "nothing"]
    straight = 'He said that "nothing" was left.'
    assert [straight[s.start : s.end] for s in find_stretches(straight, goes_on=True)] == ["nothing"]
