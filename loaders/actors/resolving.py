"""Who is meant: names, titles, bodies and pronouns of a paragraph to entities, in the order of the text.

Names come first (``loaders.actors.names``), then ministries, titles with their holders, words that point back at those told
before, and pronouns last. What can't be told apart is not guessed.
"""

from collections.abc import Iterable, Sequence

from loaders.actors.context import Context, DateAt, context
from loaders.actors.memory import Memory, entity_of
from loaders.actors.mentions import words_of
from loaders.actors.names import find_names
from loaders.actors.offices import find_offices
from loaders.actors.pronouns import find_pairs, find_pronouns, find_relations
from loaders.actors.standins import find_standins
from loaders.actors.voices import find_bodies, find_governments, find_voices
from loaders.dates import FoundDate
from loaders.parsed import Doc, Token
from loaders.passages import Mention, OfficePhrase
from loaders.timing import date_in_sentence
from ontology.reference import Reference


def resolve(
    doc: Doc, dates: Sequence[FoundDate], reference: Reference, memory: Memory
) -> tuple[tuple[Mention, ...], tuple[OfficePhrase, ...]]:
    """The mentions and the office phrases of a paragraph; ``memory`` is what came before and is added to."""
    date_at = _dating(doc, dates, memory.date)
    before = tuple(memory.recent)
    names = find_names(doc, date_at, reference, memory)
    names += _slanted(doc, names, reference, memory)
    ctx = context(doc, names, date_at, reference, memory, before)
    ctx = ctx.with_mentions(find_bodies(doc, names, reference, memory))
    offices = find_offices(ctx, dates)
    ctx = context(doc, _with_offices(ctx, offices), date_at, reference, memory, before)
    ctx = _with_all(ctx)
    for mention in ctx.mentions:
        if mention.how in ("office", "voice"):
            memory.note(mention.entity)
    return tuple(ctx.mentions), tuple(offices)


def _with_all(ctx: Context) -> Context:
    """With the words that point back, the voices of states, pairs and pronouns, each found by those before it."""
    ctx = ctx.with_mentions(find_standins(ctx, ctx.mentions))
    ctx = ctx.with_mentions(find_voices(ctx.doc, ctx.mentions, ctx.reference))
    ctx = ctx.with_mentions(find_governments(ctx.doc, ctx.mentions, ctx.date_at, ctx.reference))
    return ctx.with_mentions([*find_pronouns(ctx), *find_pairs(ctx), *find_relations(ctx)])


def _dating(doc: Doc, dates: Sequence[FoundDate], carried: str | None) -> DateAt:
    """The date that the story has reached at a word: the sentence's own, the last one before it, the paragraphs' before."""
    known: dict[int, str | None] = {}

    def date_at(token: Token) -> str | None:
        if token.i not in known:
            told = date_in_sentence(doc, dates, token)
            known[token.i] = told or next((d.value for d in reversed(dates) if d.value and d.end <= token.idx), None) or carried
        return known[token.i]

    return date_at


def _slanted(doc: Doc, names: Sequence[Mention], reference: Reference, memory: Memory) -> list[Mention]:
    """“The occupied territories”: Israel where the text has loaded names for it, else those of the Palestinians."""
    told = [known for known in reference.named("Israel") if known.type == "State"]
    israel = next((entity_of(k) for k in told), None)
    taken = {i for m in names for i in range(m.start, m.end)}
    found: list[Mention] = []
    lower = doc.text.lower()
    told_of = israel is not None and (israel in memory.slanted or israel in memory.counts)
    for phrase in words_of("slanted") if told_of else ():
        for span in _spans(doc, phrase) if phrase.split()[-1].lower() in lower else ():
            if span[1] < len(doc) and doc[span[1]].lower_ == "of":
                continue
            if israel is not None and israel in memory.slanted:
                found.append(Mention(*span, israel, "loaded"))
            elif taken.isdisjoint(range(*span)) and (land := reference.named("Palestinian territories")):
                found.append(Mention(*span, entity_of(land[0]), "name"))
    return found


def _spans(doc: Doc, phrase: str) -> Iterable[tuple[int, int]]:
    """Where the words of a phrase stand, capitals aside."""
    wanted = phrase.lower().split()
    lower = [token.lower_ for token in doc]
    return [(i, i + len(wanted)) for i in range(len(lower) - len(wanted) + 1) if lower[i : i + len(wanted)] == wanted]


def _is_against(doc: Doc, office: OfficePhrase) -> bool:
    """“Georgian opposition leaders” do not act for their state."""
    return any(token.lower_ in words_of("not_states") for token in doc[office.start : office.end])


def _with_offices(ctx: Context, offices: Iterable[OfficePhrase]) -> list[Mention]:
    """States inside a title are no actors of their own; a title without a name means its holder."""
    offices = [o for o in offices if not o.term]
    result: list[Mention] = []
    for mention in ctx.mentions:
        inside = any(o.start <= mention.start and mention.end <= o.end and mention.entity != o.person for o in offices)
        result.append(Mention(mention.start, mention.end, mention.entity, "title") if inside else mention)
    several = {(o.start, o.end) for o in offices if sum((p.start, p.end) == (o.start, o.end) for p in offices) > 1}
    for office in offices:
        entity = office.person or office.of
        if entity is not None and (office.person or not _is_against(ctx.doc, office)):
            result.append(Mention(office.start, office.end, entity, "pair" if (office.start, office.end) in several else "office"))
    return result
