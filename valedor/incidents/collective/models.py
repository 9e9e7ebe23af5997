"""An incident, the cases it gathers, and the one answer to all of them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from valedor.casefile.models.rows import CaseRow
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import MultilingualField
from valedor.people.models import ContactPoint, Entity, Person
from valedor.procedures.models import Area, Category


class Incident(models.Model):
    """Something that befalls many people at once: what, where, since when, until when.

    ``ended_at`` is when the service was there again; ``closed_at`` when every case it gathered was
    closed. ``looked_at`` is up to when new cases were compared with it.
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    title = MultilingualField()
    words = MultilingualField()  # What is known, and what is done about it.
    places = ArrayField(models.CharField(max_length=120), default=list)
    categories = models.ManyToManyField(Category, related_name="+")
    areas = models.ManyToManyField(Area, related_name="+")
    is_public = models.BooleanField(default=True)

    began_at = models.DateTimeField()
    expected_end_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    declared_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="incident_is_expected_to_end_after_it_began",
                condition=models.Q(expected_end_at__gt=models.F("began_at")),
            ),
            models.CheckConstraint(
                name="incident_ends_after_it_began",
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
            ),
            models.CheckConstraint(
                name="incident_closes_once_it_has_ended",
                condition=models.Q(closed_at=None) | models.Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "-began_at"],
                condition=models.Q(closed_at=None),
                name="incident_not_closed",
            )
        ]


@known_words_only
class IncidentLine(models.Model):
    """What happened to an incident, by whom; ``words`` are what people are told of it."""

    class What(models.TextChoices):
        DECLARED = "declared", pgettext_lazy("incident", "declared")
        TOLD = "told", pgettext_lazy("incident", "told more")
        ENDED = "ended", pgettext_lazy("incident", "ended")
        ANSWERED = "answered", pgettext_lazy("incident", "answered")
        CLOSED = "closed", pgettext_lazy("incident", "closed")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="lines")
    what = models.CharField(max_length=10, choices=What.choices)
    words = MultilingualField()
    expected_end_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


@known_words_only
class Membership(CaseRow):
    """That a case is one of an incident's, or was proposed, declined, or has left it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("membership", "proposed")
        JOINED = "joined", pgettext_lazy("membership", "belongs to it")
        DECLINED = "declined", pgettext_lazy("membership", "declined")
        LEFT = "left", pgettext_lazy("membership", "has left it")

    class Sign(models.TextChoices):
        CATEGORY = "category", pgettext_lazy("sign", "same subject")
        PLACE = "place", pgettext_lazy("sign", "same place")
        WORDS = "words", pgettext_lazy("sign", "same words")

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="memberships")
    state = models.CharField(max_length=10, choices=State.choices)
    signs = ArrayField(models.CharField(max_length=10, choices=Sign.choices), default=list)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["incident", "case"], name="case_in_an_incident_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state="joined"),
                name="case_belongs_to_one_incident",
            ),
        ]


class CollectiveAnswer(models.Model):
    """The one text that answers every case of an incident, in the languages of its entity."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="answer")
    words = MultilingualField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


@known_words_only
class AnswerPart(CaseRow):
    """The answer as one case gets it: once, whatever happens to whoever sends it."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("part of an answer", "waits")
        ANSWERED = "answered", pgettext_lazy("part of an answer", "answered")
        TOLD = "told", pgettext_lazy("part of an answer", "told; its own decision is still due")
        LEFT_OUT = "left_out", pgettext_lazy("part of an answer", "left out")

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    answer = models.ForeignKey(CollectiveAnswer, models.PROTECT, related_name="parts")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True)  # Of one left out, or only told.
    done_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["answer", "case"], name="case_is_answered_once"),
            models.CheckConstraint(
                name="part_that_is_done_says_when",
                condition=models.Q(state="waiting", done_at=None)
                | (~models.Q(state="waiting") & models.Q(done_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer", "id"],
                condition=models.Q(state="waiting"),
                name="answer_part_waits",
            )
        ]


@known_words_only
class NoticeSent(models.Model):
    """What was told of an incident, as it goes to one person who is known to be affected.

    It is no letter of a case: people get it for where they live, and it goes once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("notice", "waits")
        SENT = "sent", pgettext_lazy("notice", "sent")
        FAILED = "failed", pgettext_lazy("notice", "not sent")

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    line = models.ForeignKey(IncidentLine, models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    contact_point = models.ForeignKey(ContactPoint, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    trouble = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "person"], name="person_is_told_once"),
        ]
        indexes = [
            models.Index(
                fields=["line", "id"], condition=models.Q(state="waiting"), name="notice_waits"
            )
        ]
