"""What becomes of an order: written down, confirmed, being prepared, delivered, cancelled."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.casefile.models import Kind
from valedor.channels.web_form.ordering import ASKED, fields_of
from valedor.design.forms import DayInput
from valedor.foundation.refusals import Refusal
from valedor.orders import rules
from valedor.orders.actions.advance import confirm, fulfil, prepare
from valedor.orders.actions.cancel import cancel
from valedor.orders.actions.place import name_product
from valedor.orders.models import Order, Product
from valedor.orders.queries import product_numbered, products_of

WHERE = f"{ASKED}address"


def is_an_order(situation: Situation) -> bool:
    """Whether the acts of an order have anything to do with the case: what was ordered is still
    owed where the case has become a complaint.
    """
    return situation.order is not None


def orders_nothing_yet(situation: Situation) -> bool:
    """Whether it came as words, and nobody has written down what it orders."""
    return situation.case.kind == Kind.ORDER and situation.order is None


def products(situation: Situation) -> list[int]:
    """What it may order, until that is written down."""
    if not orders_nothing_yet(situation):
        return []
    return [one.pk for one in products_of(situation.state.house)]


def product_at(situation: Situation) -> Product:
    """What the address names. Raises ``Http404``."""
    found = product_numbered(situation.state.house, situation.item or 0)
    if found is None or situation.case.kind != Kind.ORDER:
        raise Http404
    return found


def why_not_name_product(situation: Situation) -> Refusal | None:
    product_at(situation)
    return rules.why_not_name_product(situation.state, situation.viewer, situation.order)


def what_is_ordered(situation: Situation) -> str:
    return _("Write down the order: %(product)s") % {"product": product_at(situation).name}


def what_they_wrote(situation: Situation, _form: ActForm) -> Mapping[str, Any]:
    """What the person said stands beside the questions that it answers."""
    return {"they_wrote": reading.first_words_of(situation.case)}


class ProductForm(ActForm):
    """The questions of a product, and where it is brought if it is."""

    grows = ASKED

    def prepare(self) -> None:
        product = product_at(self.situation)
        self.fields.update(fields_of(product))
        if product.at_home:
            self.fields[WHERE] = forms.CharField(
                label=gettext_lazy("Where do we bring it?"),
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": gettext_lazy("Write the address where it is brought.")},
            )


def do_name_product(situation: Situation, given: Mapping[str, Any]) -> str:
    answers = [str(given[name]) for name in fields_of(product_at(situation))]
    name_product(
        situation.case,
        product=product_at(situation),
        answers=answers,
        address=str(given.get(WHERE, "")),
        by=situation.by,
        at=situation.at,
    )
    return _("Written down, and told back to the person. Now confirm it, or let others do so.")


def why_not_come_to(to: Order.State) -> Callable[[Situation], Refusal | None]:
    """What stands against an order's next step."""

    def why_not(situation: Situation) -> Refusal | None:
        return rules.why_not_advance(situation.state, situation.viewer, situation.order, to=to)

    return why_not


def why_not_change(situation: Situation) -> Refusal | None:
    return rules.why_not_change(
        situation.state, situation.viewer, situation.order, actor=situation.by.actor
    )


class StepForm(ActForm):
    """What the person reads beside the state, if there is anything to add."""

    words = forms.CharField(
        label=gettext_lazy("A word to the person"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class ConfirmForm(StepForm):
    """By when, too."""

    ready_on = forms.DateField(
        label=gettext_lazy("When will it be ready, if there is a day"),
        required=False,
        widget=DayInput(),
    )
    field_order = ("ready_on", "words")


def do_confirm(situation: Situation, given: Mapping[str, Any]) -> str:
    confirm(
        situation.case,
        ready_on=given["ready_on"],
        words=given["words"],
        by=situation.by,
        at=situation.at,
    )
    return _("The order is confirmed in writing.")


def do_prepare(situation: Situation, given: Mapping[str, Any]) -> str:
    prepare(situation.case, words=given["words"], by=situation.by, at=situation.at)
    return _("The person is told that it is being prepared.")


def do_fulfil(situation: Situation, given: Mapping[str, Any]) -> str:
    fulfil(situation.case, words=given["words"], by=situation.by, at=situation.at)
    return _("Written down; the person is told and the case is closed.")


class CancelForm(ActForm):
    """Why the house cancels."""

    reason = text_field(
        gettext_lazy("Why?"), help_text=gettext_lazy("The person reads this."), rows=3
    )


def do_cancel(situation: Situation, given: Mapping[str, Any]) -> str:
    cancel(situation.case, reason=given["reason"], by=situation.by, at=situation.at)
    return _("The order is cancelled; the person is told.")
