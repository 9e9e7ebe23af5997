"""Who may call the interface, and the answers that are given again to whoever asks twice."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity


@known_words_only
class ApiToken(models.Model):
    """The right of a program to act for one entity. It is shown once; a digest stays."""

    class Scope(models.TextChoices):
        REGISTER = "cases:register", _("Register cases")
        READ = "cases:read", _("Read cases")
        WRITE = "cases:write", _("Send messages")

    name = models.CharField(max_length=80)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    digest = models.BinaryField(max_length=32, unique=True)

    issued_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)  # To the hour.
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(revoked_at=None),
                name="living_token_has_its_name",
            ),
            models.CheckConstraint(name="token_has_a_scope", condition=~models.Q(scopes=[])),
        ]


class GivenAnswer(models.Model):
    """The answer to a request that changed something, given again when the same one comes again.

    Neither the ``Idempotency-Key`` nor anything it opens is stored: ``key_digest`` finds the row,
    and the answer is encrypted under a key derived from the client's, so that a stolen table tells
    nothing.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="answers")
    endpoint = models.CharField(max_length=120)
    key_digest = models.BinaryField(max_length=32)
    request_digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    answer = models.BinaryField()
    answered_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token", "endpoint", "key_digest"], name="one_answer_a_key"
            ),
            models.CheckConstraint(
                name="no_failure_of_ours_is_given_again",
                condition=models.Q(status__range=(200, 499)),
            ),
        ]
