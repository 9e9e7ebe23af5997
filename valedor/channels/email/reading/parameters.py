"""Parameters of a header: ``text/plain; charset=utf-8; name="a.txt"``.

Continued and encoded ones (RFC 2231), encoded words where they are not allowed, blanks without
quotation marks, quotation marks that never end.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from .charsets import decoded_header, decoded_word
from .comments import comment_at, without_comments
from .defects import Defects
from .words import in_words, on_one_line

_VALUE = re.compile(r"\s*([A-Za-z0-9!#$&^_.+-]+)(?:\s*/\s*([A-Za-z0-9!#$&^_.+-]+))?")
_PARAMETER = re.compile(
    r";\s*([A-Za-z0-9_.-]+)((?:\*\d{1,3})?)(\*?)\s*=\s*"
    r'(?:"((?:[^"\\]|\\.?)*)(?:"|$)|([^;]*))',
    re.DOTALL,
)
_ESCAPED = re.compile(r'\\(["\\])')
_NAMES = frozenset({"name", "filename"})
_MOST = 500


@dataclass(frozen=True)
class Parametrised:
    """A value with its parameters, whose names are in lower case."""

    value: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A parameter; empty where it is missing."""
        return self.parameters.get(name, "")

    def word(self, name: str) -> str:
        """A parameter that is one word: without what follows it where a semicolon is missing."""
        words = self.get(name).split(None, 1)
        return words[0] if words else ""


def parametrised(text: str, name: str, defects: Defects) -> Parametrised:
    """A header on one line, read. What is no parameter is passed over."""
    text = _after_comments(text)
    found = _VALUE.match(text)
    if found is None:
        value, rest = "", text
    else:
        value = f"{found[1]}/{found[2]}".lower() if found[2] else found[1].lower()
        rest = text[found.end() :]
    rest = _after_comments(rest)
    if rest and not rest.startswith(";"):
        rest = f";{rest}"
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for number, one in enumerate(_PARAMETER.finditer(rest)):
        if number >= _MOST:
            break
        key, index, star, quoted, bare = one.groups()
        is_name = key.lower() in _NAMES  # People's files have brackets in their names.
        if quoted is None:
            content = bare.strip() if is_name else without_comments(bare).strip()
        else:
            content = _ESCAPED.sub(r"\1", quoted)
        if index or star:
            place = int(index[1:]) if index else 0
            pieces.setdefault(key.lower(), {}).setdefault(place, (bool(star), content))
        else:
            read = in_words(content, name, defects) if is_name else content
            plain.setdefault(key.lower(), on_one_line(read))
    return Parametrised(value, plain | {key: _joined(one) for key, one in pieces.items()})


def _after_comments(text: str) -> str:
    text = text.lstrip()
    while text.startswith("("):
        _inside, ends = comment_at(text, 1)
        text = text[ends:].lstrip()
    return text


def _joined(pieces: dict[int, tuple[bool, str]]) -> str:
    """The pieces of a continued parameter up to the first that is missing."""
    charset, content, escaped = "utf-8", bytearray(), ""
    for place in range(len(pieces)):
        if place not in pieces:
            break
        is_encoded, text = pieces[place]
        if is_encoded and place == 0 and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)
        if is_encoded:
            escaped += text  # Joined first, for an escape may be split between two pieces.
        else:
            content += unquote_to_bytes(escaped) + text.encode("utf-8", "replace")
            escaped = ""
    content += unquote_to_bytes(escaped)
    if not any(is_encoded for is_encoded, _text in pieces.values()):
        return in_words(content.decode("utf-8", "replace"), "", Defects())
    letters = decoded_word(bytes(content), charset)
    return on_one_line(letters if letters is not None else decoded_header(bytes(content)))
