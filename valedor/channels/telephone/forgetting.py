"""What goes by itself: endless calls are called so, and numbers of long ago are removed."""

from datetime import datetime, timedelta

from django.db import transaction

from valedor.casefile.models import RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.telephone.actions.note_event import tell
from valedor.channels.telephone.models import Call, CallEvent
from valedor.channels.telephone.states import SILENT
from valedor.channels.telephone.troubles import forget_old

# Ley 10/2025, art. 21.1, measures the telephone by the year; who called is not needed longer.
KEPT = timedelta(days=366)
AT_ONCE = 500


def settle_silent(at: datetime) -> int:
    """Calls of which nothing was heard for hours go on no longer; how many they were."""
    with viewing(the_house()), transaction.atomic():
        silent = Call.objects.select_for_update(skip_locked=True).filter(
            state__in=[Call.State.RINGING, Call.State.RUNNING], last_event_at__lt=at - SILENT
        )[:AT_ONCE]
        for call in silent:
            tell(call, at=at)
            call.save(update_fields=["state"])
        return len(silent)


def forget_callers(at: datetime) -> int:
    """Remove who called more than a year ago, with what the switchboard sent; how many calls.

    The events stay, which name nobody: figures can be counted again.
    """
    forget_old(at)
    with viewing(the_house()), transaction.atomic():
        old = list(
            Call.objects.filter(last_event_at__lt=at - KEPT)
            .exclude(caller_said="", operator_said="", caller="")
            .values_list("pk", flat=True)[:AT_ONCE]
        )
        raws = CallEvent.objects.filter(call__in=old).values_list("raw_id", flat=True)
        RawMessage.objects.filter(pk__in=list(raws), case=None).update(
            state=RawMessage.State.ERASED, content=None, envelope={}, salt=None, token=None
        )
        Call.objects.filter(pk__in=old).update(caller="", caller_said="", operator_said="")
        return len(old)
