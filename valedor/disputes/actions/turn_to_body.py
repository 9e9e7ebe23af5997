"""A case is before a body outside the house: somebody turned there, or its notice came.

The body has an instance of the case, so that the case shows every place where it was and what came
of it there. A case that was closed goes on, for something is owed of it again.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Instance
from valedor.clocks.fresh import end_of_day
from valedor.disputes.models import Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.bodies import Forum, taking_part
from valedor.disputes.referral.facts import NoticeTaken, TookPart, TurnedTo
from valedor.disputes.referral.queries import referrals_of
from valedor.disputes.referral.terms import body_term, company_term
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.reopen import go_on
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.office import ANSWER_A_BODY
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
@transaction.atomic
def turn_to_body(
    case: Case,
    *,
    forum: Forum | None,
    side: Referral.Side,
    filed_on: date,
    by: By,
    at: datetime,
    body_reference: str = "",
    text: str = "",
) -> Referral:
    """Write down that somebody turned to a body, before it has said a word. By the person
    themselves, or by staff. Raises ``Refused``.
    """
    case = locked(case)
    state, viewer = case_state(case), viewer_for(case, by)
    permit = rules.why_not_tell if viewer.case_id == case.pk else rules.why_not_refer
    refuse_if(permit(state, viewer))
    refuse_if(
        rules.why_not_turned_to(
            referrals_of(case),
            kind=forum.kind if forum else None,
            name=forum.name if forum else "",
            filed_on=filed_on,
            today=local_day(at, case.entity.timezone),
        )
    )
    assert forum is not None  # noqa: S101 -- refused above
    referral = _open(state, forum, side=side, filed_on=filed_on, reference=body_reference, at=at)
    fact = TurnedTo(
        referral=referral.pk, body=referral.name, side=str(side), filed_on=filed_on.isoformat()
    )
    _go_on(case, referral, by=by, at=at)
    timeline.record(case, fact, by=by, at=at, body=text, instance=referral.instance)
    if side == Referral.Side.COMPLAINANT:
        raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=at)
    return referral


@as_the_company
@transaction.atomic
def take_notice(
    case: Case,
    *,
    forum: Forum | None,
    notified_at: datetime,
    text: str,
    by: By,
    at: datetime,
    side: Referral.Side = Referral.Side.COMPLAINANT,
    body_reference: str = "",
    answer_by: date | None = None,
    fee: Decimal | None = None,
    currency: str = "",
) -> Referral:
    """A body's notice: it has the case, and asks for the company's word by a day.

    The day is the one that the law sets, counted from the notice, or an earlier one of the body's
    own. Where the company has joined the body it takes part, and the timeline says so. Raises
    ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_refer(state, viewer_for(case, by)))
    kind, name = (forum.kind, forum.name) if forum else (None, "")
    others = referrals_of(case)
    known = next(
        (one for one in others if one.goes_on and (one.kind, one.name) == (kind, name)), None
    )
    if known is None:
        refuse_if(
            rules.why_not_turned_to(
                others,
                kind=kind,
                name=name,
                filed_on=None,
                today=local_day(notified_at, state.house.entity.timezone),
            )
        )
    assert forum is not None  # noqa: S101 -- refused above
    house = state.house
    joined = taking_part(case, house, forum, at=at)
    facts = {**case.facts}
    if joined is not None:
        facts["trader_adhered"] = joined.accepts
    term = company_term(forum.kind, house, facts, notified_at=notified_at)
    refuse_if(
        rules.why_not_take_notice(
            known, text=text, notified_at=notified_at, at=at,
            has_day=term is not None or answer_by is not None,
        )
    )  # fmt: skip
    referral = known or _open(
        state, forum, side=side, filed_on=None, reference=body_reference, at=at
    )
    _go_on(case, referral, by=by, at=at)
    referral.state, referral.notified_at = Referral.State.NOTIFIED, notified_at
    referral.body_reference = body_reference or referral.body_reference
    referral.fee, referral.currency = fee, currency if fee is not None else ""
    if joined is not None and joined.accepts:
        referral.part = Referral.Part.BOUND
    zone = ZoneInfo(house.entity.timezone)
    asked = end_of_day(answer_by, zone) if answer_by is not None else None
    by_law = term is not None and (asked is None or term.due_at <= asked)
    due_at = term.due_at if by_law and term is not None else asked
    assert due_at is not None  # noqa: S101 -- refused above
    referral.deadline = limits.add(
        case,
        referral.instance,
        duty=ANSWER_A_BODY,
        due_at=due_at,
        by=by,
        at=at,
        starts_at=notified_at,
        regime=term.term.pack.key if by_law and term else "house",
        clock=term.term.clock.name if by_law and term else "",
        version_id=term.version_id if by_law and term else None,
        role=Deadline.Role.LAW if by_law else Deadline.Role.PROMISE,
    )
    ends = body_term(forum.kind, house, filed_at=notified_at)
    referral.expected_on = ends.on if ends else referral.expected_on
    referral.save()
    last = outgoing.last_day(due_at, house, case.language)
    letter = outgoing.send(
        state,
        "body_notified",
        {
            "body": referral.name,
            "body_reference": referral.body_reference,
            "notified": outgoing.day(notified_at, house, case.language),
            "answer_by": last,
            "takes_part": referral.name if referral.part else "",
            "expected": outgoing.day(referral.expected_on, house, case.language),
        },
        by=by,
        at=at,
    )
    fact = NoticeTaken(
        referral=referral.pk,
        body=referral.name,
        body_reference=referral.body_reference,
        notified_at=notified_at.isoformat(),
        answer_by=local_day(due_at, house.entity.timezone).isoformat(),
    )
    entry = timeline.record(case, fact, by=by, at=at, body=text, instance=referral.instance)
    if letter is not None:
        outgoing.keep_message(case, entry, letter, at=at)
    if referral.part == Referral.Part.BOUND:
        took = TookPart(referral=referral.pk, body=referral.name, part=str(referral.part))
        timeline.record(case, took, by=by, at=at, instance=referral.instance)
    raise_alarm(case, Alarm.Cause.BODY_ASKS, at=at)
    return referral


def _open(
    state: CaseState,
    forum: Forum,
    *,
    side: Referral.Side,
    filed_on: date | None,
    reference: str,
    at: datetime,
) -> Referral:
    case = state.case
    instance = Instance.objects.create(
        case=case,
        entity_id=case.entity_id,
        ordinal=state.instances[-1].ordinal + 1,
        kind=forum.instance,
        opened_at=at,
    )
    ends = None
    if filed_on is not None:
        noon = datetime.combine(filed_on, time(12), ZoneInfo(case.entity.timezone))
        ends = body_term(forum.kind, state.house, filed_at=noon.astimezone(UTC))
    return Referral.objects.create(
        case=case,
        entity_id=case.entity_id,
        instance=instance,
        kind=forum.kind,
        body=forum.body.key if forum.body else "",
        name=forum.name,
        method=forum.method,
        by_side=side,
        body_reference=reference,
        filed_on=filed_on,
        expected_on=ends.on if ends else None,
        binds=forum.binds_company,
        opened_at=at,
    )


def _go_on(case: Case, referral: Referral, *, by: By, at: datetime) -> None:
    with override(case.language):
        reason = _("It is before another body: %(body)s.") % {"body": referral.name}
    go_on(case, reason=reason, by=by, at=at)
