"""What can happen to an order. What the house adds to it, or the reason, is the body."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.foundation.multilingual import MultilingualText


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Fact, kind="order.placed"):
    """Something was ordered and written down. What was answered about it is the body."""

    sentence = _("Ordered: %(product)s.")
    icon = "in"

    order: int
    product: str | MultilingualText
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OrderConfirmed(Fact, kind="order.confirmed"):
    """The house takes the order. ``ready_on`` is the day that it names, where it names one."""

    sentence = _("Order confirmed: %(product)s.")
    icon = "check"

    order: int
    product: str | MultilingualText
    ready_on: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OrderBeingPrepared(Fact, kind="order.preparing"):
    """The house is at work on the order: from now on only the house cancels it."""

    sentence = _("The order is being prepared: %(product)s.")
    icon = "clock"

    order: int
    product: str | MultilingualText
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OrderFulfilled(Fact, kind="order.fulfilled"):
    """What was ordered was delivered or done."""

    sentence = _("Delivered: %(product)s.")
    icon = "check"

    order: int
    product: str | MultilingualText
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Fact, kind="order.cancelled"):
    """An order does not stand any more."""

    sentence = _("Order cancelled: %(product)s.")
    icon = "closed"

    order: int
    product: str | MultilingualText
    cancelled_by: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OrderStands(Fact, kind="order.stands"):
    """The case was withdrawn, and it was too late to cancel the order with it."""

    sentence = _("The order stands, because it is being prepared already: %(product)s.")
    icon = "warning"

    order: int
    product: str | MultilingualText
    letter: int | None
