"""What is said before a body: whether the company takes part, positions, proposals.

Each line is seen by both sides, so that both rooms show the same.
"""

from datetime import date, datetime

from django.db import transaction

from valedor.casefile import limits, timeline
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Document
from valedor.disputes.actions.begun import begun
from valedor.disputes.actions.conclude import close_with
from valedor.disputes.models import Position, Proposal, Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.facts import (
    DidNotTakePart,
    PositionGiven,
    ProposalAccepted,
    ProposalDeclined,
    ProposalMade,
    TookPart,
)
from valedor.disputes.referral.queries import ReferralState
from valedor.disputes.referral.terms import thinks_until
from valedor.foundation.refusals import refuse_if
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
