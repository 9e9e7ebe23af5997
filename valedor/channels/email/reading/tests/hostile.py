"""Messages made to do harm: to take time or memory without end, to break out, to raise.

Each is small to write down and large to read; sizes are chosen so that anything that grows by the
square of them is noticed.
"""

import base64
import struct
from collections.abc import Callable

MANY = 100_000
_HEAD = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
_MIXED = _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
_HTML = _HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
_TNEF = struct.pack("<IH", 0x223E9F78, 1)


def _typed(media_type: str, content: bytes, encoding: str = "8bit") -> bytes:
    head = f"Content-Type: {media_type}\nContent-Transfer-Encoding: {encoding}\n\n"
    return _HEAD + head.encode() + content


def _parts(one: bytes, times: int) -> bytes:
    return _MIXED + (b"--b\n" + one + b"\n") * times


def _attribute(level: int, kind: int, content: bytes) -> bytes:
    return bytes([level]) + struct.pack("<II", kind, len(content)) + content + b"\0\0"


def _compressed(control: bytes) -> bytes:
    """Outlook's RTF, of references alone: every two bytes say up to seventeen."""
    head = struct.pack("<IIII", 0x7FFFFFFF, 0x7FFFFFFF, 0x75465A4C, 0)
    value = head + control * 50_000
    properties = struct.pack("<IHHII", 1, 0x102, 0x1009, 1, len(value)) + value
    return _TNEF + _attribute(1, 0x69003, properties)


def _wrapped(levels: int) -> bytes:
    """S/MIME around S/MIME."""
    inner = b"Content-Type: text/plain\r\n\r\nHola"
    for _level in range(levels):
        signed = (
            b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\0"
            b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80\x04\x84"
            + struct.pack(">I", len(inner))
            + inner
        )
        inner = (
            b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(signed)
        )
    return _HEAD + inner


def _nested(times: int) -> bytes:
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
        for level in range(times)
    )


_NO_ENCODINGS = (
    b"zlib", b"bz2", b"base64", b"hex", b"rot13", b"uu", b"idna", b"punycode", b"unicode_escape",
    b"undefined", b"mbcs", b"../../etc/passwd", b"\0", b"x" * 5_000,
)  # fmt: skip


def _in_charset(name: bytes) -> bytes:
    return b"--b\nContent-Type: text/plain; charset=" + name + b"\n\nAAAA\n"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "parts without number": lambda: _parts(b"\nx", MANY),
    "parts without content": lambda: _MIXED + b"--b\n" * MANY,
    "parts within parts": lambda: _HEAD + _nested(20_000),
    "one boundary for all levels": lambda: (
        _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 20_000
    ),
    "almost boundaries": lambda: _MIXED + b"--bb" * MANY + b"\n--b x" * MANY,
    "boundaries of one sign": lambda: (
        _HEAD + b"Content-Type: multipart/mixed; boundary=-\n\n" + (b"-" * 500_000)
    ),
    "boundaries nobody names": lambda: (
        _HEAD + b"Content-Type: multipart/mixed\n\n" + b"--x\n" * MANY
    ),
    "messages within messages": lambda: _HEAD + b"Content-Type: message/rfc822\n\n" * MANY,
    "messages beside messages": lambda: _parts(
        b"Content-Type: message/rfc822\n\nSubject: x\n\nhola", 3_000
    ),
    "headers without number": lambda: b"X-A: b\n" * MANY,
    "a header without end": lambda: b"Subject: a\n" + b" a\n" * 500_000,
    "a header of blanks": lambda: (
        b"Content-Type:" + b" " * 60_000 + b";" + b" " * 900_000 + b"\n\nx"
    ),
    "headers that are none": lambda: b"From: a@b.example\n" + b"no header\nSubject: x\n" * MANY,
    "addresses without number": lambda: b"From: a@b.example\nTo: " + b"a@b," * 16_000 + b"\n\n",
    "quotation marks that never end": lambda: b"From: " + b'"\\"<' * 16_000 + b"\n\n",
    "comments within comments": lambda: b"From: " + b"(" * 60_000 + b"\n\n",
    "brackets that never end": lambda: b"From: " + b"<" * 30_000 + b'<"\\' * 10_000 + b"\n\n",
    "references without number": lambda: b"References: " + b"<a@b.example> " * 4_000 + b"\n\n",
    "an id that never ends": lambda: (
        b"In-Reply-To: " + b"a" * 60_000 + b"\nMessage-ID: <" * 99 + b"\n\n"
    ),
    "encoded words that never end": lambda: b"Subject: " + b"=?a?q?" * 10_000 + b"\n\n",
    "encoded words without number": lambda: b"Subject: " + b"=?utf-8?Q?=C3?= " * 4_000 + b"\n\n",
    "parameters without number": lambda: (
        _HEAD + b"Content-Type: text/plain" + b"; a*999*=x" * 6_000 + b"\n\n"
    ),
    "a file name without end": lambda: _typed("application/pdf; name=" + "a/" * 30_000, b"%PDF"),
    "a number for a file name": lambda: _typed(
        "application/pdf; name*9999999999999=a; name*0*=''%", b"%PDF"
    ),
    "codecs that are no encodings": lambda: _MIXED + b"".join(map(_in_charset, _NO_ENCODINGS)),
    "half letters": lambda: _typed("text/plain; charset=utf-16", b"\xd8\xd8" * 500_000),
    "half letters in UTF-7": lambda: _typed("text/plain; charset=utf-7", b"+2AA-" * MANY),
    "escapes of Japanese": lambda: _typed("text/plain; charset=iso-2022-jp", b"\x1b$B\xff" * MANY),
    "nothing but zeros": lambda: b"\0" * 1_000_000,
    "signs of equality": lambda: _typed("text/plain", b"=" * 2_000_000, "quoted-printable"),
    "blanks after signs of equality": lambda: _typed(
        "text/plain", b"=  \t " * 400_000, "quoted-printable"
    ),
    "stretches of base64": lambda: _typed("text/plain", b"QQ==" * 500_000, "base64"),
    "files in the text": lambda: _HEAD + b"\n" + b"begin 644 a\n#0V%T\nend\n" * 50_000,
    "files in the text that never end": lambda: _HEAD + b"\n" + b"begin 644 a\n#0V%T\n" * 50_000,
    "paragraphs that flow on": lambda: _typed("text/plain; format=flowed", b"a \n" * 300_000),
    "quoted without end": lambda: _HEAD + b"\n" + b">" * 500_000 + b"\n> a" * MANY,
    "introduced without end": lambda: (
        _HEAD + b"\n" + b"El 3/11 a les 10:12, a@b va escriure:\nDe: a@b\n" * 20_000
    ),
    "empty lines": lambda: _HEAD + b"\n" * 1_000_000,
    "blocks within blocks": lambda: _HTML + b"<div>" * MANY,
    "tables within tables": lambda: _HTML + b"<table><tr><td>" * 50_000,
    "quotations within quotations": lambda: _HTML + b"<blockquote>x<br>" * 50_000,
    "formats that are repeated": lambda: (
        _HTML + b"<p>" + b"".join(b"<b id=%d>" % n for n in range(5_000)) + b"<p>x" * 20_000
    ),
    "attributes without number": lambda: _HTML + b"<p " + b"a%d=1 " * 200_000 + b">",
    "tags that never end": lambda: _HTML + b'<a "' * MANY,
    "comments that never end": lambda: _HTML + b"<!--" * MANY + b"<!" * MANY,
    "entities without number": lambda: _HTML + b"&" * 500_000,
    "a picture without end": lambda: _HTML + b"<img src='data:image/png;base64," + b"A" * 2_000_000,
    "scripts in every dress": lambda: (
        _HTML
        + (
            b"<scr<script>ipt>alert(1)</script><svg/onload=alert(1)><math><mi//xlink:href="
            b"'data:x,<script>alert(1)</script>'><a href='jav&#x09;ascript:alert(1)'>x</a>"
            b"<img src=x onerror=alert(1)><style><!--</style><img src=x onerror=alert(1)>-->"
            b"<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>"
            b"<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"
            b"<a href='//evil.example'>y</a><base href='//evil.example'><iframe srcdoc='<script>'>"
            b"<meta http-equiv=refresh content='0;url=//evil.example'><body onload=alert(1)>"
        )
    ),
    "winmail.dat that promises": lambda: _typed(
        "application/ms-tnef",
        _TNEF
        + _attribute(1, 0x69003, struct.pack("<IHHI", 0xFFFFFFFF, 0x101E, 0x3001, 0xFFFFFFFF)),
    ),
    "winmail.dat full of files": lambda: _typed(
        "application/ms-tnef", _TNEF + _attribute(2, 0x69002, b"") * MANY
    ),
    "a text that unfolds": lambda: _typed(
        "application/ms-tnef", _compressed(b"\xff" + b"\0\x0f" * 8)
    ),
    "signatures within signatures": lambda: _wrapped(30),
    "a report without end": lambda: _typed(
        "message/delivery-status", b"Final-Recipient: rfc822; a@b\nAction: failed\n\n" * 50_000
    ),
    "a report in its own words without end": lambda: (
        b"From: mailer-daemon@b.example\nSubject: delivery failed\n\n"
        + b"a@b.example 550 5.1.1 delay \n" * 50_000
    ),
}
