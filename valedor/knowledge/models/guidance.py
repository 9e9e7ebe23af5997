"""Guidance for whoever talks with people, and what they noticed of the one they talk with."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from valedor.casefile.models.rows import CaseRow
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import MultilingualField
from valedor.people.models import Entity


class Manner(models.TextChoices):
    """How somebody comes across in one conversation. It is no trait: the same person is another
    one tomorrow.
    """

    RATIONAL = "rational", pgettext_lazy("how somebody comes across", "Rational")
    RESERVED = "reserved", pgettext_lazy("how somebody comes across", "Reserved")
    UNDECIDED = "undecided", pgettext_lazy("how somebody comes across", "Undecided")
    DOMINANT = "dominant", pgettext_lazy("how somebody comes across", "Dominant")
    TALKATIVE = "talkative", pgettext_lazy("how somebody comes across", "Talkative")
    IMPATIENT = "impatient", pgettext_lazy("how somebody comes across", "Impatient")


class SheetVersion(models.Model):
    """An entity's own wording of a sheet of guidance; published when it is saved.

    ``brief`` are at most three lines, shown beside the form; ``do``, ``avoid`` and ``ask`` are the
    rest, a line each thought. ``key`` says what it is about: ``manner-rational``,
    ``speech-telephone``, ``kind-complaint``, ``category-leak``.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    brief = MultilingualField()
    do = MultilingualField()
    avoid = MultilingualField()
    ask = MultilingualField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "key", "number"], name="one_sheet_version_a_number"
            )
        ]


class ImpressionRule(models.Model):
    """How many days an entity keeps what its people noticed of somebody's manner."""

    entity = models.OneToOneField(Entity, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="impressions_are_kept_one_to_ninety_days",
                condition=models.Q(days__range=(1, 90)),
            )
        ]


@known_words_only
class Impression(CaseRow):
    """How the person came across in one contact, for colleagues who talk with them next.

    It belongs to the contact and not to the person, is told to nobody outside the conversation,
    and goes by itself at ``expires_at``. It leaves no line on the timeline: a line would stay.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    manner = models.CharField(max_length=10, choices=Manner.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case"], name="one_impression_a_contact"),
            models.CheckConstraint(
                name="impression_is_the_companys_alone",
                condition=models.Q(seats=int(Seat.COMPANY)),
            ),
        ]
