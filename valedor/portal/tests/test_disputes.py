"""A case before other bodies in the person's room."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast, a_case, acting
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.documents import IN_MEDIATION
from valedor.casefile.models import Document, Stage
from valedor.disputes.actions.conclude import conclude
from valedor.disputes.actions.hearing_dates import set_hearing
from valedor.disputes.actions.speak_before_body import give_position
from valedor.disputes.actions.turn_to_body import take_notice, turn_to_body
from valedor.disputes.models import Referral
from valedor.disputes.referral.bodies import forum_of
from valedor.foundation.moments import local_day, now
from valedor.procedures.house_rules import house_rules

from .test_case import let_in, url_of
from .walking import Visitor, text_of, token_of


def test_the_person_tells_where_they_turned_to_and_sees_it(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    visitor = let_in(cast, case)
    assert "/turned-to" in text_of(visitor.get(url_of(case, "/further")))
    page = text_of(visitor.get(url_of(case, "/turned-to")))
    form = {"token": token_of(page), "body": "kind:mediation_service", "filed_on": ""}
    assert visitor.post(url_of(case, "/turned-to"), form).status_code == 422
    today = local_day(now(), "Europe/Madrid")
    for wrong in ("2999-01-01", "the other day"):
        page = text_of(visitor.get(url_of(case, "/turned-to")))
        form = {"token": token_of(page), "body": "kind:court", "filed_on": wrong}
        assert visitor.post(url_of(case, "/turned-to"), form).status_code in {409, 422}
    form |= {"filed_on": today.isoformat(), "body": "kind:mediation_service"}
    form |= {"token": token_of(text_of(visitor.get(url_of(case, "/turned-to"))))}
    assert visitor.post(url_of(case, "/turned-to"), form).status_code == 302
    seen = text_of(visitor.get(url_of(case)))
    assert "Before other bodies" in seen
    assert "Public consumer mediation" in seen
    assert "has not written to the company yet" in seen


def test_what_is_for_the_mediation_alone_says_so_in_both_rooms(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    visitor = let_in(cast, case)
    mark = "The files are for the mediation alone"
    assert mark not in text_of(visitor.get(url_of(case)))
    day = local_day(now(), "Europe/Madrid")
    house = house_rules(cast.besos.pk)
    service = forum_of(house, "kind:mediation_service", language="en", on=day)
    with acting(cast):
        referral = turn_to_body(
            case, forum=service, side=Referral.Side.COMPLAINANT, filed_on=day, by=COMPLAINANT,
            at=now(),
        )  # fmt: skip
    page = text_of(visitor.get(url_of(case)))
    assert mark in page
    late = token_of(text_of(visitor.get(url_of(case))))
    paper = SimpleUploadedFile("what-i-could-live-with.txt", b"Half of it.")
    form = {"token": token_of(page), "text": "", "in_mediation": "on", "file": paper}
    assert visitor.post(url_of(case, "/messages"), form).status_code == 302
    visitor.client.force_login(cast.bruno)
    for room in (url_of(case), f"/desk/cases/{case.reference}"):
        assert "for the mediation alone" in text_of(visitor.get(room))
    with acting(cast):
        conclude(
            case, referral=referral, result=Referral.Result.NO_AGREEMENT, text="No.", binds=False,
            concluded_on=day, by=staff(cast.bruno), at=now(),
        )  # fmt: skip
    paper.seek(0)
    again = visitor.post(url_of(case, "/messages"), form | {"token": late, "file": paper})
    assert again.status_code == 409
    assert "No mediation goes on" in text_of(again)
    with acting(cast):
        assert Document.objects.filter(case=case, purpose=IN_MEDIATION).count() == 1


def test_both_rooms_show_the_same_dates(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    by, at = staff(cast.bruno), now()
    day = local_day(at, "Europe/Madrid") + timedelta(days=9)
    office = forum_of(
        house_rules(cast.besos.pk), "kind:consumer_office", language="en", on=day
    )  # fmt: skip
    with acting(cast):
        referral = take_notice(
            case, forum=office, notified_at=at, text="What happened?", answer_by=day, by=by, at=at
        )
    visitor = let_in(cast, case)
    visitor.client.force_login(cast.bruno)
    desk = f"/desk/cases/{case.reference}"
    owed = f"its word by {day:%A}, {day.day} {day:%B} {day.year}"
    assert owed in text_of(visitor.get(url_of(case)))
    assert owed in text_of(visitor.get(desk))
    # What comes next its own card says: the page offers no closing that would be refused.
    assert visitor.get(desk).context["next"] is None
    with acting(cast):
        give_position(
            case, referral=referral, side=Referral.Side.COMPANY, text="It was paid.", by=by, at=at
        )
        set_hearing(
            case, referral=referral, starts_at=at + timedelta(days=20), place="Room 2", by=by,
            at=at,
        )  # fmt: skip
    for page in (url_of(case), desk, "/desk/disputes"):
        assert "Both sides are heard on" in text_of(visitor.get(page)), page
    for page in (url_of(case), desk):  # Nothing else on them says that it is somebody else's turn.
        assert "Another body has it: whose turn it is stands there" in text_of(visitor.get(page))
    theirs = text_of(visitor.get(url_of(case)))
    assert "It was paid." in theirs
    assert "Put it into my calendar" in theirs


def test_an_address_that_was_tampered_with_names_no_page_of_the_list(cast: Cast) -> None:
    visitor = Visitor()
    visitor.client.force_login(cast.bruno)
    for cursor in ("nonsense", "MjAyNi0xMS0yMCA5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00", "=" * 500):
        page = visitor.get(f"/desk/disputes?over&kind=none&cursor={cursor}")
        assert page.status_code == 200
        assert "This address names no page of the list" in text_of(page), cursor
