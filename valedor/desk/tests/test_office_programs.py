"""Somebody of the office makes the token of a program that acts as them, on their own page."""

import re

import pytest
from django.test import Client

from tests.architecture.visitors import signed_in
from tests.cast import Cast, the_cast
from valedor.people.models import Account
from valedor.programs.models import ApiToken
from valedor.review.tests.office_cast import the_office

PAGE = "/desk/office/programs"
FORM = {"name": "Robot", "entity": "besos", "days": "30"}


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


def browser_of(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    signed_in(account)(client)
    return client


def test_it_is_shown_once_and_opens_the_office_until_it_is_revoked(cast: Cast) -> None:
    the_office(cast)
    felix = browser_of(cast.felix)
    made = felix.post(PAGE, FORM)
    found = re.search(r"valedor_[\w-]{40,}", made.content.decode())
    assert found
    assert "no-store" in made["Cache-Control"]
    assert found[0] not in felix.get(PAGE).content.decode()
    headers = {"authorization": f"Bearer {found[0]}"}
    assert Client().get("/api/v1/office/files", headers=headers).status_code == 200
    assert felix.post(PAGE, {"end": "Robot"}).status_code == 302
    assert Client().get("/api/v1/office/files", headers=headers).status_code == 401


def test_bad_input_is_told_and_nobody_ends_what_is_not_theirs(cast: Cast) -> None:
    office = the_office(cast)
    felix, nil = browser_of(cast.felix), browser_of(office.nil)
    for wrong in ({"name": ""}, {"name": "x\0"}, {"days": "0"}, {"days": "x"}, {"entity": "ipe"}):
        assert felix.post(PAGE, FORM | wrong).status_code == 422
    assert felix.post(PAGE, FORM).status_code == 200
    assert felix.post(PAGE, FORM).status_code == 422  # Sent twice: the name is taken.
    assert (
        "There is no living token" in nil.post(PAGE, {"end": "Robot"}, follow=True).content.decode()
    )
    assert ApiToken.objects.get(name="Robot").revoked_at is None
    assert "Robot" not in nil.get(PAGE).content.decode()
    for stranger in (cast.bruno, cast.gia):
        assert browser_of(stranger).post(PAGE, FORM).status_code == 403
