"""Office holders out of the Wikidata extracts in ``../shared/data``, as rows of ``tables/tenures_wikidata.tsv``.

An extract lists position, person, id, start and end for one state, since 2000 and to mid-2022. Positions are read
by the rules for offices, or by ``tables/positions.tsv`` where they belong to a body of the state; regional offices
and people without a name in Latin letters are left out. ``tables/corrections.tsv`` mends what is known to be wrong.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ontology.reference import Reference
from ontology.table_files import Row, read_table
from ontology.tenures import days

STATES = {"israel": "Israel", "russia": "Russia", "ukraine": "Ukraine", "turkey": "Turkey", "iran": "Iran"}
LAST_KNOWN = "2022-06"  # the extracts were made in mid-2022: an open end is not known after that
DROPPED, STILL = "drop", "now"

Corrections = Mapping[tuple[str, ...], Row]


def office_holders(folder: Path, tables: Path, reference: Reference) -> list[Row]:
    """The rows of all extracts in a folder, mended and sorted."""
    positions = {(row["state"], row["position"]): row for row in read_table(tables / "positions.tsv")}
    corrections = {_key(row["state"], row): row for row in read_table(tables / "corrections.tsv")}
    rows: dict[tuple[str, ...], Row] = {}
    for name, state in STATES.items():
        for entry in _mended(_extract(folder / f"wikidata_office_holders_{name}.csv"), state, corrections):
            row = _row(entry, state, positions, reference)
            if row:
                _keep_longer(rows, row)
    return sorted(rows.values(), key=lambda row: tuple(row.values()))


def _extract(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _key(state: str, row: Row) -> tuple[str, ...]:
    return state, row["position"], row["person"], row["start"]


def _mended(entries: Iterable[Row], state: str, corrections: Corrections) -> Iterator[Row]:
    """The entries with corrections applied; without those that end no later than they start, and those in other letters."""
    for entry in entries:
        correction = corrections.get(_key(state, entry), {"new_start": "", "new_end": ""})
        start = correction["new_start"] or entry["start"]
        end = correction["new_end"] or entry["end"] or _not_known_after(start)
        if start != DROPPED and _lasts(start, end) and _is_latin(entry["person"]):
            yield entry | {"start": start, "end": "" if end == STILL else end}


def _not_known_after(start: str) -> str:
    return f"{max(start[:7], LAST_KNOWN)}/.."


def _lasts(start: str, end: str) -> bool:
    """Whether the term is longer than no day at all. Two equal years or months may well be a term."""
    if end == STILL:
        return True
    return days(start)[0] < days(end)[1]


def _is_latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def _row(entry: Row, state: str, positions: Mapping[tuple[str, str], Row], reference: Reference) -> Row | None:
    position = positions.get((state, entry["position"]))
    office = position["office"] if position else reference.office_named(entry["position"])
    if not office:
        return None
    return {
        "person": entry["person"],
        "qid": entry["personID"],
        "office": office,
        "of": position["of"] if position else state,
        "from": entry["start"],
        "until": entry["end"],
        "position": entry["position"],
    }


def _keep_longer(rows: dict[tuple[str, ...], Row], row: Row) -> None:
    """One row a person, office and start: the one that ends last."""
    key = (row["person"], row["office"], row["of"], row["from"])
    if key not in rows or (rows[key]["until"] and (not row["until"] or rows[key]["until"] < row["until"])):
        rows[key] = row
