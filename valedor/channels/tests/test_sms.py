"""Whoever writes by SMS gets a reference, is answered there, and is left in peace who wants it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from pytest_django import Settings

from valedor.casefile.models import Case, Kind, Letter, Message
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import sending
from valedor.channels.models import SmsStop
from valedor.channels.sms import arriving, carrier
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.channels.tests.post_room import FILED_AT, a_case, a_house, letter_now, lines_of
from valedor.channels.tests.sms_room import (
    DOOR,
    MOBILE,
    a_gateway,
    authorization,
    bring,
    cases,
    letters_of,
    raws,
)
from valedor.channels.web_form.questions import ComplaintForm
from valedor.foundation import moments
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import Refused
from valedor.intake.submission import PersonGiven
from valedor.people.models import Account, ContactPoint, Person, PersonMerge
from valedor.procedures.house_rules import house_rules

pytestmark = pytest.mark.usefixtures("committed_database")
ANA = PersonGiven(name="Ana Pérez", telephone="600 100 200")


def test_a_message_becomes_a_case_that_is_acknowledged_by_sms() -> None:
    gateway = a_gateway()
    answer = bring("No tinc aigua des d'ahir.\nQuè passa?")
    assert (answer.status_code, answer.content) == (200, b"")
    (case,) = cases()
    assert (case.channel, case.answer_channel) == (Case.Channel.SMS, Case.Channel.SMS)
    assert (case.kind, case.language) == (Kind.ENQUIRY, "ca")
    assert case.subject == "No tinc aigua des d'ahir."
    (letter,) = letters_of(case)
    assert (letter.channel, letter.state) == (Case.Channel.SMS, Letter.State.QUEUED)
    assert letter.contact_point is not None
    assert letter.contact_point.normalised == "+34600100200"
    assert gateway.sender == "+34600900100"


def test_the_same_request_again_is_one_case() -> None:
    a_gateway()
    for _time in range(2):
        assert bring("Hola", id="7", time="2026-11-20 08:00:00").status_code == 200
    assert len(cases()) == 1
    bring("Hola", id="8", time="2026-11-20 08:00:05")
    assert len(cases()) + len(raws()) == 4, "another one of the same words is another one"


def test_without_the_secret_nobody_is_believed() -> None:
    gateway = a_gateway()
    assert bring("Hola", secret="another-secret-of-16").status_code == 401
    assert Client().get(f"{DOOR}?from=1&text=a").status_code == 401
    set_gateway(gateway.entity, "main", is_active=False, by=None, at=FILED_AT)
    assert bring("Hola").status_code == 404
    assert raws() == []


@pytest.mark.parametrize("query", ["text=hola", "from=34600100200", "from=34600100200&text=%20"])
def test_what_is_no_message_waits_for_somebody(query: str) -> None:
    a_gateway()
    headers = {"Authorization": authorization()}
    assert Client().get(f"{DOOR}?{query}", headers=headers).status_code == 200
    assert raws() == [("held", arriving.UNREADABLE)]


def test_an_answer_reaches_the_case_of_the_letter() -> None:
    house = a_house()
    a_gateway(house)
    registration = a_case(house, person=ANA, answer_channel=Case.Channel.SMS)
    assert registration.letter is not None
    with viewing(the_house()):
        Letter.objects.filter(pk=registration.letter.pk).update(
            state=Letter.State.ACCEPTED, accepted_at=moments.now()
        )
    bring("Encara no he rebut res")
    assert [case.pk for case in cases()] == [registration.case.pk]
    with viewing(the_house()):
        message = Message.objects.get(case=registration.case, channel=Case.Channel.SMS)
        assert message.direction == Message.Direction.IN


def test_a_reference_counts_for_a_number_that_the_case_knows() -> None:
    house = a_house()
    a_gateway(house)
    case = a_case(house, person=ANA).case
    bring(f"{case.reference.lower()} el comptador és nou")
    assert len(cases()) == 1
    bring(f"{case.reference} digues-me què diu", sender="34611222333")
    assert len(cases()) == 2, "a stranger who knows the reference begins something of their own"


def test_clocks_run_from_when_the_network_had_it() -> None:
    a_gateway()
    at = moments.now().replace(microsecond=0)
    early = at - timedelta(hours=3)
    bring("Sense aigua", time=early.strftime("%Y-%m-%d %H:%M:%S"))
    bring("Fa un any", sender="34611222333", time="2020-01-01 00:00:00")
    first, second = cases()
    assert first.received_at == early
    assert abs(second.received_at - at) < timedelta(minutes=5), "not believed"


def test_whoever_says_stop_is_written_to_in_another_way(settings: Settings) -> None:
    settings.DEMO = True
    house = a_house()
    a_gateway(house)
    person = PersonGiven(name="Ana", telephone="600 100 200", email="ana@example.org")
    registration = a_case(house, person=person, answer_channel=Case.Channel.SMS)
    letter = letter_now(registration.letter)
    assert letter.channel == Case.Channel.SMS
    with viewing(the_house()):
        assert bring(" ¡Baja! ").status_code == 200
    assert SmsStop.objects.count() == 1
    sending.deliver(letter.pk, at=FILED_AT)
    letter = letter_now(letter)
    assert (letter.channel, letter.state) == (Case.Channel.EMAIL, Letter.State.ACCEPTED)

    bring("alta")
    assert not SmsStop.objects.exists()
    assert len(cases()) == 1, "neither is a contact"


def test_whoever_stops_and_has_no_other_address_is_printed_to() -> None:
    house = a_house()
    a_gateway(house)
    letter = a_case(house, person=ANA, answer_channel=Case.Channel.SMS).letter
    assert letter is not None
    bring("STOP")
    sending.deliver(letter.pk, at=FILED_AT)
    letter = letter_now(letter)
    assert (letter.channel, letter.state) == (Case.Channel.LETTER, Letter.State.WAITING)


def test_without_a_gateway_letters_wait_and_leave_once_there_is_one() -> None:
    house = a_house()
    letter = a_case(house, person=ANA, answer_channel=Case.Channel.SMS).letter
    assert letter is not None
    sending.deliver(letter.pk, at=FILED_AT)
    waiting = letter_now(letter)
    assert (waiting.channel, waiting.state) == (Case.Channel.SMS, Letter.State.WAITING)
    assert waiting.last_answer == "No hi ha cap passarel·la d'SMS configurada."
    a_gateway(house, address="http://127.0.0.1:9/", login="me", password="secret")
    assert sending.forgotten(FILED_AT) == [letter.pk]
    assert sending.deliver(letter.pk, at=FILED_AT) is not None, "it is tried again"
    assert "no connection" in letter_now(letter).last_answer


def test_too_many_from_one_number_wait_for_somebody() -> None:
    a_gateway()
    for number in range(11):
        bring(f"Missatge {number}")
    assert len(cases()) == 10
    assert raws()[-1] == ("held", "too many SMS")


def test_a_report_says_whether_it_arrived() -> None:
    house = a_house()
    gateway = a_gateway(house)
    registration = a_case(house, person=ANA, answer_channel=Case.Channel.SMS)
    letter = registration.letter
    assert letter is not None
    with viewing(the_house()):
        Letter.objects.filter(pk=letter.pk).update(state=Letter.State.ACCEPTED)
    address = carrier.report_address(gateway, letter).partition("127.0.0.1")[2]
    path = "/webhooks" + address.partition("/webhooks")[2]
    for _time in range(2):
        assert Client().get(f"{path}&status=1&reply=").status_code == 200
    assert letter_now(letter).arrived_at is not None
    assert lines_of(registration.case).count("letter.delivered") == 1
    assert Client().get(f"{path}&status=2&reply=phone+off").status_code == 200
    assert letter_now(letter).state == Letter.State.REFUSED
    assert lines_of(registration.case)[-1] != "letter.delivered"
    forged = reverse("channels:sms_report", args=["besos", "main"])
    assert Client().get(f"{forged}?letter=1&status=1").status_code == 403


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"sender": "Besòs"}, "sender_unreadable"),
        ({"address": "ftp://x"}, "address_unreadable"),
        ({"address": "http://gateway/"}, "login_missing"),
        ({"secret": "short"}, "secret_short"),
        ({"secret": "with a blank and sixteen"}, "secret_unfit"),
        ({"language": "fr"}, "language_not_spoken"),
        ({"kind": "gossip"}, "unknown_word"),
    ],
)
def test_a_gateway_that_cannot_work_is_refused(said: dict[str, str], code: str) -> None:
    house = a_house()
    with pytest.raises(Refused) as refused:
        a_gateway(house, **said)
    assert refused.value.code == code


def test_numbers_of_brazil_are_known_by_their_country() -> None:
    house = a_house()
    house.country = "BR"
    house.save()
    a_gateway(house, sender="+55 11 97777-0000")
    person = PersonGiven(name="Rita", telephone="(11) 98765-4321")
    registration = a_case(house, person=person, answer_channel=Case.Channel.SMS)
    bring(f"{registration.case.reference} obrigada", sender="5511987654321")
    assert len(cases()) == 1
    assert MOBILE not in str(cases())


def test_whoever_has_several_records_is_one_person() -> None:
    house = a_house()
    a_gateway(house)
    case = a_case(house, person=PersonGiven(name="Ana", email="ana@example.org")).case
    with viewing(the_house()):
        other = Person.objects.create(name="Ana P.", language="ca", created_at=FILED_AT)
        ContactPoint.objects.create(
            person=other, kind="telephone", value="600 100 200", normalised="+34600100200",
            created_at=FILED_AT,
        )  # fmt: skip
        laia = Account.objects.create_account(username="laia", name="Laia")
        ana = Person.objects.exclude(pk=other.pk).get()
        PersonMerge.objects.create(kept=ana, absorbed=other, reason="one", at=FILED_AT, by=laia)
    bring(f"{case.reference} encara espero")
    assert [one.pk for one in cases()] == [case.pk]


def test_the_form_offers_an_answer_by_sms_where_there_is_a_gateway() -> None:
    house = a_house()
    assert "Per SMS" not in Client().get("/besos/complain?lang=ca").content.decode()
    a_gateway(house, address="http://127.0.0.1:9/", login="me", password="secret")
    assert "Per SMS" in Client().get("/besos/complain?lang=ca").content.decode()


@pytest.mark.parametrize(
    ("number", "is_taken"), [("600 100 200", True), ("+55 11 98765-4321", True),
                             ("93 217 00 00", False), ("123456", False), ("", False)]
)  # fmt: skip
def test_an_answer_by_sms_asks_for_a_number_that_takes_one(number: str, is_taken: bool) -> None:
    house = a_house()
    a_gateway(house, address="http://127.0.0.1:9/", login="me", password="secret")
    form = ComplaintForm(
        house_rules(house.pk),
        MultiValueDict({"answer_channel": ["sms"], "telephone": [number]}),
        on=local_day(FILED_AT, house.timezone),
    )
    assert ("telephone" not in form.errors) is is_taken
    assert "email" not in form.errors
