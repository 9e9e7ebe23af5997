"""Propose redress from the catalogue; above one's authority an approver has to say yes first."""

from datetime import datetime
from decimal import Decimal

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Grievance
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import RedressProposed, RedressWithdrawn
from valedor.handling.models import Approval, Redress
from valedor.handling.queries import case_state
from valedor.handling.redress_words import told
from valedor.handling.standing import as_the_company, viewer_for
from valedor.procedures.models import RedressOption


@as_the_company
def offer_redress(
    case: Case,
    *,
    option: RedressOption,
    by: By,
    at: datetime,
    amount: Decimal | None = None,
    currency: str = "",
    text: str = "",
    grievance: Grievance | None = None,
    needs_acceptance: bool = False,
) -> Redress:
    """What the answer will offer. The person hears of it with the answer, not before.

    ``needs_acceptance``: the person may say no to it (compensation in settlement); otherwise the
    house
    does it anyway. Raises ``Refused``.
    """
    case = locked(case)
    state, viewer = case_state(case), viewer_for(case, by)
    refuse_if(
        rules.why_not_offer_redress(state, viewer, option=option, amount=amount, currency=currency)
    )
    above = rules.needs_approval(state, viewer, amount)
    redress = Redress.objects.create(
        case=case,
        entity_id=case.entity_id,
        grievance=grievance,
        kind=option.key,
        text=text,
        amount=amount,
        currency=currency,
        needs_acceptance=needs_acceptance,
        needs_proof=option.needs_proof,
        days_to_carry_out=option.days_to_carry_out,
        state=Redress.State.AWAITING_APPROVAL if above else Redress.State.APPROVED,
        by=by.account,
        at=at,
    )
    if above:
        assert by.account is not None  # noqa: S101 -- the house's machinery needs no approval
        Approval.objects.create(
            case=case,
            entity_id=case.entity_id,
            redress=redress,
            asked_by=by.account,
            asked_at=at,
        )
    timeline.record(
        case,
        RedressProposed(**told(redress), needs_approval=above),
        by=by,
        at=at,
        body=text,
        instance=state.instance,
    )
    return redress


@as_the_company
def withdraw_redress(case: Case, *, redress: Redress, reason: str, by: By, at: datetime) -> Redress:
    """What was to be offered is not; only as long as the person has not been offered it.

    Raises ``Refused``.
    """
    case = locked(case)
    redress = Redress.objects.get(pk=redress.pk, case=case)
    state = case_state(case)
    refuse_if(rules.why_not_withdraw_redress(state, viewer_for(case, by), redress, reason=reason))
    redress.state = Redress.State.WITHDRAWN
    redress.save(update_fields=["state"])
    Approval.objects.filter(redress=redress, given=None).update(
        given=False, at=at, by=by.account, reason=reason
    )
    timeline.record(case, RedressWithdrawn(**told(redress)), by=by, at=at, body=reason)
    return redress
