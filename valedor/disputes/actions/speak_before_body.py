"""What is said before a body: whether the company takes part, positions, hearing dates, proposals.

Each line is seen by both sides, so that both rooms show the same.
"""

from datetime import date, datetime

from django.db import transaction

from valedor.casefile import limits, timeline
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Document, LetterDocument
from valedor.disputes.actions.begun import begun
from valedor.disputes.actions.conclude import close_with
from valedor.disputes.models import HearingDate, Position, Proposal, Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.calendar import keep_date
from valedor.disputes.referral.facts import (
    DidNotTakePart,
    HearingCancelled,
    HearingHeld,
    HearingSet,
    PositionGiven,
    ProposalAccepted,
    ProposalDeclined,
    ProposalMade,
    TookPart,
)
from valedor.disputes.referral.queries import ReferralState
from valedor.disputes.referral.terms import thinks_until
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.alarms import settle_alarms
from valedor.handling.models import Alarm
from valedor.handling.office import ANSWER_A_BODY
from valedor.handling.standing import as_the_company, viewer_for

Side, State, Part = Referral.Side, Referral.State, Referral.Part


@as_the_company
@transaction.atomic
def take_part(
    case: Case, *, referral: Referral, takes_part: bool, by: By, at: datetime, reasons: str = ""
) -> Referral:
    """Say whether the company takes part. Without its consent a body that needs it ends at once,
    and the courts are open. Raises ``Refused``.
    """
    rs = begun(case, referral)
    refuse_if(
        rules.why_not_take_part(
            rs, viewer_for(case, by), takes_part=takes_part, reasons=reasons
        )
    )  # fmt: skip
    referral = rs.referral
    referral.part = Part.ACCEPTED if takes_part else Part.DECLINED
    referral.save(update_fields=["part"])
    if takes_part:
        took = TookPart(referral=referral.pk, body=referral.name, part=str(referral.part))
        timeline.record(rs.state.case, took, by=by, at=at, instance=referral.instance)
        return referral
    _said(rs, by=by, at=at)
    fact = DidNotTakePart(referral=referral.pk, body=referral.name)
    timeline.record(rs.state.case, fact, by=by, at=at, body=reasons, instance=referral.instance)
    return close_with(rs, Referral.Result.NOT_ACCEPTED, text=reasons, by=by, at=at)


@as_the_company
@transaction.atomic
def give_position(
    case: Case,
    *,
    referral: Referral,
    side: Referral.Side,
    text: str,
    by: By,
    at: datetime,
    dossier: Document | None = None,
) -> Position:
    """What one side told the body, or the body both; the company's meets its limit. Raises
    ``Refused``.
    """
    rs = begun(case, referral)
    refuse_if(rules.why_not_give_position(rs, viewer_for(case, by), side=side, text=text))
    referral = rs.referral
    position = Position(
        case=rs.state.case,
        entity_id=case.entity_id,
        referral=referral,
        side=side,
        text=text,
        given_at=at,
        dossier=dossier,
    )
    if side == Side.COMPANY:
        referral.part = referral.part or Part.ACCEPTED
        referral.state = State.HEARD
        referral.save(update_fields=["part", "state"])
        _said(rs, by=by, at=at)
    fact = PositionGiven(
        referral=referral.pk, position=position.pk, body=referral.name, side=str(side)
    )
    position.entry = timeline.record(
        rs.state.case, fact, by=by, at=at, body=text, instance=referral.instance
    )
    position.save(force_insert=True)
    return position


def _said(rs: ReferralState, *, by: By, at: datetime) -> None:
    case, deadline = rs.state.case, rs.referral.deadline
    if deadline is not None:
        limits.meet(case, ANSWER_A_BODY, by=by, at=at, only=deadline)
    settle_alarms(case, Alarm.Cause.BODY_ASKS, at=at)


# ------------------------------------------------------------------ hearing dates
@as_the_company
@transaction.atomic
def set_hearing(
    case: Case,
    *,
    referral: Referral,
    starts_at: datetime,
    place: str,
    by: By,
    at: datetime,
    minutes: int = 60,
) -> HearingDate:
    """The body hears the sides then; the person is told, with the date for their calendar. Raises
    ``Refused``.
    """
    rs = begun(case, referral)
    refuse_if(rules.why_not_set_hearing(rs, viewer_for(case, by), place=place))
    hearing = HearingDate.objects.create(
        case=rs.state.case,
        entity_id=case.entity_id,
        referral=rs.referral,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
    )
    _tell_hearing(rs, hearing, by=by, at=at)
    return hearing


@as_the_company
@transaction.atomic
def move_hearing(
    case: Case,
    *,
    hearing: HearingDate,
    starts_at: datetime,
    place: str,
    by: By,
    at: datetime,
) -> HearingDate:
    """The same hearing at another moment, or elsewhere. Raises ``Refused``."""
    rs = begun(case, hearing.referral)
    hearing = HearingDate.objects.get(pk=hearing.pk, case=case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_change_hearing(rs, viewer, hearing, at=at))
    refuse_if(rules.why_not_set_hearing(rs, viewer, place=place))
    hearing.starts_at, hearing.place, hearing.moved = starts_at, place, hearing.moved + 1
    hearing.save(update_fields=["starts_at", "place", "moved"])
    _tell_hearing(rs, hearing, by=by, at=at)
    return hearing


def _tell_hearing(rs: ReferralState, hearing: HearingDate, *, by: By, at: datetime) -> None:
    case, referral, house = rs.state.case, rs.referral, rs.state.house
    letter = None
    hearing.referral = referral
    hearing.calendar = keep_date(case, hearing, by=by, at=at)
    hearing.save(update_fields=["calendar"])
    if hearing.starts_at > at:
        letter = outgoing.send(
            rs.state,
            "body_hearing",
            {
                "body": referral.name,
                "when": outgoing.moment(hearing.starts_at, house, case.language),
                "place": hearing.place,
            },
            by=by,
            at=at,
        )
    fact = HearingSet(
        referral=referral.pk,
        hearing=hearing.pk,
        body=referral.name,
        starts_at=hearing.starts_at.isoformat(),
        place=hearing.place,
    )
    entry = timeline.record(case, fact, by=by, at=at, instance=referral.instance)
    if letter is not None:
        LetterDocument.objects.create(letter=letter, document=hearing.calendar, ordinal=1)
        outgoing.keep_message(case, entry, letter, at=at)


@as_the_company
@transaction.atomic
def cancel_hearing(case: Case, *, hearing: HearingDate, by: By, at: datetime) -> HearingDate:
    """It does not take place. Raises ``Refused``."""
    rs = begun(case, hearing.referral)
    hearing = HearingDate.objects.get(pk=hearing.pk, case=case)
    refuse_if(rules.why_not_change_hearing(rs, viewer_for(case, by), hearing, at=at))
    hearing.state, hearing.moved = HearingDate.State.CANCELLED, hearing.moved + 1
    hearing.save(update_fields=["state", "moved"])
    fact = HearingCancelled(
        referral=rs.referral.pk, hearing=hearing.pk, body=rs.referral.name
    )  # fmt: skip
    timeline.record(rs.state.case, fact, by=by, at=at, instance=rs.referral.instance)
    return hearing


@as_the_company
@transaction.atomic
def hold_hearing(
    case: Case, *, hearing: HearingDate, outcome: str, by: By, at: datetime
) -> HearingDate:
    """The sides were heard, and this came of it. Raises ``Refused``."""
    rs = begun(case, hearing.referral)
    hearing = HearingDate.objects.get(pk=hearing.pk, case=case)
    refuse_if(
        rules.why_not_change_hearing(
            rs, viewer_for(case, by), hearing, held=True, outcome=outcome, at=at
        )
    )
    hearing.state, hearing.outcome = HearingDate.State.HELD, outcome
    hearing.save(update_fields=["state", "outcome"])
    fact = HearingHeld(referral=rs.referral.pk, hearing=hearing.pk, body=rs.referral.name)
    timeline.record(
        rs.state.case, fact, by=by, at=at, body=outcome, instance=rs.referral.instance
    )  # fmt: skip
    return hearing


# ------------------------------------------------------------------ proposals
@as_the_company
@transaction.atomic
def take_proposal(
    case: Case,
    *,
    referral: Referral,
    text: str,
    by: By,
    at: datetime,
    answer_by: date | None = None,
) -> Proposal:
    """Write down what a mediator proposes. Raises ``Refused``."""
    rs = begun(case, referral)
    thinks = thinks_until(rs.referral.kind, rs.state.house, made_at=at)
    refuse_if(
        rules.why_not_propose(
            rs, viewer_for(case, by), text=text, answer_by=answer_by, thinks_until=thinks
        )
    )
    proposal = Proposal.objects.create(
        case=rs.state.case,
        entity_id=case.entity_id,
        referral=rs.referral,
        text=text,
        made_at=at,
        answer_by=answer_by,
        not_before=thinks,
        by=by.account,
    )
    fact = ProposalMade(
        referral=rs.referral.pk,
        proposal=proposal.pk,
        body=rs.referral.name,
        answer_by=answer_by.isoformat() if answer_by else "",
    )
    timeline.record(rs.state.case, fact, by=by, at=at, body=text, instance=rs.referral.instance)
    return proposal


@as_the_company
@transaction.atomic
def answer_proposal(
    case: Case,
    *,
    proposal: Proposal,
    side: Referral.Side,
    accepts: bool,
    by: By,
    at: datetime,
    reasons: str = "",
) -> Proposal:
    """One side's yes or no. Raises ``Refused``."""
    rs = begun(case, proposal.referral)
    proposal = Proposal.objects.get(pk=proposal.pk, case=case)
    refuse_if(rules.why_not_answer_proposal(rs, viewer_for(case, by), proposal, side=side))
    said = Proposal.Answer.ACCEPTED if accepts else Proposal.Answer.DECLINED
    setattr(proposal, side, said)
    proposal.save(update_fields=[str(side)])
    kind = ProposalAccepted if accepts else ProposalDeclined
    fact = kind(
        referral=rs.referral.pk, proposal=proposal.pk, body=rs.referral.name, side=str(side)
    )
    timeline.record(
        rs.state.case, fact, by=by, at=at, body=reasons, instance=rs.referral.instance
    )  # fmt: skip
    return proposal
