"""What becomes of letters: taken over, an answer counts; refused, its step is open again.

Called by whoever follows the facts of letters, perhaps twice: what is done already is noticed.
"""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.letters import LINK_MARK, page_of
from valedor.casefile.models import Case, Instance, Letter, Stage
from valedor.casefile.stages import move_to
from valedor.handling import outgoing
from valedor.handling.actions.settle_redress import agree
from valedor.handling.alarms import raise_alarm, settle_alarms
from valedor.handling.facts import (
    Acknowledged,
    Answered,
    LetterFailed,
    RedressOffered,
    ResponseFailed,
)
from valedor.handling.going_further import ways_on
from valedor.handling.models import Acknowledgement, Alarm, Decision, Draft, Redress, Response
from valedor.handling.queries import CaseState, case_state
from valedor.handling.reaction import react_by
from valedor.handling.redress_words import told
from valedor.handling.standing import as_the_company

RESPONSE_FORM = "response"
MET_BY_THE_ANSWER = ("respond", "first_answer", "status_update")


@as_the_company
def letter_accepted(case: Case, *, letter: Letter, at: datetime, by: By = SYSTEM) -> None:
    """A letter was taken over, handed over, or posted with proof: its duty is done then."""
    case = locked(case)
    letter = Letter.objects.select_related("meets").get(pk=letter.pk, case=case)
    settled = Alarm.objects.filter(letter=letter, settled_at=None)
    settled.update(settled_at=at)
    if letter.kind == "receipt":
        _acknowledged(case, letter, by=by, at=at)
        return
    response = Response.objects.filter(letter=letter, sent_at=None, replaced_at=None).first()
    if response is not None:
        Response.objects.filter(pk=response.pk).update(failed_at=None)
        text = letter.body.replace(LINK_MARK, page_of(case))
        count_as_answered(case_state(case), response, text=text, by=by, at=at)
        # What was typed was kept as long as the answer could be taken back.
        Draft.objects.filter(case=case, form=RESPONSE_FORM, account=response.by_id).delete()
    elif letter.meets is not None:
        limits.meet(case, letter.meets.duty, by=by, at=at, only=letter.meets)


def _acknowledged(case: Case, letter: Letter, *, by: By, at: datetime) -> None:
    if Acknowledgement.objects.filter(case=case).exists():
        return
    Acknowledgement.objects.create(
        case=case, entity_id=case.entity_id, letter=letter, by=by.account, at=at
    )
    timeline.record(case, Acknowledged(channel=str(letter.channel), letter=letter.pk), by=by, at=at)
    limits.meet(case, "acknowledge", by=by, at=at)


def count_as_answered(
    state: CaseState, response: Response, *, text: str, by: By, at: datetime
) -> None:
    """The answer reached its way out: the case is answered, its duty done, its offers made."""
    case, instance = state.case, Instance.objects.get(pk=response.instance_id)
    response.sent_at = at
    response.react_by = react_by(state.house, answered_at=at)
    ways = ways_on(instance, state.house, case.facts, answered_at=at)
    response.contest_by = ways[0].ends_at if ways else None
    response.save(update_fields=["sent_at", "react_by", "contest_by"])
    Instance.objects.filter(pk=instance.pk).update(outcome=_outcome(state))
    if case.stage != Stage.CLOSED:
        move_to(case, Stage.ANSWERED, at=at)
    letter = response.letter
    entry = timeline.record(
        case,
        Answered(
            response=response.pk,
            letter=letter.pk if letter else None,
            channel=str(letter.channel if letter else case.answer_channel),
            react_by=response.react_by.isoformat(),
            contest_by=response.contest_by.isoformat() if response.contest_by else "",
        ),
        by=by,
        at=at,
        body=text,
        instance=instance,
    )
    outgoing.keep_message(case, entry, letter, at=at)
    _make_offers(state, by=by, at=at)
    for duty in MET_BY_THE_ANSWER:
        limits.meet(case, duty, by=by, at=at, instance=instance)
    settle_alarms(case, Alarm.Cause.DUE_SOON, Alarm.Cause.OVERDUE, at=at)


def _outcome(state: CaseState) -> str:
    outcomes = {decision.outcome for decision in state.decisions.values()}
    if not outcomes:
        return "answered"
    if len(outcomes) == 1:
        return str(outcomes.pop())
    favourable = {Decision.Outcome.UPHELD, Decision.Outcome.PARTLY_UPHELD}
    return str(
        Decision.Outcome.PARTLY_UPHELD if outcomes & favourable else Decision.Outcome.NOT_UPHELD
    )


def _make_offers(state: CaseState, *, by: By, at: datetime) -> None:
    for redress in state.to_offer:
        redress.offered_at = at
        timeline.record(
            state.case, RedressOffered(**told(redress)), by=by, at=at, body=redress.text
        )
        if redress.needs_acceptance:
            redress.state = Redress.State.OFFERED
        elif redress.is_done_by_saying:
            redress.state = Redress.State.CARRIED_OUT
            redress.settled_at = redress.carried_out_at = at
        else:
            agree(state, redress, by=by, at=at)
        redress.save(update_fields=["state", "offered_at", "settled_at", "carried_out_at"])


@as_the_company
def letter_refused(case: Case, *, letter: Letter, at: datetime, by: By = SYSTEM) -> None:
    """A letter was refused for good, or came back after it had left: it is as if it had never been
    sent.

    Work for somebody. An answer's step opens again, and so do the limits that the letter had met.
    """
    case = locked(case)
    letter = Letter.objects.select_related("meets__instance").get(pk=letter.pk, case=case)
    if Alarm.objects.filter(letter=letter, settled_at=None).exists():
        return
    response = Response.objects.filter(letter=letter, failed_at=None, replaced_at=None).first()
    if response is not None:
        was_sent_at = response.sent_at
        response.failed_at, response.sent_at = at, None
        response.react_by = response.contest_by = None
        response.save(update_fields=["failed_at", "sent_at", "react_by", "contest_by"])
        if case.stage in {Stage.ANSWERED, Stage.ANSWERED_NOT_SENT}:
            move_to(case, case_state(case).resting_stage, at=at)
        timeline.record(case, ResponseFailed(response=response.pk, letter=letter.pk), by=by, at=at)
        if was_sent_at is not None and case.closed_at is None:
            instance = Instance.objects.get(pk=response.instance_id)
            for duty in MET_BY_THE_ANSWER:
                limits.open_again(case, instance, duty, met_at=was_sent_at, by=by, at=at)
    else:
        timeline.record(case, LetterFailed(letter=letter.pk, letter_kind=letter.kind), by=by, at=at)
        _open_what_it_met(case, letter, by=by, at=at)
    raise_alarm(case, Alarm.Cause.LETTER_FAILED, at=at, letter=letter)


def _open_what_it_met(case: Case, letter: Letter, *, by: By, at: datetime) -> None:
    met = letter.meets
    Acknowledgement.objects.filter(letter=letter).delete()
    if met is None or case.closed_at is not None or met.met_at != letter.accepted_at:
        return
    if met.met_at is not None:
        limits.open_again(case, met.instance, met.duty, met_at=met.met_at, by=by, at=at)
