"""Did it happen? ``actual``, ``reported``, ``planned``, ``refused`` or ``denied``; None for what is only supposed."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from loaders.clauses import is_verbal, modality, negated
from loaders.passages import Passage

# “At the summit, X agreed …”: what stands behind these is when and where, not what was agreed.
_CIRCUMSTANCE = frozenset({"after", "amid", "at", "before", "by", "during", "following", "in", "since", "under", "until", "upon", "within"})
_CLIMBED = frozenset(
    "acl advcl agent amod attr aux ccomp compound conj dative dobj nsubj nsubjpass oprd pcomp pobj prep relcl xcomp".split()  # noqa: SIM905
)


def realis_of(passage: Passage, trigger: Token) -> str | None:
    """Reads the words above and beside an event's trigger, the nearest first."""
    words = _lexicon()
    own = trigger if is_verbal(trigger) else None
    if own is not None:
        if negated(own):
            return None
        mood = modality(own)
        if mood in ("condition", "possible", "obligation"):
            return None
        if mood in ("future", "would"):
            return "planned"
        if own.lemma_.lower() in ("offer", "propose", "request", "seek", "suggest", "threaten", "plan", "invite"):
            return "refused" if _never_came(trigger) else "planned"
    above = _verdict_above(trigger, words)
    if _never_came(trigger):
        return "refused"
    if above is not None:
        return None if above == "supposed" else above
    if any(child.lower_ in words["hearsay"] for child in _clause_words(trigger)):
        return "reported"
    return "actual"


def _verdict_above(trigger: Token, words: dict[str, Any]) -> str | None:
    """What the nearest governing word that judges says of what stands below it."""
    token = trigger
    while token.head != token and token.dep_ in _CLIMBED:
        if is_verbal(token.head):
            verdict = _verdict_of_verb(token, words, is_verbal(trigger))
        elif token.head.pos_ == "NOUN":
            verdict = _verdict_of_noun(token, words)
        else:
            verdict = None
        if verdict is not None:
            return None if verdict == "open" else verdict
        token = token.head
    return None


def _verdict_of_verb(token: Token, words: dict[str, Any], verbal: bool) -> str | None:
    """What a governing verb says of the word below it; ``open`` where nothing above it counts any more."""
    dep, head = token.dep_, token.head
    if dep == "conj":
        return _verdict_of_conjunct(token, words) or "open"
    if dep == "nsubj":
        return "planned" if modality(head) in ("future", "would", "possible", "condition") else "open"
    if dep in ("relcl", "advcl"):
        return "open"
    if dep in ("prep", "pobj"):
        circumstance = token.lower_ in _CIRCUMSTANCE or token.head.lower_ in _CIRCUMSTANCE
        if circumstance or head.lemma_.lower() not in words["refusing"] | words["planning"]:
            return "open"
    return _verdict(head, head.lemma_.lower(), dep, words, verbal)


def _verdict_of_noun(token: Token, words: dict[str, Any]) -> str | None:
    """“accusations that …” reports; “offers to …” and “talks on …” plan, unless they were turned down."""
    lemma = token.head.lemma_.lower()
    if lemma in words["reporting_nouns"] and token.dep_ == "acl":
        return "reported"
    if lemma in words["planning_nouns"] and token.dep_ in ("acl", "prep", "relcl", "compound"):
        return "refused" if _verdict_above(token.head, words) == "refused" else "planned"
    return None


def _verdict_of_conjunct(token: Token, words: dict[str, Any]) -> str | None:
    """“plans to visit X and meet Y”: the second infinitive shares the first one's judgement."""
    if token.tag_ == "VB" and token.head.tag_ == "VB":
        return _verdict_above(token.head, words)
    return None


def _verdict(head: Token, lemma: str, dep: str, words: dict[str, Any], verbal: bool) -> str | None:
    with_particle = " ".join([lemma, *(c.lower_ for c in head.children if c.dep_ == "prt")])
    if lemma in words["refusing"] or with_particle in words["refusing_with_particle"]:
        return None if dep in ("nsubj",) else "refused"
    if lemma in words["denying"]:
        return "denied"
    if lemma in words["avoiding"]:
        return "supposed"
    if lemma in words["permitting"] and negated(head):
        return "refused"
    if lemma in words["planning"] and (verbal or dep in ("dobj", "pcomp", "pobj", "prep", "nsubjpass")):
        return "refused" if negated(head) else "planned"
    if lemma in words["reporting"] and (dep in ("ccomp", "pcomp", "pobj", "prep") or (lemma == "announce" and dep == "dobj")):
        return "reported"
    if modality(head) in ("condition", "possible") and dep in ("dobj", "xcomp", "nsubjpass"):
        return "supposed"
    if modality(head) in ("future", "would") and dep in ("dobj", "xcomp", "nsubjpass"):
        return "planned"
    return None


def _never_came(trigger: Token) -> bool:
    return bool(_never().search(trigger.sent.text))


def _clause_words(trigger: Token) -> list[Token]:
    words = list(trigger.subtree)
    if trigger.head != trigger:
        words += list(trigger.head.children)
    return words


@cache
def _never() -> re.Pattern[str]:
    return re.compile(_lexicon()["never_came"], re.IGNORECASE)


@cache
def _lexicon() -> dict[str, Any]:
    table = tomllib.loads((Path(__file__).parent / "lexicon" / "realis.toml").read_text(encoding="utf-8"))
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in table.items()}
