"""The report of a year: what it counts, what it never shows, and that it stays as published."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast, a_case, again, days
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Stage
from valedor.casefile.viewing import NOBODY, viewer_of, viewing
from valedor.foundation.multilingual import MultilingualText
from valedor.foundation.refusals import Refused
from valedor.handling.models import Decision
from valedor.people.models import AdministrationEntry
from valedor.procedures.models import Category
from valedor.review.office.actions.admit import admit, refuse
from valedor.review.office.actions.bring import bring
from valedor.review.office.actions.hear import ask
from valedor.review.office.actions.opine import (
    answer_opinion,
    say_carried_out,
    verify,
    withdraw,
)
from valedor.review.office.models import Hearing, Statement
from valedor.review.office.recommendations.actions import recommend
from valedor.review.office.report.actions import draft, publish
from valedor.review.office.report.counting import figures_of, public
from valedor.review.office.report.models import YearReport, YearReportPaper
from valedor.review.office.report.paper import csv_of, pdf_of
from valedor.review.office.report.queries import paper_of, published_of
from valedor.review.office.report.told import sections_of
from valedor.review.tests.office_cast import WORDS, Office, an_opinion, the_office

IN_2027 = days(60)
WRITTEN = {"ca": "Un any de feina.", "es": "Un año de trabajo.", "en": "A year's work."}


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


def answered(cast: Cast, about: Category | None = None) -> Case:
    case = a_case(cast, stage=Stage.ANSWERED)
    Case.objects.filter(pk=case.pk).update(category=about or cast.double_charge)
    return again(case)


def drafted(cast: Cast, year: int = 2026, **more: Any) -> YearReport:
    given: dict[str, Any] = {"opening": WRITTEN, "closing": {}, "by": cast.felix, "at": days(50)}
    return draft(cast.besos, year, **(given | more))


def refused(code: str, act: Any, *args: Any, **kwargs: Any) -> None:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.refusal.code == code


def a_year(cast: Cast, office: Office) -> None:
    """Followed and done, against, refused, withdrawn, and one that is still heard."""
    case = answered(cast)
    file, _opinion = an_opinion(cast, office, case)
    hearing = Hearing.objects.get(case=case, what=Hearing.What.OPINION)
    by = staff(cast.bruno)
    answer_opinion(again(case), hearing=hearing, accept=True, reasons="", by=by, at=days(15))
    say_carried_out(again(case), hearing=hearing, text="Devuelto.", by=by, at=days(16))
    verify(file, is_done=True, text="Sí.", by=office.by, at=days(20))
    an_opinion(cast, office, answered(cast), outcome=Decision.Outcome.NOT_UPHELD)
    turned_away = bring(answered(cast), text="Más.", by=COMPLAINANT, at=days(5)).file
    refuse(turned_away, ground="elsewhere", reasons="Un juzgado.", by=office.by, at=days(6))
    given_up = bring(answered(cast), text="Más.", by=COMPLAINANT, at=days(5)).file
    withdraw(given_up, by=COMPLAINANT, at=days(7))
    heard = bring(answered(cast, cast.water_cut), text="Más.", by=COMPLAINANT, at=days(8)).file
    admit(heard, by=office.by, at=days(8))
    ask(
        heard, side=Statement.Side.THIRD, whom="Metrología", is_official=True, text="¿Mide bien?",
        answer_by=days(30), by=office.by, at=days(9),
    )  # fmt: skip
    recommend(
        cast.besos, title="Fotografiar", text="Sempre.", answer_by=days(30).date(), by=cast.felix,
        at=days(10),
    )  # fmt: skip


def test_the_figures_are_those_of_the_register(cast: Cast, office: Office) -> None:
    a_year(cast, office)
    counted = figures_of(cast.besos, 2026, at=IN_2027)
    assert counted["files"] == {
        "brought": 5,
        "admitted": 3,
        "not_admitted": 1,
        "passed_on": 0,
        "settled": 0,
        "withdrawn": 1,
        "opinions": 2,
        "open_at_the_end": 2,
    }
    assert counted["grounds"] == {"dissatisfied": 5, "no_answer": 0, "first_hand": 0}
    assert {key: n for key, n in counted["refusals"].items() if n} == {"elsewhere": 1}
    assert [(one["key"], one["files"]) for one in counted["subjects"]] == [
        ("double-charge", 4),
        ("water-cut", 1),
    ]
    assert counted["results"] == {
        "settled": 0, "withdrawn": 1, "upheld": 1, "partly_upheld": 0, "not_upheld": 1,
    }  # fmt: skip
    assert counted["conclusions"]["upheld"] == counted["conclusions"]["not_upheld"] > 0
    assert counted["days"] == {
        "opinions": 2, "median": 10, "longest": 10, "within_two_months": 2,
    }  # fmt: skip
    assert counted["clocks"] == {"official_evidence_requested": 1}
    assert counted["followed"] == {
        "asked": 1, "bound": 0, "followed": 1, "not_followed": 0, "no_answer": 0,
    }  # fmt: skip
    assert counted["carried_out"] == {"done": 1, "not_done": 0, "not_verified": 0}
    assert counted["recommendations"] == [{"title": "Fotografiar", "answer": "", "outcome": ""}]


def test_a_year_ends_at_midnight_of_the_place(cast: Cast, office: Office) -> None:
    midnight = datetime.fromisoformat("2027-01-01T00:00:00+01:00")
    for at in (midnight - timedelta(minutes=1), midnight):
        bring(answered(cast), text="Más.", by=COMPLAINANT, at=at)
    assert figures_of(cast.besos, 2026, at=IN_2027)["files"]["brought"] == 1
    assert figures_of(cast.besos, 2027, at=IN_2027)["files"]["brought"] == 1
    assert figures_of(cast.besos, 2025, at=IN_2027)["days"]["median"] is None


def test_an_opinion_that_took_longer_than_two_months_shows(cast: Cast, office: Office) -> None:
    file, opinion = an_opinion(cast, office, answered(cast))
    type(opinion).objects.filter(pk=opinion.pk).update(signed_at=days(3 + 70))
    days_taken = figures_of(cast.besos, 2027, at=days(80))["days"]
    assert (days_taken["longest"], days_taken["within_two_months"]) == (70, 0)
    assert file.pk < 0


def test_subjects_with_few_files_are_counted_together(cast: Cast, office: Office) -> None:
    a_year(cast, office)
    shown = public(figures_of(cast.besos, 2026, at=IN_2027))
    assert [(one["key"], one["files"]) for one in shown["subjects"]] == [("double-charge", 4)]
    assert shown["other_subjects"] == 1
    subjects = next(one for one in sections_of(shown) if one.key == "subjects")
    assert [(row.key, row.value) for row in subjects.rows] == [
        ("double-charge", "4"),
        ("other", "1"),
    ]


def test_a_draft_is_read_by_the_office_alone(cast: Cast, office: Office) -> None:
    drafted(cast, by=office.nil)
    assert drafted(cast, opening={"ca": " Nou. ", "es": ""}).opening == {"ca": "Nou."}
    for account in (cast.bruno, cast.carla, cast.gia, cast.dario):
        with viewing(viewer_of(account)):
            assert not YearReport.objects.exists(), account
        refused("not_permitted", drafted, cast, by=account)
    with viewing(NOBODY):
        assert not YearReport.objects.exists()
        assert published_of(cast.besos) == []


def test_it_is_published_by_its_holder_once_the_year_is_over(cast: Cast, office: Office) -> None:
    a_year(cast, office)
    refused("words_missing", publish, cast.besos, 2026, by=cast.felix, at=IN_2027)
    drafted(cast, closing={"ca": "Gràcies."})
    refused("words_missing", publish, cast.besos, 2026, by=cast.felix, at=IN_2027)
    drafted(cast)
    refused("year_goes_on", publish, cast.besos, 2026, by=cast.felix, at=days(30))
    for account in (cast.carla, office.nil, cast.gia):
        refused("not_permitted", publish, cast.besos, 2026, by=account, at=IN_2027)
    refused("not_declared", publish, cast.besos, 2026, by=cast.felix, at=days(400))
    assert not YearReportPaper.objects.exists()
    report = publish(cast.besos, 2026, by=cast.felix, at=IN_2027)
    with viewing(NOBODY):
        assert published_of(cast.besos) == [report]
        assert bytes(paper_of(report, "es").pdf).startswith(b"%PDF")
        assert paper_of(report, "pt-br").language == "en"  # The next one that it has.
    assert sorted(one.language for one in report.papers.all()) == ["ca", "en", "es"]
    assert AdministrationEntry.objects.get(act="report.published").subject == "besos/2026"


def test_what_is_published_stays_as_it_is(cast: Cast, office: Office) -> None:
    a_year(cast, office)
    drafted(cast)
    report = publish(cast.besos, 2026, by=cast.felix, at=IN_2027)
    assert report.figures is not None
    before = dict(report.figures)
    refused("published", drafted, cast)
    refused("published", publish, cast.besos, 2026, by=cast.felix, at=IN_2027)
    with pytest.raises(DatabaseError), transaction.atomic():
        YearReport.objects.update(opening={"ca": "Un altre."})
    with pytest.raises(DatabaseError), transaction.atomic():
        YearReport.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        YearReportPaper.objects.update(pdf=b"")
    Case.objects.filter(category=cast.double_charge).update(category=None)
    report.refresh_from_db()
    assert report.figures == before
    # The small figures were never written down where anybody may read them.
    assert [one["files"] for one in before["subjects"]] == [4]


def test_on_paper_it_is_tagged_in_every_language_and_takes_any_text(
    cast: Cast, office: Office
) -> None:
    a_year(cast, office)
    figures = public(figures_of(cast.besos, 2026, at=IN_2027))
    for language in ("es", "ca", "pt-br", "en"):
        pdf = pdf_of(
            cast.besos,
            figures,
            office=MultilingualText(WORDS),
            opening=dict.fromkeys(WORDS, "#let x = 1 \\ *no* 😀\n\n- una\n- dues"),
            closing={},
            language=language,
            at=IN_2027,
            is_draft=True,
        )
        assert b"/StructTreeRoot" in pdf, language
        assert b"pdfaid" in pdf, language


def test_no_spreadsheet_takes_a_title_for_a_formula(cast: Cast, office: Office) -> None:
    recommend(
        cast.besos, title="=cmd()", text="Sempre.", answer_by=days(30).date(), by=cast.felix,
        at=days(10),
    )  # fmt: skip
    lines = csv_of(figures_of(cast.besos, 2026, at=IN_2027), "en").splitlines()
    assert lines[0] == "year,section,key,name,value"
    assert "2026,recommendations,1,'=cmd(),Waits for an answer" in lines
