"""The named queries: which there are, and their answers."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ontology.errors import UsageError
from queries.answers import Answer, QueryStore, ask
from queries.binding import bind
from queries.headers import NamedQuery, read_query

FOLDER = Path(__file__).parent

# The columns by which a row carries its record, source, span and words.
EVIDENCE = ("record", "start", "end", "text", "source")
_IRIS = ("record_a", "record_b", "records")  # of rows that are about several records


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The queries of the folder by name, sorted."""
    files = sorted(FOLDER.glob("*.rq"))
    return MappingProxyType({file.stem: read_query(file.stem, file.read_text("utf-8")) for file in files})


def find(name: str) -> NamedQuery:
    """The query of that name.

    Raises:
        UsageError: there is none; the nearest name is suggested.
    """
    queries = named_queries()
    if name in queries:
        return queries[name]
    near = get_close_matches(name.lower(), queries, n=1, cutoff=0.5)
    hint = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(queries)}"
    raise UsageError(f"no query is named “{name}”; {hint}")


def run(store: QueryStore, name: str, parameters: Mapping[str, str] | None = None) -> Answer:
    """The answer to a named query.

    Raises:
        UsageError: an unknown name or parameter, or a value that does not fit.
    """
    query = find(name)
    answer = ask(store, bind(store, query, parameters or {}), query.name)
    return Answer(answer.columns, answer.rows, of_records=set(EVIDENCE) <= set(answer.columns), iris=_IRIS)
