"""Open cases that one may repeat, or be repeated by, as far as a viewer sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from valedor.casefile.access import visible_in_sql
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.foundation.questions import Ask

_REPEATED = """
    SELECT repetition.id, reference, subject, received_at, repetition.signs, {is_later},
        repetition.told_at IS NOT NULL
    FROM handling_repetition AS repetition
    JOIN casefile_case ON casefile_case.id = repetition.{other}
    WHERE repetition.{this} = %s AND repetition.kept_apart_at IS NULL
        AND casefile_case.closed_at IS NULL AND {seen}
"""


class Repeated(NamedTuple):
    """An open case that may be about the same; ``is_later`` says that it is the one of the two that
    came second, on which the hint stands.
    """

    row: int
    reference: str
    subject: str
    received_at: datetime
    signs: list[str]
    is_later: bool
    is_told: bool


def ask_repeated(ask: Ask, viewer: Viewer, case: Case) -> Sequence[tuple[Any, ...]]:
    """The rows of ``Repeated``, in the round trip of the page."""
    if case.closed_at is not None:
        return []
    seen, values = visible_in_sql(viewer)
    earlier = _REPEATED.format(other="other_id", this="case_id", is_later="false", seen=seen)
    later = _REPEATED.format(other="case_id", this="other_id", is_later="true", seen=seen)
    return ask.rows(
        f"{earlier} UNION ALL {later} ORDER BY 4, 1", [case.pk, *values, case.pk, *values]
    )
