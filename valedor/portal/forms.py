"""The small forms of a case's pages."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Kind
from valedor.design.forms import DayInput
from valedor.foundation.references import read_reference
from valedor.foundation.refusals import Refused

_MOST = Decimal(10) ** 10


class SignInForm(forms.Form):
    """Reference and access code, as they stand on the receipt."""

    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("It looks like 2026-004182-P."),
        max_length=40,
        error_messages={"required": _("Write the reference that is on your receipt.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    access_code = forms.CharField(
        label=_("Access code"),
        help_text=_("Twelve letters and digits. Hyphens and capitals do not matter."),
        max_length=60,
        error_messages={"required": _("Write the access code that was shown with your receipt.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_reference(self) -> str:
        """The reference as it is printed. A wrong letter is a slip of the pen, not a search."""
        try:
            return read_reference(self.cleaned_data["reference"])
        except Refused as refused:
            raise ValidationError(str(refused.refusal)) from refused


class MessageForm(forms.Form):
    """Words to the house; files come along."""

    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    use_required_attribute = False  # Files alone are a message, too.


class ContestForm(forms.Form):
    """Why the answer does not convince."""

    text = forms.CharField(
        label=_("Why do you not agree?"),
        help_text=_("Say which point was answered wrongly, and what you expect instead."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Say why you do not agree: a sentence is enough.")},
    )


class KindForm(forms.Form):
    """That it is a complaint, or a claim, whatever the house has called it."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Kind.COMPLAINT, _("A complaint: I am dissatisfied, and want it on record")),
            (Kind.CLAIM, _("A claim: I ask you to put it right or to compensate me")),
        ],
        initial=Kind.COMPLAINT,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of these."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    text = forms.CharField(
        label=_("What went wrong, if you wish to add something"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WithdrawForm(forms.Form):
    """That the person does not go on."""

    text = forms.CharField(
        label=_("Why, if you wish to say"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TakeAlongForm(forms.Form):
    """For whom the person has their file put together."""

    body = forms.CharField(
        label=_("Who is it for?"),
        help_text=_("Such as a consumer office, an arbitration board, your lawyer, or yourself."),
        max_length=200,
        error_messages={"required": _("Say for whom the dossier is made.")},
    )


class AmountField(forms.CharField):
    """An amount of money, typed with a comma or a point; nothing where nothing is typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """The amount. Raises ``ValidationError``."""
        plain = "".join(str(super().clean(value)).split())
        if not plain:
            return None
        if "," in plain:
            plain = plain.replace(".", "").replace(",", ".")
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or not 0 <= amount < _MOST:
            raise ValidationError(
                _("Write the amount in digits, such as 84.20, and not below zero.")
            )
        return amount


class ProposalForm(forms.Form):
    """What somebody would settle for before the ombudsman."""

    option = forms.ChoiceField(
        label=_("What do you propose?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is proposed."),
            "invalid_choice": _("Choose what is proposed."),
        },
    )
    amount = AmountField(label="", required=False)
    text = forms.CharField(
        label=_("In your words"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer_by = forms.DateField(
        label=_("Until when may the company answer?"),
        widget=DayInput(),
        error_messages={"required": _("Name the day.")},
    )
    use_required_attribute = False

    def __init__(
        self, *args: Any, options: Sequence[tuple[str, str]], currency: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = options  # type: ignore[attr-defined]
        label = _("Amount, if it is about money (%(currency)s)")
        self.fields["amount"].label = label % {"currency": currency}

    def clean_amount(self) -> Decimal | None:
        """The amount, to the cent. "1.000" may mean a thousand: it is asked for again."""
        amount: Decimal | None = self.cleaned_data["amount"]
        if amount is not None and int(amount.as_tuple().exponent) < -2:
            raise ValidationError(_("Write the amount with two digits for the cents at most."))
        return amount


class ToTheOmbudsmanForm(forms.Form):
    """What somebody does not accept of the answer, or that none came."""

    text = forms.CharField(
        label=_("What do you want the ombudsman to know?"),
        help_text=_("What you do not accept and why. The ombudsman gets the whole case as well."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Tell the ombudsman what happened.")},
    )
    use_required_attribute = False
