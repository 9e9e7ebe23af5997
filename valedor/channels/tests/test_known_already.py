"""The receipt by mail tells of an open case about the same; nobody else learns of it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import ANA, Cast, a_case, a_submission, acting, by_elena, days, the_cast
from valedor.casefile.letters import words_on_paper
from valedor.casefile.models import Case, Kind, Letter, Stage
from valedor.channels.email.composing import message_of
from valedor.handling.models import Repetition
from valedor.intake.actions.receive import receive
from valedor.people.models import ContactPoint

SAID = "Ya tiene un expediente abierto"


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return the_cast()


@pytest.fixture
def first(cast: Cast) -> Case:
    return a_case(cast, stage=Stage.ASSESSED)


def _mail(cast: Cast, **more: Any) -> str:
    """The receipt of what Ana files three days later, as it leaves."""
    values: dict[str, Any] = {"received_at": days(3), "language": "es"} | more
    letter = receive(a_submission(cast, **values), at=days(3)).letter
    assert letter is not None
    with acting(cast):
        fresh = Letter.objects.select_related(
            "case__entity", "case__complainant", "case__mandate", "recipient", "contact_point"
        ).get(pk=letter.pk)  # fmt: skip
        assert SAID not in words_on_paper(fresh)
        message = message_of(fresh, recipient="ana@example.org", at=days(3))
        part = message.get_body(("plain",))
        assert part is not None
        return str(part.get_content())


def test_the_mail_tells_whoever_wrote_from_this_address_before(cast: Cast, first: Case) -> None:
    words = " ".join(_mail(cast).split())
    assert f"{SAID} con nosotros sobre lo mismo: {first.reference}" in words
    with acting(cast):
        assert Repetition.objects.get().told_at == days(3)


def test_sent_again_it_tells_the_same(cast: Cast, first: Case) -> None:
    _mail(cast)
    with acting(cast):
        letter = Letter.objects.order_by("-pk").select_related("case__entity").first()
        assert letter is not None
        again = message_of(letter, recipient="ana@example.org", at=days(3) + timedelta(hours=1))
        assert first.reference in again.as_string()
        assert Repetition.objects.get().told_at == days(3)


@pytest.mark.parametrize(
    "change",
    [{"is_protected": True}, {"kind": Kind.REPORT}, {"category": None}],
    ids=["protected", "report", "another matter"],
)
def test_not_of_what_nobody_is_to_hear_of(cast: Cast, first: Case, change: dict[str, Any]) -> None:
    with acting(cast):
        Case.objects.filter(pk=first.pk).update(**change)
    assert SAID not in _mail(cast)


def test_not_where_the_address_is_not_theirs_any_more(cast: Cast, first: Case) -> None:
    ContactPoint.objects.filter(person=first.complainant).update(ended_at=days(1))
    assert SAID not in _mail(cast)


def test_not_of_a_closed_case_nor_to_another_address(cast: Cast, first: Case) -> None:
    other = type(ANA)(name="Ana Puig", email="ana.puig@example.net")
    assert SAID not in _mail(cast, person=other)
    over = a_case(cast, stage=Stage.CLOSED, person=type(ANA)(name="B", email="b@example.org"))
    assert over.closed_at is not None
    assert SAID not in _mail(cast, person=type(ANA)(name="B", email="b@example.org"))


def test_not_of_a_case_that_somebody_else_speaks_in(cast: Cast) -> None:
    a_case(cast, submission=by_elena(cast))
    assert SAID not in _mail(cast)


def test_not_to_what_is_marked_as_abuse(cast: Cast, first: Case) -> None:
    assert SAID not in _mail(cast, is_marked_abuse=True)
