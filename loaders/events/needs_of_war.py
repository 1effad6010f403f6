"""Needs of the events of war: who can fight, what can be taken, and what tells of losses.

Articles on wars name many places and peoples that no table knows; so besides the entities of the passage the tag of a
proper name and the parser's guess at its type count.
"""

from collections.abc import Callable, Sequence

from loaders.clauses import is_passive, is_verbal, noun_phrase, obliques
from loaders.events.noun_classes import noun_class
from loaders.events.participants import Cast
from loaders.parsed import Token
from loaders.passages import Passage

_AREAS = frozenset({"FAC", "GPE", "LOC"})
_PEOPLES = frozenset({"NORP", "ORG"})
_INTO = frozenset(
    "across against as for from in inside into near on onto over through to toward towards upon".split()  # noqa: SIM905
)
_COMPASS = frozenset({"east", "north", "south", "west"})
_AT = frozenset({"across", "along", "around", "at", "before", "in", "inside", "near", "outside", "throughout", "within"})
_CIVILIAN = frozenset(
    "cargo civilian commercial cruise fishing merchant passenger press private relief research rescue tourist trade".split()  # noqa: SIM905
)
_AWAY = frozenset({"across", "away", "back", "from", "off", "out"})
_STOPPING = frozenset({"cease", "fail", "halt", "last", "lift", "repel", "repulse", "stall", "subside"})


def forces(passage: Passage, token: Token) -> bool:
    """Does a noun mean fighters or their craft: “troops”, “an armoured column”, “three divisions of Serbs”, “the Third Army”?"""
    known = noun_class("forces")
    if any(c.base in _CIVILIAN for c in token.lefts):
        return False
    bare = token.lower_.removesuffix("s")
    words = {token.base, token.lower_, bare, bare.removesuffix("men") + "man"}
    counted = [t for preposition, t in obliques(token) if preposition == "of"] if token.base in _measures() else []
    numbers = token.pos_ == "NUM" and any(t.base in known for _, t in obliques(token))
    return bool(words & known) or numbers or any(forces(passage, t) for t in counted)


def _measures() -> frozenset[str]:
    return noun_class("measures") | {"column", "element", "rest", "thousand", "remnant", "wave"}


def _people_by_name(passage: Passage, token: Token) -> bool:
    """“the Serbs”, “the Taliban”, “the Houthis”: a people or a movement that may be under arms."""
    if token.pos_ not in ("PROPN", "ADJ", "NOUN"):
        return False
    group = any(m.entity.type == "Group" for m in passage.mentions_at(token))
    plural = token.tag_ == "NNPS" or (token.text[0].isupper() and token.lower_.endswith("s") and token.ent_type_ == "NORP")
    return group or plural or (token.ent_type_ == "NORP" and token.tag_ in ("NNP", "NNS"))


def _power(passage: Passage, token: Token) -> bool:
    """A state, a movement, a commander: who can wage war."""
    types = {e.type for e in passage.entities_at(token)}
    return bool(types & {"Group", "Organisation", "Person", "State"}) or (
        token.pos_ == "PROPN" and token.ent_type_ in _PEOPLES | {"GPE", "PERSON"}
    )


def by_forces(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters do it."""
    return any(forces(passage, t) or _people_by_name(passage, t) for t in cast.subject_tokens)


def by_troops(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters by what they are do it, not a people, which may move and land in peace."""
    return any(forces(passage, t) or any(e.type == "Group" for e in passage.entities_at(t)) for t in cast.subject_tokens)


def by_power(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters do it, or a state or a commander; or it is done to somebody by nobody named."""
    return by_forces(passage, trigger, cast) or any(_power(passage, t) for t in cast.subject_tokens)


def by_power_or_passive(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """The same, or in a passive nobody is told."""
    return by_power(passage, trigger, cast) or (is_passive(trigger) and not cast.subject_tokens)


def area(passage: Passage, token: Token, *, named: bool = False) -> bool:
    """Does a noun mean a piece of land: a name, or (unless it must be ``named``) a city, a ridge, a frontier?"""
    entities = {m.entity.type for m in passage.mentions_at(token) if m.how not in ("title", "adjective")}
    if entities & {"Place", "State"} or (token.pos_ == "PROPN" and token.ent_type_ in _AREAS):
        return True
    river = (
        token.pos_ == "PROPN" and any(c.lower_ == "the" for c in token.lefts) and token.tag_ == "NNP" and not entities & {"Organisation"}
    )
    return (river and token.ent_type_ not in _PEOPLES) or (not named and token.base in noun_class("ground"))


def soil(passage: Passage, token: Token) -> bool:
    """What fighters take and reach: an area, or any name that is no people's, for the names of places are often misread."""
    if token.ent_type_ in ("DATE", "TIME") or token.pos_ == "PRON":
        return token.lower_ == "it"
    known = {m.how for m in passage.mentions_at(token)} & {"name", "title", "people", "voice"}
    return area(passage, token) or (token.pos_ == "PROPN" and token.tag_ == "NNP" and not known)


def of_area(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A place is taken, entered, lost."""
    return any(area(passage, t) for t in cast.object_tokens)


def taken(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“took X” of a place by name; of “the city” and the like only where fighters do it; no “took X seriously”."""
    idiom = any(c.lower_ in ("aback", "apart", "as", "for", "into", "seriously", "to") for c in trigger.rights) or any(
        p == "by" and t.base in ("storm", "surprise") for p, t in obliques(trigger)
    )
    if idiom or any(c.dep_ == "prt" for c in trigger.children):
        return False
    if is_passive(trigger) and not cast.subject_tokens:
        return any(soil(passage, t) and (t.pos_ == "PROPN" or t.base in noun_class("strongholds")) for t in cast.object_tokens)
    by_name = any(area(passage, t, named=True) and t.pos_ != "PRON" for t in cast.object_tokens)
    fighters = by_forces(passage, trigger, cast) and any(
        soil(passage, t) and (t.pos_ != "PRON" or trigger.base in ("enter", "reach")) for t in cast.object_tokens
    )
    return fighters or (by_name and by_power(passage, trigger, cast))


def onto_area(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“advanced on X”, “poured across the frontier”, “landed at X”, “crossed the river”."""
    beside = [c for c in trigger.rights if c.lower_ in _COMPASS]  # “deployed south of the river”
    towards = [t for p, t in obliques(trigger) if p.split()[0] in _INTO | _AT] + [t for c in beside for _, t in obliques(c)]
    return any(soil(passage, t) for t in (*towards, *cast.object_tokens))


def from_area(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A state withdraws its troops with “withdrew from X”, a land or a place; not from a race or a treaty."""
    return any(area(passage, t) for p, t in obliques(trigger) if p in ("from", "out of"))


def of_forces(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters, craft or an attack are thrown back, lost, sent."""
    return any(forces(passage, t) or _people_by_name(passage, t) for t in cast.object_tokens)


def beaten_back(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters, an attack, or (by fighters) a state and its people."""
    attacks = not cast.object_lemmas.isdisjoint(noun_class("onslaughts"))
    power = any(_power(passage, t) for t in cast.object_tokens) and by_power_or_passive(passage, trigger, cast)
    if any(c.dep_ in ("xcomp", "ccomp") for c in trigger.children) or not any(
        c.pos_ != "VERB" and c.lower_ in _AWAY for c in trigger.children
    ):
        return False
    located = any(p in ("from", "to", "across", "into", "out of", "at", "near") for p, _ in obliques(trigger))
    return attacks or of_forces(passage, trigger, cast) or (power and located)


def place_falls(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“X fell on 4 May”, “fell to the rebels”; not “fell ill”, “fell to 3 per cent”, “fell into debt”."""
    if any(c.dep_ in ("acomp", "prt", "oprd", "attr", "dobj", "npadvmod", "xcomp") and not _is_time(c) for c in trigger.children):
        return False
    away = {p.split()[0] for p, _ in obliques(trigger)} & {
        "behind",
        "below",
        "between",
        "from",
        "into",
        "out",
        "short",
        "through",
        "under",
        "within",
    }
    adverb = any(
        c.lower_ in ("apart", "away", "back", "behind", "foul", "in", "off", "out", "short", "silent")
        for c in trigger.rights
        if c.dep_ != "prep"
    )
    to = [t for p, t in obliques(trigger) if p == "to"]
    conquered = all(forces(passage, t) or _people_by_name(passage, t) or _power(passage, t) for t in to)
    fallen = all(soil(passage, t) and (t.pos_ == "PROPN" or t.base in noun_class("strongholds")) for t in cast.subject_tokens)
    return bool(cast.subject_tokens) and fallen and conquered and not away and not adverb


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME")


def of_place_noun(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the fall of X”, “the relief of the garrison”: a place or its defenders, not a government or prices."""
    of = [t for preposition, t in obliques(trigger) if preposition == "of"]
    named = any(t.pos_ == "PROPN" and soil(passage, t) and not _composed(t) for t in of)
    return named or any(t.base in noun_class("strongholds") for t in of)


def _composed(token: Token) -> bool:
    """“the fall of the Berlin Wall”, “of the Soviet Union”: an institution that ended."""
    return token.lower_ in ("communism", "curtain", "empire", "house", "republic", "tsar", "union", "wall")


def of_men(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“lost 3,000 men”, “lost two cruisers”: fighters or craft, by number or many."""
    return any(forces(passage, t) and (t.tag_ == "NNS" or any(c.pos_ == "NUM" for c in t.children)) for t in cast.object_tokens)


def people_die(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People die by the hand of others: “died in the shelling”, “was killed in a raid”; no crash or flood."""
    around = [t for _, t in obliques(trigger)]
    around += [inner for t in around for _, inner in obliques(t)]
    words = {t.base for t in around}
    dead = cast.object_tokens if is_passive(trigger) or cast.object_tokens else cast.subject_tokens
    people = any(_mortal(passage, t) for t in dead)
    return people and words.isdisjoint(noun_class("mishaps")) and not words.isdisjoint(noun_class("violence"))


def killed(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“20 were killed”, “killed the consul”: people suffer it, in a sentence that tells of no mishap."""
    words = {t.base for t in trigger.sent}
    if not words.isdisjoint(noun_class("mishaps")):
        return False
    known = by_power(passage, trigger, cast) or any(t.base in noun_class("violence", "doers") for t in cast.subject_tokens)
    return any(_mortal(passage, t) for t in cast.object_tokens) and (known or (is_passive(trigger) and not cast.subject_tokens))


def _mortal(passage: Passage, token: Token) -> bool:
    named = any(e.type in ("Group", "Person") for e in passage.entities_at(token)) or token.ent_type_ in ("NORP", "PERSON")
    by_kind = token.base in noun_class("victims", "crowd") | noun_class("forces", "envoys")
    return named or by_kind or (token.pos_ == "NUM" and token.ent_type_ not in ("DATE", "MONEY", "PERCENT"))


def at_war_place(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“by May the rebels were in X”."""
    there = [t for p, t in obliques(trigger) if p in ("at", "before", "in", "inside", "outside", "within")]
    return any(t.pos_ == "PROPN" and soil(passage, t) for t in there)


def war_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An attack that is told as a certain one: whose, where, when, or the one told before; not “attack helicopters”."""
    if any(c.lower_ in ("ad", "anxiety", "asthma", "bear", "cardiac", "heart", "panic", "shark", "sneak") for c in trigger.lefts):
        return False
    if trigger.dep_ == "compound" and trigger.head.base not in noun_class("onslaughts"):
        return False
    span = noun_phrase(trigger)
    dated = bool(passage.dates_in(span.start_char, span.end_char))
    return dated or begins(trigger) or bool(cast.participants or cast.place) or located(passage, trigger) or _again(trigger)


def begins(noun: Token) -> bool:
    """“an uprising broke out”, “hostilities ceased”: new, or told on, as what its clause is about."""
    happens = noun.head.base in noun_class("happening") | _STOPPING
    return noun.dep_ in ("nsubj", "nsubjpass") and happens and not any(c.dep_ == "dobj" for c in noun.head.children)


def fighting_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“Fighting flared up near X”, where the parser takes the noun for a verb."""
    return trigger.tag_ == "VBG" and trigger.dep_ in ("nsubj", "csubj") and trigger.head.base in noun_class("happening") | _STOPPING


def to_blows(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“came to blows”."""
    return any(p == "to" and t.lower_ == "blows" for p, t in obliques(trigger)) and bool(cast.subject_tokens)


def control_of_area(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“seized control of X”."""
    return any(p == "of" and soil(passage, t) for held in cast.object_tokens for p, t in obliques(held))


def defeat_at(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the defeat of X at Y”, “X's victory at Y”: beaten in the field."""
    at = [t for p, t in obliques(trigger) if p in ("at", "before", "near", "off")]
    return any(t.pos_ == "PROPN" for t in at) and not_in_contest(passage, trigger, cast)


def located(passage: Passage, trigger: Token) -> bool:
    """“an ambush near X”, where no table knows X."""
    verb = trigger.head if is_verbal(trigger.head) and trigger.dep_ == "nsubj" else trigger
    near = [
        t for word in {trigger.i: trigger, verb.i: verb}.values() for p, t in obliques(word) if p in _AT or p in ("against", "of", "on")
    ]
    return any(t.pos_ == "PROPN" and (t.ent_type_ in _AREAS | _PEOPLES or area(passage, t, named=True)) for t in near)


def _again(noun: Token) -> bool:
    """“the attack came”, “the killing of the officer”: definite, by itself or of people, and what its sentence is about."""
    definite = any(c.lower_ in ("that", "the", "these", "this", "those") and c.dep_ == "det" for c in noun.lefts)
    of = [t for preposition, t in obliques(noun) if preposition == "of"]
    victims = noun_class("victims", "forces", "envoys")
    again = noun_class("told_again")
    bare = all(c.dep_ in ("det", "punct") or c.lower_ in again for c in noun.lefts) and all(t.base in victims for t in of)
    return definite and bare and noun.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")


def rises(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“rose against the sultan”, “rose in revolt”, “rebelled”."""
    if trigger.base != "rise":
        return True
    below = [(p, t) for p, t in obliques(trigger)]
    up = any(c.lower_ == "up" for c in trigger.rights)
    revolt = any(p == "in" and t.base in noun_class("onslaughts") for p, t in below)
    return revolt or (any(p.endswith("against") and _power(passage, t) for p, t in below)) or (up and any("against" in p for p, _ in below))


def rising(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the Cretan rising of 1866”, which the parser takes for a verb."""
    article = any(c.dep_ in ("amod", "det", "poss") for c in trigger.lefts)
    whose = [c for c in trigger.lefts if c.ent_type_ == "NORP" or passage.mentions_at(c)] + [
        t for p, t in obliques(trigger) if p in ("of", "in")
    ]
    return trigger.lower_ in ("rising", "risings") and article and bool(whose)


def up_in_arms(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“took up arms”."""
    return "arms" in cast.object_lemmas | {t.lower_ for t in trigger.subtree} and any(c.lower_ == "up" for c in trigger.children)


def doer_or_people(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters, a people, a town or anybody who acts by what he is: who can rise."""
    known = noun_class("doers", "crowd", "strongholds")
    acting = any(t.base in known or (t.pos_ == "PROPN" and t.ent_type_ in _PEOPLES | _AREAS) for t in cast.subject_tokens)
    return acting or by_power(passage, trigger, cast)


def doer_or_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An attack is thrown back by those who act, or in a passive somewhere or by nobody."""
    return doer_or_people(passage, trigger, cast) or is_passive(trigger)


def into_war(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“entered the war”, “joined the war”, “went to war”, “made war on X”; no lawsuit, no war on drugs."""
    beside = set(cast.object_tokens) | {t for p, t in obliques(trigger) if p in ("to", "in", "into") and trigger.base != "join"}
    wars = [t for t in beside if t.base in ("fighting", "hostility", "hostilities", "war", "warfare") or t.lower_ == "hostilities"]
    matters = {t.base for w in wars for p, t in obliques(w) if p in ("against", "on", "of")} & {
        "corruption",
        "drug",
        "poverty",
        "terror",
        "word",
    }
    return bool(wars) and not matters


def not_by_envoys(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People of talks enter and reach places too; for those verbs a person is no army."""
    return trigger.base in ("relieve", "sack", "take") or by_forces(passage, trigger, cast) or _by_state_taken(passage, trigger, cast)


def _by_state_taken(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“Egypt lost the Sinai”: a state or a movement; “reached”, “entered”, “held” are of states too often said of talks."""
    weak = trigger.base in ("carry", "clear", "enter", "gain", "hold", "reach", "secure")
    return not weak and any(e.type in ("Group", "State") for t in cast.subject_tokens for e in passage.entities_at(t))


def not_in_contest(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Elections, cups and lawsuits are won and lost too."""
    return {t.base for t in trigger.sent}.isdisjoint(noun_class("contests"))


def place_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A place does it or has it done."""
    return any(area(passage, t) for t in cast.subject_tokens)


def by_weapons(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters or what they shoot: “rockets hit”, “the raid destroyed”, “mines damaged”."""
    arms = noun_class("violence", "weapons")
    return by_forces(passage, trigger, cast) or any(t.base in arms for t in cast.subject_tokens)


def of_thing_or_place(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """What can be hit: a place, a ship, a building, fighters."""
    things = noun_class("fought", "forces", "sites")
    return any(t.base in things or area(passage, t) or t.pos_ == "PROPN" for t in _counted(cast.object_tokens))


def _counted(nouns: Sequence[Token]) -> list[Token]:
    """“most of the batteries”: the batteries."""
    found = list(nouns)
    for noun in nouns:
        if noun.base in noun_class("parts") or noun.pos_ == "NUM":
            found += [t for preposition, t in obliques(noun) if preposition == "of"]
    return found


def of_installation(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """What armies destroy: fighters, their craft and posts; a bank or a record is destroyed by others too."""
    things = noun_class("installations")
    return any(t.base in things or forces(passage, t) for t in _counted(cast.object_tokens))


def of_shells(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Shells or rockets do it: “three shells fell on X”."""
    return any(t.base in noun_class("shells") for t in _counted(cast.subject_tokens))


def leaves_area(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Fighters leave a place: “left X”, “departed from X”."""
    return of_area(passage, trigger, cast) or from_area(passage, trigger, cast)


def of_forces_or_none(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“mobilised its army”, “mobilised”."""
    return not cast.object_tokens or of_forces(passage, trigger, cast)


def plural_fighters(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """They stand there themselves: no “chief of staff”, and “are peacekeepers” tells what they are."""
    told = any(c.dep_ in ("attr", "acomp", "oprd") for c in trigger.children)
    return not told and any(t.tag_ in ("NNS", "NNPS") or t.base in noun_class("forces") for t in cast.subject_tokens)


def face_to_face(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“confronted each other”, “skirmished with X”."""
    each = any(t.lower_ in ("each", "other", "another") for c in trigger.rights for t in c.subtree)
    return each or of_forces(passage, trigger, cast) or any(p in ("against", "with") for p, _ in obliques(trigger))


WAR: dict[str, Callable[[Passage, Token, Cast], bool]] = {
    "at-war-place": at_war_place,
    "beaten-back": beaten_back,
    "by-forces": by_forces,
    "by-power": by_power,
    "by-power-or-passive": by_power_or_passive,
    "by-troops": by_troops,
    "by-weapons": by_weapons,
    "control-of-area": control_of_area,
    "defeat-at": defeat_at,
    "doer-or-people": doer_or_people,
    "doer-or-told": doer_or_told,
    "face-to-face": face_to_face,
    "fighting-told": fighting_told,
    "from-area": from_area,
    "into-war": into_war,
    "killed": killed,
    "leaves-area": leaves_area,
    "not-by-envoys": not_by_envoys,
    "not-in-contest": not_in_contest,
    "of-area": of_area,
    "of-forces": of_forces,
    "of-forces-or-none": of_forces_or_none,
    "of-installation": of_installation,
    "of-men": of_men,
    "of-place": of_place_noun,
    "of-shells": of_shells,
    "of-thing-or-place": of_thing_or_place,
    "onto-area": onto_area,
    "people-die": people_die,
    "place-falls": place_falls,
    "place-subject": place_subject,
    "plural-fighters": plural_fighters,
    "rises": rises,
    "rising": rising,
    "taken": taken,
    "to-blows": to_blows,
    "up-in-arms": up_in_arms,
    "war-told": war_told,
}
