"""Where documents come from: ``sources.toml`` and what the command line says of a lone file."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from graph.edtf import check
from graph.naming import DESCRIPTIONS_GRAPH
from loaders.texts.fetching import WIKIPEDIA, is_address, is_remote
from loaders.texts.layout import without_control
from loaders.texts.mediawiki import split_place
from ontology.errors import IrkgError, UsageError
from ontology.identifiers import FUSION_GRAPH, REFERENCE_GRAPH, graph_iri, slug

DOCUMENT_KINDS = ("encyclopedia", "news", "timeline")
TABLE_KINDS = ("un-votes", "sipri-register", "icews-events")
KINDS = (*DOCUMENT_KINDS, *TABLE_KINDS)
DEFAULT_KIND = "encyclopedia"
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_MOST_BYTES = 10_000_000  # of a sources.toml
_LONG_KEY = re.compile(rb"(?<![\w\"'-])(?:(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]++)[ \t]*\.[ \t]*){50}")  # read in the square of its length
_RESERVED = frozenset({REFERENCE_GRAPH, FUSION_GRAPH, DESCRIPTIONS_GRAPH})


@dataclass(frozen=True, slots=True)
class Source:
    """A document and what is known of it. ``place`` is the file or the address its text is read from.

    ``guessed`` names the fields that nobody said and that the page itself may tell better.
    """

    id: str
    place: str
    title: str
    kind: str
    publisher: str | None = None
    published: str | None = None
    language: str = "en"
    licence: str | None = None
    perspective: str | None = None
    note: str | None = None
    url: str | None = None
    author: str | None = None
    revision: str | None = None
    modified: str | None = None
    guessed: frozenset[str] = field(default=frozenset(), compare=False)


_DETAILS = frozenset(own.name for own in fields(Source)) - {"id", "place", "title", "guessed", "revision", "modified"}
_GUESSED = frozenset({"title", "kind", "language", "url"})


@dataclass(frozen=True, slots=True)
class Said:
    """What the command line says of a source; it wins over ``sources.toml``."""

    kind: str | None = None
    published: str | None = None
    source_id: str | None = None


def find_sources(place: str, said: Said = Said()) -> list[Source]:
    """The sources that a file or folder stands for.

    Raises:
        UsageError: a folder without ``sources.toml``, an unknown kind, a date that is not EDTF.
        IrkgError: a file that is not there.
    """
    if is_remote(place):
        _check_unicode(place, place)
        return [_apply(_remote(place), said)]
    path = Path(place)
    if path.is_dir():
        if said.source_id:
            raise UsageError(f"{place}: --source-id names one document, and this is a folder; name the file")
        return [_apply(source, said) for source in _read_folder(path)]
    if not path.exists():
        raise IrkgError(f"{place}: no such file or folder")
    return [_apply(_lone_file(path), said)]


def _remote(place: str) -> Source:
    """An address or a page of Wikipedia, described by itself."""
    if is_address(place):
        return Source(id=slug(place.split("://", 1)[1]), place=place, title=place, kind=DEFAULT_KIND, url=place, guessed=_GUESSED)
    language, title = split_place(place)
    name = title if language == "en" else f"{language} {title}"
    return Source(
        id=slug(f"{WIKIPEDIA} {name}"), place=place, title=title, kind=DEFAULT_KIND, publisher="Wikipedia", language=language,
        guessed=frozenset({"title"}),
    )  # fmt: skip


def _lone_file(path: Path) -> Source:
    """A file: described by the ``sources.toml`` beside it where that names it, else by its name."""
    beside = path.parent / "sources.toml"
    if beside.exists():
        for source in _read_folder(path.parent):
            if source.place == str(path):
                return source
    title = path.stem.replace("-", " ").replace("_", " ")
    return Source(id=path.stem, place=str(path), title=title, kind=DEFAULT_KIND, guessed=_GUESSED)


def _apply(source: Source, said: Said) -> Source:
    changed = replace(
        source,
        kind=said.kind or source.kind,
        published=said.published or source.published,
        id=said.source_id or source.id,
        guessed=source.guessed - {"kind"} if said.kind else source.guessed,
    )
    _check_unicode(source.place, changed.id)
    if changed.kind not in KINDS:
        raise UsageError(f"{source.place}: unknown kind “{changed.kind}”; there are {', '.join(KINDS)}")
    if changed.published is not None:
        try:
            check(changed.published)
        except UsageError as error:
            raise UsageError(f"{source.place}: published: {error}") from None
    if graph_iri(changed.id) in _RESERVED:
        raise UsageError(f"{source.place}: “{changed.id}” names a graph of our own and can't be a source's id; choose another")
    return changed


def _check_unicode(place: str, words: str) -> None:
    """Half a surrogate pair is what Python makes of a byte that is no UTF-8, in the name of a file or on the command line."""
    if re.search(r"[\ud800-\udfff]", words):
        raise UsageError(f"{place}: its name is not valid Unicode text; rename it")


def _read_folder(folder: Path) -> list[Source]:
    description = folder / "sources.toml"
    if not description.exists():
        raise UsageError(f"{folder}: has no sources.toml; write one, or name the files themselves")
    try:
        with description.open("rb") as file:
            text = file.read(_MOST_BYTES + 1)
        if len(text) > _MOST_BYTES or _LONG_KEY.search(text):
            raise IrkgError(
                f"{description}: is larger than {_MOST_BYTES:,} bytes, or has a key of more than 50 parts; describe fewer sources"
            )
        table = tomllib.loads(text.decode("utf-8-sig"))
    except OSError as error:
        raise IrkgError(f"{description}: can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError too
        reason = "it nests too deep" if isinstance(error, RecursionError) else error
        raise IrkgError(f"{description}: is not TOML: {reason}") from error
    entries = table.get("source", [])
    if not isinstance(entries, list) or not entries:
        raise IrkgError(f"{description}: holds no [[source]]")
    sources = [_source(entry, number, description) for number, entry in enumerate(entries, 1)]
    _check_unique(sources, description)
    return sources


def _source(entry: object, number: int, description: Path) -> Source:
    where = f"{description}: [[source]] number {number}"
    if not isinstance(entry, dict):
        raise IrkgError(f"{where}: is not a table")
    for needed in ("id", "kind", "url" if "url" in entry and "file" not in entry else "file"):
        if not isinstance(entry.get(needed), str) or not without_control(entry[needed]).strip():
            raise IrkgError(f"{where}: has no {needed}")
    details = {name: without_control(str(value)) for name, value in entry.items() if name in _DETAILS}
    title = without_control(str(entry.get("title", ""))).strip() or without_control(entry["id"])
    guessed = frozenset({"title", "language"} - entry.keys())
    if "file" not in entry:
        return _source_elsewhere(entry["id"], entry["url"], title, details, guessed, where)
    if "url" in details and not _ADDRESS.fullmatch(details["url"]):
        raise IrkgError(f"{where}: {details['url']} is no http(s) address; mend it, or leave it out")
    path = description.parent / entry["file"]
    if "\0" in entry["file"] or not _is_below(path, description.parent):
        raise IrkgError(f"{where}: {entry['file']!r} lies outside the folder; move it in, or name it on the command line")
    return Source(id=entry["id"], place=str(path), title=title, guessed=guessed, **details)


def _is_below(path: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, links followed; one that leads in a circle does not."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _source_elsewhere(source_id: str, place: str, title: str, details: dict[str, str], guessed: frozenset[str], where: str) -> Source:
    """One whose ``url`` is where it is read from; what is said of a page of Wikipedia stands before what its place tells."""
    if not is_remote(place):
        raise IrkgError(f"{where}: {place} is no http(s) address; name a file instead")
    if is_address(place):
        return Source(id=source_id, place=place, title=title, guessed=guessed, **details)
    told = _remote(place)
    said = {"publisher": told.publisher or "", "language": told.language, **details}
    del said["url"]  # the page's own, which the API tells
    return Source(id=source_id, place=place, title=told.title if "title" in guessed else title, guessed=guessed - {"language"}, **said)


def _check_unique(sources: Sequence[Source], description: Path) -> None:
    for _, other in clashes(sources):
        raise IrkgError(f"{description}: two sources have the id “{other.id}”, or one that differs in marks or capitals only; rename one")


def clashes(sources: Iterable[Source]) -> Iterator[tuple[Source, Source]]:
    """Sources that would share a named graph, since their ids are the same but for marks and capitals."""
    seen: dict[str, Source] = {}
    for source in sources:
        first = seen.setdefault(graph_iri(source.id), source)
        if first is not source:
            yield first, source
