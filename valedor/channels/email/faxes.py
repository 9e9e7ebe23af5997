"""Faxes as mail: a fax service encloses the letter, the mail is only its envelope."""

from valedor.casefile import store
from valedor.casefile.documents import plain_name
from valedor.casefile.models import Case, RawMessage
from valedor.channels.email.keeping import Incoming
from valedor.channels.email.reading.message import Attachment
from valedor.channels.post.scanning import keep_envelope, keep_scan

NO_FAX = "no fax in it"
"""Why a mail to a fax mailbox waits that encloses no pages."""
_PAGES = {"application/pdf", "image/tiff", "image/jpeg", "image/png"}


def take(incoming: Incoming) -> bool:
    """Take the faxes out of a mail, in the current transaction; False where it encloses none.

    They reached the house when the mail did. The mail is kept beside them like a stack whose
    letters stand by themselves.
    """
    pages = [one for one in incoming.mail.attachments if _is_pages(one)]
    if not pages:
        return False
    raw, entity = incoming.raw, incoming.mailbox.entity
    subject = " ".join(incoming.mail.subject.split())[:200]
    envelope = keep_envelope(raw, name=subject or "fax", pages=len(pages), at=incoming.at)
    for one in pages:
        keep_scan(
            one.content,
            entity=entity,
            name=plain_name(one.name),
            media_type=one.media_type,
            channel=Case.Channel.FAX,
            received_at=raw.received_at,
            at=incoming.at,
            stack=envelope,
        )
    RawMessage.objects.filter(pk=raw.pk).update(
        state=RawMessage.State.REGISTERED, channel=Case.Channel.FAX
    )
    return True


def _is_pages(one: Attachment) -> bool:
    """By what the bytes show: fax machines name and type what they send as they like."""
    return store.sniffed_type(one.content[:8192], one.name) in _PAGES
