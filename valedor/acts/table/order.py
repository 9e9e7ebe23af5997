"""Acts on an order."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import order
from valedor.acts.act import Act
from valedor.orders.models import Order

ACTS = [
    Act(
        noun="order",
        title=_("Write down the order"),
        words=_("The person gets it back in writing, with the day on which they ordered."),
        button=_("Write it down"),
        form=order.ProductForm,
        do=order.do_name_product,
        items=order.products,
        why_not=order.why_not_name_product,
        concerns=order.orders_nothing_yet,
        heading=order.what_is_ordered,
        more=order.what_they_wrote,
        icon="box",
    ),
    Act(
        noun="order-confirmation",
        group="order",
        title=_("Confirm the order"),
        words=_("The person gets it in writing, with what they ordered and the day."),
        button=_("Confirm it"),
        form=order.ConfirmForm,
        do=order.do_confirm,
        why_not=order.why_not_come_to(Order.State.CONFIRMED),
        concerns=order.is_an_order,
        icon="check",
    ),
    Act(
        noun="order-preparation",
        group="order",
        title=_("It is being prepared"),
        words=_("The person is told. From now on only we can cancel it."),
        button=_("It is being prepared"),
        form=order.StepForm,
        do=order.do_prepare,
        why_not=order.why_not_come_to(Order.State.PREPARING),
        concerns=order.is_an_order,
        icon="clock",
    ),
    Act(
        noun="order-delivery",
        group="order",
        title=_("It is delivered"),
        words=_("The person is told, and the case ends with it."),
        button=_("It is delivered"),
        form=order.StepForm,
        do=order.do_fulfil,
        why_not=order.why_not_come_to(Order.State.FULFILLED),
        concerns=order.is_an_order,
        icon="box",
    ),
    Act(
        noun="order-cancellation",
        group="order",
        title=_("Cancel the order"),
        words=_("They are told why."),
        button=_("Cancel the order"),
        form=order.CancelForm,
        do=order.do_cancel,
        why_not=order.why_not_change,
        concerns=order.is_an_order,
        is_danger=True,
        icon="close",
    ),
]
