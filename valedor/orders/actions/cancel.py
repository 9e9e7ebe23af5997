"""Cancel an order: the person, or the house with its reason. The case ends with it."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.models import Case, Kind, Letter
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.settle import settle
from valedor.handling.models import Closure
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.orders import letters, rules
from valedor.orders.facts import OrderCancelled
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
    """The case was withdrawn: what was ordered with it is cancelled. May be asked twice."""
    case = locked(case)
    order = order_of(case)
    if rules.why_not_standing(order) is not None:
        return
    assert order is not None  # noqa: S101 -- it stands
    _end(order, Order.CancelledBy.PERSON, at=at)
    _tell(case_state(case), order, None, by=SYSTEM, at=at)


def _end(order: Order, whose: Order.CancelledBy, *, at: datetime) -> None:
    order.state, order.cancelled_by, order.settled_at = Order.State.CANCELLED, whose, at
    order.save(update_fields=["state", "cancelled_by", "settled_at"])


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
