"""The parts of a message (MIME): a tree of stretches of its bytes, nothing copied.

The outermost boundaries are looked for first, so an inner part ends where its parent's does,
whatever it says. Each level passes over its bytes once; levels and parts are limited.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from . import file_names, limits, transfer
from .comments import without_comments
from .defects import Defects
from .headers import Headers, headers_at
from .parameters import Parametrised, parametrised

_FIRST_LINE = re.compile(rb"(?:\A|\n)--([^\r\n]{1,200}?)[ \t]*\r?\n")
_FIRST_LINE_OF_A_PART = re.compile(
    rb"(?:\A|\n)--([^\r\n]{1,200}?)[ \t]*\r?\n(?=Content-[A-Za-z-]{1,30}[ \t]*:)", re.IGNORECASE
)
_BEGINS_PART = re.compile(
    rb"^Content-(?:Type|Transfer-Encoding|Disposition)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_ENDINGS_OF_A_LINE = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


@dataclass
class Budget:
    """How much may still be read, of a message and of those attached to it together."""

    parts: int = limits.MOST_PARTS
    texts: int = limits.MOST_TEXTS
    text: int = limits.LONGEST_TEXT
    html: int = limits.LONGEST_HTML
    wrappings: int = limits.MOST_WRAPPINGS

    def take_part(self) -> bool:
        """Whether one more part may be read."""
        self.parts -= 1
        return self.parts >= 0

    def take_text(self) -> bool:
        """Whether one more part may be read as text rather than kept as a file."""
        self.texts -= 1
        return self.texts >= 0

    def take_wrapping(self) -> bool:
        """Whether one more part may be unwrapped that holds others in a form of its own."""
        self.wrappings -= 1
        return self.wrappings >= 0


@dataclass
class Part:
    """One part: its headers, and the stretch of the message in which its body lies."""

    source: bytes = field(repr=False)
    begins: int
    ends: int
    headers: Headers
    content_type: Parametrised
    disposition: Parametrised
    depth: int = 0
    children: list["Part"] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        """What the part says it is, ``text/plain`` where it says nothing."""
        return self.content_type.value

    @property
    def kind(self) -> str:
        """The first half of the media type."""
        return self.media_type.partition("/")[0]

    @property
    def is_attachment(self) -> bool:
        """Whether the sender wants it beside the text."""
        return self.disposition.value == "attachment"

    @property
    def content_id(self) -> str:
        """By what the HTML names it."""
        return self.headers.simple("content-id").strip("<> ")

    @property
    def raw(self) -> bytes:
        """The body as it travelled."""
        return self.source[self.begins : self.ends]

    def content(self, defects: Defects) -> bytes:
        """The body without its transfer encoding."""
        said = without_comments(self.headers.simple("content-transfer-encoding")).lower()
        words = said.strip("\"' ;").split(";")
        return transfer.decoded(self.raw, words[0].strip(), defects)

    def file_name(self, defects: Defects) -> str:
        """The name that the sender gave it, made harmless."""
        said = self.disposition.get("filename") or self.content_type.get("name")
        return file_names.harmless(said, defects) if said else ""


def part_at(
    source: bytes,
    begins: int,
    ends: int,
    *,
    defects: Defects,
    budget: Budget,
    depth: int = 0,
    default: str = "text/plain",
    is_message: bool = False,
) -> Part:
    """The part whose headers begin there, with all that lies in it."""
    headers, body = headers_at(source, begins, ends, defects, is_message=is_message)
    line = headers.line("content-type", defects)
    content_type = parametrised(line, "Content-Type", defects)
    if not _MEDIA_TYPE.fullmatch(content_type.value):
        if line and content_type.value != "text":
            defects.note("bad_media_type", said=line)
        value = "text/plain" if content_type.value == "text" or not line else default
        content_type = replace(content_type, value=value if line else default)
    headers = replace(headers, hint=content_type.word("charset"))
    disposition = parametrised(
        headers.line("content-disposition", defects), "Content-Disposition", defects
    )
    part = Part(source, body, ends, headers, content_type, disposition, depth)
    if part.kind == "multipart":
        if depth >= limits.DEEPEST_PART:
            defects.note("too_deep", limit=limits.DEEPEST_PART)
            part.content_type = replace(content_type, value="application/octet-stream")
        else:
            part.children = list(_children(part, defects, budget, depth))
            if not part.children:
                part.content_type = replace(content_type, value="text/plain")
    return part


def _children(part: Part, defects: Defects, budget: Budget, depth: int) -> Iterator[Part]:
    default = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
    is_any = False
    for begins, ends in _stretches(part, _boundary_of(part, defects), defects):
        is_any = True
        if not budget.take_part():
            defects.note("too_many_parts", limit=limits.MOST_PARTS)
            yield _unread(part, begins)
            return
        yield part_at(
            part.source,
            begins,
            ends,
            defects=defects,
            budget=budget,
            depth=depth + 1,
            default=default,
        )
    if not is_any:
        defects.note("boundary_missing")


def _boundary_of(part: Part, defects: Defects) -> bytes:
    """What separates the parts: what the header says, or else what is seen to."""
    said = part.content_type.get("boundary").encode("utf-8", "replace").rstrip()
    if not said:
        defects.note("no_boundary")
        return _boundary_seen(part, _FIRST_LINE)
    if any(_marks(part.source, b"--" + said, part.begins, part.ends)):
        return said
    if seen := _boundary_seen(part, _FIRST_LINE_OF_A_PART):
        defects.note("other_boundary")
    return seen


def _boundary_seen(part: Part, line: "re.Pattern[bytes]") -> bytes:
    """What separates the parts, by the first line that looks like it."""
    found = line.search(part.source, part.begins, min(part.ends, part.begins + 10_000))
    if found is None:
        return b""
    return bytes(found[1])


def _stretches(part: Part, boundary: bytes, defects: Defects) -> Iterator[tuple[int, int]]:
    """Where the parts lie: between lines that hold the boundary and nothing else.

    What stands before the first and after the last is for programs without MIME, unless one of the
    lines was broken on its way: then it is a part.
    """
    if not boundary:
        return
    source, begins, is_inside, is_any = part.source, part.begins, False, False
    for at, after, is_last in _marks(source, b"--" + boundary, part.begins, part.ends):
        ends = max(begins, _without_line_end(source, begins, at))
        if is_inside:
            yield begins, ends
        elif lost := _lost(source, begins, ends, is_between=is_any):
            defects.note("outside_parts")
            yield lost
        begins, is_inside, is_any = after, not is_last, True
    if is_inside:
        defects.note("boundary_not_closed")
        yield begins, part.ends
    elif is_any and (lost := _lost(source, begins, part.ends, is_between=False)):
        defects.note("outside_parts")
        yield lost


def _lost(source: bytes, begins: int, ends: int, *, is_between: bool) -> tuple[int, int] | None:
    """The part that lies where none should; between two boundaries anything is one."""
    if is_between:
        return (begins, ends) if source[begins:ends].strip() else None
    found = _BEGINS_PART.search(source, begins, ends)
    return (found.start(), ends) if found else None


def _marks(source: bytes, mark: bytes, begins: int, ends: int) -> Iterator[tuple[int, int, bool]]:
    """Every line that is a boundary: where it begins, where the next line begins, if it closes."""
    position = begins
    while (at := source.find(mark, position, ends)) >= 0:
        position = at + len(mark)
        if at > begins and source[at - 1 : at] != b"\n":
            continue
        found = _ENDINGS_OF_A_LINE.match(source, position, ends)
        if found:
            yield at, found.end(), bool(found[1])
            position = found.end()


def _without_line_end(source: bytes, begins: int, at: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if at > begins and source[at - 1 : at] == b"\n":
        at -= 1
        if at > begins and source[at - 1 : at] == b"\r":
            at -= 1
    return at


def _unread(part: Part, begins: int) -> Part:
    """What lies beyond the limit, as one part."""
    nothing = Parametrised("application/octet-stream")
    return Part(part.source, begins, part.ends, Headers(), nothing, Parametrised("attachment"))
