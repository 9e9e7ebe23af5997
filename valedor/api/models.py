"""Who may call the interface, and the answers that are given again to whoever asks twice."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity


@known_words_only
class ApiToken(models.Model):
    """The right of a program to act for one entity, or as one person. Shown once; a digest stays.

    With an ``account`` the program is that member of the staff: it sees and may do what they see
    and may do, by the roles that they hold now, until ``expires_at``.
    """

    class Scope(models.TextChoices):
        REGISTER = "cases:register", _("Register cases")
        READ = "cases:read", _("Read cases")
        WRITE = "cases:write", _("Send messages")
        ACT = "cases:act", _("Act on cases as a person")

    name = models.CharField(max_length=80)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    digest = models.BinaryField(max_length=32, unique=True)

    issued_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)  # To the hour.
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(revoked_at=None),
                name="living_token_has_its_name",
            ),
            models.CheckConstraint(name="token_has_a_scope", condition=~models.Q(scopes=[])),
            models.CheckConstraint(
                name="who_acts_is_somebody_and_for_a_while",
                condition=models.Q(
                    account=None,
                    scopes__contained_by=["cases:register", "cases:read", "cases:write"],
                )
                | models.Q(
                    account__isnull=False,
                    expires_at__isnull=False,
                    scopes__contained_by=["cases:register", "cases:read", "cases:act"],
                ),
            ),
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
