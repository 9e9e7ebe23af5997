"""Mail becomes a case, joins one, or waits for a person. Nothing is lost or runs in circles."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from valedor.casefile.actions.note_scan import note_scan
from valedor.casefile.actors import staff
from valedor.casefile.documents import why_not_save_raw
from valedor.casefile.letters import letter_of, token_of
from valedor.casefile.models import Case, Deadline, Document, Entry, Letter, Message, RawMessage
from valedor.casefile.seats import Seat
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels import tasks
from valedor.channels.email import arriving, inbound, mark, sorting
from valedor.channels.email.reading import ReadMessage, read
from valedor.channels.models import Mail
from valedor.channels.tests.mail_room import (
    ANA,
    AT,
    a_bounce,
    a_mail,
    a_mailbox,
    cases,
    letters,
    raws,
    take_in,
)
from valedor.foundation import jobs
from valedor.handling.actions.merge import merge
from valedor.handling.models import Alarm
from valedor.intake.actions.receive import receive
from valedor.people.models import Account, ContactPoint, Role, RoleGrant, Team

pytestmark = pytest.mark.usefixtures("committed_database")
STATES = RawMessage.State
NUMBERS = count(1)
LATER = AT + timedelta(hours=1)
WROTE = "El dv., 20 nov. 2026 a les 9:14, Aigües del Besòs <atencio@besos.example> va escriure:"


def lines(case: Case) -> list[str]:
    with viewing(the_house()):
        entries = Entry.objects.filter(case=case).order_by("sequence")
        return list(entries.values_list("kind", flat=True))


def alarms(case: Case) -> list[str]:
    with viewing(the_house()):
        found = Alarm.objects.filter(case=case, settled_at=None)
        return sorted(found.values_list("cause", flat=True))


def body_of(case: Case, kind: str) -> str:
    with viewing(the_house()):
        entry = Entry.objects.filter(case=case, kind=kind).order_by("-sequence")[0]
        return str(entry.content.body)


def a_lead() -> Account:
    account = Account.objects.create_account(username="laia", name="Laia")
    RoleGrant.objects.create(
        account=account, role=Role.LEAD, team=Team.objects.get(), granted_at=AT
    )
    return account


# ------------------------------------------------------------------ new contacts
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


# ------------------------------------------------------------------ threads
def replied(case: Case, text: str, *, sender: str = ANA, **headers: str) -> bytes:
    headers = {"Message_ID": f"<reply-{next(NUMBERS)}@example.org>"} | headers
    return a_mail(text, sender=sender, subject="Re: no res", **headers).as_bytes()


def test_an_answer_joins_by_the_mark_in_each_place() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    (receipt,) = letters(case)
    token = token_of(receipt.pk)
    assert letter_of(token) == receipt.pk
    places: list[dict[str, str]] = [
        {"To": f"atencio+{token}@besos.example"},
        {"To": f"atencio+{token.upper()}@besos.example"},
        {"In_Reply_To": receipt.message_id},
        {"References": f"<unknown@x.example> {receipt.message_id} <other@y.example>"},
        {"References": "<first@example.org>"},
    ]
    for number, headers in enumerate(places):
        take_in(mailbox, replied(case, f"Resposta {number}", **headers))
    assert len(cases()) == 1
    assert lines(case).count("message.received") == len(places)
    assert alarms(case) == ["person_wrote"]
    assert not verify().broken


def test_an_answer_to_a_merged_case_reaches_the_one_in_which_it_goes_on() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    take_in(mailbox, a_mail("Una altra vegada.", Message_ID="<second@example.org>"), at=LATER)
    first, second = cases()
    lead = a_lead()
    with viewing(viewer_of(lead)):
        merge(second, into=first, reason="One bill.", is_one_person=True, by=staff(lead), at=LATER)
    (receipt,) = letters(second)
    take_in(mailbox, replied(second, "I doncs?", In_Reply_To=receipt.message_id), at=LATER)
    assert (lines(first).count("message.received"), lines(second)[-1]) == (1, "case.merged")
    assert body_of(first, "message.received") == "I doncs?"
    assert not verify().broken


def test_an_answer_joins_by_the_link_that_it_quotes_and_nobody_can_follow_it() -> None:
    from valedor.casefile.letters import mailed_link

    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    link = mailed_link(case, case.complainant, at=AT)
    take_in(mailbox, replied(case, f"D'acord.\n\n{WROTE}\n> El vostre cas: {link}\n"))
    assert len(cases()) == 1
    with viewing(the_house()):
        reply = Mail.objects.filter(case=case).order_by("-pk")[0]
    signed = link.partition("link=")[2]
    assert signed not in reply.quoted + reply.text + reply.html
    assert body_of(case, "message.received").strip() == "D'acord."


def test_a_reference_in_the_subject_counts_for_whom_the_case_knows() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    subject = f"Sobre {case.reference}"
    take_in(mailbox, a_mail("Més.", subject=subject, Message_ID="<b@example.org>"))
    assert len(cases()) == 1
    other = a_mail("Jo.", sender="eva@example.org", subject=subject, Message_ID="<c@example.org>")
    take_in(mailbox, other)
    assert len(cases()) == 2


def test_a_stranger_with_our_mark_is_shown_as_one() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    (receipt,) = letters(case)
    reply = replied(
        case, "Soc el veí.", sender="Veí <vei@example.net>", In_Reply_To=receipt.message_id
    )
    take_in(mailbox, reply)
    assert len(cases()) == 1
    assert "message.received" not in lines(case)
    assert "mail.from_stranger" in lines(case)
    assert alarms(case) == ["person_wrote"]
    with viewing(the_house()):
        entry = Entry.objects.get(case=case, kind="mail.from_stranger")
        assert Seat(entry.seats) == Seat.COMPANY
        assert Mail.objects.get(is_from_stranger=True).sender_address == "vei@example.net"


def test_a_forged_mark_begins_something_new() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    (receipt,) = letters(case)
    forged = f"{receipt.pk}.aaaaaaaaaaaaaaaa"
    take_in(mailbox, replied(case, "Hola.", To=f"atencio+{forged}@besos.example"))
    assert len(cases()) == 2


# ------------------------------------------------------------------ machines
@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Unsubscribe": "<https://news.example.org/leave>"},
        {"List_Id": "<news.example.org>", "List_Post": "NO"},
        {"List_Id": "<n.example.org>", "List_Unsubscribe_Post": "List-Unsubscribe=One-Click"},
        {"X_Auto_Response_Suppress": "All", "Auto_Submitted": "auto-generated"},
    ],
)
def test_a_machine_is_noted_and_never_answered(headers: dict[str, str]) -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    (receipt,) = letters(case)
    take_in(mailbox, replied(case, "Soc fora.", In_Reply_To=receipt.message_id, **headers))
    take_in(mailbox, a_mail("Novetats!", Message_ID="<n@example.org>", **headers))
    assert len(cases()) == 1
    assert len(letters(case)) == 1
    assert alarms(case) == []
    assert "mail.from_machine" in lines(case)
    assert [raw.trouble for raw in raws() if raw.state == STATES.HELD] == ["from a machine"]


LIST = "llista@consumidors.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"List_Id": "Consumidors <llista.consumidors.example>"},
        {"Precedence": "list", "List_Post": f"<mailto:{LIST}>"},
    ],
)
def test_who_writes_through_a_list_is_a_person_and_the_list_is_not_answered(
    headers: dict[str, str],
) -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail(**headers, Reply_To=LIST))
    munged = a_mail(sender=f"Eva via Llista <{LIST}>", Message_ID="<m@example.org>", **headers)
    munged["Reply-To"] = f"Llista <{LIST}>, eva@example.org"
    take_in(mailbox, munged)
    unknown = a_mail(sender=f"Pol via Llista <{LIST}>", Message_ID="<u@example.org>", **headers)
    take_in(mailbox, unknown)
    found = cases()
    assert [case.complainant.name for case in found if case.complainant] == [
        "Ana Pérez",
        "Eva via Llista",
        "Pol via Llista",
    ]
    receipts = [letters(case)[0] for case in found]
    with viewing(the_house()):
        points = [one.contact_point.value if one.contact_point else "" for one in receipts]
    assert points == ["ana@example.org", "eva@example.org", ""]
    assert receipts[2].state == Letter.State.WAITING


def test_our_own_mail_is_known_by_its_mark_however_it_comes_back(settings: Settings) -> None:
    mailbox = a_mailbox()
    mails = [a_mail(Message_ID=f"<{n}@example.org>") for n in range(3)]
    mails[0][mark.OUR_MARK] = mark.our_mark()
    mails[1][mark.OUR_MARK] = "aaaaaaaaaaaaaaaaaaaaaaaa"
    mails[1]["X-Valedor-Sent-Again"] = "yes"
    settings.SECRET_KEY, ours = "of another installation", settings.SECRET_KEY
    mails[2][mark.OUR_MARK] = mark.our_mark()
    settings.SECRET_KEY = ours
    take_in(mailbox, *mails)
    assert len(cases()) == 2
    assert [raw.trouble for raw in raws() if raw.state == STATES.HELD] == ["our own mail"]


def test_our_own_letter_does_not_turn_in_a_circle() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    (receipt,) = letters(case)
    take_in(mailbox, a_mail("El vostre cas.", Message_ID=receipt.message_id))
    assert len(cases()) == 1
    assert [raw.trouble for raw in raws() if raw.state == STATES.HELD] == ["our own mail"]


def test_many_mails_of_one_sender_are_registered_quietly_then_wait() -> None:
    mailbox = a_mailbox()
    quiet, most = sorting.ACKNOWLEDGED_AN_HOUR, sorting.REGISTERED_AN_HOUR
    mails = [a_mail(f"Mail {n}", Message_ID=f"<{n}@example.org>") for n in range(most + 2)]
    take_in(mailbox, *mails)
    found = cases()
    assert len(found) == most
    states = [letters(case)[0].state for case in found]
    assert states.count(Letter.State.QUEUED) == quiet
    assert states[quiet:] == [Letter.State.WAITING] * (most - quiet)
    held = [raw.trouble for raw in raws() if raw.state == STATES.HELD]
    assert held == ["too many from one address"] * 2


# ------------------------------------------------------------------ what comes back
def accepted(letter: Letter) -> Letter:
    from valedor.channels import sending

    with viewing(the_house()):
        Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENDING)
        letter.refresh_from_db()
    sending._accept(letter, "250 ok", AT)
    jobs.work(concurrency=1, queues=["default"], wait=False)
    return letter


def test_a_receipt_that_comes_back_opens_what_it_had_met() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    receipt = accepted(letters(case)[0])
    with viewing(the_house()):
        met = Deadline.objects.filter(case=case, duty="acknowledge", state=Deadline.State.MET)
        assert met.exists() == Deadline.objects.filter(case=case, duty="acknowledge").exists()
    take_in(mailbox, a_bounce(receipt))
    jobs.work(concurrency=1, queues=["default"], wait=False)
    (receipt,) = letters(case)
    assert receipt.state == Letter.State.REFUSED
    assert "5.1.1" in receipt.last_answer
    assert "letter.came_back" in lines(case)
    assert alarms(case) == ["letter_failed"]
    with viewing(the_house()):
        assert not Deadline.objects.filter(
            case=case, duty="acknowledge", state=Deadline.State.MET
        ).exists()
        point = ContactPoint.objects.get(person=case.complainant)
    assert point.failed_at is not None
    assert not verify().broken


def test_a_delay_is_no_failure() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    receipt = accepted(letters(case)[0])
    take_in(mailbox, a_bounce(receipt, status="4.4.1", action="delayed"))
    assert letters(case)[0].state == Letter.State.ACCEPTED
    assert "mail.from_machine" in lines(case)


def test_what_came_back_of_no_letter_waits() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_bounce(Letter(pk=987654321, message_id="<987654321.aaaa@elsewhere>")))
    assert cases() == []
    assert [raw.trouble for raw in raws()] == ["came back, of no letter of ours"]


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
