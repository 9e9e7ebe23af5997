"""Who is let in by the interface for programs."""

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
        db_table = "api_apitoken"  # Where it lay before it was administered on the desk.
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
