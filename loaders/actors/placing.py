"""City or government, people or state: what a capital and a nation's name stand for, by the words around them."""

from loaders.actors.mentions import words_of
from loaders.parsed import Token

_NESTED = ("conj", "appos", "compound", "nmod", "poss")
_NOMINAL = frozenset({"ADJ", "NOUN", "NUM", "PROPN"})
# Adjectives that are the name of the people too: “the French”, “the Chinese”, “the Swiss”.
_PEOPLES_OWN = ("ch", "ese", "ish", "ss")


def is_place(token: Token) -> bool:
    """Does a capital stand for the city? After “in”, “flew to”, “left”, before “airport” it does; as one who acts it does not."""
    if _names_place(token):
        return True
    head = token
    while head.dep_ in _NESTED and head.head != head:
        head = head.head
    if _is_taken(head):
        return True
    if any(child.dep_ == "nummod" and child.text.isdigit() for child in head.lefts):  # “In 1939 Berlin and Moscow …”
        return False
    located = head.dep_ == "pobj" or token.dep_ in ("npadvmod", "pobj")
    return located and _locates(head.head)


def _is_taken(token: Token) -> bool:
    """“left Kabul”, “Kabul was shelled”, “Baghdad fell”; but “Riyadh and Abu Dhabi fell out”."""
    verb = token.head.base
    if token.dep_ in ("dobj", "nsubjpass"):
        return verb in words_of("reaching")
    return token.dep_ == "nsubj" and verb in words_of("succumbing") and not any(c.dep_ == "prt" for c in token.head.rights)


def _names_place(token: Token) -> bool:
    """“Kabul airport”, “Cairo's streets”: the city, by the noun that it describes."""
    return token.dep_ in ("compound", "nmod", "poss") and token.head.i > token.i and token.head.base in words_of("place_nouns")


def _locates(preposition: Token) -> bool:
    """Does a preposition say where? “tied to Moscow” and “arms from Moscow” do not."""
    lower, above = preposition.lower_, preposition.head.base
    if lower == "of":
        return above in words_of("place_nouns")
    if lower in ("on", "upon"):
        return above in words_of("falling")
    if lower in ("to", "from"):
        return above not in words_of("dealing")
    return lower in words_of("locative")


def stands_alone(token: Token) -> bool:
    """Is an adjective with “the” the people itself: “the French threatened”, “the British”?"""
    doc, following = token.doc, token.nbor() if token.i + 1 < len(token.doc) else None
    if token.i == 0 or doc[token.i - 1].lower_ != "the" or not token.lower_.endswith(_PEOPLES_OWN):
        return False
    if token.dep_ in ("amod", "compound", "nmod") and token.head.i > token.i:
        return False
    return following is None or (following.pos_ not in _NOMINAL and following.text not in ("-", "–"))


def speaks_for_state(token: Token) -> bool:
    """“The Russians said” is the state; “many Russians”, “Russians who moved” are people."""
    determined = any(child.lower_ == "the" for child in token.lefts) or (token.i > 0 and token.nbor(-1).lower_ == "the")
    counted = any(child.dep_ in ("nummod", "amod", "quantmod") for child in token.lefts)
    described = any(_tells_which(child) or child.lower_ in ("in", "from", "of", "living") for child in token.rights)
    cleft = token.dep_ == "attr" and any(child.lower_ == "it" for child in token.head.lefts)  # “It was the Egyptians who asked”
    return determined and not counted and (cleft or not described)


def _tells_which(clause: Token) -> bool:
    """“Russians who moved” are some of them; “the British, who held the mandate,” are all."""
    return clause.dep_ in ("relcl", "acl") and not (clause.left_edge.i and clause.left_edge.nbor(-1).text == ",")
