"""Queries that a parser can't be trusted with.

Oxigraph reads SPARQL by recursion: 5,000 nested brackets or 10,000 terms of a sum overflow the stack and
end the process, and no exception can be caught. Such a query is refused before it is parsed.
"""

import re

from ontology.errors import UsageError

DEEPEST = 200  # brackets within brackets; Oxigraph 0.5.13 stands 2,000
MOST_OPERATORS = 1_000  # Oxigraph 0.5.13 stands 1,000 of each kind and falls before 10,000

# Comments, strings and IRIs are passed over; what is left of the query are brackets and operators.
_TOKEN = re.compile(
    r"""
    \"\"\".*?\"\"\" | '''.*?''' | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
    | <[^<>"{}|^`\\\s]*> | \#[^\n]*
    | (?P<open>[{(\[]) | (?P<close>[})\]])
    | (?P<operator>\|\|? | && | [!+*/^;-] | (?<!\d)\. | \b(?:UNION|OPTIONAL|MINUS|EXISTS|BIND|FILTER)\b)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def check_limits(query: str) -> None:
    """Lets pass what can be parsed safely.

    Raises:
        UsageError: brackets are nested too deep, or there are too many operators.
    """
    depth = operators = 0
    for token in _TOKEN.finditer(query):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["operator"]:
            operators += 1
        if depth > DEEPEST:
            raise UsageError(f"the query nests more than {DEEPEST} brackets; write it flatter")
        if operators > MOST_OPERATORS:
            raise UsageError(f"the query has more than {MOST_OPERATORS} operators and patterns; split it, or use VALUES or IN")
