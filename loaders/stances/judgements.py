"""Judgements: “described X as a true friend”, “said that X was unacceptable”, “claimed that A violated …”, “said A should …”."""

from collections.abc import Iterator

from spacy.tokens import Token

from graph.records import Entity
from loaders.clauses import clause_span, complement, is_passive, is_verbal, modality, negated, objects, patients, subjects
from loaders.stances.drafts import Draft, drafts, turned
from loaders.stances.holders import Scene, holders_of
from loaders.stances.lexicon import Entry, lemma, word_set
from loaders.stances.matters import matter_of_clause, matters_of_nouns
from loaders.stances.standing import TOLD, standing

_ACTS = {"support": "praise", "oppose": "condemn"}
_FAR = 9  # words of a predicate that are looked at
_PRIVATE = frozenset({"believe", "think", "feel", "conclude", "find"})


def read_judgement(scene: Scene, verb: Token) -> Iterator[Draft]:
    """The judgements that a verb tells."""
    name = lemma(verb)
    if name in word_set("judgement", "verbs"):
        yield from _as(scene, verb)
    if name in word_set("governors", "reporting"):
        clause = complement(verb)
        if clause is not None and clause.dep_ == "ccomp" and standing(verb) == TOLD:
            for told in (clause, *(c for c in clause.children if c.dep_ == "conj" and is_verbal(c))):
                yield from _said_to_be(scene, verb, told)
                yield from _should(scene, verb, told)
                yield from _misdeed(scene, verb, told)
    if name in word_set("judgement", "noting"):
        yield from _noted(scene, verb)


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
    seen = patients(verb) or [c for predicate in predicates for c in predicate.children if c.dep_ == "nsubj"]
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


def _said_to_be(scene: Scene, verb: Token, clause: Token) -> Iterator[Draft]:
    """“said that X was unacceptable”."""
    if lemma(clause) not in word_set("judgement", "copulas") or modality(clause) not in ("actual", "would"):
        return
    predicates = [c for c in clause.children if c.dep_ in ("acomp", "attr", "oprd", "dobj")]
    polarity = polarity_of(predicates[0]) if predicates else None
    if polarity is None:
        return
    polarity = turned(polarity) if negated(clause) else polarity
    about = [t for t in subjects(clause) if t.lower_ not in ("it", "this", "that", "there", "what")]
    entry = Entry("judge-said", "state" if lemma(verb) in _PRIVATE else _ACTS[polarity], polarity)
    span = verb.doc[min(clause_span(verb).start, clause_span(clause).start) : max(clause_span(verb).end, clause_span(clause).end)]
    yield from drafts(clause, span, holders_of(scene, subjects(verb), verb), matters_of_nouns(scene, about), entry)


def _should(scene: Scene, verb: Token, clause: Token) -> Iterator[Draft]:
    """“said that A should inform B”, “troops must be withdrawn”."""
    needs = any(c.dep_ == "aux" and c.lower_ in ("must", "should", "ought") for c in clause.children)
    if not needs:
        return
    matter = matter_of_clause(scene, clause)
    if matter is None:
        return
    entry = Entry("should", "demand", "support")
    holders = holders_of(scene, subjects(verb), verb)
    yield from drafts(clause, clause_span(verb), holders, [matter], entry)


def _misdeed(scene: Scene, verb: Token, clause: Token) -> Iterator[Draft]:
    """“claimed that A violated the truce”: accuses A."""
    if lemma(verb) not in word_set("judgement", "accusing") or lemma(clause) not in word_set("judgement", "misdeeds") or negated(clause):
        return
    if modality(clause) != "actual" or is_passive(clause):
        return
    accused = [m for m in matters_of_nouns(scene, subjects(clause)) if isinstance(m.target, Entity) or _owned(scene, subjects(clause))]
    entry = Entry("claim-misdeed", "accuse", "oppose")
    yield from drafts(clause, clause_span(verb), holders_of(scene, subjects(verb), verb), accused, entry)


def _owned(scene: Scene, nouns: list[Token]) -> bool:
    """“the actions of A”: are they somebody's?"""
    return any(scene.passage.mentions_in(n.left_edge.i, n.right_edge.i + 1) for n in nouns)


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
