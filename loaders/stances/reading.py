"""Stances: who takes which side towards whom or what, by which act, and in which words.

``read_stances`` goes through the words of a passage; the verbs, nouns, adjectives and judgements that
take a side are read by modules of their own, from the words in ``lexicon/stances.toml``.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from graph.records import Stance
from loaders.clauses import is_verbal
from loaders.passages import Passage
from loaders.quotations.marks import Stretch
from loaders.quotations.reading import Attribution, attributed
from loaders.stances.conditions import read_condition
from loaders.stances.drafts import Draft
from loaders.stances.holders import Scene
from loaders.stances.judgements import read_judgement
from loaders.stances.lexicon import match_adjectives
from loaders.stances.nouns import read_noun
from loaders.stances.states import read_adjective, read_line
from loaders.stances.verbs import read_verb
from loaders.timing import date_of
from ontology.kinds import plover_of_stance


def read_stances(passage: Passage, quoted: Sequence[tuple[Stretch, Attribution]] | None = None) -> Iterator[Stance]:
    """The stances of a passage in the order of their words; ``quoted`` is what ``attributed`` gives, for callers that have it."""
    scene = Scene(passage, attributed(passage) if quoted is None else quoted)
    for draft in _distinct(_drafts(scene)):
        start, end, text = passage.raw(draft.span)
        yield Stance(
            source=passage.document.source.id, start=start, end=end, text=text, rule=f"stance-{draft.rule}",
            holder=draft.holder.entity, reported_speaker=draft.holder.reported, target=draft.matter.target,
            polarity=draft.polarity, act=draft.act, date=date_of(passage, draft.trigger),
            plover=_plover(draft),
        )  # fmt: skip


def _plover(draft: Draft) -> str | None:
    return plover_of_stance(draft.act, draft.polarity) if draft.plover is None else draft.plover or None


def _drafts(scene: Scene) -> Iterator[Draft]:
    told: list[Draft] = []
    told_as_true = (s for s in scene.passage.doc.sents if not s.text.rstrip("”\"’' ").endswith("?"))  # a question takes no side
    for token in chain.from_iterable(told_as_true):
        found = list(read_adjective(scene, token)) if match_adjectives(token) else []
        if not found and (is_verbal(token) or token.tag_.startswith("VB")):
            found = [*read_verb(scene, token), *read_judgement(scene, token), *read_condition(scene, token)]
        if token.pos_ in ("NOUN", "PROPN"):
            found += [*read_noun(scene, token), *read_line(scene, token, told)]
        told += found
    yield from told


def _distinct(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """One draft for a holder, target and side where the words overlap."""
    seen: dict[object, list[Draft]] = {}
    for draft in drafts:
        alike = seen.setdefault((draft.holder.entity.id, draft.matter.target, draft.polarity), [])
        if not any(d.span.start < draft.span.end and draft.span.start < d.span.end for d in alike):
            alike.append(draft)
            yield draft
