"""Waiting at the mailboxes: a connection each, on which the server says when something comes
(IDLE, RFC 2177). Where it cannot, or the connection is lost, the timetable looks once a minute.

Part of the worker. Several workers may wait at the same mailbox; only one fetches at a time.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from valedor.channels.email.fetching import fetch, note_trouble, server_of
from valedor.channels.email.imap import Folder, Unreachable
from valedor.channels.email.models import Mailbox

# Servers end a silent connection after half an hour; a shorter wait also sees changed settings.
LONGEST_WAIT = 240.0
AFTER_TROUBLE = 60.0
NEW_MAILBOXES = 60.0
# Where nobody has looked for longer than a wait lasts, nobody waits.
NOBODY_WAITS = timedelta(seconds=LONGEST_WAIT + 60)

logger = logging.getLogger(__name__)


def active() -> list[Mailbox]:
    """The mailboxes that lie on a server."""
    return list(Mailbox.objects.filter(is_active=True).exclude(host="").select_related("entity"))


def look_once(*, now: Callable[[], datetime]) -> int:
    """Fetch every mailbox at which nobody waits; how many mails came."""
    since = now() - NOBODY_WAITS
    late = [box for box in active() if box.looked_at is None or box.looked_at < since]
    return sum(look_at(box, now=now) for box in late)


def look_at(mailbox: Mailbox, *, now: Callable[[], datetime]) -> int:
    """Fetch one mailbox; how many mails came. What went wrong is noted with it."""
    try:
        with Folder(server_of(mailbox)) as folder:
            return fetch(mailbox, folder, now=now)
    except Unreachable as error:
        note_trouble(mailbox, str(error), at=now())
        return 0


class Waiters:
    """A thread for each mailbox of the installation, from ``start`` to ``stop``."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ends = threading.Event()
        self._threads: dict[int, threading.Thread] = {}
        self._open: dict[int, Folder] = {}
        self._keeper = threading.Thread(target=self._keep, name="mailboxes", daemon=True)

    def start(self) -> None:
        """Begin to wait; mailboxes that are added later are found within a minute."""
        self._keeper.start()

    def stop(self) -> None:
        """Wait no longer. What is not committed yet stays on the server for the next pass."""
        self._ends.set()
        for folder in list(self._open.values()):
            folder.cut()
        for thread in (self._keeper, *self._threads.values()):
            if thread.is_alive():
                thread.join(5)

    def _keep(self) -> None:
        while not self._ends.is_set():
            with _own_connection():
                for mailbox in active():
                    thread = self._threads.get(mailbox.pk)
                    if thread is None or not thread.is_alive():
                        self._wait_at(mailbox)
            self._ends.wait(NEW_MAILBOXES)

    def _wait_at(self, mailbox: Mailbox) -> None:
        thread = threading.Thread(
            target=self._wait, args=(mailbox.pk,), name=f"mailbox {mailbox.key}", daemon=True
        )
        self._threads[mailbox.pk] = thread
        thread.start()

    def _wait(self, mailbox_id: int) -> None:
        while not self._ends.is_set():
            with _own_connection():
                mailbox = Mailbox.objects.filter(pk=mailbox_id, is_active=True).first()
                if mailbox is None or not mailbox.host:
                    return
                is_good = self._wait_once(mailbox)
            if not is_good:
                self._ends.wait(AFTER_TROUBLE)

    def _wait_once(self, mailbox: Mailbox) -> bool:
        """One connection, as long as it lasts and the settings stay; False after trouble."""
        try:
            with Folder(server_of(mailbox)) as folder:
                self._open[mailbox.pk] = folder
                if not folder.waits:
                    fetch(mailbox, folder, now=self._now)
                    self._ends.wait(AFTER_TROUBLE)
                    return True
                while not self._ends.is_set():
                    fetch(mailbox, folder, now=self._now)
                    connection.close()  # Minutes may pass; a connection is not held for that.
                    folder.wait(LONGEST_WAIT)
                    if _changed(mailbox):
                        return True
            return True
        except Unreachable as error:
            if not self._ends.is_set():
                note_trouble(mailbox, str(error), at=self._now())
            return False
        finally:
            self._open.pop(mailbox.pk, None)


def _changed(mailbox: Mailbox) -> bool:
    known = server_of(mailbox), mailbox.afterwards, mailbox.done_folder
    found = Mailbox.objects.filter(pk=mailbox.pk, is_active=True).first()
    return found is None or known != (server_of(found), found.afterwards, found.done_folder)


@contextmanager
def _own_connection() -> Iterator[None]:
    """The thread's connection to the database ends with the block, whatever happened."""
    try:
        yield
    except DatabaseError:
        logger.exception("mailboxes cannot be looked at")
    finally:
        connection.close()
