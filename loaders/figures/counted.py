"""What a number counts: people, things, a unit of measurement, occasions; and what counts nothing.

Reads the noun that a number belongs to off the parse, else off the words that follow. Small numbers of
parties and parts of the text (“the two countries”, “three options”) and labels (“Article 5”) count nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from loaders.clauses import is_verbal
from loaders.figures.counted_nouns import amount_of, has_casualty_verb, is_casualty, noun_of, nouns_of, singular, unit_of
from loaders.figures.numbers import Number, unit_lexicon
from loaders.parsed import Doc, Span, Token
from loaders.passages import Passage
from loaders.quotations.cues import cue_at

_SMALL = 12
_DEFINITE = frozenset(
    {
        "the",
        "these",
        "those",
        "both",
        "his",
        "her",
        "its",
        "their",
        "our",
        "your",
        "my",
        "this",
        "first",
        "last",
        "next",
        "other",
        "latter",
        "former",
    }
)
# “five times higher”, “five times as many”, “ten times its size”; not “three times”.
_RATIO = re.compile(
    r"\s+times\s+(?:as\s+(?:big|fast|great|high|large|likely|long|low|many|much|often)|[a-z]{3,}er|less|more|that|the|its|their|worse)\b"
)
_STOPS = frozenset(',;:()[]–—“”"')
# A ballot in the same sentence, before the number.
_BALLOT = re.compile(
    r"\b(?:vote[ds]?|ballots?|voting|adopted|approved|passed|rejected|ratified|carried|margin|majority)\b[^.;]{0,60}$", re.IGNORECASE
)
_SIDES = re.compile(
    r"(?:\s+(?:votes|members|states|countries))?\s*,?\s*(?:against|in favou?r|for and|abstentions?|abstaining|abstained|opposed)\b",
    re.IGNORECASE,
)
VICTIMS = frozenset({"dead", "killed", "wounded", "injured", "missing", "hurt", "homeless"})


@dataclass(frozen=True, slots=True)
class Counted:
    """The unit, the rule that tells it, and the word that what is counted hangs on."""

    unit: str
    rule: str
    noun: Token | None = None


def what_is_counted(passage: Passage, number: Number, words: Span) -> Counted | None:
    """What a number counts by its own words; None for a bare number and for one that counts nothing."""
    tail = passage.paragraph.text[number.end : number.end + 60]
    if number.sort == "times":
        return Counted("times", "figure-ratio")
    if number.sort == "money":
        return Counted(f"{number.unit}{_rate(tail)}", "figure-money")
    if number.unit is not None:
        return Counted(number.unit, "figure-percent" if number.sort != "part" else "figure-part")
    if _is_label(number, words) or is_bare_one(number, words):
        return None
    if number.bound == "score":
        return _of_votes(number, words)
    by_words = _of_votes(number, words) or _of_age(number, words) or _of_unit(number, words, tail)
    return by_words or _of_noun(passage, number, words) or _of_subject(passage, number, words, tail)


def is_time(number: Number, text: str) -> bool:
    """A duration: “12 days”, “a five-year deal”."""
    tail = re.match(r"(?:\s*[-–]\s*|\s+(?:more\s+|full\s+|consecutive\s+)?)(\w+)", text[number.end : number.end + 40])
    return bool(tail) and singular(tail.group(1).lower()) in nouns_of("time") if tail else False


# Units --------------------------------------------------------------------------------------


def _of_unit(number: Number, words: Span, tail: str) -> Counted | None:
    """“60 tons”, “a 100-kilometre zone”, “a 300-strong force”, “nine times”."""
    if _RATIO.match(tail):
        return Counted("times", "figure-ratio")
    following = words.doc[words.end] if words.end < len(words.doc) else None
    if found := _measure_pattern().match(tail):
        unit = _measures()[_singular_unit(found.group(1))]
        rate = _rate(re.sub(r"^\s+of(?:\s+[a-z]+){1,2}?(?=\s+(?:an?|per)\s)", "", tail[found.end() :]))
        return Counted(unit + rate, "figure-measure", _token_at(words.doc, number.end + found.end() - 1))
    if found := re.match(rf"[-–]({'|'.join(unit_lexicon()['hyphenated'])})\b", tail):
        return Counted(unit_lexicon()["hyphenated"][found.group(1)], "figure-strong", words.root)
    if following is not None and following.lower_ == "times":
        return Counted(_occasions(following), "figure-occasions", following)
    return None


@cache
def _measure_pattern() -> re.Pattern[str]:
    forms = sorted(_measures(), key=len, reverse=True)
    return re.compile(rf"(?:\s*[-–]\s*|\s*)({'|'.join(re.escape(f) + ('(?:e?s)?' if f[-1].isalpha() else '') for f in forms)})(?![\w])")


@cache
def _measures() -> dict[str, str]:
    return {form: unit for unit, forms in unit_lexicon()["measures"].items() for form in forms}


def _singular_unit(form: str) -> str:
    return next(f for f in (form, form[:-1], form[:-2]) if f in _measures())


def _rate(tail: str) -> str:
    """“ a week”, “ per day” → “ per week”, “ per day”."""
    found = re.match(r"\s+(?:an?|per|each|every)\s+(\w+)(?!\s+(?:after|ago|before|earlier|later)\b)", tail)
    return f" per {found.group(1).lower()}" if found and found.group(1).lower() in nouns_of("rates") else ""


def _occasions(times: Token) -> str:
    """“met nine times” → meetings."""
    for above in times.ancestors:
        if is_verbal(above):
            return str(unit_lexicon()["occasions"].get(above.base, "times"))
    return "times"


def _of_age(number: Number, words: Span) -> Counted | None:
    """“the conscription age from 27 to 30”, “men aged 18 to 27”; one person's age is no figure."""
    before = words.doc[max(0, words.start - 6) : words.start]
    for token in reversed(before):
        if token.text in _STOPS or (is_verbal(token) and token.lower_ != "aged"):
            return None
        if token.lower_ in ("age", "ages") and not re.search(r"\bat\s+(?:the|an)\s+(?:\w+\s+)?$", before.doc.text[: token.idx]):
            return Counted("years", "figure-age", token)
        if token.lower_ == "aged" and number.bound is not None:
            return Counted("years", "figure-age", token.head if token.head.pos_ == "NOUN" else token)
    return None


# Nouns --------------------------------------------------------------------------------------


def _of_noun(passage: Passage, number: Number, words: Span) -> Counted | None:
    noun = noun_of(words)
    if noun is None:
        return None
    unit = unit_of(passage, noun)
    if unit is None or not _counts(number, words, noun, unit):
        return None
    rate = _rate(noun.doc.text[noun.idx + len(noun) :])
    unit = noun.lower_ if rate and noun.base in nouns_of("people_events") else unit
    return Counted(unit + rate, "figure-rate" if rate else "figure-people" if unit == "people" else "figure-count", noun)


def _of_subject(passage: Passage, number: Number, words: Span, tail: str) -> Counted | None:
    """“Exports numbered 490”, “the death toll rose to 12,000”, “attacks averaged 30 a day”: the subject is counted."""
    verb = _counting_verb(words)
    if verb is None or noun_of(words) is not None or (number.worded and number.value <= _SMALL):
        return None
    for subject in (t for t in verb.children if t.dep_ in _counted_slots(verb) and t.i < words.start):
        noun = amount_of(subject)
        crowd = any(t is not None and t.base in nouns_of("crowds") for t in (subject, noun))
        unit = "people" if crowd else unit_of(passage, noun) if noun is not None else None
        if unit is not None and noun is not None:
            rate = _rate(tail)
            return Counted((noun.lower_ if rate and unit == "people" else unit) + rate, "figure-subject", subject)
    return None


def _counted_slots(verb: Token) -> tuple[str, ...]:
    """“*Exports* rose to 490”, “put *the toll* at 490”, “*the toll* was put at 490”."""
    setting = verb.base in nouns_of("setting_verbs")
    return ("dobj", "nsubjpass") if setting else ("nsubj", "nsubjpass")


def _counting_verb(words: Span) -> Token | None:
    """The verb that a bare number completes."""
    root = words.root
    led = root.dep_ == "pobj" and root.head.lower_ in ("to", "at", "by", "from") and root.head.i < words.start
    above = root.head.head if led else root.head
    completes = root.dep_ in ("attr", "dobj", "pobj", "acomp", "oprd", "npadvmod", "nummod", "advmod") and above.i < words.start
    verbs = nouns_of("counting_verbs") | (nouns_of("setting_verbs") if led and root.head.lower_ == "at" else frozenset())
    return above if completes and is_verbal(above) and above.base in verbs else None


# What counts nothing ------------------------------------------------------------------------


def _counts(number: Number, words: Span, noun: Token, unit: str) -> bool:
    """Small numbers that point (“the two leaders”) or structure the text (“three options”) measure nothing."""
    if number.value > _SMALL or number.bound is not None or not float(number.value).is_integer():
        return True
    if unit == "people" and has_casualty_verb(noun):
        return True
    if not nouns_of("not_counted").isdisjoint({noun.base, singular(noun.lower_)}) or _speaks(noun):
        return False
    return not (words.start and words.doc[words.start - 1].lower_ in _DEFINITE)


def _speaks(noun: Token) -> bool:
    """“Two commanders told the agency”, “according to two residents”: who says something is not counted."""
    if noun.dep_ == "pobj" and noun.head.head.lower_ == "according":
        return True
    cue = cue_at(noun.head) if noun.dep_ == "nsubj" else None
    return cue is not None and cue.kind == "says"


def is_bare_one(number: Number, words: Span) -> bool:
    """“one of”, “one day”, “the one”: a pronoun or an article; “killing one soldier” counts."""
    if number.value != 1 or number.bound is not None or not number.worded:
        return False
    noun = noun_of(words)
    return noun is None or words.end >= len(words.doc) or words.doc[words.end].lower_ == "of" or not has_casualty_verb(noun)


def _is_label(number: Number, words: Span) -> bool:
    """“Article 5”, “Shahed 136 drones”, “No. 3”."""
    if not number.plain or words.start == 0 or number.value >= 10_000:
        return False
    before, text = words.doc[words.start - 1], words.text
    if "," in text:
        return False
    if before.lower_ in nouns_of("labels"):
        return not before.is_lower or not number.worded
    same_phrase = before.head in (words.root, words.root.head) or words.root.head == before or before.dep_ in ("compound", "nmod", "amod")
    name = before.text[0].isupper() and before.pos_ in ("PROPN", "NOUN", "VERB", "ADJ") and before.ent_type_ not in ("NORP", "DATE")
    return name and not before.is_sent_start and same_phrase and not number.worded


# Bare numbers -------------------------------------------------------------------------------


def bare_people(number: Number, words: Span) -> Counted | None:
    """“23,800 have returned”, “up to 300,000 leaving”, “killed 40”, “200 dead”: people without a noun."""
    root, following = words.root, words.doc[words.end] if words.end < len(words.doc) else None
    if following is not None and following.lower_ in VICTIMS:
        return Counted("people", "figure-bare-people", root)
    if number.sort != "count" or _is_label(number, words) or is_bare_one(number, words) or noun_of(words) is not None:
        return None
    verb = root.head
    if root.dep_ == "dobj" and is_casualty(verb):
        return Counted("people", "figure-bare-people", root)
    if number.worded and number.value <= _SMALL:
        return None  # “only seven were deployed”: seven of what was told
    if root.dep_ in ("nsubj", "nsubjpass") and (verb.base in nouns_of("people_verbs") or _of_whom(words)):
        return Counted("people", "figure-bare-people", root)
    if root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.base in nouns_of("crowds"):
        return Counted("people", "figure-crowd", root.head.head)
    if following is not None and following.tag_ in ("VBG", "VBN") and following.base in nouns_of("people_verbs"):
        return Counted("people", "figure-bare-people", root)
    return None


def _of_whom(words: Span) -> bool:
    """“1,000 people, of whom 300 …”."""
    before = words.doc[max(0, words.start - 4) : words.start]
    return any(t.lower_ == "whom" for t in before)


def _of_votes(number: Number, words: Span) -> Counted | None:
    """“voted 85 to 59”, “33 votes to 13”, “with 10 against”."""
    text, tail = words.doc.text[: number.start], words.doc.text[number.end : number.end + 30]
    if number.sort != "count" or number.worded:
        return None
    ballot = _BALLOT.search(text) is not None
    scored = re.match(r"(?:\s+votes)?(?:\s+(?:to|against)\s+|\s?[–-]\s?)\d+\b(?!\s*(?:%|per))", tail) or re.search(
        r"\d(?:\s+votes)?(?:\s+(?:to|against)\s+|\s?[–-]\s?)$", text
    )
    return Counted("votes", "figure-votes", words.root) if ballot and (scored or _SIDES.match(tail)) else None


def is_subject_without_noun(number: Number, words: Span) -> bool:
    """“… and 23,800 came back”: so many of what was counted before."""
    bare = number.sort == "count" and not number.worded and noun_of(words) is None and not _is_label(number, words)
    return bare and words.root.dep_ in ("nsubj", "nsubjpass") and is_verbal(words.root.head) and words.root.head.i >= words.end


def is_of_them(number: Number, words: Span) -> bool:
    """“3,425 of them”."""
    plain = number.sort == "count" and number.value > 1 and not _is_label(number, words)
    return plain and bool(re.match(r"\s+of\s+(?:them|these|those|which|whom)\b", words.doc.text[number.end :]))


def is_compared(number: Number, words: Span) -> bool:
    """“compared to 17,520”: a bare number that measures what another one does."""
    if number.sort != "count" or _is_label(number, words) or number.worded or noun_of(words) is not None or number.value <= 1:
        return False
    text = words.doc.text[: number.start].lower()
    verb = _counting_verb(words)
    if verb is not None and any(c.dep_ == "nsubj" and c.base in nouns_of("amounts") for c in verb.children):
        return True  # “the average was 12,214”
    return bool(re.search(rf"\b(?:{'|'.join(map(re.escape, unit_lexicon()['lists']['comparing']))})\s+(?:\w+\s+){{0,2}}$", text))


def _token_at(doc: Doc, character: int) -> Token:
    return next(token for token in reversed(doc) if token.idx <= character)
