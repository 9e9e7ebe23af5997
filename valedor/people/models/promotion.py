"""Consent to promotional contact: a row for each yes, which a withdrawal ends."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES

from .complainants import Person
from .organisation import Entity


@known_words_only
class PromotionConsent(models.Model):
    """That somebody said yes to promotional contact of one entity: when, how, to which words.

    Without a row that nobody withdrew the answer is no (GDPR arts. 4(11) and 7; LSSI art. 21).
    Nothing else depends on it, and nobody is asked while they complain (Ley 10/2025, art. 16.2).
    No ``recorded_by`` means that the person did it on their own page.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        TELEPHONE = "telephone", _("Telephone")
        LETTER = "letter", pgettext_lazy("channel", "Letter")
        IN_PERSON = "in_person", _("In person")
        WEB_FORM = "web_form", _("Web form")

    class Occasion(models.TextChoices):
        OWN_WISH = "own_wish", _("They asked for it themselves")
        SIGNED_FORM = "signed_form", _("They signed a form")
        ASKED_ELSEWHERE = "asked_elsewhere", _("They were asked when they did not complain")

    class Giver(models.TextChoices):
        PERSON = "person", _("The person themselves")
        REPRESENTATIVE = "representative", _("Whoever speaks for them")

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="promotion_consents")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    occasion = models.CharField(max_length=16, choices=Occasion.choices)
    giver = models.CharField(max_length=16, choices=Giver.choices)
    words = models.TextField()  # What they said yes to, word for word…
    version = models.CharField(max_length=60)  # …and which wording of the house that is.
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_through = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "entity"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_at_a_time",
            ),
            models.CheckConstraint(
                name="consent_names_its_words",
                condition=~models.Q(words="") & ~models.Q(version=""),
            ),
            models.CheckConstraint(
                name="consent_is_recorded_after_it_is_given",
                condition=models.Q(recorded_at__gte=models.F("given_at")),
            ),
            models.CheckConstraint(
                name="withdrawn_consent_says_how",
                condition=models.Q(withdrawn_at=None, withdrawn_through="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_through="")),
            ),
        ]
