"""Fusion on pairs of records: how many that tell one happening are joined, and how many that don't are kept apart.

The gold, ``benchmarks/gold/fusion/pairs.jsonl``, was written blind to the code. Even lines were tuned on, odd lines were only counted.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.edtf import bounds
from graph.fusion.facts import Told, states_behind
from graph.fusion.happenings import LEAST, match
from ontology.identifiers import entity_iri
from ontology.reference import load_reference

GOLD = Path(__file__).parent / "gold" / "fusion" / "pairs.jsonl"


def main() -> int:
    """Prints precision and recall of both halves."""
    pairs = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    print(f"{'half':12}{'pairs':>7}{'same':>6}{'precision':>11}{'recall':>8}")
    for name, half in (("tuned on", pairs[::2]), ("unseen", pairs[1::2]), ("all", pairs)):
        precision, recall = scores(half)
        print(f"{name:12}{len(half):7}{sum(p['same'] for p in half):6}{precision:11.3f}{recall:8.3f}")
    return 0


def scores(pairs: Iterable[Mapping[str, Any]]) -> tuple[float, float]:
    """Pairwise precision and recall."""
    joined = [(joins(pair), bool(pair["same"])) for pair in pairs]
    right = sum(found and same for found, same in joined)
    return right / max(1, sum(found for found, _ in joined)), right / max(1, sum(same for _, same in joined))


def joins(pair: Mapping[str, Any]) -> bool:
    """Does fusion hold the two records of a pair for one happening?"""
    found = match(told(pair["a"], "a"), told(pair["b"], "b"))
    return found is not None and found.score >= LEAST


def told(event: Mapping[str, Any], name: str) -> Told:
    """An event of the gold as fusion would read it from a graph."""
    reference = load_reference()
    earliest, latest = bounds(event["date"]) or (None, None) if event.get("date") else (None, None)
    people: set[str] = set()
    sides: set[str] = set()
    for label in event.get("participants", ()):
        known = next(iter(reference.named(label)), None)
        is_person = known.type == "Person" if known is not None else False
        (people if is_person else sides).add(known.iri if known is not None else entity_iri(label))
    return Told(
        iri=name, source=event["source"], kind=event["kind"], realis=event.get("realis", "actual"), text=event["text"],
        date=event.get("date"), earliest=earliest, latest=latest, people=frozenset(people),
        sides=frozenset(sides) | states_behind(people, event.get("date"), reference),
        place=entity_iri(event["place"]) if event.get("place") else None, item=event.get("item"), quantity=event.get("quantity"),
        amount=event.get("amount"), prisoners=frozenset(entity_iri(p) for p in event.get("persons") or ()),
        resolution=event.get("resolution"), origin=frozenset({event["source"]}),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
