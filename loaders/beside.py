"""Who holds a title by the words around it: “Prime Minister X”, “X, head of …”, “X became …”, “as Foreign Minister, X …”."""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from graph.records import Entity
from loaders.context import Context
from loaders.passages import Mention
from loaders.pronouns import antecedent
from loaders.titles import Title, title_words

_ARTICLES = ("the", "a", "an", "his", "her", "its", "their", "then")
_SUBJECTS = ("nsubj", "nsubjpass")


def holder_beside(ctx: Context, title: Title) -> Entity | None:
    """The person whom the sentence shows in the office."""
    return _after(ctx, title) or _before(ctx, title) or _by_verb(ctx, title)


def people_listed(ctx: Context, title: Title) -> Sequence[Entity]:
    """“X and Y, the leaders of A and B”, “the presidents of A and B, X and Y”: X and Y, where they are as many as the owners."""
    count = len(title.owners)
    before = _run(ctx, [m for m in ctx.mentions if m.entity.type == "Person" and m.end <= title.start][-count:])
    after = _run(ctx, [m for m in ctx.mentions if m.entity.type == "Person" and m.start >= title.end][:count])
    start = title.start
    while start > 0 and ctx.doc[start - 1].lower_ in (*_ARTICLES, *title_words("qualifiers")):
        start -= 1
    if len(before) == count and start > 0 and ctx.doc[start - 1].text in (",", "(", "–", "—") and before[-1].end == start - 1:
        return [m.entity for m in before]
    if len(after) == count and after[0].start <= title.end + 1:
        return [m.entity for m in after]
    return ()


def _run(ctx: Context, mentions: list[Mention]) -> list[Mention]:
    """The mentions, if nothing but commas and “and” stands between them."""
    gaps = (ctx.doc[a.end : b.start] for a, b in pairwise(mentions))
    return mentions if all(len(gap) and all(t.lower_ in (",", "and") for t in gap) for gap in gaps) else []


def _after(ctx: Context, title: Title) -> Entity | None:
    """“Prime Minister X”, “former President, X,” and “Minister General X”; “King X” as one name; “as Foreign Minister, X”."""
    doc, at, end = ctx.doc, ctx.at, title.end
    place = end
    if (same := at.get(end - 1)) is not None and same is at.get(end) and same.entity.type == "Person":
        return same.entity
    while place < len(doc) and place not in at and ((doc[place].text == "," and place == end) or doc[place].lower_ in title_words("ranks")):
        place += 1
    mention = at.get(place)
    if mention is None or mention.entity.type != "Person" or mention.start != place:
        return None
    if place > end and doc[end].text == "," and not (_is_closed(ctx, mention) or end + 1 < place or _follows_as(ctx, title)):
        return None
    return mention.entity


def _is_closed(ctx: Context, mention: Mention) -> bool:
    """Does a name behind a comma belong to what is before it?"""
    following = ctx.doc[mention.end].text if mention.end < len(ctx.doc) else "."
    return following in (",", ".", ";", ")") or ctx.doc[mention.end - 1].dep_ == "appos"


def _follows_as(ctx: Context, title: Title) -> bool:
    start = title.start
    while start > 0 and ctx.doc[start - 1].lower_ in _ARTICLES:
        start -= 1
    return start > 0 and ctx.doc[start - 1].lower_ == "as"


def _before(ctx: Context, title: Title) -> Entity | None:
    """“X, the Prime Minister of …” and “X, head of …”."""
    place = title.start - 1
    while place >= 0 and ctx.doc[place].lower_ in _ARTICLES:
        place -= 1
    if place >= 1 and ctx.doc[place].text in (",", "(", "–", "—"):
        mention = ctx.at.get(place - 1)
        if mention is not None and mention.entity.type == "Person":
            return mention.entity
    return None


def _by_verb(ctx: Context, title: Title) -> Entity | None:
    """“X became …”, “X was appointed …”, “X served as …”, “X's tenure as …”."""
    root = ctx.doc[title.start : title.end].root
    head = root.head
    if root.dep_ == "pobj" and head.lower_ == "as":
        governor = head.head
        if governor.lemma_.lower() in title_words("terms"):
            return _person_at(ctx, next((c for c in governor.lefts if c.dep_ == "poss"), None))
        return _subject(ctx, governor) if governor.pos_ in ("VERB", "AUX") else None
    if root.dep_ in ("attr", "oprd", "dobj", "xcomp") and head.lemma_.lower() in title_words("taking"):
        return _subject(ctx, head)
    return None


def _subject(ctx: Context, verb: Token) -> Entity | None:
    while verb.dep_ in ("xcomp", "conj") and not any(c.dep_ in _SUBJECTS for c in verb.lefts):
        verb = verb.head
    return _person_at(ctx, next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None))


def _person_at(ctx: Context, token: Token | None) -> Entity | None:
    if token is None:
        return None
    if token.lower_ in ("he", "she", "his", "her"):
        return antecedent(ctx, token)
    near = (ctx.at.get(i) for i in range(token.i, token.right_edge.i + 1))
    return next((m.entity for m in near if m is not None and m.entity.type == "Person"), None)
