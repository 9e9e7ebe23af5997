"""What it takes to order: who, how to reach them, and what the organisation asks for it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Kind
from valedor.intake.submission import PersonGiven, Submission
from valedor.orders.models import Product
from valedor.orders.questions import in_words, questions_of
from valedor.procedures.house_rules import HouseRules

ASKED = "asked_"


class OrderForm(forms.Form):
    """The questions of a product, in the reader's language, then whom it is for."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Write your name, so that we know whom we answer.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The confirmation goes there."),
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
        label=_("Where shall we bring it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        error_messages={"required": _("Write the address where it is brought.")},
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
        product: Product,
        data: MultiValueDict[str, str] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="%s")
        self.product = product
        own: dict[str, forms.Field] = {}
        asked = questions_of(product.questions, get_language() or "en")
        for number, question in enumerate(asked, start=1):
            own[f"{ASKED}{number}"] = forms.CharField(
                label=question.text,
                required=question.is_required,
                max_length=500,
                error_messages={"required": _("Answer this question.")},
            )
        self.asked = tuple(own)
        if not product.at_home:
            del self.fields["address"]
        self.fields = {**own, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Somebody who cannot be reached at all cannot be told of anything."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("email") or cleaned.get("telephone") or self.errors):
            raise ValidationError(
                _("Write an e-mail or a telephone number, so that we can reach you.")
            )
        return cleaned

    @property
    def answers(self) -> list[str]:
        """What was answered, in the order of the questions. For a valid form."""
        return [str(self.cleaned_data[name]).strip() for name in self.asked]

    @property
    def address_given(self) -> str:
        """Where it is brought; empty where people fetch it or nothing is brought."""
        return str(self.cleaned_data.get("address", ""))


def submission_of(
    form: OrderForm,
    house: HouseRules,
    *,
    channel: Case.Channel,
    language: str,
    **more: Any,
) -> Submission:
    """A valid form as a submission."""
    given, product = form.cleaned_data, form.product
    name = product.name.in_language(language)
    asked = questions_of(product.questions, language)
    answers = in_words([(one.text, said) for one, said in zip(asked, form.answers, strict=False)])
    said = "\n\n".join(part for part in (given["narrative"], answers) if part)
    on_paper = form.address_given and not given["email"]
    return Submission(
        entity_id=house.entity.pk,
        kind=Kind.ORDER,
        channel=channel,
        language=language,
        person=PersonGiven(
            name=given["name"],
            email=given["email"],
            telephone=given["telephone"],
            postal_address=form.address_given,
        ),
        answer_channel=Case.Channel.LETTER if on_paper else Case.Channel.EMAIL,
        subject=name,
        narrative=said or name,
        contract_number=given["contract_number"],
        team=product.team,
        **more,
    )
