"""spaCy's attribute ruler, which remembers what it set for a word.

The ruler tries hundreds of patterns at each word, which takes a tenth of the time of a whole pipeline. Nearly all of them are
of one word and look at its letters, tag and label alone; so what they set once holds for every such word, and a text is full
of the same few thousand. What they set is left to spaCy: a word that is new here is given to the ruler alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

NAME = "remembering_ruler"
_RULER = "attribute_ruler"
_LOOKED_AT: list[int | str] = ["LOWER", "TAG", "DEP"]
_DECIDED_BY = frozenset({*_LOOKED_AT, "IS_SPACE"})
_SET: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]

_MOST = 200_000  # words remembered, some 100 MB

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """What the ruler sets for a word, and whether a pattern of several words begins with it."""

    values: list[int]
    begins_several: bool


class RememberingRuler:
    """Sets what the ruler sets, word for word."""

    def __init__(self, ruler: AttributeRuler) -> None:
        of_several = [words for words in _word_lists(ruler) if len(words) > 1]
        self._ruler = ruler
        self._of_several = _matcher(ruler.vocab, of_several)
        self._begins_several = _matcher(ruler.vocab, [words[:1] for words in of_several])
        self._known: dict[Key, _Word] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document with its attributes set; one that a pattern of several words is about is left to the ruler."""
        found = [self._known.get(key) or self._learnt(key) for key in map(tuple, doc.to_array(_LOOKED_AT).tolist())]
        if self._of_several is not None and any(word.begins_several for word in found) and self._of_several(doc):
            return self._ruler(doc)
        return doc.from_array(_SET, _rows([word.values for word in found], _SET))

    def _learnt(self, key: Key) -> _Word:
        """What the ruler sets for a word that stands alone."""
        if len(self._known) >= _MOST:
            self._known.clear()
        lower, *labels = key
        alone = Doc(self._ruler.vocab, words=[self._ruler.vocab.strings[lower]])
        alone.from_array(_LOOKED_AT[1:], _rows([labels], _LOOKED_AT[1:]))
        begins = self._begins_several is not None and bool(self._begins_several(alone))
        word = self._known[key] = _Word(self._ruler(alone).to_array(_SET).tolist()[0], begins)
        return word


@Language.factory(NAME)
def _made(nlp: Language, name: str) -> RememberingRuler:
    ruler = nlp.get_pipe(_RULER)
    assert isinstance(ruler, AttributeRuler)
    return RememberingRuler(ruler)


def remember(language: Language) -> None:
    """Has a language's ruler remember, if it has one and that looks at words as expected."""
    ruler = language.get_pipe(_RULER) if _RULER in language.pipe_names else None
    if isinstance(ruler, AttributeRuler) and all(word.keys() <= _DECIDED_BY for words in _word_lists(ruler) for word in words):
        language.add_pipe(NAME, after=_RULER)
        language.remove_pipe(_RULER)


def _matcher(vocab: Vocab, patterns: list[Any]) -> Matcher | None:
    if not patterns:
        return None
    matcher = Matcher(vocab)
    matcher.add("several", patterns)
    return matcher


def _word_lists(ruler: AttributeRuler) -> Iterator[Any]:
    """What the patterns ask of their words."""
    patterns: list[Any] = ruler.patterns
    for rule in patterns:
        yield from rule["patterns"]


def _rows(values: list[list[int]], attributes: list[int | str]) -> Any:  # spaCy knows no array of these unsigned numbers by its type
    return numpy.array(values, dtype=numpy.uint64).reshape(len(values), len(attributes))
