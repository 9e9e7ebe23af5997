"""Give a case to whoever is to handle it (ISO 10002.

Competent, impartial, and with time for it).
"""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Instance
from valedor.casefile.stages import give_to
from valedor.foundation.refusals import Refusal, refuse_if
from valedor.handling import rules
from valedor.handling.alarms import raise_alarm, settle_alarms
from valedor.handling.eligibility import YIELD_TO_A_REASON, Candidate, candidate, candidates
from valedor.handling.facts import Assigned, NobodyEligible
from valedor.handling.models import Alarm, Assignment
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import Account, Team


@as_the_company
def assign(
    case: Case,
    *,
    by: By,
    at: datetime,
    holder: Account | None = None,
    team: Team | None = None,
    reason: str = "",
) -> Assignment:
    """Give the case to a person, or to whoever of a team is eligible and has most room.

    Raises ``Refused``: for a named person, with what stands against them. Language, competence and
    load yield to a ``reason``; recusal, absence and a hand in an earlier instance never do. Where
    nobody
    of the team is eligible the case waits with the team and an alarm is raised.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_assign(state, viewer_for(case, by)))
    to_team = team or case.team
    if to_team is None:
        refuse_if(rules.no_team())
    assert to_team is not None  # noqa: S101 -- refused above
    if holder is None:
        return give(state, to_team, by=by, at=at, reason=reason)
    refuse_if(why_not_give_to(candidate(state, holder, at=at), reason=reason))
    return hand(state, holder, to_team, basis="chosen", reason=reason, by=by, at=at)


def why_not_give_to(one: Candidate, *, reason: str = "") -> Refusal | None:
    """What stands against giving a case to a named person."""
    against = [
        refusal
        for refusal in one.against
        if not (reason.strip() and refusal.code in YIELD_TO_A_REASON)
    ]
    return rules.not_eligible(one.account.name, against[0]) if against else None


def give(
    state: CaseState,
    team: Team,
    *,
    by: By,
    at: datetime,
    reason: str = "",
    basis: str = "balanced",
    without: int | None = None,
) -> Assignment:
    """Give a locked case to the member of a team who is eligible and has most room; ``without``
    is somebody who does not come into question, since it is taken from them.
    """
    members = [one for one in candidates(state, team, at=at) if one.account.pk != without]
    eligible = [one for one in members if one.is_eligible]
    if eligible:
        return hand(state, eligible[0].account, team, basis=basis, reason=reason, by=by, at=at)
    assignment = hand(state, None, team, basis=basis, reason=reason, by=by, at=at)
    grounds = sorted({refusal.code for one in members for refusal in one.against})
    timeline.record(
        state.case,
        NobodyEligible(team=team.name, grounds=tuple(grounds) or ("empty_team",)),
        by=by,
        at=at,
    )
    raise_alarm(state.case, Alarm.Cause.NOBODY_ELIGIBLE, at=at)
    return assignment


def hand(
    state: CaseState,
    holder: Account | None,
    team: Team,
    *,
    basis: str,
    reason: str,
    by: By,
    at: datetime,
) -> Assignment:
    """Put a locked case into somebody's hands; the assignment before it ends."""
    case, instance = state.case, state.instance
    Assignment.objects.filter(case=case, ended_at=None).update(ended_at=at)
    assignment = Assignment.objects.create(
        case=case,
        entity_id=case.entity_id,
        seats=int(Assigned.seats),
        instance=instance,
        team=team,
        holder=holder,
        basis=basis,
        reason=reason,
        by=by.account,
        at=at,
    )
    give_to(case, holder_id=holder.pk if holder else None, team_id=team.pk)
    Instance.objects.filter(pk=instance.pk).update(holder=holder, team=team)
    timeline.record(
        case,
        Assigned(
            assignment=assignment.pk,
            instance=instance.pk,
            holder=holder.pk if holder else None,
            holder_name=holder.name if holder else "—",
            team=team.name,
            basis=basis,
        ),
        by=by,
        at=at,
        body=reason,
        instance=instance,
    )
    if holder is not None:
        settle_alarms(case, Alarm.Cause.NOBODY_ELIGIBLE, at=at)
    return assignment
