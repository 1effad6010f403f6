"""Who holds a stance, and who reports it: tokens to entities."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.records import Entity
from loaders.clauses import agents, is_verbal, noun_phrase, oblique, obliques, phrase_words, reporting_verb, subjects
from loaders.parsed import Token
from loaders.passages import Mention, Passage
from loaders.quotations.marks import Stretch
from loaders.quotations.reading import Attribution, attributed
from loaders.stances.lexicon import lemma, word_set
from ontology.identifiers import entity_iri

_LOOK_BACK = 4  # paragraphs
_BODIES = ("State", "Organisation")
_ABLE = frozenset({"State", "Person", "Organisation", "Agent", "Group"})
_RANK = {"Person": 0, "Organisation": 1, "State": 2, "Agent": 3, "Group": 4, "Place": 5}
_CLAUSAL = frozenset(
    {"ccomp", "xcomp", "advcl", "conj", "parataxis", "acl", "relcl", "pcomp", "prep", "dobj", "pobj", "nsubj", "nsubjpass", "attr"}
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a stance; ``reported`` is the person who tells it of a state or body."""

    entity: Entity
    reported: Entity | None = None


@dataclass(frozen=True)
class Scene:
    """A passage and whose words its quoted stretches are."""

    passage: Passage
    quoted: Sequence[tuple[Stretch, Attribution]]

    @classmethod
    def of(cls, passage: Passage) -> "Scene":
        """The scene of a passage."""
        return cls(passage, attributed(passage))

    def speaker(self, token: Token) -> Entity | None:
        """Whose words a token is part of, if it is quoted."""
        for stretch, attribution in self.quoted:
            if stretch.start <= token.idx < stretch.end:
                return attribution.speaker
        return None


def holders_of(scene: Scene, tokens: Iterable[Token], verb: Token) -> list[Holder]:
    """The holders that the subjects of a verb (or the owners of a noun) mean, each with who reports it."""
    found: dict[str, Holder] = {}
    for token in tokens:
        for entity in actors_at(scene, token):
            found.setdefault(entity.id, Holder(entity, reporter_of(scene, verb, entity)))
    return list(found.values())


def actors_at(scene: Scene, token: Token) -> list[Entity]:
    """The entities that can hold a stance at a noun, pronoun or adjective; more than one only for “both countries”."""
    if _is_first_person(token):
        speaker = scene.speaker(token) or _reporting_subject(scene, token)
        return [speaker] if speaker else []
    if token.lower_ == "they":
        return _plural_speakers(scene, token)
    if token.lower_ == "both" and token.dep_ in ("nsubj", "nsubjpass"):
        return _plural_speakers(scene, token) or _last_two(scene, token)
    mentions = [m for m in scene.passage.mentions_at(token) if _means(m, token)]
    if not mentions and lemma(token) in word_set("labels", "crowd_sizes"):
        return [e for t in oblique(token, "of") for e in actors_at(scene, t)]
    if any(m.how == "pair" for m in mentions):
        return [m.entity for m in mentions if m.how == "pair"]
    if tenure := _administration(scene, token, mentions):
        return [tenure]
    if several := governments_at(scene, token):
        return several
    if mentions:
        best = min(mentions, key=lambda m: (_RANK.get(m.entity.type, 9), m.start - m.end))
        return [best.entity] if best.entity.type in _ABLE else []
    return _named_beside(scene, token)


def governments_at(scene: Scene, noun: Token) -> list[Entity]:
    """“the Qatari and Omani governments”: both; none where it is one."""
    voices = dict.fromkeys(m.entity for m in scene.passage.mentions_at(noun) if m.how == "voice" and m.end - 1 == noun.i)
    return list(voices) if len(voices) > 1 else []


def _is_first_person(token: Token) -> bool:
    return token.pos_ == "PRON" and token.lower_ in word_set("labels", "first_person")  # “US” is none


def _plural_speakers(scene: Scene, pronoun: Token) -> list[Entity]:
    """“A and B said *they* would …”, “A and B met. *They* agreed …”: the subjects of the verb that reports it, or of the
    sentence before, where they are several or officials."""
    before = pronoun.doc[pronoun.sent.start - 1].sent.root if pronoun.sent.start else None
    for verb in (*reporting_verbs(pronoun), *([before] if before is not None else [])):
        named = [t for t in subjects(verb) if t.lower_ != "they"]
        found = [entity for t in named for entity in actors_at(scene, t)]
        if len(named) > 1 or any(t.tag_ in ("NNS", "NNPS") for t in named) or any(e.type in ("Group", "Organisation") for e in found):
            return found
    return []


def _last_two(scene: Scene, pronoun: Token) -> list[Entity]:
    """“A met B; *both* backed C”: A and B, where they are of one kind."""
    before = [m for m in scene.passage.mentions_in(pronoun.sent.start, pronoun.i) if m.how not in ("title", "adjective")]
    for kind in ("Person", "State"):
        named = list(dict.fromkeys(m.entity for m in before if m.entity.type == kind))
        if len(named) > 1:
            return named[-2:]
    return []


def _means(mention: Mention, token: Token) -> bool:
    """A state inside a title is nobody's stance; “Israeli” is where it is the word asked for."""
    if mention.how == "title":
        return False
    if mention.how == "adjective" or token.dep_ in ("compound", "amod", "nmod"):
        return mention.end - 1 == token.i or mention.how in ("voice", "office")
    return True


def _administration(scene: Scene, token: Token, mentions: Sequence[Mention]) -> Entity | None:
    """“The Smith administration” where nobody knows of which state Smith was the head."""
    if mentions or lemma(token) not in ("administration", "cabinet", "presidency"):
        return None
    inside = noun_phrase(token)
    people = [m for m in scene.passage.mentions_in(inside.start, inside.end) if m.entity.type == "Person"]
    return _made(f"{people[-1].entity.label} {lemma(token)}") if people else None


def _named_beside(scene: Scene, token: Token) -> list[Entity]:
    """“the speaker, NAME”, “a UN resolution”, “European leaders”, “whose leaders”: named by what stands beside the noun."""
    for child in token.children:
        if child.dep_ == "appos" or (child.dep_ == "compound" and token.pos_ == "PROPN"):
            people = [
                m.entity for m in scene.passage.mentions_at(child) if m.entity.type in ("Person", "Organisation") and m.how != "title"
            ]
            if people:
                return people[:1]
    if lemma(token) in word_set("matter", "ballots") | word_set("states", "carriers"):
        return _makers(scene, token)
    if lemma(token) in word_set("states", "speaking_for") and (spoken_for := _spoken_for(scene, token)):
        return spoken_for
    if own := _own_state(scene, token):
        return own
    known = word_set("matter", "groups") | word_set("matter", "officials")
    misread = token.tag_.startswith("NNP") and token.is_sent_start and token.lower_.removesuffix("s") in known  # “Rebels in …”
    return _group(scene, token) if misread or lemma(token) in known else []


def _spoken_for(scene: Scene, noun: Token) -> list[Entity]:
    """“a spokesman for A”, “the representative of A”: A."""
    below = [t for t in oblique(noun, "for", "of", "from", "at") if t.pos_ in ("NOUN", "PROPN")]
    return [e for t in below for e in actors_at(scene, t) if e.type in _BODIES][:1]


def _own_state(scene: Scene, noun: Token) -> list[Entity]:
    """“A said that *his government* …”, “*our country*”, “*the government*” in the words of its minister: A's state."""
    if lemma(noun) not in word_set("states", "own_states"):
        return []
    possessor = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    if possessor is not None and possessor.pos_ == "PRON":
        people = actors_at(scene, possessor)
    elif possessor is None and not _named_modifier(noun) and any(c.lower_ == "the" for c in noun.lefts):
        teller = scene.speaker(noun) or _reporting_subject(scene, noun)
        people = [teller] if teller else []
    else:
        return []
    states = [e if e.type == "State" else state_served(scene, e) for e in people]
    return [e for e in states if e is not None][:1]


def state_served(scene: Scene, person: Entity) -> Entity | None:
    """The state in whose office the text last showed a person."""
    for passage in (scene.passage, *(p for p, _ in zip(scene.passage.earlier(), range(_LOOK_BACK), strict=False))):
        for office in reversed(passage.offices):
            if office.person == person and office.of is not None and office.of.type == "State":
                return office.of
    return None


def _makers(scene: Scene, document: Token) -> list[Entity]:
    """Whose resolution, declaration or letter it is: the body or state in its phrase, or who writes or signs it."""
    lefts = [m for m in scene.passage.mentions_in(document.left_edge.i, document.i) if m.how != "title"]
    named = [m.entity for m in lefts if m.entity.type in _BODIES][:1]
    if named:
        return named
    verb = document.head
    passed = [c for c in (verb,) if document.dep_ == "nsubjpass" and lemma(c) in word_set("states", "passing")]
    if passed and (found := [e for t in agents(verb) for e in actors_at(scene, t)]):
        return found[:1]
    if document.dep_ == "dobj" and lemma(verb) in word_set("states", "writing") | word_set("states", "passing"):
        return [e for t in subjects(verb) for e in actors_at(scene, t)][:1]
    signed = [c for c in (*document.children, verb) if c.tag_ in ("VBN", "VBD") and lemma(c) in word_set("states", "writing")]
    return [e for c in signed for t in agents(c) for e in actors_at(scene, t)]


def _group(scene: Scene, noun: Token) -> list[Entity]:
    """“British and French officials”: the states; “members of the council”: the council; “Arab states”: themselves."""
    inside = [m for m in scene.passage.mentions_in(noun.left_edge.i, noun.i) if m.how != "title" and m.entity.type in _BODIES]
    states = list(dict.fromkeys(m.entity for m in inside if m.entity.type == "State"))
    if states and lemma(noun) in word_set("matter", "officials"):
        return states
    if inside and lemma(noun) in ("member", "official"):
        return [inside[0].entity]
    if any(c.lower_ == "whose" for c in noun.children) and (clause := next((t for t in noun.ancestors if t.dep_ == "relcl"), None)):
        return actors_at(scene, clause.head)
    if _named_modifier(noun) or _named_behind(noun):
        return [_made(_without_light_words(noun))]
    if any(c.lower_ == "the" for c in noun.lefts) and (told := _told_before(scene, noun)):
        return told
    return [_made(_without_light_words(noun))] if _is_crowd(scene, noun) else []


def _is_crowd(scene: Scene, noun: Token) -> bool:
    """“Students”, “the rebels”, “the opposition”: people whom a sentence about some place need not name further."""
    if lemma(noun) not in word_set("matter", "crowds") and noun.lower_.removesuffix("s") not in word_set("matter", "crowds"):
        return False
    return any(m.entity.type in ("Place", "State") for m in scene.passage.mentions_in(noun.sent.start, noun.sent.end))


def _told_before(scene: Scene, noun: Token) -> list[Entity]:
    """“The administration” after “the Smith administration”."""
    if lemma(noun) not in word_set("states", "repeated"):
        return []
    for passage in (scene.passage, *(p for p, _ in zip(scene.passage.earlier(), range(_LOOK_BACK), strict=False))):
        end = noun.i if passage is scene.passage else len(passage.doc)
        for token in reversed(passage.doc[:end]):
            if lemma(token) != lemma(noun):
                continue
            voices = [m.entity for m in passage.mentions_at(token) if m.how in ("voice", "office")]
            named = _administration(Scene(passage, ()), token, passage.mentions_at(token))
            if voices or named:
                return voices[:1] or ([named] if named else [])
    return []


def _named_modifier(noun: Token) -> Token | None:
    modifiers = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod", "poss")]
    return next((c for c in modifiers if c.text[0].isupper() and (c.i != noun.sent.start or c.ent_type_ or c.tag_ == "NNP")), None)


def _named_behind(noun: Token) -> bool:
    """“opposition groups in Kenya”, “a group of Tuareg elders”, “rebels from Chad”: named by where they are or belong."""
    below = [t for preposition, t in obliques(noun) if preposition in ("from", "in", "of", "within")]
    return any(t.text[0].isupper() or _named_modifier(t) for t in below)


def _without_light_words(noun: Token) -> str:
    words = phrase_words(noun).split()
    while len(words) > 1 and words[0].lower() in word_set("labels", "quantities"):
        words.pop(0)
    return " ".join(words)


def _made(words: str) -> Entity:
    return Entity(entity_iri(words), words, "Group", known=False)


def reporter_of(scene: Scene, token: Token, holder: Entity) -> Entity | None:
    """The person who tells of the stance of a state or body: the speaker of the quotation, or of the clause above."""
    if holder.type == "Person":
        return None
    speaker = scene.speaker(token) or _reporting_subject(scene, token)
    return speaker if speaker is not None and speaker.type == "Person" and speaker != holder else None


def _reporting_subject(scene: Scene, token: Token) -> Entity | None:
    for verb in reporting_verbs(token):
        for subject in subjects(verb):
            if not _is_first_person(subject) and (found := actors_at(scene, subject)):
                return found[0]
    return None


def reporting_verbs(token: Token) -> Iterator[Token]:
    """The verbs of saying in whose clause a word stands, nearest first."""
    below = token
    while below.dep_ in _CLAUSAL and below.head != below:
        above = below.head
        if below.dep_ in ("ccomp", "parataxis") and is_verbal(above) and lemma(above) in word_set("governors", "reporting"):
            yield above
        elif below.dep_ in ("relcl", "acl") and (misread := reporting_verb(below)) is not None:
            yield misread
        elif below.dep_ == "dobj" and is_verbal(above) and lemma(above) in ("announce", "declare", "report"):
            yield above
        below = above
