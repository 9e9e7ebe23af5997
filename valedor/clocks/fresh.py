"""The due day of a clock to which nothing has happened yet, as quickly as it can be had.

An import computes millions of these. The answer is the one of `engine.compute`, without its steps.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

from .calendars import WorkedDays, WorkingCalendar
from .limits import Unit, add_months
from .rule import Rule

_ONE_DAY = timedelta(days=1)
_DAYS = [timedelta(days=number) for number in range(400)]


def end_of_day(day: date, timezone: tzinfo) -> datetime:
    """The moment, in UTC, at which a local day is over: the next local midnight.

    Where clocks jump over midnight the day ends at the jump; where midnight comes twice, at the
    first.
    """
    after = day + _ONE_DAY
    return datetime(after.year, after.month, after.day, tzinfo=timezone).astimezone(UTC)


def due_day(rule: Rule, start: datetime, calendar: WorkingCalendar, timezone: tzinfo) -> date:
    """The due day of a clock in days or months on which nothing has happened yet."""
    limit = rule.limit
    length = limit.length
    counting = limit.counting
    day = start.astimezone(timezone).date()
    unit = limit.unit
    if unit is Unit.BUSINESS_DAYS:
        end = calendar.worked_days(counting).nth_after(day, length)
    elif unit is Unit.MONTHS:
        end = add_months(day, length, counting.month_end)
    else:
        end = day + (_DAYS[length] if length < 400 else timedelta(days=length))
    if not rule.may_roll:
        return end
    if counting.roll_forward and unit is not Unit.BUSINESS_DAYS:
        end = calendar.worked_days(counting).on_or_after(end)
    if counting.at_least_two_working_days and (length >= 2 or unit is Unit.MONTHS):
        second = calendar.worked_days(counting).nth_after(day, 2)
        end = max(end, second)
    return end


def due_moment(
    rule: Rule, start: datetime, calendar: WorkingCalendar, timezone: tzinfo
) -> datetime:
    """The moment, in UTC, after which the duty is missed: `Outcome.ends_at` of a fresh clock."""
    if (one := rule.limit.unit.elapsed) is not None:
        return start.astimezone(UTC) + rule.limit.length * one
    return end_of_day(due_day(rule, start, calendar, timezone), timezone)


def is_provisional(rule: Rule, due: date) -> bool:
    """Whether a fresh clock due that day looked at a year whose holidays nobody has published."""
    counting, limit = rule.limit.counting, rule.limit
    looks = limit.unit is Unit.BUSINESS_DAYS and limit.length > 0
    if rule.may_roll and limit.unit.elapsed is None:
        is_long = limit.length >= 2 or limit.unit is Unit.MONTHS
        looks = looks or counting.roll_forward or (counting.at_least_two_working_days and is_long)
    return looks and WorkedDays.is_provisional(due)
