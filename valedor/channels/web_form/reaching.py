"""What every form asks by which somebody books or orders: who, and how they are reached."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case
from valedor.intake.submission import PersonGiven


def name_field(missing: Any) -> forms.CharField:
    """Who it is for. ``missing`` says why a name is asked for."""
    return forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def email_field(help_text: Any) -> forms.EmailField:
    """Where the confirmation goes."""
    return forms.EmailField(
        label=_("E-mail"),
        help_text=help_text,
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("No letter can go to this address. Example: marta@example.org")
        },
    )


def address_field(label: Any, missing: Any) -> forms.CharField:
    """Where the house comes to."""
    return forms.CharField(
        label=label,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        error_messages={"required": missing},
    )


class ReachedForm(forms.Form):
    """The fields that all have; those that say what it is for are a form's own."""

    use_required_attribute = False

    name = name_field("")
    email = email_field("")
    telephone = forms.CharField(
        label=_("Telephone"),
        help_text=_("So that we can call you if something comes up."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = address_field("", "")
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
        data: MultiValueDict[str, str] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        at_home: bool,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="%s")
        if not at_home:
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
    def address_given(self) -> str:
        """Where the house comes to or brings something; empty where people come to it."""
        return str(self.cleaned_data.get("address", ""))

    def who_and_how(self) -> dict[str, Any]:
        """The part of a submission that says who it is and how they are answered. For a valid
        form.
        """
        given = self.cleaned_data
        on_paper = self.address_given and not given["email"]
        return {
            "person": PersonGiven(
                name=given["name"],
                email=given["email"],
                telephone=given["telephone"],
                postal_address=self.address_given,
            ),
            "answer_channel": Case.Channel.LETTER if on_paper else Case.Channel.EMAIL,
            "contract_number": given["contract_number"],
        }
