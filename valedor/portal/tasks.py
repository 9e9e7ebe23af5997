"""What the portal leaves to the worker."""

from datetime import timedelta

from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import jobs
from valedor.foundation.moments import now
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.intake import attempts
from valedor.portal import access

WORTH_AN_ALARM = 5
WITHIN = timedelta(days=1)


@jobs.task(queue="portal")
def tell_of_wrong_codes(entity_id: int, reference: str) -> None:
    """Somebody tries codes on a case: whoever handles it is told, once. The case stays open to its
    person, since sixty bits need no lock.
    """
    at = now()
    if attempts.tried_on(reference, since=at - WITHIN) < WORTH_AN_ALARM:
        return
    with viewing(the_house(entity_id)):
        case = access.case_with_reference(entity_id, reference)
        if case is not None:
            raise_alarm(case, Alarm.Cause.WRONG_CODES, at=at)
