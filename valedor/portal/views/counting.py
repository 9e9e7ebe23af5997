"""How a limit is counted: every stretch of days and why, with the rule it comes from."""

from typing import Any

from django.http import Http404, HttpResponse

from valedor.casefile.limits.move import outcome_of
from valedor.casefile.models import Deadline
from valedor.foundation.refusals import Refused
from valedor.portal import places, queries, steps
from valedor.portal.counted import rows_of, rule_words
from valedor.portal.inside import Inside, inside, page_of_case
from valedor.procedures.explanation import length_in_words


@inside
def counting(place: Inside, deadline_id: int) -> HttpResponse:
    """One limit of the case, step by step."""
    deadline = _deadline(place, deadline_id)
    trouble, rows = "", []
    try:
        outcome = outcome_of(deadline, place.house)
    except Refused as refused:
        trouble = str(refused.refusal)
    else:
        rows = rows_of(outcome.steps)
    context: dict[str, Any] = {
        "case": place.case,
        "rail": steps.rail_of(
            deadline,
            place.house,
            place.case,
            at=place.at,
            events=queries.events_of(place.case).get(deadline.pk, ()),
        ),
        "length": length_in_words(deadline.length, deadline.unit),
        "rows": rows,
        "trouble": trouble,
        "rule": rule_words(deadline.procedure_version_id, deadline.clock),
        "is_provisional": deadline.is_provisional,
        "back_url": page_of_case(place),
    }
    return places.page(place.request, "counting.html", place.house, context)


def _deadline(place: Inside, deadline_id: int) -> Deadline:
    for deadline in queries.deadlines_of(place.case):
        if deadline.pk == deadline_id:
            return deadline
    raise Http404
