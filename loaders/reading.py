"""The way of a document: parsed, dated, its actors resolved, and then its records read off, paragraph by paragraph."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from spacy.language import Language

from graph.records import DateExpression, Record
from loaders.actors.linked import linked
from loaders.actors.memory import Memory
from loaders.actors.names import introduce
from loaders.actors.offices import read_offices
from loaders.actors.resolving import resolve
from loaders.dates import FoundDate, read_dates
from loaders.events.reading import read_events
from loaders.events.story import Told
from loaders.figures.reading import read_figures
from loaders.passages import Passage
from loaders.quotations.reading import attributed, read_quotations
from loaders.stances.reading import read_stances
from loaders.texts.documents import Document
from loaders.texts.language import parse
from ontology.reference import Reference


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a document: its records in the order of the text, and what is wrong with it.

    ``problems`` are places in the raw file and what is amiss there: a date that no calendar has.
    """

    records: tuple[Record, ...]
    problems: tuple[tuple[int, str], ...] = ()


def read_document(document: Document, language: Language, reference: Reference) -> Reading:
    """Reads a document; pure but for the model's cache."""
    with _uncollected():
        return _read(document, language, reference)


def _read(document: Document, language: Language, reference: Reference) -> Reading:
    passages = list(passages_of(document, language, reference))
    story: list[Told] = []
    records = dict.fromkeys(record for passage in passages for record in read_passage(passage, story))
    in_order = sorted(records, key=lambda r: (r.start, r.end, r.record, r.rule))
    return Reading(tuple(in_order), tuple(_problems(passages)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: a document's words are all in use until it is read, and then all of them are garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read_passage(passage: Passage, story: list[Told]) -> Iterator[Record]:
    """The records of one paragraph, by each reader in turn; its events join the ``story``."""
    figures, quoted = list(read_figures(passage)), attributed(passage)
    yield from _dates(passage)
    yield from read_offices(passage)
    yield from read_events(passage, story, figures)
    yield from read_stances(passage, quoted)
    yield from read_quotations(passage, quoted)
    yield from figures


def passages_of(document: Document, language: Language, reference: Reference) -> Iterator[Passage]:
    """The paragraphs with their parse, dates, actors and offices; each knows the one before."""
    docs = parse((p.text for p in document.paragraphs), language)
    dates = read_dates(docs, document.source.published, news=document.source.kind == "news")
    memory = Memory(date=_first_date(document, dates))
    introduce(docs, reference, memory)
    previous: Passage | None = None
    for paragraph, doc, found in zip(document.paragraphs, docs, dates, strict=True):
        memory.linked = linked(document, paragraph, reference)
        mentions, offices = resolve(doc, found, reference, memory)
        previous = Passage(document, paragraph, doc, tuple(found), mentions, offices, previous)
        yield previous


def _first_date(document: Document, dates: Iterable[Iterable[FoundDate]]) -> str | None:
    """When the story begins: news on the day it was published, history with the first date it tells."""
    told = next((d.value for found in dates for d in found if d.value), None)
    published = document.source.published
    return published if document.source.kind == "news" and published else told or published


def _dates(passage: Passage) -> Iterator[DateExpression]:
    for found in passage.dates:
        start, end, text = passage.raw_characters(found.start, found.end)
        yield DateExpression(
            source=passage.document.source.id, start=start, end=end, text=text, rule=f"date-{found.rule}", value=found.value
        )


def _problems(passages: Iterable[Passage]) -> Iterator[tuple[int, str]]:
    for passage in passages:
        for found in passage.dates:
            if found.problem:
                yield passage.paragraph.raw_span(found.start, found.end)[0], found.problem
