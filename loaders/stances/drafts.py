"""A stance before it becomes a record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.records import Entity, Phrase
from loaders.parsed import Span, Token
from loaders.stances.holders import Holder
from loaders.stances.lexicon import Entry
from loaders.stances.matters import Matter

_TURNED = {"support": "oppose", "oppose": "support", "neutral": "neutral"}
# What the words of the lexicon's `negated` make of a stance: polarity and act.
_NEGATED = {"decline": ("neutral", "decline"), "reject": ("oppose", "reject"), "state": ("neutral", "state")}
# Acts whose polarity follows what is wanted; a warning or denial opposes whatever it names.
_COMPOSING = frozenset({"demand", "request", "promise", "state", "decline", "reject", "endorse", "apologise"})


@dataclass(frozen=True, slots=True)
class Draft:
    """One holder, one target, and the words that carry it."""

    trigger: Token
    span: Span
    holder: Holder
    matter: Matter
    polarity: str
    act: str
    rule: str
    plover: str | None = None  # where it is not that of act and polarity; "" is none


def drafts(
    trigger: Token, span: Span, holders: Iterable[Holder], matters: Iterable[Matter], entry: Entry, *, negated: bool = False
) -> Iterator[Draft]:
    """A draft for each holder and matter; nobody takes a side towards themself."""
    polarity, act = entry.polarity, entry.act
    if negated and entry.negated != "needed":
        if entry.negated not in _NEGATED:
            return
        polarity, act = _NEGATED[entry.negated]
    holders, matters = list(holders), list(matters)
    for holder in holders:
        for matter in _other_than(holder, holders, matters):
            if not _is_own(holder, matter):
                composed = turned(polarity) if matter.turned and entry.act in _COMPOSING else polarity
                done = "reject" if (act, composed) == ("endorse", "oppose") else act  # “voted to end X” is against X
                yield Draft(trigger, span, holder, matter, composed, done, entry.rule, entry.plover if act == entry.act else None)


def _other_than(holder: Holder, holders: Iterable[Holder], matters: Iterable[Matter]) -> Iterator[Matter]:
    """The matters, “each other” as the other holders."""
    for matter in matters:
        if isinstance(matter.target, Phrase) and matter.target.label.lower().startswith(("each other", "one another")):
            yield from (Matter(other.entity, matter.turned) for other in holders if other != holder)
        else:
            yield matter


def turned(polarity: str) -> str:
    """Support for opposition and the other way round."""
    return _TURNED[polarity]


def _is_own(holder: Holder, matter: Matter) -> bool:
    return isinstance(matter.target, Entity) and matter.target.id == holder.entity.id
