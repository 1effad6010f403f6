"""Who takes part in what a text goes on telling: “the bombardment”, “the sanctions were lifted”, “withdrew from the treaty”."""

from collections.abc import Iterator, Sequence

from graph.records import Entity
from loaders.clauses import is_verbal
from loaders.events.noun_classes import noun_class
from loaders.events.participants import cast_of_noun, cast_of_verb
from loaders.events.rules import triggers
from loaders.parsed import Token
from loaders.passages import Passage

_REACH = 3  # sentences
_FORCE, _SANCTION, _AGREEMENT = "MilitaryAction", "Sanction", "Agreement"
# What is told again, and how many states it takes to be told in full.
_RETOLD = {_FORCE: 1, _SANCTION: 1, _AGREEMENT: 2}
_SIDES = ("State", "Organisation", "Group")


def sides_before(passage: Passage, kind: str, trigger: Token, named: Sequence[Entity]) -> tuple[Entity, ...]:
    """The sides of the act of the same kind told just before, where a text names none of them, or of a treaty one."""
    sides = [e for e in named if e.type in _SIDES]
    if len(sides) >= _RETOLD.get(kind, 0) or (kind == _AGREEMENT and not _tells_treaty_again(trigger)):
        return ()
    if kind != _AGREEMENT and (named or not _points_back(trigger)):
        return ()
    for told in _casts_before(passage, kind, trigger):
        if len(told) >= 2 and set(sides) <= set(told):
            return told
    return ()


def _points_back(trigger: Token) -> bool:
    """“the bombardment”, “this siege”, “the sanctions were lifted”, “the town was shelled”; not “a war broke out”."""
    if not is_verbal(trigger) and any(t.ent_type_ == "DATE" for t in trigger.subtree):  # “the massacre of May 1901” is another
        return False
    nouns = [c for c in trigger.children if c.dep_ in ("nsubjpass", "dobj")] if is_verbal(trigger) else [trigger]
    return any(c.lower_ in ("a", "the", "this", "these", "that") for noun in nouns for c in noun.lefts)


def _tells_treaty_again(trigger: Token) -> bool:
    """“quit that pact”, “withdrew from the agreement”."""
    tokens = trigger.subtree if is_verbal(trigger) else (trigger,)
    treaties = (t for t in tokens if t.base in noun_class("treaties"))
    return any(c.lower_ in ("the", "this", "that") for noun in treaties for c in noun.lefts)


def _casts_before(passage: Passage, kind: str, trigger: Token) -> Iterator[tuple[Entity, ...]]:
    """Who took part in the acts of a kind told before a word, the nearest first."""
    verbs, nouns = triggers()
    start = trigger.sent
    sentences = [s for s in passage.doc.sents if s.start <= start.start][-_REACH:]
    for token in reversed([t for s in sentences for t in s if t.i < trigger.i]):
        lemma = token.base
        rules = verbs.get(lemma, ()) if is_verbal(token) else nouns.get(lemma, ()) if token.pos_ in ("NOUN", "PROPN") else ()
        if any(rule.kind == kind for rule in rules):
            cast = cast_of_verb(passage, token) if is_verbal(token) else cast_of_noun(passage, token)
            yield tuple(e for e in cast.participants if e.type in _SIDES)
