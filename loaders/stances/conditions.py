"""Demands told as conditions: “would not leave until A paid”, “will sign only if A withdraws”, “on condition that A leave”."""

from collections.abc import Iterator

from loaders.clauses import clause_span, grammatical_subjects, is_passive, is_verbal, modality, negated, reporting_verb, subjects
from loaders.parsed import Token
from loaders.stances.drafts import Draft, drafts
from loaders.stances.holders import Holder, Scene, actors_at, holders_of
from loaders.stances.lexicon import Entry, lemma, word_set
from loaders.stances.matters import Matter, matter_of_clause, matters_of_nouns
from loaders.stances.standing import standing

_UNLESS = frozenset({"unless", "until", "till"})
_BOUND = frozenset({"future", "would", "possible"})
_DEMAND = Entry("condition", "demand", "support")


def read_condition(scene: Scene, clause: Token) -> Iterator[Draft]:
    """The demand that a clause of condition makes of somebody else than those who set it."""
    above = _deed_bound(clause)
    if above is None:
        return
    holders = holders_of(scene, subjects(above), above) or _tellers(scene, above)
    doers = {e for t in grammatical_subjects(clause) for e in actors_at(scene, t)}
    if not holders or any(h.entity in doers for h in holders):
        return
    matter = _wanted(scene, clause)
    if matter is not None:
        span = clause_span(clause)
        yield from drafts(clause, span, holders, [matter], _DEMAND)


def _deed_bound(clause: Token) -> Token | None:
    """The verb of what is done only on the condition."""
    above = clause.head
    marks = {c.lower_ for c in clause.lefts if c.dep_ in ("mark", "advmod")}
    if clause.dep_ == "advcl" and is_verbal(above):
        if not marks.isdisjoint(_UNLESS):
            return above if _is_withheld(above) and lemma(above) != "be" else None
        only = {"if", "when", "once", "after"} & marks and "only" in marks | {
            clause.left_edge.nbor(-1).lower_ if clause.left_edge.i else ""
        }
        return above if only and (modality(above) in _BOUND or _is_willing(above)) else None
    if clause.dep_ in ("acl", "ccomp", "relcl") and lemma(above) == "condition" and above.dep_ == "pobj" and above.head.lower_ == "on":
        deed = next((t for t in above.ancestors if is_verbal(t)), None)
        return deed if deed is not None and standing(deed) is not None else None
    return None


def _is_withheld(verb: Token) -> bool:
    """“would not sign”, “refuses to sign”, “declined to recognise”."""
    if negated(verb) and modality(verb) in _BOUND:
        return True
    chain = [verb, *(t for t in verb.ancestors if verb.dep_ in ("xcomp", "ccomp"))]
    return any(lemma(t) in word_set("governors", "refusing") for t in chain[:2])


def _is_willing(verb: Token) -> bool:
    """“agreed to sign only if …”."""
    return lemma(verb) in ("agree", "consent", "offer", "promise") or (
        verb.dep_ == "xcomp" and lemma(verb.head) in ("agree", "offer", "promise")
    )


def _tellers(scene: Scene, verb: Token) -> list[Holder]:
    """Who says a clause in the passive: “A said that aid would not be resumed until …”."""
    teller = reporting_verb(verb) if is_passive(verb) else None
    return holders_of(scene, subjects(teller), teller) if teller is not None else []


def _wanted(scene: Scene, clause: Token) -> Matter | None:
    """What the clause asks; of “until there is progress” the progress."""
    if any(c.dep_ == "expl" for c in clause.children):
        return next(iter(matters_of_nouns(scene, [c for c in clause.rights if c.dep_ in ("attr", "nsubj", "dobj")])), None)
    if not any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children):
        return None
    return matter_of_clause(scene, clause)
