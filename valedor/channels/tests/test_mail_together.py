"""A burst is registered many mails at a time, and nobody could tell from what becomes of each."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from valedor.casefile.models import Document, Letter, Message, RawMessage
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import arriving, inbound, together
from valedor.channels.email.registering import submission_of
from valedor.channels.email.sorting import Fate, fate_of
from valedor.channels.models import Mail
from valedor.channels.tests.mail_room import AT, a_mail, a_mailbox, cases, raws, take_in
from valedor.intake.actions.receive import receive_together

pytestmark = pytest.mark.usefixtures("committed_database")
STATES = RawMessage.State


def mails(number: int) -> list[Any]:
    return [
        a_mail(f"Mail {n}", sender=f"p{n}@example.org", subject=f"Mail {n}", Message_ID=f"<{n}@e>")
        for n in range(number)
    ]


def test_a_burst_becomes_a_case_each_in_its_order_with_receipts_queued() -> None:
    mailbox = a_mailbox()
    burst = mails(60)
    burst[7].add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="f.pdf")
    take_in(mailbox, *burst)
    found = cases()
    assert [case.subject for case in found] == [f"Mail {n}" for n in range(60)]
    assert len({case.reference for case in found}) == 60
    assert {raw.state for raw in raws()} == {STATES.REGISTERED}
    with viewing(the_house()):
        assert Letter.objects.filter(kind="receipt", state=Letter.State.QUEUED).count() == 60
        assert Document.objects.get().case == found[7]
        assert [one.text.strip() for one in Mail.objects.order_by("raw_id")] == [
            f"Mail {n}" for n in range(60)
        ]
        assert Message.objects.count() == 60
    assert verify().broken == []


def test_an_answer_to_a_mail_of_the_same_burst_joins_its_case() -> None:
    mailbox = a_mailbox()
    first, second, third = mails(3)
    answer = a_mail("Encara res.", sender="p1@example.org", Message_ID="<r@e>", In_Reply_To="<1@e>")
    take_in(mailbox, first, second, answer, third)
    assert [case.subject for case in cases()] == ["Mail 0", "Mail 1", "Mail 2"]
    with viewing(the_house()):
        assert Mail.objects.filter(case=cases()[1]).count() == 2


def test_machines_and_empty_mails_of_a_burst_wait_for_a_person() -> None:
    mailbox = a_mailbox()
    machine = a_mail("Sóc fora.", Message_ID="<m@e>", Auto_Submitted="auto-replied")
    empty = a_mail(" ", subject=" ", Message_ID="<n@e>")
    take_in(mailbox, machine, *mails(2), empty)
    assert [case.subject for case in cases()] == ["Mail 0", "Mail 1"]
    assert [raw.trouble for raw in raws() if raw.state == STATES.HELD] == [
        "from a machine",
        "empty",
    ]


def test_one_that_stumbles_is_held_alone_and_the_others_become_cases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mailbox = a_mailbox()

    def stumbles(mail: Any, *said: Any, **more: Any) -> Any:
        if mail.subject == "Mail 3":
            raise ValueError("a program of ours stumbled")
        return submission_of(mail, *said, **more)

    monkeypatch.setattr(inbound, "submission_of", stumbles)
    monkeypatch.setattr(together, "submission_of", stumbles)
    take_in(mailbox, *mails(6))
    assert [case.subject for case in cases()] == [f"Mail {n}" for n in (0, 1, 2, 4, 5)]
    assert [raw.trouble for raw in raws() if raw.state == STATES.HELD] == ["unreadable mail"]


def test_what_stumbles_after_the_rows_were_written_doubles_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mailbox = a_mailbox()

    def writes_and_stumbles(*said: Any, **more: Any) -> None:
        receive_together(*said, **more)
        raise ValueError("a program of ours stumbled")

    monkeypatch.setattr(together, "receive_together", writes_and_stumbles)
    take_in(mailbox, *mails(4))
    assert [case.subject for case in cases()] == [f"Mail {n}" for n in range(4)]


def test_what_another_worker_has_in_hand_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = a_mailbox()
    arriving.keep(mailbox, [arriving.Arrived(one.as_bytes(), {}) for one in mails(5)], at=AT)
    second: list[Fate | None] = []

    def while_the_first_reads(*said: Any, **more: Any) -> Any:
        if not second:
            second.append(Fate.BEGINS)  # Until it is known better.
            with ThreadPoolExecutor(1) as other:
                second.extend(other.submit(in_a_connection_of_its_own).result(20))
        return fate_of(*said, **more)

    def in_a_connection_of_its_own() -> list[Fate | None]:
        try:
            return list(inbound._read_all(raws(), mailbox, now=lambda: AT))
        finally:
            connection.close()

    monkeypatch.setattr(together, "fate_of", while_the_first_reads)
    inbound.read_waiting(mailbox, now=lambda: AT)
    assert second == [Fate.BEGINS, *[None] * 5]
    assert len(cases()) == 5
