"""Text out of the compressed RTF in which Outlook keeps a message (MS-OXRTFCP, MS-OXRTFEX)."""

import re
import struct

from .charset_names import codec_of

_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_MOST = 2 * 2**20
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)"
)
_SIGNS = {"par": "\n", "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•",
          "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "cell": "\t",
          "row": "\n"}  # fmt: skip
_PASSED_OVER = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer",
    "headerl", "headerr", "footerl", "footerr", "listtable", "listoverridetable", "rsidtbl",
    "generator", "themedata", "datastore", "xmlnstbl",
})  # fmt: skip
_DEEPEST = 200


def unpacked(content: bytes) -> bytes | None:
    """The RTF of its compressed form; none where it is damaged from the beginning."""
    if len(content) < 16:
        return None
    _size, raw_size, kind, _crc = struct.unpack_from("<IIII", content)
    if kind == _PLAIN:
        return content[16 : 16 + raw_size]
    if kind != _COMPRESSED:
        return None
    limit = min(raw_size, _MOST)
    ring = bytearray(4096)
    ring[: len(_BEGINNING)] = _BEGINNING
    at = len(_BEGINNING)
    written = bytearray()
    position = 16
    while position < len(content) and len(written) < limit:
        control = content[position]
        position += 1
        for bit in range(8):
            if control >> bit & 1:
                if position + 2 > len(content):
                    return bytes(written)
                reference = content[position] << 8 | content[position + 1]
                position += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == at:
                    return bytes(written)
                for step in range(length):
                    sign = ring[(offset + step) & 4095]
                    written.append(sign)
                    ring[at] = sign
                    at = (at + 1) & 4095
            else:
                if position >= len(content):
                    return bytes(written)
                sign = content[position]
                position += 1
                written.append(sign)
                ring[at] = sign
                at = (at + 1) & 4095
    return bytes(written[:limit])


class _State:
    """What holds within a group of braces."""

    __slots__ = ("is_passed_over", "skip")

    def __init__(self, skip: int, *, is_passed_over: bool) -> None:
        self.skip = skip
        self.is_passed_over = is_passed_over


def _groups(found: "re.Match[bytes]") -> tuple[bytes, ...]:
    return found.groups(b"")


def text_of(content: bytes) -> tuple[str, bool]:
    """The letters, and whether they are the HTML from which the RTF was made."""
    is_html = b"\\fromhtml" in content[:2_000]
    codec = "cp1252"
    written: list[str] = []
    waiting = bytearray()
    stack: list[_State] = []
    state = _State(1, is_passed_over=False)
    left_out = 0  # Signs after \u that say the same once more, for old readers.
    for code, word, number, sign, brace, letters in map(_groups, _TOKEN.finditer(content[:_MOST])):
        if not code and waiting and (word or brace or letters or sign):
            written.append(waiting.decode(codec, "replace"))
            waiting.clear()
        if brace == b"{":
            if len(stack) < _DEEPEST:
                stack.append(state)
                state = _State(state.skip, is_passed_over=state.is_passed_over)
        elif brace == b"}":
            state = stack.pop() if stack else state
        elif code:
            if left_out:
                left_out -= 1
            elif not state.is_passed_over:
                waiting.append(int(code, 16))
        elif word:
            name = word.decode("ascii")
            value = int(number) if number else 0
            if name == "ansicpg":
                codec = codec_of(f"cp{value}") or codec
            elif name == "uc":
                state.skip = min(max(value, 0), 8)
            elif name == "u" and not state.is_passed_over:
                written.append(chr(value & 0xFFFF))
                left_out = state.skip
            elif name == "htmlrtf":
                state.is_passed_over = is_html and number != b"0"
            elif name in _PASSED_OVER:
                state.is_passed_over = True
            elif name == "htmltag":
                state.is_passed_over = False
            elif name in _SIGNS and not state.is_passed_over:
                written.append(_SIGNS[name])
        elif sign == b"*":
            # A destination that old readers pass over; the HTML itself lies in such ones.
            state.is_passed_over = True
        elif sign in {b"\\", b"{", b"}"}:
            if not state.is_passed_over:
                written.append(sign.decode("ascii"))
        elif sign == b"~":
            if not state.is_passed_over:
                written.append("\xa0")
        elif letters and not state.is_passed_over:
            text = letters.decode(codec, "replace")
            written.append(text[left_out:])
            left_out = max(0, left_out - len(text))
    written.append(waiting.decode(codec, "replace"))
    text = "".join(written)
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.strip(), is_html
