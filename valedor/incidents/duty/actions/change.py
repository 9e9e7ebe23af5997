"""Change who is on duty for a while: a swap, a hand-over, a day on which the plan does not hold."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.viewing import Viewer, viewer_of
from valedor.foundation.refusals import refuse_if
from valedor.incidents.duty import duty_rules
from valedor.incidents.duty.models import DutyChange, DutyPlan
from valedor.incidents.duty.plans import members_of, roster_of
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account
from valedor.people.permissions import Permission


@transaction.atomic
def change_duty(
    plan: DutyPlan,
    *,
    begins_at: datetime,
    ends_at: datetime,
    account: Account | None,
    rank: int = 1,
    note: str = "",
    by: Account,
    at: datetime,
) -> DutyChange:
    """From one moment to another this account is on duty at a rank, or nobody. Raises ``Refused``.

    Whoever leads, or sets the plan, changes it for anybody; others hand over what is theirs the
    whole time.
    """
    refuse_if(duty_rules.why_not_rank(rank))
    refuse_if(
        duty_rules.why_not_change(
            begins_at=begins_at,
            ends_at=ends_at,
            at=at,
            may_lead=may_lead(plan, viewer_of(by)),
            own=account is not None and _is_theirs(plan, by, begins_at, ends_at),
        )
    )
    if account is not None:
        members = {one.pk for one in members_of(plan.team)}
        refuse_if(duty_rules.why_not_on_duty(account, members=members))
    change = DutyChange.objects.create(
        plan=plan,
        begins_at=begins_at,
        ends_at=ends_at,
        rank=rank,
        account=account,
        note=note,
        recorded_by=by,
        recorded_at=at,
    )
    _log(Act.DUTY_CHANGED, change, before=None, after=_said(change), by=by, at=at)
    return change


@transaction.atomic
def withdraw_change(change: DutyChange, *, by: Account, at: datetime) -> DutyChange:
    """The plan holds again, from now on. Raises ``Refused``."""
    change = DutyChange.objects.select_for_update().get(pk=change.pk)
    mine = change.recorded_by_id == by.pk
    refuse_if(
        duty_rules.why_not_withdraw(
            is_withdrawn=change.withdrawn_at is not None,
            is_over=change.ends_at <= at,
            may=mine or may_lead(change.plan, viewer_of(by)),
        )
    )
    change.withdrawn_at = at
    change.save(update_fields=["withdrawn_at"])
    _log(Act.DUTY_CHANGE_WITHDRAWN, change, before=_said(change), after=None, by=by, at=at)
    return change


def may_lead(plan: DutyPlan, viewer: Viewer) -> bool:
    """Whether somebody may change the duty of others: the lead there, or who sets the plan."""
    if viewer.may(Permission.CONFIGURE):
        return True
    return plan.entity_id in viewer.entities_where(Permission.ASSIGN)


def _is_theirs(plan: DutyPlan, by: Account, begins_at: datetime, ends_at: datetime) -> bool:
    stretches = roster_of(plan, around=begins_at).stretches(begins_at, ends_at)
    return begins_at < ends_at and all(by.pk in people for _from, _to, people in stretches)


def _said(change: DutyChange) -> dict[str, object]:
    return {
        "begins_at": change.begins_at.isoformat(),
        "ends_at": change.ends_at.isoformat(),
        "rank": change.rank,
        "account": change.account.username if change.account else "",
    }


def _log(
    act: Act, change: DutyChange, *, before: object, after: object, by: Account, at: datetime
) -> None:
    subject = f"{change.plan.entity.key} {change.plan.team.key}"
    record_change(by, act.value, subject, before, after, at=at)
