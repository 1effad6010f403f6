"""Whom the holder of a title serves where the title does not say: “its president”, “Prime Minister X of Peru”, “Interior Minister X”."""

from graph.records import Entity
from loaders.actors.context import Context
from loaders.actors.memory import entity_of, state_led_by
from loaders.actors.placing import is_place
from loaders.actors.pronouns import antecedent
from loaders.actors.titles import Title, title_words
from loaders.parsed import Token
from loaders.passages import Mention

_OWNERS = ("State", "Organisation")
_HIGH = 7  # the rank of foreign ministers
_NEAR = 5  # tokens behind a name
_FILLERS = ("(", ",", "the", "of", "from")


def owner_told(ctx: Context, title: Title) -> Entity | None:
    """The state or body that a pronoun before the title means: “its president”, “his spy chief”, “Kuwait, whose ruler …”."""
    if title.whose is None:
        return None
    pronoun = ctx.doc[title.whose]
    if title.head in title_words("personal"):
        return None
    owner = _before_relative(ctx, pronoun) if pronoun.lower_ == "whose" else antecedent(ctx, pronoun)
    if owner is None or owner.type in _OWNERS:
        return owner
    return state_served(ctx, owner, ctx.date_at(pronoun)) if owner.type == "Person" else None


def _before_relative(ctx: Context, pronoun: Token) -> Entity | None:
    """What stands right before “whose”."""
    place = pronoun.i - 1
    while place >= 0 and ctx.doc[place].text == ",":
        place -= 1
    mention = ctx.at.get(place)
    return mention.entity if mention is not None and mention.how != "adjective" else None


def state_served(ctx: Context, person: Entity, on: str | None) -> Entity | None:
    """The state in whose offices the text or the reference data shows a person."""
    if (told := ctx.memory.served.get(person)) is not None:
        return told
    known = state_led_by(person, ctx.reference, on)
    return entity_of(known) if known else None


def owner_behind_name(ctx: Context, title: Title, person: Entity | None) -> Entity | None:
    """“Prime Minister X of Peru”, “Foreign Minister X (Peru)”."""
    name = next((m for m in ctx.mentions if m.entity == person and title.end <= m.start <= title.end + 3), None)
    if name is None or name.end + 1 >= len(ctx.doc) or ctx.doc[name.end].lower_ not in ("(", "of"):
        return None
    place = name.end
    while place < len(ctx.doc) and place not in ctx.at and ctx.doc[place].lower_ in _FILLERS:
        place += 1
    owner = ctx.at.get(place)
    return (
        owner.entity if owner is not None and owner.start == place and owner.entity.type in _OWNERS and owner.how != "adjective" else None
    )


def owner_around(ctx: Context, title: Title, office: str, person: Entity) -> Entity | None:
    """The state of which the text is speaking when it gives a person a title: one that it told of him, or the only one that acts here.

    Not a state in which somebody else has that office, nor, for the highest, that of the one who meets or calls him.
    """
    on = ctx.date_at(ctx.doc[title.start])
    if (own := state_served(ctx, person, on)) is not None:
        return own
    sentence = ctx.doc[title.start].sent
    others = _whom_he_deals_with(ctx, title, office, on)
    nearest = [_of_delegation_led(ctx, title, person)]
    nearest += [] if person.known else [_of_whom_is_beside(ctx, title, on)]
    before = [] if person.known else [_acting(ctx, sentence.start, title.start), _acting(ctx, 0, title.start)]
    for states in ([state for state in nearest if state is not None][:1], *before):
        free = [s for s in states if s not in others and not _is_held(ctx, office, s, person, on)]
        if len(free) == 1:
            return free[0]
    return None


def _is_held(ctx: Context, office: str, state: Entity, person: Entity, on: str | None) -> bool:
    """Has somebody else the office, by the reference data or by what the text told?"""
    holders = {t.person for t in ctx.reference.holders(office, state.id, on)} if on else set()
    if holders:
        return person.id not in holders
    return any(held == (office, state) and other != person for other, held in ctx.memory.offices.items())


def _whom_he_deals_with(ctx: Context, title: Title, office: str, on: str | None) -> list[Entity]:
    """The states of the subject of a verb whose object a president or a foreign minister is: they meet as those of two states."""
    root = ctx.doc[title.start : title.end].root
    while root.dep_ in ("appos", "compound", "conj", "nmod") and root.head != root:
        root = root.head
    if not (root.dep_ in ("agent", "dobj", "pobj") and ctx.reference.office_rank(office) >= _HIGH):
        return []
    verb = next((a for a in root.ancestors if a.pos_ in ("AUX", "VERB")), None)
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None) if verb is not None else None
    span = range(subject.left_edge.i, subject.right_edge.i + 1) if subject is not None else range(0)
    told = [m for m in ctx.mentions if m.start in span]
    states = [m.entity for m in told if m.entity.type == "State"]
    return states + [s for m in told if m.entity.type == "Person" and (s := state_served(ctx, m.entity, on)) is not None]


def _of_delegation_led(ctx: Context, title: Title, person: Entity) -> Entity | None:
    """“X, leading the Peruvian delegation”."""
    name = next((m for m in ctx.mentions if m.entity == person and m.start >= title.start), None)
    for place in range(name.end, min(name.end + _NEAR, len(ctx.doc))) if name is not None else ():
        if ctx.doc[place].base in ("head", "lead", "represent"):
            behind = (ctx.at.get(i) for i in range(place + 1, min(place + 4, len(ctx.doc))))
            return next((m.entity for m in behind if m is not None and m.entity.type == "State"), None)
    return None


def _of_whom_is_beside(ctx: Context, title: Title, on: str | None) -> Entity | None:
    """“President A and Foreign Minister B”: the state of the one who is named with him."""
    place = title.start - 1
    while place > 0 and (ctx.doc[place].lower_ in ("and", "the", ",", "his", "her")) and place not in ctx.at:
        place -= 1
    mention = ctx.at.get(place)
    if mention is None or mention.entity.type != "Person" or place == title.start - 1:
        return None
    return state_served(ctx, mention.entity, on)


def _acting(ctx: Context, start: int, end: int) -> list[Entity]:
    """The states told of between two words, those that are mere places left out."""
    told = [m for m in ctx.mentions if start <= m.start and m.end <= end and m.entity.type == "State" and not _is_place(ctx, m)]
    return list(dict.fromkeys(m.entity for m in told))


def _is_place(ctx: Context, mention: Mention) -> bool:
    return mention.how in ("name", "seat") and is_place(ctx.doc[mention.start : mention.end].root)


def posting_around(ctx: Context, title: Title, of: Entity | None, person: Entity | None) -> Entity | None:
    """Where an envoy is sent of whom the text says only whose he is: to the one other state that its sentence tells of."""
    sentence = ctx.doc[title.start].sent
    on = ctx.date_at(ctx.doc[title.start])
    told = [m.entity for m in ctx.mentions if sentence.start <= m.start and m.end <= sentence.end]
    states = [e for e in told if e.type == "State"]
    states += [s for e in told if e.type == "Person" and e != person and (s := state_served(ctx, e, on)) is not None]
    states += [entity_of(k) for e in told if e.type == "Place" and (k := ctx.reference.state_with_seat(e.label, on)) is not None]
    others = [s for s in dict.fromkeys(states) if s != of]
    return others[0] if len(others) == 1 else None
