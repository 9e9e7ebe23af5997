"""Calls for attention: each to somebody who can act, and each once."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Case as Switch
from django.db.models import Exists, OuterRef, Q, When

from valedor.casefile.models import Case, Deadline, Letter
from valedor.casefile.seats import Seat
from valedor.handling.models import Alarm
from valedor.people.models import Absence, Account, Role, RoleGrant, Team

_ACTS = [Role.AGENT, Role.HANDLER, Role.LEAD, Role.OMBUDSMAN, Role.OMBUDSMAN_CLERK]


def raise_alarm(
    case: Case,
    cause: Alarm.Cause,
    *,
    at: datetime,
    deadline: Deadline | None = None,
    letter: Letter | None = None,
) -> Alarm:
    """Call somebody: the holder where they can act, else the team. The same call is made once."""
    known = Alarm.objects.filter(
        case=case, cause=cause, deadline=deadline, letter=letter, settled_at=None
    ).first()
    if known is not None:
        return known
    able = accounts_able({case.holder_id or 0}, at=at, zone=case.entity.timezone)
    alarm = alarm_for(case, cause, at=at, able=able)
    alarm.deadline, alarm.letter = deadline, letter
    alarm.save(force_insert=True)
    return alarm


def alarm_for(case: Case, cause: Alarm.Cause, *, at: datetime, able: frozenset[int]) -> Alarm:
    """An alarm, not written yet, for the holder if they are able to act, else the team.

    A case that is over is out of sight for a centre of another house: the house itself is called.
    """
    house = _house_instead_of(case) if case.closed_at is not None else None
    holder_acts = house is None and case.holder_id in able and case.holder_id not in case.recused
    return Alarm(
        case_id=case.pk,
        entity_id=case.entity_id,
        seats=int(case.seated(Seat.COMPANY)),
        cause=cause,
        account_id=case.holder_id if holder_acts else None,
        team_id=case.team_id if house is None else house.pk,
        raised_at=at,
    )


def _house_instead_of(case: Case) -> Team | None:
    """The team of the house that looks after a case once the centre that had it sees it no more;
    nothing where the case's own team is of the house.
    """
    if case.team_id is None or not Team.objects.get(pk=case.team_id).is_outsourced:
        return None
    of_the_house = Team.objects.filter(
        entities=case.entity_id, is_outsourced=False, is_active=True
    ).exclude(purpose__in=[Team.Purpose.OMBUDSMAN, Team.Purpose.AREA])
    everyday_first = Switch(When(purpose=Team.Purpose.GENERAL, then=0), default=1)
    return of_the_house.order_by(everyday_first, "pk").first()


def accounts_able(accounts: Collection[int], *, at: datetime, zone: str) -> frozenset[int]:
    """Which of these accounts can act today: active, with a role that acts, and not away."""
    if not accounts:
        return frozenset()
    today = at.astimezone(ZoneInfo(zone)).date()
    away = Absence.objects.covering(today).filter(account=OuterRef("pk"))
    acts = RoleGrant.objects.filter(account=OuterRef("pk"), role__in=_ACTS, ended_at=None)
    found = Account.objects.filter(
        Q(Exists(acts)) & ~Q(Exists(away)), pk__in=accounts, is_active=True
    )
    return frozenset(found.values_list("pk", flat=True))


def settle_alarms(case: Case, *causes: Alarm.Cause, at: datetime) -> None:
    """What was called about has been seen to."""
    Alarm.objects.filter(case=case, cause__in=causes, settled_at=None).update(settled_at=at)
