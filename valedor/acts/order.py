"""What becomes of an order: confirmed, being prepared, delivered, cancelled."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.casefile.models import Kind
from valedor.design.forms import DayInput
from valedor.foundation.refusals import Refusal
from valedor.orders import rules
from valedor.orders.actions.advance import confirm, fulfil, prepare
from valedor.orders.actions.cancel import cancel
from valedor.orders.models import Order


def is_an_order(situation: Situation) -> bool:
    """Whether the acts of an order have anything to do with the case."""
    return situation.case.kind == Kind.ORDER and situation.order is not None


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
