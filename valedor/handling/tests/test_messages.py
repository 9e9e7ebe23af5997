"""Words both ways, notes, documents, drafts."""

import pytest

from tests.cast import Cast, a_case, again, days, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.documents import FileRefused, keep_file
from valedor.casefile.models import Case, Document, Entry, Letter, Message, Stage
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.foundation.refusals import Refusal, Refused
from valedor.handling.actions.add_document import add_document, refuse_document
from valedor.handling.actions.answered import letter_accepted
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.actions.save_draft import drop_draft, save_draft
from valedor.handling.actions.send_message import send_message
from valedor.handling.actions.write_note import write_note
from valedor.handling.models import Alarm, Draft
from valedor.people.models import Role

EMAIL = Case.Channel.EMAIL


def test_a_note_stays_in_the_house(cast: Cast) -> None:
    case = a_case(cast)
    entry = write_note(case, text="Third this month.", by=staff(cast.bruno), at=hours(1))
    assert entry.seats == Seat.COMPANY
    assert entry.content.body == "Third this month."
    assert not Letter.objects.filter(case=case).exclude(kind="receipt").exists()
    with refusing(case, "empty"):
        write_note(case, text=" ", by=staff(cast.bruno), at=hours(1))
    for stranger in (cast.dario, cast.gia, cast.ines):
        with refusing(case, "not_permitted"):
            write_note(case, text="Hello.", by=staff(stranger), at=hours(1))
    with refusing(case, "not_permitted"):
        write_note(case, text="Hello.", by=COMPLAINANT, at=hours(1))


def test_a_message_goes_out_by_letter_and_is_a_first_answer(cast: Cast) -> None:
    case = a_case(cast)
    message = send_message(case, text="Lo miramos.", by=staff(cast.bruno), at=hours(1))
    letter = message.letter
    assert letter is not None
    assert "Lo miramos." in letter.body
    assert letter.meets is not None
    assert letter.meets.duty == "first_answer"
    letter_accepted(case, letter=letter, at=hours(2))
    letter.meets.refresh_from_db()
    assert (letter.meets.state, letter.meets.met_at) == ("met", hours(2))


def test_whoever_answers_the_telephone_writes_too(cast: Cast) -> None:
    case = a_case(cast)
    nuria = cast.join("nuria", role=Role.AGENT)
    send_message(case, text="Lo paso.", by=staff(nuria), at=hours(1))
    assert kinds_of(case)[-1] == "message.sent"
    for stranger in (cast.dario, cast.gia, cast.hugo):
        with refusing(case, "not_permitted"):
            send_message(case, text="Hola.", by=staff(stranger), at=hours(1))


def test_what_the_person_says_is_kept_after_the_end_too(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    receive_message(case, text="Otra vez.", channel=EMAIL, by=COMPLAINANT, at=days(3))
    assert again(case).stage == Stage.CLOSED
    calls = Alarm.objects.filter(case=case, cause=Alarm.Cause.PERSON_WROTE, settled_at=None)
    assert calls.get().raised_at == days(3)
    entry = Entry.objects.get(case=case, kind="message.received")
    assert entry.content.body == "Otra vez."
    assert Message.objects.get(entry=entry).direction == Message.Direction.IN


def test_answering_settles_the_call(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    receive_message(case, text="¿Y bien?", channel=EMAIL, by=COMPLAINANT, at=hours(3))
    alarm = Alarm.objects.get(case=case)
    assert alarm.account == cast.bruno
    send_message(again(case), text="Mañana.", by=staff(cast.bruno), at=hours(4))
    alarm.refresh_from_db()
    assert alarm.settled_at == hours(4)
    incoming = Message.objects.get(case=case, entry__kind="message.received")
    assert incoming.answered_at == hours(4)


def test_both_sides_add_documents(cast: Cast) -> None:
    bill = keep_file("bill.pdf", [b"%PDF-1.4 a bill"])
    case = a_case(cast, stage=Stage.ASSESSED)
    hers = add_document(case, file=bill, by=COMPLAINANT, at=hours(2), internal=True)
    assert (hers.side, hers.seats) == (Document.Side.COMPLAINANT, BOTH_SIDES)
    ours = add_document(case, file=bill, by=staff(cast.bruno), at=hours(3), internal=True)
    assert (ours.side, ours.seats) == (Document.Side.COMPANY, Seat.COMPANY)
    assert Alarm.objects.filter(case=case, cause=Alarm.Cause.PERSON_WROTE).exists()
    for stranger in (cast.dario, cast.gia, cast.ines):
        with refusing(case, "not_permitted"):
            add_document(case, file=bill, by=staff(stranger), at=hours(4))


def test_a_file_that_is_not_taken_is_told_by_name(cast: Cast) -> None:
    case = a_case(cast)
    refused = FileRefused(Refusal("too_large", "Too large."), name="film.mp4", size=10**9)
    entry = refuse_document(case, refused=refused, by=COMPLAINANT, at=hours(1))
    assert entry.content.details["name"] == "film.mp4"


def test_drafts_survive_field_by_field(cast: Cast) -> None:
    case = a_case(cast)
    bruno = staff(cast.bruno)
    save_draft(case, form="respond", fields={"opening": "Hola"}, by=bruno, at=hours(1))
    write_note(case, text="Something else happened.", by=staff(cast.carla), at=hours(2))
    save_draft(case, form="respond", fields={"reasons": "Dos cargos"}, by=bruno, at=hours(3))
    save_draft(case, form="respond", fields={"opening": "-"}, by=staff(cast.carla), at=hours(3))
    draft = Draft.objects.get(case=case, account=cast.bruno)
    assert draft.content == {"opening": "Hola", "reasons": "Dos cargos"}
    drop_draft(case, form="respond", by=bruno)
    assert Draft.objects.filter(case=case).count() == 1
    with pytest.raises(Refused):
        save_draft(case, form="respond", fields={}, by=staff(cast.dario), at=hours(4))
