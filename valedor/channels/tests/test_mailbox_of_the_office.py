"""A mailbox of the ombudsman's office: what arrives there lies behind the wall from its first byte,
and the office's letters go out from it.
"""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, a_case, acting, days, the_cast
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Document, Letter, RawMessage, Stage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import viewer_of, viewing
from valedor.channels.email import arriving, composing
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Mail, Mailbox
from valedor.channels.tests.mail_room import a_mail, take_in
from valedor.foundation.refusals import Refused
from valedor.handling.models import Alarm
from valedor.people.models import AdministrationEntry
from valedor.review.office.actions.bring import bring, bring_first_hand
from valedor.review.office.models import Proceeding, Statement
from valedor.review.tests.office_cast import Office, the_office

ANA = "Ana Puig <ana@example.org>"
BOX = "sindica@besos.example"


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


@pytest.fixture
def office(cast: Cast, tmp_path: Any, settings: Any) -> Office:
    settings.DOCUMENTS = tmp_path
    return the_office(cast)


def a_box(cast: Cast) -> Mailbox:
    return set_mailbox(
        cast.besos, "sindica", address=BOX, is_of_the_office=True, by=None, at=days(1)
    )


def nothing_for_the_company(cast: Cast) -> None:
    for account in (cast.bruno, cast.carla, cast.gia):
        with viewing(viewer_of(account)):
            assert not RawMessage.objects.filter(channel="email").exists()
            assert not Mail.objects.exists()
            assert not Case.objects.filter(pk__lt=0).exists()
            assert not Alarm.objects.exists()


def test_it_lies_behind_the_wall_before_anything_reads_it(cast: Cast, office: Office) -> None:
    box = a_box(cast)
    arriving.keep(box, [arriving.Arrived(a_mail().as_bytes(), {})], at=days(2))
    with acting(cast):
        assert RawMessage.objects.get(channel="email").seats == int(OFFICE_FILE)
    nothing_for_the_company(cast)


def test_new_mail_becomes_a_file_of_the_office_with_what_it_encloses(
    cast: Cast, office: Office
) -> None:
    mail = a_mail("Nobody answers me.", sender=ANA, To=BOX)
    mail.add_attachment(b"Two charges.", maintype="text", subtype="plain", filename="bill.txt")
    take_in(a_box(cast), mail, a_mail("Another thing.", Message_ID="<2@x.example>"), at=days(3))
    with acting(cast):
        assert RawMessage.objects.filter(channel="email", state="registered").count() == 2
        files = [one.case for one in Proceeding.objects.order_by("brought_at", "pk")]
        assert len(files) == 2
        assert {one.channel for one in files} == {"email"}
        [document] = Document.objects.filter(name="bill.txt")
        assert document.seats == int(OFFICE_FILE)
        assert Letter.objects.filter(kind="office_received").count() == 2
        assert Mail.objects.filter(case__in=files, seats=int(OFFICE_FILE)).count() == 2
        assert not Case.objects.filter(pk__gt=0).exists()
    nothing_for_the_company(cast)
    with viewing(viewer_of(office.felix)):
        assert RawMessage.objects.filter(channel="email").count() == 2


def test_an_answer_joins_its_file_and_one_to_the_company_never_its_case(
    cast: Cast, office: Office
) -> None:
    box = a_box(cast)
    with acting(cast):
        case = a_case(cast, stage=Stage.ANSWERED)
        theirs = Letter.objects.filter(case=case).order_by("pk")[0]
    file = bring(case, text="Look again.", by=COMPLAINANT, at=days(3)).file
    with acting(cast):
        before = Case.objects.get(pk=case.pk).last_sequence
        ours = Letter.objects.get(case=file)
    for number, letter in enumerate((ours, theirs)):
        answer = a_mail(
            f"Number {number}.", sender=ANA, To=BOX, In_Reply_To=letter.message_id,
            Message_ID=f"<a{number}@x.example>",
        )  # fmt: skip
        take_in(box, answer, at=days(4))
    with acting(cast):
        said = Statement.objects.filter(case=file).values_list("text", flat=True)
        assert sorted(said) == ["Number 0.", "Number 1."]
        assert Case.objects.get(pk=case.pk).last_sequence == before
    nothing_for_the_company(cast)


def test_what_cannot_be_registered_waits_for_the_office_alone(
    cast: Cast, office: Office, settings: Any
) -> None:
    settings.DEMO = True
    machine = a_mail("Out of office.", sender=ANA, To=BOX, Auto_Submitted="auto-replied")
    take_in(a_box(cast), machine, at=days(3))
    nothing_for_the_company(cast)
    with acting(cast):
        raw = RawMessage.objects.get(channel="email")
        assert (raw.state, raw.seats) == ("held", int(OFFICE_FILE))
    felix, bruno = Client(), Client()
    felix.force_login(office.felix)
    bruno.force_login(cast.bruno)
    assert bruno.post(f"/desk/held/messages/{raw.pk}", {"do": "not-spam"}).status_code == 404
    page = felix.get(f"/desk/office/held/{raw.pk}")
    assert b"Out of office." in page.content
    spared = felix.post(f"/desk/office/held/{raw.pk}", {"do": "not-spam"})
    assert spared.status_code == 302
    with acting(cast):
        raw.refresh_from_db()
        assert raw.state == "arrived"
    assert not AdministrationEntry.objects.filter(subject=str(raw.pk)).exists()


def test_letters_of_the_office_go_out_from_its_own_mailbox_where_there_is_one(
    cast: Cast, office: Office, settings: Any
) -> None:
    from tests.cast import a_submission

    settings.MAIL_FROM = "atencio@besos.example"
    file = bring_first_hand(a_submission(cast), by=COMPLAINANT, at=days(1)).file
    with acting(cast):
        letter = Letter.objects.select_related("case__entity").get(case=file)
        without = composing.message_of(letter, recipient="ana@example.org", at=days(2))
        assert "atencio@besos.example" in str(without["From"])
        assert "Síndica de la clientela" in str(without["From"])
        a_box(cast)
        message = composing.message_of(letter, recipient="ana@example.org", at=days(2))
        assert BOX in str(message["From"])
        assert str(message["Reply-To"]).startswith("sindica+")
        assert composing.from_address(letter) == BOX
        company = Letter.objects.select_related("case__entity").filter(case=a_case(cast))[0]
        theirs = composing.message_of(company, recipient="ana@example.org", at=days(2))
        assert "atencio@besos.example" in str(theirs["From"])
        assert BOX not in str(theirs)


def test_a_mailbox_never_changes_sides_and_takes_no_faxes(cast: Cast, office: Office) -> None:
    a_box(cast)
    for said in ({"is_of_the_office": False}, {"is_fax": True}):
        with pytest.raises(Refused):
            set_mailbox(cast.besos, "sindica", by=None, at=days(2), **said)  # type: ignore[arg-type]
    set_mailbox(cast.besos, "box", address="box@besos.example", by=None, at=days(2))
    with pytest.raises(Refused):
        set_mailbox(cast.besos, "box", is_of_the_office=True, by=None, at=days(2))


def test_without_anybody_in_the_office_it_waits(cast: Cast, tmp_path: Any, settings: Any) -> None:
    settings.DOCUMENTS = tmp_path
    take_in(a_box(cast), a_mail("Is anybody there?", To=BOX), at=days(3))
    with acting(cast):
        raw = RawMessage.objects.get(channel="email")
        assert (raw.state, raw.trouble) == ("held", "nobody holds the office")
        assert Mail.objects.get(raw=raw).seats == int(OFFICE_FILE)
        assert not Case.objects.exists()
