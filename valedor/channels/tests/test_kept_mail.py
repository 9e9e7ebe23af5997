"""The demonstration keeps its mail and shows it; nothing else does."""

import pytest
from django.core.mail import send_mail
from django.test import Client
from pytest_django import Settings

from valedor.casefile.models import Letter
from valedor.channels import sending
from valedor.channels.carriers import NotTaken
from valedor.channels.email import kept
from valedor.channels.tests.post_room import FILED_AT, a_case, a_post_room, letter_now

BACKEND = "valedor.channels.email.backend.StaffMail"


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: object) -> None:
    settings.KEPT_MAIL = tmp_path
    settings.DEMO = True


@pytest.mark.usefixtures("committed_database")
def test_letters_are_kept_and_shown(client: Client) -> None:
    registration = a_case(subject="<b>Factura</b>")
    assert registration.letter is not None
    sending.deliver(registration.letter.pk, at=FILED_AT)
    assert letter_now(registration.letter).state == Letter.State.ACCEPTED
    (mail,) = kept.newest()
    listing = client.get("/demo/mail/")
    assert listing.status_code == 200
    assert registration.case.reference in listing.content.decode()
    page = client.get(f"/demo/mail/{mail.name}/").content.decode()
    assert "Hola, Ana Pérez Solà:" in page
    assert "&lt;b&gt;Factura&lt;/b&gt;" in page
    assert "<b>Factura" not in page
    paper = client.get(f"/demo/mail/{mail.name}/1")
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nothing", "..%2F..%2Fsecret", "20261120T081400-1"])
def test_a_name_that_is_none_finds_nothing(client: Client, name: str) -> None:
    assert client.get(f"/demo/mail/{name}/").status_code == 404


@pytest.mark.django_db
def test_outside_the_demonstration_there_is_no_such_page(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = False
    assert client.get("/demo/mail/").status_code == 404


def test_mail_to_staff_is_kept_sent_or_an_error(settings: Settings) -> None:
    settings.EMAIL_BACKEND = BACKEND
    send_mail("Sign in", "A link", "valedor@house", ["ivan@house"])
    assert [mail.message["Subject"] for mail in kept.newest()] == ["Sign in"]
    settings.DEMO = False
    with pytest.raises(NotTaken, match="SMTP_URL"):
        send_mail("Sign in", "A link", "valedor@house", ["ivan@house"])
    with a_post_room() as room:
        settings.SMTP_URL = room.url
        send_mail("Sign in", "Accés", "valedor@house", ["ivan@house"])
        assert room.messages[0].get_content().strip() == "Accés"
