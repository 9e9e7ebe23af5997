"""Keep a case whole while somebody may need it as it is, and let it go again."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import staff
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Account
from valedor.privacy import rules
from valedor.privacy.facts import HoldLifted, HoldPlaced
from valedor.privacy.models import LegalHold


def place_hold(case: Case, *, by: Account, at: datetime, reason: str) -> LegalHold:
    """Place a legal hold. Raises ``Refused`` where there is one already."""
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        refuse_if(rules.why_not_hold(is_held=_hold_of(case) is not None, case=case))
        hold = LegalHold.objects.create(
            case=case, entity_id=case.entity_id, reason=reason, by=by, at=at
        )
        timeline.record(case, HoldPlaced(hold=hold.pk), by=staff(by), at=at, body=reason)
        return hold


def lift_hold(case: Case, *, by: Account, at: datetime, reason: str) -> LegalHold:
    """Lift it. Raises ``Refused`` where there is none."""
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        hold = _hold_of(case)
        refuse_if(rules.why_not_lift(is_held=hold is not None))
        assert hold is not None  # noqa: S101 -- the rule asked
        hold.lifted_by, hold.lifted_at, hold.lifting_reason = by, at, reason
        hold.save(update_fields=["lifted_by", "lifted_at", "lifting_reason"])
        timeline.record(case, HoldLifted(hold=hold.pk), by=staff(by), at=at, body=reason)
        return hold


def _hold_of(case: Case) -> LegalHold | None:
    return LegalHold.objects.filter(case=case, lifted_at=None).first()
