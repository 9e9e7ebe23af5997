"""What the worker does for people, by the timetable."""

from valedor.foundation import jobs
from valedor.foundation.moments import now
from valedor.people.actions import unsent


@jobs.task(once="forget-unsent")
def forget_unsent() -> None:
    """Forget what was typed by somebody signed out, and not sent within two hours."""
    unsent.forget_unsent(at=now())
