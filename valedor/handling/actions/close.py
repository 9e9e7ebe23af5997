"""Close a case (ISO 10002, closing the complaint), and tell the areas concerned what was done.

The end takes no right away: the letter says where the person can turn to next. Silence alone closes
nothing: the person's, after an answer, counts once the day that they were told is over.
"""

from datetime import datetime

from django.utils.translation import override

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.facts_letters import LetterCancelled
from valedor.casefile.models import Case, Deadline, Grievance, Instance, Letter, Stage
from valedor.casefile.seats import Seat
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.alarms import settle_alarms
from valedor.handling.facts import AreaTold, Closed, Withdrawn
from valedor.handling.models import Alarm, AreaNotice, Closure, Decision, Redress
from valedor.handling.next_steps import places_of_next_steps
from valedor.handling.queries import CaseState, case_state
from valedor.handling.redress_words import in_words
from valedor.handling.standing import as_the_company, viewer_for
from valedor.procedures.models import Area
from valedor.procedures.vocabulary_tables import vocabulary


@as_the_company
def close(case: Case, *, reason: Closure.Reason, by: By, at: datetime, note: str = "") -> Closure:
    """Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_close(state, viewer_for(case, by), at=at, reason=reason))
    closure = end(state, reason, by=by, at=at, note=note)
    answered_at = state.response.sent_at if state.response else None
    next_steps = places_of_next_steps(state, answered_at=answered_at, at=at)
    letter = outgoing.send(
        state,
        "closing",
        {
            "reason": vocabulary("closures")[reason].text.in_language(case.language),
            "note": note,
            "done": [{"what": what} for what in _done(state, case.language)],
            "next_steps": next_steps.get("next_steps", []),
        },
        by=by,
        at=at,
    )
    entry = timeline.record(
        case, Closed(closure=closure.pk, reason=str(reason)), by=by, at=at, body=note
    )
    outgoing.keep_message(case, entry, letter, at=at)
    tell_areas(state, by=by, at=at)
    return closure


@as_the_company
def withdraw(
    case: Case,
    *,
    by: By,
    at: datetime,
    reason: str = "",
    channel: str = Case.Channel.WEB_FORM,
) -> Closure:
    """The person does not go on: by themselves, or told to staff. Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_withdraw(state, viewer_for(case, by), actor=by.actor))
    Grievance.objects.filter(case=case, withdrawn_at=None).update(withdrawn_at=at)
    closure = end(state, Closure.Reason.WITHDRAWN, by=by, at=at, note=reason)
    _keep_back_letters(case, by=by, at=at)
    letter = outgoing.send(
        state,
        "withdrawal_received",
        {"received": outgoing.moment(at, state.house, case.language)},
        by=by,
        at=at,
    )
    timeline.record(case, Withdrawn(channel=str(channel)), by=by, at=at, body=reason)
    entry = timeline.record(
        case,
        Closed(closure=closure.pk, reason=str(Closure.Reason.WITHDRAWN)),
        by=by,
        at=at,
    )
    outgoing.keep_message(case, entry, letter, at=at)
    tell_areas(state, by=by, at=at)
    return closure


def _keep_back_letters(case: Case, *, by: By, at: datetime) -> None:
    """What waits to leave says nothing to somebody who has withdrawn: only the receipt still does.

    A letter that the mail server is being given just now cannot be called back.
    """
    waiting = Letter.objects.filter(
        case=case,
        state__in=[Letter.State.QUEUED, Letter.State.WAITING, Letter.State.REFUSED],
    ).exclude(kind="receipt")
    for letter in waiting.select_for_update(of=("self",)).order_by("pk"):
        letter.state, letter.next_attempt_at = Letter.State.CANCELLED, None
        letter.save(update_fields=["state", "next_attempt_at"])
        fact = LetterCancelled(letter=letter.pk, letter_kind=letter.kind)
        timeline.record(case, fact, by=by, at=at, seats=Seat.COMPANY)


def end(state: CaseState, reason: Closure.Reason, *, by: By, at: datetime, note: str) -> Closure:
    """Close a locked case: its row, its instance, the limits that still run, the calls for
    attention. Whoever ends it tells of it.
    """
    case = state.case
    closure = Closure.objects.create(
        case=case, entity_id=case.entity_id, reason=reason, note=note, by=by.account, at=at
    )
    Instance.objects.filter(case=case, closed_at=None).update(closed_at=at)
    move_to(case, Stage.CLOSED, at=at)
    # A limit that passed stays passed; what still runs has nothing left to wait for.
    still = {one.duty for one in state.deadlines if one.state != Deadline.State.MISSED}
    for duty in sorted(still):
        limits.drop(case, duty, by=by, at=at, reason=str(reason))
    settle_alarms(case, *Alarm.Cause, at=at)
    return closure


def _done(state: CaseState, language: str) -> list[str]:
    return [
        in_words(one, state.house, language)
        for one in state.redress
        if one.state == Redress.State.CARRIED_OUT
    ]


def tell_areas(state: CaseState, *, by: By, at: datetime) -> None:
    """Every area that the case is about or that was asked learns what came of it."""
    case, language = state.case, state.house.entity.default_language
    concerned = Area.objects.filter(pk=case.area_id or 0) | Area.objects.filter(
        inquiries__case=case
    )
    complained_of = "\n".join(point.text for point in state.grievances) or case.subject
    outcomes = []
    with override(language):
        for point in state.grievances:
            if decision := state.decisions.get(point.pk):
                outcome = Decision.Outcome(decision.outcome).label
                outcomes.append(f"{point.ordinal}. {outcome}: {decision.reasons}")
    done = "\n".join([*outcomes, *_done(state, language)])
    for area in concerned.distinct():
        notice = AreaNotice.objects.create(
            case=case,
            entity_id=case.entity_id,
            area=area,
            complained_of=complained_of,
            done=done,
            by=by.account,
            at=at,
        )
        timeline.record(
            case,
            AreaTold(notice=notice.pk, area=area.name),
            by=by,
            at=at,
            body=f"{complained_of}\n\n{done}".strip(),
        )
