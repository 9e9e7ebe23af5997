from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, a_case, again, days, hours, kinds_of, letters_leave
from valedor.casefile.models import Deadline, Entry, Letter, Stage
from valedor.casefile.timeline import hash_of
from valedor.foundation.chain import FIRST
from valedor.handling.actions.sweep import sweep
from valedor.handling.models import Alarm
from valedor.people.models import Absence


def test_warns_whoever_can_act_once(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    letters_leave(case, hours(3))
    first = Deadline.objects.get(case=case, duty="first_answer")
    assert first.warn_at is not None
    for _twice in range(2):
        sweep(at=first.warn_at)
    alarm = Alarm.objects.get(case=case, deadline=first)
    assert (alarm.cause, alarm.account) == (Alarm.Cause.DUE_SOON, cast.bruno)
    assert again(case).urgency == "due_soon"
    first.refresh_from_db()
    assert (first.warned_at, first.next_look_at) == (first.warn_at, first.due_at)
    assert kinds_of(case).count("limits.near") >= 1


def test_the_limit_itself_is_late_and_the_moment_before_is_not(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    law = Deadline.objects.get(case=case, regime="es-trlgdcu-21", duty="respond")
    assert law.due_at is not None
    sweep(at=law.due_at - (hours(1) - hours(0)))
    law.refresh_from_db()
    assert law.state == "running"
    sweep(at=law.due_at)
    law.refresh_from_db()
    assert (law.state, law.missed_at, law.next_look_at) == ("missed", law.due_at, None)
    assert again(case).urgency == "overdue"
    assert again(case).stage == Stage.INVESTIGATION
    assert kinds_of(case).count("case.next_step_opened") == 1
    overdue = Alarm.objects.filter(case=case, deadline=law, cause=Alarm.Cause.OVERDUE)
    assert overdue.count() == 1


def test_the_team_is_called_when_the_holder_is_away(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    Absence.objects.create(
        account=cast.bruno, from_on="2026-11-01", to_on="2026-12-31", recorded_at=days(0)
    )
    sweep(at=days(3))
    alarms = Alarm.objects.filter(case=case)
    assert alarms.exists()
    assert {(alarm.account, alarm.team) for alarm in alarms} == {(None, cast.attention)}


def test_the_chain_holds_after_a_sweep(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    sweep(at=days(60))
    previous = FIRST
    for entry in Entry.objects.filter(case=case).order_by("sequence"):
        assert hash_of(entry, previous=previous) == bytes(entry.hash)
        previous = bytes(entry.hash)
    row = again(case)
    assert (bytes(row.last_hash), row.last_sequence) == (previous, entry.sequence)


def test_many_cases_are_swept_in_bites(cast: Cast) -> None:
    cases = [a_case(cast) for _ in range(5)]
    looked = sweep(at=days(60), bite=3)
    assert looked == Deadline.objects.exclude(state="met").count()
    assert {again(case).urgency for case in cases} == {"overdue"}
    assert not Deadline.objects.exclude(next_look_at=None).exists()


def test_an_idle_sweep_asks_for_what_is_due_and_nothing_else(cast: Cast) -> None:
    a_case(cast)
    with CaptureQueriesContext(connection) as queries:
        assert sweep(at=hours(0.1)) == 0
    reads = [one["sql"] for one in queries if "casefile_" in one["sql"]]
    assert len(reads) == 1
    assert "next_look_at" in reads[0]


def test_a_bite_costs_the_same_number_of_queries_whatever_its_size(cast: Cast) -> None:
    counts = []
    for number in (1, 2, 6):  # The first reads the settings too.
        for _ in range(number):
            a_case(cast)
        with CaptureQueriesContext(connection) as queries:
            looked = sweep(at=days(60), bite=500)
        counts.append(len(queries))
        assert looked > number
        assert Letter.objects.filter(kind="no_answer_in_time").count() > 0
    assert counts[1] == counts[2]
