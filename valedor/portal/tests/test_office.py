"""Before the ombudsman on the portal: the way there, one's file, a proposal to settle."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast, a_case, acting
from valedor.casefile.actors import staff
from valedor.casefile.letters import mailed_link
from valedor.casefile.models import Case, Document, Entry, RawMessage, Stage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.foundation.moments import now
from valedor.handling.models import Redress
from valedor.review.office.actions.admit import admit
from valedor.review.office.actions.settle import propose
from valedor.review.office.models import Offer, Proceeding, Statement
from valedor.review.tests.office_cast import Office, the_office

from .test_budgets import queries_of
from .test_case import let_in, url_of
from .walking import CODE, Visitor, text_of, token_of


def gone_there(cast: Cast) -> tuple[Office, Visitor, Case]:
    """Ana takes her answered case to the ombudsman."""
    office = the_office(cast)
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case, "/ombudsman")))
    filed = visitor.post(
        url_of(case, "/ombudsman"),
        {"token": token_of(page), "text": "Nobody looked at the meter.", "point": "Twice."},
    )
    assert filed.status_code == 200
    assert CODE.search(text_of(filed))
    with acting(cast):
        file = Proceeding.objects.get(about=case).case
    assert file.reference in text_of(filed)
    return office, visitor, file


def test_from_the_case_to_a_file_of_ones_own(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    page = text_of(visitor.get(url_of(file)))
    assert "The ombudsman is looking whether the office can deal with it." in page
    assert "Nobody looked at the meter." in page
    # What was posted lies behind the wall from its first byte.
    with acting(cast):
        raw = RawMessage.objects.get(case=file)
        assert not raw.seats & 2
    with viewing(viewer_of(cast.bruno)):
        assert not RawMessage.objects.filter(pk=raw.pk).exists()


def test_the_case_says_where_it_is_and_whose_turn_it_is(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    with acting(cast):
        case = Proceeding.objects.select_related("about__entity").get(case=file).about
    assert case is not None
    page = text_of(visitor.get(url_of(case)))
    assert "The ombudsman is looking whether the office can deal with it." in page
    assert f"Open the file {file.reference}" in page


def test_what_the_person_writes_goes_to_the_office_alone(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    page = text_of(visitor.get(url_of(file)))
    sent = visitor.post(
        url_of(file, "/messages"), {"token": token_of(page), "text": "One thing more."}
    )
    assert sent.status_code == 302
    assert "One thing more." in text_of(visitor.get(url_of(file)))
    with acting(cast):
        assert Statement.objects.get(case=file).text == "One thing more."


def test_a_forwarded_link_to_a_file_ends_with_a_new_code(cast: Cast) -> None:
    _office, inside, file = gone_there(cast)
    stranger = Visitor()
    with acting(cast):
        fresh = Case.objects.select_related("entity", "mandate").get(pk=file.pk)
        link = mailed_link(fresh, fresh.complainant_id, at=now() - timedelta(minutes=1))
    stranger.get("/" + link.split("/", 3)[3])
    assert stranger.get(url_of(file)).status_code == 200
    token = token_of(text_of(inside.get(url_of(file, "/access-code"))))
    drawn = inside.post(url_of(file, "/access-code"), {"token": token})
    assert CODE.search(text_of(drawn))
    assert inside.get(url_of(file)).status_code == 200
    assert stranger.get(url_of(file)).status_code == 302
    with viewing(viewer_of(cast.carla)):
        assert not Entry.objects.filter(case=file).exists()


def test_whoever_has_only_the_code_of_the_case_is_told_where_that_of_the_file_is(
    cast: Cast,
) -> None:
    """The company can draw a code of its case for somebody who lost it: it opens no file."""
    _office, _visitor, file = gone_there(cast)
    with acting(cast):
        set_mailbox(cast.besos, "ombudsman", address="sindica@besos.example", language="ca",
                    is_of_the_office=True, by=None, at=now())  # fmt: skip
        case = Proceeding.objects.get(case=file).about
    assert case is not None
    again = let_in(cast, case)
    asked = again.get(url_of(file))
    assert asked.status_code == 302
    page = text_of(again.get(asked["Location"]))
    assert "A file of the ombudsman has a code of its own" in page
    assert "sindica@besos.example" in page
    assert "Lost your access code?" not in page
    assert "Lost your access code?" in text_of(again.get(f"/besos/case?for={case.reference}"))


def test_pages_of_a_case_are_none_of_a_file(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    for page in ("/contest", "/acceptance", "/kind", "/print", "/ombudsman"):
        answer: Any = visitor.get(url_of(file, page))
        assert (answer.status_code, answer["Location"]) == (302, url_of(file)), page


def test_a_proposal_is_accepted_and_ends_the_matter(cast: Cast) -> None:
    office, visitor, file = gone_there(cast)
    admit(file, by=office.by, at=now())
    propose(
        file, side=Statement.Side.COMPANY, option="refund", text="", amount=Decimal(24),
        currency="EUR", answer_by=now() + timedelta(days=9), by=staff(cast.bruno), at=now(),
    )  # fmt: skip
    assert "Refund, €24.00." in text_of(visitor.get(url_of(file)))
    page = text_of(visitor.get(url_of(file, "/offer?answer=yes")))
    done = visitor.post(url_of(file, "/offer?answer=yes"), {"token": token_of(page)})
    assert done.status_code == 302
    with acting(cast):
        assert Offer.objects.get().state == Offer.State.ACCEPTED
        assert Redress.objects.get(kind="refund").state == Redress.State.ACCEPTED


def test_the_way_to_the_office_costs_its_pages_little(cast: Cast) -> None:
    """What any page of a case asks (``test_budgets``), and what the house itself looks up: the
    file, and whose turn it is there. Three statements more say who looks.
    """
    _office, visitor, file = gone_there(cast)
    with acting(cast):
        case = Proceeding.objects.select_related("about__entity").get(case=file).about
    assert case is not None
    assert queries_of(visitor, url_of(case)) <= 13
    assert queries_of(visitor, url_of(file)) <= 15


def test_who_holds_the_office_is_public(cast: Cast) -> None:
    visitor = Visitor()
    assert visitor.get("/besos/ombudsman").status_code == 404
    the_office(cast)
    page = text_of(visitor.get("/besos/ombudsman"))
    assert "Felix" in page
    assert "administració" in page
    assert "/besos/ombudsman" in text_of(visitor.get("/besos/"))


def test_brought_first_hand(cast: Cast) -> None:
    the_office(cast)
    visitor = Visitor()
    given = {
        "kind": "suggestion", "text": "Say on the bill how one complains.", "name": "Mar",
        "email": "mar@example.org",
    }  # fmt: skip
    assert visitor.post("/besos/ombudsman/bring", given).status_code == 422  # From elsewhere.
    given["token"] = token_of(text_of(visitor.get("/besos/ombudsman/bring")))
    assert visitor.post("/besos/ombudsman/bring", given | {"text": ""}).status_code == 422
    code = CODE.search(text_of(visitor.post("/besos/ombudsman/bring", given)))
    again = visitor.post("/besos/ombudsman/bring", given)  # Sent twice is once, and nothing lost.
    assert code
    assert code[1] in text_of(again)
    with acting(cast):
        [file] = Case.objects.filter(pk__lt=0)
        assert RawMessage.objects.filter(case=file, state="registered").count() == 2
    with viewing(viewer_of(cast.carla)):
        assert not Case.objects.filter(subject__contains="bill").exists()
        assert not RawMessage.objects.exists()


def test_a_form_to_the_office_sent_twice_shows_the_same_code(cast: Cast) -> None:
    the_office(cast)
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case, "/ombudsman")))
    form = {"token": token_of(page), "text": "Nobody looked at the meter.", "point": "Twice."}
    code = CODE.search(text_of(visitor.post(url_of(case, "/ombudsman"), form)))
    assert code
    assert code[1] in text_of(visitor.post(url_of(case, "/ombudsman"), form))
    with acting(cast):
        assert Proceeding.objects.filter(about=case).count() == 1


def test_files_go_along_and_whoever_sends_one_that_is_refused_is_told(
    cast: Cast, settings: Any
) -> None:
    settings.DOCUMENT_LIMIT = 2000
    the_office(cast)
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case, "/ombudsman")))
    filed = visitor.post(
        url_of(case, "/ombudsman"),
        {
            "token": token_of(page),
            "text": "Nobody looked at the meter.",
            "point": "Twice.",
            "file": [
                SimpleUploadedFile("meter.txt", b"It stands at 40."),
                SimpleUploadedFile("film.mp4", b"x" * 50_000),
            ],
        },
    )
    assert "film.mp4" in text_of(filed)
    with acting(cast):
        file = Proceeding.objects.get(about=case).case
        [kept] = Document.objects.filter(case=file, name__in=["meter.txt", "film.mp4"])
        assert (kept.name, kept.seats & 2) == ("meter.txt", 0)
        noted = Entry.objects.filter(case=file, kind="document.refused")
        assert [entry.seats & 2 for entry in noted] == [0]
        assert not Entry.objects.filter(case=case, kind="document.refused").exists()


def test_points_that_were_unticked_stay_so_when_the_form_comes_back(cast: Cast) -> None:
    the_office(cast)
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case, "/ombudsman")))
    assert _ticked(page) == 2
    back = visitor.post(url_of(case, "/ombudsman"), {"token": token_of(page), "text": ""})
    assert back.status_code == 422
    assert _ticked(text_of(back)) == 0


def _ticked(page: str) -> int:
    return len(re.findall(r'<input[^>]*name="point"[^>]*checked', page))
