"""Comments of RFC 5322, 3.2.2: words in round brackets, within each other, with signs escaped.

They may stand between any two words of a header that machines read.
"""

import re

_SIGN = re.compile(r"[()]|\\.", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BEGINS = re.compile(r'"(?:[^"\\]|\\.)*"|\(', re.DOTALL)


def comment_at(text: str, position: int) -> tuple[str, int]:
    """The inside of the comment whose bracket stands before a position, and where it ends."""
    begins, depth = position, 1
    while found := _SIGN.search(text, position):
        position = found.end()
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return _ESCAPED.sub(r"\1", text[begins : found.start()]), position
    return text[begins:], len(text)


def without_comments(text: str) -> str:
    """A header that machines read, without what its writer put in brackets for people."""
    pieces: list[str] = []
    position = searched = 0
    while found := _BEGINS.search(text, searched):
        searched = found.end()
        if found[0] == "(":
            pieces.append(text[position : found.start()])
            _inside, position = comment_at(text, found.end())
            searched = position
    return " ".join([*pieces, text[position:]]).strip() if pieces else text
