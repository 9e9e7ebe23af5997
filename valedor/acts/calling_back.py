"""To promise a call about a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.queries import call_back_of, number_of_person
from valedor.channels.models import CallAttempt, CallBack
from valedor.channels.telephone import asking, call_back_rules
from valedor.channels.telephone.actions.promise_call import cancel_call, promise_call
from valedor.channels.telephone.actions.try_call import try_call
from valedor.channels.telephone.call_rules import why_not_attend
from valedor.foundation.refusals import Refusal
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken


class CallBackForm(ActForm):
    """At which number and when."""

    number = asking.number_field(gettext_lazy("Ask for it: it may not be the one they call from."))
    when = asking.when_field()
    is_for_lead = forms.BooleanField(
        label=gettext_lazy("They asked for a supervisor: a lead calls, today."), required=False
    )

    def prepare(self) -> None:
        situation = self.situation
        self.line = asking.line_for(situation.case.entity_id, situation.case.team_id)
        house = house_rules(situation.case.entity_id)
        self.fields["when"].choices = asking.hours_offered(  # type: ignore[attr-defined]
            self.line, house, at=situation.at
        )


def why_not_call_back(situation: Situation) -> Refusal | None:
    """One promise a case at a time."""
    if refusal := why_not_attend(situation.viewer):
        return refusal
    if situation.promised_call is not None:
        return Refusal("call_promised", gettext_lazy("A call about this case is promised already."))
    return None


def number_known(situation: Situation) -> Mapping[str, Any]:
    """The number that the house has of whoever is called."""
    return {"number": number_of_person(situation.case)}


def do_promise_call(situation: Situation, given: Mapping[str, Any]) -> str:
    """What is said once it is promised."""
    case = situation.case
    promised = promise_call(
        case,
        line=asking.line_for(case.entity_id, case.team_id),
        number=given["number"],
        wished_at=datetime.fromisoformat(given["when"]),
        is_for_lead=given["is_for_lead"],
        by=situation.by,
        at=situation.at,
    )
    return _("Promised: a call between %(from)s and %(until)s.") % {
        "from": spoken.stamp(promised.from_at, case.entity.timezone),
        "until": spoken.hour(promised.due_at, case.entity.timezone),
    }


# ------------------------------------------------------------------ what came of it
class AttemptForm(ActForm):
    """What came of calling."""

    result = forms.ChoiceField(
        label=gettext_lazy("What came of the call?"),
        choices=CallAttempt.Result.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Say what came of the call.")},
    )


def why_not_settle(situation: Situation) -> Refusal | None:
    """Whoever registers contacts calls; what is over is over."""
    call_back = _promise(situation)
    return why_not_attend(situation.viewer) or call_back_rules.why_not_settle(call_back)


def do_try_call(situation: Situation, given: Mapping[str, Any]) -> str:
    """Where somebody was reached, what they said comes next."""
    account = situation.viewer.account
    assert account is not None  # noqa: S101 -- acts are done by staff
    tried = try_call(
        situation.case,
        call_back=_promise(situation),
        result=given["result"],
        viewer=situation.viewer,
        by=account,
        at=situation.at,
    )
    if tried.outcome == CallBack.Outcome.SPOKE:
        situation.next_noun = "received-message"
        return _("Write down here what was said.")
    if tried.outcome == CallBack.Outcome.UNREACHED:
        situation.is_bad_news = True
        return _("Nobody was reached: they are written to.")
    when = spoken.stamp(tried.next_at, situation.case.entity.timezone)
    return _("Noted. Try again by %(when)s.") % {"when": when}


def do_cancel_call(situation: Situation, given: Mapping[str, Any]) -> str:
    cancel_call(situation.case, call_back=_promise(situation), by=situation.by, at=situation.at)
    return _("The call-back is cancelled.")


def _promise(situation: Situation) -> CallBack:
    return call_back_of(situation.viewer, situation.case, situation.item or 0)
