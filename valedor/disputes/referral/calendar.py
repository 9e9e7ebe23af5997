"""A hearing date for the calendars of both sides."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.casefile.actors import By
from valedor.casefile.calendar_file import MEDIA_TYPE, Appointment, calendar_file
from valedor.casefile.documents import add_document, keep_file
from valedor.casefile.models import Case, Document
from valedor.disputes.models import HearingDate


def keep_date(case: Case, hearing: HearingDate, *, by: By, at: datetime) -> Document:
    """The date as a file of the case: each side finds it there, and it goes along with the
    letter.
    """
    body = hearing.referral.name
    with override(case.language):
        summary = _("Hearing before %(body)s") % {"body": body}
    one = Appointment(
        name=f"hearing-{hearing.pk}",
        sequence=hearing.moved,
        starts_at=hearing.starts_at,
        ends_at=hearing.starts_at + timedelta(minutes=hearing.minutes),
        summary=summary,
        place=hearing.place,
        is_cancelled=hearing.state == HearingDate.State.CANCELLED,
    )
    content = calendar_file(one, case, at=at)
    kept = keep_file(f"{case.reference}-{hearing.pk}.ics", [content], claimed_type=MEDIA_TYPE)
    return add_document(
        case,
        replace(kept, media_type=MEDIA_TYPE),
        side=Document.Side.COMPANY,
        purpose="calendar",
        by=by,
        at=at,
        instance=hearing.referral.instance,
    )
