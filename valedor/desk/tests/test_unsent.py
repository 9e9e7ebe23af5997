"""A session that ends while somebody writes loses nothing of what they typed."""

import html
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
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast as people
from tests.cast import Cast, a_case, acting
from valedor.casefile.models import Case, EntryContent
from valedor.foundation import moments
from valedor.people.actions.unsent import LARGEST, MOST, forget_unsent
from valedor.people.models import Account, UnsentPost
from valedor.people.unsent import COOKIE, KEPT, WAITS

pytestmark = pytest.mark.django_db

PASSWORD = "a long pass phrase"
NOTE = "Ana called. She says: “the meter was changed” & <nobody> told her.\r\nSecond line."
WHERE = "/desk/unsent"


@pytest.fixture
def cast() -> Cast:
    made = people.the_cast()
    for account in (made.bruno, made.carla, made.dario):
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
    return made


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast)


class Browser:
    """A browser without scripts: it sends the forms that pages show it, tokens and all."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        self.shown: Any = None

    @property
    def text(self) -> str:
        return html.unescape(self.shown.content.decode())

    def open(self, address: str) -> Any:
        self.shown = self.client.get(address, follow=True)
        return self.shown

    def send(self, form: str = "", *, files: Any = None, **typed: Any) -> Any:
        """Fill in and send the form of the page that has ``form`` in it; follow where it leads."""
        address, fields = self.form(form)
        self.shown = self.client.post(
            address or self.shown.request["PATH_INFO"],
            fields | typed | (files or {}),
            follow=True,
            headers={"origin": "http://testserver"},
        )
        return self.shown

    def form(self, part: str = "") -> tuple[str, dict[str, str]]:
        for found in re.findall(r"<form[^>]*method=\"post\".*?</form>", self.mark_up, re.DOTALL):
            if part in found:
                action = re.search(r'<form[^>]*action="([^"]*)"', found)
                hidden = re.findall(
                    r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found, re.DOTALL
                )
                values = {html.unescape(name): html.unescape(value) for name, value in hidden}
                return html.unescape(action[1]) if action else "", values
        raise AssertionError(f"there is no form with {part}: {self.mark_up}")

    @property
    def mark_up(self) -> str:
        return str(self.shown.content.decode())

    def sign_in(self, account: Account, password: str = PASSWORD) -> Any:
        if not self.shown or "/accounts/login/" not in self.shown.request["PATH_INFO"]:
            self.open("/accounts/login/")
        return self.send('name="password"', login=account.username, password=password)


def sessions_end() -> None:
    Session.objects.all().delete()


def notes_of(case: Case, cast: Cast) -> list[str]:
    with acting(cast):
        noted = EntryContent.objects.filter(id__case=case, id__kind="case.note_written")
        return list(noted.values_list("body", flat=True))


def at_the_note(browser: Browser, case: Case) -> None:
    browser.open(f"/desk/cases/{case.reference}/note")
    assert 'name="text"' in browser.mark_up


@pytest.fixture
def bruno(cast: Cast, settings: Any) -> Browser:
    """At work; his role asks for no second factor."""
    browser = Browser()
    browser.sign_in(cast.bruno)
    return browser


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


def test_what_another_site_sends_is_refused_and_not_kept(
    cast: Cast, case: Case, bruno: Browser
) -> None:
    at_the_note(bruno, case)
    address = f"/desk/cases/{case.reference}/note"
    for headers in ({}, {"origin": "https://elsewhere.example"}, {"origin": "null"}):
        answer = bruno.client.post(address, {"text": NOTE}, headers=headers)
        assert answer.status_code == 403
        sessions_end()
        assert bruno.client.post(address, {"text": NOTE}, headers=headers).status_code == 403
    assert not UnsentPost.objects.exists()


def test_a_browser_that_nobody_worked_in_keeps_nothing(case: Case) -> None:
    stranger = Browser()
    stranger.open("/accounts/login/")
    token = stranger.form('name="password"')[1]["csrfmiddlewaretoken"]
    for cookie in ("", "nonsense", "WzEsIjAwIl0:1:x"):
        stranger.client.cookies[COOKIE] = cookie
        answer = stranger.client.post(
            f"/desk/cases/{case.reference}/note", {"text": NOTE, "csrfmiddlewaretoken": token}
        )
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/?next=/desk/cases/")
    assert not UnsentPost.objects.exists()


def test_only_the_same_account_in_the_same_browser_sees_it(
    cast: Cast, case: Case, bruno: Browser
) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text=NOTE)
    number = str(UnsentPost.objects.get().pk)

    elsewhere = Browser()
    elsewhere.sign_in(cast.bruno)
    assert "the meter was changed" not in elsewhere.open(WHERE).content.decode()
    elsewhere.open(f"/desk/cases/{case.reference}/note")
    token = elsewhere.form('name="text"')[1]["csrfmiddlewaretoken"]
    elsewhere.client.post(WHERE, {"drop": number, "csrfmiddlewaretoken": token})
    assert UnsentPost.objects.exists()

    bruno.sign_in(cast.dario)
    assert bruno.shown.request["PATH_INFO"] == WHERE
    assert "the meter was changed" not in bruno.text
    assert "Nothing waits to be sent" in bruno.text


def test_nothing_that_is_stored_can_be_read_without_the_browser(case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text=NOTE)

    kept = UnsentPost.objects.get()
    stored = b"".join(map(bytes, (kept.browser_digest, kept.salt, kept.sealed)))
    secret = bruno.client.cookies[COOKIE].value
    for open_text in (b"meter", case.reference.encode(), secret.encode()):
        assert open_text not in stored
    cookie = bruno.client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/desk/")


def test_after_two_hours_it_is_gone(
    cast: Cast, case: Case, bruno: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text=NOTE)
    UnsentPost.objects.update(at=moments.now() - KEPT)

    bruno.sign_in(cast.bruno)
    assert "Nothing waits to be sent" in bruno.text
    assert forget_unsent(at=moments.now()) == 1
    assert not UnsentPost.objects.exists()


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


def test_a_part_of_a_page_says_so_in_place(case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    token = bruno.form('name="text"')[1]["csrfmiddlewaretoken"]
    sessions_end()
    answer = bruno.client.post(
        f"/desk/cases/{case.reference}/drafts/note",
        {"text": NOTE, "csrfmiddlewaretoken": token},
        headers={"hx-request": "true"},
    )

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#messages")
    assert "Sign in in another window" in answer.content.decode()
    assert not UnsentPost.objects.exists()


def test_too_much_is_told(case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    sessions_end()
    bruno.send('name="text"', text="x" * LARGEST)
    assert "It is too much to be kept here" in bruno.text
    assert not UnsentPost.objects.exists()


def test_the_oldest_make_room(case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    form = bruno.shown
    sessions_end()
    for number in range(MOST + 2):
        bruno.shown = form
        bruno.send('name="text"', text=f"Note {number}.")
    assert UnsentPost.objects.count() == MOST


def test_whoever_lost_their_sign_in_keeps_nothing(cast: Cast, case: Case, bruno: Browser) -> None:
    at_the_note(bruno, case)
    Account.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    bruno.send('name="text"', text=NOTE)
    assert not UnsentPost.objects.exists()


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
