"""The plans of duty as they are kept, read as rosters."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Q

from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Case
from valedor.incidents.duty.models import DutyChange, DutyPlan
from valedor.incidents.duty.roster import Change, Roster, Turn
from valedor.people.models import Account, Entity, Role, RoleGrant, Team
from valedor.procedures.countings import countings
from valedor.procedures.house_rules import HouseRules, house_rules

MEMBERS = (Role.AGENT, Role.HANDLER, Role.LEAD)


def roster_of(plan: DutyPlan, *, around: datetime) -> Roster:
    """A plan with the changes that hold near a moment."""
    house = house_rules(plan.entity_id)
    changes = plan.changes.filter(
        withdrawn_at=None,
        ends_at__gt=around - timedelta(days=1),
        begins_at__lt=around + timedelta(days=31),
    ).order_by("recorded_at", "pk")
    return Roster(
        turns=[
            Turn(one.day, one.begins, one.ends, one.rank, one.account_id)
            for one in plan.turns.all()
        ],
        changes=[Change(one.begins_at, one.ends_at, one.rank, one.account_id) for one in changes],
        zone=ZoneInfo(house.entity.timezone),
        is_holiday=lambda day: is_holiday(house, day),
    )


@lru_cache(maxsize=512)
def is_holiday(house: HouseRules, day: date) -> bool:
    """Whether a day is a public holiday where the entity is, or a closed day of its own.

    A holiday on a Sunday is a Sunday: there is no need to tell them apart.
    """
    worked = calendar_of(house).worked_days(countings()["plain"].counting)
    closed = worked.why_not(day)
    return closed is not None and closed.why != "weekend"


def plan_for(case: Case) -> DutyPlan | None:
    """Who keeps duty for a case: its own team, else the entity's first plan."""
    found = list(
        DutyPlan.objects.filter(entity=case.entity_id, is_active=True)
        .select_related("team", "entity")
        .order_by("pk")
    )
    own = [plan for plan in found if plan.team_id == case.team_id]
    return next(iter(own or found), None)


def plans_of(*entities: int) -> list[DutyPlan]:
    """The plans of some entities, with team, entity and turns."""
    found = DutyPlan.objects.filter(entity__in=entities).select_related("team", "entity")
    return list(found.prefetch_related("turns__account").order_by("entity__name", "pk"))


def plan_named(entity: Entity, team_key: str) -> DutyPlan | None:
    """The plan of a team at an entity."""
    found = DutyPlan.objects.filter(entity=entity, team__key=team_key)
    return found.select_related("team", "entity").first()


def members_of(team: Team) -> list[Account]:
    """Whoever can be on duty in a team, by name."""
    held = RoleGrant.objects.filter(team=team, role__in=MEMBERS, ended_at=None)
    found = Account.objects.filter(pk__in=held.values("account"), is_active=True)
    return list(found.order_by("name", "pk"))


def leads_of(team: Team) -> list[int]:
    """Who leads a team, the longest first."""
    held = RoleGrant.objects.filter(
        team=team, role=Role.LEAD, ended_at=None, account__is_active=True
    )
    return list(held.order_by("granted_at", "pk").values_list("account", flat=True))


def changes_of(plans: list[DutyPlan], *, at: datetime) -> list[DutyChange]:
    """What changes some plans and is not over, the next first."""
    found = DutyChange.objects.filter(
        Q(ends_at__gt=at), plan__in=[plan.pk for plan in plans], withdrawn_at=None
    )
    return list(
        found.select_related("plan__team", "plan__entity", "account", "recorded_by").order_by(
            "begins_at", "pk"
        )
    )
