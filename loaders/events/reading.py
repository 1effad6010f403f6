"""Events: verbs and nouns that tell one, who takes part, where, and whether it happened.

The rules are in ``lexicon/events``; this module finds their words, ``loaders.events.needs`` says what must stand beside them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from graph.records import Entity, Event, Figure
from loaders.clauses import clause_span, is_verbal, noun_phrase
from loaders.events.deals import details
from loaders.events.named import date_by_name, lies_in
from loaders.events.needs import meets
from loaders.events.noun_classes import noun_class
from loaders.events.participants import Cast, cast_of_noun, cast_of_verb, subjects_above
from loaders.events.places import place_of
from loaders.events.plover import turned
from loaders.events.realis import Judgement, judge
from loaders.events.rules import Rule, triggers
from loaders.events.sides import with_sides
from loaders.events.story import Told, placed, recalled, sides_told
from loaders.events.terms import year_of_taking_office
from loaders.parsed import Span, Token
from loaders.passages import Passage
from loaders.stances.lexicon import lemma as lemma_of
from loaders.stances.lexicon import match_verb
from loaders.timing import carried_date, date_before, date_in_sentence, date_of, date_of_phrase, goes_on, is_governed, month_of
from ontology.kinds import family_of, plover_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A trigger that a rule fits, and who is in it."""

    rule: Rule
    trigger: Token
    span: Span
    cast: Cast
    judgement: Judgement


def read_events(passage: Passage, story: list[Told], figures: Sequence[Figure] = ()) -> Iterator[Event]:
    """The events of a passage in the order of their words.

    ``story`` holds those of the passages before and takes these in; ``figures`` are the passage's numbers, for amounts and quantities.
    """
    for draft in _without_repetition(list(_drafts(passage))):
        event = placed(_event(passage, draft, story, figures), story)
        story.append(Told(event, draft.trigger.base))
        yield event


def _event(passage: Passage, draft: Draft, story: Sequence[Told], figures: Sequence[Figure]) -> Event:
    start, end, text = passage.raw(draft.span)
    kind, trigger = draft.rule.kind, draft.trigger
    again = recalled(trigger, kind, draft.cast.participants, story)
    date = _date(passage, draft, again)
    slots = details(passage, kind, trigger, draft.cast, figures)
    participants = _participants(passage, draft, date or passage.document.source.published, slots)
    place = place_of(passage, kind, draft.rule.name, trigger, draft.cast, participants)
    participants = tuple(e for e in participants if place is None or e.type == "State" or e.id != place.id)
    participants = sides_told(kind, participants or (again.participants if again else ()), story)
    return Event(
        source=passage.document.source.id, start=start, end=end, text=text, rule=f"event-{draft.rule.name}",
        kind=kind, family=family_of(kind), plover=_plover(draft), date=date, participants=participants,
        place=place or (again.place if again else None), realis=_realis(draft), **slots,
    )  # fmt: skip


def _plover(draft: Draft) -> str | None:
    return turned(draft.rule.plover or plover_of(draft.rule.kind), draft.trigger, draft.judgement)


def _realis(draft: Draft) -> str:
    """That of the rule, where what the verb itself tells is a refusal, and it was done."""
    judged = draft.judgement.realis
    return draft.rule.realis if draft.rule.realis is not None and judged == "actual" else judged


def _participants(passage: Passage, draft: Draft, on: str | None, slots: Mapping[str, Any]) -> tuple[Entity, ...]:
    """Who takes part. A contact of one is with who acts in its clause; a name in an arms deal's item is a weapon's."""
    found = with_sides(passage, draft.rule.kind, draft.trigger, draft.cast, slots.get("persons", ()), on)
    item = slots.get("item")
    if draft.rule.kind == "ArmsDeal":
        return tuple(e for e in found if e.type == "State" or (e.known and not set(e.label.split()) & set((item or "").split())))
    if family_of(draft.rule.kind) == "contact" and len(found) < 2 and not is_verbal(draft.trigger):
        return tuple(dict.fromkeys((*subjects_above(passage, draft.trigger), *found)))
    return found


_ARGUMENTS = frozenset({"attr", "dobj", "nsubj", "nsubjpass", "ROOT"})


def _date(passage: Passage, draft: Draft, again: Event | None) -> str | None:
    """When it was. A noun that only mentions an event (“despite its airstrikes”) takes no date from another sentence."""
    trigger = draft.trigger
    if is_verbal(trigger):
        own = date_in_sentence(passage.doc, passage.times, trigger)
        return own or year_of_taking_office(trigger, draft.cast.agents) or _by_name(passage, draft) or carried_date(passage, trigger)
    known = again.date if again is not None else None
    if (dated := date_of_phrase(passage, trigger)) is not None:
        return known if known is not None and known.startswith(dated) else dated
    if is_governed(trigger):
        return date_in_sentence(passage.doc, passage.times, trigger) or known or carried_date(passage, trigger)
    if goes_on(trigger):
        return month_of(passage.document.source.published)
    if known is not None:
        return known
    if (by_name := _by_name(passage, draft)) is not None:
        told = date_in_sentence(passage.doc, passage.times, trigger)
        return told if told is not None and lies_in(by_name, told) else by_name  # “in 2022, after the invasion”
    if _is_told(trigger):
        told = date_of(passage, trigger)
    elif _is_known(trigger):
        return None
    else:
        told = date_in_sentence(passage.doc, passage.times, trigger)
    return told if match_verb(trigger.head) is None else month_of(told)


def _by_name(passage: Passage, draft: Draft) -> str | None:
    """When a happening was that the world knows by its name, if it happened and the story has come as far."""
    if draft.judgement.realis not in ("actual", "reported"):
        return None
    reached = date_before(passage, draft.trigger.sent)
    return date_by_name(draft.trigger, draft.cast, reached or passage.document.source.published)


def _is_known(noun: Token) -> bool:
    """“its airstrikes”, “Western sanctions”: told as known, of many times."""
    several = noun.tag_ in ("NNS", "NNPS") and noun.text.islower()
    return several or any(child.dep_ == "poss" and child.pos_ == "PRON" for child in noun.lefts)


def _is_told(noun: Token) -> bool:
    """Is the noun what its sentence is about, or told for the first time (“on a call with X”), not a circumstance?"""
    new = noun.text == "Operation" or (any(child.lower_ in ("a", "an") for child in noun.lefts) and noun.head.lower_ != "for")
    return new or (noun.dep_ in _ARGUMENTS and not _is_known(noun))


def _drafts(passage: Passage) -> Iterator[Draft]:
    verbs, nouns = triggers()
    for token in passage.doc:
        if is_verbal(token):
            yield from _fitting(passage, token, verbs.get(lemma_of(token), ()))
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _fitting(passage, token, nouns.get(lemma_of(token), nouns.get(token.lower_, ())))


def _fitting(passage: Passage, token: Token, rules: Sequence[Rule]) -> Iterator[Draft]:
    """The first rule that fits a trigger."""
    if not rules:
        return
    cast = cast_of_verb(passage, token) if is_verbal(token) else cast_of_noun(passage, token)
    rule = next((r for r in rules if _object_fits(r, token, cast) and meets(passage, r.needs, token, cast)), None)
    if rule is not None and (judgement := judge(passage, token)) is not None:
        yield Draft(rule, token, _span(token), cast, judgement)


def _span(token: Token) -> Span:
    """The clause of a verb, from “began” where it began to; the phrase of a noun."""
    if not is_verbal(token):
        return noun_phrase(token)
    own = clause_span(token, complements=False)
    above = token.head
    if token.dep_ == "xcomp" and above.base in noun_class("aspectual"):
        whole = clause_span(above, complements=False)
        return token.doc[min(own.start, whole.start) : max(own.end, whole.end)]
    return own


def _object_fits(rule: Rule, token: Token, cast: Cast) -> bool:
    heads = cast.object_lemmas
    if rule.object and heads.isdisjoint(rule.object):
        return False
    if rule.object_with and cast.object_words.isdisjoint(rule.object_with):
        return False
    if rule.not_object and not cast.object_words.isdisjoint(rule.not_object):
        return False
    return not rule.with_ or any(child.lower_ in rule.with_ for child in token.children)


def _without_repetition(drafts: list[Draft]) -> list[Draft]:
    """One event told by a verb and its noun (“held a meeting”, “launched an attack”) is one record."""
    kept: list[Draft] = []
    for draft in sorted(_without_promises(drafts), key=lambda d: (not is_verbal(d.trigger), d.trigger.i)):
        family = family_of(draft.rule.kind)
        if not any(_is_its_object(k, draft) or (family_of(k.rule.kind) == family and _tells_the_same(k, draft)) for k in kept):
            kept.append(draft)
    meetings = [k.trigger for k in kept if k.rule.kind == "Meeting"]
    kept = [k for k in kept if k.rule.kind != "Visit" or not any(_leads_to(k.trigger, meeting) for meeting in meetings)]
    return sorted(kept, key=lambda d: (d.span.start, d.trigger.i))


def _without_promises(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """“agreed to cooperate” is an agreement, “agreed to sell tanks” an arms deal: one record, by the more telling kind."""
    below = {d.trigger.head.i: d for d in drafts if d.trigger.dep_ in ("xcomp", "ccomp") and is_verbal(d.trigger)}
    agreed = {d.trigger.i for d in drafts if d.rule.name in ("agree", "agree-to")}
    told_by_agreement = {i for i in agreed if i in below and below[i].rule.kind in ("Agreement", "Economic", "Other")}
    for draft in drafts:
        if draft.trigger.i in agreed and draft.trigger.i in below and draft.trigger.i not in told_by_agreement:
            continue
        if draft.trigger.head.i in told_by_agreement and below[draft.trigger.head.i] is draft:
            continue
        yield draft


def _is_its_object(kept: Draft, other: Draft) -> bool:
    """Is the other the noun that the kept rule asks for: “broke off *talks*”?"""
    top = other.trigger
    return (
        not is_verbal(top) and top.dep_ in ("dobj", "nsubjpass", "pobj") and top in kept.cast.object_tokens and top.base in kept.rule.object
    )


def _leads_to(visit: Token, meeting: Token) -> bool:
    """“flew to X to meet Y”, the meeting tells the visit too; “and met Y”, “where he met Y” tell it apart."""
    if not is_verbal(visit) or meeting.sent != visit.sent:
        return False
    path = [meeting, *takewhile(lambda above: above != visit, meeting.ancestors)]
    return path[-1].head == visit and not any(token.dep_ in ("conj", "relcl") for token in path)


def _is_its_outcome(kept: Draft, other: Draft) -> bool:
    """“shelled the post, *killing* three guards”: one attack."""
    attacks = kept.rule.kind == other.rule.kind == "MilitaryAction"
    below = other.trigger.dep_ == "advcl" and other.trigger.tag_ == "VBG" and other.trigger.head == kept.trigger
    return attacks and below and other.trigger.base in ("kill", "injure", "wound")


def _tells_the_same(kept: Draft, other: Draft) -> bool:
    """Is the other's trigger the object or subject of the kept one, or its span nearly the same?"""
    if other.trigger.i == kept.trigger.i:
        return True
    if is_verbal(other.trigger):  # “armed and trained X”
        return _is_its_outcome(kept, other) or (
            other.rule == kept.rule
            and other.trigger.dep_ == "conj"
            and other.trigger.head == kept.trigger
            and other.cast.patients == kept.cast.patients
            and not any(child.dep_ in ("nsubj", "nsubjpass") for child in other.trigger.lefts)
        )
    head = other.trigger
    while head.dep_ in ("conj", "pobj", "prep", "compound", "appos") and head.head != head and not is_verbal(head.head):
        head = head.head
    if head.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj") and head.head.i == kept.trigger.i:
        return head == other.trigger or kept.rule.kind == other.rule.kind
    if kept.rule.kind == other.rule.kind and not is_verbal(kept.trigger) and _hangs_on(other.trigger, kept.trigger):
        return True  # “the withdrawal from the treaty”
    return kept.rule.kind == other.rule.kind and kept.span.start <= other.trigger.i < kept.span.end and head.head.i == kept.trigger.i


def _hangs_on(noun: Token, above: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ in ("from", "of", "to") and noun.head.head == above
