"""The date of a noun by its own phrase, and the nouns whose verb tells it."""

from loaders.clauses import is_verbal, noun_phrase
from loaders.events.noun_classes import noun_class
from loaders.parsed import Span, Token
from loaders.passages import Passage
from loaders.timing.syntax import FOUGHT, clauses_above, is_present_progressive, spans, told_as_happening


def date_of_phrase(passage: Passage, noun: Token) -> str | None:
    """The date that a noun's own phrase tells: “the raid of May 1955”, “talks that opened in April”, “his visit that May”."""
    phrase = noun_phrase(noun)
    told = [f.value for f, span in spans(passage.doc, passage.times, noun.sent) if f.value is not None and _tells_of(span, noun, phrase)]
    return next((v for v in told[1:] if v.startswith(told[0])), told[0]) if told else None


def _tells_of(span: Span, noun: Token, phrase: Span) -> bool:
    """Does a date stand in a noun's phrase, right behind it, or in its “held on”, “that opened in”?"""
    if phrase.start <= span.start and span.end <= phrase.end:
        return True
    clause = clauses_above(span.root)[0]
    first = next((t for t in (clause, *clause.ancestors) if t.dep_ != "conj"), clause)  # “negotiated by X and signed on 3 March”
    of_noun = first.dep_ in ("acl", "relcl") and (first.head == noun or first.head in list(phrase))
    of_noun = of_noun or (clause.i == phrase.end and clause.tag_ == "VBN")  # which the parser hung on the verb
    if of_noun and clause.base in told_as_happening() | FOUGHT:
        return True
    return span.start == phrase.end or (span.start == phrase.end + 1 and span.doc[phrase.end].lower_ in ("in", "of", "on"))


def is_governed(noun: Token) -> bool:
    """“paid a visit in May”, “the talks were held in May”, “flew to X for talks”: the verb tells when."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in ("for", "into", "on"):
        return is_verbal(verb.head) and verb.head.base in noun_class("going") | {"enter"}
    return is_verbal(verb) and verb.dep_ != "prep" and verb.base in told_as_happening()


def goes_on(noun: Token) -> bool:
    """“the talks, which are being held these days”: at the time of writing."""
    phrase = list(noun_phrase(noun))
    return any(
        clause.dep_ == "relcl" and clause.head in phrase and clause.base in told_as_happening() and is_present_progressive(clause)
        for clause in noun.subtree
    )
