"""Plain text: paragraphs that travelled in short lines (RFC 3676), files in the middle of it."""

import re

from . import file_names, transfer
from .defects import Defects

_BEGIN = re.compile(
    rb"(?:\A|(?<=\n))begin [0-7]{3,4} ([^\r\n]{1,250})\r?\n(?=[!-`][ -`]{0,80}\r?\n)"
)
_MOST_FILES = 100


def unflowed(text: str, *, drops_space: bool) -> str:
    """``format=flowed`` as its writer saw it: a line that ends in a blank goes on in the next."""
    lines: list[str] = []
    waiting: list[str] = []
    waiting_depth = 0
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        if content.startswith(" "):  # Stuffed, so that no line begins with what has a meaning.
            content = content[1:]
        if waiting and (waiting_depth != depth or content == "-- "):
            lines.append(_quoted("".join(waiting), waiting_depth))
            waiting = []
        goes_on = content.endswith(" ") and content != "-- "
        waiting.append(content[:-1] if goes_on and drops_space else content)
        waiting_depth = depth
        if not goes_on:
            lines.append(_quoted("".join(waiting), depth))
            waiting = []
    if waiting:
        lines.append(_quoted("".join(waiting), waiting_depth))
    return "\n".join(lines)


def _quoted(content: str, depth: int) -> str:
    return f"{'>' * depth} {content}" if depth else content


def without_files(content: bytes, defects: Defects) -> tuple[bytes, list[tuple[str, bytes]]]:
    """A text without the files that are uuencoded in it, and those files."""
    if b"begin " not in content:
        return content, []
    text: list[bytes] = []
    files: list[tuple[str, bytes]] = []
    position = 0
    while (found := _BEGIN.search(content, position)) and len(files) < _MOST_FILES:
        file, ends = transfer.uudecoded(content, found.end())
        if ends < 0:
            defects.note("bad_uuencode")
            break
        text.append(content[position : found.start()])
        name = file_names.harmless(found[1].decode("utf-8", "replace"), defects)
        files.append((name, file))
        position = ends
    return b"".join([*text, content[position:]]), files
