"""Addresses of a header (RFC 5322), as mail programs and people write them.

Names with commas and without quotation marks, comments as names, groups, routes, quotation marks
and brackets that never end. One pass, whatever it meets.
"""

import re
from collections.abc import Iterator

from . import limits
from .comments import comment_at, without_comments
from .defects import Defects
from .message import Address
from .words import in_words, on_one_line

_TOKEN = re.compile(
    r"(?P<word>=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?=)"
    r'|"(?P<quoted>(?:[^"\\]|\\.?)*)(?:"|$)'
    r'|<(?P<angle>(?:"(?:[^"\\]|\\.)*"|[^<>"])*)>?'
    r"|(?P<comment>\()"
    r"|(?P<end>[,;])"
    r"|(?P<colon>:)"
    r'|(?P<atom>(?:[^\s",;:<>()\[\]]|\[[^\]\s]{0,100}\]?)+)'
    r"|(?P<blank>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WITHIN = re.compile(r"\s+|mailto:", re.IGNORECASE)
_LONGEST = 1_000
_LOCAL_PART = re.compile(r'"((?:[^"\\]|\\.)*)"@', re.DOTALL)


class _Mailbox:
    """What was seen of one mailbox so far."""

    def __init__(self) -> None:
        self.phrase: list[str] = []
        self.atoms: list[str] = []
        self.angle: str | None = None
        self.comments: list[str] = []
        self.is_joined = False

    def add(self, shown: str, raw: str) -> None:
        if self.is_joined and self.atoms:
            self.phrase[-1] += shown
            self.atoms[-1] += raw
        else:
            self.phrase.append(shown)
            self.atoms.append(raw)
        self.is_joined = True


def addresses(text: str, name: str, defects: Defects) -> tuple[Address, ...]:
    """The mailboxes of a header on one line; groups give their members."""
    if not text:
        return ()
    found: list[Address] = []
    for one in _mailboxes(text, name, defects):
        if len(found) >= limits.MOST_ADDRESSES:
            defects.note("too_many_addresses", name=name, limit=limits.MOST_ADDRESSES)
            break
        found.append(one)
    return tuple(found)


def _mailboxes(text: str, name: str, defects: Defects) -> Iterator[Address]:
    box, before, position = _Mailbox(), "", 0
    has_open_quotation = False
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            break
        position = found.end()
        kind, token = found.lastgroup, found[0]
        if kind == "word" and box.angle is not None and in_words(token, name, defects) == ",":
            kind = "end"  # Python's own library encodes the comma where it breaks a line.
        if kind == "end":
            ended, before = _ended(box, before, token, name, defects)
            yield from ended
            box = _Mailbox()
        elif kind == "colon":
            if not any("@" in atom for atom in box.atoms) and box.angle is None:
                box = _Mailbox()  # The name of a group, or "mailto:".
                before = ""
        elif kind == "comment":
            comment, position = comment_at(text, position)
            box.comments.append(comment)
            box.is_joined = False
        elif kind == "angle":
            if box.angle is None:
                box.angle = found["angle"]
            box.is_joined = False
        elif kind == "blank":
            box.is_joined = False
        elif kind == "quoted":
            if not has_open_quotation and found.end("quoted") == found.end() and "<" in token:
                has_open_quotation = True  # Nobody closes it: it is no quotation.
                position = found.start() + 1
            else:
                box.add(_ESCAPED.sub(r"\1", found["quoted"]), token)
        elif kind != "other":
            if kind == "word":
                # Neighbouring encoded words belong together; their blank is theirs to drop.
                box.is_joined = box.is_joined and not (box.phrase and box.phrase[-1][-2:] == "?=")
            box.add(token, token)
    ended, before = _ended(box, before, "", name, defects)
    yield from ended
    if before.strip():
        yield Address(in_words(before, name, defects), "")


def _ended(
    box: _Mailbox, before: str, separator: str, name: str, defects: Defects
) -> tuple[list[Address], str]:
    """The addresses of a mailbox that ends here, and the name that waits for the next one.

    In ``Pons, Ana <ana@example.org>`` the first half is no mailbox but half a name.
    """
    if box.angle is not None:
        shown = " ".join([*([before] if before else []), *box.phrase])
        if not shown.strip():
            shown = " ".join(box.comments)
        address = _address(box.angle)
        named = _unquoted(in_words(shown, name, defects))
        if not address and not named:
            return [], ""
        if "@" not in address and box.angle.strip():
            defects.note("bad_address", name=name)
        return [Address(named, address)], ""
    with_at = [atom for atom in box.atoms if "@" in atom]
    if with_at:
        return _bare(box, with_at, before, name, defects), ""
    if not box.phrase:
        return [], before if separator == "," else ""
    waiting = " ".join(box.phrase)
    if before:
        waiting = f"{before} {waiting}"
    if separator == "," and len(waiting) < _LONGEST:
        return [], f"{waiting},"
    defects.note("bad_address", name=name)
    return [Address(in_words(waiting, name, defects), "")], ""


def _bare(
    box: _Mailbox, with_at: list[str], before: str, name: str, defects: Defects
) -> list[Address]:
    """Addresses without brackets: the rest of the words is a name."""
    if len(with_at) == 1 and (with_at[0].startswith("@") or with_at[0].endswith("@")):
        joined = "".join(box.atoms)
        return [Address(in_words(" ".join(box.comments), name, defects), _address(joined))]
    rest = [
        shown for shown, atom in zip(box.phrase, box.atoms, strict=True) if "@" not in atom
    ] or box.comments
    named = in_words(" ".join([*([before] if before else []), *rest]), name, defects)
    addresses = [Address("", _address(atom)) for atom in with_at]
    addresses[-1] = Address(_unquoted(named), addresses[-1].address)
    return addresses


def _unquoted(name: str) -> str:
    """Outlook quotes addresses that it shows as names: ``'ana@example.org'``."""
    is_quoted = len(name) > 2 and "@" in name and name[0] == name[-1] == "'"
    return name[1:-1] if is_quoted else name


def _address(raw: str) -> str:
    """An address without route, blanks and what programs put around it."""
    bare = without_comments(raw[:_LONGEST]).strip()
    quoted = _LOCAL_PART.search(bare)
    if quoted:
        return on_one_line(bare[quoted.start() :])
    bare = _WITHIN.sub("", bare).strip('",;')
    if bare.endswith("'"):  # An address may begin with this sign, and none ends with it.
        bare = bare.strip("'\",;")
    if bare.startswith("@") and ":" in bare:
        bare = bare.rsplit(":", 1)[1]
    return on_one_line(bare)
