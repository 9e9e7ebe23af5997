"""The page of a case: what it shows to whom, what it costs, and that opening it is noted."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.actors import staff
from valedor.casefile.models import Deadline, ReadEntry, Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import act, page_of, words_of
from valedor.handling.actions.write_note import write_note
from valedor.telling.limits import label_of
from valedor.telling.reader import Reader

CASE_PAGE = 9
"""Session, account with roles; who looks, in a transaction (4 in a test); the case,
its file with its state, and the frame.
"""


def test_the_case_page_costs_the_same_with_twenty_more_lines(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.INVESTIGATION)
    bruno = sign_in(cast.bruno)

    def cost() -> int:
        bruno.get(page_of(case))
        with CaptureQueriesContext(connection) as captured:
            assert bruno.get(page_of(case)).status_code == 200
        return len(captured)

    few = cost()
    with people.acting(cast):
        for number in range(20):
            write_note(people.again(case), text=f"Note {number}.", by=staff(cast.bruno),
                       at=people.days(1))  # fmt: skip
    assert cost() == few
    assert few == CASE_PAGE


def test_shows_until_when_the_answer_can_be_taken_further(cast: Cast, sign_in: SignIn) -> None:
    people.under(cast, "es-trlgdcu-21", "es-postal", postal_operator=True)
    case = people.a_case(cast, stage=Stage.ANSWERED)
    page = words_of(sign_in(cast.bruno).get(page_of(case)))
    assert "May take the answer further until" in page
    assert "21 Dec 2026" in page


def test_opening_a_case_is_noted_and_the_lead_sees_by_whom(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    sign_in(cast.bruno).get(page_of(case))
    with people.acting(cast):
        assert ReadEntry.objects.filter(case_id=case.pk, account=cast.bruno).count() == 1
    assert "Bruno" in words_of(sign_in(cast.carla).get(page_of(case, "reads")))
    audit = words_of(sign_in(cast.gia).get(page_of(case, "reads")))
    assert "The chain holds" in audit
    assert sign_in(cast.bruno).get(page_of(case, "reads")).status_code == 403


def test_not_visible_and_not_existing_are_one_page_with_the_same_queries(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast)
    dario = sign_in(cast.dario)
    dario.get("/desk/?queue=open")
    answers = []
    for reference in (case.reference, "2026-777777-Y"):
        with CaptureQueriesContext(connection) as captured:
            answer = dario.get(f"/desk/cases/{reference}")
        answers.append((answer.status_code, words_of(answer), len(captured)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_a_long_timeline_shows_its_end_and_the_rest_when_asked(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    with people.acting(cast):
        for number in range(70):
            write_note(people.again(case), text=f"Word {number}.", by=staff(cast.bruno),
                       at=people.days(1))  # fmt: skip
    bruno = sign_in(cast.bruno)
    page = words_of(bruno.get(page_of(case)))
    assert "Word 69." in page
    assert "Word 2." not in page
    assert "earlier lines" in page
    assert "Word 2." in words_of(bruno.get(page_of(case), {"all": ""}))


def test_the_tab_of_the_composer_is_a_part_of_the_page(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    part = bruno.get(page_of(case), {"write": "note"}, headers={"hx-request": "true"})
    assert b"<html" not in part.content
    assert "Only colleagues read it." in words_of(part)
    assert "Internal note" in words_of(bruno.get(page_of(case), {"write": "note"}))


def test_each_limit_says_how_it_is_counted(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    for rail in bruno.get(page_of(case)).context["rails"]:
        assert "does not count" in words_of(bruno.get(rail.how_counted_url)) or rail.label


def test_documents_are_saved_never_shown(cast: Cast, sign_in: SignIn) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    act(bruno, case, "document", side="company", internal="on",
        file=SimpleUploadedFile("<b>bill</b>.html", b"<script>1</script>"))  # fmt: skip
    page = bruno.get(page_of(case))
    told = next(entry for entry in page.context["entries"] if entry.documents)
    assert "<b>bill" not in page.content.decode()
    saved = bruno.get(told.documents[0].url)
    assert saved["Content-Disposition"].startswith("attachment")
    assert sign_in(cast.dario).get(told.documents[0].url).status_code == 404


def test_a_file_over_the_limit_is_refused_by_name(
    cast: Cast, sign_in: SignIn, settings: object
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.DOCUMENT_LIMIT = 1000  # type: ignore[attr-defined]
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    files = [
        SimpleUploadedFile("film.mp4", b"x" * 2000),
        SimpleUploadedFile("small.txt", b"ok"),
    ]
    act(bruno, case, "document", side="complainant", file=files)
    page = words_of(bruno.get(page_of(case)))
    assert "film.mp4" in page
    assert "small.txt" in page


def _views(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for one in resolver.url_patterns:
        found += _views(one) if isinstance(one, URLResolver) else [one]
    return found


def test_every_page_of_the_desk_declares_its_permission() -> None:
    desk = next(
        one
        for one in get_resolver().url_patterns
        if isinstance(one, URLResolver) and one.namespace == "desk"
    )
    undeclared = [one.name for one in _views(desk) if not hasattr(one.callback, "staff_permission")]
    assert undeclared == []


def test_finished_limits_are_folded_into_one_line(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    with people.acting(cast):
        people.letters_leave(case, people.hours(1))
    page = sign_in(cast.bruno).get(page_of(case))
    met = Deadline.objects.filter(case=case, state="met")
    with people.acting(cast):
        assert {rail.label.partition(":")[0] for rail in page.context["finished"]} == {
            label_of(one, Reader.STAFF) for one in met
        }
        assert met
    assert all(rail.state != "met" for rail in page.context["rails"])
    number = len(page.context["finished"])
    assert f"{number} limit" in words_of(page)
    assert "done in time" in words_of(page)


def test_what_is_owed_and_by_whom_comes_before_the_timeline(cast: Cast, sign_in: SignIn) -> None:
    """In the document too: a phone shows it in this order, and a screen reader says it so."""
    case = people.a_case(cast, stage=Stage.INVESTIGATION)
    page = sign_in(cast.bruno).get(page_of(case)).content.decode()
    places = ['id="next"', "Deadlines", "Held by", 'aria-label="Timeline"', 'id="composer"']
    found = [page.index(place) for place in places]
    assert found == sorted(found)
