"""Plain text from an http(s) address."""

import urllib.error
import urllib.request

from ontology.errors import IrkgError, UnreachableError

_TIMEOUT_S = 30
_MOST_BYTES = 20_000_000
_AGENT = "irkg (knowledge graph of Israel-Russia relations)"


def fetch(address: str) -> bytes:
    """What a server gives as plain text.

    Raises:
        UnreachableError: the server can't be reached, or refuses.
        IrkgError: it gives no plain text, or too much.
    """
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT, "Accept": "text/plain"})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            kind = answer.headers.get_content_type()
            content: bytes = answer.read(_MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise UnreachableError(f"{address}: the server answers {error.code} {error.reason}") from None
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise UnreachableError(f"{address}: can't be reached ({getattr(error, 'reason', error)})") from None
    if kind != "text/plain":
        raise IrkgError(f"{address}: is {kind}, not text/plain; save its text to a file and name that")
    if len(content) > _MOST_BYTES:
        raise IrkgError(f"{address}: is larger than {_MOST_BYTES} bytes")
    return content


def is_address(place: str) -> bool:
    """Is it an http(s) address, not a file?"""
    return place.startswith(("http://", "https://"))
