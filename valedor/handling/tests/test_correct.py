from datetime import date, timedelta

import pytest
from django.conf import settings

from tests.cast import FRIDAY, Cast, a_case, again, days, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Deadline, Entry, Kind, Letter, Stage
from valedor.casefile.seats import Seat
from valedor.foundation.access_codes import digest_of
from valedor.handling.actions.correct import (
    correct_category,
    correct_contact_point,
    correct_kind,
    correct_person,
    correct_received_at,
    correct_subject,
)
from valedor.handling.actions.correct_letter import correct_letter
from valedor.handling.actions.issue_access_code import issue_access_code, revoke_links
from valedor.handling.actions.send_message import send_message
from valedor.handling.models import Correction
from valedor.people.models import ContactPoint, Person
from valedor.procedures.models import Category


def test_a_wrong_date_is_corrected_and_limits_count_anew(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    right = FRIDAY - timedelta(days=2)
    correct_received_at(
        case, received_at=right, reason="The postmark.", by=staff(cast.bruno), at=hours(3)
    )
    assert again(case).received_at == right
    law = Deadline.objects.get(case=case, regime="es-trlgdcu-21", duty="respond")
    assert (law.starts_at, law.due_on) == (right, date(2026, 12, 3))
    line = Entry.objects.get(case=case, kind="case.corrected")
    assert line.content.body == "The postmark."
    assert "20 de noviembre" in line.content.details["before"]
    assert "18 de noviembre" in line.content.details["after"]
    assert "3 de diciembre" in Letter.objects.get(case=case, kind="correction").body
    assert again(case).next_due_at is not None


def test_nothing_is_received_in_the_future_or_corrected_to_itself(cast: Cast) -> None:
    case = a_case(cast)
    bruno = staff(cast.bruno)
    with refusing(case, "in_the_future"):
        correct_received_at(case, received_at=days(2), reason="-", by=bruno, at=days(1))
    with refusing(case, "nothing_changed"):
        correct_received_at(case, received_at=FRIDAY, reason="-", by=bruno, at=days(1))
    with refusing(case, "reason_missing"):
        correct_subject(case, subject="Agua", reason=" ", by=bruno, at=days(1))
    for stranger in (cast.dario, cast.gia, cast.ines, cast.hugo):
        with refusing(case, "not_permitted"):
            correct_subject(case, subject="Agua", reason="-", by=staff(stranger), at=days(1))
    with refusing(case, "not_permitted"):
        correct_subject(case, subject="Agua", reason="-", by=COMPLAINANT, at=days(1))


def test_another_kind_brings_other_limits(cast: Cast) -> None:
    case = a_case(cast)
    bruno = staff(cast.bruno)
    correct_kind(case, kind=Kind.ENQUIRY, reason="Only a question.", by=bruno, at=hours(1))
    assert again(case).kind == Kind.ENQUIRY
    law = Deadline.objects.get(case=case, regime="es-trlgdcu-21", duty="respond")
    assert law.state == "dropped"
    correct_kind(case, kind=Kind.CLAIM, reason="She wants money.", by=bruno, at=hours(2))
    again_due = Deadline.objects.get(
        case=case, regime="es-trlgdcu-21", duty="respond", state="running"
    )
    assert again_due.due_on == date(2026, 12, 5)
    assert Correction.objects.filter(case=case, field="kind").count() == 2


def test_another_category_concerns_another_area(cast: Cast) -> None:
    case = a_case(cast)
    correct_category(
        case, category=cast.water_cut, reason="No water.", by=staff(cast.bruno), at=hours(1)
    )
    row = again(case)
    assert (row.category, row.area) == (cast.water_cut, None)
    assert kinds_of(case)[-1] == "case.corrected"
    foreign = Category.objects.create(
        entity=cast.ipe, key="x", name={"en": "X"}, valid_from="2020-01-01"
    )
    with refusing(case, "no_such_category"):
        correct_category(case, category=foreign, reason="-", by=staff(cast.bruno), at=hours(2))


def test_a_mix_up_of_people_closes_the_links_of_the_wrong_one(cast: Cast) -> None:
    case = a_case(cast)
    other = Person.objects.create(name="Anna Puig", language="ca", created_at=FRIDAY)
    correct_person(case, person=other, reason="A namesake.", by=staff(cast.bruno), at=hours(1))
    row = again(case)
    assert (row.complainant, row.links_valid_from) == (other, hours(1))
    assert row.access_code_digest is None
    line = Entry.objects.get(case=case, kind="case.corrected")
    assert line.seats == int(Seat.COMPANY)


def test_letters_go_to_the_corrected_address(cast: Cast) -> None:
    case = a_case(cast)
    bruno = staff(cast.bruno)
    correct_contact_point(
        case,
        kind=ContactPoint.Kind.EMAIL,
        value="Ana.Puig@example.org",
        reason="A typing error.",
        by=bruno,
        at=hours(1),
    )
    message = send_message(again(case), text="Hola.", by=bruno, at=hours(2))
    assert message.letter is not None
    assert message.letter.contact_point is not None
    assert message.letter.contact_point.value == "Ana.Puig@example.org"


@pytest.mark.parametrize(("state", "replaced"), [("queued", "cancelled"), ("accepted", "accepted")])
def test_a_wrong_letter_is_replaced_or_followed(cast: Cast, state: str, replaced: str) -> None:
    case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
    letter = Letter.objects.get(case=case, kind="response")
    Letter.objects.filter(pk=letter.pk).update(state=state)
    corrected = correct_letter(
        case, letter=letter, body="Bien.", reason="Wrong sum.", by=staff(cast.bruno), at=hours(6)
    )
    letter.refresh_from_db()
    assert letter.state == replaced
    assert corrected.in_reply_to == (letter.message_id if state == "accepted" else "")
    assert kinds_of(case)[-1] == "case.letter_corrected"


def test_a_letter_of_another_case_is_left_alone(cast: Cast) -> None:
    case, other = a_case(cast), a_case(cast)
    letter = Letter.objects.get(case=other, kind="receipt")
    with refusing(case, "not_of_case"):
        correct_letter(case, letter=letter, body="-", reason="-", by=staff(cast.bruno), at=hours(1))


def test_a_new_code_lets_the_old_one_die(cast: Cast) -> None:
    case = a_case(cast)
    before = bytes(again(case).access_code_digest or b"")
    bruno = staff(cast.bruno)
    with refusing(case, "empty"):
        issue_access_code(case, by=bruno, at=hours(1))
    code = issue_access_code(case, identity_check="DNI seen.", by=bruno, at=hours(1))
    after = bytes(again(case).access_code_digest or b"")
    assert after == digest_of(code, key=settings.SECRET_KEY) != before
    assert code not in str(Entry.objects.filter(case=case).values_list("particulars"))
    for stranger in (cast.dario, cast.gia, cast.ines):
        with refusing(case, "not_permitted"):
            issue_access_code(case, identity_check="-", by=staff(stranger), at=hours(2))


def test_a_link_goes_to_a_verified_address_only(cast: Cast) -> None:
    case = a_case(cast)
    bruno = staff(cast.bruno)
    point = ContactPoint.objects.get(person=case.complainant)
    with refusing(case, "not_verified"):
        issue_access_code(case, contact_point=point, by=bruno, at=hours(1))
    point.verified_at = hours(0)
    point.save(update_fields=["verified_at"])
    assert issue_access_code(case, contact_point=point, by=bruno, at=hours(1)) == ""
    assert Letter.objects.get(case=case, kind="new_link").contact_point == point
    code = issue_access_code(again(case), by=COMPLAINANT, at=hours(2))
    assert len(code) == 14


def test_links_are_revoked(cast: Cast) -> None:
    case = a_case(cast)
    revoke_links(case, by=staff(cast.bruno), at=hours(1))
    assert again(case).links_valid_from == hours(1)
    with refusing(case, "not_permitted"):
        revoke_links(case, by=staff(cast.dario), at=hours(2))
