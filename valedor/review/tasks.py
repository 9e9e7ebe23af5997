"""What the worker does for the ombudsman's office."""

from valedor.foundation.jobs import task
from valedor.foundation.moments import now
from valedor.review.office.actions.admit import come_back
from valedor.review.office.actions.lapse import lapse_late


@task(once="back-to-the-office")
def back_to_the_office() -> None:
    """What was passed on to the company comes back once its time to answer is over."""
    come_back(at=now())


@task(once="let-proposals-lapse")
def let_proposals_lapse() -> None:
    """A proposal to settle that nobody answered in time stands no more."""
    lapse_late(at=now())
