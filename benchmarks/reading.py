"""What it costs to read: documents into records, beside spaCy's bare pipeline on the same text.

``python -m benchmarks.reading [--folder F] [--times 25] [--pairs 5]``: the documents of a folder, each so many times as long;
first a tenth of that, to see how the time grows.
"""

import argparse
import math
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time

import spacy
from spacy.language import Language

from loaders.reading import read_document
from loaders.texts.documents import Document, load_document
from loaders.texts.language import DEFAULT_MODEL, load_language
from loaders.texts.sources import Said, find_sources
from ontology.reference import load_reference

ROOT = Path(__file__).parent.parent
MOST_TIMES = 1.25


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU for both, each in one thread, in the middle of the pairs, and the ratio in the middle."""

    ours: float
    bare: float
    ratio: float


def main() -> int:
    """Prints the table; fails where it is more than the bound."""
    parser = argparse.ArgumentParser(description="Measures reading beside the bare pipeline.")
    shared = ROOT.parent / "shared" / "corpus"
    parser.add_argument("--folder", type=Path, default=shared if shared.exists() else ROOT / "corpus")
    parser.add_argument("--times", type=int, default=25)
    parser.add_argument("--pairs", type=int, default=5)
    asked = parser.parse_args()
    bare = spacy.load(DEFAULT_MODEL)
    few, many = (_measured(_documents(asked.folder, times), bare, asked.pairs) for times in (asked.times / 10, asked.times))
    print(f"{'reading':<34} {'a tenth':>9} {f'{asked.times} times':>9}  exponent")
    for what, one, other in (("seconds", few.ours, many.ours), ("seconds of the bare pipeline", few.bare, many.bare)):
        print(f"{what:<34} {one:9.2f} {other:9.2f} {math.log10(other / one):9.2f}")
    print(f"{'times the bare pipeline':<34} {few.ratio:9.3f} {many.ratio:9.3f}")
    return 0 if many.ratio <= MOST_TIMES else 1


def _documents(folder: Path, times: float) -> list[Document]:
    """The documents of a folder, each so many times as long."""
    with tempfile.TemporaryDirectory() as scratch:
        documents = []
        for source in find_sources(str(folder), Said()):
            text, longer = Path(source.place).read_text("utf-8"), Path(scratch) / Path(source.place).name
            longer.write_text((text + "\n\n") * int(times) + text[: int(len(text) * (times % 1))], "utf-8")
            documents.append(load_document(replace(source, place=str(longer))))
    return documents


def _measured(documents: list[Document], bare: Language, pairs: int) -> Cost:
    language, reference = load_language(), load_reference()
    texts = [paragraph.text for document in documents for paragraph in document.paragraphs]

    def ours() -> None:
        for document in documents:
            read_document(document, language, reference)

    def pipeline() -> None:
        for _ in bare.pipe(texts):
            pass

    times = [(_seconds(ours), _seconds(pipeline)) for _ in range(pairs)]
    return Cost(*(statistics.median(column) for column in zip(*((a, b, a / b) for a, b in times), strict=True)))


def _seconds(what: Callable[[], None]) -> float:
    start = process_time()
    what()
    return process_time() - start


if __name__ == "__main__":
    sys.exit(main())
