"""The person takes or declines what was offered. What is taken must be carried out in time."""

from datetime import datetime, timedelta

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.clocks.limits import Unit
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import RedressAccepted, RedressDeclined
from valedor.handling.models import Redress
from valedor.handling.queries import CaseState, case_state
from valedor.handling.redress_words import told
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def accept_redress(case: Case, *, redress: Redress, by: By, at: datetime) -> Redress:
    """Raises ``Refused``."""
    case = locked(case)
    redress = Redress.objects.get(pk=redress.pk, case=case)
    state = case_state(case)
    refuse_if(rules.why_not_settle_redress(state, viewer_for(case, by), redress))
    timeline.record(case, RedressAccepted(**told(redress)), by=by, at=at)
    agree(state, redress, by=by, at=at)
    return redress


@as_the_company
def decline_redress(case: Case, *, redress: Redress, by: By, at: datetime) -> Redress:
    """Declining what is offered closes nothing and takes no right away. Raises ``Refused``."""
    case = locked(case)
    redress = Redress.objects.get(pk=redress.pk, case=case)
    refuse_if(rules.why_not_settle_redress(case_state(case), viewer_for(case, by), redress))
    redress.state, redress.settled_at = Redress.State.DECLINED, at
    redress.save(update_fields=["state", "settled_at"])
    timeline.record(case, RedressDeclined(**told(redress)), by=by, at=at)
    return redress


def agree(state: CaseState, redress: Redress, *, by: By, at: datetime) -> None:
    """From here on it is owed: a limit runs until it is carried out."""
    redress.state, redress.settled_at = Redress.State.ACCEPTED, at
    redress.deadline = limits.add(
        state.case,
        state.instance,
        duty="carry_out_redress",
        due_at=at + timedelta(days=redress.days_to_carry_out),
        by=by,
        at=at,
        length=redress.days_to_carry_out,
        unit=Unit.CALENDAR_DAYS,
    )
    redress.save(update_fields=["state", "settled_at", "deadline"])
