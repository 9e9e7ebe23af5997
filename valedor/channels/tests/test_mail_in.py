"""Mail becomes a case or waits for a person: nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from valedor.casefile.actions.note_scan import note_scan
from valedor.casefile.documents import why_not_save_raw
from valedor.casefile.models import Document, Letter, Message, RawMessage
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import tasks
from valedor.channels.email import arriving, inbound, sorting
from valedor.channels.email.reading import ReadMessage, read
from valedor.channels.models import Mail
from valedor.channels.tests.mail_room import (
    AT,
    a_mail,
    a_mailbox,
    body_of,
    cases,
    letters,
    raws,
    take_in,
)
from valedor.foundation import jobs
from valedor.intake.actions.receive import receive
from valedor.people.models import ContactPoint

pytestmark = pytest.mark.usefixtures("committed_database")
STATES = RawMessage.State


def test_a_mail_becomes_a_case_with_its_receipt_queued() -> None:
    mailbox = a_mailbox()
    mail = a_mail()
    mail.add_attachment(b"%PDF-1.4 bill", maintype="application", subtype="pdf", filename="f.pdf")
    take_in(mailbox, mail)
    (case,) = cases()
    assert (case.channel, case.kind, case.language) == ("email", "complaint", "ca")
    assert case.subject == "Factura d'octubre"
    assert case.complainant is not None
    assert case.complainant.name == "Ana Pérez"
    assert body_of(case, "case.received").strip() == "M'heu cobrat dues vegades."
    (receipt,) = letters(case)
    assert (receipt.kind, receipt.state) == ("receipt", Letter.State.QUEUED)
    assert receipt.in_reply_to == "<first@example.org>"
    with viewing(the_house()):
        assert Document.objects.get(case=case).name == "f.pdf"
        message = Message.objects.get(case=case)
        read = Mail.objects.get(case=case)
    (raw,) = raws()
    assert (raw.state, raw.case_id, message.raw_id) == (STATES.REGISTERED, case.pk, raw.pk)
    assert bytes(raw.content or b"") == mail.as_bytes()
    assert read.sender_address == "ana@example.org"
    assert not verify().broken


def test_a_mail_is_no_way_around_the_quarantine_of_its_file() -> None:
    mailbox = a_mailbox()
    mail = a_mail()
    mail.add_attachment(b"harmful", maintype="application", subtype="pdf", filename="f.pdf")
    take_in(mailbox, mail, a_mail("Res més.", Message_ID="<b@example.org>"))
    with viewing(the_house()):
        document = Document.objects.get()
        assert all(why_not_save_raw(raw) is None for raw in raws())
        assert note_scan(document, found="Trap", at=AT)
        refused = [raw.case_id for raw in raws() if why_not_save_raw(raw) is not None]
    assert refused == [document.case_id]


def test_a_mailbox_is_read_by_one_job_at_a_time() -> None:
    mailbox = a_mailbox()
    statement, values = jobs.job_row(tasks.read_mailbox, mailbox_id=mailbox.pk)
    assert "lock" in statement
    assert values[3:5] == [f"mailbox:{mailbox.pk}"] * 2


def test_the_same_bytes_twice_are_one_case() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    take_in(mailbox, a_mail())
    assert len(cases()) == 1
    assert len(raws()) == 1


def test_whoever_forwards_tells_it_in_the_quotation() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail("> La factura està malament.\n", subject="Fwd: factura"))
    (case,) = cases()
    assert "La factura està malament" in body_of(case, "case.received")


@pytest.mark.parametrize("sender", ["noreply@bot.example", "no-reply <no-reply@bot.example>"])
def test_who_cannot_be_answered_is_answered_where_they_say(sender: str) -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail(sender=sender, Reply_To="Ana <ana@example.org>"))
    (case,) = cases()
    with viewing(the_house()):
        assert ContactPoint.objects.get(person=case.complainant).value == "ana@example.org"


# ------------------------------------------------------------------ what cannot be read
def test_one_mail_never_stands_in_the_way_of_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = a_mailbox()

    def stumbles(content: bytes) -> ReadMessage:
        if b"poison" in content:
            raise ValueError("a program of ours stumbled")
        return read(content)

    monkeypatch.setattr(inbound, "read", stumbles)
    poison = a_mail("poison", Message_ID="<p@example.org>")
    take_in(mailbox, poison, a_mail())
    assert len(cases()) == 1
    held = [raw for raw in raws() if raw.state == STATES.HELD]
    assert [raw.trouble for raw in held] == ["unreadable mail"]
    assert b"poison" in bytes(held[0].content or b"")


def test_two_workers_never_register_a_mail_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = a_mailbox()
    arriving.keep(mailbox, [arriving.Arrived(a_mail().as_bytes(), {})], at=AT)
    (raw,) = raws()
    second: list[sorting.Fate | None] = []

    def while_the_first_reads(*args: Any, **said: Any) -> sorting.Sorted:
        if not second:
            second.append(sorting.Fate.BEGINS)  # Until it is known better.
            with ThreadPoolExecutor(1) as other:
                second[0] = other.submit(in_a_connection_of_its_own).result(20)
        return sorting.fate_of(*args, **said)

    def in_a_connection_of_its_own() -> sorting.Fate | None:
        try:
            return inbound.read_one(raw, mailbox, at=AT)
        finally:
            connection.close()

    monkeypatch.setattr(inbound, "fate_of", while_the_first_reads)
    assert inbound.read_one(raw, mailbox, at=AT) is sorting.Fate.BEGINS
    assert second == [None]
    assert inbound.read_one(raw, mailbox, at=AT) is None
    assert len(cases()) == 1


def test_what_stumbles_while_it_is_written_leaves_nothing_but_a_held_mail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mailbox = a_mailbox()

    def writes_and_stumbles(*args: Any, **said: Any) -> None:
        receive(*args, **said)
        raise ValueError("a program of ours stumbled")

    monkeypatch.setattr(inbound, "receive", writes_and_stumbles)
    take_in(mailbox, a_mail())
    assert cases() == []
    assert [(raw.state, raw.trouble) for raw in raws()] == [(STATES.HELD, "unreadable mail")]


@pytest.mark.parametrize(
    "content", [b"\0", b"From nobody\n\n", b"\xff\xfe" * 40, b": : :\r\n\r\n", b"Subject: \r\n\r\n"]
)
def test_whatever_comes_leaves_a_trace(content: bytes) -> None:
    mailbox = a_mailbox()
    take_in(mailbox, content)
    (raw,) = raws()
    assert raw.state in {STATES.HELD, STATES.REGISTERED}
