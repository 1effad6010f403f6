"""Queries that a parser can't be trusted with.

Oxigraph reads and plans SPARQL by recursion: 5,000 nested brackets, 10,000 terms of a sum or 5,000 columns overflow the stack
and end the process, and no exception can be caught. And the time in which it plans a group grows with the fourth power of the
patterns there. Such a query is refused before it is parsed.
"""

import re

from ontology.errors import UsageError

DEEPEST = 200  # brackets within brackets; Oxigraph 0.5.13 stands 2,000
MOST_OPERATORS = 1_000  # Oxigraph 0.5.13 stands 1,000 of each kind and falls before 5,000
MOST_JOINED = 100  # Oxigraph 0.5.13 plans 100 in 1 s, 150 in 7 s

_GAP = r"(?:\s|\#[^\n]*)*+"
# Comments and strings are passed over; what is left of the query are brackets, terms, and what stands between them.
_TOKEN = re.compile(
    rf"""
    \"\"\".*?\"\"\" | '''.*?''' | "[^"\\\n]*+(?:\\.[^"\\\n]*+)*+" | '[^'\\\n]*+(?:\\.[^'\\\n]*+)*+' | \#[^\n]*
    | (?P<term><[^<>"{{}}|^`\\\s]*> | [?$]\w+ | \d+(?:\.\d+)? | (?<![\w-])[\w-]*+:(?:[\w:%-]|\.(?=[\w:%-]))*+)
    | \bVALUES{_GAP}(?:[?$]\w+|\([^()]*\)){_GAP}(?P<table>\{{) | (?P<open>[{{(\[]) | (?P<close>[}})\]]) | (?P<joins>[.;])
    | (?P<operator><< | \|\|? | && | [!+*/^-] | \b(?:UNION|OPTIONAL|MINUS|EXISTS|BIND|FILTER)\b) | (?P<between>[,=<>]) | \w+
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def check_limits(query: str) -> None:
    """Lets pass what can be parsed safely.

    Raises:
        UsageError: brackets are nested too deep, or there are too many operators, or patterns that are joined.
    """
    opened, joined = [""], [0]  # the brackets around a place, and what was joined in each
    operators = 0
    for token in _TOKEN.finditer(query):
        kind, within = token.lastgroup, opened[-1]
        if kind == "close":
            if len(opened) > 1:
                opened.pop()
                joined.pop()
        elif kind is not None and (within != "table" or kind == "open"):
            operators += _is_operator(kind, token[0], within)
            joined[-1] += _joins(kind, token[0], within)
            _check(len(opened), operators, joined[-1] if within else 0)
        if kind in ("open", "table"):
            opened.append("table" if kind == "table" or within == "table" else token[0])
            joined.append(0)


def _is_operator(kind: str, token: str, within: str) -> bool:
    """Is it one of those of which a query may have so many? A table's brackets are not, and terms outside all brackets."""
    if kind == "term":
        return not within
    return within != "table" and (kind != "between" or (token == "," and within != "("))


def _joins(kind: str, token: str, within: str) -> int:
    """What a token adds to the patterns of its group; in round brackets a list has as many as it has terms with nothing between them."""
    if within == "table":
        return 0
    if within == "(":
        return 1 if kind in ("term", "open", "table") else -1
    return int(kind in ("joins", "open", "table") or token == ",")


def _check(depth: int, operators: int, joined: int) -> None:
    if depth > DEEPEST:
        raise UsageError(f"the query nests more than {DEEPEST} brackets; write it flatter")
    if operators > MOST_OPERATORS:
        raise UsageError(f"the query has more than {MOST_OPERATORS} operators and patterns; split it, or use VALUES or IN")
    if joined > MOST_JOINED:
        raise UsageError(f"the query joins more than {MOST_JOINED} patterns in one group; split it, or use VALUES or IN")
