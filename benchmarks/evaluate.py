"""``make evaluate``: the records against gold, found and strict; dates, classes of sentences, and who is meant.

With ``../shared`` beside the project, the development gold and its scorer; without it, a small gold of
our own on ``corpus/``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.scoring import score
from irkg.building import extract_lines
from irkg.messages import say, silent
from loaders.sources import Said

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
OWN_GOLD = ROOT / "benchmarks" / "gold"
ANNOTATED = "wikipedia-israel-russia:0:17931"  # the part of the article that the development gold covers


def main() -> int:
    """Prints the tables; ends with 1 when the scorer could not run."""
    arguments = _arguments()
    if arguments.own or not (SHARED / "gold" / "score.py").exists():
        if not arguments.own:
            say("../shared is not here: scoring the small gold of our own on corpus/ instead")
        print(_own_table())
        return 0
    return _development(arguments) or _others()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Scores the records against gold.")
    parser.add_argument("--own", action="store_true", help="score the gold of our own on corpus/")
    parser.add_argument("--misses", metavar="TYPE", help="list what was missed or added, of one type of record")
    parser.add_argument("--source", help="only this document")
    return parser.parse_args()


def _development(arguments: argparse.Namespace) -> int:
    """The scorer's own table on the development gold."""
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "records.jsonl"
        places = [str(SHARED / "corpus"), str(SHARED / "gold" / "documents")]
        predicted.write_text("\n".join(extract_lines(places, Said(), say=silent)) + "\n", encoding="utf-8")
        command = [
            sys.executable,
            str(SHARED / "gold" / "score.py"),
            str(SHARED / "gold" / "dev.jsonl"),
            str(predicted),
            "--range",
            ANNOTATED,
        ]
        if arguments.misses:
            command += ["--misses", arguments.misses]
        if arguments.source:
            command += ["--source", arguments.source]
        return subprocess.run(command, check=False).returncode


def _others() -> int:
    """Dates, classes of sentences, and who is meant: each has a table of its own."""
    tables = {
        "dates of six articles on wars": ["benchmarks.dates", "--gold", str(SHARED / "gold" / "wikiwars")],
        "PLOVER classes of sentences": ["benchmarks.plover", "--gold", str(SHARED / "gold" / "plover" / "gold.jsonl")],
        "who is meant, in cases of our own": ["benchmarks.resolution"],
    }
    worst = 0
    for title, command in tables.items():
        print(f"\n{title}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", *command], check=False, cwd=ROOT).returncode)
    return worst


def _own_table() -> str:
    gold = _within(_rows((OWN_GOLD / "corpus.jsonl").read_text(encoding="utf-8").splitlines()))
    annotated = {row["source"] for row in gold}
    extracted = _rows(extract_lines([str(ROOT / "corpus")], Said(), say=silent))
    predicted = _within(row for row in extracted if row["source"] in annotated)
    lines = [f"{'':10} {'gold':>5} {'pred':>5} {'found':>5} {'recall':>7} {'prec':>6} {'F1':>6}"]
    for type_, result in score(gold, predicted).items():
        lines.append(
            f"{type_:10} {result.gold:5} {result.predicted:5} {result.found:5} "
            f"{result.recall:7.3f} {result.precision:6.3f} {result.f1:6.3f}"
        )
    return "\n".join(lines)


def _rows(lines: Iterable[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines if line.strip()]


def _within(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """The rows of the stretches that were annotated; a source without a stretch is annotated whole."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for line in (OWN_GOLD / "ranges.txt").read_text(encoding="utf-8").split():
        source, start, end = line.split(":")
        ranges.setdefault(source, []).append((int(start), int(end)))
    return [
        row
        for row in rows
        if str(row["source"]) not in ranges or any(a <= int(str(row["start"])) < b for a, b in ranges[str(row["source"])])
    ]


if __name__ == "__main__":
    sys.exit(main())
