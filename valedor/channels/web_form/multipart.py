"""Read the parts of a multipart post (RFC 7578) from its bytes.

Bytes stay bytes until their encoding is known; a file is a slice, never unpacked.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

MOST_PARTS = 3000
_BOUNDARY = re.compile(r'boundary="?([0-9a-zA-Z\'()+_,./:=? -]{1,200})"?', re.IGNORECASE)
_PARAMETER = re.compile(
    rb';\s*([a-z]+\*?)\s*=\s*(?:"((?:[^"\\\r\n]|\\.)*)"|([^;\s]+))', re.IGNORECASE
)


class Unreadable(Exception):
    """The bytes are not what their media type says."""


@dataclass(frozen=True)
class Part:
    """One part: a field, or a file where it has a file name."""

    name: str
    file_name: str | None
    media_type: str
    content: bytes | mmap.mmap
    begins: int
    ends: int

    @property
    def size(self) -> int:
        return self.ends - self.begins

    @property
    def head(self) -> bytes:
        """As much of it as a look at its type needs."""
        return self.content[self.begins : min(self.ends, self.begins + 8192)]

    def value(self) -> bytes:
        """All of it."""
        return self.content[self.begins : self.ends]

    def pieces(self, length: int = 1 << 20) -> Iterator[bytes]:
        """All of it, piece by piece."""
        for begin in range(self.begins, self.ends, length):
            yield self.content[begin : min(begin + length, self.ends)]


def boundary_of(media_type: str) -> bytes:
    """What separates the parts of a post; empty where it has no parts."""
    if not media_type.strip().lower().startswith("multipart/form-data"):
        return b""
    found = _BOUNDARY.search(media_type)
    return found[1].rstrip().encode("ascii") if found else b""


def parts_of(content: bytes | mmap.mmap, boundary: bytes) -> Iterator[Part]:
    """The parts of a post, in order.

    Raises ``Unreadable`` where the post holds no part, or more of them than any form has.
    """
    delimiter = b"--" + boundary
    at = content.find(delimiter)
    if at < 0:
        raise Unreadable
    found = 0
    while content[at + len(delimiter) : at + len(delimiter) + 2] != b"--":
        begins = content.find(b"\r\n\r\n", at)
        after = content.find(b"\r\n" + delimiter, at + len(delimiter))
        if begins < 0 or (0 <= after < begins):
            if after < 0:
                return
            at = after + 2
            continue
        found += 1
        if found > MOST_PARTS:
            raise Unreadable
        ends = content.find(b"\r\n" + delimiter, begins + 2)
        last = ends < 0
        yield _part(content, at + len(delimiter), begins, len(content) if last else ends)
        if last:
            return
        at = ends + 2


def _part(content: bytes | mmap.mmap, headers_at: int, headers_end: int, ends: int) -> Part:
    headers = content[headers_at : headers_end + 4]
    name, file_name = name_and_file_of(header_of(headers, b"content-disposition"))
    media_type = header_of(headers, b"content-type").decode("ascii", "replace").strip()
    begins = min(headers_end + 4, ends)
    return Part(name, file_name, media_type[:120], content, begins, max(begins, ends))


def header_of(headers: bytes, name: bytes) -> bytes:
    """The value of a header among the headers of a part; empty where it is missing."""
    for line in headers.split(b"\r\n"):
        key, _colon, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return b""


def name_and_file_of(disposition: bytes) -> tuple[str, str | None]:
    """The name of a part, and the file name of one that is a file."""
    values = {
        key.lower(): quoted.replace(b'\\"', b'"') if quoted else plain
        for key, quoted, plain in _PARAMETER.findall(disposition)
    }
    name = _text(values.get(b"name", b""))
    if b"filename*" in values:
        _charset, _language, encoded = [*values[b"filename*"].split(b"'", 2), b"", b""][:3]
        return name, _bare(_text(unquote_to_bytes(encoded)))
    if b"filename" not in values:
        return name, None
    # Browsers write quotation marks and line ends of a name as %22, %0D and %0A.
    plain = re.sub(rb"%(22|0D|0A)", lambda found: bytes([int(found[1], 16)]), values[b"filename"])
    return name, _bare(_text(plain))


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _bare(file_name: str) -> str:
    """A file name without folders and without what cannot be printed."""
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    bare = "".join(character for character in last if character.isprintable()).strip()
    if len(bare) > 200:
        stem, dot, ending = bare.rpartition(".")
        bare = f"{stem[:180]}{dot}{ending[:19]}" if dot else bare[:200]
    return bare
