"""Stances told by a verb: who, towards what, and whether the clause says that it is so."""

from collections.abc import Iterator
from dataclasses import replace

from graph.records import Entity, Phrase
from loaders.clauses import agents, clause_span, complement, is_passive, is_verbal, modality, objects, oblique, patients, subjects
from loaders.parsed import Span, Token
from loaders.stances.drafts import Draft, drafts
from loaders.stances.frames import AGENTS, FRAMES, below, for_somebody_to
from loaders.stances.holders import Holder, Scene, holders_of, state_served
from loaders.stances.lexicon import Entry, Match, lemma, match_verb, verb_matches, word_set
from loaders.stances.matters import Matter, entity_at, matter_of_clause
from loaders.stances.standing import NEGATED, addressed_by, ordered_by, standing, told_span

_SPOKEN = frozenset({"request", "suasion", "clause", "want"})  # frames of what is asked, warned or promised


def read_verb(scene: Scene, verb: Token) -> Iterator[Draft]:
    """The stances that a verb tells, by the first of its entries that finds one."""
    for match in verb_matches(verb):
        if found := list(_by_entry(scene, verb, match)):
            yield from found
            return


def _by_entry(scene: Scene, verb: Token, match: Match) -> Iterator[Draft]:
    entry = match.entry
    if _is_promised(verb):
        return
    told = standing(verb, denied=entry.negated in ("needed", "reject"))
    if told is None or (entry.negated == "needed" and told != NEGATED):
        return
    negated = told == NEGATED
    if negated and entry.negated == "reject" and lemma(verb.head) in word_set("governors", "omitting"):
        return
    entry = _of_deed(entry, verb)
    holders = _holders(scene, verb, entry)
    if entry.rule == "vote-for" and not negated and (inner := _condemned(scene, match)):
        yield from drafts(verb, _span(verb, match), holders, inner[1], replace(inner[0], rule=entry.rule))
        return
    told_above = _as_told(scene, verb) if entry.frame in _SPOKEN else []
    matters = told_above or [m for m in FRAMES[entry.frame](scene, verb, match) if _fits(entry, m, match, verb, negated=negated)]
    yield from drafts(verb, _span(verb, match), holders, matters, entry, negated=negated)


def _as_told(scene: Scene, verb: Token) -> list[Matter]:
    """“As A had proposed, the talks were held in B”: that they were."""
    parenthetic = verb.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.lefts)
    bare = parenthetic and not patients(verb) and complement(verb) is None
    matter = matter_of_clause(scene, verb.head, composed=False) if bare and is_verbal(verb.head) else None
    return [matter] if matter is not None else []


def _is_promised(verb: Token) -> bool:
    """“promised that A would support B” is read at the promise."""
    above = match_verb(verb.head) if verb.dep_ == "ccomp" and modality(verb) in ("future", "would") else None
    return above is not None and above.entry.act == "promise"


def _of_deed(entry: Entry, verb: Token) -> Entry:
    """“declined to comment” takes no side, “declined to hand over the ship” refuses."""
    clause = complement(verb) if entry.rule == "decline" else None
    deed = clause is not None and lemma(clause) not in word_set("matter", "speaking")
    return replace(entry, act="reject", polarity="oppose", plover=None) if deed else entry


def _span(verb: Token, match: Match) -> Span:
    """The verb's clause, with what is asked of somebody wherever the parser hangs it."""
    span = told_span(verb)
    wanted = for_somebody_to(verb, match.last) if match.entry.frame in ("last", "request-last") else None
    return span if wanted is None else verb.doc[span.start : max(span.end, clause_span(wanted).end)]


def _condemned(scene: Scene, match: Match) -> tuple[Entry, list[Matter]] | None:
    """A vote for a resolution that condemns X condemns X."""
    for paper in below(match.last):
        for verb in paper.children:
            inner = match_verb(verb) if verb.dep_ == "acl" and verb.tag_ == "VBG" else None
            if inner is not None and (matters := FRAMES[inner.entry.frame](scene, verb, inner)):
                return inner.entry, matters
    return None


def _holders(scene: Scene, verb: Token, entry: Entry) -> list[Holder]:
    if entry.frame == "experiencer":
        return holders_of(scene, patients(verb), verb)
    if entry.frame == "encouraged":
        return holders_of(scene, agents(verb), verb)
    if entry.frame == "envoy" and is_passive(verb) and not subjects(verb):
        return holders_of(scene, oblique(verb, "to"), verb)  # “was summoned to the ministry of X”
    found = holders_of(scene, [*_doers(verb), *_partners(scene, verb, entry)], verb)
    if entry.frame in ("ballot", "paper") and modality(verb) == "actual":  # an envoy votes for the state
        return [Holder(state, h.entity) if (state := _state_of(scene, h)) is not None else h for h in found]
    if entry.act == "promise" and (state := _promised_for(scene, verb)):
        return [Holder(state, h.entity) if h.entity.type == "Person" else h for h in found]
    return found


def _state_of(scene: Scene, holder: Holder) -> Entity | None:
    return state_served(scene, holder.entity) if holder.entity.type == "Person" else None


def _partners(scene: Scene, verb: Token, entry: Entry) -> list[Token]:
    """Who does the same beside the subject: “A voted *with B* against X”, “together with B, A …”, “A joined *B* in condemning X”."""
    joined = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "in" else None
    if joined is not None and is_verbal(joined) and lemma(joined) == "join":
        return objects(joined)
    with_ = [c for word in (verb, *subjects(verb)) for c in word.children if c.dep_ == "prep" and c.lower_ == "with"]
    along = [t for p in with_ if any(c.lower_ in ("along", "together") for c in p.lefts) for t in below(p)]
    if entry.rule in ("vote-for", "vote-against"):
        along += oblique(verb, "with", "alongside")
    return [t for t in along if (e := entity_at(scene, t)) is not None and e.type == "State"]


def _doers(verb: Token) -> list[Token]:
    """The subjects; who orders it (“told the delegation to abstain”); the paper in “a resolution to condemn X”."""
    if (orderer := ordered_by(verb) or addressed_by(verb)) is not None:
        return subjects(orderer)
    mark = next((c for c in verb.lefts if c.tag_ == "TO"), None)
    if mark is not None and mark.i > 0:
        before = mark.nbor(-1)
        noun = before.head if before.pos_ == "NUM" else before
        if lemma(noun) in word_set("matter", "ballots"):
            return [noun]
    return subjects(verb)


def _promised_for(scene: Scene, verb: Token) -> Entity | None:
    """“The President promised that *the state* would …”: the state promises, through the President."""
    clause = complement(verb)
    own = [c for c in clause.children if c.dep_ == "nsubj"] if clause is not None else []
    entity = entity_at(scene, own[0]) if own else None
    return entity if entity is not None and entity.type == "State" else None


# Conditions on a target ---------------------------------------------------------------------


def _fits(entry: Entry, matter: Matter, match: Match, verb: Token, *, negated: bool) -> bool:
    target = matter.target
    heads = {lemma(t) for t in (below(match.last) if match.last != verb else ()) or patients(verb)}
    if not _heads_fit(entry, heads) or _says_another_thing(entry, target, verb):
        return False
    agent = isinstance(target, Entity) and target.type in AGENTS
    if entry.only == "agent":
        return agent
    if entry.only == "matter":
        return not (isinstance(target, Entity) and target.type == "Person")
    if entry.only == "nation":
        nation = isinstance(target, Entity) and target.type in ("State", "Organisation")
        return negated or nation or not heads.isdisjoint(word_set("matter", "nation"))
    if entry.only == "ballot" and agent:
        return False
    return entry.only is None or not heads.isdisjoint(word_set("matter", _LISTS[entry.only]))


_LISTS = {"ballot": "ballots", "weighty": "weighty", "vote": "votes"}


def _says_another_thing(entry: Entry, target: Entity | Phrase, verb: Token) -> bool:
    """“supported A with arms”, “approved 300 visas”, “dismissed the minister”, “welcomed A at the airport”."""
    name = lemma(verb)
    if name == "protest":
        return any(lemma(t) == "innocence" for t in patients(verb))
    if entry.rule == "support":
        return any(t.base in word_set("matter", "means") for t in oblique(verb, "with"))
    if name == "approve":
        return any(c.dep_ == "nummod" for t in patients(verb) for c in t.children)
    if name == "dismiss":
        return any(lemma(t) in word_set("matter", "dismissed") for t in patients(verb))
    return name in ("cheer", "salute", "welcome") and _is_reception(target, verb)


def _heads_fit(entry: Entry, heads: set[str]) -> bool:
    if entry.heads and heads.isdisjoint(word_set("matter", entry.heads)):
        return False
    return not entry.not_heads or heads.isdisjoint(word_set("matter", entry.not_heads))


def _is_reception(target: Entity | Phrase, verb: Token) -> bool:
    """“welcomed A at the airport”: a guest is met."""
    return isinstance(target, Entity) and target.type == "Person" and bool(oblique(verb, "at", "in", "on", "to", "with"))
