"""Mandates that the house records, letters to those let in, and what goes when a case is erased."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, a_case, acting, again, days, kinds_of, refusing, the_cast
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Letter, Stage
from valedor.foundation.moments import local_day, now
from valedor.participants.actions.copy_letter import copy_letter
from valedor.participants.actions.let_in import let_in
from valedor.participants.actions.let_out import let_out
from valedor.participants.models import Participant
from valedor.participants.rules import Invited
from valedor.participants.tasks import let_out_those_whose_time_is_over
from valedor.people.models import ContactPoint, Person
from valedor.privacy.actions.erase import erase

JOAN = Invited(
    name="Joan Pi",
    role="representative",
    scope="act",
    language="en",
    email="joan@pi.example",
    gets_letters=True,
)


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


def inside(case: Case, **more: object) -> Participant:
    return let_in(case, replace(JOAN, **more), by=COMPLAINANT, at=days(1)).participant  # type: ignore[arg-type]


def desk_of(cast: Cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.bruno)
    return client


# ------------------------------------------------------------------ by the house
def test_the_handler_records_a_mandate_and_ends_it(cast: Cast) -> None:
    case, bruno = a_case(cast, stage=Stage.ASSESSED), staff(cast.bruno)
    done = let_in(case, JOAN, by=bruno, at=days(1), basis="Power of attorney of 3 May")
    shown = desk_of(cast).get(reverse("desk:case", args=[case.reference]))
    page = shown.content.decode()
    assert shown.status_code == 200, page
    assert "Joan Pi, representative. May act for the person" in page
    assert (
        reverse("desk:act_on", args=[case.reference, "participants", done.participant.pk]) in page
    )
    with acting(cast):
        told = Letter.objects.filter(case=case, recipient=case.complainant_id, kind="access_word")
        assert told.count() == 1
    let_out(case, participant=done.participant, by=bruno, at=days(2), reason="Revoked.")
    with acting(cast):
        ended = Participant.objects.get(pk=done.participant.pk)
        assert (ended.ending, ended.end_reason) == ("by_the_house", "Revoked.")
        assert kinds_of(case)[-2:] == ["participant.let_in", "participant.let_out"]
    with acting(cast), refusing(case, "out_already"):
        let_out(case, participant=ended, by=bruno, at=days(3))


def test_by_the_form_of_the_desk(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED, received_at=now())
    address = reverse("desk:act", args=[case.reference, "participant"])
    client, typed = desk_of(cast), {
        "name": "Joan Pi", "role": "interpreter", "scope": "write", "language": "ca",
        "postal_address": "Carrer Major 3, 08930 Sant Adrià", "basis": "Signed form",
    }  # fmt: skip
    assert client.get(address).status_code == 200
    wrong = client.post(address, typed | {"expires_on": "2020-01-01"})
    assert wrong.status_code == 409
    assert "That day is over" in wrong.content.decode()
    shown = client.post(address, typed)
    assert shown.status_code == 200
    assert "The code below is that of Joan Pi alone" in shown.content.decode()


@pytest.mark.parametrize("who", ["dario", "gia", "ines"])
def test_who_may_not(cast: Cast, who: str) -> None:
    case = a_case(cast)
    with acting(cast), refusing(case, "not_permitted"):
        let_in(case, JOAN, by=staff(getattr(cast, who)), at=days(1))


def test_the_handler_is_let_in_on_nobodys_side(cast: Cast) -> None:
    type(cast.bruno).objects.filter(pk=cast.bruno.pk).update(email="bruno@besos.example")
    case = a_case(cast)
    with acting(cast), refusing(case, "staff"):
        let_in(case, replace(JOAN, email=" BRUNO@besos.example"), by=COMPLAINANT, at=days(1))


# ------------------------------------------------------------------ letters
def test_letters_go_to_those_who_asked_for_them_once(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    inside(case)
    inside(case, name="Maria Ros", email="maria@ros.example", gets_letters=False)
    inside(case, name="Pep Pi", email="", postal_address="Carrer Major 3")
    with acting(cast):
        answer = Letter.objects.get(case=case, kind="response")
        assert copy_letter(again(case), letter=answer, at=days(2)) == 2
        assert copy_letter(again(case), letter=answer, at=days(2)) == 0
        by_mail, on_paper = Letter.objects.filter(case=case, kind="letter_copy").order_by("pk")
        assert by_mail.contact_point is not None
        assert by_mail.contact_point.value == "joan@pi.example"
        assert by_mail.language == "en"
        assert "For you to know, a letter of" in by_mail.body
        assert answer.subject in by_mail.body
        assert on_paper.channel == "letter"
        assert copy_letter(again(case), letter=by_mail, at=days(2)) == 0


def test_nothing_goes_to_those_who_are_out(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    who = inside(case)
    let_out(case, participant=who, by=COMPLAINANT, at=days(1.5))
    with acting(cast):
        answer = Letter.objects.get(case=case, kind="response")
        assert copy_letter(again(case), letter=answer, at=days(2)) == 0


# ------------------------------------------------------------------ the end
def test_the_clock_lets_out_and_tells_the_person_once(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    today = local_day(now(), case.entity.timezone)
    who = let_in(case, replace(JOAN, expires_on=today), by=COMPLAINANT, at=now()).participant
    let_out_those_whose_time_is_over()
    with acting(cast):
        assert Participant.objects.get(pk=who.pk).ended_at is None  # Its last day.
        Participant.objects.filter(pk=who.pk).update(expires_on=today - timedelta(days=1))
    for _time in range(2):
        let_out_those_whose_time_is_over()
    with acting(cast):
        assert Participant.objects.get(pk=who.pk).ending == "expired"
        assert kinds_of(case).count("participant.let_out") == 1


def test_goes_with_the_case(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    who = inside(case, organisation="Consumidors del Besòs", email="", postal_address="Street 3")
    with acting(cast):
        Letter.objects.filter(case=case).update(state="accepted")
        erase(again(case), by=staff(cast.carla), at=days(900))
    with acting(cast):
        left = Participant.objects.get(pk=who.pk)
        assert (left.organisation, left.code_digest) == ("", None)
        person = Person.objects.get(pk=who.person_id)
        assert person.name == ""
        assert person.erased_at is not None
        assert not ContactPoint.objects.filter(person=person).exists()
