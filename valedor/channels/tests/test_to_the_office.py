"""What somebody answers to a letter of the ombudsman by mail goes behind the wall."""

import pytest

from tests.cast import Cast, a_submission, acting, days, the_cast
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Letter, RawMessage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Mail
from valedor.channels.tests.mail_room import a_mail, take_in
from valedor.handling.models import Alarm
from valedor.review.office.actions.admit import refuse
from valedor.review.office.actions.bring import bring_first_hand
from valedor.review.office.models import Statement
from valedor.review.tests.office_cast import Office, the_office


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


def answered_by_mail(cast: Cast, file: Case, text: str) -> RawMessage:
    """Ana answers the receipt of the office by mail."""
    mailbox = set_mailbox(cast.besos, "box", address="box@besos.example", by=None, at=days(1))
    with acting(cast):
        letter = Letter.objects.filter(case=file).latest("queued_at")
    mail = a_mail(
        text, sender="Ana Puig <ana@example.org>", In_Reply_To=letter.message_id,
        Message_ID="<answer@example.org>",
    )  # fmt: skip
    take_in(mailbox, mail, at=days(3))
    with acting(cast):
        return RawMessage.objects.get(channel="email")


def a_file(cast: Cast) -> tuple[Office, Case]:
    office = the_office(cast)
    return office, bring_first_hand(a_submission(cast), by=COMPLAINANT, at=days(1)).file


def test_an_answer_by_mail_joins_the_file_and_the_company_sees_nothing_of_it(cast: Cast) -> None:
    office, file = a_file(cast)
    raw = answered_by_mail(cast, file, "The meter was changed on the third.")
    with acting(cast):
        assert raw.case == file
        assert Statement.objects.get(case=file).text == "The meter was changed on the third."
        assert Mail.objects.filter(case=file).count() == 1
    for account in (cast.bruno, cast.carla, cast.gia):
        with viewing(viewer_of(account)):
            assert not RawMessage.objects.filter(pk=raw.pk).exists()
            assert not Mail.objects.exists()
            assert not Alarm.objects.filter(case=file).exists()
    with viewing(viewer_of(office.felix)):
        assert Statement.objects.filter(case=file).exists()


def test_what_comes_to_a_closed_file_is_kept_and_somebody_is_called(cast: Cast) -> None:
    office, file = a_file(cast)
    refuse(file, ground="not_ours", reasons="It is a matter of taxes.", by=office.by, at=days(2))
    answered_by_mail(cast, file, "But it is not.")
    with acting(cast):
        assert Statement.objects.get(case=file).text == "But it is not."
        assert Alarm.objects.filter(case=file, settled_at=None, cause="person_wrote").exists()
