"""Who is on duty, and what waits for them."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from valedor.acts.desk import Desk
from valedor.acts.reading import duty as duty_read
from valedor.api.acting_at_desk import acts_on
from valedor.api.asking import as_json
from valedor.api.looking import (
    ONE_PROBLEMS,
    as_person,
    looking,
    there,
)
from valedor.api.schemas import DeskActView
from valedor.casefile.viewing import Viewer
from valedor.incidents.duty.models import DutyPlan
from valedor.incidents.duty.plans import roster_of
from valedor.people.permissions import Permission

router = Router()
_AHEAD = timedelta(days=7)


class OnDuty(Schema):
    """A stretch of time and who is on duty, by username: who is called first comes first."""

    begins_at: datetime
    ends_at: datetime
    accounts: list[str]


class DutyChangeView(Schema):
    """Somebody else on duty for a while; ``account`` is null where nobody is."""

    number: int
    begins_at: datetime
    ends_at: datetime
    account: str | None
    rank: int
    note: str


class DutyPlanView(Schema):
    """A team that keeps duty for an entity: the next seven days, changes included."""

    number: int
    entity: str
    team: str
    minutes_each: int
    stretches: list[OnDuty]
    changes: list[DutyChangeView]
    acts: list[DeskActView]


class CallOutView(Schema):
    """An emergency that nobody took yet, and who was called."""

    number: int
    reference: str
    begun_at: datetime
    called: list[str]
    acts: list[DeskActView]


class Duty(Schema):
    """Who is on duty, and what waits for them."""

    waiting: list[CallOutView]
    plans: list[DutyPlanView]


@router.get(
    "/duty",
    auth=as_person(Permission.HANDLE, Permission.ANSWER_ENQUIRIES),
    response={200: Duty} | ONE_PROBLEMS,
    summary="Read who is on duty",
    operation_id="read_duty",
    tags=["incidents"],
)
def read_duty(request: HttpRequest) -> HttpResponse:
    """Who is on duty in the next seven days, and the emergencies that nobody took yet."""
    with looking(request, "duty") as (viewer, at):
        waiting = [
            CallOutView(
                number=one.pk,
                reference=one.case.reference,
                begun_at=there(one.begun_at, one.case.entity),
                called=[call.account.username for call in one.made],  # type: ignore[attr-defined]
                acts=acts_on(Desk(viewer, at, str(one.pk)), "duty-taking"),
            )
            for one in duty_read.calls_going_on(viewer)
        ]
        plans = [_plan(viewer, one, at) for one in duty_read.plans_for(viewer)]
        return as_json(Duty(waiting=waiting, plans=plans))


def _plan(viewer: Viewer, plan: DutyPlan, at: datetime) -> DutyPlanView:
    stretches = list(roster_of(plan, around=at).stretches(at, at + _AHEAD))
    names = duty_read.usernames_of({pk for _from, _to, people in stretches for pk in people})
    return DutyPlanView(
        number=plan.pk,
        entity=plan.entity.key,
        team=plan.team.key,
        minutes_each=plan.minutes_each,
        stretches=[
            OnDuty(
                begins_at=there(begins, plan.entity),
                ends_at=there(ends, plan.entity),
                accounts=[names[pk] for pk in people if pk in names],
            )
            for begins, ends, people in stretches
        ],
        changes=[
            DutyChangeView(
                number=one.pk,
                begins_at=there(one.begins_at, plan.entity),
                ends_at=there(one.ends_at, plan.entity),
                account=one.account.username if one.account else None,
                rank=one.rank,
                note=one.note,
            )
            for one in duty_read.changes_for([plan], at=at)
        ],
        acts=acts_on(Desk(viewer, at, str(plan.pk)), "duty-change"),
    )
