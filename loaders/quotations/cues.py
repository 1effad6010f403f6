"""The words that hand something on: verbs of saying and judging, “according to”, nouns for words said.

The lists are data, in ``lexicon/speech.toml``; who is behind a cue is asked in ``loaders.quotations.attribution``.
"""

from dataclasses import dataclass
from functools import cache

from loaders.clauses import agents, is_passive, is_verbal
from loaders.parsed import Token, remembered
from loaders.word_lists import word_lists

_NOT_CONTENT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "agent", "aux", "auxpass", "neg", "mark", "npadvmod", "tmod"})
# “accused X of …”, “described X as …”; what is told with others is how, where or when it was said.
_CONTENT_PREPOSITIONS = frozenset({"about", "against", "as", "concerning", "for", "of", "on", "over", "regarding", "to", "with"})
KINDS = ("says", "judges", "wants", "finds", "thinks")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that hands on words or facts.

    ``kind`` is a list of verbs in ``speech.toml`` (``says``, ``judges``, ``wants``, ``finds``, ``thinks``),
    ``names`` for a verb of naming that nobody is the subject of, ``words`` for a noun, or ``according``.
    """

    token: Token
    kind: str


@remembered
def cue_at(token: Token) -> Cue | None:
    """The cue that a word is, if it is one."""
    if token.lower_ == "according" and token.i + 1 < len(token.doc):
        return Cue(token, "according")
    if token.pos_ == "NOUN" and token.base in words_of("words"):
        return Cue(token, "words")
    if not (is_verbal(token) or token.tag_.startswith("VB")) or token.dep_ in ("aux", "auxpass"):
        return None
    forms = _forms(token)
    if not words_of("names").isdisjoint(forms) and is_nameless(token):
        return Cue(token, "names")
    for form in forms:
        for kind in KINDS:
            if form in words_of(kind):
                return Cue(token, kind)
    return None


def words_of(kind: str) -> frozenset[str]:
    """A list of ``speech.toml``."""
    return _lexicon()[kind]


def vouched(cue: Cue, by: str = "vouches") -> bool:
    """May a number in the cue's clause be credited to its subject?"""
    return cue.kind in ("according", "finds") or not words_of(by).isdisjoint(_forms(cue.token))


def is_nameless(verb: Token) -> bool:
    """“the so-called X”, “an operation called X”: a participle or passive with nobody behind it."""
    return verb.tag_ == "VBN" and not agents(verb) and (is_passive(verb) or verb.dep_ in ("acl", "amod"))


def _forms(verb: Token) -> list[str]:
    """The verb with the one or two words behind it, then alone: “call for”, “call”."""
    lemma = verb.base
    following = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]]
    phrasal = [f"{lemma} {' '.join(following[:n])}" for n in (2, 1)]
    return [*phrasal, *(f"{lemma} {c.lower_}" for c in verb.children if c.dep_ == "prt"), lemma]


def is_content(below: Token, cue: Token) -> bool:
    """Is a branch directly below a cue what was said, and not who said it or when?

    “After 20 people had died, X said …” does not make the 20 a part of what X said.
    """
    if below.dep_ in _NOT_CONTENT:
        return False
    if below.dep_ in ("prep", "advmod", "advcl") and below.i < cue.i:
        return False
    if below.dep_ in ("conj", "cc", "parataxis", "dep") or (below.dep_ == "prep" and below.lower_ not in _CONTENT_PREPOSITIONS):
        return False
    return not (below.dep_ == "advcl" and any(c.dep_ == "mark" or c.tag_ == "WRB" for c in below.children))


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in word_lists("speech.toml").items()}
