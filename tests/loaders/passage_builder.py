"""Passages for tests: parsed by the language model, with the mentions and dates that the test itself names.

::

    passage("Odria met Kovac.", mentions={"Odria": ("odria", "Ana Odria", "Person")})
    passage(["“We stay.", "“We stay for good,” Odria said."])     # the last paragraph, linked to the one before
    passage("It grew in 2014.", dates=[("in 2014", "2014")])

So a reader's test does not depend on the resolution of names and dates, which have tests of their own.
"""

from collections.abc import Iterator, Mapping, Sequence

from graph.records import Entity
from loaders.dates import FoundDate
from loaders.parsed import Doc
from loaders.passages import Mention, Passage
from loaders.texts.documents import Document, read_document
from loaders.texts.language import load_language, parse
from loaders.texts.sources import Source
from ontology.identifiers import entity_iri

# Words to slug, label, type, and how the words mean the entity ("name" where left out).
Named = Mapping[str, tuple[str, str, str] | tuple[str, str, str, str]]
Dated = Sequence[tuple[str, str | None]]


def passage(
    text: str | Sequence[str], mentions: Named | None = None, dates: Dated = (), kind: str = "news", published: str | None = None
) -> Passage:
    """The last of the paragraphs; the others are before it.

    Args:
        text: A paragraph, or several.
        mentions: Every place where the words stand becomes a mention of the entity; the longest words first.
        dates: Words and their EDTF value, in each paragraph where they stand.
        kind: The kind of the document.
        published: Its date, EDTF.

    Raises:
        ValueError: a text that the document reader takes for a heading or for several paragraphs.
    """
    texts = [text] if isinstance(text, str) else list(text)
    document = document_of(texts, kind, published)
    last: Passage | None = None
    for paragraph, doc in zip(document.paragraphs, parse((p.text for p in document.paragraphs), load_language()), strict=True):
        found = tuple(_mentions(doc, mentions or {}))
        last = Passage(document, paragraph, doc, tuple(_dates(doc.text, dates)), found, previous=last)
    assert last is not None
    return last


def document_of(texts: Sequence[str], kind: str = "news", published: str | None = None) -> Document:
    """A document of these paragraphs."""
    source = Source(id="test", place="test.txt", title="Test", kind=kind, published=published)
    document = read_document(source, "\n\n".join(texts))
    if len(document.paragraphs) != len(texts):
        raise ValueError(f"the document reader finds {len(document.paragraphs)} paragraphs in {len(texts)}: end each with a full stop")
    return document


def _mentions(doc: Doc, named: Named) -> Iterator[Mention]:
    found: list[Mention] = []
    taken: set[int] = set()
    for words in sorted(named, key=len, reverse=True):
        slug, label, type_, *how = named[words]
        start = doc.text.find(words)
        while start >= 0:
            span = doc.char_span(start, start + len(words))
            if span is not None and taken.isdisjoint(range(span.start, span.end)):
                found.append(Mention(span.start, span.end, Entity(entity_iri(slug), label, type_), how[0] if how else "name"))
                taken.update(range(span.start, span.end))
            start = doc.text.find(words, start + 1)
    yield from sorted(found, key=lambda m: (m.start, m.end))


def _dates(text: str, dated: Dated) -> Iterator[FoundDate]:
    found = [FoundDate(text.find(words), text.find(words) + len(words), value, "test") for words, value in dated if words in text]
    yield from sorted(found, key=lambda d: d.start)
