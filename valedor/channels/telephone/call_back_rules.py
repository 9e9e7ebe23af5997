"""Which call may be promised, who may say what became of it, and when it was tried enough. Pure."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from valedor.casefile.viewing import Viewer
from valedor.channels.telephone.call_backs import CallAttempt, CallBack
from valedor.channels.telephone.call_rules import why_not_attend
from valedor.foundation.refusals import Refusal

MOST_ATTEMPTS = 3
FURTHEST = timedelta(days=14)
AGAIN_AFTER = timedelta(hours=1)
WINDOW = timedelta(minutes=30)

_Result = CallAttempt.Result
NOT_REACHED = frozenset(set(_Result) - {_Result.SPOKE})


def why_not_promise(
    *,
    number: str,
    said_number: str,
    wished_at: datetime,
    opens_at: datetime | None,
    has_one: bool,
    at: datetime,
) -> Refusal | None:
    """``number`` is what ``said_number`` reads as, ``opens_at`` when the line is answered from
    the wished moment on.
    """
    if not number:
        return Refusal(
            "number_unreadable",
            _("“%(number)s” is no telephone number: write it with its country, such as +34 …"),
            {"number": said_number[:60]},
        )
    if has_one:
        return Refusal("call_promised", _("A call about this case is promised already."))
    if wished_at < at - timedelta(minutes=5):
        return Refusal("hour_over", _("This hour is over: choose a later one."))
    if opens_at is None or opens_at > at + FURTHEST:
        return Refusal(
            "hour_too_far",
            _("A call can be promised for the next %(days)s days."),
            {"days": FURTHEST.days},
        )
    return None


def why_not_try(call_back: CallBack, viewer: Viewer, result: str) -> Refusal | None:
    """Whoever registers contacts calls, and says what came of it."""
    if refusal := why_not_attend(viewer.within(call_back.entity_id)):
        return refusal
    if result not in _Result.values:
        return Refusal("result_missing", _("Say what came of the call."))
    return why_not_settle(call_back)


def why_not_settle(call_back: CallBack) -> Refusal | None:
    """What is over is over."""
    if call_back.settled_at is None:
        return None
    return Refusal("call_back_over", _("This call-back is settled already."))


def is_given_up(result: str, attempts: int) -> bool:
    """Whether nobody is called any more, with this attempt as the last: three times without an
    answer, or a number that is not theirs.
    """
    return result == _Result.WRONG_NUMBER or (result in NOT_REACHED and attempts >= MOST_ATTEMPTS)
