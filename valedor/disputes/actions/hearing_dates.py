"""Hearing dates before a body: set, moved, called off, held. Each reaches both sides' calendars."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry, Letter, LetterDocument
from valedor.disputes.actions.begun import begun
from valedor.disputes.models import HearingDate, Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.calendar import keep_date
from valedor.disputes.referral.facts import HearingCancelled, HearingHeld, HearingSet
from valedor.disputes.referral.queries import ReferralState
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.standing import as_the_company, viewer_for


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
    hearing.referral = rs.referral
    hearing.calendar = keep_date(rs.state.case, hearing, by=by, at=at)
    hearing.save(update_fields=["calendar"])
    letter = _send(rs, hearing, "body_hearing", by=by, at=at) if hearing.starts_at > at else None
    fact = HearingSet(
        referral=rs.referral.pk,
        hearing=hearing.pk,
        body=rs.referral.name,
        starts_at=hearing.starts_at.isoformat(),
        place=hearing.place,
    )
    entry = timeline.record(rs.state.case, fact, by=by, at=at, instance=rs.referral.instance)
    _keep(rs, hearing, letter, entry, at=at)


def _send(
    rs: ReferralState, hearing: HearingDate, key: str, *, by: By, at: datetime
) -> Letter | None:
    case = rs.state.case
    when = outgoing.moment(hearing.starts_at, rs.state.house, case.language)
    values = {"body": rs.referral.name, "when": when, "place": hearing.place}
    return outgoing.send(rs.state, key, values, by=by, at=at)


def _keep(
    rs: ReferralState, hearing: HearingDate, letter: Letter | None, entry: Entry, *, at: datetime
) -> None:
    if letter is not None and hearing.calendar is not None:
        LetterDocument.objects.create(letter=letter, document=hearing.calendar, ordinal=1)
        outgoing.keep_message(rs.state.case, entry, letter, at=at)


@as_the_company
@transaction.atomic
def cancel_hearing(case: Case, *, hearing: HearingDate, by: By, at: datetime) -> HearingDate:
    """It does not take place; the person is told, with what takes it out of their calendar. Raises
    ``Refused``.
    """
    rs = begun(case, hearing.referral)
    hearing = HearingDate.objects.get(pk=hearing.pk, case=case)
    refuse_if(rules.why_not_change_hearing(rs, viewer_for(case, by), hearing, at=at))
    entry = call_off(rs, hearing, by=by, at=at)
    if hearing.starts_at > at:
        letter = _send(rs, hearing, "body_hearing_off", by=by, at=at)
        _keep(rs, hearing, letter, entry, at=at)
    return hearing


def call_off(rs: ReferralState, hearing: HearingDate, *, by: By, at: datetime) -> Entry:
    """The line that a date does not hold, and the file that takes it out of calendars."""
    hearing.referral = rs.referral
    hearing.state, hearing.moved = HearingDate.State.CANCELLED, hearing.moved + 1
    hearing.calendar = keep_date(rs.state.case, hearing, by=by, at=at)
    hearing.save(update_fields=["state", "moved", "calendar"])
    fact = HearingCancelled(
        referral=rs.referral.pk,
        hearing=hearing.pk,
        body=rs.referral.name,
    )
    return timeline.record(rs.state.case, fact, by=by, at=at, instance=rs.referral.instance)


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
