"""Whether a duty was done in time. Pure."""

from datetime import datetime, timedelta

from valedor.casefile.models import Deadline

AT_ONCE = timedelta(minutes=15)
"""How long it may take to do at once what is due at once.

A receipt leaves by mail or SMS within seconds of the registration, never in the same instant. No
provision says in minutes what "immediately" is; a quarter of an hour is what a server may be slow.
"""


def ends_at(deadline: Deadline) -> datetime | None:
    """Until when it is in time; nothing while the clock stands still."""
    if deadline.due_at is None or deadline.due_at > deadline.starts_at:
        return deadline.due_at
    return deadline.due_at + AT_ONCE


def is_in_time(deadline: Deadline, at: datetime) -> bool:
    """Whether what is owed, done at a moment, is done in time."""
    end = ends_at(deadline)
    return end is None or at < end
