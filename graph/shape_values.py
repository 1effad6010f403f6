"""Terms as N-Triples writes them, and what a shape may ask of one: its datatype, pattern, length, least value, order.

Written terms are strings, which cost a fraction of any library's nodes. A test is true where a term *surely* passes; of what is
written in an unusual way (``"+05"^^xsd:integer``) it says no, and pySHACL is asked.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

import pyoxigraph
from pyoxigraph import RdfFormat

Term = str
"""A term as N-Triples writes it: ``<https://e.org/a>``, ``"words"@en``."""

Test = Callable[[Term], bool]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING, _LANGUAGE_STRING = f"<{_XSD}string>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
_UNCHECKED = (f"<{_XSD}anyURI>", "<http://id.loc.gov/datatypes/edtf/EDTF>")  # any words are well formed
_NUMBERS = {f"<{_XSD}integer>": re.compile(r"-?[0-9]{1,18}"), f"<{_XSD}decimal>": re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")}
_NUMBER = re.compile(rf'"(-?[0-9]{{1,15}}(?:\.[0-9]{{1,15}})?)"\^\^<{re.escape(_XSD)}(?:integer|decimal)>')
_DAY = re.compile(rf'"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"\^\^<{re.escape(_XSD)}date>')
_TIMES: dict[str, tuple[str, Callable[[str], object]]] = {
    f"<{_XSD}date>": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat),
    f"<{_XSD}dateTime>": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?", datetime.fromisoformat),
}
_LONGEST_ESCAPE = 10  # characters that N-Triples may write for one: \U0001F600


def datatype_test(datatype: Term) -> Test | None:
    """Whether a term is a well-formed literal of a datatype; None for a datatype that is not known here."""
    ending = f'"^^{datatype}'
    if datatype == _STRING:
        return lambda term: term[0] == '"' == term[-1]
    if datatype == _LANGUAGE_STRING:
        return lambda term: term[0] == '"' and term[-1] not in '">'
    if datatype in _UNCHECKED:
        return lambda term: term.endswith(ending)
    if datatype in _NUMBERS:
        number = _NUMBERS[datatype]
        return lambda term: term.endswith(ending) and number.fullmatch(term, 1, len(term) - len(ending)) is not None
    if datatype in _TIMES:
        return _time_test(ending, *_TIMES[datatype])
    return None


def length_test(least: int, most: int | None) -> Test:
    """Whether the words of a term are so long, in characters; never of a blank node."""

    def test(term: Term) -> bool:
        if most is None and term[0] == '"' == term[-1] and len(term) - 2 >= least * _LONGEST_ESCAPE:
            return True  # however much of it is escapes
        said = words(term)
        return said is not None and least <= len(said) <= (len(said) if most is None else most)

    return test


def pattern_test(pattern: str) -> Test:
    """Whether a pattern is found in the words of a term; never of a blank node."""
    search = re.compile(pattern).search
    return lambda term: (said := words(term)) is not None and search(said) is not None


def least_test(least: float) -> Test:
    """Whether a literal is a number, and none below."""
    return lambda term: (number := _NUMBER.fullmatch(term)) is not None and float(number[1]) >= least


def is_before(first: Term, second: Term) -> bool:
    """Is the first before the second, numbers as numbers and days as days?"""
    one, other = _place(first), _place(second)
    return one is not None and other is not None and one[0] == other[0] and one < other


def is_not_after(first: Term, second: Term) -> bool:
    """Is the first before the second or the same?"""
    one, other = _place(first), _place(second)
    return one is not None and other is not None and one[0] == other[0] and one <= other


def is_iri(term: Term) -> bool:
    """Is it an IRI?"""
    return term[0] == "<" != term[1]  # “<<” opens a triple term


def words(term: Term) -> str | None:
    """The words of a literal, the address of an IRI; None of a blank node, and of a literal that a library may write anew."""
    if term[0] == "<":
        return term[1:-1]
    if term[0] != '"':
        return None
    end = len(term) - 1 if term[-1] == '"' else term.rindex('"')
    if term.startswith("^^", end + 1) and term[end + 3 :] not in _UNCHECKED:
        return None
    return term[1:end] if "\\" not in term else _unescaped(term)


def _unescaped(term: Term) -> str:
    (triple,) = pyoxigraph.parse(f"<a:a> <a:a> {term} .", format=RdfFormat.N_TRIPLES)
    return str(getattr(triple.object, "value", ""))


def _time_test(ending: str, pattern: str, read: Callable[[str], object]) -> Test:
    plainly = re.compile(pattern)

    @lru_cache(maxsize=8192)
    def test(term: Term) -> bool:
        written = term[1 : -len(ending)]
        if not term.endswith(ending) or not plainly.fullmatch(written):
            return False
        try:
            read(written)
        except ValueError:
            return False
        return True

    return test


def _place(term: Term) -> tuple[str, float | str] | None:
    """Where a number or a day stands among its like."""
    if number := _NUMBER.fullmatch(term):
        return "number", float(number[1])
    return ("day", day[1]) if (day := _DAY.fullmatch(term)) else None
