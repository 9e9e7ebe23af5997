"""What ``valedor check`` says of the mail server: asked as letters ask it, and nothing is sent."""

from pathlib import Path

import pytest
from pytest_django import Settings

from valedor.channels.tests.certificates import a_server_context, an_authority
from valedor.channels.tests.post_room import a_post_room
from valedor.config.checkup import mail_server
from valedor.foundation.checkup import Finding


@pytest.fixture(autouse=True)
def _real(settings: Settings) -> None:
    settings.DEMO = False


def test_a_server_that_answers(settings: Settings) -> None:
    with a_post_room() as room:
        settings.SMTP_URL = room.url
        assert list(mail_server()) == [Finding(f"127.0.0.1 answers on port {room.port}.")]
        assert room.messages == []


def test_a_certificate_that_is_not_trusted(settings: Settings, tmp_path: Path) -> None:
    context = a_server_context(an_authority(tmp_path), tmp_path, address="127.0.0.1")
    with a_post_room(starttls=context) as room:
        settings.SMTP_URL = room.url
        (found,) = mail_server()
    assert "The certificate of 127.0.0.1 is not trusted" in found.sentence
    assert "SSL_CERT_FILE" in found.to_do


def test_a_wrong_setting_and_a_server_that_is_not_there(settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:mail"
    (found,) = mail_server()
    assert "port that is no number" in found.sentence
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    (found,) = mail_server()
    assert found.sentence.startswith("The mail server does not take letters: ")
    assert found.to_do == "look at SMTP_URL"
