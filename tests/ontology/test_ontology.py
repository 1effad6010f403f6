"""The ontology's files and what the code knows of them."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, RdfFormat

from ontology import kinds, namespace
from ontology.errors import UsageError
from ontology.identifiers import ONTOLOGY

OWL = "http://www.w3.org/2002/07/owl#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def statements(repository: Path, name: str) -> dict[str, dict[str, list[str]]]:
    """Subject → predicate → objects, our own terms without their namespace."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in pyoxigraph.parse(path=repository / "ontology" / name, format=RdfFormat.TURTLE):
        said[quad.subject.value.removeprefix(ONTOLOGY)][quad.predicate.value].append(quad.object.value.removeprefix(ONTOLOGY))
    return said


@pytest.fixture
def terms(repository: Path) -> dict[str, dict[str, list[str]]]:
    """Classes and properties."""
    said = statements(repository, "irkg.ttl")
    return {term: about for term, about in said.items() if RDFS + "label" in about}


@pytest.fixture
def concepts(repository: Path) -> dict[str, dict[str, list[str]]]:
    return statements(repository, "kinds.ttl")


def test_the_namespace_holds_the_terms_of_the_files(terms: dict[str, object], concepts: dict[str, object]) -> None:
    listed = {*namespace.IRKG.__annotations__, *namespace.IRKG._extras} - {"_fail", "_NS", "_extras"}
    assert sorted(listed) == sorted({*terms, *concepts})
    assert str(namespace.IRKG["from"]) == ONTOLOGY + "from"


def test_a_misspelt_term_fails() -> None:
    with pytest.raises(AttributeError, match="Meting"):
        _ = namespace.IRKG.Meting
    with pytest.raises(AttributeError, match="hasSorce"):
        _ = namespace.OA.hasSorce


def test_every_term_has_a_label_a_definition_and_an_example(terms: dict[str, dict[str, list[str]]]) -> None:
    needed = [RDFS + "label", SKOS + "definition", SKOS + "example"]
    assert {
        term: [n for n in needed if len(about[n]) != 1] for term, about in terms.items() if any(len(about[n]) != 1 for n in needed)
    } == {}
    assert len(terms) > 70


def test_every_concept_has_a_label_a_definition_and_an_example(concepts: dict[str, dict[str, list[str]]]) -> None:
    needed = [SKOS + "prefLabel", SKOS + "definition", SKOS + "example"]
    found = {name: about for name, about in concepts.items() if about[RDF_TYPE] == [SKOS + "Concept"]}
    assert {
        name: [n for n in needed if len(about[n]) != 1] for name, about in found.items() if any(len(about[n]) != 1 for n in needed)
    } == {}
    assert len(found) == 59


def test_a_term_is_a_class_or_a_property_of_one_sort(terms: dict[str, dict[str, list[str]]]) -> None:
    sorts = defaultdict(int)
    for about in terms.values():
        (sort,) = about[RDF_TYPE]
        sorts[sort.removeprefix(OWL)] += 1
    assert dict(sorts) == {"Class": 24, "ObjectProperty": 30, "DatatypeProperty": 51}


def test_texts_are_english(repository: Path) -> None:
    texts = [
        quad.object
        for name in ("irkg.ttl", "kinds.ttl")
        for quad in pyoxigraph.parse(path=repository / "ontology" / name)
        if quad.predicate.value in (RDFS + "label", SKOS + "prefLabel", SKOS + "definition", SKOS + "example")
    ]
    assert len(texts) > 300
    assert [text for text in texts if not isinstance(text, Literal) or text.language != "en"] == []


def test_the_kinds_are_those_of_the_design() -> None:
    families = {
        "contact": ["Communication", "Meeting", "Visit"],
        "agreement": ["Agreement", "ArmsDeal", "PrisonerDeal", "PropertyTransfer"],
        "diplomatic": [
            "Appointment",
            "MissionOpened",
            "Recognition",
            "RelationsChange",
            "RelationsResumed",
            "RelationsSevered",
            "Summons",
            "Vote",
        ],
        "conflict": ["Arrest", "MilitaryAction", "Sanction"],
        "legal": ["LegalAction"],
        "aid": ["Aid"],
        "domestic": ["Election"],
        "society": ["Economic", "Migration"],
        "other": ["Other"],
    }
    found = defaultdict(list)
    for kind in kinds.KINDS:
        found[kinds.family_of(kind)].append(kind)
    assert dict(found) == families
    assert tuple(sorted(families)) == kinds.FAMILIES


def test_acts_polarities_and_realis_are_those_of_the_design() -> None:
    acts = "accuse apologise condemn decline demand deny endorse praise promise reject request state thank warn"
    assert tuple(acts.split()) == kinds.ACTS
    assert kinds.POLARITIES == ("neutral", "oppose", "support")
    assert kinds.REALIS == ("actual", "denied", "planned", "refused", "reported")
    assert set(kinds.HAPPENED) < set(kinds.REALIS)


@pytest.mark.parametrize(
    ("kind", "plover"),
    [
        ("Meeting", "CONSULT"),
        ("Agreement", "AGREE"),
        ("ArmsDeal", "COOPERATE"),
        ("PrisonerDeal", "RETREAT"),
        ("RelationsSevered", "SANCTION"),
        ("MilitaryAction", "ASSAULT"),
        ("Arrest", "COERCE"),
        ("Aid", "AID"),
        ("Vote", None),
        ("Election", None),
    ],
)
def test_plover_of_a_kind(kind: str, plover: str | None) -> None:
    assert kinds.plover_of(kind) == plover


@pytest.mark.parametrize(
    ("act", "polarity", "plover"),
    [
        ("praise", "support", "SUPPORT"),
        ("condemn", "oppose", "ACCUSE"),
        ("demand", "support", "REQUEST"),
        ("warn", "oppose", "THREATEN"),
        ("deny", "oppose", None),
        ("state", "support", "SUPPORT"),
        ("state", "oppose", "ACCUSE"),
        ("state", "neutral", None),
        ("promise", "support", "AGREE"),
        ("promise", "oppose", "THREATEN"),
        ("decline", "neutral", None),
        ("decline", "oppose", "REJECT"),
    ],
)
def test_plover_of_a_stance(act: str, polarity: str, plover: str | None) -> None:
    assert kinds.plover_of_stance(act, polarity) == plover


def test_mappings_are_classes_of_plover_and_roots_of_cameo(concepts: dict[str, dict[str, list[str]]]) -> None:
    pairs = {(about[ONTOLOGY + "plover"][0], about[ONTOLOGY + "cameo"][0]) for about in concepts.values() if about[ONTOLOGY + "plover"]}
    assert sorted(pairs) == [
        ("ACCUSE", "11"),
        ("AGREE", "03"),
        ("AID", "07"),
        ("ASSAULT", "19"),
        ("COERCE", "17"),
        ("CONSULT", "04"),
        ("COOPERATE", "06"),
        ("REJECT", "12"),
        ("REQUEST", "10"),
        ("RETREAT", "084"),
        ("SANCTION", "16"),
        ("SUPPORT", "05"),
        ("THREATEN", "13"),
    ]


@pytest.mark.parametrize(
    ("call", "arguments", "message"),
    [
        (kinds.family_of, ("Summit",), "unknown kind of event “Summit”; there are Agreement, Aid, "),
        (kinds.plover_of, ("contact",), "unknown kind of event “contact”; there are "),
        (kinds.plover_of_stance, ("shout", "oppose"), "unknown act “shout”; there are accuse, "),
        (kinds.plover_of_stance, ("warn", "against"), "unknown polarity “against”; there are neutral, oppose, support"),
        (kinds.label_of, ("Summit",), "unknown concept “Summit”"),
    ],
)
def test_an_unknown_name_is_a_usage_error(call: object, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        call(*arguments)  # type: ignore[operator]
    assert str(caught.value).startswith(message)


def test_labels_of_concepts() -> None:
    assert [kinds.label_of(name) for name in ("ArmsDeal", "apologise", "contact", "refused")] == [
        "arms deal",
        "apologise",
        "contact",
        "refused",
    ]


def test_kinds_are_not_read_at_import() -> None:
    script = "import ontology.kinds as k; print(k._concepts.cache_info().currsize); k.KINDS; print(k._concepts.cache_info().currsize)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["0", "1"]


def test_there_is_no_sixth_name() -> None:
    with pytest.raises(AttributeError, match="VERBS"):
        _ = kinds.VERBS  # type: ignore[attr-defined]


def test_the_tables_of_the_documentation(
    repository: Path, terms: dict[str, dict[str, list[str]]], concepts: dict[str, dict[str, list[str]]]
) -> None:
    """docs/ontology.md has a row with the definition and the example of every term and concept."""
    page = (repository / "docs" / "ontology.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `:")]
    written = {row[0].strip("| `:"): row[2:4] for row in rows}
    known = {
        name: [about[SKOS + "definition"][0], about[SKOS + "example"][0]]
        for name, about in (terms | concepts).items()
        if about[SKOS + "example"]
    }
    assert {name: row for name, row in written.items() if [row[0], row[1].removesuffix(" |")] != known.get(name)} == {}
    assert sorted(written) == sorted(known)


def test_the_reference_data_use_terms_that_are_there(repository: Path, terms: dict[str, object]) -> None:
    files = sorted((repository / "ontology" / "reference").glob("*.ttl"))
    quads = [quad for file in files for quad in pyoxigraph.parse(path=file)]
    used = {term.value for quad in quads for term in (quad.predicate, quad.object) if term.value.startswith(ONTOLOGY)}
    assert used - {ONTOLOGY + term for term in terms} == set()
    assert len(used) > 10
