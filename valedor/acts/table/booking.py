"""Acts on a booking."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import booking
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="attendance",
        group="booking",
        title=_("They came"),
        button=_("They came"),
        form=booking.KeptForm,
        do=booking.do_attended,
        why_not=booking.why_not_settle,
        concerns=booking.is_a_booking,
        icon="check",
    ),
    Act(
        noun="absence",
        group="booking",
        title=_("They did not come"),
        words=_("They are told, without reproach, how to book again."),
        button=_("They did not come"),
        form=booking.MissedForm,
        do=booking.do_missed,
        why_not=booking.why_not_settle,
        concerns=booking.is_a_booking,
        icon="close",
    ),
    Act(
        noun="booking-move",
        group="booking",
        title=_("Give them another time"),
        words=_("They are told at once, with a new file for their calendar."),
        button=_("Move it"),
        form=booking.MoveForm,
        do=booking.do_move,
        why_not=booking.why_not_change,
        concerns=booking.is_a_booking,
        icon="clock",
    ),
    Act(
        noun="booking-cancellation",
        group="booking",
        title=_("Cancel the booking"),
        words=_("They are told why, and how to book again. The time is free for others."),
        button=_("Cancel the booking"),
        form=booking.CancelForm,
        do=booking.do_cancel,
        why_not=booking.why_not_change,
        concerns=booking.is_a_booking,
        is_danger=True,
        icon="close",
    ),
]
