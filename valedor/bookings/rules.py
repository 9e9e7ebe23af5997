"""Why not book, move, cancel or settle. Pure: values in, a refusal out."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valedor.bookings.models import Booking, Service
from valedor.bookings.plan import plan_of
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal, Refused
from valedor.handling.queries import CaseState
from valedor.handling.rules import may_handle, why_not_for_person, why_not_here
from valedor.handling.rules.standing import is_person
from valedor.people.models import Team


def why_not_service(service: Service) -> Refusal | None:
    """What is told of a service has to make one."""
    if not 5 <= service.minutes <= 480:
        return Refusal("minutes", _("It takes between 5 and 480 minutes."))
    if not 1 <= service.places <= 50:
        return Refusal("places", _("From 1 to 50 people are served at the same time."))
    if not 1 <= service.days_ahead <= 366:
        return Refusal("days_ahead", _("It can be booked from 1 to 366 days ahead."))
    if not 0 <= service.notice_hours <= 720:
        return Refusal("notice_hours", _("It is booked at most 720 hours before it begins."))
    try:
        plan_of(service.hours)
    except Refused as refused:
        return refused.refusal
    return None


def why_not_team(team: Team | None, *, serves: bool) -> Refusal | None:
    """Whoever receives the bookings serves the entity."""
    if team is None or serves:
        return None
    return Refusal(
        "team_elsewhere",
        _("The team “%(team)s” does not serve this entity."),
        {"team": team.key},
    )


def why_not_time(
    *,
    is_a_time: bool,
    starts_at: datetime,
    first_moment: datetime,
    is_within: bool,
    by_staff: bool,
    at: datetime,
) -> Refusal | None:
    """Whether a time can be booked at all, whoever has it. Staff need no notice."""
    if not is_a_time:
        return Refusal("no_such_time", _("Nobody is served at that time. Choose another one."))
    if starts_at <= at:
        return Refusal("time_over", _("That time has passed. Choose another one."))
    if not by_staff and starts_at < first_moment:
        return Refusal(
            "time_too_near", _("It is too late to book that time here. Choose another one.")
        )
    if not by_staff and not is_within:
        return Refusal("time_too_far", _("That day cannot be booked yet. Choose another one."))
    return None


def taken() -> Refusal:
    """Somebody else was faster."""
    return Refusal("time_taken", _("Somebody has just taken that time. Choose another one."))


def why_not_standing(booking: Booking | None) -> Refusal | None:
    """Only what stands can be moved, cancelled or settled."""
    if booking is None:
        return Refusal("no_booking", _("Nothing was booked with this."))
    if booking.state == Booking.State.CANCELLED:
        return Refusal("booking_cancelled", _("This booking was cancelled."))
    if booking.state != Booking.State.BOOKED:
        return Refusal("booking_settled", _("This booking is over."))
    return None


def why_not_change(
    state: CaseState, viewer: Viewer, booking: Booking | None, *, actor: str, at: datetime
) -> Refusal | None:
    """Move or cancel: the person until it begins, the house at any time before."""
    refusal = why_not_for_person(state, viewer, actor=actor) or why_not_standing(booking)
    if refusal is not None:
        return refusal
    if booking is not None and booking.starts_at <= at:
        return Refusal("booking_begun", _("It has begun already."))
    return None


def why_not_cancel(
    state: CaseState,
    viewer: Viewer,
    booking: Booking | None,
    *,
    actor: str,
    at: datetime,
    reason: str | None = None,
) -> Refusal | None:
    """The house says why; the person need not."""
    if refusal := why_not_change(state, viewer, booking, actor=actor, at=at):
        return refusal
    if reason is not None and not reason.strip() and not is_person(state, viewer):
        return Refusal("reason_missing", _("Say why: the person reads it."))
    return None


def why_not_settle(
    state: CaseState, viewer: Viewer, booking: Booking | None, *, at: datetime
) -> Refusal | None:
    """Whether they came is known once it has begun."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not may_handle(state, viewer):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if refusal := why_not_standing(booking):
        return refusal
    if booking is not None and booking.starts_at > at:
        return Refusal("booking_to_come", _("It has not begun yet."))
    return None
