"""The date of a word by its own sentence: the clause's own before those of the clauses above and beside it."""

from collections.abc import Iterator, Sequence

from loaders.clauses import is_verbal, shares_clause
from loaders.dates import FoundDate
from loaders.events.noun_classes import noun_class
from loaders.parsed import Doc, Span, Token
from loaders.timing.syntax import (
    FOUGHT,
    MAIN,
    SAME_TIME,
    clauses_above,
    clauses_before,
    is_adverbial_of,
    is_elsewhere,
    moves_the_story,
    opened_by,
    spans,
    stands_apart,
    told_as_happening,
)
from loaders.timing.values import has_day, month_of, year_about, year_of

Dated = tuple[str, Span]  # an EDTF value and its words
_WHEN = frozenset({"after", "amid", "at", "by", "during", "following", "in", "on", "since", "under", "upon"})
_FROM = frozenset({"beginning", "starting", "commencing"})
# “crushed the rising of April 1876”: the date is that of what they did.
_DONE_TO_EVENTS = FOUGHT | {"crush", "lose", "put", "quash", "quell", "suppress", "win"}
_STOPS = frozenset(",;:()–—")
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
_FRONT = 3  # tokens: “In 2004, a deal was signed: …” dates the whole sentence


def date_in_sentence(doc: Doc, dates: Sequence[FoundDate], token: Token) -> str | None:
    """The valued date of the sentence that is nearest to a word by its syntax, or None.

    In order: what days count from; the word's own clause and those above it; the head of the sentence; what the clause's
    subject or circumstances are dated by; the date that verbs joined by “and” share; the main clause told just before.
    """
    found = [(f, span) for f, span in spans(doc, dates, token.sent) if f.value is not None or f.anchor is not None]
    anchor = next((f.anchor for f, span in found if f.anchor and _counts_from(span, token)), None)
    if anchor is not None:
        return anchor
    valued = [(f.value, span) for f, span in found if f.value is not None]
    own = _of_clauses(valued, token)
    if own is not None or stands_apart(token):
        return own
    own = _at_the_head(valued, token)
    if own is not None or not is_verbal(token):
        return own
    return (
        _opening(valued, token)
        or _beside(valued, token)
        or _of_circumstance(valued, token)
        or _shared(valued, token)
        or _alongside(valued, token)
        or _told_before(valued, token)
    )


def _of_clauses(dates: Sequence[Dated], token: Token) -> str | None:
    """Of the word's own clause, else of the nearest above."""
    clauses = [clause.i for clause in clauses_above(token)]
    apart = stands_apart(token)
    best: tuple[int, int, int, str] | None = None
    beside: list[str] = []  # “the following year, in August 2019”: the more exact one counts
    for value, span in dates:
        if told_of := _is_of_antecedent(span, token):
            distance: int | None = 0
        else:
            distance = _distance(clauses_above(span.root)[0], clauses, token)
        if distance is not None and (told_of or not is_elsewhere(span, token)) and not (distance and apart):
            value = value.partition("/")[0] if any(above == span.root for above in token.ancestors) else value  # “since May, when …”
            rank = (distance, 0 if is_adverbial_of(span, token) else 1, abs(span.root.i - token.i), value)
            best = rank if best is None else min(best, rank)
            beside += [value] if distance == 0 else []
    if best is None or not is_verbal(token):
        return best and best[3]
    if best[0] and ((token.dep_ == "pcomp" and token.head.lower_ in ("after", "before")) or "after" in opened_by(token)):
        return month_of(best[3]) if has_day(best[3]) else year_of(best[3])
    return max((v for v in beside if v.startswith(best[3].rstrip("~?X"))), key=len, default=best[3])


def _distance(clause: Token, clauses: list[int], token: Token) -> int | None:
    """How many clauses a date's clause stands above the word; a noun's own “held on 7 March” counts as its own."""
    if clause.i in clauses:
        return clauses.index(clause.i)
    if clause in clauses_before(token, own=True) and opened_by(clause) & SAME_TIME:
        return 0
    if clause.dep_ != "acl" or is_verbal(token) or is_verbal(clause.head):
        return None
    return 0 if clause.head == token or any(above == clause.head for above in token.ancestors) else None


def _is_of_antecedent(span: Span, verb: Token) -> bool:
    """“the Declaration of 1950, wherein X pledged”, “the raid of May 1955, in which …”: what the clause tells of has that date."""
    opening = next((t.i for t in verb.subtree if t.tag_ in _RELATIVE and t.i < verb.i), None) if is_verbal(verb) else None
    if opening is None:
        return False
    between = verb.doc[span.end : opening]
    return span.end <= opening and all(t.text == "," or t.pos_ == "ADP" for t in between)


def _counts_from(span: Span, token: Token) -> bool:
    """“three days after X declared …”: the date that the days count from is that of “declared”."""
    after = span.end < len(span.doc) and span.doc[span.end - 1].lower_ in ("after", "before")
    return after and token.i >= span.end and any(t.i in range(span.start, span.end) for t in (token.head, token.head.head, *token.children))


def _at_the_head(dates: Sequence[Dated], token: Token) -> str | None:
    """“In 2004, a deal was signed: …”."""
    return next((value for value, span in dates if span.end <= token.i and span.start - token.sent.start <= _FRONT), None)


def _beside(dates: Sequence[Dated], verb: Token) -> str | None:
    """“lent X 20 million dollars that September”: no other verb and no comma stand between, whatever the parser hung it on."""
    for value, span in dates:
        between = verb.doc[verb.i + 1 : span.start]
        if span.start > verb.i and not any(is_verbal(t) or t.text in _STOPS for t in between) and not is_elsewhere(span, verb):
            return value
    return None


def _opening(dates: Sequence[Dated], verb: Token) -> str | None:
    """“…, and in May 1949, after a trial that …, X denounced the pact”: what a clause opens with, whatever the parser hung it on."""
    doc = verb.doc
    boundary = max((t.i for t in doc[verb.sent.start : verb.i] if t.lower_ in ("and", "but") or t.text in ";:"), default=None)
    if boundary is None:
        return None
    first = doc[boundary + 1]
    behind = boundary + 2 if first.pos_ == "ADP" else boundary + 1
    return next((value for value, span in dates if span.start == behind and span.end <= verb.i), None)


def _of_circumstance(dates: Sequence[Dated], verb: Token) -> str | None:
    """“improved after the earthquakes of 1999”, “the war of 1877 was fought between”, “under the treaty signed on 3 March”."""
    for value, span in dates:
        chain = list(_up_to(span.root, verb))
        top = chain[-1] if chain else None
        if top is None or any(t.dep_ in ("advcl", "ccomp", "dobj") or (t.dep_ == "relcl" and not _tells_when(t)) for t in chain[:-1]):
            continue
        if top.dep_ == "dobj" and verb.base in _DONE_TO_EVENTS and span.root.head.lower_ == "of":
            return value
        if top.dep_ in ("nsubj", "nsubjpass") and span.root != top and verb.base in noun_class("happening") | FOUGHT:
            return value
        if top.dep_ == "prep" and top.lower_ in _WHEN:
            return value
        if top.dep_ == "prep" and top.lower_ == "with" and any(t.dep_ == "pcomp" and t.lower_ in _FROM for t in chain):
            return value.partition("/")[0]  # “appointed, with her term beginning on 2 May”
    return None


def _up_to(token: Token, top: Token) -> Iterator[Token]:
    """The words above a word up to those that hang on the top one; nothing where it does not stand below it."""
    chain = [token, *token.ancestors]
    if any(t == top for t in chain):
        for t in chain:
            if t == top:
                return
            yield t


def _tells_when(clause: Token) -> bool:
    """“the conference, which sat from May to June”."""
    return clause.base in told_as_happening() | FOUGHT


def _shared(dates: Sequence[Dated], verb: Token) -> str | None:
    """“negotiated and signed in May”: May for both."""
    joined = next((c for c in verb.rights if c.dep_ == "conj" and shares_clause(c)), None)
    if joined is None or any(t.text == "," for t in verb.doc[verb.i : joined.i]):
        return None
    return next((value for value, span in dates if span.start > joined.i and is_adverbial_of(span, joined)), None)


def _alongside(dates: Sequence[Dated], verb: Token) -> str | None:
    """“When X came in May 1960, Y agreed”: May 1960; “After X closed the straits in May 1967, …”: about 1967."""
    for clause in clauses_before(verb):
        inside = {t.i for t in clause.subtree}
        value = next((v for v, span in dates if span.root.i in inside and not is_elsewhere(span, clause)), None)
        if value is not None and opened_by(clause) & SAME_TIME:
            return value
        if value is not None and "after" in opened_by(clause):
            return year_about(value)
    return None


def _told_before(dates: Sequence[Dated], verb: Token) -> str | None:
    """“On 3 May he yielded: his troops left”: the date of the main clause before, where the word's own is one too."""
    if clauses_above(verb)[0].dep_ not in (*MAIN, "xcomp"):
        return None
    earlier = [v for v, span in dates if span.end <= verb.i and moves_the_story(span) and not is_elsewhere(span, verb)]
    return month_of(earlier[-1]) if earlier else None
