"""What becomes of a booking: another time, none, kept or missed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.bookings import rules
from valedor.bookings.actions.cancel import cancel
from valedor.bookings.actions.keep import note_attended, note_missed
from valedor.bookings.actions.move import move
from valedor.casefile.models import Kind
from valedor.foundation.refusals import Refusal
from valedor.telling.free_times import free_times, read_day, read_time


def is_a_booking(situation: Situation) -> bool:
    """Whether the acts of a booking have anything to do with the case."""
    return situation.case.kind == Kind.BOOKING


def why_not_change(situation: Situation) -> Refusal | None:
    return rules.why_not_change(
        situation.state,
        situation.viewer,
        situation.booking,
        actor=situation.by.actor,
        at=situation.at,
    )


def why_not_settle(situation: Situation) -> Refusal | None:
    return rules.why_not_settle(
        situation.state,
        situation.viewer,
        situation.booking,
        at=situation.at,
    )


class MoveForm(ActForm):
    """When else, and why if the house wants it so."""

    slot = forms.ChoiceField(
        label=gettext_lazy("New time"),
        error_messages={
            "required": gettext_lazy("Choose a time."),
            "invalid_choice": gettext_lazy(
                "Somebody has just taken that time. Choose another one."
            ),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The person reads this."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def prepare(self) -> None:
        here = self.situation
        if here.booking is None:
            return
        choices: list[Any] = []
        since = ""
        for _fortnight in range(3):
            found = free_times(
                here.state.house,
                here.booking.service,
                since=read_day(since),
                at=here.at,
                by_staff=True,
            )
            choices += [
                (day.name, [(one.value, one.words) for one in day.times]) for day in found.days
            ]
            since = found.later
            if not since:
                break
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]


def do_move(situation: Situation, given: Mapping[str, Any]) -> str:
    starts_at = read_time(given["slot"])
    assert starts_at is not None  # noqa: S101 -- one of the choices
    move(
        situation.case,
        starts_at=starts_at,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("The booking has its new time; the person is told.")


class CancelForm(ActForm):
    """Why the house cancels."""

    reason = text_field(
        gettext_lazy("Why?"), help_text=gettext_lazy("The person reads this."), rows=3
    )


def do_cancel(situation: Situation, given: Mapping[str, Any]) -> str:
    cancel(situation.case, reason=given["reason"], by=situation.by, at=situation.at)
    return _("The booking is cancelled; the person is told.")


class KeptForm(ActForm):
    """What was done, if there is anything to write down."""

    note = forms.CharField(
        label=gettext_lazy("What was done"),
        help_text=gettext_lazy("The person reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


def do_attended(situation: Situation, given: Mapping[str, Any]) -> str:
    note_attended(situation.case, note=given["note"], by=situation.by, at=situation.at)
    return _("Written down; the case is closed.")


class MissedForm(ActForm):
    """What was tried."""

    note = forms.CharField(
        label=gettext_lazy("What was tried"),
        help_text=gettext_lazy(
            "For example: rang twice, called the telephone. The person reads it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


def do_missed(situation: Situation, given: Mapping[str, Any]) -> str:
    note_missed(situation.case, note=given["note"], by=situation.by, at=situation.at)
    return _("Written down; the person is told how to book again.")
