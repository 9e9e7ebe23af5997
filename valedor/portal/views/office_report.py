"""The yearly reports of the office that anybody may read."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from valedor.people.models import Entity
from valedor.portal import places
from valedor.review.office.report.files import Kind, kind_of, published_file
from valedor.review.office.report.queries import published, published_of
from valedor.telling import spoken


@login_not_required
@require_safe
def office_report(request: HttpRequest, entity_key: str, year: int, kind: str) -> HttpResponse:
    """A published report to be saved, on paper in the language of the page where there is one."""
    house, wanted = places.house_of(request, entity_key), kind_of(kind)
    report = published(house.entity, year)
    return published_file(report, wanted, language=spoken.language()).as_response()


def rows_of(entity: Entity) -> list[dict[str, Any]]:
    """What stands on the public page of the office, the newest first."""
    return [
        {
            "year": one.year,
            "published": spoken.day(spoken.local_day(one.published_at, entity.timezone))
            if one.published_at
            else "",
            "files": [
                {
                    "name": kind.label,
                    "url": reverse("portal:office_report", args=[entity.key, one.year, kind.value]),
                }
                for kind in Kind
            ],
        }
        for one in published_of(entity)
    ]
