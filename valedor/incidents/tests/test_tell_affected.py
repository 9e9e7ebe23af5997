"""What is told of an incident goes once to whoever is known there, by the way they chose."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail

from tests.cast import Cast, a_case, hours
from valedor.casefile.models import Case, Kind
from valedor.channels.sms import numbers
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.channels.sms.models import SmsStop
from valedor.foundation.refusals import Refused
from valedor.incidents.collective.actions import tell_affected
from valedor.incidents.collective.actions.tell_affected import order_notices, send_next
from valedor.incidents.collective.affected import affected
from valedor.incidents.collective.models import IncidentLine, NoticeSent
from valedor.incidents.tests.test_collective import WORDS, an_incident
from valedor.intake.submission import PersonGiven
from valedor.people.models import Contract, Person


@pytest.fixture(autouse=True)
def carriers(cast: Cast, settings: LazySettings, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEMO = True
    settings.KEPT_MAIL = str(tmp_path)
    set_gateway(cast.besos, "main", sender="600 900 100", by=None, at=hours(0))


def somebody(cast: Cast, name: str, place: str = "Raval", **more: Any) -> Person:
    given = PersonGiven(name=name, email=f"{name.lower()}@example.org", telephone="600 111 222")
    case = a_case(cast, person=given, kind=Kind.ENQUIRY, grievances=(), **more)
    assert case.complainant is not None
    Person.objects.filter(pk=case.complainant.pk).update(place=place)
    return case.complainant


def a_line(cast: Cast) -> IncidentLine:
    return an_incident(cast, places=["Raval"]).lines.get()


def test_only_people_there_are_told_each_once_in_their_language(cast: Cast) -> None:
    somebody(cast, "Pol", language="ca")
    somebody(cast, "Eva", language="es")
    somebody(cast, "Mar", place="Gràcia")
    somebody(cast, "Old", received_at=hours(0) - timedelta(days=900))
    line = a_line(cast)
    assert order_notices(line, by=cast.bruno, at=hours(2)) == 2
    while send_next(line, at=hours(2)):
        pass
    assert {one.to[0]: WORDS["ca"] in one.body for one in mail.outbox} == {
        "pol@example.org": True,
        "eva@example.org": False,
    }
    with pytest.raises(Refused):
        order_notices(line, by=cast.bruno, at=hours(3))
    somebody(cast, "New")
    assert order_notices(line, by=cast.bruno, at=hours(4)) == 1


def test_a_contract_is_enough_and_another_entity_knows_nobody(cast: Cast) -> None:
    person = somebody(cast, "Old", received_at=hours(0) - timedelta(days=900))
    incident = a_line(cast).incident
    assert affected(incident, at=hours(2)) == []
    Contract.objects.create(entity=cast.ipe, person=person, number="1")
    assert affected(incident, at=hours(2)) == []
    Contract.objects.create(entity=cast.besos, person=person, number="1")
    assert [one.pk for one, _way in affected(incident, at=hours(2))] == [person.pk]


def test_sms_goes_to_whoever_asked_for_it_and_did_not_say_stop(cast: Cast) -> None:
    person = somebody(cast, "Pol", answer_channel=Case.Channel.SMS)
    line = a_line(cast)
    assert [way.kind for _one, way in affected(line.incident, at=hours(2))] == ["telephone"]
    ((_person, way),) = affected(line.incident, at=hours(2))
    number = numbers.number_at(way, cast.besos)
    SmsStop.objects.create(entity=cast.besos, digest=numbers.digest_of(number), stopped_at=hours(1))
    assert [way.kind for _one, way in affected(line.incident, at=hours(2))] == ["email"]
    assert person.pk


def test_it_goes_on_after_a_crash_and_says_what_could_not_be_sent(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Pol", "Eva"):
        somebody(cast, name)
    line = a_line(cast)
    order_notices(line, by=cast.bruno, at=hours(2))
    with monkeypatch.context() as patched:
        patched.setattr(tell_affected, "_sent", lambda *_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send_next(line, at=hours(2))
    assert NoticeSent.objects.filter(state="waiting").count() == 2

    def broken(*_all: Any, **_more: Any) -> None:
        raise OSError("no route")

    with monkeypatch.context() as patched:
        patched.setattr(mail.EmailMessage, "send", broken)
        assert send_next(line, at=hours(2))
    assert send_next(line, at=hours(2))
    assert not send_next(line, at=hours(2))
    assert sorted(NoticeSent.objects.values_list("state", flat=True)) == ["failed", "sent"]


def test_nobody_of_another_entity_sends(cast: Cast) -> None:
    somebody(cast, "Pol")
    with pytest.raises(Refused) as refused:
        order_notices(a_line(cast), by=cast.dario, at=hours(2))
    assert refused.value.code == "not_permitted"
    assert not NoticeSent.objects.exists()
