"""The last days of calls: as a switchboard tells of them, with callers who hang up.

Drawn with a seed of its own, so that every demonstration has the same day.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.models import Line
from valedor.channels.telephone import playing
from valedor.channels.telephone.actions.promise_call import promise_call
from valedor.channels.telephone.asking import line_for
from valedor.channels.telephone.opening import opening_of
from valedor.config.demonstration.house import Household
from valedor.foundation.refusals import Refused
from valedor.people.models import Account, ContactPoint, Entity
from valedor.procedures.house_rules import house_rules

A_DAY = 36
_DAYS = 3
_NO_FURTHER = 21
_PROMISES = 3


@dataclass(frozen=True)
class _Planned:
    at: datetime
    number: str
    queue: str
    waits: int
    talks: int | None  # None for one who hangs up.


def ring(household: Household, *, until: datetime) -> None:
    """The calls of every entity that has a line, and some calls that it owes."""
    for key, entity in household.entities.items():
        line = line_for(entity)
        if line is None:
            continue
        line.entity = entity
        staff = household.of(key, "agent") + household.of(key, "handler")
        for day in _open_days(entity, line, until):
            for call in _day(entity, line, day):
                _tell(call, line, staff, until)
        _promise(entity, line, until=until)


def _open_days(entity: Entity, line: Line, until: datetime) -> list[datetime]:
    """The last days on which the line answered: before a weekend, the working days before it."""
    opening = opening_of(line, house_rules(entity.pk))
    days = (until - timedelta(days=ago) for ago in range(_NO_FURTHER))
    zone = ZoneInfo(entity.timezone)
    noon = time(12)
    return [
        day
        for day in days
        if opening.is_open(datetime.combine(day.astimezone(zone).date(), noon, tzinfo=zone))
    ][:_DAYS]


def _day(entity: Entity, line: Line, on: datetime) -> Iterator[_Planned]:
    """The calls of one day: most about noon, and a few that nobody answers in time."""
    chance = random.Random(f"{entity.key} {on:%u}")  # noqa: S311 -- nothing secret
    zone = ZoneInfo(entity.timezone)
    opening = opening_of(line, house_rules(entity.pk))
    queues = ["avaries", "factures"] if entity.country == "ES" else ["suporte", "cobrança"]
    for number in range(A_DAY):
        minutes = int(chance.triangular(8 * 60, 20 * 60, 12 * 60))
        at = datetime.combine(
            on.astimezone(zone).date(), time(minutes // 60, minutes % 60), tzinfo=zone
        )
        waits = int(chance.expovariate(1 / 45))
        hangs_up = waits > 60 and chance.random() < 0.5
        caller = _number(entity, chance, number)
        if opening.is_open(at):
            talks = None if hangs_up else int(chance.lognormvariate(5.3, 0.6))
            yield _Planned(at, caller, chance.choice(queues), waits, talks)


def _number(entity: Entity, chance: random.Random, number: int) -> str:
    """A caller's number; every ninth is withheld."""
    if number % 9 == 8:
        return "anonymous"
    if entity.country == "ES":
        return f"+34600{chance.randrange(10**5, 10**6)}"
    return f"+552199{chance.randrange(10**6, 10**7)}"


def _tell(call: _Planned, line: Line, staff: list[Account], until: datetime) -> None:
    over = call.at + timedelta(seconds=call.waits)
    ends = over + timedelta(seconds=call.talks or 0)
    if ends > until - timedelta(minutes=5):
        return  # Of the hours that have not come yet nothing is told.
    told = playing.play(
        line, playing.KIND.OFFERED, number=call.number, queue=call.queue, at=call.at
    )
    if told is None:
        return
    name = told.name_at_switch
    if call.talks is None:
        playing.play(line, playing.KIND.ABANDONED, call=name, at=over)
        return
    operator = staff[call.talks % len(staff)] if staff else None
    playing.play(line, playing.KIND.ANSWERED, call=name, operator=operator, at=over)
    playing.play(line, playing.KIND.ENDED, call=name, at=ends)


def _promise(entity: Entity, line: Line, *, until: datetime) -> None:
    """People with a case under way who asked to be called: today, and when the line opens next."""
    with viewing(the_house(entity)):
        cases = list(
            Case.objects.filter(
                entity=entity,
                stage=Stage.INVESTIGATION,
                is_protected=False,
                complainant__contact_points__kind=ContactPoint.Kind.TELEPHONE,
                complainant__contact_points__ended_at=None,
            )
            .select_related("entity", "complainant")
            .distinct()
            .order_by("received_at")[:_PROMISES]
        )
        for hours, case in enumerate(cases):
            point = case.complainant.contact_points.filter(  # type: ignore[union-attr]
                kind=ContactPoint.Kind.TELEPHONE, ended_at=None
            ).first()
            try:
                promise_call(
                    case,
                    line=line,
                    number=point.value if point else "",
                    wished_at=until + timedelta(hours=hours + 1),
                    by=COMPLAINANT,
                    at=until - timedelta(hours=2),
                )
            except Refused:
                continue  # A number that nobody can call: nothing was promised.
