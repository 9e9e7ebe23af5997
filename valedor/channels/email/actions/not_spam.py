"""Somebody looked at a mail that a program held as unwanted, as a machine's or as one of too many:
a person wrote it and means it.

It is read as any other then, and its limits run from when it arrived.
"""

from datetime import datetime

from django.db import transaction

from valedor.casefile.models import RawMessage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels.email.arriving import READ
from valedor.channels.email.mailbox_rules import why_not_spare
from valedor.channels.email.models import Mail
from valedor.channels.email.sorting import SPARED
from valedor.foundation.jobs import job_statement
from valedor.foundation.refusals import refuse_if
from valedor.foundation.rows import send
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account


@transaction.atomic
def not_spam(raw: RawMessage, *, by: Account, at: datetime) -> None:
    """Have it read again, by the worker, without asking. Raises ``Refused``."""
    with viewing(the_house(raw.entity_id)):
        raw = RawMessage.objects.select_for_update().get(pk=raw.pk)
        refuse_if(why_not_spare(raw, viewer_of(by).within(raw.entity_id)))
        read = Mail.objects.get(raw=raw)
        mailbox_id = read.mailbox_id
        read.delete()
        raw.envelope[SPARED] = True
        raw.state, raw.trouble = RawMessage.State.ARRIVED, ""
        raw.save(update_fields=["envelope", "state", "trouble"])
        send([job_statement(READ, mailbox_id=mailbox_id)])
    if raw.seats == OFFICE_FILE:
        return  # The administration's log is read by the company.
    what = {"channel": raw.channel, "received_at": raw.received_at.isoformat()}
    record_change(by, Act.MESSAGE_SPARED.value, str(raw.pk), None, what, at=at)
