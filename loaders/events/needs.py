"""What must stand beside an event's verb or noun: the ``needs`` of ``lexicon/events``, one function each."""

import re
from collections.abc import Callable, Sequence

from graph.records import Entity
from loaders.clauses import first_conjunct, is_passive, is_verbal, noun_phrase, obliques
from loaders.events.needs_of_bodies import BODIES
from loaders.events.needs_of_force import FORCE, acts, of_labour
from loaders.events.needs_of_society import SOCIETY
from loaders.events.needs_of_state import STATE
from loaders.events.needs_of_talks import TALKS
from loaders.events.needs_of_war import WAR, begins, forces, located
from loaders.events.noun_classes import noun_class, weapon_models
from loaders.events.participants import Cast
from loaders.events.realis import judge
from loaders.parsed import Token
from loaders.passages import Passage
from ontology.errors import IrkgError

Need = Callable[[Passage, Token, Cast], bool]
_TALK_PREPOSITIONS = frozenset({"between", "from", "to", "with"})


def meets(passage: Passage, needs: Sequence[str], trigger: Token, cast: Cast) -> bool:
    """Are all needs met?"""
    return all(_need(name)(passage, trigger, cast) for name in needs)


def _need(name: str) -> Need:
    try:
        return _NEEDS[name]
    except KeyError:
        raise IrkgError(f"lexicon/events: there is no need “{name}”; there are {', '.join(sorted(_NEEDS))}") from None


def _actor(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return bool(cast.participants)


def _actor_or_place(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return bool(cast.participants) or cast.place is not None


def _two(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return len(cast.participants) >= 2


def _agent(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody of authority does it: not a crowd."""
    return any(e.type in ("Person", "State", "Organisation") for e in cast.agents)


def _agents(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """One of authority does it to another."""
    return _agent(passage, trigger, cast) and any(e.type in ("Group", "Person", "State") for e in (*cast.patients, *cast.others))


def _two_agents(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Two of authority do it together: “A and B”, “the presidents of A and B”."""
    named = {e for e in cast.agents if e.type in ("Person", "State")}
    of = {e for t in cast.subject_tokens if t.tag_ == "NNS" for p, below in obliques(t) if p == "of" for e in passage.entities_at(below)}
    return len(named | {e for e in of if e.type == "State"}) >= 2


def _two_or_passive(passage: Passage, trigger: Token, cast: Cast) -> bool:
    plural = any(t.tag_ in ("NNS", "NNPS") or t.lower_ == "they" for t in cast.subject_tokens)
    return _two(passage, trigger, cast) or ((is_passive(trigger) or plural) and bool(cast.participants))


def _two_or_proper(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Two states conclude it, or it has a name: “the Treaty of X”."""
    states = [e for e in cast.participants if e.type == "State"]
    named = (
        trigger.text[0].isupper() and not trigger.is_sent_start and any(t.text[0].isupper() for t in noun_phrase(trigger) if t != trigger)
    )
    dated = any(c.dep_ in ("nummod", "compound", "amod", "nmod") and c.like_num and len(c) == 4 for c in trigger.lefts)
    return len(states) >= 2 or named or dated


def _two_or_state(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return any(e.type == "State" for e in cast.patients) or (bool(cast.object_lemmas & noun_class("states")) and bool(cast.agents))


def _person(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return any(e.type == "Person" for e in cast.participants)


def _place(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return cast.place is not None


def _weapon(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A weapon is bought, sold or sent; “Israeli weapons” before the noun counts too."""
    words = cast.object_words if is_verbal(trigger) else cast.object_words | _phrase_lemmas(trigger)
    return bool(words & noun_class("weapons")) or any(weapon_models().search(noun_phrase(t).text) for t in cast.object_tokens)


def _captive(passage: Passage, trigger: Token, cast: Cast) -> bool:
    direct = [t for t in cast.object_tokens if t.dep_ not in ("dative", "pobj")]  # “handed power to X” frees nobody
    given_to = {e for t in cast.object_tokens if t not in direct for e in passage.entities_at(t)}
    person = any(e.type == "Person" and e not in given_to for e in cast.patients) or _nationals(passage, direct)
    return bool(cast.object_lemmas & noun_class("captives")) or person


def _nationals(passage: Passage, tokens: Sequence[Token]) -> bool:
    """“freed ten Turks”: counted people of a nation."""
    people = [t for t in tokens if t.tag_ in ("NNS", "NNPS") and any(c.dep_ == "nummod" for c in t.lefts)]
    return any(m.how == "people" for t in people for m in passage.mentions_at(t))


def _captive_noun(passage: Passage, trigger: Token, cast: Cast) -> bool:
    near = _phrase_lemmas(trigger) | {t.base for t in trigger.subtree if t.i - trigger.i < 8}
    person = any(e.type == "Person" for e in (*cast.patients, *cast.others))
    return bool(near & noun_class("captives")) or person or trigger.base == "pardon"


def _ties(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Relations are its object or subject."""
    heads = {t.base for t in (*cast.object_tokens, *cast.subject_tokens)}
    return bool(heads & noun_class("ties"))


def _ties_noun(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return bool(_phrase_lemmas(trigger) & (noun_class("ties") | {"diplomatic"}))


def _change(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Verbs of beginning need a change; “began to improve” is told by its infinitive."""
    if trigger.base in ("begin", "start", "experience", "change"):
        return "change" in {t.base for t in trigger.subtree} and not any(c.dep_ == "xcomp" for c in trigger.children)
    return True


def _office(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An office is entered or left: a title beside the verb, or “took office”."""
    span = range(trigger.left_edge.i, trigger.right_edge.i + 1)
    titled = any(o.start in span and trigger.i < o.start for o in passage.offices)
    if trigger.base in ("take", "assume"):
        return bool(cast.object_lemmas & noun_class("posts"))
    return titled or bool(cast.object_lemmas & noun_class("posts")) or trigger.base == "inaugurate"


def _envoy(passage: Passage, trigger: Token, cast: Cast) -> bool:
    titles = {
        t.lower_ for o in passage.offices for t in passage.doc[o.start : o.end] if trigger.left_edge.i <= o.start <= trigger.right_edge.i
    }
    return bool((cast.object_lemmas | cast.object_words | titles) & noun_class("envoys"))


def _fought(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An enemy, a place or something of war is struck."""
    if trigger.base in ("battle", "clash", "fight"):
        sworn = trigger.dep_ == "xcomp" and trigger.head.base in ("pledge", "swear", "threaten", "vow")
        others = [t for p, t in obliques(trigger) if p in ("against", "alongside", "with")]
        enemy = any(forces(passage, t) or t.base in noun_class("crowd") | {"police"} for t in others)
        return _two(passage, trigger, cast) or enemy or (sworn and bool(cast.agents))
    struck = (
        cast.patients
        or cast.others
        or cast.place
        or cast.object_lemmas & (noun_class("fought", "forces") | noun_class("weapons", "victims"))
        or any(t.pos_ == "PROPN" for t in cast.object_tokens)
        or (cast.object_tokens and any(forces(passage, t) for t in cast.subject_tokens))
    )
    return bool(struck) and _agent_or_passive(trigger, cast) and "deal" not in cast.object_lemmas and "agreement" not in cast.object_lemmas


def _agent_or_passive(trigger: Token, cast: Cast) -> bool:
    return bool(cast.agents) or is_passive(trigger) or acts(cast, trigger, "doers", "crowd")


def _fought_noun(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“action” and “operation” are war only beside “military” and the like."""
    if trigger.base in noun_class("martial_only"):
        return bool(_phrase_lemmas(trigger) & noun_class("martial"))
    if trigger.base == "campaign":
        return cast.place is not None and bool(cast.agents) and not any(c.lower_ == "for" for c in trigger.rights)
    if trigger.base == "strike" and of_labour(trigger):
        return False
    return trigger.text not in ("Operation",)


def _proper(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is somebody's, between some, or dated: a certain one."""
    span = noun_phrase(trigger)
    dated = bool(passage.dates_in(span.start_char, span.end_char))
    return bool(cast.participants) or dated


def _proper_war(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A war with a name, or with those who fight it or where."""
    named = trigger.text[0].isupper() and any(t.dep_ in ("compound", "amod", "nmod", "poss") and t.text[0].isupper() for t in trigger.lefts)
    if named:
        return _phrase_lemmas(trigger).isdisjoint({"cold", "world"})
    if trigger.dep_ == "compound" or not _phrase_lemmas(trigger).isdisjoint(
        {"cold", "crime", "drug", "interest", "price", "trade", "world"}
    ):
        return False
    span = noun_phrase(trigger)
    dated = bool(passage.dates_in(span.start_char, span.end_char)) and trigger.base != "conflict"
    return (
        trigger.lower_ != "warfare"
        and (trigger.lower_ != "wars" or len(cast.participants) >= 2 or _has_years(trigger))
        and (bool(cast.participants or cast.place) or dated or begins(trigger) or located(passage, trigger))
    )


def _has_years(noun: Token) -> bool:
    """“the wars with India of 1965 and 1971”."""
    return any(t.like_num and len(t) == 4 for t in noun.subtree)


def _proper_operation(passage: Passage, trigger: Token, cast: Cast) -> bool:
    following = trigger.nbor() if trigger.i + 1 < len(trigger.doc) else None
    above = trigger.head if trigger.dep_ == "compound" else following
    return trigger.text == "Operation" and above is not None and above.text[0].isupper()


def _court(passage: Passage, trigger: Token, cast: Cast) -> bool:
    heads = {t.base for t in cast.subject_tokens}
    return bool(heads & noun_class("courts")) or any("court" in e.label.lower() for e in cast.agents)


def _people(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Those who go are people, and they leave or reach a land; “come from X” tells where they are at home."""
    if trigger.base == "come" and trigger.tag_ in ("VBP", "VBZ"):
        return False
    who = cast.object_tokens if is_passive(trigger) or trigger.base == "evacuate" else cast.subject_tokens
    crowd = any(t.base in noun_class("people") for t in who) or any(e.type == "Group" for e in cast.agents)
    land = cast.place is not None or any(e.type in ("State", "Place") for e in (*cast.patients, *cast.others))
    person = trigger.base in ("emigrate", "immigrate", "relocate") and bool(cast.agents)
    return (crowd or person) and (land or "homeland" in cast.object_lemmas or "country" in cast.object_lemmas)


def _talk(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Words that pass between some, or by telephone."""
    by_phone = bool(_phrase_lemmas(trigger) & noun_class("telephones"))
    between = any(child.dep_ == "prep" and child.lower_ in _TALK_PREPOSITIONS for child in trigger.children)
    return by_phone or (between and any(e.type in ("Person", "State") for e in cast.participants))


def _forces_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Troops, or somebody's army, do it."""
    heads = {t.base for t in cast.subject_tokens}
    return (
        bool(heads & noun_class("fought") - noun_class("ground"))
        or any(forces(passage, t) for t in cast.subject_tokens)
        or any("force" in e.label.lower() or "army" in e.label.lower() for e in cast.agents)
    )


def _body_founded(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A body with a name is founded, in so many words."""
    if trigger.lemma_ == "set" and not any(child.lower_ == "up" for child in trigger.children):
        return False
    return any(e.type == "Organisation" for e in cast.patients) and not cast.agents


def _sanctioned(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A state is hit, or its envoys, goods and trade."""
    return _two(passage, trigger, cast) or bool(cast.object_words & noun_class("sanctioned"))


def _state_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    subject: Sequence[Entity] = cast.agents
    return any(e.type == "State" for e in subject) and cast.object_lemmas <= noun_class("times")


def _opens(passage: Passage, trigger: Token, cast: Cast) -> bool:
    opened = re.compile(r"\bto be (?:opened|established|set up|inaugurated)\b")
    return bool(opened.search(trigger.sent.text))


def _of_itself(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is told, not only the purpose of something else: “moved to X *to protest*”."""
    purpose = any(c.tag_ == "TO" for c in trigger.lefts)
    return not (purpose and first_conjunct(trigger).dep_ in ("acl", "advcl", "relcl"))


def _happened(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Not what a plan or a demand is about."""
    judgement = judge(passage, trigger)
    return judgement is not None and judgement.realis in ("actual", "reported")


def _actor_or_passive(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return bool(cast.participants) or is_passive(trigger)


def _mission_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An embassy opens."""
    return not cast.object_tokens and bool({t.base for t in cast.subject_tokens} & {"consulate", "embassy", "legation"})


def _by_letter(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return any(p in ("by", "in") and t.base in noun_class("letters") for p, t in obliques(trigger))


def _trade_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Trade grows or falls; "resume" of flights and the like."""
    heads = {t.base for t in cast.subject_tokens}
    return bool(heads & noun_class("trade"))


def _exchanged(passage: Passage, trigger: Token, cast: Cast) -> bool:
    return bool(cast.agents) or any(t.tag_ == "NNS" for t in cast.subject_tokens)


def _persons_meet(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """One person, or state, receives another person."""
    named = [e for t in cast.object_tokens for e in passage.entities_at(t)]
    return _agent(passage, trigger, cast) and any(e.type == "Person" for e in named)


def _phrase_lemmas(noun: Token) -> frozenset[str]:
    return frozenset(t.base for t in noun_phrase(noun))


_NEEDS: dict[str, Need] = {
    **BODIES,
    **FORCE,
    **TALKS,
    **SOCIETY,
    **STATE,
    **WAR,
    "actor": _actor,
    "actor-or-passive": _actor_or_passive,
    "actor-or-place": _actor_or_place,
    "agent": _agent,
    "agents": _agents,
    "body-founded": _body_founded,
    "by-letter": _by_letter,
    "captive": _captive,
    "captive-noun": _captive_noun,
    "change": _change,
    "court": _court,
    "envoy": _envoy,
    "exchanged": _exchanged,
    "forces-subject": _forces_subject,
    "fought": _fought,
    "fought-noun": _fought_noun,
    "happened": _happened,
    "mission-subject": _mission_subject,
    "of-itself": _of_itself,
    "office": _office,
    "opens": _opens,
    "people": _people,
    "person": _person,
    "persons-meet": _persons_meet,
    "place": _place,
    "proper": _proper,
    "proper-operation": _proper_operation,
    "proper-war": _proper_war,
    "sanctioned": _sanctioned,
    "state-subject": _state_subject,
    "talk": _talk,
    "ties": _ties,
    "ties-noun": _ties_noun,
    "trade-subject": _trade_subject,
    "two": _two,
    "two-agents": _two_agents,
    "two-or-passive": _two_or_passive,
    "two-or-proper": _two_or_proper,
    "two-or-state": _two_or_state,
    "weapon": _weapon,
}
