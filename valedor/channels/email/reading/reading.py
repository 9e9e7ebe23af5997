"""Reading a message: its bytes go in, what a person can read comes out."""

import logging
from collections.abc import Iterable
from dataclasses import replace

from . import addresses, automatic, bounces, dates, html, html_text, identifiers, limits, quoting
from .bodies import Gathered, Piece, gather
from .defects import Defect, Defects
from .headers import Headers
from .message import Address, Attachment, Bounce, Disposition, ReadMessage, Security
from .parts import Budget, Part, part_at
from .words import header_text, on_one_line

logger = logging.getLogger(__name__)

_ONCE = ("from", "subject", "date", "message-id", "content-type")
_MAILBOXES = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")
_LONGEST_LANGUAGE = 35


def read(content: bytes) -> ReadMessage:
    """What a person can read of a message, whatever its bytes are. Never fails."""
    try:
        return read_within(content, 0, Budget())
    except Exception:
        # Nothing is known to get here; what does must not stand in the way of other mail.
        logger.exception("a message could not be read")
        whole = Attachment("message.eml", "message/rfc822", bytes(content[: limits.MOST_BYTES]))
        return ReadMessage(attachments=(whole,), defects=(Defect("unread"),))


def read_within(content: bytes, level: int, budget: Budget) -> ReadMessage:
    """The same for a message at a depth within others, which share one budget."""
    defects = Defects()
    if not content:
        defects.note("empty")
    if len(content) > limits.MOST_BYTES:
        defects.note("too_large", limit=limits.MOST_BYTES // 2**20)
        content = content[: limits.MOST_BYTES]
    if b"\n" not in content and b"\r" in content:
        content = content.replace(b"\r", b"\n")
    root = part_at(content, 0, len(content), defects=defects, budget=budget, is_message=True)
    found = Gathered(read_within, budget, level, defects)
    pieces = gather(root, found)
    subject = root.headers.words("subject", defects)
    envelope = _envelope(root.headers, defects)
    text, shown, remote_loads = _written(pieces, found)
    bounce, disposition = _reported(root, found, text, subject, envelope)
    new, quoted = (text, "") if bounce else quoting.split(text, subject=subject)
    return replace(
        envelope,
        subject=subject,
        text=new,
        quoted=quoted,
        html=shown,
        remote_loads_removed=remote_loads,
        attachments=tuple(found.attachments),
        security=_security(found),
        bounce=bounce,
        disposition=disposition,
        automatic=automatic.why_automatic(
            root.headers,
            media_type=root.media_type,
            report_type=root.content_type.get("report-type").lower(),
            subject=subject,
            sender=envelope.author.address if envelope.author else "",
            return_path=envelope.return_path,
            bounce=bounce,
            disposition=disposition,
        ),
        is_from_list=automatic.is_from_list(root.headers),
        list_addresses=automatic.list_addresses(root.headers),
        marks=tuple(
            on_one_line(raw.decode("ascii", "replace"))
            for raw in root.headers.all_raw(automatic.OUR_MARK.lower())
        ),
        defects=tuple(defects.found),
    )


def _envelope(headers: Headers, defects: Defects) -> ReadMessage:
    """Who wrote to whom, when, and in answer to what."""

    def people(name: str) -> tuple[Address, ...]:
        shown = "-".join(word.capitalize() for word in name.split("-"))
        return addresses.addresses(headers.line(name, defects), shown, defects)

    names = [name for name, _value in headers.fields]
    for name in _ONCE:
        if names.count(name) > 1:
            defects.note("header_twice", name="-".join(map(str.capitalize, name.split("-"))))
    authors = people("from") or people("sender")
    if not any(one.address for one in authors):
        defects.note("no_sender")
    named = [
        header_text(raw, name, defects, headers.hint)
        for name in ("references", "in-reply-to")
        for raw in headers.all_raw(name)
    ]
    return ReadMessage(
        author=authors[0] if authors else None,
        reply_to=people("reply-to"),
        to=people("to"),
        cc=people("cc"),
        delivered_to=tuple(_mailboxes(headers)),
        return_path=_return_path(headers),
        date=dates.moment_of(on_one_line(headers.line("date", defects)), defects),
        message_id=identifiers.identifier(headers.line("message-id", defects)),
        references=identifiers.references(named, defects),
        language=headers.simple("content-language")[:_LONGEST_LANGUAGE] or None,
    )


def _mailboxes(headers: Headers) -> Iterable[str]:
    values = (raw for name in _MAILBOXES for raw in headers.all_raw(name))
    shown = (on_one_line(raw.decode("utf-8", "replace")).strip("<> ") for raw in values)
    return dict.fromkeys(one for one in shown if one)


def _return_path(headers: Headers) -> str | None:
    if "return-path" not in headers:
        return None
    value = headers.simple("return-path")
    found = addresses.addresses(value, "Return-Path", Defects())
    if found:
        return found[0].address
    return "" if "<>" in value.replace(" ", "") else None


def _written(pieces: list[Piece], found: Gathered) -> tuple[str, str | None, int]:
    """The whole text, the HTML to show, and how much it asked for from elsewhere."""
    if not any(piece.plain.strip() or piece.html.strip() for piece in pieces):
        pieces = [*pieces, *_from_within(found)]
    texts: list[str] = []
    shown: list[str] = []
    remote_loads = 0
    for piece in pieces:
        text = piece.plain
        if piece.html:
            safe = html.safe(piece.html, found.defects)
            remote_loads += safe.remote_loads
            _show_pictures(safe, found)
            shown.append(safe.html)
            text = text if text.strip() else _text_of(safe, found)
        elif text.strip():
            shown.append(html.of_text(text))
        if text.strip():
            texts.append(text.strip("\n"))
    has_html = any(piece.html for piece in pieces) and any(shown)
    return "\n\n".join(texts), "\n".join(filter(None, shown)) if has_html else None, remote_loads


def _text_of(safe: html.SafeHtml, found: Gathered) -> str:
    text = html_text.text_of(safe.html)
    if len(text) > limits.LONGEST_TEXT:
        found.defects.note("text_of_html_too_long")
    return text[: limits.LONGEST_TEXT]


def _from_within(found: Gathered) -> list[Piece]:
    """The text of a message that has none of its own: Outlook's, or an appointment."""
    for packed in found.packed:
        text, rich = packed.body(found.defects)
        if text.strip() or rich.strip():
            return [Piece(text, rich)]
    return [Piece(plain=text) for text in found.calendars[:1]]


def _show_pictures(safe: html.SafeHtml, found: Gathered) -> None:
    """Mark what the HTML shows in its place, and keep what was written into it."""
    for content_id, media_type, content in safe.pictures:
        found.attach(content, media_type, content_id=content_id)
    if safe.shown:
        found.attachments = [
            replace(one, is_inline=True) if one.content_id in safe.shown else one
            for one in found.attachments
        ]


def _security(found: Gathered) -> Security | None:
    if found.signed is None and found.encrypted is None:
        return None
    return Security(signed=found.signed, encrypted=found.encrypted)


def _reported(
    root: Part, found: Gathered, text: str, subject: str, envelope: ReadMessage
) -> tuple[Bounce | None, Disposition | None]:
    """What the message reports of another one, in the standard form or in a server's own words."""
    author = envelope.author
    sender = f"{author.name} <{author.address}>" if author else ""
    is_report = root.media_type in {"multipart/report", "message/delivery-status"}
    is_believed = is_report or bounces.is_from_server(root.headers, sender)
    if found.dispositions and is_report:
        disposition = bounces.disposition_of(found.dispositions[0])
        if disposition is not None:
            return bounces.of_rejection(found.dispositions[0], disposition, text), disposition
    bounce = None
    if found.status and is_believed:
        bounce = bounces.of_status(b"\n\n".join(found.status), found.originals, root.headers)
    return bounce or bounces.of_text(
        text,
        root.headers,
        originals=found.originals,
        subject=subject,
        is_believed=is_believed,
    ), None
