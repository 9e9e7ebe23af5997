"""What is done later for those who are told of cases."""

from valedor.foundation import moments
from valedor.foundation.jobs import task


@task(queue="webhooks")
def deliver(announcement_id: str) -> None:
    """Try to hand an announcement over."""
    from valedor.announcing import delivering

    delivering.deliver(announcement_id, at=moments.now())


@task(queue="webhooks")
def tell_of_pause(subscription_id: int) -> None:
    """Tell the administrators that an address was given up."""
    from valedor.announcing import telling_of_pause

    telling_of_pause.tell_of_pause(subscription_id)


@task(once="rescue-announcements")
def rescue() -> None:
    """Take up what is due and has lain about. Part of the timetable."""
    from valedor.announcing import keeping

    keeping.take_up_left_over(at=moments.now())


@task(once="forget-announcements")
def forget() -> None:
    """Remove what was told long ago. Part of the timetable."""
    from valedor.announcing import keeping

    keeping.forget_old(at=moments.now())
