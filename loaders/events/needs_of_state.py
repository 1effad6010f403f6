"""Needs of the events of states at peace: relations, offices, votes, courts, aid, people on the move, trade, land."""

from collections.abc import Callable, Iterable

from graph.records import Entity
from loaders.clauses import is_passive, is_verbal, noun_phrase, obliques
from loaders.events.noun_classes import noun_class
from loaders.events.participants import Cast
from loaders.parsed import Token
from loaders.passages import Passage

_POINTING = frozenset({"it", "them", "they", "these"})
_COPULAS = frozenset({"be", "become", "get", "grow", "remain", "turn"})
_BEFORE = frozenset({"at", "before", "into", "on", "to"})


# Anybody ------------------------------------------------------------------------------------


def anchored(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is of somebody or somewhere named, in its sentence or the one before; the first sentence goes on from the last paragraph."""
    start = _sentence_before(trigger)
    here = passage.mentions_in(start, trigger.sent.end)
    before = passage.previous if start == 0 else None
    return bool(cast.participants or cast.place or here) or (before is not None and bool(before.mentions))


def of_fact(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Not what a wish is about: “their commitment to deepening relations”, “the need to hold elections”."""
    above = trigger.head.head if trigger.dep_ == "pcomp" else trigger.head
    return trigger.tag_ not in ("VB", "VBG") or above.base not in noun_class("wishes")


def of_post(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A post is given up, not oneself to something."""
    return cast.object_lemmas <= noun_class("posts", "times") and not any(c.lower_.endswith("self") for c in trigger.rights)


def official(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A person by name, or the holder of an office, enters or leaves it."""
    heads = {t.i for t in (*cast.subject_tokens, *cast.object_tokens)}
    titled = any(not heads.isdisjoint(range(o.start, o.end)) for o in passage.offices)
    return titled or any(e.type == "Person" for e in cast.participants) or bool(_heads(cast) & noun_class("rulers"))


def _heads(cast: Cast) -> frozenset[str]:
    return frozenset(t.base for t in (*cast.subject_tokens, *cast.object_tokens))


def _subject_lemmas(cast: Cast) -> frozenset[str]:
    return frozenset(form for t in cast.subject_tokens for form in (t.base, t.lower_))


def lemmas_behind(trigger: Token, *prepositions: str) -> frozenset[str]:
    """The lemmas of what stands behind these prepositions."""
    return frozenset(t.base for p, t in obliques(trigger) if p in prepositions)


def entities_of(passage: Passage, tokens: Iterable[Token]) -> list[Entity]:
    """Whom these words themselves mean."""
    return [e for t in tokens for e in passage.entities_at(t)]


def dated_phrase(passage: Passage, noun: Token) -> bool:
    """The noun's own date, or one just behind it that the parser hangs elsewhere."""
    span = noun_phrase(noun)
    behind = noun.doc[span.start : min(span.end + 3, noun.sent.end)]
    return bool(passage.dates_in(span.start_char, behind.end_char))


# Relations ----------------------------------------------------------------------------------


def ties_meant(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Relations are its object or subject, or a pronoun that points back at them."""
    told = (*cast.object_tokens, *cast.subject_tokens, *own_subjects(trigger))
    return any(t.base in noun_class("ties") or _points_at(passage, t, "ties") for t in told)


def ties_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Relations are its subject."""
    told = (*cast.subject_tokens, *own_subjects(trigger))
    return any(t.base in noun_class("ties") or _points_at(passage, t, "ties") for t in told)


def bond_meant(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A quarrel, a crisis or a friendship between states is its object or subject."""
    told = (*cast.object_tokens, *cast.subject_tokens, *own_subjects(trigger))
    meant = [t for t in told if t.base in noun_class("bonds")]
    domestic = noun_class("domestic")
    return any({c.base for c in t.lefts}.isdisjoint(domestic) for t in meant) and between_states(passage, trigger, cast)


def between_states(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Two states, or their leaders, are told of in the sentence or the one before."""
    start = _sentence_before(trigger)
    named = {m.entity for m in passage.mentions_in(start, trigger.sent.end) if m.entity.type in ("State", "Organisation")}
    return len(named) >= 2


def own_subjects(trigger: Token) -> list[Token]:
    """The trigger's own subject, where the parser takes a verb of change for a passive or not."""
    return [c for c in trigger.lefts if c.dep_ in ("nsubj", "nsubjpass")] if is_verbal(trigger) else []


def _points_at(passage: Passage, token: Token, name: str) -> bool:
    """Is the last noun of its number that leads a clause before a pronoun one of the class?"""
    if token.lower_ not in _POINTING or passage.mentions_at(token):
        return False
    before = passage.doc[_sentence_before(token) : token.i]
    return any(t.base in noun_class(name) and t.dep_ not in ("compound", "poss") for t in before)


def _sentence_before(token: Token) -> int:
    start = int(token.sent.start)
    return int(token.doc[start - 1].sent.start) if start else 0


def tense(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“relations became irreparable”, “ties remain strained”: a word of climate is said of relations or a quarrel."""
    if trigger.base not in _COPULAS:
        return True
    said = [c for c in trigger.rights if c.dep_ in ("acomp", "attr", "oprd")]
    climate = noun_class("climate")
    return any(t.base in climate or t.lower_ in climate for c in said for t in (c, *c.lefts))


def strained(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """What rises or eases is tension, or relations that reach a low or a high."""
    told = {t.base for t in (*cast.subject_tokens, *own_subjects(trigger))}
    return "tension" in told or bool((lemmas_behind(trigger, "at", "into", "to") | cast.object_lemmas) & noun_class("turning_points"))


def new_chapter(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“opened a new page”, “turned over a new leaf”: a figure of speech for relations."""
    return bool(cast.object_words & {"different", "fresh", "new"}) and between_states(passage, trigger, cast)


def near_war(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“came close to war”, “stood on the brink of war”."""
    words = {t.base for c in trigger.rights for t in c.subtree if t.i - trigger.i < 8}
    return bool(words & {"war", "blow"}) and bool(words & {"brink", "close", "edge", "near", "verge"})


def closer(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“drew closer to X”, “drifted apart”."""
    return any(c.lower_ in ("apart", "closer", "nearer") for c in trigger.rights)


def broke_with(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“broke with X”, “fell out with X”: with another, and not “broke down with …”."""
    others = [e for p, t in obliques(trigger) if p == "with" for e in passage.entities_at(t)]
    apart = any(c.lower_ in ("away", "down", "up") for c in trigger.rights) or (
        trigger.lemma_ == "fall" and not has_particle(trigger, "out")
    )
    return bool(cast.agents) and not cast.object_tokens and not apart and any(e.type in ("Organisation", "Person", "State") for e in others)


def reconciled(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the rapprochement between X and Y”; with “the” alone, that of the two told of just before."""
    known = any(c.lower_ in ("the", "this", "their") for c in trigger.lefts) and not list(obliques(trigger))
    return two_states(passage, trigger, cast) or (known and between_states(passage, trigger, cast))


def has_particle(verb: Token, particle: str) -> bool:
    """“took *over*”."""
    return any(c.lower_ == particle for c in verb.rights)


def two_states(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Two states or bodies take part, or one with another's leader."""
    return len([e for e in cast.participants if e.type in ("Organisation", "Person", "State")]) >= 2


# Envoys and offices -------------------------------------------------------------------------


def envoys_exchanged(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody does it, or it is done: “ambassadors were exchanged”."""
    return is_passive(trigger) or bool(cast.agents) or any(t.tag_ == "NNS" for t in cast.subject_tokens)


def envoy_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """An ambassador comes, goes or takes up a post."""
    subject = {t.base for t in (*cast.subject_tokens, *own_subjects(trigger))}
    home = any(c.lower_ in ("back", "home") for c in trigger.rights)
    there = bool(cast.towards) or bool(lemmas_behind(trigger, "to") & (noun_class("posts") | {"capital"}))
    return bool(subject & noun_class("envoys")) and (home or there)


def to_power(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“came to power”, “ascended the throne”, “removed from office”."""
    return bool((lemmas_behind(trigger, "to", "into", "from", "in", "of") | cast.object_lemmas) & noun_class("posts"))


def titled_after(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“took over as president”, “took over from X”."""
    span = range(trigger.i, trigger.right_edge.i + 1)
    persons = [e for p, t in obliques(trigger) if p == "from" for e in passage.entities_at(t) if e.type == "Person"]
    return has_particle(trigger, "over") and bool(persons or any(o.start in span for o in passage.offices))


def to_ministry(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“called to the foreign ministry”."""
    return bool(lemmas_behind(trigger, "in", "into", "to") & {"ministry", "office"}) or has_particle(trigger, "in")


def by_many(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Those who rise to power are no single person: a party, a movement, the officers."""
    return not any(e.type == "Person" for e in cast.agents)


def ruler(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A ruler or a government is brought down: by name, by office or by what it is."""
    heads = {t.i for t in cast.object_tokens}
    titled = any(not heads.isdisjoint(range(o.start, o.end)) for o in passage.offices)
    return titled or any(e.type == "Person" for e in cast.patients) or bool(cast.object_lemmas & noun_class("rulers"))


def government(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A government is its object."""
    return bool(cast.object_lemmas & noun_class("governments"))


def government_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A government is its subject."""
    subject = {t.base for t in (*cast.subject_tokens, *own_subjects(trigger))}
    return bool(subject & noun_class("governments")) and not cast.object_tokens


def resolution_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A resolution passes or fails."""
    told = {t.base for t in (*cast.subject_tokens, *own_subjects(trigger))}
    return bool(told & {"amendment", "draft", "motion", "resolution"}) and not cast.object_tokens


def two_persons(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """One person comes after another: “X succeeded Y”."""
    return all(any(e.type == "Person" for e in side) for side in (cast.agents, cast.patients))


def succeeded(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It did not fail: no attempt and no plot."""
    words = {t.base for t in noun_phrase(trigger)} | {trigger.head.base}
    return words.isdisjoint({"abortive", "alleged", "attempt", "attempted", "botched", "fail", "failed", "plan", "plot", "unsuccessful"})


# Votes and courts ---------------------------------------------------------------------------


def assembly(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A parliament or a council does it."""
    own = entities_of(passage, cast.subject_tokens)
    named = any(set(e.label.lower().split()) & noun_class("assemblies") for e in own if e.type == "Organisation")
    return named or bool(_subject_lemmas(cast) & noun_class("assemblies"))


def voters(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody named votes, or those whose work it is."""
    return bool(cast.participants) or bool(_subject_lemmas(cast) & (noun_class("assemblies", "voters")))


def vote_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the vote on X in the Council”, “X's veto”: somebody named, and what is voted on or where."""
    around = list(obliques(trigger))
    about = any(p in ("against", "at", "for", "in", "of", "on", "over") for p, _ in around)
    where = any(p in ("at", "in") and passage.entities_at(t) for p, t in around)
    return about and (where or bool(cast.participants))


def to_body(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A state is elected to a council."""
    behind = [e for p, t in obliques(trigger) if p in ("onto", "to") for e in passage.entities_at(t)]
    return any(e.type == "Organisation" for e in behind) and any(e.type == "State" for e in cast.participants)


def state_names(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A state does it to something with a name, as to a land that nobody knows any more."""
    named = [t for t in cast.object_tokens if t.pos_ == "PROPN"]
    return bool(named) and any(e.type == "State" for e in cast.agents)


def court_acts(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A court or a judge does it."""
    return bool(_subject_lemmas(cast) & noun_class("courts")) or any(
        set(e.label.lower().split()) & noun_class("courts") for e in (*cast.agents, *cast.others)
    )


def before_court(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Something or somebody is brought before a court: “took X to court”, “put on trial”."""
    behind = [t for p, t in obliques(trigger) if p in _BEFORE]
    words = {t.base for t in behind} | {w for t in behind for e in passage.entities_at(t) for w in e.label.lower().split()}
    return bool(words & (noun_class("courts") | {"arbitration", "trial"}))


def of_proceedings(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“withdrew from the proceedings”, “appealed against the verdict”."""
    return bool(lemmas_behind(trigger, "against", "from") & noun_class("proceedings"))


def held_void(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“declared the ruling null and void”, “ruled unlawful”."""
    words = {t.lower_ for c in trigger.rights for t in c.subtree if t.i - trigger.i < 15}
    return bool(words & noun_class("unlawful"))


def human_trial(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody is tried, not a medicine."""
    words = {t.base for t in noun_phrase(trigger)} | {trigger.text}
    return bool(cast.participants) and words.isdisjoint({"clinical", "drug", "field", "flight", "medical", "phase", "vaccine"})


STATE: dict[str, Callable[[Passage, Token, Cast], bool]] = {
    "anchored": anchored,
    "assembly": assembly,
    "before-court": before_court,
    "between-states": between_states,
    "bond-meant": bond_meant,
    "broke-with": broke_with,
    "by-many": by_many,
    "closer": closer,
    "court-acts": court_acts,
    "envoy-subject": envoy_subject,
    "envoys-exchanged": envoys_exchanged,
    "government": government,
    "government-subject": government_subject,
    "held-void": held_void,
    "human-trial": human_trial,
    "near-war": near_war,
    "new-chapter": new_chapter,
    "of-fact": of_fact,
    "of-post": of_post,
    "of-proceedings": of_proceedings,
    "official": official,
    "reconciled": reconciled,
    "resolution-subject": resolution_subject,
    "ruler": ruler,
    "state-names": state_names,
    "strained": strained,
    "succeeded": succeeded,
    "tense": tense,
    "ties-meant": ties_meant,
    "ties-subject": ties_subject,
    "titled-after": titled_after,
    "to-body": to_body,
    "to-ministry": to_ministry,
    "to-power": to_power,
    "two-persons": two_persons,
    "two-states": two_states,
    "vote-told": vote_told,
    "voters": voters,
}
