"""Note what a switchboard says of a call: the event for good, the call as all of them tell it."""

from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import RawMessage
from valedor.channels.telephone.actions.return_call import settle_called_again
from valedor.channels.telephone.events import Event
from valedor.channels.telephone.models import Call, CallEvent, Line
from valedor.channels.telephone.numbers import caller_of
from valedor.channels.telephone.priority import goes_first
from valedor.channels.telephone.states import Told, course_of
from valedor.foundation.refusals import Refusal, Refused
from valedor.people.models import Account

TOLD_BEFORE = Refusal("event_known", _("This event was told before: nothing was changed."))


@transaction.atomic
def note_event(line: Line, event: Event, *, raw: RawMessage, at: datetime) -> Call:
    """Note an event of a call, which begins with the first that is told of it.

    Raises ``Refused`` where the line told an event of this name before.
    """
    Call.objects.bulk_create(
        [
            Call(
                entity_id=line.entity_id,
                line=line,
                name_at_switch=event.call,
                last_event_at=event.at,
            )
        ],
        ignore_conflicts=True,
    )
    call = Call.objects.select_for_update().get(line=line, name_at_switch=event.call)
    operator = _operator(line, event.operator)
    try:
        with transaction.atomic():
            CallEvent.objects.create(
                entity_id=line.entity_id,
                line=line,
                call=call,
                raw=raw,
                name_at_switch=event.name,
                kind=event.kind,
                operator=operator,
                at=event.at,
                received_at=at,
            )
    except IntegrityError as error:
        raise Refused(TOLD_BEFORE) from error
    tell(call, at=at)
    if event.caller and (not call.caller_said or event.kind == CallEvent.Kind.OFFERED):
        caller = caller_of(event.caller, line.entity.country)
        call.caller, call.caller_said = caller.number, caller.said
        call.has_priority = call.has_priority or goes_first(caller.number, line.entity)
    if event.operator and operator is None:
        call.operator_said = event.operator[:60]
    call.queue = call.queue or event.queue[:60]
    call.save()
    settle_called_again(call, at=at)
    return call


def tell(call: Call, *, at: datetime) -> None:
    """Set on a locked call what its events say, not saved yet."""
    events = list(CallEvent.objects.filter(call=call).order_by("at", "pk"))
    course = course_of([Told(one.kind, one.at) for one in events], at=at)
    for name, value in asdict(course).items():
        setattr(call, name, value)
    # The last who took it: whoever it was transferred to has it now.
    call.operator_id = next((one.operator_id for one in reversed(events) if one.operator_id), None)


def _operator(line: Line, said: str) -> Account | None:
    """The member of the entity's staff whose login a switchboard names."""
    if not said:
        return None
    found = Account.objects.filter(
        username=said[:150],
        is_active=True,
        grants__ended_at=None,
        grants__team__entities=line.entity_id,
    )
    return found.first()
