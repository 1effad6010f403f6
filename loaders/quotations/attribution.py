"""Whose words and whose numbers: the word that hands something on, and who stands behind it.

“X said that …”, “according to X”, “X's warning”, “a report by X found”: the verb, preposition or noun
is the *cue* (``loaders.quotations.cues``); its subject, object or owner is resolved to an entity.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from graph.records import Entity
from loaders.clauses import agents, is_passive, is_verbal, oblique, owners, phrase_words, subjects
from loaders.figures.numbers import unit_lexicon
from loaders.parsed import Token
from loaders.passages import Mention, Passage
from loaders.quotations.cues import KINDS, Cue, cue_at, is_content, vouched, words_of
from loaders.quotations.marks import find_stretches
from ontology.identifiers import entity_iri

_ACTORS = ("Person", "Organisation", "State")
_PARTS_OF_NAMES = frozenset({"adjective", "title", "pair"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_INFINITIVE = 7  # words
_LOOK_BACK = 3  # paragraphs
_PERSONAL = frozenset({"he", "she"})
_COURTESY = frozenset({"Dr", "Lady", "Lord", "Miss", "Mr", "Mrs", "Ms", "Prof", "Sir"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "same"})
# “a network of exiles called Re: Russia”: the name, up to the first small letter
_CALLED = re.compile(r"[^,.;“”]*?\b(?:called|named|known\s+as)\s+((?:[A-Z][\w.&'-]*:?\s?)+)")
_LIGHT = frozenset({"a", "an", "the", "one", "some", "several", "many", "this", "that", "another", "two", "three"})


# Who is behind a cue ------------------------------------------------------------------------


def speaker_of(passage: Passage, cue: Cue) -> Entity | None:
    """Who said it, or None where the text leaves that open."""
    if cue.kind in ("according", "words"):
        return _first_entity(passage, _behind(cue))
    if is_agentless(cue.token):
        return None
    if (quoted := quoted_person(passage, cue.token)) is not None:
        return quoted
    if (entity := _before_gerund(passage, cue.token) or _maker_by_infinitive(passage, cue.token)) is not None:
        return entity
    if (partner := _partner(passage, cue.token)) is not None:
        return speaker_of(passage, partner)
    own = any(child.dep_ == "nsubj" and child.pos_ in ("NOUN", "PROPN") for child in cue.token.children)
    return _first_entity(passage, _behind(cue)) or (None if own else _named_before(passage, cue.token))


def is_agentless(verb: Token) -> bool:
    """“it was reported”, “much of it believed to be …”."""
    having = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children) or any(c.dep_ in ("nsubj", "agent") for c in verb.children)
    bare = verb.tag_ == "VBN" and not having and verb.dep_ not in ("conj", "relcl", "ROOT")
    return (is_passive(verb) or bare) and not agents(verb)


def _first_entity(passage: Passage, nouns: Sequence[Token]) -> Entity | None:
    return next((e for noun in nouns if (e := entity_at(passage, noun)) is not None), None)


def _behind(cue: Cue) -> list[Token]:
    """The nouns that may name the speaker, best first."""
    token = cue.token
    if cue.kind == "according":
        return [c for child in token.children for c in child.children if c.dep_ == "pobj"] or oblique(token, "to", "from")
    if cue.kind == "words":
        return [*owners(token), *_makers(token)]
    found = subjects(token)
    if not found and token.dep_ == "acl":
        found = [token.head]
    found = [inner for t in found for inner in (subjects(t) if is_verbal(t) else [t])]
    return [t for t in found if t.lower_ not in ("there", "what")]


def quoted_person(passage: Passage, verb: Token) -> Entity | None:
    """“cited an official as saying”, “quoted the rabbi: …”: who is cited speaks."""
    quoting = verb
    if verb.tag_ == "VBG" and verb.i and verb.nbor(-1).lower_ == "as":
        quoting = next((t for t in verb.ancestors if t.lemma_ in words_of("quotes")), verb)
    if quoting.lemma_ not in words_of("quotes"):
        return None
    for child in quoting.children:
        if child.dep_ in ("dobj", "nsubjpass") and (_is_human(child) or mentioned_at(passage, child) is not None):
            return entity_at(passage, child)
    return None


def _before_gerund(passage: Passage, verb: Token) -> Entity | None:
    """“with NAME stating that …”: the name right before the gerund."""
    if verb.tag_ != "VBG" or verb.i == 0:
        return None
    named = mentioned_at(passage, verb.nbor(-1))
    return named if named is not None and named.type in _ACTORS else None


def _maker_by_infinitive(passage: Passage, verb: Token) -> Entity | None:
    """“voted for the Assembly's resolution to declare …”: the resolution declares."""
    if verb.tag_ != "VB" or verb.i < _INFINITIVE or verb.nbor(-1).lower_ != "to":
        return None
    for noun in reversed(verb.doc[verb.i - _INFINITIVE : verb.i - 1]):
        if noun.text == "," or is_verbal(noun):
            return None
        if _is(noun, "documents"):
            return _maker_of(passage, noun) or mentioned_at(passage, noun.nbor(-1))
    return None


def _partner(passage: Passage, verb: Token) -> Cue | None:
    """The cue before a verb that has no subject of its own: “said …, adding …”, “said … and accused …”."""
    if any(child.dep_ in ("nsubj", "nsubjpass", "agent") for child in verb.children) or verb.dep_ in ("xcomp", "ccomp", "relcl", "acl"):
        return None
    if verb.tag_ == "VBG" and verb.dep_ == "conj" and verb.head.tag_ == "VBG":
        return cue_at(verb.head)
    if verb.tag_ == "VBG" and verb.dep_ == "advcl":
        above = {t.i for t in verb.ancestors}
        return next((c for c in _cues_before(passage, verb) if c.token.i > verb.head.i or c.token.i in above), None)
    if verb.tag_ in _FINITE and verb.dep_ == "conj" and verb.head.tag_ not in _FINITE:
        return next((c for c in _cues_before(passage, verb) if c.token.tag_ == verb.tag_), None)
    return None


def _cues_before(passage: Passage, verb: Token) -> Iterator[Cue]:
    """The cues of a sentence before a verb, nearest first, quoted ones left out."""
    quoted = find_stretches(passage.paragraph.text)
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        cue = cue_at(token)
        if cue is None or cue.kind not in KINDS or token.tag_ not in _FINITE | {"VB", "VBG"}:
            continue
        if not any(s.start <= token.idx < s.end for s in quoted):
            yield cue


def _named_before(passage: Passage, verb: Token) -> Entity | None:
    """Where the parse tells no subject: the last subject that is named before the verb, else the last person."""
    named = [m for m in passage.mentions_in(verb.sent.start, verb.i) if m.how not in _PARTS_OF_NAMES and m.entity.type in _ACTORS]
    subject = [m for m in named if passage.doc[m.start : m.end].root.dep_ in ("nsubj", "nsubjpass")]
    people = [m for m in named if m.entity.type == "Person"]
    for group in (subject[-1:], people[-1:]):
        if group:
            return group[-1].entity
    return None


def entity_at(passage: Passage, noun: Token) -> Entity | None:
    """The entity that a noun phrase means by its head: by name, by apposition, by pointing back, by its maker.

    An unnamed speaker (“a senior analyst”) becomes an entity made from the text.
    """
    if noun.lower_ in _PERSONAL:
        return _pronoun(passage, noun)
    apposed = _apposed(passage, noun)
    if apposed is not None and (apposed.type == "Person" or _is(noun, "persons")):
        return apposed
    named = mentioned_at(passage, noun)
    if named is not None and named.type == "State" and _is(noun, "persons") and not _is(noun, "officials"):
        return _unnamed(noun)
    if named is not None or apposed is not None:
        return named or apposed
    if noun.pos_ == "PRON":
        return antecedent(passage, noun, _ACTORS) if noun.lower_ in ("it", "they") else None
    if _is(noun, "documents") or _is(noun, "words"):
        made_by = _maker_of(passage, noun)
        made_by = made_by or _issuer(passage, noun) or next((e for t in owners(noun) if (e := _unnamed(t)) is not None), None)
        return made_by or (antecedent(passage, noun, _ACTORS, named=False) if _points_back(noun) else None)
    if _is(noun, "officials") and (owner := _first_loosely(passage, owners(noun))) is not None and owner.type == "State":
        return owner
    return _told_before(passage, noun) or _unnamed(noun)


def _issuer(passage: Passage, document: Token) -> Entity | None:
    """“The ministry issued a statement saying …”: the ministry."""
    if document.dep_ != "dobj" or not is_verbal(document.head):
        return None
    return _first_entity(passage, [t for t in subjects(document.head) if t.i < document.i])


def _pronoun(passage: Passage, noun: Token) -> Entity | None:
    """“He said”: the person named before in the paragraph, else who spoke last in those before it."""
    named = mentioned_at(passage, noun)
    here = [m for m in passage.mentions if m.end <= noun.i and m.entity.type == "Person" and m.how != "pronoun"]
    return (named if here else None) or antecedent(passage, noun, ("Person",)) or named


def _told_before(passage: Passage, noun: Token) -> Entity | None:
    """“the diplomat”, “the paper”."""
    if not _points_back(noun):
        return None
    if _is(noun, "persons"):
        return antecedent(passage, noun, ("Person",))
    return antecedent(passage, noun, ("Organisation",)) if _is(noun, "bodies") else None


def is_document(noun: Token) -> bool:
    """A report, a resolution, a letter, a count."""
    return _is(noun, "documents")


def _is(noun: Token, kind: str) -> bool:
    return noun.base in words_of(kind) or noun.lower_ in words_of(kind)


def mentioned_at(passage: Passage, noun: Token) -> Entity | None:
    """The entity that a mention at the word names; a person before the state in the title."""
    found = [m for m in passage.mentions_at(noun) if _names_head(m, noun)]
    found.sort(key=lambda m: (m.entity.type != "Person", m.how == "pronoun", m.start - m.end))
    return found[0].entity if found else None


def _names_head(mention: Mention, noun: Token) -> bool:
    if mention.how in ("adjective", "title"):
        return mention.end - 1 == noun.i and noun.pos_ in ("NOUN", "PROPN")
    return True


def _apposed(passage: Passage, noun: Token) -> Entity | None:
    """“his press secretary, NAME”; “the agency NAME”."""
    if noun.dep_ == "appos" and (entity := mentioned_at(passage, noun.head)) is not None and entity.type != "State":
        return entity
    for child in noun.children:
        if child.dep_ == "appos" and (entity := _name_at(passage, child, _is_human(noun))) is not None:
            return entity
    if (_is(noun, "bodies") or _is(noun, "persons")) and noun.i + 1 < len(noun.doc) and noun.nbor().pos_ == "PROPN":
        return next((e for t in (noun.nbor(), *noun.children) if t.i > noun.i and (e := _name_at(passage, t, False)) is not None), None)
    return None


def _name_at(passage: Passage, noun: Token, is_person: bool) -> Entity | None:
    """The entity named at a word, states left out; of a person nobody knows, one made from the name."""
    entity = mentioned_at(passage, noun)
    if entity is not None:
        return entity if entity.type != "State" else None
    if not is_person or noun.pos_ != "PROPN":
        return None
    label = noun.doc[noun.left_edge.i : noun.i + 1].text
    return Entity(entity_iri(label), label, "Person", known=False)


def _maker_of(passage: Passage, noun: Token) -> Entity | None:
    """Who a report, a remark or an official belongs to."""
    return _first_loosely(passage, (*owners(noun), *_makers(noun)))


def _first_loosely(passage: Passage, nouns: Iterable[Token]) -> Entity | None:
    return next((e for noun in nouns if (e := _loosely_mentioned(passage, noun)) is not None), None)


def _loosely_mentioned(passage: Passage, token: Token) -> Entity | None:
    """The entity at a word, an adjective's or a title's too."""
    found = sorted(passage.mentions_at(token), key=lambda m: (m.how in ("adjective", "title"), m.start - m.end))
    return found[0].entity if found else _apposed(passage, token)


def _makers(noun: Token) -> Iterator[Token]:
    """“a report *issued by* X”, “data *from* X”, “the report *in* X”, “*X* report”."""
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            yield from agents(child)
    yield from oblique(noun, "from", "by", "of", "in", "at")
    yield from (child for child in noun.lefts if child.dep_ in ("compound", "nmod", "amod"))


def _points_back(noun: Token) -> bool:
    return any(child.lower_ in _POINTING or (child.dep_ == "poss" and child.pos_ == "PRON") for child in noun.lefts)


def _unnamed(noun: Token) -> Entity | None:
    """An entity for a speaker without a name: “Analysts”, “a senior aide to X”."""
    if not noun.is_alpha and not noun.text[0].isupper():
        return None
    if noun.pos_ == "PROPN" and noun.ent_type_ not in ("DATE", "TIME") and not _is_human(noun) and not _is(noun, "bodies"):
        return _named_in_passing(noun)
    cue = cue_at(noun.head) if noun.dep_ == "nsubj" else None
    if not _is_human(noun) and not _is(noun, "bodies") and not (cue is not None and cue.kind == "says" and noun.pos_ == "NOUN"):
        return None
    called = _CALLED.match(noun.doc.text, noun.idx + len(noun), noun.sent.end_char)
    words = (called[1] if called else phrase_words(noun)).split()
    while len(words) > 1 and words[0].lower() in _LIGHT:
        words.pop(0)
    label = " ".join(words)
    return Entity(entity_iri(label), label, "Person" if _is_human(noun) and noun.tag_ == "NN" else "Agent", known=False)


def _named_in_passing(noun: Token) -> Entity:
    """A name that nothing else knows: “Mr Okello”."""
    doc, start = noun.doc, noun.i
    while start > noun.sent.start and (doc[start - 1].pos_ == "PROPN" or doc[start - 1].text == "-") and not _is_courtesy(doc[start - 1]):
        start -= 1
    polite = start > 0 and _is_courtesy(doc[start - 1])
    label = doc[start : noun.i + 1].text
    return Entity(entity_iri(label), label, "Person" if polite or noun.ent_type_ == "PERSON" else "Agent", known=False)


def _is_courtesy(token: Token) -> bool:
    return token.text.rstrip(".") in _COURTESY


def _is_human(noun: Token) -> bool:
    return _is(noun, "persons") or _is(noun, "officials") or noun.base in unit_lexicon()["lists"]["people"]


# Pointing back ------------------------------------------------------------------------------


def antecedent(passage: Passage, before: Token | int, types: Container[str], *, named: bool = True) -> Entity | None:
    """Who spoke last before a word, else (with ``named``) who was named last; in the paragraph and the few before it."""
    index = before if isinstance(before, int) else before.i
    nearest = [(passage, index), *((p, len(p.doc)) for _, p in zip(range(_LOOK_BACK), passage.earlier(), strict=False))]
    for look in (_last_speaker, _last_named) if named else (_last_speaker,):
        for place, end in nearest:
            found = look(place, end, types)
            if found is not None:
                return found
    return None


def _last_speaker(passage: Passage, end: int, types: Container[str]) -> Entity | None:
    for token in reversed(passage.doc[:end]):
        cue = cue_at(token)
        if cue is None or cue.kind in ("words", "names", "thinks"):
            continue
        for noun in _behind(cue):
            entity = _spelt_out(passage, noun) or (_maker_of(passage, noun) if _is(noun, "documents") else None)
            if entity is not None and (entity.type in types or (not entity.known and entity.type == "Place")):
                return entity
    return None


def _spelt_out(passage: Passage, noun: Token) -> Entity | None:
    """The entity at a noun or its apposition, pronouns left out."""
    return None if noun.pos_ == "PRON" else (mentioned_at(passage, noun) or _apposed(passage, noun))


def _last_named(passage: Passage, end: int, types: Container[str]) -> Entity | None:
    named = [m for m in passage.mentions if m.end <= end and m.entity.type in types and m.how not in _PARTS_OF_NAMES]
    return named[-1].entity if named else None


# Whose number -------------------------------------------------------------------------------


def sources_of(passage: Passage, token: Token) -> tuple[Entity, ...]:
    """Whom a fact at a word is credited to, nearest first: the speaker, and whom the speaker leans on."""
    found: list[Entity] = []
    _append(found, _said_behind(passage, token))
    for cue in (*_crediting(token), *_according(token)):
        _append(found, speaker_of(passage, cue))
        for noun in _leaned_on(cue.token):
            _append(found, _maker_of(passage, noun) if _is(noun, "documents") else mentioned_at(passage, noun))
    return tuple(found)


def _crediting(token: Token) -> Iterator[Cue]:
    """The verbs above that vouch for a number in their clause."""
    path: list[Token] = [token, *token.ancestors]
    for below, above in pairwise(path):
        cue = cue_at(above)
        placed = below.dep_ == "prep" and below.i > above.i  # “put the number at 40,000”
        if cue is None or cue.kind in ("words", "names", "according") or not (is_content(below, above) or (cue.kind == "finds" and placed)):
            continue
        clausal = below.dep_ in ("ccomp", "parataxis", "xcomp", "acl") or (below.dep_ == "advcl" and below.tag_ == "VBG")
        if vouched(cue, "vouches" if clausal else "vouches_for_object"):
            yield cue


def _according(token: Token) -> Iterator[Cue]:
    """“According to X, …” anywhere in the clauses above; “…, X said, …” in the clause itself."""
    inside = True
    for above in (token, *token.ancestors):
        for child in above.children:
            beside = inside and child.dep_ == "parataxis"
            cue = cue_at(child) if child.lower_ == "according" or beside else None
            if cue is not None and vouched(cue):
                yield cue
        inside = inside and above.dep_ not in ("advcl", "relcl")


def _said_behind(passage: Passage, token: Token) -> Entity | None:
    """“Some 300 left, said X.”, whatever the parse makes of it."""
    for verb in token.doc[token.i : token.sent.end - 1]:
        if not 0 < verb.i < len(verb.doc) - 1 or verb.tag_ not in _FINITE or verb.nbor(-1).text != ",":
            continue
        if verb.nbor().pos_ in ("PROPN", "DET", "NOUN") and (cue := cue_at(verb)):
            behind = [c for c in verb.children if c.i > verb.i and c.dep_ in ("nsubj", "dobj")]
            return _first_entity(passage, behind) if vouched(cue) else None
    return None


def _leaned_on(cue: Token) -> Iterator[Token]:
    """“citing X”, “relying on data from X”, as a participle anywhere in the cue's sentence."""
    for token in cue.sent:
        if token.tag_ in ("VBG", "VBN") and token.base in words_of("leans") and token.dep_ not in ("amod", "aux", "conj"):
            yield from oblique(token, "on", "to")
            yield from (c for c in token.children if c.dep_ == "dobj")


def _append(found: list[Entity], entity: Entity | None) -> None:
    if entity is not None and entity not in found:
        found.append(entity)


def credited(groups: Sequence[tuple[Entity, ...]]) -> tuple[Entity, ...]:
    """The named entities of all groups in order, each once; “residents” and “police sources” are no names."""
    return tuple(dict.fromkeys(e for group in groups for e in group if e.known or any(c.isupper() for c in e.label)))
