"""Mails that wait for somebody, as they were read when they arrived."""

from valedor.casefile.models import RawMessage
from valedor.channels.models import Mail


def mail_of_held(raw: RawMessage) -> Mail | None:
    """What was read from a mail that waits for a person; nothing where it could not be read."""
    return Mail.objects.filter(pk=raw.pk).first()
