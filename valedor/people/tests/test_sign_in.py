"""Sign-in of staff: invitations, passwords, throttling, the second factor."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from valedor.people.actions.accounts import (
    add_account,
    change_account,
    deactivate_account,
    reset_sign_in,
)
from valedor.people.actions.entities import add_entity
from valedor.people.actions.establish import establish
from valedor.people.actions.roles import grant_role
from valedor.people.actions.teams import add_team
from valedor.people.models import Account, Role, Team
from valedor.people.one_time_links import OneTimeLinks
from valedor.people.sign_in import one_time_link

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def team() -> Team:
    establish("Grup Besòs", at=AT)
    besos = add_entity(
        "besos", name="Besòs", country="ES", region="ES-CT", languages=["ca"], by=None, at=AT
    )
    return add_team("general", name={"ca": "General"}, entities=[besos], by=None, at=AT)


@pytest.fixture
def bruno(team: Team) -> Account:
    account = add_account("bruno", name="Bruno", email="bruno@besos.example", by=None, at=AT)
    grant_role(account, Role.HANDLER, team=team, by=None, at=AT)
    return account


@pytest.fixture
def carla(team: Team) -> Account:
    account = add_account("carla", name="Carla", email="carla@besos.example", by=None, at=AT)
    grant_role(account, Role.LEAD, team=team, by=None, at=AT)
    return account


def client() -> Client:
    return Client(headers={"accept-language": "en"})


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def choose_password(browser: Client, link: str, password: str = PASSWORD) -> str:
    page = browser.get(path_of(link), follow=True)
    where = page.redirect_chain[-1][0]
    answer = browser.post(where, {"password1": password, "password2": password})
    return str(answer.headers.get("Location", ""))


def with_password(account: Account) -> Account:
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    return account


def sign_in(browser: Client, login: str, password: str = PASSWORD) -> str:
    answer = browser.post("/accounts/login/", {"login": login, "password": password})
    return str(answer.headers.get("Location", ""))


# ------------------------------------------------------------------ one-time links
def test_an_invitation_opens_once_and_signs_in(bruno: Account) -> None:
    link = reset_sign_in(bruno, by=None, at=AT)
    browser = client()
    assert choose_password(browser, link) == "/desk/"
    assert "_auth_user_id" in browser.session
    again = client().get(path_of(link), follow=True)
    assert "This link does not open any more" in again.content.decode()


def test_a_newer_link_a_new_address_or_no_sign_in_closes_it(bruno: Account) -> None:
    first = reset_sign_in(bruno, by=None, at=AT)
    second = reset_sign_in(bruno, by=None, at=AT)
    assert "any more" in client().get(path_of(first), follow=True).content.decode()
    change_account(bruno, email="other@besos.example", by=None, at=AT)
    assert "any more" in client().get(path_of(second), follow=True).content.decode()
    third = reset_sign_in(bruno, by=None, at=AT)
    deactivate_account(bruno, by=None, at=AT)
    assert "any more" in client().get(path_of(third), follow=True).content.decode()


def test_an_invitation_lasts_seven_days_and_a_reset_one(
    bruno: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = OneTimeLinks()
    token = links.make_token(bruno)
    now = datetime.now()  # noqa: DTZ005 -- the clock that Django's tokens read

    def later(days: float) -> None:
        monkeypatch.setattr(OneTimeLinks, "_now", lambda _self: now + timedelta(days=days))

    later(6.9)
    assert links.check_token(bruno, token)
    later(7.1)
    assert not links.check_token(bruno, token)
    with_password(bruno)
    later(0)
    token = links.make_token(bruno)
    later(0.9)
    assert links.check_token(bruno, token)
    later(1.1)
    assert not links.check_token(bruno, token)


@pytest.mark.parametrize("token", ["", "x", "abc-def", "é-1", "1-" * 400, "cz8-\x00"])
def test_a_forged_link_gets_a_page(bruno: Account, token: str) -> None:
    assert not OneTimeLinks().check_token(bruno, token)


def test_a_forgotten_password_is_reset_by_mail(bruno: Account) -> None:
    with_password(bruno)
    client().post("/accounts/password/reset/", {"email": "BRUNO@besos.example"})
    (letter,) = mail.outbox
    link = re.search(r"http\S+", str(letter.body))
    assert link is not None
    assert letter.to == ["bruno@besos.example"]
    assert choose_password(client(), link[0], "another long pass phrase") == "/desk/"


def test_an_unknown_address_is_answered_alike_and_gets_no_mail(bruno: Account) -> None:
    known = client().post("/accounts/password/reset/", {"email": bruno.email})
    mail.outbox.clear()
    unknown = client().post("/accounts/password/reset/", {"email": "nobody@x.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert mail.outbox == []


# ------------------------------------------------------------------ signing in
def test_signs_in_by_user_name_or_address(bruno: Account) -> None:
    with_password(bruno)
    assert sign_in(client(), "bruno") == "/desk/"
    assert sign_in(client(), "bruno@besos.example") == "/desk/"
    assert sign_in(client(), "bruno", "wrong") == ""


def test_whoever_was_deactivated_is_out_at_once(bruno: Account) -> None:
    with_password(bruno)
    browser = client()
    sign_in(browser, "bruno")
    deactivate_account(bruno, by=None, at=AT)
    assert browser.get("/accounts/2fa/").status_code == 302
    assert sign_in(client(), "bruno") != "/desk/"


def test_wrong_passwords_are_throttled_for_all_processes(bruno: Account) -> None:
    with_password(bruno)
    for _attempt in range(5):
        client().post("/accounts/login/", {"login": "bruno", "password": "wrong"})
    answer = client().post("/accounts/login/", {"login": "bruno", "password": PASSWORD})
    assert "Location" not in answer.headers
    assert "Too many failed" in answer.content.decode()
    cache.clear()
    assert sign_in(client(), "bruno") == "/desk/"


def test_a_reset_ends_every_session(bruno: Account) -> None:
    with_password(bruno)
    browser = client()
    sign_in(browser, "bruno")
    reset_sign_in(bruno, by=None, at=AT)
    assert browser.get("/accounts/password/change/").status_code == 302


@pytest.mark.parametrize(
    "address", ["signup/", "email/", "confirm-email/", "confirm-email/x/", "password/set/"]
)
def test_nobody_signs_up_or_changes_their_address(bruno: Account, address: str) -> None:
    assert client().get(f"/accounts/{address}").status_code == 404


# ------------------------------------------------------------------ the second factor
def test_a_role_that_needs_a_second_factor_is_led_to_it(carla: Account, bruno: Account) -> None:
    browser = client()
    sign_in(browser, with_password(carla).username)
    assert browser.get("/desk/settings/").headers["Location"] == "/accounts/2fa/"
    assert browser.get("/accounts/2fa/").status_code == 200
    other = client()
    sign_in(other, with_password(bruno).username)
    assert other.get("/desk/settings/").status_code == 403


def test_the_demonstration_does_without(carla: Account, settings: LazySettings) -> None:
    settings.DEMO = True
    browser = client()
    sign_in(browser, with_password(carla).username)
    assert browser.get("/desk/settings/").status_code == 403


def test_an_authenticator_app_is_set_up_asked_for_and_may_be_changed(carla: Account) -> None:
    browser = client()
    sign_in(browser, with_password(carla).username)
    page = browser.get("/accounts/2fa/totp/activate/")
    assert "<svg" in page.content.decode()
    assert "data:image" not in page.content.decode()
    form = page.context["form"]
    code = code_of(form.secret)
    browser.post("/accounts/2fa/totp/activate/", {"code": code})
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert form.secret not in str(kept.data)
    assert browser.get("/desk/settings/").status_code == 403
    assert browser.get("/accounts/2fa/recovery-codes/").status_code == 200

    other = client()
    assert sign_in(other, "carla") == "/accounts/2fa/authenticate/"
    assert other.get("/desk/settings/").status_code == 302
    wrong = other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Location" not in wrong.headers
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap()
    right = other.post("/accounts/2fa/authenticate/", {"code": codes.get_unused_codes()[0]})
    assert right.headers["Location"] == "/desk/"

    browser.post("/accounts/2fa/totp/deactivate/")
    assert browser.get("/desk/settings/").headers["Location"] == "/accounts/2fa/"


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_a_reset_removes_the_second_factor(carla: Account) -> None:
    TOTP.activate(carla, generate_totp_secret())
    reset_sign_in(carla, by=None, at=AT)
    assert not Authenticator.objects.exists()


# ------------------------------------------------------------------ pages
PAGES = [
    "login/",
    "logout/",
    "inactive/",
    "reauthenticate/",
    "password/change/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_sign_in_is_of_the_house(bruno: Account, address: str) -> None:
    browser = client()
    if address not in {"login/", "password/reset/"}:
        sign_in(browser, with_password(bruno).username)
    page = browser.get(f"/accounts/{address}", follow=True)
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count("<h1") == 1
    assert 'class="brand"' in html
    assert " style=" not in html
    assert "onclick=" not in html
    for script in re.findall(r"<script([^>]*)>", html):
        assert "src=" in script or 'type="application/json"' in script


def test_a_link_names_the_public_address_whatever_the_host(bruno: Account) -> None:
    from django.conf import settings

    assert one_time_link(bruno).startswith(f"{settings.PUBLIC_URL}/accounts/password/reset/key/")
