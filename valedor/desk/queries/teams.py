"""What a lead sees of a team: how much each person holds, what is due, what is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.viewing import Viewer
from valedor.handling.models import Approval
from valedor.people.models import Absence, Account, Role, Team


@dataclass(frozen=True)
class Load:
    """One person of a team, or the cases that nobody holds (no account)."""

    account: Account | None
    open: int
    due_soon: int
    overdue: int
    is_away: bool = False


def loads_of(viewer: Viewer, team: Team, *, at: datetime, zone: str) -> list[Load]:
    """Each member of a team with their load, and what nobody holds. Two queries."""
    today = at.astimezone(ZoneInfo(zone)).date()
    away = Absence.objects.covering(today).filter(account=OuterRef("pk"))
    members = list(
        Account.objects.filter(
            grants__team=team,
            grants__ended_at=None,
            grants__role__in=[Role.AGENT, Role.HANDLER, Role.LEAD],
            is_active=True,
        )
        .annotate(is_away=Exists(away))
        .distinct()
        .order_by("name")
    )
    counted = (
        cases_visible_to(viewer)
        .filter(team=team, closed_at=None)
        .order_by()
        .values("holder")
        .annotate(
            open=Count("pk"),
            due_soon=Count("pk", filter=Q(urgency=Case.Urgency.DUE_SOON)),
            overdue=Count("pk", filter=Q(urgency=Case.Urgency.OVERDUE)),
        )
    )
    of_holder: dict[int | None, Any] = {row["holder"]: row for row in counted}
    loads = []
    for account in [*members, None]:
        row = of_holder.get(account.pk if account else None)
        loads.append(
            Load(
                account=account,
                open=row["open"] if row else 0,
                due_soon=row["due_soon"] if row else 0,
                overdue=row["overdue"] if row else 0,
                is_away=bool(account and account.is_away),  # type: ignore[attr-defined]
            )
        )
    return loads


def open_cases_of(viewer: Viewer, team: Team, holder: Account | None) -> list[CaseLine]:
    """What somebody of a team holds, the next limit first; at most fifty."""
    found = (
        cases_visible_to(viewer)
        .filter(team=team, closed_at=None, holder=holder)
        .order_by("next_due_at", "pk")
        .values_list("pk", flat=True)[:50]
    )
    return lines_of(viewer, list(found))


def approvals_waiting(viewer: Viewer) -> Sequence[Approval]:
    """Redress that waits for a yes, the oldest first."""
    return list(
        Approval.objects.filter(given=None, case__in=cases_visible_to(viewer))
        .select_related("redress", "case__entity", "asked_by")
        .order_by("asked_at")[:100]
    )
