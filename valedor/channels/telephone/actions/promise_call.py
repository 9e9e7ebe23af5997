"""Promise to call somebody about their case, and take the promise back."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.channels.telephone import call_back_rules
from valedor.channels.telephone.call_backs import CallBack
from valedor.channels.telephone.facts import CallBackCancelled, CallBackPromised
from valedor.channels.telephone.models import Line
from valedor.channels.telephone.numbers import number_of
from valedor.channels.telephone.opening import opening_of
from valedor.foundation.refusals import refuse_if
from valedor.handling.alarms import settle_alarms
from valedor.handling.models import Alarm
from valedor.handling.standing import as_the_company
from valedor.procedures.house_rules import house_rules


@as_the_company
def promise_call(
    case: Case,
    *,
    line: Line | None,
    number: str,
    wished_at: datetime,
    is_for_lead: bool = False,
    by: By,
    at: datetime,
) -> CallBack:
    """Promise a call from a wished moment on; outside the hours of the line it is the next one
    within. A supervisor calls before the line closes that day. Raises ``Refused``.
    """
    case = locked(case)
    found = opening_of(line, house_rules(case.entity_id)).next_open(wished_at)
    read = number_of(number, case.entity.country)
    refuse_if(
        call_back_rules.why_not_promise(
            number=read,
            said_number=number,
            wished_at=wished_at,
            opens_at=found[0] if found else None,
            has_one=CallBack.objects.filter(case=case, settled_at=None).exists(),
            at=at,
        )
    )
    assert found is not None  # noqa: S101 -- refused above
    begins, closes = found
    due_at = closes if is_for_lead else min(begins + call_back_rules.WINDOW, closes)
    call_back = CallBack.objects.create(
        case=case,
        entity_id=case.entity_id,
        seats=case.seats,
        line=line,
        number=read,
        is_for_lead=is_for_lead,
        asked_by=by.account,
        asked_at=at,
        from_at=begins,
        due_at=due_at,
        next_at=due_at,
    )
    fact = CallBackPromised(
        call_back=call_back.pk,
        from_at=begins.isoformat(),
        due_at=due_at.isoformat(),
        is_for_lead=is_for_lead,
    )
    timeline.record(case, fact, by=by, at=at)
    return call_back


@as_the_company
def cancel_call(case: Case, *, call_back: CallBack, by: By, at: datetime) -> CallBack:
    """Nobody is called any more: the person said so, or the house for them. Raises ``Refused``."""
    case = locked(case)
    call_back = call_back_locked(call_back)
    refuse_if(call_back_rules.why_not_settle(call_back))
    settle(call_back, CallBack.Outcome.CANCELLED, at=at)
    timeline.record(case, CallBackCancelled(call_back=call_back.pk), by=by, at=at)
    settle_alarms(case, Alarm.Cause.CALL_BACK_LATE, at=at)
    return call_back


def settle(call_back: CallBack, outcome: CallBack.Outcome, *, at: datetime) -> None:
    """Write on a locked row what became of it."""
    call_back.outcome, call_back.settled_at = outcome, at
    call_back.save(update_fields=["outcome", "settled_at"])


def call_back_locked(call_back: CallBack) -> CallBack:
    """The same promise, fresh and locked until the transaction ends."""
    found = CallBack.objects.select_for_update(of=("self",)).select_related("line")
    return found.get(pk=call_back.pk)
