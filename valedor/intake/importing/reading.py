"""The records of a delimited file, one at a time, as bytes with their line numbers.

Files are dirty: a byte-order mark, two encodings in one file, line breaks and commas inside
quotes, a quote that nobody closes. Nothing is dropped: what cannot be read comes out as a record
that says why.
"""

import csv
import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

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
    trouble: str = ""


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


def records(file: BinaryIO, name: str, quote: str) -> Iterator[Record]:
    """Split a file into records. A record ends at the first line break outside quotes."""
    mark = quote.encode()
    lines = _Lines(file, name)
    number = 0
    for line_number, line in lines:
        if not line.strip():
            continue
        number += 1
        if not mark or line.count(mark) % 2 == 0:
            yield Record(number, line_number, line, _too_long(line))
            continue
        parts, size = [line], len(line)
        is_whole = False
        for _more, further in lines:
            parts.append(further)
            size += len(further)
            if further.count(mark) % 2:
                is_whole = True
                break
            if len(parts) >= MOST_LINES or size > LONGEST_RECORD:
                break
        if is_whole:
            yield Record(number, line_number, b"".join(parts), _too_long_size(size))
            continue
        # Nobody closes this quote: the line stands alone, and reading goes on behind it.
        yield Record(
            number, line_number, line, "A quotation mark opens in this row and never closes."
        )
        lines.give_back(line_number + 1, parts[1:])


def _too_long(line: bytes) -> str:
    return _too_long_size(len(line))


def _too_long_size(size: int) -> str:
    return (
        f"The row has {size} bytes; {LONGEST_RECORD} is the most." if size > LONGEST_RECORD else ""
    )


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
        raise RowRejected(f"The row cannot be read as {listed(self.mapping.encodings)}.")

    def cells(self, record: Record) -> list[str]:
        """The cells of a record. Raises ``RowRejected`` for a row that does not fit the header."""
        if record.trouble:
            raise RowRejected(record.trouble)
        text = self.decoded(record.content)
        if "\0" in text:
            raise RowRejected("The row holds a null byte.")
        cells = self._cells(text, self.delimiter)
        width = len(self.header)
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if len(cells) != width:
            raise RowRejected(
                f"The row has {len(cells)} columns, the header has {width}: "
                "a column is missing or the row is shifted."
            )
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
            raise RowRejected(f"The row cannot be split into columns: {error}.") from error


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
