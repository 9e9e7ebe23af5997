"""Work beside the queues: calls for attention, letters, approvals."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.acts.reading.post_room import WORKS
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import letters as reading_letters
from valedor.desk.queries.alarms import alarm_rows
from valedor.desk.queries.teams import approvals_waiting
from valedor.desk.queue_rows import rows_of
from valedor.foundation.moments import now
from valedor.handling.redress_words import in_words
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken


@require_safe
@staff_page(*WORKS)
def alarms(request: StaffRequest) -> HttpResponse:
    """Calls to this member of the staff and their teams."""
    rows = alarm_rows(request.viewer, at=now())
    return page(
        request,
        "desk/alarms.html",
        {"title": _("Calls for attention"), "alarms": rows},
        place="house:alarms",
    )


@require_safe
@staff_page(*WORKS)
def marked(request: StaffRequest) -> HttpResponse:
    """Cases that came in past the rate: somebody looks before any letter goes by itself."""
    lines = reading_letters.marked_cases(request.viewer)
    rows = rows_of(lines, at=now(), reader=spoken.language())
    context = {"title": _("Possible abuse"), "rows": rows}
    return page(request, "desk/marked.html", context, place="house:marked")


# ------------------------------------------------------------------ approvals
@require_safe
@staff_page(Permission.APPROVE)
def approvals(request: StaffRequest) -> HttpResponse:
    """Redress that waits for an approver's yes."""
    rows = []
    for one in approvals_waiting(request.viewer):
        house = house_rules(one.entity_id)
        rows.append(
            {
                "what": in_words(one.redress, house, spoken.language()),
                "reference": one.case.reference,
                "subject": one.case.subject,
                "case_url": reverse("desk:case", args=[one.case.reference]),
                "url": reverse(
                    "desk:act_on", args=[one.case.reference, "approval", one.redress_id]
                ),
                "by": one.asked_by.name,
                "when": spoken.stamp(one.asked_at, one.case.entity.timezone),
            }
        )
    context = {"title": _("Waiting for approval"), "rows": rows}
    return page(request, "desk/approvals.html", context, place="house:approvals")
