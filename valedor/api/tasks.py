"""What the interface does later."""

from valedor.api.once import forget_old_answers
from valedor.foundation import moments
from valedor.foundation.jobs import task


@task(once="forget-answers")
def forget_answers() -> None:
    """Remove what programs were answered more than seven days ago. Part of the timetable."""
    forget_old_answers(at=moments.now())
