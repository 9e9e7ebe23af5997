"""The headers of a message or a part: names and raw values, in their order.

What is no header where headers stand is understood as people would: the rest of a line that was
broken without being indented, or the beginning of a text without the empty line before it.
"""

import re
from dataclasses import dataclass

from . import limits
from .defects import Defects
from .words import header_text, in_words

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_EMPTY_LINE = re.compile(rb"\r?\n")
_MBOX_LINE = re.compile(rb">?From (?![ \t]*:)[^\n]*(?:\n|\Z)")
_EMPTY_LINES = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*")
_FIELD_END = re.compile(rb"\n(?![ \t])")
_BODY_BEGINS = re.compile(rb"\n\r?\n")
_KNOWN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|received|reply-to"
    rb"|return-path|references|in-reply-to|x-[a-z0-9-]+|dkim-signature):",
    re.IGNORECASE,
)
_LOOKED_AHEAD = 2_000
_MOST_BROKEN_LINES = 20


@dataclass(frozen=True)
class Headers:
    """Raw header fields with their names in lower case. Values keep their line ends."""

    fields: tuple[tuple[str, bytes], ...] = ()
    hint: str = ""
    """The encoding of the text, in which raw headers are likely written too."""

    def __contains__(self, name: str) -> bool:
        return any(one == name for one, _value in self.fields)

    def raw(self, name: str) -> bytes:
        """The first field of a name; empty where there is none."""
        return next((value for one, value in self.fields if one == name), b"")

    def all_raw(self, name: str) -> list[bytes]:
        """Every field of a name."""
        return [value for one, value in self.fields if one == name]

    def line(self, name: str, defects: Defects) -> str:
        """The first field of a name as letters on one line, encoded words as they are."""
        raw = self.raw(name)
        return header_text(raw, name, defects, self.hint) if raw else ""

    def words(self, name: str, defects: Defects) -> str:
        """The first field of a name as a person reads it."""
        return in_words(self.line(name, defects), name, defects)

    def simple(self, name: str) -> str:
        """The first field of a name that machines wrote for machines, on one line."""
        return self.words(name, Defects())


def headers_at(
    content: bytes, begins: int, ends: int, defects: Defects, *, is_message: bool
) -> tuple[Headers, int]:
    """The headers that begin there, and where the body begins."""
    fields: list[tuple[str, bytes]] = []
    position = begins
    last = min(ends, begins + limits.MOST_HEADER_BYTES)
    broken_lines = 0
    if is_message:
        position = _first_header(content, begins, ends)
    while position < ends:
        if empty := _EMPTY_LINE.match(content, position, ends):
            return Headers(tuple(fields)), empty.end()
        if position >= last or len(fields) >= limits.MOST_HEADERS:
            defects.note("too_many_headers", limit=len(fields))
            return Headers(tuple(fields)), _after_empty_line(content, position, ends)
        near = min(ends, position + limits.LONGEST_HEADER + _LOOKED_AHEAD)
        if found := _FIELD.match(content, position, near):
            fields.append(_field(found[1], found[2], defects))
            position = found.end()
            if position == near < ends and not content.endswith(b"\n", begins, position):
                far = _FIELD_END.search(content, position, ends)
                position = far.end() if far else ends
            continue
        line_ends = _line_end(content, position, ends)
        if (
            fields
            and broken_lines < _MOST_BROKEN_LINES
            and _goes_on(content, line_ends, min(ends, line_ends + _LOOKED_AHEAD))
        ):
            name, value = fields.pop()
            rest = content[position : min(line_ends, position + _LOOKED_AHEAD)]
            fields.append(_field(name.encode(), value + b" " + rest, defects))
            defects.note("broken_header_line")
            position, broken_lines = line_ends, broken_lines + 1
            continue
        if fields or is_message:
            defects.note("headers_without_end" if fields else "no_headers")
        return Headers(tuple(fields)), position
    return Headers(tuple(fields)), ends


def _first_header(content: bytes, begins: int, ends: int) -> int:
    """Past what programs put before a message: a mark of UTF-8, empty lines, mbox's own line."""
    found = _EMPTY_LINES.match(content, begins, min(ends, begins + _LOOKED_AHEAD))
    if found and found.end() > begins and _FIELD.match(content, found.end(), ends):
        begins = found.end()
    line = _MBOX_LINE.match(content, begins, ends)
    return line.end() if line else begins


def _field(name: bytes, value: bytes, defects: Defects) -> tuple[str, bytes]:
    if len(value) > limits.LONGEST_HEADER:
        defects.note("header_too_long", name=name.decode("ascii"))
        value = value[: limits.LONGEST_HEADER]
    return name.decode("ascii").lower(), value.rstrip(b"\r\n")


def _line_end(content: bytes, position: int, ends: int) -> int:
    found = content.find(b"\n", position, ends)
    return ends if found < 0 else found + 1


def _goes_on(content: bytes, begins: int, ends: int) -> bool:
    """Whether more headers follow before the next empty line."""
    position = begins
    while position < ends and not _EMPTY_LINE.match(content, position, ends):
        if _KNOWN.match(content, position, ends):
            return True
        position = _line_end(content, position, ends)
    return False


def _after_empty_line(content: bytes, position: int, ends: int) -> int:
    found = _BODY_BEGINS.search(content, position, ends)
    return found.end() if found else ends
