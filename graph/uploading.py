"""A graph put on a SPARQL server by the Graph Store Protocol (SPARQL 1.1 Graph Store HTTP Protocol, W3C 2013).

Each named graph is replaced: the first batch is PUT, those after it are POSTed. A server that is busy or away for a moment
is asked again; N-Triples without blank nodes may be sent twice, which changes nothing.
"""

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import RdfFormat, Triple, serialize

from graph.store import GraphStore
from ontology.errors import IrkgError, UnreachableError, UsageError

BATCH = 4_000  # triples; Virtuoso 7 hangs up on requests of many megabytes
_TRIES = 4
_FIRST_PAUSE_S = 0.5
_TIMEOUT_S = 120
_MOST_SAID = 300  # bytes of a server's complaint
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What was sent."""

    graphs: int
    triples: int


def upload(
    store: GraphStore,
    address: str,
    say: Callable[[str], None],
    *,
    batch: int = BATCH,
    pause_s: float = _FIRST_PAUSE_S,
) -> Uploaded:
    """Replaces on a server the named graphs that a store has; the server's other graphs stay as they are.

    Args:
        store: The graph.
        address: Where the server takes graphs: ``http://HOST:7878/store`` of Oxigraph,
            ``http://USER:PASSWORD@HOST:8890/sparql-graph-crud-auth`` of Virtuoso.
        say: Told of each graph and of each wait.
        batch: Triples in a request.
        pause_s: Seconds before the second try; the double of it before the third, and so on.

    Raises:
        UnreachableError: the server is gone, or stays busy; the message says which graphs it holds by then.
        IrkgError: it refuses a graph.
        UsageError: the address is not well formed.
    """
    server = _Server(address, say, pause_s)
    names = store.graphs()
    triples = 0
    for number, name in enumerate(names):
        try:
            sent = server.replace(name, (quad.triple for quad in store.quads(name)), batch)
        except UnreachableError as error:
            raise UnreachableError(
                f"{error}; {number} of {len(names)} graphs are there whole, and <{name}> may be there in part: send them again"
            ) from None
        triples += sent
        say(f"<{name}>: {sent} triples")
    return Uploaded(len(names), triples)


class _Server:
    """Where graphs are sent, with what is needed to be let in."""

    def __init__(self, address: str, say: Callable[[str], None], pause_s: float) -> None:
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{address}: is no http(s) address of a graph store")
        self._address = urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        self._say = say
        self._pause_s = pause_s
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        if parts.username:
            known.add_password(None, self._address, urllib.parse.unquote(parts.username), urllib.parse.unquote(parts.password or ""))
        self._opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known))

    def replace(self, graph: str, triples: Iterator[Triple], batch: int) -> int:
        """Sends the triples of one graph; how many there were."""
        sent = 0
        for first, some in _batches(triples, batch):
            self._send(graph, "PUT" if first else "POST", _ntriples(some))
            sent += len(some)
        return sent

    def _send(self, graph: str, method: str, content: bytes) -> None:
        for attempt in range(1, _TRIES + 1):
            problem = self._try(graph, method, content)
            if problem is None:
                return
            if attempt < _TRIES:
                pause = self._pause_s * 2 ** (attempt - 1)
                self._say(f"{self._address}: {problem}; trying again in {pause:g} s")
                time.sleep(pause)
        raise UnreachableError(f"{self._address}: {problem}, {_TRIES} times")

    def _try(self, graph: str, method: str, content: bytes) -> str | None:
        """Sends a request; what was wrong where it may be better the next time, None where all is well."""
        where = f"{self._address}{'&' if '?' in self._address else '?'}graph={urllib.parse.quote(graph, safe='')}"
        headers = {"Content-Type": "application/n-triples", "User-Agent": "irkg"}
        request = urllib.request.Request(where, data=content, method=method, headers=headers)
        try:
            with self._opener.open(request, timeout=_TIMEOUT_S):
                return None
        except urllib.error.HTTPError as error:
            with error:
                said = " ".join(error.read(_MOST_SAID).decode("utf-8", "replace").split())
            if error.code in _BUSY:
                return f"answers {error.code} {error.reason}"
            raise IrkgError(f"{self._address} refuses <{graph}>: {error.code} {error.reason} {said}".rstrip()) from None
        except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
            return f"can't be reached ({' '.join(str(getattr(error, 'reason', error)).split())})"


def _batches(triples: Iterator[Triple], size: int) -> Iterator[tuple[bool, list[Triple]]]:
    """Batches of triples, and whether each is the first; an empty graph has one that is empty."""
    first = list(islice(triples, size))
    yield True, first
    for triple in triples:
        yield False, [triple, *islice(triples, size - 1)]


def _ntriples(triples: list[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
