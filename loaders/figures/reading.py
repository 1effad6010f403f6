"""Numbers that measure people, money, things or shares: how much, of what, when, and who says so.

Each number of a paragraph is read once: ``loaders.figures.numbers`` finds it, ``loaders.figures.counted`` tells its unit and
whether it measures anything; here it gets its words, what it measures, its qualifier, its period and its source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from graph.records import Figure
from loaders.clauses import governing_verb
from loaders.dates import FoundDate
from loaders.dates.ranges import read_ranges
from loaders.figures.counted import Counted, bare_people, is_compared, is_of_them, is_subject_without_noun, is_time, what_is_counted
from loaders.figures.measures import Measured, measured, predicate_of
from loaders.figures.numbers import Number, find_numbers
from loaders.parsed import Span
from loaders.passages import Passage, closed
from loaders.quotations.attribution import credited, sources_of
from loaders.quotations.reading import speaker_around
from loaders.timing import date_in_sentence, date_of
from loaders.word_lists import word_lists

_BOUNDS = {"low": "lower bound", "high": "upper bound", "from": "from", "to": "to"}
_COMPARABLE = frozenset(
    {
        "figure-people",
        "figure-subject",
        "figure-bare-people",
        "figure-count",
        "figure-rate",
        "figure-measure",
        "figure-of-them",
        "figure-compared",
    }
)
_COMPARED = re.compile(r"\b(?:(?:up|down)\s+from|compared\s+(?:to|with)|against|versus|instead\s+of)\s+(?:\w+\s+){0,2}$")
_AUXILIARY = r"(?:is|are|was|were|ha[sd]|have|will|would)\b"
_PARTICLES = frozenset({"over", "about", "above", "around", "below", "under"})
_TELLING = frozenset({"claim", "count", "estimate", "give", "put", "report", "say", "show", "state", "tell"})  # “he says that 300 fell”
_LEAD = re.compile(
    r"(?:\b(?:an?|the|another|an additional|an extra|a further|a total of|a record|its|their|these|those)\s+)+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A number, its words, what it counts, and what it measures."""

    number: Number
    words: Span
    counted: Counted
    measured: Measured


def read_figures(passage: Passage) -> Iterator[Figure]:
    """The figures of a paragraph in order; a range is two."""
    numbers = [(n, span) for n in find_numbers(passage.paragraph.text) if (span := _words_of(passage, n)) is not None]
    read = [_read(passage, number, words) for number, words in numbers]
    before: _Read | None = None
    for index, (number, words) in enumerate(numbers):
        partner = _like_its_partner(number, words, read)
        found = (
            (partner if number.bound in ("low", "from") else None)
            or read[index]
            or partner
            or _compared(number, words, read)
            or _so_many_of(number, words, before)
        )
        if found is not None:
            before = _in_other_words(found, before, passage.paragraph.text)
            yield _figure(passage, before)


def _words_of(passage: Passage, number: Number) -> Span | None:
    """The tokens of a number; None where it belongs to a date or a duration."""
    text = passage.paragraph.text
    dated = any(d.start < number.end and number.start < d.end for d in passage.dates)
    if number.sort == "count" and (dated or is_time(number, text)):
        return None
    return passage.doc.char_span(number.start, number.end, alignment_mode="expand")


def _read(passage: Passage, number: Number, words: Span) -> _Read | None:
    counted = what_is_counted(passage, number, words) or bare_people(number, words)
    return _Read(number, words, counted, measured(passage, number, words, counted)) if counted is not None else None


def _like_its_partner(number: Number, words: Span, read: Sequence[_Read | None]) -> _Read | None:
    """“1.5 to 3 million doses”: the first end counts what the second does."""
    for other in read:
        if other is not None and number.partner == (other.number.start, other.number.end):
            return _Read(number, words, other.counted, other.measured)
    return None


def _compared(number: Number, words: Span, read: Sequence[_Read | None]) -> _Read | None:
    """“24,900 leaving compared to 17,520”: what the number before in the sentence measures, else the one behind."""
    if not is_compared(number, words):
        return None
    near = [
        r
        for r in read
        if r is not None and r.words.sent.start == words.sent.start and r.number.sort == "count" and r.counted.rule in _COMPARABLE
    ]
    before = [r for r in near if r.number.start < number.start]
    other = before[-1] if before else near[0] if near else None
    if other is None:
        return None
    return _Read(
        number, words, Counted(other.counted.unit, "figure-compared", other.counted.noun), Measured(other.measured.phrase, number.end)
    )


def _so_many_of(number: Number, words: Span, before: _Read | None) -> _Read | None:
    """“82,700 left and 23,800 came back”, “3,425 of them”: so many of what was counted last."""
    if before is None or before.counted.rule not in _COMPARABLE:
        return None
    whole = re.split(r" (?:who|that|to) ", before.measured.phrase)[0]
    counted = Counted(before.counted.unit, "figure-of-them", None)
    if is_of_them(number, words):
        return _Read(number, words, counted, Measured(whole, words.doc[words.end + 1].idx + len(words.doc[words.end + 1])))
    if is_subject_without_noun(number, words) and before.words.sent.start == words.sent.start:
        told, end = predicate_of(words)
        return _Read(number, words, counted, Measured(f"{whole} {'who' if counted.unit == 'people' else 'that'} {told}", end))
    return None


def _in_other_words(read: _Read, before: _Read | None, text: str) -> _Read:
    """“151 billion shekels (40 billion dollars)” measures one thing twice; “30% of them” what the share before does."""
    if before is None:
        return replace(read, measured=replace(read.measured, phrase=re.sub(r"^them\b", "share", read.measured.phrase)))
    same = read.number.sort == "money" or read.counted.rule == "figure-measure" == before.counted.rule
    if same and re.fullmatch(r"[\s\w]{0,15}(?:\(|, or)\s*\w{0,13}\s*", text[before.number.end : read.number.start]):
        noun = read.counted.noun
        end = read.number.end if noun is None or noun.idx < read.number.end else noun.idx + len(noun)
        return replace(read, measured=Measured(before.measured.phrase, end))
    alike = read.counted.unit == before.counted.unit and read.words.sent.start == before.words.sent.start
    if alike and read.number.sort != "count" and _COMPARED.search(text[before.number.end : read.number.start]):
        return replace(read, measured=Measured(before.measured.phrase, read.number.end))
    if read.measured.phrase.startswith("them") and before.counted.unit == read.counted.unit:
        whole = re.split(r" (?:who|that) ", before.measured.phrase)[0]
        told = re.sub(r"^them\s*(?:(?:that|who)\s)?", "", read.measured.phrase)
        relative = "who " if before.measured.phrase.startswith(f"{whole} who ") else "that "
        told = f" {relative if re.match(_AUXILIARY, told) else ''}{told}"
        return replace(read, measured=replace(read.measured, phrase=(whole + told).strip()))
    return read


def _figure(passage: Passage, read: _Read) -> Figure:
    qualifier, lead = _qualifier(passage.paragraph.text, read.number, read.words)
    start, end = _span(passage, read, lead)
    raw_start, raw_end, text = passage.raw_characters(start, end)
    anchor = read.words.root
    return Figure(
        source=passage.document.source.id,
        start=raw_start,
        end=raw_end,
        text=text,
        rule=read.counted.rule,
        value=round(read.number.value, 6),
        unit=read.counted.unit,
        measure=read.measured.phrase,
        qualifier=qualifier,
        period=_period(passage, read, start, end),
        attributed_to=credited([speaker_around(passage, read.number.start, read.number.end), sources_of(passage, anchor)]),
    )


def _span(passage: Passage, read: _Read, start: int) -> tuple[int, int]:
    """From the qualifier, or the range that the number is in, to the end of what is counted."""
    text, number = passage.paragraph.text, read.number
    end = max(number.end, read.measured.end)
    if number.partner is not None:
        start, end = min(start, number.partner[0]), max(end, number.partner[1])
        led = re.search(r"\b(?:between|from)\s+$", text[:start], re.IGNORECASE)
        start = led.start() if led else start
    if lead := _LEAD.search(text, max(0, start - 40), start):
        start = lead.start()
    return start, end


# Period -------------------------------------------------------------------------------------


def _period(passage: Passage, read: _Read, start: int, end: int) -> str | None:
    """The date in the figure's own words, in its clause, in its sentence, or told before in the paragraph."""
    sentence = read.words.sent
    dates = [d for d in _with_ranges(passage) if d.value is not None]
    own = [d for d in dates if start <= d.start and d.end <= end]
    if own:
        return own[-1].value
    if (value := date_in_sentence(passage.doc, dates, read.words.root)) is not None:
        return value
    verb = governing_verb(read.words.root)
    if verb is not None and (value := date_in_sentence(passage.doc, dates, verb)) is not None:
        return value
    beside = [d for d in dates if sentence.start_char <= d.start < sentence.end_char and not _is_of_another(passage, d, read.words)]
    if beside:
        return min(beside, key=lambda d: min(abs(d.start - end), abs(start - d.end))).value
    if (published := passage.document.source.published) is not None and any(_is_recent(passage, d, sentence) for d in passage.dates):
        return published[:4]
    if verb is not None and verb.tag_ == "VBD" and passage.document.source.kind == "news":
        return date_of(passage, verb)
    told = any(d.start < sentence.start_char for d in dates) or passage.paragraph.kind == "entry"
    carried = date_of(passage, read.words.root) if told else None
    return None if carried is not None and _is_of_a_day(carried) and _is_of_no_time(read.words) else carried


def _is_of_another(passage: Passage, date: FoundDate, words: Span) -> bool:
    """“by 93 votes, far fewer than the 141 that condemned it *in March*”: of a clause that the figure is not in."""
    span = passage.doc.char_span(date.start, date.end, alignment_mode="expand")
    clause = next((a for a in span.root.ancestors if a.dep_ in ("acl", "relcl")), None) if span is not None else None
    if clause is None or clause.i < words.root.i or words.root in clause.subtree:
        return False
    return clause.head not in (words.root, *words.root.ancestors)


def _is_of_a_day(date: str) -> bool:
    """A day, or “in the 2000s”: of an event or an age, where a month or a year may be that of a count."""
    return len(date) == len("2000-01-01") or "X" in date


def _is_of_no_time(words: Span) -> bool:
    """“Some 300,000 people live there”: what is so in general, and not at the date that the story has reached."""
    verb = next((a for a in words.root.ancestors if a.pos_ in ("AUX", "VERB")), None)
    while verb is not None and verb.dep_ in ("ccomp", "pcomp", "xcomp") and verb.head.pos_ in ("AUX", "VERB"):
        verb = verb.head
    if verb is None or verb.base in _TELLING:
        return False
    auxiliaries = [c for c in verb.lefts if c.dep_ in ("aux", "auxpass")]
    return (auxiliaries[0] if auxiliaries else verb).tag_ in ("VBP", "VBZ") and not any(c.lemma_ == "have" for c in auxiliaries)


def _is_recent(passage: Passage, found: FoundDate, sentence: Span) -> bool:
    """“over the past months”, “in recent weeks”, in the sentence: in the year of writing."""
    words = passage.paragraph.text[found.start : found.end].lower()
    return (
        found.value is None
        and sentence.start_char <= found.start < sentence.end_char
        and bool(re.search(r"\b(?:past|recent|current|last)\b.*\b(?:days|weeks|months)\b", words))
    )


def _with_ranges(passage: Passage) -> list[FoundDate]:
    """The dates of a paragraph, ranges in the place of their ends; “since 2022” ends when the document was written."""
    published = passage.document.source.published
    ranges = read_ranges(passage.doc, passage.dates, published)
    single = [d for d in passage.dates if not any(r.start <= d.start and d.end <= r.end for r in ranges)]
    return sorted([*(closed(r, published) for r in ranges), *single], key=lambda d: d.start)


# Qualifiers ---------------------------------------------------------------------------------


def _qualifier(text: str, number: Number, words: Span) -> tuple[str | None, int]:
    """The qualifier and where the words of the figure begin."""
    if number.bound is not None:
        led = re.search(r"\b(?:between|from)\s+$", text[: number.start], re.IGNORECASE)
        return _BOUNDS.get(number.bound), led.start() if led else number.start
    before, after = _qualifier_patterns()
    found = before.search(text, max(0, number.start - 40), number.start)
    if found and not _is_particle(words, found.start(1)):
        return _qualifiers("before")[re.sub(r"\s+", " ", found.group(1).lower())], found.start(1)
    if found := after.match(text, number.end):
        return _qualifiers("after")[found.group(1).lower()], number.start
    return None, number.start


def _is_particle(words: Span, start: int) -> bool:
    """“handed over 700 kg”, “complained over two raids”."""
    token = next((t for t in words.doc[max(0, words.start - 5) : words.start] if t.idx == start), None)
    if token is None or token.lower_ not in _PARTICLES:
        return False
    if token.i + 1 < words.start and token.nbor().dep_ == "det":
        return True  # “under a $5 million contract”
    return token.dep_ == "prt" or (
        token.dep_ == "prep" and token.head.pos_ in ("VERB", "NOUN") and len(words) == 1 and not words[0].is_digit
    )


@cache
def _qualifier_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = "|".join(re.escape(w) for w in sorted(_qualifiers("before"), key=len, reverse=True))
    after = "|".join(re.escape(w) for w in sorted(_qualifiers("after"), key=len, reverse=True))
    return (
        re.compile(rf"(?<!\w)({before})\s*(?:\b(?:an?|the|another|additional|total of)\s+)?$", re.IGNORECASE),
        re.compile(rf"\s?({after})(?!\w)", re.IGNORECASE),
    )


@cache
def _qualifiers(place: str) -> dict[str, str]:
    return {words: qualifier for qualifier, forms in word_lists("qualifiers.toml")[place].items() for words in forms}
