"""What somebody may say on the way up to see who hears it: a town, an amount. Nothing is kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.portal.forms import AmountField


class WhoHearsForm(forms.Form):
    """A town out of those that have a body of their own, and how much it is about."""

    use_required_attribute = False

    town = forms.ChoiceField(label=gettext_lazy("Where you live"), required=False)
    amount = AmountField(label="", required=False)

    def __init__(self, *args: Any, towns: Sequence[str], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if towns:
            choices = [("", _("As you told us, or elsewhere")), *((one, one) for one in towns)]
            self.fields["town"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["town"]
        label = _("How much it is about (%(currency)s)") % {"currency": currency}
        self.fields["amount"].label = label
