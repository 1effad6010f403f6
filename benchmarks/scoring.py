"""Scores records against a gold of our own: found, and right in what was found.

A predicted record is found when it is of the gold's type, lies over the same words (at least half of
the shorter span) and agrees in what tells it apart: an event in its family, a stance in its holder and
polarity, a figure in its value, a quotation in its span, an office in person and office. Optional gold
is never counted as missing nor what finds it as extra.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ontology.kinds import family_of
from ontology.names import words

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts for one type of record."""

    gold: int
    predicted: int
    found: int

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """The share of the predicted that is in the gold."""
        return self.found / self.predicted if self.predicted else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


def score(gold: Sequence[Row], predicted: Sequence[Row]) -> dict[str, Score]:
    """The score of each type; both lists hold rows as ``irkg extract`` prints them, of the same stretches."""
    return {type_: _score_type(type_, _only(type_, gold), _only(type_, predicted)) for type_ in _SAME}


def _only(type_: str, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["record"] == type_]


def _score_type(type_: str, gold: list[Row], predicted: list[Row]) -> Score:
    pairs = [
        (_overlap(g, p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if g["source"] == p["source"] and _overlap(g, p) >= 0.5 and _SAME[type_](g, p)
    ]
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
    counted = {i for i, row in enumerate(gold) if not row.get("optional")}
    found = len(taken_gold & counted)
    return Score(gold=len(counted), predicted=len(predicted) - (len(taken_gold) - found), found=found)


def _overlap(a: Row, b: Row) -> float:
    inside = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return float(max(0, inside) / max(1, min(a["end"] - a["start"], b["end"] - b["start"])))


def _name(value: Any) -> tuple[str, ...]:
    label = value.get("label", "") if isinstance(value, Mapping) else value or ""
    return words(str(label))


def _same_name(a: Any, b: Any) -> bool:
    """Equal, or one is the end of the other, as a surname is."""
    one, other = sorted((_name(a), _name(b)), key=len)
    return bool(one) and other[-len(one) :] == one


def _event(g: Row, p: Row) -> bool:
    return family_of(p["kind"]) in {family_of(kind) for kind in (g["kind"], g.get("alt_kind")) if kind}


def _stance(g: Row, p: Row) -> bool:
    holders = [g["holder"], g.get("reported_speaker"), g.get("alt_holder")]
    return bool(g["polarity"] == p["polarity"]) and any(_same_name(h, p["holder"]) for h in holders if h)


def _figure(g: Row, p: Row) -> bool:
    return abs(float(g["value"]) - float(p["value"])) <= 0.005 * max(abs(float(g["value"])), 1e-9)


def _quotation(g: Row, p: Row) -> bool:
    return bool(abs(g["start"] - p["start"]) <= 3 and abs(g["end"] - p["end"]) <= 3)


def _office(g: Row, p: Row) -> bool:
    return _same_name(g["person"], p["person"]) and bool(set(_name(g["office"])) & set(_name(p["office"])))


_SAME: dict[str, Callable[[Row, Row], bool]] = {
    "event": _event,
    "stance": _stance,
    "figure": _figure,
    "quotation": _quotation,
    "office": _office,
}
