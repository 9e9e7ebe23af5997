"""The stage of a case, kept beside the rows that explain it so that lists are quick.

Only actions move it, before they record their fact: each line of the timeline holds the stage after
it.
"""

from datetime import datetime

from valedor.casefile.models import Case, Stage


def move_to(case: Case, stage: Stage, *, at: datetime) -> None:
    """Move a locked case to a stage. Its closing time comes and goes with the stage closed."""
    if case.stage == stage:
        return
    if stage == Stage.CLOSED:
        # What was missed stays missed on its own row; a closed case waits for nothing.
        case.closed_at, case.next_due_at, case.urgency = at, None, Case.Urgency.NONE
    else:
        case.closed_at = None
    case.stage_before, case.stage = case.stage, stage
    Case.objects.filter(pk=case.pk).update(
        stage=stage, closed_at=case.closed_at, next_due_at=case.next_due_at, urgency=case.urgency
    )


def give_to(case: Case, *, holder_id: int | None, team_id: int | None) -> None:
    """Put a locked case into the hands of a person, or of a team until somebody takes it."""
    Case.objects.filter(pk=case.pk).update(holder=holder_id, team=team_id)
    case.holder_id, case.team_id = holder_id, team_id
