"""Why not order, confirm, deliver or cancel. Pure: values in, a refusal out."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Kind
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.handling.rules import may_handle, why_not_for_person, why_not_handle, why_not_here
from valedor.handling.rules.standing import is_person
from valedor.orders.models import Order, Product
from valedor.orders.questions import LONGEST, MOST, Question, are_alike, read_questions

State = Order.State
_BEFORE = {
    State.CONFIRMED: frozenset({State.RECEIVED}),
    State.PREPARING: frozenset({State.CONFIRMED}),
    State.FULFILLED: frozenset({State.CONFIRMED, State.PREPARING}),
}
"""From where an order comes to each state. Nothing is prepared that was not confirmed."""
_OVER = frozenset({State.FULFILLED, State.CANCELLED})


def why_not_product(product: Product) -> Refusal | None:
    """What is asked for a product has to be the same in every language."""
    texts = dict(product.questions)
    asked = [one for text in texts.values() for one in read_questions(text)]
    if any(len(read_questions(text)) > MOST for text in texts.values()):
        return Refusal("too_many_questions", _("Ask %(most)s questions at most."), {"most": MOST})
    if any(len(one.text) > LONGEST for one in asked):
        return Refusal(
            "question_too_long",
            _("A question has %(most)s characters at most."),
            {"most": LONGEST},
        )
    if not are_alike(texts):
        return Refusal(
            "questions_differ",
            _(
                "Ask the same questions in every language: as many lines, and a star at the same "
                "ones."
            ),
        )
    return None


def why_not_order(
    product: Product, questions: Sequence[Question], answers: Sequence[str], address: str
) -> Refusal | None:
    """Whether this can be ordered with what was answered."""
    if product.ended_at is not None:
        return Refusal("not_offered", _("This is not offered any more."))
    given = [*answers, *("" for _one in questions[len(answers) :])]
    for question, answer in zip(questions, given, strict=False):
        if question.is_required and not answer.strip():
            return Refusal(
                "answer_missing",
                _("Answer this question: %(question)s"),
                {"question": question.text},
            )
    if product.at_home and not address.strip():
        return Refusal("address_missing", _("Write the address where it is brought."))
    return None


def why_not_name_product(state: CaseState, viewer: Viewer, order: Order | None) -> Refusal | None:
    """An order that came as words is written down as one, once: by whoever handles it."""
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.case.kind != Kind.ORDER:
        return Refusal("not_an_order", _("This is no order. Say first that it has become one."))
    if order is not None:
        return Refusal("ordered_already", _("What is ordered is written down already."))
    return None


def why_not_standing(order: Order | None) -> Refusal | None:
    """Only what is not over goes on."""
    if order is None:
        return Refusal("no_order", _("Nothing was ordered with this."))
    if order.state == State.CANCELLED:
        return Refusal("order_cancelled", _("This order was cancelled."))
    if order.state == State.FULFILLED:
        return Refusal("order_fulfilled", _("This order was delivered."))
    return None


def why_not_advance(
    state: CaseState, viewer: Viewer, order: Order | None, *, to: Order.State
) -> Refusal | None:
    """One step after the other: the person is told of each."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not may_handle(state, viewer):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if refusal := why_not_standing(order):
        return refusal
    if order is not None and order.state not in _BEFORE[to]:
        if order.state == State.RECEIVED:
            return Refusal("not_confirmed", _("Confirm the order first."))
        return Refusal("done_already", _("This was done already."))
    return None


def why_not_let_go(order: Order | None) -> Refusal | None:
    """What the person may still cancel, by hand or with the case: until it is being prepared."""
    if refusal := why_not_standing(order):
        return refusal
    if order is not None and order.state == State.PREPARING:
        return Refusal(
            "order_being_prepared",
            _("It is being prepared already. Write to us: we tell you what can still be done."),
        )
    return None


def why_not_change(
    state: CaseState, viewer: Viewer, order: Order | None, *, actor: str
) -> Refusal | None:
    """Cancel: the house until it is delivered, the person until it is being prepared."""
    if refusal := why_not_for_person(state, viewer, actor=actor):
        return refusal
    return why_not_let_go(order) if is_person(state, viewer) else why_not_standing(order)


def why_not_cancel(
    state: CaseState,
    viewer: Viewer,
    order: Order | None,
    *,
    actor: str,
    reason: str | None = None,
) -> Refusal | None:
    """The house says why; the person need not."""
    if refusal := why_not_change(state, viewer, order, actor=actor):
        return refusal
    if reason is not None and not reason.strip() and not is_person(state, viewer):
        return Refusal("reason_missing", _("Say why: the person reads it."))
    return None
