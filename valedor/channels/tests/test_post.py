"""Letters on paper count when they are posted with proof or handed over."""

import io
from datetime import timedelta

import pikepdf
import pytest
from pytest_django import Settings

from valedor.casefile.actors import SYSTEM
from valedor.casefile.models import Case, Deadline, Entry, EntryContent, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import sending
from valedor.channels.email.actions.send_again import send_again
from valedor.channels.post.actions.hand_over import hand_over
from valedor.channels.post.actions.post import post
from valedor.channels.post.actions.prove import prove
from valedor.channels.post.actions.take_back import take_back
from valedor.channels.post.paper import address_of, letter_pdf
from valedor.channels.tests.post_room import FILED_AT, a_case, a_post_room, letter_now, lines_of
from valedor.foundation.refusals import Refused
from valedor.handling.models import Alarm
from valedor.handling.tasks import letter_refused
from valedor.intake.actions.receive import Registration
from valedor.intake.submission import PersonGiven

pytestmark = pytest.mark.usefixtures("committed_database")
POSTED_AT = FILED_AT + timedelta(hours=5)
ON_PAPER = PersonGiven(name="Ana Pérez", postal_address="Carrer Major, 3\n08001 Barcelona")


def by_letter() -> Registration:
    return a_case(person=ON_PAPER, channel=Case.Channel.LETTER)


def test_posting_with_proof_meets_the_duty_at_that_moment() -> None:
    registration = by_letter()
    assert registration.letter is not None
    later = POSTED_AT + timedelta(days=2)
    with viewing(the_house()):
        post(
            letter_now(registration.letter),
            by=SYSTEM,
            at=POSTED_AT,
            proof="RR123456785ES",
            recorded_at=later,
        )
        letter = Letter.objects.get(pk=registration.letter.pk)
        assert (letter.state, letter.accepted_at) == (Letter.State.ACCEPTED, POSTED_AT)
        assert letter.meets is not None
        assert (letter.meets.state, letter.meets.met_at) == (Deadline.State.MET, POSTED_AT)
        entry = Entry.objects.get(case=registration.case.pk, kind="letter.posted")
        assert (entry.at, entry.recorded_at) == (POSTED_AT, later)
        assert "RR123456785ES" not in str(entry.particulars)
        assert EntryContent.objects.get(pk=entry.pk).details["proof"] == "RR123456785ES"


def test_posting_without_proof_is_refused_and_changes_nothing() -> None:
    registration = by_letter()
    before = lines_of(registration.case)
    with viewing(the_house()), pytest.raises(Refused) as refused:
        post(letter_now(registration.letter), by=SYSTEM, at=POSTED_AT, proof="  ")
    assert refused.value.code == "proof_missing"
    assert letter_now(registration.letter).state == Letter.State.WAITING
    assert lines_of(registration.case) == before


def test_handing_over_counts_and_happens_once() -> None:
    registration = by_letter()
    with viewing(the_house()):
        hand_over(letter_now(registration.letter), by=SYSTEM, at=POSTED_AT)
        with pytest.raises(Refused) as refused:
            hand_over(letter_now(registration.letter), by=SYSTEM, at=POSTED_AT)
    assert refused.value.code == "letter_gone"
    letter = letter_now(registration.letter)
    assert (letter.state, letter.channel) == (Letter.State.ACCEPTED, Case.Channel.IN_PERSON)
    assert lines_of(registration.case).count("letter.handed_over") == 1


def test_a_letter_on_its_way_by_mail_may_not_be_handed_over() -> None:
    registration = a_case()
    with viewing(the_house()), pytest.raises(Refused) as refused:
        hand_over(letter_now(registration.letter), by=SYSTEM, at=POSTED_AT)
    assert refused.value.code == "letter_on_its_way"


def test_a_refused_letter_can_go_again_under_its_message_id(settings: Settings) -> None:
    registration = a_case()
    assert registration.letter is not None
    with a_post_room() as room:
        settings.SMTP_URL = room.url
        room.to_address.append("550 gone away")
        sending.deliver(registration.letter.pk, at=POSTED_AT)
        with viewing(the_house()):
            send_again(letter_now(registration.letter), by=SYSTEM, at=POSTED_AT)
        sending.deliver(registration.letter.pk, at=POSTED_AT)
        assert room.messages[0]["Message-ID"] == registration.letter.message_id
    assert letter_now(registration.letter).state == Letter.State.ACCEPTED


def test_a_letter_on_paper_cannot_go_by_mail() -> None:
    registration = by_letter()
    with viewing(the_house()), pytest.raises(Refused) as refused:
        send_again(letter_now(registration.letter), by=SYSTEM, at=POSTED_AT)
    assert refused.value.code == "no_email"


def test_the_printed_letter_has_address_words_and_no_secret() -> None:
    registration = by_letter()
    assert registration.letter is not None
    with viewing(the_house()):
        letter = Letter.objects.select_related("case__entity", "recipient", "contact_point").get(
            pk=registration.letter.pk
        )
        made = letter_pdf(letter, at=POSTED_AT)
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as metadata:
        assert str(pdf.Root.Lang) == "ca"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    assert "⟦" not in letter.subject


# ------------------------------------------------------------------ brought back, delivered
def posted() -> Letter:
    registration = by_letter()
    with viewing(the_house()):
        return post(letter_now(registration.letter), by=SYSTEM, at=POSTED_AT, proof="RR1")


def test_a_letter_that_moved_people_never_got_opens_its_limit_again_and_calls_somebody() -> None:
    letter, back = posted(), POSTED_AT + timedelta(days=6)
    with viewing(the_house()):
        take_back(
            letter,
            returned=Letter.Returned.MOVED,
            by=SYSTEM,
            at=back,
            recorded_at=back + timedelta(hours=2),
        )
        entry = Entry.objects.get(case=letter.case_id, kind="letter.returned")
        assert (entry.at, entry.particulars["returned"]) == (back, "moved")
        letter_refused(case_id=letter.case_id, entry_id=entry.pk)
        now_it_is = Letter.objects.select_related("contact_point", "meets").get(pk=letter.pk)
        assert (now_it_is.state, now_it_is.returned) == (Letter.State.REFUSED, "moved")
        assert now_it_is.contact_point is not None
        assert now_it_is.contact_point.failed_at == back
        assert now_it_is.meets is not None
        assert now_it_is.meets.state in {Deadline.State.RUNNING, Deadline.State.MISSED}
        assert Alarm.objects.get(case=letter.case_id).cause == Alarm.Cause.LETTER_FAILED
        with pytest.raises(Refused) as twice:
            take_back(letter, returned=Letter.Returned.MOVED, by=SYSTEM, at=back)
    assert twice.value.code == "letter_back"


def test_what_nobody_collected_may_be_posted_to_the_same_address_again() -> None:
    letter, back = posted(), POSTED_AT + timedelta(days=15)
    with viewing(the_house()):
        take_back(letter, returned=Letter.Returned.NOT_COLLECTED, by=SYSTEM, at=back)
        assert address_of(letter_now(letter)).startswith("Carrer Major, 3")
        again = post(letter, by=SYSTEM, at=back + timedelta(days=1), proof="RR2")
    assert (again.state, again.returned) == (Letter.State.ACCEPTED, "")


def test_a_letter_comes_back_only_after_it_was_posted() -> None:
    waiting = letter_now(by_letter().letter)
    with viewing(the_house()), pytest.raises(Refused) as refused:
        take_back(waiting, returned=Letter.Returned.UNKNOWN, by=SYSTEM, at=POSTED_AT)
    assert refused.value.code == "letter_not_posted"


def test_no_letter_comes_back_before_it_left() -> None:
    letter = posted()
    with viewing(the_house()), pytest.raises(Refused) as refused:
        take_back(
            letter, returned=Letter.Returned.UNKNOWN, by=SYSTEM, at=POSTED_AT - timedelta(days=1)
        )
    assert refused.value.code == "before_posting"
    assert letter_now(letter).state == Letter.State.ACCEPTED


def test_the_proof_of_delivery_is_a_line_with_its_date() -> None:
    letter, delivered = posted(), POSTED_AT + timedelta(days=2)
    with viewing(the_house()):
        with pytest.raises(Refused) as without:
            prove(letter, by=SYSTEM, at=delivered, proof=" ")
        prove(letter, by=SYSTEM, at=delivered, proof="signed by J. Pérez")
        with pytest.raises(Refused) as twice:
            prove(letter, by=SYSTEM, at=delivered, proof="signed by J. Pérez")
        entry = Entry.objects.get(case=letter.case_id, kind="letter.proved")
        assert entry.at == delivered
        assert "Pérez" not in str(entry.particulars)
    assert (without.value.code, twice.value.code) == ("proof_missing", "letter_proved")
    assert letter_now(letter).arrived_at == delivered
