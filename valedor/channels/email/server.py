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

from valedor.channels.carriers import AcceptanceUnknown, NotTaken
from valedor.foundation.environment import BadSetting

_PORTS = {"smtp": 25, "smtps": 465}
# A dozen exchanges of this length end before another worker takes the letter over (sending.LEASE).
TIMEOUT = 30.0
_CLOSING = 421  # "Service not available, closing the channel" (RFC 5321, 3.8).


class HungUp(NotTaken):
    """The connection ended before anything of the letter was sent: it was surely not taken."""


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
        """Give the server one message for one recipient, over a connection of its own; its answer.

        Raises ``NotTaken`` for a refusal, ``AcceptanceUnknown`` where the connection ended before
        the server said whether it had taken the message.
        """
        conversation = self.open()
        try:
            return conversation.give(content, sender=sender, recipient=recipient)
        finally:
            conversation.end()

    def open(self) -> "Conversation":
        """Connect, greet, and sign in where a login is set. Nothing is sent.

        Raises ``NotTaken`` saying why not: with a certificate that is not trusted, nothing of what
        we would say is said.
        """
        try:
            return Conversation(self.host, self._connected())
        except ssl.SSLCertVerificationError as error:
            raise NotTaken(
                f"The certificate of {self.host} is not trusted: {error.verify_message}."
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            missing = "STARTTLS" if self.starts_tls and "STARTTLS" in str(error) else "signing in"
            raise NotTaken(f"{self.host} does not offer {missing}.") from error
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


class Conversation:
    """An open connection: letters go over it one after the other, never two at a time."""

    def __init__(self, host: str, session: smtplib.SMTP) -> None:
        self.host = host
        self.given = 0  # How many letters went over it.
        self._session = session

    def give(self, content: bytes, *, sender: str, recipient: str) -> str:
        """One message for one recipient; the server's answer.

        Raises ``NotTaken`` for a refusal, ``HungUp`` where the connection ended before the message
        was sent, ``AcceptanceUnknown`` where it ended before the server said whether it took it.
        After a refusal the connection can still be used (``begin_again``), after the others not.
        """
        try:
            self._address(sender, recipient)
        except (OSError, smtplib.SMTPException) as error:
            raise HungUp(str(error) or type(error).__name__) from error
        answer = self._content(content)
        self.given += 1
        return answer

    def _address(self, sender: str, recipient: str) -> None:
        options = []
        if not (sender + recipient).isascii():
            if not self._session.has_extn("smtputf8"):
                raise NotTaken(
                    f"{self.host} does not carry addresses with letters beyond ASCII.",
                    for_good=True,
                    address_refused=True,
                )
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        _insist(*self._session.mail(sender, options), {250})
        _insist(*self._session.rcpt(recipient), {250, 251}, is_address=True)

    def _content(self, content: bytes) -> str:
        try:
            code, said = self._session.data(content)
        except smtplib.SMTPDataError as error:
            _insist(error.smtp_code, error.smtp_error, set())
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise AcceptanceUnknown(
                f"The connection ended before {self.host} said whether it took the letter: {error}"
            ) from error
        _insist(code, said, {250})
        return _said(code, said)

    def begin_again(self) -> bool:
        """Forget a letter that was refused; whether the server still listens."""
        try:
            code, _answer = self._session.rset()
        except (OSError, smtplib.SMTPException):
            return False
        return code == 250

    def end(self) -> None:
        """Say goodbye. What the server answers to that changes nothing."""
        with suppress(OSError, smtplib.SMTPException):
            self._session.quit()
        self._session.close()


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """The authorities that the machine trusts. Reading them takes longer than sending a letter."""
    return ssl.create_default_context()


def _insist(code: int, said: bytes | str, wanted: set[int], *, is_address: bool = False) -> None:
    if code in wanted:
        return
    if code == _CLOSING:
        raise HungUp(_said(code, said))
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
