"""The first human reaction to a case: the house's own target for emergencies (duty ``react``).

No law asks for it. Somebody reacts who takes a case into their hands, acknowledges a page about it,
or writes to the person; what a program does never counts.
"""

from datetime import datetime

from valedor.casefile import limits
from valedor.casefile.actors import By
from valedor.casefile.models import Case

REACT = "react"


def reacted(case: Case, *, by: By, at: datetime) -> None:
    """Somebody of the house attends to a locked case: the target that asks for it is met."""
    if by.account is not None and case.is_emergency:
        limits.meet(case, REACT, by=by, at=at)
