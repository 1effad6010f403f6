"""Where the target of a stance verb stands: a function for each frame of the lexicon."""

from collections.abc import Callable

from graph.records import Entity
from loaders.clauses import (
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
from loaders.parsed import Token
from loaders.stances.holders import Scene, actors_at
from loaders.stances.lexicon import Match, lemma, match_noun, match_verb, verb_matches, word_set
from loaders.stances.matters import (
    Matter,
    entity_at,
    helps_or_hinders,
    label_of,
    matter_of_clause,
    matters_of_nouns,
    supposed,
)

AGENTS = frozenset({"State", "Person", "Organisation", "Group", "Agent"})
_ABOUT = ("about", "against", "of", "on", "over", "regarding")
_NEAR = 8  # words
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "relcl", "advcl"})

Frame = Callable[[Scene, Token, Match], list[Matter]]


def _object(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    if match.entry.only == "vote":
        below = [t for word in (verb, *patients(verb)) for t in oblique(word, "on", "over")]
        return matters_of_nouns(scene, below or patients(verb))
    found = matters_of_nouns(scene, patients(verb))
    clause = governed(verb) if not found else None
    if clause is not None and any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.lefts):  # “welcomed that …”
        return _one(matter_of_clause(scene, clause, composed=False))
    return found


def _last(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    if match.last.dep_ == "mark":  # “pushed for A to V”
        return _one(matter_of_clause(scene, match.last.head))
    if match.last.dep_ == "prt" or match.last.pos_ == "ADV":
        doing = [c for c in match.last.head.rights if c.tag_ == "VBG" and c.dep_ in ("advcl", "xcomp")]  # “ruled out sending troops”
        return matters_of_nouns(scene, patients(verb) or doing[:1])
    if match.last != verb and is_verbal(match.last):  # “used its veto to block X”
        return matters_of_nouns(scene, objects(match.last))
    clause = governed(verb)
    if clause is not None and clause.i < match.last.i:
        return []  # “agreed to lift it with strings attached”
    wanted = for_somebody_to(verb, match.last)
    if wanted is not None:
        return _one(matter_of_clause(scene, wanted, doer=" and ".join(label_of(t) for t in below(match.last)[:2])))
    return matters_of_nouns(scene, below(match.last))


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
    if match.last.dep_ == "mark":  # “appealed for A to V”
        return _one(matter_of_clause(scene, match.last.head))
    if match.last.lower_ == "for":
        return matters_of_nouns(scene, below(match.last))
    wanted = for_somebody_to(verb, match.last)
    if wanted is not None:
        named = below(match.last)
        return _one(matter_of_clause(scene, wanted, doer=" and ".join(label_of(t) for t in named[:2]))) if named else []
    return matters_of_nouns(scene, oblique(verb, "for") or [t for b in below(match.last) for t in oblique(b, "for")])


def _mandate(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“told A to V”, “insisted that A V”, “expects A to V”."""
    clause = governed(verb)
    if clause is None:
        expected = lemma(verb) == "expect"  # “expects B's help”
        return matters_of_nouns(scene, [t for t in objects(verb) if expected and _is_anothers(scene, t, verb)])
    helped = any(c.dep_ == "aux" and c.lower_ not in ("be", "not") for c in clause.lefts)  # “will buy”, “did sign”
    subjunctive = clause.dep_ == "ccomp" and _is_bare(clause, verb) and not helped
    if _is_infinitive(clause) or (match.entry.rule != "tell-to" and (subjunctive or modality(clause) == "obligation")):
        doer = bool(objects(verb)) or any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)
        return _one(matter_of_clause(scene, clause)) if doer else []
    return []


def _want(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“wanted A to V”, “wanted to preserve X”, “wanted X”; not “wanted to leave”."""
    clause = complement(verb)
    done = clause is not None and clause.tag_ == "VBN" and clause.i - verb.i < _NEAR  # “wanted the bases closed”
    if clause is not None and (lemma(verb) in ("hope", "wish") or _is_infinitive(clause) or done):
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


def _is_pledged(scene: Scene, thing: Token, verb: Token) -> bool:
    if lemma(thing) in word_set("matter", "ensured"):
        return True
    gives = lemma(verb) in ("pledge", "promise", "vow") and not any(c.lower_ == "whose" for c in thing.lefts)
    return gives and thing.pos_ in ("NOUN", "SYM", "NUM") and thing.ent_type_ not in ("DATE", "TIME") and not _is_agent(scene, thing)


def _motion(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“voted to suspend X”; a stance below (“voted to condemn X”) is read at its own verb."""
    clause = complement(verb)
    if clause is None or not _is_infinitive(clause) or objects(verb):
        return []
    if any(not (m.entry.heads or m.entry.only) for m in verb_matches(clause)):
        return []
    return _one(matter_of_clause(scene, clause, subject=False))


def _is_listed(verb: Token) -> bool:
    """Joined by an “and”, not a purpose that the parser took for one more verb."""
    return is_verbal(verb) and any(c.dep_ == "cc" for c in verb.head.children)


def _clause(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“warned that …”, “warned A against X”, “denied X”, “denied doing X”."""
    clause = governed(verb)
    if clause is not None and not _asks(clause):
        told = supposed(clause) if match.entry.act == "warn" else None
        promises = match.entry.act == "promise"
        if promises and lemma(clause) == "be" and modality(clause) == "actual" and clause.tag_ != "VB":
            return []  # “assured A that all was well”
        matter = matter_of_clause(scene, told or clause, subject=not promises, composed=promises)
        harms = promises and matter is not None and lemma(clause) in word_set("matter", "harming")
        return _one(Matter(matter.target, not matter.turned) if matter is not None and harms else matter)
    if clause is None and verb.dep_ == "parataxis" and is_verbal(verb.head):  # “X, A warned, would ruin B”
        return _one(matter_of_clause(scene, verb.head, composed=match.entry.act == "promise"))
    about = oblique(verb, *_ABOUT)
    if not about and match.entry.act == "promise":  # “assured A of its help”
        about = [t for noun in objects(verb) for t in oblique(noun, "of") if noun.ent_type_]
    if about:
        return matters_of_nouns(scene, about)
    if match.entry.act == "promise":  # “promised A tanks”, “an army promised by A”, not “assured A”
        given = objects(verb) if is_passive(verb) and objects(verb) else patients(verb)
        pledged = [t for t in given if _is_pledged(scene, t, verb)]
        held_out = any(lemma(t) in word_set("matter", "held_out") for t in pledged)  # “vowed revenge”
        return [Matter(m.target, m.turned ^ held_out) for m in matters_of_nouns(scene, pledged)]
    return matters_of_nouns(scene, patients(verb))


def _threat(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    clause = governed(verb)
    if clause is not None:
        whom = [m for m in matters_of_nouns(scene, patients(clause)) if isinstance(m.target, Entity)]
        return whom or _one(matter_of_clause(scene, clause, subject=False, composed=False))
    against = [t for noun in (verb, *objects(verb)) for t in oblique(noun, "against")]
    threatened = against or (patients(verb) if oblique(verb, "with", "over") else [])
    return [m for m in matters_of_nouns(scene, threatened) if isinstance(m.target, Entity)]


def _refuse(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“refused X”, “refused to V”; a stance below (“refused to condemn”) is read at its own verb."""
    clause = governed(verb)
    if clause is not None:
        return _one(matter_of_clause(scene, clause, subject=False, composed=False)) if not read_below(clause) else []
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
    """“apologised for X” is against X, “apologised to A” for A."""
    wrongs = matters_of_nouns(scene, oblique(verb, "for", "over"))
    return [Matter(m.target, not m.turned) for m in wrongs] or matters_of_nouns(scene, oblique(verb, "to"))


def _envoy(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """The state whose ambassador is called in or sent home, or where one's own ambassador is."""
    envoys = [t for t in patients(verb) if lemma(t) in word_set("states", "envoys")]
    places = [t for word in (*envoys, verb) for t in oblique(word, "to", "from", "in")] if envoys else []
    own = [m for t in places for m in scene.passage.mentions_at(t) if m.how != "title"]
    inside = [m for t in envoys for m in scene.passage.mentions_in(t.left_edge.i, t.right_edge.i + 1)]
    whose = {e for t in subjects(verb) for e in actors_at(scene, t)}
    named = own if match.entry.rule == "recall-envoy" else inside
    return [Matter(m.entity) for m in named if m.entity.type == "State" and m.entity not in whose][:1]


def _charged(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“charged X with Y”, “suspected X of Y”, “held X responsible for Y”."""
    if match.entry.rule == "charge-with" and not oblique(verb, "with", "of"):
        return []
    if match.entry.rule == "hold-responsible" and not _is_held_to_account(verb):
        return []
    small = [c for child in verb.children if child.dep_ == "ccomp" for c in child.children if c.dep_ == "nsubj"]
    return [m for m in matters_of_nouns(scene, patients(verb) or small) if isinstance(m.target, Entity)]


def _is_held_to_account(verb: Token) -> bool:
    """“held X responsible”, wherever the parser hangs the adjective."""
    beside = (c for word in (verb, *objects(verb)) for c in word.rights)
    return any(c.lower_ in word_set("states", "accountable") for c in beside)


def _alleged(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“alleged interference by X”; “cut ties with X, alleging interference”: X."""
    whose = [e for t in patients(verb) for owner in owners(t) for e in actors_at(scene, owner)]
    if not whose and verb.dep_ == "advcl" and is_verbal(verb.head):
        above = verb.head
        beside = [
            *patients(above),
            *(t for word in (above, *patients(above)) for t in oblique(word, "with", "from", "against", "to", "on")),
        ]
        whose = [e for t in beside if (e := entity_at(scene, t)) is not None]
    if whose or verb.dep_ == "advcl":
        return [Matter(e) for e in whose[:1]] if patients(verb) else []
    return matters_of_nouns(scene, patients(verb))  # “alleged fraud”


def _named(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“recognised X as Y”."""
    return matters_of_nouns(scene, [t for t in patients(verb) if t.i < match.last.i or is_passive(verb)])


def _encouraged(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“encouraged by A, B signed the pact”: that B signed it."""
    above = verb.head
    loose = verb.tag_ == "VBN" and verb.dep_ == "advcl" and is_verbal(above) and verb.i < above.i
    return _one(matter_of_clause(scene, above, subject=False, composed=False)) if loose else []


def _told_before(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“A cut the supplies. B protested”: what A did."""
    said = governed(verb) is not None or patients(verb) or any(oblique(verb, *_ABOUT, "at", "to", "with"))
    if said or is_passive(verb) or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return []
    above = verb.head if verb.dep_ in ("conj", "advcl", "ccomp") and is_verbal(verb.head) and verb.head.i < verb.i else None
    before = above if above is not None else verb.doc[verb.sent.start - 1].sent.root if verb.sent.start else None
    return _one(matter_of_clause(scene, before, composed=False)) if before is not None and is_verbal(before) else []


def _compared(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“compared X to fascists”."""
    bad = word_set("judgement", "negative")
    with_what = oblique(verb, "to", "with") or [t for noun in patients(verb) for t in oblique(noun, "to", "with")]
    insult = any(lemma(w) in bad or w.lower_ in bad for t in with_what for w in t.subtree)
    return matters_of_nouns(scene, patients(verb)) if insult else []


def _ballot(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“voted for X”, “abstained on X”."""
    return matters_of_nouns(scene, below(match.last))


def _paper(scene: Scene, verb: Token, match: Match) -> list[Matter]:
    """“The council adopted the resolution; A abstained”: on the paper that the sentence, or the one before, has told of."""
    if match.last != verb and below(match.last):
        return []
    start = verb.doc[verb.sent.start - 1].sent.start if verb.sent.start else 0
    before = [t for t in verb.doc[start : verb.i] if t.pos_ in ("NOUN", "PROPN") and lemma(t) in word_set("matter", "ballots")]
    return matters_of_nouns(scene, before[-1:])


FRAMES: dict[str, Frame] = {
    "paper": _paper,
    "object": _object,
    "last": _last,
    "request": _request,
    "suasion": _suasion,
    "request-last": _request_last,
    "mandate": _mandate,
    "motion": _motion,
    "want": _want,
    "aim": _aim,
    "clause": _clause,
    "threat": _threat,
    "refuse": _refuse,
    "experiencer": _experiencer,
    "apology": _apology,
    "ballot": _ballot,
    "envoy": _envoy,
    "charged": _charged,
    "alleged": _alleged,
    "named": _named,
    "encouraged": _encouraged,
    "told-before": _told_before,
    "compared": _compared,
}


# Helpers ------------------------------------------------------------------------------------


def _one(matter: Matter | None) -> list[Matter]:
    return [matter] if matter is not None else []


def below(preposition: Token) -> list[Token]:
    """The objects of a preposition."""
    head = preposition.head
    return [t for t in oblique(head, preposition.lower_) if t.head == preposition or preposition in t.ancestors]


def _is_agent(scene: Scene, token: Token) -> bool:
    entity = entity_at(scene, token)
    return entity is not None and entity.type in AGENTS


def _is_anothers(scene: Scene, noun: Token, verb: Token) -> bool:
    """Is a thing that of somebody else than the subject: “B's help”?"""
    own = [e for t in subjects(verb) for e in actors_at(scene, t)]
    theirs = [e for t in owners(noun) for e in actors_at(scene, t)]
    return bool(theirs) and theirs[0] not in own


def _asked(scene: Scene, verb: Token) -> list[Matter] | None:
    """The clause that says what is asked; None where there is none, nothing where it is a question."""
    clause = governed(verb)
    if clause is None:
        return None
    if _asks(clause) or (match_verb(clause) is not None and clause.dep_ == "xcomp" and not objects(verb)):
        return []
    if clause.dep_ == "ccomp" and clause.tag_ in ("VBD", "VBZ") and modality(clause) == "actual":
        return None if objects(verb) else []
    return _one(matter_of_clause(scene, clause))


def read_below(clause: Token) -> bool:
    """Is a stance read at the verb below “refused”, as it is in “refused to condemn X”?"""
    return any(m.entry.negated != "none" for m in verb_matches(clause))


def governed(verb: Token) -> Token | None:
    """The clause behind a verb, before one that stands ahead of it."""
    halves = ("co", "-")  # of “co-sponsor”
    behind = [c for c in verb.rights if is_verbal(c) and c.lower_ not in halves]
    clause = next((c for c in behind if c.dep_ in ("ccomp", "xcomp")), None) or complement(verb)
    if clause is None and not objects(verb):  # “threatened this spring to close X”
        clause = next((c for c in behind if c.dep_ == "advcl" and c.tag_ == "VB" and _is_infinitive(c)), None)
    return None if clause is not None and clause.lower_ in halves else clause


def _asks(clause: Token) -> bool:
    return any((c.dep_ == "mark" and c.lower_ in ("if", "whether")) or c.tag_ in ("WRB", "WP") for c in clause.lefts)


def _is_bare(clause: Token, governor: Token) -> bool:
    """A subjunctive: “insisted that they leave”."""
    return clause.tag_ in ("VB", "VBN") or (clause.tag_ == "VBP" and governor.tag_ == "VBD")


def _is_infinitive(clause: Token) -> bool:
    return any(c.tag_ == "TO" for c in clause.children)


def for_somebody_to(verb: Token, preposition: Token) -> Token | None:
    """“to V” behind “called for A …”, “called on A …”."""
    places = [verb, preposition, *preposition.children]
    below = [c for place in places for c in place.children if c.i > preposition.i and c.dep_ in _CLAUSES]
    return next((c for c in below if c.tag_ == "VB" and _is_infinitive(c)), None)
