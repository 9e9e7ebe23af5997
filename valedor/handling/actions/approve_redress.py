"""An approver's yes or no to redress above the handler's authority."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import RedressApproved, RedressRejected
from valedor.handling.models import Approval, Redress
from valedor.handling.queries import case_state
from valedor.handling.redress_words import told
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def approve_redress(case: Case, *, redress: Redress, by: By, at: datetime) -> Approval:
    """Raises ``Refused``."""
    return _settle(case, redress, given=True, reason=None, by=by, at=at)


@as_the_company
def reject_redress(case: Case, *, redress: Redress, reason: str, by: By, at: datetime) -> Approval:
    """Raises ``Refused``, also without a reason."""
    return _settle(case, redress, given=False, reason=reason, by=by, at=at)


def _settle(
    case: Case, redress: Redress, *, given: bool, reason: str | None, by: By, at: datetime
) -> Approval:
    case = locked(case)
    redress = Redress.objects.get(pk=redress.pk, case=case)
    approval = Approval.objects.filter(redress=redress, given=None).first()
    refuse_if(
        rules.why_not_approve_redress(
            case_state(case), viewer_for(case, by), redress, approval, reason=reason
        )
    )
    assert approval is not None  # noqa: S101 -- refused above
    approval.given, approval.by, approval.at, approval.reason = given, by.account, at, reason or ""
    approval.save(update_fields=["given", "by", "at", "reason"])
    redress.state = Redress.State.APPROVED if given else Redress.State.REJECTED
    redress.save(update_fields=["state"])
    fact = (RedressApproved if given else RedressRejected)(**told(redress))
    timeline.record(case, fact, by=by, at=at, body=reason or "")
    return approval
