"""Until when an area of the house answers: a limit of the house's own (ISO 10002, 7.6).

It stops no clock of the case and never ends after it: an answer that comes too late for the person
helps nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from valedor.casefile.limits.begin import calendar_of
from valedor.clocks.fresh import due_moment
from valedor.clocks.limits import Unit
from valedor.handling.queries import CaseState
from valedor.procedures.applicable import AREA_DUTY, own_rule

# Where the house has set no target of its own for its areas.
USUAL_BUSINESS_DAYS = 5


@dataclass(frozen=True)
class AreaLimit:
    """The moment by which an area answers; ``length`` is 0 where somebody named the day."""

    due_at: datetime
    length: int
    unit: str


def area_limit(state: CaseState, *, at: datetime, named: datetime | None = None) -> AreaLimit:
    """The day that was named, else what the house's target gives, and no later than the answer
    itself is due.
    """
    length, unit = 0, str(Unit.CALENDAR_DAYS)
    due_at = named
    if due_at is None:
        length, unit = _usual(state)
        zone = ZoneInfo(state.house.entity.timezone)
        due_at = due_moment(own_rule(length, unit), at, calendar_of(state.house), zone)
    own = [one.due_at for one in state.running("respond") if one.due_at and one.due_at > at]
    return AreaLimit(min([due_at, *own]), length, unit)


def _usual(state: CaseState) -> tuple[int, str]:
    for target in state.house.targets:
        if target.meets == AREA_DUTY and (not target.kinds or state.case.kind in target.kinds):
            return target.length, target.unit
    return USUAL_BUSINESS_DAYS, Unit.BUSINESS_DAYS
