"""What a number measures, in a few words: “Israelis living in Moscow”, “pilots that the rebels released”."""

import re

from spacy.tokens import Span, Token

from loaders.attribution import mentioned_at
from loaders.clauses import is_verbal, noun_phrase, oblique, subjects
from loaders.counted import Counted
from loaders.numbers import Number
from loaders.passages import Passage

_MOST_WORDS = 14
_CUT = frozenset({",", ";", ":", "(", ")", "–", "—", "“", "”", '"', "while", "whereas", "but", "although", "which", "compared"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MODIFIES = frozenset({"nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "poss"})
_UNITLESS = frozenset({"figure-measure", "figure-money", "figure-percent", "figure-part", "figure-ratio", "figure-strong"})


def measure_of(passage: Passage, number: Number, words: Span, counted: Counted) -> str:
    """A short noun phrase: of what, whose, where; never empty."""
    if counted.rule == "figure-age" and counted.noun is not None:
        return _tidy(passage, noun_phrase(counted.noun), number)
    if counted.rule == "figure-bare-people":
        return " ".join(f"people {_predicate(words.root, 'who')}".split())
    if counted.rule == "figure-occasions" and counted.noun is not None:
        return _occasions(passage, counted)
    if counted.rule in _UNITLESS:
        return _of_unit(passage, number, words, counted)
    noun = counted.noun if counted.noun is not None else words.root
    phrase = _cut(words.doc[words.end : max(words.end, noun_phrase(noun).end)]) or noun.text
    return _with_context(passage, phrase, noun, "who" if counted.unit.startswith("people") else "that")


def end_of_phrase(passage: Passage, number: Number, words: Span, counted: Counted) -> int:
    """The character where the words of the figure end: the noun phrase, or the clause that it is the subject of."""
    noun = counted.noun if counted.noun is not None else words.root
    if noun.i < words.start:
        return number.end
    phrase = noun_phrase(noun)
    if phrase.start > words.end:
        return number.end
    last = _cut_at(words.doc, words.end, phrase.end)
    if noun.dep_ in _SUBJECTS and is_verbal(noun.head) and noun.head.i >= last:
        last = _end_of_predicate(noun.head)
    return max(number.end, words.doc[last - 1].idx + len(words.doc[last - 1]))


# Counted nouns ------------------------------------------------------------------------------


def _with_context(passage: Passage, phrase: str, noun: Token, relative: str) -> str:
    """The phrase and what its subjects or objects do: “tourists who visited Malta”, “drones that Chad bought”."""
    if noun.dep_ in _SUBJECTS and is_verbal(noun.head):
        return f"{phrase} {_predicate(noun, relative)}".strip()
    verb = noun.head
    if noun.dep_ == "dobj" and is_verbal(verb) and verb.tag_ in ("VBD", "VBZ", "VBP"):
        actor = next(iter(subjects(verb)), None)
        if actor is not None and actor.i < verb.i:
            entity = mentioned_at(passage, actor)
            return f"{phrase} that {entity.label if entity else actor.text} {verb.text}"
    return phrase


def _predicate(noun: Token, relative: str) -> str:
    """“who left their homeland”, for the subject of “left”."""
    verb = noun.head
    if not is_verbal(verb) or verb.i < noun.i:
        return ""
    words = _cut(noun.doc[_first_auxiliary(verb, noun) : _end_of_predicate(verb)])
    return words if verb.tag_ == "VBG" else f"{relative} {words}"


def _first_auxiliary(verb: Token, noun: Token) -> int:
    return min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i > noun.i)])


def _end_of_predicate(verb: Token) -> int:
    """The token behind a verb's own words: up to the first mark, conjunction or subordinate clause."""
    own = [verb.i]
    for child in verb.rights:
        if child.dep_ in ("punct", "cc", "conj", "advcl", "parataxis", "ccomp") or child.text in _CUT:
            break
        own.append(child.right_edge.i)
    return _cut_at(verb.doc, verb.i, max(own) + 1)


# Units --------------------------------------------------------------------------------------


def _of_unit(passage: Passage, number: Number, words: Span, counted: Counted) -> str:
    """“60 tons of *flour*”, “a 30 km *zone*”, “an *increase* of 5%”, “*the deal* was worth $5 million”."""
    unit = counted.noun if counted.noun is not None else words.root
    for found in (_whole(passage, unit, number), _qualified_noun(passage, words, number), _governing_noun(passage, words, number), _governing_clause(passage, unit)):
        if found:
            return found
    return _cut(words.doc[words.end : words.sent.end]) or _cut(words.sent) or counted.unit


def _whole(passage: Passage, unit: Token, number: Number) -> str:
    """“72% of *the vote in Malta*”."""
    for token in (unit, unit.head):
        if token.i < unit.i - 1:
            continue
        for noun in oblique(token, "of"):
            if noun.i > unit.i:
                phrase = _tidy(passage, noun_phrase(noun), number)
                return f"{phrase} {_predicate(unit, 'that')}".strip() if unit.dep_ in _SUBJECTS else phrase
    return ""


def _qualified_noun(passage: Passage, words: Span, number: Number) -> str:
    """“a $1 billion *sale of aircraft*”, “a 20% *increase in trade*”."""
    root = words.root
    while root.dep_ in _MODIFIES and root.head.i < len(words.doc):
        root = root.head
        if root.i >= words.end and root.pos_ in ("NOUN", "PROPN"):
            return _tidy(passage, noun_phrase(root), number)
        if root.i < words.start:
            break
    return ""


def _governing_noun(passage: Passage, words: Span, number: Number) -> str:
    """“*an increase* of 42% *in tourism*”, “*a deal* worth $5 million”."""
    token = words.root
    while token.head != token and token.dep_ in (*_MODIFIES, "pobj", "prep", "acomp", "appos", "acl"):
        token = token.head
        if token.i < words.start and token.pos_ in ("NOUN", "PROPN") and token.lower_ not in ("shekels", "dollars", "rubles", "euros"):
            whole = _tidy(passage, noun_phrase(token), number)
            return whole
        if is_verbal(token):
            break
    return ""


def _governing_clause(passage: Passage, unit: Token) -> str:
    """“*The project* was estimated at $5 million”, “$3 million *will be spent on schools*”."""
    if unit.dep_ in _SUBJECTS:
        return f"money {_predicate(unit, 'that')}".strip()
    for above in unit.ancestors:
        if not is_verbal(above):
            continue
        for noun in subjects(above)[:1]:
            phrase = noun_phrase(noun)
            if phrase.end <= unit.i:
                entity = mentioned_at(passage, noun) if noun.pos_ == "PRON" else None
                return f"{entity.label if entity else _cut(phrase)} {_around(above, unit)}".strip()
        return ""
    return ""


def _around(verb: Token, unit: Token) -> str:
    """The verb, where it says more than that something is."""
    del unit
    return "" if verb.lemma_ in ("be", "have") else verb.text


def _occasions(passage: Passage, counted: Counted) -> str:
    """“X and Y met nine times” → “meetings of X and Y”."""
    for above in counted.noun.ancestors if counted.noun is not None else ():
        if is_verbal(above):
            actors = [mentioned_at(passage, t) for t in subjects(above)]
            names = [a.label for a in actors if a is not None] or [t.text for t in subjects(above)]
            return f"{counted.unit} of {' and '.join(names)}" if names else counted.unit
    return counted.unit


# Words --------------------------------------------------------------------------------------


def _tidy(passage: Passage, phrase: Span, number: Number) -> str:
    """A noun phrase without the number itself and what leads to it (“of”, “worth”, “more than”)."""
    text = passage.paragraph.text
    start, end = phrase.start_char, phrase.end_char
    if start <= number.start < end:
        left = re.sub(r"(?:\s*\b(?:of|worth|at|by|to|from|about|around|some|over|nearly|almost|up to|as many as|more than|less than|at least|a total of|an estimated|approximately))+\s*$", "", text[start : number.start])
        joined = f"{left.strip()} {text[number.end : end].strip(' -–')}"
        return _cut_text(joined)
    return _cut_text(text[start:end])


def _cut(span: Span) -> str:
    """A span's words up to the first mark, without articles at its start."""
    return _cut_text(span.doc[span.start : _cut_at(span.doc, span.start, span.end)].text)


def _cut_at(doc: object, start: int, end: int) -> int:
    """Where a stretch of tokens meets its first mark, or gets too long."""
    for index in range(start, end):
        token = doc[index]  # type: ignore[index]
        if token.text in _CUT and index > start:
            return index
        if index - start >= _MOST_WORDS:
            return index
    return end


def _cut_text(text: str) -> str:
    text = re.split(r"[,;:()“”\"]|\s[–—]\s", text.strip(" ,;:()“”\"-–"))[0]
    words = text.split()
    while words and words[0].lower() in ("a", "an", "the", "of", "about", "some", "its", "their", "another", "additional"):
        words.pop(0)
    return " ".join(words[:_MOST_WORDS])
