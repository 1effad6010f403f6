"""The reference data: who is who, who held which office when, and how texts name them."""

import csv
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.bodies import read_bodies
from ontology.errors import UsageError
from ontology.identifiers import entity_iri
from ontology.make_reference import DERIVED_TABLE, TABLES_FOLDER, make_reference
from ontology.office_holders import STATES, office_holders
from ontology.offices import read_offices
from ontology.reference import FILES, REFERENCE_FOLDER, Known, Reference, load_reference
from ontology.table_files import read_table, table_source
from ontology.tenures import days

TABLES = ("corrections", "organisations", "people", "places", "positions", "states", "tenures", "tenures_wikidata")
# Offices that several people of one state may hold at a time, or whose holders the extracts do not give in full.
SHARED_OFFICES = (
    "Deputy",
    "First Deputy",
    "Vice President",
    "Minister without Portfolio",
    "Special Envoy",
    "Presidential Aide",
    "Foreign Ministry Spokesperson",
    "Ambassador",
    "Chief Rabbi",
)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def extracts(shared: Path) -> Path:
    return shared / "data"


def state(label: str) -> str:
    return entity_iri(label)


def labels(known: tuple[Known, ...]) -> list[str]:
    return [k.label for k in known]


def holders(reference: Reference, office: str, of: str, on: str | None = None) -> list[str]:
    people = (reference.entity(tenure.person) for tenure in reference.holders(office, state(of), on))
    return [person.label for person in people if person]


# The files ------------------------------------------------------------------------------------------


def test_making_the_reference_data_again_gives_the_same_bytes(tmp_path: Path) -> None:
    make_reference(tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == {name: (REFERENCE_FOLDER / name).read_bytes() for name in FILES}


def test_the_derived_table_is_what_the_extracts_give(extracts: Path, reference: Reference) -> None:
    assert office_holders(extracts, TABLES_FOLDER, reference) == read_table(TABLES_FOLDER / DERIVED_TABLE)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_sorted_say_their_source_and_have_no_row_twice(name: str) -> None:
    path = TABLES_FOLDER / f"{name}.tsv"
    rows = read_table(path)
    assert rows
    assert table_source(path)
    keys = [(row["label"],) if "label" in row else tuple(row.values()) for row in rows]
    assert len(set(keys)) == len(keys)
    if name != "tenures":  # sorted by office
        assert keys == sorted(keys)


def test_every_correction_corrects_a_row(extracts: Path) -> None:
    rows = set()
    for name, label in STATES.items():
        with (extracts / f"wikidata_office_holders_{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows |= {(label, row["position"], row["person"], row["start"]) for row in csv.DictReader(stream)}
    corrections = [(r["state"], r["position"], r["person"], r["start"]) for r in read_table(TABLES_FOLDER / "corrections.tsv")]
    assert len(corrections) > 100
    assert [c for c in corrections if c not in rows] == []


def test_the_turtle_has_no_blank_nodes_and_a_source_for_every_thing() -> None:
    for name in FILES:
        triples = list(ox.parse(path=REFERENCE_FOLDER / name, format=ox.RdfFormat.TURTLE))
        assert not any(isinstance(term, ox.BlankNode) for t in triples for term in (t.subject, t.object))
        sourced = {str(t.subject) for t in triples if t.predicate.value == "http://purl.org/dc/terms/source"}
        assert sourced == {str(t.subject) for t in triples}


# Identity -------------------------------------------------------------------------------------------


def test_no_two_entities_share_a_wikidata_id(reference: Reference) -> None:
    ids = Counter(known.wikidata for known in reference if known.wikidata)
    assert len(ids) > 1000
    assert [wikidata for wikidata, count in ids.items() if count > 1] == []


def test_no_two_labels_give_the_same_identifier() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for name in FILES:
        for triple in ox.parse(path=REFERENCE_FOLDER / name, format=ox.RdfFormat.TURTLE):
            if triple.predicate.value == "http://www.w3.org/2000/01/rdf-schema#label":
                seen[str(triple.subject)].add(str(triple.object))
    assert len(seen) > 2000
    assert [found for found in seen.values() if len(found) > 1] == []


def test_every_entity_has_the_identifier_of_its_label(reference: Reference) -> None:
    assert [known.label for known in reference if known.iri != entity_iri(known.label)] == []


def test_no_entity_has_two_wikidata_ids() -> None:
    ids = Counter(
        str(triple.subject)
        for name in FILES
        for triple in ox.parse(path=REFERENCE_FOLDER / name, format=ox.RdfFormat.TURTLE)
        if triple.predicate.value == "https://schema.org/sameAs"
    )
    assert len(ids) > 1000
    assert [iri for iri, count in ids.items() if count > 1] == []


def test_wikidata_ids_of_people_agree_with_the_extracts(extracts: Path, reference: Reference) -> None:
    ids: dict[str, set[str]] = defaultdict(set)
    for name in STATES:
        with (extracts / f"wikidata_office_holders_{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                ids[row["person"]].add(row["personID"])
    known = {name: {k.wikidata for k in reference.named(name) if k.type == "Person"} for name in ids}
    assert sum(map(bool, known.values())) > 900
    # Two people of one name in the extracts may be one of them, or both, here.
    assert [name for name, found in known.items() if not found <= ids[name]] == []


def test_everything_that_is_referred_to_is_known(reference: Reference) -> None:
    referred = {iri for k in reference for iri in (k.voice_of, k.part_of, k.successor, *k.capitals) if iri}
    referred |= {iri for tenure in reference.tenures for iri in (tenure.person, tenure.of)}
    assert len(referred) > 1000
    assert sorted(iri for iri in referred if reference.entity(iri) is None) == []


# Tenures --------------------------------------------------------------------------------------------


def test_every_tenure_ends_after_it_starts(reference: Reference) -> None:
    assert len(reference.tenures) > 2000
    assert [t.iri for t in reference.tenures if t.start and t.end and days(t.start)[0] > days(t.end)[1]] == []


def test_nobody_is_still_in_an_office_that_somebody_else_took_over_later(reference: Reference) -> None:
    by_office: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for t in reference.tenures:
        if not t.office.startswith(SHARED_OFFICES):
            by_office[t.office, t.of].append((t.start or "", t.end or "..", t.person))
    open_too_long = [
        (earlier[2], later[2], key[0])
        for key, terms in by_office.items()
        for earlier, later in pairwise(sorted(terms))
        if earlier[1].endswith("..") and later[2] != earlier[2]
    ]
    assert open_too_long == []


@pytest.mark.parametrize(
    ("office", "of", "on", "expected"),
    [
        ("Prime Minister", "Israel", "2018-07-01", ["Benjamin Netanyahu"]),
        ("Opposition Leader", "Israel", "2022-03", ["Benjamin Netanyahu"]),
        ("Prime Minister", "Israel", "2023-10", ["Benjamin Netanyahu"]),
        ("Foreign Minister", "Israel", "2021-08-01", ["Yair Lapid"]),
        ("President", "Israel", "2014-07-10", ["Shimon Peres"]),
        ("President", "Israel", "2007-07-05", []),
        ("Prime Minister", "Israel", "2021-06-13", ["Benjamin Netanyahu", "Naftali Bennett"]),  # a day at the border
        ("President", "Russia", "2018", ["Vladimir Putin"]),
        ("President", "Russia", "2010-05", ["Dmitry Medvedev"]),
        ("Foreign Minister", "Russia", "2026-01", ["Sergey Lavrov"]),
        ("Foreign Minister", "Soviet Union", "1947-05", ["Vyacheslav Molotov"]),
        ("General Secretary", "Soviet Union", "1967", ["Leonid Brezhnev"]),
        ("Press Secretary of the President", "Russia", "2019~", ["Dmitry Peskov"]),
        ("Secretary of State", "United States", "1967-05/1967-06", ["Dean Rusk"]),
        ("Foreign Minister", "United States", "1967-05/1967-06", ["Dean Rusk"]),  # goes by another name there
        ("National Security Advisor", "United States", "2018-07", ["John Bolton"]),
        ("Prime Minister", "Germany", "2022-03-05", ["Olaf Scholz"]),
        ("Chancellor", "Germany", "1965", ["Konrad Adenauer", "Ludwig Erhard"][1:]),
        ("Chancellor", "Germany", "1941", ["Adolf Hitler"]),
        ("President", "Egypt", "1967-05-22", ["Gamal Abdel Nasser"]),
        ("King", "Jordan", "1966", ["Hussein of Jordan"]),
        ("Secretary-General", "United Nations", "1967", ["U Thant"]),
        ("President", "Turkey", "2016-07", ["Recep Tayyip Erdoğan"]),
        ("Foreign Minister", "Turkey", "2024", ["Hakan Fidan"]),
        ("President", "Ukraine", "2022-03", ["Volodymyr Zelenskyy"]),
        ("Defence Minister", "China", "1999-10-19", ["Chi Haotian"]),
        ("Ambassador to Israel", "Russia", "2020-12", ["Anatoly Viktorov"]),
        ("Ambassador to Israel", "Soviet Union", "1991-12-24", ["Alexander Bovin"]),
    ],
)
def test_who_held_an_office_on_a_date(reference: Reference, office: str, of: str, on: str, expected: list[str]) -> None:
    assert holders(reference, office, of, on) == expected


def test_without_a_date_all_who_held_the_office_by_their_start(reference: Reference) -> None:
    assert holders(reference, "Ambassador to the Soviet Union", "Israel")[0] == "Golda Meir"
    assert holders(reference, "Prime Minister", "Israel")[:3] == ["David Ben-Gurion", "Moshe Sharett", "David Ben-Gurion"]


def test_an_end_that_is_not_known_is_not_taken_for_now(reference: Reference) -> None:
    ambassador = next(t for t in reference.tenures if t.person == entity_iri("Anatoly Viktorov"))
    assert ambassador.end == "2025-03/.."
    assert ambassador.covers("2025-03")
    assert not ambassador.covers("2026")


def test_the_offices_of_a_person(reference: Reference) -> None:
    offices = [(t.office, t.start) for t in reference.offices_of(entity_iri("Golda Meir"))]
    assert offices == [
        ("Ambassador to the Soviet Union", "1948-09-02"),
        ("Foreign Minister", "1956-06-18"),
        ("Prime Minister", "1969-03-17"),
    ]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2018-07-01", ("2018-07-01", "2018-07-01")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2000~", ("2000-01-01", "2000-12-31")),
        ("197X", ("1970-01-01", "1979-12-31")),
        ("19XX", ("1900-01-01", "1999-12-31")),
        ("1946-22", ("1946-06-01", "1946-08-31")),
        ("1946-24", ("1946-12-01", "1947-02-28")),
        ("2015-09/2018-07", ("2015-09-01", "2018-07-31")),
        ("2022-02-24/..", ("2022-02-24", "9999-12-31")),
        ("../1948-05", ("0000-01-01", "1948-05-31")),
    ],
)
def test_the_days_of_an_edtf_date(edtf: str, expected: tuple[str, str]) -> None:
    assert days(edtf) == expected


@pytest.mark.parametrize("wrong", ["", "July 2018", "2019-02-29", "2019-13", "2019-00-01", "18-07"])
def test_what_is_not_an_edtf_date(wrong: str) -> None:
    with pytest.raises(UsageError):
        days(wrong)


# Names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "label", "how"),
    [
        ("Russia", "Russia", "name"),
        ("the Russian Federation's", "Russia", "name"),
        ("russian", "Russia", "adjective"),
        ("Russians", "Russia", "people"),
        ("Kremlin", "Russia", "seat"),
        ("the Kremlin’s", "Russia", "seat"),
        ("Zionist regime", "Israel", "loaded"),
        ("USSR", "Soviet Union", "name"),
        ("U.S.", "United States", "name"),
        ("US", "United States", "name"),
        ("White House", "United States", "seat"),
        ("Türkiye", "Turkey", "name"),
        ("TURKIYE", "Turkey", "name"),
        ("UN", "United Nations", "name"),
        ("Pentagon", "United States Department of Defense", "name"),
        ("IDF", "Israel Defense Forces", "name"),
        ("Moshe Yaalon", "Moshe Ya'alon", "name"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", "name"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "name"),
        ("Dimitri Medvedev", "Dmitry Medvedev", "name"),
        ("Gamal Abdul Nasser", "Gamal Abdel Nasser", "name"),
        ("Walt Rostow", "Walter Rostow", "name"),
        ("Sergei’s Courtyard", "Sergei's Courtyard", "name"),
        ("Israeli Foreign Ministry", "Israeli Ministry of Foreign Affairs", None),
    ],
)
def test_what_a_name_means(reference: Reference, name: str, label: str, how: str | None) -> None:
    if how is None:
        assert reference.named(name) == ()
        return
    (known,) = reference.named(name)
    assert (known.label, reference.how(name, known)) == (label, how)


@pytest.mark.parametrize("word", ["us", "who", "Un", "is", "", "the", "Atlantis", "’s"])
def test_words_that_name_nothing(reference: Reference, word: str) -> None:
    assert reference.named(word) == ()


def test_a_capital_is_a_city_and_stands_for_its_government(reference: Reference) -> None:
    assert [(k.label, k.type, reference.how("Moscow", k)) for k in reference.named("Moscow")] == [
        ("Moscow", "Place", "name"),
        ("Russia", "State", "seat"),
    ]


def test_hadassah_is_an_organisation_and_a_hospital(reference: Reference) -> None:
    assert [(k.label, k.body_kind) for n in ("Hadassah", "Haddasah Medical Center") for k in reference.named(n)] == [
        ("Hadassah", "agency"),
        ("Hadassah Medical Center", "hospital"),
    ]


def test_two_courtyards_in_jerusalem(reference: Reference) -> None:
    courtyards = [reference.named(name)[0] for name in ("Sergei's Courtyard", "Alexander Courtyard")]
    assert [(k.type, k.part_of) for k in courtyards] == [("Place", entity_iri("Jerusalem"))] * 2
    assert courtyards[0].iri != courtyards[1].iri


def test_people_of_a_surname_with_the_best_known_first(reference: Reference) -> None:
    assert labels(reference.surname("Putin")) == ["Vladimir Putin"]
    assert labels(reference.surname("Lapid’s")) == ["Yair Lapid", "Tommy Lapid"]
    assert labels(reference.surname("Zelensky")) == ["Volodymyr Zelenskyy"]
    assert labels(reference.surname("Erdogan")) == ["Recep Tayyip Erdoğan"]
    assert labels(reference.surname("Barak")) == ["Ehud Barak", "Aharon Barak"]
    assert labels(reference.surname("Ben Gurion")) == ["David Ben-Gurion"]
    assert labels(reference.surname("Xi")) == ["Xi Jinping"]
    assert reference.surname("Jordan") == ()


def test_names_for_a_matcher_on_tokens(reference: Reference) -> None:
    names = reference.longest_names()
    ((russia, how),) = names["russian", "federation"]
    assert (russia.label, how) == ("Russia", "name")
    assert max(map(len, names)) == reference.longest_name
    assert ("us",) in reference.abbreviations
    assert ("u", "s") in reference.abbreviations
    assert ("russia",) not in reference.abbreviations


def test_names_of_one_state_are_not_those_of_another(reference: Reference) -> None:
    states_of: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for words, ways in reference.longest_names().items():
        states_of[words] |= {known.label for known, how in ways if known.type == "State" and how != "seat"}
    assert len(states_of) > 5000
    assert [found for found in states_of.values() if len(found) > 1] == []


def test_of_two_states_with_one_seat_one_is_of_the_past(reference: Reference) -> None:
    seats = ({known for known, how in ways if how == "seat"} for ways in reference.longest_names().values())
    shared = [states for states in seats if len(states) > 1]
    assert sorted({state.label for states in shared for state in states if state.exists_until}) == [
        "Czechoslovakia",
        "North Vietnam",
        "Yugoslavia",
    ]
    assert all(sum(not state.exists_until for state in states) == 1 for states in shared)


# States in time -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "date", "expected"),
    [
        ("Russia", "1970", "Soviet Union"),
        ("Russia", "1991-12-25", "Soviet Union"),
        ("Russia", "1991-12-26", "Russia"),
        ("Russia", "1991", "Soviet Union"),
        ("Russia", "1991-12-20/..", "Soviet Union"),
        ("Russia", "../1948-05", "Soviet Union"),
        ("Russia", "1905", "Russia"),
        ("Soviet Union", "1999", "Russia"),
        ("Soviet Union", "1948", "Soviet Union"),
        ("Germany", "1941-06", "Nazi Germany"),
        ("Germany", "1965", "Germany"),
        ("West Germany", "1965", "West Germany"),
        ("West Germany", "1995", "Germany"),
        ("Israel", "1930", "Israel"),
    ],
)
def test_a_state_in_time(reference: Reference, label: str, date: str, expected: str) -> None:
    known = reference.entity(state(label))
    assert known
    assert reference.state_at(known, date).label == expected


def test_the_kremlin_in_1970(reference: Reference) -> None:
    (russia,) = reference.named("Kremlin")
    assert reference.state_at(russia, "1970").label == "Soviet Union"


def test_whether_a_state_existed(reference: Reference) -> None:
    (soviet_union,) = reference.named("Soviet Union")
    assert [soviet_union.existed_on(date) for date in ("1970", "1991-12-25", "1991-12-26", "1916")] == [True, True, False, False]


# Offices and bodies by rule -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Foreign Minister", "Foreign Minister"),
        ("Minister of Foreign Affairs", "Foreign Minister"),
        ("the Minister for Foreign Affairs", "Foreign Minister"),
        ("foreign secretary", "Foreign Minister"),
        ("FM", "Foreign Minister"),
        ("Defense Minister", "Defence Minister"),
        ("Minister of Defence", "Defence Minister"),
        ("premier", "Prime Minister"),
        ("PM", "Prime Minister"),
        ("pm", None),
        ("envoy", "Special Envoy"),
        ("Secretary of State", "Secretary of State"),
        ("Kremlin spokesman", "Press Secretary of the President"),
        ("Deputy Foreign Minister", "Deputy Foreign Minister"),
        ("Deputy Minister of Finance", "Deputy Finance Minister"),
        ("Minister of Health", "Health Minister"),
        ("Minister of Agriculture and Rural Development", "Agriculture Minister"),
        ("ambassador to Moscow", "Ambassador to Russia"),
        ("Ambassador to the Soviet Union", "Ambassador to the Soviet Union"),
        ("ambassador in Kiev", "Ambassador to Ukraine"),
        ("ambassador to the US", "Ambassador to the United States"),
        ("UN Ambassador", "Ambassador to the United Nations"),
        ("Permanent Representative to the United Nations", "Ambassador to the United Nations"),
        ("national security adviser", "National Security Advisor"),
        ("fisherman", None),
        ("Minister of Magic", None),
    ],
)
def test_the_general_name_of_an_office(reference: Reference, text: str, office: str | None) -> None:
    assert reference.office_named(text) == office


def test_every_office_of_a_tenure_goes_by_its_general_name(reference: Reference) -> None:
    unlike = {t.office for t in reference.tenures if (general := reference.office_named(t.office)) and general != t.office}
    assert unlike == set()


@pytest.mark.parametrize(
    ("of", "phrase", "label", "voice"),
    [
        ("Israel", "Foreign Ministry", "Israeli Ministry of Foreign Affairs", "Israel"),
        ("Russia", "Defense Ministry", "Russian Ministry of Defence", "Russia"),
        ("Soviet Union", "the foreign ministry", "Soviet Ministry of Foreign Affairs", "Soviet Union"),
        ("United States", "State Department", "United States Department of State", "United States"),
        ("United Kingdom", "Foreign Office", "British Foreign Office", "United Kingdom"),
        ("Canada", "Immigration Ministry", "Canadian Ministry of Immigration", "Canada"),
        ("New Zealand", "Ministry of Defence", "Ministry of Defence of New Zealand", "New Zealand"),
        ("Israel", "Prime Minister’s Office", "Prime Minister's Office (Israel)", "Israel"),
        ("Israel", "military", "Israel Defense Forces", None),
        ("Israel", "air force", "Israeli Air Force", None),
        ("Israel", "High Court", "Supreme Court of Israel", None),
        ("Ukraine", "military", "Ukrainian Armed Forces", None),
        ("Iran", "parliament", "Islamic Consultative Assembly", None),
        ("United States", "Supreme Court", "Supreme Court of the United States", None),
        ("Russia", "embassy", "Russian Embassy", "Russia"),
    ],
)
def test_bodies_of_states_by_rule(reference: Reference, of: str, phrase: str, label: str, voice: str | None) -> None:
    body = reference.body(state(of), phrase)
    assert body
    assert (body.label, body.voice_of, body.part_of) == (label, voice and state(voice), state(of))
    assert reference.entity(body.iri) == body


def test_the_government_is_the_state(reference: Reference) -> None:
    assert reference.body(state("Russia"), "government") == reference.entity(state("Russia"))


def test_a_phrase_that_is_no_body(reference: Reference) -> None:
    assert reference.body(state("Russia"), "football team") is None
    assert reference.body(state("Iran"), "lower house") is None
    assert reference.body(entity_iri("Atlantis"), "army") is None


def test_bodies_with_a_name_of_their_own_are_among_the_organisations(reference: Reference) -> None:
    own_names = {label: of for body in read_bodies() for of, label in body.labels.items()}
    assert len(own_names) > 30
    unknown = [label for label, of in own_names.items() if (k := reference.entity(entity_iri(label))) is None or k.part_of != state(of)]
    assert unknown == []


def test_offices_and_articles_are_those_of_known_states(reference: Reference) -> None:
    offices = read_offices()
    assert set(offices.aliases.values()) <= set(offices.ranks) | {"Trade Minister"}
    assert [label for label in sorted(offices.articles) if reference.entity(state(label)) is None] == []
