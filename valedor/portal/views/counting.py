"""How a limit is counted: every stretch of days and why, with the rule it comes from."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from valedor.casefile.limits.move import outcome_of
from valedor.foundation.refusals import Refused
from valedor.portal import days, places, queries
from valedor.portal.counted import rows_of, rule_words
from valedor.portal.inside import Inside, inside, page_of_case
from valedor.portal.standing import READ, let_in_too
from valedor.procedures.explanation import length_in_words


@require_safe
@inside
@let_in_too(READ)
def counting(place: Inside, deadline_id: int) -> HttpResponse:
    """One limit of the case, step by step."""
    file = queries.file_of(place.case)
    deadline = next((one for one in file.deadlines if one.pk == deadline_id), None)
    if deadline is None:
        raise Http404
    trouble, rows = "", []
    try:
        outcome = outcome_of(deadline, place.house)
    except Refused as refused:
        trouble = str(refused.refusal)
    else:
        rows = rows_of(outcome.steps)
    context: dict[str, Any] = {
        "case": place.case,
        "rail": days.rail_of(deadline, file, place.house, at=place.at),
        "length": length_in_words(deadline.length, deadline.unit),
        "rows": rows,
        "trouble": trouble,
        "rule": rule_words(deadline.procedure_version_id, deadline.clock),
        "is_provisional": deadline.is_provisional,
        "back_url": page_of_case(place),
    }
    return places.page(place.request, "counting.html", place.house, context)
