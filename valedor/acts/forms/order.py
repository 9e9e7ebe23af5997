"""An order written down for somebody at the telephone or at the counter."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case
from valedor.channels.web_form.ordering import OrderForm
from valedor.orders.models import Product
from valedor.people.models import Entity
from valedor.telling import spoken


class DeskOrderForm(OrderForm):
    """The same as on the portal, in the words of whoever writes it down."""

    channel = forms.ChoiceField(
        label=_("How does it reach us?"),
        choices=[
            (one, one.label)
            for one in (Case.Channel.TELEPHONE, Case.Channel.IN_PERSON, Case.Channel.EMAIL)
        ],
        initial=Case.Channel.TELEPHONE,
    )
    language = forms.ChoiceField(label=_("In which language do we write?"))

    def __init__(
        self,
        entity: Entity,
        product: Product,
        data: MultiValueDict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(product, data, **more)
        languages = dict.fromkeys([entity.default_language, *entity.languages])
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, spoken.language_name(code)) for code in languages
        ]
        for name, label in (
            ("name", _("Name")),
            ("narrative", _("What should we know?")),
            ("address", _("Where do we bring it?")),
        ):
            if name in self.fields:
                self.fields[name].label = label
        for name in ("email", "telephone", "contract_number"):
            self.fields[name].help_text = ""
