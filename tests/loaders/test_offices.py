"""Who is shown in which office of whom: made-up people in sentences of the kinds that articles and readouts use."""

import pytest

from graph.records import OfficeHeld
from loaders.reading import read_document
from loaders.texts.documents import read_document as document_of
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.reference import load_reference

PERU, CHILE = "Peru", "Chile"


def shown(text: str) -> set[tuple[str, str, str]]:
    source = Source("test", "test.txt", "Test", "encyclopedia", published="2022-06")
    records = read_document(document_of(source, text), load_language(), load_reference()).records
    return {(r.person.label, r.office, r.of.label) for r in records if isinstance(r, OfficeHeld)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Minister Pierre Laurent of Belgium spoke in 2003.", {("Pierre Laurent", "Foreign Minister", "Belgium")}),
        (
            "The Greek foreign minister, Nikos Alexiou, received his Albanian counterpart, Arben Marku, on 4 May 2005.",
            {("Nikos Alexiou", "Foreign Minister", "Greece"), ("Arben Marku", "Foreign Minister", "Albania")},
        ),
        ("Secretary of State Mario Rojas spoke in 1999.", {("Mario Rojas", "Secretary of State", "United States")}),
        ("Mario Rojas, the leader of the Iran-backed Hezbollah movement, spoke.", {("Mario Rojas", "Leader", "Hezbollah")}),
        (
            "Presidents Bill Clinton and Boris Yeltsin met in 1995.",
            {("Bill Clinton", "President", "United States"), ("Boris Yeltsin", "President", "Russia")},
        ),
        ("Kenya's Cabinet Secretary for Foreign Affairs, Ali Otieno, flew to Kigali.", {("Ali Otieno", "Foreign Minister", "Kenya")}),
        ("Japan's top diplomat, Taro Ito, met a senior Iranian diplomat.", {("Taro Ito", "Foreign Minister", "Japan")}),
        ("Under Secretary-General Rosa Lund briefed the council.", {("Rosa Lund", "Under-Secretary-General", "United Nations")}),
        ("The governor of Odesa region, Oleh Kovtun, spoke.", {("Oleh Kovtun", "Governor", "Odesa")}),
        ("Oleh Kovtun, who heads the International Monetary Fund, came.", {("Oleh Kovtun", "Head", "International Monetary Fund")}),
        ("Oleh Kovtun, who heads the list, came.", set()),
        ("The Vatican's secretary of state, Cardinal Paolo Neri, came.", {("Paolo Neri", "Secretary of State", "Vatican City")}),
        ("Peru recalled its own foreign minister, Mario Rojas, from Lima.", {("Mario Rojas", "Foreign Minister", PERU)}),
        ("China's envoy, Fu Cong, abstained in February 2025.", {("Fu Cong", "Ambassador to the United Nations", "China")}),
        ("Norway's fisheries minister Kari Lund signed the deal.", {("Kari Lund", "Fisheries Minister", "Norway")}),
        ("The Danish minister of state for trade Lars Holm spoke.", {("Lars Holm", "Minister of State for Trade", "Denmark")}),
        ("Mario Rojas was elected president of Peru in 1999.", {("Mario Rojas", "President", PERU)}),
        ("The army appointed Mario Rojas president of Peru in 1999.", {("Mario Rojas", "President", PERU)}),
        ("Mario Rojas, who succeeded Alan Vega as president of Peru in 1999, resigned.", {("Mario Rojas", "President", PERU)}),
        ("Vega was followed by Mario Rojas as prime minister of Peru.", {("Mario Rojas", "Prime Minister", PERU)}),
        ("Chile recognised Mario Rojas as interim president of Peru in 1999.", {("Mario Rojas", "President", PERU)}),
        ("Peru's spy chief, Mario Rojas, was arrested in 1999.", {("Mario Rojas", "Spy Chief", PERU)}),
        (
            "Peru's president Alan Vega and his foreign minister, Mario Rojas, came in 1999.",
            {("Alan Vega", "President", PERU), ("Mario Rojas", "Foreign Minister", PERU)},
        ),
        (
            "Peru's government said that talks failed. Interior Minister Mario Rojas blamed Chile.",
            {("Mario Rojas", "Interior Minister", PERU)},
        ),
        (
            "The ministers of defence of Peru and Chile, Mario Rojas and Juan Soto, met in 1999.",
            {("Mario Rojas", "Defence Minister", PERU), ("Juan Soto", "Defence Minister", CHILE)},
        ),
        ("The Peruvian chargé d'affaires, Juan Soto, spoke.", {("Juan Soto", "Chargé d'Affaires", PERU)}),
        ("Chinese Vice Premier Zhu Ming came in 1999.", {("Zhu Ming", "Vice Premier", "China")}),
        ("French Premier Paul Girard came in 1949.", {("Paul Girard", "Prime Minister", "France")}),
        ("Ottoman Grand Vizier Hasan Pasha resigned in 1877.", {("Hasan Pasha", "Grand Vizier", "Ottoman Empire")}),
        (
            "Vice Foreign Minister Zhu Ming, leading the Chinese delegation, spoke in Hanoi.",
            {("Zhu Ming", "Deputy Foreign Minister", "China")},
        ),
        ("The Minister for Foreign Affairs of the Republic of Peru, Mario Rojas, spoke.", {("Mario Rojas", "Foreign Minister", PERU)}),
        ("The Slovak foreign minister summoned the Peruvian ambassador, Mario Rojas.", {("Mario Rojas", "Ambassador to Slovakia", PERU)}),
        # somebody else's, or nobody's
        ("Greek President Nikos Alexiou welcomed Prime Minister Paul Girard in 1999.", {("Nikos Alexiou", "President", "Greece")}),
        ("The rebel commander Mario Rojas crossed into Chile.", set()),
        ("Every prime minister dreads such a week.", set()),
    ],
)
def test_people_in_office(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert shown(text) == expected
