"""The date that the story lends to a sentence that tells none: how far the paragraph, or the one before, has come."""

import re

from loaders.clauses import is_verbal
from loaders.parsed import Span, Token
from loaders.passages import Passage
from loaders.timing.sentence import date_in_sentence
from loaders.timing.syntax import (
    clauses_before,
    is_aim,
    is_of_no_day,
    is_past_perfect,
    is_present_perfect,
    is_start,
    looks_back,
    moves_the_story,
    opened_by,
    spans,
)
from loaders.timing.values import day_of_news, has_day, month_about, month_of, within, year_about, year_of

_LATER = re.compile(r"\b(?:afterwards?|later|since then|subsequently|ultimately)\b(?! in\b)", re.IGNORECASE)
_SOON = re.compile(r"\b(?:soon|thereupon)\b", re.IGNORECASE)
# What goes on with the paragraph before as if it were one.
_GOING_ON = re.compile(
    r"(?:At the same time|But|Consequently|However|In response|In return|Instead|Meanwhile|Nevertheless|Simultaneously|Still|Thus|Yet)\b"
)


def date_of(passage: Passage, token: Token) -> str | None:
    """The EDTF date of what a word tells, or None.

    In order: a date in the word's own clause, in a clause above it, in an earlier sentence of the paragraph;
    a news piece's sentences that have none of these happen at its publication.
    """
    own = date_in_sentence(passage.doc, passage.times, token)
    return carried_date(passage, token) if own is None else own


def carried_date(passage: Passage, token: Token) -> str | None:
    """The EDTF date that the sentences before carry over to a word whose own sentence dates it not, or None."""
    if is_past_perfect(token) or is_of_no_day(token) or is_aim(token) or is_start(token):
        return None
    carried = date_before(passage, token.sent, exact=_refers_back(token))
    if carried is None or (passage.document.source.kind != "news" and is_present_perfect(token)):
        return None
    if token.dep_ == "pobj" and not is_verbal(token):  # “later apologised on a call”: it is the apology that came later
        return carried
    soon = _SOON.search(token.sent.text) is not None or (_is_next(token) and has_day(carried))
    if soon:
        return month_about(carried)
    later = _LATER.search(token.sent.text) is not None or _is_next(token) or _is_after_another(token)
    return year_about(carried) if later else carried


def _is_next(verb: Token) -> bool:
    """“The bank then signed …”."""
    return any(c.lower_ == "then" and c.dep_ == "advmod" for c in verb.lefts)


def _is_after_another(verb: Token) -> bool:
    """“After X broke off relations, the embassy of Y looked after its interests”."""
    return any("after" in opened_by(clause) for clause in clauses_before(verb))


def date_before(passage: Passage, sentence: Span, *, exact: bool = False) -> str | None:
    """The date that the story has reached before a sentence: told by a main clause of the paragraph, by the head
    of a timeline's entry, else the day of the news. What follows a day is in its month, unless ``exact``."""
    before = [(f.value, span) for f, span in spans(passage.doc, passage.times, passage.doc[: sentence.start]) if f.value is not None]
    news = passage.document.source.kind == "news"
    told = [value for value, span in before if moves_the_story(span)]
    told = told or [value for value, span in before if not news and not looks_back(span)]
    if told:
        return within(told[-1]) if news or exact else month_of(within(told[-1]))
    if passage.paragraph.kind == "entry" and passage.previous is not None and passage.previous.paragraph.kind == "date":
        return next((d.value for d in passage.previous.times if d.value is not None), None)
    if news:
        return day_of_news(passage.document.source.published)
    if passage.document.source.kind != "encyclopedia":
        return None
    reached = _reached(passage)
    goes_on = _GOING_ON.match(passage.doc.text) or _GOING_ON.match(sentence.text) or _is_of_before(sentence.root)
    return month_of(reached) if goes_on else year_of(reached)


def _is_of_before(verb: Token) -> bool:
    """“After X broke off relations, …” goes on from the paragraph before."""
    return any(c.dep_ == "advcl" and c.i < verb.i and any(m.lower_ in ("after", "following") for m in c.lefts) for c in verb.lefts)


def _reached(passage: Passage) -> str | None:
    """The last date that the paragraph before told, under the same heading."""
    before = passage.previous
    if before is None or before.paragraph.heading != passage.paragraph.heading or before.paragraph.kind != "text":
        return None
    told = [f.value for f, span in spans(before.doc, before.times, before.doc[:]) if f.value is not None and moves_the_story(span)]
    return within(told[-1]) if told else None


def _refers_back(token: Token) -> bool:
    """“The pardon was …” is the one that was just told, on its day."""
    return not is_verbal(token) and any(child.lower_ in ("the", "this", "that") for child in token.lefts)
