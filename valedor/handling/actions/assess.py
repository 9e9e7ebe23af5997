"""Assess a case (ISO 10002, initial assessment): severity, difficulty, safety, admissibility.

A complex case goes to the team for complex cases; any other to a person of its team, where nobody
is responsible for it yet.
"""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Stage
from valedor.casefile.stages import give_to, move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.assign import give
from valedor.handling.facts import Assessed
from valedor.handling.models import Assessment
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def assess(
    case: Case,
    *,
    severity: int,
    difficulty: str,
    by: By,
    at: datetime,
    touches_safety: bool = False,
    is_vulnerable: bool = False,
    people_affected: int = 1,
    is_admissible: bool = True,
    inadmission_ground: str = "",
    reasons: str = "",
    give_out: bool = True,
) -> Assessment:
    """Record an assessment; a later one replaces it. Raises ``Refused``.

    With ``give_out`` the case goes to whoever should take it, if nobody holds it yet. A severity
    that the scale does not know raises ``ValueError``: every list has to find words for it.
    """
    severity = Assessment.Severity(severity).value
    case = locked(case)
    state, viewer = case_state(case), viewer_for(case, by)
    refuse_if(
        rules.why_not_assess(
            state, viewer, admissible=is_admissible, ground=inadmission_ground, reasons=reasons
        )
    )
    assessment = Assessment.objects.create(
        case=case,
        entity_id=case.entity_id,
        severity=severity,
        difficulty=difficulty,
        touches_safety=touches_safety,
        is_vulnerable=is_vulnerable,
        people_affected=people_affected,
        is_admissible=is_admissible,
        inadmission_ground=inadmission_ground,
        reasons=reasons,
        seats=int(Assessed.seats),
        by=by.account,
        at=at,
    )
    case.severity, case.difficulty = severity, difficulty
    case.touches_safety, case.is_vulnerable = touches_safety, is_vulnerable
    case.save(update_fields=["severity", "difficulty", "touches_safety", "is_vulnerable"])
    if case.stage == Stage.RECEIVED:
        move_to(case, Stage.ASSESSED, at=at)
    timeline.record(
        case,
        Assessed(
            assessment=assessment.pk,
            severity=severity,
            difficulty=difficulty,
            touches_safety=touches_safety,
            is_vulnerable=is_vulnerable,
            people_affected=people_affected,
            is_admissible=is_admissible,
            inadmission_ground=inadmission_ground,
        ),
        by=by,
        at=at,
        body=reasons,
    )
    if give_out:
        _give_out(case, by=by, at=at)
    return assessment


def _give_out(case: Case, *, by: By, at: datetime) -> None:
    state = case_state(case)
    team, complex_team = case.team, state.house.complex_team
    is_complex = case.difficulty == Case.Difficulty.COMPLEX
    if is_complex and complex_team is not None and case.team_id != complex_team.pk:
        give_to(case, holder_id=None, team_id=complex_team.pk)
        give(state, complex_team, by=by, at=at, basis="complex_team")
    elif case.holder_id is None and team is not None:
        give(state, team, by=by, at=at)
