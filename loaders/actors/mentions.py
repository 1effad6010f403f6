"""Names in a text: the longest names of the reference data, then the model's own names.

Nothing is resolved here; a mention may fit several entities. ``loaders.actors.resolving`` decides.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from loaders.actors.given_names import is_given_name
from loaders.actors.spellings import respelled
from loaders.parsed import Doc, Span, Token
from loaders.word_lists import word_lists
from ontology.names import words
from ontology.reference import Known, Reference

_NAMED = {"PERSON": "Person", "ORG": "Organisation", "GPE": "Place", "LOC": "Place", "FAC": "Place", "NORP": "Group"}
_TITLES = re.compile(
    r"^(?:mr|mrs|ms|dr|prof|professor|sir|lord|lady|general|gen|colonel|col|admiral|sheikh|rabbi|patriarch|pope|comrade|cardinal|archbishop|bishop|justice)\.?\s+",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\s(?:[A-Z]\.)+(?=\s)")
_NO_NAME_BEGINS = frozenset({"ADP", "ADV", "AUX", "DET", "PRON", "SCONJ", "VERB"})
_ATTITUDE = re.compile(r"(?:anti|ex|neo|non|post|pre|pro)\W", re.IGNORECASE)
_PARTICLES = frozenset({
    "al", "bin", "ben", "bint", "da", "de", "del", "der", "di", "dos", "el", "ibn", "la", "le", "van", "von", "and",
})  # fmt: skip
_POSSESSIVES = frozenset({"'s", "'", "’s", "’"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name at tokens ``start`` to ``end`` and the entities it may mean (none: not in the reference data)."""

    start: int
    end: int
    known: tuple[Known, ...]
    how: str
    type: str | None = None

    @property
    def length(self) -> int:
        """In tokens."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Names:
    """What is a name in a paragraph, whoever was told before: those of the reference data, by their tokens too, and the model's."""

    known: tuple[Candidate, ...]
    known_at: Mapping[int, Candidate]
    of_model: "tuple[_OfModel, ...]"
    plans: frozenset[int]  # tokens of the names of plans


@dataclass(frozen=True, slots=True)
class _OfModel:
    """A name that the language model found, as a candidate where it is one; of somebody told before it is a person's."""

    name: Span
    candidate: Candidate | None
    may_be_told: bool


def names_in(doc: Doc, reference: Reference) -> Names:
    """The names of a paragraph before it is known who was told."""
    known = tuple(_known_names(doc, reference))
    known_at = {i: c for c in known for i in range(c.start, c.end)}
    of_model = tuple(found for ent in doc.ents if (found := _of_model(ent, known_at, reference)))
    return Names(known, known_at, of_model, frozenset(index for ent in doc.ents for index in _plan_named(ent)))


def find_candidates(doc: Doc, names: Names, reference: Reference, told: Container[tuple[str, ...]] = ()) -> list[Candidate]:
    """All names of a paragraph, longest first where they overlap, in order of their place.

    ``told`` are the surnames, as words, of the people that the document has named before.
    """
    of_model = [c for found in names.of_model if (c := _with_those_told(found, names.known_at, reference, told))]
    surnames = list(_surnames(doc, reference, told, names.known_at))
    chosen: list[Candidate] = []
    taken = set(names.plans)
    for candidate in sorted([*names.known, *surnames, *of_model], key=lambda c: (-c.length, not c.known, c.start)):
        tokens = range(candidate.start, candidate.end)
        if taken.isdisjoint(tokens):
            chosen.append(candidate)
            taken.update(tokens)
    return sorted(chosen, key=lambda c: c.start)


def _known_names(doc: Doc, reference: Reference) -> Iterator[Candidate]:
    """The longest name of the reference data that starts at each token with a capital or figure, or a loaded one with none."""
    before = ""
    for token in doc.tokens:
        if token.text[0].isupper() or token.is_digit:
            best = _longest(doc, token.i, reference)
        elif before in ("the", "this") and not reference.loaded_beginnings.isdisjoint(token_words(token.text)[:1]):
            best = _longest(doc, token.i, reference)
            best = best if best is not None and best.how == "loaded" else None
        else:
            best = None
        before = token.lower_
        if best is not None:
            yield best


def _longest(doc: Doc, start: int, reference: Reference) -> Candidate | None:
    names, beginnings = reference.longest_names(), _beginnings(reference)
    key: tuple[str, ...] = ()
    best: Candidate | None = None
    for token in islice(doc.tokens, start, None):
        own = token_words(token.text)
        key += own
        if key not in beginnings:
            break
        if token.i > start and token.text.islower() and token.ent_type_ in ("DATE", "TIME"):  # “visited Russia today”
            break
        if own and key in names:
            found, how = _meant(doc[start : token.i + 1].text, reference)
            if found:
                best = Candidate(start, token.i + 1, found, how, found[0].type)
    return best


@lru_cache(maxsize=1 << 12)
def _meant(name: str, reference: Reference) -> tuple[tuple[Known, ...], str]:
    """Whom a name means, and how: a text has the same few again and again."""
    found = reference.named(name)
    return found, (reference.how(name, found[0]) if found else None) or "name"


@lru_cache(maxsize=1 << 12)
def _is_surname(name: str, reference: Reference) -> bool:
    return bool(reference.surname(name))


@cache
def _beginnings(reference: Reference) -> frozenset[tuple[str, ...]]:
    """All that a name of the reference data may begin with, whole names included."""
    return frozenset(name[:end] for name in reference.longest_names() for end in range(1, len(name) + 1))


@lru_cache(maxsize=1 << 14)
def token_words(token: str) -> tuple[str, ...]:
    """``words`` of a token: the same few thousand fill every text."""
    return words(token)


def _surnames(doc: Doc, reference: Reference, told: Container[tuple[str, ...]], known_at: Mapping[int, Candidate]) -> Iterator[Candidate]:
    """Surnames that the model overlooked: of people told before, or known for their office."""
    for token in doc:
        if not token.text[0].isupper() or len(token) <= 1 or token.ent_type_ not in ("", "PERSON", "ORG", "GPE", "NORP", "FAC"):
            continue
        start = _with_particles(token)
        is_told = token_words(token.text) in told or (start < token.i and words(doc[start : token.i + 1].text) in told)
        is_told = is_told and token.lower_ not in words_of("not_people") and not (start and doc[start - 1].lower_ == "the")
        if is_told and (token.pos_ == "PROPN" or _acts(token)):
            whole = _with_given_names(token, known_at)
            yield Candidate(min(start, whole), token.i + 1, (), "name" if whole < start else "surname", "Person")
        elif (token.pos_ == "PROPN" or _acts_as_verb(token)) and len(token) > 2 and _is_alone(token) and _is_surname(token.text, reference):
            yield Candidate(token.i, token.i + 1, (), "surname", "Person")


def _with_particles(token: Token) -> int:
    """Where a surname with its particles begins: “de Gaulle”, “von der Leyen”."""
    start = token.i
    while start > 0 and token.doc[start - 1].lower_ in _PARTICLES - {"and"}:
        start -= 1
    return start


def _with_given_names(token: Token, known_at: Mapping[int, Candidate]) -> int:
    """Where the name begins whose last word is a surname: “Laurent-Désiré Kabila” is not the Kabila told of before."""
    doc, start = token.doc, token.i
    while start > 0 and doc[start - 1].head == token and (doc[start - 1].text == "-" or _is_given_name(doc[start - 1])):
        if (beside := known_at.get(start - 1)) is not None and beside.type != "Person":  # “President of Peru Mario Rojas”
            break
        start -= 1
    return start


def _is_given_name(token: Token) -> bool:
    if (
        token.dep_ != "compound"
        or token.pos_ != "PROPN"
        or not token.text[0].isupper()
        or token.ent_type_ not in ("", "PERSON")
        or _begins_no_name(token)
    ):
        return False
    return token.base not in titles_and_ranks() and token.lower_ not in word_lists("offices.toml")["qualifiers"]


def _acts(token: Token) -> bool:
    """A word that the model takes for a common noun, in the place of a name: “Price said”."""
    return token.pos_ == "NOUN" and token.dep_ in ("nsubj", "nsubjpass") and not list(token.lefts)


def _acts_as_verb(token: Token) -> bool:
    """A verb can be no subject; the model knows the place of a name and not the name: “Modi plans”."""
    return token.pos_ in ("VERB", "ADV", "INTJ", "X") and token.dep_ in ("nsubj", "nsubjpass") and not list(token.children)


def _is_alone(token: Token) -> bool:
    """Is a word no part of a longer name?"""
    before = token.doc[token.i - 1] if token.i else None
    inside = before is not None and before.dep_ == "compound" and before.ent_type_ == token.ent_type_ != ""
    return token.dep_ not in ("compound", "amod") and not inside


def _of_model(ent: Span, known_at: Mapping[int, Candidate], reference: Reference) -> _OfModel | None:
    """A name that the language model found, without articles, possessives, titles and states beside it."""
    kind = _NAMED.get(ent.label_)
    if kind is None or _is_made_of_names(ent, known_at):
        return None
    start, end = _trimmed(ent, known_at if kind == "Person" or _has_title_before(ent) else {})
    if kind == "Person":
        while start < end and ent.doc[start].text[0].islower() and ent.doc[start].lower_ not in _PARTICLES:  # “-elect Mario Rojas”
            start += 1
    if start == end:
        return None
    name = ent.doc[start : _without_place(ent.doc, start, end, known_at) if kind == "Organisation" else end]
    may_be_personal = ent.label_ in ("ORG", "GPE") and _may_be_personal(name, known_at)
    if may_be_personal and _is_personal(name, reference):
        return _OfModel(name, _candidate(name, "Person", known_at, reference), may_be_told=False)
    return _OfModel(name, _candidate(name, kind, known_at, reference), may_be_personal)


def _with_those_told(
    found: _OfModel, known_at: Mapping[int, Candidate], reference: Reference, told: Container[tuple[str, ...]]
) -> Candidate | None:
    if found.may_be_told and words(found.name[-1].text) in told:
        return _candidate(found.name, "Person", known_at, reference)
    return found.candidate


def _candidate(name: Span, kind: str, known_at: Mapping[int, Candidate], reference: Reference) -> Candidate | None:
    if not _looks_like_a_name(name, kind) or _is_in_title(name, reference) or _is_body(name, known_at, reference):
        return None
    return Candidate(name.start, name.end, _known(name.text, reference) if kind == "Person" else (), "name", kind)


def _is_made_of_names(ent: Span, known_at: Mapping[int, Candidate]) -> bool:
    """“Israel Naftali Bennett”, “Blue and White and Meretz”, “Soviet Union ended”: names of the reference data and no other."""
    inside = {c.start: c for t in ent if (c := known_at.get(t.i)) is not None}.values()
    rest = [t for t in ent if t.i not in known_at and t.lower_ not in _POSSESSIVES]
    if _is_long_name(ent, rest, list(inside)):
        return True
    if not inside or not all(t.text.islower() or t.is_punct for t in rest):
        return False
    people = any(c.type == "Person" and c.end == ent.end and c.start > ent.start for c in inside)
    joined = len(inside) > 1 and {t.lower_ for t in rest} <= {"and", ",", "&", "the"} and bool(rest)
    return people or joined or any(t.pos_ == "VERB" for t in rest)


def _is_long_name(ent: Span, rest: list[Token], inside: list[Candidate]) -> bool:
    """“Republic of Peru” is Peru."""
    forms = words_of("forms_of_state")
    is_state = len(inside) == 1 and inside[0].type == "State" and inside[0].how == "name" and inside[0].end == ent.end
    return is_state and any(t.lower_ in forms for t in rest) and all(t.lower_ in forms or t.lower_ in ("of", "the") for t in rest)


def _has_title_before(ent: Span) -> bool:
    """“Prime Minister of Israel Dov Levi”: the name begins behind the state."""
    place = ent.start - 1
    while place > 0 and ent.doc[place].lower_ in ("the", "of", "state", "republic"):
        place -= 1
    return 0 <= place < ent.start - 1 and ent.doc[place].base in office_heads()


def _trimmed(ent: Span, known_at: Mapping[int, Candidate]) -> tuple[int, int]:
    """“Prime Minister of Israel Naftali Bennett” as one name is “Naftali Bennett”."""
    start, end, doc = ent.start, ent.end, ent.doc
    titles = [t.i for t in ent if t.base in office_heads() and t.i + 1 < end]
    beside = [i + 1 for i in range(start, end - 1) if i in known_at and known_at[i].type != "Person"]
    start = max([start, *(i + 1 for i in titles), *(i for i in beside if i < end)])
    while start < end and (_begins_no_name(doc[start]) or (start + 1 < end and _completes_title(doc, start))):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].lower_ in _POSSESSIVES or doc[end - 1].lower_ in ("for", "in", "of")):
        end -= 1
    return start, end


def _without_place(doc: Doc, start: int, end: int, known_at: Mapping[int, Candidate]) -> int:
    """Where a body's name ends: “Institute of Forestry in Tashkent” says where the institute is."""
    for place in range(start + 1, end - 1):
        if doc[place].lower_ not in ("at", "in", "near"):
            continue
        named = known_at.get(place + 1)
        if named is not None and named.end >= end and named.type in ("Place", "State"):
            return place
    return end


def _completes_title(doc: Doc, index: int) -> bool:
    """“State” in “Secretary of State Dulles”, “Industry” in “Minister of Trade and Industry Ana Costa”."""
    if index < 2 or doc[index].lower_ not in words_of("completing"):
        return False
    place = index - 1
    while place > 0 and (doc[place].lower_ in ("&", "and", "for", "of") or doc[place].lower_ in words_of("completing")):
        place -= 1
    return place < index - 1 and doc[place].base in office_heads()


def _begins_no_name(token: Token) -> bool:
    if token.is_punct or token.lower_ in ("the", "a", "an", "of"):
        return True
    return token.pos_ in _NO_NAME_BEGINS or bool(_TITLES.match(token.text + " "))


def _looks_like_a_name(span: Span, kind: str) -> bool:
    last = span[-1]
    if not any(token.text[0].isupper() for token in span) or any(token.like_num for token in span):
        return False
    lemma = last.base
    if _ATTITUDE.match(span.text) or lemma in words_of("not_bodies") or lemma in office_heads():
        return False
    if kind == "Organisation" and _names_a_text(span):
        return False
    if kind in ("Organisation", "Place") and len(span) == 1 and last.pos_ != "PROPN":
        return False
    if kind == "Person":
        return last.lower_ not in words_of("not_people") and all(
            token.text[0].isupper() or token.lower_ in _PARTICLES or token.is_punct or _is_hyphened(token, span.start) for token in span
        )
    return True


def _is_hyphened(token: Token, start: int) -> bool:
    """“jae” in “Moon Hyun-jae”."""
    return token.i > start and token.nbor(-1).text in ("-", "‑") and token.is_alpha


def _names_a_text(span: Span) -> bool:
    """“Partition Plan for Palestine”, “Treaty of Lisbon”, “Operation Northern Watch”: a plan, a treaty, a campaign, and nobody."""
    if span[0].lower_ in words_of("campaigns") and len(span) > 1:
        return True
    return any(t.lower_ in words_of("not_bodies") and t.nbor().pos_ == "ADP" for t in span[:-1])


def _plan_named(ent: Span) -> range:
    """“UN Partition Plan for Palestine”: what is named in it takes no part. The tokens of such a name; none for others."""
    doc, place = ent.doc, ent.end
    plans = [t for t in ent if t.lower_ in words_of("not_bodies") and t.text[0].isupper() and t.i + 1 < len(doc)]
    if not any(t.nbor().lower_ == "for" for t in plans):
        return range(0)
    while place < len(doc) and (doc[place].lower_ in ("for", "the") or (doc[place].pos_ == "PROPN" and doc[place].text[0].isupper())):
        place += 1
    return range(ent.start, place)


def _may_be_personal(name: Span, known_at: Mapping[int, Candidate]) -> bool:
    """Two or three words with capitals, which the model takes for a body's name."""
    if len(name) < 2 or len(name) > 3 or name.start in known_at or not all(t.text[0].isupper() for t in name):
        return False
    return name[0].lower_ not in words_of("not_given_names") and not (name.start and name.doc[name.start - 1].lower_ == "the")


def _is_personal(name: Span, reference: Reference) -> bool:
    """Does such a name begin with a given name, or is it a person's by the nouns around it?"""
    if is_given_name(name[0].text, reference):
        return True
    root = name.root
    if root.dep_ == "appos" and _is_persons(root.head):
        return True
    if respelled(name.text, reference) is not None:
        return True
    described = (child for child in root.children if child.i >= name.end)
    return any(
        (child.dep_ == "appos" and _is_persons(child)) or (child.dep_ == "relcl" and any(t.lower_ == "who" for t in child.lefts))
        for child in described
    )


def _is_persons(noun: Token) -> bool:
    lemma = noun.base
    return lemma in words_of("person_nouns") or lemma in office_heads()


def _is_in_title(name: Span, reference: Reference) -> bool:
    """“Defence” in “Defence Minister”, “State” in “Secretary of State”: the portfolio of an office, no name."""
    doc, start, end = name.doc, name.start, name.end
    if end < len(doc) and doc[end].base in office_heads():
        return reference.office_named(f"{name.text} {doc[end].text}") is not None
    if start >= 2 and doc[start - 1].lower_ in ("of", "for") and doc[start - 2].base in office_heads():
        return reference.office_named(f"{doc[start - 2].text} {doc[start - 1].text} {name.text}") is not None
    return False


def _is_body(name: Span, known_at: Mapping[int, Candidate], reference: Reference) -> bool:
    """“Turkish Foreign Ministry”, “Ministry of Defence of Ukraine”: found as the body of its state."""
    own = [t for t in name if not ((c := known_at.get(t.i)) is not None and c.type == "State") and t.lower_ not in _POSSESSIVES]
    while own and own[-1].lower_ in ("of", "the"):
        own.pop()
    return bool(own) and len(own) > 1 and reference.is_body(name.doc[own[0].i : own[-1].i + 1].text)


def _known(name: str, reference: Reference) -> tuple[Known, ...]:
    """The people of the reference data with that name, with or without initials and middle names."""
    plain = _INITIAL.sub("", _TITLES.sub("", name))
    parts = plain.split()
    for form in dict.fromkeys((name, plain, f"{parts[0]} {parts[-1]}" if len(parts) > 2 else plain)):
        found = tuple(known for known in reference.named(form) if known.type == "Person")
        if found:
            return found
    return ()


@cache
def office_heads() -> frozenset[str]:
    """Nouns in which the names of offices end."""
    return frozenset(word_lists("offices.toml")["heads"])


@cache
def titles_and_ranks() -> frozenset[str]:
    """Nouns that stand before a person's name."""
    return office_heads() | words_of("ranks")


@cache
def words_of(key: str) -> frozenset[str]:
    """A list of ``lexicon/agents.toml``."""
    return frozenset(word_lists("agents.toml")[key])
