"""Record what was found, from which side, and what shows it (ISO 10002, investigation)."""

from collections.abc import Iterable
from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Document, Entry, Grievance, Stage
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import FindingWithdrawn, Found
from valedor.handling.models import Finding, FindingEvidence
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def find(
    case: Case,
    *,
    text: str,
    side: Finding.Side,
    by: By,
    at: datetime,
    documents: Iterable[Document] = (),
    entries: Iterable[Entry] = (),
    grievance: Grievance | None = None,
    is_disputed: bool = False,
) -> Finding:
    """A fact held to be so, resting on documents or lines of the timeline. Raises ``Refused``."""
    case = locked(case)
    own_documents = Document.objects.filter(case=case, pk__in=[one.pk for one in documents])
    own_entries = Entry.objects.filter(case=case, pk__in=[one.pk for one in entries])
    evidence = [
        *(FindingEvidence(document=one) for one in own_documents),
        *(FindingEvidence(entry=one) for one in own_entries),
    ]
    state = case_state(case)
    refuse_if(rules.why_not_find(state, viewer_for(case, by), text=text, evidence=len(evidence)))
    finding = Finding.objects.create(
        case=case,
        entity_id=case.entity_id,
        grievance=grievance,
        side=side,
        text=text,
        is_disputed=is_disputed,
        by=by.account,
        at=at,
    )
    for one in evidence:
        one.case, one.entity_id, one.finding = case, case.entity_id, finding
    FindingEvidence.objects.bulk_create(evidence)
    if case.stage in {Stage.RECEIVED, Stage.ASSESSED, Stage.CONTESTED}:
        move_to(case, Stage.INVESTIGATION, at=at)
    timeline.record(
        case,
        Found(
            finding=finding.pk,
            grievance=grievance.pk if grievance else None,
            side=str(side),
            evidence=len(evidence),
            is_disputed=is_disputed,
        ),
        by=by,
        at=at,
        body=text,
        instance=state.instance,
    )
    return finding


@as_the_company
def withdraw_finding(case: Case, *, finding: Finding, reason: str, by: By, at: datetime) -> Finding:
    """A finding does not hold; it stays visible, with the reason. Raises ``Refused``."""
    case = locked(case)
    finding = Finding.objects.get(pk=finding.pk, case=case)
    state = case_state(case)
    refuse_if(rules.why_not_withdraw_finding(state, viewer_for(case, by), finding, reason=reason))
    finding.withdrawn_at = at
    finding.save(update_fields=["withdrawn_at"])
    timeline.record(case, FindingWithdrawn(finding=finding.pk), by=by, at=at, body=reason)
    return finding
