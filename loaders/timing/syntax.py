"""What the syntax tells of time: which clauses a word stands in, what looks back or ahead, whose date a date is."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from loaders.clauses import is_verbal, modality, negated
from loaders.dates import FoundDate
from loaders.events.noun_classes import noun_class
from loaders.parsed import Doc, Span, Token, remembered
from loaders.stances.lexicon import match_verb

MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
SAME_TIME = frozenset({"as", "when", "whereas", "while", "whilst"})  # “when X came in May, Y agreed”
FOUGHT = frozenset({"conclude", "fight", "hold", "launch", "open", "receive", "sign", "sit", "wage"})  # “the war of 1877 was fought”
_CLAUSE_HEADS = frozenset({"ROOT", "advcl", "relcl", "ccomp", "csubj", "parataxis", "acl", "pcomp"})
# Endings of nouns that tell a deed: “signing”, “re-election”, “appointment”, “arrival”.
_DEEDS = ("al", "ance", "ing", "ment", "sion", "tion")
_BEFORE_DATES = frozenset({"by", "in", "on", "since", "until"})


def spans(doc: Doc, dates: Sequence[FoundDate], within: Span) -> Iterator[tuple[FoundDate, Span]]:
    """The dates that stand within some words, each with its own words."""
    for found in dates:
        if within.start_char <= found.start < within.end_char:
            span = doc.char_span(found.start, found.end, alignment_mode="expand")
            if span is not None:
                yield found, span


@remembered
def clauses_above(token: Token) -> list[Token]:
    """The heads of the clauses that a word stands in, innermost first."""
    heads = [
        t
        for t in (token, *token.ancestors)
        if (t.dep_ in _CLAUSE_HEADS and is_verbal(t)) or t.dep_ == "ROOT" or (t.dep_ == "conj" and is_verbal(t))
    ]
    return heads or [token.sent.root]


def clauses_before(verb: Token, *, own: bool = False) -> Iterator[Token]:
    """The verbs of the clauses that stand before a verb, or before those that it is told with, and say when or why."""
    for above in (verb,) if own else (verb, *takewhile(is_verbal, verb.ancestors)):
        yield from (c for c in above.lefts if c.dep_ == "advcl" and c.i < verb.i)


def opened_by(clause: Token) -> set[str]:
    """“when”, “after”: the word that a clause begins with."""
    return {c.lower_ for c in clause.lefts if c.dep_ in ("mark", "advmod")}


@cache
def told_as_happening() -> frozenset[str]:
    """Verbs that only say that something was: “the talks *opened*”, “*paid* a visit”."""
    return frozenset(noun_class("happening", "light_verbs"))


def moves_the_story(span: Span) -> bool:
    """A date in a main clause that does not look back (“had promised in 1957”, “the first since 2011”)."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    aside = before in ("of", "since") or is_of_what_is_judged(span)
    return clauses_above(span.root)[0].dep_ in MAIN and not looks_back(span) and not aside


def looks_back(span: Span) -> bool:
    """“X had promised in 1957”: the date is of a time before that of the story."""
    return is_past_perfect(clauses_above(span.root)[0])


def is_of_what_is_judged(span: Span) -> bool:
    """“welcomed the signing last May”, “congratulated him on his re-election in May”: May dates the signing, not the welcome."""
    before = span.doc[max(span.start - 2, 0) : span.start]
    noun = next((t for t in reversed(before) if t.pos_ != "ADP"), None)
    if noun is None or noun.sent != span.sent or not noun.lower_.endswith(_DEEDS):
        return False
    verb = next((t for t in noun.ancestors if is_verbal(t)), None)
    return verb is not None and verb.i < noun.i and match_verb(verb) is not None


def is_elsewhere(span: Span, token: Token) -> bool:
    """Does the date belong to another noun: “praised the 1999 accord”, “the Declaration of 1950”?"""
    root = span.root
    if is_verbal(token) and match_verb(token) is not None and is_of_what_is_judged(span):
        return True
    if root.dep_ in ("nummod", "compound", "amod", "nmod", "poss"):
        if span.start and span.doc[span.start - 1].lower_ in _BEFORE_DATES:  # “On 30 March Ministers A and B met”
            return False
        head = root.head
    elif root.dep_ == "pobj" and root.head.lower_ == "of":
        head = root.head.head
    else:
        return False
    return (
        head.pos_ in ("NOUN", "PROPN")
        and head != token
        and head.ent_type_ != "DATE"
        and not any(above == head for above in token.ancestors)
    )


def is_adverbial_of(span: Span, token: Token) -> bool:
    """Does the date hang on the word itself?"""
    return any(above == token for above in (span.root.head, span.root.head.head))


def is_of_no_day(token: Token) -> bool:
    """“will sign”, “has never recognised X”: it did not happen on the day last told."""
    return is_verbal(token) and (_never_has(token) or modality(token) in ("future", "would"))


def _never_has(verb: Token) -> bool:
    return negated(verb) and any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.lefts)


def stands_apart(token: Token) -> bool:
    """An aim, or what “he said X had told him” looks back at: the dates of the clauses above are not its own."""
    back = token.dep_ in ("ccomp", "relcl") and (is_past_perfect(token) or _never_has(token))
    return is_verbal(token) and (back or is_aim(token) or is_start(token))


def is_start(verb: Token) -> bool:
    """“the first talks since rebels took the city”: long before."""
    return verb.dep_ == "advcl" and "since" in opened_by(verb)


def is_aim(verb: Token) -> bool:
    """“in exchange for lifting sanctions”, “his offer to visit X”: dated by its own words only."""
    gerund = verb.dep_ == "pcomp" and verb.head.lower_ in ("against", "for", "in", "without")
    return gerund or (verb.dep_ == "acl" and any(c.tag_ == "TO" for c in verb.lefts))


def is_present_perfect(verb: Token) -> bool:
    """“has refused to sever relations”: at some time until now."""
    perfect = any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.lefts)
    return perfect or (verb.dep_ == "xcomp" and is_verbal(verb.head) and is_present_perfect(verb.head))


def is_present_progressive(verb: Token) -> bool:
    """“is meeting”, “are being held”."""
    helpers = {c.lower_ for c in verb.lefts if c.dep_ in ("aux", "auxpass")}
    return bool(helpers & {"are", "is"}) and (verb.tag_ == "VBG" or "being" in helpers)


def is_past_perfect(verb: Token) -> bool:
    """“had promised”."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d") for child in verb.children)
