"""Who lets somebody in or out: the rights of a member of the staff, asked where the act is done."""

from datetime import datetime

from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import Refusal
from valedor.handling.standing import viewer_for
from valedor.participants.rules import why_not_by_the_house


def why_not_of(case: Case, by: By, *, at: datetime) -> Refusal | None:
    """What stands against it for a member of the staff; nothing for anybody else."""
    if by.account is None:
        return None
    return why_not_by_the_house(case, viewer_for(case, by), at=at)
