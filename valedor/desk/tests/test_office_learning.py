"""What the ombudsman's office learns, on its desk, and the company's desk beside it."""

import re
from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.desk.views.office import acts as office_acts
from valedor.desk.views.office import files, recommendations, reports
from valedor.people.models import Role, Team
from valedor.review.office.actions.bring import bring
from valedor.review.office.recommendations.models import Recommendation
from valedor.review.office.report.models import YearReport
from valedor.review.tests.office_cast import (
    Office,
    a_file_being_heard,
    a_recommendation,
    an_opinion,
    the_office,
)

NEW = "/desk/office/recommendations/new"
REPORT = "/desk/office/reports/besos/2026"
WORDS = {"opening_ca": "Un any.", "opening_es": "Un año.", "opening_en": "A year."}


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


@pytest.fixture(autouse=True)
def in_winter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty days after Ana complained: the pages read the clock."""
    _clock(monkeypatch, 30)


def _clock(monkeypatch: pytest.MonkeyPatch, day: float) -> None:
    for module in (files, office_acts, recommendations, reports):
        monkeypatch.setattr(module, "now", lambda: people.days(day))


def mark_in(response: Any) -> str:
    """The mark of the words that a page of a report shows."""
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


def answered(cast: Cast) -> Case:
    return people.a_case(cast, stage=Stage.ANSWERED)


def test_precedents_are_sought_and_shown_beside_a_draft(
    cast: Cast, office: Office, sign_in: SignIn
) -> None:
    felix = sign_in(cast.felix)
    assert "No precedents yet" in words_of(felix.get("/desk/office/precedents"))
    before, _opinion = an_opinion(cast, office, answered(cast))
    found = felix.get("/desk/office/precedents", {"q": "compania", "outcome": "upheld"})
    assert before.reference in words_of(found)
    assert "<mark>compañía</mark>" in found.content.decode()
    assert "Nothing found" in words_of(felix.get("/desk/office/precedents", {"q": "lavadora"}))
    file = a_file_being_heard(cast, answered(cast))
    beside = words_of(felix.get(f"/desk/office/{file.reference}"))
    assert "Precedents of this subject" in beside
    assert before.reference in beside
    # Its own page has none beside it: it is signed.
    own = words_of(felix.get(f"/desk/office/{before.reference}"))
    assert "Precedents of this subject" not in own


@pytest.mark.parametrize(
    "asked",
    [
        {"category": "x"},
        {"category": "99999999999999999999"},
        {"outcome": "maybe"},
        {"year": "0"},
        {"q": "a\0b"},
        {"q": "x" * 301},
    ],
)
def test_a_list_that_cannot_be_narrowed_so_says_so(
    cast: Cast, office: Office, sign_in: SignIn, asked: dict[str, str]
) -> None:
    assert sign_in(cast.felix).get("/desk/office/precedents", asked).status_code == 422


def test_the_office_searches_its_files_and_the_company_finds_none(
    cast: Cast, office: Office, sign_in: SignIn
) -> None:
    file = bring(answered(cast), text="La arqueta.", by=COMPLAINANT, at=people.days(3)).file
    felix = sign_in(cast.felix)
    page = words_of(felix.get("/desk/office/search", {"q": "arqueta"}))
    assert file.reference in page
    straight: Any = felix.get("/desk/office/search", {"q": file.reference.lower()})
    assert straight["Location"] == f"/desk/office/{file.reference}"
    assert "What are you looking for?" in words_of(felix.get("/desk/office/search"))
    for typed in ("lavadora", "\0", "x" * 5000, "2026-500000001-A"):
        assert felix.get("/desk/office/search", {"q": typed}).status_code == 200, typed
    for account in (cast.bruno, cast.carla, cast.gia):
        for typed in ("arqueta", file.reference):
            found = sign_in(account).get("/desk/search", {"q": typed})
            assert found.status_code == 200
            assert f"/{file.reference}" not in found.content.decode()
            assert "La arqueta" not in words_of(found)


def test_a_recommendation_goes_to_the_company_and_back(
    cast: Cast, office: Office, sign_in: SignIn
) -> None:
    _file, opinion = an_opinion(cast, office, answered(cast))
    felix, carla, hugo = sign_in(cast.felix), sign_in(cast.carla), sign_in(cast.hugo)
    assert "No recommendations yet" in words_of(felix.get("/desk/office/recommendations"))
    assert "No recommendation waits" in words_of(carla.get("/desk/recommendations"))
    given = {
        "entity": "besos", "title": "Fotografiar", "text": "Sempre.", "answer_by": "2027-02-01",
        "opinions": [opinion.pk],
    }  # fmt: skip
    made: Any = felix.post(NEW, given)
    twice = felix.post(NEW, given)
    assert twice.status_code == 422
    assert "This was said already, in the same words." in words_of(twice)
    with viewing(the_house()):
        one = Recommendation.objects.get()
    assert made["Location"] == f"/desk/office/recommendations/{one.pk}"
    assert _file.reference in words_of(felix.get(made["Location"]))
    assert "Fotografiar" in words_of(carla.get("/desk/recommendations"))
    here = f"/desk/recommendations/{one.pk}"
    assert _file.reference in words_of(carla.get(here))
    # What will be done has its day.
    no_day = hugo.post(here, {"act": "answered", "answer": "followed", "text": "Ho farem."})
    assert no_day.status_code == 422
    assert "Name the day by which it is done." in words_of(no_day)
    said = {"act": "answered", "answer": "followed", "text": "Sí.", "do_by": "2027-03-01"}
    assert hugo.post(here, said).status_code == 302
    sent_again = carla.post(here, said)  # From a page that was open meanwhile.
    assert sent_again.status_code == 409
    assert "This was answered already." in words_of(sent_again)
    done = {"act": "said_done", "text": "Fet."}
    assert carla.post(here, done).status_code == 302
    assert carla.post(here, done).status_code == 409
    with viewing(the_house()):
        one.refresh_from_db()
        assert one.answer == "followed"
        assert [word.what for word in one.words.order_by("pk")] == ["answered", "said_done"]
    assert "No recommendation waits" in words_of(carla.get("/desk/recommendations"))
    assert felix.post(made["Location"], {"outcome": "done", "text": "Vist."}).status_code == 302
    assert "The office has found it done" not in words_of(carla.get(here))
    assert carla.post(here, done).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 161},
        {"text": "a\0b"},
        {"text": "x" * 20_001},
        {"answer_by": "yesterday"},
        {"answer_by": "2020-01-01"},
        {"entity": "ipe"},
        {"opinions": ["12"]},
    ],
)
def test_a_recommendation_that_lacks_something_says_what(
    cast: Cast, office: Office, sign_in: SignIn, wrong: dict[str, Any]
) -> None:
    an_opinion(cast, office, answered(cast))
    given = {"entity": "besos", "title": "Fotos", "text": "Sempre.", "answer_by": "2027-02-01"}
    answer = sign_in(cast.felix).post(NEW, given | wrong)
    assert answer.status_code == 422
    with viewing(the_house()):
        assert not Recommendation.objects.exists()


def test_an_auditor_reads_and_does_not_answer(cast: Cast, office: Office, sign_in: SignIn) -> None:
    one = a_recommendation(cast)
    gia, here = sign_in(cast.gia), f"/desk/recommendations/{one.pk}"
    assert "Your role does not let you answer for the company." in words_of(gia.get(here))
    assert (
        gia.post(here, {"act": "answered", "answer": "followed", "text": "Sí."}).status_code == 409
    )
    assert gia.get("/desk/recommendations/99999999999999999999").status_code == 404


def test_a_report_is_drafted_published_and_saved(
    cast: Cast, office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_opinion(cast, office, answered(cast))
    felix = sign_in(cast.felix)
    page = words_of(felix.get(REPORT))
    assert "Brought to the office 1" in page
    assert "Charged twice 1" in page  # The office reads small figures, too.
    assert felix.post(REPORT, WORDS).status_code == 302
    seen = mark_in(felix.get(REPORT))
    stale = sign_in(office.nil).post(REPORT, WORDS | {"opening_ca": "Un altre.", "seen": ""})
    assert stale.status_code == 409
    assert "A colleague saved other words meanwhile." in words_of(stale)
    assert "Un altre." in stale.content.decode()  # What was typed is still there,
    assert mark_in(stale) == seen  # and the next press keeps it.
    assert "Un any." in felix.get(REPORT).content.decode()
    early = felix.post(f"{REPORT}/publication")
    assert early.status_code == 409
    assert "The year is not over" in words_of(early)
    for kind, begins in (("pdf", b"%PDF"), ("csv", b"year,section"), ("json", b"{")):
        saved = felix.get(f"{REPORT}/{kind}")
        assert saved.content.startswith(begins)
        assert b"Charged twice" not in saved.content
    _clock(monkeypatch, 60)
    public = sign_in(cast.bruno)
    for kind in ("pdf", "csv", "json"):
        assert public.get(f"/besos/ombudsman/reports/2026/{kind}").status_code == 404
    assert "Yearly reports" not in words_of(public.get("/besos/ombudsman"))
    assert felix.post(f"{REPORT}/publication").status_code == 302
    assert felix.post(f"{REPORT}/publication").status_code == 409
    assert felix.post(REPORT, WORDS | {"seen": seen}).status_code == 409
    assert "It is published and stays as it is." in words_of(felix.get(REPORT))
    assert "/besos/ombudsman/reports/2026/pdf" in public.get("/besos/ombudsman").content.decode()
    figures = public.get("/besos/ombudsman/reports/2026/json").json()
    assert (figures["subjects"], figures["other_subjects"]) == ([], 1)
    assert public.get("/besos/ombudsman/reports/2026/pdf").content.startswith(b"%PDF")
    assert felix.get(f"{REPORT}/pdf").content == public.get(
        "/besos/ombudsman/reports/2026/pdf"
    ).content  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["besos/2027", "besos/99999", "ipe/2026", "besos/2026/xml", "nobody/2026", "besos/1"],
)
def test_reports_that_are_none_are_not_there(
    cast: Cast, office: Office, sign_in: SignIn, address: str
) -> None:
    assert sign_in(cast.felix).get(f"/desk/office/reports/{address}").status_code == 404


def test_words_that_no_page_takes_are_refused_whole(
    cast: Cast, office: Office, sign_in: SignIn
) -> None:
    felix = sign_in(cast.felix)
    for wrong in ("a\0b", "x" * 20_001):
        assert felix.post(REPORT, WORDS | {"closing_ca": wrong}).status_code == 422
    with viewing(the_house()):
        assert not YearReport.objects.exists()


def test_an_office_that_nobody_ever_held_has_a_report_all_the_same(
    cast: Cast, sign_in: SignIn
) -> None:
    team = Team.objects.create(key="ouvidoria", name={"en": "Office"}, purpose="ombudsman")
    team.entities.set([cast.ipe])
    client = sign_in(cast.join("nora", Role.OMBUDSMAN, team))
    assert client.get("/desk/office/reports").status_code == 200
    assert client.get("/desk/office/reports/ipe/2026").status_code == 200
    assert client.get("/desk/office/reports/ipe/2026/pdf").content.startswith(b"%PDF")
    refused = client.post(NEW, {
        "entity": "ipe", "title": "Fotos", "text": "Sempre.", "answer_by": "2027-02-01",
    })  # fmt: skip
    assert refused.status_code == 422
    assert "You do not hold the office today." in words_of(refused)
