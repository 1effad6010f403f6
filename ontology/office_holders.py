"""Office holders out of the Wikidata extracts in ``../shared/data``, as rows of ``tables/tenures_wikidata.tsv``.

An extract lists position, person, id, start and end for one state, since 2000 and to mid-2022. Positions are read
by the rules for offices, or by ``tables/positions.tsv`` where they belong to a body of the state; regional offices
are left out. ``tables/corrections.tsv`` mends what is known to be wrong.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ontology.names import bare
from ontology.reference import Reference
from ontology.table_files import Row, read_table
from ontology.tenures import days

STATES = {"israel": "Israel", "russia": "Russia", "ukraine": "Ukraine", "turkey": "Turkey", "iran": "Iran"}
LAST_KNOWN = "2022-06/.."  # the extracts were made in mid-2022: an open end is not known after that
# Offices that several people hold at a time: a later start does not end an earlier holder's term.
_SHARED = ("Deputy", "Vice President", "Minister without Portfolio", "Special Envoy")


def office_holders(folder: Path, tables: Path, reference: Reference) -> list[Row]:
    """The rows of all extracts in a folder, mended and sorted."""
    positions = {(row["state"], row["position"]): row for row in read_table(tables / "positions.tsv")}
    corrections = {(row["state"], row["position"], row["person"], row["start"]): row for row in read_table(tables / "corrections.tsv")}
    rows: list[Row] = []
    for name, state in STATES.items():
        extract = _mended(_extract(folder / f"wikidata_office_holders_{name}.csv"), state, corrections)
        rows += [row for entry in extract if (row := _row(entry, state, positions, reference))]
    return sorted(_closed(_without_repeats(rows)), key=lambda row: tuple(row.values()))


def _extract(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _mended(entries: Iterable[Row], state: str, corrections: dict[tuple[str, str, str, str], Row]) -> Iterator[Row]:
    """The entries with corrections applied, without those whose end is not after their start."""
    for entry in entries:
        correction = corrections.get((state, entry["position"], entry["person"], entry["start"]))
        if correction:
            if correction["new_start"] == "drop":
                continue
            entry = entry | {"start": correction["new_start"] or entry["start"], "end": correction["new_end"] or entry["end"]}
        if not entry["end"] or days(entry["start"] or "0000")[0] < days(entry["end"])[1]:
            if entry["start"] != entry["end"] or len(entry["start"]) < len("2000-01-01"):
                yield entry


def _row(entry: Row, state: str, positions: dict[tuple[str, str], Row], reference: Reference) -> Row | None:
    position = positions.get((state, entry["position"]))
    office = position["office"] if position else reference.office_named(bare(entry["position"]))
    if not office:
        return None
    return {
        "person": entry["person"],
        "qid": entry["personID"],
        "office": office,
        "of": (position and position["of"]) or state,
        "from": entry["start"],
        "until": entry["end"] or LAST_KNOWN,
        "position": entry["position"],
    }


def _without_repeats(rows: Sequence[Row]) -> list[Row]:
    """One row a person, office and start: the one that ends last."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in sorted(rows, key=lambda row: row["until"]):
        kept[row["person"], row["office"], row["of"], row["from"]] = row
    return list(kept.values())


def _closed(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, where an open end is taken to be the start of the next holder ("?": it is inferred)."""
    for row in rows:
        starts = [r["from"] for r in rows if r["office"] == row["office"] and r["of"] == row["of"] and r["from"] > row["from"]]
        shared = row["office"].startswith(_SHARED)
        yield row | {"until": min(starts) + "?"} if row["until"] == LAST_KNOWN and starts and not shared else row
