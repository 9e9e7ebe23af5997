"""What an organisation adds to the law, and the versions of the law that its cases were received
under.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from valedor.clocks.limits import Unit
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import MultilingualField
from valedor.people.models import Entity, Role, Team

UNITS = [(unit.value, unit.value) for unit in Unit]
"""What a length may count, as the choices of a column."""


class ProcedureVersion(models.Model):
    """One published version of a regime's pack, kept for ever: a case stays under the one it
    came in under.
    """

    key = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    content = models.TextField()  # The pack's TOML as it was.
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], name="procedure_version_published_once"
            )
        ]


class Area(models.Model):
    """A part of the organisation that cases are about, and the team that answers for it."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="areas")
    key = models.SlugField(max_length=60)
    name = MultilingualField()
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="area_key_once_an_entity")
        ]


class Category(models.Model):
    """A subject of the entity's tree, with the days between which it may be chosen.

    ``facts`` are what choosing it answers for the conditions of clocks (``{"matter_billing":
    true}``); ``area`` is concerned by it and ``team`` receives it.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="categories")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    key = models.CharField(max_length=120)
    name = MultilingualField()
    facts = models.JSONField(default=dict)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    is_public = models.BooleanField(default=True)  # Offered to complainants.
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="category_key_once_an_entity")
        ]


@known_words_only
class InternalTarget(models.Model):
    """A promise of the entity that is stricter than the law: never laxer
    (``procedures.why_not_target``).
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="targets")
    name = MultilingualField()
    meets = models.CharField(max_length=40)  # Which duty: acknowledge, first_answer, respond…
    kinds = ArrayField(models.CharField(max_length=30), default=list)  # Empty: every kind.
    length = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=UNITS)
    is_public = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="target_leaves_some_time",
                condition=models.Q(length__gte=1),
            )
        ]


class LetterTemplate(models.Model):
    """One version of a letter's wording in four languages, built from content keys; only added,
    never edited.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="letter_templates")
    key = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    subject = MultilingualField()
    body = MultilingualField()
    contents = ArrayField(models.CharField(max_length=60), default=list)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "key", "number"],
                nulls_distinct=False,
                name="letter_template_numbered",
            ),
            models.CheckConstraint(
                name="letter_templates_count_from_one", condition=models.Q(number__gte=1)
            ),
        ]


class RedressOption(models.Model):
    """A kind of redress that the entity offers, from the catalogue."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="redress_options")
    key = models.SlugField(max_length=40)
    name = MultilingualField()
    has_amount = models.BooleanField(default=False)
    needs_proof = models.BooleanField(default=True)
    days_to_carry_out = models.PositiveSmallIntegerField(default=14)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="redress_option_once"),
            models.CheckConstraint(
                name="redress_option_is_carried_out_within_a_year",
                condition=models.Q(days_to_carry_out__range=(1, 366)),
            ),
        ]


@known_words_only
class AuthorityLimit(models.Model):
    """Up to which amount a role may offer redress on its own; above it an approver says yes."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="authority_limits")
    role = models.CharField(max_length=20, choices=Role.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "role"], name="authority_limit_once"),
            models.CheckConstraint(name="authority_is_no_debt", condition=models.Q(amount__gte=0)),
        ]


class PrivacyNotice(models.Model):
    """One version of what an entity tells people about their data; the one shown is kept with
    the case.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="privacy_notices")
    number = models.PositiveIntegerField()
    text = MultilingualField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="privacy_notice_numbered"),
            models.CheckConstraint(
                name="privacy_notices_count_from_one", condition=models.Q(number__gte=1)
            ),
        ]
