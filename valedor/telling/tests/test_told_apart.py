"""What a limit adds to its name beside others that would read alike."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.cast import Cast, a_case, acting, hours, letters_leave, the_cast
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Deadline, Stage
from valedor.handling.actions.offer_redress import offer_redress
from valedor.handling.actions.respond import respond
from valedor.handling.queries import case_state
from valedor.procedures.models import RedressOption
from valedor.telling.reader import Reader
from valedor.telling.told_apart import labels_of


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people of these tests."""
    people = the_cast()
    with acting(people):
        yield people


def agreed(cast: Cast, *said: str) -> list[str]:
    """The limits of what was agreed, where an answer offered these."""
    case = a_case(cast, stage=Stage.DECIDED)
    options = {one.key: one for one in RedressOption.objects.filter(entity=cast.besos)}
    for key in said:
        offer_redress(
            case,
            option=options[key],
            amount=Decimal("84.20") if options[key].has_amount else None,
            currency="EUR",
            by=staff(cast.bruno),
            at=hours(4),
        )
    respond(case, by=staff(cast.bruno), at=hours(5))
    letters_leave(case, hours(6))
    return labels(case, duty="carry_out_redress")


def labels(case: Case, **which: str) -> list[str]:
    state = case_state(case)
    found = list(Deadline.objects.filter(case=case, **which).order_by("pk"))
    return list(labels_of(found, Reader.STAFF, state.house, state).values())


def test_a_limit_that_stands_alone_adds_nothing(cast: Cast) -> None:
    assert labels(a_case(cast), duty="respond", role="law") == ["Answer, by law"]


def test_what_was_agreed_is_told_by_what_it_is(cast: Cast) -> None:
    assert agreed(cast, "refund", "repair") == [
        "What was agreed, our own promise: Refund, €84.20",
        "What was agreed, our own promise: Repair",
    ]


def test_what_is_the_same_in_every_way_is_numbered(cast: Cast) -> None:
    assert agreed(cast, "refund", "refund") == [
        "What was agreed, our own promise: 1 of 2",
        "What was agreed, our own promise: 2 of 2",
    ]
