"""A parsed paragraph as plain values: its words, their tree, its sentences and the names that the model found.

spaCy makes a new object each time it is asked for a word, its neighbours or its sentence, and decodes the letters anew; the
readers ask hundreds of times a word. So a paragraph is copied once, into objects that are looked up and not made. They
have the names of spaCy's own attributes, as far as the readers ask for them; what few words are asked is passed on to spaCy.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, wraps
from typing import Any, TypeVar, cast, overload

import spacy.tokens

Known = TypeVar("Known")


class Token:
    """A word or a mark, and where it stands in the tree and in the text."""

    __slots__ = (
        "base", "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_punct", "is_quote", "is_space", "lefts", "lemma_",
        "lower_", "pos_", "rights", "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip

    base: str  # the lemma in small letters
    head: "Token"
    sent: "Span"
    lefts: "tuple[Token, ...]"
    rights: "tuple[Token, ...]"
    children: "tuple[Token, ...]"  # the lefts, then the rights

    def __init__(self, own: spacy.tokens.Token, doc: "Doc") -> None:
        self.doc = doc
        self.i, self.idx = own.i, own.idx
        self.text, self.lower_, self.whitespace_ = own.text, own.lower_, own.whitespace_
        self.lemma_, self.pos_, self.tag_, self.dep_, self.ent_type_ = own.lemma_, own.pos_, own.tag_, own.dep_, own.ent_type_
        self.base = self.lemma_.lower()
        self.is_punct, self.is_quote, self.is_space = own.is_punct, own.is_quote, own.is_space

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def is_alpha(self) -> bool:
        """Nothing but letters?"""
        return self.text.isalpha()

    @property
    def is_digit(self) -> bool:
        """Nothing but figures?"""
        return self.text.isdigit()

    @property
    def is_lower(self) -> bool:
        """In small letters?"""
        return self.text.islower()

    @property
    def is_upper(self) -> bool:
        """In capitals?"""
        return self.text.isupper()

    @property
    def is_title(self) -> bool:
        """With a capital?"""
        return self.text.istitle()

    @property
    def like_num(self) -> bool:
        """A number in figures or in words?"""
        return self.doc.own[self.i].like_num

    @property
    def is_stop(self) -> bool:
        """One of the words that every text is full of?"""
        return self.doc.own[self.i].is_stop

    @property
    def is_currency(self) -> bool:
        """A sign of money?"""
        return self.doc.own[self.i].is_currency

    @property
    def is_sent_start(self) -> bool:
        """The first word of its sentence?"""
        return self.i == self.sent.start

    def nbor(self, step: int = 1) -> "Token":
        """The word so many further on.

        Raises:
            IndexError: there is none.
        """
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc.tokens[place]

    @property
    def left_edge(self) -> "Token":
        """The first word of those below it and itself."""
        return self.doc.tokens[self.doc.own[self.i].left_edge.i]

    @property
    def right_edge(self) -> "Token":
        """The last word of those below it and itself."""
        return self.doc.tokens[self.doc.own[self.i].right_edge.i]

    @property
    def ancestors(self) -> Iterator["Token"]:
        """The words above it, the nearest first."""
        below, above = self, self.head
        while above is not below:
            yield above
            below, above = above, above.head

    @property
    def subtree(self) -> Iterator["Token"]:
        """The word and all below it, in the order of the text."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def conjuncts(self) -> list["Token"]:
        """All that is coordinated with it, before and behind."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for member in found:
            found += [child for child in member.rights if child.dep_ == "conj"]
        return [member for member in found if member is not self]


class Span(Sequence[Token]):
    """Words that stand together: ``start`` to ``end`` of their paragraph."""

    __slots__ = ("_root", "doc", "end", "label_", "start")

    def __init__(self, doc: "Doc", start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label
        self._root: Token | None = None

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.tokens[self.start : self.end])

    def __contains__(self, token: object) -> bool:
        return isinstance(token, Token) and self.start <= token.i < self.end and token.doc is self.doc

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> "Span": ...
    def __getitem__(self, place: int | slice) -> "Token | Span":
        if isinstance(place, int):
            return self.doc.tokens[range(self.start, self.end)[place]]
        start, end, _ = place.indices(self.end - self.start)
        return Span(self.doc, self.start + start, self.start + max(start, end))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._key() == other._key() and self.doc is other.doc

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return self.text

    def _key(self) -> tuple[int, int, str]:
        return self.start, self.end, self.label_

    @property
    def start_char(self) -> int:
        """Where its first letter stands in the paragraph."""
        return self.doc.tokens[self.start].idx if self.start < len(self.doc.tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where its last letter ends."""
        return self.start_char if self.start == self.end else (last := self.doc.tokens[self.end - 1]).idx + len(last.text)

    @property
    def text(self) -> str:
        """Its words as they are written."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> "Span":
        """The sentence that it begins in."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """The word that stands highest in the tree, the first of several."""
        if self._root is None:
            self._root = self._highest()
        return self._root

    def _highest(self) -> Token:
        tops = [t for t in self if not self.start <= t.head.i < self.end or t.head is t]
        return min(tops, key=_depth, default=self.doc.tokens[self.start])

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> "Span | None":
        """The words at some letters of it."""
        return self.doc.char_span(self.start_char + start, self.start_char + end, alignment_mode=alignment_mode)


class Doc:
    """A paragraph."""

    def __init__(self, own: spacy.tokens.Doc) -> None:
        self.own = own
        self.text = own.text
        self.known: defaultdict[object, dict[int, Any]] = defaultdict(dict)  # what ``remembered`` functions know of its words
        self._spans: dict[tuple[int, int, str], Span | None] = {}
        self.tokens = [Token(token, self) for token in own]
        self._grow()
        self.sents = [Span(self, sentence.start, sentence.end) for sentence in own.sents]
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence
        self.ents = [Span(self, ent.start, ent.end, ent.label_) for ent in own.ents]

    def _grow(self) -> None:
        """The tree: each word's head, and those below it."""
        lefts: dict[int, list[Token]] = {}
        rights: dict[int, list[Token]] = {}
        for token, step in zip(self.tokens, self.own.to_array("HEAD").astype("int64").tolist(), strict=True):
            token.head = self.tokens[token.i + step]
            if step:
                (lefts if step > 0 else rights).setdefault(token.i + step, []).append(token)
        for token in self.tokens:  # tuples, as the empty ones take no room and the garbage collector no time
            token.lefts, token.rights = tuple(lefts.get(token.i, ())), tuple(rights.get(token.i, ()))
            token.children = token.lefts + token.rights

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, int):
            return self.tokens[place]
        start, end, _ = place.indices(len(self.tokens))
        return Span(self, start, max(start, end))

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.tokens]

    def starting_in(self, start: int, end: int) -> list[Token]:
        """The words whose first letter is one of ``start`` to ``end``."""
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """The words at some letters; None where there are none, or where they begin or end inside a word and it is ``strict``."""
        place = start, end, alignment_mode
        if place not in self._spans:  # the same few dates are asked for again and again
            own = self.own.char_span(start, end, alignment_mode=alignment_mode)
            self._spans[place] = None if own is None else Span(self, own.start, own.end)
        return self._spans[place]


def remembered(function: Callable[[Token], Known]) -> Callable[[Token], Known]:
    """A function of a word, worked out once for each: a parse does not change. A list is given out as a copy."""

    @wraps(function)
    def recall(token: Token) -> Known:
        known = token.doc.known[function]
        try:
            found: Known = known[token.i]
        except KeyError:
            found = known[token.i] = function(token)
        return cast(Known, found.copy()) if isinstance(found, list) else found

    return recall


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)
