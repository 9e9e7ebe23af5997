"""What it takes to order: who, how to reach them, and what the organisation asks for it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Kind
from valedor.channels.web_form.reaching import (
    ReachedForm,
    address_field,
    email_field,
    name_field,
)
from valedor.intake.submission import Submission
from valedor.orders.models import Product
from valedor.orders.questions import in_words, questions_of
from valedor.procedures.house_rules import HouseRules

ASKED = "asked_"


def fields_of(product: Product) -> dict[str, forms.Field]:
    """What is asked for a product, a field a question, in the reader's language."""
    asked = questions_of(product.questions, get_language() or "en")
    return {
        f"{ASKED}{number}": forms.CharField(
            label=question.text,
            required=question.is_required,
            max_length=500,
            error_messages={"required": _("Answer this question.")},
        )
        for number, question in enumerate(asked, start=1)
    }


class OrderForm(ReachedForm):
    """The questions of a product, in the reader's language, then whom it is for."""

    name = name_field(_("Write your name, so that we know whom we answer."))
    email = email_field(_("The confirmation goes there."))
    address = address_field(
        _("Where shall we bring it?"), _("Write the address where it is brought.")
    )

    def __init__(
        self,
        product: Product,
        data: MultiValueDict[str, str] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, at_home=product.at_home)
        self.product = product
        own = fields_of(product)
        self.asked = tuple(own)
        self.fields = {**own, **self.fields}

    @property
    def answers(self) -> list[str]:
        """What was answered, in the order of the questions. For a valid form."""
        return [str(self.cleaned_data[name]).strip() for name in self.asked]


def submission_of(
    form: OrderForm,
    house: HouseRules,
    *,
    channel: Case.Channel,
    language: str,
    **more: Any,
) -> Submission:
    """A valid form as a submission."""
    product = form.product
    name = product.name.in_language(language)
    asked = questions_of(product.questions, language)
    answers = in_words([(one.text, said) for one, said in zip(asked, form.answers, strict=False)])
    said = "\n\n".join(part for part in (form.cleaned_data["narrative"], answers) if part)
    return Submission(
        entity_id=house.entity.pk,
        kind=Kind.ORDER,
        channel=channel,
        language=language,
        subject=name,
        narrative=said or name,
        team=product.team,
        **form.who_and_how(),
        **more,
    )
