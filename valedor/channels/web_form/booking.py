"""What it takes to book a time: which, who, how to reach them; nothing else is asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from valedor.bookings.models import Service
from valedor.casefile.models import Case, Kind
from valedor.channels.web_form.reaching import (
    ReachedForm,
    address_field,
    email_field,
    name_field,
)
from valedor.intake.submission import Submission
from valedor.procedures.house_rules import HouseRules
from valedor.telling.free_times import FreeTime, read_time


class BookForm(ReachedForm):
    """A time of one day, and whom it is for. ``times`` are those that are still free."""

    slot = forms.ChoiceField(
        label=_("Time"),
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("Somebody has just taken that time. Choose another one."),
        },
    )
    name = name_field(_("Write your name, so that we know whom we expect."))
    email = email_field(_("The confirmation goes there, with a file for your calendar."))
    address = address_field(_("Where shall we come?"), _("Write the address where we shall come."))

    field_order: tuple[str, ...] = ("slot",)

    def __init__(
        self,
        service: Service,
        times: Sequence[FreeTime],
        data: MultiValueDict[str, str] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, at_home=service.at_home)
        self.service = service
        self.fields["slot"].choices = [(one.value, one.words) for one in times]  # type: ignore[attr-defined]

    @property
    def starts_at(self) -> datetime:
        """The time that was chosen. For a valid form."""
        found = read_time(self.cleaned_data["slot"])
        assert found is not None  # noqa: S101 -- one of the choices
        return found


def submission_of(
    form: BookForm,
    house: HouseRules,
    *,
    channel: Case.Channel,
    language: str,
    received_at: datetime,
    **more: Any,
) -> Submission:
    """A valid form as a submission."""
    name = form.service.name.in_language(language)
    return Submission(
        entity_id=house.entity.pk,
        kind=Kind.BOOKING,
        channel=channel,
        language=language,
        received_at=received_at,
        subject=name,
        narrative=form.cleaned_data["narrative"] or name,
        team=form.service.team,
        **form.who_and_how(),
        **more,
    )
