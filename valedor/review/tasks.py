"""What the worker does for the ombudsman's office."""

from valedor.foundation.jobs import task
from valedor.foundation.moments import now
from valedor.review.office.actions.admit import come_back


@task(once="back-to-the-office")
def back_to_the_office() -> None:
    """What was passed on to the company comes back once its time to answer is over."""
    come_back(at=now())
