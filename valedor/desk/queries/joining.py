"""Cases that belong together, as far as a viewer sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from valedor.casefile.access import visible_in_sql
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.foundation.questions import Ask

_TOGETHER = """
    SELECT 'kept' AS what, merge.id, reference, subject, stage, received_at
    FROM handling_casemerge AS merge JOIN casefile_case ON casefile_case.id = merge.kept_id
    WHERE merge.undone_at IS NULL AND merge.case_id = %s AND {seen}
    UNION ALL
    SELECT 'merged', merge.id, reference, subject, stage, received_at
    FROM handling_casemerge AS merge JOIN casefile_case ON casefile_case.id = merge.case_id
    WHERE merge.undone_at IS NULL AND merge.kept_id = %s AND {seen}
    UNION ALL
    SELECT CASE WHEN relation.kind = 'related' THEN 'related'
        WHEN relation.case_id = casefile_case.id THEN 'origin' ELSE 'part' END,
        relation.id, reference, subject, stage, received_at
    FROM handling_caserelation AS relation JOIN casefile_case
        ON casefile_case.id IN (relation.case_id, relation.other_id) AND casefile_case.id <> %s
    WHERE relation.ended_at IS NULL AND (relation.case_id = %s OR relation.other_id = %s) AND {seen}
    ORDER BY 1, 2
"""


class Together(NamedTuple):
    """A case that belongs to the one that is looked at: ``what`` says how."""

    what: str
    row: int
    reference: str
    subject: str
    stage: str
    received_at: datetime


def ask_together(ask: Ask, viewer: Viewer, case: Case) -> Sequence[tuple[Any, ...]]:
    """The rows of ``Together``, in the round trip of the page."""
    seen, values = visible_in_sql(viewer)
    text = _TOGETHER.format(seen=seen)
    key = case.pk
    return ask.rows(text, [key, *values, key, *values, key, key, key, *values])
