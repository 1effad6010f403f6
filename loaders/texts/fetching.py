"""What stands at an http(s) address: plain text, a web page, or an answer of an API."""

import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from ontology.errors import IrkgError, UnreachableError, UsageError

AGENT = "irkg (knowledge graph of Israel-Russia relations)"
PAGE_TYPES = ("text/html", "application/xhtml+xml")
WIKITEXT_TYPES = ("text/x-wiki", "text/wikitext")
WIKIPEDIA = "wikipedia:"
BUSY = (429, 503)
_TIMEOUT_S = 30
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave. ``address`` is the one that it came from in the end; ``retry_after`` what a busy server asks for."""

    content: bytes
    kind: str
    address: str
    charset: str | None = None
    status: int = 200
    reason: str = ""
    retry_after: str | None = None


def fetch(address: str) -> bytes:
    """What a server gives as plain text.

    Raises:
        UnreachableError: the server can't be reached, or refuses.
        IrkgError: it gives no plain text, or too much.
    """
    answer = _accepted(address, ask(address, "text/plain"))
    if answer.kind != "text/plain":
        raise IrkgError(f"{address}: is {answer.kind}, not text/plain; save its text to a file and name that")
    return answer.content


def fetch_page(address: str) -> Answer:
    """A web page, or text; errors as for ``fetch``."""
    answer = _accepted(address, ask(address, ", ".join(("text/html", "text/plain", *PAGE_TYPES[1:], *WIKITEXT_TYPES))))
    if answer.kind not in ("text/plain", *PAGE_TYPES, *WIKITEXT_TYPES):
        raise IrkgError(f"{address}: is {answer.kind}, neither text/plain nor a web page; save its text to a file and name that")
    return answer


def ask(address: str, accept: str, form: Mapping[str, str] | None = None) -> Answer:
    """What a server answers, refusals too; with a ``form`` the question is a POST.

    Raises:
        UsageError: the address is not well formed.
        UnreachableError: the server can't be reached.
        IrkgError: it gives too much.
    """
    body = urllib.parse.urlencode(form).encode("ascii") if form is not None else None
    try:
        request = urllib.request.Request(address, data=body, headers={"User-Agent": AGENT, "Accept": accept})
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as given:
            announced = given.headers.get("Content-Length", "")
            content: bytes = given.read(_MOST_BYTES + 1)
            headers = given.headers
            answer = Answer(
                content, headers.get_content_type(), given.geturl(), headers.get_content_charset(), retry_after=headers.get("Retry-After")
            )
    except urllib.error.HTTPError as error:
        with error:
            return Answer(
                b"",
                "",
                address,
                status=error.code,
                reason=" ".join(str(error.reason).split()),
                retry_after=error.headers.get("Retry-After"),
            )
    except (http.client.InvalidURL, ValueError) as error:
        raise UsageError(
            f"{address}: is no well-formed address ({error}); write a blank as %20, and letters beyond ASCII likewise"
        ) from None
    except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
        reason = " ".join(str(getattr(error, "reason", error)).split())
        raise UnreachableError(f"{address}: can't be reached ({reason}); check it, or save its text to a file") from None
    if len(content) > _MOST_BYTES:
        raise IrkgError(f"{address}: is larger than {_MOST_BYTES} bytes")
    if announced.isdecimal() and len(content) < int(announced):
        raise UnreachableError(f"{address}: can't be reached (cut off after {len(content)} of {announced} bytes); try again")
    return answer


def is_address(place: str) -> bool:
    """Is it an http(s) address, not a file?"""
    return place.startswith(("http://", "https://"))


def is_remote(place: str) -> bool:
    """Is it an address or a page of Wikipedia, not a file?"""
    return is_address(place) or place.startswith(WIKIPEDIA)


def other_host(asked: str, answered: str) -> str | None:
    """The host that answered, where it is not the one that was asked."""
    host = urllib.parse.urlsplit(answered).netloc
    return host if host != urllib.parse.urlsplit(asked).netloc else None


def _accepted(address: str, answer: Answer) -> Answer:
    if answer.status >= 400 or answer.reason:
        asks = answer.status in BUSY and (answer.retry_after or "").isdecimal()
        later = f" (try again in {answer.retry_after} s)" if asks else ""
        raise UnreachableError(f"{address}: the server answers {answer.status} {answer.reason}{later}")
    return answer
