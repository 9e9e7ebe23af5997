"""What can happen to a booking."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.foundation.multilingual import MultilingualText


@dataclass(frozen=True, kw_only=True)
class Booked(Fact, kind="booking.made"):
    """A time was booked and confirmed in writing."""

    sentence = _("Booked: %(service)s, %(slot)s.")
    icon = "check"

    booking: int
    service: str | MultilingualText
    slot: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class BookingMoved(Fact, kind="booking.moved"):
    """A booking has another time. The reason, if one was given, is the body."""

    sentence = _("Moved: %(service)s, %(slot)s (before: %(slot_before)s).")
    icon = "clock"

    booking: int
    service: str | MultilingualText
    slot: str
    slot_before: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class BookingCancelled(Fact, kind="booking.cancelled"):
    """A booking does not stand any more; its place is free again. The reason is the body."""

    sentence = _("Booking cancelled: %(service)s, %(slot)s.")
    icon = "closed"

    booking: int
    service: str | MultilingualText
    slot: str
    cancelled_by: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class BookingKept(Fact, kind="booking.kept"):
    """The person came, or was visited. What was done is the body."""

    sentence = _("Attended: %(service)s, %(slot)s.")
    icon = "check"

    booking: int
    service: str | MultilingualText
    slot: str


@dataclass(frozen=True, kw_only=True)
class BookingMissed(Fact, kind="booking.missed"):
    """The person did not come, or nobody opened. What was tried is the body."""

    sentence = _("Nobody came: %(service)s, %(slot)s.")
    icon = "warning"

    booking: int
    service: str | MultilingualText
    slot: str
    letter: int | None
