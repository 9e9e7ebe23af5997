"""Split a complex case: members of its team do parts, one person stays responsible."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import PartFinished, PartGiven
from valedor.handling.models import CasePart
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import Account


@as_the_company
def give_part(case: Case, *, member: Account, task: str, by: By, at: datetime) -> CasePart:
    """Give a member of the team a part to do. Raises ``Refused``."""
    case = locked(case)
    refuse_if(
        rules.why_not_give_part(
            case_state(case), viewer_for(case, by), member_id=member.pk, task=task
        )
    )
    part = CasePart.objects.create(
        case=case,
        entity_id=case.entity_id,
        seats=int(PartGiven.seats),
        member=member,
        task=task,
        by=by.account,
        at=at,
    )
    timeline.record(
        case,
        PartGiven(part=part.pk, member=member.pk, member_name=member.name),
        by=by,
        at=at,
        body=task,
    )
    return part


@as_the_company
def finish_part(case: Case, *, part: CasePart, outcome: str, by: By, at: datetime) -> CasePart:
    """A part is done, with what came out of it. Raises ``Refused``."""
    case = locked(case)
    part = CasePart.objects.select_related("member").get(pk=part.pk, case=case)
    refuse_if(rules.why_not_finish_part(case_state(case), viewer_for(case, by), part))
    part.done_at, part.outcome = at, outcome
    part.save(update_fields=["done_at", "outcome"])
    timeline.record(
        case,
        PartFinished(part=part.pk, member=part.member_id, member_name=part.member.name),
        by=by,
        at=at,
        body=outcome,
    )
    return part
