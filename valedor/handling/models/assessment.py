"""How serious and how hard a case is, and who takes it (ISO 10002, initial assessment)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, CaseRow, Instance
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Team

from .steps import Step


@known_words_only
class Assessment(Step):
    """Severity, difficulty, safety, vulnerability and admissibility.

    A later one replaces it; both stay.
    """

    class Severity(models.IntegerChoices):
        SLIGHT = 1, _("Slight")
        MEDIUM = 2, _("Medium")
        SERIOUS = 3, _("Serious")

    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    difficulty = models.CharField(max_length=10, choices=Case.Difficulty.choices)
    touches_safety = models.BooleanField(default=False)
    is_vulnerable = models.BooleanField(default=False)
    people_affected = models.PositiveIntegerField(default=1)
    is_admissible = models.BooleanField(default=True)
    inadmission_ground = models.CharField(max_length=60, blank=True)
    reasons = models.TextField(blank=True)

    class Meta(Step.Meta):
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                name="assessment_concerns_somebody", condition=models.Q(people_affected__gte=1)
            ),
        ]


class Assignment(Step):
    """Who takes the case from here on.

    One responsible person, or a team until somebody takes it.
    """

    instance = models.ForeignKey(
        Instance, models.PROTECT, related_name="assignments", db_index=False
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    basis = models.CharField(max_length=20)  # chosen, balanced, taken, reassigned, complex_team
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)


class CasePart(Step):
    """A part of a complex case that one member of its team does.

    The responsible one is the holder.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    task = models.TextField()
    done_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)


class Recusal(CaseRow):
    """That somebody may not handle a case.

    A tie with a party, or a hand in what is complained of.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
