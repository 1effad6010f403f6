"""Which date belongs to which word: the clause's own before the sentence's, the sentence's before the paragraph's."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from loaders.dates import FoundDate
from loaders.passages import Passage

_CLAUSE_HEADS = frozenset({"ROOT", "advcl", "relcl", "ccomp", "csubj", "parataxis", "acl"})
_FRONT = 2  # tokens: “In 2004, a deal was signed: …” dates the whole sentence
_LATER = re.compile(r"\b(?:afterwards?|later|since then|soon|subsequently|then|ultimately)\b", re.IGNORECASE)


def date_of(passage: Passage, token: Token) -> str | None:
    """The EDTF date of what a word tells, or None.

    In order: a date in the word's own clause, in a clause above it, in the sentence before within the
    paragraph; a news piece's sentences that have none of these happen at its publication.
    """
    own = date_in_sentence(passage.doc, passage.dates, token)
    if own is not None:
        return own
    carried = date_before(passage, token.sent)
    if carried is not None and _LATER.search(token.sent.text):
        return _year_about(carried)
    return carried


def date_in_sentence(doc: Doc, dates: Sequence[FoundDate], token: Token) -> str | None:
    """The nearest valued date of the sentence whose clause is the word's own or stands above it."""
    clauses = [clause.i for clause in _clauses_above(token)]
    best: tuple[int, int, str] | None = None
    fronted: str | None = None
    for found in dates:
        if found.value is None or not token.sent.start_char <= found.start < token.sent.end_char:
            continue
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is None:
            continue
        clause = _clauses_above(span.root)[0].i
        if fronted is None and span.end <= token.i and span.start - token.sent.start <= _FRONT:
            fronted = found.value
        if clause in clauses:
            rank = (clauses.index(clause), abs(span.root.i - token.i), found.value)
            best = rank if best is None else min(best, rank)
    return best[2] if best else fronted


def date_before(passage: Passage, sentence: Span) -> str | None:
    """The last date told before a sentence: in the paragraph, in a timeline entry's head, else the day of the news."""
    values = [d.value for d in passage.dates if d.value is not None and d.start < sentence.start_char]
    if values:
        return values[-1]
    if passage.paragraph.kind == "entry" and passage.previous is not None and passage.previous.paragraph.kind == "date":
        return next((d.value for d in passage.previous.dates if d.value is not None), None)
    source = passage.document.source
    return source.published if source.kind == "news" else None


def _clauses_above(token: Token) -> list[Token]:
    """The heads of the clauses that a word stands in, innermost first."""
    heads = [t for t in (token, *token.ancestors) if t.dep_ in _CLAUSE_HEADS or (t.dep_ == "conj" and t.pos_ in ("VERB", "AUX"))]
    return heads or [token.sent.root]


def _year_about(value: str) -> str:
    year = re.match(r"-?\d{4}", value)
    return f"{year.group()}~" if year else value
