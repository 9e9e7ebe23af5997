"""Note how the person comes across, for whoever talks with them next; or take it away.

No fact is written: the timeline stays, and what was noticed must not.
"""

from datetime import datetime, timedelta

from django.db import transaction

from valedor.casefile.access import locked
from valedor.casefile.models import Case
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import refuse_if
from valedor.knowledge import guidance_rules
from valedor.knowledge.impressions import days_kept
from valedor.knowledge.models import Impression


@transaction.atomic
def note_impression(case: Case, manner: str, *, viewer: Viewer, at: datetime) -> Impression | None:
    """Keep one of the six, or none (empty). Raises ``Refused``."""
    case = locked(case)
    refuse_if(guidance_rules.why_not_note(case, viewer, manner))
    if not manner:
        Impression.objects.filter(case=case).delete()
        return None
    impression, _made = Impression.objects.update_or_create(
        case=case,
        defaults={
            "entity_id": case.entity_id,
            "seats": int(Seat.COMPANY),
            "manner": manner,
            "by_id": viewer.account_id,
            "at": at,
            "expires_at": at + timedelta(days=days_kept(case.entity_id)),
        },
    )
    return impression
