"""Who is on the telephone, in the chat or at the counter: shown by a code, then told more."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.casefile.models import Case
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.actions.check_identity import check_identity, send_identity_code
from valedor.handling.models import IdentityCheck
from valedor.handling.queries import last_identity_check
from valedor.people.models import ContactPoint
from valedor.telling import spoken


class IdentityForm(ActForm):
    """Where the code goes."""

    point = forms.ChoiceField(
        label=gettext_lazy("Where does the code go?"),
        help_text=gettext_lazy("Only where we knew them before they turned up today."),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose where the code goes.")},
    )

    def prepare(self) -> None:
        here = self.situation
        known = [
            one
            for one in reading.contact_points_of(here.case)
            if rules.is_known_before(one, at=here.at)
        ]
        self.points = {str(one.pk): one for one in known}
        self.fields["point"].choices = [(key, _way(one)) for key, one in self.points.items()]  # type: ignore[attr-defined]
        if not known:
            self.fields["point"].help_text = _(
                "We know no e-mail and no number of theirs from before: check in another way."
            )
        if len(known) == 1:
            self.fields["point"].initial = str(known[0].pk)

    def clean_point(self) -> ContactPoint:
        """The address itself."""
        return self.points[self.cleaned_data["point"]]


def _way(point: ContactPoint) -> str:
    """An address with its middle hidden: whoever asks for it is told none."""
    name, at, domain = point.value.rpartition("@")
    if at:
        shown = f"{name[:1]}{'•' * 5}@{domain}"
        return _("By e-mail to %(address)s") % {"address": shown}
    return _("By SMS to %(number)s") % {"number": f"{'•' * 6} {point.value.strip()[-3:]}"}


def do_send(situation: Situation, given: Mapping[str, Any]) -> str:
    send_identity_code(
        situation.case, contact_point=given["point"], by=situation.by, at=situation.at
    )
    situation.next_noun = "identity-code"
    return _("The code is on its way. Ask them to read it to you.")


class IdentityCodeForm(ActForm):
    """What they read out."""

    code = forms.RegexField(
        r"^\D*(\d\D*){6}$",
        label=gettext_lazy("The six digits that they read to you"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}
        ),
        error_messages={
            "required": gettext_lazy("Type the six digits."),
            "invalid": gettext_lazy("A code has six digits."),
        },
    )


def why_not_check(situation: Situation) -> Refusal | None:
    check = last_identity_check(situation.case)
    return rules.why_not_check_identity(
        situation.state,
        situation.viewer,
        check,
        at=situation.at,
    )


def do_check(situation: Situation, given: Mapping[str, Any]) -> str:
    if check_identity(situation.case, code=given["code"], by=situation.by, at=situation.at):
        return _("It is the right code: you may talk about everything in this case now.")
    situation.is_bad_news = True
    check = last_identity_check(situation.case)
    left = rules.MOST_TRIES - check.tries if check else 0
    if left <= 0:
        return _("Five codes were wrong. Tell them nothing personal; offer to write to them.")
    situation.next_noun = "identity-code"
    return _("This is not the code. Tries that are left: %(number)s.") % {"number": left}


def what_may_be_told(situation: Situation, _form: ActForm) -> dict[str, Any]:
    """The two lists beside the form."""
    return {
        "before": [
            _("How a complaint is made, which limits the law sets, whom else they can turn to"),
            _("That you cannot say whether somebody has a case here"),
            _("That you note what they say, and answer at the address that we know"),
        ],
        "after": [
            _("Where the case stands, its dates and who deals with it"),
            _("What was written, found and decided, and what is paid back"),
            _("A new access code, and a change of address or number"),
        ],
    }


def state_of_check(situation: Situation, check: IdentityCheck | None) -> str:
    """What the page of the case says of it: checked a while ago, asked for, or nothing."""
    case = situation.case
    if check is None:
        return ""
    if check.passed_at is not None and situation.at < check.passed_at + rules.COUNTS_FOR:
        hour = spoken.hour(check.passed_at, case.entity.timezone)
        channel = Case.Channel(check.letter.channel).label
        return _("shown at %(hour)s by a code (%(channel)s)") % {"hour": hour, "channel": channel}
    if check.passed_at is None and check.failed_at is None and check.expires_at > situation.at:
        hour = spoken.hour(check.expires_at, case.entity.timezone)
        return _("a code is on its way, good until %(hour)s") % {"hour": hour}
    return ""
