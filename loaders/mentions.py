"""Names in a text: the longest names of the reference data, then the model's own names.

Nothing is resolved here; a mention may fit several entities. ``loaders.actors`` decides.
"""

import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span

from ontology.names import words
from ontology.reference import Known, Reference

_NAMED = {"PERSON": "Person", "ORG": "Organisation", "GPE": "Place", "LOC": "Place", "FAC": "Place", "NORP": "Group"}
_TITLES = re.compile(r"^(?:mr|mrs|ms|dr|prof|professor|sir|lord|lady|general|gen|colonel|col|admiral|sheikh|rabbi|patriarch|pope|comrade)\.?\s+", re.IGNORECASE)
_INITIAL = re.compile(r"\s(?:[A-Z]\.)+(?=\s)")


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
        return self.end - self.start


def find_candidates(doc: Doc, reference: Reference, told: Container[str] = ()) -> list[Candidate]:
    """All names of a paragraph, longest first where they overlap, in order of their place.

    ``told`` holds the surnames, in small letters, of the people that the document has named before.
    """
    from_reference = list(_gazetteer(doc, reference))
    inside_names = {i: c for c in from_reference for i in range(c.start, c.end)}
    from_model = [c for ent in doc.ents if (c := _of_model(ent, inside_names, reference))]
    surnames = list(_surnames(doc, reference, told))
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted([*from_reference, *surnames, *from_model], key=lambda c: (-c.length, not c.known, c.start)):
        tokens = range(candidate.start, candidate.end)
        if taken.isdisjoint(tokens):
            chosen.append(candidate)
            taken.update(tokens)
    return sorted(chosen, key=lambda c: c.start)


def _gazetteer(doc: Doc, reference: Reference) -> Iterator[Candidate]:
    """The longest name of the reference data that starts at each token with a capital or figure."""
    names = reference.longest_names()
    token_words = [words(token.text) for token in doc]
    for token in doc:
        if not token_words[token.i] or not (token.text[0].isupper() or token.is_digit):
            continue
        key: tuple[str, ...] = ()
        best: Candidate | None = None
        for end in range(token.i, len(doc)):
            key += token_words[end]
            if len(key) > reference.longest_name:
                break
            if token_words[end] and key in names and (found := reference.named(doc[token.i : end + 1].text)):
                how = reference.how(doc[token.i : end + 1].text, found[0]) or "name"
                best = Candidate(token.i, end + 1, found, how, found[0].type)
        if best is not None:
            yield best


def _surnames(doc: Doc, reference: Reference, told: Container[str]) -> Iterator[Candidate]:
    """Surnames that the model overlooked: of people told before, or known for their office."""
    for token in doc:
        if token.pos_ == "PROPN" and token.ent_type_ in ("", "PERSON", "ORG", "GPE", "NORP", "FAC") and token.text[0].isupper() and len(token) > 2:
            alone = token.dep_ not in ("compound", "amod") and not (token.i and doc[token.i - 1].dep_ == "compound" and doc[token.i - 1].ent_type_ == token.ent_type_ != "")
            if token.lower_ in told or (alone and reference.surname(token.text)):
                yield Candidate(token.i, token.i + 1, (), "surname", "Person")


def _of_model(ent: Span, known_at: Mapping[int, Candidate], reference: Reference) -> Candidate | None:
    """A name that the language model found, without articles, possessives, titles and states beside it."""
    kind = _NAMED.get(ent.label_)
    if kind is None:
        return None
    start, end = _trimmed(ent, known_at if kind == "Person" else {})
    if start == end or not _looks_like_a_name(ent.doc[start:end], kind):
        return None
    known = _known(ent.doc[start:end].text, reference) if kind == "Person" else ()
    return Candidate(start, end, known, "name", kind)


def _trimmed(ent: Span, known_at: Mapping[int, Candidate]) -> tuple[int, int]:
    """“Prime Minister of Israel Naftali Bennett” as one name is “Naftali Bennett”."""
    start, end, doc = ent.start, ent.end, ent.doc
    titles = [t.i for t in ent if t.lemma_.lower() in office_heads() and t.i + 1 < end]
    beside = [i + 1 for i in range(start, end - 1) if i in known_at and known_at[i].type != "Person"]
    start = max([start, *(i + 1 for i in titles), *(i for i in beside if i < end)])
    while start < end and (doc[start].is_punct or doc[start].pos_ in _NO_NAME_BEGINS or doc[start].lower_ in ("the", "a", "an", "of") or _TITLES.match(doc[start].text + " ")):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].lower_ in ("'s", "'", "’s", "’")):
        end -= 1
    return start, end


def _looks_like_a_name(span: Span, kind: str) -> bool:
    last = span[-1]
    if not any(token.text[0].isupper() for token in span) or any(token.like_num for token in span):
        return False
    if _ATTITUDE.match(span.text) or last.lemma_.lower() in words_of("not_bodies") | office_heads():
        return False
    if kind in ("Organisation", "Place") and len(span) == 1 and last.pos_ != "PROPN":
        return False
    if kind == "Person":
        return all(token.text[0].isupper() or token.lower_ in _PARTICLES or token.is_punct for token in span)
    return True


_NO_NAME_BEGINS = frozenset({"ADP", "ADV", "AUX", "DET", "PRON", "SCONJ", "VERB"})
_ATTITUDE = re.compile(r"(?:anti|ex|neo|non|post|pre|pro)\W", re.IGNORECASE)
_PARTICLES = frozenset({"al", "bin", "ben", "bint", "da", "de", "del", "der", "di", "dos", "el", "ibn", "la", "le", "van", "von", "and"})


def _known(name: str, reference: Reference) -> tuple[Known, ...]:
    """The people of the reference data with that name, with or without initials and middle names."""
    plain = _INITIAL.sub("", _TITLES.sub("", name))
    parts = plain.split()
    for form in dict.fromkeys((name, plain, f"{parts[0]} {parts[-1]}" if len(parts) > 2 else plain)):
        found = tuple(known for known in reference.named(form) if known.type == "Person")
        if found:
            return found
    return ()


def office_heads() -> frozenset[str]:
    """Nouns in which the names of offices end."""
    return frozenset(_lexicon("offices.toml")["heads"])


def words_of(key: str) -> frozenset[str]:
    """A list of ``lexicon/agents.toml``."""
    return frozenset(_lexicon("agents.toml")[key])


@cache
def _lexicon(name: str) -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "lexicon" / name).read_text(encoding="utf-8"))
