"""A story about a booked time: booked, perhaps moved or called off, kept or missed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from valedor.bookings.actions.book import book
from valedor.bookings.actions.cancel import cancel
from valedor.bookings.actions.keep import note_attended, note_missed
from valedor.bookings.actions.move import move
from valedor.bookings.models import Booking, Service
from valedor.bookings.queries import booking_of
from valedor.bookings.slots import free_slots
from valedor.casefile.actors import staff
from valedor.config.demonstration.life.ending import Ending
from valedor.config.demonstration.stories import StoryWrong
from valedor.foundation.moments import local_day
from valedor.people.models import Role
from valedor.procedures.house_rules import house_rules


class Visiting(Ending):
    """From the choice of a time to what came of it."""

    def _receive(self) -> Iterator[datetime]:
        wanted = self.story.booking
        if not wanted:
            yield from super()._receive()
            return
        service = Service.objects.get(entity=self.entity, key=wanted["service"])
        author, submission = self._author(), self._submission()
        starts_at = self._time(service, wanted.get("after_days", 3), wanted.get("nth", 0))
        done = book(
            submission,
            service=service,
            starts_at=starts_at,
            address=self.story.person.get("address", "") if service.at_home else "",
            by=author,
            at=self.at,
        )
        self.case, self.access_code = done.registration.case, done.registration.access_code
        self._is_over = True
        if "moved" in wanted:
            yield self.sooner(hours=20)
            yield from self._move(service, done.booking)
        if "called_off" in wanted or "cancelled" in wanted:
            yield self.sooner(hours=9)
            self._call_off()
        elif outcome := wanted.get("outcome"):
            with self.as_staff(self.one_of(Role.AGENT)):
                booking = booking_of(self.the_case)
            assert booking is not None  # noqa: S101 -- booked above
            self.at = booking.ends_at + timedelta(minutes=4)
            yield self.at
            self._settle(outcome)

    def _time(self, service: Service, days: float, nth: int) -> datetime:
        """The time that somebody takes: so many days later, or as soon after as there is one."""
        house = house_rules(self.entity.pk)
        first = local_day(self.at, self.entity.timezone) + timedelta(days=days)
        asked = [first + timedelta(days=number) for number in range(21)]
        found = free_slots(house, service, asked, after=self.at + timedelta(days=1))
        for _day, slots in sorted(found.items()):
            return slots[min(nth, len(slots) - 1)].starts_at
        raise StoryWrong(f"“{self.story.title}”: nobody is served at {service.key} then.")

    def _move(self, service: Service, booking: Booking) -> Iterator[datetime]:
        why = self.story.booking["moved"]
        starts_at = self._time(service, 5, 1)
        if why:
            agent = self.one_of(Role.AGENT)
            with self.as_staff(agent):
                move(self.the_case, starts_at=starts_at, reason=why, by=staff(agent), at=self.at)
        else:
            with self.as_person():
                move(self.the_case, starts_at=starts_at, by=self.person(), at=self.at)
        yield self.sooner(hours=1)

    def _call_off(self) -> None:
        wanted = self.story.booking
        if "cancelled" in wanted:
            with self.as_person():
                cancel(self.the_case, reason=wanted["cancelled"], by=self.person(), at=self.at)
            return
        agent = self.one_of(Role.AGENT)
        with self.as_staff(agent):
            cancel(self.the_case, reason=wanted["called_off"], by=staff(agent), at=self.at)

    def _settle(self, outcome: str) -> None:
        agent, note = self.one_of(Role.AGENT), self.story.booking.get("note", "")
        settle = {"attended": note_attended, "missed": note_missed}[outcome]
        with self.as_staff(agent):
            settle(self.the_case, note=note, by=staff(agent), at=self.at)
