"""Call somebody back who hung up before anybody answered: once, however often they tried."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.viewing import Viewer
from valedor.channels.telephone import call_rules
from valedor.channels.telephone.call_back_rules import is_given_up
from valedor.channels.telephone.call_backs import CallAttempt
from valedor.channels.telephone.models import Call
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Entity


@transaction.atomic
def return_call(
    entity: Entity, *, caller: str, result: str, viewer: Viewer, at: datetime
) -> list[Call]:
    """Note an attempt; the calls of this caller that it was about. Raises ``Refused``."""
    calls = list(
        Call.objects.select_for_update(of=("self",))
        .filter(entity=entity, caller=caller, state=Call.State.ABANDONED, settled_at=None)
        .select_related("line")
        .order_by("-last_event_at")
    )
    here = viewer.within(entity.pk)
    refuse_if(call_rules.why_not_return(here, result, waiting=len(calls)))
    for call in calls:
        call.times_returned += 1
        call.returned_at = at
        if result == CallAttempt.Result.SPOKE:
            call.settled, call.settled_at = Call.Settled.RETURNED, at
        elif is_given_up(result, call.times_returned):
            call.settled, call.settled_at = Call.Settled.UNREACHED, at
        call.save(update_fields=["times_returned", "returned_at", "settled", "settled_at"])
    return calls


def settle_called_again(call: Call, *, at: datetime) -> None:
    """Whoever hung up and was answered later need not be called: told of either call, in whatever
    order the switchboard tells of them.
    """
    if not call.caller:
        return
    of_theirs = Call.objects.filter(entity=call.entity_id, caller=call.caller)
    if call.answered_at is not None:
        of_theirs.filter(
            state=Call.State.ABANDONED, settled_at=None, abandoned_at__lte=call.answered_at
        ).update(settled=Call.Settled.CALLED_AGAIN, settled_at=at)
    elif (
        call.abandoned_at is not None
        and call.settled_at is None
        and of_theirs.filter(answered_at__gte=call.abandoned_at).exists()
    ):
        call.settled, call.settled_at = Call.Settled.CALLED_AGAIN, at
        call.save(update_fields=["settled", "settled_at"])
