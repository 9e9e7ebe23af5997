"""A call that is promised is made in its half hour, within the hours of the line, or somebody is
told; after three attempts the person is written to.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Letter
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels.models import Call, CallBack
from valedor.channels.telephone import late, webhook
from valedor.channels.telephone.actions.promise_call import cancel_call, promise_call
from valedor.channels.telephone.actions.return_call import return_call
from valedor.channels.telephone.actions.try_call import try_call
from valedor.channels.telephone.call_back_rules import MOST_ATTEMPTS
from valedor.channels.telephone.hours import HoursWrong, Opening, read_hours
from valedor.channels.telephone.opening import half_hours, opening_of
from valedor.channels.tests.post_room import FILED_AT, a_case
from valedor.channels.tests.switchboard import a_line, post, told
from valedor.channels.tests.test_chat import an_agent
from valedor.foundation.refusals import Refused
from valedor.handling.models import Alarm
from valedor.people.models import Account, Entity
from valedor.procedures.house_rules import house_rules

pytestmark = pytest.mark.usefixtures("committed_database")
MADRID = ZoneInfo("Europe/Madrid")
OPENING = "mon-fri 9:00-14:00 15:00-18:00; sat 9:00-13:00"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
AT = FILED_AT  # Friday, 9:14 in Madrid.
NUMBER = "+34600100200"


def opening(text: str, *holidays: date) -> Opening:
    return Opening(read_hours(text), MADRID, lambda day: day in holidays)


def madrid(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MADRID)


# ------------------------------------------------------------------ hours
@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (madrid(20, 10), madrid(20, 10)),
        (madrid(20, 14, 30), madrid(20, 15)),  # The break at noon.
        (madrid(20, 19), madrid(21, 9)),  # Friday evening: Saturday.
        (madrid(21, 13), madrid(23, 9)),  # The last minute is over at 13:00; Sunday is skipped.
        (madrid(24, 8), madrid(25, 9)),  # A holiday that has no hours of its own.
    ],
)
def test_the_next_moment_that_is_answered(asked: datetime, answered: datetime) -> None:
    found = opening(OPENING, date(2026, 11, 24)).next_open(asked)
    assert found is not None
    assert found[0] == answered


def test_a_holiday_has_hours_of_its_own_and_no_hours_are_every_hour() -> None:
    christmas = date(2026, 12, 25)
    some = opening("mon-fri 9:00-18:00; hol 10:00-12:00", christmas)
    assert some.is_open(madrid(25, 11, month=12))
    assert not some.is_open(madrid(25, 13, month=12))
    assert opening("", christmas).is_open(madrid(25, 3, month=12))
    assert opening("mon-fri 9:00-18:00").next_open(madrid(21, 9)) is not None
    assert opening("hol 9:00-10:00").next_open(madrid(21, 9)) is None, "not within a month"


def test_hours_hold_on_the_day_when_the_clocks_change() -> None:
    found = opening("sun 0:00-24:00").next_open(datetime(2026, 10, 24, 23, 30, tzinfo=MADRID))
    assert found is not None
    begins, ends = found
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == 25 * HOUR


@pytest.mark.parametrize(
    "wrong",
    ["mon", "fri-mon 9:00-10:00", "mon 9-10", "mon 10:00-9:00", "mon 9:00-10:00; mon 11:00-12:00",
     "mon 9:00-12:00 11:00-13:00", "mon 9:00-24:30", "lunes 9:00-10:00", ";", "mon-hol 9:00-10:00"],
)  # fmt: skip
def test_what_says_no_hours_is_refused(wrong: str) -> None:
    with pytest.raises(HoursWrong):
        read_hours(wrong)
    with pytest.raises(Refused):
        a_line(opening=wrong)


def test_half_hours_are_offered_within_the_hours_of_the_line() -> None:
    slots = half_hours(opening(OPENING), at=madrid(20, 16, 40))
    assert list(slots) == [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)]
    assert slots[date(2026, 11, 20)] == [madrid(20, 17, 30)]
    assert slots[date(2026, 11, 21)][0] == madrid(21, 9)
    assert len(slots[date(2026, 11, 23)]) == 16


# ------------------------------------------------------------------ the promise
def a_promise(wished_at: datetime = AT + HOUR, **said: Any) -> CallBack:
    line = a_line(opening=OPENING)
    case = a_case(Entity.objects.get()).case
    return promise_call(
        case, line=line, number="600 100 200", wished_at=wished_at, by=COMPLAINANT, at=AT, **said
    )


def again(call_back: CallBack) -> CallBack:
    with viewing(the_house()):
        return CallBack.objects.select_related("case__entity", "line").get(pk=call_back.pk)


def attempt(call_back: CallBack, who: Account, result: str, *, at: datetime) -> CallBack:
    with viewing(viewer_of(who)) as viewer:
        return try_call(
            again(call_back).case, call_back=call_back, result=result, viewer=viewer, by=who, at=at
        )


def alarms() -> list[str]:
    with viewing(the_house()):
        return list(Alarm.objects.filter(settled_at=None).values_list("cause", flat=True))


def test_a_promise_lies_within_the_hours_of_the_line() -> None:
    promised = a_promise(madrid(20, 20))
    assert promised.number == NUMBER
    assert promised.from_at == madrid(21, 9)
    assert promised.due_at == promised.next_at == madrid(21, 9, 30)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"wished_at": AT - HOUR}, "hour_over"),
        ({"wished_at": AT + timedelta(days=20)}, "hour_too_far"),
        ({"number": "anonymous"}, "number_unreadable"),
    ],
)
def test_what_cannot_be_promised_is_said(said: dict[str, Any], code: str) -> None:
    line = a_line(opening=OPENING)
    case = a_case(Entity.objects.get()).case
    given: dict[str, Any] = {"number": "600 100 200", "wished_at": AT + HOUR} | said
    with pytest.raises(Refused) as refused:
        promise_call(case, line=line, by=COMPLAINANT, at=AT, **given)
    assert refused.value.refusal.code == code
    with viewing(the_house()):
        assert not CallBack.objects.exists()


def test_one_promise_a_case_until_it_is_cancelled() -> None:
    promised = a_promise()
    case = again(promised).case
    said: dict[str, Any] = {"line": None, "number": NUMBER, "wished_at": AT + HOUR}
    with pytest.raises(Refused):
        promise_call(case, **said, by=COMPLAINANT, at=AT)
    cancel_call(case, call_back=promised, by=COMPLAINANT, at=AT)
    assert again(promised).outcome == CallBack.Outcome.CANCELLED
    with pytest.raises(Refused):
        cancel_call(case, call_back=promised, by=COMPLAINANT, at=AT)
    promise_call(case, **said, by=COMPLAINANT, at=AT)


def test_an_hour_that_passes_alarms_once_and_an_attempt_settles_that() -> None:
    promised, nuria = a_promise(), an_agent()
    assert late.tell_late(promised.due_at) == 0, "until the end of its half hour it is in time"
    assert late.tell_late(promised.due_at + MINUTE) == 1
    assert late.tell_late(promised.due_at + 2 * MINUTE) == 0
    assert alarms() == [Alarm.Cause.CALL_BACK_LATE]
    attempt(promised, nuria, "busy", at=promised.due_at + 3 * MINUTE)
    assert alarms() == []


def test_whoever_is_reached_is_settled() -> None:
    promised = a_promise()
    attempt(promised, an_agent(), "spoke", at=AT + HOUR)
    assert again(promised).outcome == CallBack.Outcome.SPOKE


def test_after_three_attempts_they_are_written_to() -> None:
    promised, nuria = a_promise(), an_agent()
    at = promised.from_at
    for number in range(1, MOST_ATTEMPTS + 1):
        assert again(promised).settled_at is None
        attempt(promised, nuria, "no_answer", at=at)
        if number < MOST_ATTEMPTS:
            following = again(promised).next_at
            assert following >= at + HOUR
            at = following
    assert again(promised).outcome == CallBack.Outcome.UNREACHED
    with viewing(the_house()):
        letter = Letter.objects.get(kind="message")
    assert "+34 600 10 02 00" in letter.body
    with pytest.raises(Refused):
        attempt(promised, nuria, "spoke", at=at)


def test_a_wrong_number_is_not_called_again() -> None:
    promised = a_promise()
    attempt(promised, an_agent(), "wrong_number", at=AT + HOUR)
    assert again(promised).outcome == CallBack.Outcome.UNREACHED


# ------------------------------------------------------------------ who hung up
@pytest.fixture
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "now", lambda: AT + HOUR)


def tell(call: str, kind: str, minutes: int) -> None:
    said = told(kind, at=AT + minutes * MINUTE) | {"call": call, "id": f"{call}-{kind}"}
    assert post(said, at=AT + HOUR).status_code == 200


def settled() -> list[str]:
    with viewing(the_house()):
        found = Call.objects.filter(state=Call.State.ABANDONED).order_by("abandoned_at")
        return [one.settled for one in found]


@pytest.mark.usefixtures("_now")
def test_who_hung_up_is_settled_by_calling_again_in_whatever_order_it_is_told() -> None:
    a_line()
    tell("c1", "offered", 0)
    tell("c1", "abandoned", 2)
    assert settled() == [""]
    tell("c2", "offered", 10)
    tell("c2", "answered", 11)
    assert settled() == [Call.Settled.CALLED_AGAIN]
    tell("c3", "abandoned", 5)  # Told late: they were answered since.
    assert settled() == [Call.Settled.CALLED_AGAIN] * 2
    tell("c4", "abandoned", 30)
    assert settled()[-1] == ""


@pytest.mark.usefixtures("_now")
def test_a_caller_is_called_back_once_however_often_they_tried() -> None:
    line, nuria = a_line(), an_agent()
    tell("c1", "abandoned", 2)
    tell("c2", "abandoned", 5)
    with viewing(viewer_of(nuria)) as viewer:
        return_call(line.entity, caller=NUMBER, result="no_answer", viewer=viewer, at=AT + HOUR)
        assert settled() == ["", ""]
        return_call(line.entity, caller=NUMBER, result="spoke", viewer=viewer, at=AT + HOUR)
        assert settled() == [Call.Settled.RETURNED] * 2
        with pytest.raises(Refused):
            return_call(line.entity, caller=NUMBER, result="spoke", viewer=viewer, at=AT + HOUR)


def test_the_holidays_of_the_place_and_the_days_the_house_closes_count() -> None:
    line = a_line(opening="mon-fri 9:00-18:00")
    found = opening_of(line, house_rules(line.entity_id)).next_open(madrid(8, 10, month=12))
    assert found is not None
    assert found[0] == madrid(9, 9, month=12), "the Immaculate Conception"
