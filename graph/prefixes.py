"""The prefixes of every export, which every query may use without declaring them."""

from ontology.identifiers import BASE, ONTOLOGY

PREFIXES: dict[str, str] = {
    "": ONTOLOGY,
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "entity": BASE + "entity/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "source": BASE + "source/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
