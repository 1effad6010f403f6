"""Judgements: “described X as a true friend”, “said that X was unacceptable”, “claimed that A violated …”, “said A should …”."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from loaders.clauses import clause_span, complement, is_passive, is_verbal, modality, negated, objects, patients, reporting_verb, subjects
from loaders.stances.drafts import Draft, drafts, turned
from loaders.stances.holders import Holder, Scene, actors_at, holders_of
from loaders.stances.lexicon import Entry, lemma, match_verb, word_set
from loaders.stances.matters import Matter, matter_of_clause, matters_of_nouns
from loaders.stances.standing import TOLD, standing

_ACTS = {"support": "praise", "oppose": "condemn"}
_CLAUSE = frozenset({"ROOT", "conj", "ccomp", "parataxis", "advcl"})
_FAR = 9  # words of a predicate that are looked at
_PRIVATE = frozenset({"believe", "think", "feel", "conclude", "find"})


def read_judgement(scene: Scene, verb: Token) -> Iterator[Draft]:
    """The judgements that a verb tells."""
    name = lemma(verb)
    if name in word_set("judgement", "verbs"):
        yield from _as(scene, verb)
    if name in word_set("judgement", "noting"):
        yield from _noted(scene, verb)
    report = _report_of(scene, verb)
    if report is not None:
        yield from _said_to_be(scene, verb, report)
        yield from _should(scene, verb, report)
        yield from _misdeed(scene, verb, report)
        yield from _will_not(scene, verb, report)


@dataclass(frozen=True, slots=True)
class _Report:
    """Who says a clause, and by which verb (None: in a quotation)."""

    holders: tuple[Holder, ...]
    verb: Token | None

    @property
    def how(self) -> str:
        return lemma(self.verb) if self.verb is not None else "say"


def _report_of(scene: Scene, clause: Token) -> _Report | None:
    """Who says a clause: the subject of the verb above it, or the speaker of the quotation it stands in."""
    above = reporting_verb(clause)
    if above is not None and lemma(above) in word_set("governors", "reporting") and standing(above) == TOLD:
        holders = holders_of(scene, subjects(above), above)
        if holders:
            return _Report(tuple(holders), above)
    if clause.dep_ in _CLAUSE and (speaker := scene.speaker(clause)) is not None:
        return _Report((Holder(speaker),), None)
    return None


def _as(scene: Scene, verb: Token) -> Iterator[Draft]:
    """“described X as Y”, “called X Y”, “X was called Y by A”."""
    predicates = list(_predicates(verb))
    polarity = next((p for predicate in predicates if (p := polarity_of(predicate))), None)
    told = standing(verb)
    if polarity is None or told is None:
        return
    act = _ACTS[polarity]
    if told != TOLD:
        polarity, act = turned(polarity), "state"
    first = min((p.i for p in predicates), default=len(verb.doc))
    seen = [t for t in patients(verb) if t.i < first] or [c for predicate in predicates for c in predicate.children if c.dep_ == "nsubj"]
    entry = Entry("judge-as", act, polarity)
    yield from drafts(verb, clause_span(verb), holders_of(scene, subjects(verb), verb), matters_of_nouns(scene, seen), entry)


def _predicates(verb: Token) -> Iterator[Token]:
    """What somebody is called: behind “as”, a second object, a small clause, or an adverb (“viewed X favourably”)."""
    for word in (verb, *objects(verb)):
        for child in word.rights:
            if child.lower_ == "as" and child.dep_ in ("prep", "mark", "advmod"):
                yield from child.rights
    for child in verb.children:
        small = child.dep_ == "ccomp" and not is_verbal(child)
        if small or child.dep_ in ("oprd", "xcomp") or (child.dep_ == "advmod" and child.i > verb.i):
            yield child


def _said_to_be(scene: Scene, clause: Token, report: _Report) -> Iterator[Draft]:
    """“said that X was unacceptable”."""
    if lemma(clause) not in word_set("judgement", "copulas") or modality(clause) not in ("actual", "would"):
        return
    predicates = [c for c in clause.children if c.dep_ in ("acomp", "attr", "oprd", "dobj")]
    polarity = polarity_of(predicates[0]) if predicates else None
    if polarity is None:
        return
    polarity = turned(polarity) if negated(clause) else polarity
    about = [t for t in subjects(clause) if t.lower_ not in ("it", "this", "that", "there", "what")]
    entry = Entry("judge-said", "state" if report.how in _PRIVATE else _ACTS[polarity], polarity)
    yield from drafts(clause, _span(clause, report), report.holders, matters_of_nouns(scene, about), entry)


def _should(scene: Scene, clause: Token, report: _Report) -> Iterator[Draft]:
    """“said that A should inform B”, “troops must be withdrawn”."""
    if not any(c.dep_ == "aux" and c.lower_ in ("must", "should", "ought") for c in clause.children):
        return
    matter = matter_of_clause(scene, clause)
    if matter is not None:
        entry = Entry("should", "demand", "support")
        yield from drafts(clause, _span(clause, report), report.holders, [matter], entry)


def _misdeed(scene: Scene, clause: Token, report: _Report) -> Iterator[Draft]:
    """“claimed that A violated the truce” accuses A; “claimed that X would destroy Y” warns of X."""
    bad = word_set("judgement", "misdeeds")
    if report.how in word_set("judgement", "charging"):
        bad |= word_set("judgement", "crimes")
    if report.how not in word_set("judgement", "accusing") | word_set("judgement", "charging") or lemma(clause) not in bad:
        return
    if negated(clause) or is_passive(clause):
        return
    blamed = [t for t in subjects(clause) if scene.passage.mentions_in(t.left_edge.i, t.right_edge.i + 1)]
    when = modality(clause)
    if when in ("actual", "future", "would"):
        entry = Entry("claim-misdeed", "accuse" if when == "actual" else "warn", "oppose")
        yield from drafts(clause, _span(clause, report), report.holders, matters_of_nouns(scene, blamed), entry)


def _will_not(scene: Scene, clause: Token, report: _Report) -> Iterator[Draft]:
    """“A said *it would not* extend the deadline” refuses; what a word of the lexicon says stays with that word."""
    if not negated(clause) or modality(clause) not in ("future", "would") or lemma(clause) in word_set("judgement", "copulas"):
        return
    who = [e for t in subjects(clause) for e in actors_at(scene, t)]
    if match_verb(clause) is None and any(h.entity in who for h in report.holders):
        matter = matter_of_clause(scene, clause, subject=False, composed=False)
        entry = Entry("will-not", "reject", "oppose")
        yield from drafts(clause, _span(clause, report), report.holders, [Matter(matter.target)] if matter else [], entry)


def _span(clause: Token, report: _Report) -> Span:
    """The clause, and what reports it."""
    own = clause_span(clause)
    if report.verb is None:
        return own
    above = clause_span(report.verb)
    return clause.doc[min(above.start, own.start) : max(above.end, own.end)]


def _noted(scene: Scene, verb: Token) -> Iterator[Draft]:
    """“noted the friendly relations”, “stressed the importance of X”, “pointed out the barbarous act”."""
    if standing(verb) != TOLD or complement(verb) is not None:
        return
    for noun in objects(verb):
        weighty = lemma(noun) in word_set("matter", "weighty") | word_set("matter", "undue")
        polarity = _polarity_of_head(noun)
        if polarity is None:
            continue
        entry = Entry("judge-noted", "state" if weighty else _ACTS[polarity], polarity)
        yield from drafts(verb, clause_span(verb), holders_of(scene, subjects(verb), verb), matters_of_nouns(scene, [noun]), entry)


def _polarity_of_head(noun: Token) -> str | None:
    """By the noun and its own adjectives only."""
    if lemma(noun) in word_set("matter", "weighty") | word_set("matter", "undue"):
        return "support" if lemma(noun) in word_set("matter", "weighty") else "oppose"
    words = {t.lower_ for c in noun.lefts if c.dep_ in ("amod", "compound") for t in (c, *c.children)} | {lemma(noun)}
    if not words.isdisjoint(word_set("judgement", "negative")):
        return "oppose"
    return None if words.isdisjoint(word_set("judgement", "positive")) else "support"


def polarity_of(predicate: Token) -> str | None:
    """``support`` or ``oppose`` by the first judging word of a phrase, “not” before it heeded."""
    start = predicate.left_edge.i
    for token in predicate.doc[start : min(predicate.right_edge.i + 1, start + _FAR)]:
        if token.dep_ == "relcl":
            break
        for name, polarity in (("negative", "oppose"), ("positive", "support")):
            if token.lower_ in word_set("judgement", name) or token.lemma_.lower() in word_set("judgement", name):
                no = any(t.lower_ in ("not", "no", "never", "hardly", "un") for t in predicate.doc[max(start, token.i - 3) : token.i])
                return turned(polarity) if no else polarity
    return None
