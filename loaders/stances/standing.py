"""Is a stance told, turned by a negation, or only asked for, supposed or left open?"""

from loaders.clauses import clause_span, finite_partner, grammatical_subjects, is_verbal, modality, negated, objects, shares_clause
from loaders.parsed import Span, Token
from loaders.stances.lexicon import lemma, word_set

TOLD = "told"
NEGATED = "negated"
_OPEN = frozenset({"condition", "possible", "obligation"})
_AFTER = frozenset({"after", "as", "because", "before", "by", "despite", "for", "in", "since", "through", "upon", "when", "while"})
_SUBORDINATE = frozenset({"xcomp", "ccomp", "oprd"})


def standing(verb: Token, *, denied: bool = False) -> str | None:
    """``told``, ``negated``, or None where the text does not say that somebody takes the side.

    ``denied``: “cannot accept” counts as “does not accept”.
    """
    odd = negated(verb) or _has_no(verb) or _nobody(verb)
    if modality(verb) in _OPEN and not (denied and odd and modality(verb) == "possible"):
        return None
    node = verb
    while True:
        step = _step(node)
        if step is None:
            return None
        above, turns = step
        odd ^= turns
        if above is None:
            return NEGATED if odd else TOLD
        node = above


def ordered_by(verb: Token) -> Token | None:
    """The verb of ordering that a verb stands under: “*told* the delegation to abstain”."""
    ordering = verb.dep_ in ("xcomp", "ccomp") and is_verbal(verb.head) and lemma(verb.head) in word_set("governors", "ordering")
    return verb.head if ordering and any(child.tag_ == "TO" for child in verb.lefts) else None


def addressed_by(verb: Token) -> Token | None:
    """The verb of which an infinitive is the purpose: “*telephoned* A to express his outrage”."""
    above = verb.head
    purpose = verb.dep_ == "xcomp" and verb.tag_ == "VB" and is_verbal(above) and lemma(above) in word_set("governors", "addressing")
    return above if purpose and objects(above) else None


def told_span(verb: Token) -> Span:
    """The clause that carries a stance: that of the verb, or of “declined” in “A declined to condemn X”."""
    top = verb
    while top.dep_ in ("xcomp", "ccomp") and is_verbal(top.head) and any(c.tag_ == "TO" for c in top.lefts) and _below_verb(top, top.head):
        top = top.head
    return clause_span(top)


def _step(node: Token) -> tuple[Token | None, bool] | None:
    """The word above that a stance depends on (None: it stands by itself) and whether that turns it; None: not told."""
    head = node.head
    if node.dep_ == "ccomp" and node.i < head.i and any(t.text == ";" for t in node.doc[node.i : head.i]):
        return None, False  # “A blamed B; C denied it”, where the parser hangs the first clause on the second
    if any(c.dep_ == "mark" and c.lower_ == "for" for c in node.lefts):
        return None  # “pushed for A to support B”
    if node.dep_ == "conj" and shares_clause(node):
        return finite_partner(node), False
    if node.dep_ in _SUBORDINATE and is_verbal(head):
        return _below_verb(node, head)
    if node.dep_ in ("xcomp", "ccomp") and head.pos_ == "ADJ":
        return _below_adjective(head)
    if node.dep_ == "pcomp":
        return _below_preposition(node, head)
    if node.dep_ == "acl" and node.tag_ == "VB":
        return _below_noun(head)
    return None, False


def _below_verb(node: Token, governor: Token) -> tuple[Token | None, bool] | None:
    own_subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in node.children)
    auxiliaries = [child.tag_ for child in node.children if child.dep_ in ("aux", "auxpass")]
    infinitive = "TO" in auxiliaries or (node.tag_ == "VBG" and not auxiliaries)
    name = lemma(governor)
    if node.dep_ == "ccomp" and not infinitive:
        hidden = name in word_set("governors", "denying") or negated(governor) or modality(governor) == "condition"
        subjunctive = node.tag_ == "VB" and own_subject and not any(c.dep_ == "aux" for c in node.lefts)
        return None if hidden or subjunctive else (None, False)
    if (
        name in word_set("governors", "causing") | word_set("governors", "ordering")
        and (own_subject or objects(governor))
        and modality(governor) not in _OPEN
    ):
        return governor, negated(governor)
    if name in word_set("governors", "addressing") and node.tag_ == "VB" and not own_subject and modality(governor) not in _OPEN:
        return governor, negated(governor)
    if own_subject or objects(governor) or modality(governor) in _OPEN:
        return None
    if name in word_set("governors", "refusing"):
        return governor, not negated(governor)
    if name in word_set("governors", "transparent"):
        return governor, negated(governor)
    return None


def _below_adjective(adjective: Token) -> tuple[Token | None, bool] | None:
    if adjective.lower_ in word_set("governors", "refusing_adjectives"):
        return None, True
    return (None, False) if adjective.lower_ in word_set("governors", "transparent_adjectives") else None


def _below_preposition(node: Token, preposition: Token) -> tuple[Token | None, bool] | None:
    governor = preposition.head
    if governor.lower_ == "short" and lemma(governor.head) in ("fall", "stop"):  # “stopped short of condemning X”
        return governor.head, not negated(governor.head)
    if lemma(governor) == "join" and preposition.lower_ == "in":
        return governor, negated(governor)
    refusing = word_set("governors", "refusing") | {"stop"}
    if is_verbal(governor) and lemma(governor) in refusing and preposition.lower_ in ("from", "of", "at"):
        return governor, not negated(governor)
    if is_verbal(governor) and preposition.lower_ in _AFTER and not objects_asked(governor, preposition):
        return None, False
    return None


def objects_asked(governor: Token, preposition: Token) -> bool:
    """“accused X for supporting Y”: X, not the subject, is said to support."""
    return preposition.lower_ in ("for", "in") and bool(objects(governor)) and bool(grammatical_subjects(governor))


def _below_noun(noun: Token) -> tuple[Token | None, bool] | None:
    if lemma(noun) in word_set("governors", "refusing_nouns"):
        return None, True
    says = word_set("governors", "transparent_nouns") | word_set("matter", "ballots")
    return (None, False) if lemma(noun) in says else None


def _nobody(verb: Token) -> bool:
    """“neither A nor B recognised X”, “no Arab state recognised X”."""
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return any(t.lower_ in ("neither", "nobody", "none") or any(c.lower_ in ("neither", "no") for c in t.lefts) for t in own)


def _has_no(verb: Token) -> bool:
    """“expressed no support”."""
    return any(child.dep_ == "dobj" and any(below.lower_ == "no" for below in child.lefts) for child in verb.children)
