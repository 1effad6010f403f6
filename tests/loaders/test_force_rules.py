"""Force, sanctions and protest in sentences that are harder than those of the rules: misread names, idioms, events told as nouns."""

import pytest

from graph.records import Event
from loaders.reading import read_document as read
from loaders.texts.documents import read_document
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.reference import load_reference

FORCE = {"Arrest", "MilitaryAction", "Sanction"}


def told(text: str) -> set[tuple[str, str]]:
    source = Source(id="made-up", place="made-up.txt", title="Made up", kind="encyclopedia", published="2020")
    reading = read(read_document(source, text), load_language(), load_reference())
    return {(record.rule.removeprefix("event-"), record.kind) for record in reading.records if isinstance(record, Event)}


@pytest.mark.parametrize(
    ("text", "rule", "kind"),
    [
        ("Bulgarian forces crossed the Vardar and entered Skopje on 22 October 1915.", "take-place", "MilitaryAction"),
        ("The garrison at Kut capitulated in April 1916.", "withdraw", "MilitaryAction"),
        ("Warsaw fell on 27 September 1939.", "place-falls", "MilitaryAction"),
        ("The Paraguayans were pushed back from Corrientes.", "throw-back", "MilitaryAction"),
        ("Rebels of the LURD advanced on Monrovia in June 2003.", "advance", "MilitaryAction"),
        ("More than 40 people died in the shelling of Donetsk.", "die-fighting", "MilitaryAction"),
        ("Ethiopia lost 20,000 men at Badme.", "lose-men", "MilitaryAction"),
        ("An Iraqi missile hit a frigate in May 1987.", "hit-by-forces", "MilitaryAction"),
        ("An insurrection broke out in Managua in September 1978.", "war", "MilitaryAction"),
        ("The last Soviet soldiers left Afghanistan on 15 February 1989.", "leave-place", "MilitaryAction"),
        ("Honduras was expelled from the Organization of American States in 1962.", "expel-member", "Sanction"),
        ("Tunisia ordered the Swiss consul to leave the country within 24 hours.", "order-to-leave", "Sanction"),
        ("Ukraine revoked the visas of three Hungarian consuls.", "cut-off", "Sanction"),
        ("The purge of the Albanian army in 1974 spared nobody.", "arrest-noun", "Arrest"),
        ("Four Bahraini activists were held without trial in Manama.", "hold-under-arrest", "Arrest"),
        ("Unrest spread to Oran and Constantine in October 1988.", "protest-noun", "Other"),
        ("Strikes and demonstrations spread through Poland.", "protest-noun", "Other"),
        ("The Indian Air Force destroyed most of the Pakistani radar stations near Sargodha.", "hit-by-forces", "MilitaryAction"),
        ("The war cost Paraguay some 30,000 dead.", "war-costs", "MilitaryAction"),
        ("The wars between Ethiopia and Somalia of 1964 and 1977 ruined both.", "war", "MilitaryAction"),
        ("The anniversary of the full-scale invasion was marked in Riga.", "attack-noun", "MilitaryAction"),
        ("The rebels threatened to attack if Chad sent troops.", "attack-somewhere", "MilitaryAction"),
        ("The Lebanese army deployed south of the Litani.", "mass", "MilitaryAction"),
        ("Mali demanded that the French ambassador leave within 72 hours.", "order-to-leave", "Sanction"),
    ],
)
def test_reads(text: str, rule: str, kind: str) -> None:
    assert (rule, kind) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The president fell ill in Ankara in May 1988.",
        "Exports fell to 3 per cent in France in 1988.",
        "The Kenyan shilling fell against the dollar in Nairobi.",
        "Norway took the lead in the talks in 1993.",
        "Spain took Gibraltar to the General Assembly in 1966.",
        "The book took Prague by storm.",
        "Russia entered the World Trade Organization in 2012.",
        "The minister arrived in Vienna on 3 May for talks.",
        "The Danish prime minister reached Lisbon on Tuesday.",
        "Fishing vessels from Iceland entered the port of Hull to unload.",
        "The minister pushed back on claims of corruption in Uganda.",
        "Portugal withdrew from the agreement in 1975.",
        "Botswana withdrew from the tournament in Gaborone.",
        "France beat Croatia in the final in Moscow.",
        "France suffered heavy losses in the bond market.",
        "The prime minister survived a car crash near Brno in which two people died.",
        "The fall of the Berlin Wall changed Hungary.",
        "Peru launched a campaign for tourism in Chile.",
        "A heart attack felled the consul in Quito.",
        "Switzerland raised the issue of tariffs with China.",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert not {rule for rule, kind in told(text) if kind in FORCE}


def test_the_month_is_no_march() -> None:
    assert not {rule for rule, _ in told("The envoy of Gabon came to Lima on 3 March 2004.") if rule == "protest-noun"}
