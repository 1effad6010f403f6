"""Which date belongs to which word: the clause's own before the sentence's, the sentence's before the paragraph's."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from loaders.clauses import is_verbal, modality, negated, noun_phrase, shares_clause
from loaders.dates import FoundDate
from loaders.events.noun_classes import noun_class
from loaders.passages import Passage
from loaders.stances.lexicon import match_verb

_CLAUSE_HEADS = frozenset({"ROOT", "advcl", "relcl", "ccomp", "csubj", "parataxis", "acl", "pcomp"})
_MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
_LATER = re.compile(r"\b(?:afterwards?|later|since then|subsequently|ultimately)\b(?! in\b)", re.IGNORECASE)
_SOON = re.compile(r"\b(?:soon|thereupon)\b", re.IGNORECASE)
# What goes on with the paragraph before as if it were one.
_GOING_ON = re.compile(
    r"(?:At the same time|But|Consequently|However|In response|In return|Instead|Meanwhile|Nevertheless|Simultaneously|Still|Thus|Yet)\b"
)
_ABOUT_A_DAY = re.compile(r"(?P<month>\d{4}-\d{2})-\d{2}~")
Dated = tuple[str, Span]  # an EDTF value and its words
_WHEN = frozenset({"after", "amid", "at", "by", "during", "following", "in", "on", "since", "under", "upon"})
_FROM = frozenset({"beginning", "starting", "commencing"})
_FOUGHT = frozenset({"conclude", "fight", "hold", "launch", "open", "receive", "sign", "wage"})  # “the war of 1877 was fought”
# Endings of nouns that tell a deed: “signing”, “re-election”, “appointment”, “arrival”.
_DEEDS = ("al", "ance", "ing", "ment", "sion", "tion")
_STOPS = frozenset(",;:()–—")
_BEFORE_DATES = frozenset({"by", "in", "on", "since", "until"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
_SAME_TIME = frozenset({"as", "when", "whereas", "while", "whilst"})
_FRONT = 3  # tokens: “In 2004, a deal was signed: …” dates the whole sentence


def date_of(passage: Passage, token: Token) -> str | None:
    """The EDTF date of what a word tells, or None.

    In order: a date in the word's own clause, in a clause above it, in an earlier sentence of the paragraph;
    a news piece's sentences that have none of these happen at its publication.
    """
    own = date_in_sentence(passage.doc, passage.times, token)
    return carried_date(passage, token) if own is None else own


def carried_date(passage: Passage, token: Token) -> str | None:
    """The EDTF date that the sentences before carry over to a word whose own sentence dates it not, or None."""
    if _is_past_perfect(token) or _is_of_no_day(token) or _is_aim(token):
        return None
    carried = date_before(passage, token.sent, exact=_refers_back(token))
    if carried is None:
        return None
    if _LATER.search(token.sent.text) or _is_next(token) or _is_after_another(token):
        return _year_about(carried)
    return _month_about(carried) if _SOON.search(token.sent.text) else carried


def _is_next(verb: Token) -> bool:
    """“The bank then signed …”."""
    return any(c.lower_ == "then" and c.dep_ == "advmod" for c in verb.lefts)


def _is_after_another(verb: Token) -> bool:
    """“After X broke off relations, the embassy of Y looked after its interests”."""
    return any("after" in _opened_by(clause) for clause in _clauses_before(verb))


def date_in_sentence(doc: Doc, dates: Sequence[FoundDate], token: Token) -> str | None:
    """The valued date of the sentence that is nearest to a word by its syntax, or None.

    In order: what days count from; the word's own clause and those above it; the head of the sentence; what the clause's
    subject or circumstances are dated by; the date that verbs joined by “and” share; the main clause told just before.
    """
    found = [(f, span) for f, span in _spans(doc, dates, token.sent) if f.value is not None or f.anchor is not None]
    anchor = next((f.anchor for f, span in found if f.anchor and _counts_from(span, token)), None)
    if anchor is not None:
        return anchor
    valued = [(f.value, span) for f, span in found if f.value is not None]
    own = _of_clauses(valued, token)
    if own is not None or _stands_apart(token):
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


def date_of_phrase(passage: Passage, noun: Token) -> str | None:
    """The date that a noun's own phrase tells: “the raid of May 1955”, “talks that opened in April”, “his visit that May”."""
    phrase = noun_phrase(noun)
    told = [f.value for f, span in _spans(passage.doc, passage.times, noun.sent) if f.value is not None and _tells_of(span, noun, phrase)]
    return next((v for v in told[1:] if v.startswith(told[0])), told[0]) if told else None


def _tells_of(span: Span, noun: Token, phrase: Span) -> bool:
    """Does a date stand in a noun's phrase, right behind it, or in its “held on”, “that opened in”?"""
    if phrase.start <= span.start and span.end <= phrase.end:
        return True
    clause = _clauses_above(span.root)[0]
    first = next((t for t in (clause, *clause.ancestors) if t.dep_ != "conj"), clause)  # “negotiated by X and signed on 3 March”
    of_noun = first.dep_ in ("acl", "relcl") and (first.head == noun or first.head in list(phrase))
    of_noun = of_noun or (clause.i == phrase.end and clause.tag_ == "VBN")  # which the parser hung on the verb
    if of_noun and clause.lemma_.lower() in _told_as_happening() | _FOUGHT:
        return True
    return span.start == phrase.end or (span.start == phrase.end + 1 and span.doc[phrase.end].lower_ in ("in", "of", "on"))


def is_governed(noun: Token) -> bool:
    """“paid a visit in May”, “the talks were held in May”, “flew to X for talks”: the verb tells when."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in ("for", "into", "on"):
        return is_verbal(verb.head) and verb.head.lemma_.lower() in noun_class("going") | {"enter"}
    return is_verbal(verb) and verb.dep_ != "prep" and verb.lemma_.lower() in _told_as_happening()


def goes_on(noun: Token) -> bool:
    """“the talks, which are being held these days”: at the time of writing."""
    phrase = list(noun_phrase(noun))
    return any(
        clause.dep_ == "relcl"
        and clause.head in phrase
        and clause.lemma_.lower() in _told_as_happening()
        and _is_present_progressive(clause)
        for clause in noun.subtree
    )


def _is_present_progressive(verb: Token) -> bool:
    helpers = {c.lower_ for c in verb.lefts if c.dep_ in ("aux", "auxpass")}
    return bool(helpers & {"are", "is"}) and (verb.tag_ == "VBG" or "being" in helpers)


@cache
def _told_as_happening() -> frozenset[str]:
    """Verbs that only say that something was: “the talks *opened*”, “*paid* a visit”."""
    return frozenset(noun_class("happening") | noun_class("light_verbs"))


def _of_clauses(dates: Sequence[Dated], token: Token) -> str | None:
    """Of the word's own clause, else of the nearest above."""
    clauses = [clause.i for clause in _clauses_above(token)]
    apart = _stands_apart(token)
    best: tuple[int, int, int, str] | None = None
    beside: list[str] = []  # “the following year, in August 2019”: the more exact one counts
    for value, span in dates:
        if told_of := _is_of_antecedent(span, token):
            distance: int | None = 0
        else:
            distance = _distance(_clauses_above(span.root)[0], clauses, token)
        if distance is not None and (told_of or not _is_elsewhere(span, token)) and not (distance and apart):
            value = value.partition("/")[0] if any(above == span.root for above in token.ancestors) else value  # “since May, when …”
            rank = (distance, 0 if _is_adverbial_of(span, token) else 1, abs(span.root.i - token.i), value)
            best = rank if best is None else min(best, rank)
            beside += [value] if distance == 0 else []
    if best is None or not is_verbal(token):
        return best and best[3]
    if best[0] and (token.dep_ == "pcomp" and token.head.lower_ in ("after", "before") or "after" in _opened_by(token)):
        return month_of(best[3]) if _has_day(best[3]) else _year(best[3])
    return max((v for v in beside if v.startswith(best[3].rstrip("~?X"))), key=len, default=best[3])


def _is_of_antecedent(span: Span, verb: Token) -> bool:
    """“the Declaration of 1950, wherein X pledged”, “the raid of May 1955, in which …”: what the clause tells of has that date."""
    opening = next((t.i for t in verb.subtree if t.tag_ in _RELATIVE and t.i < verb.i), None) if is_verbal(verb) else None
    if opening is None:
        return False
    between = verb.doc[span.end : opening]
    return span.end <= opening and all(t.text == "," or t.pos_ == "ADP" for t in between)


def _at_the_head(dates: Sequence[Dated], token: Token) -> str | None:
    """“In 2004, a deal was signed: …”."""
    return next((value for value, span in dates if span.end <= token.i and span.start - token.sent.start <= _FRONT), None)


def _beside(dates: Sequence[Dated], verb: Token) -> str | None:
    """“lent X 20 million dollars that September”: no other verb and no comma stand between, whatever the parser hung it on."""
    for value, span in dates:
        between = verb.doc[verb.i + 1 : span.start]
        if span.start > verb.i and not any(is_verbal(t) or t.text in _STOPS for t in between) and not _is_elsewhere(span, verb):
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
        if top is None or any(t.dep_ in ("relcl", "advcl", "ccomp", "dobj") for t in chain):
            continue
        if top.dep_ in ("nsubj", "nsubjpass") and span.root != top and verb.lemma_.lower() in noun_class("happening") | _FOUGHT:
            return value
        if top.dep_ == "prep" and top.lower_ in _WHEN:
            return value
        if top.dep_ == "prep" and top.lower_ == "with" and any(t.dep_ == "pcomp" and t.lower_ in _FROM for t in chain):
            return value.partition("/")[0]  # “appointed, with her term beginning on 2 May”
    return None


def _shared(dates: Sequence[Dated], verb: Token) -> str | None:
    """“negotiated and signed in May”: May for both."""
    joined = next((c for c in verb.rights if c.dep_ == "conj" and shares_clause(c)), None)
    if joined is None or any(t.text == "," for t in verb.doc[verb.i : joined.i]):
        return None
    return next((value for value, span in dates if span.start > joined.i and _is_adverbial_of(span, joined)), None)


def _alongside(dates: Sequence[Dated], verb: Token) -> str | None:
    """“When X came in May 1960, Y agreed”: May 1960; “After X closed the straits in May 1967, …”: about 1967."""
    for clause in _clauses_before(verb):
        inside = {t.i for t in clause.subtree}
        value = next((v for v, span in dates if span.root.i in inside and not _is_elsewhere(span, clause)), None)
        if value is not None and _opened_by(clause) & _SAME_TIME:
            return value
        if value is not None and "after" in _opened_by(clause):
            return _year_about(value)
    return None


def _clauses_before(verb: Token, *, own: bool = False) -> Iterator[Token]:
    """The verbs of the clauses that stand before a verb, or before those that it is told with, and say when or why."""
    for above in (verb,) if own else (verb, *takewhile(is_verbal, verb.ancestors)):
        yield from (c for c in above.lefts if c.dep_ == "advcl" and c.i < verb.i)


def _opened_by(clause: Token) -> set[str]:
    """“when”, “after”: the word that a clause begins with."""
    return {c.lower_ for c in clause.lefts if c.dep_ in ("mark", "advmod")}


def _told_before(dates: Sequence[Dated], verb: Token) -> str | None:
    """“On 3 May he yielded: his troops left”: the date of the main clause before, where the word's own is one too."""
    if _clauses_above(verb)[0].dep_ not in (*_MAIN, "xcomp"):
        return None
    earlier = [v for v, span in dates if span.end <= verb.i and _moves_the_story(span) and not _is_elsewhere(span, verb)]
    return month_of(earlier[-1]) if earlier else None


def _up_to(token: Token, top: Token) -> Iterator[Token]:
    """The words above a word up to those that hang on the top one; nothing where it does not stand below it."""
    chain = [token, *token.ancestors]
    if any(t == top for t in chain):
        for t in chain:
            if t == top:
                return
            yield t


def _distance(clause: Token, clauses: list[int], token: Token) -> int | None:
    """How many clauses a date's clause stands above the word; a noun's own “held on 7 March” counts as its own."""
    if clause.i in clauses:
        return clauses.index(clause.i)
    if clause in _clauses_before(token, own=True) and _opened_by(clause) & _SAME_TIME:
        return 0
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
        return _within(told[-1]) if news or exact else month_of(_within(told[-1]))
    if passage.paragraph.kind == "entry" and passage.previous is not None and passage.previous.paragraph.kind == "date":
        return next((d.value for d in passage.previous.times if d.value is not None), None)
    if news:
        return _published(passage.document.source.published)
    if passage.document.source.kind != "encyclopedia":
        return None
    reached = _reached(passage)
    goes_on = _GOING_ON.match(passage.doc.text) or _GOING_ON.match(sentence.text) or _is_of_before(sentence.root)
    return month_of(reached) if goes_on else _year(reached)


def _is_of_before(verb: Token) -> bool:
    """“After X broke off relations, …” goes on from the paragraph before."""
    return any(c.dep_ == "advcl" and c.i < verb.i and any(m.lower_ in ("after", "following") for m in c.lefts) for c in verb.lefts)


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
            months = start[:7], end[:7]
            return f"{months[0]}/{months[1]}" if length == 4 and _are_neighbours(*months) else start[:length]
    return f"{start[:4]}~"


def _are_neighbours(first: str, second: str) -> bool:
    """May and June of one year."""
    months = first[5:], second[5:]
    return all(m.isdecimal() for m in months) and int(months[1]) - int(months[0]) == 1


def month_of(value: str | None) -> str | None:
    """What follows a day that was told is in its month, as far as the words go."""
    day = re.fullmatch(r"(?P<month>\d{4}-\d{2})-\d{2}", value) if value else None
    return day["month"] if day else value


def _has_day(value: str) -> bool:
    return re.match(r"-?\d{4}-\d{2}-\d{2}", value) is not None


def _year(value: str | None) -> str | None:
    """What a new paragraph goes on with is in the same year, as far as the words go."""
    year = re.match(r"-?\d{4}(?=-\d{2})", value) if value else None
    return year.group() if year else value


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


def _is_of_what_is_judged(span: Span) -> bool:
    """“welcomed the signing last May”, “congratulated him on his re-election in May”: May dates the signing, not the welcome."""
    before = span.doc[max(span.start - 2, 0) : span.start]
    noun = next((t for t in reversed(before) if t.pos_ != "ADP"), None)
    if noun is None or noun.sent != span.sent or not noun.lower_.endswith(_DEEDS):
        return False
    verb = next((t for t in noun.ancestors if is_verbal(t)), None)
    return verb is not None and verb.i < noun.i and match_verb(verb) is not None


def _is_elsewhere(span: Span, token: Token) -> bool:
    """Does the date belong to another noun: “praised the 1999 accord”, “the Declaration of 1950”?"""
    root = span.root
    if is_verbal(token) and match_verb(token) is not None and _is_of_what_is_judged(span):
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


def _is_adverbial_of(span: Span, token: Token) -> bool:
    """Does the date hang on the word itself?"""
    return any(above == token for above in (span.root.head, span.root.head.head))


def _moves_the_story(span: Span) -> bool:
    """A date in a main clause that does not look back (“had promised in 1957”, “the first since 2011”)."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    aside = before in ("of", "since") or _is_of_what_is_judged(span)
    return _clauses_above(span.root)[0].dep_ in _MAIN and not _looks_back(span) and not aside


def _looks_back(span: Span) -> bool:
    return _is_past_perfect(_clauses_above(span.root)[0])


def _is_of_no_day(token: Token) -> bool:
    """“will sign”, “has never recognised X”: it did not happen on the day last told."""
    return is_verbal(token) and (_never_has(token) or modality(token) in ("future", "would"))


def _never_has(verb: Token) -> bool:
    return negated(verb) and any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.lefts)


def _stands_apart(token: Token) -> bool:
    """An aim, or what “he said X had told him” looks back at: the dates of the clauses above are not its own."""
    back = token.dep_ in ("ccomp", "relcl") and (_is_past_perfect(token) or _never_has(token))
    return is_verbal(token) and (back or _is_aim(token))


def _is_aim(verb: Token) -> bool:
    """“in exchange for lifting sanctions”, “his offer to visit X”: dated by its own words only."""
    gerund = verb.dep_ == "pcomp" and verb.head.lower_ in ("against", "for", "in", "without")
    return gerund or (verb.dep_ == "acl" and any(c.tag_ == "TO" for c in verb.lefts))


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
