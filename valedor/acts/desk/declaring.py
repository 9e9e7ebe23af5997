"""Whoever holds the ombudsman's office declares what ties them to the company, each year."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.reading.office import own_appointments
from valedor.foundation.refusals import Refusal
from valedor.review.office.actions.appoint import declare
from valedor.review.office.models import Appointment


class DeclarationForm(DeskForm):
    """Whether anything ties them, and what."""

    has_ties = forms.ChoiceField(
        label=gettext_lazy("Does anything tie you to the company, its owners or its people?"),
        choices=[("no", gettext_lazy("Nothing")), ("yes", gettext_lazy("Yes, this:"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    ties = forms.CharField(
        label=gettext_lazy("What"),
        help_text=gettext_lazy("A tie ends the appointment: whoever has one cannot hold it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean_ties(self) -> str:
        """A tie is named."""
        ties: str = self.cleaned_data["ties"].strip()
        if self.cleaned_data.get("has_ties") == "yes" and not ties:
            raise forms.ValidationError(_("Write what ties you."))
        return ties if self.cleaned_data.get("has_ties") == "yes" else ""


def held_by(desk: Desk) -> list[Appointment]:
    """By what its author holds the office now. Raises ``Http404`` for whoever does not."""
    held = own_appointments(desk.account, at=desk.at)
    if not held:
        raise Http404
    return held


def why_not_declare(desk: Desk) -> Refusal | None:
    """Nothing stands against it: who holds the office declares as often as they wish."""
    held_by(desk)
    return None


def do_declare(desk: Desk, given: Mapping[str, Any]) -> str:
    for one in held_by(desk):
        declare(one, ties=given["ties"], by=desk.account, at=desk.at)
    return _("Your declaration is on the record.")
