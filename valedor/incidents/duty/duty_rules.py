"""What may not be done with duty, and why. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal
from valedor.people.models import Account
from valedor.people.permissions import Permission

MOST_TURNS = 500
LONGEST_CHANGE = timedelta(days=92)
WORKS = frozenset({Permission.HANDLE, Permission.ANSWER_ENQUIRIES})


def why_not_plan(*, minutes_each: int, turns: int, serves: bool) -> Refusal | None:
    """A plan is of a team that serves the entity, waits for each, and has not too many turns."""
    if not serves:
        return Refusal("team_elsewhere", _("This team does not serve the entity."))
    if not 1 <= minutes_each <= 120:
        return Refusal("minutes_each", _("Each is waited for 1 to 120 minutes."))
    if turns > MOST_TURNS:
        return Refusal("many_turns", _("A plan has %(most)s turns at most."), {"most": MOST_TURNS})
    return None


def why_not_on_duty(account: Account, *, members: Collection[int]) -> Refusal | None:
    """On duty is whoever works in the team: who may see the case, and act."""
    if account.is_active and account.pk in members:
        return None
    return Refusal(
        "not_of_the_team",
        _("%(name)s holds no role in this team that handles cases."),
        {"name": account.name},
    )


def why_not_rank(rank: int) -> Refusal | None:
    """First to ninth."""
    if 1 <= rank <= 9:
        return None
    return Refusal("rank", _("Somebody is called first to ninth: write 1 to 9."))


def why_not_change(
    *, begins_at: datetime, ends_at: datetime, at: datetime, may_lead: bool, own: bool
) -> Refusal | None:
    """Leads change the plan for a while; everybody may hand over their own turn."""
    if not (may_lead or own):
        return Refusal(
            "not_yours", _("You may hand over your own duty; a lead changes that of others.")
        )
    if ends_at <= begins_at:
        return Refusal("ends_before_it_begins", _("It ends before it begins."))
    if ends_at <= at:
        return Refusal("over", _("This time is over: nothing can be handed over."))
    if ends_at - begins_at > LONGEST_CHANGE:
        return Refusal(
            "change_long", _("A change lasts three months at most: change the weekly plan.")
        )
    return None


def why_not_withdraw(*, is_withdrawn: bool, is_over: bool, may: bool) -> Refusal | None:
    """A change that still holds can be taken back, by whoever made it or a lead."""
    if is_withdrawn or is_over:
        return Refusal("over", _("This change does not hold any more."))
    if not may:
        return Refusal("not_yours", _("Whoever made a change takes it back, or a lead does."))
    return None


def why_not_take(
    *, taken_by: str, is_over: bool, sees_case: bool, permissions: Collection[Permission]
) -> Refusal | None:
    """An emergency is taken once, by somebody who may see it and act."""
    if not sees_case or not WORKS & set(permissions):
        return Refusal("not_permitted", _("Your role does not let you do this."))
    if taken_by:
        return Refusal("taken", _("%(name)s attends to it."), {"name": taken_by})
    if is_over:
        return Refusal("call_out_over", _("Nobody is called any more: the case is closed."))
    return None


def why_not_together(turns: Sequence[tuple[object, ...]]) -> Refusal | None:
    """The same turn is written once."""
    if len(set(turns)) == len(turns):
        return None
    return Refusal("turn_twice", _("The same turn stands there twice."))
