"""Who is meant: the share of ``tests/loaders/resolution_cases.toml`` that the resolver gets right, by group.

``python -m benchmarks.resolution [--group NAME]`` prints the table and the cases that are wrong.
"""

import argparse
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.parsed import Span
from loaders.passages import Mention, Passage
from loaders.reading import passages_of
from loaders.texts.documents import read_document
from loaders.texts.language import load_language
from loaders.texts.sources import DEFAULT_KIND, Source
from ontology.reference import Reference, load_reference

CASES = Path(__file__).parent.parent / "tests" / "loaders" / "resolution_cases.toml"
_PUBLISHED = "2024-05-02"
_ARTICLES = frozenset({"a", "an", "the"})
_POSSESSIVES = frozenset({"'s", "'", "’s", "’"})


@dataclass(frozen=True, slots=True)
class Case:
    """A mention in a text and what it means: labels, () for nobody who is known; ``others`` are as good."""

    group: str
    text: str
    words: str
    means: tuple[str, ...]
    others: tuple[str, ...] = ()
    nth: int = 1
    wording: str = ""
    speaks_for: str = ""
    kind: str = DEFAULT_KIND
    published: str = _PUBLISHED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the resolver says to a case."""

    case: Case
    right: bool
    found: tuple[str, ...]

    def __str__(self) -> str:
        expected = " + ".join(self.case.means) or "nobody known"
        return f"{self.case.group}: “{self.case.words}” is {expected}, not {' + '.join(self.found) or 'nobody'}: {self.case.text}"


def read_cases(path: Path = CASES) -> list[Case]:
    """The cases of the file, in its order."""
    return [_case(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def _case(row: dict[str, Any]) -> Case:
    means = [row.pop("means")] if isinstance(row["means"], str) else row.pop("means")
    return Case(means=tuple(label for label in means if label), others=tuple(row.pop("or", ())), **row)


def outcomes(cases: Iterable[Case], reference: Reference) -> list[Outcome]:
    """Each case as the resolver reads it."""
    return [_outcome(case, reference) for case in cases]


def _outcome(case: Case, reference: Reference) -> Outcome:
    source = Source(id="case", place="case.txt", title="Case", kind=case.kind, published=case.published)
    passages = list(passages_of(read_document(source, case.text), load_language(), reference))
    passage, span = _find(passages, case)
    mentions = _mentions_of(passage, span)
    found = tuple(dict.fromkeys(m.entity.label for m in mentions))
    return Outcome(case, _is_right(case, passage, mentions, reference), found)


def _find(passages: Sequence[Passage], case: Case) -> tuple[Passage, Span]:
    """The words of a case, without a leading article."""
    left = case.nth
    for passage in passages:
        for match in re.finditer(rf"(?<!\w){re.escape(case.words)}(?!\w)", passage.doc.text):
            left -= 1
            span = passage.doc.char_span(*match.span(), alignment_mode="expand")
            if left == 0 and span is not None:
                return passage, span[1:] if len(span) > 1 and span[0].lower_ in _ARTICLES else span
    raise ValueError(f"“{case.words}” is not {case.nth} times in: {case.text}")


def _mentions_of(passage: Passage, span: Span) -> list[Mention]:
    """The mentions that have these words, else the shortest around them, else those of their main word."""
    mentions = [m for m in passage.mentions if m.how not in ("title", "adjective")]
    exact = [m for m in mentions if _trimmed(passage, m) == (span.start, span.end)]
    if exact:
        return exact
    around = [m for m in mentions if m.start <= span.start and span.end <= m.end]
    main = [m for m in mentions if span.start <= m.start <= span.root.i < m.end <= span.end]
    for group in (around, main):
        if group:
            shortest = min(m.end - m.start for m in group)
            return [m for m in group if m.end - m.start == shortest]
    return []


def _trimmed(passage: Passage, mention: Mention) -> tuple[int, int]:
    start, end = mention.start, mention.end
    if end - start > 1 and passage.doc[start].lower_ in _ARTICLES:
        start += 1
    if end - start > 1 and passage.doc[end - 1].lower_ in _POSSESSIVES:
        end -= 1
    return start, end


def _is_right(case: Case, passage: Passage, mentions: Sequence[Mention], reference: Reference) -> bool:
    labels = {m.entity.label for m in mentions}
    if case.others and labels and labels <= set(case.others):
        return True
    if not case.means:
        return not any(m.entity.known for m in mentions)
    return labels == set(case.means) and _keeps_wording(case, passage, mentions) and _speaks(case, mentions, reference)


def _keeps_wording(case: Case, passage: Passage, mentions: Sequence[Mention]) -> bool:
    words = (passage.doc[m.start : m.end].text.lower() for m in mentions if m.how == "loaded")
    return not case.wording or any(case.wording.lower() in text for text in words)


def _speaks(case: Case, mentions: Sequence[Mention], reference: Reference) -> bool:
    voices = (reference.entity(m.entity.id) for m in mentions)
    states = {state.label for known in voices if known and known.voice_of and (state := reference.entity(known.voice_of))}
    return not case.speaks_for or states == {case.speaks_for}


def table(results: Sequence[Outcome]) -> str:
    """Right and all by group, worst first, and the wrong ones."""
    groups = dict.fromkeys(outcome.case.group for outcome in results)
    counts = {group: [o.right for o in results if o.case.group == group] for group in groups}
    lines = [f"{'':28} {'right':>5} {'of':>4} {'share':>6}"]
    for group, rights in sorted(counts.items(), key=lambda item: sum(item[1]) / len(item[1])):
        lines.append(f"{group:28} {sum(rights):5} {len(rights):4} {sum(rights) / len(rights):6.2f}")
    lines.append(f"{'all':28} {sum(o.right for o in results):5} {len(results):4} {sum(o.right for o in results) / len(results):6.3f}")
    return "\n".join([*lines, "", *(str(o) for o in results if not o.right)])


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Share of the resolution cases that are right.")
    parser.add_argument("--group", help="only the cases of this group")
    wanted = parser.parse_args().group
    print(table(outcomes((case for case in read_cases() if wanted in (None, case.group)), load_reference())))


if __name__ == "__main__":
    main()
