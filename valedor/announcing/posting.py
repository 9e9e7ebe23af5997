"""One post to an address that somebody else chose: no redirect is followed, nothing inside the
house is reached, and nobody holds us up.

The host is looked up once and the connection goes to the very addresses that were judged, so that a
name cannot mean one thing when it is asked and another when it is used.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from valedor.announcing.models import Try
from valedor.announcing.networks import Network, is_open, is_opened

CONNECT_WITHIN = 5.0
ANSWER_WITHIN = 15.0
"""Seconds for everything after the name was looked up; a receiver that needs longer answers first
and works afterwards.
"""
_READ_OF_ANSWER = 2048
_KEPT_OF_ANSWER = 300

Trouble = Try.Trouble


@dataclass(frozen=True)
class Outcome:
    """What came of a post. ``retry_after`` are seconds that the receiver asked us to wait."""

    status: int | None = None
    trouble: str = ""
    answer: str = ""
    milliseconds: int = 0
    retry_after: int | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it: any 2xx."""
        return self.status is not None and 200 <= self.status < 300


class _NotReached(Exception):
    """Why there is no answer."""

    def __init__(self, trouble: Trouble, words: str = "") -> None:
        super().__init__(words)
        self.trouble = trouble
        self.words = words


def post(
    address: str, body: bytes, headers: Mapping[str, str], *, networks: Sequence[Network]
) -> Outcome:
    """Hand a body over. Every failure is an outcome; nothing is raised."""
    begun = time.monotonic()
    try:
        outcome = _posted(address, body, headers, networks)
    except _NotReached as error:
        outcome = Outcome(trouble=error.trouble, answer=error.words)
    took = int((time.monotonic() - begun) * 1000)
    return Outcome(outcome.status, outcome.trouble, outcome.answer, took, outcome.retry_after)


def _posted(
    address: str, body: bytes, headers: Mapping[str, str], networks: Sequence[Network]
) -> Outcome:
    parts = urlsplit(address)
    is_tls = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if is_tls else 80)
    sock = _connected(host, port, is_tls=is_tls, networks=networks)
    timer = threading.Timer(ANSWER_WITHIN, _cut, [sock])
    timer.daemon = True
    timer.start()
    connection = http.client.HTTPConnection(host, port)
    try:
        connection.sock = _secured(sock, host) if is_tls else sock
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, {**headers, "Host": _named(host, port, is_tls)})
        return _read(connection.getresponse())
    except TimeoutError as error:
        raise _NotReached(Trouble.SILENT) from error
    except ssl.SSLCertVerificationError as error:
        raise _NotReached(Trouble.UNTRUSTED, error.verify_message) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        is_cut = not timer.is_alive()
        words = "" if is_cut else type(error).__name__
        raise _NotReached(Trouble.SILENT if is_cut else Trouble.BROKEN, words) from error
    finally:
        timer.cancel()
        connection.close()
        sock.close()


def _cut(sock: socket.socket) -> None:
    """End a connection that takes its time, from another thread."""
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        sock.close()


def _connected(host: str, port: int, *, is_tls: bool, networks: Sequence[Network]) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _NotReached(Trouble.UNKNOWN_HOST) from error
    # All of them: a name that also means something inside is not to be trusted with the rest.
    for _family, _type, _protocol, _name, place in found:
        judged = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not (is_open if is_tls else is_opened)(judged, networks):
            raise _NotReached(Trouble.FORBIDDEN)
    failure: OSError | None = None
    for family, kind, protocol, _name, place in found:
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(CONNECT_WITHIN)
        try:
            sock.connect(place)
        except OSError as error:
            sock.close()
            failure = error
        else:
            sock.settimeout(ANSWER_WITHIN)
            return sock
    is_slow = isinstance(failure, TimeoutError)
    raise _NotReached(Trouble.SILENT if is_slow else Trouble.BROKEN) from failure


def _secured(sock: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(sock, server_hostname=host)


def _named(host: str, port: int, is_tls: bool) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port == (443 if is_tls else 80) else f"{name}:{port}"


def _read(answer: http.client.HTTPResponse) -> Outcome:
    """The status decides; the beginning of the words is kept, for whoever looks for a fault."""
    said = answer.read(_READ_OF_ANSWER).decode("utf-8", "replace").replace("\0", "")
    words = " ".join(said.split())[:_KEPT_OF_ANSWER]
    waits = answer.headers.get("Retry-After", "")
    retry_after = int(waits) if waits.isascii() and waits.isdecimal() and len(waits) < 7 else None
    trouble = ""
    if 300 <= answer.status < 400:
        trouble = Trouble.MOVED
    elif not 200 <= answer.status < 300:
        trouble = Trouble.ANSWERED
    return Outcome(answer.status, trouble, words, 0, retry_after)
