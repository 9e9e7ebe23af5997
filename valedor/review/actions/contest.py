"""The person says no to the answer, with reasons: someone who had no part in it looks again.

The second look is an instance of its own, with its own limits, people and outcome (ISO 10002:
review).
"""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import record_begun, refresh_next_due
from valedor.casefile.models import Case, Instance, Message, Stage
from valedor.casefile.stages import give_to, move_to
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.assign import give
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm, Assignment, Closure
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.review import rules
from valedor.review.facts import Contested


@as_the_company
def contest(
    case: Case,
    *,
    reasons: str,
    by: By,
    at: datetime,
    channel: str = Case.Channel.WEB_FORM,
) -> Instance:
    """By the person, or by staff who write down what they said by telephone. Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_contest(state, viewer_for(case, by), reasons=reasons, actor=by.actor))
    response = state.response
    assert response is not None  # noqa: S101 -- refused above
    response.contested_at = at
    response.save(update_fields=["contested_at"])
    Closure.objects.filter(case=case, undone_at=None).update(undone_at=at)
    ours = Instance.objects.filter(case=case, closed_at=None).exclude(kind__in=Instance.OUTSIDE)
    ours.update(closed_at=at)
    Assignment.objects.filter(case=case, ended_at=None).update(ended_at=at)
    review = Instance.objects.create(
        case=case,
        entity_id=case.entity_id,
        ordinal=state.instances[-1].ordinal + 1,
        kind=Instance.Kind.REVIEW,
        team=case.team,
        opened_at=at,
    )
    give_to(case, holder_id=None, team_id=case.team_id)
    move_to(case, Stage.CONTESTED, at=at)
    entry = timeline.record(
        case,
        Contested(response=response.pk, instance=review.pk, channel=str(channel)),
        by=by,
        at=at,
        body=reasons,
        instance=review,
    )
    Message.objects.create(
        case=case,
        entity_id=case.entity_id,
        entry=entry,
        direction=Message.Direction.IN,
        channel=channel,
        at=at,
    )
    _begin_limits(case, review, by=by, at=at)
    fresh = case_state(case)
    team = case.team or fresh.house.reception
    if team is not None:
        give(fresh, team, by=by, at=at, basis="second_look")
    raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=at)
    answer = next((one for one in case_state(case).running("respond") if one.due_at), None)
    due_at = answer.due_at if answer else None
    outgoing.send(
        fresh,
        "contest_received",
        {
            "received": outgoing.moment(at, fresh.house, case.language),
            "answer_by": outgoing.last_day(due_at, fresh.house, case.language),
        },
        by=by,
        at=at,
    )
    return review


def _begin_limits(case: Case, review: Instance, *, by: By, at: datetime) -> None:
    """The regimes' own limits of a review; where none has one, the answer's limits run anew.

    A second look without a limit would be a way to answer late.
    """
    house = case_state(case).house
    begun = limits.begin(case, review, house, starts_at=at, registered_at=at)
    begun = [one for one in begun if one.duty != "acknowledge"]
    if not any(one.duty == "respond" for one in begun):
        as_company = Instance(kind=Instance.Kind.COMPANY)
        again = limits.begin(case, as_company, house, starts_at=at, registered_at=at)
        for one in again:
            if one.duty == "respond":
                one.instance = review
                begun.append(one)
    review.procedure_versions = sorted(
        {one.procedure_version_id for one in begun if one.procedure_version_id}
    )
    review.save(update_fields=["procedure_versions"])
    rows.write(begun)
    if begun:
        record_begun(case, review, begun, by=by, at=at)
    refresh_next_due(case)
