"""People as the world has them: several addresses each, someone who speaks for them, contracts."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES

from .organisation import Entity


class PlainNumber(models.Func):
    """A number as two ways of writing it have it in common: letters and digits, in capitals."""

    function = "valedor_plain_number"
    output_field = models.TextField()


@known_words_only
class Person(models.Model):
    """Somebody who turns to the organisation, or on whose behalf somebody does."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    name = models.CharField(max_length=200, blank=True)
    is_company = models.BooleanField(default=False)
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    identity_number = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120, blank=True)

    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        # By which somebody is found who may be the same (``intake.alike``).
        indexes = [
            models.Index(Lower("name"), condition=~models.Q(name=""), name="person_name"),
            models.Index(
                PlainNumber("identity_number"),
                condition=~models.Q(identity_number=""),
                name="person_identity_number",
            ),
        ]


@known_words_only
class ContactPoint(models.Model):
    """One address or number of a person. ``normalised`` is what equal addresses have in common."""

    class Kind(models.TextChoices):
        EMAIL = "email"
        TELEPHONE = "telephone"
        POST = "post"

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.TextField()
    normalised = models.CharField(max_length=320)

    created_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # A letter came back from here.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["normalised", "kind"], name="contact_point_normalised")]


@known_words_only
class Mandate(models.Model):
    """That one person may speak for another: how far, and until when."""

    class Scope(models.TextChoices):
        FILE = "file"  # May file and follow.
        ACT = "act"  # May also accept, contest and withdraw.
        COLLECT = "collect"  # May also receive money.

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    represented = models.ForeignKey(Person, models.CASCADE, related_name="mandates_given")
    representative = models.ForeignKey(Person, models.CASCADE, related_name="mandates_held")
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.ACT)
    basis = models.CharField(max_length=200, blank=True)
    begins_on = models.DateField()
    expires_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)


class Contract(models.Model):
    """A contract or a product that somebody has with an entity, by the number that both know."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="contracts")
    number = models.CharField(max_length=80)
    product = models.CharField(max_length=200, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["entity", "number"], name="contract_number")]


class PersonMerge(models.Model):
    """That two records are one person, said with a reason; taking it back ends the row."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges_into")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="merged_as")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=models.Q(undone_at=None), name="person_absorbed_once"
            ),
            models.CheckConstraint(
                name="nobody_merges_into_themselves",
                condition=~models.Q(kept=models.F("absorbed")),
            ),
        ]
