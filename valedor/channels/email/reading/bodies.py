"""Which parts are the text, which are attachments, and which say something about the message.

Alternatives say the same several times: the plain one is read, the HTML one shown. Everything that
is neither text nor structure is an attachment, so nothing of a message is lost.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from . import calendars, charsets, file_names, html, limits, plain, smime, tnef
from .defects import Defects
from .headers import Headers, headers_at
from .message import Attachment, ReadMessage, System
from .parts import Budget, Part, part_at

_TEXTS = frozenset({"plain", "html", "enriched", "richtext", "markdown", "x-markdown"})
_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_DISPOSITION = frozenset(
    {"message/disposition-notification", "message/global-disposition-notification"}
)
_RETURNED_HEADERS = frozenset({"text/rfc822-headers", "message/global-headers"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_META_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.I
)
_IS_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}<(?:!doctype html|html)\b[^<]{0,500}>", re.I)
_TAGS_OF_ENRICHED = re.compile(r"<(?:/?[A-Za-z-]{1,60})>")
_PGP = re.compile(r"^-----BEGIN PGP (SIGNED )?MESSAGE-----[ \t]*$", re.MULTILINE)

Reader = Callable[[bytes, int, Budget], ReadMessage]
"""Reads a message that is attached to another."""


@dataclass
class Piece:
    """A stretch of the text: plain, as HTML, or both."""

    plain: str = ""
    html: str = ""


@dataclass
class Gathered:
    """What was found in the parts of a message."""

    read: Reader
    budget: Budget
    level: int
    defects: Defects
    attachments: list[Attachment] = field(default_factory=list)
    signed: System | None = None
    encrypted: System | None = None
    status: list[bytes] = field(default_factory=list)
    dispositions: list[bytes] = field(default_factory=list)
    originals: list[Headers] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    packed: list[tnef.Tnef] = field(default_factory=list)

    def attach(
        self,
        content: bytes,
        media_type: str,
        name: str = "",
        *,
        content_id: str = "",
        is_inline: bool = False,
        message: ReadMessage | None = None,
    ) -> None:
        """Keep a file, under a name of ours where it has none."""
        name = name or file_names.given(len(self.attachments) + 1, media_type)
        self.attachments.append(
            Attachment(name, media_type, content, is_inline, content_id, message)
        )


def gather(part: Part, found: Gathered) -> list[Piece]:
    """The text of a part in its pieces; the rest of it is added to what was found."""
    if part.kind == "multipart":
        return _of_multipart(part, found)
    if part.kind == "text" and _is_text(part, found):
        return _text(part, found)
    return _of_file(part, found)


def _of_multipart(part: Part, found: Gathered) -> list[Piece]:
    if part.media_type == "multipart/encrypted":
        is_smime = "pkcs7" in part.content_type.get("protocol").lower()
        found.encrypted = "S/MIME" if is_smime else "PGP"
        for child in part.children:
            _attach(child, found)
        return []
    if part.media_type == "multipart/signed":
        is_pgp = "pgp" in part.content_type.get("protocol").lower()
        found.signed = "PGP" if is_pgp else "S/MIME"
    pieces = [gather(child, found) for child in part.children]
    if part.media_type == "multipart/alternative":
        return _alternatives(pieces)
    return [piece for ones in pieces for piece in ones]


def _alternatives(children: list[list[Piece]]) -> list[Piece]:
    """One piece of what says the same: the first that is plain, the last that is HTML."""
    text = next((one for one in children if any(piece.plain.strip() for piece in one)), [])
    rich = next((one for one in reversed(children) if any(piece.html for piece in one)), [])
    if not text and not rich:
        return []
    is_mixed = any(not piece.plain.strip() for piece in text)
    return [
        Piece(
            "" if is_mixed else "\n\n".join(piece.plain.strip("\n") for piece in text),
            "\n".join(piece.html or html.of_text(piece.plain) for piece in rich),
        )
    ]


def _is_text(part: Part, found: Gathered) -> bool:
    subtype = part.media_type.partition("/")[2]
    if part.is_attachment or subtype not in _TEXTS:
        return False
    is_named = bool(part.disposition.get("filename") or part.content_type.get("name"))
    if is_named and (part.depth or part.disposition.value):
        return False
    left = found.budget.html if subtype == "html" else found.budget.text
    return left > 0 and found.budget.take_text()


def _text(part: Part, found: Gathered) -> list[Piece]:
    content = part.content(found.defects)
    label = part.content_type.word("charset")
    if part.media_type == "text/html":
        return [_html(part, content, label, found)]
    if _IS_HTML.match(content) and part.media_type == "text/plain":
        found.defects.note("html_said_plain")
        return [_html(part, content, label, found)]
    content, files = plain.without_files(content, found.defects)
    for name, file in files:
        found.attach(file, "application/octet-stream", name)
    most = found.budget.text
    text = charsets.decoded(content[: 4 * most], label, found.defects)
    if part.content_type.get("format").lower().startswith("flowed"):
        drops_space = part.content_type.get("delsp").lower().startswith("yes")
        text = plain.unflowed(text, drops_space=drops_space)
    if part.media_type in {"text/enriched", "text/richtext"}:
        text = _TAGS_OF_ENRICHED.sub("", text).replace("<<", "<")
    if len(text) > most or len(content) > 4 * most:
        found.defects.note("text_too_long")
        found.attach(content, part.media_type)
        text = text[:most]
    found.budget.text -= len(text)
    if pgp := _PGP.search(text):
        if pgp[1]:
            found.signed = found.signed or "PGP"
        else:
            found.encrypted = found.encrypted or "PGP"
    return [Piece(plain=text)]


def _html(part: Part, content: bytes, label: str, found: Gathered) -> Piece:
    if not label and (said := _META_CHARSET.search(content, 0, 2_000)):
        label = said[1].decode("ascii")
    most = limits.LONGEST_HTML
    is_short = len(content) <= 4 * most or b"data:image/" in content
    text = charsets.decoded(content if is_short else content[: 4 * most], label, found.defects)
    length = html.length_without_pictures(text)
    if length > found.budget.html:
        found.attach(content, part.media_type)
    found.budget.html -= min(length, most)
    return Piece(html=text or " ")


def _of_file(part: Part, found: Gathered) -> list[Piece]:
    """A part that is no text of its own. Some hold text all the same."""
    media_type = part.media_type
    if media_type in _MESSAGES:
        _attach_message(part, found)
    elif media_type in _TNEF or part.file_name(Defects()).lower() == "winmail.dat":
        _unpack_tnef(part.content(found.defects), part, found)
    elif media_type in _SMIME:
        return _of_smime(part, found)
    else:
        _attach(part, found)
        if media_type in _STATUS:
            found.status.append(part.content(Defects()))
        elif media_type in _DISPOSITION:
            found.dispositions.append(part.content(Defects()))
        elif media_type in _RETURNED_HEADERS:
            content = part.content(Defects())
            found.originals.append(
                headers_at(content, 0, len(content), Defects(), is_message=True)[0]
            )
        elif media_type in {"text/calendar", "application/ics"}:
            label = part.content_type.word("charset")
            found.calendars.append(
                calendars.in_words(charsets.decoded(part.content(Defects()), label, Defects()))
            )
    return []


def _attach(part: Part, found: Gathered) -> None:
    name = part.file_name(found.defects)
    if not name and part.media_type == "text/calendar":
        name = "invite.ics"
    found.attach(part.content(found.defects), part.media_type, name, content_id=part.content_id)


def _attach_message(part: Part, found: Gathered) -> None:
    """A message within the message: a file named by its subject, and readable."""
    content = part.content(found.defects)
    message = None
    if found.level < limits.DEEPEST_MESSAGE:
        message = found.read(content, found.level + 1, found.budget)
    else:
        found.defects.note("messages_too_deep", limit=limits.DEEPEST_MESSAGE)
    headers, _body = headers_at(content, 0, len(content), Defects(), is_message=True)
    found.originals.append(headers)
    subject = headers.simple("subject")
    stem = file_names.harmless(subject.replace("/", "-").replace("\\", "-"), Defects())
    name = file_names.shortened(f"{stem}.eml") if stem else part.file_name(found.defects)
    found.attach(content, "message/rfc822", name, content_id=part.content_id, message=message)


def _unpack_tnef(content: bytes, part: Part, found: Gathered) -> None:
    unpacked = tnef.unpacked(content, found.defects) if found.budget.take_wrapping() else None
    if unpacked is None or not (unpacked.files or unpacked.has_body):
        found.attach(content, "application/ms-tnef", part.file_name(found.defects) or "winmail.dat")
        return
    found.packed.append(unpacked)
    for file in unpacked.files:
        name = file_names.harmless(file.name, found.defects)
        media_type = file.media_type if "/" in file.media_type else "application/octet-stream"
        found.attach(file.content, media_type, name, content_id=file.content_id)


def _of_smime(part: Part, found: Gathered) -> list[Piece]:
    """Signed in one piece, it holds the message; encrypted, nothing that can be read here."""
    content = part.content(found.defects)
    kind = smime.kind_of(content) or part.content_type.get("smime-type").partition("-")[0]
    if kind in {"enveloped", "authenveloped", "encrypted"}:
        found.encrypted = "S/MIME"
    found.attach(content, part.media_type, part.file_name(found.defects) or "smime.p7m")
    if kind != "signed":
        return []
    found.signed = "S/MIME"
    inner = smime.opened(content) if found.budget.take_wrapping() else None
    if inner is None:
        found.defects.note("bad_smime")
        return []
    within = part_at(
        inner, 0, len(inner), defects=found.defects, budget=found.budget, depth=part.depth + 1
    )
    return gather(within, found)
