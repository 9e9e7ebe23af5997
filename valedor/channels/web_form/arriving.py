"""Take a post from the wire: its bytes as they are, without the files that are over the limit.

A file past the limit is dropped while it streams by, so that it never lies on our disk; what is
left is the post with an empty file in its place, and the cut is told by name. Nothing here decides
what the bytes mean beyond finding where a file begins and ends.
"""

import mmap
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from valedor.channels.web_form.multipart import boundary_of, header_of, name_and_file_of

PIECE = 64 * 1024
LONGEST_HEADERS = 16 * 1024
_END_OF_HEADERS = b"\r\n\r\n"

Read = Callable[[int], bytes]
Bytes = bytes | mmap.mmap


@dataclass(frozen=True)
class Cut:
    """A part that was dropped while it arrived: ``too_large`` or ``submission_too_large``."""

    field: str
    file_name: str
    size: int
    reason: str


@dataclass(frozen=True)
class Arrived:
    """The bytes of a post that may be kept, and what was cut from them."""

    content: Bytes
    media_type: str
    cuts: tuple[Cut, ...] = ()


def as_told(cuts: Iterable[Cut]) -> list[dict[str, Any]]:
    """What was cut, for the envelope of the post."""
    return [
        {"field": cut.field, "name": cut.file_name, "size": cut.size, "reason": cut.reason}
        for cut in cuts
    ]


def cuts_told(envelope: Mapping[str, Any]) -> tuple[Cut, ...]:
    """What an envelope says was cut."""
    return tuple(
        Cut(cut["field"], cut["name"], cut["size"], cut["reason"])
        for cut in envelope.get("cuts", [])
    )


def take(
    read: Read, length: int, media_type: str, *, document_limit: int, submission_limit: int
) -> Arrived:
    """Read a post. One that is too short to hold a file over the limit is taken as a whole."""
    if length <= min(document_limit, submission_limit):
        return Arrived(_all_of(read, length), media_type)
    boundary = boundary_of(media_type)
    with tempfile.TemporaryFile() as kept:
        if boundary:
            cutter = _Cutter(kept, boundary, document_limit, submission_limit)
            while piece := read(PIECE):
                cutter.feed(piece)
            cuts = cutter.end()
        else:
            cuts = _take_plain(read, kept, submission_limit)
        kept.flush()
        if not kept.tell():
            return Arrived(b"", media_type, cuts)
        return Arrived(mmap.mmap(kept.fileno(), 0, access=mmap.ACCESS_READ), media_type, cuts)


def _all_of(read: Read, length: int) -> bytes:
    pieces = []
    while piece := read(length or PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def _take_plain(read: Read, kept: IO[bytes], limit: int) -> tuple[Cut, ...]:
    """A post without parts: what goes past the limit is left out."""
    size = 0
    while piece := read(PIECE):
        room = max(limit - size, 0)
        kept.write(piece[:room])
        size += len(piece)
    return (Cut("", "", size, "submission_too_large"),) if size > limit else ()


@dataclass
class _Cutter:
    """Copies a multipart post, dropping the content of parts that grow too large."""

    kept: IO[bytes]
    boundary: bytes
    document_limit: int
    submission_limit: int
    cuts: list[Cut] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._delimiter = b"\r\n--" + self.boundary
        # The first delimiter need not follow a line end: one is put before it and taken away again.
        self._waiting = b"\r\n"
        self._is_first = True
        self._in_headers = False
        self._begin_part(b"")

    def feed(self, piece: bytes) -> None:
        self._waiting += piece
        while self._headers() if self._in_headers else self._content():
            pass

    def end(self) -> tuple[Cut, ...]:
        """What was cut, when nothing more comes."""
        self._emit(self._waiting)
        self._end_part()
        return tuple(self.cuts)

    def _content(self) -> bool:
        found = self._waiting.find(self._delimiter)
        if found < 0:
            safe = len(self._waiting) - len(self._delimiter) + 1
            if safe > 0 and not self._is_first:
                self._emit(self._waiting[:safe])
                self._waiting = self._waiting[safe:]
            return False
        self._emit(self._waiting[2 if self._is_first and found >= 2 else 0 : found])
        self._end_part()
        self.kept.write(self._delimiter[2:] if self._is_first else self._delimiter)
        self._is_first = False
        self._waiting = self._waiting[found + len(self._delimiter) :]
        self._in_headers = True
        self._begin_part(b"")  # What ends a post belongs to no part of it.
        return True

    def _headers(self) -> bool:
        found = self._waiting.find(_END_OF_HEADERS)
        if found < 0 and len(self._waiting) < LONGEST_HEADERS:
            return False
        headers = self._waiting[: found + 4] if found >= 0 else self._waiting
        if found < 0 or headers.startswith(b"--"):
            headers = self._waiting[:2]
        self.kept.write(headers)
        self._waiting = self._waiting[len(headers) :]
        self._in_headers = False
        self._begin_part(headers)
        return True

    def _begin_part(self, headers: bytes) -> None:
        self._headers_now = headers
        self._begins_at = self.kept.tell()
        self._size = 0
        self._dropped = ""

    def _emit(self, content: bytes) -> None:
        self._size += len(content)
        if self._dropped:
            return
        if self._size > self.document_limit:
            self._drop("too_large")
        elif self.kept.tell() + len(content) > self.submission_limit and self._is_file():
            self._drop("submission_too_large")
        else:
            self.kept.write(content)

    def _drop(self, reason: str) -> None:
        self._dropped = reason
        self.kept.seek(self._begins_at)
        self.kept.truncate()

    def _is_file(self) -> bool:
        return re.search(rb"filename\*?=", self._headers_now, re.IGNORECASE) is not None

    def _end_part(self) -> None:
        if self._dropped:
            name, file_name = name_and_file_of(header_of(self._headers_now, b"content-disposition"))
            self.cuts.append(Cut(name, file_name or "", self._size, self._dropped))
            self._dropped = ""
