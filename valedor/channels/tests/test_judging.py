"""Whoever tells wanted mail from unwanted may hang: mail goes on, and is judged once it is back."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from tests import rspamd
from tests.rspamd import SUBJECT
from valedor.casefile.models import Entry, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.checkup import unwanted_mail
from valedor.channels.email import judging, judging_later, spam
from valedor.channels.email.spam import Verdict
from valedor.channels.models import Mail, SpamJudge
from valedor.channels.tests.mail_room import AT, a_mail, a_mailbox, cases, raws, take_in

pytestmark = pytest.mark.usefixtures("committed_database")


class Hanging:
    """A server that takes every connection and never says a word."""

    def __init__(self) -> None:
        self.asked = 0
        self._open: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._door.accept()
            except OSError:
                return
            self.asked += 1
            self._open.append(line)

    def close(self) -> None:
        self._door.close()
        for line in self._open:
            line.close()


@pytest.fixture
def hanging(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    monkeypatch.setattr(spam, "TIMEOUT", 0.2)
    server = Hanging()
    settings.RSPAMD_URL = server.url
    yield server
    server.close()


def burst(number: int, subject: str = "Factura", first: int = 0) -> list[bytes]:
    return [
        a_mail(sender=f"p{n}@example.org", subject=f"{subject} {n}", Message_ID=f"<{n}@e>")
        .as_bytes()
        for n in range(first, first + number)
    ]  # fmt: skip


def lines(kind: str) -> list[str]:
    with viewing(the_house()):
        return list(Entry.objects.filter(kind=kind).values_list("case__subject", flat=True))


def test_a_burst_does_not_wait_for_who_hangs(hanging: Hanging) -> None:
    mailbox = a_mailbox()
    take_in(mailbox, *burst(30))
    assert len(cases()) == 30
    # Those under way when it became clear, and no more.
    assert hanging.asked <= judging.FAILURES + judging.AT_THE_SAME_TIME
    assert judging_later.awaiting() == 30
    judge = SpamJudge.objects.get()
    assert judge.left_alone_until == AT + judging.LEFT_ALONE
    assert (judge.trouble_since, bool(judge.trouble)) == (AT, True)


def test_it_is_left_alone_for_some_minutes_and_then_tried_with_one(hanging: Hanging) -> None:
    mailbox = a_mailbox()
    take_in(mailbox, *burst(8))
    asked = hanging.asked
    take_in(mailbox, *burst(5, first=100), at=AT + timedelta(minutes=1))
    assert hanging.asked == asked
    later = AT + judging.LEFT_ALONE
    take_in(mailbox, *burst(5, first=200), at=later)
    assert hanging.asked == asked + 1
    assert SpamJudge.objects.get().left_alone_until == later + judging.LEFT_ALONE
    assert len(cases()) == 18


def test_once_it_answers_mail_is_judged_and_a_case_of_spam_says_so(
    hanging: Hanging, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = a_mailbox()
    take_in(mailbox, *burst(4), *burst(1, SUBJECT, first=50))
    assert judging_later.judge_waiting(now=lambda: AT + timedelta(minutes=1)) == 0
    monkeypatch.setattr(spam, "TIMEOUT", 60.0)
    monkeypatch.setattr(judging, "SLOW", 60.0)
    with rspamd.running() as url:
        settings.RSPAMD_URL = url
        assert judging_later.judge_waiting(now=lambda: AT + timedelta(minutes=6)) == 5
    assert judging_later.awaiting() == 0
    assert lines("mail.looks_unwanted") == [f"{SUBJECT} 50"]
    assert {raw.state for raw in raws()} == {RawMessage.State.REGISTERED}
    with viewing(the_house()):
        assert set(Mail.objects.values_list("verdict", flat=True)) == {
            "0.0: no action",
            "9.0: add header",
        }
    assert not SpamJudge.objects.exists()


def test_slow_answers_are_believed_and_soon_nobody_asks(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RSPAMD_URL = "http://127.0.0.1:9"
    monkeypatch.setattr(judging, "SLOW", -1.0)  # Whatever it takes is too long.
    monkeypatch.setattr(spam, "verdict_on", lambda *_a, **_k: Verdict(12, "reject"))
    mailbox = a_mailbox()
    take_in(mailbox, *burst(20))
    held = [raw for raw in raws() if raw.state == RawMessage.State.HELD]
    assert judging.FAILURES <= len(held) <= judging.FAILURES + judging.AT_THE_SAME_TIME
    assert {raw.trouble for raw in held} == {"spam"}
    assert len(cases()) == 20 - len(held)


@pytest.mark.usefixtures("hanging")
def test_it_is_seen_on_the_check() -> None:
    take_in(a_mailbox(), *burst(6))
    said = [finding.sentence for finding in unwanted_mail()]
    assert said[0].startswith("Nobody says whether mail is wanted (timed out)")
    assert said[1] == "6 mails wait to be judged."


def test_what_lies_too_long_is_judged_no_more(hanging: Hanging) -> None:
    take_in(a_mailbox(), *burst(2))
    asked = hanging.asked
    late = AT + judging_later.WITHIN + timedelta(hours=1)
    assert judging_later.judge_waiting(now=lambda: late) == 0
    assert (judging_later.awaiting(), hanging.asked) == (0, asked)
