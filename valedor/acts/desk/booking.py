"""A time booked for somebody at the telephone or at the counter."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from valedor.acts.desk.desk_act import Desk
from valedor.bookings.actions.book import Appointment, book
from valedor.bookings.models import Service
from valedor.bookings.queries import service_of, services_of
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.channels.web_form.booking import BookForm, submission_of
from valedor.foundation.moments import local_day
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken
from valedor.telling.free_times import FreeTime, free_times, read_time, times_of_day


def entities_with_services(viewer: Viewer) -> list[Entity]:
    """The entities for which a viewer registers and at which something can be booked."""
    theirs = viewer.entities_where(Permission.REGISTER)
    booked = Service.objects.filter(entity__in=theirs).values("entity")
    return list(Entity.objects.filter(pk__in=booked).order_by("name"))


class DeskBookForm(BookForm):
    """The same as on the portal, in the words of whoever writes it down."""

    channel = forms.ChoiceField(
        label=_("How does it reach us?"),
        choices=[
            (one, one.label)
            for one in (Case.Channel.TELEPHONE, Case.Channel.IN_PERSON, Case.Channel.EMAIL)
        ],
        initial=Case.Channel.TELEPHONE,
    )
    language = forms.ChoiceField(label=_("In which language do we write?"))
    field_order = (
        "slot", "channel", "language", "name", "telephone", "email", "address", "contract_number",
        "narrative",
    )  # fmt: skip

    def __init__(
        self,
        entity: Entity,
        service: Service,
        times: Sequence[FreeTime],
        data: MultiValueDict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(service, times, data, **more)
        languages = dict.fromkeys([entity.default_language, *entity.languages])
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, spoken.language_name(code)) for code in languages
        ]
        for name, label in (
            ("name", _("Name")),
            ("narrative", _("What should we know?")),
            ("address", _("Where do we go?")),
        ):
            if name in self.fields:
                self.fields[name].label = label
        for name in ("email", "telephone", "contract_number"):
            self.fields[name].help_text = ""


class BookingForm(DeskBookForm):
    """The same where no page has asked for the day: the times of the next days, or of the day of
    the one that was chosen.
    """

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, data: Any = None, _files: Any = None) -> None:
        self.situation = situation
        entity, service = booked_at(situation)
        house, at = house_rules(entity.pk), situation.at
        chosen = read_time(str(data.get("slot", ""))) if data is not None else None
        times: Sequence[FreeTime]
        if chosen is None:
            found = free_times(house, service, since=None, at=at, by_staff=True)
            times = [one for day in found.days for one in day.times]
        else:
            day = local_day(chosen, entity.timezone)
            times = times_of_day(house, service, day, at=at, by_staff=True)
        super().__init__(entity, service, times, data)

    def clean(self) -> dict[str, Any]:
        """With the form itself, which makes the submission."""
        return super().clean() | {"form": self}


def services(desk: Desk) -> list[tuple[str, str]]:
    """What can be booked, as ``besos:counter``."""
    return [
        (f"{entity.key}:{one.key}", f"{one.name}, {entity.name}")
        for entity in entities_with_services(desk.viewer)
        for one in services_of(house_rules(entity.pk))
    ]


def booked_at(desk: Desk) -> tuple[Entity, Service]:
    """The entity and the service that the address names. Raises ``Http404``."""
    entity_key, _colon, service_key = desk.thing.partition(":")
    for entity in entities_with_services(desk.viewer):
        service = service_of(house_rules(entity.pk), service_key)
        if entity.key == entity_key and service is not None:
            return entity, service
    raise Http404


def why_not_book(desk: Desk) -> None:
    """Nothing stands against it; what cannot be booked is not there."""
    booked_at(desk)


def do_book(desk: Desk, given: Mapping[str, Any]) -> str:
    entity, service = booked_at(desk)
    done = book_for(desk, entity, service, given["form"])
    desk.reference = done.registration.case.reference
    desk.code = done.registration.access_code
    return _now("Booked; the confirmation is on its way.")


def book_for(desk: Desk, entity: Entity, service: Service, form: DeskBookForm) -> Appointment:
    """What a valid form asks for, registered by its author."""
    house = house_rules(entity.pk)
    notice = house.privacy_notice
    submission = submission_of(
        form,
        house,
        channel=Case.Channel(form.cleaned_data["channel"]),
        language=form.cleaned_data["language"],
        received_at=desk.at,
        privacy_notice_id=notice.pk if notice else None,
    )
    return book(
        submission,
        service=service,
        starts_at=form.starts_at,
        address=form.address_given,
        by=desk.by,
        at=desk.at,
    )
