"""A session that ends while somebody writes loses nothing of what they typed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast as people
from tests.cast import Cast, acting
from valedor.casefile.models import Case
from valedor.desk.tests.unsent.browser import (
    NOTE,
    WHERE,
    Browser,
    at_the_note,
    notes_of,
    sessions_end,
)
from valedor.people.models import Role, UnsentPost
from valedor.people.unsent import WAITS

pytestmark = pytest.mark.django_db


def test_a_note_survives_the_end_of_the_session_and_is_written_once(
    cast: Cast, case: Case, bruno: Browser
) -> None:
    at_the_note(bruno, case)
    sessions_end()

    bruno.send('name="text"', text=NOTE)
    assert bruno.shown.redirect_chain == [("/accounts/login/?next=/desk/unsent", 302)]
    assert "What you typed is kept for two hours" in bruno.text
    assert notes_of(case, cast) == []

    bruno.sign_in(cast.bruno)
    assert bruno.shown.request["PATH_INFO"] == WHERE
    assert NOTE.replace("\r\n", "\n") in bruno.text.replace("\r\n", "\n")
    assert "<dt>Internal note</dt>" in bruno.mark_up
    assert f'<span class="reference">{case.reference}</span></h2>' in bruno.mark_up
    assert notes_of(case, cast) == [], "nothing is done by itself"

    page = bruno.shown
    bruno.send("Send it again")
    assert bruno.shown.request["PATH_INFO"] == f"/desk/cases/{case.reference}"
    assert [one.replace("\r\n", "\n") for one in notes_of(case, cast)] == [
        NOTE.replace("\r\n", "\n")
    ]
    assert "Typed and not sent" not in bruno.text

    bruno.shown = page
    bruno.send("Send it again")
    assert bruno.shown.status_code == 409
    assert "This was sent already" in bruno.text
    assert len(notes_of(case, cast)) == 1
    assert not UnsentPost.objects.exists()


def test_the_second_factor_is_asked_for_in_between(cast: Cast, case: Case, settings: Any) -> None:
    settings.DEMO = False
    secret = generate_totp_secret()
    TOTP.activate(cast.carla, secret)
    carla = Browser()
    carla.sign_in(cast.carla)
    carla.send('name="code"', code=code_of(secret))
    at_the_note(carla, case)
    sessions_end()
    carla.send('name="text"', text=NOTE)

    carla.sign_in(cast.carla)
    assert carla.shown.request["PATH_INFO"] == "/accounts/2fa/authenticate/"
    assert "the meter was changed" not in carla.text
    forget_used_codes()
    carla.send('name="code"', code=code_of(secret))
    assert carla.shown.request["PATH_INFO"] == WHERE
    carla.send("Send it again")
    assert len(notes_of(case, cast)) == 1


def test_a_role_that_asks_for_a_second_factor_loses_nothing(
    cast: Cast, case: Case, bruno: Browser, settings: Any
) -> None:
    settings.DEMO = False
    at_the_note(bruno, case)
    cast.bruno.grants.create(role=Role.LEAD, team=cast.attention, granted_at=people.FRIDAY)
    bruno.send('name="text"', text=NOTE)
    assert bruno.shown.request["PATH_INFO"] == "/accounts/2fa/"
    assert "set the second factor up, and you can send it" in bruno.text
    assert notes_of(case, cast) == []

    TOTP.activate(cast.bruno, generate_totp_secret())
    bruno.open(WHERE)
    bruno.send("Send it again")
    assert len(notes_of(case, cast)) == 1


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def forget_used_codes() -> None:
    """A code is taken once, and half a minute is long for a test."""
    from django.core.cache import cache

    cache.clear()


def test_it_can_be_dropped(cast: Cast, case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text=NOTE)
    bruno.sign_in(cast.bruno)

    bruno.send("Drop it")
    assert "It is dropped." in bruno.text
    assert "Nothing waits to be sent" in bruno.text
    assert not UnsentPost.objects.exists()
    assert notes_of(case, cast) == []


def test_dropping_is_not_kept_itself(cast: Cast, case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text=NOTE)
    bruno.sign_in(cast.bruno)
    sessions_end()
    bruno.send("Drop it")

    bruno.sign_in(cast.bruno)
    assert bruno.shown.request["PATH_INFO"] == WHERE
    assert bruno.mark_up.count("the meter was changed") == 2  # Once to be read, once to be sent.


def test_a_form_of_an_earlier_sign_in_is_kept_too(cast: Cast, case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    form = bruno.shown
    sessions_end()
    bruno.shown = None
    bruno.sign_in(cast.bruno)  # In another window: the token of the form is of no use now.

    bruno.shown = form
    bruno.send('name="text"', text=NOTE)
    assert bruno.shown.request["PATH_INFO"] == WHERE
    bruno.send("Send it again")
    assert len(notes_of(case, cast)) == 1


CONTACT = {
    "channel": "telephone",
    "received_at": "2026-11-20T18:00",
    "language": "es",
    "kind": "complaint",
    "name": "Marta Soler",
    "email": "marta@example.org",
    "answer_channel": "email",
    "narrative": "Le cobran dos veces.",
}


@pytest.mark.parametrize("signs_in_elsewhere", [False, True])
def test_a_contact_is_registered_once(
    cast: Cast, bruno: Browser, monkeypatch: pytest.MonkeyPatch, signs_in_elsewhere: bool
) -> None:
    """This page looks at the token of its form itself, after it kept what arrived."""
    monkeypatch.setattr("valedor.desk.views.register.now", lambda: people.days(1))
    bruno.open("/desk/register?entity=besos")
    form = bruno.shown
    sessions_end()
    if signs_in_elsewhere:
        bruno.shown = None
        bruno.sign_in(cast.bruno)
        bruno.shown = form
    bruno.send('name="narrative"', **CONTACT)
    with acting(cast):
        assert not Case.objects.exists()

    if not signs_in_elsewhere:
        bruno.sign_in(cast.bruno)
    assert "Le cobran dos veces." in bruno.text
    bruno.send("Send it again")
    assert bruno.shown.status_code == 200, bruno.text
    with acting(cast):
        assert Case.objects.get().complainant.name == "Marta Soler"  # type: ignore[union-attr]


def test_files_are_said_not_to_be_kept_and_secrets_are_not(
    case: Case, cast: Cast, bruno: Browser
) -> None:
    bruno.open(f"/desk/cases/{case.reference}/document")
    sessions_end()
    file = SimpleUploadedFile("bill.txt", b"Two charges.", "text/plain")
    bruno.send('name="file"', files={"file": file}, own_password="swordfish")

    bruno.sign_in(cast.bruno)
    assert "Files are not kept. Choose these again: bill.txt" in bruno.text
    assert "swordfish" not in bruno.text
    assert 'enctype="multipart/form-data"' in bruno.mark_up
    bruno.send("Send it again")
    assert bruno.shown.status_code == 422
    assert not UnsentPost.objects.exists(), "the form itself has what was typed now"


def test_what_a_rule_refuses_then_stays_to_be_seen(cast: Cast, case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text=NOTE)
    with acting(cast):
        Case.objects.filter(pk=case.pk).update(recused=[cast.bruno.pk])

    bruno.sign_in(cast.bruno)
    assert "the meter was changed" in bruno.text
    bruno.send("Send it again")
    assert bruno.shown.status_code == 404
    assert UnsentPost.objects.count() == 1


def test_it_is_kept_again_where_the_session_ends_again(
    cast: Cast, case: Case, bruno: Browser
) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text=NOTE)
    bruno.sign_in(cast.bruno)
    sessions_end()
    bruno.send("Send it again")

    assert UnsentPost.objects.count() == 1
    bruno.sign_in(cast.bruno)
    bruno.send("Send it again")
    assert len(notes_of(case, cast)) == 1


def test_every_page_of_the_desk_says_that_something_waits(
    cast: Cast, case: Case, bruno: Browser
) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text=NOTE)
    bruno.shown = None
    bruno.sign_in(cast.bruno)  # By another way than the one that leads there.

    bruno.open("/desk/")
    assert "Typed and not sent" in bruno.text
    assert f'href="{WHERE}"' in bruno.mark_up
    bruno.open(WHERE)
    bruno.send("Drop it")
    bruno.open("/desk/")
    assert "Typed and not sent" not in bruno.text
    assert not bruno.client.cookies[WAITS].value


ADDRESSES: list[tuple[str, Callable[[Case], str], dict[str, str], list[str]]] = [
    (
        "assessment",
        lambda case: f"/desk/cases/{case.reference}/assessment",
        {"severity": "2", "difficulty": "simple", "people_affected": "3"},
        ['<dd class="prose">Medium</dd>', "Simple", "3"],
    ),
    ("absences", lambda _case: "/desk/absences", {"note": "Ask Carla."}, ["Ask Carla."]),
    ("register", lambda _case: "/desk/register", {"narrative": "A leak."}, ["A leak."]),
]


@pytest.mark.parametrize(
    ("where", "typed", "shown"),
    [(where, typed, shown) for _name, where, typed, shown in ADDRESSES],
    ids=[name for name, *_rest in ADDRESSES],
)
def test_any_form_is_shown_in_its_own_words(
    cast: Cast,
    case: Case,
    bruno: Browser,
    where: Callable[[Case], str],
    typed: dict[str, str],
    shown: list[str],
) -> None:
    bruno.open(where(case))
    title = re.search(r"<h1[^>]*>(.*?)</h1>", bruno.mark_up, re.DOTALL)
    sessions_end()
    bruno.send(f'name="{next(iter(typed))}"', **typed)
    bruno.sign_in(cast.bruno)

    assert title is not None
    assert re.search(rf"<h2[^>]*>{re.escape(title[1].strip())}\b", bruno.mark_up)
    for words in shown:
        assert words in bruno.mark_up
    for name in typed:
        assert f"<dt>{name}</dt>" not in bruno.mark_up


@pytest.mark.parametrize(
    ("language", "button"),
    [
        ("es", "Enviarlo de nuevo"),
        ("ca", "Tornar-ho a enviar"),
        ("pt-br", "Enviar de novo"),
        ("en", "Send it again"),
    ],
)
def test_it_speaks_four_languages(cast: Cast, case: Case, language: str, button: str) -> None:
    browser = Browser(language)
    browser.sign_in(cast.bruno)
    at_the_note(browser, case)
    sessions_end()
    browser.send('name="text"', text=NOTE)
    browser.sign_in(cast.bruno)

    assert button in browser.text
    assert ("Typed and not sent" in browser.text) is (language == "en")
