"""Measures the reading of dates against a folder with every date expression valued (WikiWars' form).

``python -m benchmarks.dates --gold ../shared/gold/wikiwars`` prints a table, the worst document first. Only
calendar values count; an expression is right when its span overlaps the gold's and its value is equal, marks of
doubt (``~ ? %``) aside. ``--misses`` lists what was missed and what was added.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from loaders.dates import FoundDate, read_dates
from loaders.texts.language import load_language, parse

_DOUBT = re.compile(r"[~?%]")


@dataclass(frozen=True, slots=True)
class Valued:
    """A valued expression at its place in the raw file."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Score:
    """What of one document was found."""

    source: str
    gold: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        """Of values, 0 to 1."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


def main() -> int:
    """Print the table; nothing to measure is no failure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, default=Path("../shared/gold/wikiwars"), help="folder with gold.jsonl, documents.jsonl and texts"
    )
    parser.add_argument("--misses", action="store_true", help="list every miss and every addition")
    arguments = parser.parse_args()
    if not (arguments.gold / "gold.jsonl").is_file():
        print(f"dates: not measured, no gold.jsonl in {arguments.gold}")
        return 0
    scores = []
    for score, lines in _measure(arguments.gold, load_language()):
        scores.append(score)
        if arguments.misses:
            print("\n".join(lines))
    _print_table(scores)
    return 0


def _measure(folder: Path, language: Language) -> Iterator[tuple[Score, list[str]]]:
    gold = list(_rows(folder / "gold.jsonl"))
    for document in _rows(folder / "documents.jsonl"):
        source = document["source"]
        text = (folder / f"{source}.txt").read_bytes().decode("utf-8")
        wanted = [Valued(row["start"], row["end"], row["value"]) for row in gold if row["source"] == source and row["value"]]
        found = read_text(text, document["published"], language)
        right = matches(wanted, found)
        lines = [_line(source, "missed", w, text) for i, w in enumerate(wanted) if i not in right]
        lines += [_line(source, "added", f, text) for j, f in enumerate(found) if j not in right.values()]
        yield Score(source, len(wanted), len(found), len(right)), lines


def read_text(text: str, published: str | None, language: Language) -> list[Valued]:
    """The valued expressions of a raw text whose lines are its paragraphs."""
    lines = text.splitlines(keepends=True)
    dates = read_dates(parse((line.rstrip("\r\n") for line in lines), language), published)
    found, offset = [], 0
    for line, of_line in zip(lines, dates, strict=True):
        found += [_moved(date, offset) for date in of_line if date.value is not None]
        offset += len(line)
    return found


def matches(wanted: list[Valued], found: list[Valued]) -> dict[int, int]:
    """Which expression of the gold is which found one: each once, overlapping and equal in value."""
    taken: dict[int, int] = {}
    for i, gold in enumerate(wanted):
        for j, date in enumerate(found):
            overlaps = date.start < gold.end and gold.start < date.end
            if overlaps and j not in taken.values() and _certain(date.value) == _certain(gold.value):
                taken[i] = j
                break
    return taken


def _moved(date: FoundDate, offset: int) -> Valued:
    assert date.value is not None
    return Valued(date.start + offset, date.end + offset, date.value)


def _certain(value: str) -> str:
    return _DOUBT.sub("", value)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _line(source: str, what: str, date: Valued, text: str) -> str:
    before, after = text[max(0, date.start - 60) : date.start], text[date.end : date.end + 30]
    context = f"{before}[[{text[date.start : date.end]}]]{after}".replace("\n", " ⏎ ")
    return f"{source:24} {what:6} {date.value:12} {context}"


def _print_table(scores: list[Score]) -> None:
    print(f"{'':26} {'gold':>5} {'found':>5} {'right':>5} {'prec':>6} {'recall':>6} {'F1':>6}")
    total = Score("all", sum(s.gold for s in scores), sum(s.found for s in scores), sum(s.right for s in scores))
    for score in [*sorted(scores, key=lambda s: s.f1), total]:
        precision, recall = score.right / max(1, score.found), score.right / max(1, score.gold)
        print(f"{score.source:26} {score.gold:5} {score.found:5} {score.right:5} {precision:6.3f} {recall:6.3f} {score.f1:6.3f}")


if __name__ == "__main__":
    raise SystemExit(main())
