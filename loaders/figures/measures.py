"""What a number measures, in a few words: “Israelis living in Moscow”, “pilots that the rebels released”.

The words come from the parse: the counted noun with what follows it, and where it is a clause's subject or object, what
it does there. A unit (“60 tons”, “$5 million”, “42%”) looks for its thing: “of …”, the noun that it stands before, the
noun or the clause that it belongs to.
"""

import re
from dataclasses import dataclass

from loaders.clauses import grammatical_subjects, is_verbal, oblique, subjects
from loaders.figures.counted import VICTIMS, Counted
from loaders.figures.counted_nouns import is_casualty, is_people, noun_of
from loaders.figures.numbers import Number, unit_lexicon
from loaders.parsed import Doc, Span, Token
from loaders.passages import Passage
from loaders.quotations.attribution import mentioned_at

_MOST_WORDS = 14
_MOST_WORDS_OF_ACTOR = 6
_MARKS = frozenset(',;:()–—“”"')
_CUT = _MARKS | {"while", "whereas", "but", "although", "which", "compared", "amid", "alongside", "worth"}
_OWN_TALE = frozenset({"relcl", "appos", "parataxis", "ccomp", "advcl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MODIFIES = frozenset({"nummod", "advmod", "compound", "amod", "nmod", "quantmod", "npadvmod", "poss", "det"})
_TOTALS = frozenset({"average", "bulk", "group", "majority", "maximum", "minimum", "number", "record", "some", "sum", "total"})
_UNITS = frozenset({"figure-measure", "figure-money", "figure-percent", "figure-part", "figure-ratio", "figure-strong"})
_INTRANSITIVE = frozenset({"died", "drowned", "perished"})
_SUMS = frozenset({"figure-money"})
_LIGHT = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "about",
        "some",
        "its",
        "their",
        "another",
        "additional",
        "further",
        "estimated",
        "total",
        "as",
        "only",
        "just",
    }
    | {"nearly", "almost"}
)
_LEAD = re.compile(
    r"(?:\s*\b(?:of|worth|valued|at|by|to|from|for|about|around|some|over|nearly|almost|up to|as many as|as much as|more than|less than|"
    r"at least|an?|an estimated|approximately|between|and|the)\b)+\s*$"
)


_TAIL = re.compile(r"(?:\s+(?:about|and|as|at|between|by|for|from|in|into|of|on|or|than|the|to|with))+$")
_SIDE = re.compile(r"\s*(?:votes?\s+)?(against(?!\s+\d)|in favou?r|abstentions?|abstained|abstaining|opposed)\b")
_RATE = re.compile(r"\s+(?:an?|per|each|every)\s+(?:day|hour|month|night|week|year)\b")


@dataclass(frozen=True, slots=True)
class Measured:
    """A short noun phrase, and the character of the paragraph where the words that hold it end."""

    phrase: str
    end: int


def measured(passage: Passage, number: Number, words: Span, counted: Counted) -> Measured:
    """Of what, whose, where; the phrase is never empty."""
    found = _measured(passage, number, words, counted)
    phrase = found.phrase if counted.rule == "figure-ratio" else _without_dates(passage, found.phrase)
    phrase = _RATE.sub("", _TAIL.sub("", phrase)) or counted.unit
    return Measured(phrase, max(found.end, number.end))


def _measured(passage: Passage, number: Number, words: Span, counted: Counted) -> Measured:
    noun = counted.noun
    if counted.rule == "figure-age" and noun is not None:
        return Measured(_tidy(passage, noun, number), number.end)
    if counted.rule == "figure-bare-people":
        return _bare(words)
    if counted.rule == "figure-occasions" and noun is not None:
        return Measured(_occasions(passage, counted, noun), _end(noun.doc, noun.i + 1))
    if counted.rule == "figure-votes":
        return _votes(number, words)
    if counted.rule in ("figure-subject", "figure-crowd") and noun is not None:
        return Measured(_tidy(passage, noun, number), number.end)
    if counted.rule in _UNITS or noun is None:
        return _of_unit(passage, number, words, counted)
    start = max(words.end, _behind_partner(passage, number))
    last = _phrase_end(noun)
    phrase = _cut(noun.doc, start, last) or noun.text
    return _in_clause(passage, phrase, noun, last, "who" if counted.unit.startswith("people") else "that")


def _behind_partner(passage: Passage, number: Number) -> int:
    """The token behind a range: “817,000 and 922,000 *Ruritanians*”."""
    if number.partner is None or number.partner[0] < number.start:
        return 0
    span = passage.doc.char_span(*number.partner, alignment_mode="expand")
    return span.end if span is not None else 0


# Counted nouns ------------------------------------------------------------------------------


def _in_clause(passage: Passage, phrase: str, noun: Token, last: int, relative: str) -> Measured:
    """The phrase and what its subject or object does: “tourists who visited Malta”, “drones that Chad bought”."""
    doc, top = noun.doc, noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.base in _TOTALS:
        top = noun.head.head
    verb = top.head
    if top.dep_ in _SUBJECTS and is_verbal(verb) and verb.i >= last:
        end = _predicate_end(verb)
        return Measured(f"{phrase} {_predicate(verb, top, relative)}", _end(doc, end))
    if top.dep_ == "dobj" and is_verbal(verb) and (actor := _actor(passage, verb)):
        if _is_finite(verb):
            return Measured(f"{phrase} that {actor} {doc[_first_auxiliary(verb) : verb.i + 1].text}", _end(doc, last))
        if verb.tag_ == "VB" and " " not in phrase:
            return Measured(f"{phrase} for {actor} to {verb.text}", _end(doc, last))
    if (
        top.dep_ == "pobj"
        and verb.lower_ == "of"
        and verb.head.tag_ == "NN"
        and verb.head.pos_ == "NOUN"
        and verb.head.lemma_ != noun.lemma_
        and verb.head.is_alpha
    ):
        return Measured(f"{verb.head.text} of {phrase}", _end(doc, last))
    return Measured(phrase, _end(doc, last))


def _actor(passage: Passage, verb: Token) -> str:
    """Who does it."""
    for noun in subjects(verb):
        if noun.i < verb.i and not noun.is_stop:
            entity = mentioned_at(passage, noun)
            return entity.label if entity else " ".join(_cut(noun.doc, noun.left_edge.i, noun.i + 1).split()[-_MOST_WORDS_OF_ACTOR:])
    return ""


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(c.dep_ == "aux" and c.tag_ in _FINITE | {"MD"} for c in verb.children)


def _predicate(verb: Token, subject: Token, relative: str) -> str:
    """“who left their homeland”."""
    words = _cut(verb.doc, max(_first_auxiliary(verb), subject.i + 1), _predicate_end(verb))
    suffered = (
        is_casualty(verb)
        and verb.tag_ in ("VBN", "VBD")
        and not any(c.dep_ == "dobj" for c in verb.children)
        and verb.lower_ not in _INTRANSITIVE
    )
    return words if (verb.tag_ == "VBG" or suffered) and not _has_auxiliary(verb) else f"{relative} {words}"


def predicate_of(words: Span) -> tuple[str, int]:
    """What a bare number as a subject does, without its relative, and the character where it ends."""
    verb = words.root.head
    return _cut(verb.doc, max(_first_auxiliary(verb), words.end), _predicate_end(verb)), _end(verb.doc, _predicate_end(verb))


def _bare(words: Span) -> Measured:
    """“23,800 have returned”, “24,900 leaving Ruritania”."""
    doc, root = words.doc, words.root
    if root.dep_ in _SUBJECTS and is_verbal(root.head) and root.head.i >= words.end:
        end = _predicate_end(root.head)
        return Measured(f"people {_predicate(root.head, root, 'who')}", _end(doc, end))
    following = doc[words.end] if words.end < len(doc) else None
    if following is not None and following.lower_ in VICTIMS:
        return Measured(f"people {following.lower_}", _end(doc, words.end + 1))
    if following is not None and following.tag_ in ("VBG", "VBN"):
        end = _cut_at(doc, words.end, following.right_edge.i + 1)
        return Measured(f"people {_cut(doc, words.end, end)}", _end(doc, end))
    verb = root.head
    return Measured(f"people {verb.text}" if is_verbal(verb) and verb.tag_ in ("VBN", "VBD") else "people", _end(doc, words.end))


def _occasions(passage: Passage, counted: Counted, times: Token) -> str:
    """“X and Y met nine times” → “meetings of X and Y”."""
    for above in times.ancestors:
        if is_verbal(above):
            names = [
                e.label if (e := mentioned_at(passage, t)) is not None else t.text
                for t in subjects(above)
                if t.pos_ != "PRON" or mentioned_at(passage, t)
            ]
            return f"{counted.unit} of {' and '.join(names)}" if names else counted.unit
    return counted.unit


def _votes(number: Number, words: Span) -> Measured:
    """“votes against”, “abstentions”, else “votes”."""
    doc = words.doc
    second = re.search(r"\d\s*(?:votes\s+)?(?:\bto|\bagainst|[–-])\s*$", doc.text[: number.start])
    tail = _SIDE.match(doc.text, number.end)
    if tail is None or second:
        return Measured("votes against" if second else "votes in favour", number.end)
    side = tail[1]
    return Measured(
        "abstentions" if side.startswith("abst") else f"votes {'against' if side in ('against', 'opposed') else 'in favour'}",
        tail.end(),
    )


# Units --------------------------------------------------------------------------------------


def _of_unit(passage: Passage, number: Number, words: Span, counted: Counted) -> Measured:
    """“60 tons of *flour*”, “a 30 km *zone*”, “an *increase* of 5%”, “*the deal* was worth $5 million”."""
    unit = counted.noun if counted.noun is not None else words.root
    if counted.rule == "figure-ratio":
        return _ratio(passage, number, words)
    thing = _following_noun(unit, words) or _whole(unit)
    if thing is None and counted.rule in _SUMS:
        thing = next(iter(oblique(unit, "for")), None) or _in_kind(words)
    if thing is None and counted.rule == "figure-part":
        thing = noun_of(words)
    if thing is not None:
        phrase, last = _tidy(passage, thing, number, counted.noun), _phrase_end(thing)
        if unit.dep_ not in _SUBJECTS:
            return Measured(phrase, _end(thing.doc, last))
        return _in_clause(passage, phrase, unit, last, "who" if thing.tag_ != "NN" and is_people(passage, thing) else "that")
    if unit.dep_ in _SUBJECTS and is_verbal(unit.head):
        name = "money" if counted.rule in _SUMS else "them" if counted.unit == "percent" else counted.unit
        return Measured(f"{name} {_predicate(unit.head, unit, 'that')}", _end(unit.doc, _predicate_end(unit.head)))
    paid = counted.rule in _SUMS and unit.head.base not in unit_lexicon()["lists"]["counting_verbs"]
    if unit.dep_ == "dobj" and (paid or counted.rule == "figure-measure"):
        return _in_clause(passage, "money" if paid else counted.unit, unit, unit.i + 1, "that")
    phrase = _governing_noun(passage, unit, words, number, counted.noun) or _governing_clause(passage, unit, words)
    return Measured(phrase or _last_resort(number, words, counted), number.end if counted.noun is None else _end(unit.doc, unit.i + 1))


def _ratio(passage: Passage, number: Number, words: Span) -> Measured:
    """“five times higher than a year before”; “exports grew fivefold”."""
    doc = words.doc
    times = doc[words.end] if words.end < len(doc) and doc[words.end].lower_ == "times" else None
    if times is None:
        return Measured(_governing_clause(passage, words.root, words) or _last_resort(number, words, None), number.end)
    end = _cut_at(doc, times.i + 1, times.sent.end)
    return Measured(_cut(doc, times.i + 1, end), _end(doc, end))


def _whole(unit: Token) -> Token | None:
    """“72% of *the vote in Malta*”; of a bracketed sum, “5 million shekels (…) of *capital*”."""
    for token in (unit, unit.head if unit.dep_ == "appos" else unit):
        for noun in oblique(token, "of"):
            if noun.i > unit.i and not noun.like_num:
                return noun
    return None


def _in_kind(words: Span) -> Token | None:
    """“$3 million in *aid*”."""
    following = words.doc[words.end] if words.end < len(words.doc) else None
    if following is None or following.lower_ != "in":
        return None
    return next((c for c in following.children if c.dep_ == "pobj" and c.pos_ == "NOUN" and not c.ent_type_), None)


def _following_noun(unit: Token, words: Span) -> Token | None:
    """“a $1 billion *sale of aircraft*”, “a 20% *increase in trade*”, “a 100 km *zone*”."""
    token = unit
    last = max(unit.i, words.end - 1)
    while token.dep_ in _MODIFIES and token.head != token:
        token = token.head
        if token.i > last and token.pos_ in ("NOUN", "PROPN") and not (token.dep_ in _MODIFIES and token.head.i > token.i):
            return token
    return None


def _governing_noun(passage: Passage, unit: Token, words: Span, number: Number, measure: Token | None) -> str:
    """“*an increase* of 42% *in tourism*”, “*a deal* worth $5 million”."""
    token = unit
    while token.head != token and token.dep_ in _MODIFIES | {"pobj", "prep", "acomp", "appos", "acl", "pcomp"}:
        token = token.head
        if is_verbal(token) and token.dep_ != "acl":
            return ""
        if token.i < words.start and token.pos_ in ("NOUN", "PROPN") and not token.like_num:
            return _tidy(passage, token, number, measure)
    return ""


def _governing_clause(passage: Passage, unit: Token, words: Span) -> str:
    """“*The project* was *estimated* at $5 million”, “*exports grew* fivefold”."""
    for verb in unit.ancestors:
        if not is_verbal(verb):
            continue
        raised = next((c for c in verb.children if c.dep_ == "dobj" and c.i < words.start), None)
        if raised is not None and any(t.lower_ in ("by", "at", "to") and t.head == verb for t in verb.doc[raised.i : words.start]):
            return _cut(verb.doc, raised.left_edge.i, _phrase_end(raised))
        for noun in [t for t in grammatical_subjects(verb) if t.i < words.start][:1]:
            entity = mentioned_at(passage, noun) if noun.pos_ == "PRON" or noun.i > verb.i else None
            phrase = entity.label if entity else _cut(noun.doc, noun.left_edge.i, max(noun.i + 1, _phrase_end(noun)))
            return f"{phrase} {_verb_words(verb, words)}".strip()
    return ""


def _verb_words(verb: Token, words: Span) -> str:
    """The verb and what stands between it and the first number, where that says more than that something is."""
    if verb.lemma_ in ("be", "have") or verb.i >= words.start:
        return "" if verb.lemma_ in ("be", "have") else verb.text
    first = next((t.i for t in verb.doc[verb.i : words.start] if t.text[0].isdigit() or t.is_currency), words.start)
    return _LEAD.sub("", _cut(verb.doc, verb.i, first))


def _last_resort(number: Number, words: Span, counted: Counted | None) -> str:
    return _cut(words.doc, words.end, words.sent.end) or (counted.unit if counted else "times")


# Words --------------------------------------------------------------------------------------


def _phrase_end(noun: Token) -> int:
    """The token behind a noun phrase, its relative clauses and appositions and what is coordinated with it left out."""
    last = noun.i
    for child in noun.rights:
        if child.dep_ in _OWN_TALE | {"conj", "cc", "punct"} or child.text in _CUT:
            break
        last = child.right_edge.i
    return _cut_at(noun.doc, noun.i, last + 1)


def _predicate_end(verb: Token) -> int:
    """The token behind a verb's own words."""
    last = verb.i
    for child in verb.rights:
        purpose = child.dep_ == "advcl" and child.tag_ == "VB" and child.left_edge.i == last + 1
        if (child.dep_ in _OWN_TALE and not purpose) or child.dep_ in ("punct", "cc", "conj") or child.text in _CUT:
            break
        last = child.right_edge.i
    return _cut_at(verb.doc, verb.i, last + 1)


def _first_auxiliary(verb: Token) -> int:
    return min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i)])


def _has_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _tidy(passage: Passage, noun: Token, number: Number, unit: Token | None = None) -> str:
    """A noun phrase without the number, its unit, and what leads to it (“of”, “worth”, “more than”)."""
    doc, text = noun.doc, passage.paragraph.text
    start, end = doc[noun.left_edge.i].idx, _end(doc, _phrase_end(noun))
    if number.end <= start or end <= number.start:
        return _clipped(_cut(doc, noun.left_edge.i, _phrase_end(noun)))
    first, last = (
        (number.start, number.end) if number.partner is None else (min(number.start, number.partner[0]), max(number.end, number.partner[1]))
    )
    if unit is not None and last <= unit.idx < end:
        last = _end(doc, unit.i + 1)
    apart = any(t.tag_ in ("WDT", "WP", "WRB") or is_verbal(t) for t in doc[noun.left_edge.i : noun.i] if t.idx < first)
    left = _LEAD.sub("", text[start:first]) if first > start and not apart else ""
    right = re.sub(
        r"^[\s–-]*(?:member|strong|man|seat|person)\b" if unit is not None and unit.idx == number.start else r"^[\s–-]+", "", text[last:end]
    )
    return _clipped(f"{left} {right}")


def _cut(doc: Doc, start: int, end: int) -> str:
    """Words up to the first mark, light words at their start left out."""
    while start < end and (doc[start].is_punct or doc[start].lower_ in _LIGHT):
        start += 1
    while end > start and doc[end - 1].is_punct:
        end -= 1
    return _clipped(doc[start : _cut_at(doc, start, end)].text)


def _cut_at(doc: Doc, start: int, end: int) -> int:
    """Where a stretch of tokens meets its first mark, or gets too long."""
    for index in range(start + 1, end):
        if doc[index].text in _CUT or index - start >= _MOST_WORDS:
            return index
    return end


def _clipped(text: str) -> str:
    words = re.split(r",(?!\d)|[;:()“”\"]|\s[–—]\s", text.strip(' ,;:()“”"-–'))[0].split()
    numbers = unit_lexicon()["numbers"]
    while len(words) > 1 and (words[0].lower() in _LIGHT or re.fullmatch(r"[\d.,]+", words[0]) or words[0].lower() in numbers):
        words.pop(0)
    return " ".join(words[:_MOST_WORDS])


def _without_dates(passage: Passage, phrase: str) -> str:
    """The period is told elsewhere: “tourists who visited Malta in 2014” → “… Malta”."""
    for date in sorted(passage.dates, key=lambda d: d.start - d.end):
        words = re.escape(passage.paragraph.text[date.start : date.end])
        lead = r"(?:(?:in|on|since|during|by|as of|of|until|for|over|from|last|around|between|to|than)\s+)?(?:the\s+)?"
        phrase = re.sub(rf"(?<=\w)\s+{lead}{words}(?=\s|$)(?!\s+of\b)", "", phrase)
    return phrase


def _end(doc: Doc, token_end: int) -> int:
    """The character where the token before ``token_end`` ends."""
    last = doc[token_end - 1]
    return last.idx + len(last)
