"""A page of Wikipedia by its title, through the MediaWiki API and with its manners.

The user agent names the project and where to find us; ``maxlag`` has the servers refuse when they are behind, and then, as
when they are busy, the wait that they ask for is kept, within bounds. Answers may come packed. Redirects of
titles are followed by the API itself. An answer is kept, as a page is, where the run keeps any.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from loaders.texts.fetching import BUSY, WIKIPEDIA, ask
from loaders.texts.kept import keep, recalled
from loaders.texts.wire import Answer
from ontology.errors import IrkgError, UnreachableError, UsageError

API_SETTING = "IRKG_WIKIPEDIA_API"
_API = "https://{language}.wikipedia.org/w/api.php"
_MAXLAG = "5"
_MOST_TRIES = 4
_WAIT_S = 5  # where a busy server does not say how long
_LONGEST_WAIT_S = 60
_TITLES_AT_ONCE = 50  # the API's own bound
_LANGUAGE = re.compile(r"(?P<language>[a-z]{2,3}(?:-[a-z]{2,10})*|simple):(?P<title>.*)")
_LONGEST_TITLE = 255  # bytes

Wait = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the API gives it: its wikitext and which revision that is. ``redirected`` is the title that led to another."""

    title: str
    wikitext: str
    address: str | None
    revision: str
    modified: str
    redirected: str | None = None


def split_place(place: str) -> tuple[str, str]:
    """Language and title of ``wikipedia:TITLE`` or ``wikipedia:LANG:TITLE``.

    Raises:
        UsageError: there is no title, or one that no page can have.
    """
    said = place.removeprefix(WIKIPEDIA)
    found = _LANGUAGE.fullmatch(said)
    language, title = (found["language"], found["title"]) if found else ("en", said)
    title = " ".join(title.replace("_", " ").split())
    wrong = next((sign for sign in "#<>[]{}|\n" if sign in title), None)
    if not title or wrong or len(title.encode("utf-8")) > _LONGEST_TITLE:
        why = f"no title of a page has “{wrong}”" if wrong else "no title of a page is that long" if title else "it has no title"
        raise UsageError(f"{place}: {why}; write wikipedia:TITLE or wikipedia:LANG:TITLE")
    return language, title


def fetch_wikipedia(place: str, wait: Wait = time.sleep) -> Page:
    """The page that ``wikipedia:LANG:TITLE`` names, as it is now.

    Raises:
        IrkgError: there is no such page, or the answer is none of the API's.
        UnreachableError: the API can't be reached, refuses, or is too busy.
    """
    language, title = split_place(place)
    query = {
        "prop": "revisions|info",
        "rvprop": "ids|timestamp|content",
        "rvslots": "main",
        "inprop": "url",
        "redirects": "1",
        "titles": title,
    }
    answer = _query(place, language, query, wait)
    page = next(iter(_list(answer, "pages")), {})
    if "interwiki" in answer or not page:
        raise IrkgError(f"{place}: names a page of another wiki; write wikipedia:LANG:TITLE, or name its address")
    if page.get("invalid"):
        raise UsageError(f"{place}: is no title that a page can have ({page.get('invalidreason', 'invalid')}); check it")
    if page.get("missing"):
        raise IrkgError(f"{place}: Wikipedia ({language}) has no page “{title}”; check the spelling and the capitals")
    revision = next(iter(_list(page, "revisions")), {})
    main = revision.get("slots", {}).get("main", {}) if isinstance(revision.get("slots"), dict) else {}
    if not isinstance(main.get("content"), str):
        raise IrkgError(f"{place}: the page's text is missing from the answer (hidden, or no wikitext); choose another page")
    found = str(page.get("title", title))
    return Page(
        title=found, wikitext=main["content"], address=_text(page, "canonicalurl"), revision=str(revision.get("revid", "")),
        modified=_text(revision, "timestamp") or "", redirected=title if _list(answer, "redirects") else None,
    )  # fmt: skip


def wikidata_items(place: str, titles: Iterable[str], wait: Wait = time.sleep) -> dict[str, str]:
    """The Wikidata item of each title that has one, redirects followed; errors as for ``fetch_wikipedia``."""
    language, _ = split_place(place)
    items: dict[str, str] = {}
    wanted = sorted({title for title in titles if "|" not in title})
    for first in range(0, len(wanted), _TITLES_AT_ONCE):
        asked = wanted[first : first + _TITLES_AT_ONCE]
        answer = _query(
            place, language, {"prop": "pageprops", "ppprop": "wikibase_item", "redirects": "1", "titles": "|".join(asked)}, wait
        )
        leads = {_text(step, "from"): _text(step, "to") for key in ("normalized", "redirects") for step in _list(answer, key)}
        found = {_text(page, "title"): _text(page.get("pageprops", {}), "wikibase_item") for page in _list(answer, "pages")}
        for title in asked:
            item = found.get(_end_of(title, leads))
            if item and re.fullmatch(r"Q\d+", item):
                items[title] = item
    return items


def _end_of(title: str, leads: Mapping[str | None, str | None]) -> str:
    """Where a title leads in the end; a circle ends somewhere in it."""
    for _ in range(len(leads)):
        following = leads.get(title)
        if not following:
            break
        title = following
    return title


def _query(place: str, language: str, query: Mapping[str, str], wait: Wait) -> dict[str, Any]:
    """The ``query`` of the API's answer; asked again while the server is busy, but not for ever."""
    form = {"action": "query", "format": "json", "formatversion": "2", "maxlag": _MAXLAG, **query}
    address = _api(language)
    question = f"{address}?{urlencode(form)}"
    kept = recalled(question)
    if kept is not None and (given := _refusal_or_answer(place, address, kept)[1]) is not None:
        return given
    said = ""
    for tries_left in range(_MOST_TRIES - 1, -1, -1):
        answer = ask(address, "application/json", form)
        said, given = _refusal_or_answer(place, address, answer)
        if given is not None:
            keep(question, answer, revision=_revision(given))
            return given
        pause = _pause(answer)
        if pause > _LONGEST_WAIT_S:
            raise UnreachableError(f"{place}: {urlsplit(address).netloc} is busy ({said}) and asks to wait {pause} s; try again then")
        if tries_left:
            wait(pause)
    raise UnreachableError(f"{place}: {urlsplit(address).netloc} is busy ({said}), asked {_MOST_TRIES} times; try again later")


def _refusal_or_answer(place: str, address: str, answer: Answer) -> tuple[str, dict[str, Any] | None]:
    """Why a busy server refuses, or what it answers."""
    if answer.status in BUSY:
        return f"{answer.status} {answer.reason}", None
    if answer.refuses:
        raise UnreachableError(f"{place}: {urlsplit(address).netloc} answers {answer.status} {answer.reason}")
    try:
        said = json.loads(answer.content)
    except ValueError:
        said = None
    error = said.get("error") if isinstance(said, dict) else None
    if isinstance(error, dict) and error.get("code") in ("maxlag", "ratelimited", "readonly"):
        return f"{error['code']}: {error.get('info', '')}", None
    if isinstance(error, dict):
        raise IrkgError(f"{place}: the API refuses: {error.get('code')}: {error.get('info', '')}")
    query = said.get("query") if isinstance(said, dict) else None
    if not isinstance(query, dict):
        raise IrkgError(f"{place}: {address} gives no answer of a MediaWiki API; check {API_SETTING}, or name the page's address")
    return "", query


def _revision(given: Mapping[str, Any]) -> str | None:
    """The revision of the page that was asked for, where it is one page and its text."""
    revisions = [revision for page in _list(given, "pages") for revision in _list(page, "revisions")]
    return str(revisions[0]["revid"]) if len(revisions) == 1 and "revid" in revisions[0] else None


def _pause(answer: Answer) -> int:
    """How long the server asks to wait, in seconds; a wait that is told as a date is not worth a clock."""
    said = (answer.retry_after or "").strip()
    return int(said[:9]) if said.isdecimal() else _WAIT_S


def _api(language: str) -> str:
    return os.environ.get(API_SETTING, _API).replace("{language}", language)


def _list(answer: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = answer.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(said: object, key: str) -> str | None:
    value = said.get(key) if isinstance(said, dict) else None
    return value if isinstance(value, str) else None
