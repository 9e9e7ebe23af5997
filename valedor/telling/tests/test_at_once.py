"""What is due at once is in time while it leaves within minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from valedor.casefile.limits.in_time import is_in_time
from valedor.casefile.models import Deadline
from valedor.telling.limits import came_late

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "is_late"), [(0, False), (40, False), (1200, True)])
def test_at_once_is_within_minutes(seconds: int, is_late: bool) -> None:
    met = AT + timedelta(seconds=seconds)
    deadline = Deadline(length=0, unit="hours", starts_at=AT, due_at=AT, met_at=met)
    assert came_late(deadline) is is_late
    assert is_in_time(deadline, met) is not is_late


def test_an_hour_is_an_hour() -> None:
    due = AT + timedelta(hours=1)
    deadline = Deadline(length=1, unit="hours", starts_at=AT, due_at=due, met_at=due)
    assert not is_in_time(deadline, due)
    assert is_in_time(deadline, due - timedelta(seconds=1))
