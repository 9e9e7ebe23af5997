"""What reached the ombudsman and no machine could read: the office sees to it, the company sees
nothing of it.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.cast import Cast, a_case, acting, days
from valedor.acts.reading import unread
from valedor.casefile.models import Case, Document, RawMessage, Stage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import viewer_of, viewing
from valedor.channels.reminding import tell_of_held
from valedor.foundation.moments import now
from valedor.intake.models import SetAside
from valedor.people.models import AdministrationEntry, Role, RoleGrant
from valedor.review.office.actions.take import recuse
from valedor.review.office.models import Proceeding, Statement
from valedor.review.tests.office_cast import Office, a_file_being_heard, the_office

from .conftest import SignIn
from .reading import words_of
from .test_held import FORM, a_post


@pytest.fixture(autouse=True)
def documents(tmp_path: Any, settings: Any) -> None:
    """A store of the test's own."""
    settings.DOCUMENTS = tmp_path


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


@pytest.fixture
def felix(office: Office, sign_in: SignIn) -> Client:
    return sign_in(office.felix)


def held(cast: Cast, **more: Any) -> RawMessage:
    """A post to the ombudsman that was not read."""
    given: dict[str, Any] = {
        "entity": cast.besos, "seats": int(OFFICE_FILE), "channel": "web_form",
        "media_type": FORM, "state": "held", "trouble": "left unread", "received_at": days(4),
        "content": a_post(text="The meter stands still.", name="Mar", email="mar@example.org"),
    }  # fmt: skip
    with acting(cast):
        return RawMessage.objects.create(**given | more)


def a_file(cast: Cast) -> Case:
    with acting(cast):
        return a_file_being_heard(cast, a_case(cast, stage=Stage.ANSWERED))


def at(raw: RawMessage, page: str = "") -> str:
    return f"/desk/office/held/{raw.pk}{page}"


def test_the_office_sees_its_own_and_only_its_own(
    cast: Cast, felix: Client, sign_in: SignIn
) -> None:
    ours, theirs = held(cast), held(cast, seats=3, trouble="unreadable")
    shown = words_of(felix.get("/desk/office/held"))
    assert "the program that was to read it ended" in shown
    assert "could not be read as a form" not in shown
    assert "Office: could not be read 1" in shown  # The count in the menu.
    assert felix.get(at(theirs)).status_code == 404
    assert "The meter stands still." in words_of(felix.get(at(ours)))
    assert felix.get(at(ours, "/content")).status_code == 200
    for account in (cast.bruno, cast.carla, cast.gia):
        desk = sign_in(account)
        page = words_of(desk.get("/desk/held"))
        assert "the program that was to read it ended" not in page
        assert "Could not be read 1" in page
        assert desk.get(f"/desk/held/messages/{ours.pk}").status_code == 404
        assert desk.get("/desk/office/held").status_code == 403
        assert desk.get(at(ours)).status_code == 403


def test_somebody_who_works_for_both_sees_each_on_its_own_pages(
    cast: Cast, office: Office, sign_in: SignIn
) -> None:
    ours = held(cast)
    both = cast.join("both", Role.OMBUDSMAN_CLERK, office.team)
    RoleGrant.objects.create(
        account=both, role=Role.HANDLER, team=cast.attention, granted_at=days(-9)
    )
    with viewing(viewer_of(both)) as viewer:
        assert unread.messages_waiting(viewer) == []
    assert sign_in(both).get(f"/desk/held/messages/{ours.pk}").status_code == 404
    assert sign_in(both).get(at(ours)).status_code == 200


def test_filed_into_a_file_from_the_moment_it_came(cast: Cast, felix: Client) -> None:
    file, raw = a_file(cast), held(cast)
    wrong = {"do": "file", "reference": "2026-000000-T", "text": "The meter stands still."}
    assert felix.post(at(raw), wrong).status_code == 422
    sent = felix.post(at(raw), wrong | {"reference": file.reference})
    assert sent.status_code == 302, words_of(sent)
    with acting(cast):
        raw.refresh_from_db()
        assert (raw.case, raw.state) == (file, "registered")
        said = Statement.objects.get(case=file, text="The meter stands still.")
        assert said.given_at == raw.received_at
        [document] = Document.objects.filter(case=file, name="bill.txt", at__gt=days(3.5))
        assert document.seats == int(OFFICE_FILE)
    again = felix.post(at(raw), wrong | {"reference": file.reference})  # Sent twice.
    assert again.status_code == 404
    with acting(cast):
        assert Statement.objects.filter(case=file).count() == 1


def test_a_case_of_the_company_is_no_file(cast: Cast, felix: Client) -> None:
    case, raw = a_case(cast), held(cast)
    sent = felix.post(at(raw), {"do": "file", "reference": case.reference, "text": "x"})
    assert "There is no such file that you may see." in words_of(sent)


def test_it_becomes_a_file_of_its_own_with_its_files_and_its_date(
    cast: Cast, felix: Client
) -> None:
    raw = held(cast)
    page = felix.get(at(raw)).content.decode()
    assert 'value="mar@example.org"' in page
    given = {
        "do": "register", "new-kind": "complaint", "new-text": "The meter stands still.",
        "new-name": "Mar", "new-email": "mar@example.org",
    }  # fmt: skip
    assert felix.post(at(raw), given | {"new-name": " "}).status_code == 422
    made = felix.post(at(raw), given)
    assert "Access code" in words_of(made)
    with acting(cast):
        raw.refresh_from_db()
        proceeding = Proceeding.objects.get(case=raw.case)
        assert proceeding.brought_at == raw.received_at
        assert Document.objects.filter(case=raw.case, name="bill.txt").count() == 1
        assert raw.case is not None
        assert raw.case.pk < 0
    with viewing(viewer_of(cast.bruno)):
        assert not Case.objects.filter(pk__lt=0).exists()


def test_what_was_to_take_a_case_to_the_ombudsman_does_so(cast: Cast, felix: Client) -> None:
    with acting(cast):
        case = a_case(cast, stage=Stage.ANSWERED)
    raw = held(cast, envelope={"case": case.reference})
    page = words_of(felix.get(at(raw)))
    assert case.reference in page
    made = felix.post(at(raw), {"do": "register", "new-text": "Nobody looked at the meter."})
    assert "Access code" in words_of(made)
    other = held(cast, envelope={"case": case.reference})
    again = felix.post(at(other), {"do": "register", "new-text": "Nobody looked at the meter."})
    assert again.status_code == 409
    assert "The ombudsman has this case already." in words_of(again)
    with acting(cast):
        raw.refresh_from_db()
        assert Proceeding.objects.get(about=case).case_id == raw.case_id


def test_set_aside_and_taken_up_again_without_a_word_in_the_companys_log(
    cast: Cast, felix: Client
) -> None:
    raw = held(cast)
    assert felix.post(at(raw), {"do": "aside", "reason": " "}).status_code == 422
    assert felix.post(at(raw), {"do": "aside", "reason": "An advertisement."}).status_code == 302
    assert "An advertisement." in words_of(felix.get("/desk/office/held?aside"))
    assert "An advertisement." in words_of(felix.get(at(raw)))
    for account in (cast.bruno, cast.gia):
        with viewing(viewer_of(account)):
            assert not SetAside.objects.exists()
    assert not AdministrationEntry.objects.filter(subject=str(raw.pk)).exists()
    assert felix.post(at(raw), {"do": "take-up"}).status_code == 302
    assert felix.post(at(raw), {"do": "take-up"}).status_code == 409
    assert "the program that was to read it ended" in words_of(felix.get("/desk/office/held"))


def test_whoever_is_recused_from_a_file_sees_nothing_that_is_on_its_way_there(
    cast: Cast, office: Office, felix: Client
) -> None:
    file = a_file(cast)
    raw = held(cast, envelope={"case": file.reference})
    assert felix.get(at(raw)).status_code == 200
    with acting(cast):
        recuse(file, reasons="Ana is my cousin.", by=office.by, at=days(5))
    assert felix.get(at(raw)).status_code == 404
    assert "it ended" not in words_of(felix.get("/desk/office/held"))


def test_the_office_is_told_of_it_by_mail_and_the_company_is_not(
    cast: Cast, office: Office, settings: Any
) -> None:
    settings.DEMO = True
    for account, address in ((office.felix, "felix"), (cast.bruno, "bruno")):
        type(account).objects.filter(pk=account.pk).update(email=f"{address}@besos.example")
    held(cast, received_at=now() - timedelta(hours=5))
    assert tell_of_held(now()) == 1
    assert {one.to[0] for one in mail.outbox} == {"felix@besos.example"}
    assert "/desk/office/held" in str(mail.outbox[0].body)
    assert tell_of_held(now()) == 0
