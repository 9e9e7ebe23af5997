"""A folder of an IMAP server, as far as a mailbox needs it: what is new, its bytes, what to do
with it once it is ours (RFC 9051, RFC 2177).

Nothing of the server's is changed before the caller says that a message is committed here.
"""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Self

from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from valedor.channels.email.oauth import Grant, NoToken, access_token, forget

TIMEOUT = 60.0
AT_ONCE = 50  # Messages asked for in one question…
HEAVIEST_TOGETHER = 8 * 2**20  # …and bytes: a large one is asked for by itself,
SLICE = 4 * 2**20  # in slices.
LARGEST = 200 * 2**20


class Unreachable(Exception):
    """The mailbox could not be read. The message is a sentence that names no secret."""


@dataclass(frozen=True)
class Server:
    """Where a mailbox lies, and how to be let in: by password, or by a token where ``grant`` is."""

    host: str
    port: int
    security: str
    login: str
    folder: str
    password: str = ""
    grant: Grant | None = None


@dataclass(frozen=True)
class Waiting:
    """A message on the server: its number in the folder, its size, when the server took it in."""

    uid: int
    size: int
    arrived_at: datetime | None


class Folder:
    """An open connection with a folder selected."""

    def __init__(self, server: Server) -> None:
        """Raises ``Unreachable``."""
        self._client, self.uid_validity = _opened(server)
        self.moves = bool(self._client.has_capability("MOVE"))
        self.waits = bool(self._client.has_capability("IDLE"))

    def after(self, uid: int) -> list[Waiting]:
        """What came after a number, in order."""
        with _told():
            # A range whose end is below its start names the last message, so that one is left out.
            found = sorted(n for n in self._client.search(f"UID {uid + 1}:*") if n > uid)
            return [one for part in _parts(found, 500) for one in self._described(part)]

    def _described(self, uids: Sequence[int]) -> list[Waiting]:
        answers = self._client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        return [
            Waiting(uid, int(answers[uid][b"RFC822.SIZE"]), _moment(answers[uid]))
            for uid in uids
            if uid in answers
        ]

    def contents(self, waiting: Sequence[Waiting]) -> Iterator[tuple[Waiting, bytes]]:
        """Their bytes, in order; one that has gone meanwhile is passed over."""
        for group in _groups(waiting):
            with _told():
                if len(group) == 1 and group[0].size > HEAVIEST_TOGETHER:
                    yield group[0], self._in_slices(group[0])
                    continue
                answers = self._client.fetch([one.uid for one in group], ["BODY.PEEK[]"])
            for one in group:
                content = answers.get(one.uid, {}).get(b"BODY[]")
                if content is not None:
                    yield one, content

    def _in_slices(self, one: Waiting) -> bytes:
        whole = bytearray()
        while len(whole) < min(one.size, LARGEST):
            asked = f"BODY.PEEK[]<{len(whole)}.{SLICE}>"
            answer = self._client.fetch([one.uid], [asked]).get(one.uid, {})
            piece = answer.get(f"BODY[]<{len(whole)}>".encode(), b"")
            if not piece:
                break
            whole += piece
        return bytes(whole)

    def up_to(self, uid: int) -> list[int]:
        """Every message up to a number that is still there."""
        with _told():
            return [n for n in self._client.search(f"UID 1:{uid}") if n <= uid] if uid else []

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Show other programs that somebody has these."""
        with _told():
            for part in _parts(uids, 500):
                self._client.add_flags(part, [SEEN], silent=True)

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Put them into another folder, which is made where it is missing."""
        with _told():
            if not self._client.folder_exists(folder):
                self._client.create_folder(folder)
            for part in _parts(uids, 500):
                if self.moves:
                    self._client.move(part, folder)
                else:
                    self._client.copy(part, folder)
                    self._remove(part)

    def delete(self, uids: Sequence[int]) -> None:
        """Remove them from the server."""
        with _told():
            for part in _parts(uids, 500):
                self._remove(part)

    def _remove(self, uids: Sequence[int]) -> None:
        self._client.delete_messages(uids, silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)
        else:
            self._client.expunge()

    def wait(self, seconds: float) -> bool:
        """Wait until the server says that something changed (IDLE); False when it said nothing."""
        with _told():
            self._client.idle()
            try:
                return any(len(said) > 1 for said in self._client.idle_check(timeout=seconds))
            finally:
                self._client.idle_done()

    def cut(self) -> None:
        """End the connection at once, from another thread: whoever waits on it waits no longer."""
        with suppress(OSError, IMAPClientError):
            self._client.shutdown()

    def close(self) -> None:
        """Say goodbye; what the server answers changes nothing."""
        with suppress(OSError, IMAPClientError):
            self._client.logout()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _told:  # noqa: N801 -- reads as a word where it is used
    """What goes wrong while the server is asked, as ``Unreachable``."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, OSError | IMAPClientError):
            raise Unreachable(_on_one_line(str(error)) or type(error).__name__) from error


def _opened(server: Server) -> tuple[IMAPClient, int]:
    client: IMAPClient | None = None
    try:
        client = IMAPClient(
            server.host,
            server.port,
            ssl=server.security == "tls",
            ssl_context=_trust() if server.security == "tls" else None,
            timeout=TIMEOUT,
        )
        client.normalise_times = False  # Moments keep the offset that the server gave them.
        if server.security == "starttls":
            client.starttls(_trust())
        _sign_in(client, server)
        selected = client.select_folder(server.folder)
        return client, int(selected.get(b"UIDVALIDITY", 0))
    except BaseException as error:
        if client is not None:
            with suppress(OSError, IMAPClientError):
                client.shutdown()
        if isinstance(error, ssl.SSLCertVerificationError):
            said = f"The certificate of {server.host} is not trusted: {error.verify_message}."
            raise Unreachable(said) from error
        if isinstance(error, LoginError):
            said = f"{server.host} does not let {server.login} in: {_on_one_line(str(error))}"
            raise Unreachable(said) from error
        if isinstance(error, OSError | IMAPClientError | NoToken):
            raise Unreachable(_on_one_line(str(error)) or type(error).__name__) from error
        raise


def _sign_in(client: IMAPClient, server: Server) -> None:
    if server.grant is None:
        client.login(server.login, server.password)
        return
    try:
        client.oauth2_login(server.login, access_token(server.grant))
    except LoginError:
        forget(server.grant)
        raise


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _moment(answer: dict[bytes, object]) -> datetime | None:
    found = answer.get(b"INTERNALDATE")
    if not isinstance(found, datetime):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _groups(waiting: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    group: list[Waiting] = []
    weight = 0
    for one in waiting:
        if group and (len(group) == AT_ONCE or weight + one.size > HEAVIEST_TOGETHER):
            yield group
            group, weight = [], 0
        group.append(one)
        weight += one.size
    if group:
        yield group


def _parts(uids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), size):
        yield uids[start : start + size]


def _on_one_line(text: str) -> str:
    return " ".join(text.split())[:300]
