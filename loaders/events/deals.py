"""The details of deals and votes: item, quantity, amount; prisoners and what was given for them; resolution and vote."""

import re
from collections.abc import Sequence
from typing import Any

from graph.records import Entity, Figure
from loaders.clauses import is_verbal, negated, phrase_words
from loaders.events.participants import Cast
from loaders.parsed import Token
from loaders.passages import Passage
from loaders.stances.lexicon import lemma as lemma_of

_CURRENCY = re.compile(r"[A-Z]{3}")
_IN_RETURN = re.compile(r"\bin (?:exchange|return) for\s+(?P<what>[^.;]+)")
_RESOLUTION = re.compile(r"\b[Rr]esolution\s+(?P<number>(?:[A-Z]+[-/])*[A-Z]*-?\d[\w/.-]*\w|\d+)")
_WORTH = re.compile(
    r"\b(?:deal|contract|purchase|sale|order|package|it|agreement)\b.{0,40}\b(?:worth|valued at|cost|amounted to)\b", re.IGNORECASE
)
_BEFORE_ITEM = re.compile(r"^(?:[$€£]?\d[\d,.]*(?:\s(?:thousand|million|billion))?|an?|the|its|additional|another|first)\s+", re.IGNORECASE)
_BUYING = frozenset({
    "acquire", "appeal", "apply", "ask", "buy", "gain", "import", "lease", "obtain", "order", "procure", "purchase", "receive", "request",
    "secure", "seek", "turn",
})  # fmt: skip
_BEHIND_ITEM = re.compile(r"\s+(?:from|to|for)\s+.*$", re.DOTALL)
_PARTNERING = frozenset({
    "agree", "approve", "assemble", "build", "co-develop", "co-produce", "conclude", "coproduce", "develop", "enter", "extend", "form",
    "initial", "ink", "join", "make", "manufacture", "negotiate", "produce", "ratify", "reach", "renew", "seal", "sign", "strike",
})  # fmt: skip
_NOT_ITEMS = frozenset({"deal", "package", "offer", "contract", "agreement", "sale", "purchase"})


def details(passage: Passage, kind: str, trigger: Token, cast: Cast, figures: Sequence[Figure]) -> dict[str, Any]:
    """The slots of the record that only this kind of event has."""
    if kind == "ArmsDeal":
        return _arms(passage, trigger, cast, figures)
    if kind == "PrisonerDeal":
        return _prisoners(passage, trigger, cast)
    if kind == "Vote":
        return _vote(trigger)
    return {}


def _arms(passage: Passage, trigger: Token, cast: Cast, figures: Sequence[Figure]) -> dict[str, Any]:
    supplier, recipient = _sides(trigger, cast)
    amount, currency = _amount(passage, trigger, figures)
    item = _item(cast)
    return {
        "item": item,
        "quantity": _quantity(passage, trigger, figures),
        "amount": amount,
        "currency": currency,
        "supplier": supplier,
        "recipient": recipient,
    }


def _sides(trigger: Token, cast: Cast) -> tuple[Entity | None, Entity | None]:
    """Who gives and who gets: of buying the agent gets, of selling the agent gives."""
    agent = next(iter(cast.agents), None)
    if trigger.base in _PARTNERING:
        return None, None
    if trigger.base in _BUYING:
        return next((e for e in (*cast.origin, *cast.patients, *cast.others) if e != agent), None), agent
    given_to = (e for e in (*cast.towards, *cast.patients, *cast.others) if e != agent and e.type != "Place")
    if agent is None:  # “the shipment of Israeli weapons to Ukraine”
        agent = next((e for e in (*cast.origin, *cast.patients) if e.type == "State" and e not in cast.towards), None)
    return agent, next((e for e in given_to if e != agent), None)


def _item(cast: Cast) -> str | None:
    """What is dealt in, in the text's words; “a package of drones” is drones."""
    for token in cast.object_tokens:
        if any(mention for mention in cast.participants if token.text in mention.label):
            continue
        below = next((t for p in token.children if p.lower_ == "of" for t in p.children if t.dep_ == "pobj"), None)
        counts = token.base in _NOT_ITEMS | {"number", "quantity", "first"} or token.like_num
        named = below if counts and below is not None else token
        if named.base not in _NOT_ITEMS and named.pos_ != "PRON" and not named.like_num and named.text != "$":
            return _item_words(phrase_words(named)) or None
    return None


def _item_words(words: str) -> str:
    """Without numbers and articles before it, and without where it comes from or goes."""
    words = _BEHIND_ITEM.sub("", words)
    while (shorter := _BEFORE_ITEM.sub("", words)) != words:
        words = shorter
    return words


def _amount(passage: Passage, trigger: Token, figures: Sequence[Figure]) -> tuple[float | None, str | None]:
    """Money told in the sentence, or in the next one that says what the deal was worth."""
    for sentence in _sentence_and_next(trigger):
        start, end = passage.paragraph.raw_span(sentence.start_char, sentence.end_char)
        money = [f for f in figures if start <= f.start < end and _CURRENCY.fullmatch(f.unit)]
        own = sentence.start <= trigger.i < sentence.end
        if money and (own or _WORTH.search(sentence.text)):
            return money[0].value, money[0].unit
    return None, None


def _quantity(passage: Passage, trigger: Token, figures: Sequence[Figure]) -> float | None:
    start, end = passage.paragraph.raw_span(trigger.left_edge.idx, trigger.right_edge.idx + len(trigger.right_edge))
    counted = [
        f for f in figures if start <= f.start < end and not _CURRENCY.fullmatch(f.unit) and f.unit not in ("percent", "people", "years")
    ]
    return counted[0].value if len(counted) == 1 else None  # of several kinds of arms there is no one number


def _sentence_and_next(trigger: Token) -> list[Any]:
    sentences = list(trigger.doc.sents)
    place = next(i for i, s in enumerate(sentences) if s.start <= trigger.i < s.end)
    return sentences[place : place + 2]


def _prisoners(passage: Passage, trigger: Token, cast: Cast) -> dict[str, Any]:
    """The people it is about, and the words that tell what was given for them."""
    inside = [m.entity for m in passage.mentions_in(trigger.left_edge.i, trigger.right_edge.i + 1) if m.entity.type == "Person"]
    acting = {*cast.agents, *cast.origin} if is_verbal(trigger) else set()
    persons = [e for e in dict.fromkeys((*cast.patients, *inside, *cast.others)) if e.type == "Person" and e not in acting]
    given = _IN_RETURN.search(trigger.sent.text)
    persons = [e for e in persons if given is None or e.label not in given.group("what")] or _told_before(passage, trigger, acting)
    return {"persons": tuple(persons), "in_return": given.group("what").strip(" ,") if given else None}


def _told_before(passage: Passage, trigger: Token, acting: set[Entity]) -> list[Entity]:
    """Whom “the pardon” was for: the last told person who is not in this sentence as one who acts, nor by an office."""
    holders = {office.person for office in passage.offices}
    before = [m.entity for m in passage.mentions if m.end <= trigger.i and m.entity.type == "Person"]
    return [e for e in reversed(before) if e not in acting and e not in holders][:1]


def _vote(trigger: Token) -> dict[str, Any]:
    number = _RESOLUTION.search(trigger.sent.text)
    return {"vote": _cast_vote(trigger), "resolution": number.group("number") if number else None}


def _cast_vote(trigger: Token) -> str | None:
    """``yes``, ``no`` or ``abstain``, where the words tell it."""
    lemma = lemma_of(trigger)
    if lemma == "abstain":
        return "abstain"
    if lemma in ("co-sponsor", "cosponsor") and not negated(trigger):
        return "yes"
    if lemma == "veto":
        return "no"
    if lemma == "vote":
        for child in trigger.children:
            if child.lower_ == "against":
                return "no"
            if child.lower_ in ("for", "in"):
                return "yes"
    return None
