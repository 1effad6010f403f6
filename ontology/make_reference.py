"""Make ``reference/*.ttl`` from ``tables/``: ``python -m ontology.make_reference [--data ../shared/data]``.

With ``--data`` the office holders are read again from the Wikidata extracts into ``tables/tenures_wikidata.tsv``;
without it that table is used as it is. The same tables give the same bytes.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from ontology.bodies import read_bodies
from ontology.errors import UsageError
from ontology.identifiers import ONTOLOGY, WIKIDATA, entity_iri, tenure_iri
from ontology.known import read_turtle
from ontology.office_holders import office_holders
from ontology.offices import read_offices
from ontology.reference import FILES, REFERENCE_FOLDER, Reference
from ontology.table_files import Row, read_table, table_source, values, write_table

TABLES_FOLDER = Path(__file__).parent / "tables"
DERIVED_TABLE = "tenures_wikidata.tsv"
_DERIVED_COMMENTS = (
    "# Who held which office, derived from the Wikidata extracts with corrections.tsv and positions.tsv. Do not edit:",
    "# python -m ontology.make_reference --data ../shared/data",
    "# until: empty for still in office; '2022-06/..' for not before June 2022, and not known when.",
    "# source: Wikidata, office holders to mid-2022 (CC0)",
)

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_SCHEMA = "https://schema.org/"
_DCTERMS = "http://purl.org/dc/terms/"
_EDTF = ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
PREFIXES = {
    "": ONTOLOGY,
    "dcterms": _DCTERMS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "rdfs": _RDFS,
    "schema": _SCHEMA,
    "wd": WIKIDATA,
    "xsd": _XSD,
}
_JUNIOR = re.compile(r",? Jr\.$")
_REIGNING = re.compile(r" of |\b[IVX]+$")
# Particles that belong to a surname: "van der Bellen".
_PARTICLE = re.compile(r"(?:\b(?:van|von|der|den|de|da|di|dos|la|le|du|bin|ibn|ben|al)\s+)+\S+$")


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description="Make the reference data from the tables.")
    parser.add_argument("--data", type=Path, help="folder of the Wikidata extracts; reads the office holders again")
    parser.add_argument("--out", type=Path, default=REFERENCE_FOLDER, help="where to write (default: ontology/reference)")
    arguments = parser.parse_args()
    for name, size in make_reference(arguments.out, arguments.data).items():
        sys.stdout.write(f"{name}: {size} statements\n")


def make_reference(out: Path, data: Path | None = None) -> dict[str, int]:
    """Write the Turtle files to a folder; the number of statements of each."""
    makers = dict(zip(FILES, (_states, _organisations, _places, _people), strict=True))
    sizes = {name: _write(out / name, makers[name](TABLES_FOLDER)) for name in FILES[:3]}
    if data:
        known, _ = read_turtle(out / name for name in FILES[:2])
        rows = office_holders(data, TABLES_FOLDER, Reference(known, (), read_offices(), read_bodies()))
        write_table(TABLES_FOLDER / DERIVED_TABLE, _DERIVED_COMMENTS, rows)
    return sizes | {FILES[3]: _write(out / FILES[3], _people(TABLES_FOLDER))}


def _write(path: Path, triples: Iterator[ox.Triple]) -> int:
    """Sorted; several values of one property stay in the order of the table, where the first is the main one."""
    ordered = sorted(dict.fromkeys(triples), key=lambda t: (str(t.subject), t.predicate.value != _RDF + "type", t.predicate.value))
    ox.serialize(ordered, output=path, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return len(ordered)


def _states(tables: Path) -> Iterator[ox.Triple]:
    path = tables / "states.tsv"
    source = table_source(path)
    for row in read_table(path):
        yield from _entity(row, "State", source)
        iri = entity_iri(row["label"])
        for column, term in (("adjectives", "adjective"), ("people", "people"), ("seats", "seatName"), ("loaded", "loadedName")):
            for value in values(row[column]):
                yield _triple(iri, ONTOLOGY + term, ox.Literal(value))
        for code in (row["alpha2"], row["alpha3"]):
            if code:
                yield _triple(iri, ONTOLOGY + "isoCode", ox.Literal(code))
        for capital in values(row["capital"]):
            yield _triple(iri, ONTOLOGY + "capital", ox.NamedNode(entity_iri(capital)))
        yield from _lifetime(iri, row)
        if row["successor"]:
            yield _triple(iri, ONTOLOGY + "successor", ox.NamedNode(entity_iri(row["successor"])))


def _organisations(tables: Path) -> Iterator[ox.Triple]:
    path = tables / "organisations.tsv"
    source = table_source(path)
    for row in read_table(path):
        kind = "Group" if row["kind"] == "group" else "Organisation"
        yield from _entity(row, kind, source)
        iri = entity_iri(row["label"])
        if kind == "Organisation":
            yield _triple(iri, ONTOLOGY + "bodyKind", ox.Literal(row["kind"]))
        for column, term in (("of", "partOf"), ("voice_of", "voiceOf")):
            if row[column]:
                yield _triple(iri, ONTOLOGY + term, ox.NamedNode(entity_iri(row[column])))
        for loaded in values(row["loaded"]):
            yield _triple(iri, ONTOLOGY + "loadedName", ox.Literal(loaded))
        yield from _lifetime(iri, row)


def _places(tables: Path) -> Iterator[ox.Triple]:
    """The places of the table, and the capitals of the states."""
    path = tables / "places.tsv"
    rows = {row["label"]: row for row in read_table(path)}
    for state in read_table(tables / "states.tsv"):
        for capital in values(state["capital"]):
            if capital not in rows:
                rows[capital] = {"label": capital, "qid": "", "names": "", "within": "" if state["until"] else state["label"]}
    for label, row in rows.items():
        yield from _entity(row, "Place", table_source(path))
        if row["within"]:
            yield _triple(entity_iri(label), ONTOLOGY + "partOf", ox.NamedNode(entity_iri(row["within"])))


def _people(tables: Path) -> Iterator[ox.Triple]:
    people = {row["label"]: row for row in read_table(tables / "people.tsv")}
    sources = {name: table_source(tables / name) for name in ("people.tsv", "tenures.tsv", DERIVED_TABLE)}
    derived = read_table(tables / DERIVED_TABLE)
    by_qid = {row["qid"]: row for row in people.values() if row["qid"]}
    for row in people.values():
        yield from _person(row, sources["people.tsv"])
    for row in derived:
        if row["qid"] not in by_qid:
            yield from _person({"label": row["person"], "qid": row["qid"], "names": "", "surnames": ""}, sources[DERIVED_TABLE])
    for row in derived:
        person = by_qid.get(row["qid"], {"label": row["person"]})["label"]
        yield from _tenure(row | {"person": person}, sources[DERIVED_TABLE])
    for row in read_table(tables / "tenures.tsv"):
        if row["person"] not in people and not any(row["person"] == other["person"] for other in derived):
            raise UsageError(f"tenures.tsv: {row['person']} is not in people.tsv")
        yield from _tenure(row, row["source"] or sources["tenures.tsv"])


def _person(row: Row, source: str) -> Iterator[ox.Triple]:
    yield from _entity(row, "Person", source)
    for surname in _surnames(row):
        yield _triple(entity_iri(row["label"]), _SCHEMA + "familyName", ox.Literal(surname))


def _surnames(row: Row) -> list[str]:
    """The surnames the table gives, else the last word of each of the names with its particles.

    Names such as "Hussein of Jordan" and "Paul VI" have none.
    """
    if row["surnames"]:
        return values(row["surnames"])
    names = [_JUNIOR.sub("", name) for name in (row["label"], *values(row["names"])) if not _REIGNING.search(name)]
    return [match[0] if (match := _PARTICLE.search(name)) else name.rsplit(" ", 1)[1] for name in names if " " in name]


def _tenure(row: Row, source: str) -> Iterator[ox.Triple]:
    iri = tenure_iri(row["person"], row["office"], row["of"], row["from"])
    yield _triple(iri, _RDF + "type", ox.NamedNode(ONTOLOGY + "Tenure"))
    yield _triple(iri, ONTOLOGY + "person", ox.NamedNode(entity_iri(row["person"])))
    yield _triple(iri, ONTOLOGY + "office", ox.Literal(row["office"]))
    yield _triple(iri, ONTOLOGY + "of", ox.NamedNode(entity_iri(row["of"])))
    for column in ("from", "until"):
        if row[column]:
            yield _triple(iri, ONTOLOGY + column, ox.Literal(row[column], datatype=_EDTF))
    yield _triple(iri, _DCTERMS + "source", ox.Literal(source))


def _entity(row: Mapping[str, str], kind: str, source: str) -> Iterator[ox.Triple]:
    """What every entity has: type, label, other names, Wikidata, source."""
    iri = entity_iri(row["label"])
    yield _triple(iri, _RDF + "type", ox.NamedNode(ONTOLOGY + kind))
    yield _triple(iri, _RDFS + "label", ox.Literal(row["label"], language="en"))
    for name in values(row["names"]):
        yield _triple(iri, _SCHEMA + "alternateName", ox.Literal(name))
    if row["qid"]:
        yield _triple(iri, _SCHEMA + "sameAs", ox.NamedNode(WIKIDATA + row["qid"]))
    yield _triple(iri, _DCTERMS + "source", ox.Literal(source))


def _lifetime(iri: str, row: Row) -> Iterator[ox.Triple]:
    for column, term in (("from", "formerFrom"), ("until", "formerUntil")):
        if row[column]:
            yield _triple(iri, ONTOLOGY + term, ox.Literal(row[column], datatype=ox.NamedNode(_XSD + "date")))


def _triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


if __name__ == "__main__":
    main()
