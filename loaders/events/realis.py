"""Did it happen? ``actual``, ``reported``, ``planned``, ``refused`` or ``denied``; None for what is only supposed."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.clauses import is_verbal, modality, negated, shares_clause
from loaders.events.noun_classes import noun_class
from loaders.parsed import Token
from loaders.passages import Passage
from loaders.word_lists import word_lists

# “At the summit, X agreed …”: what stands behind these is when and where, not what was agreed.
_CIRCUMSTANCE = frozenset({"after", "amid", "at", "before", "by", "during", "following", "in", "since", "under", "until", "upon", "within"})
_PAST = frozenset({"VBD", "VBN"})
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
    else:
        own = _of_its_attributes(trigger, words)
        if own is not None:
            return own
    above = None if _is_presupposed(trigger, words) else _verdict_above(trigger, words)
    if above is not None and above.realis == "refused" and _is_judged(trigger, words):
        above = None
    if _never_came(trigger, planned=above is not None and above.realis == "planned"):
        return Judgement("refused")
    if above is not None:
        return None if above.realis == "supposed" else above
    return Judgement("reported" if _is_hearsay(trigger, words) else "actual")


def _is_presupposed(trigger: Token, words: dict[str, Any]) -> bool:
    """“denied involvement in *the coup*”, “asked for an end to *sanctions*”: told as known, beside what is said of it."""
    if is_verbal(trigger):
        return False
    if trigger.dep_ == "dobj":
        return trigger.head.base in words["ending"]
    above = trigger.head.head
    blamed = trigger.head.lower_ in ("about", "for", "over") and above.base not in words["planning"] | words["refusing"]
    if trigger.dep_ != "pobj" or not (above.pos_ == "NOUN" or (is_verbal(above) and blamed)):
        return False
    if above.base in words["ends"]:
        return True
    return _is_definite(trigger) and above.base not in words["planning_nouns"] | words["reporting_nouns"] | words["stages"]


def _is_judged(noun: Token, words: dict[str, Any]) -> bool:
    """“declined to condemn *the coup*”, “opposed *the war*”: who takes no side, or is against it, does not undo it."""
    if noun.dep_ != "dobj" or not _is_definite(noun):
        return False
    verb = noun.head.base
    by_force = noun.base in noun_class("on_soil", "violence")
    return verb in words["judging"] or (verb in words["disapproving"] and by_force)


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in ("the", "this", "these", "that", "those") or child.dep_ == "poss" for child in noun.lefts)


def _of_its_attributes(noun: Token, words: dict[str, Any]) -> Judgement | None:
    """What stands beside a noun: “no invasion”, “the planned visit”, “an alleged attack”, “movements reported by the police”."""
    for child in noun.children:
        if child.dep_ == "det" and child.lower_ == "no":
            return Judgement("denied")
        if child.dep_ in ("amod", "acl") and child.i < noun.i:
            for realis in ("planned", "refused", "reported"):
                if child.lower_ in words[f"{realis}_attributes"]:
                    return Judgement(realis, child)
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lower_ in words["reported_attributes"]:
            return Judgement("reported", child)
    return None


def _is_hearsay(trigger: Token, words: dict[str, Any]) -> bool:
    """“reportedly”, “according to X”."""
    return any(child.lower_ in words["hearsay"] for child in _clause_words(trigger)) or any(
        child.lower_ == "according" for child in (trigger if is_verbal(trigger) else trigger.head).children
    )


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
    if verb.base in words["offering"] and not _binds(verb):
        return Judgement("refused" if _never_came(verb, planned=True) else "planned", verb)
    return None


def _binds(verb: Token) -> bool:
    """“pledged to prevent …” binds those who say it; “pledged 300 soldiers” plans what it tells."""
    return verb.base in ("pledge", "promise") and not any(child.dep_ in ("dobj", "nsubjpass") for child in verb.children)


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
    if mood == "actual" and verb.base in words["withholding"]:
        return "refused"
    told = verb.dep_ == "ccomp" and is_verbal(verb.head) and verb.head.base in words["protesting"]
    return "denied" if told and mood == "actual" else "supposed"


def _is_willed(verb: Token) -> bool:
    """“said it would not send arms” refuses; “would not rain” and “will not be sent” do not."""
    return verb.dep_ in ("ROOT", "ccomp") and any(child.dep_ == "nsubj" for child in verb.lefts)


def _verdict_above(trigger: Token, words: dict[str, Any]) -> Judgement | None:
    """What the nearest governing word that judges says of what stands below it."""
    token = trigger
    while token.head != token and token.dep_ in _CLIMBED and not _stands_alone(token, words):
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


def _is_ruled_out(verb: Token, words: dict[str, Any]) -> bool:
    """“lifting sanctions is out of the question”, “a withdrawal is unthinkable”."""
    said = " ".join(t.lower_ for t in verb.doc[verb.i : verb.right_edge.i + 1])
    return verb.lemma_ == "be" and any(f" {phrase}" in f" {said}" for phrase in words["ruled_out"])


def _stands_alone(token: Token, words: dict[str, Any]) -> bool:
    """Does it tell of itself, whatever governs it: “the embargo *imposed in 1962*”, “…; he *flew* home”, “he *came*, she refused”?"""
    if not is_verbal(token):
        return False
    told = modality(token) == "actual" and token.tag_ in _PAST
    if token.dep_ in ("acl", "relcl"):
        return told and token.head.base not in words["reporting_nouns"]
    between = token.doc[min(token.i, token.head.i) : max(token.i, token.head.i)]
    if any(t.text == ";" or (t.text == ":" and token.i < t.i) for t in between):
        return True
    if token.dep_ == "ccomp" and any(child.lower_ in ("why", "how") for child in token.lefts):
        return True
    # No verb of refusing or planning has a told clause below it: there the parser joined two sentences.
    willed = token.head.base in words["refusing"] | words["planning"] - words["reporting"]
    return token.dep_ == "ccomp" and told and willed and token.tag_ != "VBN"


def _verdict_of_adjective(token: Token, words: dict[str, Any]) -> str | None:
    """“is ready to send …”, “is close to signing …” plan, “is unwilling to …” refuses."""
    adjective = token.head.lower_
    if token.dep_ == "prep" and (adjective, token.lower_) == ("close", "to"):
        return "planned" if any(child.dep_ == "pcomp" for child in token.children) else None
    if token.dep_ != "xcomp" or token.tag_ != "VB":
        return None
    turned_down = adjective in words["refusing_adjectives"] or negated(token.head.head)
    return ("refused" if turned_down else "planned") if adjective in words["planning_adjectives"] | words["refusing_adjectives"] else None


def _verdict_of_verb(token: Token, words: dict[str, Any], verbal: bool) -> str | None:
    """What a governing verb says of the word below it; ``open`` where nothing above it counts any more."""
    dep, head = token.dep_, token.head
    if dep == "conj":
        return _verdict_of_conjunct(token, words) or "open"
    if dep == "xcomp" and head.lemma_ == "be":
        return _verdict_of_be(token)
    if dep in ("nsubj", "csubj") and _is_ruled_out(head, words):
        return "refused"
    if dep == "nsubj":
        return "planned" if modality(head) in ("future", "would", "possible", "condition") else "open"
    if dep in ("relcl", "advcl"):
        purpose = dep == "advcl" and any(child.tag_ == "TO" for child in token.lefts)
        return "planned" if purpose and modality(head) in ("future", "would") else "open"
    if dep in ("prep", "pobj"):
        if dep == "prep" and head.base in words["blaming"] and (token.lower_ == "of" or (verbal and token.lower_ == "for")):
            return "reported"
        circumstance = token.lower_ in _CIRCUMSTANCE or token.head.lower_ in _CIRCUMSTANCE
        circumstance = circumstance or (head.base in words["refusing"] and any(c.dep_ == "dobj" for c in head.rights))
        if circumstance or head.base not in words["refusing"] | words["planning"]:
            return "open"
    return _verdict(head, head.base, dep, words, verbal)


def _verdict_of_be(infinitive: Token) -> str | None:
    """“is to meet on Thursday” plans, “were to have met” tells of what did not come about."""
    if infinitive.tag_ != "VB":
        return None
    if infinitive.head.tag_ in ("VBP", "VBZ"):
        return "planned"
    return "refused" if _is_perfect(infinitive) else None


def _is_perfect(infinitive: Token) -> bool:
    """“to have met”."""
    return any(child.lower_ == "have" and child.dep_ == "aux" for child in infinitive.lefts)


def _verdict_of_noun(token: Token, words: dict[str, Any]) -> str | None:
    """“accusations that …” reports; “offers to …” and “talks on …” plan, unless they were turned down."""
    noun = token.head
    lemma = noun.base
    if lemma in words["reporting_nouns"] and (token.dep_ == "acl" or _is_of_phrase(token)):
        return "denied" if noun.head.base in words["refusing"] | words["denying"] else "reported"
    if lemma in words["refusing_nouns"] and token.dep_ == "acl":
        return "refused"
    if lemma in words["planning_nouns"] and token.dep_ in ("acl", "prep", "relcl", "compound"):
        above = _verdict_above(noun, words)
        return "refused" if _came_to_nothing(noun, words) or (above is not None and above.realis == "refused") else "planned"
    return None


def _is_of_phrase(preposition: Token) -> bool:
    """“accusations *of attacking* X”, “reports *of clashes*”."""
    return preposition.dep_ == "prep" and preposition.lower_ == "of"


def _came_to_nothing(plan: Token, words: dict[str, Any]) -> bool:
    """“has no plans to …”, “the attempt failed”, “the plan to … was dropped”."""
    none = any(child.dep_ == "det" and child.lower_ == "no" for child in plan.lefts)
    fails = plan.dep_ == "nsubj" and plan.head.base in words["failing"]
    dropped = plan.dep_ == "nsubjpass" and plan.head.base in words["dropping"] | words["refusing"]
    return none or fails or dropped


def _verdict_of_conjunct(token: Token, words: dict[str, Any]) -> str | None:
    """“plans to visit X and meet Y”, “says that X armed them and sent troops”: the second verb shares the first one's judgement."""
    head = token.head
    alike = token.tag_ == head.tag_ and token.tag_ in ("VB", "VBG")
    told = head.dep_ == "ccomp" and (shares_clause(token) or head.head.i > token.i)
    above = _verdict_above(head, words) if alike or told else None
    return above.realis if above is not None and (alike or above.realis == "reported") else None


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
    if dep == "dobj" and not verbal and lemma in words["ordering"] and modality(head) == "actual":
        return None  # “ordered raids on X”: carried out
    if lemma in words["planning"] and (verbal or dep in ("dobj", "pcomp", "pobj", "prep", "nsubjpass")):
        return "refused" if negated(head) else "planned"
    if lemma in words["reporting"] and _is_what_is_said(head, lemma, dep, words):
        return "reported"
    if modality(head) in ("condition", "possible") and dep in ("dobj", "xcomp", "nsubjpass"):
        return "supposed"
    if modality(head) in ("future", "would") and dep in ("dobj", "xcomp", "nsubjpass"):
        return "planned"
    return None


def _is_what_is_said(head: Token, lemma: str, dep: str, words: dict[str, Any]) -> bool:
    """“says that …”, “claims *to have captured* X”, “is said to have …”, “claimed *the capture* of X”."""
    if dep in ("xcomp", "oprd"):
        return any(_is_perfect(child) for child in head.children if child.dep_ == dep)
    return dep in ("ccomp", "pcomp", "pobj", "prep") or (
        dep == "dobj" and lemma in words["claiming"] and not any(child.lower_ == "as" for child in head.rights)
    )


def _never_came(trigger: Token, *, planned: bool) -> bool:
    """“The visit never took place”; of what was planned further on in its sentence too: “offered tanks, but the sale fell through”."""
    sentence = trigger.sent
    found = _never().search(sentence.text)
    told = found and sentence.char_span(*found.span(), alignment_mode="expand")
    if not told:
        return False
    if planned:
        return trigger.i < told.start
    verb = told.root
    subject = [child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")]
    about = [verb.head] if verb.dep_ == "relcl" and subject and subject[0].tag_ in ("WDT", "WP") else subject
    return any(trigger in (t, *t.subtree) and trigger.i < told.start for t in about)


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
