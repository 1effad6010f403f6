"""What the resolver knows at a paragraph: its names so far, what was told before, and the date at each word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.records import Entity
from loaders.actors.memory import Memory
from loaders.parsed import Doc, Token
from loaders.passages import Mention
from ontology.reference import Reference

DateAt = Callable[[Token], str | None]
_LOOKED_BACK = 6  # people of the paragraphs before, for “the minister”


@dataclass(frozen=True)
class Context:
    """A paragraph with its mentions in order. ``at`` gives the mention at a token, the longer of two that overlap.

    ``before`` are the entities told in the paragraphs before, newest last.
    """

    doc: Doc
    mentions: Sequence[Mention]
    at: Mapping[int, Mention]
    date_at: DateAt
    reference: Reference
    memory: Memory
    before: Sequence[Entity]

    @cached_property
    def lower(self) -> str:
        """The paragraph in small letters."""
        return self.doc.text.lower()

    def people_before(self, index: int) -> list[Entity]:
        """The people told of before a token, newest last; those of the paragraphs before where this one tells of none."""
        here = [m.entity for m in self.mentions if m.end <= index and m.entity.type == "Person"]
        return newest_last(here) or [e for e in self.before if e.type == "Person"][-_LOOKED_BACK:]

    def with_mentions(self, more: Iterable[Mention]) -> "Context":
        """The same with more mentions; where they overlap, the new ones are at the tokens."""
        return context(self.doc, [*self.mentions, *more], self.date_at, self.reference, self.memory, self.before)


def context(
    doc: Doc, mentions: Iterable[Mention], date_at: DateAt, reference: Reference, memory: Memory, before: Sequence[Entity]
) -> Context:
    """A context with its mentions in the order of the text."""
    told = list(mentions)
    at = {index: mention for mention in told for index in range(mention.start, mention.end)}
    return Context(doc, sorted(told, key=lambda m: (m.start, m.end)), at, date_at, reference, memory, before)


def newest_last(entities: Iterable[Entity]) -> list[Entity]:
    """Each entity once, in the order of its last mention."""
    return list(dict.fromkeys(reversed(list(entities))))[::-1]
