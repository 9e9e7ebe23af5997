"""What Outlook packs into winmail.dat (MS-OXTNEF): the text, and the files that came along.

A stream of attributes, each with its length; properties within them. Whatever breaks off early
gives what was read until then.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import rtf
from .charsets import clean, decoded
from .defects import Defects

_SIGNATURE = 0x223E9F78
_BODY = 0x0002800C
_CODE_PAGE = 0x00069007
_MESSAGE_PROPERTIES = 0x00069003
_FILE_BEGINS = 0x00069002
_FILE_DATA = 0x0006800F
_FILE_TITLE = 0x00018010
_FILE_PROPERTIES = 0x00069005

_TEXT_BODY, _RTF_BODY, _HTML_BODY = 0x1000, 0x1009, 0x1013
_LONG_NAME, _NAME, _MIME_TYPE, _CONTENT_ID, _DATA = 0x3707, 0x3704, 0x370E, 0x3712, 0x3701

_SIZES = {0x01: 0, 0x02: 2, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 2, 0x14: 8,
          0x40: 8, 0x48: 16}  # fmt: skip
_LENGTHY = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_OBJECT, _WIDE_TEXT = 0x0D, 0x1F
_MANY = 0x1000
_IID_LENGTH = 16
_MOST_PROPERTIES = 2_000
_MOST_FILES = 1_000


@dataclass
class TnefFile:
    """A file in a winmail.dat."""

    name: str = ""
    media_type: str = ""
    content_id: str = ""
    content: bytes = b""


@dataclass
class Tnef:
    """What a winmail.dat holds."""

    text: str = ""
    html: str = ""
    compressed_rtf: bytes = b""
    files: list[TnefFile] = field(default_factory=list)

    @property
    def has_body(self) -> bool:
        """Whether it holds the text of the message."""
        return bool(self.text or self.html or self.compressed_rtf)

    def body(self, defects: Defects) -> tuple[str, str]:
        """Text and HTML; either may be missing. RTF is read where nothing else says the same."""
        if self.html or self.text or not self.compressed_rtf:
            return self.text, self.html
        plain = rtf.unpacked(self.compressed_rtf)
        if plain is None:
            defects.note("bad_tnef")
            return "", ""
        text, is_html = rtf.text_of(plain)
        return ("", clean(text)) if is_html else (clean(text), "")


def unpacked(content: bytes, defects: Defects) -> Tnef | None:
    """Text, HTML and files; none where the bytes are no TNEF."""
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != _SIGNATURE:
        defects.note("bad_tnef")
        return None
    found = Tnef()
    label = "windows-1252"
    for kind, begins, ends in _attributes(content, defects):
        value = content[begins:ends]
        if kind == _CODE_PAGE and len(value) >= 4:
            label = f"cp{struct.unpack_from('<I', value)[0]}"
        elif kind == _BODY:
            found.text = _letters(value, label)
        elif kind == _MESSAGE_PROPERTIES:
            _read_message(value, label, found, defects)
        elif kind == _FILE_BEGINS:
            if len(found.files) >= _MOST_FILES:
                defects.note("bad_tnef")
                break
            found.files.append(TnefFile())
        elif found.files:
            _read_file(kind, value, label, found.files[-1], defects)
    return found


def _attributes(content: bytes, defects: Defects) -> Iterator[tuple[int, int, int]]:
    """Kind and stretch of each attribute. Checksums are not compared: the text is worth more."""
    position = 6
    while position + 9 <= len(content):
        kind, length = struct.unpack_from("<II", content, position + 1)
        begins = position + 9
        ends = begins + length
        if ends > len(content):
            defects.note("bad_tnef")
            ends = len(content)
        yield kind, begins, ends
        position = ends + 2
    if position < len(content):
        defects.note("bad_tnef")


def _read_message(value: bytes, label: str, found: Tnef, defects: Defects) -> None:
    for number, is_wide, data in _properties(value, defects):
        if number == _TEXT_BODY:
            found.text = found.text or _letters(data, "utf-16-le" if is_wide else label)
        elif number == _HTML_BODY:
            found.html = decoded(data, "utf-16-le" if is_wide else "", Defects())
        elif number == _RTF_BODY:
            found.compressed_rtf = data


def _read_file(kind: int, value: bytes, label: str, file: TnefFile, defects: Defects) -> None:
    if kind == _FILE_DATA:
        file.content = value
    elif kind == _FILE_TITLE:
        file.name = file.name or _letters(value, label)
    elif kind == _FILE_PROPERTIES:
        for number, is_wide, data in _properties(value, defects):
            read = "utf-16-le" if is_wide else label
            if number == _LONG_NAME:
                file.name = _letters(data, read) or file.name
            elif number == _NAME:
                file.name = file.name or _letters(data, read)
            elif number == _MIME_TYPE:
                file.media_type = _letters(data, read).lower()
            elif number == _CONTENT_ID:
                file.content_id = _letters(data, read).strip("<> ")
            elif number == _DATA and not file.content:
                file.content = data


def _properties(value: bytes, defects: Defects) -> Iterator[tuple[int, bool, bytes]]:
    """Number, whether it is UTF-16, and bytes of each property that has a length of its own."""
    try:
        yield from _walked(value)
    except (struct.error, IndexError, KeyError):
        defects.note("bad_tnef")


def _walked(value: bytes) -> Iterator[tuple[int, bool, bytes]]:
    (count,) = struct.unpack_from("<I", value)
    position = 4
    for _number in range(min(count, _MOST_PROPERTIES)):
        kind, number = struct.unpack_from("<HH", value, position)
        position += 4
        if number >= 0x8000:
            position = _past_name(value, position)
        base = kind & ~_MANY
        if base in _LENGTHY:
            (times,) = struct.unpack_from("<I", value, position)
            position += 4
            for _time in range(min(times, _MOST_PROPERTIES)):
                (length,) = struct.unpack_from("<I", value, position)
                position += 4
                begins = position + (_IID_LENGTH if base == _OBJECT else 0)
                data = value[begins : position + length]
                yield number, base == _WIDE_TEXT, data
                position += (length + 3) & ~3
        else:
            times = 1
            if kind & _MANY:
                (times,) = struct.unpack_from("<I", value, position)
                position += 4
            position += max(4, _SIZES[base] + 3 & ~3) * times


def _past_name(value: bytes, position: int) -> int:
    """A property with a name of its own: its set, its kind, and its number or its letters."""
    kind, number_or_length = struct.unpack_from("<II", value, position + 16)
    position += 24
    return position if kind == 0 else position + (int(number_or_length) + 3 & ~3)


def _letters(content: bytes, label: str) -> str:
    return decoded(content, label, Defects()).rstrip("\0").strip()
