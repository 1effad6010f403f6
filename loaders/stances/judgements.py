"""Judgements: “described X as a true friend”, “said that X was unacceptable”, “claimed that A violated …”, “said A should …”."""

from collections.abc import Iterator

from graph.records import Entity
from loaders.clauses import (
    clause_span,
    complement,
    is_passive,
    is_verbal,
    modality,
    negated,
    objects,
    oblique,
    owners,
    patients,
    reporting_verb,
    subjects,
)
from loaders.parsed import Token
from loaders.stances.drafts import Draft, drafts, turned
from loaders.stances.holders import Holder, Scene, holders_of
from loaders.stances.lexicon import Entry, lemma, match_noun, word_set
from loaders.stances.matters import Matter, entity_at, label_of, matter_of_clause, matters_of_nouns
from loaders.stances.standing import TOLD, standing
from loaders.stances.undertakings import Report, read_undertaking
from ontology.reference import load_reference

_ACTS = {"support": "praise", "oppose": "condemn"}
_CLAUSE = frozenset({"ROOT", "conj", "ccomp", "parataxis", "advcl"})
_FAR = 9  # words of a predicate that are looked at
_PRIVATE = frozenset({"believe", "think", "feel", "conclude", "find"})


def read_judgement(scene: Scene, verb: Token) -> Iterator[Draft]:
    """The judgements that a verb tells."""
    name = lemma(verb)
    if name in word_set("judgement", "verbs"):
        yield from _as(scene, verb)
    if name in word_set("judgement", "finding"):
        yield from _found_in_breach(scene, verb)
    if name in word_set("judgement", "noting"):
        yield from _noted(scene, verb)
    if name in word_set("judgement", "met_with"):
        yield from _with_feeling(scene, verb)
    report = _report_of(scene, verb)
    if report is not None:
        yield from _said_to_be(scene, verb, report)
        yield from _should(scene, verb, report)
        yield from _misdeed(scene, verb, report)
        yield from _blamed(scene, verb, report)
        yield from read_undertaking(scene, verb, report)


def _report_of(scene: Scene, clause: Token) -> Report | None:
    """Who says a clause: the subject of the verb above it, or the speaker of the quotation it stands in."""
    above = reporting_verb(clause)
    if above is not None and lemma(above) in word_set("governors", "reporting") and standing(above) == TOLD:
        holders = holders_of(scene, subjects(above), above)
        if holders:
            return Report(tuple(holders), above)
    if (viewers := _viewers(scene, clause)) and clause.dep_ in _CLAUSE:
        return Report(tuple(viewers), None)
    aside = next((c for c in clause.children if c.dep_ == "parataxis" and is_verbal(c)), None)  # “X, A said, was unlawful”
    if aside is not None and lemma(aside) in word_set("governors", "reporting") and (told := holders_of(scene, subjects(aside), aside)):
        return Report(tuple(told), aside)
    if clause.dep_ in _CLAUSE and (speaker := scene.speaker(clause)) is not None:
        return Report((Holder(speaker),), None)
    return None


def _viewers(scene: Scene, clause: Token) -> list[Holder]:
    """“according to *A*, X was …”, “in *A's* view X is …”."""
    told = oblique(clause, "according to") or [t for c in clause.lefts if c.lower_ == "according" for t in oblique(c, "to")]
    views = [t for t in oblique(clause, "in") if lemma(t) in word_set("judgement", "views")]
    first = clause.sent.start
    whom = [t for t in oblique(clause, "for") if t.ent_type_ in ("GPE", "NORP", "ORG") and t.head.i == first]  # “For A, X was …”
    return holders_of(scene, told or [o for t in views for o in owners(t)] or whom, clause)


def _as(scene: Scene, verb: Token) -> Iterator[Draft]:
    """“described X as Y”, “called X Y”, “X was called Y by A”."""
    predicates = list(_predicates(verb))
    polarity = next((p for predicate in predicates if (p := _polarity_of_design(predicate) or polarity_of(predicate))), None)
    told = standing(verb)
    if polarity is None or told is None:
        return
    act = "accuse" if any(is_blame(p) for p in predicates) else _ACTS[polarity]
    if told != TOLD:
        polarity, act = turned(polarity), "state"
    first = min((p.i for p in predicates), default=len(verb.doc))
    seen = [t for t in patients(verb) if t.i < first] or [c for predicate in predicates for c in predicate.lefts if _is_judged(c)]
    seen = seen or oblique(verb, "of", "to")  # “spoke of X as Y”
    entry = Entry("judge-as", act, polarity)
    yield from drafts(verb, clause_span(verb), holders_of(scene, subjects(verb), verb), matters_of_nouns(scene, seen), entry)


def _is_judged(word: Token) -> bool:
    """“called *the raid* shameful”, which the parser may take for one phrase."""
    return word.dep_ == "nsubj" or (word.dep_ == "compound" and word.head.pos_ == "ADJ")


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


def _said_to_be(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """“said that X was unacceptable”."""
    if lemma(clause) not in word_set("judgement", "copulas") or modality(clause) not in ("actual", "would"):
        return
    predicates = [c for c in clause.children if c.dep_ in ("acomp", "attr", "oprd", "dobj")]
    polarity = polarity_of(predicates[0]) if predicates else None
    if polarity is None:
        return
    polarity = turned(polarity) if negated(clause) else polarity
    act = "accuse" if is_blame(predicates[0]) and polarity == "oppose" else _ACTS[polarity]
    entry = Entry("judge-said", "state" if report.how in _PRIVATE and act != "accuse" else act, polarity)
    yield from drafts(clause, report.span(clause), report.holders, _judged(scene, clause, predicates[0]), entry)


def _judged(scene: Scene, clause: Token, predicate: Token) -> list[Matter]:
    """The subject; of “it was wrong to expel X” the clause behind."""
    named = [t for t in subjects(clause) if t.lower_ not in ("there", "what")]
    if any(t.lower_ == "it" for t in named):
        behind = (c for word in (clause, predicate) for c in word.rights if c.dep_ in ("xcomp", "ccomp", "advcl", "acl") and is_verbal(c))
        said = next((c for c in behind if c.tag_ == "VB" or any(m.lower_ == "that" for m in c.lefts)), None)
        if said is not None:
            matter = matter_of_clause(scene, said, composed=False)
            return [matter] if matter is not None else []
    return matters_of_nouns(scene, named)


def _should(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """“said that A should inform B”, “troops must be withdrawn”, “A needs to leave”."""
    if lemma(clause) == "be" and any(c.dep_ == "expl" for c in clause.children):
        return  # “there should be no X” is read as what there is not to be
    told = next((c for c in clause.children if c.dep_ == "xcomp" and c.tag_ in ("VB", "VBN")), None)
    bound = lemma(clause) in ("have", "need", "ought") and told is not None and modality(clause) == "actual" and not negated(clause)
    if not bound and not any(c.dep_ == "aux" and c.lower_ in ("must", "should", "ought") for c in clause.children):
        return
    doer = next((label_of(t) for t in subjects(clause)), "") if bound else ""
    punished = told is not None and (lemma(told) in word_set("matter", "harming") or any(lemma(t) == "lesson" for t in objects(told)))
    if bound and punished:  # “A had to be taught a lesson”
        entry = Entry("should", "demand", "oppose")
        yield from drafts(clause, report.span(clause), report.holders, matters_of_nouns(scene, subjects(clause)), entry)
        return
    matter = matter_of_clause(scene, told if bound and told is not None else clause, doer=doer)
    if matter is not None:
        nobody = any(t.lower_ in ("no", "nobody", "none", "neither") for t in subjects(clause))
        entry = Entry("should", "demand", "oppose" if nobody else "support")
        yield from drafts(clause, report.span(clause), report.holders, [matter], entry)


def _misdeed(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """“claimed that A violated the truce” accuses A; “claimed that X would destroy Y” warns of X."""
    charged = report.how in word_set("judgement", "charging") and lemma(clause) not in word_set("judgement", "copulas")
    accused = report.how in word_set("judgement", "accusing") and (
        lemma(clause) in word_set("judgement", "misdeeds") or _is_done_by_others(scene, clause, report)
    )
    if not charged and not accused:
        return
    if negated(clause) or is_passive(clause):
        return
    when = modality(clause)
    blamed = [t for t in subjects(clause) if when != "actual" or scene.passage.mentions_in(t.left_edge.i, t.right_edge.i + 1)]
    if when in ("actual", "future", "would"):
        entry = Entry("claim-misdeed", "accuse" if when == "actual" else "warn", "oppose")
        yield from drafts(clause, report.span(clause), report.holders, matters_of_nouns(scene, blamed), entry)


def _is_done_by_others(scene: Scene, clause: Token, report: Report) -> bool:
    """“said that A had bombed X”, where A is another state or body; not “said that it had bombed X”, nor what will be."""
    if lemma(clause) not in word_set("judgement", "violent") or modality(clause) != "actual":
        return False
    doers = [e for t in subjects(clause) if (e := entity_at(scene, t)) is not None]
    told_by = {e.id for h in report.holders for e in (h.entity, h.reported) if e is not None}
    tellers = (load_reference().entity(iri) for iri in told_by)
    if any(known is not None and known.body_kind == "media" for known in tellers):  # a paper reports, it does not accuse
        return False
    return bool(doers) and all(e.type in ("State", "Organisation") and e.id not in told_by for e in doers)


def _blamed(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """“found that A bore responsibility for X”, “said that A was to blame for X”, “was behind X”."""
    name = lemma(clause)
    if negated(clause) or modality(clause) != "actual":
        return
    bears = name in word_set("judgement", "bearing") and any(lemma(t) in word_set("judgement", "blames") for t in objects(clause))
    to_blame = name == "be" and any(lemma(c) == "blame" and c.tag_ == "VB" for c in clause.rights)
    behind = name == "be" and any(t.dep_ == "pobj" for t in oblique(clause, "behind"))
    breach = name == "be" and _is_in_breach(clause)
    if bears or to_blame or behind or breach:
        blamed = [m for m in matters_of_nouns(scene, subjects(clause)) if isinstance(m.target, Entity)]
        yield from drafts(clause, report.span(clause), report.holders, blamed, Entry("claim-blame", "accuse", "oppose"))


def _is_in_breach(word: Token) -> bool:
    """“was in breach of X”, “in violation of X”."""
    return any(lemma(t) in word_set("judgement", "breaches") for t in oblique(word, "in"))


def _found_in_breach(scene: Scene, verb: Token) -> Iterator[Draft]:
    """“declared A in breach of the treaty”."""
    found = objects(verb)
    if standing(verb) == TOLD and any(_is_in_breach(word) for word in (verb, *found)):
        blamed = [m for m in matters_of_nouns(scene, found) if isinstance(m.target, Entity)]
        holders = holders_of(scene, subjects(verb), verb)
        yield from drafts(verb, clause_span(verb), holders, blamed, Entry("claim-blame", "accuse", "oppose"))


def is_blame(predicate: Token) -> bool:
    """“responsible for X”, not “a responsible step”."""
    return predicate.lower_ in word_set("states", "accountable") and bool(oblique(predicate, "for") or oblique(predicate.head, "for"))


def _polarity_of_design(predicate: Token) -> str | None:
    """“an attempt to encircle X” is ill meant, “a step to mend ties” well."""
    if lemma(predicate) not in word_set("judgement", "designs"):
        return None
    aims = [c for c in predicate.rights if c.dep_ in ("acl", "relcl", "advcl") and is_verbal(c)] + [
        t for t in oblique(predicate, "of", "at") if t.tag_ == "VBG"
    ]
    wanted = {lemma(t) for t in aims}
    if not wanted.isdisjoint(word_set("judgement", "ill") | word_set("judgement", "misdeeds")):
        return "oppose"
    return None if wanted.isdisjoint(word_set("judgement", "well")) else "support"


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
    words = list(predicate.doc[start : min(predicate.right_edge.i + 1, start + _FAR)])
    words = words[: next((i for i, t in enumerate(words) if t.dep_ == "relcl"), len(words))]
    for token in (predicate, *words):  # “a historic mistake” is a mistake
        polarity = _polarity_of_word(token)
        if polarity is not None:
            no = any(t.lower_ in ("not", "no", "never", "hardly", "un") for t in predicate.doc[max(start, token.i - 3) : token.i])
            return turned(polarity) if no else polarity
    return None


def _polarity_of_word(token: Token) -> str | None:
    if is_blame(token):
        return "oppose"
    for name, polarity in (("negative", "oppose"), ("positive", "support")):
        if token.lower_ in word_set("judgement", name) or token.base in word_set("judgement", name):
            return polarity
    return None


def _with_feeling(scene: Scene, verb: Token) -> Iterator[Draft]:
    """“greeted X with dismay”, “noted with satisfaction X”, “reacted to X with anger”."""
    told = standing(verb)
    felt = next((entry for t in oblique(verb, "with") if (entry := match_noun(t)) is not None), None)
    if felt is None or told != TOLD or felt.polarity == "neutral" or felt.act == "endorse":
        return
    entry = Entry("with-feeling", felt.act, felt.polarity)
    matters = matters_of_nouns(scene, patients(verb) or oblique(verb, "to", "of"))
    yield from drafts(verb, clause_span(verb), holders_of(scene, subjects(verb), verb), matters, entry)
