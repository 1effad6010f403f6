"""What a query calls for, told from its words without parsing it: another server, or graphs of its own choice.

Comments, strings and IRIs are passed over. One thing only the grammar can tell: whether ``<`` opens an IRI or means
“less than”. Both readings are followed, so that no query can hide a word behind the one that its parser does not take.
"""

import re
from collections.abc import Iterator

_GAP = r"(?:\s|\#[^\r\n]*+)*+"
_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_VARIABLE = r"[?$]\w+"
_PREFIXED = r"(?:[^\W\d_][\w.-]*+(?<!\.))?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*"

# Words with a full stop or a hyphen between them are one token: where a prefix is sought, what has none is read once.
_TOKEN = re.compile(
    rf"""
    \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*+'''
    | "[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+" | '[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*+'
    | \#[^\r\n]* | {_IRI} | {_VARIABLE} | @[\w-]+ | {_PREFIXED} | \s+
    | (?P<words>[^\W\d_][\w.-]*|\w+) | .
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"\w+")
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_SERVICE = re.compile(rf"SERVICE{_GAP}(?:SILENT{_GAP})?(?:{_IRI}|{_VARIABLE}|{_PREFIXED}){_GAP}\{{", re.IGNORECASE)
_FROM = re.compile(rf"FROM{_GAP}(?:NAMED{_GAP})?(?:{_IRI}|{_PREFIXED})", re.IGNORECASE)


def calls_a_service(query: str) -> bool:
    """Whether the query sends a part of itself to another server (``SERVICE``)."""
    return "service" in query.lower() and any(_SERVICE.match(query, place) for place in _words(query))


def names_its_graphs(query: str) -> bool:
    """Whether the query says over which graphs it is answered (``FROM``, ``FROM NAMED``)."""
    return "from" in query.lower() and any(_FROM.match(query, place) for place in _words(query))


def asks_for_triples(query: str) -> bool:
    """Whether it is a CONSTRUCT or DESCRIBE. Before the word that says so ``<`` always opens an IRI."""
    words = (word[0].upper() for token in _TOKEN.finditer(query) if token["words"] for word in _WORD.finditer(token["words"]))
    return next((word for word in words if word in _FORMS), "") in ("CONSTRUCT", "DESCRIBE")


def _words(query: str) -> Iterator[int]:
    """Where a bare word may begin, in one reading of the query or another."""
    begins = {0}
    while begins:
        place = min(begins)
        begins.remove(place)
        token = _TOKEN.match(query, place)
        if token is None:
            continue
        if token["words"]:
            yield from (word.start() for word in _WORD.finditer(query, place, token.end()))
        begins.add(token.end())
        if query[place] == "<":
            begins.add(place + 1)
