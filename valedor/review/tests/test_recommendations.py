"""What the office recommends to the company, each answer, and who may give it."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from tests.cast import Cast, a_case, days
from valedor.casefile.models import Stage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.foundation.refusals import Refused
from valedor.people.models import AdministrationEntry
from valedor.review.office.recommendations import queries
from valedor.review.office.recommendations.actions import answer, follow_up, recommend, say_done
from valedor.review.office.recommendations.models import (
    Recommendation,
    RecommendationWord,
    RecommendedFrom,
)
from valedor.review.tests.office_cast import Office, an_opinion, the_office

ANSWER_BY = date(2026, 12, 20)


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


def recommended(cast: Cast, **more: Any) -> Recommendation:
    given: dict[str, Any] = {
        "title": "Fotografiar el comptador",
        "text": "Que qui canvia un comptador en faci una fotografia.",
        "answer_by": ANSWER_BY,
        "by": cast.felix,
        "at": days(1),
    }
    return recommend(cast.besos, **(given | more))


def refused(code: str, act: Any, *args: Any, **kwargs: Any) -> None:
    """It refuses with this code and leaves nothing."""
    before = RecommendationWord.objects.count(), Recommendation.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.refusal.code == code
    assert (RecommendationWord.objects.count(), Recommendation.objects.count()) == before


def test_from_the_recommendation_to_what_came_of_it(cast: Cast, office: Office) -> None:
    one = recommended(cast)
    with viewing(viewer_of(cast.carla)) as viewer:
        assert queries.for_company(viewer, waiting=True) == [one]
    answer(
        one, answer="in_part", text="Només els nous.", do_by=date(2027, 3, 1), by=cast.carla,
        at=days(5),
    )  # fmt: skip
    with viewing(viewer_of(cast.carla)) as viewer:
        assert queries.for_company(viewer, waiting=True) == []
        assert queries.for_company(viewer, waiting=False) == [one]
    say_done(one, text="Fet a Badalona.", by=cast.hugo, at=days(40))
    follow_up(one, outcome="not_done", text="Falta Sant Adrià.", by=office.nil, at=days(50))
    say_done(one, text="Fet a Sant Adrià.", by=cast.carla, at=days(60))
    follow_up(one, outcome="done", text="Hem vist les fotografies.", by=cast.felix, at=days(70))
    one.refresh_from_db()
    assert (one.answer, one.outcome, str(one.do_by)) == ("in_part", "done", "2027-03-01")
    assert [(word.what, word.by.username) for word in queries.words_of(one)] == [
        ("answered", "carla"),
        ("said_done", "hugo"),
        ("followed_up", office.nil.username),
        ("said_done", "carla"),
        ("followed_up", "felix"),
    ]
    acts = AdministrationEntry.objects.filter(act__startswith="recommendation.")
    assert acts.count() == 6
    assert not acts.exclude(subject=f"besos/{one.pk}").exists()


def test_only_whoever_holds_the_office_recommends(cast: Cast, office: Office) -> None:
    for account in (cast.bruno, cast.carla, cast.gia, office.nil):
        refused("not_permitted", recommended, cast, by=account)
    refused("title_missing", recommended, cast, title=" ")
    refused("text_missing", recommended, cast, text="\n")
    refused("text_too_long", recommended, cast, text="x" * 20_001)
    refused("day_over", recommended, cast, answer_by=days(1).date())
    refused("not_declared", recommended, cast, at=days(400), answer_by=date(2028, 2, 1))


def test_only_leads_and_approvers_answer_and_once(cast: Cast, office: Office) -> None:
    one = recommended(cast)
    for account in (cast.bruno, cast.dario, cast.felix, cast.gia):
        refused("not_permitted", answer, one, answer="followed", text="Sí.", by=account, at=days(2))
    refused("text_missing", answer, one, answer="not_followed", text=" ", by=cast.hugo, at=days(2))
    refused("answer_unknown", answer, one, answer="maybe", text="?", by=cast.hugo, at=days(2))
    answer(one, answer="not_followed", text="Massa car.", by=cast.hugo, at=days(2),
           do_by=date(2027, 1, 1))  # fmt: skip
    refused("answered", answer, one, answer="followed", text="Sí.", by=cast.carla, at=days(3))
    refused("not_followed", say_done, one, text="Fet.", by=cast.carla, at=days(3))
    one.refresh_from_db()
    assert one.do_by is None


def test_the_office_follows_up_what_was_answered_or_let_pass(cast: Cast, office: Office) -> None:
    one = recommended(cast)
    refused(
        "company_owes", follow_up, one, outcome="not_done", text="Res.", by=cast.felix, at=days(2)
    )
    for account in (cast.bruno, cast.carla, cast.gia):
        refused(
            "not_permitted", follow_up, one, outcome="done", text="Fet.", by=account, at=days(60)
        )
    follow_up(one, outcome="not_done", text="Silenci.", by=cast.felix, at=days(60))
    follow_up(one, outcome="done", text="Ja està.", by=cast.felix, at=days(61))
    refused(
        "done_already", follow_up, one, outcome="not_done", text="No.", by=cast.felix, at=days(62)
    )
    refused("not_followed", say_done, one, text="Fet.", by=cast.carla, at=days(62))


def test_another_house_and_other_roles_find_nothing(cast: Cast, office: Office) -> None:
    one = recommended(cast)
    for account in (cast.dario, cast.bruno, cast.ines):
        with viewing(viewer_of(account)) as viewer:
            assert queries.for_company(viewer, waiting=False) == []
            with pytest.raises(Http404):
                queries.one_for_company(viewer, one.pk)
            with pytest.raises(Http404):
                queries.one_of_office(viewer, one.pk)
    with viewing(viewer_of(cast.dario)):
        assert not Recommendation.objects.exists()  # The database's own refusal, too.


def test_the_company_sees_of_the_opinions_what_was_addressed_to_it(
    cast: Cast, office: Office
) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    file, opinion = an_opinion(cast, office, case)
    one = recommended(cast, opinions=[opinion.pk, opinion.pk + 10_000])
    with viewing(viewer_of(cast.carla)) as viewer:
        assert not RecommendedFrom.objects.exists()
        heard = queries.heard_of(viewer, one)
        assert [each.file_reference for each in heard] == [file.reference]
    with viewing(viewer_of(cast.hugo)) as viewer:  # An approver reads no hearings.
        assert queries.heard_of(viewer, one) == []
    with viewing(viewer_of(cast.felix)) as viewer:
        assert [each.case_id for each in queries.opinions_behind(viewer, one)] == [file.pk]


def test_a_word_that_was_said_is_never_changed(cast: Cast, office: Office) -> None:
    one = recommended(cast)
    answer(one, answer="not_followed", text="Massa car.", by=cast.hugo, at=days(2))
    with pytest.raises(DatabaseError), transaction.atomic():
        RecommendationWord.objects.update(text="Sí.")
    with pytest.raises(DatabaseError), transaction.atomic():
        RecommendationWord.objects.all().delete()
