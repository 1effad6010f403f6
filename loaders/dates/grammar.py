"""What the parse says about the words of an expression: the tense of its clause, its place in a noun phrase."""

from typing import Literal

from loaders.dates.lexicon import lexicon
from loaders.parsed import Doc, Span, Token

Tense = Literal["past", "present", "future", "none"]

_NOMINAL = ("NOUN", "PROPN")
_MODIFIER = ("nummod", "compound", "amod", "nmod", "npadvmod", "poss")
_REACH = 3  # words before an expression that may put it ahead: "scheduled for", "due on"


def span_of(doc: Doc, start: int, end: int) -> Span:
    """The tokens that touch the characters."""
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None  # expand finds tokens wherever there are any
    return span


def word_before(span: Span) -> Token | None:
    """The token before, in the same sentence or not."""
    return span.doc[span.start - 1] if span.start > 0 else None


def word_after(span: Span) -> Token | None:
    """The token after."""
    return span.doc[span.end] if span.end < len(span.doc) else None


def tense(span: Span) -> Tense:
    """The tense of the clause that an expression stands in, as far as it tells whether that lies ahead of the speaker."""
    words = lexicon().words
    before = span.doc[max(0, span.start - _REACH) : span.start]
    if any(token.lower_ in words["ahead"] for token in before):
        return "future"
    for token in (span.root, *span.root.ancestors):
        if token.pos_ in ("VERB", "AUX"):
            found = _verb_tense(token)
            if found != "none":
                return found
    return "none"


def _verb_tense(verb: Token) -> Tense:
    """The tense of one verb with its auxiliaries; "none" for one that only a verb above it can date."""
    helpers = _auxiliaries(verb)
    words = lexicon().words
    if any(helper.lower_ in words["future_auxiliaries"] for helper in helpers):  # "would": the future of what is told
        return "future"
    if any(helper.tag_ == "VBD" or helper.lemma_ == "have" for helper in helpers) or verb.tag_ == "VBD":
        return "past"
    if helpers and any(helper.tag_ in ("VBZ", "VBP") for helper in helpers):
        return "future" if verb.lemma_ in words["intending"] or verb.lower_ in words["ahead"] else "present"
    if verb.tag_ in ("VBZ", "VBP"):
        return "future" if verb.lemma_ in words["intending"] else "present"
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl"):
        return "past"
    if verb.tag_ == "VB" and verb.head.lemma_ in words["intending"]:
        return "future"
    return "none"


def _auxiliaries(verb: Token) -> list[Token]:
    """The verb's helpers; a coordinated verb without a subject shares those of the first."""
    own = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    shared = verb.dep_ == "conj" and not any(child.dep_.startswith("nsubj") for child in verb.children)
    return _auxiliaries(verb.head) if not own and shared and verb.tag_ in ("VB", "VBN") and verb.head.pos_ in ("VERB", "AUX") else own


def is_attributive(span: Span) -> bool:
    """Whether it modifies a noun after it: "the 1967 war", "a spring offensive"."""
    last = span[-1]
    after = word_after(span)
    if after is not None and after.lower_ in ("'s", "’s"):
        return True
    return last.dep_ in _MODIFIER and last.head.i >= span.end and last.head.pos_ in _NOMINAL


def stands_aside(span: Span) -> bool:
    """Whether it is in a clause that only describes a noun: "documents found in 2004"."""
    verb = next((token for token in (span.root, *span.root.ancestors) if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.dep_ in ("acl", "relcl")


def opens_by_date(span: Span) -> bool:
    """Whether it says when the main verb of its paragraph's first sentence was: "Relations were at their worst in 2011"."""
    above = span.root.head
    verb = above.head if above.dep_ == "prep" else above
    return verb.dep_ == "ROOT" and verb.pos_ in ("VERB", "AUX") and span.sent.start == 0


def in_brackets(doc: Doc, start: int) -> bool:
    """Whether an opened bracket of the text is still open there."""
    before = doc.text[:start]
    return before.count("(") > before.count(")")


def is_pastperfect(span: Span) -> bool:
    """Whether its clause tells what had happened before."""
    verb = next((token for token in (span.root, *span.root.ancestors) if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and any(helper.lower_ in ("had", "having") for helper in _auxiliaries(verb))
