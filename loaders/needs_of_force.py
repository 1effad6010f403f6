"""Needs of the events of force and protest: who acts, who suffers, and what beside the verb makes it one.

People who act are often named by what they are only (“police”, “rebels”, “thousands of workers”).
"""

from collections.abc import Callable

from spacy.tokens import Token

from loaders.clauses import governing_verb, is_passive, noun_phrase, obliques, subjects
from loaders.noun_classes import noun_class
from loaders.participants import Cast
from loaders.passages import Passage


def acts(cast: Cast, trigger: Token, *names: str) -> bool:
    """Are those who act, by what they are, of one of the classes?"""
    known = frozenset().union(*(noun_class(name) for name in names))
    doing = list(cast.subject_tokens)
    reporting = governing_verb(trigger)
    if reporting is not None and any(t.lower_ in ("it", "they") for t in doing):  # “the union said *it* would …”
        doing += subjects(reporting)
    return any(not known.isdisjoint(_sorts(t)) or ("crowd" in names and t.lower_.endswith("workers")) for t in doing)


def _sorts(noun: Token) -> set[str]:
    """What people a noun means: “men” for “gunmen”, “Guerrillas” that the model took for a name, “thousands of *nurses*”."""
    forms = {noun.lemma_.lower(), noun.lower_, noun.lower_.removesuffix("s"), noun.lower_.removesuffix("men") + "man"}
    return forms | {t.lemma_.lower() for preposition, t in obliques(noun) if preposition == "of"}


def doer(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody named does it, or people by what they are; in a passive without them, to somebody named."""
    here = passage.mentions_in(trigger.sent.start, trigger.sent.end)
    named = bool(cast.agents) or (is_passive(trigger) and bool(cast.participants or cast.place or here))
    harms = trigger.lemma_.lower() in ("injure", "kill", "maim", "wound") and acts(cast, trigger, "violence")
    return named or harms or acts(cast, trigger, "doers", "crowd")


def crowd(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People who are no officials do it."""
    return not is_passive(trigger) and (acts(cast, trigger, "crowd") or any(e.type == "Group" for e in cast.agents))


def protesters(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Those who gather are there to protest."""
    near = {t.lemma_.lower() for t in trigger.subtree}
    return bool(near & {"activist", "demand", "demonstrator", "protest", "protester", "protestor", "slogan"})


def on_strike(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“went on strike”."""
    return any(t.lemma_.lower() == "strike" for c in trigger.rights if c.lower_ == "on" for t in c.children)


def under_arrest(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“placed X under house arrest”."""
    below = [t for preposition, t in obliques(trigger) if preposition in ("in", "into", "under")]
    return any(t.lemma_.lower() in ("arrest", "custody", "detention") for t in below)


def tested(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A missile is fired to try it: “test-fired”."""
    return trigger.lemma_.lower().startswith("test") or any(
        "test" in c.lower_ for c in (*trigger.lefts, trigger.nbor(-1) if trigger.i else trigger)
    )


def of_talks(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Talks or cooperation end: “broke off talks”, “walked out of the negotiations”."""
    below = {t.lemma_.lower() for _, t in obliques(trigger)} | cast.object_lemmas
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
    return any(t.lemma_.lower() in ("bomb", "grenade", "mine", "rocket", "shell") for t in cast.subject_tokens)


def victim(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People, or somebody named, suffer it."""
    return any(e.type in ("Person", "Group", "State") for e in cast.patients) or not cast.object_lemmas.isdisjoint(
        noun_class("victims") | noun_class("crowd")
    )


def protested(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A strike is a protest where workers or prisoners strike; of all else somebody must be told, or where it was."""
    if "strike" in cast.object_lemmas and not (cast.object_words & noun_class("strikes")):
        return crowd(passage, trigger, cast)
    return doer(passage, trigger, cast) or cast.place is not None


def protest_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the hunger strike of X”, “demonstrations in X”; not “a demonstration of strength”."""
    words = {t.lemma_.lower() for t in noun_phrase(trigger)}
    if trigger.lemma_.lower() == "strike" and not words & noun_class("strikes"):
        return False
    if trigger.lemma_.lower() == "protest" and trigger.tag_ == "NN":
        return False
    of = [t for child in trigger.children if child.dep_ == "prep" and child.lower_ == "of" for t in child.children]
    people = all(t.lemma_.lower() in noun_class("crowd") | noun_class("victims") or passage.mentions_at(t) for t in of)
    here = bool(words & noun_class("strikes")) and bool(passage.mentions_in(trigger.sent.start, trigger.sent.end))
    return people and (here or bool(cast.participants or cast.place) or bool(words & noun_class("crowd")))


def streets(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“took to the streets”."""
    return any(t.lemma_.lower() == "street" for child in trigger.rights for t in child.subtree)


def ordered_to_stop(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“ordered the newspaper to suspend publication”."""
    return infinitive(passage, trigger, cast) and any(
        t.lemma_.lower() in ("cease", "close", "end", "halt", "shut", "stop", "suspend") for c in trigger.rights for t in (c, *c.children)
    )


def allowed(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People, or somebody named, may now do something."""
    clause = next((t for c in trigger.rights for t in (c, *c.rights, *(g for r in c.rights for g in r.rights)) if _is_bare_to(t)), None)
    if clause is None:
        return False
    subject = [c for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass")] or list(cast.object_tokens)
    known = noun_class("victims") | noun_class("crowd") | noun_class("doers") | noun_class("helpers") | noun_class("people")
    return any(t.lemma_.lower() in known or passage.entities_at(t) for t in subject)


def demanded(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“bowed to the demands”."""
    return any(t.lemma_.lower() in ("demand", "pressure", "request") for c in trigger.rights for t in c.subtree)


def alerted(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“put its forces on alert”."""
    return any(t.lemma_.lower() in ("alert", "footing") for c in trigger.rights if c.lower_ == "on" for t in c.children)


def peacekeepers_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Peacekeepers do it."""
    words = {w.lemma_.lower() for t in cast.subject_tokens for w in t.subtree}
    return bool(words & {"peacekeeper", "peacekeeping"})


def driven_out(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Envoys and helpers must go: “expelled”, “recalled”, else “out of” somewhere."""
    if not doer(passage, trigger, cast):
        return False
    return trigger.lemma_.lower() in ("evacuate", "expel", "recall", "withdraw") or any(c.lower_ == "out" for c in trigger.children)


def at_law(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“charged” and “tried” are of courts only with a crime."""
    lemma = trigger.lemma_.lower()
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
    return cast.object_lemmas.isdisjoint(noun_class("victims") | noun_class("crowd"))


def of_people(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People, or somebody by name, are kept from something."""
    return not of_goods(passage, trigger, cast) or any(e.type == "Person" for t in cast.object_tokens for e in passage.entities_at(t))


def in_protest(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“took part in a march”."""
    near = {t.lemma_.lower() for child in trigger.rights for t in child.subtree}
    return ("part" in near or trigger.lemma_ == "participate") and not near.isdisjoint(noun_class("demonstrations"))


def until_when(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“gave X 48 hours to …”; an ultimatum is one by itself."""
    return cast.object_lemmas.isdisjoint({"day", "hour", "week"}) or any(t.tag_ == "TO" for t in trigger.subtree)


FORCE: dict[str, Callable[[Passage, Token, Cast], bool]] = {
    "alerted": alerted,
    "allowed": allowed,
    "at-law": at_law,
    "bomb-subject": bomb_subject,
    "crowd": crowd,
    "demanded": demanded,
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
