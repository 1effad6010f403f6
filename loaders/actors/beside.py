"""Who holds a title by the words around it: “Prime Minister X”, “X, head of …”, “X became …”, “as Foreign Minister, X …”."""

from collections.abc import Sequence
from itertools import pairwise

from graph.records import Entity
from loaders.actors.context import Context
from loaders.actors.pronouns import antecedent
from loaders.actors.titles import Title, title_words
from loaders.parsed import Token
from loaders.passages import Mention

_LONGEST_LIST = 6  # people behind a title in the plural
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


def people_after(ctx: Context, title: Title) -> Sequence[Entity]:
    """“Ministers X, Y and Z”: all of them, or nobody where one name alone stands behind the title."""
    found: list[Mention] = []
    place = title.end
    while len(found) < _LONGEST_LIST:
        mention = ctx.at.get(place)
        if mention is None or mention.entity.type != "Person" or mention.start != place:
            break
        found.append(mention)
        place = mention.end
        while place < len(ctx.doc) and place not in ctx.at and ctx.doc[place].lower_ in (",", "and"):
            place += 1
    people = list(dict.fromkeys(m.entity for m in found))
    return people if len(people) > 1 and _run(ctx, found) else ()


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
    """“X became …”, “she appointed X …”, “X served as …”, “Y was followed by X as …”, “X's tenure as …”."""
    root = ctx.doc[title.start : title.end].root
    head = root.head
    if root.dep_ == "pobj" and head.lower_ == "as":
        governor = head.head
        if governor.base in title_words("terms") and governor.pos_ == "NOUN":
            return _whose_term(ctx, governor)
        return _installed(ctx, governor) if governor.pos_ in ("VERB", "AUX") else None
    if root.dep_ in ("attr", "oprd", "dobj", "xcomp", "ccomp") and head.base in title_words("taking"):
        return _installed(ctx, head)
    return None


def _whose_term(ctx: Context, noun: Token) -> Entity | None:
    """“X's appointment as …”, “the appointment of X as …”."""
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    behind = next((c for p in noun.rights if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"), None)
    return _person_at(ctx, owner) or _person_at(ctx, behind)


def _installed(ctx: Context, verb: Token) -> Entity | None:
    """Whom a clause puts into an office: the subject, or the object of “appoint” and “recognise”, or the “by” of “was succeeded”."""
    lemma = verb.base
    passive = verb.tag_ == "VBN" and not any(c.dep_ == "nsubj" for c in verb.lefts) and not _has_perfect(verb)
    if lemma in title_words("succeeding"):
        agents = [c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"]
        return _person_at(ctx, agents[0]) if agents else None if passive else _subject(ctx, verb)
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i]
    objects += [c for small in verb.children if small.dep_ == "ccomp" for c in small.children if c.dep_ == "nsubj" and c.i > verb.i]
    person = next((found for c in objects if (found := _person_at(ctx, c)) is not None), None)
    if person is not None:
        return person
    return _subject(ctx, verb) if passive or lemma not in title_words("installing") else None


def _has_perfect(verb: Token) -> bool:
    """“has appointed” is active."""
    auxiliaries = [c for c in verb.lefts if c.dep_ in ("aux", "auxpass")]
    return bool(auxiliaries) and auxiliaries[-1].lemma_ == "have"


def _subject(ctx: Context, verb: Token) -> Entity | None:
    while verb.dep_ in ("xcomp", "conj", "advcl") and not any(c.dep_ in _SUBJECTS for c in verb.lefts):
        verb = verb.head
    subject = next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)
    relative = subject is None or subject.lower_ in ("that", "which", "who")
    if verb.dep_ in ("acl", "relcl") and relative:  # “X, elected …”, “X, who became …”
        return _person_at(ctx, verb.head)
    return _person_at(ctx, subject)


def _person_at(ctx: Context, token: Token | None) -> Entity | None:
    if token is None:
        return None
    if token.lower_ in ("he", "she", "him", "his", "her"):
        return antecedent(ctx, token)
    near = (ctx.at.get(i) for i in (token.i, *range(token.left_edge.i, token.right_edge.i + 1)))
    return next((m.entity for m in near if m is not None and m.entity.type == "Person"), None)
