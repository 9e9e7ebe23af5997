"""What goes by itself: endless calls are called so, and numbers of long ago are removed."""

from datetime import datetime, timedelta

from django.db import transaction

from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.telephone.actions.note_event import tell
from valedor.channels.telephone.models import Call, CallCase
from valedor.channels.telephone.states import SILENT
from valedor.channels.telephone.troubles import TROUBLES

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
            if call.is_by_hand:
                call.state = Call.State.LOST  # Nobody said that it ended.
            else:
                tell(call, at=at)
            call.save(update_fields=["state"])
        return len(silent)


def forget_callers(at: datetime) -> int:
    """Remove who called more than a year ago, with what the switchboard sent; how many calls.

    The events stay, which name nobody: figures can be counted again. What could not be read stays
    with whoever has to look at it.
    """
    TROUBLES.forget_old(at)
    forgotten = 0
    while together := _forget_some(at):
        forgotten += together
    with viewing(the_house()):
        # What told of a call, and what told the same again.
        RawMessage.objects.filter(
            channel=Case.Channel.TELEPHONE,
            state__in=[RawMessage.State.REGISTERED, RawMessage.State.SET_ASIDE],
            case=None,
            envelope__has_key="line",
            received_at__lt=at - KEPT,
        ).update(state=RawMessage.State.ERASED, content=None, envelope={}, salt=None, token=None)
    return forgotten


def forget_callers_of(case_id: int) -> int:
    """Remove who called about a case that was erased, unless the call was about another one too;
    how many calls.
    """
    with viewing(the_house()):
        others = CallCase.objects.exclude(case=case_id).filter(case__erased_at=None)
        return (
            Call.objects.filter(cases__case=case_id)
            .exclude(pk__in=others.values("call"))
            .update(caller="", caller_said="")
        )


def _forget_some(at: datetime) -> int:
    with viewing(the_house()), transaction.atomic():
        old = list(
            Call.objects.filter(last_event_at__lt=at - KEPT)
            .exclude(caller_said="", operator_said="", caller="")
            .values_list("pk", flat=True)[:AT_ONCE]
        )
        Call.objects.filter(pk__in=old).update(caller="", caller_said="", operator_said="")
        return len(old)
