"""The reports of an entity: those that the office writes, and those that anybody may fetch."""

from django.http import Http404

from valedor.casefile.viewing import Viewer
from valedor.foundation.multilingual import FALLBACK
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.review.office.access import at_both_tables
from valedor.review.office.models import Proceeding
from valedor.review.office.precedents.queries import EARLIEST_YEAR, LATEST_YEAR
from valedor.review.office.report.models import YearReport, YearReportPaper

NEWEST = 30


def entities_of_office(viewer: Viewer) -> list[Entity]:
    """The entities whose office somebody works in."""
    theirs = viewer.entities_where(Permission.WORK_IN_OFFICE)
    return list(Entity.objects.filter(pk__in=theirs).order_by("name"))


def entity_of_office(viewer: Viewer, key: str) -> Entity:
    """One of them by its key. Raises ``Http404``."""
    found = next((one for one in entities_of_office(viewer) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def first_year(entity: Entity, *, this_year: int) -> int:
    """The year of the first file; this one where there is none."""
    with at_both_tables(entity.pk):
        first = Proceeding.objects.filter(entity=entity).order_by("brought_at").first()
    return max(first.brought_at.year, this_year - NEWEST) if first else this_year


def reports_of(entity: Entity) -> dict[int, YearReport]:
    """The reports of an entity by year, as far as the viewer may see them."""
    return {one.year: one for one in YearReport.objects.filter(entity=entity)}


def report_of(entity: Entity, year: int) -> YearReport | None:
    """The report of a year, drafted or published. Raises ``Http404`` for what is no year."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Http404
    found = YearReport.objects.filter(entity=entity, year=year)
    return found.select_related("entity", "published_by").first()


def published_of(entity: Entity) -> list[YearReport]:
    """What anybody may read, the newest first."""
    found = YearReport.objects.filter(entity=entity, published_at__isnull=False)
    return list(found.order_by("-year"))


def published(entity: Entity, year: int) -> YearReport:
    """One that anybody may read. Raises ``Http404``."""
    one = report_of(entity, year)
    if one is None or one.published_at is None:
        raise Http404
    return one


def paper_of(report: YearReport, language: str) -> YearReportPaper:
    """The paper of a published report in a language, or in the next one that it has."""
    papers = {one.language: one for one in report.papers.all()}
    wanted = (one for one in FALLBACK.get(language, FALLBACK["en"]) if one in papers)
    found = next(wanted, None)
    if found is None:
        raise Http404
    return papers[found]
