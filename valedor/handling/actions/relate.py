"""Point from one case to another: cheap, moves nothing, and the first thing to try."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import Related, RelationEnded
from valedor.handling.models import CaseRelation
from valedor.handling.queries import case_state, relation_between
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def relate(case: Case, *, other: Case, by: By, at: datetime, note: str = "") -> CaseRelation:
    """Say that two cases have to do with each other; saying it twice says it once. Raises
    ``Refused``.
    """
    refuse_if(rules.why_not_beside(case, other))
    case = locked(case)
    state = case_state(case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_relate(state, viewer, case_state(other)))
    known = relation_between(case, other)
    if known is not None:
        return known
    return write_relation(case, other, kind=CaseRelation.Kind.RELATED, note=note, by=by, at=at)


def write_relation(
    case: Case, other: Case, *, kind: CaseRelation.Kind, note: str, by: By, at: datetime
) -> CaseRelation:
    """The row, and the line on both cases; ``case`` is locked."""
    relation = CaseRelation.objects.create(
        case=case,
        entity_id=case.entity_id,
        other=other,
        kind=kind,
        note=note,
        by=by.account,
        at=at,
    )
    if kind == CaseRelation.Kind.RELATED:
        fact = Related(relation=relation.pk, reference=other.reference)
        timeline.record(case, fact, by=by, at=at, body=note)
        back = Related(relation=relation.pk, reference=case.reference)
        timeline.record(locked(other), back, by=by, at=at, body=note)
    return relation


@as_the_company
def end_relation(case: Case, *, relation: CaseRelation, by: By, at: datetime) -> None:
    """The two have nothing to do with each other after all. Raises ``Refused``."""
    case = locked(case)
    relation = CaseRelation.objects.select_related("case", "other").get(pk=relation.pk)
    refuse_if(rules.why_not_end_relation(case_state(case), viewer_for(case, by), relation))
    relation.ended_by, relation.ended_at = by.account, at
    relation.save(update_fields=["ended_by", "ended_at"])
    other = relation.other if relation.case_id == case.pk else relation.case
    for one, named in ((case, other), (locked(other), case)):
        fact = RelationEnded(relation=relation.pk, reference=named.reference)
        timeline.record(one, fact, by=by, at=at)
