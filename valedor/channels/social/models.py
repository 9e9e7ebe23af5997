"""A message that somebody wrote in public, and what its author said to its being brought in."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import SEEN_BY_SOMEBODY, Case, CaseRow, Document, Kind
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES
from valedor.people.models import Entity


@known_words_only
class PublicMessage(models.Model):
    """A public message as whoever noted it saw it. ``address`` is where it stands and is never
    fetched; ``language`` is its author's. ``case`` is the one that it is meant for, or the one that
    it became. Text, name and address stay here only while somebody waits for an answer: then they
    are a document of the case, or gone.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("public message", "Asked")
        AGREED = "agreed", pgettext_lazy("public message", "Brought in")
        DECLINED = "declined", pgettext_lazy("public message", "Declined")
        OWN_WORDS = "own_words", pgettext_lazy("public message", "Writes in their own words")
        LAPSED = "lapsed", pgettext_lazy("public message", "Not answered")
        WITHDRAWN = "withdrawn", pgettext_lazy("public message", "Consent taken back")

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY | Seat.COMPLAINANT))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", db_index=False
    )
    network = models.CharField(max_length=60)
    address = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COMPLAINT)
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    seen_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    noted_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="public_message_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY
            ),
            models.CheckConstraint(
                name="public_message_is_asked_about_or_settled",
                condition=models.Q(state="asked", settled_at=None)
                | (~models.Q(state="asked") & models.Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["entity", "noted_at"], name="public_message_by_time")]


class PublicConsent(CaseRow):
    """That an author agreed (GDPR art. 7.1: it has to be shown): under which name, when, and the
    words they were shown, by their version too. Taking it back (art. 7.3) is written beside it.
    """

    message = models.OneToOneField(PublicMessage, models.PROTECT, related_name="consent")
    author = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    words = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
