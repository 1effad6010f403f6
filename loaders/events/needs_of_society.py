"""Needs of the events of societies at peace: aid, trade, people on the move, land, states that come and go."""

from collections.abc import Callable, Iterable, Iterator

from loaders.clauses import governing_verb, is_passive, is_verbal, noun_phrase, obliques
from loaders.events.needs_of_force import given
from loaders.events.needs_of_state import anchored, dated_phrase, entities_of, has_particle, lemmas_behind, own_subjects
from loaders.events.noun_classes import noun_class
from loaders.events.participants import Cast
from loaders.parsed import Token
from loaders.passages import Passage

_MANY = 500  # from here on a number of people is a movement of people
_LARGE = frozenset({"hundred", "hundreds", "thousand", "thousands", "million", "millions"})


# Aid and trade ------------------------------------------------------------------------------


def bearing_aid(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Lorries, ships and the like that carry aid, by the words around them."""
    tokens = cast.object_tokens if is_verbal(trigger) else (trigger,)
    words = {t.base for token in tokens for t in token.subtree}
    return bool(words & noun_class("relief"))


def gift(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Money goes to a state or to people; what is pledged or donated may go to anybody."""
    behind = [t for p, t in obliques(trigger) if p in ("for", "to")]
    open_handed = trigger.base in ("contribute", "donate", "grant", "lend", "pledge", "promise") and bool(cast.agents)
    received = any(e.type in ("Group", "Place", "State") for t in behind for e in passage.entities_at(t))
    bereaved = bool(cast.agents) and any(t.base in noun_class("bereaved") for t in behind)
    relief = any(p == "in" and t.lemma_ in noun_class("relief") for noun in cast.object_tokens for p, t in obliques(noun))
    kind = (open_handed and bool(behind)) or bereaved or (relief and bool(cast.agents))
    return given(passage, trigger, cast) or kind or (trigger.base not in ("pay", "spend") and received)


def money_got(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“was promised $3 billion”: the second object of a passive."""
    got = [c for c in trigger.rights if c.dep_ == "dobj"]
    return is_passive(trigger) and any(t.base in noun_class("currency_sums") | {"loan", "credit", "grant"} for t in got)


def worth_money(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is told how much it is."""
    sums = noun_class("currency_sums")
    return any(t.base in sums for noun in cast.object_tokens for t in noun.subtree)


def of_assets(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Money that was frozen comes free; “free” and “return” only of assets so called."""
    plain = trigger.base in ("unblock", "unfreeze")
    below = {t.base for noun in cast.object_tokens for t in noun.subtree}
    return plain or bool(below & {"asset", "assets", "blocked", "frozen"})


def economy_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A currency, output, inflation rise or fall; not a team, nor a growth of hair."""
    return any(t.base in noun_class("economy") for t in (*cast.subject_tokens, *own_subjects(trigger)))


def measured(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is told by how much, or to what."""
    words = {"half", "quarter", "third", "two-thirds", "percent", "cent", "%"}
    return any(t.like_num or t.lower_ in words for c in trigger.rights for t in c.subtree if t.ent_type_ != "DATE")


def brought_in(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“flew in food”."""
    inside = {t.base for c in trigger.rights if c.lower_ == "in" for t in c.children} | cast.object_lemmas
    return has_particle(trigger, "in") and bool(
        inside & (noun_class("relief") | {"food", "supplies", "supply", "tent", "vaccine", "water"})
    )


def refused_what(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“was refused asylum”: the second object of a passive too."""
    told = cast.object_lemmas | {t.base for t in trigger.rights if t.dep_ == "dobj"}
    return bool(told & {"asylum", "citizenship", "entry", "extradition", "residence", "visa"})


def aid_goes(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """The aid of one to another."""
    return _is_what_is_told(trigger) and bool(cast.agents) and bool(cast.towards or cast.others) and len(cast.participants) >= 2


def goods_moved(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Goods are sold, delivered or bought, by or to somebody named."""
    return _is_what_is_told(trigger) and bool(cast.object_words & noun_class("goods")) and bool(cast.participants)


def _is_what_is_told(noun: Token) -> bool:
    """Is the noun what its clause is about, and not what another verb bans, seeks or rejects?"""
    return noun.dep_ in ("nsubj", "nsubjpass", "ROOT")


def money_or_land(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Money is invested, or it is invested in a land."""
    money = any(t.base in ("billion", "million", "dollar", "euro", "fund", "funds", "money") for t in cast.object_tokens)
    inside = [m for p, t in obliques(trigger) if p == "in" and not is_verbal(t) for w in noun_phrase(t) for m in passage.mentions_at(w)]
    return money or any(m.entity.type in ("Place", "State") for m in inside)


def partner(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“became its largest trading partner”."""
    said = [t for c in trigger.rights if c.dep_ == "attr" for t in c.subtree]
    return {"partner", "supplier", "buyer", "customer", "exporter", "importer", "creditor", "investor"} & {t.base for t in said} != set()


def traffic_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Flights, deliveries and the like begin or stop."""
    return not cast.object_tokens and any(t.base in noun_class("transport") for t in (*cast.subject_tokens, *own_subjects(trigger)))


def commerce_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Trade, prices, visits, debts grow or fall."""
    return any(t.base in noun_class("commerce") for t in (*cast.subject_tokens, *own_subjects(trigger)))


def firm_bought(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A company or a part of one is bought; of two that are named the second may be a firm by its name alone."""
    return bool(cast.object_lemmas & noun_class("firms")) or any(e.type == "Organisation" for e in cast.patients)


def for_goods(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A border opens to goods, not to an army; an airspace to flights."""
    goods = {t.base for c in trigger.rights for t in c.subtree} & (noun_class("commerce", "goods", "transport"))
    return bool(cast.object_lemmas & {"airspace", "sky", "skies"}) or bool(goods - {"crossing"})


# People -------------------------------------------------------------------------------------


def masses_move(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Many people go: refugees, “400,000 people”, “thousands of Greeks”; not where they “come from”, nor any “who left”."""
    if trigger.dep_ in ("ccomp", "xcomp") and trigger.head.base == "force":
        return False
    if trigger.base == "come" and (trigger.tag_ in ("VBP", "VBZ") or (cast.origin and not cast.towards)):
        return False
    told = [t for t in _movers(trigger, cast) if trigger.dep_ != "relcl" or is_counted(t) or _dated(passage, trigger)]
    return any(_is_mass(passage, t) for t in told)


def masses_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Many people lose or leave what they had."""
    return any(_is_mass(passage, t) and is_counted(t) for t in _movers(trigger, cast))


def masses_driven(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Many people are made to go; “took the Europeans a year” takes nobody in."""
    if trigger.lemma_ == "take" and not has_particle(trigger, "in") and not (cast.object_lemmas & noun_class("uprooted")):
        return False
    return any(_is_mass(passage, t) for t in (*cast.object_tokens, *(own_subjects(trigger) if is_passive(trigger) else ())))


def masses_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the expulsion of the Germans”, “a wave of refugees”."""
    return any(p in ("by", "of") and _is_mass(passage, t) for p, t in obliques(trigger)) or any(
        _is_mass(passage, t) for t in trigger.lefts if t.dep_ in ("compound", "amod", "nmod", "poss")
    )


def to_somewhere(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A land, a city or a home is left or reached."""
    if cast.object_tokens and trigger.base != "flee":
        return any(t.base in noun_class("lands") | {"asylum", "refuge", "shelter"} or passage.entities_at(t) for t in cast.object_tokens)
    away = trigger.base in ("emigrate", "flee", "leave")
    others = (*cast.patients, *cast.others, *cast.towards, *cast.origin)
    reached = away or cast.place is not None or any(e.type in ("Place", "State") for e in others)
    land = noun_class("lands")
    behind = {t.base for _, t in obliques(trigger)} | cast.object_lemmas
    return reached or bool(behind & land) or any(passage.mentions_at(t) for _, t in obliques(trigger))


def into_exile(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“went into exile”, “found refuge in X”, “fled the capital”."""
    if trigger.base in ("defect", "flee"):
        head_of_state = any(t.base in noun_class("rulers") for t in cast.subject_tokens)
        return head_of_state or any(e.type in ("Person", "Group") for e in cast.agents)
    return bool((lemmas_behind(trigger, "in", "into") | cast.object_lemmas) & {"asylum", "exile", "refuge", "sanctuary", "shelter"})


def _movers(trigger: Token, cast: Cast) -> Iterator[Token]:
    yield from cast.object_tokens if is_passive(trigger) else cast.subject_tokens
    yield from own_subjects(trigger)


def _is_mass(passage: Passage, noun: Token) -> bool:
    phrase = [t for t in noun_phrase(noun) if t.sent == noun.sent]
    if any(t.base in noun_class("armed", "coins") for t in phrase):
        return False
    plural = (noun.tag_ in ("NNS", "NNPS", "CD") or noun.like_num) and not _is_few(noun, phrase)
    people = plural and any(m.how == "people" or m.entity.type == "Group" for t in phrase for m in passage.mentions_at(t))
    return noun.base in noun_class("uprooted") or people or (is_counted(noun) and _is_many(phrase) and _are_people(phrase))


def is_counted(noun: Token) -> bool:
    """“400,000 people”, “thousands of Greeks”."""
    return any(t.like_num or t.lower_ in _LARGE for t in noun_phrase(noun))


def _dated(passage: Passage, verb: Token) -> bool:
    return bool(passage.dates_in(verb.left_edge.idx, verb.right_edge.idx + len(verb.right_edge)))


def _is_many(tokens: Iterable[Token]) -> bool:
    return any(t.lower_ in _LARGE or _value(t) >= _MANY for t in tokens)


def _is_few(noun: Token, phrase: list[Token]) -> bool:
    """“five Americans”: counted, and no mass."""
    counts = [c for c in noun.lefts if c.dep_ == "nummod"]
    return bool(counts) and not _is_many(phrase)


def _are_people(tokens: list[Token]) -> bool:
    """People, nationals, or a relative “of whom”."""
    known = noun_class("people", "victims", "uprooted") | {"whom"}
    return any(t.base in known or t.lower_ in known or t.tag_ in ("NNPS",) for t in tokens)


def _value(token: Token) -> float:
    digits = token.text.replace(",", "")
    return float(digits) if digits.isdigit() else 0


# Land and states ----------------------------------------------------------------------------


def land_object(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A place, or land by its name or noun, is handed over."""
    words = cast.object_lemmas | cast.object_words
    return bool(words & noun_class("domains")) or any(m.entity.type == "Place" for t in cast.object_tokens for m in passage.mentions_at(t))


def land_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A place or land passes to somebody."""
    told = (*cast.subject_tokens, *own_subjects(trigger))
    return any(t.base in noun_class("domains") or any(m.entity.type in ("Place", "State") for m in passage.mentions_at(t)) for t in told)


def under_rule(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“passed under British administration”, “came under Ottoman rule”, “passed to Spain”."""
    rule = noun_class("dominion")
    below = [t for p, t in obliques(trigger) if p in ("into", "to", "under")]
    return any(t.base in rule or any(e.type == "State" for e in passage.entities_at(t)) for t in below)


def independent(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“became independent”, “became a republic”."""
    said = [c for c in trigger.rights if c.dep_ in ("acomp", "attr", "oprd")]
    return bool(cast.agents or cast.patients) and any(t.base in ("independent", "republic", "sovereign") for t in said)


def body_object(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A body with a name, or a state, is founded or dissolved, and not a dish."""
    return any(e.type in ("Organisation", "State") and e.label for e in entities_of(passage, cast.object_tokens))


def state_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A state or its parts are its subject, object or owner."""
    own = [*entities_of(passage, (*cast.object_tokens, *cast.subject_tokens)), *cast.patients, *cast.agents]
    return any(e.type in ("State", "Place") for e in own)


def person_dies(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody by name, or in office, dies; not of many others who did."""
    own = [*cast.agents, *cast.patients] if not is_verbal(trigger) else list(cast.agents)
    return any(e.type == "Person" for e in own)


def dated_or_placed(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A certain earthquake: of a day, or somewhere."""
    return bool(cast.participants) or cast.place is not None or dated_phrase(passage, trigger)


def craft_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A plane, a ship or a train meets with an accident."""
    crafts = {"aeroplane", "aircraft", "airliner", "boat", "ferry", "helicopter", "jet", "plane", "ship", "submarine", "train", "vessel"}
    return any(t.base in crafts for t in (*cast.subject_tokens, *own_subjects(trigger)))


def disaster_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An earthquake, a flood or a famine strikes."""
    return any(t.base in noun_class("disasters") for t in (*cast.subject_tokens, *own_subjects(trigger)))


def claim_to_land(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A claim to land, or to a place by name."""
    to = [t for top in (trigger, *cast.object_tokens) for p, t in obliques(top) if p in ("in", "on", "over", "to")]
    named = any(e.type in ("Place", "State") for e in entities_of(passage, to))
    return bool(cast.participants) and (named or any(t.base in noun_class("domains") for t in to))


def place_object(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A place by name is handed over to a state."""
    named = any(m.entity.type == "Place" and m.how in ("made", "name") for t in cast.object_tokens for m in passage.mentions_at(t))
    places = named or bool(cast.object_lemmas & noun_class("domains"))
    return places and any(e.type == "State" for e in (*cast.agents, *cast.others, *cast.towards))


def state_itself(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """The state is its subject, or a rule over one, not something of it: “Yugoslavia collapsed”, and not its economy."""
    told = {t.i: t for t in (*cast.subject_tokens, *cast.object_tokens, *own_subjects(trigger))}.values()
    rule = any(t.base in ("empire", "federation", "mandate", "protectorate", "union") for t in told)
    return rule or any(m.entity.type == "State" and m.how not in ("adjective", "title") for t in told for m in passage.mentions_at(t))


def state_of(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the reunification of Yemen”, “Yugoslavia's collapse”."""
    state = any(e.type == "State" for e in (*cast.patients, *entities_of(passage, cast.subject_tokens)))
    return state and (_is_what_is_told(trigger) or dated_phrase(passage, trigger))


def elected(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody named; “X, elected chancellor in May” too, where the parser hangs the verb on the office."""
    behind = trigger.i > trigger.sent.start and trigger.nbor(-1).lower_ in (",", "was", "and")
    titled = any(o.person is not None and o.start in (trigger.i, trigger.i + 1) for o in passage.offices)
    return bool(cast.participants) or (behind and titled)


def independence_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A state's independence that was declared, or that is told with its day; a declaration only of that."""
    words = {t.base for t in trigger.subtree}
    if "independence" not in words or not anchored(passage, trigger, cast):
        return False
    return bool(words & {"declare", "proclaim"}) or (_is_what_is_told(trigger) and dated_phrase(passage, trigger))


def election_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An election of a state, by its adjective, its place, its day, or as somebody's success; not of a club's treasurer."""
    words = {t.base for t in noun_phrase(trigger)}
    above = governing_verb(trigger)
    voted = above is not None and above.base == "vote"  # “Greeks vote in a referendum” is told by its verb
    asked = trigger.base in ("plebiscite", "referendum") and not voted
    held = any(passage.mentions_at(t) for t in (trigger.sent if asked else trigger.subtree))
    return held or bool(cast.participants or cast.place) or bool(words & {"general", "legislative", "parliamentary", "presidential"})


def to_polls(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“went to the polls”."""
    return any(p == "to" and t.lower_ in ("poll", "polls") for p, t in obliques(trigger))


def certain(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An expulsion told with its day, or of a counted people or a population."""
    who = [t for p, t in obliques(trigger) if p == "of"]
    counted = any(is_counted(t) or t.base in noun_class("uprooted") for t in who)
    return anchored(passage, trigger, cast) and (counted or dated_phrase(passage, trigger))


def works_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A pipeline or a railway comes into use."""
    told = {t.base for t in (*cast.subject_tokens, *own_subjects(trigger))}
    words = {t.base for c in trigger.rights for t in (c, *c.children)}
    return bool(told & noun_class("works")) and bool(
        words & {"flow", "open", "operate", "operation", "pump", "run", "service", "stream", "use", "work"}
    )


def works_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A bridge or a tunnel opens."""
    told = {t.base for t in (*cast.subject_tokens, *own_subjects(trigger))}
    return bool(told & noun_class("works")) and not cast.object_tokens


def of_business(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A licence to mine, drill or trade, for a field or for somebody's firm."""
    words = {t.base for noun in cast.object_tokens for t in noun.subtree}
    return bool(words & (noun_class("mining", "goods", "works"))) or "concession" in words


def aid_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Aid, or what carries it, comes in."""
    told = [*cast.subject_tokens, *own_subjects(trigger)]
    return any(w.base in noun_class("relief") for t in told for w in t.subtree if w.i - t.i < 6 and w.i <= trigger.i)


def visits_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Visits, arrivals or migrants are counted."""
    words = {"passenger", "tourism", "tourist", "travel", "visit", "visitor"}
    told = [w for t in (*cast.subject_tokens, *own_subjects(trigger)) for w in noun_phrase(t)]
    return any(w.base in words for w in told) and not cast.object_tokens


def works(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is done, by somebody or by nobody told; a line and a station only of rail, pipes or power."""
    doubtful = cast.object_lemmas & {"line", "road", "station"}
    return not doubtful or bool(cast.object_words & {"electricity", "gas", "oil", "pipeline", "power", "rail", "railway", "transmission"})


SOCIETY: dict[str, Callable[[Passage, Token, Cast], bool]] = {
    "aid-goes": aid_goes,
    "aid-subject": aid_subject,
    "bearing-aid": bearing_aid,
    "body-object": body_object,
    "brought-in": brought_in,
    "certain": certain,
    "claim-to-land": claim_to_land,
    "commerce-subject": commerce_subject,
    "craft-subject": craft_subject,
    "dated-or-placed": dated_or_placed,
    "disaster-subject": disaster_subject,
    "economy-subject": economy_subject,
    "elected": elected,
    "election-told": election_told,
    "firm-bought": firm_bought,
    "for-goods": for_goods,
    "gift": gift,
    "goods-moved": goods_moved,
    "independence-told": independence_told,
    "independent": independent,
    "into-exile": into_exile,
    "land-object": land_object,
    "land-subject": land_subject,
    "masses-driven": masses_driven,
    "masses-move": masses_move,
    "masses-subject": masses_subject,
    "masses-told": masses_told,
    "measured": measured,
    "money-got": money_got,
    "money-or-land": money_or_land,
    "of-assets": of_assets,
    "of-business": of_business,
    "partner": partner,
    "person-dies": person_dies,
    "place-object": place_object,
    "refused-what": refused_what,
    "state-itself": state_itself,
    "state-of": state_of,
    "state-told": state_told,
    "to-polls": to_polls,
    "to-somewhere": to_somewhere,
    "traffic-subject": traffic_subject,
    "under-rule": under_rule,
    "visits-subject": visits_subject,
    "works": works,
    "works-subject": works_subject,
    "works-told": works_told,
    "worth-money": worth_money,
}
