"""The nouns that numbers count: which one a number belongs to, its unit, and whether it stands for people."""

import re
from functools import cache

from loaders.figures.numbers import unit_lexicon
from loaders.parsed import Span, Token
from loaders.passages import Passage

_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIES = frozenset({"nummod", "compound", "amod", "nmod", "quantmod", "det", "npadvmod"})
_FAR = 8  # words
# Also names of aircraft: “24 MiG-29 fighters”.
_MACHINES = frozenset({"bomber", "fighter"})


def noun_of(words: Span) -> Token | None:
    """The noun that a number belongs to: its head in the parse, else the noun that its phrase runs into."""
    root = words.root
    above = root.head
    apart = any(t.text in ";:()" or t.tag_ in ("VBD", "VBZ", "VBP") for t in words.doc[words.end : above.i])
    if root.dep_ in _MODIFIES and words.end <= above.i < words.end + _FAR and is_noun(above) and not apart:
        return _whole_word(above)
    found = _noun_behind(words)
    return _whole_word(found) if found is not None else None


def is_noun(token: Token) -> bool:
    """A noun; the model takes “Shi'ites” for a number."""
    return token.pos_ in _NOUNS or (token.text[0].isupper() and token.text.endswith("s") and token.text[1:].replace("'", "").isalpha())


def _whole_word(noun: Token) -> Token:
    """“Muslims” from the “non” of “non-Muslims”."""
    doc, index = noun.doc, noun.i
    while index + 2 < len(doc) and doc[index + 1].text in "-‑" and not doc[index].whitespace_ and not doc[index + 1].whitespace_:
        index += 2
    return doc[index] if is_noun(doc[index]) else noun


def _noun_behind(words: Span) -> Token | None:
    found: Token | None = None
    start = words.end
    if start < len(words.doc) and words.doc[start].lower_ == "of":  # “300 of the 400 pilots”
        start += 1
        while start < len(words.doc) and (words.doc[start].pos_ in ("DET", "NUM") or words.doc[start].tag_ == "PRP$"):
            start += 1
    for token in words.doc[start : start + _FAR]:
        if is_noun(token):
            found = token
        elif found is not None or not (
            token.pos_ == "ADJ"
            or token.text == "-"
            or (token.text == "," and token.nbor(-1).pos_ == "ADJ")
            or (token.tag_ in ("VBN", "VBG", "RB") and token.dep_ in ("amod", "advmod"))
        ):
            break
    return found


def unit_of(passage: Passage, noun: Token) -> str | None:
    """The unit of a plural noun: ``people``, else the noun itself; None for a singular, a duration or a name."""
    if is_people(passage, noun):
        return "people"
    if singular(noun.lower_) in nouns_of("time") or noun.base in nouns_of("time"):
        return None
    if not is_plural(noun):
        other = next((t for t in noun.children if t.dep_ == "conj" and is_plural(t)), None) if noun.pos_ == "PROPN" else None
        joined = other is not None and any(t.lower_ in ("and", "or") for t in noun.doc[noun.i : other.i])
        return unit_of(passage, other) if other is not None and joined else None
    if noun.pos_ == "PROPN" and not noun.text.isupper() and not noun.text[:-1].isupper():
        return noun.lower_ if noun.lower_ == noun.text else noun.text
    if singular(noun.lower_) in nouns_of("weak_heads") or noun.base in nouns_of("weak_heads"):
        before = [t for t in noun.lefts if t.dep_ == "compound" and t.i == noun.i - 1 and t.pos_ == "NOUN" and t.is_lower]
        return f"{before[0].lower_} {noun.lower_}" if before else noun.lower_
    return noun.text if noun.text[:-1].isupper() else noun.lower_


def is_people(passage: Passage, noun: Token) -> bool:
    """“soldiers”, “émigrés”, “Israelis”, “dual citizens”."""
    if noun.base in nouns_of("crowds") and noun.dep_ == "pobj" and noun.head.lower_ == "of":
        return True  # “6 million of the electorate”
    if noun.lower_ == "others":
        return has_casualty_verb(noun)
    before = noun.nbor(-1).text if noun.i else ""
    if noun.base in _MACHINES and (before.lower() in ("jet", "aircraft") or re.search(r"\d|[a-z][A-Z]", before)):
        return False
    before = before.lower()
    forms = {noun.base, singular(noun.lower_)}
    if not nouns_of("people").isdisjoint(forms | {f"{before} {form}" for form in forms}):
        return True
    if noun.tag_ in ("NNPS", "NNS", "NNP") and noun.lower_.endswith(tuple(unit_lexicon()["lists"]["people_endings"])):
        return True
    peoples = any(
        m.how == "people" or (m.entity.type == "Group" and noun.text.endswith("s"))
        for m in passage.mentions_at(noun)
        if m.end - 1 == noun.i
    )
    named = noun.tag_ in ("NNPS", "CD") and noun.text[0].isupper()
    return peoples or (noun.ent_type_ == "NORP" and is_plural(noun)) or (named and _acts_as_people(noun))


def _acts_as_people(noun: Token) -> bool:
    """“350,000 Pied-Noirs left”, “massacred 200 Herzegovites”."""
    verb = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return verb.base in nouns_of("people_verbs")
    return noun.dep_ == "dobj" and is_casualty(verb)


def is_plural(noun: Token) -> bool:
    """“tanks”, “aircraft”, “UAVs”."""
    if noun.tag_ == "CD":
        return is_noun(noun)
    return (
        noun.tag_ in ("NNS", "NNPS")
        or noun.lower_ in nouns_of("invariant")
        or (noun.tag_ == "NNP" and noun.text.endswith("s") and noun.text[:-1].isupper())
    )


def singular(word: str) -> str:
    """“parties” → “party”, by the ending alone."""
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("men", "man"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + replacement
    return word


def amount_of(subject: Token) -> Token | None:
    """“refugees” in “the number of refugees”, “the refugee count” and “refugees”; singulars count nothing else."""
    if subject.base not in nouns_of("amounts"):
        return subject
    whole = [t for child in subject.children if child.lower_ in ("of", "for") for t in child.children if t.dep_ == "pobj"]
    return whole[0] if whole else next((t for t in subject.lefts if t.dep_ == "compound"), None)


def has_casualty_verb(noun: Token) -> bool:
    """“the two pilots were killed”, “killing one soldier”."""
    for above in (noun.head, noun.head.head):
        if is_casualty(above):
            return True
    return any(is_casualty(child) and child.dep_ == "acl" for child in noun.children)


def is_casualty(verb: Token) -> bool:
    """“kill”, “wound”, “release”; the model takes “wound” for “wind”."""
    return verb.pos_ == "VERB" and not nouns_of("casualty_verbs").isdisjoint({verb.base, verb.lower_})


@cache
def nouns_of(name: str) -> frozenset[str]:
    """A list of ``units.toml``."""
    return frozenset(unit_lexicon()["lists"][name])
