"""Asking ClamAV's daemon about a content: its INSTREAM, over a socket of this machine or a port.

The content goes in pieces, each after its length; what the daemon finds has a name of its own.
"""

import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from valedor.foundation.environment import BadSetting

TIMEOUT = 60.0
GREETING = 5.0
_HOW = "write tcp://host:3310 or unix:///run/clamav/clamd.ctl"


class Unreachable(Exception):
    """Nobody answers there: nothing is known of any content."""


class TookTooLong(Unreachable):
    """It is there and does not come to an end: the next content may fare better."""


class NotScanned(Exception):
    """The daemon answers, but does not take this content. Its words are the message."""


@dataclass(frozen=True)
class Clamd:
    """Where the daemon listens: a ``path``, or a ``host`` and its ``port``."""

    path: str = ""
    host: str = ""
    port: int = 0

    @classmethod
    def at(cls, url: str) -> Self:
        """The daemon that ``CLAMD_URL`` names. Raises ``BadSetting``."""
        parts = urlsplit(url)
        if parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc:
            return cls(path=parts.path)
        try:
            port = parts.port or 3310
        except ValueError as error:
            raise BadSetting(f"CLAMD_URL is {url!r}: {_HOW}.") from error
        if parts.scheme == "tcp" and parts.hostname:
            return cls(host=parts.hostname, port=port)
        raise BadSetting(f"CLAMD_URL is {url!r}: {_HOW}.")

    def greet(self) -> None:
        """Make sure that it is there and ready. Raises ``Unreachable`` with the reason."""
        if self._asked(b"PING", (), GREETING) != "PONG":
            raise Unreachable("it answers like no clamd")

    def found_in(self, content: Iterable[bytes]) -> str:
        """By what name the daemon knows what is wrong with a content; empty where nothing is.

        Raises ``Unreachable`` or ``NotScanned``.
        """
        said = self._asked(b"INSTREAM", content, TIMEOUT)
        if not said:  # It ended the connection: mostly a content over its limit.
            raise NotScanned("the scanner did not take it: look at its StreamMaxLength")
        word = said.removeprefix("stream:").strip()
        if word == "OK":
            return ""
        if word.endswith(" FOUND"):
            return word.removesuffix(" FOUND")
        raise NotScanned(word)

    def _asked(self, command: bytes, content: Iterable[bytes], patience: float) -> str:
        answer = b""
        try:
            with self._open(patience) as line, suppress(BrokenPipeError, ConnectionResetError):
                line.sendall(b"z" + command + b"\0")
                if command == b"INSTREAM":
                    _send(line, content)
                while piece := line.recv(4096):
                    answer += piece
        except TimeoutError as error:
            raise TookTooLong(f"no answer within {patience:.0f} seconds") from error
        except OSError as error:
            raise Unreachable(error.strerror or str(error) or type(error).__name__) from error
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")

    def _open(self, patience: float) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), patience)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(patience)
        try:
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


def _send(line: socket.socket, content: Iterable[bytes]) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # It has had enough, and may say why.
        for piece in content:
            if piece:  # A length of nothing is how the end is told.
                line.sendall(len(piece).to_bytes(4) + piece)
        line.sendall(bytes(4))
