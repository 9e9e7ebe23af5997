"""File a message that no machine could read into the case that it belongs to."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valedor.casefile.actors import By
from valedor.casefile.models import Case, Message, RawMessage
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.standing import as_the_company, viewer_for
from valedor.intake.rules import why_not_sort


@as_the_company
def file_message(case: Case, *, raw: RawMessage, text: str, by: By, at: datetime) -> Message:
    """What the person sent reached the house when it arrived, not when somebody read it.

    ``text`` is what a person makes of it; the bytes stay as they came. Raises ``Refused``.
    """
    raw = RawMessage.objects.select_for_update().get(pk=raw.pk)
    refuse_if(why_not_sort(raw, viewer_for(case, by)))
    if raw.entity_id != case.entity_id:
        raise Refused(
            Refusal("other_entity", _("This message came to another entity than the case."))
        )
    return receive_message(
        case,
        text=text,
        channel=Case.Channel(raw.channel),
        by=by,
        at=min(raw.received_at, at),
        recorded_at=at,
        raw=raw,
    )
