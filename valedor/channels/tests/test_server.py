"""What SMTP_URL may say."""

import pytest

from valedor.channels.email.server import MailServer, mail_server
from valedor.foundation.environment import BadSetting


def test_reads_login_port_and_tls() -> None:
    server = mail_server("smtp://me%40house:p%2Fw@example.org?starttls=1", "house")
    assert server == MailServer(
        host="example.org",
        port=587,
        starts_tls=True,
        login="me@house",
        password="p/w",
        our_name="house",
    )
    assert mail_server("smtps://mail.example.org", "house").port == 465
    assert mail_server("smtp://mail.example.org:2525", "house").port == 2525


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mail.example.org", "begins with"),
        ("http://mail.example.org", "begins with 'http'"),
        ("smtp://", "names no host"),
        ("smtp://mail.example.org:mail", "port that is no number"),
        ("smtp://mail.example.org?tls=1", "option 'tls'"),
        ("smtp://mail.example.org?starttls=yes", "write 1 or 0"),
        ("smtps://example.org?starttls=1", "choose one"),
    ],
)
def test_a_wrong_url_gets_a_sentence(url: str, says: str) -> None:
    with pytest.raises(BadSetting, match=says):
        mail_server(url, "house")
