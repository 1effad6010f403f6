"""What only looks like a date: counted things, numbered things, surnames, modal verbs, names of days."""

from collections.abc import Callable
from dataclasses import replace

from loaders.dates.grammar import span_of, word_after, word_before
from loaders.dates.lexicon import lexicon
from loaders.dates.model import Calendar, Mention
from loaders.parsed import Doc, Span, Token

_EARLIEST, _LATEST = 1600, 2100  # years that need no word to say that they are


def guard(doc: Doc, mention: Mention) -> Mention | None:
    """The mention if the words around it let it be a date, cut where only part of it is; else None."""
    check = _GUARDS.get(mention.rule)
    return mention if check is None else check(mention, span_of(doc, mention.start, mention.end))


def _listed(kind: str, token: Token | None) -> bool:
    return token is not None and token.lower_ in lexicon().words[kind]


# Numbers ------------------------------------------------------------------------------------


def _year(mention: Mention, span: Span) -> Mention | None:
    return mention if _is_year(mention, span) else None


def _is_year(mention: Mention, span: Span) -> bool:
    before, after = word_before(span), word_after(span)
    if _is_glued(span, mention):
        return False
    if span.doc.text[: mention.start].endswith("-"):
        return not _listed("counted", after)  # "pre-1967 borders"
    if span[0].lower_ in _CIRCA:
        return True
    if mention.end - mention.start > 4 and not _listed("approximately", span[0]):
        return not _listed("counted", after)  # "late 1944", "the end of 2009"
    if _is_numbered(before) or _listed("measuring", before) or _listed("counted", after):
        return False
    if before is not None and before.lower_ in ("$", "€", "£", "#", "№", "us$", "at"):
        return False
    year = mention.meaning.year if isinstance(mention.meaning, Calendar) else None
    usual = year is not None and _EARLIEST <= year <= _LATEST
    counts = after is not None and after.tag_ == "NNS" and _is_bare(span)
    if _listed("dating", before):
        return usual or not counts
    return usual and not counts


def _is_bare(span: Span) -> bool:
    """No article, owner or adjective before: "in 1980 ships" counts, "the 1980 elections" dates."""
    before = word_before(span)
    return before is None or before.pos_ in ("ADP", "VERB", "CCONJ", "PUNCT", "AUX", "SCONJ")


def _is_glued(span: Span, mention: Mention) -> bool:
    """Part of a code or a larger number: "MiG-1977", "10/1980/5", "1950-strong"; not "post-1967" or "1967–"."""
    text, start, end = span.doc.text, mention.start, mention.end
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] in ("/", ".", "_") and before[:1].isalnum():
        return True
    if before[-1:] == "-":
        stem = text[:start].rstrip("-").rsplit(None, 1)[-1:] or [""]
        head = stem[0].lstrip("(\"“'‘").lower()
        if head[-1:].isalnum() and head not in _PREFIXES and not _names_date(stem[0]):
            return True
    if after[:1] in ("/", "_") and after[1:].isalnum():
        return True
    return after[:1] == "-" and text[end + 1 : end + 7].lower() == "strong"


def _is_numbered(before: Token | None) -> bool:
    """After "Resolution", "No."."""
    if before is not None and before.text == "." and before.i > 0:
        before = before.nbor(-1)
    return _listed("numbered", before)


_CIRCA = ("c.", "c", "ca.", "ca", "circa")
_PREFIXES = ("after", "early", "immediate", "late", "mid", "mid-to-late", "non", "post", "pre", "since", "the")


def _names_date(word: str) -> bool:
    lex = lexicon()
    return word in lex.months or word.lower() in lex.seasons or (word.rstrip("s").isdecimal() and len(word.rstrip("s")) <= 4)


def _years_range(mention: Mention, span: Span) -> Mention | None:
    """Both ends are years unless the first is a code's or the second counts something."""
    before, after = word_before(span), word_after(span)
    if _is_numbered(before) or _listed("counted", after) or _listed("measuring", before):
        return None
    return None if before is not None and before.text in ("$", "€", "£") else mention


def _month_day(mention: Mention, span: Span) -> Mention | None:
    """ "in May 27 soldiers died": the month alone; "May 5" stays."""
    after = word_after(span)
    if not _listed("counted", after):
        return mention
    meaning = mention.meaning
    if not isinstance(meaning, Calendar) or span.text.split()[0] not in lexicon().months:
        return None
    end = mention.start + len(span.text.split()[0])
    return Mention(mention.start, end, "month", replace(meaning, day=None, unit="month"))


def _month_day_year(mention: Mention, span: Span) -> Mention | None:
    """ "On May 5, 2000 soldiers": the day without the year."""
    meaning = mention.meaning
    if not _listed("counted", word_after(span)) or not isinstance(meaning, Calendar):
        return mention
    end = mention.start + span.text.rfind(",") if "," in span.text else mention.end
    return Mention(mention.start, end, "month-day", replace(meaning, year=None))


def _days(mention: Mention, span: Span) -> Mention | None:
    """Day numbers of a list; not that of "Operation Dawn 5, and 22 to 24 February"."""
    before = word_before(span)
    named = before is not None and before.pos_ in ("PROPN", "NOUN") and span.text.isdecimal() and not _names_date(before.text)
    return None if named and not (before is not None and before.is_lower and _listed("parts_of_day", before)) else mention


def _short_year(mention: Mention, span: Span) -> Mention | None:
    after = word_after(span)
    counts = after is not None and (after.pos_ in ("NOUN", "NUM", "ADJ", "PROPN") or after.text in ("%", "-"))
    return None if counts or _listed("counted", after) else mention


def _short_dated(mention: Mention, span: Span) -> Mention | None:
    """ "the spring of 480"; of "in May 300 soldiers died" the month alone."""
    after, meaning = word_after(span), mention.meaning
    if not isinstance(meaning, Calendar) or after is None or not (after.pos_ == "NOUN" or _listed("counted", after)):
        return mention
    return Mention(mention.start, mention.end - len(" 300"), meaning.unit, replace(meaning, year=None, short=False))


def _day_number(mention: Mention, span: Span) -> Mention | None:
    """ "on the 5th, …"; not "by the 5th Army"."""
    after = word_after(span)
    ordinal = mention.start + len("the 31st") >= mention.end
    return None if ordinal and after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") else mention


def _short_decade(mention: Mention, span: Span) -> Mention | None:
    """ "the 80s"; not "in his late 20s"."""
    before = word_before(span)
    return None if before is not None and before.tag_ in ("PRP$", "POS") else mention


# Words --------------------------------------------------------------------------------------


def _month(mention: Mention, span: Span) -> Mention | None:
    return mention if _is_month(span) else None


def _is_month(span: Span) -> bool:
    before, after = word_before(span), word_after(span)
    name = span[-1]
    if len(span) > 1 and not (len(span) == 2 and span[0].lower_ == "the"):
        return True  # "early March", "the end of May", "June of that year"
    if name.pos_ in ("AUX", "VERB") or _is_surname(name, before):
        return False
    if len(span) == 2 and after is not None and after.pos_ == "PROPN":
        return False  # "the October Revolution", "the May Fourth Movement"
    if before is not None and before.pos_ in ("PROPN", "ADJ") and before.is_title and not _listed("month_openers", before):
        return False  # "Black September", "Theresa May"
    if after is not None and after.ent_type_ == "PERSON" and name.ent_type_ == "PERSON":
        return False  # "April Glaspie"
    if name.text.capitalize() == "March" and after is not None and after.lower_ in ("against", "on", "towards"):
        return False  # "March on Rome!"
    if name.text.capitalize() in ("March", "May"):
        return _listed("month_openers", before) or name.ent_type_ == "DATE"
    return True


def _is_surname(name: Token, before: Token | None) -> bool:
    """ "Mrs May", "to May" in a text about her."""
    if _listed("surname_cues", before) or name.ent_type_ == "PERSON":
        return True
    if name.text != "May" or (before is not None and before.lower_ in ("in", "since", "until", "early", "late", "last", "next")):
        return False
    return any(token.text == "May" and token.i > 0 and token.nbor(-1).lower_ in lexicon().words["surname_cues"] for token in name.doc)


def _season(mention: Mention, span: Span) -> Mention | None:
    """A bare season needs an article, a preposition or a noun that it modifies."""
    before, after, word = word_before(span), word_after(span), span[-1]
    if word.pos_ in ("VERB", "AUX") or word.tag_ == "NNS" or _listed("not_seasons_after", after):
        return None
    if before is not None and before.pos_ == "PROPN" and before.i + 1 == word.i:
        return None  # "Arab Spring"
    if after is not None and after.lower_ in ("olympics", "olympic", "games", "paralympics"):
        return None
    if word.lower_ == "fall" and not (
        span.start == word.i - 1 and span[0].lower_ == "the" and before is not None and before.lower_ == "in"
    ):
        return None
    if len(span) > 1:
        return None if after is not None and after.lower_ == "of" and word.lower_ != "summer" else mention
    attributive = word.dep_ in ("compound", "amod", "nmod") and word.head.i > word.i
    placed = before is not None and before.lower_ in (
        "by",
        "during",
        "in",
        "over",
        "since",
        "this",
        "through",
        "throughout",
        "until",
        "till",
        "and",
        "to",
    )
    return mention if placed or attributive else None


def _weekday(mention: Mention, span: Span) -> Mention | None:
    before, after = word_before(span), word_after(span)
    if _listed("not_weekdays_before", before) or _listed("not_weekdays_after", after):
        return None
    return mention


def _holiday(mention: Mention, span: Span) -> Mention | None:
    return None if _listed("not_holidays_after", word_after(span)) else mention


_GUARDS: dict[str, Callable[[Mention, Span], Mention | None]] = {
    "day-number": _day_number,
    "days-of-month": _days,
    "holiday": _holiday,
    "month": _month,
    "month-day": _month_day,
    "month-day-year": _month_day_year,
    "season": _season,
    "short-decade": _short_decade,
    "short-year": _short_year,
    "short-year-part": _short_dated,
    "weekday": _weekday,
    "year": _year,
    "years-range": _years_range,
}
