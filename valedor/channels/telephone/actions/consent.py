"""What a caller says to being recorded: without a yes nothing is (Ley 10/2025, art. 12.1)."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.viewing import Viewer
from valedor.channels.telephone import call_rules
from valedor.channels.telephone.models import Call, RecordingConsent
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Account


@transaction.atomic
def note_consent(
    call: Call, *, is_given: bool, viewer: Viewer, by: Account, at: datetime
) -> RecordingConsent:
    """Write down a yes or a no; the last word holds. Raises ``Refused``."""
    refuse_if(call_rules.why_not_attend(viewer.within(call.entity_id)))
    return RecordingConsent.objects.create(
        entity_id=call.entity_id, call=call, is_given=is_given, by=by, at=at
    )


def consent_of(call: Call) -> RecordingConsent | None:
    """What the caller said last, if anything."""
    return call.consents.select_related("by").order_by("-at", "-pk").first()


def is_recorded(call: Call) -> bool:
    """Whether a call may be recorded."""
    said = consent_of(call)
    return said is not None and said.is_given
