"""An order goes on: confirmed in writing, being prepared, delivered. The person is told of each."""

from datetime import date, datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Kind
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.answered import MET_BY_THE_ANSWER
from valedor.handling.actions.settle import settle
from valedor.handling.alarms import settle_alarms
from valedor.handling.first_reaction import reacted
from valedor.handling.models import Alarm, Closure
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.orders import letters, rules
from valedor.orders.facts import OrderBeingPrepared, OrderConfirmed, OrderFulfilled
from valedor.orders.models import Order
from valedor.orders.queries import order_of

State = Order.State


@as_the_company
def confirm(
    case: Case, *, by: By, at: datetime, ready_on: date | None = None, words: str = ""
) -> Order:
    """The house takes the order, and says by when. Nobody waits for another answer. Raises
    ``Refused``.
    """
    state, order = _advance(case, State.CONFIRMED, by=by, at=at)
    order.ready_on = ready_on
    order.save(update_fields=["state", "ready_on"])
    letter = letters.tell(state, order, "order_confirmed", by=by, at=at, words=words)
    entry = timeline.record(
        state.case,
        OrderConfirmed(
            order=order.pk,
            product=order.product.name,
            ready_on=ready_on.isoformat() if ready_on else "",
            letter=letter.pk if letter else None,
        ),
        by=by,
        at=at,
        body=words,
    )
    outgoing.keep_message(state.case, entry, letter, at=at)
    for duty in MET_BY_THE_ANSWER:
        limits.meet(state.case, duty, by=by, at=at)
    return order


@as_the_company
def prepare(case: Case, *, by: By, at: datetime, words: str = "") -> Order:
    """Somebody is at work on it. Raises ``Refused``."""
    state, order = _advance(case, State.PREPARING, by=by, at=at)
    order.save(update_fields=["state"])
    letter = letters.tell(state, order, "order_preparing", by=by, at=at, words=words)
    entry = timeline.record(
        state.case,
        OrderBeingPrepared(
            order=order.pk, product=order.product.name, letter=letter.pk if letter else None
        ),
        by=by,
        at=at,
        body=words,
    )
    outgoing.keep_message(state.case, entry, letter, at=at)
    return order


@as_the_company
def fulfil(case: Case, *, by: By, at: datetime, words: str = "") -> Order:
    """It was delivered, or done: the case ends with it. Raises ``Refused``."""
    state, order = _advance(case, State.FULFILLED, by=by, at=at)
    order.settled_at = at
    order.save(update_fields=["state", "settled_at"])
    settle_alarms(state.case, Alarm.Cause.ORDER_STANDS, at=at)
    letter = letters.tell(state, order, "order_fulfilled", by=by, at=at, words=words)
    entry = timeline.record(
        state.case,
        OrderFulfilled(
            order=order.pk, product=order.product.name, letter=letter.pk if letter else None
        ),
        by=by,
        at=at,
        body=words,
    )
    outgoing.keep_message(state.case, entry, letter, at=at)
    # An order that became a complaint goes on as one.
    if state.case.kind == Kind.ORDER and state.case.closed_at is None:
        settle(state.case, reason=Closure.Reason.SERVED, by=by, at=at)
    return order


def _advance(case: Case, to: Order.State, *, by: By, at: datetime) -> tuple[CaseState, Order]:
    case = locked(case)
    state, order = case_state(case), order_of(case)
    refuse_if(rules.why_not_advance(state, viewer_for(case, by), order, to=to))
    assert order is not None  # noqa: S101 -- refused above
    order.state = to
    reacted(case, by=by, at=at)
    return state, order
