"""Running limits, and what stopped, moved or ended them."""

from django.conf import settings
from django.db import models

from valedor.foundation.known_words import known_words_only
from valedor.procedures.models import UNITS, ProcedureVersion

from .case import Case, Instance
from .rows import CaseRow


@known_words_only
class Deadline(CaseRow):
    """A limit of one instance: of the law, of a promise that the house adopted, or an internal
    target.

    ``due_on`` is the last day on which the duty can be met, in the zone of the case; ``due_at`` the
    end of that day (or the moment, for limits in hours), in UTC. Both are empty while the clock
    stands still. ``next_look_at`` is when the sweep has something to do: first the warning, then
    the limit.
    """

    class Role(models.TextChoices):
        LAW = "law"
        PROMISE = "promise"
        TARGET = "target"

    class State(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        HELD = "held"
        MET = "met"
        MISSED = "missed"
        DROPPED = "dropped"  # It no longer applies, with the reason in the timeline.

    # Its instance hangs on the case under a constraint, and versions are never taken back
    # (docs/decisions/0006-one-constraint-to-the-case.md).
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_constraint=False)
    instance = models.ForeignKey(Instance, models.PROTECT, related_name="deadlines", db_index=False)
    procedure_version = models.ForeignKey(
        ProcedureVersion,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    regime = models.CharField(max_length=60)
    clock = models.CharField(max_length=60)
    duty = models.CharField(max_length=40)  # acknowledge, first_answer, respond, carry_out_redress…
    role = models.CharField(max_length=12, choices=Role.choices)
    binds = models.BooleanField(default=True)
    reading = models.CharField(max_length=60, default="default")
    length = models.PositiveIntegerField()
    unit = models.CharField(max_length=16, choices=UNITS)

    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    starts_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    left = models.CharField(max_length=40, blank=True)
    is_provisional = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    next_look_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        indexes = [
            models.Index(
                fields=["next_look_at"],
                condition=~models.Q(next_look_at=None),
                name="deadline_next_look",
            )
        ]


@known_words_only
class DeadlineEvent(CaseRow):
    """A dated event that a clock names: a pause, its end, an extension, a restart. Deadlines are
    counted from these rows each time, never from a counter.
    """

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="events")
    event = models.CharField(max_length=60)
    length = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=16, choices=UNITS, blank=True)  # Else the clock's own.
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    basis = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(
        null=True
    )  # By a correction; the timeline has both versions.
