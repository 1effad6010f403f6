"""A graph that a SPARQL 1.1 server holds: asked over HTTP, by POST, since queries can be long.

The server must answer queries without ``GRAPH`` over the union of its graphs (``oxigraph serve
--union-default-graph``).
"""

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request

import pyoxigraph as ox

from graph.prefixes import PREFIXES
from graph.query_words import asks_for_triples
from graph.rdf_files import too_deep
from ontology.errors import IrkgError, UnreachableError, UsageError

_TIMEOUT_S = 60
_WHOLE_S = 600  # until an answer has come whole, however slowly
_MOST_BYTES = 100_000_000  # of an answer
_BLOCK = 1 << 16
_MOST_SAID = 400  # bytes of a server's complaint
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"


class ServerStore:
    """A SPARQL server by the address of its query endpoint."""

    def __init__(self, address: str, timeout_s: float = _TIMEOUT_S) -> None:
        self.place = address
        self._timeout_s = timeout_s

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The server's answer to a query of any form.

        Raises:
            UnreachableError: no answer, or one that is not SPARQL's, or that does not end.
            UsageError: the server refuses the query.
        """
        kind, content = self._post(_with_prefixes(sparql))
        if too_deep(content.decode("utf-8", "replace")) is not None:
            raise UnreachableError(
                f"{self.place}: answers, but not as a SPARQL server (its brackets nest too deep); name its query endpoint"
            )
        try:
            if kind.startswith(_TRIPLES):
                return triples_answer(content)
            read = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
            if isinstance(read, ox.QueryBoolean):
                return read
            for _ in read:  # so that a row that is none is told here, where it is known whose it is
                pass
            return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, TypeError, MemoryError) as error:  # the last of a word of more than 16 MB
            raise UnreachableError(f"{self.place}: answers, but not as a SPARQL server ({error}); name its query endpoint") from error

    def _post(self, sparql: str) -> tuple[str, bytes]:
        # As a form: Virtuoso 7 never answers a query that is posted as itself. A server that is asked for rows may give triples as rows.
        accept = _TRIPLES if asks_for_triples(sparql) else _ROWS
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept, "User-Agent": "irkg"}
        form = urllib.parse.urlencode({"query": sparql}).encode("ascii")
        try:
            request = urllib.request.Request(self.place, data=form, headers=headers)
            with urllib.request.urlopen(request, timeout=self._timeout_s) as answer:
                return answer.headers.get_content_type(), self._read(answer)
        except urllib.error.HTTPError as error:
            with error:
                said = " ".join(error.read(_MOST_SAID).decode("utf-8", "replace").split())
            if error.code == 400:
                raise UsageError(f"{self.place} refuses the query: {said}") from None
            raise IrkgError(f"{self.place} answers {error.code} {error.reason}: {said}") from None
        except (http.client.InvalidURL, ValueError) as error:
            raise UsageError(f"{self.place}: is no well-formed address ({error})") from None
        except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
            reason = " ".join(str(getattr(error, "reason", error)).split())
            raise UnreachableError(f"{self.place}: can't be reached ({reason}); is the server running there?") from None

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        """All that a server sends, within bounds."""
        ends = time.monotonic() + _WHOLE_S
        content = bytearray()
        while block := answer.read1(_BLOCK):
            content += block
            if len(content) > _MOST_BYTES:
                raise UnreachableError(f"{self.place}: answers with more than {_MOST_BYTES:,} bytes; ask for less, with LIMIT")
            if time.monotonic() > ends:
                raise UnreachableError(f"{self.place}: has not answered whole in {_WHOLE_S} s; ask for less, with LIMIT")
        if answer.length:
            raise UnreachableError(f"{self.place}: breaks off its answer; try again")
        return bytes(content)


def triples_answer(content: bytes) -> "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples":
    """N-Triples as the engine's own answer, which can't be made but by asking for it."""
    store = ox.Store()
    store.extend(ox.parse(content, format=ox.RdfFormat.N_TRIPLES))
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")


def _with_prefixes(sparql: str) -> str:
    """The query with the prefixes that it does not declare itself, as on every store of ours.

    They stand before its first line, so that a complaint of the server names the user's own lines.
    """
    missing = [f"PREFIX {prefix}: <{iri}>" for prefix, iri in sorted(PREFIXES.items()) if f"PREFIX {prefix}:" not in sparql]
    return " ".join([*missing, sparql])
