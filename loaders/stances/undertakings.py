"""What somebody says of their own deeds: “A said it would not extend X”, “announced that its troops would leave”, “never attacked B”."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.clauses import clause_span, grammatical_subjects, is_passive, modality, negated, owners
from loaders.parsed import Span, Token
from loaders.stances.drafts import Draft, drafts
from loaders.stances.holders import Holder, Scene, actors_at
from loaders.stances.lexicon import Entry, lemma, match_verb, word_set
from loaders.stances.matters import Matter, matter_of_clause, matters_of_nouns

_FUTURE = ("future", "would")


@dataclass(frozen=True, slots=True)
class Report:
    """Who says a clause, and by which verb (None: in a quotation)."""

    holders: tuple[Holder, ...]
    verb: Token | None

    @property
    def how(self) -> str:
        """The lemma of the verb that reports it."""
        return lemma(self.verb) if self.verb is not None else "say"

    def span(self, clause: Token) -> Span:
        """The clause, and what reports it."""
        own = clause_span(clause)
        if self.verb is None:
            return own
        above = clause_span(self.verb)
        return clause.doc[min(above.start, own.start) : max(above.end, own.end)]


def read_undertaking(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """What the holders say that they will or will not do, never did, or that there will not be."""
    yield from _will_not(scene, clause, report)
    yield from _will(scene, clause, report)
    yield from _never_did(scene, clause, report)
    yield from _there_is_no(scene, clause, report)


def _will_not(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """“A said *it would not* extend the deadline” refuses; what a word of the lexicon says stays with that word."""
    if not negated(clause) or modality(clause) not in ("future", "would") or lemma(clause) in word_set("judgement", "copulas"):
        return
    who = [e for t in grammatical_subjects(clause) for e in actors_at(scene, t)]
    if match_verb(clause) is None and any(h.entity in who for h in report.holders):
        matter = matter_of_clause(scene, clause, subject=False, composed=False)
        entry = Entry("will-not", "reject", "oppose")
        yield from drafts(clause, report.span(clause), report.holders, [Matter(matter.target)] if matter else [], entry)


def _will(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """“A announced that *its troops would* leave the valley” promises it; “that it would blockade B” threatens."""
    if report.how not in word_set("judgement", "announcing") or negated(clause) or modality(clause) not in _FUTURE:
        return
    vague = lemma(clause) in word_set("judgement", "copulas") | word_set("judgement", "undecided")
    if match_verb(clause) is None and not vague and _is_theirs(scene, clause, report):
        theirs = [t for t in grammatical_subjects(clause) if t.pos_ == "NOUN"]  # “its troops”
        matter = matter_of_clause(scene, clause, subject=bool(theirs))
        coercive = lemma(clause) in word_set("matter", "harming") | word_set("matter", "coercing")
        entry = Entry("will", "warn", "oppose") if coercive else Entry("will", "promise", "support")
        yield from drafts(clause, report.span(clause), report.holders, [matter] if matter else [], entry)


def _is_theirs(scene: Scene, clause: Token, report: Report) -> bool:
    """Do the holders speak of themselves, or of what is theirs?"""
    named = [t for subject in grammatical_subjects(clause) for t in (subject, *owners(subject))]
    who = [e for t in named for e in actors_at(scene, t)]
    return any(h.entity in who for h in report.holders)


def _never_did(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """“A insists that *it never attacked* B” denies it."""
    if report.how not in word_set("judgement", "accusing") or not negated(clause) or modality(clause) != "actual":
        return
    if lemma(clause) in word_set("judgement", "copulas") or clause.tag_ in ("VBZ", "VBP") or match_verb(clause) is not None:
        return
    over = any(c.lower_ in ("do", "does", "longer", "yet") for c in clause.children)
    if not over and not is_passive(clause) and _is_theirs(scene, clause, report):
        matter = matter_of_clause(scene, clause, subject=False, composed=False)
        entry = Entry("never-did", "deny", "oppose")
        yield from drafts(clause, report.span(clause), report.holders, [Matter(matter.target)] if matter else [], entry)


def _there_is_no(scene: Scene, clause: Token, report: Report) -> Iterator[Draft]:
    """“There will be no war”, “there must be no delay”, “there can be no compromise”."""
    absent = [c for c in clause.children if c.dep_ in ("attr", "nsubj") and any(d.lower_ == "no" for d in c.lefts)]
    if lemma(clause) != "be" or not absent or not any(c.dep_ == "expl" for c in clause.children):
        return
    act = _ACTS_OF_ABSENCE.get(modality(clause))
    if act is not None:
        matters = [Matter(m.target) for m in matters_of_nouns(scene, absent)]
        yield from drafts(clause, report.span(clause), report.holders, matters, Entry("there-is-no", act, "oppose"))


_ACTS_OF_ABSENCE = {"future": "promise", "would": "promise", "obligation": "demand", "possible": "reject"}
