"""pyLODE makes a page of the ontology, with every term and what it means."""

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def page(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    program = Path(sys.executable).with_name("pylode")
    if not program.exists():
        pytest.skip("needs pyLODE: pip install 'pylode>=3.3,<3.4'")
    file = tmp_path_factory.mktemp("page") / "ontology.html"
    ran = subprocess.run(
        [program, repository / "ontology" / "irkg.ttl", "-o", file], capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return file.read_text("utf-8")


@pytest.fixture(scope="module")
def ontology(repository: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(repository / "ontology" / "irkg.ttl")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind).rpartition("#")[2])
def test_every_term_is_on_the_page_with_its_meaning(page: str, ontology: rdflib.Graph, kind: rdflib.URIRef) -> None:
    text = plain(page)
    terms = list(ontology.subjects(RDF.type, kind))
    assert len(terms) > 20
    assert [term for term in terms if f"<code>{term}</code>" not in page] == []
    said = [str(ontology.value(term, predicate)) for term in terms for predicate in (RDFS.label, SKOS.definition)]
    assert [words for words in said if " ".join(words.split()) not in text] == []


def test_the_page_says_what_it_is_of(page: str, ontology: rdflib.Graph) -> None:
    about = rdflib.URIRef("https://w3id.org/irkg/ontology")
    for predicate in (DCTERMS.title, DCTERMS.license, OWL.versionInfo):
        assert str(ontology.value(about, predicate)) in plain(page)


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())
