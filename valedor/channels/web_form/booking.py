"""What it takes to book a time: which, who, how to reach them; nothing else is asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from valedor.bookings.models import Service
from valedor.casefile.models import Case, Kind
from valedor.intake.submission import PersonGiven, Submission
from valedor.procedures.house_rules import HouseRules
from valedor.telling.free_times import FreeTime, read_time


class BookForm(forms.Form):
    """A time of one day, and whom it is for. ``times`` are those that are still free."""

    use_required_attribute = False

    slot = forms.ChoiceField(
        label=_("Time"),
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("Somebody has just taken that time. Choose another one."),
        },
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Write your name, so that we know whom we expect.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The confirmation goes there, with a file for your calendar."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("No letter can go to this address. Example: marta@example.org")
        },
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        help_text=_("So that we can call you if something comes up."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = forms.CharField(
        label=_("Where shall we come?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        error_messages={"required": _("Write the address where we shall come.")},
    )
    contract_number = forms.CharField(
        label=_("Contract or customer number"),
        help_text=_("It is on your bill."),
        required=False,
        max_length=80,
    )
    narrative = forms.CharField(
        label=_("Is there anything that we should know?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        service: Service,
        times: Sequence[FreeTime],
        data: MultiValueDict[str, str] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="%s")
        self.service = service
        self.fields["slot"].choices = [(one.value, one.words) for one in times]  # type: ignore[attr-defined]
        if not service.at_home:
            del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        """Somebody who cannot be reached at all cannot be told of anything."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("email") or cleaned.get("telephone") or self.errors):
            raise ValidationError(
                _("Write an e-mail or a telephone number, so that we can reach you.")
            )
        return cleaned

    @property
    def starts_at(self) -> datetime:
        """The time that was chosen. For a valid form."""
        found = read_time(self.cleaned_data["slot"])
        assert found is not None  # noqa: S101 -- one of the choices
        return found

    @property
    def address_given(self) -> str:
        """Where the house comes to; empty where people come to it."""
        return str(self.cleaned_data.get("address", ""))


def submission_of(
    form: BookForm,
    house: HouseRules,
    *,
    channel: Case.Channel,
    language: str,
    received_at: datetime,
    **more: Any,
) -> Submission:
    """A valid form as a submission."""
    given, service = form.cleaned_data, form.service
    on_paper = form.address_given and not given["email"]
    return Submission(
        entity_id=house.entity.pk,
        kind=Kind.BOOKING,
        channel=channel,
        language=language,
        received_at=received_at,
        person=PersonGiven(
            name=given["name"],
            email=given["email"],
            telephone=given["telephone"],
            postal_address=form.address_given,
        ),
        answer_channel=Case.Channel.LETTER if on_paper else Case.Channel.EMAIL,
        subject=service.name.in_language(language),
        narrative=given["narrative"] or service.name.in_language(language),
        contract_number=given["contract_number"],
        team=service.team,
        **more,
    )
