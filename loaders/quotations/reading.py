"""Words in quotation marks that someone is said to have said, and who said them.

First the marks are paired; then each stretch is attributed by the first rule that fits: the speaker
behind it (“…”, X said), before it (X said that “…”), a colon, a source (“according to X”), a noun
(X's “…” remarks), or the speaker of the stretch before. A stretch that no rule attributes is a title, a name
or a scare quote, and is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.records import Entity, Quotation
from loaders.clauses import is_verbal, subjects
from loaders.parsed import Span, Token
from loaders.passages import Passage
from loaders.quotations.attribution import antecedent, entity_at, is_agentless, is_document, mentioned_at, quoted_person, speaker_of
from loaders.quotations.cues import Cue, cue_at, is_content, words_of
from loaders.quotations.frames import Frame, frame_of, token_before, tokens_of
from loaders.quotations.marks import Stretch, find_stretches
from loaders.timing import date_of

_FAR = 14  # words between a quotation and the verb behind it
_NEAR = 4  # words between a verb and the quotation behind it
_SHORT = 8  # words
_NEARBY = 300  # characters
_FEW = 3  # words
_BREAKS = frozenset(
    {"and", "but", "while", "with", "whereas", "who", "which", "although", "after", "because", "before", "when", "or", "nor", "that", "if"}
)
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """The rule that says the words are somebody's, and whose (None: the text leaves it open)."""

    rule: str
    speaker: Entity | None


def read_quotations(passage: Passage, quoted: Sequence[tuple[Stretch, Attribution]] | None = None) -> Iterator[Quotation]:
    """The quotations of a paragraph in order; marks inside marks belong to the outer quotation.

    ``quoted`` is what ``attributed`` gives, for callers that have it.
    """
    for stretch, attribution in attributed(passage) if quoted is None else quoted:
        raw_start, raw_end = passage.paragraph.raw_span(stretch.start, stretch.end)
        yield Quotation(
            source=passage.document.source.id,
            start=raw_start,
            end=raw_end,
            text=passage.document.raw[raw_start:raw_end],
            rule=attribution.rule,
            speaker=attribution.speaker,
            date=date_of(passage, token_before(passage.doc, stretch.start)),
        )


def attributed(passage: Passage) -> list[tuple[Stretch, Attribution]]:
    """The stretches of a paragraph that are somebody's words."""
    stretches = _stretches(passage)
    found: list[tuple[Stretch, Attribution]] = []
    for stretch in stretches:
        attribution = _attribute(passage, stretch, stretches, found)
        if attribution is not None:
            found.append((stretch, attribution))
    return found


def speaker_around(passage: Passage, start: int, end: int) -> tuple[Entity, ...]:
    """Who says the words at characters ``start`` to ``end``, if they stand inside a quotation."""
    if not any(stretch.start <= start and end <= stretch.end for stretch in _stretches(passage)):
        return ()
    for stretch, attribution in attributed(passage):
        if stretch.start <= start and end <= stretch.end:
            return (attribution.speaker,) if attribution.speaker else ()
    return ()


def _stretches(passage: Passage) -> list[Stretch]:
    return find_stretches(passage.paragraph.text, goes_on=_is_open(passage.previous))


# Attribution --------------------------------------------------------------------------------


def _attribute(
    passage: Passage, stretch: Stretch, stretches: Sequence[Stretch], before: Sequence[tuple[Stretch, Attribution]]
) -> Attribution | None:
    quoted = tokens_of(passage.doc, stretch.start, stretch.end)
    if quoted is None:
        return None
    if _continues(passage, stretch) and (speaker := _speaker_of_open(passage.previous)) is not None:
        return Attribution("quotation-continued", speaker)
    frame = frame_of(passage, stretch, stretches)
    if _is_name(quoted, frame) or _is_gloss(passage.paragraph.text, stretch, stretches):
        return None
    for rule in (_by_owner, _behind, _ahead, _after_colon, _by_source, _by_noun, _by_subject, _trailing, _loosely):
        attribution = rule(passage, quoted, frame)
        if attribution is not None:
            return attribution
    return _carried(passage, quoted, frame, before)


def _is_gloss(text: str, stretch: Stretch, stretches: Sequence[Stretch]) -> bool:
    """“Je vous ai compris” (‘I have understood you’): the same words again."""
    return any(re.fullmatch(r"[.,]?[”\"’'»]\s*\([“\"‘'«]", text[other.end : stretch.start]) for other in stretches)


def _is_name(quoted: Span, frame: Frame) -> bool:
    """A title or a name: “the so-called ‘X’”, “Operation ‘Northern Star’”, “the ‘Iron Wall’ campaign”."""
    words = [t for t in quoted if t.is_alpha]
    if any(t.lower_ == "as" and t.head.i < t.i and (cue := cue_at(t.head)) is not None and cue.kind == "judges" for t in frame.before[-3:]):
        return False
    naming = [t for t in frame.before[-2:] if t.lower_ in words_of("naming")]
    if naming and (cue := cue_at(naming[-1])) is not None and cue.kind == "names":
        return True
    if any(t.lower_ in ("so-called", "called") and t.i > quoted.start - _FEW and t.dep_ == "amod" for t in frame.before):
        return True
    if any(t.is_upper is False and t.is_lower and t.lower_ not in _SMALL for t in words) or not words:
        return False
    near = {t.lower_ for t in (*frame.before[-2:], *frame.after[:2])}
    several = len([t for t in words if t.lower_ not in _SMALL]) > 1
    verbless = not any(is_verbal(t) for t in quoted)
    return (several and verbless) or not near.isdisjoint(words_of("bearers_of_names"))


# Rules --------------------------------------------------------------------------------------


def _behind(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """“…”, X said. “…,” said X."""
    if not (frame.starts or frame.pause) or not frame.after:
        return None
    spoken = [t for t in frame.after if not (t.is_punct or t.is_quote or t.is_space)][: _FAR + 1]
    if not spoken or spoken[0].lower_ in _BREAKS or _is_closely_led(frame):
        return None
    for number, token in enumerate(spoken):
        cue = cue_at(token)
        if cue is not None and cue.kind in ("says", "judges", "wants", "thinks", "finds"):
            if token.dep_ == "relcl" or token.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VB") or (number == 0 and len(spoken) == 1):
                return None
            return Attribution("quotation-behind", _subject_near(passage, cue, spoken, number))
        if is_verbal(token) and token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return None
    return None


def _trailing(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """Israel would “never forget” it, X said."""
    commas = [number for number, t in enumerate(frame.after) if t.text == ","]
    tail = [t for t in frame.after[commas[-1] + 1 :] if not (t.is_punct or t.is_quote)] if commas else []
    for number, token in enumerate(tail):
        cue = cue_at(token)
        if (
            cue is not None
            and cue.kind == "says"
            and token.tag_ in ("VBD", "VBZ", "VBP")
            and 0 < number <= _SHORT
            and len(tail) - number <= _FEW
        ):
            return Attribution("quotation-behind", _subject_near(passage, cue, tail, number))
        if is_verbal(token):
            return None
    return None


def _is_closely_led(frame: Frame) -> bool:
    """A verb of saying or a colon stands right before the quotation."""
    tail = [t for t in frame.before if not t.is_quote][-2:]
    return any(t.text == ":" for t in tail) or any((cue := cue_at(t)) is not None and cue.kind != "words" for t in tail)


def _subject_near(passage: Passage, cue: Cue, spoken: Sequence[Token], number: int) -> Entity | None:
    """The subject of the verb behind the quotation: by the parse if it stands there, else by its place."""
    if (quoted := quoted_person(passage, cue.token)) is not None:
        return quoted
    window = range(spoken[0].i, spoken[-1].i + 1)
    for subject in subjects(cue.token):
        if subject.i in window:
            return entity_at(passage, subject)
    if number == 0:
        nouns = [t for t in spoken[1:] if t.pos_ in ("NOUN", "PROPN", "PRON")]
        nouns = [t for t in nouns if t.dep_ not in ("compound", "poss", "amod")] or nouns
    else:
        nouns = [t for t in reversed(spoken[:number]) if t.pos_ in ("NOUN", "PROPN", "PRON")]
    for noun in nouns:
        entity = mentioned_at(passage, noun) or entity_at(passage, noun)
        if entity is not None:
            return entity
    return speaker_of(passage, cue)


def _ahead(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """X said that “…”; X described Y as “…”."""
    cues = [c for t in reversed(frame.before) if (c := cue_at(t)) is not None and c.kind not in ("according", "words")]
    for number, cue in enumerate(cues):
        if not (number == 0 and _is_close(cue, quoted, frame)) and not _governs(cue.token, quoted):
            continue
        if cue.kind == "names":
            return None
        if not _takes(cue, quoted):
            continue
        speaker = speaker_of(passage, cue)
        if speaker is None and not _has_subject(cue.token) and (cue.kind in ("thinks", "wants") or len(quoted) <= _FEW):
            return None  # “what was thought of as a ‘pacification’”
        return Attribution("quotation-ahead", speaker)
    return None


def _is_close(cue: Cue, quoted: Span, frame: Frame) -> bool:
    """Right before the quotation, or a judgement and its “as” with no other verb between."""
    between = [t for t in frame.before if t.i > cue.token.i]
    if len(between) <= _NEAR:
        return not any(t.lower_ in ("by", "in", "after", "before") for t in between)
    led = any(t.lower_ == "as" for t in between[-_FEW:])
    return cue.kind == "judges" and led and not any(is_verbal(t) for t in between)


def _has_subject(verb: Token) -> bool:
    """A subject of its own, or one that is a document: “He thanked them for their ‘…’”, “the resolution calls for ‘…’”."""
    return not is_agentless(verb) and (any(c.dep_ == "nsubj" for c in verb.children) or any(is_document(t) for t in subjects(verb)))


def _takes(cue: Cue, quoted: Span) -> bool:
    """Is the wording the speaker's? What somebody thinks is, where it is more than a term."""
    if len(quoted) == 1 and quoted[0].pos_ in ("NOUN", "PROPN") and quoted[0].dep_ in ("nsubj", "nsubjpass", "compound"):
        return False  # a term in what is said
    if cue.kind in ("thinks", "finds"):
        return len([t for t in quoted if not t.is_punct]) > (_FEW if cue.kind == "thinks" else 1) or any(
            t.lower_ == "as" for t in cue.token.doc[cue.token.i + 1 : quoted.start]
        )
    return True


def _governs(cue: Token, quoted: Span) -> bool:
    """Does the parse put the quoted words below the cue, as what was said?"""
    for token in quoted:
        if token.is_punct or token.head in quoted:
            continue
        below = token
        while below.head != below:
            if below.head == cue:
                if is_content(below, cue):
                    return True
                break
            below = below.head
    return False


def _after_colon(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """X courted the voters: “…”."""
    tail = [t for t in frame.before if not (t.is_quote or t.is_space)]
    if not tail or tail[-1].text != ":" or len(quoted) <= _FEW:
        return None
    if 1 < len(tail) <= _SHORT and _is_named(passage, tail[-2]) and not any(is_verbal(t) for t in tail):
        return Attribution("quotation-colon", entity_at(passage, tail[-2]))  # “Lavrov: ‘We regret it.’”
    for token in reversed(frame.before):
        cue = cue_at(token)
        if cue is not None and cue.kind == "words" and (speaker := speaker_of(passage, cue)) is not None:
            return Attribution("quotation-colon", speaker)  # “a comment made by X: ‘…’”
    subject = next((t for t in reversed(frame.before) if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ != "relcl"), None)
    if subject is not None and is_document(subject):
        return Attribution("quotation-colon", entity_at(passage, subject))
    for token in (subject, *(subject.conjuncts if subject is not None else ())):
        entity = mentioned_at(passage, token) if token is not None else None
        if entity is not None and entity.type in ("Person", "Organisation", "State"):
            return Attribution("quotation-colon", entity)
    return None


def _is_named(passage: Passage, token: Token) -> bool:
    return token.pos_ == "PROPN" or mentioned_at(passage, token) is not None


def _by_owner(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """X's “…” remarks, whoever judges them."""
    owned = [t for t in frame.before[-2:] if t.tag_ in ("POS", "PRP$")]
    noun = next((t for t in frame.after[:3] if t.pos_ == "NOUN"), None)
    cue = cue_at(noun) if noun is not None else None
    if not owned or cue is None or cue.kind != "words":
        return None
    owner = owned[-1].head if owned[-1].tag_ == "POS" else owned[-1]
    entity = mentioned_at(passage, owner)
    return Attribution("quotation-noun", entity) if entity is not None else None


def _by_source(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """According to X, “…”; as X put it, “…”; in X's words, “…”."""
    term = len([t for t in quoted if not t.is_punct]) < _FEW
    for token in (*frame.before, *frame.after):
        cue = cue_at(token)
        if cue is None or (term and not quoted.end <= token.i <= quoted.end + _FEW):
            continue
        worded = cue.kind == "words" and token.lemma_ == "word" and token.head.lower_ == "in"
        if worded or cue.kind == "according" or (cue.kind == "says" and _has_as(token)):
            return Attribution("quotation-source", speaker_of(passage, cue))
    return None


def _has_as(verb: Token) -> bool:
    """“as X put it”."""
    return any(child.lower_ == "as" and child.dep_ in ("mark", "advmod", "prep") and child.i < verb.i for child in verb.children)


def _by_noun(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """X's “…” remarks; a warning by X that “…”."""
    if " " not in quoted.text:
        return None
    for token in quoted.root.ancestors:
        cue = cue_at(token)
        if cue is not None and cue.kind == "words" and (token in frame.before or token in frame.after):
            speaker = speaker_of(passage, cue)
            return Attribution("quotation-noun", speaker) if speaker is not None else None
    return None


def _by_subject(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """The resolution “strongly deplores” it: the verb that says it is quoted itself."""
    for token in quoted:
        cue = cue_at(token)
        if cue is not None and cue.kind in ("says", "judges") and token.tag_ in ("VBD", "VBZ", "VBP") and token.i - quoted.start < _FEW:
            subject = next((c for c in token.children if c.dep_ == "nsubj" and c in frame.before), None)
            if subject is not None and is_document(subject):
                return Attribution("quotation-document", entity_at(passage, subject))
    return None


def _loosely(passage: Passage, quoted: Span, frame: Frame) -> Attribution | None:
    """X said that A would come, and B “will …”: a clause in marks behind a verb of saying, wherever the parse puts it."""
    if len([t for t in quoted if not t.is_punct]) <= _FEW or not any(is_verbal(t) for t in quoted):
        return None
    for token in reversed(frame.before):
        cue = cue_at(token)
        if cue is not None and cue.kind == "says" and token.tag_ in ("VBD", "VBZ", "VBP", "VBG"):
            return Attribution("quotation-loosely", speaker_of(passage, cue))
    return None


def _carried(passage: Passage, quoted: Span, frame: Frame, before: Sequence[tuple[Stretch, Attribution]]) -> Attribution | None:
    """A sentence in marks that stands by itself belongs to whoever spoke before."""
    if not frame.whole or not quoted.text[0].isupper() or not any(is_verbal(t) for t in quoted):
        return None
    if before and quoted.start_char - before[-1][0].end < _NEARBY:
        speaker = before[-1][1].speaker
    elif passage.document.source.kind == "news" or _spoke_just_before(quoted, frame):
        speaker = antecedent(passage, quoted.start, ("Person", "Organisation", "State"))
    else:
        return None
    return Attribution("quotation-carried", speaker) if speaker is not None else None


def _spoke_just_before(quoted: Span, frame: Frame) -> bool:
    """Does the sentence before tell that somebody spoke?"""
    doc = quoted.doc
    start = frame.before[0].i if frame.before else quoted.start
    told = doc[start - 1].sent if start > 0 else None
    return told is not None and any((cue := cue_at(t)) is not None and cue.kind == "says" for t in told)


# From paragraph to paragraph ----------------------------------------------------------------


def _is_open(passage: Passage | None) -> bool:
    """Does a paragraph end inside a quotation?"""
    if passage is None:
        return False
    stretches = find_stretches(passage.paragraph.text)
    return bool(stretches) and not stretches[-1].closed


def _continues(passage: Passage, stretch: Stretch) -> bool:
    opens_paragraph = not passage.paragraph.text[: stretch.start].strip(' “"«')
    return _is_open(passage.previous) and (not stretch.opened or opens_paragraph)


def _speaker_of_open(passage: Passage | None) -> Entity | None:
    """The speaker of a quotation that a paragraph leaves open; found where it was first opened."""
    chain = [passage] if passage is not None else []
    while chain and _is_open(chain[-1].previous) and len(find_stretches(chain[-1].paragraph.text)) == 1:
        chain.append(chain[-1].previous)  # type: ignore[arg-type]
    found = attributed(chain[-1]) if chain else []
    return found[-1][1].speaker if found else None
