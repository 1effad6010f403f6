"""Who does what in a parsed clause: small pure functions over spaCy tokens.

The labels are those of spaCy's English models (ClearNLP dependencies). Subjects and objects come
back as the head words of their noun phrases, coordinated ones each on its own.
"""

from collections.abc import Iterator
from functools import cache

from loaders.parsed import Span, Token, remembered
from loaders.word_lists import word_lists

_SUBJECT = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
_OBJECT = frozenset({"dobj", "obj", "dative", "iobj"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_EXPLETIVE = frozenset({"there"})
_COORDINATED = frozenset({"case", "conj", "cc", "preconj"})
# Subordinate clauses that tell something of their own.
_OWN_CLAUSE = frozenset({"advcl", "relcl", "parataxis"})
_CONDITION = frozenset({"if", "unless", "whether", "lest"})
_NEGATIVE = frozenset({"never", "neither", "nor", "hardly"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PAST_OR_PRESENT = _FINITE | {"VBN"}
# Prepositions that a clause may follow too.
_CLAUSAL_PREPOSITIONS = frozenset({"after", "as", "before", "since", "until"})
_NEAR = 3  # tokens
_MODALS = {
    "will": "future", "shall": "future", "'ll": "future", "wo": "future",
    "would": "would", "'d": "would",
    "can": "possible", "could": "possible", "may": "possible", "might": "possible",
    "must": "obligation", "should": "obligation", "ought": "obligation",
}  # fmt: skip


# Coordination -------------------------------------------------------------------------------


@remembered
def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it further on: “A, B and C” from A.

    Without an “and” it is no list but an apposition that the parser misread (“the minister, A, began”).
    """
    found = list(_chain(token))
    joined = any(child.dep_ in ("cc", "preconj") or child.lower_ == "/" for member in found for child in member.children)
    return found if joined or token.dep_ == "conj" or is_verbal(token) else _the_named(found)


def _chain(token: Token) -> Iterator[Token]:
    yield token
    for child in token.rights:
        if child.dep_ == "conj" or _is_listed(child):
            yield from _chain(child)


def _is_listed(token: Token) -> bool:
    """“*A*, *B*, C and D” of states, where the parser takes B for another name of A."""
    above = token.head
    names = token.dep_ == "appos" and token.ent_type_ == above.ent_type_ in ("GPE", "NORP") and token.left_edge.i <= above.i + 2
    return names and any(child.dep_ == "conj" for child in token.rights)


def _the_named(found: list[Token]) -> list[Token]:
    """Of “the minister, A” A, else the first."""
    return [t for t in found[1:] if t.ent_type_ == "PERSON"][:1] or found[:1]


def first_conjunct(token: Token) -> Token:
    """The head of the list that a token is in: A from any of “A, B and C”."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token


# Verbs and their partners -------------------------------------------------------------------


def is_verbal(token: Token) -> bool:
    """A verb or a copula, modal auxiliaries left out."""
    return token.pos_ in _VERBAL and token.dep_ not in ("aux", "auxpass")


@remembered
def is_passive(verb: Token) -> bool:
    """“was signed”, “signed by” after a noun, and what is coordinated with it without a subject."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "agent") for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not _own(verb, _SUBJECT) and not _auxiliaries(verb):
        return is_verbal(verb.head) and is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl") and not _own(verb, _SUBJECT) and not _auxiliaries(verb)


@remembered
def subjects(verb: Token) -> list[Token]:
    """Who does what the verb says: the subject, the “by” of a passive, or whom a governing clause names."""
    if is_passive(verb):
        return agents(verb)
    return grammatical_subjects(verb)


@remembered
def agents(verb: Token) -> list[Token]:
    """The “by” phrase of a passive."""
    by = [child for child in verb.children if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")]
    if not by and shares_clause(verb) and is_passive(verb.head):
        return agents(verb.head)
    return [token for child in by for token in _prepositional_objects(child) if token.tag_ != "VBG"]


@remembered
def patients(verb: Token) -> list[Token]:
    """To whom or what it is done: the object, or the subject of a passive."""
    if not is_passive(verb):
        return objects(verb)
    if verb.dep_ == "acl":  # “the offer rejected by X”
        return [verb.head]
    return grammatical_subjects(verb) or objects(verb)


@remembered
def objects(verb: Token) -> list[Token]:
    """Direct and indirect objects; for “the offer that X refused” the antecedent."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in _OBJECT and child.pos_ != "ADP":
            found.extend(_resolved(t, verb) for t in conjuncts(child))
        elif child.dep_ == "dative":
            found.extend(_prepositional_objects(child))
    return found or _counted_object(verb) or _shared_objects(verb) or _relative_object(verb)


def _counted_object(verb: Token) -> list[Token]:
    """“kidnapped *up to* 16 advisers”, where the parser takes “to 16 advisers” for a direction."""
    ups = (c for c in verb.rights if c.lower_ == "up" and c.i + 1 < len(c.doc) and c.nbor().lower_ == "to")
    below = (t for up in ups for t in up.nbor().children if t.dep_ == "pobj")
    return [t for t in below if any(c.dep_ == "nummod" for c in t.lefts)]


def _relative_object(verb: Token) -> list[Token]:
    """“the offer *that* X refused”, where the parser takes “that” for something else; “the envoy it had recalled”."""
    named = [child for child in _own(verb, _SUBJECT) if child.lower_ not in _RELATIVE]
    if verb.dep_ != "relcl" or not named or verb.head.ent_type_ in ("DATE", "TIME"):
        return []
    relative = any(child.lower_ in _RELATIVE and child.dep_ in ("mark", "det", "dep", "nsubj") for child in verb.lefts)
    bare = named[0].left_edge.i == verb.head.i + 1 and verb.head.base not in clause_words("circumstances")
    return [verb.head] if relative or bare else []


def _shared_objects(verb: Token) -> list[Token]:
    """“praised and thanked X”: X, from “praised”."""
    for child in verb.rights:
        alike = child.tag_ == verb.tag_ or {child.tag_, verb.tag_} == {"VBD", "VBN"}
        if child.dep_ == "conj" and alike and child.i - verb.i <= _NEAR and shares_clause(child):
            return objects(child)
    return []


@remembered
def grammatical_subjects(verb: Token) -> list[Token]:
    """The subject as grammar has it (of a passive: the patient), its own or a governing clause's."""
    own = _own(verb, _SUBJECT | _PASSIVE_SUBJECT)
    if len(own) > 1 and own[0].lower_ in _RELATIVE:  # “the offer that X refused”: “that” is no subject
        own = own[1:]
    if own:
        return [] if own[0].lower_ in _EXPLETIVE else [_resolved(t, verb) for head in own for t in conjuncts(head)]
    return _subject_read_as_object(verb) or _inherited_subjects(verb)


def _subject_read_as_object(verb: Token) -> list[Token]:
    """“after the envoy, X, *defended* Y”: the parser takes the envoy for the object of “after”."""
    if verb.tag_ not in _FINITE or verb.dep_ not in ("conj", "ROOT", "advcl", "relcl") or _auxiliaries(verb):
        return []
    place = verb.i - 1
    while place > verb.sent.start and (verb.doc[place].is_punct or verb.doc[place].pos_ == "ADV"):
        place -= 1
    found = [
        t for t in verb.doc[verb.sent.start : place + 1]
        if t.dep_ == "pobj" and t.head.lower_ in _CLAUSAL_PREPOSITIONS and t.right_edge.i in (place, place + 1)
    ]  # fmt: skip
    return conjuncts(found[-1]) if found else []


def _inherited_subjects(verb: Token) -> list[Token]:
    head = verb.head
    if verb.dep_ == "conj" and is_verbal(head):
        return grammatical_subjects(finite_partner(verb))
    if verb.dep_ == "dep" and head.lower_ == "co":  # “co-sponsored”
        return grammatical_subjects(head)
    if verb.dep_ in ("xcomp", "ccomp", "oprd") and is_verbal(head):
        return _controllers(head)
    if verb.dep_ == "xcomp":  # “ready to talk”
        return _controllers(head.head) if is_verbal(head.head) else []
    if verb.dep_ == "advcl" and is_verbal(head):
        purpose = is_passive(head) and any(child.tag_ == "TO" for child in verb.lefts)  # “was called in by X to hear Y's protest”
        return (agents(head) if purpose else []) or grammatical_subjects(head)
    if verb.dep_ == "pcomp" and head.dep_ in ("prep", "mark", "agent"):
        return _subjects_of_gerund(head)
    if verb.dep_ == "acl":
        return _subjects_in_noun_phrase(verb)
    if verb.dep_ == "relcl":
        return denoted(head) if verb.tag_ in ("VB", "VBG") else []
    return []


def finite_partner(verb: Token) -> Token:
    """The verb that a coordinated one goes with: “refused”, not “send”, in “refused to send troops and ignored X”."""
    if verb.tag_ not in _PAST_OR_PRESENT or _auxiliaries(verb) or verb.head.tag_ not in ("VB", "VBG"):
        return verb.head
    above = [t for t in verb.ancestors if is_verbal(t)]
    alike = [t for t in above if t.tag_ == verb.tag_ or (verb.tag_ == "VBN" and t.tag_ == "VBD")]
    return next(iter([*alike, *(t for t in above if _is_finite(t))]), verb.head)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(child.tag_ in _FINITE or child.tag_ == "MD" for child in _auxiliaries(verb))


def _controllers(governor: Token) -> list[Token]:
    """Who acts in an infinitive below a verb: “asked *X* to leave”, “*X* wants to leave”, “refused *X*'s offer to leave”."""
    if governor.lemma_ in clause_words("subject_control") or is_passive(governor):
        return grammatical_subjects(governor)
    found = objects(governor)
    if found and found[0].lemma_ in clause_words("nouns_of_intent"):
        return owners(found[0]) or grammatical_subjects(governor)
    return found or grammatical_subjects(governor)


def _subjects_of_gerund(preposition: Token) -> list[Token]:
    governor = preposition.head
    if is_verbal(governor):
        if preposition.lower_ in ("from", "of", "for", "against", "into") and (found := patients(governor)):
            return found
        return grammatical_subjects(governor)
    return owners(governor) or _subjects_above_noun(governor)


def _subjects_in_noun_phrase(verb: Token) -> list[Token]:
    """“a resolution condemning X”: the resolution; “attempts by X to V”: X; “agreed on a plan to V”: who agreed."""
    if verb.tag_ == "VBG":
        return [verb.head]
    if verb.tag_ == "VBN":
        return []
    return owners(verb.head) or _subjects_above_noun(verb.head)


def _subjects_above_noun(noun: Token) -> list[Token]:
    governor = governing_verb(noun)
    return grammatical_subjects(governor) if governor is not None else []


def denoted(noun: Token) -> list[Token]:
    """Whom a predicate noun means: “Israel was the only country to abstain”: Israel, from “country”."""
    top = noun
    while (top.dep_ == "pobj" and top.head.lower_ in ("of", "among")) or (top.dep_ == "prep" and top.head.dep_ == "attr"):
        top = top.head
    if top.dep_ == "attr" and is_verbal(top.head) and (found := grammatical_subjects(top.head)):
        return found
    return [noun]


@remembered
def obliques(verb: Token) -> list[tuple[str, Token]]:
    """The prepositional phrases of a verb or noun: the preposition, small letters, and the head of each object."""
    found: list[tuple[str, Token]] = []
    for child in verb.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV"):
            found += [(child.lower_, t) for t in _prepositional_objects(child)]
            for nested in child.children:
                if nested.dep_ == "prep":  # “because of X”, “from within X”
                    found += [(f"{child.lower_} {nested.lower_}", t) for t in _prepositional_objects(nested)]
    return found


def oblique(verb: Token, *prepositions: str) -> list[Token]:
    """The objects of these prepositions below a verb or noun, gerunds included."""
    return [token for preposition, token in obliques(verb) if preposition in prepositions]


def _prepositional_objects(preposition: Token) -> list[Token]:
    return [t for child in preposition.children if child.dep_ in ("pobj", "pcomp") for t in conjuncts(child)]


@remembered
def complement(verb: Token) -> Token | None:
    """The verb of the clause that a verb of saying or wanting governs: “said that X *left*”, “asked X to *leave*”."""
    for child in verb.children:
        half = child.lower_ == "-" or (child.i + 1 < len(child.doc) and child.nbor().lower_ == "-")  # “co-” of “co-sponsor”
        if child.dep_ in ("ccomp", "xcomp") and (child.pos_ in _VERBAL or child.tag_.startswith("VB")) and not half:
            return child
    return _misplaced_complement(verb)


def _misplaced_complement(verb: Token) -> Token | None:
    """“said at a meeting that X left”: the parser hangs the clause on the meeting."""
    for noun in (t for child in verb.rights if child.dep_ == "prep" for t in child.children):
        for child in noun.children:
            if child.dep_ in ("relcl", "acl") and any(t.lower_ == "that" and t.dep_ == "mark" for t in child.lefts):
                return child
    return None


# Nouns --------------------------------------------------------------------------------------


@remembered
def owners(noun: Token) -> list[Token]:
    """Whose a noun is: “X's visit”, “a visit by X”, then “Israeli” in “an Israeli visit”, then “the visit of X”."""
    possessor = [t for child in noun.children if child.dep_ == "poss" for t in conjuncts(child)]
    if possessor or (possessor := oblique(noun, "by")):
        return possessor
    named = [child for child in noun.lefts if child.dep_ in ("amod", "compound", "nmod") and child.text[0].isupper()]
    return [t for child in named for t in conjuncts(child)] or [t for t in oblique(noun, "of") if t.pos_ == "PROPN"]


@remembered
def noun_phrase(noun: Token) -> Span:
    """The noun with what belongs to it, relative clauses, appositions, further conjuncts and final marks left out."""
    return _span(noun, frozenset({"relcl", "appos", "advcl", "parataxis", "ccomp"}), _COORDINATED)


def phrase_words(noun: Token) -> str:
    """The words of a noun phrase without its article."""
    span = noun_phrase(noun)
    start = span.start
    while start < noun.i and (span.doc[start].dep_ in ("det", "predet", "case", "punct") or span.doc[start].is_space):
        start += 1
    return str(span.doc[start : span.end].text).strip(" “”\"'‘’,;:–—")


# Clauses ------------------------------------------------------------------------------------


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above a word, itself left out."""
    while token.head != token:
        token = token.head
        if is_verbal(token):
            return token
    return None


def reporting_verb(verb: Token) -> Token | None:
    """The verb whose complement a clause is: “said” for “left” in “X said that Y left”; coordination is passed."""
    top = first_conjunct(verb)
    if top.dep_ == "ccomp" and top.head != top and is_verbal(top.head):
        return top.head
    above = governing_verb(top) if top.dep_ in ("relcl", "acl") else None
    return above if above is not None and _misplaced_complement(above) == top else None


@remembered
def negated(verb: Token) -> bool:
    """“did not”, “never”, “no longer”, “neither … nor”; a negation that coordinated verbs share counts for each."""
    if any(child.dep_ == "neg" or child.lower_ in _NEGATIVE for child in verb.lefts):
        return True
    if any(child.dep_ == "neg" and child.i == verb.i + 1 for child in verb.rights):
        return True
    if any(child.lower_ == "longer" and any(below.lower_ == "no" for below in child.children) for child in verb.children):
        return True
    if not shares_clause(verb) or _auxiliaries(verb):
        return False
    joined = {child.lower_ for child in verb.head.children if child.dep_ == "cc"}
    return "nor" in joined or (verb.tag_ == "VB" and "or" in joined and negated(verb.head))


@remembered
def modality(verb: Token) -> str:
    """``actual``, ``future`` (will), ``would``, ``possible`` (may, could), ``obligation`` (must, should) or ``condition`` (if …)."""
    if _in_condition(verb):
        return "condition"
    for auxiliary in _auxiliaries(verb):
        if auxiliary.lower_ in _MODALS and auxiliary.tag_ == "MD":
            return _MODALS[auxiliary.lower_]
    if verb.tag_ == "VB" and shares_clause(verb):
        return modality(verb.head)
    return "actual"


def _in_condition(verb: Token) -> bool:
    top = first_conjunct(verb)
    return any(child.lower_ in _CONDITION and child.dep_ in ("mark", "advmod") for child in top.lefts)


def clause_span(verb: Token, *, complements: bool = True) -> Span:
    """The verb's own clause: subject, objects, obliques; subordinate clauses at its edges left out.

    ``complements`` keeps what it governs (“said *that …*”, “asked *to …*”).
    """
    return _whole_clause(verb) if complements else _bare_clause(verb)


@remembered
def _whole_clause(verb: Token) -> Span:
    return _span(verb, _OWN_CLAUSE)


@remembered
def _bare_clause(verb: Token) -> Span:
    return _span(verb, _OWN_CLAUSE | {"ccomp"})


# Helpers ------------------------------------------------------------------------------------


@cache
def clause_words(name: str) -> frozenset[str]:
    """A list of ``lexicon/clauses.toml``."""
    return frozenset(word_lists("clauses.toml")[name])


def _own(verb: Token, labels: frozenset[str]) -> list[Token]:
    return [child for child in verb.children if child.dep_ in labels]


@remembered
def shares_clause(verb: Token) -> bool:
    """Coordinated with a verb and without a subject of its own."""
    return verb.dep_ == "conj" and is_verbal(verb.head) and not _own(verb, _SUBJECT | _PASSIVE_SUBJECT)


@remembered
def _auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass")]


def _resolved(token: Token, verb: Token) -> Token:
    """A relative pronoun's antecedent, any other word itself."""
    if token.lower_ not in _RELATIVE or token.tag_ not in ("WP", "WDT", "IN", "WP$"):
        return token
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp", "aux") and clause.head != clause:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else token


def _span(top: Token, left_out: frozenset[str], left_out_of_top: frozenset[str] = frozenset()) -> Span:
    """From the first to the last word below a token, without branches of the labels and without outer marks."""
    kept = [t.i for t in _branch(top, left_out, left_out_of_top) if t == top or not (t.is_punct or t.is_space or t.dep_ == "cc")]
    start = min(kept)
    while start < top.i and top.doc[start].dep_ == "mark":
        start += 1
    return top.doc[start : max(kept) + 1]


def _branch(top: Token, left_out: frozenset[str], left_out_of_top: frozenset[str]) -> Iterator[Token]:
    yield top
    for child in top.children:
        if child.dep_ in left_out or child.dep_ in left_out_of_top or _is_other_clause(child):
            continue
        yield from _branch(child, left_out, frozenset())


def _is_other_clause(token: Token) -> bool:
    """A coordinated clause, or a gerund with a preposition (“after meeting X”)."""
    if token.dep_ == "conj":
        return is_verbal(token) and is_verbal(token.head)
    if token.dep_ == "prep" and any(child.dep_ == "pcomp" for child in token.children) and is_verbal(token.head):
        return token.lower_ in ("after", "before", "since", "while", "following", "despite", "by", "without")
    return False
