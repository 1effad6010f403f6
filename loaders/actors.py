"""Who is meant: names, titles, demonyms, capitals and pronouns to entities, in the order of the text.

What can't be told apart is not guessed: such a name becomes an entity of its own, made from the text.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

from graph.records import Entity
from loaders.dates import FoundDate
from loaders.mentions import Candidate, find_candidates, words_of
from loaders.offices import find_offices
from loaders.passages import Mention, OfficePhrase
from loaders.timing import date_in_sentence
from ontology.identifiers import entity_iri
from ontology.reference import Known, Reference

_LOCATIVE = frozenset({"across", "around", "at", "from", "in", "inside", "into", "near", "outside", "over", "through", "throughout", "to", "toward", "towards", "within"})
_FEMININE = frozenset({"she", "her", "hers", "herself"})
_PERSONAL = _FEMININE | {"he", "him", "his", "himself"}
_IMPERSONAL = frozenset({"it", "its", "itself"})
_FORCES = frozenset({"army", "mission"})
_MEMORY = 40  # persons and states remembered; a pronoun never looks further back


@dataclass
class Memory:
    """What a document has told so far; grows as its paragraphs are read in order."""

    people: dict[str, list[Entity]] = field(default_factory=dict)  # by surname
    counts: Counter[Entity] = field(default_factory=Counter)  # of states
    recent: list[Entity] = field(default_factory=list)  # newest last
    date: str | None = None

    def meet(self, entity: Entity) -> None:
        """Takes note of an entity that the text names."""
        if entity.type == "State":
            self.counts[entity] += 1
        if entity.type == "Person" and " " in entity.label:
            namesakes = self.people.setdefault(_surname(entity.label), [])
            if entity not in namesakes:
                namesakes.append(entity)
        if entity in self.recent:
            self.recent.remove(entity)
        self.recent.append(entity)
        del self.recent[:-_MEMORY]

    def main_states(self) -> list[Entity]:
        """The two states that the document tells of most, in the order of their first mention."""
        leading = {entity for entity, _ in self.counts.most_common(2)}
        return [entity for entity in self.counts if entity in leading] if len(leading) == 2 else []


def resolve(
    doc: Doc, dates: Sequence[FoundDate], reference: Reference, memory: Memory
) -> tuple[tuple[Mention, ...], tuple[OfficePhrase, ...]]:
    """The mentions and the office phrases of a paragraph; ``memory`` is what came before and is added to."""
    candidates = find_candidates(doc, reference, memory.people)
    mentions: list[Mention] = []
    for candidate in candidates:
        _remember_date(doc, dates, candidate.start, memory)
        mention = _resolve_name(doc, candidate, reference, memory)
        if mention is not None:
            mentions.append(mention)
            memory.meet(mention.entity)
    offices = find_offices(doc, mentions, dates, reference, memory.date)
    mentions = _with_offices(mentions, offices)
    mentions += _voices(doc, mentions, reference)
    mentions += _governments(doc, mentions, reference, memory.date)
    mentions += _pronouns(doc, mentions, memory)
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end))), tuple(offices)


def entity_of(known: Known) -> Entity:
    """A reference entity as records carry it."""
    return Entity(known.iri, known.label, known.type)


def _remember_date(doc: Doc, dates: Sequence[FoundDate], index: int, memory: Memory) -> None:
    """Keeps the date that the story has reached; offices and states are resolved by it."""
    told = date_in_sentence(doc, dates, doc[index])
    if told is None:
        told = next((d.value for d in reversed(dates) if d.value and d.end <= doc[index].idx), None)
    memory.date = told or memory.date


def introduce(docs: Iterable[Doc], reference: Reference, memory: Memory) -> None:
    """Takes note of the full names of a document, so that a surname before its full name is understood."""
    for doc in docs:
        for candidate in find_candidates(doc, reference):
            if candidate.type == "Person" and candidate.length > 1 and len(candidate.known) < 2:
                entity = entity_of(candidate.known[0]) if candidate.known else made(doc[candidate.start : candidate.end].text, "Person")
                namesakes = memory.people.setdefault(_surname(entity.label), [])
                if entity not in namesakes:
                    namesakes.append(entity)


def _resolve_name(doc: Doc, candidate: Candidate, reference: Reference, memory: Memory) -> Mention | None:
    start, end = candidate.start, candidate.end
    words = doc[start:end].text
    if candidate.type == "Group" and not candidate.known:
        return _people_group(doc, candidate)
    known = _choose(_by_role(candidate.known, doc, start, end), memory)
    if known is not None and known.type != "Person":
        return _known_mention(doc, candidate, known, reference, memory)
    if known is not None:
        return Mention(start, end, entity_of(known), "name")
    if candidate.known:  # several fit: kept under the words of the text, not guessed
        return Mention(start, end, made(words, candidate.known[0].type), "made")
    if candidate.type == "Person":
        return _person(doc, candidate, reference, memory)
    return Mention(start, end, made(words, candidate.type or "Agent"), "made")


def _people_group(doc: Doc, candidate: Candidate) -> Mention | None:
    """“the Arabs”, “Arab states”, “Jewish refugees”: people; an attribute of anything else is nobody."""
    last = doc[candidate.end - 1]
    if last.dep_ not in ("amod", "compound", "nmod"):
        return Mention(candidate.start, candidate.end, made(doc[candidate.start : candidate.end].text, "Group"), "made")
    head = last.head
    if head.i == candidate.end and head.lemma_.lower() in words_of("peoples"):
        return Mention(candidate.start, head.i + 1, made(doc[candidate.start : head.i + 1].text, "Group"), "made")
    return None


def _by_role(known: tuple[Known, ...], doc: Doc, start: int, end: int) -> tuple[Known, ...]:
    """Of a city and the states that it stands for: the city behind “in” or “to”, else the states."""
    places = tuple(k for k in known if k.type == "Place")
    if not places or len(places) == len(known):
        return known
    if _is_place(doc[start:end].root):
        return places
    standing = tuple(k for k in known if k.type == "State")
    return standing or known


def _choose(known: tuple[Known, ...], memory: Memory) -> Known | None:
    """The one entity that fits, or that the text has already told of, or a state before its namesakes."""
    if len(known) == 1:
        return known[0]
    told = {entity.id for entity in memory.recent}
    for preferred in ([k for k in known if k.iri in told], [k for k in known if k.type == "State"]):
        if len(preferred) == 1:
            return preferred[0]
    return None


def _known_mention(doc: Doc, candidate: Candidate, known: Known, reference: Reference, memory: Memory) -> Mention:
    start, end = candidate.start, candidate.end
    how = reference.how(doc[start:end].text, known) or "name"
    if how == "seat" and _is_place(doc[end - 1]):
        words = doc[start:end].text
        return Mention(start, end, Entity(entity_iri(words), words, "Place"), "name")
    if known.type == "State":
        known = reference.state_at(known, memory.date) if memory.date else known
    if how == "people" and not _speaks_for_state(doc[end - 1]):
        words = doc[start:end].text
        return Mention(start, end, made(words, "Group"), "people")
    return Mention(start, end, entity_of(known), how, _state_behind(known, reference))


def _state_behind(known: Known, reference: Reference) -> Entity | None:
    """The state whose forces a body is."""
    state = reference.entity(known.part_of) if known.body_kind in _FORCES and known.part_of else None
    return entity_of(state) if state and state.type == "State" else None


def _is_place(token: Token) -> bool:
    """Does a capital stand for the city? After “in”, “to”, “from” it does; as one who acts it does not."""
    head = token
    while head.dep_ in ("conj", "appos", "compound", "nmod", "poss"):
        head = head.head
    if head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE:
        return True
    return token.dep_ in ("npadvmod", "pobj") and head.head.lower_ in _LOCATIVE


def _speaks_for_state(token: Token) -> bool:
    """“The Russians said” is the state; “many Russians”, “Russians who moved” are people."""
    determined = any(child.lower_ == "the" for child in token.lefts)
    counted = any(child.dep_ in ("nummod", "amod", "quantmod") for child in token.lefts)
    described = any(child.dep_ in ("relcl", "acl") or child.lower_ in ("in", "from", "of", "living") for child in token.rights)
    return determined and not counted and not described


def made(words: str, kind: str) -> Entity:
    """An entity that is not in the reference data, named as the text names it."""
    label = " ".join(words.split()).strip("“”\"'’‘ ")
    label = label.removeprefix("the ").removeprefix("The ") or words
    return Entity(entity_iri(label), label, kind, known=False)


def _person(doc: Doc, candidate: Candidate, reference: Reference, memory: Memory) -> Mention | None:
    """A person's name that the reference data does not hold in full: a surname, or somebody new."""
    words = doc[candidate.start : candidate.end].text
    if candidate.length == 1 or " " not in words:
        told = memory.people.get(_surname(words), [])
        if len(told) == 1:
            return Mention(candidate.start, candidate.end, told[0], "surname")
        known = by_surname(words, reference, memory.date) if not told else None
        if known is not None:
            return Mention(candidate.start, candidate.end, entity_of(known), "surname")
    return Mention(candidate.start, candidate.end, made(words, "Person"), "made")


def by_surname(words: str, reference: Reference, on: str | None) -> Known | None:
    """The one person of that surname, or of several the one who held the highest office at the date."""
    known = list(reference.surname(words))
    if len(known) > 1 and on:
        in_office = [k for k in known if any(_holds(t.start, t.end, on) for t in reference.offices_of(k.iri))]
        return in_office[0] if in_office else None
    return known[0] if len(known) == 1 else None


def _holds(start: str | None, end: str | None, on: str) -> bool:
    """Does a tenure cover some of the date's year? Compared by year: a surname is used some time before and after."""
    year = on[:4]
    return (start or "0000")[:4] <= year <= (end or "9999")[:4]


def _surname(name: str) -> str:
    return name.split()[-1].casefold() if name.split() else name.casefold()


def _with_offices(mentions: list[Mention], offices: Iterable[OfficePhrase]) -> list[Mention]:
    """States inside a title are no actors of their own; a title without a name means its holder."""
    result: list[Mention] = []
    offices = list(offices)
    for mention in mentions:
        inside = any(o.start <= mention.start and mention.end <= o.end and mention.entity != o.person for o in offices)
        result.append(Mention(mention.start, mention.end, mention.entity, "title") if inside else mention)
    for office in offices:
        entity = office.person or office.of
        if entity is not None:
            result.append(Mention(office.start, office.end, entity, "office"))
    return result


def _voices(doc: Doc, mentions: Sequence[Mention], reference: Reference) -> list[Mention]:
    """“Israeli troops”, “the government of Egypt”, “the Turkish Foreign Ministry”: a state through its bodies."""
    voices: list[Mention] = []
    nouns = agent_nouns()
    for mention in mentions:
        if mention.entity.type != "State" or mention.how in ("title", "office"):
            continue
        head = _governed(doc, mention)
        if head is None or any(m.start <= head.i < m.end for m in mentions):
            continue
        start, end = min(mention.start, head.i), max(mention.end, head.i + 1)
        body = reference.body(mention.entity.id, _body_words(doc, mention, head)) if head.i >= mention.end else None
        if body is not None and body.iri != mention.entity.id:
            entity = Entity(body.iri, body.label, body.type, known=body.iri in reference)
            voices.append(Mention(start, end, entity, "voice", _state_behind(body, reference)))
        elif body is not None or head.lemma_.lower() in nouns:
            voices.append(Mention(start, end, mention.entity, "voice"))
    return voices


def _body_words(doc: Doc, mention: Mention, head: Token) -> str:
    """The words from behind the state's to the noun; of “Syrian and Egyptian governments” the noun for each."""
    if any(t.lower_ in ("and", ",", "or") for t in doc[mention.end : head.i]):
        return str(head.text)
    return str(doc[mention.end : head.i + 1].text.removeprefix("'s ").removeprefix("' ").removeprefix("’s "))


def _governed(doc: Doc, mention: Mention) -> Token | None:
    """The noun that a state's adjective, possessive or “of …” belongs to."""
    token = doc[mention.end - 1]
    while token.dep_ == "conj" and token.head.i < token.i and token.head.dep_ in ("amod", "compound", "nmod", "poss", "conj"):
        token = token.head
    if token.dep_ in ("amod", "compound", "poss", "nmod") and token.head.i >= mention.end:
        return token.head
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.i < mention.start:
        return token.head.head
    return None


def _governments(doc: Doc, mentions: Sequence[Mention], reference: Reference, on: str | None) -> list[Mention]:
    """“The Johnson administration” is the state whose head Johnson is."""
    nouns = _lexicon()["tenure_nouns"]
    found: list[Mention] = []
    for mention in mentions:
        following = doc[mention.end] if mention.end < len(doc) else None
        if mention.entity.type != "Person" or following is None or following.lemma_.lower() not in nouns:
            continue
        states = {t.of for t in reference.offices_of(mention.entity.id) if t.office in ("President", "Prime Minister", "Chancellor", "Premier")}
        if len(states) == 1 and (state := reference.entity(states.pop())):
            found.append(Mention(mention.start, mention.end + 1, entity_of(state), "voice"))
    return found


def _pronouns(doc: Doc, mentions: Sequence[Mention], memory: Memory) -> list[Mention]:
    """Pronouns, “the two countries” and bare “relations”, by what was told last before them."""
    told = sorted((m for m in mentions if m.how != "title"), key=lambda m: m.start)
    here = {m.entity for m in told}
    before = [entity for entity in memory.recent if entity not in here]
    found: list[Mention] = []
    for token in doc:
        entity = _antecedent(doc, token, told, before)
        if entity is not None:
            found.append(Mention(token.i, token.i + 1, entity, "pronoun"))
    return [*found, *_pairs(doc, told, before), *_relations(doc, told, memory)]


def _antecedent(doc: Doc, pronoun: Token, mentions: Sequence[Mention], before: Sequence[Entity]) -> Entity | None:
    """Who fits a pronoun: the last subject in the sentence, in the paragraph, the last told, the story before."""
    lower = pronoun.lower_
    if lower in _PERSONAL:
        gender = "female" if lower in _FEMININE else "male"
        fits = [m for m in mentions if m.end <= pronoun.i and m.entity.type == "Person" and _may_be(m.entity, gender)]
        earlier = [e for e in before if e.type == "Person" and _may_be(e, gender)]
    elif lower in _IMPERSONAL:
        fits = [m for m in mentions if m.end <= pronoun.i and m.entity.type in ("State", "Organisation") and m.how != "adjective"]
        earlier = [e for e in before if e.type in ("State", "Organisation")]
    else:
        return None
    subjects = [m for m in fits if doc[m.start : m.end].root.dep_ in ("nsubj", "nsubjpass")]
    own = [m for m in subjects if doc[m.start].sent == pronoun.sent]
    certain = [m for m in fits if lower in _FEMININE and _is_woman(m.entity)]
    for group in (certain, own, subjects, fits):
        if group:
            return group[-1].entity
    return earlier[-1] if earlier else None


def _may_be(person: Entity, gender: str) -> bool:
    """Does the given name speak against it?"""
    names = given_names()
    first = person.label.split()[0].casefold()
    other = "male" if gender == "female" else "female"
    return first not in names[other] or first in names[gender]


def _is_woman(person: Entity) -> bool:
    return person.label.split()[0].casefold() in given_names()["female"]


def _relations(doc: Doc, mentions: Sequence[Mention], memory: Memory) -> list[Mention]:
    """“Relations improved” without a word on whose: those of the two states that the document is about."""
    main = memory.main_states()
    found: list[Mention] = []
    for token in doc:
        if token.lemma_.lower() not in ("relation", "relations", "tie", "ties") or not main:
            continue
        span = range(token.left_edge.i, token.right_edge.i + 1)
        if not any(m.start in span and m.entity.type in ("State", "Person", "Organisation") for m in mentions) and token.tag_ in ("NNS", "NNPS"):
            found += [Mention(token.i, token.i + 1, entity, "pair") for entity in main]
    return found


def _pairs(doc: Doc, mentions: Sequence[Mention], before: Sequence[Entity]) -> list[Mention]:
    """“The two countries” and “both leaders” mean the last two told of."""
    found: list[Mention] = []
    for key, kind in (("pairs", "State"), ("person_pairs", "Person")):
        for match in _phrases(key).finditer(doc.text):
            span = doc.char_span(*match.span())
            if span is None:
                continue
            told = [*before, *(m.entity for m in mentions if m.end <= span.start)]
            distinct = list(dict.fromkeys(e for e in reversed(told) if e.type == kind))[:2]
            if len(distinct) == 2:
                found += [Mention(span.start, span.end, entity, "pair") for entity in reversed(distinct)]
    return found


@cache
def _phrases(key: str) -> re.Pattern[str]:
    longest_first = sorted(_lexicon()[key], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def agent_nouns() -> frozenset[str]:
    """Nouns through which a state acts: its government and its forces."""
    lexicon = _lexicon()
    return frozenset(lexicon["government"]) | frozenset(lexicon["forces"])


@cache
def _lexicon() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "lexicon" / "agents.toml").read_text(encoding="utf-8"))


@cache
def given_names() -> dict[str, frozenset[str]]:
    """Given names of women and of men."""
    table = tomllib.loads((Path(__file__).parent / "lexicon" / "given_names.toml").read_text(encoding="utf-8"))
    return {gender: frozenset(names) for gender, names in table.items()}
