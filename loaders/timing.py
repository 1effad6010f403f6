"""Which date belongs to which word: the clause's own before the sentence's, the sentence's before the paragraph's."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from loaders.clauses import is_verbal, modality
from loaders.dates import FoundDate
from loaders.passages import Passage

_CLAUSE_HEADS = frozenset({"ROOT", "advcl", "relcl", "ccomp", "csubj", "parataxis", "acl", "pcomp"})
_MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
_LATER = re.compile(r"\b(?:afterwards?|later|since then|ultimately)\b", re.IGNORECASE)
_SOON = re.compile(r"\b(?:soon|subsequently|thereupon)\b", re.IGNORECASE)
_ABOUT_A_DAY = re.compile(r"(?P<month>\d{4}-\d{2})-\d{2}~")
_FRONT = 2  # tokens: “In 2004, a deal was signed: …” dates the whole sentence


def date_of(passage: Passage, token: Token) -> str | None:
    """The EDTF date of what a word tells, or None.

    In order: a date in the word's own clause, in a clause above it, in an earlier sentence of the paragraph;
    a news piece's sentences that have none of these happen at its publication.
    """
    own = date_in_sentence(passage.doc, passage.times, token)
    if own is not None or _is_past_perfect(token) or (is_verbal(token) and modality(token) in ("future", "would")):
        return own
    carried = date_before(passage, token.sent, exact=_refers_back(token))
    if carried is None:
        return None
    if _LATER.search(token.sent.text):
        return _year_about(carried)
    return _month_about(carried) if _SOON.search(token.sent.text) else carried


def date_in_sentence(doc: Doc, dates: Sequence[FoundDate], token: Token) -> str | None:
    """The nearest valued date of the sentence whose clause is the word's own or stands above it."""
    clauses = [clause.i for clause in _clauses_above(token)]
    best: tuple[int, int, int, str] | None = None
    fronted: str | None = None
    beside: list[str] = []  # “the following year, in August 2019”: the more exact one counts
    for found, span in _spans(doc, dates, token.sent):
        if found.anchor and _counts_from(span, token):
            return found.anchor
        if found.value is None:
            continue
        if fronted is None and span.end <= token.i and span.start - token.sent.start <= _FRONT:
            fronted = found.value
        distance = _distance(_clauses_above(span.root)[0], clauses, token)
        if distance is not None and not _is_elsewhere(span, token):
            rank = (distance, 0 if _is_adverbial_of(span, token) else 1, abs(span.root.i - token.i), found.value)
            best = rank if best is None else min(best, rank)
            beside += [found.value] if distance == 0 else []
    if best is None:
        return fronted
    if not is_verbal(token):
        return best[3]
    return max((v for v in beside if v.startswith(best[3].rstrip("~?X"))), key=len, default=best[3])


def _distance(clause: Token, clauses: list[int], token: Token) -> int | None:
    """How many clauses a date's clause stands above the word; a noun's own “held on 7 March” counts as its own."""
    if clause.i in clauses:
        return clauses.index(clause.i)
    if clause.dep_ != "acl" or is_verbal(token) or is_verbal(clause.head):
        return None
    return 0 if clause.head == token or any(above == clause.head for above in token.ancestors) else None


def date_before(passage: Passage, sentence: Span, *, exact: bool = False) -> str | None:
    """The date that the story has reached before a sentence: told by a main clause of the paragraph, by the head
    of a timeline's entry, else the day of the news. What follows a day is in its month, unless ``exact``."""
    before = [(f.value, span) for f, span in _spans(passage.doc, passage.times, passage.doc[: sentence.start]) if f.value is not None]
    news = passage.document.source.kind == "news"
    told = [value for value, span in before if _moves_the_story(span)]
    told = told or [value for value, span in before if not news and not _looks_back(span)]
    if told:
        return _within(told[-1]) if news or exact else _month(_within(told[-1]))
    if passage.paragraph.kind == "entry" and passage.previous is not None and passage.previous.paragraph.kind == "date":
        return next((d.value for d in passage.previous.times if d.value is not None), None)
    if news:
        return _published(passage.document.source.published)
    return _month(_reached(passage)) if passage.document.source.kind == "encyclopedia" else None


def _reached(passage: Passage) -> str | None:
    """The last date that the paragraph before told, under the same heading."""
    before = passage.previous
    if before is None or before.paragraph.heading != passage.paragraph.heading or before.paragraph.kind != "text":
        return None
    told = [f.value for f, span in _spans(before.doc, before.times, before.doc[:]) if f.value is not None and _moves_the_story(span)]
    return _within(told[-1]) if told else None


def _refers_back(token: Token) -> bool:
    """“The pardon was …” is the one that was just told, on its day."""
    return not is_verbal(token) and any(child.lower_ in ("the", "this", "that") for child in token.lefts)


def _within(value: str) -> str:
    """What goes on from an interval lies in its month or year, or about its beginning."""
    start, slash, end = value.partition("/")
    if not slash:
        return value
    for length in (7, 4):
        if len(start) >= length and start[:length] == end[:length]:
            return start[:length]
    return f"{start[:4]}~"


def _month(value: str | None) -> str | None:
    """What follows a day that was told is in its month, as far as the words go."""
    day = re.fullmatch(r"(?P<month>\d{4}-\d{2})-\d{2}", value) if value else None
    return day["month"] if day else value


def _spans(doc: Doc, dates: Sequence[FoundDate], within: Span) -> Iterator[tuple[FoundDate, Span]]:
    for found in dates:
        if within.start_char <= found.start < within.end_char:
            span = doc.char_span(found.start, found.end, alignment_mode="expand")
            if span is not None:
                yield found, span


def _counts_from(span: Span, token: Token) -> bool:
    """“three days after X declared …”: the date that the days count from is that of “declared”."""
    after = span.end < len(span.doc) and span.doc[span.end - 1].lower_ in ("after", "before")
    return after and token.i >= span.end and any(t.i in range(span.start, span.end) for t in (token.head, token.head.head, *token.children))


def _is_elsewhere(span: Span, token: Token) -> bool:
    """Does the date belong to another noun: “praised the 1999 accord”, “the Declaration of 1950”?"""
    root = span.root
    if root.dep_ in ("nummod", "compound", "amod", "nmod", "poss"):
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


def _is_adverbial_of(span: Span, token: Token) -> bool:
    """Does the date hang on the word itself?"""
    return any(above == token for above in (span.root.head, span.root.head.head))


def _moves_the_story(span: Span) -> bool:
    """A date in a main clause that does not look back (“had promised in 1957”)."""
    return _clauses_above(span.root)[0].dep_ in _MAIN and not _looks_back(span)


def _looks_back(span: Span) -> bool:
    return _is_past_perfect(_clauses_above(span.root)[0])


def _is_past_perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d") for child in verb.children)


def _clauses_above(token: Token) -> list[Token]:
    """The heads of the clauses that a word stands in, innermost first."""
    heads = [
        t
        for t in (token, *token.ancestors)
        if (t.dep_ in _CLAUSE_HEADS and is_verbal(t)) or t.dep_ == "ROOT" or (t.dep_ == "conj" and is_verbal(t))
    ]
    return heads or [token.sent.root]


def _published(value: str | None) -> str | None:
    """The day of a news piece; about a day is its month."""
    about = _ABOUT_A_DAY.fullmatch(value) if value else None
    return about["month"] if about else value


def _month_about(value: str) -> str:
    """“subsequently”: within the month or so, as far as the month is known."""
    month = re.match(r"-?\d{4}(?:-\d{2})?", value)
    return f"{month.group()}~" if month else value


def _year_about(value: str) -> str:
    year = re.match(r"-?\d{4}", value)
    return f"{year.group()}~" if year else value
