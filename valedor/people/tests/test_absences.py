"""When somebody is away: who says so, which days make sense, and what the log keeps."""

from datetime import date, timedelta

import pytest

from tests.cast import FRIDAY, Cast, days, the_cast
from valedor.foundation.refusals import Refused
from valedor.people.actions.absences import end_absence, set_absence
from valedor.people.models import Absence, Account, AdministrationEntry, Role

TODAY = FRIDAY.date()


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


def away(
    account: Account, by: Account | None, *, first: int = 0, last: int = 4, note: str = ""
) -> Absence:
    return set_absence(
        account,
        from_on=TODAY + timedelta(days=first),
        to_on=TODAY + timedelta(days=last),
        note=note,
        today=TODAY,
        by=by,
        at=days(0),
    )


def covers(account: Account, on: date) -> bool:
    return Absence.objects.covering(on).filter(account=account).exists()


def test_somebody_says_it_of_themselves_and_the_log_keeps_the_days_alone(cast: Cast) -> None:
    absence = away(cast.bruno, cast.bruno, note="Marc stands in.")
    assert [covers(cast.bruno, TODAY + timedelta(days=n)) for n in (-1, 0, 4, 5)] == [
        False, True, True, False,
    ]  # fmt: skip
    line = AdministrationEntry.objects.latest("sequence")
    assert (line.act, line.subject, line.by) == ("absence.set", "bruno", cast.bruno)
    assert line.after == {"from_on": "2026-11-20", "to_on": "2026-11-24"}
    assert "Marc" not in str(line.after) + line.reason
    assert absence.recorded_at == days(0)


def test_a_lead_an_administrator_and_the_console_say_it_of_others(cast: Cast) -> None:
    admin = Account.objects.create_account(username="admin", name="Admin")
    admin.grants.create(role=Role.ADMINISTRATOR, granted_at=FRIDAY)
    for number, by in enumerate((cast.carla, admin, None)):
        away(cast.bruno, by, first=10 * number, last=10 * number + 3)
    assert Absence.objects.filter(account=cast.bruno).count() == 3


def test_nobody_else_does(cast: Cast) -> None:
    for by in (cast.dario, cast.hugo, cast.gia, cast.ines):
        with pytest.raises(Refused) as caught:
            away(cast.bruno, by)
        assert caught.value.code == "not_theirs_to_say"
    absence = away(cast.bruno, cast.bruno)
    with pytest.raises(Refused):
        end_absence(absence, today=TODAY, by=cast.dario, at=days(1))
    assert Absence.objects.get().to_on == absence.to_on


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (5, 4, "ends_before_it_begins"),
        (-9, -1, "over_already"),
        (0, 367, "absent_too_long"),
        (24, 24, "away_already"),
        (18, 20, "away_already"),
    ],
)
def test_refuses_days_that_make_no_sense(cast: Cast, first: int, last: int, code: str) -> None:
    away(cast.bruno, cast.bruno, first=20, last=24)
    lines = AdministrationEntry.objects.count()
    with pytest.raises(Refused) as caught:
        away(cast.bruno, cast.bruno, first=first, last=last)
    assert caught.value.code == code
    assert str(caught.value.refusal)
    assert (Absence.objects.count(), AdministrationEntry.objects.count()) == (1, lines)


def test_back_early_and_not_gone_at_all(cast: Cast) -> None:
    gone, ahead = (
        away(cast.bruno, cast.carla, first=0, last=9),
        away(cast.bruno, cast.carla, first=20, last=29),
    )
    back_on = TODAY + timedelta(days=3)
    end_absence(gone, today=back_on, by=cast.bruno, at=days(3))
    end_absence(ahead, today=back_on, by=cast.bruno, at=days(3))
    assert covers(cast.bruno, TODAY + timedelta(days=2))
    assert not covers(cast.bruno, back_on)
    assert not covers(cast.bruno, TODAY + timedelta(days=20))
    line = AdministrationEntry.objects.order_by("-sequence")[1]
    assert (line.before, line.after) == (
        {"from_on": "2026-11-20", "to_on": "2026-11-29"},
        {"from_on": "2026-11-20", "to_on": "2026-11-22"},
    )
    for absence in (gone, ahead):
        with pytest.raises(Refused) as caught:
            end_absence(absence, today=back_on, by=cast.bruno, at=days(4))
        assert caught.value.code == "over_already"
