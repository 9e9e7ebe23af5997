"""What somebody brings straight to the ombudsman: what it is, what happened, who they are."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Kind
from valedor.channels.web_form.questions import LONGEST_TEXT
from valedor.channels.web_form.reaching import email_field, name_field
from valedor.intake.submission import PersonGiven, Submission
from valedor.procedures.house_rules import HouseRules


class FirstHandForm(forms.Form):
    """Whoever gives neither e-mail nor address reads the answer with the access code."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Kind.COMPLAINT, _("A complaint: I am dissatisfied, and want it on record")),
            (Kind.CLAIM, _("A claim: I ask you to put it right or to compensate me")),
            (Kind.SUGGESTION, _("A suggestion or criticism")),
        ],
        initial=Kind.COMPLAINT,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of these."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    text = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Tell the ombudsman what happened.")},
    )
    name = name_field(_("Write your name: the ombudsman answers you."))
    email = email_field("")
    postal_address = forms.CharField(
        label=_("Postal address, if you want the answer on paper"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    use_required_attribute = False


def submission_of(
    form: FirstHandForm, house: HouseRules, *, language: str, received_at: datetime, **more: Any
) -> Submission:
    """A valid form as a submission."""
    given = form.cleaned_data
    return Submission(
        entity_id=house.entity.pk,
        kind=Kind(given["kind"]),
        channel=Case.Channel.WEB_FORM,
        language=language,
        received_at=received_at,
        person=PersonGiven(
            name=given["name"], email=given["email"], postal_address=given["postal_address"]
        ),
        answer_channel=Case.Channel.EMAIL if given["email"] else Case.Channel.LETTER,
        narrative=given["text"],
        **more,
    )
