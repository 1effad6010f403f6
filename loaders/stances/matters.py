"""What a stance is about: an entity, or a matter in a few words. “To cease X” is about X and turns the side."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records import Entity, Phrase
from loaders.clauses import clause_span, grammatical_subjects, is_passive, is_verbal, negated, noun_phrase, objects, oblique, patients
from loaders.parsed import Span, Token
from loaders.stances.holders import Scene, actors_at, governments_at
from loaders.stances.lexicon import lemma, match_noun, match_verb, word_set

_LONGEST = 14  # words in a label
_FEW = 4  # words of each of several nouns that are named together
_UNQUOTED = str.maketrans("", "", '“”"«»')
_MEASURES = frozenset({"DATE", "PERCENT", "QUANTITY", "TIME"})  # “would stop 40 miles from the border”
_MARKS = ' “”"‘’«»,;:–—-…('


@dataclass(frozen=True, slots=True)
class Matter:
    """A target; ``turned`` where the words want it away."""

    target: Entity | Phrase
    turned: bool = False


# Nouns --------------------------------------------------------------------------------------


def matters_of_nouns(scene: Scene, tokens: Iterable[Token]) -> list[Matter]:
    """The matters of coordinated nouns: entities each on its own, other things each by its words."""
    found: list[Matter] = []
    joined: set[int] = set()
    for token in _whole(tokens):
        skipped = token.i in joined or (token.dep_ == "conj" and match_noun(token) is not None)
        matter = None if skipped else matter_of_noun(scene, token)
        several = [Matter(e) for e in governments_at(scene, token)] if matter is not None else []
        found += [m for m in (several or ([matter] if matter is not None else [])) if m not in found]
        joined.update(c.i for c in _joined(token))
    return found


def _whole(tokens: Iterable[Token]) -> list[Token]:
    return [t for t in tokens if not _is_first_half(t)]


def _is_first_half(token: Token) -> bool:
    """“non” of “non-interference”, which the parser may take for two nouns, or the hyphen."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.text == "-" or (following is not None and following.text == "-" and not token.whitespace_ and following.dep_ == token.dep_)


def matter_of_noun(scene: Scene, token: Token) -> Matter | None:
    """What a noun or gerund names."""
    if is_verbal(token) and token.tag_ == "VBG":
        return matter_of_clause(scene, token, subject=False)
    name = lemma(token)
    inner = _whole(oblique(token, "of", "for", "to", "in"))
    if name in word_set("matter", "empty"):
        clause = next((c for c in token.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
        if clause is not None:
            return matter_of_clause(scene, clause, subject=False)
        if inner and inner[0] != token:
            return matter_of_noun(scene, inner[0])
    if name in word_set("matter", "thwarting_nouns") and inner and not entity_at(scene, token):
        within = matter_of_noun(scene, inner[0])
        return Matter(within.target, not within.turned) if within else None
    entity = entity_at(scene, token)
    if entity is not None:
        return Matter(entity)
    if token.pos_ == "PRON" or token.lower_ in word_set("labels", "pointing"):
        return _matter_before(scene, token)
    label = label_of(token)
    return Matter(Phrase(label)) if label else None


def entity_at(scene: Scene, token: Token) -> Entity | None:
    """The entity that a whole noun phrase means; “Israeli strikes” means none."""
    mentions = [m for m in scene.passage.mentions_at(token) if m.how not in ("title", "adjective")]
    if not mentions and token.pos_ == "PRON":
        return None
    mentions = [m for m in mentions if m.how != "voice" or lemma(token) not in word_set("matter", "acts")]
    if any(m.how == "pair" for m in mentions) and lemma(token) not in word_set("matter", "groups") | word_set("matter", "officials"):
        return None  # “relations” of two
    if mentions and all(m.how == "pronoun" for m in mentions) and token.lower_ in word_set("labels", "pointing") | {"its"}:
        return None
    if any(m.entity.type == "Place" for m in mentions):
        return next(m.entity for m in mentions if m.entity.type == "Place")
    if not mentions and lemma(token) in word_set("matter", "nation"):
        named = (m.entity for c in token.rights if c.dep_ in ("appos", "nmod", "npadvmod") for m in scene.passage.mentions_at(c))
        return next((entity for entity in named if entity.type == "State"), None)
    if any(m.entity.type == "State" and m.how == "name" for m in mentions) and any(_describes(c) for c in token.lefts):
        return None  # “a neutral, unified X”
    found = actors_at(scene, token) if mentions else []
    return found[0] if found else None


def _describes(word: Token) -> bool:
    return word.dep_ == "amod" and word.text.islower()


def label_of(token: Token) -> str:
    """The words of a noun phrase, short: no article, no relative clause, cut where a new circumstance begins."""
    span = noun_phrase(token)
    for other in _joined(token):
        span = token.doc[span.start : noun_phrase(other).end]
    return _short(span, token)


def _joined(token: Token) -> list[Token]:
    """Short coordinated nouns are named together: “aggression and an arms race”."""
    others = [c for c in token.rights if c.dep_ == "conj" and c.pos_ == "NOUN"]
    return others if token.pos_ == "NOUN" and all(len(noun_phrase(t)) <= _FEW for t in (token, *others)) else []


def _short(span: Span, keep: Token) -> str:
    start, end = span.start, span.end
    while start > 1 and span.doc[start - 1].text == "-" and _is_first_half(span.doc[start - 2]):
        start -= 2
    while start < keep.i and (
        span.doc[start].lower_ in word_set("labels", "leading") or span.doc[start].is_punct or span.doc[start].dep_ == "predet"
    ):
        start += 1
    for token in span.doc[keep.i + 1 : end]:
        told = token.dep_ == "acl" and token.tag_ == "VBN" and match_verb(token) is not None  # “a plan rejected by A”: a plan
        if token.lower_ in word_set("labels", "cuts") or token.text in "(:;" or told:
            end = token.i
            break
    if end - start > _LONGEST:
        joints = [t.i for t in span.doc[keep.i + 1 : start + _LONGEST] if t.pos_ in ("ADP", "CCONJ", "PUNCT", "SCONJ")]
        end = joints[-1] if joints else start + _LONGEST
    while end > keep.i + 1 and (span.doc[end - 1].pos_ in ("ADP", "DET", "CCONJ", "PUNCT", "SCONJ") or span.doc[end - 1].is_space):
        end -= 1
    return _plain(span.doc[start:end].text)


def _plain(words: str) -> str:
    """Without quotation marks, which a cut may leave open."""
    return words.translate(_UNQUOTED).strip(_MARKS)


def _matter_before(scene: Scene, pronoun: Token) -> Matter | None:
    """“A proposed X, but *this* was rejected”: the clause before; “X is wrong. We reject *it*”: X, the last thing before."""
    verb = pronoun.head
    if pronoun.lower_ in ("this", "that") and pronoun.dep_ in ("nsubj", "nsubjpass") and verb.dep_ == "conj" and is_verbal(verb.head):
        return matter_of_clause(scene, verb.head, composed=False)
    for token in reversed(scene.passage.doc[: pronoun.i]):
        if token.dep_ in ("nsubj", "nsubjpass", "dobj") and token.pos_ == "NOUN" and token.sent.start >= pronoun.sent.start - 40:
            if scene.passage.mentions_at(token) or token.head == verb:
                continue
            label = label_of(token)
            return Matter(Phrase(label)) if label else None
    return None


# Clauses ------------------------------------------------------------------------------------


def matter_of_clause(scene: Scene, verb: Token, *, subject: bool = True, composed: bool = True, doer: str = "") -> Matter | None:
    """What a clause wants or tells: “to cease X” and “not to allow X” X, turned; “to preserve X” X; else “doing X”.

    Not ``composed``: always “doing X”. ``doer`` is who is to do it where the clause does not say.
    """
    turned = negated(verb)
    name = lemma(verb) if composed else ""
    if name in ("bring", "put") and (ends := [t for t in objects(verb) if lemma(t) in word_set("matter", "thwarting_nouns")]):
        to = oblique(ends[0], "to") or oblique(verb, "to")
        matter = matter_of_noun(scene, to[0]) if to else None
        return Matter(matter.target, not (turned ^ matter.turned)) if matter else None
    thwarts = name in word_set("matter", "thwarting")
    if thwarts or name in word_set("matter", "promoting") or (turned and name in ("accept", "allow", "permit", "tolerate")):
        far = [t for t in patients(verb) if t.ent_type_ in _MEASURES]
        inner = [] if far else patients(verb) or oblique(verb, "from", "with", "to")
        if not inner:
            inner = [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"]
        if not inner and thwarts and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):  # “that the raids stop”
            inner = grammatical_subjects(verb)[:1]
        matter = matter_of_noun(scene, inner[0]) if inner else None
        if matter is not None:
            return Matter(matter.target, turned ^ thwarts ^ matter.turned)
    label = gerund_label(scene, verb, subject=subject, doer=doer)
    if label in ("doing", "doing so", "being"):
        return None
    return Matter(Phrase(label), turned) if label else None


def helps_or_hinders(verb: Token) -> bool:
    """Does a verb want a matter or want it away: “preserve”, “prevent”?"""
    return lemma(verb) in word_set("matter", "thwarting") | word_set("matter", "promoting")


def gerund_label(scene: Scene, verb: Token, *, subject: bool = True, doer: str = "") -> str:
    """A clause as a noun phrase: “Lebanon resolving the issue”, “troops being withdrawn”."""
    doc = verb.doc
    bare = verb.tag_ == "VBN" and verb.dep_ == "ccomp" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    passive = bare or (is_passive(verb) and any(c.dep_ == "nsubjpass" for c in verb.children))
    doing = f"being {verb.text}" if passive else gerund(verb.base)
    span = clause_span(verb)
    end = span.end
    for token in doc[verb.i + 1 : end]:
        if (
            token.lower_ in word_set("labels", "cuts")
            or token.i - verb.i >= _LONGEST
            or (token.lower_ == "with" and token.nbor(-1).is_punct)
        ):
            end = token.i
            break
    while end > verb.i + 1 and doc[end - 1].pos_ in ("ADP", "DET", "CCONJ", "PUNCT", "SCONJ") and doc[end - 1].dep_ != "prt":
        end -= 1
    words = [doing, _plain(doc[verb.i + 1 : end].text)]
    if subject:
        words.insert(0, doer or _doer(scene, verb))
    return " ".join(w for w in words if w)


def supposed(clause: Token) -> Token | None:
    """What a warning is about: “that *if A did X*, …”."""
    return next((c for c in clause.children if c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.lefts)), None)


def _doer(scene: Scene, verb: Token) -> str:
    """The clause's own subject, or the object above that acts in it."""
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    if not own and verb.dep_ in ("xcomp", "ccomp") and is_verbal(verb.head) and not is_passive(verb.head):
        own = objects(verb.head)[:1]
    if not own or own[0].tag_ in ("WP", "WDT", "EX"):
        return ""
    if own[0].pos_ == "PRON":
        found = actors_at(scene, own[0])
        return found[0].label if found else ""
    return label_of(own[0])


def gerund(verb: str) -> str:
    """The -ing form of a verb."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and verb != "be" and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    closed = len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    one_syllable = sum(letter in "aeiouy" for letter in verb) == 1
    return f"{verb}{verb[-1]}ing" if closed and (one_syllable or verb in word_set("labels", "doubling")) else f"{verb}ing"
