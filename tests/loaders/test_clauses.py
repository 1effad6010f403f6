"""Who does what in a clause. Sentences about states and people of many times, half of them invented."""

import pytest
from spacy.language import Language

from loaders.clauses import (
    agents,
    clause_span,
    complement,
    conjuncts,
    denoted,
    governing_verb,
    is_passive,
    modality,
    negated,
    noun_phrase,
    objects,
    oblique,
    owners,
    patients,
    phrase_words,
    reporting_verb,
    subjects,
)
from loaders.parsed import Token
from loaders.texts.language import load_language, parse


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


def _word(sentence: str, word: str, language: Language) -> Token:
    found = [token for token in parse([sentence], language)[0] if token.text == word]
    assert found, f"no “{word}” in “{sentence}”"
    return found[0]


def _texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("France, Spain and Portugal signed the treaty.", "signed", ["France", "Spain", "Portugal"]),
        ("The treaty was signed by France and Spain.", "signed", ["France", "Spain"]),
        ("The treaty was signed in Paris.", "signed", []),
        ("Belmark backed the truce, urging Corsava to withdraw.", "urging", ["Belmark"]),
        ("Belmark urged Corsava to withdraw.", "withdraw", ["Corsava"]),
        ("Belmark promised Corsava to withdraw.", "withdraw", ["Belmark"]),
        ("Norway refused to leave the union and ignored the deadline.", "ignored", ["Norway"]),
        ("Nehru, who had praised the plan, left.", "praised", ["Nehru"]),
        ("Chile was the only country to abstain.", "abstain", ["Chile"]),
        ("A resolution condemning the raid failed.", "condemning", ["resolution"]),
        ("Attempts by Sweden to mediate failed.", "mediate", ["Sweden"]),
        ("Without consulting Turkey, Greece left the talks.", "consulting", ["Greece"]),
        ("The convoy sent by Poland arrived.", "sent", ["Poland"]),
    ],
)
def test_subjects(sentence: str, verb: str, expected: list[str], language: Language) -> None:
    assert _texts(subjects(_word(sentence, verb, language))) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Ghana accused Togo and Benin.", "accused", ["Togo", "Benin"]),
        ("The offer was rejected by Laos.", "rejected", ["offer"]),
        ("The offer that Laos refused was generous.", "refused", ["offer"]),
        ("The minister praised and thanked Peru.", "praised", ["Peru"]),
        ("An offer rejected by Laos was renewed.", "rejected", ["offer"]),
        ("The minister slept.", "slept", []),
    ],
)
def test_patients(sentence: str, verb: str, expected: list[str], language: Language) -> None:
    assert _texts(patients(_word(sentence, verb, language))) == expected


def test_agents_are_those_of_a_passive(language: Language) -> None:
    assert _texts(agents(_word("The bridge was destroyed by Corsava.", "destroyed", language))) == ["Corsava"]
    assert agents(_word("The bridge was destroyed at noon.", "destroyed", language)) == []


def test_objects_leave_subjects_alone(language: Language) -> None:
    assert _texts(objects(_word("The king gave the rebels grain.", "gave", language))) == ["rebels", "grain"]


def test_obliques_by_preposition(language: Language) -> None:
    verb = _word("Belmark voted against the motion of Corsava.", "voted", language)
    assert _texts(oblique(verb, "against")) == ["motion"]
    assert oblique(verb, "for") == []


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Austria did not criticise the raid.", "criticise", True),
        ("Austria never criticised the raid.", "criticised", True),
        ("Austria no longer supports the plan.", "supports", True),
        ("China neither condemned nor endorsed the war.", "endorsed", True),
        ("Austria criticised the raid.", "criticised", False),
        ("Austria did not attend and criticised the raid.", "criticised", False),
    ],
)
def test_negation(sentence: str, verb: str, expected: bool, language: Language) -> None:
    assert negated(_word(sentence, verb, language)) is expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Togo left the union.", "left", "actual"),
        ("Togo will leave the union.", "leave", "future"),
        ("Togo would leave the union.", "leave", "would"),
        ("Togo may leave the union.", "leave", "possible"),
        ("Togo must leave the union.", "leave", "obligation"),
        ("If Togo left the union, Ghana would follow.", "left", "condition"),
    ],
)
def test_modality(sentence: str, verb: str, expected: str, language: Language) -> None:
    assert modality(_word(sentence, verb, language)) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("In May Belmark backed the truce, urging Corsava to withdraw.", "backed", "In May Belmark backed the truce"),
        ("Belmark backed the truce, urging Corsava to withdraw.", "urging", "urging Corsava to withdraw"),
        ("After Italy withdrew, France signed the treaty in Paris.", "signed", "France signed the treaty in Paris"),
        ("Peru said that Chile had left.", "said", "Peru said that Chile had left"),
        ("Norway signed the pact but Sweden left.", "signed", "Norway signed the pact"),
    ],
)
def test_the_clause_of_a_verb(sentence: str, verb: str, expected: str, language: Language) -> None:
    assert clause_span(_word(sentence, verb, language)).text == expected


def test_a_clause_without_what_it_governs(language: Language) -> None:
    assert clause_span(_word("Peru said that Chile had left.", "said", language), complements=False).text == "Peru said"


@pytest.mark.parametrize(
    ("sentence", "noun", "expected"),
    [
        ("Arvonia denied the reports, which angered Belmark.", "reports", "reports"),
        ("Norway condemned the shelling of Aleppo and Homs.", "shelling", "shelling of Aleppo and Homs"),
        ("Norway condemned the raid and the siege.", "raid", "raid"),
    ],
)
def test_the_words_of_a_noun_phrase(sentence: str, noun: str, expected: str, language: Language) -> None:
    assert phrase_words(_word(sentence, noun, language)) == expected


def test_a_noun_phrase_keeps_its_article(language: Language) -> None:
    assert noun_phrase(_word("Norway condemned the raid.", "raid", language)).text == "the raid"


@pytest.mark.parametrize(
    ("sentence", "noun", "expected"),
    [
        ("Sweden's visit to Oslo ended.", "visit", ["Sweden"]),
        ("A visit by Sweden ended.", "visit", ["Sweden"]),
        ("The Swedish visit ended.", "visit", ["Swedish"]),
        ("The long visit ended.", "visit", []),
    ],
)
def test_owners_of_a_noun(sentence: str, noun: str, expected: list[str], language: Language) -> None:
    assert _texts(owners(_word(sentence, noun, language))) == expected


def test_conjuncts_need_an_and(language: Language) -> None:
    assert _texts(conjuncts(_word("Peru, Chile and Bolivia met.", "Peru", language))) == ["Peru", "Chile", "Bolivia"]
    assert _texts(conjuncts(_word("Peru met Chile.", "Peru", language))) == ["Peru"]


def test_complement_and_report_are_each_others_ends(language: Language) -> None:
    sentence = "Nehru argued that the resolution prolonged the war."
    argued, prolonged = _word(sentence, "argued", language), _word(sentence, "prolonged", language)
    below, above = complement(argued), reporting_verb(prolonged)
    assert below is not None and below.text == "prolonged"
    assert above is not None and above.text == "argued"
    assert reporting_verb(argued) is None


def test_a_predicate_noun_means_the_subject(language: Language) -> None:
    assert _texts(denoted(_word("Chile was the only country to abstain.", "country", language))) == ["Chile"]


def test_passive_and_active(language: Language) -> None:
    assert is_passive(_word("The bridge was destroyed.", "destroyed", language))
    assert not is_passive(_word("Corsava destroyed the bridge.", "destroyed", language))


def test_the_verb_above_a_noun(language: Language) -> None:
    above = governing_verb(_word("Ghana voted for the motion of Togo.", "Togo", language))
    assert above is not None and above.text == "voted"
    assert governing_verb(_word("Ghana voted.", "voted", language)) is None
