"""An emergency calls whoever is on duty, then the next, the leads last, until one takes it."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from tests.cast import FRIDAY, Cast, a_case, again, kinds_of
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Entry, Kind
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.foundation.refusals import Refused
from valedor.handling.actions.close import withdraw
from valedor.handling.actions.take import take as take_case
from valedor.handling.models import Alarm
from valedor.incidents.duty import calling, paging
from valedor.incidents.duty.actions.change import change_duty, withdraw_change
from valedor.incidents.duty.actions.set_plan import TurnGiven, set_duty_plan
from valedor.incidents.duty.actions.take import take
from valedor.incidents.duty.models import CallOut, CallOutCall, DutyPlan
from valedor.people.models import Absence, Account

DEMO_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def minutes(number: float) -> Any:
    return FRIDAY + timedelta(minutes=number)


@pytest.fixture(autouse=True)
def reachable(cast: Cast, settings: LazySettings, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = DEMO_BACKEND
    settings.DEMO = True
    settings.KEPT_MAIL = str(tmp_path)
    set_gateway(cast.besos, "main", sender="600 900 100", by=None, at=FRIDAY)
    for account in Account.objects.all():
        account.email, account.telephone = f"{account.username}@house.example", "+34 600 100 200"
        account.save(update_fields=["email", "telephone"])


@pytest.fixture
def plan(cast: Cast) -> DutyPlan:
    """Bruno first on Fridays, then Nuria; Carla leads."""
    nuria = cast.join("nuria")
    nuria.email = "nuria@house.example"
    nuria.save(update_fields=["email"])
    turns = [
        TurnGiven("friday", time(8), time(20), cast.bruno, 1),
        TurnGiven("friday", time(8), time(20), nuria, 2),
    ]
    return set_duty_plan(
        cast.besos, cast.attention, minutes_each=10, turns=turns, by=None, at=FRIDAY
    )


def an_emergency(cast: Cast, **more: Any) -> Case:
    return a_case(cast, kind=Kind.INCIDENT, **more)


def called(case: Case) -> list[str]:
    found = CallOutCall.objects.filter(case=case).select_related("account").order_by("at", "pk")
    return [one.account.username for one in found]


def test_each_is_called_in_turn_then_the_lead_then_all_again_later(
    cast: Cast, plan: DutyPlan
) -> None:
    case = an_emergency(cast)
    for minute in range(45):
        calling.call_out(minutes(minute))
    assert called(case) == ["bruno", "nuria", "carla", "bruno"]
    assert [one.at for one in CallOutCall.objects.filter(case=case).order_by("at")] == [
        minutes(0), minutes(10), minutes(20), minutes(30),
    ]  # fmt: skip
    assert Alarm.objects.get(case=case, cause="call_unanswered").settled_at is None
    facts = [kind for kind in kinds_of(case) if kind.startswith("call_out")]
    assert facts == ["call_out.called"] * 3 + ["call_out.unanswered", "call_out.called"]
    assert not Entry.objects.filter(case=case, kind__startswith="call_out").exclude(seats=2)


def test_the_call_goes_by_mail_and_by_sms_and_names_nobody(cast: Cast, plan: DutyPlan) -> None:
    case = an_emergency(cast)
    calling.call_out(minutes(1))
    call = CallOutCall.objects.get(case=case)
    assert (call.by_mail, call.by_sms, call.trouble) == (True, True, "")
    (message,) = mail.outbox
    assert message.to == ["bruno@house.example"]
    assert case.reference in message.subject
    assert paging.link_of(call) in message.body
    assert "Ana" not in message.body


def test_whoever_could_not_be_told_is_not_waited_for(
    cast: Cast, plan: DutyPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    Account.objects.filter(pk=cast.bruno.pk).update(email="", telephone="")
    case = an_emergency(cast)
    calling.call_out(minutes(0))
    calling.call_out(minutes(1))
    assert called(case) == ["bruno", "nuria"]
    assert CallOutCall.objects.get(case=case, account=cast.bruno).trouble == "no address"


def test_a_worker_that_dies_takes_nothing_with_it(
    cast: Cast, plan: DutyPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = an_emergency(cast)
    with monkeypatch.context() as patched:
        patched.setattr(paging, "send", lambda *_args, **_more: 1 / 0)
        assert calling.call_out(minutes(0)) == 0
    assert not CallOut.objects.filter(case=case).exists()
    assert calling.call_out(minutes(1)) == 1
    assert called(case) == ["bruno"]
    calling.call_out(minutes(2))
    assert called(case) == ["bruno"]


def test_who_is_away_or_recused_is_not_called(cast: Cast, plan: DutyPlan) -> None:
    Absence.objects.create(
        account=cast.bruno, from_on="2026-11-20", to_on="2026-11-20", recorded_at=FRIDAY
    )
    case = an_emergency(cast)
    Case.objects.filter(pk=case.pk).update(recused=[cast.others["nuria"].pk])
    calling.call_out(minutes(0))
    assert called(case) == ["carla"]
    assert Alarm.objects.filter(case=case, cause="nobody_on_duty").exists()


def test_nobody_on_duty_is_an_alarm_and_the_lead_is_called(cast: Cast, plan: DutyPlan) -> None:
    saturday = FRIDAY + timedelta(days=1)
    case = an_emergency(cast, received_at=saturday)
    calling.call_out(saturday)
    assert called(case) == ["carla"]
    alarm = Alarm.objects.get(case=case, cause="nobody_on_duty")
    assert alarm.team == cast.attention
    assert "call_out.nobody_on_duty" in kinds_of(case)


def test_the_link_shows_and_only_its_button_takes(cast: Cast, plan: DutyPlan) -> None:
    case = an_emergency(cast)
    calling.call_out(minutes(0))
    link = paging.link_of(CallOutCall.objects.get(case=case))
    path = link[link.index("/duty/") :]
    client = Client(headers={"accept-language": "en"})
    shown = client.get(path)
    assert shown.status_code == 200
    assert case.reference in shown.content.decode()
    assert "Ana" not in shown.content.decode()
    assert CallOut.objects.get(case=case).state == "calling"
    assert client.post(path).status_code == 302
    going = CallOut.objects.get(case=case)
    assert (going.state, going.taken_by) == ("taken", cast.bruno)
    assert again(case).holder == cast.bruno
    assert "You attend to it" in client.get(path).content.decode()
    assert client.post(path).status_code == 409
    assert client.get(path[:-3] + "abc").status_code == 404


def test_taken_once_and_nobody_more_is_called(cast: Cast, plan: DutyPlan) -> None:
    case = an_emergency(cast)
    calling.call_out(minutes(0))
    take(CallOut.objects.get(case=case), by=cast.carla, at=minutes(3))
    with pytest.raises(Refused) as refused:
        take(CallOut.objects.get(case=case), by=cast.bruno, at=minutes(4))
    assert refused.value.code == "taken"
    calling.call_out(minutes(30))
    assert called(case) == ["bruno"]


def test_nobody_of_another_entity_takes_it(cast: Cast, plan: DutyPlan) -> None:
    case = an_emergency(cast)
    calling.call_out(minutes(0))
    for stranger in (cast.dario, cast.gia, cast.ines):
        with pytest.raises(Refused) as refused:
            take(CallOut.objects.get(case=case), by=stranger, at=minutes(1))
        assert refused.value.code == "not_permitted"
    with viewing(the_house(cast.ipe)):
        assert not CallOut.objects.filter(case=case).exists()


def test_whoever_takes_the_case_itself_ends_the_calls(cast: Cast, plan: DutyPlan) -> None:
    case = an_emergency(cast)
    calling.call_out(minutes(0))
    take_case(case, by=staff(cast.carla), at=minutes(2))
    calling.call_out(minutes(10))
    assert called(case) == ["bruno"]
    assert CallOut.objects.get(case=case).taken_by == cast.carla


def test_nothing_but_an_emergency_calls_anybody(cast: Cast, plan: DutyPlan) -> None:
    a_case(cast)
    an_emergency(cast, received_at=FRIDAY - timedelta(days=3))
    assert calling.call_out(minutes(0)) == 0
    danger = a_case(cast, touches_safety=True)
    assert calling.call_out(minutes(1)) == 1
    assert called(danger) == ["bruno"]


def test_one_hands_over_ones_own_duty_and_a_lead_anybodys(cast: Cast, plan: DutyPlan) -> None:
    nuria, times = cast.others["nuria"], {"begins_at": minutes(0), "ends_at": minutes(60)}
    with pytest.raises(Refused) as refused:
        change_duty(plan, account=nuria, **times, by=cast.dario, at=FRIDAY)
    assert refused.value.code == "not_yours"
    later = {"begins_at": minutes(60 * 20), "ends_at": minutes(60 * 21)}
    with pytest.raises(Refused):
        change_duty(plan, account=nuria, **later, by=cast.bruno, at=FRIDAY)
    change = change_duty(plan, account=nuria, **times, by=cast.bruno, at=FRIDAY)
    case = an_emergency(cast)
    calling.call_out(minutes(5))
    assert called(case) == ["nuria"]
    withdraw_change(change, by=cast.carla, at=minutes(6))
    other = an_emergency(cast)
    calling.call_out(minutes(7))
    assert called(other) == ["bruno"]


def test_a_closed_emergency_calls_nobody(cast: Cast, plan: DutyPlan) -> None:
    case = an_emergency(cast)
    calling.call_out(minutes(0))
    withdraw(case, by=COMPLAINANT, at=minutes(5))
    calling.call_out(minutes(11))
    assert CallOut.objects.get(case=case).state == "over"
