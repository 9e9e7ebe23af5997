"""Hints that a case may repeat another: found once, answered once, gone with what they hint at."""

import pytest

from tests.cast import Cast, a_case, acting, by_elena, days, kinds_of, refusing
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Entry, Stage
from valedor.casefile.verification import verify
from valedor.handling.actions.keep_apart import keep_apart, registered_apart
from valedor.handling.models import Repetition
from valedor.handling.repeating import note_repetitions
from valedor.intake.submission import PersonGiven


@pytest.fixture
def first(cast: Cast) -> Case:
    return a_case(cast, stage=Stage.ASSESSED)


@pytest.fixture
def second(cast: Cast, first: Case) -> Case:
    """The same address and the same subject, three days later."""
    return a_case(cast, received_at=days(3))


def _noted(cast: Cast, case: Case) -> list[Repetition]:
    with acting(cast):
        fresh = Case.objects.select_related(
            "entity", "complainant", "mandate__representative"
        ).get(pk=case.pk)  # fmt: skip
        return note_repetitions(fresh, at=days(3))


def test_an_open_case_of_the_same_address_and_subject(
    cast: Cast, first: Case, second: Case
) -> None:
    (hint,) = _noted(cast, second)
    assert (hint.case_id, hint.other_id) == (second.pk, first.pk)
    assert hint.signs == ["same_subject", "lately", "email"]
    assert [one.pk for one in _noted(cast, second)] == [hint.pk]
    assert _noted(cast, first) == []  # It came before.


def test_no_hint_from_somebody_else_or_for_another_matter(cast: Cast, first: Case) -> None:
    stranger = PersonGiven(name="Ana Puig", email="another@example.org")
    assert _noted(cast, a_case(cast, person=stranger, received_at=days(3))) == []
    water = a_case(cast, category_id=cast.water_cut.pk, received_at=days(40))
    assert _noted(cast, water) == []


def test_whoever_speaks_for_somebody_is_not_that_person(cast: Cast, first: Case) -> None:
    """Elena writes for Ana: Elena's address has no case of her own."""
    theirs = a_case(cast, submission=by_elena(cast, received_at=days(3)))
    assert _noted(cast, theirs) == []


def test_a_closed_case_is_not_repeated(cast: Cast) -> None:
    a_case(cast, stage=Stage.CLOSED)
    assert _noted(cast, a_case(cast, received_at=days(3))) == []


def test_kept_apart_with_a_reason(cast: Cast, first: Case, second: Case) -> None:
    (hint,) = _noted(cast, second)
    by = staff(cast.bruno)
    done = keep_apart(second, repetition=hint, reason="Another bill.", by=by, at=days(4))
    assert (done.kept_apart_by, done.kept_apart_at, done.reason) == (
        cast.bruno, days(4), "Another bill."
    )  # fmt: skip
    assert kinds_of(second)[-1] == "case.kept_apart"
    with acting(cast):
        line = Entry.objects.select_related("content").get(case=second, kind="case.kept_apart")
        assert line.particulars["reference"] == first.reference
        assert line.content.body == "Another bill."
        assert int(line.seats) == 2
    assert verify([second.reference]).broken == []
    with refusing(second, "kept_apart"):
        keep_apart(second, repetition=hint, reason="Once more.", by=by, at=days(4))


def test_not_without_a_reason_nor_by_anybody(cast: Cast, first: Case, second: Case) -> None:
    (hint,) = _noted(cast, second)
    with refusing(second, "reason_missing"):
        keep_apart(second, repetition=hint, reason="  ", by=staff(cast.bruno), at=days(4))
    for who in (cast.gia, cast.hugo, cast.dario):
        with refusing(second, "not_permitted"):
            keep_apart(second, repetition=hint, reason="No.", by=staff(who), at=days(4))


def test_said_when_it_was_registered(cast: Cast, first: Case, second: Case) -> None:
    by = staff(cast.bruno)
    (row,) = registered_apart(
        second, others=[(first, ["email"])], reason="A new bill.", by=by, at=days(3)
    )
    assert (row.by, row.signs, row.kept_apart_at) == (cast.bruno, ["email"], days(3))
    (same,) = _noted(cast, second)
    assert (same.pk, same.kept_apart_at) == (row.pk, days(3))
