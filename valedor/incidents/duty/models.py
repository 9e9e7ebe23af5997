"""The plan of duty, what changes it, and the calls that it brings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.models.rows import CaseRow
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity, Team


class DutyPlan(models.Model):
    """That a team keeps duty for an entity. ``minutes_each`` is how long each is waited for before
    the next is called.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    minutes_each = models.PositiveSmallIntegerField(default=10)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "team"], name="team_keeps_one_plan_of_duty"),
            models.CheckConstraint(
                name="each_is_waited_for_one_to_120_minutes",
                condition=models.Q(minutes_each__range=(1, 120)),
            ),
        ]


class Day(models.TextChoices):
    """A day of a weekly plan. Where a plan has turns for holidays, those hold on public holidays
    and closed days instead of the weekday's.
    """

    MONDAY = "monday", _("Monday")
    TUESDAY = "tuesday", _("Tuesday")
    WEDNESDAY = "wednesday", _("Wednesday")
    THURSDAY = "thursday", _("Thursday")
    FRIDAY = "friday", _("Friday")
    SATURDAY = "saturday", _("Saturday")
    SUNDAY = "sunday", _("Sunday")
    HOLIDAY = "holiday", pgettext_lazy("day of a plan", "Holiday")


@known_words_only
class DutyTurn(models.Model):
    """A stretch of every week in which somebody is on duty, by the clocks of the entity.

    One that ends at or before its beginning ends the day after. ``rank`` says who is called first.
    """

    plan = models.ForeignKey(DutyPlan, models.CASCADE, related_name="turns")
    day = models.CharField(max_length=10, choices=Day.choices)
    begins = models.TimeField()
    ends = models.TimeField()
    rank = models.PositiveSmallIntegerField(default=1)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rank_of_a_turn_is_one_to_nine", condition=models.Q(rank__range=(1, 9))
            ),
            models.UniqueConstraint(
                fields=["plan", "day", "begins", "rank", "account"], name="duty_turn_once"
            ),
        ]


class DutyChange(models.Model):
    """From one moment to another somebody else is on duty at a rank, or nobody is: a swap, a
    hand-over, an illness. The newest holds; withdrawn, never deleted.
    """

    plan = models.ForeignKey(DutyPlan, models.CASCADE, related_name="changes")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    rank = models.PositiveSmallIntegerField(default=1)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)  # For colleagues; never why.

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_change_ends_after_it_begins",
                condition=models.Q(ends_at__gt=models.F("begins_at")),
            ),
            models.CheckConstraint(
                name="rank_of_a_change_is_one_to_nine", condition=models.Q(rank__range=(1, 9))
            ),
        ]


@known_words_only
class CallOut(CaseRow):
    """That those on duty are called to an emergency until somebody takes it.

    ``turn_round`` counts how often everybody was called in vain; ``next_at`` is when the next is.
    """

    class State(models.TextChoices):
        CALLING = "calling", pgettext_lazy("call-out", "nobody has taken it")
        TAKEN = "taken", pgettext_lazy("call-out", "taken")
        OVER = "over", pgettext_lazy("call-out", "over")

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    plan = models.ForeignKey(DutyPlan, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CALLING)
    turn_round = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case"], name="a_case_is_called_out_once"),
            models.CheckConstraint(
                name="call_out_that_is_going_has_a_next_moment",
                condition=models.Q(state="calling", next_at__isnull=False, ended_at=None)
                | (~models.Q(state="calling") & models.Q(next_at=None, ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="call_out_taken_says_by_whom",
                condition=~models.Q(state="taken") | models.Q(taken_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(state="calling"),
                name="call_out_going_on",
            )
        ]


class CallOutCall(CaseRow):
    """One person called: by e-mail, by SMS, or in vain for a reason."""

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    call_out = models.ForeignKey(CallOut, models.CASCADE, related_name="calls")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    turn_round = models.PositiveSmallIntegerField()
    as_lead = models.BooleanField(default=False)
    by_mail = models.BooleanField(default=False)
    by_sms = models.BooleanField(default=False)
    trouble = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
