"""Gateways that carry short messages, and the numbers that want none."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Kind
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES
from valedor.people.models import Entity, Team


@known_words_only
class Gateway(models.Model):
    """A number at which an entity is written to by SMS, and the gateway that carries both ways.

    ``sender`` is what the person sees: the number that they answer to. Without an ``address``
    nothing is sent; without a ``secret`` nothing that arrives is believed. At Twilio the ``login``
    is the account's SID, and its Auth Token both ``password`` and ``secret``.
    """

    class Protocol(models.TextChoices):
        KANNEL = "kannel", _("Kannel")
        TWILIO = "twilio", _("Twilio")

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    protocol = models.CharField(max_length=10, choices=Protocol.choices, default=Protocol.KANNEL)
    sender = models.CharField(max_length=20)  # E.164, or a short number.
    address = models.CharField(max_length=300, blank=True)
    login = models.CharField(max_length=80, blank=True)
    password = models.BinaryField(null=True)  # Sealed. Ours at the gateway.
    secret = models.BinaryField(null=True)  # Sealed. The gateway's at our door.
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ENQUIRY)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                name="gateway_key_is_the_entity_s_only", fields=["entity", "key"]
            )
        ]


class SmsStop(models.Model):
    """That whoever has a number asked an entity for no more short messages.

    The number is kept as a keyed digest: enough to heed the wish, not enough to know whose it is.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=16)
    stopped_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="number_stops_an_entity_once", fields=["entity", "digest"])
        ]


@known_words_only
class GatewayTrouble(models.Model):
    """What was refused at the door of a gateway, counted by day and reason: a flood of forgeries
    fills no disk.
    """

    class Reason(models.TextChoices):
        FORGED = "forged", _("secret or signature wrong or missing")
        REPORT = "report", _("report of a letter that is not named by us")
        TOO_LARGE = "too_large", _("too large")

    gateway = models.ForeignKey(Gateway, models.CASCADE, related_name="troubles", db_index=False)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    on = models.DateField()
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()
    last_address = models.CharField(max_length=45, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="gateway_trouble_is_counted_by_day_and_reason",
                fields=["gateway", "on", "reason"],
            )
        ]
