"""Needs of what states do in international bodies and before courts: joining and leaving, resolutions, cases, inspections."""

from collections.abc import Callable

from graph.records import Entity
from loaders.clauses import governing_verb, is_verbal, noun_phrase, obliques
from loaders.events.needs_of_state import between_states, entities_of, has_particle, lemmas_behind, own_subjects
from loaders.events.noun_classes import noun_class
from loaders.events.participants import Cast
from loaders.parsed import Token
from loaders.passages import Passage

_SETTING_IN = frozenset({"arrive", "begin", "come", "emerge", "ensue", "follow", "occur", "set", "start"})


# Meetings -----------------------------------------------------------------------------------


def called_on(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“called on President X in Y”; “called on X to act” asks."""
    hosts = [t for p, t in obliques(trigger) if p in ("on", "upon")]
    asked = any(c.dep_ in ("advcl", "ccomp", "xcomp") for t in (trigger, *hosts) for c in t.rights)
    person = any(e.type == "Person" for e in entities_of(passage, hosts))
    return person and not asked and bool(cast.agents) and not any(p == "for" for p, _ in obliques(trigger))


def meets_face_to_face(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Officials, or people by name, “came face to face”."""
    behind = trigger.doc[trigger.i + 1 : min(trigger.i + 6, trigger.sent.end)].text.lower()
    known = any(e.type == "Person" for e in cast.participants) or any(
        not {t.base, t.lower_}.isdisjoint(noun_class("officials")) for t in cast.subject_tokens
    )
    return known and "face to face" in behind.replace("-", " ")


def days_of_talks(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“wrapped up four days of talks”."""
    spans = [t for t in cast.object_tokens if t.base in noun_class("stretches")]
    of = {t.base for noun in spans for p, t in obliques(noun) if p == "of"}
    return not of.isdisjoint(noun_class("conferences")) and bool(cast.participants or passage.mentions_in(trigger.sent.start, trigger.i))


# Membership ---------------------------------------------------------------------------------


def joins_body(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A state joins a body by name, or leaves it: “joined the Arab League”."""
    return _a_state(cast.agents) and any(_is_body(e) for e in entities_of(passage, cast.object_tokens))


def becomes_member(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“became a member of the United Nations”."""
    said = [c for c in trigger.rights if c.dep_ == "attr" and c.base in ("member", "signatory", "party")]
    return _a_state(cast.agents) and any(_behind(passage, noun, "of", "to") for noun in said)


def out_of_body(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“withdrew from UNESCO”; who withdraws something from it does another thing."""
    return _a_state(cast.agents) and not cast.object_tokens and _behind(passage, trigger, "from", "of", "out of")


def out_of_treaty(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“X's withdrawal from the treaty”, “from the League”: of a state, not of its troops."""
    treaty = bool(lemmas_behind(trigger, "from") & (noun_class("treaties") | {"initiative", "treaty"}))
    return (treaty or _behind(passage, trigger, "from")) and any(e.type in ("Person", "State") for e in cast.agents)


def into_body(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“X's accession to the European Union”, “the admission of X to the United Nations”."""
    return _a_state((*cast.agents, *cast.patients)) and _behind(passage, trigger, "in", "into", "to")


def out_of_members(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the expulsion of X from the organisation”."""
    from_ = bool(lemmas_behind(trigger, "from") & noun_class("memberships"))
    return _a_state((*cast.agents, *cast.patients)) and (from_ or _behind(passage, trigger, "from"))


def in_founding(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“joined X and Y in founding Z”."""
    gerund = any(
        t.lemma_ in ("create", "establish", "form", "found", "launch") for c in trigger.rights if c.lower_ == "in" for t in c.children
    )
    return gerund and len(cast.participants) >= 2


def for_membership(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“applied for membership”, “applied to join”."""
    joins = any(c.dep_ == "xcomp" and c.lemma_ in ("accede", "enter", "join") for c in trigger.rights)
    return _a_state(cast.agents) and (joins or bool(lemmas_behind(trigger, "for") & {"accession", "admission", "candidacy", "membership"}))


def _a_state(entities: tuple[Entity, ...]) -> bool:
    return any(e.type == "State" for e in entities)


def _behind(passage: Passage, trigger: Token, *prepositions: str) -> bool:
    return any(_is_body(e) for p, t in obliques(trigger) if p in prepositions for e in passage.entities_at(t))


def _is_body(entity: Entity) -> bool:
    return entity.type == "Organisation" and entity.known


# Treaties ------------------------------------------------------------------------------------


def treaty_does(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“a treaty settled the claims of X”: told for the first time, as what ends or grants something for somebody named."""
    verb = governing_verb(trigger)
    told = trigger.dep_ == "nsubj" and verb is not None and verb.base in noun_class("treaty_deeds")
    new = any(c.lower_ in ("a", "an", "another") for c in trigger.lefts)
    return told and new and bool(passage.mentions_in(trigger.sent.start, trigger.sent.end))


def turned_down(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Of turning and brushing, only “down” and “aside” refuse."""
    doubtful = trigger.base in ("brush", "turn")
    return not doubtful or any(has_particle(trigger, particle) for particle in ("aside", "away", "down", "off"))


# Resolutions --------------------------------------------------------------------------------


def body_resolves(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A world body resolves something; any other council or board only “by ten votes” or in a resolution."""
    told = [t for t in (*cast.subject_tokens, *own_subjects(trigger)) if is_verbal(trigger)]
    if any(name in e.label.lower() for e in entities_of(passage, told) for name in noun_class("world_bodies")):
        return True
    voting = {t.base for t in told} & (noun_class("assemblies") | {"board", "conference"})
    return bool(voting) and bool({t.base for t in trigger.subtree} & {"resolution", "vote"})


def board_resolves(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the board of the X declared Y in breach”: the board of a body by name, about a state."""
    boards = [t for t in cast.subject_tokens if t.base in ("assembly", "board", "conference", "council")]
    of_body = any(_is_body(e) for t in boards for p, below in obliques(t) if p == "of" for e in passage.entities_at(below))
    return of_body and _a_state((*cast.patients, *cast.others, *entities_of(passage, list(trigger.subtree))))


def in_council(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is done in a council or an assembly."""
    around = [t for top in (trigger, *cast.object_tokens) for p, t in obliques(top) if p in ("at", "by", "in", "of")]
    named = any(name in e.label.lower() for e in entities_of(passage, around) for name in noun_class("world_bodies"))
    return named or any(t.base in noun_class("assemblies") for t in around)


# Courts -------------------------------------------------------------------------------------


def outside_court(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A protest or an appeal goes to a state or a body, not to judges."""
    around = [t for top in (trigger, *cast.object_tokens) for p, t in obliques(top) if p in ("against", "at", "before", "to", "with")]
    words = {t.base for t in around} | {w for e in entities_of(passage, around) for w in e.label.lower().split()}
    return words.isdisjoint(noun_class("courts", "proceedings"))


def case_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“X's case against Y at the Court”: one of a state, and against somebody named."""
    against = any(p == "against" and passage.entities_at(t) for p, t in obliques(trigger))
    owners = [c for c in trigger.lefts if c.dep_ == "poss"] + [t for p, t in obliques(trigger) if p in ("by", "of")]
    return against and any(e.type == "State" for e in entities_of(passage, owners))


def inquiry_finds(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A commission of inquiry finds that somebody bears the blame."""
    return any(
        t.base in ("commission", "committee", "inquiry", "investigation", "panel", "report", "team")
        and not {w.base for w in noun_phrase(t)}.isdisjoint({"enquiry", "inquiry", "investigation", "truth"})
        for t in cast.subject_tokens
    )


# Men on a mission -----------------------------------------------------------------------------


def inspectors_move(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Inspectors and monitors enter a land, leave it, or are put out."""
    told = (*cast.subject_tokens, *cast.object_tokens, *own_subjects(trigger))
    return any(t.base in noun_class("inspectors") for t in told)


def ordered_home(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“ordered its diplomats home”, “called back its envoys”."""
    home = any(w.lower_ == "home" for t in trigger.rights for w in t.subtree if w.i - trigger.i < 8)
    return home or has_particle(trigger, "back")


def sets_in(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“A second thaw set in”: between two told of in the sentence or the one before."""
    misread = [c for c in trigger.rights if c.dep_ in ("acl", "relcl") and has_particle(c, "in")]  # “a thaw set in”, taken for a participle
    verb = misread[0] if misread else governing_verb(trigger)
    subject = verb is not None and (bool(misread) or trigger.dep_ == "nsubj") and verb.base in _SETTING_IN
    return subject and between_states(passage, trigger, cast)


BODIES: dict[str, Callable[[Passage, Token, Cast], bool]] = {
    "becomes-member": becomes_member,
    "board-resolves": board_resolves,
    "body-resolves": body_resolves,
    "called-on": called_on,
    "case-told": case_told,
    "days-of-talks": days_of_talks,
    "meets-face-to-face": meets_face_to_face,
    "for-membership": for_membership,
    "in-council": in_council,
    "in-founding": in_founding,
    "inquiry-finds": inquiry_finds,
    "inspectors-move": inspectors_move,
    "into-body": into_body,
    "joins-body": joins_body,
    "ordered-home": ordered_home,
    "out-of-body": out_of_body,
    "out-of-members": out_of_members,
    "out-of-treaty": out_of_treaty,
    "outside-court": outside_court,
    "sets-in": sets_in,
    "treaty-does": treaty_does,
    "turned-down": turned_down,
}
