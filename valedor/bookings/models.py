"""What can be booked at an entity, and who has booked it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, RangeOperators
from django.db import models
from django.utils.translation import pgettext_lazy

from valedor.casefile.models.rows import CaseRow
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import MultilingualField
from valedor.people.models import Entity, Team


class Service(models.Model):
    """Something that can be booked: an appointment at the counter, a visit at home.

    ``hours`` is the plan of a week (``plan``); ``places`` how many people are served side by side;
    ``notice_hours`` how long before it begins a person can still book or move it, and
    ``days_ahead`` how far ahead. With ``at_home`` the house comes to the person.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="services")
    key = models.SlugField(max_length=40)
    name = MultilingualField()
    about = MultilingualField()  # What it is, what to bring.
    place = MultilingualField()
    at_home = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(default=30)
    places = models.PositiveSmallIntegerField(default=1)
    hours = ArrayField(models.CharField(max_length=20), default=list)
    notice_hours = models.PositiveSmallIntegerField(default=12)
    days_ahead = models.PositiveSmallIntegerField(default=60)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="service_key_once_an_entity"),
            models.CheckConstraint(
                name="service_lasts_five_minutes_to_a_day",
                condition=models.Q(minutes__range=(5, 480)),
            ),
            models.CheckConstraint(
                name="service_has_one_to_fifty_places",
                condition=models.Q(places__range=(1, 50)),
            ),
            models.CheckConstraint(
                name="service_is_booked_a_year_ahead_at_most",
                condition=models.Q(days_ahead__range=(1, 366), notice_hours__lte=720),
            ),
        ]


@known_words_only
class Booking(CaseRow):
    """That somebody has a time and one of its places.

    ``occupies`` is what it takes of that place's time: place and minute in one number
    (``slots.stretch``), so that the database itself lets no two overlap. It is emptied when the
    booking no longer stands. ``moved`` counts how often the time was changed.
    """

    class State(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("booking", "Booked")
        ATTENDED = "attended", pgettext_lazy("booking", "Took place")
        MISSED = "missed", pgettext_lazy("booking", "Did not take place")
        CANCELLED = "cancelled", pgettext_lazy("booking", "Cancelled")

    class CancelledBy(models.TextChoices):
        PERSON = "person"
        HOUSE = "house"

    service = models.ForeignKey(Service, models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField()
    occupies = BigIntegerRangeField(null=True)
    address = models.TextField(blank=True)  # Where the house comes to.
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    cancelled_by = models.CharField(
        max_length=10, choices=CancelledBy.choices, blank=True, default=""
    )
    moved = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case"], name="one_booking_a_case"),
            ExclusionConstraint(
                name="nobody_is_booked_twice",
                expressions=[("occupies", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="booking_that_stands_takes_its_place",
                condition=models.Q(state="cancelled", occupies=None)
                | (~models.Q(state="cancelled") & models.Q(occupies__isnull=False)),
            ),
            models.CheckConstraint(
                name="booking_ends_after_it_begins",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="cancelled_booking_says_by_whom",
                condition=models.Q(state="cancelled", cancelled_by__in=["person", "house"])
                | (~models.Q(state="cancelled") & models.Q(cancelled_by="")),
            ),
        ]
        indexes = [models.Index(fields=["entity", "starts_at"], name="booking_by_day")]
