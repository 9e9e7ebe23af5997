"""Duty, as the pages of the desk ask for it: plans of one's entities, calls to cases one sees."""

from datetime import datetime

from django.db.models import Prefetch
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.incidents.duty.models import CallOut, CallOutCall, DutyChange, DutyPlan
from valedor.incidents.duty.plans import changes_of, plans_of
from valedor.people.models import Account

MOST = 100


def plans_for(viewer: Viewer) -> list[DutyPlan]:
    """The plans in use of the entities that somebody looks after."""
    return [plan for plan in plans_of(*viewer.entities) if plan.is_active]


def plan_for(viewer: Viewer, plan_id: int) -> DutyPlan:
    """One of them. Raises ``Http404``."""
    found = DutyPlan.objects.filter(pk=plan_id, entity__in=viewer.entities)
    plan = found.select_related("team", "entity").first()
    if plan is None:
        raise Http404
    return plan


def change_for(viewer: Viewer, change_id: int) -> DutyChange:
    """A change of a plan of theirs. Raises ``Http404``."""
    found = DutyChange.objects.filter(pk=change_id, plan__entity__in=viewer.entities)
    change = found.select_related("plan__entity", "plan__team", "account").first()
    if change is None:
        raise Http404
    return change


def changes_for(plans: list[DutyPlan], *, at: datetime) -> list[DutyChange]:
    """What changes these plans and is not over."""
    return changes_of(plans, at=at)


def calls_going_on(viewer: Viewer) -> list[CallOut]:
    """The emergencies that somebody may see and nobody took, the longest waiting first."""
    calls = CallOutCall.objects.select_related("account").order_by("at", "pk")
    found = CallOut.objects.filter(
        state=CallOut.State.CALLING, case__in=cases_visible_to(viewer)
    ).select_related("case__entity", "case__category", "plan__team")
    return list(
        found.prefetch_related(Prefetch("calls", calls, to_attr="made")).order_by("begun_at")[:MOST]
    )


def call_out_for(viewer: Viewer, call_out_id: int) -> CallOut:
    """A call-out of a case that they may see. Raises ``Http404``."""
    found = CallOut.objects.filter(pk=call_out_id, case__in=cases_visible_to(viewer))
    call_out = found.select_related("case").first()
    if call_out is None:
        raise Http404
    return call_out


def names_of(accounts: set[int]) -> dict[int, str]:
    """What some accounts are called."""
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "name"))


def usernames_of(accounts: set[int]) -> dict[int, str]:
    """Under which name some accounts sign in."""
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "username"))
