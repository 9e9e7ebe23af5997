"""Transfer encodings: from what travelled to the bytes that were meant."""

import binascii
import re

from .defects import Defects

_PLAIN = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"})
_BASE64_SIGNS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
_RUBBISH = bytes(sign for sign in range(256) if sign not in _BASE64_SIGNS)
_MOST_STRETCHES = 10_000
_WORDS = re.compile(rb"[A-Za-z] [A-Za-z]")
_PADDING = re.compile(rb"=+")
_BAD_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_SOFT_END = re.compile(rb"=[ \t]+(\r?\n|\Z)")
_BEGIN = re.compile(rb"begin(?:-base64)? +[0-7]{3,4} +([^\r\n]{1,250})\r?\n")


def decoded(raw: bytes, encoding: str, defects: Defects) -> bytes:
    """The bytes of a part, as far as they can be had."""
    if encoding in _PLAIN:
        return raw
    if encoding == "base64":
        return _base64(raw, defects)
    if encoding == "quoted-printable":
        return _quoted_printable(raw, defects)
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _uuencoded(raw, defects)
    defects.note("unknown_transfer_encoding", said=encoding)
    return raw


def _base64(raw: bytes, defects: Defects) -> bytes:
    """What stands between the signs of base64 is passed over; several stretches are joined.

    Mailing lists put words of their own below, which are no base64.
    """
    try:
        lines = raw.translate(None, b"\r\n")
        return binascii.a2b_base64(lines, strict_mode=True)
    except binascii.Error:
        pass  # Not as the standard has it: with more tolerance, then.
    end = raw.find(b"=")
    if end >= 0 and (words := _WORDS.search(raw, end)):
        defects.note("bad_base64")
        raw = raw[: words.start()]
        raw = raw[: max(raw.rfind(b"\n"), end + 1)]
    plain = raw.translate(None, _RUBBISH)
    if len(plain) != len(raw) - sum(raw.count(sign) for sign in (b" ", b"\t", b"\r", b"\n")):
        defects.note("bad_base64")
    bare = plain.rstrip(b"=")
    if b"=" not in bare:
        return _stretch(bare, len(plain) - len(bare), defects)
    stretches = _PADDING.split(bare, _MOST_STRETCHES)
    stretches[-1] = stretches[-1].replace(b"=", b"")
    return b"".join(_stretch(one, -len(one) % 4, defects) for one in stretches)


def _stretch(plain: bytes, padding: int, defects: Defects) -> bytes:
    if len(plain) % 4 == 1:
        defects.note("bad_base64")
        plain = plain[:-1]
    elif padding != -len(plain) % 4:
        defects.note("bad_base64")
    return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))


def _quoted_printable(raw: bytes, defects: Defects) -> bytes:
    if _BAD_ESCAPE.search(raw):
        defects.note("bad_quoted_printable")
    if b"= " in raw or b"=\t" in raw:
        raw = _SOFT_END.sub(rb"=\1", raw)
    return binascii.a2b_qp(raw)


def _uuencoded(raw: bytes, defects: Defects) -> bytes:
    found = _BEGIN.search(raw)
    if found is None:
        defects.note("bad_uuencode")
        return raw
    content, ends = uudecoded(raw, found.end())
    if ends < 0:
        defects.note("bad_uuencode")
    return content


def uudecoded(raw: bytes, position: int) -> tuple[bytes, int]:
    """The file whose first line begins there, and where the text goes on; -1 where it breaks off.

    Lines may have lost the blanks at their end.
    """
    pieces: list[bytes] = []
    while position < len(raw):
        line_ends = raw.find(b"\n", position)
        line_ends = len(raw) if line_ends < 0 else line_ends
        line = raw[position:line_ends].rstrip(b"\r")
        position = min(line_ends + 1, len(raw))
        if line.rstrip() == b"end":
            return b"".join(pieces), position
        if not line.strip(b"` "):
            continue
        try:
            pieces.append(_uu_line(line))
        except (binascii.Error, ValueError):
            return b"".join(pieces), -1
    return b"".join(pieces), -1


def _uu_line(line: bytes) -> bytes:
    length = (line[0] - 32) & 63
    needed = (length + 2) // 3 * 4
    if not 32 <= line[0] <= 96 or len(line) > 200:
        raise ValueError("no line of uuencode")
    body = line[1 : 1 + needed]
    return binascii.a2b_uu(bytes([line[0]]) + body + b" " * (needed - len(body)))
