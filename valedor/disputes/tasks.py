"""What the worker does for disputes: it puts dossiers together."""

from valedor.disputes.actions import make_dossier as making
from valedor.foundation.jobs import BackOff, task
from valedor.foundation.moments import now


def _given_up(dossier_id: int) -> None:
    making.give_up(dossier_id, at=now())


# One at a time: each takes the memory of its pages.
@task(queue="papers", lock="dossier", retry=BackOff(attempts=3), given_up=_given_up)
def make_dossier(dossier_id: int) -> None:
    """Put a dossier together that somebody asked for."""
    making.make_dossier(dossier_id, at=now())
