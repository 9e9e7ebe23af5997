"""The organisation that an installation serves, its legal entities and its teams."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES, MultilingualField


class Organisation(models.Model):
    """The house that answers: one an installation."""

    name = models.CharField(max_length=200)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="one_organisation_an_installation", condition=models.Q(only=True)
            )
        ]


class Configuration(models.Model):
    """How often the settings have changed: a process whose copy is older reads them again."""

    number = models.BigIntegerField(default=1)


@known_words_only
class Entity(models.Model):
    """A legal entity of the organisation: the one that a complaint is against and that must answer.

    Regions are keys of working calendars (``ES-CT``); regimes are keys of procedure packs;
    ``promised_regimes`` are followed as the entity's own stricter promise before they bind.
    ``days_to_react`` is the reaction period: how many calendar days a person is given to say that
    they do not agree with an answer before their case may be closed without their word.
    ``seconds_to_take_back`` is how long an answer waits before it leaves, so that whoever sent it
    can still take it back; 0 sends at once.
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=60, blank=True)
    trade_answer_hours = models.PositiveSmallIntegerField(default=48)
    days_to_react = models.PositiveSmallIntegerField(default=10)
    seconds_to_take_back = models.PositiveSmallIntegerField(default=0)

    country = models.CharField(max_length=2)
    region = models.CharField(max_length=20)
    timezone = models.CharField(max_length=50)
    languages = ArrayField(models.CharField(max_length=5, choices=IN_LANGUAGES), default=list)
    default_language = models.CharField(max_length=5, choices=IN_LANGUAGES)

    regimes = ArrayField(models.CharField(max_length=60), default=list)
    promised_regimes = ArrayField(models.CharField(max_length=60), default=list)
    facts = models.JSONField(default=dict)  # What is true of the entity itself: size, adhesion…
    readings = models.JSONField(default=dict)  # "regime/clock" → key of the chosen reading.

    postal_address = models.TextField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    opening_hours = MultilingualField()
    privacy_contact = models.CharField(max_length=200, blank=True)
    # Origins of the sites that may show the form of this entity inside their own pages.
    embedding_sites = ArrayField(models.CharField(max_length=200), default=list)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="entity_speaks_its_default_language",
                condition=models.Q(languages__contains=[models.F("default_language")]),
            ),
            models.CheckConstraint(
                name="entity_answers_the_trade_in_a_day_or_two",
                condition=models.Q(trade_answer_hours__in=[24, 48]),
            ),
        ]


class Closure(models.Model):
    """A day on which the offices are shut, beside the public holidays; withdrawn, never deleted."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="closures")
    on = models.DateField()
    name = MultilingualField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


@known_words_only
class Team(models.Model):
    """People who share work. A team serves one entity or several."""

    class Purpose(models.TextChoices):
        GENERAL = "general", _("Everyday work")
        COMPLEX = "complex", _("Complex cases")
        AREA = "area", _("Area of the organisation")
        OMBUDSMAN = "ombudsman", _("Office of the ombudsman")

    key = models.SlugField(max_length=40, unique=True)
    name = MultilingualField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.GENERAL)
    entities = models.ManyToManyField(Entity, related_name="teams")
    # People of another house who work for this one: they see the open cases of their own teams.
    is_outsourced = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
