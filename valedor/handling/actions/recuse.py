"""Keep somebody out of a case: a tie with a party, or a hand in what is complained of."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.assign import give
from valedor.handling.facts import RecusalLifted, Recused
from valedor.handling.models import CasePart, Recusal
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import Account


@as_the_company
def recuse(case: Case, *, account: Account, reason: str, by: By, at: datetime) -> Recusal:
    """They see the case no more from here on; held by them, it goes to somebody else.

    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_recuse(state, viewer, account_id=account.pk, reason=reason))
    assert by.account is not None  # noqa: S101 -- only somebody of the staff is permitted to
    recusal = Recusal.objects.create(
        case=case,
        entity_id=case.entity_id,
        account=account,
        reason=reason,
        declared_by=by.account,
        at=at,
    )
    case.recused = sorted({*case.recused, account.pk})
    case.save(update_fields=["recused"])
    CasePart.objects.filter(case=case, member=account, done_at=None).update(
        done_at=at, outcome=reason
    )
    timeline.record(
        case, Recused(account=account.pk, account_name=account.name), by=by, at=at, body=reason
    )
    team = case.team or state.house.reception
    if case.holder_id == account.pk and team is not None:
        give(case_state(case), team, by=by, at=at)
    return recusal


@as_the_company
def lift_recusal(case: Case, *, account: Account, reason: str, by: By, at: datetime) -> None:
    """A recusal was a mistake, or its reason is gone.

    Nobody lifts their own. Raises ``Refused``.
    """
    case = locked(case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_lift_recusal(case_state(case), viewer, account_id=account.pk))
    Recusal.objects.filter(case=case, account=account, lifted_at=None).update(lifted_at=at)
    case.recused = [one for one in case.recused if one != account.pk]
    case.save(update_fields=["recused"])
    timeline.record(
        case,
        RecusalLifted(account=account.pk, account_name=account.name),
        by=by,
        at=at,
        body=reason,
    )
