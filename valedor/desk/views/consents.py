"""Who wants promotional contact, as a file: for whatever sends it, and for whoever audits it."""

import csv
from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from valedor.acts.reading.persons import consents_at
from valedor.desk.pages import StaffRequest, staff_page
from valedor.foundation.moments import now
from valedor.foundation.spreadsheets import safe
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import ContactPoint, PromotionConsent
from valedor.people.permissions import Permission

COLUMNS = (
    "entity", "person", "name", "email", "telephone", "given_at", "channel", "occasion", "giver",
    "language", "version", "words", "withdrawn_at", "withdrawn_through",
)  # fmt: skip


@require_safe
@staff_page(Permission.CORRECT, Permission.AUDIT)
def consents(request: StaffRequest) -> HttpResponse:
    """Every consent with how and to which words it was given; those withdrawn too, so that whoever
    sends anything learns of it (GDPR art. 7.1 and 7.3). The log keeps that it was taken along.
    """
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="consents.csv"'
    answer["Cache-Control"] = "private, no-store"
    writer, number = csv.writer(answer), 0
    writer.writerow(COLUMNS)
    for one in consents_at(request.viewer):
        writer.writerow(_row(one))
        number += 1
    record_change(
        request.user, Act.CONSENTS_EXPORTED.value, "consents.csv", None, {"rows": number}, at=now()
    )
    return answer


def _row(one: PromotionConsent) -> list[str]:
    points: list[ContactPoint] = one.person.reached  # type: ignore[attr-defined]
    return [
        safe(words)
        for words in (
            one.entity.key,
            str(one.person_id),
            one.person.name,
            _reached(points, ContactPoint.Kind.EMAIL),
            _reached(points, ContactPoint.Kind.TELEPHONE),
            _moment(one.given_at),
            one.channel,
            one.occasion,
            one.giver,
            one.language,
            one.version,
            one.words,
            _moment(one.withdrawn_at),
            one.withdrawn_through,
        )
    ]


def _reached(points: list[ContactPoint], kind: str) -> str:
    return next((point.value for point in points if point.kind == kind), "")


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
