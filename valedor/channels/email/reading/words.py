"""The words of a header: encoded words (RFC 2047) as they come, and letters beyond ASCII.

Encoded words stand where they may not, split a letter in two, hold blanks, lack blanks between
them. Whatever a person can make out is read; what is no encoded word stays as it is.
"""

import binascii
import re

from .charsets import clean, decoded_header, decoded_word, is_utf8
from .defects import Defects

_BEGINS = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?")
_LINE_END = re.compile(rb"\r\n?|\n")
_ONE_LINE = re.compile(r"[\t\n\u2028\u2029]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BASE64 = bytes(
    sign for sign in range(256) if not (chr(sign).isascii() and chr(sign).isalnum())
    and chr(sign) not in "+/-_"
)  # fmt: skip


def header_text(raw: bytes, name: str, defects: Defects, hint: str = "") -> str:
    """The value of a header in letters, on one line, its encoded words not yet read."""
    if b"\n" in raw or b"\r" in raw:
        raw = _LINE_END.sub(b"", raw)
    if raw.isascii():
        return raw.decode("ascii").strip()
    if not is_utf8(raw):  # UTF-8 is allowed to stand there as it is (RFC 6532).
        defects.note("raw_header", name=name)
    return decoded_header(raw, hint).strip()


def in_words(text: str, name: str, defects: Defects) -> str:
    """A header with its encoded words read, fit to be shown on one line."""
    if "=?" in text:
        text = _with_words_read(text, name, defects)
    return on_one_line(text)


def on_one_line(text: str) -> str:
    """Without line ends, control characters, and signs that turn the direction of writing."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _TURNS.sub("", _ONE_LINE.sub(" ", clean(text))).strip()


def _with_words_read(text: str, name: str, defects: Defects) -> str:
    """One pass. Bytes of neighbours in one encoding are joined before they become letters."""
    pieces: list[str] = []
    charset, waiting, position = "", b"", 0
    while found := _BEGINS.search(text, position):
        ends = text.find("?=", found.end())
        if ends < 0:
            defects.note("broken_word", name=name)
            break
        content = _word_bytes(found[2], text[found.end() : ends])
        between = text[position : found.start()]
        if content is None or decoded_word(b"", found[1]) is None:
            defects.note("broken_word", name=name)
            pieces += [_letters(waiting, charset), between, text[found.start() : ends + 2]]
            waiting = b""
        elif waiting and not between.strip() and found[1].lower() == charset:
            waiting += content
        else:
            is_joined = bool(waiting) and not between.strip()
            pieces += [_letters(waiting, charset), "" if is_joined else between]
            charset, waiting = found[1].lower(), content
        position = ends + 2
    pieces += [_letters(waiting, charset), text[position:]]
    return "".join(pieces)


def _letters(content: bytes, charset: str) -> str:
    return (decoded_word(content, charset) or "") if content else ""


def _word_bytes(encoding: str, text: str) -> bytes | None:
    """The bytes of an encoded word; none where it has none."""
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b"_", b" "))
    plain = raw.translate(None, _BASE64)
    if len(plain) % 4 == 1:
        plain = plain[:-1]
    if raw and not plain:
        return None
    plain = plain.replace(b"-", b"+").replace(b"_", b"/")
    try:
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return None
