"""Bodies outside the house by version, and the adhesion of entities to them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import MultilingualField
from valedor.people.models import Entity


@known_words_only
class Body(models.Model):
    """One version of a body that hears disputes: what was true of it between two days.

    ``key`` names the body through all its versions, ``kind`` is a word of the packs' vocabulary
    ``bodies``. ``place`` is a key of the working calendars (``ES-CT``); with ``municipality`` it
    serves the people of that town alone. No ``sectors`` means every trade. Costs and whom the
    answer binds are words of the packs' vocabularies; empty, the kind's own hold. ``method`` is
    that of ISO 10003: it helps to agree, advises, or decides.
    """

    class Method(models.TextChoices):
        FACILITATIVE = "facilitative", _("It helps both sides to agree.")
        ADVISORY = "advisory", _("It says in a reasoned report who is right.")
        DETERMINATIVE = "determinative", _("It decides the matter.")

    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=60)
    name = MultilingualField()

    country = models.CharField(max_length=2)
    place = models.CharField(max_length=20)
    municipality = models.CharField(max_length=120, blank=True)
    sectors = ArrayField(models.CharField(max_length=60), default=list)
    amount_from = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    amount_until = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    method = models.CharField(max_length=13, choices=Method.choices)
    decides = MultilingualField()  # What it can decide.
    costs = models.CharField(max_length=20, blank=True)
    binds = models.CharField(max_length=20, blank=True)

    languages = ArrayField(models.CharField(max_length=5), default=list)
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    form_url = models.URLField(max_length=400, blank=True)  # Where one files, or reads how.
    how_to_file = MultilingualField()

    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=400)
    checked_on = models.DateField()

    class Meta:
        ordering = ["country", "place", "municipality", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="body_version_once_a_day"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(valid_until=None), name="one_open_body_a_key"
            ),
            models.CheckConstraint(
                name="body_ends_after_it_begins",
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="body_hears_amounts_of_money",
                condition=(models.Q(amount_from=None) | models.Q(amount_from__gte=0))
                & (models.Q(amount_until=None) | models.Q(amount_until__gt=0)),
            ),
            models.CheckConstraint(
                name="body_amounts_have_a_currency",
                condition=models.Q(amount_from=None, amount_until=None) | ~models.Q(currency=""),
            ),
        ]


class Adhesion(models.Model):
    """That an entity has joined a body and so accepts it beforehand, between two days.

    In Spain whoever joined the consumer arbitration system, or shows its logo, has accepted
    arbitration; leaving takes effect a month after the notice (RD 713/2024). ``subjects`` says
    which matters it accepted, ``amount_until`` up to which amount; empty, all of them.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="adhesions")
    body = models.SlugField(max_length=60)  # Key of the body, through all its versions.
    subjects = MultilingualField()
    amount_until = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["body", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "body", "valid_from"], name="adhesion_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["entity", "body"],
                condition=models.Q(valid_until=None),
                name="one_open_adhesion_a_body",
            ),
            models.CheckConstraint(
                name="adhesion_ends_after_it_begins",
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="adhesion_amount_is_money",
                condition=models.Q(amount_until=None)
                | (models.Q(amount_until__gt=0) & ~models.Q(currency="")),
            ),
        ]
