"""The mail server that letters leave through, from ``SMTP_URL``.

Three ways a server can say no are told apart, because the law does: for now, for good, and
silence after everything was sent, when nobody knows whether it was taken.
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from valedor.foundation.environment import BadSetting

_PORTS = {"smtp": 25, "smtps": 465}
# Ten exchanges of this length end before another worker takes the letter over (outbound.LEASE).
TIMEOUT = 30.0


class NotTaken(Exception):
    """The server did not take a letter. ``answer`` is what it said, in its own words."""

    def __init__(
        self, answer: str, *, for_good: bool = False, address_refused: bool = False
    ) -> None:
        super().__init__(answer)
        self.answer = answer
        self.for_good = for_good
        self.address_refused = address_refused


class AcceptanceUnknown(NotTaken):
    """Everything was sent and no word came back: it may have been taken, or not."""


@dataclass(frozen=True)
class MailServer:
    """Where and how to hand over mail."""

    host: str
    port: int
    is_tls: bool = False  # TLS from the first byte (smtps).
    starts_tls: bool = False
    login: str = ""
    password: str = ""
    our_name: str = "localhost"

    def hand_over(self, content: bytes, *, sender: str, recipient: str) -> str:
        """Give the server one message for one recipient; its answer.

        Raises ``NotTaken`` for a refusal, ``AcceptanceUnknown`` where the connection ended before
        the server said whether it had taken the message.
        """
        try:
            session = self._connected()
            try:
                return self._converse(session, content, sender, recipient)
            finally:
                _part_from(session)
        except smtplib.SMTPResponseException as error:
            raise NotTaken(_said(error.smtp_code, error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(str(error) or type(error).__name__) from error

    def _connected(self) -> smtplib.SMTP:
        if self.is_tls:
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host,
                self.port,
                local_hostname=self.our_name,
                timeout=TIMEOUT,
                context=_trust(),
            )
        else:
            session = smtplib.SMTP(
                self.host, self.port, local_hostname=self.our_name, timeout=TIMEOUT
            )
        try:
            session.ehlo_or_helo_if_needed()
            if self.starts_tls:
                session.starttls(context=_trust())
                session.ehlo()
            if self.login:
                session.login(self.login, self.password)
        except BaseException:
            session.close()
            raise
        return session

    def _converse(self, session: smtplib.SMTP, content: bytes, sender: str, recipient: str) -> str:
        options = []
        if not (sender + recipient).isascii():
            if not session.has_extn("smtputf8"):
                raise NotTaken(
                    f"{self.host} does not carry addresses with letters beyond ASCII.",
                    for_good=True,
                    address_refused=True,
                )
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        code, said = session.mail(sender, options)
        _insist(code, said, {250})
        code, said = session.rcpt(recipient)
        _insist(code, said, {250, 251}, is_address=True)
        try:
            code, said = session.data(content)
        except smtplib.SMTPDataError as error:
            _insist(error.smtp_code, error.smtp_error, set())
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise AcceptanceUnknown(
                f"The connection ended before {self.host} said whether it took the letter: {error}"
            ) from error
        _insist(code, said, {250})
        return _said(code, said)


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """The authorities that the machine trusts. Reading them takes longer than sending a letter."""
    return ssl.create_default_context()


def _part_from(session: smtplib.SMTP) -> None:
    """Say goodbye. What the server answers to that changes nothing."""
    with suppress(OSError, smtplib.SMTPException):
        session.quit()
    session.close()


def _insist(code: int, said: bytes | str, wanted: set[int], *, is_address: bool = False) -> None:
    if code in wanted:
        return
    for_good = 500 <= code < 600
    raise NotTaken(_said(code, said), for_good=for_good, address_refused=for_good and is_address)


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:1000]


@lru_cache(maxsize=8)
def mail_server(url: str, our_name: str = "") -> MailServer:
    """The server of an ``SMTP_URL``.

    Raises ``BadSetting`` saying which part cannot be read and what to write instead.
    """
    example = "write smtp://login:password@host:587?starttls=1, or smtps://…"
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise BadSetting(f"SMTP_URL begins with {parts.scheme or url[:20]!r}: {example}.")
    try:
        port = parts.port
    except ValueError as error:
        raise BadSetting(f"SMTP_URL has a port that is no number: {example}.") from error
    if not parts.hostname:
        raise BadSetting(f"SMTP_URL names no host: {example}.")
    options = parse_qs(parts.query, keep_blank_values=True)
    unknown = sorted(set(options) - {"starttls"})
    if unknown:
        raise BadSetting(f"SMTP_URL has an option {unknown[0]!r} that does not exist: {example}.")
    starttls = options.get("starttls", ["0"])[-1]
    if starttls not in {"0", "1"}:
        raise BadSetting(f"SMTP_URL says starttls={starttls}: write 1 or 0.")
    if starttls == "1" and parts.scheme == "smtps":
        raise BadSetting("SMTP_URL asks for smtps and starttls at once: choose one.")
    return MailServer(
        host=parts.hostname,
        port=port or (587 if starttls == "1" else _PORTS[parts.scheme]),
        is_tls=parts.scheme == "smtps",
        starts_tls=starttls == "1",
        login=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        our_name=our_name or socket.gethostname(),
    )
