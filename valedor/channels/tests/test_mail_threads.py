"""Mail joins the case that it answers, and shows who it is from."""

from datetime import date, timedelta

import pytest

from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.letters import letter_of, token_of
from valedor.casefile.models import Entry
from valedor.casefile.seats import Seat
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels.models import Mail
from valedor.channels.tests.mail_room import (
    AT,
    a_lead,
    a_mail,
    a_mailbox,
    alarms,
    body_of,
    cases,
    letters,
    lines,
    replied,
    take_in,
)
from valedor.handling.actions.merge import merge
from valedor.participants.actions.let_in import let_in
from valedor.participants.models import Participant
from valedor.participants.rules import Invited
from valedor.telling.entries import author_of
from valedor.telling.reader import Reader

pytestmark = pytest.mark.usefixtures("committed_database")
LATER = AT + timedelta(hours=1)
WROTE = "El dv., 20 nov. 2026 a les 9:14, Aigües del Besòs <atencio@besos.example> va escriure:"


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


@pytest.mark.parametrize(
    ("scope", "let_in_until", "writes"),
    [
        (Participant.Scope.WRITE, None, True),
        (Participant.Scope.ACT, AT.date(), True),
        (Participant.Scope.READ, None, False),
        (Participant.Scope.WRITE, AT.date() - timedelta(days=1), False),
    ],
)
def test_whoever_was_let_in_writes_under_their_own_name(
    scope: str, let_in_until: date | None, writes: bool
) -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    invited = Invited(
        name="Vera Soler", role=Participant.Role.REPRESENTATIVE, scope=scope, language="ca",
        email="vera@consumidors.example", expires_on=let_in_until,
    )  # fmt: skip
    let_in(case, invited, by=COMPLAINANT, at=AT - timedelta(days=2))
    reply = replied(
        case, "Parlo per ell.", sender="Vera <vera@consumidors.example>",
        In_Reply_To=letters(case)[0].message_id,
    )  # fmt: skip
    take_in(mailbox, reply, at=LATER)
    assert len(cases()) == 1
    with viewing(the_house()):
        kind = "message.received" if writes else "mail.from_stranger"
        entry = Entry.objects.get(case=case, kind=kind)
        assert Mail.objects.filter(case=case, is_from_stranger=True).exists() is not writes
        told = author_of(entry, case, Reader.STAFF, names={})
        assert ("Vera Soler" in told) is writes
    assert not verify().broken


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
