"""Did it happen? ``actual``, ``reported``, ``planned``, ``refused`` or ``denied``; None for what is only supposed."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from loaders.clauses import is_verbal, modality, negated
from loaders.passages import Passage
from loaders.word_lists import word_lists

# “At the summit, X agreed …”: what stands behind these is when and where, not what was agreed.
_CIRCUMSTANCE = frozenset({"after", "amid", "at", "before", "by", "during", "following", "in", "since", "under", "until", "upon", "within"})
_CLIMBED = frozenset(
    "acl advcl agent amod attr aux ccomp compound conj dative dobj nsubj nsubjpass oprd pcomp pobj prep relcl xcomp".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an event happened, and the word that says so: “demanded” of what is demanded."""

    realis: str
    by: Token | None = None


def judge(passage: Passage, trigger: Token) -> Judgement | None:
    """Reads the words above and beside an event's trigger, the nearest first."""
    words = _lexicon()
    if is_verbal(trigger):
        own = _of_itself(trigger, words)
        if own is not None:
            return own if own.realis != "supposed" else None
    above = _verdict_above(trigger, words)
    if _never_came(trigger):
        return Judgement("refused")
    if above is not None:
        return None if above.realis == "supposed" else above
    if any(child.lower_ in words["hearsay"] for child in _clause_words(trigger)):
        return Judgement("reported")
    return Judgement("actual")


def _of_itself(verb: Token, words: dict[str, Any]) -> Judgement | None:
    """What a verb says of itself by its auxiliaries and by what it means."""
    mood = modality(verb)
    if negated(verb) and mood == "actual" and _until(verb):
        return None
    if negated(verb):
        return Judgement(_of_negated(verb, mood, words))
    if mood in ("condition", "possible", "obligation") or (mood == "would" and _under_condition(verb)):
        return Judgement("supposed")
    if mood in ("future", "would"):
        return Judgement("planned")
    if verb.lemma_.lower() in words["offering"]:
        return Judgement("refused" if _never_came(verb) else "planned", verb)
    return None


def _until(verb: Token) -> bool:
    """“were not resumed until 1991” and “only”: they were resumed then."""
    return any(child.lower_ in ("until", "till") and child.dep_ in ("mark", "prep") for child in verb.rights) or any(
        mark.lower_ in ("until", "till") for child in verb.rights if child.dep_ == "advcl" for mark in child.lefts
    )


def _under_condition(verb: Token) -> bool:
    """“if he were X, he would vote for Y”; “would retaliate if attacked” is a threat, and planned."""
    return any(c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.lefts) for c in verb.lefts)


def _of_negated(verb: Token, mood: str, words: dict[str, Any]) -> str:
    """“insists that it never attacked X” denies, “has not joined the boycott” and “would not send arms” refuse."""
    if mood in ("future", "would"):
        return "refused" if _is_willed(verb) else "supposed"
    if mood == "actual" and verb.lemma_.lower() in words["withholding"]:
        return "refused"
    told = verb.dep_ == "ccomp" and is_verbal(verb.head) and verb.head.lemma_.lower() in words["protesting"]
    return "denied" if told and mood == "actual" else "supposed"


def _is_willed(verb: Token) -> bool:
    """“said it would not send arms” refuses; “would not rain” and “will not be sent” do not."""
    return verb.dep_ in ("ROOT", "ccomp") and any(child.dep_ == "nsubj" for child in verb.lefts)


def _verdict_above(trigger: Token, words: dict[str, Any]) -> Judgement | None:
    """What the nearest governing word that judges says of what stands below it."""
    token = trigger
    while token.head != token and token.dep_ in _CLIMBED:
        if is_verbal(token.head):
            verdict = _verdict_of_verb(token, words, is_verbal(trigger))
        elif token.head.pos_ == "NOUN":
            verdict = _verdict_of_noun(token, words)
        elif token.head.pos_ == "ADJ":
            verdict = _verdict_of_adjective(token, words)
        else:
            verdict = None
        if verdict is not None:
            return None if verdict == "open" else Judgement(verdict, token.head)
        token = token.head
    return None


def _verdict_of_adjective(token: Token, words: dict[str, Any]) -> str | None:
    """“is ready to send …” plans, “is unwilling to …” refuses."""
    adjective = token.head.lower_
    if token.dep_ != "xcomp" or token.tag_ != "VB":
        return None
    turned_down = adjective in words["refusing_adjectives"] or negated(token.head.head)
    return ("refused" if turned_down else "planned") if adjective in words["planning_adjectives"] | words["refusing_adjectives"] else None


def _verdict_of_verb(token: Token, words: dict[str, Any], verbal: bool) -> str | None:
    """What a governing verb says of the word below it; ``open`` where nothing above it counts any more."""
    dep, head = token.dep_, token.head
    if dep == "conj":
        return _verdict_of_conjunct(token, words) or "open"
    if dep == "nsubj":
        return "planned" if modality(head) in ("future", "would", "possible", "condition") else "open"
    if dep in ("relcl", "advcl"):
        purpose = dep == "advcl" and any(child.tag_ == "TO" for child in token.lefts)
        return "planned" if purpose and modality(head) in ("future", "would") else "open"
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
        above = _verdict_above(token.head, words)
        return "refused" if above is not None and above.realis == "refused" else "planned"
    return None


def _verdict_of_conjunct(token: Token, words: dict[str, Any]) -> str | None:
    """“plans to visit X and meet Y”: the second infinitive shares the first one's judgement."""
    if token.tag_ == "VB" and token.head.tag_ == "VB":
        above = _verdict_above(token.head, words)
        return above.realis if above is not None else None
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


def word_set(name: str) -> frozenset[str]:
    """A list of ``lexicon/realis.toml``."""
    found: frozenset[str] = _lexicon()[name]
    return found


@cache
def _never() -> re.Pattern[str]:
    return re.compile(_lexicon()["never_came"], re.IGNORECASE)


@cache
def _lexicon() -> dict[str, Any]:
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in word_lists("realis.toml").items()}
