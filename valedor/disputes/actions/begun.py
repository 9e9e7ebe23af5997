"""How each act on a case before a body begins: under the lock of the case, with all it asks."""

from valedor.casefile.access import locked
from valedor.casefile.models import Case
from valedor.disputes.models import Referral
from valedor.disputes.referral.queries import ReferralState, referral_of, referral_state


def begun(case: Case, referral: Referral) -> ReferralState:
    """Read anew what stands there. Raises ``LookupError`` for a referral of another case."""
    case = locked(case)
    found = referral_of(case, referral.pk)
    if found is None:
        raise LookupError("no such referral of this case")
    found.case = case
    return referral_state(found)
