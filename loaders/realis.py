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
_BELOW = frozenset({"xcomp", "ccomp", "dobj", "pcomp", "acl", "pobj", "nsubjpass", "advcl", "prep", "relcl", "conj", "oprd", "dative", "attr"})


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
    while token.head != token and token.dep_ in _BELOW | {"nsubj"} | {"aux", "agent", "compound", "amod"}:
        dep, head = token.dep_, token.head
        lemma = head.lemma_.lower()
        if is_verbal(head):
            if dep in ("conj", "relcl", "advcl") and not (dep == "advcl" and head.lemma_ in ()):
                return None if dep != "conj" else _verdict_of_conjunct(token, words)
            if dep == "nsubj":
                return "planned" if modality(head) in ("future", "would", "possible", "condition") else None
            if dep in ("prep", "pobj") and (token.lower_ in _CIRCUMSTANCE or token.head.lower_ in _CIRCUMSTANCE):
                return None
            if dep in ("prep", "pobj") and lemma not in words["refusing"] | words["planning"]:
                return None
            verdict = _verdict(head, lemma, dep, words, is_verbal(trigger))
            if verdict is not None:
                return verdict
        elif head.pos_ == "NOUN" and lemma in words["reporting_nouns"] and dep == "acl":
            return "reported"
        elif head.pos_ == "NOUN" and lemma in words["planning_nouns"] and dep in ("acl", "prep", "relcl", "compound"):
            return _verdict_above(head, words) if _verdict_above(head, words) == "refused" else "planned"
        token = head
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
