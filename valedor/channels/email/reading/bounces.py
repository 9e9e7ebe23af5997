"""What mail servers report of a message that was sent, by RFC 3464 or in their own words.

A report without the standard form is believed only from a mail server: whoever quotes one in a
complaint has not sent one.
"""

import re
from collections.abc import Iterable, Iterator

from . import limits
from .bounce_words import COPY_BEGINS, DELAYED, FAILED, FOR_GOOD, SERVER
from .defects import Defects
from .headers import Headers, headers_at
from .identifiers import identifier, identifiers
from .message import Action, Bounce, DeliveryResult, Disposition
from .words import on_one_line

_MOST_RECIPIENTS = 1_000
_EMPTY_LINES = re.compile(rb"\r?\n(?:[ \t]*\r?\n)+")
_ACTIONS: tuple[Action, ...] = ("failed", "delayed", "delivered", "relayed", "expanded")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d]|\.\d)")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_BY_CLASS: dict[str, Action] = {"2": "delivered", "4": "delayed", "5": "failed"}
_ADDRESS = re.compile(
    r"[A-Za-z0-9_+][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"
)
_OF_THE_MESSAGE = re.compile(
    r"\s*(?:to|from|cc|subject|sent|date|para|de|enviado)\s*:", re.IGNORECASE
)
_MESSAGE_ID = re.compile(r"^[ \t>]*Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{3,900}>)",
                         re.IGNORECASE | re.MULTILINE)  # fmt: skip
_LOOKED_AT = 20_000
_LONGEST_REPORT = 2**20


def of_status(content: bytes, originals: Iterable[Headers], headers: Headers) -> Bounce | None:
    """A report in its standard form: a group of fields for the message, one for each recipient."""
    results: list[DeliveryResult] = []
    message_id: str | None = None
    for fields in _groups(content):
        message_id = message_id or identifier(fields.simple("x-original-message-id"))
        result = _result(fields)
        if result is not None:
            results.append(result)
    if not results:
        return None
    for original in originals:
        message_id = message_id or identifier(original.simple("message-id"))
    answered = identifiers(headers.simple("in-reply-to"))
    return Bounce(tuple(results), message_id or (answered[0] if answered else None))


def _groups(content: bytes) -> Iterator[Headers]:
    for number, group in enumerate(_EMPTY_LINES.split(content[:_LONGEST_REPORT].strip() + b"\n\n")):
        if number > _MOST_RECIPIENTS:
            return
        if group.strip():
            yield headers_at(group, 0, len(group), Defects(), is_message=False)[0]


def _result(fields: Headers) -> DeliveryResult | None:
    recipient = _typed(fields.simple("original-recipient")) or _typed(
        fields.simple("final-recipient")
    )
    said = fields.simple("action").lower()
    status = _status(fields.simple("status"))
    diagnosis = " ".join(_typed(fields.simple("diagnostic-code")).split())
    if not recipient and not said:
        return None
    if status in {None, "5.0.0", "4.0.0"}:
        # Many servers say no more in the field than in the first digit.
        status = _status(diagnosis) or status
    action = next((one for one in _ACTIONS if said.startswith(one)), None)
    if action is None:
        action = _BY_CLASS.get((status or "5")[0], "failed")
    return DeliveryResult(
        recipient.strip("<> "), action, status, diagnosis[: limits.LONGEST_REASON]
    )


def _typed(value: str) -> str:
    """A value behind its type: ``rfc822; ana@example.org``."""
    kind, semicolon, rest = value.partition(";")
    return (rest if semicolon and "@" not in kind and " " not in kind.strip() else value).strip()


def _status(text: str) -> str | None:
    found = _STATUS.search(text)
    return found[0] if found else None


def is_from_server(headers: Headers, sender: str) -> bool:
    """Whether a mail server wrote the message, by what it calls itself."""
    named = f"{sender}\n{headers.simple('return-path')}"
    return "x-failed-recipients" in headers or SERVER.search(named) is not None


def _is_from_nobody(headers: Headers) -> bool:
    return headers.simple("return-path").replace(" ", "") == "<>"


def of_text(
    text: str,
    headers: Headers,
    *,
    originals: Iterable[Headers],
    subject: str,
    is_believed: bool,
) -> Bounce | None:
    """A report in a server's own words: qmail, Exim, Exchange and the many that resemble them."""
    if not is_believed and not (_is_from_nobody(headers) and FAILED.search(subject)):
        return None
    named = headers.simple("x-failed-recipients")
    text = text[:_LOOKED_AT]
    copy = COPY_BEGINS.search(text)
    told, rest = (text[: copy.start()], text[copy.start() :]) if copy else (text, text)
    is_late = DELAYED.search(subject) or (DELAYED.search(told) and not FOR_GOOD.search(told))
    if not named and not is_late and not FAILED.search(f"{subject}\n{told}"):
        return None
    ours = {one.lower() for one in _ADDRESS.findall(headers.simple("to"))}
    recipients = _ADDRESS.findall(named) or _recipients(told, not_of=ours)
    if not recipients:
        return None
    action: Action = "delayed" if is_late else "failed"
    found = _MESSAGE_ID.search(rest)
    answered = identifiers(headers.simple("in-reply-to")) or identifiers(
        headers.simple("references")
    )
    message_id = identifier(found[1]) if found else None
    for original in originals:
        message_id = message_id or identifier(original.simple("message-id"))
    message_id = message_id or (answered[-1] if answered else None)
    results = tuple(DeliveryResult(one, action, *_said_of(one, told, action)) for one in recipients)
    return Bounce(results, message_id)


def _recipients(told: str, *, not_of: set[str]) -> list[str]:
    """The addresses of which a report speaks: those that stand at the beginning of a line first."""
    found: dict[str, str] = {}
    lines = [line for line in told.split("\n") if not _OF_THE_MESSAGE.match(line)]
    for line in lines:
        bare = line.strip().lstrip("<[*-•' ")
        one = _ADDRESS.match(bare)
        if one:
            found.setdefault(one[0].lower(), one[0])
    if not found:
        for address in _ADDRESS.findall("\n".join(lines)):
            found.setdefault(address.lower(), address)
    kept = [one for key, one in found.items() if key not in not_of and not SERVER.search(key)]
    return kept[:_MOST_RECIPIENTS]


def _said_of(recipient: str, told: str, action: Action) -> tuple[str | None, str]:
    """Status and reason that a report gives for a recipient, or for all."""
    begins = told.find(recipient)
    own = told[begins + len(recipient) :] if begins >= 0 else told
    paragraph = own.split("\n\n", 1)[0] if own.lstrip(">:)] \t").startswith("\n") else own
    reason = on_one_line(" ".join(paragraph.split())).lstrip(">:)(,. ")
    if not _STATUS.search(reason) and not _REPLY_CODE.search(reason):
        line = next(
            (one for one in told.split("\n") if _STATUS.search(one) or _REPLY_CODE.search(one)), ""
        )
        reason = line.strip() or reason
    status = _status(reason)
    if status is None:
        code = _REPLY_CODE.search(f"{reason} ")
        status = f"{code[1]}.0.0" if code else {"failed": "5.0.0", "delayed": "4.0.0"}.get(action)
    return status, reason[: limits.LONGEST_REASON]


def disposition_of(content: bytes) -> Disposition | None:
    """What a mail program says it did with a message (RFC 8098)."""
    fields = next(_groups(content), None)
    if fields is None or "disposition" not in fields:
        return None
    recipient = _typed(fields.simple("original-recipient")) or _typed(
        fields.simple("final-recipient")
    )
    kind = fields.simple("disposition").rpartition(";")[2].partition("/")[0].strip().lower()
    return Disposition(
        recipient, kind or "processed", identifier(fields.simple("original-message-id"))
    )


def of_rejection(content: bytes, disposition: Disposition, text: str) -> Bounce | None:
    """A recipient's filter that refused the message, which says so as a disposition (RFC 5429)."""
    if disposition.kind != "deleted" or b"automatic-action" not in content.lower():
        return None
    reason = on_one_line(" ".join(text.split()))[: limits.LONGEST_REASON]
    result = DeliveryResult(disposition.recipient, "failed", _status(reason), reason)
    return Bounce((result,), disposition.message_id)
