"""Keep the identity of the person among few, and lift that again."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import Protected, ProtectionLifted
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def protect(case: Case, *, reason: str, by: By, at: datetime) -> Entry:
    """From here on only the holder of the case and those entitled at its entity see it.

    Raises ``Refused``.
    """
    case = locked(case)
    refuse_if(rules.why_not_protect(case_state(case), viewer_for(case, by), reason=reason))
    return _set(case, Protected(), is_protected=True, reason=reason, by=by, at=at)


@as_the_company
def lift_protection(case: Case, *, reason: str, by: By, at: datetime) -> Entry:
    """Whoever sees the cases of the entity sees this one again. Raises ``Refused``."""
    case = locked(case)
    refuse_if(rules.why_not_lift_protection(case_state(case), viewer_for(case, by), reason=reason))
    return _set(case, ProtectionLifted(), is_protected=False, reason=reason, by=by, at=at)


def _set(
    case: Case,
    fact: Protected | ProtectionLifted,
    *,
    is_protected: bool,
    reason: str,
    by: By,
    at: datetime,
) -> Entry:
    case.is_protected = is_protected
    case.save(update_fields=["is_protected"])
    return timeline.record(case, fact, by=by, at=at, body=reason)
