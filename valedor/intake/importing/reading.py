"""The records of a delimited file, one at a time, as bytes with their line numbers.

Files are dirty: a byte-order mark, two encodings in one file, line breaks and commas inside
quotes, a quote that nobody closes. Nothing is dropped: what cannot be read comes out as a record
that says why.
"""

import csv
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_noop as _

from valedor.intake.importing.mapping import Mapping
from valedor.intake.importing.refusing import MappingWrong, RowRejected, listed, nearest

LONGEST_RECORD = 4 * 2**20
MOST_LINES = 2000
_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")

csv.field_size_limit(LONGEST_RECORD)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file. ``line`` is where it begins; numbers begin at 1."""

    number: int
    line: int
    content: bytes
    trouble: RowRejected | None = None


def open_file(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked where its first bytes show gzip."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise MappingWrong(
            f"{path} cannot be opened: {error.strerror}.", code="file_unreadable"
        ) from error
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return gzip.open(file, "rb") if packed else file  # type: ignore[return-value]


def digest_of_file(path: Path) -> str:
    """What two files with the same bytes have in common."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise MappingWrong(
            f"{path} cannot be opened: {error.strerror}.", code="file_unreadable"
        ) from error


def records(
    file: BinaryIO, name: str, quote: str, delimiters: Sequence[str] = (",", ";")
) -> Iterator[Record]:
    """Split a file into records. A record ends at the first line break outside quotes."""
    quoting = _Quoting(quote, delimiters) if quote else None
    lines = _Lines(file, name)
    number = 0
    for line_number, line in lines:
        if not line.strip():
            continue
        number += 1
        if quoting is None or not quoting.opens(line):
            yield Record(number, line_number, line, _too_long(line))
            continue
        parts, size = [line], len(line)
        is_whole = False
        for _more, further in lines:
            parts.append(further)
            size += len(further)
            goes_on = quoting.goes_on(further)
            is_whole = goes_on is False
            if not goes_on:
                break
            if len(parts) >= MOST_LINES or size > LONGEST_RECORD:
                break
        if is_whole:
            yield Record(number, line_number, b"".join(parts), _too_long_size(size))
            continue
        # Nobody closes this quote: the line stands alone, and reading goes on behind it.
        yield Record(
            number,
            line_number,
            line,
            RowRejected(_("A quotation mark opens in this row and never closes.")),
        )
        lines.give_back(line_number + 1, parts[1:])


class _Quoting:
    """Whether a line ends inside quotes, as the reader of cells sees it.

    A quotation mark opens a cell only where the cell begins: one in the middle of a bare cell, such
    as the inches of 5", is a sign like any other.
    """

    def __init__(self, quote: str, delimiters: Sequence[str]) -> None:
        self.mark = quote.encode()
        mark = re.escape(self.mark)
        bare = b"[^" + b"".join(re.escape(one.encode()) for one in delimiters) + b"]*+"
        ends = b"(?:" + b"|".join(re.escape(one.encode()) for one in delimiters) + b")"
        inside = b"(?:[^" + mark + b"]++|" + mark + mark + b")*+"
        whole = mark + inside + mark + bare
        self._inside = re.compile(inside)
        self._close = re.compile(mark + rb"(?:" + ends + rb"|[\r\n]|\Z)")
        cell = b"(?:" + whole + b"|(?!" + mark + b")" + bare + b")"
        self._cells = re.compile(b"(?:" + cell + ends + b")*+")

    def opens(self, line: bytes) -> bool:
        """Whether a quotation mark that opens in a line is open behind it."""
        return self.mark in line and self._is_open_behind(line, 0)

    def goes_on(self, line: bytes) -> bool | None:
        """The same of a line that begins inside quotes; None where a quotation mark in it closes
        nothing, since a cell goes on behind it: then the one before was never meant to open.
        """
        if self.mark not in line:
            return True
        at = _end(self._inside, line, 0)
        if at == len(line):
            return True
        closed = self._close.match(line, at)
        return None if closed is None else self._is_open_behind(line, closed.end())

    def _is_open_behind(self, line: bytes, at: int) -> bool:
        at = _end(self._cells, line, at)
        return line[at : at + 1] == self.mark and _end(self._inside, line, at + 1) == len(line)


def _end(pattern: re.Pattern[bytes], line: bytes, at: int) -> int:
    """Where what a pattern takes from a place on ends; that place where it takes nothing."""
    found = pattern.match(line, at)
    return found.end() if found else at


def _too_long(line: bytes) -> RowRejected | None:
    return _too_long_size(len(line))


def _too_long_size(size: int) -> RowRejected | None:
    if size <= LONGEST_RECORD:
        return None
    words = _("The row has %(size)s bytes; %(most)s is the most.")
    return RowRejected(words, size=size, most=LONGEST_RECORD)


class _Lines:
    """Numbered lines of a file, some of which may be given back. A damaged gzip is one sentence."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file = file
        self.name = name
        self.number = 0
        self.returned: list[tuple[int, bytes]] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> tuple[int, bytes]:
        if self.returned:
            return self.returned.pop()
        try:
            line = self.file.readline(LONGEST_RECORD + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise MappingWrong(
                f"{self.name} is damaged after line {self.number}: {error}.", code="file_damaged"
            ) from error
        if not line:
            raise StopIteration
        self.number += 1
        return self.number, line

    def give_back(self, first: int, lines: Sequence[bytes]) -> None:
        numbered = [(first + ordinal, line) for ordinal, line in enumerate(lines)]
        self.returned.extend(reversed(numbered))


class Shape:
    """How the rows of one file read: its delimiter, its header, and where our columns stand."""

    def __init__(self, mapping: Mapping, header: Record, name: str) -> None:
        if header.content[:2] in _WIDE:
            raise MappingWrong(
                f"{name} is written in UTF-16.", hint="save it as “CSV UTF-8”", code="file_encoding"
            )
        self.mapping = mapping
        self.first_record = header.content
        self.quote = mapping.quote
        text = self.decoded(header.content.removeprefix(_BOM))
        self.delimiter, self.header = self._header(text)
        self.places = self._places(name)

    def _header(self, text: str) -> tuple[str, list[str]]:
        wanted = self._wanted()
        best: tuple[int, int, str, list[str]] | None = None
        for delimiter in self.mapping.delimiters:
            names = [name.strip() for name in self._cells(text, delimiter)]
            known = len(wanted & {_plain(name) for name in names})
            if best is None or (known, len(names)) > best[:2]:
                best = (known, len(names), delimiter, names)
        assert best is not None  # noqa: S101 -- a mapping has a delimiter
        return best[2], best[3]

    def _wanted(self) -> set[str]:
        names = {name for names in self.mapping.columns.values() for name in names}
        return {_plain(name) for name in names or set(self.mapping.needs)}

    def _places(self, name: str) -> dict[str, int]:
        found = {_plain(column): place for place, column in reversed(list(enumerate(self.header)))}
        places: dict[str, int] = {}
        for column, where in self.mapping.needs.items():
            names = self.mapping.columns.get(column, (column,))
            place = next((found[_plain(n)] for n in names if _plain(n) in found), None)
            if place is not None:
                places[column] = place
            elif column not in self.mapping.optional:
                raise MappingWrong(
                    f"{name} has no column {listed(names)}, which {where} of {self.mapping.name} "
                    f"reads.{nearest(names[0], self.header)}",
                    hint="look at the first line of the file",
                    code="column_missing",
                )
        return places

    def decoded(self, content: bytes) -> str:
        """A record's text in the first encoding that fits. Raises ``RowRejected``."""
        for encoding in self.mapping.encodings:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        encodings = listed(self.mapping.encodings)
        raise RowRejected(_("The row cannot be read as %(encodings)s."), encodings=encodings)

    def cells(self, record: Record) -> list[str]:
        """The cells of a record. Raises ``RowRejected`` for a row that does not fit the header."""
        if record.trouble:
            raise record.trouble
        text = self.decoded(record.content)
        if "\0" in text:
            raise RowRejected(_("The row holds a null byte."))
        cells = self._cells(text, self.delimiter)
        width = len(self.header)
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if len(cells) != width:
            raise RowRejected(
                _(
                    "The row has %(count)s columns, the header has %(width)s: "
                    "a column is missing or the row is shifted."
                ),
                count=len(cells),
                width=width,
            )
        if missing := self.mapping.missing:
            return ["" if cell.strip() in missing else cell for cell in cells]
        return cells

    def _cells(self, text: str, delimiter: str) -> list[str]:
        reader = (
            csv.reader((text,), delimiter=delimiter, quotechar=self.quote)
            if self.quote
            else csv.reader((text,), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        )
        try:
            return next(reader)
        except (csv.Error, StopIteration) as error:
            raise RowRejected(
                _("The row cannot be split into columns: %(why)s."), why=str(error)
            ) from error


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
