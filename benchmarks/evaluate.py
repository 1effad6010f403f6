"""``make evaluate``: the records against gold, found and strict; dates, classes of sentences, who is meant, fusion.

With ``../shared`` beside the project, the development gold and its scorer, which also scores the project's own golds; without it,
the own golds by a scorer of our own. ``MODEL="a b"`` compares spaCy models.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.scoring import score
from irkg.building import extract_lines
from irkg.messages import say, silent
from loaders.texts.language import MODEL_SETTING
from loaders.texts.sources import Said

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "gold" / "score.py"
ANNOTATED = "wikipedia-israel-russia:0:17931"  # the part of the article that the development gold covers
OTHERS = {
    "PLOVER classes of sentences": ["benchmarks.plover", "--gold", str(SHARED / "gold" / "plover" / "gold.jsonl")],
    "dates of six articles on wars": ["benchmarks.dates", "--gold", str(SHARED / "gold" / "wikiwars")],
    "fusion, in pairs of our own": ["benchmarks.fusion"],
    "who is meant, in cases of our own": ["benchmarks.resolution"],
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated set: its name, the folders of its documents, its records."""

    name: str
    places: tuple[Path, ...]
    records: Path


OWN = (
    Gold("own digests", (ROOT / "corpus",), ROOT / "benchmarks" / "gold" / "corpus.jsonl"),
    *(
        Gold(f"{what}, {half}", (folder := ROOT / "tests" / "gold" / what / half,), folder / "gold.jsonl")
        for what in ("documents", "paragraphs")
        for half in ("tuning", "heldout")
    ),
)


def main() -> int:
    """Prints the tables; ends with 1 when a scorer could not run."""
    arguments = _arguments()
    if arguments.model:
        print(_compared(arguments.model))
        return 0
    if arguments.own or not SCORER.exists():
        if not arguments.own:
            say("../shared is not here: scoring the golds of our own instead")
        for gold in OWN:
            print(f"\n{gold.name}\n{_table(gold)}", flush=True)
        return 0
    return max(_development(arguments), *(_scored(gold) for gold in OWN), _others())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Scores the records against gold.")
    parser.add_argument("--own", action="store_true", help="score the golds of our own, by our own scorer")
    parser.add_argument("--misses", metavar="TYPE", help="list what was missed or added in the development gold, of one type of record")
    parser.add_argument("--source", help="only this document of the development gold")
    parser.add_argument("--model", nargs="+", metavar="NAME", help="compare spaCy models that are installed, on the golds of our own")
    return parser.parse_args()


def _development(arguments: argparse.Namespace) -> int:
    """The scorer's own table on the development gold."""
    more = ["--range", ANNOTATED]
    more += ["--misses", arguments.misses] if arguments.misses else []
    more += ["--source", arguments.source] if arguments.source else []
    print("development gold", flush=True)
    return _by_scorer(SHARED / "gold" / "dev.jsonl", extracted((SHARED / "corpus", SHARED / "gold" / "documents")), more)


def _scored(gold: Gold) -> int:
    """The scorer's table on a gold of our own."""
    print(f"\n{gold.name}", flush=True)
    return _by_scorer(gold.records, predicted(gold), [])


def _by_scorer(gold: Path, rows: Iterable[Row], more: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "records.jsonl"
        found.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return subprocess.run([sys.executable, str(SCORER), str(gold), str(found), *more], check=False).returncode


def _others() -> int:
    """Dates, classes of sentences, fusion, and who is meant: each has a table of its own."""
    worst = 0
    for title, command in OTHERS.items():
        print(f"\n{title}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", *command], check=False, cwd=ROOT).returncode)
    return worst


def _table(gold: Gold) -> str:
    lines = [f"{'':10} {'gold':>5} {'pred':>5} {'found':>5} {'recall':>7} {'prec':>6} {'F1':>6}"]
    for type_, result in score(annotated(gold), predicted(gold)).items():
        counts = f"{result.gold:5} {result.predicted:5} {result.found:5}"
        lines.append(f"{type_:10} {counts} {result.recall:7.3f} {result.precision:6.3f} {result.f1:6.3f}")
    return "\n".join(lines)


def _compared(models: Iterable[str]) -> str:
    """Found F1 over the golds of our own together and the time to read them, one line a model, each in a process of its own."""
    names = ("event", "stance", "figure", "quotation", "office")
    gold = [row for own in OWN for row in annotated(own)]
    lines = [f"{'model':28}" + "".join(f"{name:>11}" for name in names) + f"{'seconds':>9}"]
    for model in models:
        began = time.monotonic()
        command = [sys.executable, "-m", "irkg", "extract", *(str(place) for own in OWN for place in own.places)]
        read = subprocess.run(command, env=os.environ | {MODEL_SETTING: model}, capture_output=True, text=True, check=False, cwd=ROOT)
        if read.returncode:
            lines.append(f"{model:28}{read.stderr.strip()[-100:]}")
            continue
        sources = {row["source"] for row in gold}
        found = [row for row in _within(_rows(read.stdout.splitlines())) if row["source"] in sources]
        report = score(gold, found)
        lines.append(f"{model:28}" + "".join(f"{report[name].f1:11.3f}" for name in names) + f"{time.monotonic() - began:9.1f}")
    return "\n".join(lines)


def annotated(gold: Gold) -> list[Row]:
    """The records of a gold, of the stretches that were annotated."""
    return _within(_rows(gold.records.read_text(encoding="utf-8").splitlines()))


def predicted(gold: Gold) -> list[Row]:
    """What is read off the documents of a gold, in the stretches that were annotated."""
    sources = {row["source"] for row in annotated(gold)}
    return [row for row in _within(extracted(gold.places)) if row["source"] in sources]


def extracted(places: Iterable[Path]) -> Iterator[Row]:
    """The records of all documents in some folders."""
    return map(json.loads, extract_lines([str(place) for place in places], Said(), say=silent))


def _rows(lines: Iterable[str]) -> list[Row]:
    return [json.loads(line) for line in lines if line.strip()]


def _within(rows: Iterable[Row]) -> list[Row]:
    """The rows of the stretches that were annotated; a source without a stretch is annotated whole."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for line in (ROOT / "benchmarks" / "gold" / "ranges.txt").read_text(encoding="utf-8").split():
        source, start, end = line.split(":")
        ranges.setdefault(source, []).append((int(start), int(end)))
    return [r for r in rows if r["source"] not in ranges or any(a <= r["start"] < b for a, b in ranges[r["source"]])]


if __name__ == "__main__":
    sys.exit(main())
