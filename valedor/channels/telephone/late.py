"""Call-backs whose hour is over: somebody who can act is told, once."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.access import locked
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.telephone.call_backs import CallBack
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm

AT_ONCE = 200


def tell_late(at: datetime) -> int:
    """Raise an alarm for each that nobody called in time; how many there were."""
    with viewing(the_house()):
        late = list(
            CallBack.objects.filter(settled_at=None, told_late_at=None, next_at__lt=at)
            .select_related("case")
            .order_by("next_at")[:AT_ONCE]
        )
    return sum(_tell(one, at) for one in late)


def _tell(call_back: CallBack, at: datetime) -> bool:
    with viewing(the_house(call_back.entity_id)), transaction.atomic():
        case = locked(call_back.case)
        is_late = CallBack.objects.filter(
            pk=call_back.pk, settled_at=None, told_late_at=None, next_at__lt=at
        ).update(told_late_at=at)
        if is_late:
            raise_alarm(case, Alarm.Cause.CALL_BACK_LATE, at=at)
        return bool(is_late)
