"""Take an emergency: from the desk, or by the link of a call. Nobody more is called."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.access import cases_visible_to, locked
from valedor.casefile.actors import staff
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.take import take as take_case
from valedor.handling.queries import case_state
from valedor.incidents.duty import duty_rules
from valedor.incidents.duty.calling import end
from valedor.incidents.duty.models import CallOut
from valedor.people.models import Account


@transaction.atomic
def take(going: CallOut, *, by: Account, at: datetime) -> CallOut:
    """Attend to it. A case that nobody holds becomes theirs where their role lets them hold it.

    Raises ``Refused``.
    """
    viewer = viewer_of(by)
    with viewing(viewer):
        sees = cases_visible_to(viewer).filter(pk=going.case_id).exists()
    with viewing(the_house(going.entity_id)):
        case = locked(Case.objects.get(pk=going.case_id))
        going = CallOut.objects.select_related("taken_by").get(pk=going.pk)
        refuse_if(
            duty_rules.why_not_take(
                taken_by=going.taken_by.name if going.taken_by else "",
                is_over=going.state != CallOut.State.CALLING,
                sees_case=sees,
                permissions=viewer.within(going.entity_id).permissions,
            )
        )
        end(going, case, by, at=at)
    with viewing(viewer):
        if rules.why_not_take(case_state(case), viewer.within(case.entity_id)) is None:
            take_case(case, by=staff(by), at=at)
    return going
