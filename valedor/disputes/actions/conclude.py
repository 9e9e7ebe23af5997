"""What a body came to, what the company does of it, and its end.

What binds the company, or what it follows, becomes redress of the case with a limit of its own, so
that it is carried out and not promised.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from valedor.casefile import limits, timeline
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Instance
from valedor.disputes.actions.begun import begun
from valedor.disputes.actions.hearing_dates import call_off
from valedor.disputes.models import HearingDate, Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.facts import (
    Concluded,
    ReferralOver,
    ResultFollowed,
    ResultNotFollowed,
)
from valedor.disputes.referral.queries import ReferralState
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.settle_redress import agree
from valedor.handling.alarms import settle_alarms
from valedor.handling.models import Alarm, Redress
from valedor.handling.office import ANSWER_A_BODY
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.procedures.models import RedressOption
from valedor.procedures.vocabulary_tables import vocabulary

Result, State, Follows = Referral.Result, Referral.State, Referral.Follows


@as_the_company
@transaction.atomic
def conclude(
    case: Case,
    *,
    referral: Referral,
    result: Referral.Result,
    text: str,
    concluded_on: date,
    binds: bool,
    by: By,
    at: datetime,
    option: RedressOption | None = None,
    amount: Decimal | None = None,
    currency: str = "",
    to_do: str = "",
    appeal_by: date | None = None,
) -> Referral:
    """The agreement, recommendation, award or judgment, or that there is none.

    ``option``, ``amount`` and ``to_do`` are what the company has to do, as redress of the house's
    catalogue. Both sides read ``text``. Raises ``Refused``.
    """
    rs = begun(case, referral)
    refuse_if(
        rules.why_not_conclude(
            rs,
            viewer_for(case, by),
            result=result,
            text=text,
            concluded_on=concluded_on,
            appeal_by=appeal_by,
            today=local_day(at, rs.state.house.entity.timezone),
        )
    )
    referral, obliges = rs.referral, result in Referral.OBLIGES
    referral.result, referral.concluded_on, referral.appeal_by = result, concluded_on, appeal_by
    referral.binds = obliges and (binds or result == Result.SETTLED)
    referral.state = State.CONCLUDED
    if obliges and option is not None:
        referral.redress = _redress(rs, option, amount, currency, to_do, by=by, at=at)
    _save_result(referral)
    _no_word_needed(rs, by=by, at=at)
    _tell(rs, text, by=by, at=at)
    if referral.binds and referral.redress is not None:
        _owe(rs, by=by, at=at)
    if not obliges or (referral.binds and referral.redress is None):
        _end(rs, by=by, at=at)
    return referral


def close_with(
    rs: ReferralState, result: Referral.Result, *, text: str, by: By, at: datetime
) -> Referral:
    """The body ends without having decided anything."""
    referral = rs.referral
    referral.result, referral.state = result, State.CONCLUDED
    referral.concluded_on = local_day(at, rs.state.house.entity.timezone)
    referral.binds = False
    _save_result(referral)
    _no_word_needed(rs, by=by, at=at)
    _tell(rs, text, by=by, at=at)
    _end(rs, by=by, at=at)
    return referral


@as_the_company
@transaction.atomic
def follow(
    case: Case, *, referral: Referral, follows: bool, by: By, at: datetime, reasons: str = ""
) -> Referral:
    """Whether the company does what a result asks that does not bind it. Raises ``Refused``."""
    rs = begun(case, referral)
    refuse_if(rules.why_not_follow(rs, viewer_for(case, by), follows=follows, reasons=reasons))
    referral = rs.referral
    referral.follows = Follows.YES if follows else Follows.NO
    referral.save(update_fields=["follows"])
    kind = ResultFollowed if follows else ResultNotFollowed
    fact = kind(referral=referral.pk, body=referral.name)
    timeline.record(
        rs.state.case, fact, by=by, at=at, body=reasons, instance=referral.instance
    )  # fmt: skip
    if follows and referral.redress is not None:
        _owe(rs, by=by, at=at)
    else:
        if referral.redress is not None:
            referral.redress.state = Redress.State.WITHDRAWN
            referral.redress.save(update_fields=["state"])
        _end(rs, by=by, at=at)
    return referral


@as_the_company
@transaction.atomic
def end(case: Case, *, referral: Referral, by: By, at: datetime) -> Referral:
    """Nothing is left to do. Raises ``Refused``."""
    rs = begun(case, referral)
    refuse_if(rules.why_not_end(rs, viewer_for(case, by)))
    _end(rs, by=by, at=at)
    return rs.referral


def _redress(
    rs: ReferralState,
    option: RedressOption,
    amount: Decimal | None,
    currency: str,
    text: str,
    *,
    by: By,
    at: datetime,
) -> Redress:
    return Redress.objects.create(
        case=rs.state.case,
        entity_id=rs.state.case.entity_id,
        kind=option.key,
        text=text,
        amount=amount,
        currency=currency if amount is not None else "",
        needs_acceptance=False,
        needs_proof=option.needs_proof,
        days_to_carry_out=option.days_to_carry_out,
        state=Redress.State.APPROVED,
        offered_at=at,
        by=by.account,
        at=at,
    )


def _owe(rs: ReferralState, *, by: By, at: datetime) -> None:
    redress = rs.referral.redress
    assert redress is not None  # noqa: S101 -- asked before
    agree(case_state(rs.state.case), redress, by=by, at=at)


def _save_result(referral: Referral) -> None:
    referral.save()
    Instance.objects.filter(pk=referral.instance_id).update(outcome=referral.result)


def _no_word_needed(rs: ReferralState, *, by: By, at: datetime) -> None:
    case, referral = rs.state.case, rs.referral
    if referral.deadline is not None:
        limits.drop(case, ANSWER_A_BODY, by=by, at=at, reason="", only=referral.deadline)
    settle_alarms(case, Alarm.Cause.BODY_ASKS, at=at)
    # One whose moment has come took place, as far as anybody knows.
    coming = HearingDate.objects.filter(referral=referral, state=HearingDate.State.SET)
    for hearing in coming.filter(starts_at__gt=at).order_by("starts_at", "pk"):
        call_off(rs, hearing, by=by, at=at)


def _tell(rs: ReferralState, text: str, *, by: By, at: datetime) -> None:
    """The person reads it in the body's words, and by when they may appeal."""
    case, referral, house = rs.state.case, rs.referral, rs.state.house
    told = vocabulary("results")[referral.result].text.in_language(case.language)
    letter = outgoing.send(
        rs.state,
        "body_concluded",
        {
            "body": referral.name,
            "result": told,
            "concluded": outgoing.day(referral.concluded_on, house, case.language),
            "text": text,
            "appeal_by": outgoing.day(referral.appeal_by, house, case.language),
        },
        by=by,
        at=at,
    )
    fact = Concluded(
        referral=referral.pk,
        body=referral.name,
        result=str(referral.result),
        concluded_on=referral.concluded_on.isoformat() if referral.concluded_on else "",
        binds=referral.binds,
        appeal_by=referral.appeal_by.isoformat() if referral.appeal_by else "",
    )
    entry = timeline.record(case, fact, by=by, at=at, body=text, instance=referral.instance)
    if letter is not None:
        outgoing.keep_message(case, entry, letter, at=at)


def _end(rs: ReferralState, *, by: By, at: datetime) -> None:
    referral = rs.referral
    referral.state, referral.over_at = State.OVER, at
    referral.save(update_fields=["state", "over_at"])
    # The outcome again: one that concluded before it was kept at once has none yet.
    Instance.objects.filter(pk=referral.instance_id).update(closed_at=at, outcome=referral.result)
    fact = ReferralOver(referral=referral.pk, body=referral.name, result=str(referral.result))
    timeline.record(rs.state.case, fact, by=by, at=at, instance=referral.instance)
