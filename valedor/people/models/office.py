"""What an administrator asks concerning the ombudsman's office, until somebody else says yes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.foundation.known_words import known_words_only

from .organisation import Team
from .staff import Role


@known_words_only
class OfficeRequest(models.Model):
    """A step that touches the wall: nothing happens until the office confirms it.

    The office stands apart from the company, so whoever sets up accounts may not let anybody in
    alone. Where nobody holds the office yet, or nobody any more, a second administrator confirms.
    """

    class Step(models.TextChoices):
        GRANT_ROLE = "grant_role", _("Grant a role")
        RESET_SIGN_IN = "reset_sign_in", _("Make the sign-in anew")
        CHANGE_EMAIL = "change_email", _("Change the e-mail address")

    step = models.CharField(max_length=20, choices=Step.choices)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    email = models.EmailField(blank=True)
    reason = models.TextField(blank=True)

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="office_request_answered_as_a_whole",
                condition=models.Q(answered_by=None, answered_at=None, is_confirmed=None)
                | models.Q(
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    is_confirmed__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="nobody_confirms_what_they_asked_or_get",
                condition=~models.Q(is_confirmed=True)
                | (
                    ~models.Q(answered_by=models.F("asked_by"))
                    & ~models.Q(answered_by=models.F("account"))
                ),
            ),
            models.UniqueConstraint(
                fields=["step", "account", "role", "team", "email"],
                condition=models.Q(answered_at=None),
                nulls_distinct=False,
                name="office_asked_once",
            ),
        ]
