"""Until when the house waits for the person's word on an answer before it ends a case without it.

It is the house's own patience, as long as the entity sets it (``days_to_react``). It takes nothing
from the window that a law may give for going further (``going_further``, ``contest_by``): that one
is the person's, whether it ends earlier or later, and no closing ends it. Neither is counted into
the other.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from valedor.casefile.models import Case
from valedor.clocks.fresh import end_of_day
from valedor.handling.rules.ending import NEEDS_NO_ANSWER
from valedor.procedures.house_rules import HouseRules


def react_by(house: HouseRules, *, answered_at: datetime) -> datetime:
    """The end of the last day, where the entity is; the day of the answer is not counted."""
    zone = ZoneInfo(house.entity.timezone)
    answered_on = answered_at.astimezone(zone).date()
    return end_of_day(answered_on + timedelta(days=house.entity.days_to_react), zone)


def waits_for_word(case: Case, letter_key: str) -> bool:
    """Whether the answer, a letter of this key, leaves the last word to the person.

    A case that needs no answer, or is not admitted, may end on that ground at once: no day is
    promised there.
    """
    return letter_key != "inadmission" and case.kind not in NEEDS_NO_ANSWER
