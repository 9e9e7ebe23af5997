"""Connections of the worker to the mail server, kept for the next letter.

A connection for each letter costs more than the letter: the greeting, TLS and signing in are most
of what is said. One is kept for some seconds and some letters, used by one letter at a time, and
ended when it has stood idle, has carried enough, or when anything about it is in doubt. Nothing of
this is remembered beyond the process: what is known of a letter is in its row alone.
"""

import atexit
import threading
import time
from dataclasses import dataclass

from valedor.channels.carriers import AcceptanceUnknown, NotTaken
from valedor.channels.email.server import Conversation, HungUp, MailServer

IDLE_SECONDS = 10.0  # Servers allow minutes (RFC 5321, 4.5.3.2.7); a busy worker needs moments.
MOST_LETTERS = 100  # Many servers end a connection after some hundred.


@dataclass
class _Kept:
    conversation: Conversation
    since: float


class Conversations:
    """The idle connections of a process, by server. Safe for the threads of a worker."""

    def __init__(self, *, idle: float = IDLE_SECONDS, most: int = MOST_LETTERS) -> None:
        self._idle, self._most = idle, most
        self._kept: dict[MailServer, list[_Kept]] = {}
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def hand_over(self, server: MailServer, content: bytes, *, sender: str, recipient: str) -> str:
        """Give the server one message for one recipient; its answer.

        Over a kept connection where there is one. If that one turns out to have ended meanwhile,
        before anything of the letter was sent, a fresh one takes its place. Raises as
        ``MailServer.hand_over`` does.
        """
        kept = self._take(server)
        if kept is not None:
            try:
                return self._give(server, kept, content, sender, recipient)
            except HungUp:
                pass
        return self._give(server, server.open(), content, sender, recipient)

    def _give(
        self,
        server: MailServer,
        conversation: Conversation,
        content: bytes,
        sender: str,
        recipient: str,
    ) -> str:
        is_good = False
        try:
            answer = conversation.give(content, sender=sender, recipient=recipient)
            is_good = conversation.given < self._most
            return answer
        except (AcceptanceUnknown, HungUp):
            raise
        except NotTaken:
            is_good = conversation.begin_again()
            raise
        finally:
            if is_good:
                self._keep(server, conversation)
            else:
                conversation.end()

    def _take(self, server: MailServer) -> Conversation | None:
        with self._lock:
            idle = self._kept.pop(server, [])
            if len(idle) > 1:
                self._kept[server] = idle[:-1]
            return idle[-1].conversation if idle else None

    def _keep(self, server: MailServer, conversation: Conversation) -> None:
        with self._lock:
            self._kept.setdefault(server, []).append(_Kept(conversation, time.monotonic()))
            self._look_later()

    def _look_later(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(self._idle, self._end_idle)
            self._timer.daemon = True
            self._timer.start()

    def _end_idle(self) -> None:
        self._end(older_than=time.monotonic() - self._idle)

    def _end(self, older_than: float) -> None:
        with self._lock:
            ended = [one for idle in self._kept.values() for one in idle if one.since <= older_than]
            left = {
                server: [one for one in idle if one.since > older_than]
                for server, idle in self._kept.items()
            }
            self._kept = {server: idle for server, idle in left.items() if idle}
            self._timer = None
            if self._kept:
                self._look_later()
        for one in ended:
            one.conversation.end()

    def end_all(self) -> None:
        """Part from every server that nobody speaks to just now."""
        self._end(older_than=float("inf"))


of_this_process = Conversations()
atexit.register(of_this_process.end_all)
