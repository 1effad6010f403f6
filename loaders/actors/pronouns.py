"""Pronouns, “the two countries”, “both leaders” and bare “relations”: by what was told last before them."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from graph.records import Entity
from loaders.actors.context import Context, newest_last
from loaders.actors.given_names import given_names
from loaders.actors.memory import entity_of, state_led_by
from loaders.actors.mentions import words_of
from loaders.actors.placing import is_place
from loaders.clauses import clause_words
from loaders.parsed import Span, Token
from loaders.passages import Mention

_FEMININE = frozenset({"she", "her", "hers", "herself"})
_PERSONAL = _FEMININE | {"he", "him", "his", "himself"}
_IMPERSONAL = frozenset({"it", "its", "itself"})
_SUBJECTS = ("nsubj", "nsubjpass")
_ACTORS = ("State", "Organisation")


def find_pronouns(ctx: Context) -> list[Mention]:
    """What the pronouns of a paragraph mean; one that may mean several things means nothing."""
    found: list[Mention] = []
    behind = {m.entity: m.behind for m in ctx.mentions if m.behind is not None}
    for token in ctx.doc:
        if token.lower_ in ("they", "their"):
            found += [Mention(token.i, token.i + 1, entity, "pronoun", behind.get(entity)) for entity in _plural(ctx, token)]
        elif (entity := antecedent(ctx, token)) is not None:
            found.append(Mention(token.i, token.i + 1, entity, "pronoun", behind.get(entity)))
    return found


def antecedent(ctx: Context, pronoun: Token) -> Entity | None:
    """Who fits a pronoun: the last subject in the sentence, in the paragraph, the last told, the story before."""
    lower = pronoun.lower_
    if lower not in _PERSONAL and (lower not in _IMPERSONAL or _is_empty(pronoun)):
        return None
    here = {m.entity for m in ctx.mentions if m.how != "title"}
    before = [e for e in ctx.before if e not in here]
    told = [m for m in ctx.mentions if m.end <= pronoun.i and m.how != "title" and not _does_it_itself(ctx, pronoun, m)]
    if (asked := _who_is_asked(ctx, pronoun)) is not None and asked.entity.type in ("Person" if lower in _PERSONAL else _ACTORS):
        return asked.entity
    if (coming := _coming_subject(ctx, pronoun)) is not None:
        told, before = [*told, coming], [*before, coming.entity]
    if lower in _PERSONAL:
        gender = "female" if lower in _FEMININE else "male"
        fits = [m for m in told if m.entity.type == "Person" and _may_be(m.entity, gender)]
        earlier = [e for e in before if e.type == "Person" and _may_be(e, gender)]
    else:
        fits = [m for m in told if m.entity.type in _ACTORS and m.how != "adjective"]
        earlier = [e for e in before if e.type in _ACTORS]
    subjects = [m for m in fits if _root(ctx, m).dep_ in _SUBJECTS]
    own = [m for m in subjects if ctx.doc[m.start].sent == pronoun.sent]
    certain = [m for m in fits if lower in _FEMININE and _is_woman(m.entity)]
    for group in (certain, own, subjects, fits):
        if group:
            return group[-1].entity
    return earlier[-1] if earlier else None


def _does_it_itself(ctx: Context, pronoun: Token, mention: Mention) -> bool:
    """In “Reagan received him” the pronoun is not Reagan."""
    if pronoun.dep_ not in ("dobj", "dative", "pobj", "iobj") or pronoun.lower_.endswith("self"):
        return False
    verb = pronoun.head if pronoun.dep_ != "pobj" else pronoun.head.head
    subject = _root(ctx, mention)
    return subject.dep_ in _SUBJECTS and subject.head == verb


def _who_is_asked(ctx: Context, pronoun: Token) -> Mention | None:
    """“A urged B to cease *its* raids”: B, who is to do it."""
    if pronoun.dep_ != "poss":
        return None
    verb = next((a for a in pronoun.ancestors if a.pos_ == "VERB"), None)
    if verb is None or verb.dep_ not in ("ccomp", "xcomp") or not any(c.tag_ == "TO" for c in verb.lefts):
        return None
    above = verb.head
    asked = [c for c in verb.lefts if c.dep_ == "nsubj"] or [c for c in above.rights if c.dep_ == "dobj" and c.i < verb.i]
    if not asked or above.base in clause_words("subject_control"):
        return None
    return next((m for m in ctx.mentions if m.start <= asked[0].i < m.end and m.how not in ("title", "adjective")), None)


def _coming_subject(ctx: Context, pronoun: Token) -> Mention | None:
    """“On his arrival in power, Gorbachev …”: a possessive that opens the sentence means its subject."""
    clause = pronoun.sent.root
    subject = next((c for c in clause.lefts if c.dep_ in _SUBJECTS), None)
    above = next((a for a in pronoun.ancestors if a.head == clause), None)
    if subject is None or above is None or above.dep_ != "prep" or pronoun.dep_ != "poss" or pronoun.i > subject.left_edge.i:
        return None
    return next((m for m in ctx.mentions if m.start <= subject.i < m.end and m.how not in ("title", "adjective")), None)


def _root(ctx: Context, mention: Mention) -> Token:
    return ctx.doc[mention.start : mention.end].root


def _is_empty(pronoun: Token) -> bool:
    """“It was raining”, “it is hard to see”, “it was the first visit”: nobody."""
    verb = pronoun.head
    if pronoun.lower_ != "it" or pronoun.dep_ not in ("nsubj", "nsubjpass", "expl"):
        return False
    if verb.base in words_of("weather"):
        return True
    complements = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
    if any(c.base in words_of("impersonal") for c in (verb, *complements)):
        return True
    first = any(c.dep_ == "attr" and any(a.tag_ == "JJS" or a.lower_ in ("first", "last") for a in c.children) for c in complements)
    thing = any(c.dep_ == "attr" and c.pos_ == "NOUN" and c.base not in words_of("actor_attributes") for c in complements)
    cleft = any(c.dep_ == "attr" and any(r.dep_ == "relcl" for r in (*c.children, *verb.children)) for c in complements)
    return verb.lemma_ == "be" and (first or cleft or thing)


def _may_be(person: Entity, gender: str) -> bool:
    """Does the given name speak against it?"""
    names = given_names()
    first = person.label.split()[0].casefold().split("-")[0]
    other = "male" if gender == "female" else "female"
    return first not in names[other] or first in names[gender]


def _is_woman(person: Entity) -> bool:
    return person.label.split()[0].casefold() in given_names()["female"]


def _plural(ctx: Context, pronoun: Token) -> list[Entity]:
    """“They” as a subject, “their” beside one: those coordinated in the subject before, or a pair, or a people's state."""
    if pronoun.lower_ == "they" and pronoun.dep_ not in _SUBJECTS:
        return []
    for sentence in list(_sentences_back(ctx, pronoun))[:2]:
        here = [m for m in ctx.mentions if sentence.start <= m.start and m.end <= min(sentence.end, pronoun.i)]
        subjects = [(m, head) for m in here if m.how not in ("title", "adjective") and (head := _subject_head(_root(ctx, m))) is not None]
        if subjects:
            last = subjects[-1][1]
            together = [m for m, head in subjects if head == last]
            people = _several([m for m in together if m.entity.type == "Person"]) or _with_object(here, pronoun)
            return people or _several([m for m in together if m.entity.type in _ACTORS])
    return []


def _with_object(before: Sequence[Mention], pronoun: Token) -> list[Entity]:
    """“A promised B, at *their* meeting”: A and B, the two people of the sentence."""
    people = list(dict.fromkeys(m.entity for m in before if m.entity.type == "Person" and m.how != "title"))
    together = pronoun.head.base in words_of("shared_by_two")
    return people if len(people) == 2 and pronoun.lower_ == "their" and together else []


def _several(mentions: Sequence[Mention]) -> list[Entity]:
    """The entities, if they are several or a people: “the Soviets … their”."""
    distinct = list(dict.fromkeys(m.entity for m in mentions))
    return distinct if len(distinct) > 1 or any(m.how == "people" for m in mentions) else []


def _subject_head(token: Token) -> Token | None:
    """The noun that a word is coordinated with as a subject, or None."""
    while token.dep_ == "conj" and token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token if token.dep_ in _SUBJECTS else None


def _sentences_back(ctx: Context, token: Token) -> Iterable[Span]:
    """The sentence of a word and those of the paragraph before it, the nearest first."""
    return reversed([s for s in ctx.doc.sents if s.start <= token.i])


def find_relations(ctx: Context) -> list[Mention]:
    """“Relations improved” without a word on whose: those of the two states that the document is about."""
    main = ctx.memory.main_states()
    found: list[Mention] = []
    for token in ctx.doc:
        if token.base not in ("relation", "relations", "tie", "ties") or not main:
            continue
        if any(c.lower_ in ("international", "industrial", "public") or c.lower_ in ("with", "to") for c in token.children):
            continue
        span = range(token.left_edge.i, token.right_edge.i + 1)
        whose = any(m.start in span and m.entity.type in (*_ACTORS, "Person") for m in ctx.mentions)
        if not whose and token.tag_ in ("NNS", "NNPS"):
            found += [Mention(token.i, token.i + 1, entity, "pair") for entity in main]
    return found


def find_pairs(ctx: Context) -> list[Mention]:
    """“The two countries” and “both leaders”: the two that a sentence tells of together, else the last two."""
    found: list[Mention] = []
    for key, kind in (("pairs", "State"), ("person_pairs", "Person")):
        for match in _matches(ctx, key):
            span = ctx.doc.char_span(*match.span())
            if span is not None and not any(m.how in ("office", "pair") for i in range(span.start, span.end) if (m := ctx.at.get(i))):
                found += [Mention(span.start, span.end, entity, "pair") for entity in _pair(ctx, span, kind)]
    return [*found, *_superpowers(ctx)]


def _pair(ctx: Context, span: Span, kind: str) -> list[Entity]:
    told: list[Entity] = []
    for sentence in _sentences_back(ctx, span[0]):
        here = _of_kind(ctx, sentence.start, min(sentence.end, span.start), kind)
        if len(here) == 2:
            return here
        told = newest_last([*here, *told])
    told = newest_last([*(e for e in ctx.before if e.type == kind), *told])[-2:]
    return told if len(told) == 2 else []


def _of_kind(ctx: Context, start: int, end: int, kind: str) -> list[Entity]:
    """Who is told of in a sentence; where these are states, also by the people who lead them, but not as a place."""
    mentions = [m for m in ctx.mentions if start <= m.start and m.end <= end and m.how != "title"]
    named = list(dict.fromkeys(m.entity for m in mentions if m.entity.type == kind and not (kind == "State" and is_place(_root(ctx, m)))))
    if kind == "Person" or len(named) >= 2:
        return named
    on = ctx.date_at(ctx.doc[start])
    led = [state for m in mentions if m.entity.type == "Person" and (state := _state_of(ctx, m.entity, on))]
    return list(dict.fromkeys([*named, *led]))


def _state_of(ctx: Context, person: Entity, on: str | None) -> Entity | None:
    """The state that a person leads, or serves by a title in the text."""
    known = state_led_by(person, ctx.reference, on)
    return ctx.memory.served.get(person) or (entity_of(known) if known else None)


def _superpowers(ctx: Context) -> list[Mention]:
    found: list[Mention] = []
    for match in _matches(ctx, "superpowers"):
        span = ctx.doc.char_span(*match.span())
        known = [k for name in words_of("superpower_states") for k in ctx.reference.named(name)[:1]]
        on = ctx.date_at(span[0]) if span is not None else None
        if span is not None and on is not None and all(k.existed_on(on) for k in known):
            found += [Mention(span.start, span.end, entity_of(k), "pair") for k in sorted(known, key=lambda k: k.label)]
    return found


def _matches(ctx: Context, key: str) -> Iterable[re.Match[str]]:
    """Where phrases of a list stand, capitals aside; most paragraphs have none of them."""
    told = any(phrase in ctx.lower for phrase in words_of(key))
    return _phrases(key).finditer(ctx.doc.text) if told else ()


@cache
def _phrases(key: str) -> re.Pattern[str]:
    longest_first = sorted(words_of(key), key=lambda words: (-len(words), words))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
