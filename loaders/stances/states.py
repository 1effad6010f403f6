"""Stances told as states: “is opposed to X”, “concerned about X”, “took a neutral stance on X”."""

from collections.abc import Iterator, Sequence

from graph.records import Phrase
from loaders.clauses import clause_span, first_conjunct, grammatical_subjects, is_verbal, noun_phrase, oblique, subjects
from loaders.parsed import Token
from loaders.stances.drafts import Draft, drafts
from loaders.stances.holders import Scene, holders_of
from loaders.stances.lexicon import Entry, lemma, match_adjectives, match_verb, word_set
from loaders.stances.matters import Matter, entity_at, helps_or_hinders, matter_of_clause, matters_of_nouns
from loaders.stances.standing import NEGATED, TOLD, standing

_ABOUT = ("about", "against", "for", "in", "on", "over", "regarding", "to", "toward", "towards", "with", "of")
_LOOSE = frozenset({"advcl", "acl", "amod", "appos", "relcl", "ccomp", "dep"})


# Adjectives ---------------------------------------------------------------------------------


def read_adjective(scene: Scene, word: Token) -> Iterator[Draft]:
    """The stances that an adjective or participle tells of somebody."""
    for entry in match_adjectives(word):
        matters = _matters(scene, word, entry)
        if not matters:
            continue
        verb, whose = _bearers(word)
        told = standing(verb) if verb is not None else TOLD
        if told is None:
            return
        span = clause_span(verb) if verb is not None else noun_phrase(word)
        yield from drafts(word, span, holders_of(scene, whose, verb or word), matters, entry, negated=told == NEGATED)
        return


def _bearers(word: Token) -> tuple[Token | None, list[Token]]:
    """The verb that states it, if one does, and of whom."""
    top = first_conjunct(word)
    head = top.head
    if top.dep_ in ("acomp", "oprd", "attr") and is_verbal(head) and lemma(head) in word_set("states", "copulas"):
        return head, subjects(head)
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in word.children):
        return word, grammatical_subjects(word)
    if top.dep_ in ("amod", "acl", "appos", "relcl") and top.i > head.i and head.pos_ in ("NOUN", "PROPN"):
        return None, [head]
    if top.dep_ in _LOOSE and is_verbal(head) and top.i < head.i:
        return None, grammatical_subjects(head)
    return None, []


def _matters(scene: Scene, word: Token, entry: Entry) -> list[Matter]:
    clause = next((c for c in word.children if c.dep_ in ("xcomp", "ccomp") and is_verbal(c)), None)
    infinitive = clause is not None and any(c.tag_ == "TO" for c in clause.children)
    if entry.infinitive:
        if clause is None or not infinitive or match_verb(clause) is not None or not _says_a_side(clause, entry):
            return []
        matter = matter_of_clause(scene, clause, subject=False)
        return [matter] if matter else []
    below = oblique(word, *entry.on)
    if not below and word.dep_ == "acomp":  # “remained neutral *on X*”, where the parser hangs it on the verb
        below = [t for t in oblique(word.head, *entry.on) if t.i > word.i]
    found = matters_of_nouns(scene, below)
    if not found and clause is not None and not infinitive and clause.dep_ == "ccomp":
        matter = matter_of_clause(scene, clause, composed=False)
        found = [matter] if matter else []
    return found


def _says_a_side(clause: Token, entry: Entry) -> bool:
    return entry.polarity == "oppose" or helps_or_hinders(clause) or lemma(clause) in word_set("states", "cooperating")


# Lines --------------------------------------------------------------------------------------


def read_line(scene: Scene, noun: Token, before: Sequence[Draft]) -> Iterator[Draft]:
    """“took a neutral position on X”, “pursued a pro-X policy”; ``before`` tells of what where it is not said."""
    if noun.pos_ != "NOUN" or lemma(noun) not in word_set("states", "lines"):
        yield from _read_partisan(scene, noun)
        return
    side = _side(scene, noun)
    if side is None:
        return
    entry, named = side
    matters = named or matters_of_nouns(scene, oblique(noun, *_ABOUT))
    verb = noun.head if noun.dep_ == "dobj" and is_verbal(noun.head) and lemma(noun.head) in word_set("states", "taking") else None
    if verb is None:
        whose = [c for c in noun.children if c.dep_ == "poss"]
        if whose and matters:
            yield from drafts(noun, noun_phrase(noun), holders_of(scene, whose, noun), matters, entry)
        return
    told = standing(verb)
    on_verb = oblique(verb, "on", "over", "regarding", "towards", "toward")
    matters = matters or matters_of_nouns(scene, on_verb) or _told_before(noun, before)
    if told == TOLD:
        yield from drafts(noun, clause_span(verb), holders_of(scene, subjects(verb), verb), matters, entry)


def _read_partisan(scene: Scene, noun: Token) -> Iterator[Draft]:
    """“A was a critic of X”, “A, an advocate of X”."""
    name = lemma(noun)
    if name in word_set("states", "supporters"):
        entry = _SUPPORTS
    elif name in word_set("states", "opponents"):
        entry = _OPPOSES
    else:
        return
    matters = matters_of_nouns(scene, oblique(noun, "of", "for"))
    verb = noun.head if noun.dep_ == "attr" and is_verbal(noun.head) else None
    if verb is not None:
        told = standing(verb)
        if told is not None:
            yield from drafts(noun, clause_span(verb), holders_of(scene, subjects(verb), verb), matters, entry, negated=told == NEGATED)
    elif noun.dep_ == "appos":
        yield from drafts(noun, noun_phrase(noun), holders_of(scene, [noun.head], noun), matters, entry)


_SUPPORTS = Entry("supporter-of", "endorse", "support", negated="none")
_OPPOSES = Entry("critic-of", "state", "oppose", negated="none")


def _side(scene: Scene, noun: Token) -> tuple[Entry, list[Matter]] | None:
    """The side that the adjectives of a line tell, and whom they name (“pro-X”)."""
    for word in noun.doc[noun.left_edge.i : noun.i]:
        if word.lower_ in ("pro", "anti") and word.i + 2 < noun.i + 1 and word.nbor().lower_ == "-":
            entry = Entry("line-for", "endorse", "support") if word.lower_ == "pro" else Entry("line-against", "state", "oppose")
            other = word.nbor(2)
            entity = entity_at(scene, other) or next((m.entity for m in scene.passage.mentions_at(other)), None)
            return entry, [Matter(entity or Phrase(other.text))]
        for name, entry in _LINES.items():
            if not _forms(word).isdisjoint(word_set("states", name)):
                return entry, []
    return None


def _forms(word: Token) -> set[str]:
    """The word, and with what a hyphen joins to it: “even”, “even-handed”."""
    joined = word.i + 2 < len(word.doc) and word.nbor().lower_ == "-"
    return {word.lower_, f"{word.lower_}-{word.nbor(2).lower_}"} if joined else {word.lower_}


_LINES = {
    "neutral": Entry("line-neutral", "decline", "neutral"),
    "friendly": Entry("line-friendly", "state", "support"),
    "hostile": Entry("line-hostile", "state", "oppose"),
}


def _told_before(noun: Token, before: Sequence[Draft]) -> list[Matter]:
    return [d.matter for d in before if d.trigger.sent.start == noun.sent.start][-1:]
