"""Needs of the events of force and protest: who acts, who suffers, and what beside the verb makes it one.

People who act are often named by what they are only (“police”, “rebels”, “thousands of workers”).
"""

from collections.abc import Callable
from itertools import pairwise

from loaders.clauses import governing_verb, is_passive, noun_phrase, obliques, subjects
from loaders.events.needs_of_war import area, by_forces, forces
from loaders.events.noun_classes import noun_class
from loaders.events.participants import Cast
from loaders.parsed import Token
from loaders.passages import Passage

_CELLS = frozenset({"arrest", "captivity", "cell", "custody", "detention", "internment", "jail", "prison"})
_SOMEWHERE = frozenset({"across", "against", "at", "in", "near", "outside", "over", "throughout"})
_CLOSE = 8  # tokens
_SHAKING = frozenset({"engulf", "force", "grip", "paralyse", "paralyze", "rock", "shake", "shut", "sweep"})


def acts(cast: Cast, trigger: Token, *names: str) -> bool:
    """Are those who act, by what they are, of one of the classes?"""
    known = frozenset().union(*(noun_class(name) for name in names))
    doing = list(cast.subject_tokens)
    reporting = governing_verb(trigger)
    while reporting is not None and doing and all(t.lower_ in ("it", "they") for t in doing):  # “the union said *it* would …”
        doing, reporting = subjects(reporting) or doing, governing_verb(reporting)
    return any(not known.isdisjoint(_sorts(t)) or ("crowd" in names and t.lower_.endswith("workers")) for t in doing)


def _sorts(noun: Token) -> set[str]:
    """What people a noun means: “men” for “gunmen”, “Guerrillas” that the model took for a name, “thousands of *nurses*”."""
    forms = {noun.base, noun.lower_, noun.lower_.removesuffix("s"), noun.lower_.removesuffix("men") + "man"}
    return forms | {t.base for preposition, t in obliques(noun) if preposition == "of"}


def doer(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody named does it, or people by what they are; in a passive without them, to somebody named."""
    here = passage.mentions_in(trigger.sent.start, trigger.sent.end)
    named = bool(cast.agents) or (is_passive(trigger) and bool(cast.participants or cast.place or here))
    harms = trigger.base in ("injure", "kill", "maim", "wound") and acts(cast, trigger, "violence")
    return named or harms or acts(cast, trigger, "doers", "crowd")


def crowd(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People who are no officials do it."""
    return not is_passive(trigger) and (acts(cast, trigger, "crowd") or any(e.type == "Group" for e in cast.agents))


def protesters(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Those who gather are there to protest."""
    near = {t.base for t in trigger.subtree}
    return bool(near & {"activist", "demand", "demonstrator", "protest", "protester", "protestor", "slogan"})


def on_strike(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“went on strike”."""
    return any(t.base == "strike" for c in trigger.rights if c.lower_ == "on" for t in c.children)


def under_arrest(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“placed X under house arrest”."""
    below = {(preposition, t.base) for preposition, t in obliques(trigger)}
    kept = any(p in ("at", "in", "into", "under") and lemma in _CELLS for p, lemma in below)
    return kept or any(p == "without" and lemma in ("charge", "trial") for p, lemma in below)


def tested(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A missile is fired to try it: “test-fired”."""
    return trigger.base.startswith("test") or any("test" in c.lower_ for c in (*trigger.lefts, trigger.nbor(-1) if trigger.i else trigger))


def of_talks(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Talks or cooperation end: “broke off talks”, “walked out of the negotiations”."""
    below = {t.base for _, t in obliques(trigger)} | cast.object_lemmas
    return bool(below & {"conference", "contact", "meeting", "negotiation", "negotiations", "summit", "talk", "talks"})


def suspect(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“hand over” only of such as the law seeks."""
    if trigger.lemma_ == "extradite":
        return bool(cast.object_tokens)
    return any(c.lower_ == "over" for c in trigger.children) and bool(
        cast.object_lemmas & noun_class("suspects") or cast.object_words & {"accused", "alleged", "suspect", "suspected", "wanted"}
    )


def suffered(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People suffer it: somebody named, or nouns that count or name people; a tune may be murdered too."""
    return (
        victim(passage, trigger, cast)
        or any(c.dep_ == "nummod" for t in cast.object_tokens for c in t.children)
        or bool(passage.mentions_in(trigger.sent.start, trigger.sent.end) and any(t.tag_ == "NNS" for t in cast.object_tokens))
    )


def bomb_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is a bomb that explodes."""
    return any(t.base in ("bomb", "grenade", "mine", "rocket", "shell") for t in cast.subject_tokens)


def victim(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People, or somebody named, suffer it."""
    by_name = any(t.ent_type_ in ("NORP", "PERSON") and t.pos_ in ("NOUN", "PROPN") for t in cast.object_tokens)
    named = by_name or any(e.type in ("Person", "Group", "State") for e in cast.patients)
    return named or not cast.object_lemmas.isdisjoint(noun_class("victims", "crowd"))


def protested(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A strike is a protest where workers or prisoners strike; of all else somebody must be told, or where it was."""
    if "strike" in cast.object_lemmas and not (cast.object_words & noun_class("strikes")):
        return crowd(passage, trigger, cast)
    return doer(passage, trigger, cast) or cast.place is not None


def of_labour(strike: Token) -> bool:
    """“a general strike”, “strikes and demonstrations”: not one of war."""
    words = {t.base for t in noun_phrase(strike)}
    beside = {t.base for t in (strike.head, *strike.children) if "conj" in (t.dep_, strike.dep_)}
    return not words.isdisjoint(noun_class("strikes")) or not beside.isdisjoint(noun_class("demonstrations"))


def protest_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the hunger strike of X”, “demonstrations in X”, “riots broke out”; not “a demonstration of strength”."""
    words = {t.base for t in noun_phrase(trigger)}
    lemma = trigger.base
    if (lemma == "strike" and not of_labour(trigger)) or (lemma == "march" and trigger.text != "marches"):  # the month
        return False
    of = [t for preposition, t in obliques(trigger) if preposition == "of"]
    people = all(t.base in noun_class("crowd", "victims") or passage.mentions_at(t) for t in of)
    there = [t for p, t in obliques(trigger) if p in _SOMEWHERE]
    somewhere = any(t.ent_type_ in ("FAC", "GPE", "LOC") or t.base in noun_class("sites") for t in there)
    if lemma in ("march", "protest") and trigger.tag_ == "NN":  # “lodged a protest”, “the march of history”
        return people and somewhere and bool(words & noun_class("crowd"))
    begins = trigger.dep_ == "nsubj" and trigger.head.base in noun_class("happening") | _SHAKING
    here = bool(words & noun_class("strikes")) and bool(passage.mentions_in(trigger.sent.start, trigger.sent.end))
    return people and (here or begins or somewhere or bool(cast.participants or cast.place) or bool(words & noun_class("crowd")))


def streets(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“took to the streets”."""
    return any(t.base == "street" for child in trigger.rights for t in child.subtree)


def ordered_to_stop(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“ordered the newspaper to suspend publication”."""
    return infinitive(passage, trigger, cast) and any(
        t.base in ("cease", "close", "end", "halt", "shut", "stop", "suspend") for c in trigger.rights for t in (c, *c.children)
    )


def allowed(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People, or somebody named, may now do something."""
    clause = next((t for c in trigger.rights for t in (c, *c.rights, *(g for r in c.rights for g in r.rights)) if _is_bare_to(t)), None)
    if clause is None:
        return False
    subject = [c for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass")] or list(cast.object_tokens)
    known = noun_class("victims", "crowd") | noun_class("doers", "helpers", "people")
    return any(t.base in known or passage.entities_at(t) for t in subject)


def demanded(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“bowed to the demands”."""
    return any(t.base in ("demand", "pressure", "request") for c in trigger.rights for t in c.subtree)


def alerted(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“put its forces on alert”."""
    return any(t.base in ("alert", "footing") for c in trigger.rights if c.lower_ == "on" for t in c.children)


def inquired(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“was put under investigation”."""
    below = [t for c in trigger.rights if c.lower_ == "under" for t in c.children]
    return any(t.base in ("inquiry", "investigation", "scrutiny") for t in below)


def held_as(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“held villagers as human shields”, “kept them hostage”."""
    below = [t for c in trigger.rights if c.lower_ == "as" for t in c.children]
    return any(t.base in ("captive", "hostage", "shield", "slave") for t in (*trigger.rights, *below))


def peacekeepers_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Peacekeepers do it."""
    words = {w.base for t in cast.subject_tokens for w in t.subtree}
    return bool(words & {"peacekeeper", "peacekeeping"})


def driven_out(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Envoys and helpers must go: “expelled”, “recalled”, else “out of” somewhere."""
    if not doer(passage, trigger, cast):
        return False
    return trigger.base in ("evacuate", "expel", "recall", "withdraw") or any(c.lower_ == "out" for c in trigger.children)


def at_law(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“charged” and “tried” are of courts only with a crime."""
    lemma = trigger.base
    if lemma == "try":
        return any(c.lower_ == "for" for c in trigger.children)
    return lemma != "charge" or any(c.lower_ in ("with", "under") for c in trigger.children)


def _is_bare_to(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(t.tag_ == "TO" for t in verb.lefts)


def infinitive(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“agreed to reopen the pass”."""
    below = [c for c in trigger.rights if c.dep_ in ("xcomp", "ccomp", "advcl")]
    return any(_is_bare_to(c) for c in below)


def given(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Money goes to a state or its people."""
    return bool(cast.agents) and (len(cast.participants) >= 2 or bool(cast.object_words & noun_class("victims")))


def of_war(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is fighting that ends, not a labour strike or a sales campaign."""
    return not cast.object_words.isdisjoint(noun_class("warlike"))


def of_goods(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Firms, goods and ships are shut out; people who are kept from something are coerced."""
    return cast.object_lemmas.isdisjoint(noun_class("victims", "crowd"))


def of_people(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People, or somebody by name, are kept from something."""
    return not of_goods(passage, trigger, cast) or any(e.type == "Person" for t in cast.object_tokens for e in passage.entities_at(t))


def in_protest(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“took part in a march”."""
    near = {t.base for child in trigger.rights for t in child.subtree}
    return ("part" in near or trigger.lemma_ == "participate") and not near.isdisjoint(noun_class("demonstrations"))


def until_when(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“gave X 48 hours to …”; an ultimatum is one by itself."""
    return cast.object_lemmas.isdisjoint({"day", "hour", "week"}) or any(t.tag_ == "TO" for t in trigger.subtree)


def no_object(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is done to nothing."""
    return not any(c.dep_ in ("dobj", "attr") and c.ent_type_ not in ("DATE", "TIME") for c in trigger.children) and not is_passive(trigger)


def actor_or_doer(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody named takes part, or one of authority acts without a name."""
    return bool(cast.participants) or is_passive(trigger) or acts(cast, trigger, "powers")


def agent_or_states(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """One of authority acts, by name or by what it is; in a passive one is hit."""
    named = any(e.type in ("Person", "State", "Organisation") for e in cast.agents)
    return named or acts(cast, trigger, "powers")


def non_grata(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“declared X persona non grata”."""
    words = [t.lower_ for t in trigger.subtree]
    return any(a in ("persona", "personae", "personas") and b == "non" for a, b in pairwise(words))


def envoys_leave(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“ordered the consul to leave”, “gave the diplomats 48 hours to leave”."""
    envoys = noun_class("envoys", "helpers") | {"attaché", "embassy", "minister", "correspondent", "official", "staff"}
    told = {t.base for t in trigger.subtree if t.i < trigger.i + 25}
    titles = {
        t.lower_ for o in passage.offices for t in passage.doc[o.start : o.end] if trigger.left_edge.i <= o.start <= trigger.right_edge.i
    }
    demanded = trigger.base == "demand"  # “demanded that the consul leave”
    goes = any(
        t.base in ("depart", "exit", "go", "leave", "quit") and (_is_bare_to(t) or (demanded and t.dep_ == "ccomp"))
        for t in trigger.subtree
    )
    return goes and bool((told | titles) & envoys)


def member_expelled(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A state or a party is shut out of a body: “suspended X”, “was expelled from the League”."""
    by_kind = cast.object_lemmas & {"country", "delegation", "federation", "government", "member", "party", "republic", "state", "team"}
    shut_out = by_kind or any(
        m.how in ("made", "name", "people") and m.entity.type in ("Organisation", "State")
        for t in cast.object_tokens
        for m in passage.mentions_at(t)
    )
    bodies = [e for e in cast.agents if e.type == "Organisation"] or _body_before(passage, trigger)
    from_something = any(p == "from" for p, _ in obliques(trigger)) and trigger.base != "remove"
    return bool(shut_out) and (bool(bodies) or (from_something and (bool(cast.agents) or is_passive(trigger))))


def _body_before(passage: Passage, trigger: Token) -> list[Token]:
    """“On 3 May the League expelled X”, where the parser takes the League for an apposition of the date."""
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in trigger.lefts):
        return []
    before = [t for c in trigger.lefts if c.dep_ == "prep" for t in c.subtree if t.dep_ == "appos"]
    return [t for t in before if any(m.entity.type == "Organisation" for m in passage.mentions_at(t))]


def on_blacklist(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“added X to its sanctions list”."""
    below = [t for p, t in obliques(trigger) if p in ("from", "in", "on", "onto", "to", "under")]
    words = {w.base for t in below for w in (t, *t.subtree)}
    bad = {
        "black",
        "blacklist",
        "embargo",
        "entity",
        "grey",
        "sanction",
        "sanctions",
        "sponsor",
        "terrorist",
        "trusted",
        "undesirable",
        "white",
    }
    return "blacklist" in words or (bool(words & {"list", "programme", "program", "regime"}) and bool(words & bad))


def on_somebody(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Duties on somebody's goods."""
    return any(t.lower_ in ("against", "on") and t.i > trigger.i for t in trigger.subtree)


def goods_barred(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“a ban on imports of coal”, “travel restrictions”, “an asset freeze”."""
    words = {t.base for t in noun_phrase(trigger)}
    return not words.isdisjoint(noun_class("traded"))


def of_people_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An arrest of somebody, by somebody; “in custody” and “the arrest of the fall in prices” are none."""
    if trigger.base in ("captivity", "custody", "detention") and trigger.dep_ == "pobj" and trigger.head.lower_ in ("in", "into", "from"):
        return False
    of = [t for preposition, t in obliques(trigger) if preposition == "of"]
    known = noun_class("victims", "crowd") | noun_class("doers", "people", "suspects")
    return not of or any(t.base in known or t.pos_ in ("PROPN", "NUM") or passage.mentions_at(t) for t in of)


def armed(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“intervened militarily”, “with regular troops”, “on the side of the rebels”, or fighters did it."""
    around = [t for _, t in obliques(trigger)]
    known = any(forces(passage, t) or t.base in ("fighting", "side", "war") for t in around)
    return known or any(c.lower_ in ("militarily", "armed") for c in trigger.children) or by_forces(passage, trigger, cast)


def by_arms(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters attack; of a state or a person alone only a threat or a place tells that it is war."""
    if trigger.base == "strike" and not by_forces(passage, trigger, cast):
        return False
    sworn = trigger.dep_ in ("xcomp", "ccomp") and trigger.head.base in ("plan", "prepare", "promise", "swear", "threaten", "vow")
    return by_forces(passage, trigger, cast) or sworn


def under_fire(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“came under bombardment”, and it is a place or fighters; critics put a minister “under attack”."""
    struck = noun_class("violence") | {"attack", "bombardment", "fire", "shelling", "siege"}
    fire = any(p.split()[0] == "under" and t.base in struck for p, t in obliques(trigger))
    return fire and any(forces(passage, t) or area(passage, t) or t.base in noun_class("sites") for t in cast.subject_tokens)


def war_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A war does it."""
    wars = noun_class("violence") | {"conflict", "war", "warfare", "occupation", "invasion"}
    named = [c for c in trigger.lefts if c.dep_ in ("compound", "nsubj")]  # “The war cost X …”, where the parser takes “cost” for a noun
    return any(t.base in wars for t in (*cast.subject_tokens, *named))


def of_lives(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Lives are its price: “cost X 26,000 dead”, “claimed 300 lives”."""
    near = [t for t in trigger.subtree if 0 < t.i - trigger.i < _CLOSE]
    return any(not noun_class("lives").isdisjoint({t.base, t.lower_}) for t in (*cast.object_tokens, *near))


def with_force(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“responded with artillery fire”."""
    means = noun_class("onslaughts", "violence", "shells") | {"airstrikes", "artillery", "fire", "force", "strikes"}
    return any(p in ("by", "with") and (t.base in means or t.lower_ in means) for p, t in obliques(trigger))


def on_goods(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the tariff on walnuts”, “against Chilean walnuts”."""
    return any(p in ("against", "on") and t.ent_type_ not in ("DATE", "TIME") for p, t in obliques(trigger))


def fired_upon(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“fired on a patrol”: somebody, something or a place is shot at."""
    aimed = [t for p, t in obliques(trigger) if p in ("at", "into", "on", "upon") and t.ent_type_ not in ("DATE", "TIME")]
    things = noun_class("fought", "victims") | noun_class("crowd", "sites")
    return any(t.base in things or forces(passage, t) or area(passage, t) for t in aimed)


def not_from_pact(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the withdrawal from the grain initiative”, “from the alliance” is no retreat."""
    pacts = noun_class("treaties") | {"bloc", "body", "initiative", "organisation", "organization", "race", "contest", "talks"}
    left = [t for p, t in obliques(trigger) if p == "from"]
    return not any(t.base in pacts or any(m.entity.type == "Organisation" for m in passage.mentions_at(t)) for t in left)


FORCE: dict[str, Callable[[Passage, Token, Cast], bool]] = {
    "war-subject": war_subject,
    "under-fire": under_fire,
    "of-lives": of_lives,
    "not-from-pact": not_from_pact,
    "fired-upon": fired_upon,
    "on-goods": on_goods,
    "with-force": with_force,
    "by-arms": by_arms,
    "armed": armed,
    "actor-or-doer": actor_or_doer,
    "agent-or-states": agent_or_states,
    "envoys-leave": envoys_leave,
    "member-expelled": member_expelled,
    "no-object": no_object,
    "non-grata": non_grata,
    "of-people-told": of_people_told,
    "on-blacklist": on_blacklist,
    "on-somebody": on_somebody,
    "alerted": alerted,
    "allowed": allowed,
    "held-as": held_as,
    "inquired": inquired,
    "at-law": at_law,
    "bomb-subject": bomb_subject,
    "crowd": crowd,
    "demanded": demanded,
    "goods-barred": goods_barred,
    "doer": doer,
    "driven-out": driven_out,
    "given": given,
    "infinitive": infinitive,
    "of-talks": of_talks,
    "of-goods": of_goods,
    "in-protest": in_protest,
    "of-people": of_people,
    "of-war": of_war,
    "on-strike": on_strike,
    "ordered-to-stop": ordered_to_stop,
    "peacekeepers-subject": peacekeepers_subject,
    "protest-told": protest_told,
    "protested": protested,
    "protesters": protesters,
    "streets": streets,
    "suffered": suffered,
    "suspect": suspect,
    "tested": tested,
    "under-arrest": under_arrest,
    "until-when": until_when,
    "victim": victim,
}
