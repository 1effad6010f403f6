"""References to works: what a footnote or a citation template tells of the report that it names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, Tag, Template
from mwparserfromhell.wikicode import Wikicode

from graph.works import CitedWork
from loaders.texts.layout import plain
from loaders.word_lists import word_lists

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
         "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b",
        rf"\b{_MONTH},?\s+(?P<year>\d{{4}})\b",
        r"\b(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])(?![\d-])",
        r"\b(?P<year>(?:1[5-9]|20)\d{2})\b",
    )
)
_ARCHIVE = re.compile(r"^https?://(?:web\.archive\.org/web/\d+[a-z_]*/|archive\.(?:today|is|ph|org)/)(?P<original>https?://\S+)?")
_QUOTED = re.compile(r"[“\"]([^”\"]{5,300})[”\"]")
_MOST_AUTHORS = 20
_LONGEST_TITLE = 300  # characters
_AUTHOR_NAMES = ("author", "authors", "vauthors", "people", "host")


def work_of(content: str) -> CitedWork | None:
    """The work that the wikitext of a reference names, by its citation template or by its words; None where it names none."""
    code = mwparserfromhell.parse(content)
    templates = [node for node in code.filter_templates(recursive=True) if is_citation(node)]
    if templates:
        return work_of_template(templates[0], archive=_archive_beside(code))
    return _work_of_words(code)


def is_citation(template: Template) -> bool:
    """Is it one of the templates that describe a work, in any of their names?"""
    name = template_name(template)
    return name.startswith(("cite ", "citation", "citeweb", "vcite ")) and name not in ("citation needed", "citation needed span")


def template_name(template: Template) -> str:
    """The name of a template in small letters, blanks for underscores."""
    return plain(str(template.name).replace("_", " ")).casefold()


def work_of_template(template: Template, archive: str | None = None) -> CitedWork | None:
    """The work that a citation template describes; None where it has neither title nor address nor author."""
    said = {plain(str(p.name)).casefold(): _words(p.value) for p in template.params[:200] if p.showkey}
    fields = {field: next((said[n] for n in names if said.get(n)), None) for field, names in word_lists("wikitext.toml")["work"].items()}
    url = _address(fields["url"]) or (f"https://doi.org/{said['doi']}" if re.fullmatch(r"10\.\S+", said.get("doi", "")) else None)
    work = CitedWork(
        title=fields["title"], publisher=fields["publisher"], author=_authors(said), date=_date(fields["date"]),
        url=url, archive_url=_address(fields["archive_url"]) or archive,
    )  # fmt: skip
    return work if work.title or work.url or work.author else None


def bibliography(templates: Iterable[Template]) -> dict[tuple[str, str], CitedWork]:
    """The works of a list of works, by the surname of the first author and the year, as short citations name them."""
    works: dict[tuple[str, str], CitedWork] = {}
    for template in templates:
        work = work_of_template(template)
        surname = _first(template, ("last", "last1", "author", "author1", "ref"))
        year = re.search(r"\d{4}[a-z]?", _first(template, ("year", "date")))
        if work is not None and surname and year:
            works.setdefault((surname.casefold(), year[0]), work)
    return works


def short_citation(template: Template) -> tuple[str, str] | None:
    """Surname and year of ``{{sfn|Brandt|2009|p=4}}``."""
    unnamed = [_words(p.value) for p in template.params if not p.showkey]
    years = [index for index, words in enumerate(unnamed) if re.fullmatch(r"\d{4}[a-z]?", words)]
    return (unnamed[0].casefold(), unnamed[years[0]]) if years and years[0] else None


def date_in(words: str) -> str | None:
    """The first date in the words, as EDTF; None where there is none that a calendar has."""
    for pattern in _DATES:
        for found in pattern.finditer(words):
            if value := _edtf(found.groupdict()):
                return value
    return None


def same_works(works: Iterable[CitedWork | None]) -> list[CitedWork | None]:
    """The works, those with one address made one: the first tells what it is, and the others what it leaves open."""
    works = list(works)
    merged: dict[str, CitedWork] = {}
    for work in works:
        if work is not None and work.url:
            merged[work.url] = _completed(merged[work.url], work) if work.url in merged else work
    return [merged[work.url] if work is not None and work.url else work for work in works]


def _completed(work: CitedWork, other: CitedWork) -> CitedWork:
    return CitedWork(
        work.title or other.title, work.publisher or other.publisher, work.author or other.author, work.date or other.date,
        work.url, work.archive_url or other.archive_url,
    )  # fmt: skip


def _work_of_words(code: Wikicode) -> CitedWork | None:
    """“[http://… Title], ''Paper'', 3 May 2010”: the link is the title, what is slanted the publisher."""
    links = [node for node in code.filter_external_links(recursive=True) if _address(str(node.url))]
    addresses = [str(link.url) for link in links]
    archives = [a for a in addresses if _ARCHIVE.match(a)]
    behind = (found["original"] for address in archives if (found := _ARCHIVE.match(address)))
    own = next((address for address in addresses if address not in archives), None) or next(behind, None)
    slanted = [_words(tag.contents) for tag in code.filter_tags(recursive=True) if str(tag.tag).lower() == "i"]
    words = _words(code)
    quoted = _QUOTED.search(words)
    named = next((shown for link in links if link.title is not None and (shown := _words(link.title))), None)
    title = named or (quoted[1] if quoted else None) or _without_addresses(words)
    if not title and not own:
        return None
    publisher = next((name for name in slanted if name and name != title), None)
    return CitedWork(
        title=title[:_LONGEST_TITLE].rstrip() or None if title else None, publisher=publisher, date=date_in(words), url=own,
        archive_url=archives[0] if archives else _archive_beside(code),
    )  # fmt: skip


def _without_addresses(words: str) -> str | None:
    return plain(re.sub(r"https?://\S+", "", words)).strip(" .,;") or None


def _archive_beside(code: Wikicode) -> str | None:
    archives = word_lists("wikitext.toml")["templates"]["archives"]
    for template in code.filter_templates(recursive=True):
        if template_name(template) in archives and template.has("url"):
            return _address(_words(template.get("url").value))
    return None


def _words(code: Wikicode) -> str:
    """The words of some wikitext, of links their text."""
    return plain(" ".join(_stripped(code).split())).strip()


def _stripped(code: Wikicode) -> str:
    parts: list[str] = []
    for node in code.nodes:
        if isinstance(node, ExternalLink):
            parts.append(_stripped(node.title) if node.title is not None else str(node.url))
        elif isinstance(node, Tag) and node.contents is not None and str(node.tag).lower() not in ("ref", "sup"):
            parts.append(_stripped(node.contents))
        elif isinstance(node, Template):
            unnamed = [p.value for p in node.params if not p.showkey]
            keep = template_name(node) in word_lists("wikitext.toml")["words"]
            parts.append(_stripped(unnamed[-1]) if keep and unnamed else "")
        else:
            parts.append(node.__strip__(normalize=True, collapse=True) or "")
    return "".join(str(part) for part in parts)


def _authors(said: Mapping[str, str]) -> str | None:
    whole = next((said[name] for name in _AUTHOR_NAMES if said.get(name)), None)
    return "; ".join(dict.fromkeys(_numbered(said))) or whole


def _numbered(said: Mapping[str, str]) -> Iterator[str]:
    for number in ["", *range(1, _MOST_AUTHORS + 1)]:
        first, last = (next((said[n] for n in names if said.get(n)), "") for names in _name_fields(str(number)))
        if last:
            yield f"{first} {last}".strip()
        elif number and said.get(f"author{number}"):
            yield said[f"author{number}"]


@cache
def _name_fields(number: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (f"first{number}", f"given{number}"), (f"last{number}", f"surname{number}")


def _first(template: Template, names: Iterable[str]) -> str:
    return next((words for name in names if template.has(name) and (words := _words(template.get(name).value))), "")


def _address(words: str | None) -> str | None:
    words = (words or "").strip()
    words = f"https:{words}" if words.startswith("//") else words
    return words if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", words, re.IGNORECASE) else None


def _date(words: str | None) -> str | None:
    """As EDTF where there is a date in the words, else the words."""
    return (date_in(words) or words) if words else None


def _edtf(found: Mapping[str, str | None]) -> str | None:
    year, day = found.get("year") or "", found.get("day")
    month = found.get("number") or _MONTHS.get((found.get("month") or "").lower())
    if not month:
        return year
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
