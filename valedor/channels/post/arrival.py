"""What follows when a letter left by hand or by post."""

from datetime import datetime

from valedor.casefile import limits
from valedor.casefile.actors import SYSTEM
from valedor.casefile.models import Case, Letter


def arrived(case: Case, letter: Letter, *, at: datetime) -> Letter:
    """Mark a letter as accepted by its carrier, and its duty as done."""
    letter.state, letter.accepted_at, letter.next_attempt_at = Letter.State.ACCEPTED, at, None
    letter.arrived_at, letter.returned, letter.last_answer = None, "", ""
    letter.save(
        update_fields=[
            "state", "channel", "contact_point", "proof", "accepted_at", "next_attempt_at",
            "arrived_at", "returned", "last_answer",
        ]
    )  # fmt: skip
    if letter.meets is not None:
        limits.meet(case, letter.meets.duty, by=SYSTEM, at=at, instance=letter.meets.instance)
    return letter
