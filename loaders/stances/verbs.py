"""Stances told by a verb: who, towards what, and whether the clause says that it is so.

Each frame of the lexicon has a function that finds the target.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from graph.records import Entity
from loaders.clauses import (
    clause_span,
    complement,
    conjuncts,
    is_passive,
    is_verbal,
    modality,
    objects,
    oblique,
    owners,
    patients,
    subjects,
)
from loaders.stances.drafts import Draft, drafts
from loaders.stances.holders import Holder, Scene, actors_at, holders_of
from loaders.stances.lexicon import Entry, Match, lemma, match_noun, match_verb, word_set
from loaders.stances.matters import (
    Matter,
    entity_at,
    helps_or_hinders,
    label_of,
    matter_of_clause,
    matters_of_nouns,
    supposed,
)
from loaders.stances.standing import NEGATED, ordered_by, standing, told_span

_AGENTS = frozenset({"State", "Person", "Organisation", "Group", "Agent"})
_ABOUT = ("about", "against", "of", "on", "over", "regarding")

_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "relcl", "advcl"})

Frame = Callable[[Scene, Token, Match], list[Matter]]


def read_verb(scene: Scene, verb: Token) -> Iterator[Draft]:
    """The stances that a verb tells."""
    match = match_verb(verb)
    if match is None:
        return
    entry = match.entry
    told = standing(verb)
    if told is None or (entry.negated == "needed" and told != NEGATED):
        return
    negated = told == NEGATED
    if negated and entry.negated == "reject" and lemma(verb.head) in word_set("governors", "omitting"):
        return
    holders = _holders(scene, verb, entry)
    if entry.rule == "vote-for" and not negated and (inner := _condemned(scene, match)):
        yield from drafts(verb, _span(verb, match), holders, inner[1], replace(inner[0], rule=entry.rule))
        return
    matters = [m for m in _FRAMES[entry.frame](scene, verb, match) if _fits(entry, m, match, verb, negated=negated)]
    yield from drafts(verb, _span(verb, match), holders, matters, entry, negated=negated)


def _span(verb: Token, match: Match) -> Span:
    """The verb's clause, with what is asked of somebody wherever the parser hangs it."""
    span = told_span(verb)
    wanted = _for_somebody_to(verb, match.last) if match.entry.frame in ("last", "request-last") else None
    return span if wanted is None else verb.doc[span.start : max(span.end, clause_span(wanted).end)]


def _condemned(scene: Scene, match: Match) -> tuple[Entry, list[Matter]] | None:
    """A vote for a resolution that condemns X condemns X."""
    for paper in _below(match.last):
        for verb in paper.children:
            inner = match_verb(verb) if verb.dep_ == "acl" and verb.tag_ == "VBG" else None
            if inner is not None and (matters := _FRAMES[inner.entry.frame](scene, verb, inner)):
                return inner.entry, matters
    return None


def _holders(scene: Scene, verb: Token, entry: Entry) -> list[Holder]:
    if entry.frame == "experiencer":
        return holders_of(scene, patients(verb), verb)
    if entry.frame == "envoy" and is_passive(verb) and not subjects(verb):
        return holders_of(scene, oblique(verb, "to"), verb)  # “was summoned to the ministry of X”
    found = holders_of(scene, _doers(verb), verb)
    if entry.act == "promise" and (state := _promised_for(scene, verb)):
        return [Holder(state, h.entity) if h.entity.type == "Person" else h for h in found]
    return found


def _doers(verb: Token) -> list[Token]:
    """The subjects; who orders it (“told the delegation to abstain”); the paper in “a resolution to condemn X”."""
    if (orderer := ordered_by(verb)) is not None:
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
    if entry.only is None:
        return not (entry.rule == "support" and any(t.lemma_.lower() in word_set("matter", "means") for t in oblique(verb, "with")))
    if lemma(verb) == "approve" and any(c.dep_ == "nummod" for t in patients(verb) for c in t.children):
        return False  # so many visas, so much money
    if lemma(verb) == "dismiss" and any(lemma(t) in word_set("matter", "dismissed") for t in patients(verb)):
        return False  # from office
    agent = isinstance(target, Entity) and target.type in _AGENTS
    head = {lemma(t) for t in patients(verb) or _below(match.last)}
    if entry.only == "agent":
        return agent
    if entry.only == "matter":
        return not (isinstance(target, Entity) and target.type == "Person")
    if entry.only == "nation":
        return (
            negated
            or (isinstance(target, Entity) and target.type in ("State", "Organisation"))
            or not head.isdisjoint(word_set("matter", "nation"))
        )
    if entry.only == "ballot":
        return not head.isdisjoint(word_set("matter", "ballots")) and not agent
    if entry.only == "weighty":
        return not head.isdisjoint(word_set("matter", "weighty"))
    return not head.isdisjoint(word_set("matter", "votes") | {"voting"})


# Frames -------------------------------------------------------------------------------------


def _object(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    if match.entry.only == "vote":
        below = [t for word in (verb, *patients(verb)) for t in oblique(word, "on", "over")]
        return matters_of_nouns(scene, below or patients(verb))
    found = matters_of_nouns(scene, patients(verb))
    clause = complement(verb) if not found else None
    if clause is not None and any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.lefts):  # “welcomed that …”
        return _one(matter_of_clause(scene, clause, composed=False))
    return found


def _last(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    if match.last.dep_ == "prt" or match.last.pos_ == "ADV":
        return matters_of_nouns(scene, patients(verb))
    clause = complement(verb)
    if clause is not None and clause.i < match.last.i:
        return []  # “agreed to lift it with strings attached”
    wanted = _for_somebody_to(verb, match.last)
    if wanted is not None:
        return _one(matter_of_clause(scene, wanted, doer=" and ".join(label_of(t) for t in _below(match.last)[:2])))
    return matters_of_nouns(scene, _below(match.last))


def _request(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“demanded X”, “demanded that A V”, “proposed doing X”, “requested A to V”."""
    if (asked := _asked(scene, verb)) is not None:
        return asked
    asked_for = [t for t in patients(verb) if not _is_agent(scene, t) and lemma(t) not in word_set("matter", "own_gain")]
    return matters_of_nouns(scene, asked_for)


def _suasion(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“asked A to V”, “pressed A for X”, “advised A against X”."""
    if (asked := _asked(scene, verb)) is not None:
        return asked
    against = [Matter(m.target, not m.turned) for m in matters_of_nouns(scene, oblique(verb, "against"))]
    return against or matters_of_nouns(scene, [t for t in oblique(verb, "for") if not _is_agent(scene, t)])


def _request_last(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“called on A to V”, “appealed to A for X”."""
    if match.last.lower_ == "for":
        return matters_of_nouns(scene, _below(match.last))
    wanted = _for_somebody_to(verb, match.last)
    if wanted is not None:
        named = _below(match.last)
        return _one(matter_of_clause(scene, wanted, doer=" and ".join(label_of(t) for t in named[:2]))) if named else []
    return matters_of_nouns(scene, oblique(verb, "for") or [t for b in _below(match.last) for t in oblique(b, "for")])


def _mandate(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“told A to V”, “insisted that A V”, “expects A to V”."""
    clause = complement(verb)
    if clause is None:
        expected = lemma(verb) == "expect"  # “expects B's help”
        return matters_of_nouns(scene, [t for t in objects(verb) if expected and _is_anothers(scene, t, verb)])
    subjunctive = clause.dep_ == "ccomp" and _is_bare(clause, verb) and not any(c.lower_ in ("do", "does", "did") for c in clause.lefts)
    if _is_infinitive(clause) or (match.entry.rule != "tell-to" and (subjunctive or modality(clause) == "obligation")):
        doer = bool(objects(verb)) or any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)
        return _one(matter_of_clause(scene, clause)) if doer else []
    return []


def _want(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“wanted A to V”, “wanted to preserve X”, “wanted X”; not “wanted to leave”."""
    clause = complement(verb)
    if clause is not None and (lemma(verb) in ("hope", "wish") or _is_infinitive(clause)):
        others = any(c.dep_ == "nsubj" for c in clause.children) or bool(objects(verb))
        return _one(matter_of_clause(scene, clause)) if (others or helps_or_hinders(clause)) and match_verb(clause) is None else []
    wanted = [t for t in objects(verb) if t.pos_ == "NOUN" and match_noun(t) is None and lemma(t) not in word_set("matter", "own_gain")]
    return matters_of_nouns(scene, [t for t in wanted if not _is_agent(scene, t)])


def _aim(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“tried to prevent X and to preserve Y”."""
    first = complement(verb)
    if first is None or not _is_infinitive(first) or objects(verb):
        return []
    aims = [t for t in conjuncts(first) if helps_or_hinders(t) and match_verb(t) is None and (t == first or _is_listed(t))]
    return [m for t in aims if (m := matter_of_clause(scene, t, subject=False)) is not None]


def _is_listed(verb: Token) -> bool:
    """Joined by an “and”, not a purpose that the parser took for one more verb."""
    return is_verbal(verb) and any(c.dep_ == "cc" for c in verb.head.children)


def _clause(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“warned that …”, “warned A against X”, “denied X”, “denied doing X”."""
    clause = complement(verb)
    if clause is not None and not _asks(clause):
        told = supposed(clause) if match.entry.act == "warn" else None
        promises = match.entry.act == "promise"
        matter = matter_of_clause(scene, told or clause, subject=not promises, composed=promises)
        harms = promises and matter is not None and lemma(clause) in word_set("matter", "harming")
        return _one(Matter(matter.target, not matter.turned) if matter is not None and harms else matter)
    if about := oblique(verb, *_ABOUT):
        return matters_of_nouns(scene, about)
    if match.entry.act == "promise":
        ensured = [t for t in patients(verb) if lemma(t) in word_set("matter", "ensured")]
        return matters_of_nouns(scene, ensured)
    return matters_of_nouns(scene, patients(verb))


def _threat(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    clause = complement(verb)
    if clause is not None:
        whom = [m for m in matters_of_nouns(scene, patients(clause)) if isinstance(m.target, Entity)]
        return whom or _one(matter_of_clause(scene, clause, subject=False, composed=False))
    against = [t for noun in (verb, *objects(verb)) for t in oblique(noun, "against")]
    threatened = against or (patients(verb) if oblique(verb, "with", "over") else [])
    return [m for m in matters_of_nouns(scene, threatened) if isinstance(m.target, Entity)]


def _refuse(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“refused X”, “refused to V”; a stance below (“refused to condemn”) is read at its own verb."""
    clause = complement(verb)
    if clause is not None:
        return _one(matter_of_clause(scene, clause, subject=False)) if match_verb(clause) is None else []
    return matters_of_nouns(scene, patients(verb))


def _experiencer(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“X angered A”, “A was angered by X”, “…, angering A”: what the clause above tells."""
    if is_passive(verb):
        return matters_of_nouns(scene, oblique(verb, "by", "at", "with", "over"))
    above = verb.head
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and is_verbal(above):
        return _one(matter_of_clause(scene, above))
    return matters_of_nouns(scene, subjects(verb))


def _apology(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    return matters_of_nouns(scene, oblique(verb, "to") or oblique(verb, "for", "over"))


def _envoy(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """The state whose ambassador is called in."""
    envoys = [t for t in patients(verb) if lemma(t) in word_set("states", "envoys")]
    inside = [m for t in envoys for m in scene.passage.mentions_in(t.left_edge.i, t.right_edge.i + 1)]
    return [Matter(m.entity) for m in inside if m.entity.type == "State"][:1]


def _ballot(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“voted for X”, “abstained on X”."""
    return matters_of_nouns(scene, _below(match.last))


def _paper(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“The council adopted the resolution; A abstained”: on the paper that the sentence has told of."""
    before = [t for t in verb.doc[verb.sent.start : verb.i] if t.pos_ in ("NOUN", "PROPN") and lemma(t) in word_set("matter", "ballots")]
    return matters_of_nouns(scene, before[-1:])


_FRAMES: dict[str, Frame] = {
    "paper": _paper,
    "object": _object,
    "last": _last,
    "request": _request,
    "suasion": _suasion,
    "request-last": _request_last,
    "mandate": _mandate,
    "want": _want,
    "aim": _aim,
    "clause": _clause,
    "threat": _threat,
    "refuse": _refuse,
    "experiencer": _experiencer,
    "apology": _apology,
    "ballot": _ballot,
    "envoy": _envoy,
}


# Helpers ------------------------------------------------------------------------------------


def _one(matter: Matter | None) -> list[Matter]:
    return [matter] if matter is not None else []


def _below(preposition: Token) -> list[Token]:
    """The objects of a preposition."""
    head = preposition.head
    return [t for t in oblique(head, preposition.lower_) if t.head == preposition or preposition in t.ancestors]


def _is_agent(scene: Scene, token: Token) -> bool:
    entity = entity_at(scene, token)
    return entity is not None and entity.type in _AGENTS


def _is_anothers(scene: Scene, noun: Token, verb: Token) -> bool:
    """Is a thing that of somebody else than the subject: “B's help”?"""
    own = [e for t in subjects(verb) for e in actors_at(scene, t)]
    theirs = [e for t in owners(noun) for e in actors_at(scene, t)]
    return bool(theirs) and theirs[0] not in own


def _asked(scene: Scene, verb: Token) -> list[Matter] | None:
    """The clause that says what is asked; None where there is none, nothing where it is a question."""
    clause = complement(verb)
    if clause is None:
        return None
    if _asks(clause) or (match_verb(clause) is not None and clause.dep_ == "xcomp" and not objects(verb)):
        return []
    if clause.dep_ == "ccomp" and clause.tag_ in ("VBD", "VBZ") and modality(clause) == "actual":
        return []
    return _one(matter_of_clause(scene, clause))


def _asks(clause: Token) -> bool:
    return any((c.dep_ == "mark" and c.lower_ in ("if", "whether")) or c.tag_ in ("WRB", "WP") for c in clause.lefts)


def _is_bare(clause: Token, governor: Token) -> bool:
    """A subjunctive: “insisted that they leave”."""
    return clause.tag_ in ("VB", "VBN") or (clause.tag_ == "VBP" and governor.tag_ == "VBD")


def _is_infinitive(clause: Token) -> bool:
    return any(c.tag_ == "TO" for c in clause.children)


def _for_somebody_to(verb: Token, preposition: Token) -> Token | None:
    """“to V” behind “called for A …”, “called on A …”."""
    places = [verb, preposition, *preposition.children]
    below = [c for place in places for c in place.children if c.i > preposition.i and c.dep_ in _CLAUSES]
    return next((c for c in below if c.tag_ == "VB" and _is_infinitive(c)), None)
