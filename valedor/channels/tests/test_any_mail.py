"""Whatever comes in by mail ends in one fate, with its bytes kept; no machine is answered, and no
case takes in what does not carry a mark of ours.
"""

from dataclasses import dataclass

import pytest
from django.conf import settings as of_django
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from valedor.casefile.arrivals import content_of
from valedor.casefile.letters import letter_of, token_of
from valedor.casefile.models import Case, Entry, Letter, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import arriving, sorting
from valedor.channels.email.reading import read
from valedor.channels.email.reading.tests.written import Written, messages, spoiled
from valedor.channels.email.sorting import Fate, fate_of
from valedor.channels.email.threads import Thread
from valedor.channels.models import Mail, Mailbox
from valedor.channels.tests.mail_room import ANA, a_mail, a_mailbox, cases, letters, take_in

STATES = RawMessage.State
TROUBLES = {
    *sorting.MAY_BE_SPARED, "empty", "our own mail", "came back, of no letter of ours",
    "of an erased case",
}  # fmt: skip
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
some = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=_SLOW)
many = settings(some, max_examples=60)

MACHINES = st.sampled_from(
    [
        b"Auto-Submitted: auto-replied",
        b"AUTO-SUBMITTED : (de casa) auto-generated; x=y",
        b"Auto-Submitted:\r\n auto-notified",
        b"Precedence: bulk",
        b"Precedence: junk",
        b"Return-Path: <>",
        b"X-Autoreply: yes",
        b"X-Auto-Response-Suppress: DR, OOF, AutoReply",
        b"List-Unsubscribe: <https://news.example.org/leave>",
        b"List-Id: <news.example.org>\r\nList-Post: NO",
        b"X-Failed-Recipients: nobody@example.net\r\nReturn-Path: <>",
    ]
)
PEOPLE = st.sampled_from([b"X-Mailer: de casa", b"Auto-Submitted: no", b"Auto-Submitted: (x) no"])


@dataclass(frozen=True)
class Come:
    """A mail, and what is true of it whatever it says."""

    content: bytes
    is_from_machine: bool
    is_marked: bool
    is_from_ana: bool


def _forged(token: str) -> st.SearchStrategy[str]:
    """What looks like our mark and is none."""
    number, _dot, mark = token.partition(".")
    other = "a" if mark[3] != "a" else "b"
    return st.sampled_from(
        [
            f"{int(number) + 1}.{mark}",
            f"{number}.{mark[:3]}{other}{mark[4:]}",
            f"{number}.{mark[:-1]}",
            f"{number}.{mark}a",
            f"{number}{number}.{mark}",
            f"{number}.{'a' * 16}",
            f"0.{mark}",
            f"{mark}.{number}",
        ]
    )


def _places(token: str) -> st.SearchStrategy[bytes]:
    return st.sampled_from(
        [
            f"In-Reply-To: <{token}@besos.example>",
            f"References: <a@b.example>\r\n <{token}@besos.example>",
            f"Delivered-To: atencio+{token}@besos.example",
            f"Cc: Besos <atencio+{token}@besos.example>",
        ]
    ).map(str.encode)


@st.composite
def _comes(draw: st.DrawFn, token: str) -> Come:
    written: Written = draw(messages())
    content = written.content
    if content.startswith(b"From ana@"):
        content = content.partition(b"\n")[2]
    if draw(st.integers(0, 2)) == 0:
        content = draw(spoiled(written))
    is_marked, is_from_ana = draw(st.booleans()), draw(st.booleans())
    is_from_machine = draw(st.booleans())
    sender = ANA if is_from_ana else f"Veí <vei-{draw(st.integers(0, 99))}@example.net>"
    mark = token if is_marked else draw(_forged(token))
    lines = [
        f"From: {sender}".encode(),
        draw(_places(mark)),
        draw(MACHINES if is_from_machine else PEOPLE),
        f"Message-ID: <{draw(st.integers(0, 10**9))}@example.net>".encode(),
    ]
    return Come(b"\r\n".join([*lines, b""]) + content, is_from_machine, is_marked, is_from_ana)


@pytest.mark.usefixtures("committed_database")
def test_every_mail_ends_in_one_fate_with_its_bytes_kept() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    (receipt,) = letters(case)

    @some
    @given(st.lists(_comes(token_of(receipt.pk)), min_size=1, max_size=6))
    def holds(mails: list[Come]) -> None:
        take_in(mailbox, *[one.content for one in mails])
        with viewing(the_house()):
            for one in mails:
                _ended(one, case, mailbox)

    holds()


def _ended(one: Come, case: Case, mailbox: Mailbox) -> None:
    raw = RawMessage.objects.get(token=arriving.token_of(mailbox, one.content))
    assert content_of(raw) == one.content
    assert Mail.objects.filter(raw=raw).count() == 1
    if raw.state == STATES.HELD:
        assert raw.case_id is None
        assert raw.trouble in TROUBLES
    else:
        assert raw.state == STATES.REGISTERED
        assert raw.case_id is not None
    if raw.case_id == case.pk:
        assert one.is_marked
        mail = Mail.objects.get(raw=raw)
        assert mail.is_from_stranger == (not one.is_from_ana and not one.is_from_machine)
    if one.is_from_machine:
        assert raw.case_id in {None, case.pk}
        assert not Entry.objects.filter(kind="message.received", message__raw=raw).exists()
    if raw.case_id == case.pk or raw.case_id is None:
        assert Letter.objects.filter(case=case).count() == 1


@many
@given(st.data())
def test_only_our_own_mark_names_a_letter(data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 10**18))
    token = token_of(number)
    assert letter_of(token) == letter_of(token.upper()) == number
    forged = data.draw(_forged(token) | st.text(max_size=40))
    assert letter_of(forged) is None


def test_the_mark_of_another_installation_names_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = token_of(7)
    monkeypatch.setattr(of_django, "SECRET_KEY", "of another installation")
    assert letter_of(token) is None


THREADS: st.SearchStrategy[Thread | None] = st.sampled_from([None, Thread(1), Thread(1, 2)])


@many
@given(_comes(f"7.{'a' * 16}"), THREADS, st.integers(0, 100), st.booleans(), st.booleans())
def test_the_fate_of_any_mail(
    one: Come, thread: Thread | None, recent: int, is_ours: bool, is_unwanted: bool
) -> None:
    mail = read(one.content)
    found = fate_of(mail, thread, recent=recent, is_ours=is_ours, is_unwanted=is_unwanted)
    if one.is_from_machine or is_ours:
        assert found.fate not in {Fate.BEGINS, Fate.JOINS}
    if thread is None:
        assert found.fate in {Fate.BEGINS, Fate.WAITS}
    if found.fate is Fate.BEGINS:
        assert not is_unwanted
        assert found.is_kept_quiet == (recent >= sorting.ACKNOWLEDGED_AN_HOUR)
    assert bool(found.trouble) == (found.fate is Fate.WAITS)
    if thread is not None:
        assert found.trouble != sorting.SPAM
