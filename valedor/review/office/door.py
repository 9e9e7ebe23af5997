"""When the ombudsman is open to somebody who complained to the company.

At once to whom the answer does not satisfy; by itself when no answer came in time: with the law's
limit of the answer, where there is one, else after the time that the rules of the office leave the
company (``generic-ombudsman``, two months).
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Deadline
from valedor.clocks.fresh import due_moment
from valedor.foundation.moments import local_day
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.queries import CaseState
from valedor.procedures.applicable import packs_of
from valedor.procedures.house_rules import HouseRules
from valedor.review.office.models import Proceeding

_GENERIC = "generic-ombudsman"
_SILENCE = "silence"


@dataclass(frozen=True)
class Door:
    """Whether the office is open for a case, since or from when, and why."""

    is_open: bool
    opens_at: datetime | None
    ground: str
    zone: str

    @property
    def opens_in_words(self) -> str:
        """The day in words."""
        if self.opens_at is None:
            return _("the day on which the company has answered")
        return day_in_words(local_day(self.opens_at, self.zone), get_language() or "en")


def door_of(state: CaseState, deadlines: list[Deadline], *, at: datetime) -> Door:
    """The door for a case of the company as it stands. ``deadlines`` are all that it has had."""
    house, zone = state.house, state.house.entity.timezone
    response = state.response
    if response is not None and response.sent_at is not None:
        return Door(True, response.sent_at, Proceeding.Ground.DISSATISFIED, zone)
    answered = state.closure is not None
    if answered:
        return Door(True, state.closure.at, Proceeding.Ground.DISSATISFIED, zone)  # type: ignore[union-attr]
    ends = [
        one.due_at
        for one in deadlines
        if one.duty == "respond" and one.role == Deadline.Role.LAW and one.binds and one.due_at
    ]
    ends += _end_of_silence(house, state.case.received_at)
    opens_at = min(ends, default=None)
    is_open = opens_at is not None and opens_at <= at
    return Door(is_open, opens_at, Proceeding.Ground.NO_ANSWER, zone)


def _end_of_silence(house: HouseRules, received_at: datetime) -> list[datetime]:
    zone = ZoneInfo(house.entity.timezone)
    found = []
    for _version, pack in packs_of(house):
        clock = pack.clocks.get(_SILENCE)
        if pack.key == _GENERIC and clock is not None:
            moment = due_moment(clock.rule, received_at, calendar_of(house), zone)
            if moment is not None:
                found.append(moment)
    return found
