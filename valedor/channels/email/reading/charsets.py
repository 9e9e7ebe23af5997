"""From bytes to letters: the encodings of the world, those that lie, and those nobody names."""

import codecs
import re

from .charset_names import codec_of, family_of, name_of, says_nothing
from .defects import Defects

_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\([BJ])")
_HIGH = re.compile(rb"[\x80-\xff]+")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LOOKED_AT = 4096
_MOST_WRONG = 50_000


def decoded(content: bytes, label: str, defects: Defects) -> str:
    """The letters of a body. What the bytes show counts more than what the message says.

    Never fails: bytes that fit nowhere are read as Windows would have read them.
    """
    if not content:
        return ""
    said = label.strip().strip("\"'")
    is_silent = says_nothing(said)
    codec = None if is_silent else codec_of(said)
    if codec == "utf_8" and b"\0" not in content and b"\x1b" not in content:
        try:
            return clean(content.decode("utf-8").removeprefix("\ufeff"))
        except UnicodeDecodeError:
            pass
    if codec == "utf_7" and content.isascii():
        return clean(_decode(content, codec, said, defects))
    found = _shown_by(content, codec)
    if found is None:
        found = codec or _guessed(content)
    read = _decode(content, found, said, defects)
    if is_silent:
        if not content.isascii():
            code = "lying_charset" if said.lower().endswith("ascii") else "no_charset"
            defects.note(code, said=said, read=name_of(found))
    elif codec is None:
        defects.note("unknown_charset", said=said, read=name_of(found))
    elif found != codec and family_of(found) != family_of(codec) and not content.isascii():
        defects.note("lying_charset", said=said, read=name_of(found))
    return clean(read)


def decoded_header(content: bytes, hint: str = "") -> str:
    """The letters of a header that holds bytes beyond ASCII as they are."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        codec = codec_of(hint) if hint else None
        return _lenient(content, codec if codec and not codec.startswith("utf") else "cp1252")


def decoded_word(content: bytes, label: str) -> str | None:
    """The letters of an encoded word; none where its encoding is not known."""
    codec = codec_of(label.partition("*")[0])
    if codec is None:
        return None
    if codec == "cp1252" and not content.isascii() and is_utf8(content):
        codec = "utf_8"
    elif codec == "utf_16":
        codec = _utf_16(content, codec) or "utf_16_be"
    return _lenient(content, codec)


def clean(text: str) -> str:
    """Without what no text may hold: control characters other than tab and line end, half letters,
    and what is no letter at all.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x85" in text:
        text = text.replace("\x85", "\n")
    return _REFUSED.sub("", text)


def _shown_by(content: bytes, codec: str | None) -> str | None:
    """The encoding that the bytes themselves give away, where it is beyond doubt."""
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf_32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf_16"
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf_8_sig"
    if b"\0" in content[:_LOOKED_AT] or (codec or "").startswith(("utf_16", "utf_32")):
        if (codec or "").startswith("utf_32"):
            return _if_fits(content, (codec or "", "utf_32_le", "utf_32_be"))
        wide = _utf_16(content, codec)
        if wide is not None:
            return wide
        if (codec or "").startswith("utf_16"):
            return "utf_8" if is_utf8(content) else "cp1252"
    if content.isascii():
        if codec is not None and codec.startswith(("hz", "iso2022")):
            return codec
        return "iso2022_jp_ext" if _ISO_2022_JP.search(content) else "utf_8"
    if codec != "utf_8" and is_utf8(content) and _is_no_double_byte(content, codec):
        return "utf_8"
    return None


def _utf_16(content: bytes, codec: str | None) -> str | None:
    """Which of both byte orders, by where the zeros of western letters stand."""
    looked_at = content[: _LOOKED_AT & ~1]
    if looked_at.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf_16"
    even, odd = looked_at[::2].count(0), looked_at[1::2].count(0)
    units = max(1, len(looked_at) // 2)
    if odd > 2 * even and odd * 3 > units:
        return "utf_16_le"
    if even > 2 * odd and even * 3 > units:
        return "utf_16_be"
    if codec in {"utf_16_le", "utf_16_be"}:
        return codec
    if codec == "utf_16" and not looked_at.isascii():
        # No western text: the order whose letters are letters is the right one.
        return max(("utf_16_le", "utf_16_be"), key=lambda order: _letters(looked_at, order))
    return None


def _letters(content: bytes, codec: str) -> int:
    return sum(sign.isalpha() or sign.isspace() for sign in content.decode(codec, "ignore"))


def _if_fits(content: bytes, codecs_to_try: tuple[str, ...]) -> str | None:
    for codec in codecs_to_try:
        try:
            content.decode(codec)
        except UnicodeError:
            continue
        return codec
    return None


def is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8 without a fault."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_no_double_byte(content: bytes, codec: str | None) -> bool:
    """Pairs of bytes of an Asian encoding may look like UTF-8 in short texts: the message is right
    as long as its bytes fit what it says.
    """
    if codec is None or not codec.startswith(("gb", "cp9", "big5", "euc", "johab", "shift", "hz")):
        return True
    return _if_fits(content, (codec,)) is None


def _guessed(content: bytes) -> str:
    """The encoding of bytes that nobody names: Windows' western one, unless most letters lie
    beyond ASCII. Of such texts statistics can tell the encoding, of western ones they cannot.
    """
    head = content[:_LOOKED_AT]
    letters = sum(map(len, _HIGH.findall(head)))
    others = len(re.findall(rb"[A-Za-z]", head))
    if _is_nearly_utf8(content):
        return "utf_8"
    if letters < 16 or letters < others:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(head, steps=5, chunk_size=512).best()
    return (codec_of(best.encoding) if best else None) or "cp1252"


def _is_nearly_utf8(content: bytes) -> bool:
    """UTF-8 with some damage: most bytes beyond ASCII belong to whole letters."""
    high = len(content) - len(content.translate(None, _HIGH_BYTES))
    kept = len(content.decode("utf-8", "ignore").encode("utf-8"))
    return (len(content) - kept) * 4 < high


_HIGH_BYTES = bytes(range(0x80, 0x100))


def _decode(content: bytes, codec: str, said: str, defects: Defects) -> str:
    """The letters, with what does not fit read as Windows' western encoding, and counted."""
    try:
        read = content.decode(codec)
    except (UnicodeError, ValueError):
        if codec == "utf_8" and not _is_nearly_utf8(content):
            guessed = _guessed(content)
            defects.note("lying_charset", said=said, read=name_of(guessed))
            return _lenient(content, guessed)
        good = len(content.decode(codec, "ignore").encode(codec, "ignore"))
        wrong = max(1, len(content) - good)
        # Each is looked at on its own, which very many are not worth.
        is_hopeless = wrong > _MOST_WRONG
        read = content.decode(codec, "replace") if is_hopeless else _lenient(content, codec)
        if codec != "cp1252":
            defects.note("undecodable", count=wrong, read=name_of(codec))
    return read.removeprefix("\ufeff")


def _lenient(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec, _FALLBACK)
    except (UnicodeError, ValueError):
        return content.decode(codec, "replace")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read one byte that does not fit as Windows would; a codec that needs more gets a mark."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : max(error.end, error.start + 1)]
    return "".join(_WINDOWS[byte] for byte in wrong), error.start + len(wrong)


_FALLBACK = "valedor.windows"
_WINDOWS = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
codecs.register_error(_FALLBACK, _as_windows)
