"""Say that a case and another one are two matters, though something spoke for one."""

from collections.abc import Sequence
from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import KeptApart
from valedor.handling.models import Repetition
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def keep_apart(
    case: Case, *, repetition: Repetition, reason: str, by: By, at: datetime
) -> Repetition:
    """It is another matter, and why. Raises ``Refused``."""
    case = locked(case)
    row = Repetition.objects.select_related("other").get(pk=repetition.pk, case=case)
    refuse_if(rules.why_not_keep_apart(case_state(case), viewer_for(case, by), row, reason=reason))
    row.reason, row.kept_apart_by, row.kept_apart_at = reason, by.account, at
    row.save(update_fields=["reason", "kept_apart_by", "kept_apart_at"])
    fact = KeptApart(repetition=row.pk, reference=row.other.reference, signs=tuple(row.signs))
    timeline.record(case, fact, by=by, at=at, body=reason)
    return row


@as_the_company
def registered_apart(
    case: Case, *, others: Sequence[tuple[Case, Sequence[str]]], reason: str, by: By, at: datetime
) -> list[Repetition]:
    """The same of a case that has just been registered, for every case that was offered instead.

    ``others`` are those cases, each with what spoke for it. Raises ``Refused``.
    """
    told = []
    for other, signs in others:
        row, _is_new = Repetition.objects.get_or_create(
            case=case,
            other=other,
            defaults={
                "entity_id": case.entity_id, "signs": list(signs), "by": by.account, "at": at
            },
        )  # fmt: skip
        told.append(keep_apart(case, repetition=row, reason=reason, by=by, at=at))
    return told
