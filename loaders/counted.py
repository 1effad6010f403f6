"""What a number counts: people, things, a unit of measurement, occasions; and what counts nothing.

Reads the noun that a number belongs to off the parse, else off the words that follow. Small numbers of
parties and parts of the text (“the two countries”, “three options”) and labels (“Article 5”) count nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from loaders.clauses import is_verbal
from loaders.cues import cue_at
from loaders.numbers import Number, unit_lexicon
from loaders.passages import Passage

_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIES = frozenset({"nummod", "compound", "amod", "nmod", "quantmod", "det", "npadvmod"})
_FAR = 8  # words
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
# Also names of aircraft: “24 MiG-29 fighters”.
_MACHINES = frozenset({"bomber", "fighter"})
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
    return bool(tail) and _singular(tail.group(1).lower()) in _words("time") if tail else False


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
    return f" per {found.group(1).lower()}" if found and found.group(1).lower() in _words("rates") else ""


def _occasions(times: Token) -> str:
    """“met nine times” → meetings."""
    for above in times.ancestors:
        if is_verbal(above):
            return str(unit_lexicon()["occasions"].get(above.lemma_.lower(), "times"))
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
            return Counted("years", "figure-age", token.head if token.head.pos_ in _NOUNS else token)
    return None


# Nouns --------------------------------------------------------------------------------------


def _of_noun(passage: Passage, number: Number, words: Span) -> Counted | None:
    noun = noun_of(words)
    if noun is None:
        return None
    unit = _unit_of(passage, noun)
    if unit is None or not _counts(number, words, noun, unit):
        return None
    rate = _rate(noun.doc.text[noun.idx + len(noun) :])
    unit = noun.lower_ if rate and noun.lemma_.lower() in _words("people_events") else unit
    return Counted(unit + rate, "figure-rate" if rate else "figure-people" if unit == "people" else "figure-count", noun)


def _of_subject(passage: Passage, number: Number, words: Span, tail: str) -> Counted | None:
    """“Exports numbered 490”, “the death toll rose to 12,000”, “attacks averaged 30 a day”: the subject is counted."""
    verb = _counting_verb(words)
    if verb is None or noun_of(words) is not None or (number.worded and number.value <= _SMALL):
        return None
    for subject in (t for t in verb.children if t.dep_ in _counted_slots(verb) and t.i < words.start):
        noun = _amount_of(subject)
        crowd = any(t is not None and t.lemma_.lower() in _words("crowds") for t in (subject, noun))
        unit = "people" if crowd else _unit_of(passage, noun) if noun is not None else None
        if unit is not None and noun is not None:
            rate = _rate(tail)
            return Counted((noun.lower_ if rate and unit == "people" else unit) + rate, "figure-subject", subject)
    return None


def _counted_slots(verb: Token) -> tuple[str, ...]:
    """“*Exports* rose to 490”, “put *the toll* at 490”, “*the toll* was put at 490”."""
    setting = verb.lemma_.lower() in _words("setting_verbs")
    return ("dobj", "nsubjpass") if setting else ("nsubj", "nsubjpass")


def _counting_verb(words: Span) -> Token | None:
    """The verb that a bare number completes."""
    root = words.root
    led = root.dep_ == "pobj" and root.head.lower_ in ("to", "at", "by", "from") and root.head.i < words.start
    above = root.head.head if led else root.head
    completes = root.dep_ in ("attr", "dobj", "pobj", "acomp", "oprd", "npadvmod", "nummod", "advmod") and above.i < words.start
    verbs = _words("counting_verbs") | (_words("setting_verbs") if led and root.head.lower_ == "at" else frozenset())
    return above if completes and is_verbal(above) and above.lemma_.lower() in verbs else None


def _amount_of(subject: Token) -> Token | None:
    """“refugees” in “the number of refugees”, “the refugee count” and “refugees”; singulars count nothing else."""
    if subject.lemma_.lower() not in _words("amounts"):
        return subject
    whole = [t for child in subject.children if child.lower_ in ("of", "for") for t in child.children if t.dep_ == "pobj"]
    return whole[0] if whole else next((t for t in subject.lefts if t.dep_ == "compound"), None)


def noun_of(words: Span) -> Token | None:
    """The noun that a number belongs to: its head in the parse, else the noun that its phrase runs into."""
    root = words.root
    above = root.head
    apart = any(t.text in ";:()" or t.tag_ in ("VBD", "VBZ", "VBP") for t in words.doc[words.end : above.i])
    if root.dep_ in _MODIFIES and words.end <= above.i < words.end + _FAR and _is_noun(above) and not apart:
        return _whole_word(above)
    found = _noun_behind(words)
    return _whole_word(found) if found is not None else None


def _is_noun(token: Token) -> bool:
    """A noun; the model takes “Shi'ites” for a number."""
    return token.pos_ in _NOUNS or (token.text[0].isupper() and token.text.endswith("s") and token.text[1:].replace("'", "").isalpha())


def _whole_word(noun: Token) -> Token:
    """“Muslims” from the “non” of “non-Muslims”."""
    doc, index = noun.doc, noun.i
    while index + 2 < len(doc) and doc[index + 1].text in "-‑" and not doc[index].whitespace_ and not doc[index + 1].whitespace_:
        index += 2
    return doc[index] if _is_noun(doc[index]) else noun


def _noun_behind(words: Span) -> Token | None:
    found: Token | None = None
    start = words.end
    if start < len(words.doc) and words.doc[start].lower_ == "of":  # “300 of the 400 pilots”
        start += 1
        while start < len(words.doc) and (words.doc[start].pos_ in ("DET", "NUM") or words.doc[start].tag_ == "PRP$"):
            start += 1
    for token in words.doc[start : start + _FAR]:
        if _is_noun(token):
            found = token
        elif found is not None or not (
            token.pos_ == "ADJ"
            or token.text == "-"
            or (token.text == "," and token.nbor(-1).pos_ == "ADJ")
            or (token.tag_ in ("VBN", "VBG", "RB") and token.dep_ in ("amod", "advmod"))
        ):
            break
    return found


def _unit_of(passage: Passage, noun: Token) -> str | None:
    """The unit of a plural noun: ``people``, else the noun itself; None for a singular, a duration or a name."""
    if is_people(passage, noun):
        return "people"
    if _singular(noun.lower_) in _words("time") or noun.lemma_.lower() in _words("time"):
        return None
    if not _is_plural(noun):
        other = next((t for t in noun.children if t.dep_ == "conj" and _is_plural(t)), None) if noun.pos_ == "PROPN" else None
        joined = other is not None and any(t.lower_ in ("and", "or") for t in noun.doc[noun.i : other.i])
        return _unit_of(passage, other) if other is not None and joined else None
    if noun.pos_ == "PROPN" and not noun.text.isupper() and not noun.text[:-1].isupper():
        return noun.lower_ if noun.lower_ == noun.text else noun.text
    if _singular(noun.lower_) in _words("weak_heads") or noun.lemma_.lower() in _words("weak_heads"):
        before = [t for t in noun.lefts if t.dep_ == "compound" and t.i == noun.i - 1 and t.pos_ == "NOUN" and t.is_lower]
        return f"{before[0].lower_} {noun.lower_}" if before else noun.lower_
    return noun.text if noun.text[:-1].isupper() else noun.lower_


def is_people(passage: Passage, noun: Token) -> bool:
    """“soldiers”, “émigrés”, “Israelis”, “dual citizens”."""
    if noun.lemma_.lower() in _words("crowds") and noun.dep_ == "pobj" and noun.head.lower_ == "of":
        return True  # “6 million of the electorate”
    if noun.lower_ == "others":
        return has_casualty_verb(noun)
    before = noun.nbor(-1).text if noun.i else ""
    if noun.lemma_.lower() in _MACHINES and (before.lower() in ("jet", "aircraft") or re.search(r"\d|[a-z][A-Z]", before)):
        return False
    before = before.lower()
    forms = {noun.lemma_.lower(), _singular(noun.lower_)}
    if not _words("people").isdisjoint(forms | {f"{before} {form}" for form in forms}):
        return True
    if noun.tag_ in ("NNPS", "NNS", "NNP") and noun.lower_.endswith(tuple(unit_lexicon()["lists"]["people_endings"])):
        return True
    peoples = any(
        m.how == "people" or (m.entity.type == "Group" and noun.text.endswith("s"))
        for m in passage.mentions_at(noun)
        if m.end - 1 == noun.i
    )
    named = noun.tag_ in ("NNPS", "CD") and noun.text[0].isupper()
    return peoples or (noun.ent_type_ == "NORP" and _is_plural(noun)) or (named and _acts_as_people(noun))


def _acts_as_people(noun: Token) -> bool:
    """“350,000 Pied-Noirs left”, “massacred 200 Herzegovites”."""
    verb = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return verb.lemma_.lower() in _words("people_verbs")
    return noun.dep_ == "dobj" and is_casualty(verb)


def _is_plural(noun: Token) -> bool:
    if noun.tag_ == "CD":
        return _is_noun(noun)
    return (
        noun.tag_ in ("NNS", "NNPS")
        or noun.lower_ in _words("invariant")
        or (noun.tag_ == "NNP" and noun.text.endswith("s") and noun.text[:-1].isupper())
    )


def _singular(word: str) -> str:
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("men", "man"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + replacement
    return word


# What counts nothing ------------------------------------------------------------------------


def _counts(number: Number, words: Span, noun: Token, unit: str) -> bool:
    """Small numbers that point (“the two leaders”) or structure the text (“three options”) measure nothing."""
    if number.value > _SMALL or number.bound is not None or not float(number.value).is_integer():
        return True
    if unit == "people" and has_casualty_verb(noun):
        return True
    if not _words("not_counted").isdisjoint({noun.lemma_.lower(), _singular(noun.lower_)}) or _speaks(noun):
        return False
    return not (words.start and words.doc[words.start - 1].lower_ in _DEFINITE)


def _speaks(noun: Token) -> bool:
    """“Two commanders told the agency”, “according to two residents”: who says something is not counted."""
    if noun.dep_ == "pobj" and noun.head.head.lower_ == "according":
        return True
    cue = cue_at(noun.head) if noun.dep_ == "nsubj" else None
    return cue is not None and cue.kind == "says"


def has_casualty_verb(noun: Token) -> bool:
    """“the two pilots were killed”, “killing one soldier”."""
    for above in (noun.head, noun.head.head):
        if is_casualty(above):
            return True
    return any(is_casualty(child) and child.dep_ == "acl" for child in noun.children)


def is_casualty(verb: Token) -> bool:
    """“kill”, “wound”, “release”; the model takes “wound” for “wind”."""
    return verb.pos_ == "VERB" and not _words("casualty_verbs").isdisjoint({verb.lemma_.lower(), verb.lower_})


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
    if before.lower_ in _words("labels"):
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
    if root.dep_ in ("nsubj", "nsubjpass") and (verb.lemma_.lower() in _words("people_verbs") or _of_whom(words)):
        return Counted("people", "figure-bare-people", root)
    if root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.lemma_.lower() in _words("crowds"):
        return Counted("people", "figure-crowd", root.head.head)
    if following is not None and following.tag_ in ("VBG", "VBN") and following.lemma_.lower() in _words("people_verbs"):
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
    if verb is not None and any(c.dep_ == "nsubj" and c.lemma_.lower() in _words("amounts") for c in verb.children):
        return True  # “the average was 12,214”
    return bool(re.search(rf"\b(?:{'|'.join(map(re.escape, unit_lexicon()['lists']['comparing']))})\s+(?:\w+\s+){{0,2}}$", text))


def tokens_between(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """The tokens that begin within characters ``start`` to ``end``."""
    return (token for token in doc if start <= token.idx < end)


def _token_at(doc: Doc, character: int) -> Token:
    return next(token for token in reversed(doc) if token.idx <= character)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(unit_lexicon()["lists"][name])
