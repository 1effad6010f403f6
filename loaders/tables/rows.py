"""A data set row by row, never the whole file: bytes to lines to rows that know their place in the text.

Each line is decoded by itself, as UTF-8 or else as Windows-1252 (old exports hold both), and offsets count the
characters of the lines so decoded; ``decoded_text`` is what they are offsets of.
"""

import csv
import io
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from loaders.texts.fetching import fetch, is_address
from ontology.errors import IrkgError

Say = Callable[[str], None]
Cells = tuple[tuple[str, str], ...]

MOST_REFUSED = 0.01  # share of the rows
ENOUGH_ROWS = 1000  # from here on the share is checked on the way, not only at the end
MOST_REPEATS_TOLD = 20
_LONGEST_LINE = 1_000_000  # bytes
_LONGEST_PREFACE = 40  # lines
_DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "vertical bar"}


class RowError(ValueError):
    """A row that can't be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a kind of file is laid out. A column without a name is called as the one before it, with `` ?`` behind.

    ``columns`` must be there; ``unused`` may be, and any other is warned of. ``preface``: prose may stand before the header.
    """

    columns: tuple[str, ...]
    unused: tuple[str, ...] = ()
    delimiter: str = ","
    quoted: bool = True
    preface: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number among the rows of data, from 1; its line in the file; its span and words; its cells by column, stripped."""

    number: int
    line: int
    start: int
    end: int
    text: str
    cells: Mapping[str, str]

    def used(self, *columns: str) -> Cells:
        """The cells of these columns that hold something."""
        return tuple((column, self.cells[column]) for column in columns if self.cells[column])


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int
    text: str


def fits(place: str, layout: Layout) -> bool:
    """Does a file begin with the header of that kind, whole or nearly so?

    Raises:
        IrkgError: the file can't be read.
    """
    reader = RowReader(place, layout, lambda problem: None)
    with closing(_open(place)) as file:
        return any(reader.is_header(line) for line in islice(_Again(_lines(file, place)), _LONGEST_PREFACE if layout.preface else 1))


class RowReader:
    """The rows of a file, each once; counts those that can't be read, whoever finds that out."""

    def __init__(self, place: str, layout: Layout, say: Say) -> None:
        self._place = place
        self._layout = layout
        self._say = say
        self._rows = 0
        self._repeats = 0
        self._refused: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[Row]:
        """The rows.

        Raises:
            IrkgError: a column is missing, or more than 1 % of the rows can't be read.
        """
        with closing(_open(self._place)) as file:
            lines = _Again(_lines(file, self._place))
            header = self._header(lines)
            yield from self._unrepeated(self._records(lines, header))
        self._finish()

    def refuse(self, line: int, problem: str) -> None:
        """Reports a row that can't be read.

        Raises:
            IrkgError: there are too many of them.
        """
        self._refused.append((line, problem))
        self.warn(line, f"{problem}; the row is left out")
        if self._rows >= ENOUGH_ROWS:
            self._check()

    def warn(self, line: int, problem: str) -> None:
        """Reports what is amiss in a line."""
        self._say(f"warning: {self._place}:{line}: {problem}")

    def is_header(self, line: str) -> bool:
        """Does a line name half of the columns or more?"""
        return len(set(_names(self._cells(line))) & set(self._layout.columns)) * 2 >= len(self._layout.columns)

    def _header(self, lines: "_Again") -> list[str]:
        first: list[str] = []
        for line in islice(lines, _LONGEST_PREFACE if self._layout.preface else 1):
            named = _names(self._cells(line))
            first = first or named
            if self.is_header(line):
                return self._checked(named)
        self._checked(first)
        raise AssertionError("unreachable: a line with every column is a header")

    def _cells(self, line: str) -> list[str]:
        """The cells of a line by itself: in prose a quotation mark may stay open."""
        try:
            return next(self._csv(iter([line])), [])
        except csv.Error:
            return []

    def _checked(self, header: list[str]) -> list[str]:
        layout = self._layout
        if missing := [column for column in layout.columns if column not in header]:
            named = ", ".join(f"“{column}”" for column in missing)
            raise IrkgError(f"{self._place}: lacks the column{'' if len(missing) == 1 else 's'} {named}{self._other_delimiter(header)}")
        if twice := sorted({column for column in header if column and header.count(column) > 1}):
            raise IrkgError(f"{self._place}: has the column “{twice[0]}” twice; take one of them out")
        if unknown := [column for column in header if column not in (*layout.columns, *layout.unused)]:
            named = ", ".join(f"“{column}”" for column in unknown)
            self._say(f"warning: {self._place}: unknown column{'' if len(unknown) == 1 else 's'} {named}; not read")
        return header

    def _other_delimiter(self, header: list[str]) -> str:
        """The hint that the columns seem to be separated by something else."""
        first = self._layout.columns[0]
        for delimiter, name in _DELIMITERS.items():
            if delimiter != self._layout.delimiter and any(delimiter in cell and first in cell.split(delimiter) for cell in header):
                return f"; its columns are separated by a {name}, and should be by a {_DELIMITERS[self._layout.delimiter]}"
        return ""

    def _records(self, lines: "_Again", header: list[str]) -> Iterator[Row]:
        reader = self._csv(lines)
        while True:
            lines.taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._rows += 1
                self._misread(lines, str(error))
                continue
            if not cells:
                continue
            self._rows += 1
            if len(cells) != len(header):
                self._misread(lines, f"{len(cells)} cells where the header has {len(header)}")
                continue
            first, text = lines.taken[0], "".join(line.text for line in lines.taken).rstrip("\r\n")
            named = dict(zip(header, map(str.strip, cells), strict=True))
            yield Row(self._rows, first.number, first.start, first.start + len(text), text, named)

    def _misread(self, lines: "_Again", problem: str) -> None:
        """Refuses the first line alone: a quotation mark that is not closed would swallow those behind it."""
        line = lines.taken[0]
        lines.put_back(1)
        self.refuse(line.number, problem)

    def _unrepeated(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Without the rows that are, to the letter, one that stood before."""
        seen = _Digests()
        for row in rows:
            if seen.add(int.from_bytes(blake2b(row.text.encode("utf-8"), digest_size=8).digest(), "big")):
                yield row
                continue
            self._repeats += 1
            if self._repeats <= MOST_REPEATS_TOLD:
                self.warn(row.line, "the same row stood before; the repetition is left out")

    def _finish(self) -> None:
        if self._repeats > MOST_REPEATS_TOLD:
            self._say(
                f"warning: {self._place}: {self._repeats} rows stood before, {self._repeats - MOST_REPEATS_TOLD} more than are told above"
            )
        if not self._rows:
            raise IrkgError(f"{self._place}: holds no row of data below its header")
        self._check()

    def _check(self) -> None:
        if len(self._refused) > self._rows * MOST_REFUSED:
            line, problem = self._refused[0]
            raise IrkgError(
                f"{self._place}: {len(self._refused)} of the first {self._rows} rows can't be read, more than {MOST_REFUSED:.0%}; "
                f"the first is line {line}: {problem}. Mend them, or name the file's right --kind"
            )

    def _csv(self, lines: Iterator[str]) -> Iterator[list[str]]:
        delimiter = self._layout.delimiter
        if not self._layout.quoted:
            return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
        return csv.reader(lines, delimiter=delimiter, strict=True)


class _Digests:
    """A set of hashes of eight bytes, in some 16 bytes for each: a set of Python's takes 100."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 << 10))
        self._filled = 0

    def add(self, digest: int) -> bool:
        """Takes note of a hash; False where it was there."""
        digest = digest or 1  # 0 stands for an empty slot
        place = self._place(digest)
        if self._slots[place] == digest:
            return False
        self._slots[place] = digest
        self._filled += 1
        if self._filled * 3 > len(self._slots) * 2:
            self._grow()
        return True

    def _place(self, digest: int) -> int:
        """The slot that holds a hash, or the empty one where it belongs."""
        last = len(self._slots) - 1
        place = digest & last
        while self._slots[place] not in (0, digest):
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        held = self._slots
        self._slots = array("Q", bytes(16 * len(held)))
        for digest in held:
            if digest:
                self._slots[self._place(digest)] = digest


class _Again:
    """The lines for the csv module, which may be given once more; ``taken`` are those given since it was cleared."""

    def __init__(self, lines: Iterator[_Line]) -> None:
        self._lines = lines
        self._waiting: deque[_Line] = deque()
        self.taken: list[_Line] = []

    def __iter__(self) -> "_Again":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self.taken.append(line)
        return line.text

    def put_back(self, start: int) -> None:
        """Gives all but the first lines taken once more."""
        self._waiting.extendleft(reversed(self.taken[start:]))


def decoded_text(place: str) -> str:
    """The characters of a data set, decoded as its reader does."""
    with closing(_open(place)) as file:
        return "".join(line.text for line in _lines(file, place))


def open_bytes(place: str) -> BinaryIO:
    """The bytes of a file or of what stands at an address.

    Raises:
        IrkgError: there is no such file, or it can't be read.
    """
    return _open(place)


def _open(place: str) -> BinaryIO:
    if is_address(place):
        return io.BytesIO(fetch(place))
    try:
        return Path(place).open("rb")
    except FileNotFoundError:
        raise IrkgError(f"{place}: is named as a source and is not there") from None
    except OSError as error:
        raise IrkgError(f"{place}: can't be read: {error.strerror}") from error


def _lines(file: BinaryIO, place: str) -> Iterator[_Line]:
    """The lines of a file with their numbers and the places of their first characters; line ends belong to them."""
    number = start = 0
    while line := _next_line(file, place):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise IrkgError(f"{place}:{number}: a line of more than {_LONGEST_LINE:,} bytes; this is no table")
        if b"\0" in line:
            raise IrkgError(f"{place}:{number}: is binary (it holds a zero byte), not text; save it as UTF-8")
        text = _decoded(line)
        yield _Line(number, start, text)
        start += len(text)
    if not start:
        raise IrkgError(f"{place}: is empty")


def _next_line(file: BinaryIO, place: str) -> bytes:
    try:
        return file.readline(_LONGEST_LINE + 1)
    except OSError as error:
        raise IrkgError(f"{place}: can't be read: {error.strerror}") from error


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _names(cells: list[str]) -> list[str]:
    """The names of the columns; one without a name is called after the column that it marks."""
    names: list[str] = []
    for cell in cells:
        name = cell.strip("\ufeff \t\r\n")
        names.append(name or (f"{names[-1]} ?" if names else ""))
    return names
