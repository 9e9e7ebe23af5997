"""TLS to a real server: the certificate is looked at before anything is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from valedor.channels.carriers import NotTaken
from valedor.channels.email import server as mail
from valedor.channels.email.server import mail_server
from valedor.channels.tests.certificates import Authority, a_server_context, an_authority
from valedor.channels.tests.post_room import a_post_room

MESSAGE = b"Subject: one letter\r\n\r\nGood morning.\r\n"
WAYS = pytest.mark.parametrize("way", ["smtps", "starttls"])


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return an_authority(tmp_path)


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """The machine trusts the authority: what an administrator does with ``SSL_CERT_FILE``."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    mail._trust.cache_clear()
    yield authority
    mail._trust.cache_clear()


def hand_over(url: str) -> str:
    return mail_server(url, "house").hand_over(
        MESSAGE, sender="us@example.org", recipient="ana@example.org"
    )


@WAYS
def test_letters_leave_over_a_trusted_connection(
    trusted: Authority, tmp_path: Path, way: str
) -> None:
    context = a_server_context(trusted, tmp_path, address="127.0.0.1")
    with a_post_room(**{way: context}) as room:
        assert hand_over(room.url).startswith("250")
        assert len(room.messages) == 1


@WAYS
def test_a_certificate_that_nobody_vouches_for_is_refused_in_words(
    authority: Authority, tmp_path: Path, way: str
) -> None:
    context = a_server_context(authority, tmp_path, address="127.0.0.1")
    with a_post_room(**{way: context}) as room:
        with pytest.raises(NotTaken, match=r"^The certificate of 127\.0\.0\.1 is not trusted: "):
            hand_over(room.url)
        assert room.messages == []


@WAYS
def test_a_certificate_of_another_server_is_refused(
    trusted: Authority, tmp_path: Path, way: str
) -> None:
    context = a_server_context(trusted, tmp_path, address="127.0.0.2")
    with a_post_room(**{way: context}) as room:
        with pytest.raises(NotTaken, match=r"not trusted: .*mismatch.*127\.0\.0\.1"):
            hand_over(room.url)
        assert room.messages == []


def test_a_server_without_tls_gets_no_letter_when_tls_is_asked_for() -> None:
    with a_post_room() as room:
        with pytest.raises(NotTaken, match=r"127\.0\.0\.1 does not offer STARTTLS"):
            hand_over(room.url + "?starttls=1")
        assert room.messages == []
