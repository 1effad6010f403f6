"""Measures the PLOVER classes of records against sentences with their class.

``python -m benchmarks.plover --gold ../shared/gold/plover/gold.jsonl`` reads each sentence as a news piece of its
own and counts the ``plover`` of its event and stance records. The most frequent one is the sentence's class; of
classes that are as frequent, the one whose first record stands first in the text. A sentence whose records have
no class has none, and counts as wrong. ``--part tuning|unseen`` keeps one part, told apart by a hash of the
sentence's id; ``--misses`` lists what is wrong. The unseen quarter may not be looked at.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.records import Event, Stance
from loaders.reading import read_document
from loaders.texts.documents import read_document as read_text
from loaders.texts.language import load_language
from loaders.texts.sources import Source
from ontology.reference import load_reference

NONE = "—"
PARTS = ("tuning", "unseen")
_UNSEEN = 3  # of four


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of the gold, and the class that its records have."""

    id: str
    sentence: str
    gold: str
    found: str
    rules: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Is the class the gold's?"""
        return self.gold == self.found

    @property
    def part(self) -> str:
        """``tuning`` or ``unseen``."""
        return PARTS[hashlib.sha256(self.id.encode("utf-8")).digest()[0] % 4 == _UNSEEN]


def main() -> int:
    """Prints the tables; nothing to measure is no failure."""
    arguments = _arguments()
    if not arguments.gold.is_file():
        print(f"PLOVER: not measured, there is no {arguments.gold}")
        return 0
    judged = [j for j in judge(arguments.gold) if arguments.part in (None, j.part)]
    if arguments.misses:
        print("\n".join(_miss(j) for j in judged if not j.right))
    print(_by_class(judged))
    print()
    print(_confusion(judged))
    for part in PARTS:
        of_part = [j for j in judged if j.part == part]
        if of_part:
            print(f"{part + ' part':14} {_share(of_part):.3f} of {len(of_part)} sentences")
    print(f"{'all':14} {_share(judged):.3f} of {len(judged)} sentences")
    return 0


def judge(gold: Path) -> Iterator[Judged]:
    """The sentences of a gold file, each with the class of its records."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        classes = _classes(row["id"], row["sentence"])
        found = most_frequent([plover for plover, _ in classes if plover]) or NONE
        rules = tuple(f"{rule}:{plover or NONE}" for plover, rule in classes)
        yield Judged(row["id"], row["sentence"], row["plover"], found, rules)


def most_frequent(classes: Sequence[str]) -> str | None:
    """The most frequent class, of equals the first; None of nothing."""
    return max(classes, key=lambda c: (classes.count(c), -classes.index(c)), default=None)


def _classes(id_: str, sentence: str) -> list[tuple[str | None, str]]:
    """Class and rule of the events and stances, in the order of the text."""
    source = Source(id=id_.lower(), place=f"{id_}.txt", title=id_, kind="news")
    reading = read_document(read_text(source, sentence), load_language(), load_reference())
    return [(record.plover, record.rule) for record in reading.records if isinstance(record, Event | Stance)]


def _share(judged: Sequence[Judged]) -> float:
    return sum(j.right for j in judged) / max(1, len(judged))


def _by_class(judged: Sequence[Judged]) -> str:
    """Recall and precision of each class, the most frequent first."""
    gold, found = Counter(j.gold for j in judged), Counter(j.found for j in judged)
    right = Counter(j.gold for j in judged if j.right)
    lines = [f"{'':10} {'gold':>5} {'found':>5} {'right':>5} {'share':>6} {'prec':>6}"]
    for name, count in sorted(gold.items(), key=lambda item: (-item[1], item[0])):
        precision = right[name] / max(1, found[name])
        lines.append(f"{name:10} {count:5} {found[name]:5} {right[name]:5} {right[name] / count:6.2f} {precision:6.2f}")
    return "\n".join(lines)


def _confusion(judged: Iterable[Judged]) -> str:
    """Gold classes down, found classes across; only what is confused."""
    pairs = Counter((j.gold, j.found) for j in judged)
    names = [*sorted({name for pair in pairs for name in pair} - {NONE}), NONE]
    lines = [f"{'gold / found':12}" + "".join(f"{name[:5]:>6}" for name in names)]
    for gold in names[:-1]:
        cells = (str(pairs[gold, name] or ".") for name in names)
        lines.append(f"{gold:12}" + "".join(f"{cell:>6}" for cell in cells))
    return "\n".join(lines)


def _miss(judged: Judged) -> str:
    return f"{judged.id}\n  {judged.sentence}\n  gold {judged.gold}, found {judged.found}: {' '.join(judged.rules) or 'no record'}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures the PLOVER classes of records against sentences with their class.")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/plover/gold.jsonl"), help="JSON lines: id, sentence, plover")
    parser.add_argument("--part", choices=PARTS, help="only one part")
    parser.add_argument("--misses", action="store_true", help="list the sentences with a wrong class")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
