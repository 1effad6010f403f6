"""A person under another spelling: “Dimitri Medvedev”, “Volodymyr Zelenskiy”, “Anataloy Viktorov”.

Two spellings are of one name when their consonants agree after the usual differences of transliteration, and most of
their letters do (Levenshtein-free: the ratio of ``difflib``); both the given name and the surname must.
"""

import re
from difflib import SequenceMatcher
from functools import cache

from loaders.actors.given_names import given_names
from ontology.names import fold
from ontology.reference import Known, Reference

_LEAST_ALIKE = 0.75  # share of letters; “Mahmoud” and “Mohammad” are below it, “Dimitri” and “Dmitry” above
_SAME_SOUNDS = (("shch", "sh"), ("sch", "sh"), ("ph", "f"), ("q", "k"), ("ck", "k"), ("x", "ks"), ("tz", "ts"), ("w", "v"), ("j", "y"))
_GLIDE = re.compile(r"^[yj](?=[aeou])")
_VOWELS = re.compile(r"(?<!^)[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")


def respelled(name: str, reference: Reference) -> Known | None:
    """The one known person whose full name is spelled a little differently; None if there is none or several."""
    parts = fold(name).split()
    if len(parts) < 2:
        return None
    found = {
        known.iri: known
        for given, surname, known in _people(reference).get((_skeleton(parts[0]), _skeleton(parts[-1])), ())
        if _alike(parts[0], given) and _alike(parts[-1], surname) and not _of_two_genders(parts[0], given)
    }
    return next(iter(found.values())) if len(found) == 1 else None


@cache
def _people(reference: Reference) -> dict[tuple[str, str], list[tuple[str, str, Known]]]:
    """The people by the consonants of their first and last words."""
    index: dict[tuple[str, str], list[tuple[str, str, Known]]] = {}
    for known in reference:
        if known.type != "Person":
            continue
        for name in (known.label, *known.names):
            parts = fold(name).split()
            if len(parts) >= 2:
                index.setdefault((_skeleton(parts[0]), _skeleton(parts[-1])), []).append((parts[0], parts[-1], known))
    return index


def _skeleton(word: str) -> str:
    """The consonants, and a vowel that the word begins with."""
    word = _GLIDE.sub("", word)
    for written, sound in _SAME_SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _LEAST_ALIKE


def _of_two_genders(one: str, other: str) -> bool:
    """“Alexandra” and “Alexander” are two people."""
    names = given_names()
    return any(one in names[a] and other in names[b] and one not in names[b] for a, b in (("female", "male"), ("male", "female")))
