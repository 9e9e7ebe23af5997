"""Recommendations as each side reads them."""

from django.db.models import F, QuerySet
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.review.office.access import at_both_tables
from valedor.review.office.models import Hearing
from valedor.review.office.precedents.models import Precedent
from valedor.review.office.precedents.queries import opinions_of
from valedor.review.office.recommendations.models import (
    Recommendation,
    RecommendationWord,
    RecommendedFrom,
)
from valedor.review.office.recommendations.rules import SPEAK_FOR_THE_COMPANY

READ_FOR_THE_COMPANY = (*SPEAK_FOR_THE_COMPANY, Permission.AUDIT)
MOST = 200


def written_by_office(viewer: Viewer) -> list[Recommendation]:
    """What the office has recommended: what waits first, the newest before the rest."""
    return _listed(_at(viewer, Permission.WORK_IN_OFFICE))


def one_of_office(viewer: Viewer, number: int) -> Recommendation:
    """One of them, as the office reads it. Raises ``Http404``."""
    return _one(_at(viewer, Permission.WORK_IN_OFFICE), number)


def for_company(viewer: Viewer, *, waiting: bool) -> list[Recommendation]:
    """What was recommended to the company: what waits for its word, or everything."""
    found = _at(viewer, *READ_FOR_THE_COMPANY)
    return _listed(found.filter(answer="") if waiting else found)


def one_for_company(viewer: Viewer, number: int) -> Recommendation:
    """One of them, as the company reads it. Raises ``Http404``."""
    return _one(_at(viewer, *READ_FOR_THE_COMPANY), number)


def words_of(one: Recommendation) -> list[RecommendationWord]:
    """What was said to it, in order."""
    return list(one.words.select_related("by").order_by("at", "pk"))


def opinions_behind(viewer: Viewer, one: Recommendation) -> list[Precedent]:
    """The opinions that it comes from, as far as somebody of the office may see them."""
    numbers = RecommendedFrom.objects.filter(recommendation=one).values_list("opinion", flat=True)
    return opinions_of(viewer, list(numbers))


def heard_of(viewer: Viewer, one: Recommendation) -> list[Hearing]:
    """Of the opinions behind it those that were addressed to the company, in cases that it shows to
    whoever reads. The house's machinery reads which they are; no other leaves it.
    """
    with at_both_tables(one.entity_id):
        sources = RecommendedFrom.objects.filter(recommendation=one)
        numbers = list(sources.values_list("opinion", flat=True))
    found = Hearing.objects.filter(
        what=Hearing.What.OPINION,
        of__in=numbers,
        case__in=cases_visible_to(viewer),
        entity__in=viewer.entities_where(Permission.HANDLE, Permission.AUDIT),
    )
    return list(found.select_related("case").order_by("-asked_at", "-pk"))


def _at(viewer: Viewer, *permissions: Permission) -> QuerySet[Recommendation]:
    found = Recommendation.objects.filter(entity__in=viewer.entities_where(*permissions))
    return found.select_related("entity", "written_by")


def _listed(found: QuerySet[Recommendation]) -> list[Recommendation]:
    return list(found.order_by(F("outcome").asc(), "-written_at", "-pk")[:MOST])


def _one(found: QuerySet[Recommendation], number: int) -> Recommendation:
    one = found.filter(pk=number).first()
    if one is None:
        raise Http404
    return one


def entities_that_recommend(viewer: Viewer) -> list[Entity]:
    """The entities at which somebody signs opinions."""
    theirs = viewer.entities_where(Permission.GIVE_OPINION)
    return list(Entity.objects.filter(pk__in=theirs).order_by("name"))
