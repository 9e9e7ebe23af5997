"""What was typed is kept for whoever typed it, where they typed it, and no longer."""

import pytest

from tests.cast import Cast
from valedor.casefile.models import Case
from valedor.desk.tests.unsent.browser import NOTE, WHERE, Browser, at_the_note, sessions_end
from valedor.foundation import moments
from valedor.people.actions.unsent import LARGEST, MOST, forget_unsent
from valedor.people.models import Account, UnsentPost
from valedor.people.unsent import COOKIE, KEPT

pytestmark = pytest.mark.django_db


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
    stored = b"".join(map(bytes, (kept.browser_digest, kept.sealed)))
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
