"""Join a case to an incident, decline a proposal, or let a case go its own way."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import staff
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.foundation.refusals import refuse_if
from valedor.handling.first_reaction import reacted
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.facts import IncidentJoined, IncidentLeft
from valedor.incidents.collective.models import Incident, Membership
from valedor.people.models import Account

State = Membership.State


@transaction.atomic
def join(incident: Incident, case: Case, *, by: Account, at: datetime) -> Membership:
    """The case is one of the incident's. The person sees it on their page. Raises ``Refused``.

    Whoever calls has fetched the case for whoever acts.
    """
    refuse_if(incident_rules.why_not_gather(viewer_of(by), case.entity_id))
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        row = _standing(incident, case)
        elsewhere = Membership.objects.filter(case=case, state=State.JOINED)
        refuse_if(
            incident_rules.why_not_join(
                incident,
                case,
                standing=row.state if row else "",
                elsewhere=elsewhere.exclude(incident=incident).exists(),
            )
        )
        row = _set(incident, case, row, State.JOINED, by=by, at=at)
        fact = IncidentJoined(incident=incident.pk, title=dict(incident.title))
        timeline.record(case, fact, by=staff(by), at=at)
        reacted(case, by=staff(by), at=at)  # Somebody has looked at it.
    return row


@transaction.atomic
def decline(incident: Incident, case: Case, *, by: Account, at: datetime) -> Membership:
    """The case is not one of the incident's: it is proposed no more. Raises ``Refused``."""
    refuse_if(incident_rules.why_not_gather(viewer_of(by), case.entity_id))
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        refuse_if(incident_rules.why_not_go_on(incident))
        row = _standing(incident, case)
        if row is not None and row.state == State.JOINED:
            return row
        return _set(incident, case, row, State.DECLINED, by=by, at=at)


@transaction.atomic
def leave(incident: Incident, case: Case, *, reason: str, by: Account, at: datetime) -> Membership:
    """The case goes its own way; what it was told stays told. Raises ``Refused``."""
    refuse_if(incident_rules.why_not_gather(viewer_of(by), case.entity_id))
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        row = _standing(incident, case)
        refuse_if(incident_rules.why_not_leave(row.state if row else "", reason=reason))
        row = _set(incident, case, row, State.LEFT, by=by, at=at, reason=reason)
        fact = IncidentLeft(incident=incident.pk, title=dict(incident.title))
        timeline.record(case, fact, by=staff(by), at=at)
    return row


def _standing(incident: Incident, case: Case) -> Membership | None:
    return Membership.objects.filter(incident=incident, case=case).first()


def _set(
    incident: Incident,
    case: Case,
    row: Membership | None,
    state: Membership.State,
    *,
    by: Account,
    at: datetime,
    reason: str = "",
) -> Membership:
    if row is None:
        row = Membership(incident=incident, case=case, entity_id=case.entity_id, signs=[])
    row.state, row.by, row.at, row.reason = state, by, at, reason
    row.save()
    return row
