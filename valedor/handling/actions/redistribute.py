"""What somebody held who is there no more: given to others, and nothing left without a holder.

A case for which nobody is eligible waits with its team, and somebody is called.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.assign import give
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm, Assignment
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import Account, RoleGrant

BITE = 200


@dataclass
class HandedOver:
    """What came of it: given to somebody, or waiting with a team whose lead was called."""

    given: int = 0
    waiting: int = 0


@as_the_company
def pass_on(case: Case, *, by: By, at: datetime, reason: str = "") -> Assignment | None:
    """Give a case of somebody who leaves to whoever of its team is eligible and has most room.

    Nothing for one that ended or that nobody's team has. Raises ``Refused`` for whoever may not
    give cases out.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_assign(state, viewer_for(case, by)))
    team = case.team or state.house.reception
    if team is None:
        return None
    return give(
        state, team, by=by, at=at, reason=reason, basis="reassigned", without=case.holder_id
    )


def redistribute(
    account: Account, *, by: By, at: datetime, reason: str = "", cases: Sequence[Case] = ()
) -> HandedOver:
    """Pass on what somebody holds, or these cases of theirs; they get none of it back. Raises
    ``Refused``.
    """
    done = HandedOver()
    held = cases or list(Case.objects.filter(holder=account, closed_at=None).order_by("pk"))
    for case in held:
        _count(done, pass_on(case, by=by, at=at, reason=reason))
    return done


def pass_on_what_was_left(*, at: datetime, bite: int = BITE) -> HandedOver:
    """Cases of somebody who has no sign-in or no role any more, whatever way that came about: a
    file of settings, a screen, a role that ended.
    """
    done = HandedOver()
    with viewing(the_house()):
        grants = RoleGrant.objects.filter(account=OuterRef("pk"), ended_at=None)
        gone = Account.objects.filter(Q(is_active=False) | ~Exists(grants))
        left = (
            Case.objects.filter(
                pk__gt=0, closed_at=None, holder__in=list(gone.values_list("pk", flat=True))
            )
            .select_related("entity")
            .order_by("next_due_at", "pk")[:bite]
        )
        for case in left:
            made = pass_on(case, by=SYSTEM, at=at)
            if made is None:
                raise_alarm(case, Alarm.Cause.NOBODY_ELIGIBLE, at=at)
            _count(done, made)
    return done


def _count(done: HandedOver, made: Assignment | None) -> None:
    if made is not None and made.holder_id is not None:
        done.given += 1
    else:
        done.waiting += 1
