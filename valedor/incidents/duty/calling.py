"""Calling those on duty, one after the other, until somebody takes the emergency.

Everything that is known stands in the rows, so a worker that dies takes nothing with it: the next
look goes on where the last one ended. A call is committed after it left; one that left and was not
committed leaves again, for twice is better than never.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from valedor.casefile import timeline
from valedor.casefile.access import cases_visible_to, locked
from valedor.casefile.actors import SYSTEM, staff
from valedor.casefile.models import Case, Entry
from valedor.casefile.models.case import EMERGENCY
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.foundation import rows
from valedor.handling.alarms import accounts_able, raise_alarm, settle_alarms
from valedor.handling.first_reaction import reacted
from valedor.handling.models import Alarm
from valedor.incidents.collective.models import Membership
from valedor.incidents.duty import paging
from valedor.incidents.duty.facts import CalledOut, CallOutTaken, CallOutUnanswered, NobodyOnDuty
from valedor.incidents.duty.models import CallOut, CallOutCall, DutyPlan
from valedor.incidents.duty.plans import leads_of, plan_for, roster_of
from valedor.people.models import Account

LOOKS_BACK = timedelta(days=1)
"""How old an emergency may be that nobody was called to because a job was lost."""
LONGEST_WAIT = timedelta(hours=1)
AT_ONCE = 50
_ATTENDS = (
    "case.assigned", "case.assessed", "case.asked", "case.area_asked", "case.response_written",
    "case.note_written", "message.sent", "incident.joined",
)  # fmt: skip
"""What of a colleague's shows that they have seen the case."""

logger = logging.getLogger(__name__)


def call_out(at: datetime) -> int:
    """Begin what was not begun, and call the next where nobody came; how many were called."""
    with viewing(the_house()):
        missed = list(
            Case.objects.filter(EMERGENCY, closed_at=None, source="")
            .filter(registered_at__gt=at - LOOKS_BACK, holder=None)
            .exclude(pk__in=CallOut.objects.values("case"))
            .exclude(pk__in=Membership.objects.filter(state="joined").values("case"))
            .order_by("registered_at")
            .values_list("pk", flat=True)[:AT_ONCE]
        )
        going = CallOut.objects.filter(state=CallOut.State.CALLING)
        waiting = list(going.order_by("next_at").values_list("case", flat=True)[:AT_ONCE])
    called = 0
    for case_id in (*missed, *waiting):
        try:
            called += call_out_for(case_id, at=at)
        except Exception:  # One emergency must not keep the others waiting.
            logger.exception("call-out failed", extra={"case": case_id})
    return called


def call_out_for(case_id: int, *, at: datetime) -> int:
    """Call whoever is next for one emergency, beginning where nothing began; 1 if somebody was."""
    with viewing(the_house()):
        entity_id = Case.objects.values_list("entity", flat=True).get(pk=case_id)
    with viewing(the_house(entity_id)), transaction.atomic():
        case = locked(Case.objects.get(pk=case_id))
        going = _going(case, at)
        if going is None:
            return 0
        if case.closed_at is not None:
            CallOut.objects.filter(pk=going.pk).update(
                state=CallOut.State.OVER, next_at=None, ended_at=at
            )
            return 0
        entry = _somebody_acted(going)
        if entry is not None and entry.by is not None:
            end(going, case, entry.by, at=entry.at)
            return 0
        is_due = going.next_at is not None and going.next_at <= at
        return _call_next(going, case, at) if is_due else 0


def _somebody_acted(going: CallOut) -> Entry | None:
    """What a colleague did by themselves since the calls began: nobody more has to be called."""
    found = Entry.objects.filter(case=going.case_id, kind__in=_ATTENDS, at__gte=going.begun_at)
    return found.exclude(by=None).select_related("by").order_by("sequence").first()


def end(going: CallOut, case: Case, account: Account, *, at: datetime) -> None:
    """Somebody attends to a locked case: nobody more is called."""
    going.state, going.taken_by = CallOut.State.TAKEN, account
    going.next_at, going.ended_at = None, at
    going.save(update_fields=["state", "taken_by", "next_at", "ended_at"])
    fact = CallOutTaken(
        call_out=going.pk,
        account=account.pk,
        name=account.name,
        minutes=int((at - going.begun_at).total_seconds() // 60),
    )
    timeline.record(case, fact, by=staff(account), at=at)
    reacted(case, by=staff(account), at=at)
    settle_alarms(case, Alarm.Cause.NOBODY_ON_DUTY, Alarm.Cause.CALL_UNANSWERED, at=at)


def _going(case: Case, at: datetime) -> CallOut | None:
    """The call-out of a locked case, begun if it has to be; nothing where nobody is called."""
    found = CallOut.objects.select_related("plan__team", "plan__entity").filter(case=case).first()
    if found is not None:
        return found if found.state == CallOut.State.CALLING else None
    if not case.is_emergency or case.closed_at is not None or case.source:
        return None
    plan = plan_for(case)
    if plan is None:
        return None
    begun = rows.fresh(
        CallOut, case=case, entity_id=case.entity_id, plan=plan, begun_at=at, next_at=at
    )
    rows.write([begun])
    return begun


def _call_next(going: CallOut, case: Case, at: datetime) -> int:
    plan = going.plan
    on_duty = _able(roster_of(plan, around=at).on_duty(at), case, at)
    leads = [one for one in _able(tuple(leads_of(plan.team)), case, at) if one not in on_duty]
    called = set(going.calls.filter(turn_round=going.turn_round).values_list("account", flat=True))
    if not on_duty and not called and going.turn_round == 0:
        _nobody(plan, case, at)
    left = [one for one in (*on_duty, *leads) if one.pk not in called]
    if not left and called:
        _in_vain(going, case, at)
        left = [*on_duty, *leads]
    if not left:
        _wait(going, at)
        return 0
    account = left[0]
    call = rows.fresh(
        CallOutCall,
        call_out=going,
        case=case,
        entity_id=case.entity_id,
        account=account,
        turn_round=going.turn_round,
        as_lead=account not in on_duty,
        at=at,
    )
    reached = paging.send(call, case, account, at=at)
    call.by_mail, call.by_sms, call.trouble = reached.by_mail, reached.by_sms, reached.trouble
    rows.write([call])
    timeline.record(
        case,
        CalledOut(
            call=call.pk,
            account=account.pk,
            name=account.name,
            ways=reached.ways,
            round=going.turn_round + 1,
        ),
        by=SYSTEM,
        at=at,
    )
    # Whoever could not be told is not waited for.
    _wait(going, at, is_told=reached.by_mail or reached.by_sms)
    return 1


def _able(accounts: tuple[int, ...], case: Case, at: datetime) -> list[Account]:
    """Those who can come today and may see this case, in the order given."""
    able = accounts_able(set(accounts), at=at, zone=case.entity.timezone)
    found = {one.pk: one for one in Account.objects.filter(pk__in=able)}
    return [
        found[pk]
        for pk in accounts
        if pk in found and cases_visible_to(viewer_of(found[pk])).filter(Q(pk=case.pk)).exists()
    ]


def _nobody(plan: DutyPlan, case: Case, at: datetime) -> None:
    timeline.record(case, NobodyOnDuty(team=dict(plan.team.name)), by=SYSTEM, at=at)
    _raise(case, plan, Alarm.Cause.NOBODY_ON_DUTY, at)


def _in_vain(going: CallOut, case: Case, at: datetime) -> None:
    going.turn_round += 1
    CallOut.objects.filter(pk=going.pk).update(turn_round=going.turn_round)
    timeline.record(case, CallOutUnanswered(round=going.turn_round), by=SYSTEM, at=at)
    _raise(case, going.plan, Alarm.Cause.CALL_UNANSWERED, at)


def _raise(case: Case, plan: DutyPlan, cause: Alarm.Cause, at: datetime) -> None:
    alarm = raise_alarm(case, cause, at=at)
    if alarm.team_id is None:  # A new case may be nobody's yet: its call goes to those on duty.
        Alarm.objects.filter(pk=alarm.pk).update(team=plan.team)


def _wait(going: CallOut, at: datetime, *, is_told: bool = True) -> None:
    """When the next is called: sooner at first, later once everybody was called in vain."""
    wait = timedelta(minutes=going.plan.minutes_each) * 2 ** min(going.turn_round, 6)
    next_at = at + min(wait, max(LONGEST_WAIT, timedelta(minutes=going.plan.minutes_each)))
    CallOut.objects.filter(pk=going.pk).update(next_at=next_at if is_told else at)
