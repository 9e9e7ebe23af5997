"""A way into a case that fits one short message, opens what a mailed link opens and no more."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from valedor.casefile.letters import (
    letter_of_short_code,
    short_code_of,
    short_link,
    where_short_leads,
)
from valedor.casefile.models import Case, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.sms import composing
from valedor.channels.sms.counting import size_of
from valedor.channels.tests.post_room import FILED_AT, a_case, a_house
from valedor.channels.tests.sms_room import a_gateway
from valedor.intake.submission import PersonGiven

pytestmark = pytest.mark.usefixtures("committed_database")
ANA = PersonGiven(name="Ana", telephone="600 100 200")


def a_letter() -> Letter:
    house = a_house()
    a_gateway(house)
    letter = a_case(house, person=ANA, answer_channel=Case.Channel.SMS).letter
    assert letter is not None
    return letter


@pytest.mark.parametrize("number", [1, 31, 32, 987_654_321, 2**59])
def test_a_code_names_its_letter_and_no_other(number: int) -> None:
    code = short_code_of(number)
    assert letter_of_short_code(code) == letter_of_short_code(code.upper()) == number
    for place in range(len(code)):
        other = "b" if code[place] != "b" else "c"
        assert letter_of_short_code(code[:place] + other + code[place + 1 :]) is None


@pytest.mark.parametrize("code", ["", "a", "é" * 17, "a" * 12, "0" * 17, "a" * 400, "a/b" * 6])
def test_what_is_no_code_opens_nothing(code: str) -> None:
    assert letter_of_short_code(code) is None
    assert Client().get(f"/s/{code}").status_code == 404


def test_a_receipt_fits_one_short_message(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://atencio.aiguesdelbesos.cat"
    letter = a_letter()
    letter.subject = f"Rebut {letter.case.reference}"
    text = composing.words_of(letter)
    assert short_link(letter) in text
    assert size_of(text).parts == 1


def test_it_leads_into_the_case_for_as_long_as_a_mailed_link() -> None:
    letter = a_letter()
    client = Client()
    done = client.get(f"/s/{short_code_of(letter.pk)}", follow=True)
    assert done.status_code == 200
    assert letter.case.reference in done.content.decode()
    with viewing(the_house()):
        Letter.objects.filter(pk=letter.pk).update(accepted_at=FILED_AT - timedelta(days=400))
    late = Client().get(f"/s/{short_code_of(letter.pk)}", follow=True)
    assert late.status_code == 410


def test_it_is_revoked_with_the_others() -> None:
    letter = a_letter()
    with viewing(the_house()):
        Case.objects.filter(pk=letter.case_id).update(
            links_valid_from=FILED_AT + timedelta(days=30)
        )
    assert Client().get(f"/s/{short_code_of(letter.pk)}", follow=True).status_code == 410


def test_an_erased_case_is_led_to_no_more() -> None:
    letter = a_letter()
    with viewing(the_house()):
        assert where_short_leads(short_code_of(letter.pk)) is not None
        Case.objects.filter(pk=letter.case_id).update(erased_at=FILED_AT)
        assert where_short_leads(short_code_of(letter.pk)) is None
