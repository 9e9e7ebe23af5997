"""Talk with a caller: say that one does, note a call that no switchboard told of, end that."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.viewing import Viewer
from valedor.channels.telephone import call_rules
from valedor.channels.telephone.actions.return_call import settle_called_again
from valedor.channels.telephone.models import Call, Line
from valedor.channels.telephone.numbers import number_of
from valedor.channels.telephone.priority import goes_first
from valedor.foundation.ids import next_id
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Account, Entity


@transaction.atomic
def take_call(call: Call, *, viewer: Viewer, by: Account, at: datetime) -> Call:
    """Say that one talks with this caller. Where the switchboard names somebody, it is them.

    Raises ``Refused``.
    """
    call = call_locked(call)
    refuse_if(call_rules.why_not_take(call, viewer))
    if call.taken_by_id != by.pk:
        call.taken_by, call.taken_at = by, at
        call.save(update_fields=["taken_by", "taken_at"])
    return call


@transaction.atomic
def begin_by_hand(
    entity: Entity, *, line: Line | None, number: str, viewer: Viewer, by: Account, at: datetime
) -> Call:
    """Note a call that one is in now and that no switchboard told of. Raises ``Refused``.

    ``number`` is what the telephone shows, as somebody types it; what is no number is kept so.
    """
    refuse_if(call_rules.why_not_attend(viewer.within(entity.pk)))
    key = next_id()
    call = Call.objects.create(
        id=key,
        entity=entity,
        line=line,
        name_at_switch=f"by hand {key}",
        is_by_hand=True,
        caller=number_of(number, entity.country),
        caller_said=number.strip()[:60],
        has_priority=goes_first(number_of(number, entity.country), entity),
        state=Call.State.RUNNING,
        taken_by=by,
        taken_at=at,
        answered_at=at,
        last_event_at=at,
    )
    settle_called_again(call, at=at)
    return call


@transaction.atomic
def end_by_hand(call: Call, *, viewer: Viewer, at: datetime) -> Call:
    """Say that a call noted by hand is over. Raises ``Refused``."""
    call = call_locked(call)
    refuse_if(call_rules.why_not_end(call, viewer))
    call.state = Call.State.ENDED
    call.ended_at = call.last_event_at = at
    call.save(update_fields=["state", "ended_at", "last_event_at"])
    return call


@transaction.atomic
def check_identity(call: Call, *, how: str, viewer: Viewer, by: Account, at: datetime) -> Call:
    """Write down that one made sure who calls, and how. Raises ``Refused``."""
    call = call_locked(call)
    refuse_if(call_rules.why_not_check(call, viewer, how))
    call.checked_by, call.checked_at, call.checked_how = by, at, how
    call.save(update_fields=["checked_by", "checked_at", "checked_how"])
    return call


def call_locked(call: Call) -> Call:
    """The same call, fresh and locked until the transaction ends."""
    found = Call.objects.select_for_update(of=("self",))
    return found.select_related("operator", "taken_by", "line", "entity").get(pk=call.pk)
