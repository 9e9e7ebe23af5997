"""Say what came of calling somebody: three times without an answer, and they are written to."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By, staff
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.channels.telephone import call_back_rules
from valedor.channels.telephone.actions.promise_call import call_back_locked, settle
from valedor.channels.telephone.call_backs import CallAttempt, CallBack
from valedor.channels.telephone.facts import CallBackTried
from valedor.channels.telephone.numbers import spoken
from valedor.channels.telephone.opening import opening_of
from valedor.foundation.refusals import refuse_if
from valedor.foundation.spoken_dates import moment_in_words
from valedor.handling import outgoing
from valedor.handling.alarms import settle_alarms
from valedor.handling.facts import MessageSent
from valedor.handling.models import Alarm
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company
from valedor.people.models import Account
from valedor.procedures.house_rules import house_rules


@as_the_company
def try_call(
    case: Case, *, call_back: CallBack, result: str, viewer: Viewer, by: Account, at: datetime
) -> CallBack:
    """Note an attempt. Raises ``Refused``.

    Who was reached is settled; who was not is tried again an hour later within the hours of the
    line, and written to after the third time or where the number is somebody else's.
    """
    case = locked(case)
    call_back = call_back_locked(call_back)
    refuse_if(call_back_rules.why_not_try(call_back, viewer, result))
    CallAttempt.objects.create(
        call_back=call_back,
        case=case,
        entity_id=case.entity_id,
        seats=call_back.seats,
        result=result,
        by=by,
        at=at,
    )
    fact = CallBackTried(call_back=call_back.pk, result=result)
    timeline.record(case, fact, by=staff(by), at=at)
    settle_alarms(case, Alarm.Cause.CALL_BACK_LATE, at=at)
    if result == CallAttempt.Result.SPOKE:
        settle(call_back, CallBack.Outcome.SPOKE, at=at)
    elif call_back_rules.is_given_up(result, call_back.attempts.count()):
        settle(call_back, CallBack.Outcome.UNREACHED, at=at)
        _write_to_them(case, call_back, by=staff(by), at=at)
    else:
        again = opening_of(call_back.line, house_rules(case.entity_id)).next_open(
            at + call_back_rules.AGAIN_AFTER
        )
        call_back.next_at = again[0] if again else at + call_back_rules.AGAIN_AFTER
        call_back.told_late_at = None
        call_back.save(update_fields=["next_at", "told_late_at"])
    return call_back


def _write_to_them(case: Case, call_back: CallBack, *, by: By, at: datetime) -> None:
    """That nobody was reached, when it was tried, and how to be called after all."""
    if case.complainant_id is None or case.erased_at is not None:
        return
    zone = case.entity.timezone
    times = [
        moment_in_words(one.at, zone, case.language) for one in call_back.attempts.order_by("at")
    ]
    with translation.override(case.language):
        words = _(
            "You asked us to call you at %(number)s. We tried and did not reach you: %(times)s.\n\n"
            "If you would still like to talk, choose another hour on the page of your case, or "
            "write to us there."
        ) % {"number": spoken(call_back.number), "times": "; ".join(times)}
    letter = outgoing.send(case_state(case), "message", {"words": words}, by=by, at=at)
    sent = MessageSent(
        channel=str(letter.channel if letter else case.answer_channel),
        letter=letter.pk if letter else None,
    )
    entry = timeline.record(case, sent, by=by, at=at, body=words)
    outgoing.keep_message(case, entry, letter, at=at)
