"""Plain text from an http(s) address."""

import http.client
import urllib.error
import urllib.request

from ontology.errors import IrkgError, UnreachableError, UsageError

_TIMEOUT_S = 30
_MOST_BYTES = 20_000_000
_AGENT = "irkg (knowledge graph of Israel-Russia relations)"


def fetch(address: str) -> bytes:
    """What a server gives as plain text.

    Raises:
        UnreachableError: the server can't be reached, or refuses.
        IrkgError: it gives no plain text, or too much.
    """
    try:
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT, "Accept": "text/plain"})
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            kind = answer.headers.get_content_type()
            announced = answer.headers.get("Content-Length", "")
            content: bytes = answer.read(_MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise UnreachableError(f"{address}: the server answers {error.code} {error.reason}") from None
    except (http.client.InvalidURL, ValueError) as error:
        raise UsageError(
            f"{address}: is no well-formed address ({error}); write a blank as %20, and letters beyond ASCII likewise"
        ) from None
    except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
        reason = " ".join(str(getattr(error, "reason", error)).split())
        raise UnreachableError(f"{address}: can't be reached ({reason}); check it, or save its text to a file") from None
    if kind != "text/plain":
        raise IrkgError(f"{address}: is {kind}, not text/plain; save its text to a file and name that")
    if len(content) > _MOST_BYTES:
        raise IrkgError(f"{address}: is larger than {_MOST_BYTES} bytes")
    if announced.isdecimal() and len(content) < int(announced):
        raise UnreachableError(f"{address}: can't be reached (cut off after {len(content)} of {announced} bytes); try again")
    return content


def is_address(place: str) -> bool:
    """Is it an http(s) address, not a file?"""
    return place.startswith(("http://", "https://"))
