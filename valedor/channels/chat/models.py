"""Whether an entity is talked to by chat, who sits there, and what was said."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import Kind
from valedor.casefile.models.rows import CaseRow
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES
from valedor.people.models import Entity, Team


@known_words_only
class ChatDesk(models.Model):
    """That an entity is talked to by chat. ``kind`` is what a contact is until somebody knows
    better; ``most_at_once`` is how many chats one person can hold.
    """

    entity = models.OneToOneField(Entity, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ENQUIRY)
    most_at_once = models.PositiveSmallIntegerField(default=3)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="somebody_holds_one_to_twenty_chats",
                condition=models.Q(most_at_once__range=(1, 20)),
            )
        ]


class ChatAttendant(models.Model):
    """That somebody sits at the chats of some entities: their page said so at ``seen_at``."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    entities = ArrayField(models.BigIntegerField())
    seen_at = models.DateTimeField()


@known_words_only
class Chat(CaseRow):
    """One talk about a case. ``said_at`` is when the last words fell, ``person_seen_at`` when the
    person's page last asked for news.
    """

    class Ending(models.TextChoices):
        PERSON = "person", pgettext_lazy("who ended a chat", "the person")
        HOUSE = "house", pgettext_lazy("who ended a chat", "the house")
        SILENCE = "silence", pgettext_lazy("what ended a chat", "silence")

    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True, default="")

    begun_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField()
    person_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at=None), name="one_chat_a_case_at_a_time"
            ),
            models.CheckConstraint(
                name="chat_that_ended_says_how",
                condition=models.Q(ended_at=None, ending="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ending="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "begun_at"],
                condition=models.Q(ended_at=None),
                name="chat_going_on",
            )
        ]


@known_words_only
class ChatLine(CaseRow):
    """What one side said, or what happened (``notice``). The words stand here as they came."""

    class Author(models.TextChoices):
        PERSON = "person"
        HOUSE = "house"
        NOTICE = "notice"

    class Notice(models.TextChoices):
        JOINED = "joined", _("%(name)s is here.")
        LET_GO = "let_go", _("%(name)s has left. Somebody else takes over.")
        ENDED = "ended", _("The chat has ended.")

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="lines")
    author = models.CharField(max_length=10, choices=Author.choices)
    notice = models.CharField(max_length=10, choices=Notice.choices, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField()
