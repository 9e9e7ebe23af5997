"""Mailboxes on a real IMAP server: committed first, touched afterwards, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests import dovecot
from tests.dovecot import PASSWORD, Dovecot
from valedor.casefile.models import Deadline, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import arriving, fetching, inbound, waiting
from valedor.channels.email.fetching import fetch, server_of
from valedor.channels.email.imap import Folder, Unreachable
from valedor.channels.models import Mailbox
from valedor.channels.tests.mail_room import a_mail, a_mailbox, cases, raws
from valedor.foundation import sealed

pytestmark = pytest.mark.usefixtures("committed_database")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot.running() as server:
        yield server


def on(server: Dovecot, name: str, **said: str) -> Mailbox:
    return a_mailbox(
        host="127.0.0.1", port=server.port, security="none", login=name, secret=PASSWORD, **said
    )


def numbered(number: int, size: int = 0) -> bytes:
    text = f"Missatge {number}\n" + "x" * size
    return a_mail(text, Message_ID=f"<{number}@example.org>").as_bytes()


def take(mailbox: Mailbox) -> int:
    with Folder(server_of(mailbox)) as folder:
        return fetch(mailbox, folder, now=now)


def test_what_is_new_is_fetched_once_and_marked(server: Dovecot) -> None:
    mailbox = on(server, "once")
    server.put("once", *(numbered(n) for n in range(7)))
    assert take(mailbox) == 7
    assert take(mailbox) == 0
    server.put("once", numbered(7))
    assert take(mailbox) == 1
    inbound.read_waiting(mailbox, now=now)
    assert len(cases()) == 8
    with server.signed_in("once") as client:
        assert len(client.search("SEEN")) == 8


def test_clocks_run_from_when_it_reached_the_mailbox(server: Dovecot) -> None:
    mailbox = on(server, "lay")
    began = now()
    since = (began - timedelta(days=20)).replace(microsecond=0)
    server.put("lay", numbered(1), since=since.astimezone(timezone(timedelta(hours=1))))
    server.put("lay", numbered(2), since=began + timedelta(days=30))
    assert take(mailbox) == 2
    inbound.read_waiting(mailbox, now=now)
    lay, ahead = cases()
    assert lay.received_at == since
    assert lay.registered_at >= began
    assert began.replace(microsecond=0) <= ahead.received_at <= now()
    with viewing(the_house()):
        starts = set(Deadline.objects.filter(case=lay).values_list("duty", "starts_at"))
    assert {("respond", since), ("acknowledge", since)} <= starts
    # What begins with the contact itself begins when the house could first answer it.
    assert {moment for _duty, moment in starts} == {since, lay.registered_at}


def test_moved_or_deleted_only_after_they_are_ours(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = on(server, "moves", afterwards="move", done_folder="Fet")
    server.put("moves", *(numbered(n) for n in range(3)))

    def full(*_arguments: object, **_named: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(arriving, "keep", full)
        with pytest.raises(OSError, match="No space"):
            take(mailbox)
    assert server.count("moves") == 3
    assert raws() == []
    assert take(mailbox) == 3
    assert (server.count("moves"), server.count("moves", "Fet")) == (0, 3)


def test_what_a_dead_process_left_on_the_server_is_settled_by_the_next(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = on(server, "dies", afterwards="delete")
    server.put("dies", *(numbered(n) for n in range(3)))
    with monkeypatch.context() as broken:
        broken.setattr(fetching, "_settle", lambda *_: None)
        assert take(mailbox) == 3
    assert server.count("dies") == 3
    assert take(mailbox) == 0
    assert server.count("dies") == 0
    assert len(raws()) == 3


def test_a_server_that_numbers_anew_brings_no_double(server: Dovecot) -> None:
    mailbox = on(server, "anew")
    server.put("anew", numbered(1), numbered(2))
    assert take(mailbox) == 2
    Mailbox.objects.filter(pk=mailbox.pk).update(uid_validity=1)
    assert take(mailbox) == 2
    assert len(raws()) == 2


def test_large_ones_come_in_slices_and_lie_in_the_store(server: Dovecot) -> None:
    mailbox = on(server, "large")
    large = numbered(1, size=11 * 2**20)
    server.put("large", numbered(0), large, numbered(2))
    assert take(mailbox) == 3
    (found,) = [raw for raw in raws() if raw.stored_as]
    from valedor.casefile.arrivals import content_of

    assert content_of(found).replace(b"\r\n", b"\n") == large.replace(b"\r\n", b"\n")


def test_what_the_server_says_no_to_is_told(server: Dovecot) -> None:
    mailbox = on(server, "wrong")
    mailbox.secret = sealed.seal('{"secret": "other"}', purpose=fetching.PURPOSE)
    mailbox.save(update_fields=["secret"])
    with pytest.raises(Unreachable, match="does not let wrong in"):
        take(mailbox)
    assert waiting.look_at(mailbox, now=now) == 0
    mailbox.refresh_from_db()
    assert "wrong" in mailbox.trouble
    assert mailbox.trouble_since is not None
    assert PASSWORD not in mailbox.trouble


def test_the_secret_lies_sealed(server: Dovecot) -> None:
    mailbox = on(server, "sealed")
    assert PASSWORD.encode() not in bytes(mailbox.secret or b"")
    assert server_of(mailbox).password == PASSWORD


def test_whoever_waits_has_it_within_seconds(server: Dovecot) -> None:
    import time

    mailbox = on(server, "waits")
    waiters = waiting.Waiters(now=now)
    waiters.start()
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            mailbox.refresh_from_db()
            if mailbox.looked_at is not None:
                break
            time.sleep(0.1)
        server.put("waits", numbered(1))
        while time.monotonic() < until + 30 and not raws():
            time.sleep(0.1)
    finally:
        waiters.stop()
    assert [raw.state for raw in raws()] == [RawMessage.State.ARRIVED]
