"""Stances told by a noun: “A's opposition to X”, “A expressed support for X”, “criticism of X by A”."""

from collections.abc import Iterator

from loaders.clauses import (
    agents,
    clause_span,
    first_conjunct,
    governing_verb,
    is_passive,
    is_verbal,
    modality,
    noun_phrase,
    objects,
    oblique,
    subjects,
)
from loaders.parsed import Token
from loaders.stances.drafts import Draft, drafts, turned
from loaders.stances.holders import Holder, Scene, holders_of
from loaders.stances.lexicon import Entry, lemma, match_noun, match_verb, word_set
from loaders.stances.matters import Matter, entity_at, helps_or_hinders, matter_of_clause, matters_of_nouns, supposed
from loaders.stances.standing import NEGATED, TOLD, addressed_by, standing

_OBJECT = frozenset({"dobj", "nsubjpass", "attr", "oprd"})
_SOUGHT = frozenset({"endorse", "promise"})  # “sought support for X”, “sought assurances that …”
_ADDRESSED = frozenset({"demand", "request", "warn", "promise"})  # “a warning to A”: A is not the target


def read_noun(scene: Scene, noun: Token) -> Iterator[Draft]:
    """The stances that a noun tells."""
    entry = match_noun(noun)
    if entry is None or noun.dep_ == "compound" or _is_ringing(noun):
        return
    carrier = _carrier(noun)
    verb = _verb_of_object(carrier)
    told = _told(verb, noun)
    if told is None:
        return
    won = verb is not None and lemma(verb) in word_set("governors", "winning") and entry.polarity == "support"
    if verb is not None and won and (given := holders_of(scene, _givers(noun, entry), noun)):
        if told == TOLD:
            yield from drafts(noun, clause_span(verb), given, matters_of_nouns(scene, subjects(verb)), entry)
        return
    if felt := _felt_by(scene, noun, entry):
        yield from _of_clause(scene, noun, None, felt, entry)
        return
    drawn = oblique(verb, "from") if verb is not None and lemma(verb) in word_set("governors", "drawing") else []
    owned = holders_of(scene, drawn, noun) or _owners(scene, noun, entry) or (_owners(scene, carrier, entry) if carrier != noun else [])
    matters = _matters(scene, noun, entry, verb)
    if verb is not None and lemma(verb) in word_set("governors", "ending") and matters:
        yield from _ended(scene, verb, matters, entry)
    if matters:
        yield from _with_target(scene, noun, verb, owned, matters, entry, told)
    elif owned:
        yield from _of_clause(scene, carrier, verb, owned, entry)


# The ways to hold ---------------------------------------------------------------------------


def _with_target(
    scene: Scene, noun: Token, verb: Token | None, owned: list[Holder], matters: list[Matter], entry: Entry, told: str
) -> Iterator[Draft]:
    negated = told == NEGATED
    name = lemma(verb) if verb is not None else ""
    threat = name == "be" and entry.act == "warn"  # “is a threat to B”
    if verb is not None and not threat and name in word_set("governors", "light") and (not owned or _owned_by_pronoun(noun)):
        held = holders_of(scene, subjects(addressed_by(verb) or verb), verb) or owned
        yield from drafts(noun, clause_span(verb), held, matters, entry, negated=negated)
    elif owned:
        without = any(c.lower_ == "no" for c in noun.lefts)  # “did not repeat A's criticism” is no word about A
        yield from drafts(noun, noun_phrase(noun), owned, matters, entry, negated=without)
    elif verb is not None and name in word_set("governors", "seeking") and entry.act in _SOUGHT and not negated:
        asked = Entry(rule="seek-support", act="request", polarity="support")
        yield from drafts(noun, clause_span(verb), holders_of(scene, subjects(verb), verb), matters, asked)
    elif noun.dep_ == "pobj" and _preposition(noun) in word_set("prepositional", "by_subject"):
        above = governing_verb(noun)
        if above is not None and entry.infinitive == any(c.dep_ in ("det", "poss") for c in noun.children):
            doers = agents(above) if is_passive(above) else subjects(above)
            yield from drafts(noun, clause_span(above), holders_of(scene, doers, above), matters, entry)


def _of_clause(scene: Scene, noun: Token, verb: Token | None, owned: list[Holder], entry: Entry) -> Iterator[Draft]:
    """“over A's objections”, “at the request of A”, “drew criticism from A”: the clause is the target."""
    above = governing_verb(noun)
    if above is None:
        return
    matter: Matter | None = None
    drawn = lemma(above) in word_set("governors", "drawing") and (verb is not None or noun.head.lower_ in ("to", "with"))
    if drawn:
        top = above
        while top.dep_ == "advcl" and top.tag_ == "VBG" and is_verbal(top.head):
            top = top.head
        if top != above:
            matter = matter_of_clause(scene, top, composed=False)
        else:
            matter = next(iter(matters_of_nouns(scene, subjects(above))), None)
    elif noun.dep_ == "nsubj" and lemma(above) in word_set("governors", "following"):
        matter = next(iter(matters_of_nouns(scene, objects(above))), None)
    elif noun.dep_ == "pobj" and _preposition(noun) in word_set("prepositional", "of_clause") | word_set("prepositional", "felt"):
        told_of = _preposition(noun) in word_set("prepositional", "felt")
        matter = matter_of_clause(scene, above, subject=told_of, composed=False)
        if matter is not None and entry.polarity == "support" and _preposition(noun) in word_set("prepositional", "turning"):
            matter = Matter(matter.target, not matter.turned)
    if matter is not None:
        yield from drafts(noun, clause_span(above) if drawn else noun_phrase(noun), owned, [matter], entry)


def _ended(scene: Scene, verb: Token, matters: list[Matter], entry: Entry) -> Iterator[Draft]:
    """“reversed its opposition to X”: now supports X."""
    if standing(verb) == TOLD and entry.polarity != "neutral":
        now = Entry(rule=f"{entry.rule}-ended", act="state", polarity=turned(entry.polarity))
        yield from drafts(verb, clause_span(verb), holders_of(scene, subjects(verb), verb), matters, now)


def _preposition(noun: Token) -> str:
    """“in”, or “out of”, “in spite of” as they are written."""
    own = noun.head
    above = own.head
    if own.lower_ != "of":
        return str(own.lower_)
    return f"{above.head.lower_} {above.lower_} of" if above.lower_ == "spite" else f"{above.lower_} of"


# Around the noun ----------------------------------------------------------------------------


def _felt_by(scene: Scene, noun: Token, entry: Entry) -> list[Holder]:
    """“to the dismay of A, B signed”, “to A's relief B signed”: A feels it."""
    feeling = entry.rule in ("noun-anger", "noun-praise", "noun-regret")
    if not feeling or noun.dep_ != "pobj" or noun.head.lower_ != "to" or not is_verbal(noun.head.head):
        return []
    owners = [c for c in noun.children if c.dep_ == "poss"] or oblique(noun, "of")
    return holders_of(scene, owners, noun) if noun.head.i < noun.head.head.i or noun.head.nbor(-1).is_punct else []


def _is_ringing(noun: Token) -> bool:
    """“a telephone call”, “a video conference call” ask for nothing."""
    return lemma(noun) == "call" and any(c.dep_ in ("compound", "amod") and lemma(c) in _LINES for c in noun.lefts)


_LINES = frozenset({"audio", "conference", "courtesy", "phone", "port", "telephone", "tele", "video", "zoom"})


def _carrier(noun: Token) -> Token:
    """“expression” in “an expression of disappointment”, else the noun itself."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and lemma(noun.head.head) in word_set("states", "carriers"):
        return noun.head.head
    return noun


def _verb_of_object(noun: Token) -> Token | None:
    """The verb that a noun is the object of."""
    top = first_conjunct(noun)
    return top.head if top.dep_ in _OBJECT and is_verbal(top.head) else None


def _told(verb: Token | None, noun: Token) -> str | None:
    odd = any(c.lower_ == "no" for c in noun.lefts)
    if verb is None or lemma(verb) not in word_set("governors", "light"):
        above = governing_verb(noun)
        supposed = above is not None and modality(above) == "condition"
        return None if supposed else NEGATED if odd else TOLD
    return standing(verb)


def _owners(scene: Scene, noun: Token, entry: Entry) -> list[Holder]:
    """Whose it is: “A's”, “by A”, “from A”, “A-ish”; “of A” where the target does not stand after “of”."""
    possessors = _thanked_for(noun) or [c for c in noun.children if c.dep_ == "poss"]
    named = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod") and c.text[0].isupper()]
    genitive = oblique(noun, "of") if "of" not in entry.on else []
    for group in (possessors, oblique(noun, "by"), oblique(noun, "from"), named, genitive):
        found = holders_of(scene, [t for token in group for t in (token, *(c for c in token.rights if c.dep_ == "conj"))], noun)
        found = [h for h in found if h.entity.type != "Group" or group is not named]
        if found:
            return found
    return []


def _givers(noun: Token, entry: Entry) -> list[Token]:
    """“enjoyed the support *of A*”, “won praise *from A*”, “had *A's* backing”; nobody's where it is said for what."""
    if any(t for t in oblique(noun, *(entry.on - {"of"}))):
        return []
    return oblique(noun, "of") or oblique(noun, "from") or [c for c in noun.children if c.dep_ == "poss" and c.pos_ != "PRON"]


def _thanked_for(noun: Token) -> list[Token]:
    """“thanked A for *his* support”: A's."""
    verb = noun.head.head if noun.dep_ == "pobj" else None
    if verb is None or noun.head.lower_ != "for" or not is_verbal(verb) or not _owned_by_pronoun(noun):
        return []
    judged = match_verb(verb)
    return objects(verb) if judged is not None and judged.entry.frame == "object" else []


def _owned_by_pronoun(noun: Token) -> bool:
    return any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children)


def _matters(scene: Scene, noun: Token, entry: Entry, verb: Token | None) -> list[Matter]:
    """What the noun is about: behind its preposition, in its clause, or behind the verb's preposition."""
    clause = _clause_of(noun, entry)
    first = next((p.i for p in noun.rights if p.dep_ == "prep" and p.lower_ in entry.on and p.lower_ != "to"), None)
    if clause is not None and (first is None or clause.left_edge.i < first):
        told = supposed(clause) if entry.act == "warn" else None
        matter = matter_of_clause(scene, told or clause, composed=entry.polarity == "support")
        return [matter] if matter else []
    for word in (noun, verb, *_above_adverbial(noun)):
        if word is None or entry.infinitive:
            continue
        below = [t for p in word.children if p.dep_ in ("prep", "dative") and p.i > noun.i and p.lower_ in entry.on for t in _objects(p)]
        about = [t for t in below if not _is_addressee(scene, t, entry)]
        if found := matters_of_nouns(scene, about):
            return found
    return []


def _above_adverbial(noun: Token) -> list[Token]:
    """What “in protest” hangs on, which may hold its “against X”."""
    if noun.dep_ != "pobj" or _preposition(noun) not in word_set("prepositional", "by_subject"):
        return []
    verb = governing_verb(noun)
    return [noun.head.head] if verb is None else [noun.head.head, verb]


def _objects(preposition: Token) -> list[Token]:
    return [t for t in oblique(preposition.head, preposition.lower_) if preposition in t.ancestors]


def _is_addressee(scene: Scene, token: Token, entry: Entry) -> bool:
    if entry.rule == "noun-protest":  # “a complaint with A over X”
        word = token.head.head
        beside = (*word.children, *(word.head.children if word.dep_ == "dobj" else ()))
        others = {p.lower_ for p in beside if p.dep_ == "prep" and p.i > token.i}
        return token.head.lower_ in ("with", "to") and not others.isdisjoint(entry.on)
    return entry.act in _ADDRESSED and token.head.lower_ == "to" and entity_at(scene, token) is not None


def _clause_of(noun: Token, entry: Entry) -> Token | None:
    for child in noun.rights:
        if child.dep_ not in ("acl", "ccomp", "relcl") or not is_verbal(child):
            continue
        marks = {c.lower_ for c in child.lefts if c.dep_ == "mark"}
        infinitive = any(c.tag_ == "TO" for c in child.lefts)
        if entry.infinitive and not helps_or_hinders(child):
            continue
        if entry.rule == "noun-refusal" and match_verb(child) is not None:
            continue  # “its refusal to accept X” is read at “accept”
        if ("that" in entry.on and "that" in marks) or ("to" in entry.on and infinitive):
            return child
    return None
