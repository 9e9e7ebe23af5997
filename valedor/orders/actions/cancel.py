"""Cancel an order: the person, or the house with its reason. The case ends with it.

Whoever withdraws the case cancels what they could cancel by hand. What is being prepared already
stands: the house is warned, and the person told so.
"""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.models import Case, Entry, Kind, Letter
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.settle import settle
from valedor.handling.alarms import raise_alarm, settle_alarms
from valedor.handling.models import Alarm, Closure
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.orders import letters, rules
from valedor.orders.facts import OrderCancelled, OrderStands
from valedor.orders.models import Order
from valedor.orders.queries import order_of


@as_the_company
def cancel(case: Case, *, by: By, at: datetime, reason: str = "") -> Order:
    """Raises ``Refused``."""
    case = locked(case)
    state, order = case_state(case), order_of(case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_cancel(state, viewer, order, actor=by.actor, reason=reason))
    assert order is not None  # noqa: S101 -- refused above
    is_theirs = viewer.case_id == case.pk
    _end(order, Order.CancelledBy.PERSON if is_theirs else Order.CancelledBy.HOUSE, at=at)
    key = "order_cancelled" if is_theirs else "order_cancelled_by_us"
    letter = letters.tell(state, order, key, by=by, at=at, words=reason)
    _tell(state, order, letter, by=by, at=at, reason=reason)
    if case.kind == Kind.ORDER and case.closed_at is None:
        ground = Closure.Reason.WITHDRAWN if is_theirs else Closure.Reason.CALLED_OFF
        settle(case, reason=ground, by=by, at=at)
    return order


@as_the_company
def let_go(case: Case, *, at: datetime) -> None:
    """The case was withdrawn: what the person could cancel is cancelled. May be asked twice."""
    case = locked(case)
    order = order_of(case)
    if order is None or rules.why_not_standing(order) is not None:
        return
    state = case_state(case)
    if rules.why_not_let_go(order) is not None:
        _stand(state, order, at=at)
        return
    _end(order, Order.CancelledBy.PERSON, at=at)
    letter = letters.tell(state, order, "order_cancelled", by=SYSTEM, at=at)
    _tell(state, order, letter, by=SYSTEM, at=at)


def _stand(state: CaseState, order: Order, *, at: datetime) -> None:
    """It is too late: somebody of the house decides what can still be done."""
    case = state.case
    if Entry.objects.filter(case=case, kind=OrderStands.kind, at=at).exists():
        return
    raise_alarm(case, Alarm.Cause.ORDER_STANDS, at=at)
    letter = letters.tell(state, order, "order_stands", by=SYSTEM, at=at)
    fact = OrderStands(
        order=order.pk, product=order.product.name, letter=letter.pk if letter else None
    )
    entry = timeline.record(case, fact, by=SYSTEM, at=at)
    outgoing.keep_message(case, entry, letter, at=at)


def _end(order: Order, whose: Order.CancelledBy, *, at: datetime) -> None:
    order.state, order.cancelled_by, order.settled_at = Order.State.CANCELLED, whose, at
    order.save(update_fields=["state", "cancelled_by", "settled_at"])
    settle_alarms(order.case, Alarm.Cause.ORDER_STANDS, at=at)


def _tell(
    state: CaseState,
    order: Order,
    letter: Letter | None,
    *,
    by: By,
    at: datetime,
    reason: str = "",
) -> None:
    entry = timeline.record(
        state.case,
        OrderCancelled(
            order=order.pk,
            product=order.product.name,
            cancelled_by=str(order.cancelled_by),
            letter=letter.pk if letter else None,
        ),
        by=by,
        at=at,
        body=reason,
    )
    if letter is not None:
        outgoing.keep_message(state.case, entry, letter, at=at)
