"""What machines send is noted and never answered; what comes back finds its letter."""

import pytest
from pytest_django import Settings

from valedor.casefile.models import Deadline, Letter, RawMessage
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import mark, sorting
from valedor.channels.tests.mail_room import (
    AT,
    a_bounce,
    a_mail,
    a_mailbox,
    alarms,
    cases,
    letters,
    lines,
    raws,
    replied,
    take_in,
)
from valedor.foundation import jobs
from valedor.people.models import ContactPoint

pytestmark = pytest.mark.usefixtures("committed_database")
STATES = RawMessage.State


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
