"""Set who keeps duty for an entity: a team's weekly plan, and how long each is waited for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from valedor.channels.channel_rules import why_not_words
from valedor.foundation.refusals import refuse_if
from valedor.incidents.duty import duty_rules
from valedor.incidents.duty.models import Day, DutyPlan, DutyTurn
from valedor.incidents.duty.plans import members_of
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of


@dataclass(frozen=True)
class TurnGiven:
    """A stretch of every week, as a screen, a file or a CSV says it."""

    day: str
    begins: time
    ends: time
    account: Account
    rank: int = 1

    def plain(self) -> str:
        """As the administration log keeps it."""
        when = f"{self.begins:%H:%M}-{self.ends:%H:%M}"
        return f"{self.day} {when} {self.rank} {self.account.username}"


@transaction.atomic
def set_duty_plan(
    entity: Entity,
    team: Team,
    *,
    by: Account | None,
    at: datetime,
    minutes_each: int | None = None,
    is_active: bool | None = None,
    turns: Sequence[TurnGiven] | None = None,
) -> DutyPlan:
    """Set it; what is left out stays as it is. ``turns``, where said, are the whole week.

    Raises ``Refused``.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    plan = DutyPlan.objects.filter(entity=entity, team=team).first()
    usual = plan or DutyPlan(entity=entity, team=team)
    fields = {
        "minutes_each": usual.minutes_each if minutes_each is None else minutes_each,
        "is_active": usual.is_active if is_active is None else is_active,
    }
    serves = team.entities.filter(pk=entity.pk).exists()
    refuse_if(
        duty_rules.why_not_plan(
            minutes_each=int(fields["minutes_each"]), turns=len(turns or ()), serves=serves
        )
    )
    _refuse_bad_turns(team, turns or ())
    subject = f"{entity.key} {team.key}"
    if plan is None:
        plan = DutyPlan(entity=entity, team=team, **fields)
        plan.save(force_insert=True)
        record_setting(Act.DUTY_PLAN_SET, subject, after=fields, by=by, at=at)
    else:
        change_row(plan, Act.DUTY_PLAN_SET, subject, fields, by=by, at=at)
    if turns is not None:
        _write(plan, turns, subject, by=by, at=at)
    return plan


def turns_of(plan: DutyPlan) -> list[TurnGiven]:
    """The week as it stands, in order."""
    order = {day: number for number, day in enumerate(Day.values)}
    found = plan.turns.select_related("account")
    ordered = sorted(found, key=lambda one: (order[one.day], one.begins, one.rank, one.pk))
    return [TurnGiven(one.day, one.begins, one.ends, one.account, one.rank) for one in ordered]


def _refuse_bad_turns(team: Team, turns: Sequence[TurnGiven]) -> None:
    members = {one.pk for one in members_of(team)}
    for one in turns:
        refuse_if(why_not_words([(one.day, list(Day.values))]))
        refuse_if(duty_rules.why_not_rank(one.rank))
        refuse_if(duty_rules.why_not_on_duty(one.account, members=members))
    refuse_if(
        duty_rules.why_not_together(
            [(one.day, one.begins, one.rank, one.account.pk) for one in turns]
        )
    )


def _write(
    plan: DutyPlan, turns: Sequence[TurnGiven], subject: str, *, by: Account | None, at: datetime
) -> None:
    before = sorted(one.plain() for one in turns_of(plan))
    after = sorted(one.plain() for one in turns)
    if before == after:
        return
    plan.turns.all().delete()
    DutyTurn.objects.bulk_create(
        DutyTurn(
            plan=plan,
            day=one.day,
            begins=one.begins,
            ends=one.ends,
            rank=one.rank,
            account=one.account,
        )
        for one in turns
    )
    record_setting(
        Act.DUTY_TURNS_SET,
        subject,
        before={"turns": before},
        after={"turns": after},
        by=by,
        at=at,
    )
