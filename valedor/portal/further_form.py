"""What somebody may say on the way up to see who hears it: a town, an amount. Nothing is kept."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_MOST = Decimal(10) ** 10


class WhoHearsForm(forms.Form):
    """A town out of those that have a body of their own, and how much it is about."""

    use_required_attribute = False

    town = forms.ChoiceField(label=gettext_lazy("Where you live"), required=False)
    amount = forms.CharField(
        label="",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, towns: Sequence[str], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if towns:
            choices = [("", _("As you told us, or elsewhere")), *((one, one) for one in towns)]
            self.fields["town"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["town"]
        label = _("How much it is about (%(currency)s)") % {"currency": currency}
        self.fields["amount"].label = label

    def clean_amount(self) -> Decimal | None:
        """The amount, typed with a comma or a point."""
        plain = "".join(str(self.cleaned_data["amount"]).split())
        if not plain:
            return None
        if "," in plain:
            plain = plain.replace(".", "").replace(",", ".")
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or not 0 <= amount < _MOST:
            raise forms.ValidationError(
                _("Write the amount in digits, such as 84.20, and not below zero.")
            )
        return amount
