"""Pass thanks on to the person or the area that is thanked."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import ThanksPassedOn
from valedor.handling.first_reaction import reacted
from valedor.handling.models import Thanks
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import Account
from valedor.procedures.models import Area


@as_the_company
def pass_on(
    case: Case,
    *,
    text: str,
    area: Area | None = None,
    account: Account | None = None,
    by: By,
    at: datetime,
) -> Thanks:
    """Raises ``Refused``. The person reads on the page of their case that it reached them."""
    case = locked(case)
    state = case_state(case)
    named = [one for one in (area, account) if one is not None]
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_pass_on(state, viewer, targets=len(named), text=text))
    thanks = Thanks.objects.create(
        case=case,
        entity_id=case.entity_id,
        area=area,
        account=account,
        words=text,
        by=by.account,
        at=at,
    )
    whom = area.name if area is not None else account.name if account is not None else ""
    timeline.record(case, ThanksPassedOn(thanks=thanks.pk, whom=whom), by=by, at=at, body=text)
    reacted(case, by=by, at=at)
    return thanks


def read_thanks(thanks: Thanks, *, at: datetime) -> None:
    """Whoever is thanked has read it."""
    Thanks.objects.filter(pk=thanks.pk, read_at=None).update(read_at=at)
