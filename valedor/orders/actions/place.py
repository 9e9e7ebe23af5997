"""Order something: the contact is registered and the order written down, or neither.

An order that came as words, by mail or by telephone, is a case first: what it orders is written
down once somebody has read it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By
from valedor.casefile.models import Case
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.first_reaction import reacted
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.intake.actions.receive import Registration, receive
from valedor.intake.submission import Submission
from valedor.orders import letters, rules
from valedor.orders.facts import OrderPlaced
from valedor.orders.models import Order, Product
from valedor.orders.queries import order_of
from valedor.orders.questions import Question, in_words, questions_of


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A registered case and what was ordered with it."""

    registration: Registration
    order: Order


@transaction.atomic
def place_order(
    submission: Submission,
    *,
    product: Product,
    answers: Sequence[str] = (),
    address: str = "",
    by: By | None = None,
    at: datetime,
    also: Callable[[Case], Iterable[rows.Statement]] = lambda _case: (),
) -> Placed:
    """Register an order: the person's own, unless staff writes it down. ``answers`` are in the
    order of the product's questions.

    Raises ``Refused`` where something is missing, and then nothing is registered;
    ``IntegrityError`` for a form that was sent before.
    """
    author = by or (REPRESENTATIVE if submission.mandate else COMPLAINANT)
    questions = questions_of(product.questions, submission.language)
    refuse_if(rules.why_not_order(product, questions, answers, address))
    registration = receive(submission, by=by, at=at, also=also)
    order = _write_down(
        registration.case,
        product=product,
        questions=questions,
        answers=answers,
        address=address,
        made_at=at,
        by=author,
        at=at,
    )
    return Placed(registration=registration, order=order)


@as_the_company
def name_product(
    case: Case,
    *,
    product: Product,
    answers: Sequence[str] = (),
    address: str = "",
    by: By,
    at: datetime,
) -> Order:
    """Say what an order that is a case already orders. It was made when it reached the house.

    Raises ``Refused``.
    """
    case = locked(case)
    refuse_if(rules.why_not_name_product(case_state(case), viewer_for(case, by), order_of(case)))
    questions = questions_of(product.questions, case.language)
    refuse_if(rules.why_not_order(product, questions, answers, address))
    reacted(case, by=by, at=at)
    return _write_down(
        case,
        product=product,
        questions=questions,
        answers=answers,
        address=address,
        made_at=case.received_at,
        by=by,
        at=at,
    )


@as_the_company
def _write_down(
    case: Case,
    *,
    product: Product,
    questions: Sequence[Question],
    answers: Sequence[str],
    address: str,
    made_at: datetime,
    by: By,
    at: datetime,
) -> Order:
    """What was ordered, told back to the person in writing."""
    case = locked(case)
    asked = [one.text for one in questions]
    answered = [list(pair) for pair in zip(asked, (one.strip() for one in answers), strict=False)]
    order = Order.objects.create(
        case=case,
        entity_id=case.entity_id,
        product=product,
        answers=answered,
        address=address.strip() if product.at_home else "",
        made_at=made_at,
    )
    letter = letters.tell(case_state(case), order, "order_placed", by=by, at=at)
    entry = timeline.record(
        case,
        OrderPlaced(order=order.pk, product=product.name, letter=letter.pk if letter else None),
        by=by,
        at=at,
        body=in_words(answered),
    )
    outgoing.keep_message(case, entry, letter, at=at)
    return order
