"""What stands at an http(s) address: plain text, a web page, or an answer of an API.

Only http(s) is followed, to public addresses only unless told, within limits of size, time and redirects. Web pages
are asked for by the rules of their host's ``robots.txt``. What was fetched is kept where the run keeps it.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from time import monotonic
from urllib.parse import quote, urlencode, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from loaders.texts.addresses import PRIVATE_SETTING, split
from loaders.texts.kept import fetching_now, keep, recalled
from loaders.texts.robots import rules_in
from loaders.texts.wire import Answer, Limits, exchange, said
from ontology.errors import IrkgError, UnreachableError, UsageError

NAME = "irkg"
CONTACT = "https://w3id.org/irkg/"
PAGE_TYPES = ("text/html", "application/xhtml+xml")
WIKITEXT_TYPES = ("text/x-wiki", "text/wikitext")
WIKIPEDIA = "wikipedia:"
BUSY = (429, 503)
LIMITS = Limits()
_REDIRECTS = (301, 302, 303, 307, 308)
_PLAIN = ("text/plain",)
_PAGES = ("text/html", *_PLAIN, *PAGE_TYPES[1:], *WIKITEXT_TYPES)
_URL_SIGNS = "!#$%&'()*+,/:;=?@[]~"  # what stays as it is where a server redirects to an address with a blank or a letter beyond ASCII


def fetch(address: str, limits: Limits = LIMITS) -> bytes:
    """What a server gives as plain text.

    Raises:
        UsageError: the address is not well formed.
        UnreachableError: the server can't be reached, or refuses.
        IrkgError: the address is no public one, is not for programs, or gives no plain text, or too much.
    """
    return _fetched(address, _PLAIN, "not text/plain", limits).content


def fetch_page(address: str, limits: Limits = LIMITS) -> Answer:
    """A web page, or text; errors as for ``fetch``."""
    return _fetched(address, _PAGES, "neither text/plain nor a web page", limits)


def ask(address: str, accept: str, form: Mapping[str, str] | None = None, limits: Limits = LIMITS, *, as_robot: bool = False) -> Answer:
    """What a server answers in the end, refusals too; with a ``form`` the question is a POST, and no redirect is followed.

    ``as_robot`` keeps to the ``robots.txt`` of each host on the way. Errors as for ``fetch``, but for what is given.
    """
    split(address)
    body = urlencode(form).encode("ascii") if form is not None else None
    headers = {"User-Agent": agent(), "Accept": accept, "Accept-Encoding": "gzip"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return exchange(address, headers, body, limits, monotonic() + limits.seconds, private=_private())
    return _followed(address, headers, limits, _check_robots if as_robot else lambda step: None)


@lru_cache(maxsize=1)
def agent() -> str:
    """What we call ourselves: the project, its version, and where to find who wrote it."""
    try:
        version = metadata.version(NAME)
    except metadata.PackageNotFoundError:  # run from its folder, not installed
        version = "0"
    return f"{NAME}/{version} ({CONTACT})"


def is_address(place: str) -> bool:
    """Is it an http(s) address, not a file?"""
    return place.startswith(("http://", "https://"))


def is_remote(place: str) -> bool:
    """Is it an address or a page of Wikipedia, not a file?"""
    return is_address(place) or place.startswith(WIKIPEDIA)


def other_host(asked: str, answered: str) -> str | None:
    """The host that answered, where it is not the one that was asked."""
    host = urlsplit(answered).netloc
    return host if host != urlsplit(asked).netloc else None


def _fetched(address: str, kinds: Sequence[str], what_not: str, limits: Limits) -> Answer:
    """The answer that was kept, or else the server's."""
    kept = recalled(address)
    answer = kept or ask(address, ", ".join(kinds), limits=limits, as_robot=True)
    if answer.refuses:
        asks = answer.status in BUSY and (answer.retry_after or "").isdecimal()
        later = f" (try again in {answer.retry_after} s)" if asks else ""
        raise UnreachableError(f"{address}: the server answers {answer.status} {answer.reason}{later}")
    if answer.kind not in kinds:
        raise IrkgError(f"{address}: is {said(answer.kind)}, {what_not}; save its text to a file and name that")
    if kept is None:
        keep(address, answer)
    return answer


def _followed(address: str, headers: Mapping[str, str], limits: Limits, check: Callable[[str], None]) -> Answer:
    """What stands where the redirects end. Each step is checked, and all of them have one time together."""
    ends, step = monotonic() + limits.seconds, address
    for _ in range(limits.redirects + 1):
        check(step)
        answer = exchange(step, headers, None, limits, ends, private=_private())
        if answer.status not in _REDIRECTS or answer.location is None:
            return answer
        step = _next_step(address, step, answer.location)
    raise IrkgError(f"{address}: redirects more than {limits.redirects} times; name the address where it ends")


def _next_step(address: str, step: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        IrkgError: to what is not fetched: another protocol, an address with a password, or from https to http.
    """
    shown = said(location)
    try:
        # As browsers take it: what may not stand in an address is written by its bytes, which headers hold as Latin-1.
        following = quote(urljoin(step, location), safe=_URL_SIGNS, encoding="iso-8859-1").partition("#")[0]
        scheme = split(following).scheme
    except (ValueError, UsageError):
        raise IrkgError(f"{address}: redirects to {shown}, which is not fetched; save its text to a file and name that") from None
    if scheme == "http" and urlsplit(step).scheme == "https":
        raise IrkgError(f"{address}: redirects from https to {shown}; name that address itself if you trust the way to it")
    return following


def _private() -> bool:
    return fetching_now().private or os.environ.get(PRIVATE_SETTING, "") not in ("", "0")


def _check_robots(address: str) -> None:
    """Asks whether a program may read an address.

    Raises:
        IrkgError: it may not.
        UnreachableError: its host can't say, and so it may not either.
    """
    parts = urlsplit(address)
    rules = f"{parts.scheme}://{parts.netloc}/robots.txt"
    try:
        allowed = _rules(rules, _private()).can_fetch(NAME, address)
    except UnreachableError as error:
        raise UnreachableError(f"{address}: {str(error).removeprefix(f'{rules}: ')}") from None
    if not allowed:
        raise IrkgError(f"{address}: is not for programs, as its host says in /robots.txt; save the page to a file and name that")


@lru_cache(maxsize=256)
def _rules(address: str, private: bool) -> RobotFileParser:
    """What a ``robots.txt`` says, asked for once in a run (and again where private addresses are asked too)."""
    try:
        answer = _followed(address, {"User-Agent": agent(), "Accept": "text/plain"}, LIMITS, lambda step: None)
    except UnreachableError:
        raise
    except IrkgError:  # too large, or it leads nowhere: as if there were none (RFC 9309, 2.3.1.2); the page has its own checks
        answer = Answer(b"", "", address, status=404)
    return rules_in(answer)
