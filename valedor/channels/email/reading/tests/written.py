"""Messages as any program might write them, with what a person must find in them.

Written here from the grammar of RFC 5322, 2045 to 2047 and 2231, not by a library: a library writes
every message in the same way. Everything in a ``Written`` is legal; ``spoiled`` makes it illegal.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from valedor.channels.email.reading import Address, limits

DEEPEST = 3
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_ASCII = _LOWER + "ABCXYZ0189.,!?'()*+/;<=@[]{}~-_ "
_EVERYTHING = _ASCII + "áéíóúñçàèòüãõâêô€жлшßø請求書한국어😀"
# The letters of each encoding that no other encoding could be meant by.
_CHARSETS = {
    "us-ascii": _ASCII,
    "utf-8": _EVERYTHING,
    "UTF-8": _EVERYTHING,
    "iso-8859-1": _ASCII + "áéíóúñçàèòüãõâêô",
    "iso-8859-15": _ASCII + "áéíóúñç",
    "windows-1252": _ASCII + "áéíóúñç€",
    "iso-8859-2": _LOWER + "łęąśż",
    "koi8-r": _LOWER + "привет как дела",
    "windows-1251": _LOWER + "привет как дела",
    "utf-16": _LOWER + "áéíóúñç ABC",
    "utf-7": _LOWER + "áéíóúñç ABC",
    "iso-2022-jp": _LOWER + "請求書かな",
    "shift_jis": _LOWER + "請求書かな",
    "gb18030": _LOWER + "请求书",
    "big5": _LOWER + "請求書",
    "euc-kr": _LOWER + "한국어",
}
_IN_WORDS = ("utf-8", "iso-8859-1", "windows-1252", "UTF-8")
_PARTS_OF_ADDRESSES = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"
_IN_BOUNDARIES = "ABCabc0189'()+_,-./:=?"
_BOUNDARY = re.compile(rb'boundary=(?:"([^"]+)"|([A-Za-z0-9]+))')
_IN_NAMES = "abcçñáé€請😀ABC 0189.-_';=%()&+"


@dataclass(frozen=True)
class Node:
    """One part: what stands in its headers and body, and what must come out of it."""

    content: bytes
    texts: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Names, empty where none was given, and digests."""
    is_seven_bit: bool = True
    within: tuple["Written", ...] = ()
    parts: tuple["Node", ...] = ()

    @property
    def leaves(self) -> list["Node"]:
        """The parts that hold no others, in their order."""
        return [leaf for part in self.parts for leaf in part.leaves] if self.parts else [self]

    @property
    def body(self) -> bytes:
        """What stands below its headers, as it travels."""
        if self.content.startswith(b"\r\n"):
            return self.content[2:]
        return self.content.partition(b"\r\n\r\n")[2]


@dataclass(frozen=True)
class Written:
    """A whole message and what was meant by it."""

    content: bytes
    body: Node
    author: Address
    to: tuple[Address, ...]
    subject: str
    date: datetime


def digest_of(content: bytes) -> str:
    """By what a file is known again."""
    return hashlib.sha256(content).hexdigest()


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold anything, without the blanks that travel badly."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _texts(alphabet: str) -> st.SearchStrategy[str]:
    line = st.text(alphabet, max_size=90)
    return st.lists(line, min_size=1, max_size=6).map("\r\n".join)


# ——— headers ———


@st.composite
def _folded(draw: st.DrawFn, value: str) -> str:
    """A value with line ends before some of its blanks, wherever a line would not stay empty."""
    pieces = []
    for at, sign in enumerate(value):
        is_between = 0 < at < len(value) - 1 and not value[at + 1].isspace()
        is_between = is_between and not value[at - 1].isspace()
        if sign == " " and is_between and draw(st.integers(0, 2)) == 0:
            pieces.append("\r\n")
        pieces.append(sign)
    return "".join(pieces)


BLANKS = st.sampled_from([" ", "\r\n ", "\r\n\t", "  \r\n  "])
COMMENTS = st.sampled_from(
    ["(Ana)", "(a \\) b)", "(a (b) c)", "( de casa )", "(x; y=z, w: v)", "()", "(\\\\)"]
)
BETWEEN = st.lists(BLANKS | COMMENTS, max_size=2).map("".join)


@st.composite
def encoded_words(draw: st.DrawFn, text: str) -> str:
    """A text as encoded words (RFC 2047), cut between any two letters."""
    words, rest = [], text
    while rest:
        taken = draw(st.integers(1, 12))
        piece, rest = rest[:taken], rest[taken:]
        charset = draw(st.sampled_from(_IN_WORDS))
        try:
            raw = piece.encode(charset)
        except UnicodeEncodeError:
            charset, raw = "utf-8", piece.encode()
        if draw(st.booleans()):
            words.append(f"=?{charset}?{draw(st.sampled_from('bB'))}?{_b64(raw)}?=")
        else:
            words.append(f"=?{charset}?{draw(st.sampled_from('qQ'))}?{_q(raw)}?=")
    return draw(st.sampled_from([" ", "\r\n ", "\r\n\t"])).join(words)


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _q(raw: bytes) -> str:
    plain = set(b"abcdefghijklmnopqrstuvwxyzABCXYZ0189!*+-/")
    return "".join(
        "_" if byte == 32 else chr(byte) if byte in plain else f"={byte:02X}" for byte in raw
    )


_SUBJECT_SIGNS = "abcçñáéíüãõ€жл請😀ABC0189 .,;:-_()?!"
SUBJECTS = st.text(_SUBJECT_SIGNS, max_size=60).map(lambda said: " ".join(said.split()))


@st.composite
def _subject(draw: st.DrawFn, said: str) -> str:
    way = draw(st.sampled_from(["plain", "encoded", "mixed"]))
    if way == "plain":  # As it is where it is ASCII, and as UTF-8 (RFC 6532) where it is not.
        return draw(_folded(said))
    if way == "encoded":
        return draw(encoded_words(said))
    words = [word if word.isascii() and draw(st.booleans()) else None for word in said.split(" ")]
    pieces: list[str] = []
    waiting: list[str] = []
    for word, shown in zip(said.split(" "), words, strict=True):
        if shown is None:
            waiting.append(word)
            continue
        if waiting:
            pieces.append(draw(encoded_words(" ".join(waiting))))
        pieces.append(shown)
        waiting = []
    if waiting:
        pieces.append(draw(encoded_words(" ".join(waiting))))
    return " ".join(pieces)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_ATOMS = st.text(_PARTS_OF_ADDRESSES, min_size=1, max_size=10)
_LOCAL = st.lists(_ATOMS, min_size=1, max_size=3).map(".".join) | st.sampled_from(
    ['"ana pons"', '"a@b"', '"a\\"b"', '"<,;:>"', '"a..b"', '"."']
)
_DOMAINS = st.sampled_from(
    ["example.org", "a.b.c.example", "xn--bess-bpa.example", "[192.0.2.1]", "[IPv6:2001:db8::1]"]
)
_NAMES = st.text("abcçñáé請😀ABC 0189.,'-@()<>;:\"", max_size=20).map(
    lambda said: " ".join(said.split())
)


@st.composite
def mailboxes(draw: st.DrawFn) -> tuple[str, Address]:
    """A mailbox as it is written, and what it means. One without a name may have comments."""
    local, domain = draw(_LOCAL), draw(_DOMAINS)
    address = f"{local}@{domain}"
    name = draw(_NAMES)
    if not name:
        return (address if draw(st.booleans()) else f"<{address}>"), Address("", address)
    if draw(st.integers(0, 7)) == 0:  # As programs wrote names before there were brackets.
        return f"{address} (Ana Pons)", Address("Ana Pons", address)
    if name.isascii():
        is_atoms = all(sign.isalnum() or sign in " -'" for sign in name)
        phrase = name if is_atoms and draw(st.booleans()) else _quoted(name)
    elif draw(st.integers(0, 2)) == 0:
        phrase = _quoted(name)
    else:
        phrase = draw(encoded_words(name))
    within = draw(st.sampled_from([address, address, f" {address} ", f"{local}@{domain}(casa)"]))
    written = f"{phrase} {draw(BETWEEN)}<{within}>{draw(BETWEEN)}"
    return written, Address(name, address)


@st.composite
def _mailbox_list(draw: st.DrawFn) -> tuple[str, tuple[Address, ...]]:
    found = draw(st.lists(mailboxes(), min_size=1, max_size=4))
    written = draw(st.sampled_from([", ", ",\r\n ", ",", " ,\r\n\t"])).join(
        said for said, _meant in found
    )
    if draw(st.integers(0, 3)) == 0:
        written = f"Clients de Reus: {written};"
    if draw(st.integers(0, 5)) == 0:
        written = f"undisclosed-recipients:;, {written}"
    return written, tuple(meant for _said, meant in found)


@st.composite
def _dates(draw: st.DrawFn) -> tuple[str, datetime]:
    minutes = draw(st.integers(-14 * 60, 14 * 60))
    moment = draw(
        st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001
    ).replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    sign = "-" if minutes < 0 else "+"
    zone = f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    day = draw(st.sampled_from([f"{moment.day}", f"{moment.day:02}"]))
    weekday = draw(st.sampled_from([f"{_WEEKDAYS[moment.weekday()]}, ", ""]))
    blank = draw(st.sampled_from([" ", "\r\n "]))
    written = (
        f"{weekday}{day}{blank}{_MONTHS[moment.month - 1]} {moment.year}{blank}"
        f"{moment:%H:%M:%S} {zone}"
    )
    if draw(st.booleans()):
        written += f" {draw(COMMENTS)}"
    return written, moment


# ——— parameters ———


@st.composite
def parameter(draw: st.DrawFn, name: str, value: str) -> str:
    """A parameter of RFC 2045, or of RFC 2231 where it is long or beyond ASCII."""
    ways = ["quoted"] if value.isascii() else []
    if value and all(sign.isalnum() or sign in "._-" for sign in value) and value.isascii():
        ways.append("token")
    ways += ["extended", "continued"]
    way = draw(st.sampled_from(ways))
    equals = "="
    if way == "quoted":
        return f"{name}{equals}{_quoted(value)}"
    if way == "token":
        return f"{name}{equals}{value}"
    charset = draw(st.sampled_from(_IN_WORDS))
    try:
        raw = value.encode(charset)
    except UnicodeEncodeError:
        charset, raw = "utf-8", value.encode()
    language = draw(st.sampled_from(["", "ca", "pt-BR"]))
    escaped = [chr(byte) if chr(byte) in _LOWER else f"%{byte:02X}" for byte in raw]
    if way == "extended":
        return f"{name}*={charset}'{language}'{''.join(escaped)}"
    pieces = []
    rest, number = escaped, 0
    while rest or not number:
        taken = draw(st.integers(1, 20))
        piece, rest = rest[:taken], rest[taken:]
        head = f"{charset}'{language}'" if not number else ""
        is_plain = number and all(len(one) == 1 for one in piece)
        if is_plain and draw(st.booleans()):
            pieces.append(f'{name}*{number}="{"".join(piece)}"')
        else:
            pieces.append(f"{name}*{number}*={head}{''.join(piece)}")
        number += 1
    if draw(st.integers(0, 3)) == 0:
        pieces.reverse()  # The numbers say the order, wherever each stands.
    return f";{draw(BLANKS)}".join(pieces)


# ——— transfer encodings ———


@st.composite
def _transferred(draw: st.DrawFn, raw: bytes, *, is_text: bool) -> tuple[str, bytes, bool]:
    """The name of a transfer encoding, what travels, and whether that has seven bits."""
    lines = raw.split(b"\r\n")
    is_lines = (
        all(len(line) < 990 and b"\r" not in line and b"\n" not in line for line in lines)
        and b"\0" not in raw
    )
    ways = ["base64", "quoted-printable"]
    if is_lines:
        ways.append("7bit" if raw.isascii() else "8bit")
    way = draw(st.sampled_from(ways))
    if way == "base64":
        length = draw(st.sampled_from([76, 72, 64, 4])) // 4 * 3
        pieces = [_b64(raw[at : at + length]) for at in range(0, len(raw), length)]
        return way, "\r\n".join(pieces).encode(), True
    if way == "quoted-printable":
        return way, draw(_quoted_printable(raw, is_text=is_text)), True
    return way, raw, raw.isascii()


@st.composite
def _quoted_printable(draw: st.DrawFn, raw: bytes, *, is_text: bool) -> bytes:
    """Soft line ends wherever the writer likes, and letters escaped that need not be."""
    longest = draw(st.integers(10, 74))
    escaped_too = draw(st.sampled_from([b"", b"e", b" .'", b"aeiou"]))
    out: list[str] = []
    length = 0
    at = 0
    while at < len(raw):
        if is_text and raw.startswith(b"\r\n", at):
            out.append("\r\n")
            length, at = 0, at + 2
            continue
        byte = raw[at]
        ends_line = at + 1 == len(raw) or raw.startswith(b"\r\n", at + 1)
        is_plain = (33 <= byte <= 126 and byte != 61) or (byte in b" \t" and not ends_line)
        sign = chr(byte) if is_plain and byte not in escaped_too else f"={byte:02X}"
        if length + len(sign) > longest:
            out.append("=\r\n")
            length = 0
        out.append(sign)
        length += len(sign)
        at += 1
    return "".join(out).encode()


# ——— parts ———


@st.composite
def _head(draw: st.DrawFn, fields: list[tuple[str, str]]) -> bytes:
    """Headers in any order and any case, with blanks around the colon or none."""
    lines = []
    for name, value in draw(st.permutations(fields)):
        shown = draw(st.sampled_from([name, name.lower(), name.upper()]))
        colon = draw(st.sampled_from([": ", ": ", ":", ":  ", " : ", ":\t"]))
        lines.append(f"{shown}{colon}{value}\r\n")
    return "".join(lines).encode()


@st.composite
def _typed(draw: st.DrawFn, media_type: str, *parameters: str) -> str:
    written = draw(st.sampled_from([media_type, media_type.upper(), media_type.title()]))
    if draw(st.integers(0, 3)) == 0:
        written += f" {draw(COMMENTS)}"
    for one in parameters:
        written += f";{draw(BLANKS)}{one}"
        if draw(st.integers(0, 3)) == 0 and "name" not in one:
            written += f" {draw(COMMENTS)}"
    return written


@st.composite
def _encoding(draw: st.DrawFn, way: str) -> str:
    written = draw(st.sampled_from([way, way.upper(), way.title()]))
    return written + (f" {draw(COMMENTS)}" if draw(st.integers(0, 4)) == 0 else "")


@st.composite
def texts(draw: st.DrawFn, *, media_type: str = "text/plain") -> Node:
    """A text in one of the world's encodings."""
    charset = draw(st.sampled_from(sorted(_CHARSETS)))
    said = draw(_texts(_CHARSETS[charset]))
    written = said
    if media_type == "text/html":
        lines = "".join(f"<p>{_escaped(line)}</p>\r\n" for line in said.split("\r\n"))
        written = f"<html><body>{lines}</body></html>"
        charset = "utf-8" if charset in {"utf-7", "utf-16"} else charset
    raw = written.encode(charset)
    way, travels, is_seven = draw(_transferred(raw, is_text=charset != "utf-16"))
    fields = [
        ("Content-Type", draw(_typed(media_type, draw(parameter("charset", charset))))),
        ("Content-Transfer-Encoding", draw(_encoding(way))),
    ]
    if draw(st.booleans()):
        fields.append(("Content-Disposition", "inline"))
    content = draw(_head(fields)) + b"\r\n" + travels
    return Node(content, (said.replace("\r\n", "\n"),), is_seven_bit=is_seven)


@st.composite
def plain_parts(draw: st.DrawFn) -> Node:
    """A part that says nothing of itself, is empty, or has headers and no body (RFC 2046, 5.1)."""
    said = draw(_texts(_ASCII))
    return draw(
        st.sampled_from(
            [
                Node(b"\r\n" + said.encode(), (said.replace("\r\n", "\n"),)),
                Node(b"\r\n"),
                Node(b"Content-Type: text/plain\r\n"),
                Node(b"Content-Type: text/plain; charset=utf-8\r\n\r\n"),
            ]
        )
    )


@st.composite
def flowing(draw: st.DrawFn) -> Node:
    """Paragraphs that travel in short lines (RFC 3676)."""
    words = st.lists(st.text(_LOWER + ">", min_size=1, max_size=9), min_size=1, max_size=20)
    paragraphs = draw(st.lists(words, min_size=1, max_size=4))
    drops = draw(st.booleans())
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for at, word in enumerate(paragraph):
            line += word
            if at + 1 == len(paragraph):
                lines.append(line)
            elif draw(st.integers(0, 3)) == 0:
                lines.append(line + ("  " if drops else " "))
                line = ""
            else:
                line += " "
    stuffed = [f" {line}" if line.startswith((">", " ", "From ")) else line for line in lines]
    said = "; delsp=yes" if drops else ""
    head = f"Content-Type: text/plain; charset=utf-8; format=flowed{said}\r\n\r\n"
    text = "\n".join(" ".join(paragraph) for paragraph in paragraphs)
    return Node(head.encode() + "\r\n".join(stuffed).encode(), (text,))


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def files(draw: st.DrawFn) -> Node:
    """A file, of any bytes, under a name that must come back."""
    raw = draw(st.binary(max_size=200) | st.text(_ASCII, max_size=80).map(str.encode))
    name = draw(st.text(_IN_NAMES, min_size=1, max_size=40)).strip(". ") or "a.pdf"
    media_type = draw(
        st.sampled_from(["application/pdf", "image/png", "text/plain", "text/csv", "x-a/x-b"])
    )
    way, travels, is_seven = draw(_transferred(raw, is_text=False))
    fields = [("Content-Transfer-Encoding", draw(_encoding(way)))]
    if draw(st.booleans()):
        fields.append(("Content-Type", draw(_typed(media_type))))
        said = draw(parameter("filename", name))
        fields.append(("Content-Disposition", f"attachment;{draw(BLANKS)}{said}"))
    else:
        said = draw(parameter("name", name))
        fields.append(("Content-Type", draw(_typed(media_type, said))))
        fields.append(("Content-Disposition", "attachment"))
    content = draw(_head(fields)) + b"\r\n" + travels
    return Node(content, (), ((name, digest_of(raw)),), is_seven)


@st.composite
def attached_messages(draw: st.DrawFn, depth: int) -> Node:
    """A message within the message (RFC 2046, 5.2.1)."""
    inner = draw(messages(depth + 1))
    fields = [("Content-Type", "message/rfc822")]
    if not inner.body.is_seven_bit:
        fields.append(("Content-Transfer-Encoding", "8bit"))
    content = draw(_head(fields)) + b"\r\n" + inner.content
    return Node(
        content, (), (("", digest_of(inner.content)),), inner.body.is_seven_bit, within=(inner,)
    )


@st.composite
def multiparts(draw: st.DrawFn, depth: int) -> Node:
    """Parts beside each other, each of any kind, with words before and after that nobody sees."""
    kind = draw(st.sampled_from(["mixed", "mixed", "related", "parallel", "x-unknown"]))
    parts = draw(st.lists(plain_parts() | nodes(depth + 1), min_size=1, max_size=3))
    return draw(_joined(kind, parts))


@st.composite
def alternatives(draw: st.DrawFn, depth: int) -> Node:
    """The same twice: plain, and as HTML, perhaps with its pictures."""
    plain = draw(texts())
    said = plain.texts[0]
    rich_lines = "".join(f"<p>{_escaped(line)}</p>\r\n" for line in said.split("\n"))
    rich = Node(
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(rich_lines.encode()).replace(b"\n", b"\r\n")
    )
    if draw(st.booleans()):
        picture = draw(files())
        rich = draw(_joined("related", [rich, picture]))
    if not said.strip():
        rich = Node(rich.content, rich.texts, rich.files, rich.is_seven_bit)
    return draw(_joined("alternative", [plain, rich]))


@st.composite
def _joined(draw: st.DrawFn, kind: str, parts: list[Node]) -> Node:
    within = b"".join(part.content for part in parts)
    boundary = draw(
        st.text(_IN_BOUNDARIES, min_size=1, max_size=20)
        .map(lambda said: f"{said}{len(within)}")
        .filter(lambda said: b"--" + said.encode() not in within)
    )
    mark = f"--{boundary}".encode()
    padding = draw(st.sampled_from([b"", b"", b" ", b"\t "]))
    content = draw(
        _head([("Content-Type", draw(_typed(f"multipart/{kind}", _boundary(boundary))))])
    )
    content += b"\r\n" + draw(st.sampled_from([b"", b"", b"Nobody sees this.\r\n"]))
    for part in parts:
        content += mark + padding + b"\r\n" + part.content + b"\r\n"
    content += mark + b"--" + padding + draw(st.sampled_from([b"", b"\r\n", b"\r\nNor this.\r\n"]))
    return Node(
        content,
        tuple(text for part in parts for text in part.texts),
        tuple(file for part in parts for file in part.files),
        all(part.is_seven_bit for part in parts),
        tuple(one for part in parts for one in part.within),
        tuple(parts),
    )


def _boundary(said: str) -> str:
    return f"boundary={said}" if said.isalnum() else f'boundary="{said}"'


def nodes(depth: int) -> st.SearchStrategy[Node]:
    """A part of any kind; deep ones hold no others."""
    leaves = st.one_of(texts(), files(), texts(media_type="text/html"), flowing())
    if depth >= DEEPEST:
        return leaves
    deeper = [multiparts(depth), alternatives(depth)]
    if depth < limits.DEEPEST_MESSAGE - 1:
        deeper.append(attached_messages(depth))
    return st.one_of(leaves, *deeper)


@st.composite
def messages(draw: st.DrawFn, depth: int = 0) -> Written:
    """A legal message."""
    body = draw(nodes(depth))
    said_author, author = draw(mailboxes())
    said_to, to = draw(_mailbox_list())
    said_date, date = draw(_dates())
    subject = draw(SUBJECTS)
    fields = [
        ("From", said_author),
        ("To", said_to),
        ("Date", said_date),
        ("Subject", draw(_subject(subject))),
        ("MIME-Version", draw(st.sampled_from(["1.0", "1.0 (de casa)", "(x) 1.0"]))),
        ("X-Whatever", draw(st.text(_ASCII, max_size=30).map(str.strip))),
    ]
    head = draw(_head(fields))
    if not depth:
        head = draw(st.sampled_from([b"", b"", b"From ana@example.org Fri Nov 20 2026\r\n"])) + head
    return Written(head + body.content, body, author, to, subject, date)


# ——— what is illegal ———


@st.composite
def cut_off(draw: st.DrawFn, written: Written) -> bytes:
    """The beginning of a message whose rest never came."""
    return written.content[: draw(st.integers(0, len(written.content)))]


def _boundary_lines(content: bytes) -> list[tuple[int, int]]:
    """Where the lines stand that separate parts: what comes between two hyphens and their end."""
    named = {found[1] or found[2] for found in _BOUNDARY.finditer(content)}
    marks = [re.escape(b"--" + one) for one in named]
    if not marks:
        return []
    lines = re.compile(rb"^(?:" + b"|".join(marks) + rb")(?:--)?[ \t]*\r\n", re.MULTILINE)
    return [found.span() for found in lines.finditer(content)]


@st.composite
def badly_separated(draw: st.DrawFn, written: Written) -> bytes:
    """A message in which one of the lines that separate parts is not what it was."""
    content = written.content
    lines = _boundary_lines(content)
    if not lines:
        return content
    begins, ends = draw(st.sampled_from(lines))
    line = content[begins:ends]
    bare = line.rstrip()
    worse = draw(
        st.sampled_from(
            [b"", b" " + line, line[1:], bare[:-1] + b"\r\n", bare + b"x\r\n", bare + b"--\r\n"]
        )
    )
    return content[:begins] + worse + content[ends:]


@st.composite
def spoiled(draw: st.DrawFn, written: Written) -> bytes:
    """The same message after something went wrong with it on its way."""
    content = bytearray(written.content)
    for _time in range(draw(st.integers(1, 3))):
        way = draw(
            st.sampled_from(["cut", "byte", "gone", "twice", "line", "eight", "boundary", "ends"])
        )
        at = draw(st.integers(0, max(0, len(content) - 1)))
        if way == "cut":
            del content[at:]
        elif way == "byte" and content:
            content[at] = draw(st.integers(0, 255))
        elif way == "gone":
            del content[at : at + draw(st.integers(1, 40))]
        elif way == "twice":
            content[at:at] = content[at : at + draw(st.integers(1, 200))]
        elif way == "line":
            ends = content.find(b"\n", at)
            begins = content.rfind(b"\n", 0, at) + 1
            del content[begins : ends + 1 if ends >= 0 else len(content)]
        elif way == "eight":
            content[at:at] = draw(
                st.sampled_from([b"\xe1", b"\xff\xfe", b"\xc3", b"\0", b"\x1b$B"])
            )
        elif way == "boundary":
            mark = content.find(b"\n--", at)
            if mark >= 0:
                content[mark + 1 : mark + 3] = draw(st.sampled_from([b"-", b"", b"---", b" --"]))
        else:
            content = content.replace(b"\r\n", draw(st.sampled_from([b"\n", b"\r", b"\n\r"])))
    return bytes(content)
