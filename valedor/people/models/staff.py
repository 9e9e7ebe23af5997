"""Staff: accounts, the roles they hold in teams, and the log of administration."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES

from .organisation import Entity, Team


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts; ``create_account`` is the only way to make one."""

    def create_account(
        self, *, username: str, name: str, email: str = "", **more: object
    ) -> "Account":
        account = self.model(username=username, name=name, email=email, **more)
        account.set_unusable_password()
        account.save()
        return account


@known_words_only
class Account(AbstractBaseUser):
    """Someone of the staff who signs in."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=20, blank=True)  # Where calls of duty go by SMS.
    language = models.CharField(max_length=5, choices=IN_LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)

    # What somebody is fit to handle: languages spoken, keys of categories, the hardest difficulty.
    languages = ArrayField(models.CharField(max_length=5, choices=IN_LANGUAGES), default=list)
    competences = ArrayField(models.CharField(max_length=60), default=list)
    most_open_cases = models.PositiveSmallIntegerField(default=60)
    hours = ArrayField(models.CharField(max_length=30), default=list)  # ``people.working_hours``

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="account_email_belongs_to_one",
            ),
            # Whoever signs in by either name must find one account.
            models.CheckConstraint(
                name="account_username_is_no_email",
                condition=~models.Q(username__contains="@"),
            ),
        ]

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return "".join(
            part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)
        ).upper()

    def get_full_name(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody may do; what each permits is code (``people.permissions``)."""

    AGENT = "agent", _("Agent")
    HANDLER = "handler", _("Handler")
    LEAD = "lead", _("Team lead")
    APPROVER = "approver", _("Approver")
    AREA = "area", _("Answers for an area")
    OMBUDSMAN = "ombudsman", _("Ombudsman")
    OMBUDSMAN_CLERK = "ombudsman_clerk", _("Clerk of the ombudsman")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


@known_words_only
class RoleGrant(models.Model):
    """A role that somebody holds in a team, from one moment to another.

    Auditors hold theirs over entities, without a team; administrators over the whole organisation.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="grants")
    entities = models.ManyToManyField(Entity, related_name="+")  # An auditor's.

    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "team"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="role_granted_once_in_a_team",
            ),
            models.CheckConstraint(
                name="nobody_grants_a_role_to_themselves",
                condition=models.Q(granted_by=None) | ~models.Q(granted_by=models.F("account")),
            ),
        ]


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Adjectives for absences."""

    def covering(self, day: date) -> "AbsenceQuerySet":
        """Those that hold on a day."""
        return self.filter(from_on__lte=day, to_on__gte=day, withdrawn_at=None)


class Absence(models.Model):
    """Days on which somebody is away and gets no new cases; both days included.

    Whoever comes back early has a ``to_on`` that was moved; who did not go at all, a row that was
    withdrawn. What it said before is in the administration log, without the note.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    from_on = models.DateField()
    to_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)  # For colleagues; never why.

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[AbsenceQuerySet] = AbsenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=models.Q(to_on__gte=models.F("from_on")),
            )
        ]


class AdministrationEntry(models.Model):
    """A line of the administration log: who changed which setting or right, from what, to what.

    Final and hash-chained (``people.administration``); the database refuses to change or remove it.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    hash = models.BinaryField(max_length=32)
